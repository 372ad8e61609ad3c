//! Looking at a connection without giving it away, but for the one press that shows the token.

use std::time::{Duration, Instant};

use super::Desk;
use super::using::{note, see};
use crate::error::{Error, ErrorCode, Result};
use crate::flows::api::Api;
use crate::flows::copy::preview;
use crate::flows::ledger;
use crate::flows::outside::Account;
use crate::flows::refresh::Need;
use crate::model::activity::ActivityKind;
use crate::model::connection::{Connection, Identity};
use crate::model::copy_format::CopyFormat;
use crate::model::secret::Secret;

/// What a test of a connection shows.
#[derive(Clone, Debug)]
pub struct Tested {
    /// Who it acts as, where the product can say.
    pub identity: Option<Identity>,
    /// How long the answer took.
    pub took: Duration,
}

impl Desk {
    /// What [`copy`](Self::copy) would put on the clipboard, with the token masked but for its end. Asks
    /// neither a server nor the keychain: a token that has run out is shown by its old end.
    ///
    /// # Errors
    /// [`ErrorCode::NotConnected`], or as [`preview`].
    pub fn copy_preview(&self, account: &Account, format: CopyFormat) -> Result<String> {
        let token = self.status(account.site.id)?.known.token;
        let token = token.ok_or_else(|| Error::new(ErrorCode::NotConnected).about(&account.site.name))?;
        preview(account, &token, format)
    }

    /// The access token, for as long as a person holds a button to see it. Whoever looks may read it or
    /// take a picture, so it counts as given away.
    ///
    /// # Errors
    /// As [`connection`](Self::connection).
    pub async fn reveal(&self, account: &Account) -> Result<Secret> {
        let held = self.connection(account, &Need::now()).await?;
        ledger::show(&self.outside, account, &held).await;
        self.changed();
        Ok(held.tokens.access_token)
    }

    /// Makes the cheapest request there is with the connection. The token is renewed only if it has run
    /// out or is refused.
    ///
    /// # Errors
    /// As [`connection`](Self::connection), or what the answer means.
    pub async fn test(&self, account: &Account) -> Result<Tested> {
        let epoch = self.seen.epoch(account.site.id);
        let mut held = self.connection(account, &Need::Life(Duration::ZERO)).await?;
        let mut result = self.try_out(account, &held).await;
        if result.as_ref().is_err_and(|error| error.code == ErrorCode::NotConfirmed) {
            held = self.connection(account, &Need::Other(held.tokens.access_token.clone())).await?;
            result = self.try_out(account, &held).await;
        }
        match &result {
            // Numbers that failed for this very reason are asked for again; until then it is told.
            Ok(_) => {
                self.see(account, epoch, |known, _| see(known, &self.outside, account, &held));
                // Of a site that was removed meanwhile nothing is noted any more.
                if self.seen.epoch(account.site.id) == epoch {
                    self.note(account.site.id, ActivityKind::Tested, None);
                }
            }
            Err(error) => drop(self.see(account, epoch, |known, now| note(known, error, now))),
        }
        result
    }

    async fn try_out(&self, account: &Account, held: &Connection) -> Result<Tested> {
        let api = Api::new(&self.outside, account, &held.tokens.access_token);
        let began = Instant::now();
        let identity = match (&account.provider.api.me, account.provider.choices.first()) {
            (None, Some(choice)) => api.get(choice.request(), &account.site.inputs).await.map(|_| None)?,
            _ => api.identity().await?,
        };
        Ok(Tested { took: began.elapsed(), identity: identity.or_else(|| account.chosen_identity()) })
    }
}
