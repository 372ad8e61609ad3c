//! The connection of a site, refreshed when its access token is about to end: late, once, and
//! written down before it is used.
//!
//! ```text
//! fresh? ── yes ─▶ done
//!   │ no
//! turn (this process, then a lock file) ─▶ read again ─ fresh? ─▶ done
//!   │ still stale
//! may it be asked? ─▶ journal ─▶ token endpoint ─▶ keychain ─▶ first use (who am I) ─▶ keychain ─▶ done
//! ```
//!
//! The order matters. Doorkeeper keeps the old refresh token alive until the new access token is
//! first used, and strict servers end everything when an old refresh token comes back: only
//! "write, then use" survives a crash on both. Nothing but a confirmed `invalid_grant` ends a
//! connection (RFC 6749 §5.2); every other failure leaves it as it is.

use std::time::Duration;

use tokio::time::Instant;

use super::api::Api;
use super::in_flight::Flight;
use super::ledger;
use super::outside::{Account, Outside, Turn};
use super::token_endpoint::{Grant, ask};
use super::unsaved;
use crate::error::{Error, ErrorCode, Result};
use crate::model::connection::{Connection, Ended, MARGIN};
use crate::model::in_flight::InFlight;
use crate::model::not_before::NotBefore;
use crate::model::secret::{ExposeSecret, Secret};

/// What a caller needs of the access token.
#[derive(Clone, Debug)]
pub enum Need {
    /// It lives at least this long.
    Life(Duration),
    /// It is not this one, which the server refused or the person wants replaced.
    Other(Secret),
}

impl Need {
    /// Whatever a request made now needs.
    pub fn now() -> Self {
        Self::Life(MARGIN)
    }

    fn is_met(&self, connection: &Connection, outside: &Outside) -> bool {
        match self {
            Self::Life(life) => connection.tokens.is_good_for(*life, &outside.moment_of(connection)),
            Self::Other(refused) => connection.tokens.access_token.expose_secret() != refused.expose_secret(),
        }
    }
}

/// A usable connection whose access token meets the need.
///
/// # Errors
/// [`ErrorCode::NotConnected`], [`ErrorCode::NeedsSignIn`], [`ErrorCode::RevokePending`],
/// [`ErrorCode::AddressChanged`], [`ErrorCode::Stopped`] while the program ends, a keychain code, or
/// what the token endpoint's answer means.
pub async fn connection(outside: &Outside, account: &Account, need: &Need) -> Result<Connection> {
    let outside = &outside.pinned();
    let named = |error: Error| error.about(&account.site.name);
    let asked = Instant::now();
    if outside.unsaved(account.site.id).is_none() {
        let connection = match usable(outside, account).await {
            Err(error) => {
                outside.is_here().map_err(named)?;
                return Err(named(error));
            }
            Ok(connection) => connection,
        };
        if need.is_met(&connection, outside) {
            return Ok(connection);
        }
    }
    let turn = outside.turn(account.site.id).await.map_err(named)?;
    if let Err(error) = unsaved::save(outside, account, &turn).await {
        return in_memory(outside, account, need).unwrap_or(Err(error)).map_err(named);
    }
    let connection = usable(outside, account).await.map_err(named)?;
    if need.is_met(&connection, outside) {
        return Ok(connection);
    }
    if let Some(connection) = wait(outside, account, &connection, need, asked).await.map_err(named)? {
        return Ok(connection);
    }
    outside.may_spend(&turn).map_err(named)?;
    let (outside, of, need) = (outside.clone(), account.clone(), need.clone());
    // A task of its own: who gives up waiting must not lose an answer that is on its way.
    let refreshed = tokio::spawn(async move {
        let result = refresh(&outside, &of, &connection, &need, turn).await;
        note_pause(&outside, &of, result.as_ref().err());
        result
    });
    refreshed.await.unwrap_or_else(|failed| std::panic::resume_unwind(failed.into_panic())).map_err(named)
}

