//! Connections the secret store did not take: held in memory and offered to it again, without ever
//! writing over what somebody else stored meanwhile.

use std::time::Duration;

use super::in_flight;
use super::ledger;
use super::outside::{Account, Outside, Turn};
use super::revoke;
use super::secrets::Secrets;
use crate::error::{Error, ErrorCode, Result};
use crate::model::connection::Connection;
use crate::model::secret::{ExposeSecret, Secret};
use crate::model::site::SiteId;

/// A connection that waits for the store.
#[derive(Clone)]
pub struct Unsaved {
    /// What should be stored.
    pub connection: Connection,
    /// The access token of the connection it was made from; absent where there was none.
    pub replaces: Option<Secret>,
    /// The store it waits for: another one that holds nothing says nothing about it.
    pub store: Secrets,
}

impl Unsaved {
    /// Whether the store still holds what this one was made from, or already holds this one: a call
    /// that was over its time may have been carried out all the same.
    pub fn may_replace(&self, stored: Option<&Connection>) -> bool {
        let of = |connection: &Connection| connection.tokens.access_token.expose_secret().to_owned();
        match stored.map(of) {
            None => self.replaces.is_none(),
            Some(token) => {
                token == of(&self.connection)
                    || self.replaces.as_ref().is_some_and(|before| before.expose_secret() == token)
            }
        }
    }
}

/// How long a store is given to come back: a keychain that was restarted or locked by accident is
/// there again within seconds, and somebody waits.
const PAUSES: [Duration; 3] = [Duration::from_millis(250), Duration::from_secs(1), Duration::from_secs(3)];

/// Offers something to the store more than once: it may be the only copy of a token.
///
/// # Errors
/// The store's last one.
pub async fn patiently<F: Future<Output = Result<()>>>(outside: &Outside, offer: impl Fn() -> F) -> Result<()> {
    for pause in PAUSES {
        match offer().await {
            Err(error) if is_weather(&error) => outside.clock.wait(pause).await,
            result => return result,
        }
    }
    offer().await
}

/// What may be over in seconds. Who waited for a prompt has waited long enough.
fn is_weather(error: &Error) -> bool {
    matches!(error.code, ErrorCode::KeychainMissing | ErrorCode::KeychainLocked | ErrorCode::KeychainFailed)
}

/// What the store in use holds of a site, or the end of it that the store did not take.
///
/// # Errors
/// A keychain code, or [`ErrorCode::SecretUnreadable`].
pub async fn stored(outside: &Outside, site: SiteId) -> Result<Option<Connection>> {
    let stored = outside.secrets.connection(site).await?;
    let ends = |unsaved: &Unsaved| unsaved.connection.ended.is_some() && unsaved.may_replace(stored.as_ref());
    let end = outside.unsaved(site).filter(ends).map(|unsaved| unsaved.connection);
    Ok(end.or(stored))
}

/// Tries again to save what the store in use did not take. If another process has stored something else
/// since, that is the truth, and what was held is ended at the provider instead.
///
/// # Errors
/// A keychain code; the connection is still held.
pub async fn save(outside: &Outside, account: &Account, _turn: &Turn) -> Result<()> {
    let site = account.site.id;
    let Some(unsaved) = outside.unsaved(site) else { return Ok(()) };
    let stored = outside.secrets.connection(site).await?;
    if unsaved.may_replace(stored.as_ref()) {
        outside.secrets.keep_connection(site, &unsaved.connection).await?;
        let grant = unsaved.connection.connected_at;
        let before: Vec<_> = stored.into_iter().filter(|stored| stored.connected_at != grant).collect();
        ledger::pass_on(outside, account, &before, grant).await;
        in_flight::landed(outside, account);
    } else if unsaved.connection.ended.is_none() && account.made(&unsaved.connection)? {
        let stored: Vec<_> = stored.iter().map(|stored| &stored.tokens).collect();
        revoke::end_tokens(outside, account, &unsaved.connection.tokens, &stored).await;
    }
    outside.drop_unsaved(site);
    Ok(())
}
