//! Counts of a site, believed only together with an identity.
//!
//! Redmine answers an unknown token as anonymous: status 200 and a number that is not the person's.
//! A token goes from valid to dead and never back, so asking who it belongs to *after* the counts
//! proves that it was valid for all of them.

use super::api::Api;
use super::outside::{Account, Outside};
use super::refresh::{Need, connection};
use crate::error::{Error, ErrorCode, Result};
use crate::model::connection::{Connection, Identity};
use crate::model::known::CountResult;
use crate::model::provider::{Count, Term};
use crate::model::secret::ExposeSecret;

/// The counts of a site and the connection that got them.
///
/// # Errors
/// Why there is no number to believe. The connection and older counts are untouched.
pub async fn count(outside: &Outside, account: &Account) -> Result<(Connection, Vec<CountResult>)> {
    let held = connection(outside, account, &Need::now()).await?;
    match round(outside, account, held.clone()).await {
        // Refused although it should still live: another device, a restored database. One refresh
        // settles whether the connection is over.
        Err(error) if error.code == ErrorCode::NotConfirmed => {
            let renewed = connection(outside, account, &Need::Other(held.tokens.access_token)).await?;
            round(outside, account, renewed).await
        }
        result => result,
    }
}

async fn round(outside: &Outside, account: &Account, held: Connection) -> Result<(Connection, Vec<CountResult>)> {
    let api = Api::new(outside, account, &held.tokens.access_token);
    let mut counts = Vec::new();
    for count in &account.provider.counts {
        counts.push(one(&api, account, count).await?);
    }
    let identity = api.identity().await?;
    if let Some(before) = held.identity.as_ref().filter(|before| before.id != identity.id) {
        let words = format!("{} ≠ {}", identity.text, before.text);
        return Err(Error::new(ErrorCode::OtherPerson).about(&account.site.name).detail(words));
    }
    if held.is_settled() {
        return Ok((held, counts));
    }
    // The numbers are believed whether or not that can be written down; the next round tries again.
    let settled = settle(outside, account, &held, identity).await.unwrap_or(held);
    Ok((settled, counts))
}

/// Writes down that the access token was used, unless somebody replaced it meanwhile.
async fn settle(outside: &Outside, account: &Account, held: &Connection, by: Identity) -> Result<Connection> {
    let _turn = outside.turn(account.site.id).await?;
    if outside.unsaved(account.site.id).is_some() {
        return Ok(held.clone());
    }
    let now = outside.secrets.connection(account.site.id).await?;
    match now {
        Some(now) if now.tokens.access_token.expose_secret() == held.tokens.access_token.expose_secret() => {
            let used = now.used(by);
            outside.secrets.keep_connection(account.site.id, &used).await?;
            Ok(used)
        }
        _ => Ok(held.clone()),
    }
}

/// One count. A permission it lacks concerns this count alone; any other failure ends the round.
async fn one(api: &Api<'_>, account: &Account, count: &Count) -> Result<CountResult> {
    let mut sum: u64 = 0;
    for term in &count.terms {
        match number(api, account, term).await {
            Ok(number) => sum = sum.saturating_add(number),
            Err(error) if error.code == ErrorCode::Forbidden => {
                return Ok(CountResult { id: count.id.clone(), value: None, error: Some(error.code) });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(CountResult { id: count.id.clone(), value: Some(sum), error: None })
}

async fn number(api: &Api<'_>, account: &Account, term: &Term) -> Result<u64> {
    let value = |(key, template): (&'_ _, &crate::model::template::Template)| {
        let key: &String = key;
        template.text(&account.site.inputs).map(|value| (key.clone(), value))
    };
    let query: Vec<(String, String)> = term.query.iter().filter_map(value).collect();
    let query: Vec<(&str, String)> = query.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
    let answer = api.get(&term.path, &query).await?;
    answer.pointer(&term.at).and_then(serde_json::Value::as_u64).ok_or_else(|| {
        Error::new(ErrorCode::UnexpectedAnswer).about(&account.site.name).detail(format!("no number at {}", term.at))
    })
}
