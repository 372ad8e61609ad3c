//! Telling a person through the desktop: once for each event, and never of what was so before the program
//! started. A click leads to the place in the window.

use tallykey_core::Event;
use tallykey_core::model::notice::{self as told, NoticeKind};
use tallykey_core::model::site::SiteId;
use tauri::{AppHandle, Manager, Runtime};
use tokio::sync::broadcast::error::RecvError;

use super::go;
use crate::commands::pages;
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
pub enum Target {
    /// A place in the window.
    Window(Goto),
    /// A page in the browser.
    Page(Page),
}

/// Tells what becomes of the sites, until the program ends.
pub async fn follow<R: Runtime>(app: AppHandle<R>, shell: Shell) {
    let mut events = shell.desk.events();
    loop {
        let notice = match events.recv().await {
            Ok(Event::SignInNeeded(id)) => {
                of_site(&shell, id, |texts| (&texts.told_sign_in, &texts.told_sign_in_means))
            }
            Ok(Event::RevocationConfirmed(id)) => {
                of_site(&shell, id, |texts| (&texts.told_revoked, &texts.told_revoked_means))
            }
            Ok(Event::Notice(notice)) => of_count(&shell, &notice),
            // What is told so late is no news.
            Ok(_) | Err(RecvError::Lagged(_)) => None,
            Err(RecvError::Closed) => return,
        };
        if let Some(notice) = notice {
            tell(&app, notice);
        }
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

/// Where a click on a notice leads. A page that does not open is told in the window.
fn follow_click<R: Runtime>(app: &AppHandle<R>, target: Target) {
    match target {
        Target::Window(place) => go(app, place),
        Target::Page(page) => {
            let app = app.clone();
            tauri::async_runtime::spawn(async move {
                if let Err(error) = pages::open(&app.state::<Shell>(), page).await {
                    go(&app, Goto::Refused { site: None, error: error.into() });
                }
            });
        }
    }
}

/// Shows a notice; whoever calls this has asked whether the person wants it. Everything a notice is made
/// of goes through here, and everything that becomes of it.
pub fn tell<R: Runtime>(app: &AppHandle<R>, notice: Notice) {
    let app = app.clone();
    // Showing waits for the desktop, and a click for the person.
    let told = std::thread::Builder::new().name("notice".to_owned()).spawn(move || {
        if let Err(error) = show(&app, notice) {
            tracing::info!(%error, "the desktop shows no notices");
        }
    });
    if let Err(error) = told {
        tracing::warn!(%error, "a notice was not shown");
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn show<R: Runtime>(app: &AppHandle<R>, notice: Notice) -> notify_rust::error::Result<()> {
    let marks_up = notify_rust::get_capabilities()?.iter().any(|can| can == "body-markup");
    let body = if marks_up { escaped(&notice.body) } else { notice.body };
    let mut shown = notify_rust::Notification::new();
    shown.appname("Tallykey").icon("tallykey-desktop").summary(&notice.title).body(&body).action("default", "Tallykey");
    shown.show()?.wait_for_action(|action| {
        if action == "default" {
            follow_click(app, notice.target);
        }
    });
    Ok(())
}

/// The notice is shown; the system tells nobody of a click.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn show<R: Runtime>(app: &AppHandle<R>, notice: Notice) -> notify_rust::error::Result<()> {
    let mut shown = notify_rust::Notification::new();
    shown.appname("Tallykey").summary(&notice.title).body(&notice.body);
    #[cfg(windows)]
    shown.app_id(&app.config().identifier);
    #[cfg(not(windows))]
    let _ = (app, notice.target);
    shown.show().map(drop)
}

/// A name is shown, never interpreted.
#[cfg(all(unix, not(target_os = "macos")))]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_markup() {
        assert_eq!(escaped("<b>R&D</b>"), "&lt;b&gt;R&amp;D&lt;/b&gt;");
    }
}
