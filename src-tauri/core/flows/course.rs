//! The course of a round: how far it has come, and whether a person stopped it.
//!
//! Only questions that change nothing are left unanswered: between them a round ends at once, a refresh
//! and what is written of it go on to their end.

use std::sync::Arc;

use tokio::sync::watch;

use crate::error::{ErrorCode, Result};

/// Told how many counts are done, and of how many.
type Tell = Arc<dyn Fn(usize, usize) + Send + Sync>;

/// One round's course. The default one tells nobody and is never stopped.
#[derive(Clone, Default)]
pub struct Course(Option<Under>);

#[derive(Clone)]
struct Under {
    tell: Tell,
    stop: watch::Receiver<()>,
}

impl Course {
    /// A course that is told, and ends when `stop` says so from now on.
    pub fn new(stop: watch::Receiver<()>, tell: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        Self(Some(Under { tell: Arc::new(tell), stop }))
    }

    /// So many counts are done.
    pub fn tell(&self, done: usize, of: usize) {
        if let Some(under) = &self.0 {
            (under.tell)(done, of);
        }
    }

    /// Asks, unless the round was stopped or is while it waits.
    ///
    /// # Errors
    /// [`ErrorCode::Stopped`], or those of `asks`.
    pub async fn unless_stopped<T>(&self, asks: impl Future<Output = Result<T>>) -> Result<T> {
        let Some(under) = &self.0 else { return asks.await };
        let mut stop = under.stop.clone();
        tokio::select! {
            biased;
            Ok(()) = stop.changed() => Err(ErrorCode::Stopped.into()),
            answer = asks => answer,
        }
    }
}
