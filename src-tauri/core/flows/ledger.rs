//! The ledger of tokens that were given away, changed by one program at a time.

use std::time::Duration;

use super::outside::{Account, Outside};
use crate::adapters::lock_file::lock;
use crate::error::Result;
use crate::model::connection::{Connection, MARGIN, TokenSet};
use crate::model::ledger::Ledger;
use crate::model::site::SiteId;

/// A change takes milliseconds.
const LIMIT: Duration = Duration::from_secs(5);

/// The tokens of a site that were given away.
pub fn read(outside: &Outside, site: SiteId) -> Ledger {
    outside.ledger.read(site).unwrap_or_default()
}

/// Notes that the access token of these was given to somebody. A note that cannot be written keeps
/// nobody from the token.
pub async fn give(outside: &Outside, account: &Account, tokens: &TokenSet) {
    let now = outside.now();
    change(outside, account, |ledger| {
        ledger.give(tokens, now);
        true
    })
    .await;
}

/// Notes that the access token of these was shown to whoever looked, unless it was given away before:
/// what was read stays read, however often.
pub async fn show(outside: &Outside, account: &Account, tokens: &TokenSet) {
    let now = outside.now();
    change(outside, account, |ledger| {
        let is_new = !ledger.holds(tokens);
        if is_new {
            ledger.give(tokens, now);
        }
        is_new
    })
    .await;
}

/// Notes that every token that was given away is over: the server revoked them, or ended the connection.
pub async fn end_all(outside: &Outside, account: &Account) {
    let now = outside.moment_for(account);
    change(outside, account, |ledger| ledger.end_all(&now)).await;
}

/// Notes what the first use of an access token ended: the one it replaced. Where others of those may
/// still live, none is called over. Elsewhere than with rotation on use, an access token that was replaced
/// lives until its own end.
pub async fn end_replaced(outside: &Outside, account: &Account, before: &TokenSet, after: &TokenSet) {
    if before.rotating && !after.rotating && !after.names_others() {
        let now = outside.moment_for(account);
        change(outside, account, |ledger| ledger.end_others(after, &now)).await;
    }
}

/// Notes that the token with this tail is over, and no other.
pub async fn end_last(outside: &Outside, account: &Account, tail: Option<String>) {
    let now = outside.moment_for(account);
    change(outside, account, |ledger| tail.is_some_and(|tail| ledger.end(&tail, &now))).await;
}

/// Whether somebody was given the access token of a connection and may still use it. In its last minute
/// nobody can count on it.
pub fn is_in_use(outside: &Outside, site: SiteId, held: &Connection) -> bool {
    held.tokens.is_good_for(MARGIN, &outside.moment_of(held)) && read(outside, site).holds(&held.tokens)
}

async fn change(outside: &Outside, account: &Account, change: impl FnOnce(&mut Ledger) -> bool) {
    if let Err(error) = try_change(outside, account.site.id, change).await {
        tracing::warn!(site = %account.site.name, %error, "could not change the list of given tokens");
    }
}

async fn try_change(outside: &Outside, site: SiteId, change: impl FnOnce(&mut Ledger) -> bool) -> Result<()> {
    let _turn = lock(&outside.locks.join(format!("{site}.ledger.lock")), LIMIT).await?;
    let mut ledger = read(outside, site);
    if change(&mut ledger) { outside.ledger.write(site, &ledger) } else { Ok(()) }
}
