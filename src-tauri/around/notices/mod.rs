//! Telling a person through the desktop: once for each event, and never of what was so before the program
//! started. A click leads to the place in the window.

#[cfg_attr(not(target_os = "linux"), path = "system.rs")]
mod desktop;

use std::sync::Arc;
use std::time::{Duration, Instant};

use tallykey_core::Event;
use tallykey_core::flows::revoke::AtProvider;
use tallykey_core::model::notice::{self as told, NoticeKind};
use tallykey_core::model::site::SiteId;
use tauri::{AppHandle, Runtime};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Mutex, mpsc};

use self::desktop::Desktop;
use crate::shell::Shell;
use crate::texts::{self, Texts, fill};
use crate::views::{Goto, Page};

/// What the desktop shows.
pub struct Notice {
    pub title: String,
    pub body: String,
    /// Where a click leads.
    pub target: Target,
}

/// Where a click leads.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "there nobody is told of a click"))]
pub enum Target {
    /// A place in the window.
    Window(Goto),
    /// A page in the browser.
    Page(Page),
}

/// Whoever shows notices may have to be started for it; a bus gives that up after 25 s.
const PATIENCE: Duration = Duration::from_secs(30);
/// Who let one notice wait in vain is waited for no longer than this until it answers again.
const LESS_PATIENCE: Duration = Duration::from_secs(2);
/// What waited this long behind others is no news.
const NEWS: Duration = Duration::from_mins(2);

/// Tells what becomes of the sites, until the program ends. Who shows it may hang; what happens meanwhile is
/// heard all the same.
pub async fn follow<R: Runtime>(app: AppHandle<R>, shell: Shell) {
    let (tell, told) = mpsc::unbounded_channel();
    let desktop = Arc::new(Mutex::new(Desktop::new(app)));
    let show = move |notice, patience| {
        let desktop = desktop.clone();
        async move { desktop.lock().await.show(notice, patience).await }
    };
    tokio::join!(hear(shell, tell), in_turn(told, show));
}

async fn hear(shell: Shell, tell: mpsc::UnboundedSender<(Instant, Notice)>) {
    let mut events = shell.desk.events();
    loop {
        let notice = match events.recv().await {
            Ok(Event::SignInNeeded(id)) => {
                of_site(&shell, id, |texts| (&texts.told_sign_in, &texts.told_sign_in_means))
            }
            Ok(Event::RevocationEnded(id, at_provider)) => of_site(&shell, id, |texts| ended(texts, at_provider)),
            Ok(Event::Notice(notice)) => of_count(&shell, &notice),
            // What is told so late is no news.
            Ok(_) | Err(RecvError::Lagged(_)) => None,
            Err(RecvError::Closed) => return,
        };
        if let Some(notice) = notice {
            tell.send((Instant::now(), notice)).ok();
        }
    }
}

/// One after the other, in the order in which they happened. `show` says whether it was answered in the time
/// it has.
async fn in_turn<T, Shown: Future<Output = bool>>(
    mut told: mpsc::UnboundedReceiver<(Instant, T)>,
    mut show: impl FnMut(T, Duration) -> Shown,
) {
    let mut patience = PATIENCE;
    while let Some((at, notice)) = told.recv().await {
        if at.elapsed() < NEWS {
            patience = if show(notice, patience).await { PATIENCE } else { LESS_PATIENCE };
        }
    }
}

/// How a revocation that waited came to its end.
fn ended(texts: &Texts, at_provider: AtProvider) -> (&str, &str) {
    match at_provider {
        AtProvider::Confirmed | AtProvider::AlreadyGone => (&texts.told_revoked, &texts.told_revoked_means),
        AtProvider::AccessOnly => (&texts.told_not_revoked, &texts.told_access_only_means),
        AtProvider::StillAccepted => (&texts.told_not_revoked, &texts.told_still_accepted_means),
        AtProvider::Unsupported | AtProvider::Unreachable => (&texts.told_not_revoked, &texts.told_forgotten_means),
    }
}

/// What to say of a site, if the person wants to be told.
fn of_site(
    shell: &Shell,
    id: SiteId,
    words: impl Fn(&'static Texts) -> (&'static str, &'static str),
) -> Option<Notice> {
    let settings = shell.desk.settings();
    let site = shell.desk.listed_by(id).ok().filter(|_| settings.notify)?;
    let (title, body) = words(texts::of(settings.language));
    Some(Notice {
        title: fill(title, &[("site", &site.name)]),
        body: body.to_owned(),
        target: Target::Window(Goto::Site { site: id.to_string() }),
    })
}

/// What to say of a count: the person asked for it where they chose the counts.
fn of_count(shell: &Shell, told: &told::Notice) -> Option<Notice> {
    let language = shell.desk.settings().language;
    let texts = texts::of(language);
    let account = shell.desk.site(told.site).ok()?;
    let label = account.counts().into_iter().find(|count| count.what.id() == told.count)?.what.label();
    let label = label.get(texts::tag(language)).or_else(|| label.get("en")).cloned().unwrap_or_default();
    let (title, body, number) = match told.kind {
        NoticeKind::Rose { by } => (&texts.told_rose, &texts.told_rose_means, by),
        NoticeKind::LevelCrossed { level } => (&texts.told_level, &texts.told_level_means, u64::from(level)),
    };
    let (number, value) = (number.to_string(), told.value.to_string());
    let words = [("site", account.site.name.as_str()), ("label", &label), ("by", &number), ("level", &number)];
    Some(Notice {
        title: fill(title, &words),
        body: fill(body, &[("value", &value)]),
        target: Target::Page(Page::Count { site: told.site.to_string(), count: told.count.clone() }),
    })
}

#[cfg(test)]
mod tests {
    use std::future::ready;

    use super::*;

    #[test]
    fn who_hangs_is_given_less_time_until_it_answers() {
        let (tell, told) = mpsc::unbounded_channel();
        for answers in [true, false, false, true, true] {
            tell.send((Instant::now(), answers)).unwrap();
        }
        drop(tell);
        let mut given = Vec::new();

        tauri::async_runtime::block_on(in_turn(told, |answers, patience| {
            given.push(patience);
            ready(answers)
        }));

        assert_eq!(given, [PATIENCE, PATIENCE, LESS_PATIENCE, LESS_PATIENCE, PATIENCE]);
    }

    #[test]
    fn what_waited_too_long_is_no_news() {
        let (tell, told) = mpsc::unbounded_channel();
        let now = Instant::now();
        tell.send((now.checked_sub(NEWS).unwrap(), "old")).unwrap();
        tell.send((now, "new")).unwrap();
        drop(tell);
        let mut shown = Vec::new();

        tauri::async_runtime::block_on(in_turn(told, |notice, _| {
            shown.push(notice);
            ready(true)
        }));

        assert_eq!(shown, ["new"]);
    }
}
