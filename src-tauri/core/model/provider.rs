//! A provider: a product that can be talked to, described by data alone.
//!
//! Definitions are TOML, read once, checked as a whole; an unknown key is an error with its line.
//! What differs between products is a field here, never an `if` elsewhere.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use super::site::Redirect;
use super::template::{Template, Values};
use crate::error::{Error, ErrorCode, Result};

/// A text in each language of the window.
pub type Text = BTreeMap<String, String>;

/// One product's definition.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Version of this schema.
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
    pub docs: Vec<String>,
    /// What a person is asked for when adding a site.
    #[serde(rename = "input")]
    pub inputs: Vec<Input>,
    /// Asked without credentials before a site is added.
    #[serde(rename = "check", default)]
    pub checks: Vec<Check>,
    /// How to connect.
    pub oauth: OAuth,
    /// How to ask the product's API.
    pub api: Api,
    /// What is counted, in the order shown.
    #[serde(rename = "count")]
    pub counts: Vec<Count>,
    /// Pages for a person's own browser.
    pub pages: Pages,
    /// Where and how things are done by hand.
    pub help: Help,
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
    pub url: Template,
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

/// How to connect: RFC 6749 with the product's own choices.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OAuth {
    /// Authorization endpoint (§3.1).
    pub authorize: Template,
    /// Token endpoint (§3.2).
    pub token: Template,
    /// How the client authenticates at the token endpoint (§2.3.1).
    pub auth: ClientAuth,
    /// Whether PKCE is sent (RFC 7636); a server that does not know it ignores it.
    #[serde(default)]
    pub pkce: Pkce,
    /// Ways the answer may come back, best first.
    #[serde(rename = "redirect")]
    pub redirects: Vec<Redirect>,
    /// The port of those ways that have one of their own.
    #[serde(default = "redirect_port")]
    pub redirect_port: u16,
    /// The server's issuer identifier; an answer that names another one is not for us (RFC 9207).
    pub issuer: Option<Template>,
    /// The scopes to ask for, with their plain names.
    #[serde(rename = "scope")]
    pub scopes: Vec<Scope>,
    /// Seconds an access token lives where the answer does not say.
    pub access_ttl: Option<u32>,
    /// Seconds an authorization code lives.
    pub code_ttl: u32,
    /// Revocation endpoint (RFC 7009); absent where the product has none.
    pub revoke: Option<Template>,
}

/// Registered for nothing, and below the ports that systems hand out by themselves.
fn redirect_port() -> u16 {
    28765
}

/// A scope and what it means to a person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// As sent.
    pub id: String,
    /// As the product's own pages call it.
    pub label: Text,
}

/// Client authentication at the token endpoint.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum ClientAuth {
    /// HTTP Basic, both parts form-urlencoded first.
    Basic,
    /// `client_id` and `client_secret` in the form.
    Body,
    /// `client_id` only: a public client.
    None,
}

/// Whether PKCE is sent.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Pkce {
    /// Always, with S256.
    #[default]
    S256,
    /// Only for a server known to break on it.
    Off,
}

/// How to ask the product's API.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// The address all paths are below.
    pub base: Template,
    /// The header that carries the access token.
    #[serde(default = "bearer")]
    pub header: ApiHeader,
    /// Who the token belongs to.
    pub me: Me,
    /// Where an error answer has its words, as JSON Pointers (RFC 6901).
    #[serde(default, rename = "error")]
    pub errors: Vec<String>,
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

/// The request that says who a token belongs to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Me {
    /// Below the API's base.
    pub path: String,
    /// JSON Pointer to the person's id.
    pub id: String,
    /// JSON Pointer to the person's login or name.
    pub text: String,
    /// What a 403 means here, where no permission is needed.
    pub forbidden: Option<ErrorCode>,
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
    pub page: Template,
}

/// One request of a count.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Below the API's base.
    pub path: String,
    /// Query parameters.
    #[serde(default)]
    pub query: BTreeMap<String, Template>,
    /// JSON Pointer to the number.
    pub at: String,
}

/// Pages for a person's browser.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// The site's own start page.
    pub home: Template,
    /// Where an administrator registers the application.
    pub register: Option<Template>,
    /// Where a person ends connections by hand.
    pub revoke: Option<Template>,
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

const SCHEMA: u32 = 1;
/// Every text must be there in these.
pub const LANGUAGES: [&str; 2] = ["en", "ja"];

impl Provider {
    /// Reads a definition and checks it as a whole.
    ///
    /// # Errors
    /// What is wrong and where, for the person who wrote the file.
    pub fn parse(text: &str) -> Result<Self, String> {
        let provider: Self = toml::from_str(text).map_err(|e| e.to_string())?;
        provider.check()?;
        Ok(provider)
    }

    fn check(&self) -> Result<(), String> {
        if self.schema != SCHEMA {
            return Err(format!("schema {} is not known, only {SCHEMA}", self.schema));
        }
        let known = |name: &str| self.inputs.iter().any(|input| input.key == name);
        for template in self.templates() {
            if let Some(name) = template.names().find(|name| !known(name)) {
                return Err(format!("`{{{name}}}` is not an input"));
            }
        }
        for text in self.texts() {
            if let Some(language) = LANGUAGES.into_iter().find(|l| !text.contains_key(*l)) {
                return Err(format!("a text is missing in `{language}`: {text:?}"));
            }
        }
        if self.oauth.redirects.is_empty() {
            return Err("`oauth.redirect` is empty".to_owned());
        }
        if self.oauth.redirect_port == 0 {
            return Err("`oauth.redirect_port` is 0".to_owned());
        }
        Ok(())
    }

    fn templates(&self) -> impl Iterator<Item = &Template> {
        let oauth = [&self.oauth.authorize, &self.oauth.token].into_iter();
        let oauth = oauth.chain(&self.oauth.revoke).chain(&self.oauth.issuer);
        let pages = [&self.pages.home].into_iter().chain(&self.pages.register).chain(&self.pages.revoke);
        let counts = self.counts.iter().flat_map(|count| {
            let queries = count.terms.iter().flat_map(|term| term.query.values());
            queries.chain([&count.page])
        });
        let checks = self.checks.iter().map(|check| &check.url);
        oauth.chain(pages).chain(counts).chain(checks).chain([&self.api.base])
    }

    fn texts(&self) -> impl Iterator<Item = &Text> {
        let inputs = self.inputs.iter().map(|input| &input.label);
        let checks = self.checks.iter().map(|check| &check.label);
        let scopes = self.oauth.scopes.iter().map(|scope| &scope.label);
        let counts = self.counts.iter().map(|count| &count.label);
        let help = [&self.summary, &self.help.register, &self.help.revoke];
        inputs.chain(checks).chain(scopes).chain(counts).chain(help)
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

    /// How long a person has to approve: as long as the code they get would live.
    pub fn attempt_life(&self) -> Duration {
        Duration::from_secs(self.oauth.code_ttl.into())
    }

    /// Whether the application has a secret.
    pub fn needs_client_secret(&self) -> bool {
        self.oauth.auth != ClientAuth::None
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(char::is_control)
}
