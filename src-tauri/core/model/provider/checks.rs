//! A look at an address before a site is added.

use serde::Deserialize;

use super::{Text, UrlTemplate};
use crate::error::ErrorCode;

/// A look at an address before anything is saved. The first rule that fits the answer decides;
/// an answer that fits none means another product.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Its name over the bridge.
    pub id: String,
    /// What it shows when passed.
    pub label: Text,
    /// What is asked, by GET.
    pub url: UrlTemplate,
    /// How answers are read.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

/// A reading of an answer: all given conditions must hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The answer's status.
    pub status: Option<u16>,
    /// A header that must be there.
    pub header: Option<String>,
    /// A text that header must contain.
    pub contains: Option<String>,
    /// What it means; absent means passed.
    pub means: Option<ErrorCode>,
}
