//! Telling a person through the desktop: once for each event, and never of what was so before the program
//! started. A click leads to the place in the window.

use std::collections::HashMap;

use tallykey_core::Event;
use tallykey_core::model::known::State;
use tallykey_core::model::site::SiteId;
use tauri::{AppHandle, Runtime};
use tokio::sync::broadcast::error::RecvError;

use super::go;
use crate::shell::Shell;
use crate::texts::{self, fill};
use crate::views::Goto;

/// What the desktop shows.
pub struct Notice {
    pub title: String,
    pub body: String,
    /// Where a click leads.
    pub target: Goto,
}

/// Tells what becomes of the sites, until the program ends.
pub async fn follow<R: Runtime>(app: AppHandle<R>, shell: Shell) {
    let mut events = shell.desk.events();
    let mut seen = Seen::default();
    seen.ended(states(&shell));
    loop {
        match events.recv().await {
            Ok(Event::Changed) | Err(RecvError::Lagged(_)) => {
                for id in seen.ended(states(&shell)) {
                    if let Some(notice) = sign_in_needed(&shell, id) {
                        tell(&app, notice);
                    }
                }
            }
            Ok(_) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

fn states(shell: &Shell) -> Vec<(SiteId, State)> {
    let sites = shell.desk.sites().unwrap_or_default();
    sites.into_iter().map(|status| (status.site.id, status.known.state)).collect()
}

/// How the sites were when they were last looked at.
#[derive(Default)]
struct Seen(HashMap<SiteId, State>);

impl Seen {
    /// The sites whose connection the server ended since. One that was not seen before is not news.
    fn ended(&mut self, now: Vec<(SiteId, State)>) -> Vec<SiteId> {
        let before = std::mem::replace(&mut self.0, now.iter().copied().collect());
        let is_new = |id: &SiteId| before.get(id).is_some_and(|state| *state != State::NeedsSignIn);
        now.into_iter().filter(|(id, state)| *state == State::NeedsSignIn && is_new(id)).map(|(id, _)| id).collect()
    }
}

/// What to say of it, if the person wants to be told.
fn sign_in_needed(shell: &Shell, id: SiteId) -> Option<Notice> {
    let settings = shell.desk.settings();
    let site = shell.desk.listed_by(id).ok().filter(|_| settings.notify)?;
    let texts = texts::of(settings.language);
    Some(Notice {
        title: fill(&texts.told_sign_in, &[("site", &site.name)]),
        body: texts.told_sign_in_means.clone(),
        target: Goto::Site { site: id.to_string() },
    })
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
            go(app, notice.target);
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
    fn an_ended_connection_is_told_once_and_old_ones_are_not() {
        let (old, new) = (SiteId::random(), SiteId::random());
        let mut seen = Seen::default();
        assert!(seen.ended(vec![(old, State::NeedsSignIn), (new, State::Connected)]).is_empty(), "at the start");
        assert_eq!(seen.ended(vec![(old, State::NeedsSignIn), (new, State::NeedsSignIn)]), [new]);
        assert!(seen.ended(vec![(old, State::NeedsSignIn), (new, State::NeedsSignIn)]).is_empty(), "again");
        assert!(seen.ended(vec![(old, State::Connected), (new, State::NeedsSignIn)]).is_empty());
        assert_eq!(seen.ended(vec![(old, State::NeedsSignIn), (new, State::NeedsSignIn)]), [old], "another time");
    }

    #[test]
    fn a_name_is_never_markup() {
        assert_eq!(escaped("<b>R&D</b>"), "&lt;b&gt;R&amp;D&lt;/b&gt;");
    }
}