/// Notes how long to leave the site alone, for this program and for those after it.
fn note_pause(outside: &Outside, account: &Account, failed: Option<&Error>) {
    let site = account.site.id;
    match failed {
        Some(error) => outside.attempts.failed(site, error),
        None => outside.attempts.succeeded(site),
    }
    let noted = match failed.map(|error| NotBefore::of(error, outside.now())) {
        Some(Some(note)) => outside.not_before.write(site, &note),
        Some(None) => Ok(()),
        None => outside.not_before.remove(site),
    };
    if let Err(error) = noted {
        tracing::info!(site = %account.site.name, %error, "could not note how long to wait");
    }
}

/// Whether there is a reason not to refresh now: somebody has just failed at it, or the program acts
/// by itself and the server wants a pause, or a token that a person copied would die of it. The
/// connection, if it is good enough for what the program does by itself.
async fn wait(
    outside: &Outside,
    account: &Account,
    held: &Connection,
    need: &Need,
    asked: Instant,
) -> Result<Option<Connection>> {
    let site = account.site.id;
    if let Some(error) = outside.attempts.failure_since(site, asked) {
        return Err(error);
    }
    let noted = || outside.not_before.read(site)?.error(outside.now());
    if outside.unattended
        && let Some(error) = noted()
    {
        return Err(error);
    }
    if !outside.by_itself {
        return Ok(None);
    }
    if let Some(error) = outside.attempts.pause(site) {
        return Err(error);
    }
    let in_use = ledger::is_in_use(outside, site, held);
    match need {
        Need::Life(_) if in_use => Ok(Some(held.clone())),
        Need::Life(_) => {
            let lives = probe(outside, account, held).await?;
            // The answer told the server's time too.
            Ok((need.is_met(held, outside) || lives && is_over(outside, held)).then(|| held.clone()))
        }
        Need::Other(refused) => {
            if (in_use && !is_refused(outside, account, refused).await) || !outside.attempts.may_replace_refused(site) {
                return Err(ErrorCode::NotConfirmed.into());
            }
            Ok(None)
        }
    }
}

/// What the secret store did not take, if its use ends nothing that is stored; or why it is over, which
/// is so whether or not that could be stored.
fn in_memory(outside: &Outside, account: &Account, need: &Need) -> Option<Result<Connection>> {
    let held = outside.unsaved(account.site.id)?.connection;
    match account.may_use(&held) {
        Err(error) => error.code.is_end().then_some(Err(error)),
        Ok(()) => (!held.tokens.rotating && need.is_met(&held, outside)).then_some(Ok(held)),
    }
}

/// Whether the server refuses a token once more: then it is of no use to whoever copied it. One
/// refusal has to do where nobody can be asked whose it is.
async fn is_refused(outside: &Outside, account: &Account, token: &Secret) -> bool {
    match Api::new(outside, account, token).identity().await {
        Ok(identity) => identity.is_none(),
        Err(error) => error.code == ErrorCode::NotConfirmed,
    }
}

/// Asks the site something that costs nothing before a refresh token is spent on it: after a sleep, or
/// behind a hotel's sign-in page, an answer is easily lost. Any answer of the API will do. Whether it
/// accepted the token: then one that has run out by this computer's clock has not, and the clock is
/// wrong.
async fn probe(outside: &Outside, account: &Account, held: &Connection) -> Result<bool> {
    use ErrorCode as C;
    match Api::new(outside, account, &held.tokens.access_token).identity().await {
        Ok(identity) => Ok(identity.is_some()),
        Err(error) if matches!(error.code, C::NotConfirmed | C::Forbidden | C::ApiOff) => Ok(false),
        Err(error) => {
            outside.attempts.failed(account.site.id, &error);
            Err(error)
        }
    }
}

async fn usable(outside: &Outside, account: &Account) -> Result<Connection> {
    let connection = outside.secrets.connection(account.site.id).await?.ok_or(ErrorCode::NotConnected)?;
    account.may_use(&connection)?;
    Ok(connection)
}

