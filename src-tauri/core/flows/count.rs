//! Counts of a site, believed only together with an identity.
//!
//! Redmine answers an unknown token as anonymous: status 200 and a number that is not the person's.
//! A token goes from valid to dead and never back, so asking who it belongs to *after* the counts
//! proves that it was valid for all of them.

use std::borrow::Cow;

use super::api::Api;
use super::outside::{Account, Outside};
use super::refresh::{Need, connection};
use crate::error::{Error, ErrorCode, Result};
use crate::model::connection::{Connection, Identity};
use crate::model::known::CountResult;
use crate::model::provider::{Count, Term};
use crate::model::secret::ExposeSecret;
use crate::model::site::Chosen;
use crate::model::template::Values;

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
    if let Some(choice) = account.open_choices().next() {
        return Err(Error::new(ErrorCode::ChoiceMissing).about(&account.site.name).detail(&choice.key));
    }
    let api = Api::new(outside, account, &held.tokens.access_token);
    // Nobody is known where the server could not say when the connection was made.
    let before = match &held.identity {
        None if account.provider.counts_name_the_person() => outside.course.unless_stopped(api.identity()).await?,
        known => known.clone(),
    };
    let values = account.values(before.as_ref(), outside.now());
    let mut counts = Vec::new();
    for count in &account.provider.counts {
        counts.push(outside.course.unless_stopped(one(&api, account, count, &values)).await?);
        outside.course.tell(counts.len(), account.provider.counts.len());
    }
    let identity = outside.course.unless_stopped(api.identity()).await?;
    if let (Some(now), Some(before)) = (&identity, &before)
        && now.id != before.id
    {
        let words = format!("{} ≠ {}", now.text, before.text);
        return Err(Error::new(ErrorCode::OtherPerson).about(&account.site.name).detail(words));
    }
    if !held.tokens.rotating && (held.identity.is_some() || identity.is_none()) {
        return Ok((held, counts));
    }
    // The numbers are believed whether or not that can be written down; the next round tries again.
    let settled = settle(outside, account, &held, identity).await.unwrap_or(held);
    Ok((settled, counts))
}

/// Writes down that the access token was used, unless somebody replaced it meanwhile.
async fn settle(outside: &Outside, account: &Account, held: &Connection, by: Option<Identity>) -> Result<Connection> {
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
async fn one(api: &Api<'_>, account: &Account, count: &Count, values: &Values) -> Result<CountResult> {
    let (mut plus, mut minus): (u64, u64) = (0, 0);
    for term in &count.terms {
        for values in &each(account, term, values) {
            match number(api, account, term, values).await {
                Ok(number) if term.minus => minus = minus.saturating_add(number),
                Ok(number) => plus = plus.saturating_add(number),
                Err(error) if error.code == ErrorCode::Forbidden => {
                    return Ok(CountResult { id: count.id.clone(), value: None, error: Some(error.code) });
                }
                Err(error) => return Err(error),
            }
        }
    }
    // Something may be closed between two answers.
    Ok(CountResult { id: count.id.clone(), value: Some(plus.saturating_sub(minus)), error: None })
}

/// How many calls a round makes: each count's, and who it is.
pub fn calls(account: &Account) -> u32 {
    let times = |term: &Term| term.each.as_ref().map_or(1, |key| account.site.choices.get(key).map_or(0, Vec::len));
    let counts: usize = account.provider.counts.iter().flat_map(|count| &count.terms).map(times).sum();
    let who = usize::from(account.provider.api.me.is_some());
    u32::try_from(counts + who).unwrap_or(u32::MAX)
}

/// The values of a term, once for each chosen value of the choice it repeats.
fn each<'a>(account: &Account, term: &Term, values: &'a Values) -> Vec<Cow<'a, Values>> {
    let Some(key) = &term.each else { return vec![Cow::Borrowed(values)] };
    let with = |chosen: &Chosen| {
        let mut values = values.clone();
        values.insert(key.clone(), chosen.value.clone());
        Cow::Owned(values)
    };
    account.site.choices.get(key).into_iter().flatten().map(with).collect()
}

async fn number(api: &Api<'_>, account: &Account, term: &Term, values: &Values) -> Result<u64> {
    api.number(term.request(), values, term.at.places()).await?.ok_or_else(|| {
        let places = term.at.places().join(", ");
        Error::new(ErrorCode::UnexpectedAnswer).about(&account.site.name).detail(format!("no number at {places}"))
    })
}
