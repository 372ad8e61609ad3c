//! What goes on without a click: telling the page of changes, and counting from time to time.

use std::time::Duration;

use jiff::Timestamp;
use tallykey_core::flows::outside::Account;
use tallykey_core::model::known::State;
use tallykey_core::{Desk, Event, SiteStatus};
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

/// Counts all sites now and then, until the program ends. A store that does not answer is left alone
/// until a person asks for it: each try may put a prompt on the screen.
pub async fn count_now_and_then(shell: Shell) {
    shell.look_at_store().await;
    loop {
        if shell.store_works() {
            count_all(&shell.desk, false).await;
        }
        tokio::time::sleep(ROUND).await;
    }
}

/// Counts every connected site, each on its own: a slow one delays nobody. Revocations that wait
/// are tried again, and what was last seen is compared with what the store holds. Where calls are
/// scarce, only a person who asked gets new counts.
pub async fn count_all(desk: &Desk, asked: bool) {
    let desk = &if asked { desk.clone() } else { desk.by_itself() };
    let now = Timestamp::now();
    let mut rounds = JoinSet::new();
    for SiteStatus { account, known, .. } in desk.sites().unwrap_or_default() {
        // Nothing can be asked without a definition; the site says so itself.
        let Ok(account) = account else { continue };
        if !asked && !account.provider.api.automatic && known.state == State::Connected {
            continue;
        }
        let must_wait = known.trouble.is_some_and(|trouble| trouble.until.is_some_and(|until| now < until));
        if asked || !must_wait {
            let desk = desk.clone();
            rounds.spawn(async move { round(&desk, &account, known.state).await });
        }
    }
    rounds.join_all().await;
}

/// What goes wrong shows as the site's trouble.
async fn round(desk: &Desk, account: &Account, mut state: State) {
    if matches!(state, State::NotConnected | State::NeedsSignIn) {
        state = desk.look(account).await.unwrap_or(state);
    }
    match state {
        State::Connected => drop(desk.count(account).await),
        State::RevokePending => drop(desk.revoke_again(account).await),
        State::NotConnected | State::NeedsSignIn => {}
    }
}
