//! A look at an address before a site is added: does it answer, and is it the product?

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::Method;
use url::Url;

use crate::adapters::http::{Answer, Http};
use crate::error::{Error, ErrorCode, Result};
use crate::model::address::host;
use crate::model::provider::{Check, Provider, Rule, Text};
use crate::model::template::Values;

/// One thing that was looked at.
#[derive(Clone, Debug)]
pub struct Finding {
    /// `reach`, or the id of a check of the definition.
    pub id: String,
    /// What it shows; empty for `reach`.
    pub label: Text,
    /// How long the answer took.
    pub took: Duration,
    /// Why it did not pass.
    pub error: Option<Error>,
    /// What time it was by the server's own clock.
    pub date: Option<Timestamp>,
}

/// Asks the address what it is. The first finding is whether it answers at all; without an answer
/// nothing more is asked.
///
/// # Errors
/// [`ErrorCode::InvalidAddress`] if the definition makes no address of the inputs.
pub async fn check(http: &Http, provider: &Arc<Provider>, inputs: &Values) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for check in &provider.checks {
        let url = check.url.url(inputs).ok_or(ErrorCode::InvalidAddress)?;
        let (answer, took) = ask(http, &url).await?;
        let date = answer.as_ref().ok().and_then(Answer::date);
        if findings.is_empty() {
            let error = answer.as_ref().err().cloned();
            findings.push(Finding { id: "reach".to_owned(), label: Text::new(), took, error, date });
        }
        let error = match answer {
            Ok(answer) => verdict(check, &answer)
                .map(|code| Error::new(code).at(&host(&url)).detail(format!("HTTP {}", answer.status))),
            // Told by the first finding.
            Err(_) if findings.len() == 1 => break,
            Err(error) => Some(error),
        };
        findings.push(Finding { id: check.id.clone(), label: check.label.clone(), took, error, date });
    }
    Ok(findings)
}

/// The answer of an address that is asked without credentials, and how long it took.
///
/// # Errors
/// [`ErrorCode::InvalidAddress`]; that nobody answered is told with the time.
pub async fn ask(http: &Http, url: &Url) -> Result<(Result<Answer>, Duration)> {
    let request = http.request(Method::GET, url.clone()).build().map_err(|_| ErrorCode::InvalidAddress)?;
    let start = Instant::now();
    let answer = http.send(request).await;
    Ok((answer, start.elapsed()))
}

fn verdict(check: &Check, answer: &Answer) -> Option<ErrorCode> {
    match check.rules.iter().find(|rule| rule.fits(answer)) {
        Some(rule) => rule.means,
        None if answer.status >= 500 => Some(ErrorCode::ServerTrouble),
        None => Some(ErrorCode::NotThisProduct),
    }
}

impl Rule {
    fn fits(&self, answer: &Answer) -> bool {
        let status = self.status.is_none_or(|status| status == answer.status);
        let header = self.header.as_deref().is_none_or(|name| {
            let wanted = self.contains.as_deref().unwrap_or_default();
            answer.header(name).is_some_and(|value| value.contains(wanted))
        });
        status && header
    }
}
