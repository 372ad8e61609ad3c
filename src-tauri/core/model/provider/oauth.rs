//! How to connect: RFC 6749 with a product's own choices.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Template, Text, UrlTemplate};
use crate::model::site::Redirect;

/// How to connect: RFC 6749 with the product's own choices.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OAuth {
    /// Authorization endpoint (§3.1).
    pub authorize: UrlTemplate,
    /// Token endpoint (§3.2).
    pub token: UrlTemplate,
    /// Where refresh tokens are sent, if not to the token endpoint.
    pub refresh: Option<UrlTemplate>,
    /// The kinds of application one can register, the usual one first.
    #[serde(rename = "application")]
    pub applications: Vec<Application>,
    /// Ways the answer may come back, best first.
    #[serde(rename = "redirect")]
    pub redirects: Vec<Redirect>,
    /// The port of those ways that have one of their own.
    #[serde(default = "redirect_port")]
    pub redirect_port: u16,
    /// The server's issuer identifier; an answer that names another one is not for us (RFC 9207).
    pub issuer: Option<UrlTemplate>,
    /// Further parameters of the request to authorize.
    #[serde(default)]
    pub authorize_params: BTreeMap<String, Template>,
    /// What the answer must say in further parameters, where it has them.
    #[serde(default)]
    pub callback: BTreeMap<String, Template>,
    /// The scopes to ask for, with their plain names. Empty sends no scope parameter.
    #[serde(rename = "scope")]
    pub scopes: Vec<Scope>,
    /// What stands between scopes; RFC 6749 §3.3 says a space.
    #[serde(default = "space")]
    pub scope_separator: String,
    /// The product's own words for errors of the token endpoint (§5.2).
    #[serde(default)]
    pub errors: BTreeMap<String, TokenError>,
    /// Seconds an access token lives where the answer does not say.
    pub access_ttl: Option<u32>,
    /// Seconds an authorization code lives.
    pub code_ttl: u32,
    /// What becomes of a refresh token that was used.
    #[serde(default)]
    pub rotation: Rotation,
    /// How a connection is ended; absent where the product has no way.
    pub revoke: Option<Revoke>,
}

/// Registered for nothing, and below the ports that systems hand out by themselves.
fn redirect_port() -> u16 {
    28765
}

fn space() -> String {
    " ".to_owned()
}

/// An error of the token endpoint (RFC 6749 §5.2).
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum TokenError {
    /// The code or the refresh token.
    InvalidGrant,
    /// The client id or the client secret.
    InvalidClient,
    /// The scopes.
    InvalidScope,
}

/// A kind of application that can be registered at the product.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// Names it in `sites.toml`, in the terminal and over the bridge.
    pub id: String,
    /// As the product's own pages call it.
    pub label: Text,
    /// How the client authenticates at the token endpoint (§2.3.1).
    pub auth: ClientAuth,
    /// In what form a token request is written.
    #[serde(default)]
    pub body: Body,
    /// Whether PKCE is sent (RFC 7636); a server that does not know it ignores it.
    #[serde(default)]
    pub pkce: Pkce,
    /// Its own ways back, where not all of the product's are open to it.
    #[serde(rename = "redirect")]
    pub redirects: Option<Vec<Redirect>>,
    /// Further parameters of a request for tokens by a code.
    #[serde(default)]
    pub token_params: BTreeMap<String, Template>,
    /// Further parameters of a request for tokens by a refresh token.
    #[serde(default)]
    pub refresh_params: BTreeMap<String, Template>,
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
    /// `client_id` and `client_secret` among the parameters.
    Body,
    /// `client_id` only: a public client.
    None,
}

/// In what form a token request is written.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// As RFC 6749 §4.1.3 has it.
    #[default]
    Form,
    /// The same parameters as a JSON object.
    Json,
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

/// What becomes of a refresh token that was used.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Rotation {
    /// It ends when the access token that came in its place is first used, and so does the access
    /// token before.
    OnUse,
    /// It ends at once; sent again, it ends the whole grant (RFC 9700 §4.14.2).
    #[default]
    Strict,
    /// It stays.
    None,
}

/// How a connection is ended at the product.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revoke {
    /// What is asked.
    pub url: UrlTemplate,
    /// How.
    #[serde(default)]
    pub method: Method,
    /// Who asks.
    #[serde(default)]
    pub auth: RevokeAuth,
    /// The request's body, in place of the form of RFC 7009 §2.1.
    pub json: Option<BTreeMap<String, Template>>,
    /// What it ends.
    #[serde(default)]
    pub ends: Ends,
    /// Statuses that say that it had ended before.
    #[serde(default)]
    pub gone: Vec<u16>,
}

/// The method of a request to revoke.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// RFC 7009 §2.1.
    #[default]
    Post,
    /// Where the product has a page that ends a session.
    Get,
    /// Where the product treats tokens as resources.
    Delete,
}

/// Who asks to revoke.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum RevokeAuth {
    /// The application, in the way of its token requests (RFC 7009 §2.1).
    #[default]
    Client,
    /// The application, by HTTP Basic.
    ClientBasic,
    /// The token, in the API's own header.
    Token,
}

/// What a request to revoke ends.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Ends {
    /// The token and what was given out with it; other sign-ins of the same person live on.
    Token,
    /// Everything the person granted the application, in other sign-ins too. Taken where nothing is
    /// said: then no sign-in ends another one by tidying up.
    #[default]
    Grant,
    /// The access token only; the refresh token lives on until a person ends it by hand.
    AccessToken,
}

impl OAuth {
    /// How long a person has to sign in and approve. A code's own life starts when it is given out,
    /// which nobody tells us, and it is exchanged as soon as it is here: it limits nothing before.
    pub fn attempt_life(&self) -> Duration {
        Duration::from_secs(self.code_ttl.into()).max(TO_APPROVE)
    }
}

/// A first sign-in with a second factor and a consent page takes a few minutes.
const TO_APPROVE: Duration = Duration::from_mins(10);

impl Application {
    /// Whether it has a secret.
    pub fn needs_secret(&self) -> bool {
        self.auth != ClientAuth::None
    }
}
