//! Whether counts of a person's own can be asked for as a definition says, and lead nowhere else.

use super::{Problem, Sound, asks, uses};
use crate::model::provider::{Filters, Next, OwnCounts, Provider};

/// Parameters that carry credentials or change what an answer is, in one product or another. None of
/// them filters, so none is for a person to type.
const RESERVED: [&str; 16] = [
    "access_token",
    "api_key",
    "apikey",
    "callback",
    "client_id",
    "client_secret",
    "format",
    "key",
    "limit",
    "offset",
    "page",
    "per_page",
    "sessionid",
    "set_filter",
    "sort",
    "token",
];

impl Provider {
    pub(super) fn check_own_counts(&self) -> Sound {
        let Some(own) = &self.own_counts else { return Ok(()) };
        if own.filter.is_none() && own.saved.is_none() {
            return Err(Problem::new("`own_count` has neither `filter` nor `saved`").near("[own_count]"));
        }
        let inputs: Vec<&str> = self.inputs.iter().map(|input| input.key.as_str()).collect();
        uses(own.page.template(), &inputs)?;
        asks(super::Request { path: &own.path, query: &own.query }, &inputs)?;
        if let Some(saved) = &own.saved {
            asks(saved.request(), &inputs)?;
            saved.next.as_ref().map_or(Ok(()), knows_its_end)?;
        }
        own.filter.as_ref().map_or(Ok(()), |filter| names_only_filter(filter, own))
    }
}

/// A name that a person may type changes nothing of the request but its filters.
fn names_only_filter(filter: &Filters, own: &OwnCounts) -> Sound {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    for name in &filter.names {
        let stem = name.strip_suffix('*').unwrap_or(name);
        let is_taken = own.query.keys().any(|key| key.eq_ignore_ascii_case(name));
        let is_reserved = RESERVED.contains(&stem.to_ascii_lowercase().as_str());
        if stem.is_empty() || !stem.chars().all(is_name) || is_taken || is_reserved {
            return Err(Problem::new(format!("`{name}` is no name of a filter")).near(format!("\"{name}\"")));
        }
    }
    Ok(())
}

/// Whether a list in pages says how many there are.
pub(super) fn knows_its_end(next: &Next) -> Sound {
    if next.pages.is_some() == next.total.is_some() {
        return Err(Problem::new("`next` has either `pages` or `total`").near(format!("\"{}\"", next.page)));
    }
    Ok(())
}
