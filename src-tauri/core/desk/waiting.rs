//! The one attempt that waits, and how it ended.

use tokio::sync::watch;

use super::connecting::Connected;
use crate::error::Result;
use crate::flows::connect::Attempt;
use crate::flows::outside::Account;

/// How an attempt ended: with a connection, or why without one.
pub type Outcome = Result<(Account, Connected)>;

/// An attempt, from its beginning until the next one. Dropping it closes its listener.
pub struct Waiting {
    pub attempt: Attempt,
    open: watch::Sender<()>,
    outcome: watch::Sender<Option<Outcome>>,
}

impl Waiting {
    /// An attempt that waits, and what tells its listener to close.
    pub fn new(attempt: Attempt) -> (Self, watch::Receiver<()>) {
        let (open, closing) = watch::channel(());
        (Self { attempt, open, outcome: watch::Sender::new(None) }, closing)
    }

    /// Whether it has not ended yet.
    pub fn waits(&self) -> bool {
        self.outcome.borrow().is_none()
    }

    /// Ends it, once; its listener closes.
    pub fn end(&self, outcome: Outcome) {
        self.outcome.send_if_modified(|slot| {
            let first = slot.is_none();
            if first {
                *slot = Some(outcome);
            }
            first
        });
        // Nobody listens any more: it closed before.
        self.open.send(()).ok();
    }

    /// Returns once its listener has closed.
    pub async fn closed(&self) {
        self.open.closed().await;
    }

    /// Tells how it ends.
    pub fn outcome(&self) -> watch::Receiver<Option<Outcome>> {
        self.outcome.subscribe()
    }
}
