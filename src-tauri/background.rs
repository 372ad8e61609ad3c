//! What goes on without a click: telling the page of changes, and counting from time to time.

use std::time::Duration;

use tallykey_core::model::known::State;
use tallykey_core::{Desk, Event};
use tauri::{AppHandle, Emitter, Runtime};
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;

use crate::shell::Shell;
use crate::views::ClipboardEnd;

/// Changes come in bursts; the page is told once for all of them. Half a frame is not noticed.
const BURST: Duration = Duration::from_millis(8);
/// Issues change by the hour; five minutes keeps numbers honest without being felt by a server.
const ROUND: Duration = Duration::from_mins(5);

/// Tells the page of every change, until the program ends.
pub async fn tell<R: Runtime>(app: AppHandle<R>, shell: Shell) {
    let mut events = shell.desk.events();
    loop {
        match events.recv().await {
            Ok(Event::ClipboardCleared(end)) => {
                app.emit("clipboard-cleared", ClipboardEnd::from(end)).ok();
            }
            // The attempt goes on waiting, and so does the page.
            Ok(Event::OtherAnswer) => {}
            // A missed event said "look again", which is what happens next.
            Ok(Event::Changed) | Err(RecvError::Lagged(_)) => {
                tokio::time::sleep(BURST).await;
                if let Ok(overview) = shell.overview() {
                    app.emit("overview", overview).ok();
                }
            }
            Err(RecvError::Closed) => return,
        }
    }
}

/// Counts all sites now and then, until the program ends.
pub async fn count_now_and_then(shell: Shell) {
    loop {
        shell.look_at_store().await;
        count_all(&shell.desk).await;
        tokio::time::sleep(ROUND).await;
    }
}

/// Counts every connected site, each on its own: a slow one delays nobody. Revocations that wait
/// are tried again.
pub async fn count_all(desk: &Desk) {
    let mut rounds = JoinSet::new();
    for status in desk.sites().unwrap_or_default() {
        let desk = desk.clone();
        match status.known.state {
            // What goes wrong shows as the site's trouble.
            State::Connected => drop(rounds.spawn(async move { drop(desk.count(&status.account).await) })),
            State::RevokePending => drop(rounds.spawn(async move { drop(desk.revoke(&status.account).await) })),
            State::NotConnected | State::NeedsSignIn => {}
        }
    }
    rounds.join_all().await;
}