async fn refresh(
    outside: &Outside,
    account: &Account,
    old: &Connection,
    need: &Need,
    _turn: Turn,
) -> Result<Connection> {
    let site = account.site.id;
    let Some(token) = old.tokens.refresh_token.clone() else {
        // A shorter life than was asked, or one refusal, is no reason to end what may still live.
        return match need {
            _ if is_over(outside, old) => Err(end(outside, account, old, ErrorCode::RanOut, "").await),
            Need::Life(_) => Ok(old.clone()),
            Need::Other(_) => Err(ErrorCode::NotConfirmed.into()),
        };
    };
    let binding = account.binding()?;
    let grant = Grant::Refresh { token: token.clone(), scopes: &old.tokens.scopes };
    let flight = Flight::begins(outside, account, old);
    let tokens = match ask(outside, account, grant).await {
        Ok(tokens) => tokens,
        Err(refusal) if refusal.code == ErrorCode::NeedsSignIn => {
            flight.failed(&refusal);
            return refused(outside, account, &token, refusal, flight.before).await;
        }
        Err(error) => {
            flight.failed(&error);
            return Err(error);
        }
    };
    let new = old.refreshed(tokens, account.provider.oauth.rotation).bound(&binding);
    if let Err(error) = unsaved::patiently(outside, || outside.secrets.keep_connection(site, &new)).await {
        flight.not_kept();
        // Unused, the new token ends nothing: Doorkeeper still honours the old one. A strict
        // server does not, so the new one is held here until the store takes it.
        let replaces = Some(old.tokens.access_token.clone());
        outside.hold_unsaved(site, new, replaces);
        return Err(error);
    }
    flight.landed();
    Ok(first_use(outside, account, new).await)
}

/// Whether the access token has run out as far as can be told here.
fn is_over(outside: &Outside, held: &Connection) -> bool {
    !held.tokens.is_good_for(Duration::ZERO, &outside.moment_of(held))
}

/// Uses the new access token once, which ends the refresh token it replaced. A failure costs
/// nothing: the replaced one stays on the list of those to name when revoking.
async fn first_use(outside: &Outside, account: &Account, new: Connection) -> Connection {
    let Ok(Some(identity)) = Api::new(outside, account, &new.tokens.access_token).identity().await else {
        return new;
    };
    let used = new.used(Some(identity));
    ledger::end_replaced(outside, account, &new, &used).await;
    match outside.secrets.keep_connection(account.site.id, &used).await {
        Ok(()) => used,
        Err(_) => new,
    }
}

/// `invalid_grant`: believed only if the refresh token that was sent is still the one we hold. After
/// a refresh that brought no tokens it is most likely that one's answer that was lost, and said so.
async fn refused(
    outside: &Outside,
    account: &Account,
    sent: &Secret,
    refusal: Error,
    before: Option<InFlight>,
) -> Result<Connection> {
    let held = usable(outside, account).await?;
    let same = held.tokens.refresh_token.as_ref().is_some_and(|token| token.expose_secret() == sent.expose_secret());
    if !same {
        return Ok(held);
    }
    let words = refusal.detail.as_deref().unwrap_or("invalid_grant");
    let over = match before {
        Some(before) => end(outside, account, &held, before.cause(), &before.words(words)).await,
        None => end(outside, account, &held, ErrorCode::NeedsSignIn, words).await,
    };
    Err(over.at(refusal.host.as_deref().unwrap_or_default()))
}

/// Marks the connection as ended. The tokens stay in the item until the next connect replaces it.
async fn end(outside: &Outside, account: &Account, connection: &Connection, code: ErrorCode, reason: &str) -> Error {
    let ended = Ended { at: outside.now(), code, reason: reason.to_owned() };
    let over = Connection { ended: Some(ended), ..connection.clone() };
    if let Err(error) = outside.secrets.keep_connection(account.site.id, &over).await {
        tracing::warn!(site = %account.site.name, code = %error.name(), "could not mark the connection as ended");
        // Known here all the same: nobody is told of it anew, and its refresh token is not sent again.
        outside.hold_unsaved(account.site.id, over, Some(connection.tokens.access_token.clone()));
    }
    Error::new(code).detail(reason)
}
