//! Starting at login, as the settings say.

use std::time::{Duration, Instant};

use tallykey_core::Event;
use tauri::{AppHandle, Runtime};
use tauri_plugin_autostart::ManagerExt;
use tokio::sync::broadcast::error::RecvError;

use crate::shell::Shell;

/// Something changes with every number that comes in; a folder that is read-only stays so for a while.
const AGAIN: Duration = Duration::from_mins(1);

/// Keeps the system's list in step with the settings, until the program ends.
pub async fn follow<R: Runtime>(app: AppHandle<R>, shell: Shell) {
    let mut events = shell.desk.events();
    // Nothing was asked for yet. An entry that is there all the same is of a Tallykey on other folders: the
    // list has one for all of them.
    let mut list = Listed::default();
    loop {
        let wanted = shell.desk.settings().launch_at_login;
        if list.is_due(wanted, Instant::now()) {
            let app = app.clone();
            let applied = tauri::async_runtime::spawn_blocking(move || apply(&app, wanted)).await;
            let refused =
                applied.map_or_else(|error| Some(error.to_string()), |done| done.err().map(|e| e.to_string()));
            list.answered(wanted, refused, Instant::now());
        }
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
    /// What it did not take, and when: said once, and tried with a change after a while.
    refused: Option<(bool, Instant)>,
}

impl Listed {
    fn is_due(&self, wanted: bool, now: Instant) -> bool {
        match self.refused {
            Some((before, at)) => before != wanted || now.duration_since(at) >= AGAIN,
            None => self.is_in != wanted,
        }
    }

    fn answered(&mut self, wanted: bool, refused: Option<String>, now: Instant) {
        let Some(error) = refused else {
            *self = Self { is_in: wanted, refused: None };
            return;
        };
        if self.refused.replace((wanted, now)).is_none_or(|(before, _)| before != wanted) {
            tracing::warn!(error, wanted, "the system's list of programs that start at login was not changed");
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
    use super::*;

    /// Which of these wishes the system is asked for; it takes all or none.
    fn asked(list: &mut Listed, takes: bool, wishes: &[(bool, Instant)]) -> Vec<bool> {
        let mut asked = Vec::new();
        for &(wanted, now) in wishes {
            if list.is_due(wanted, now) {
                asked.push(wanted);
                list.answered(wanted, (!takes).then(|| "read-only".to_owned()), now);
            }
        }
        asked
    }

    #[test]
    fn what_the_system_took_is_asked_for_once() {
        let now = Instant::now();
        let wishes = [(false, now), (true, now), (true, now + AGAIN), (false, now + AGAIN)];
        assert_eq!(asked(&mut Listed::default(), true, &wishes), [true, false]);
    }

    #[test]
    fn what_the_system_did_not_take_is_tried_with_a_change_after_a_while() {
        let (mut list, now) = (Listed::default(), Instant::now());
        let soon = now + AGAIN / 2;
        assert_eq!(asked(&mut list, false, &[(true, now), (true, soon), (true, now + AGAIN)]), [true, true]);
        assert_eq!(asked(&mut list, true, &[(true, now + AGAIN), (true, now + 2 * AGAIN)]), [true]);
        assert!(!list.is_due(true, now + 9 * AGAIN));
    }

    #[test]
    fn an_entry_that_was_half_made_is_taken_out_again() {
        let (mut list, now) = (Listed::default(), Instant::now());
        asked(&mut list, false, &[(true, now)]);
        assert_eq!(asked(&mut list, true, &[(false, now)]), [false]);
    }
}
