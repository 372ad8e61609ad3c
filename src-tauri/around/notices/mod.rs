//! Telling a person through the desktop: once for each event, and never of what was so before the program
//! started. A click leads to the place in the window.

#[cfg_attr(not(target_os = "linux"), path = "system.rs")]
mod desktop;

use tallykey_core::Event;
use tallykey_core::flows::revoke::AtProvider;
use tallykey_core::model::notice::{self as told, NoticeKind};
use tallykey_core::model::site::SiteId;
use tauri::{AppHandle, Runtime};
use tokio::sync::broadcast::error::RecvError;

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

/// Tells what becomes of the sites, until the program ends.
pub async fn follow<R: Runtime>(app: AppHandle<R>, shell: Shell) {
    let mut events = shell.desk.events();
    let mut desktop = Desktop::new(app);
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
            desktop.show(notice).await;
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
