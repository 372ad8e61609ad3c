//! What goes on without a click: telling the page of changes, and counting when it is time.

use std::time::Duration;

use tallykey_core::Event;
use tauri::{AppHandle, Emitter, Runtime};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use crate::shell::Shell;
use crate::views::ClipboardEnd;

/// Changes come in bursts; the page is told once for all of them. Half a frame is not noticed.
const BURST: Duration = Duration::from_millis(8);

/// Tells the page of every change, until the program ends.
pub async fn tell<R: Runtime>(app: AppHandle<R>, shell: Shell) {
    let mut events = shell.desk.events();
    loop {
        let mut is_old = match events.recv().await {
            Ok(event) => pass_on(&app, &event),
            // A missed event said "look again", which is what happens next.
            Err(RecvError::Lagged(_)) => true,
            Err(RecvError::Closed) => return,
        };
        if !is_old {
            continue;
        }
        tokio::time::sleep(BURST).await;
        while is_old {
            is_old = match events.try_recv() {
                Ok(event) => {
                    pass_on(&app, &event);
                    true
                }
                Err(TryRecvError::Lagged(_)) => true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => false,
            };
        }
        // It reads files of every site.
        let looks = shell.clone();
        let seen = tauri::async_runtime::spawn_blocking(move || looks.overview()).await;
        if let Ok(Ok(overview)) = seen {
            app.emit("overview", overview).ok();
        }
    }
}

/// Tells the page what is an event of its own. Whether what it shows is old now.
fn pass_on<R: Runtime>(app: &AppHandle<R>, event: &Event) -> bool {
    match event {
        Event::Changed => return true,
        Event::ClipboardCleared(end) => drop(app.emit("clipboard-cleared", ClipboardEnd::from(*end))),
        Event::OtherAnswer => drop(app.emit("other-answer", ())),
        // Told on the desktop, not in the page.
        Event::Notice(_) | Event::SignInNeeded(_) | Event::RevocationEnded(..) => {}
    }
    false
}

/// Counts all sites when they are due, until the program ends. A store that does not answer is left
/// alone until a person asks for it: each try may put a prompt on the screen.
pub async fn count_when_due(shell: Shell) {
    shell.look_at_store().await;
    shell.finish_move().await;
    shell.desk.keep_counting(|| shell.may_count()).await;
}
