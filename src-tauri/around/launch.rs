//! Starting at login, as the settings say.

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
    let mut applied = false;
    loop {
        let wanted = shell.desk.settings().launch_at_login;
        if std::mem::replace(&mut applied, wanted) != wanted {
            apply(&app, wanted);
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

fn apply<R: Runtime>(app: &AppHandle<R>, wanted: bool) {
    let list = app.autolaunch();
    if list.is_enabled().is_ok_and(|now| now == wanted) {
        return;
    }
    if let Err(error) = if wanted { list.enable() } else { list.disable() } {
        tracing::warn!(%error, wanted, "the system's list of programs that start at login was not changed");
    }
}
