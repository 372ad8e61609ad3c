//! Connecting a site: one attempt waits at a time.

use super::{Desk, lock};
use crate::error::{ErrorCode, Result};
use crate::flows::connect::{self, Attempt, Connected};
use crate::flows::outside::Account;
use crate::flows::unsaved;

impl Desk {
    /// Starts an attempt to connect. One that still waits is given up.
    ///
    /// # Errors
    /// As [`connect::begin`].
    pub async fn begin_connect(&self, account: Account) -> Result<Attempt> {
        let attempt = connect::begin(&self.outside, account).await?;
        if let Some(before) = lock(&self.attempt).replace(attempt.clone()) {
            before.cancel();
        }
        self.changed();
        Ok(attempt)
    }

    /// The attempt that waits, if there is one.
    pub fn attempt(&self) -> Option<Attempt> {
        let now = self.outside.now();
        lock(&self.attempt).clone().filter(|attempt| now < attempt.ends_at)
    }

    fn waiting(&self, id: &str) -> Result<Attempt> {
        self.attempt().filter(|attempt| attempt.id == id).ok_or_else(|| ErrorCode::AttemptOver.into())
    }

    /// Opens the waiting attempt's address in the browser.
    ///
    /// # Errors
    /// [`ErrorCode::AttemptOver`], [`ErrorCode::BrowserFailed`].
    pub fn open_attempt(&self, id: &str) -> Result<()> {
        let attempt = self.waiting(id)?;
        self.open(&attempt.url).map_err(|error| error.about(&attempt.account.site.name))
    }

    /// Takes what the person pasted.
    ///
    /// # Errors
    /// As [`connect::finish`]; the attempt goes on waiting until its time is over.
    pub async fn finish_connect(&self, id: &str, pasted: &str) -> Result<(Account, Connected)> {
        // Two pastes in a row must not spend one code twice: strict servers then end its tokens
        // (RFC 6749 §4.1.2).
        let _turn = self.finishing.lock().await;
        let attempt = self.waiting(id)?;
        let connected = connect::finish(&self.outside, &attempt, pasted).await?;
        self.cancel_connect(id);
        let epoch = self.seen.next_epoch(attempt.account.site.id);
        self.see(&attempt.account, epoch, |known, _| {
            known.see(&connected.connection);
            known.trouble = None;
        });
        Ok((attempt.account, connected))
    }

    /// Gives up an attempt.
    pub fn cancel_connect(&self, id: &str) {
        let mut waiting = lock(&self.attempt);
        if let Some(attempt) = waiting.take_if(|attempt| attempt.id == id) {
            attempt.cancel();
        }
        drop(waiting);
        self.changed();
    }

    /// Tries again to save a connection the secret store did not take.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn save_again(&self, account: &Account) -> Result<()> {
        let turn = self.outside.turn(account.site.id).await?;
        unsaved::save(&self.outside, account, &turn).await?;
        drop(turn);
        self.look(account).await.map(drop)
    }
}
