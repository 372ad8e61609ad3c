//! How to ask a product's API, and what is counted with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::{Template, Text, UrlTemplate};
use crate::error::ErrorCode;

/// How to ask the product's API.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// The address all paths are below.
    pub base: UrlTemplate,
    /// The header that carries the access token.
    #[serde(default = "bearer")]
    pub header: ApiHeader,
    /// The media type to ask for.
    #[serde(default = "json")]
    pub accept: String,
    /// Who the token belongs to; absent where the product cannot say.
    pub me: Option<Me>,
    /// How the product says that a token is not valid any more.
    #[serde(default = "unauthorized")]
    pub expired: Vec<Expired>,
    /// Where an error answer has its words, as JSON Pointers (RFC 6901).
    #[serde(default, rename = "error")]
    pub errors: Vec<String>,
    /// How many calls the product allows.
    #[serde(default)]
    pub budget: Vec<Budget>,
    /// How the product says that more was asked than it allows, beside 429 and `Retry-After`: one
    /// table, or several.
    #[serde(default, deserialize_with = "one_or_many")]
    pub limit: Vec<Limit>,
    /// Whether counts are asked for without a click.
    #[serde(default = "yes")]
    pub automatic: bool,
}

fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Limit>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Limits {
        One(Limit),
        Many(Vec<Limit>),
    }
    Ok(match Limits::deserialize(from)? {
        Limits::One(limit) => vec![limit],
        Limits::Many(limits) => limits,
    })
}

fn yes() -> bool {
    true
}

fn json() -> String {
    "application/json".to_owned()
}

/// RFC 6750 §3.1.
fn unauthorized() -> Vec<Expired> {
    vec![Expired { status: Some(401), at: None, is: None }]
}

/// The header that carries the access token.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiHeader {
    /// Its name.
    pub name: String,
    /// What stands before the token, with its space.
    #[serde(default)]
    pub prefix: String,
}

/// RFC 6750 §2.1.
fn bearer() -> ApiHeader {
    ApiHeader { name: "Authorization".to_owned(), prefix: "Bearer ".to_owned() }
}

/// Query parameters by name.
pub type Query = BTreeMap<String, QueryValue>;

/// A GET below the API's base.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Its path.
    pub path: &'a Template,
    /// Its query parameters.
    pub query: &'a Query,
}

/// A query parameter's value, or several of one name.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum QueryValue {
    /// `a=1`
    One(Template),
    /// `a=1&a=2`
    Many(Vec<Template>),
}

impl QueryValue {
    /// All values of the name.
    pub fn all(&self) -> &[Template] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}

/// The request that says who a token belongs to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Me {
    /// Below the API's base.
    pub path: Template,
    /// Query parameters.
    #[serde(default)]
    pub query: Query,
    /// JSON Pointer to the person's id.
    pub id: String,
    /// JSON Pointer to the person's login or name.
    pub text: String,
    /// What a 403 means here, where no permission is needed: something of the server, never an end.
    pub forbidden: Option<ErrorCode>,
}

/// An answer that says that the token is not valid any more: all given conditions must hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expired {
    /// The answer's status.
    pub status: Option<u16>,
    /// JSON Pointer to a text.
    pub at: Option<String>,
    /// What that text is.
    pub is: Option<String>,
}

/// The headers in which a product says how much more may be asked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many requests are left. At 0 a 403 is no refusal but asks to wait, as 429 does.
    pub remaining: String,
    /// When there are more again, in seconds since 1970.
    pub reset: String,
    /// Of how many.
    pub limit: Option<String>,
    /// The budget it is about: what it says goes before our own counting. Where no answer has it
    /// although another of these is there, the plan has no such budget.
    pub per: Option<Period>,
}

/// A number of calls the product allows in a time.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// How many.
    pub calls: u32,
    /// In what time.
    pub per: Period,
    /// Whether all accounts that are entered with the same values use it together.
    #[serde(default)]
    pub shared: bool,
}

/// A time in which calls are counted.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// 60 seconds.
    Minute,
    /// 60 minutes.
    Hour,
    /// Of the calendar.
    Month,
}

/// Something a person chooses from what the connected site offers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name in templates.
    pub key: String,
    /// What it is called.
    pub label: Text,
    /// Whether several may be chosen.
    #[serde(default)]
    pub many: bool,
    /// Whether what is chosen is the person the connection acts as.
    #[serde(default)]
    pub me: bool,
    /// The query parameter that takes what is chosen, in every count and its page. Where there is one,
    /// nothing need be chosen.
    pub narrows: Option<String>,
    /// Below the API's base.
    pub path: Template,
    /// Query parameters.
    #[serde(default)]
    pub query: Query,
    /// JSON Pointer to the list.
    pub items: String,
    /// JSON Pointer in an item to its value.
    pub value: String,
    /// JSON Pointer in an item to its name.
    pub text: String,
    /// How to get the rest of a long list.
    pub next: Option<Next>,
}

/// The further pages of a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Next {
    /// The query parameter with the page's number, from 1.
    pub page: String,
    /// JSON Pointer to the number of pages.
    pub pages: Option<String>,
    /// JSON Pointer to the number of items, where that of pages is not told.
    pub total: Option<String>,
}

/// Something counted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// Its meaning; the same id means the same in every definition.
    pub id: String,
    /// Its name.
    pub label: Text,
    /// Requests whose numbers are added up.
    #[serde(rename = "term")]
    pub terms: Vec<Term>,
    /// The page that lists what is counted.
    pub page: UrlTemplate,
}

/// One request of a count.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Below the API's base.
    pub path: Template,
    /// Query parameters.
    #[serde(default)]
    pub query: Query,
    /// Where the number is; the first of these that the answer has.
    pub at: At,
    /// Asked once for each chosen value of this choice.
    pub each: Option<String>,
    /// Whether the number is taken off and not added.
    #[serde(default)]
    pub minus: bool,
}

/// Where a number is: one place, or the first of several that the answer has.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum At {
    /// A JSON Pointer, or `header:` with a header's name.
    One(String),
    /// Several, best first.
    Many(Vec<String>),
}

impl At {
    /// All places, best first.
    pub fn places(&self) -> &[String] {
        match self {
            Self::One(place) => std::slice::from_ref(place),
            Self::Many(places) => places,
        }
    }
}

impl Me {
    /// What is asked.
    pub fn request(&self) -> Request<'_> {
        Request { path: &self.path, query: &self.query }
    }
}

impl Choice {
    /// Whether nothing need be chosen.
    pub fn is_optional(&self) -> bool {
        self.narrows.is_some()
    }

    /// What is asked.
    pub fn request(&self) -> Request<'_> {
        Request { path: &self.path, query: &self.query }
    }
}

impl Term {
    /// What is asked.
    pub fn request(&self) -> Request<'_> {
        Request { path: &self.path, query: &self.query }
    }
}
