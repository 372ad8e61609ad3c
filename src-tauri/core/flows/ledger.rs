//! The ledger of tokens that were given away, changed by one program at a time.

use std::time::Duration;

use jiff::Timestamp;

use super::outside::{Account, Outside};
use crate::adapters::lock_file::lock;
use crate::error::Result;
use crate::model::connection::{Connection, MARGIN};
use crate::model::ledger::Ledger;
use crate::model::provider::Ends;
use crate::model::site::SiteId;

/// A change takes milliseconds.
const LIMIT: Duration = Duration::from_secs(5);

/// The tokens of a site that were given away.
pub fn read(outside: &Outside, site: SiteId) -> Ledger {
    outside.ledger.read(site).unwrap_or_default()
}

/// Notes that the access token of a connection was given to somebody. A note that cannot be written keeps
/// nobody from the token.
pub async fn give(outside: &Outside, account: &Account, held: &Connection) {
    let now = outside.now();
    change(outside, account, |ledger| {
        ledger.give(held, now);
        true
    })
    .await;
}

/// Notes that the access token of a connection was shown to whoever looked, unless it was given away before:
/// what was read stays read, however often.
pub async fn show(outside: &Outside, account: &Account, held: &Connection) {
    let now = outside.now();
    change(outside, account, |ledger| {
        let is_new = !ledger.holds(&held.tokens);
        if is_new {
            ledger.give(held, now);
        }
        is_new
    })
    .await;
}

/// Notes that the server revoked a connection, or had ended it: every token that was given away of it is
/// over, and where revoking ends all that the person granted, of any other of theirs too.
pub async fn end_revoked(outside: &Outside, account: &Account, revoked: Timestamp, person: Option<&str>) {
    let now = outside.moment_for(account);
    let ends_all = account.provider.oauth.revoke.as_ref().is_some_and(|revoke| revoke.ends == Ends::Grant);
    let end = |ledger: &mut Ledger| ledger.end_grant(revoked, &now) | (ends_all && ledger.end_person(person, &now));
    change(outside, account, end).await;
}

/// Notes that of a grant only this connection lives on. The last characters of what was given away of the
/// rest.
pub async fn end_others(outside: &Outside, account: &Account, than: &Connection) -> Vec<String> {
    let (now, mut ended) = (outside.moment_for(account), Vec::new());
    change(outside, account, |ledger| {
        ended = ledger.end_others(than, &now);
        !ended.is_empty()
    })
    .await;
    ended
}

/// Notes that another sign-in took the place of these, and what is left of them ends with it.
pub async fn pass_on(outside: &Outside, account: &Account, of: &[Connection], to: Timestamp) {
    let pass = |ledger: &mut Ledger| of.iter().fold(false, |any, one| ledger.pass_on(one.connected_at, to) | any);
    change(outside, account, pass).await;
}

/// Notes what the first use of an access token ended: the one it replaced. Where others of those may
/// still live, none is called over. Elsewhere than with rotation on use, an access token that was replaced
/// lives until its own end.
pub async fn end_replaced(outside: &Outside, account: &Account, before: &Connection, after: &Connection) {
    if before.tokens.rotating && !after.tokens.rotating && !after.tokens.names_others() {
        end_others(outside, account, after).await;
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
