//! What only a Workfront has: the labels of its host, sessions, and objects with filters.
//!
//! The vendor's guides describe authorization, tokens and the form of the API. Where they give no answer, the comment
//! beside the code says so.

mod api;
pub(crate) mod authorize;
mod filter;
mod objects;
pub(crate) mod routes;
mod token;

use serde::{Deserialize, Serialize};

/// How `GET …/count` wraps its number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountShape {
    /// `{"data":{"count":3}}`: "the response has a data attribute if the request was successful".
    #[default]
    Wrapped,
    /// `{"count":3}`: the vendor's example of a count.
    Bare,
}

/// The state of a Workfront.
#[derive(Debug)]
pub(crate) struct Workfront {
    /// `domain` and `lane` of a redirect.
    pub(crate) labels: [String; 2],
    pub(crate) count_shape: CountShape,
    pub(crate) error_status: u16,
}

impl Workfront {
    /// The labels are those of the site's own host, as they are at the vendor's: of `myorganization.my.workfront.com`
    /// they are `myorganization` and `my`, of `127.0.0.1` they are `127` and `0`.
    pub(crate) fn at(base_url: &str) -> Self {
        let host = base_url.split("://").last().unwrap_or_default();
        let mut labels = host.split(['.', ':']).map(str::to_owned);
        let mut next = || labels.next().unwrap_or_default();
        Self { labels: [next(), next()], count_shape: CountShape::default(), error_status: 401 }
    }
}
