//! Connecting a site: one attempt waits at a time.

use jiff::Timestamp;

use super::{Desk, lock};
use crate::error::{Error, ErrorCode, Result};
use crate::flows::connect::{self, Attempt};
use crate::flows::outside::Account;
use crate::model::connection::Identity;
use crate::model::secret::Secret;

/// A finished connect, without its secrets.
#[derive(Clone, Debug)]
pub struct Connected {
    /// As whom, if the server could say.
    pub identity: Option<Identity>,
    /// What was granted.
    pub scopes: Vec<String>,
    /// When the access token ends, if the server said so.
    pub expires_at: Option<Timestamp>,
    /// Why the secret store did not take the connection; it is held in memory then.
    pub unsaved: Option<Error>,
}

impl Desk {
    /// Starts an attempt to connect. One that still waits is given up.
    ///
    /// # Errors
    /// As [`connect::begin`].
    pub async fn begin_connect(&self, account: Account) -> Result<Attempt> {
        let attempt = connect::begin(&self.outside, account).await?;
        *lock(&self.attempt) = Some(attempt.clone());
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
    /// As [`Attempt::code_in`] and [`connect::exchange`]; the attempt goes on waiting until its time
    /// is over.
    pub async fn finish_connect(&self, id: &str, pasted: &str) -> Result<(Account, Connected)> {
        // Two pastes in a row must not spend one code twice: strict servers then end its tokens
        // (RFC 6749 §4.1.2).
        let _turn = self.finishing.lock().await;
        let attempt = self.waiting(id)?;
        let connected = self.exchange(&attempt, attempt.code_in(pasted)?).await?;
        self.cancel_connect(id);
        Ok((attempt.account, connected))
    }

    async fn exchange(&self, attempt: &Attempt, code: Secret) -> Result<Connected> {
        let made = connect::exchange(&self.outside, attempt, code).await?;
        self.see(&attempt.account, |known, _| {
            known.see(&made.connection);
            known.trouble = None;
        });
        let (identity, tokens) = (made.connection.identity, made.connection.tokens);
        Ok(Connected { identity, scopes: tokens.scopes, expires_at: tokens.expires_at, unsaved: made.unsaved })
    }

    /// Gives up an attempt.
    pub fn cancel_connect(&self, id: &str) {
        let mut waiting = lock(&self.attempt);
        if waiting.as_ref().is_some_and(|attempt| attempt.id == id) {
            *waiting = None;
        }
        drop(waiting);
        self.changed();
    }

    /// Tries again to save a connection the secret store did not take.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn save_again(&self, account: &Account) -> Result<()> {
        self.outside.save_unsaved(account.site.id).await
    }
}
