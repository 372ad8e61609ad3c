//! A provider: a product that can be talked to, described by data alone.
//!
//! Definitions are TOML, read once, checked as a whole; an unknown key is an error with its line.
//! What differs between products is a field here, never an `if` elsewhere.

mod api;
mod checks;
mod hosts;
mod oauth;
mod own;
mod soundness;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::api::{
    Api, ApiHeader, At, Budget, Choice, Count, Expired, Limit, Me, Next, Period, Query, QueryValue, Request, Term,
};
pub use self::checks::{Check, Rule};
pub use self::hosts::Receiver;
pub use self::oauth::{
    Application, Body, ClientAuth, Ends, Method, OAuth, Pkce, Revoke, RevokeAuth, Rotation, Scope, TokenError,
};
pub use self::own::{Filters, OwnCounts, Pairs, Saved, Trial, Unusable, Within};
pub use self::soundness::Problem;
use super::template::{Template, UrlTemplate, Values};
use crate::error::{Error, ErrorCode, Result};

/// A text in each language of the window.
pub type Text = BTreeMap<String, String>;

/// One product's definition.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Version of this schema; looked at before anything else.
    #[expect(dead_code, reason = "what is read of it is read by itself")]
    schema: u32,
    /// Names the provider in `sites.toml`, in the terminal and over the bridge.
    pub id: String,
    /// The product's own name.
    pub name: String,
    /// Two letters for its tile.
    pub mark: String,
    /// One line under the name when choosing a product.
    pub summary: Text,
    /// The vendor's pages these facts come from.
    #[serde(default)]
    pub docs: Vec<String>,
    /// What the definition was tried on.
    #[serde(default)]
    pub evidence: Evidence,
    /// What a person is asked for when adding a site.
    #[serde(rename = "input", default)]
    pub inputs: Vec<Input>,
    /// Asked without credentials before a site is added.
    #[serde(rename = "check", default)]
    pub checks: Vec<Check>,
    /// How to connect.
    pub oauth: OAuth,
    /// How to ask the product's API.
    pub api: Api,
    /// What a person is asked for once a site is connected.
    #[serde(rename = "choice", default)]
    pub choices: Vec<Choice>,
    /// What is counted, in the order shown.
    #[serde(rename = "count", default)]
    pub counts: Vec<Count>,
    /// How counts that a person makes are asked for; absent where there are none.
    #[serde(rename = "own_count")]
    pub own_counts: Option<OwnCounts>,
    /// Pages for a person's own browser.
    pub pages: Pages,
    /// Where and how things are done by hand.
    pub help: Help,
}

/// What a definition was tried on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The product itself, running.
    LiveServer,
    /// What the vendor wrote.
    #[default]
    Documentation,
}

/// One thing to ask when adding a site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Its name in templates.
    pub key: String,
    /// What is allowed in it.
    pub kind: InputKind,
    /// What it is called.
    pub label: Text,
    /// Where a person finds it.
    pub help: Option<Text>,
    /// An example.
    pub hint: Option<String>,
    /// Used when nothing is given.
    pub default: Option<String>,
}

/// What an input may hold.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum InputKind {
    /// A base address; normalized, `https` unless loopback.
    Base,
    /// Any text without control characters.
    Text,
    /// ASCII digits.
    Digits,
}

/// Pages for a person's browser.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// The site's own start page.
    pub home: UrlTemplate,
    /// Where an administrator registers the application.
    pub register: Option<UrlTemplate>,
    /// Where a person ends connections by hand.
    pub revoke: Option<UrlTemplate>,
}

/// Words for what only a person can do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Help {
    /// How to register the application.
    pub register: Text,
    /// How to end a connection by hand.
    pub revoke: Text,
}

/// Every text must be there in these.
pub const LANGUAGES: [&str; 2] = ["en", "ja"];

impl Provider {
    /// Reads a definition and checks it as a whole.
    ///
    /// # Errors
    /// What is wrong and in which line, for the person who wrote the file.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        // Of another schema nothing else is known, not even its keys.
        soundness::known_schema(text)?;
        let provider: Self = toml::from_str(text).map_err(|error| Problem::in_toml(text, &error))?;
        provider.check().map_err(|problem| problem.found_in(text))?;
        Ok(provider)
    }

    /// Inputs as a person gave them, brought into their one form.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidAddress`], [`ErrorCode::HttpsRequired`] or [`ErrorCode::InvalidInput`]
    /// with the input's name in `detail`.
    pub fn normalized_inputs(&self, given: &Values) -> Result<Values> {
        let mut values = Values::new();
        if let Some(key) = given.keys().find(|key| !self.inputs.iter().any(|input| input.key == **key)) {
            return Err(Error::new(ErrorCode::InvalidInput).detail(key));
        }
        for input in &self.inputs {
            let text = given.get(&input.key).map(|text| text.trim()).filter(|text| !text.is_empty());
            let text = text.or(input.default.as_deref()).unwrap_or_default();
            let value = match input.kind {
                InputKind::Base => super::address::normalized_base(text)?,
                InputKind::Digits if is_digits(text) => text.to_owned(),
                InputKind::Text if is_plain(text) => text.to_owned(),
                InputKind::Digits | InputKind::Text => {
                    return Err(Error::new(ErrorCode::InvalidInput).detail(&input.key));
                }
            };
            values.insert(input.key.clone(), value);
        }
        Ok(values)
    }

    /// The kind of application a site names; the first one where it names none.
    pub fn application(&self, id: Option<&str>) -> Option<&Application> {
        match id {
            Some(id) => self.oauth.applications.iter().find(|application| application.id == id),
            None => self.oauth.applications.first(),
        }
    }

    /// Whether what is counted is asked for by who asks.
    pub fn counts_name_the_person(&self) -> bool {
        let requests = self.counts.iter().flat_map(|count| &count.terms).map(Term::request);
        let templates =
            requests.flat_map(|request| request.query.values().flat_map(QueryValue::all).chain([request.path]));
        templates.flat_map(Template::names).any(|name| name.starts_with("me."))
    }

    /// A thing to choose, by its name.
    pub fn choice(&self, key: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.key == key)
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(char::is_control)
}
