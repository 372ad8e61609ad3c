//! Asking for a count that a person made.
//!
//! A server that ignores a filter it does not know answers with a number all the same, and the number
//! is wrong. So every name is tried: asked without a value, such a server refuses each name that it
//! knows. This is done in every round: a field that was there may be gone.

use super::api::Api;
use super::counted::with;
use super::outside::Account;
use crate::adapters::http::Answer;
use crate::error::{Error, ErrorCode, Result};
use crate::model::provider::{OwnCounts, Pairs, Request, Trial};
use crate::model::template::Values;
use crate::model::wishes::OwnCount;

/// The number of a count of the person's own.
///
/// # Errors
/// [`ErrorCode::FilterUnknown`] with the name the server does not know, [`ErrorCode::FilterRefused`]
/// for a value or a saved query it does not take, else as [`Api::get`].
pub(super) async fn number(api: &Api<'_>, account: &Account, own: &OwnCount, values: &Values) -> Result<u64> {
    let pairs = account.own_pairs(own)?;
    let missing = || Error::new(ErrorCode::InvalidInput).about(&account.site.name).detail(&own.label);
    let asked = Asked { api, account, known: account.provider.own_counts.as_ref().ok_or_else(missing)?, values };
    if own.filter.is_some() {
        asked.every_name_is_known(&pairs).await?;
    }
    let answer = asked.send(&pairs).await?;
    let (status, found) = (answer.status, api.read(answer));
    let found = found.map_err(|error| refused(status, error))?;
    found.number(std::slice::from_ref(&asked.known.at)).ok_or_else(|| {
        let words = format!("no number at {}", asked.known.at);
        Error::new(ErrorCode::UnexpectedAnswer).about(&account.site.name).detail(words)
    })
}

/// How many calls one makes, as long as the server knows every name.
pub(super) fn calls(own: &OwnCount) -> usize {
    1 + usize::from(own.filter.is_some())
}

/// Whether an error says something of one count of the person's own, and nothing of the site.
pub(super) fn is_its_own(error: &Error) -> bool {
    use ErrorCode as C;
    matches!(error.code, C::Forbidden | C::FilterUnknown | C::FilterRefused | C::InvalidInput)
}

struct Asked<'a> {
    api: &'a Api<'a>,
    account: &'a Account,
    known: &'a OwnCounts,
    values: &'a Values,
}

impl Asked<'_> {
    async fn every_name_is_known(&self, pairs: &Pairs) -> Result<()> {
        let Some(trial) = self.known.filter.as_ref().and_then(|filter| filter.trial.as_ref()) else { return Ok(()) };
        let names = trial.tried(pairs);
        if names.is_empty() || self.are_known(trial, pairs, &names).await? {
            return Ok(());
        }
        for name in names {
            if !self.are_known(trial, pairs, &[name]).await? {
                return Err(Error::new(ErrorCode::FilterUnknown).about(&self.account.site.name).detail(name));
            }
        }
        Ok(())
    }

    async fn are_known(&self, trial: &Trial, pairs: &Pairs, names: &[&str]) -> Result<bool> {
        let answer = self.send(&trial.pairs(pairs, names)).await?;
        let status = answer.status;
        if status == trial.status {
            let json = answer.json();
            let errors = json.pointer(&trial.errors).and_then(|errors| errors.as_array());
            return Ok(errors.is_some_and(|errors| errors.len() >= names.len()));
        }
        self.api.read(answer).map_err(|error| refused(status, error)).map(|_| false)
    }

    async fn send(&self, pairs: &Pairs) -> Result<Answer> {
        let query = with(&self.known.query, pairs);
        self.api.send(Request { path: &self.known.path, query: &query }, self.values).await
    }
}

/// What a server does not take of a person's own words, or does not have (any more).
fn refused(status: u16, mut error: Error) -> Error {
    if matches!(status, 400 | 404 | 422) && error.code == ErrorCode::UnexpectedAnswer {
        error.code = ErrorCode::FilterRefused;
    }
    error
}
