//! The secrets of one site, copied from one store to another: read back and compared, and nothing
//! deleted.

use super::outside::{Account, Outside, Turn};
use super::secrets::{Secrets, names};
use super::unsaved;
use crate::error::{ErrorCode, Result};
use crate::model::connection::Connection;
use crate::model::secret::{ExposeSecret, Secret};
use crate::model::site::SiteId;

/// Copies what `from` holds of a site; the names of what is in both places now. What the other place
/// held under these names is of before: a connection is named for its revocation.
///
/// # Errors
/// A store's; nothing that `from` holds has changed.
pub async fn copy(outside: &Outside, site: SiteId, from: &Secrets, to: &Secrets) -> Result<Vec<String>> {
    let mut copied = Vec::new();
    for name in names(site) {
        let item = match held(outside, site, &name, from).await? {
            Some(item) => naming_other(&item, to.item(&name).await.ok().flatten().as_ref()),
            None => continue,
        };
        put(to, &name, item).await?;
        copied.push(name);
    }
    Ok(copied)
}

/// Copies the client secret of a site again if another one was kept since: no turn is taken for that.
///
/// # Errors
/// A store's.
pub async fn copy_secret(site: SiteId, from: &Secrets, to: &Secrets) -> Result<()> {
    let [_, name] = names(site);
    let Ok(Some(item)) = from.item(&name).await else { return Ok(()) };
    let is_there = to.item(&name).await?.is_some_and(|there| there.expose_secret() == item.expose_secret());
    if is_there { Ok(()) } else { put(to, &name, item).await }
}

/// Keeps an item, and looks whether it is there.
async fn put(to: &Secrets, name: &str, item: Secret) -> Result<()> {
    let kept = keep(to, name, item).await?;
    let back = to.item(name).await?;
    let is_there = back.is_some_and(|back| back.expose_secret() == kept.expose_secret());
    if is_there { Ok(()) } else { Err(ErrorCode::SecretUnreadable.into()) }
}

/// Offers what `from` did not take to it for the last time, so that it is copied as part of the rest.
/// Where it is still not taken, it is copied from memory.
pub async fn save(outside: &Outside, account: &Account, from: &Secrets, turn: &Turn) {
    let outside = outside.keeping_in(from.clone());
    if let Err(error) = unsaved::save(&outside, account, turn).await {
        tracing::info!(site = %account.site.name, code = %error.name(), "moving what the store did not take");
    }
}

/// What `from` holds under a name, or what it did not take. A place that is not there holds nothing.
async fn held(outside: &Outside, site: SiteId, name: &str, from: &Secrets) -> Result<Option<Secret>> {
    let stored = match from.item(name).await {
        Err(error) if matches!(error.code, ErrorCode::KeychainMissing | ErrorCode::VaultMissing) => None,
        stored => stored?,
    };
    if *name != names(site)[0] {
        return Ok(stored);
    }
    let unsaved = outside.keeping_in(from.clone()).unsaved(site);
    let is_next = |unsaved: &unsaved::Unsaved| {
        let before = stored.as_ref().map(Connection::from_item).transpose();
        before.is_ok_and(|before| unsaved.may_replace(before.as_ref()))
    };
    Ok(unsaved.filter(is_next).map(|unsaved| unsaved.connection.to_item()).or(stored))
}

/// A connection that takes the place of another one of the same site names its tokens.
fn naming_other(item: &Secret, other: Option<&Secret>) -> Secret {
    let both = (Connection::from_item(item), other.map(Connection::from_item));
    let (Ok(mut connection), Some(Ok(other))) = both else { return item.clone() };
    let token = |of: &Connection| of.tokens.access_token.expose_secret().to_owned();
    // The last that is named is the one a first use ends; nothing may come after it.
    if token(&connection) == token(&other) || connection.tokens.rotating {
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
