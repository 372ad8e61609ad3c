//! Starting at login, as the settings say.

use std::fmt::Display;

use tallykey_core::Event;
use tauri::{AppHandle, Runtime};
use tauri_plugin_autostart::ManagerExt;
use tokio::sync::broadcast::error::RecvError;

use crate::shell::Shell;

/// Keeps the system's list in step with the settings, until the program ends.
pub async fn follow<R: Runtime>(app: AppHandle<R>, shell: Shell) {
    let mut events = shell.desk.events();
    // Nothing was asked for yet. An entry that is there all the same is of a Tallykey on other folders: the
    // list has one for all of them.
    let mut list = Listed::default();
    loop {
        list.follow(shell.desk.settings().launch_at_login, |wanted| apply(&app, wanted));
        loop {
            match events.recv().await {
                Ok(Event::Changed) | Err(RecvError::Lagged(_)) => break,
                Ok(_) => {}
                Err(RecvError::Closed) => return,
            }
        }
    }
}

/// What the system's list took of the settings.
#[derive(Default)]
struct Listed {
    is_in: bool,
    /// What it did not take: said once, and tried with every change.
    refused: Option<bool>,
}

impl Listed {
    fn follow<E: Display>(&mut self, wanted: bool, apply: impl FnOnce(bool) -> Result<(), E>) {
        if self.is_in == wanted && self.refused.is_none() {
            return;
        }
        match apply(wanted) {
            Ok(()) => *self = Self { is_in: wanted, refused: None },
            Err(error) if self.refused.replace(wanted) != Some(wanted) => {
                tracing::warn!(%error, wanted, "the system's list of programs that start at login was not changed");
            }
            Err(_) => {}
        }
    }
}

fn apply<R: Runtime>(app: &AppHandle<R>, wanted: bool) -> Result<(), tauri_plugin_autostart::Error> {
    let list = app.autolaunch();
    if list.is_enabled().is_ok_and(|now| now == wanted) {
        return Ok(());
    }
    if wanted { list.enable() } else { list.disable() }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn what_the_system_did_not_take_is_tried_with_the_next_change() {
        let (mut list, asked) = (Listed::default(), RefCell::new(Vec::new()));
        let mut follow = |wanted, works: bool| {
            list.follow(wanted, |wanted| {
                asked.borrow_mut().push(wanted);
                if works { Ok(()) } else { Err("read-only") }
            });
        };
        follow(false, true);
        follow(true, true);
        follow(true, true);
        follow(false, false);
        follow(false, false);
        follow(false, true);
        follow(false, true);
        assert_eq!(*asked.borrow(), [true, false, false, false]);
    }

    #[test]
    fn an_entry_that_was_half_made_is_taken_out_again() {
        let (mut list, mut asked) = (Listed::default(), None);
        list.follow(true, |_| Err("full"));
        list.follow(false, |wanted| {
            asked = Some(wanted);
            Ok::<_, &str>(())
        });
        assert_eq!(asked, Some(false));
    }
}
