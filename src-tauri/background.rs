//! What goes on without a click: telling the page of changes, and counting when it is time.

use std::time::Duration;

use tallykey_core::Event;
use tauri::{AppHandle, Emitter, Runtime};
use tokio::sync::broadcast::error::RecvError;

use crate::shell::Shell;
use crate::views::ClipboardEnd;

/// Changes come in bursts; the page is told once for all of them. Half a frame is not noticed.
const BURST: Duration = Duration::from_millis(8);

/// Tells the page of every change, until the program ends.
pub async fn tell<R: Runtime>(app: AppHandle<R>, shell: Shell) {
    let mut events = shell.desk.events();
    loop {
        match events.recv().await {
            Ok(Event::ClipboardCleared(end)) => {
                app.emit("clipboard-cleared", ClipboardEnd::from(end)).ok();
            }
            Ok(Event::OtherAnswer) => {
                app.emit("other-answer", ()).ok();
            }
            // A missed event said "look again", which is what happens next.
            Ok(Event::Changed) | Err(RecvError::Lagged(_)) => {
                tokio::time::sleep(BURST).await;
                if let Ok(overview) = shell.overview() {
                    app.emit("overview", overview).ok();
                }
            }
            // Told on the desktop, not in the page.
            Ok(Event::Notice(_) | Event::SignInNeeded(_) | Event::RevocationConfirmed(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

/// Counts all sites when they are due, until the program ends. A store that does not answer is left
/// alone until a person asks for it: each try may put a prompt on the screen.
pub async fn count_when_due(shell: Shell) {
    shell.look_at_store().await;
    shell.desk.keep_counting(|| shell.store_works()).await;
}
