//! Counts of a site, believed only together with an identity.
//!
//! Redmine answers an unknown token as anonymous: status 200 and a number that is not the person's.
//! A token goes from valid to dead and never back, so asking who it belongs to *after* the counts
//! proves that it was valid for all of them.

use std::borrow::Cow;

use super::api::Api;
use super::counted::{What, with};
use super::ledger;
use super::outside::{Account, Outside};
use super::own_count;
use super::refresh::{Need, connection};
use crate::error::{Error, ErrorCode, Result};
use crate::model::connection::{Connection, Identity};
use crate::model::known::CountResult;
use crate::model::provider::{Count, Request, Term};
use crate::model::secret::ExposeSecret;
use crate::model::site::Chosen;
use crate::model::template::Values;
use crate::model::wishes::OwnCount;

/// The counts of a site and the connection that got them: what is not hidden, in the person's order.
///
/// # Errors
/// Why there is no number to believe. The connection and older counts are untouched.
pub async fn count(outside: &Outside, account: &Account) -> Result<(Connection, Vec<CountResult>)> {
    let shown: Vec<What<'_>> = account.shown_counts().into_iter().map(|count| count.what).collect();
    let (held, numbers) = confirmed(outside, account, &shown).await?;
    let result = |(what, number): (&What<'_>, Result<u64>)| CountResult {
        id: what.id().to_owned(),
        value: number.as_ref().ok().copied(),
        error: number.err().map(|error| error.code),
    };
    Ok((held, shown.iter().zip(numbers).map(result).collect()))
}

/// The number of a count that a person is about to make.
///
/// # Errors
/// Why there is no number to believe, or what of the filter the server does not know or take.
pub async fn try_own(outside: &Outside, account: &Account, own: &OwnCount) -> Result<u64> {
    // What is no filter is told without asking anybody.
    account.own_pairs(own)?;
    let (_, mut numbers) = confirmed(outside, account, &[What::Own(own)]).await?;
    numbers.pop().unwrap_or_else(|| Err(ErrorCode::UnexpectedAnswer.into()))
}

/// The numbers of these, or why one of them has none.
async fn confirmed(outside: &Outside, account: &Account, what: &[What<'_>]) -> Result<(Connection, Vec<Result<u64>>)> {
    // What a connection is found to be is written where it was read.
    let outside = &outside.pinned();
    let held = connection(outside, account, &Need::now()).await?;
    match round(outside, account, held.clone(), what).await {
        // Refused although it should still live: another device, a restored database. One refresh
        // settles whether the connection is over.
        Err(error) if error.code == ErrorCode::NotConfirmed => {
            let renewed = connection(outside, account, &Need::Other(held.tokens.access_token)).await?;
            round(outside, account, renewed, what).await
        }
        result => result,
    }
}

async fn round(
    outside: &Outside,
    account: &Account,
    held: Connection,
    what: &[What<'_>],
) -> Result<(Connection, Vec<Result<u64>>)> {
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
    let mut numbers = Vec::new();
    for asked in what {
        numbers.push(outside.course.unless_stopped(one(&api, account, *asked, &values)).await?);
        outside.course.tell(numbers.len(), what.len());
    }
    let identity = outside.course.unless_stopped(api.identity()).await?;
    if let (Some(now), Some(before)) = (&identity, &before)
        && now.id != before.id
    {
        let words = format!("{} ≠ {}", now.text, before.text);
        return Err(Error::new(ErrorCode::OtherPerson).about(&account.site.name).detail(words));
    }
    if !held.tokens.rotating && (held.identity.is_some() || identity.is_none()) {
        return Ok((held, numbers));
    }
    // The numbers are believed whether or not that can be written down; the next round tries again.
    let settled = settle(outside, account, &held, identity).await.unwrap_or(held);
    Ok((settled, numbers))
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
            ledger::end_replaced(outside, account, &now, &used).await;
            outside.secrets.keep_connection(account.site.id, &used).await?;
            Ok(used)
        }
        _ => Ok(held.clone()),
    }
}

/// One count. A permission it lacks concerns this count alone, and so does what is wrong with a filter
/// of the person's own; any other failure ends the round.
async fn one(api: &Api<'_>, account: &Account, what: What<'_>, values: &Values) -> Result<Result<u64>> {
    match what {
        What::Own(own) => match own_count::number(api, account, own, values).await {
            Err(error) if own_count::is_its_own(&error) => Ok(Err(error)),
            number => number.map(Ok),
        },
        What::Defined(count) => match sum(api, account, count, values).await {
            Err(error) if error.code == ErrorCode::Forbidden => Ok(Err(error)),
            number => number.map(Ok),
        },
    }
}

async fn sum(api: &Api<'_>, account: &Account, count: &Count, values: &Values) -> Result<u64> {
    let (mut plus, mut minus): (u64, u64) = (0, 0);
    for term in &count.terms {
        for values in &each(account, term, values) {
            let number = number(api, account, term, values).await?;
            let sum = if term.minus { &mut minus } else { &mut plus };
            *sum = sum.saturating_add(number);
        }
    }
    // Something may be closed between two answers.
    Ok(plus.saturating_sub(minus))
}

/// How many calls a round makes: each count's, and who it is.
pub fn calls(account: &Account) -> u32 {
    let times = |term: &Term| term.each.as_ref().map_or(1, |key| account.site.choices.get(key).map_or(0, Vec::len));
    let of = |what: What<'_>| match what {
        What::Defined(count) => count.terms.iter().map(times).sum(),
        What::Own(own) => own_count::calls(own),
    };
    let counts: usize = account.shown_counts().into_iter().map(|count| of(count.what)).sum();
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
    let query = with(&term.query, &account.narrowing());
    let request = Request { path: &term.path, query: &query };
    api.number(request, values, term.at.places()).await?.ok_or_else(|| {
        let places = term.at.places().join(", ");
        Error::new(ErrorCode::UnexpectedAnswer).about(&account.site.name).detail(format!("no number at {places}"))
    })
}
