//! The secrets of one site, copied from one store to another: read back and compared, and nothing
//! deleted.

use std::collections::BTreeMap;

use super::outside::{Account, Outside, Turn};
use super::secrets::{Secrets, names};
use super::unsaved;
use crate::error::{ErrorCode, Result};
use crate::model::connection::Connection;
use crate::model::secret::{ExposeSecret, Secret};
use crate::model::site::SiteId;
use crate::ports::StoreKind;

/// What was copied, by name, as it was where it came from.
pub type Copied = BTreeMap<String, Secret>;

/// Copies what `from` holds of a site. What the other place held under these names is of before: a
/// connection that the account made is named for its revocation, unless it is `stale`, a copy itself.
///
/// # Errors
/// A store's; nothing that `from` holds has changed.
pub async fn copy(
    outside: &Outside,
    (site, account): (SiteId, Option<&Account>),
    from: &Secrets,
    to: &Secrets,
    stale: impl Fn(&str) -> bool,
) -> Result<Copied> {
    let mut copied = Copied::new();
    for name in names(site) {
        let Some(item) = held(outside, site, &name, from).await? else { continue };
        let other = if stale(&name) { None } else { to.item(&name).await.ok().flatten() };
        let made = |other: &Connection| account.is_some_and(|account| account.made(other).unwrap_or_default());
        put(to, &name, naming_other(&item, other.as_ref(), made)).await?;
        copied.insert(name, item);
    }
    Ok(copied)
}

/// Copies the client secret of a site again if another one was kept since, and nobody kept one in the
/// other place.
///
/// # Errors
/// A store's.
pub async fn copy_secret(site: SiteId, from: &Secrets, to: &Secrets, copied: &Copied) -> Result<()> {
    let [_, name] = names(site);
    let is = |one: &Secret, other: &Secret| one.expose_secret() == other.expose_secret();
    let Ok(Some(item)) = from.item(&name).await else { return Ok(()) };
    let before = copied.get(&name);
    let is_of_before = to.item(&name).await?.is_none_or(|there| before.is_some_and(|before| is(before, &there)));
    if before.is_some_and(|before| is(before, &item)) || !is_of_before { Ok(()) } else { put(to, &name, item).await }
}

/// Keeps an item, and looks whether it is there.
async fn put(to: &Secrets, name: &str, item: Secret) -> Result<()> {
    let kept = keep(to, name, item).await?;
    let back = to.item(name).await?;
    let is_there = back.is_some_and(|back| back.expose_secret() == kept.expose_secret());
    match to.kind() {
        _ if is_there => Ok(()),
        StoreKind::Vault => Err(ErrorCode::FileUnwritable.into()),
        StoreKind::Keychain | StoreKind::Memory => Err(ErrorCode::KeychainFailed.into()),
    }
}

/// Offers what `from` did not take to it for the last time, so that it is copied as part of the rest.
/// Where it is still not taken, it is copied from memory.
pub async fn save(outside: &Outside, account: &Account, from: &Secrets, turn: &Turn) {
    let outside = outside.keeping_in(from.clone());
    if let Err(error) = unsaved::save(&outside, account, turn).await {
        tracing::info!(site = %account.site.name, code = %error.name(), "moving what the store did not take");
    }
}

/// Forgets what `from` did not take, if that was copied: nothing else has it.
pub fn drop_copied(outside: &Outside, site: SiteId, from: &Secrets, copied: &Copied) {
    let outside = outside.keeping_in(from.clone());
    let item = outside.unsaved(site).map(|unsaved| unsaved.connection.to_item());
    let copy = copied.get(&names(site)[0]);
    if item.is_some_and(|item| copy.is_some_and(|copy| copy.expose_secret() == item.expose_secret())) {
        outside.drop_unsaved(site);
    }
}

/// What `from` holds under a name, or what it did not take. A place that is not there holds nothing, so
/// that what it did not take is all there is.
async fn held(outside: &Outside, site: SiteId, name: &str, from: &Secrets) -> Result<Option<Secret>> {
    let unsaved = outside.keeping_in(from.clone()).unsaved(site).filter(|_| *name == names(site)[0]);
    let item = |unsaved: unsaved::Unsaved| unsaved.connection.to_item();
    let stored = match from.item(name).await {
        Err(error) if matches!(error.code, ErrorCode::KeychainMissing | ErrorCode::VaultMissing) => {
            return Ok(unsaved.map(item));
        }
        stored => stored?,
    };
    let is_next = |unsaved: &unsaved::Unsaved| {
        let before = stored.as_ref().map(Connection::from_item).transpose();
        before.is_ok_and(|before| unsaved.may_replace(before.as_ref()))
    };
    Ok(unsaved.filter(is_next).map(item).or(stored))
}

/// A connection that takes the place of another one of the same site names its tokens. Those of another
/// address or client go nowhere, and those it shares are its own.
fn naming_other(item: &Secret, other: Option<&Secret>, made: impl Fn(&Connection) -> bool) -> Secret {
    let both = (Connection::from_item(item), other.map(Connection::from_item));
    let (Ok(mut connection), Some(Ok(other))) = both else { return item.clone() };
    // The last that is named is the one a first use ends; nothing may come after it.
    if connection.tokens.shares_with(&other.tokens) || connection.tokens.rotating || !made(&other) {
        return item.clone();
    }
    connection.supersedes(&other.tokens);
    connection.to_item()
}

/// Keeps an item, without the names of replaced tokens where there is no room for them.
async fn keep(to: &Secrets, name: &str, item: Secret) -> Result<Secret> {
    match to.keep_item(name, &item).await {
        Err(error) if error.code == ErrorCode::TooLarge => {
            let Ok(connection) = Connection::from_item(&item) else { return Err(error) };
            let short = connection.without_replaced().to_item();
            to.keep_item(name, &short).await.map(|()| short)
        }
        kept => kept.map(|()| item),
    }
}
