//! Requests of a product's API with an access token.

use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderName, HeaderValue};
use serde_json::Value;
use url::Url;

use super::outside::{Account, Outside};
use crate::adapters::http::Answer;
use crate::error::{Error, ErrorCode, Result};
use crate::model::address::host;
use crate::model::connection::Identity;
use crate::model::provider::{ApiHeader, Provider};
use crate::model::secret::{ExposeSecret, Secret, without};

/// An API of one site with one access token.
pub struct Api<'a> {
    outside: &'a Outside,
    account: &'a Account,
    token: &'a Secret,
}

impl ApiHeader {
    /// The header's whole value for a token.
    pub fn value(&self, token: &Secret) -> Secret {
        format!("{}{}", self.prefix, token.expose_secret()).into()
    }
}

impl<'a> Api<'a> {
    /// The API of `account`, asked with `token`.
    pub fn new(outside: &'a Outside, account: &'a Account, token: &'a Secret) -> Self {
        Self { outside, account, token }
    }

    /// The person the token belongs to. Any token may ask this; a refusal means the token is bad.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfirmed`] if the token is refused, else what the answer means.
    pub async fn identity(&self) -> Result<Identity> {
        let me = &self.provider().api.me;
        let answer = self.get(&me.path, &[]).await?;
        let found = |pointer: &str| answer.pointer(pointer).and_then(text_of);
        match (found(&me.id), found(&me.text)) {
            (Some(id), Some(text)) => Ok(Identity { id, text }),
            _ => Err(Error::new(ErrorCode::UnexpectedAnswer).detail("no identity in the answer")),
        }
    }

    /// The status with which the server answers the token now: 401 once it is dead.
    ///
    /// # Errors
    /// What the HTTP client says.
    pub async fn status(&self) -> Result<u16> {
        self.send(&self.provider().api.me.path, &[]).await.map(|answer| answer.status)
    }

    /// A JSON answer of the API.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfirmed`] for 401, [`ErrorCode::Forbidden`] or the definition's own
    /// reading for 403, else as [`Answer::trouble`].
    pub async fn get(&self, path: &str, query: &[(&str, String)]) -> Result<Value> {
        let answer = self.send(path, query).await?;
        let json = answer.json();
        match answer.status {
            200..=299 if json.is_null() => Err(self.error(ErrorCode::UnexpectedAnswer).detail("not JSON")),
            200..=299 => Ok(json),
            401 => Err(self.error(ErrorCode::NotConfirmed)),
            // A server that refuses says so in its own form; a page comes from something in between.
            403 if json.is_null() && !answer.body.is_empty() => {
                Err(self.error(ErrorCode::UnexpectedAnswer).detail("HTTP 403, not JSON"))
            }
            403 if path == self.provider().api.me.path => {
                Err(self.error(self.provider().api.me.forbidden.unwrap_or(ErrorCode::Forbidden)))
            }
            _ => {
                let words = self.provider().api.errors.iter().find_map(|pointer| json.pointer(pointer)?.as_str());
                let trouble = answer.trouble();
                Err(match words {
                    Some(words) => trouble.detail(without(words, [self.token])),
                    None => trouble,
                }
                .at(&self.account.host())
                .about(&self.account.site.name))
            }
        }
    }

    /// The address of a path below the API's base.
    ///
    /// # Errors
    /// [`ErrorCode::ForeignPath`] if it leads elsewhere: a token goes to its own site only.
    pub fn url(account: &Account, path: &str) -> Result<Url> {
        let base = account.url(&account.provider.api.base)?;
        let joined = format!("{}/{}", base.as_str().trim_end_matches('/'), path.trim_start_matches('/'));
        let url = Url::parse(&joined).map_err(|_| ErrorCode::ForeignPath)?;
        let below = url.path().starts_with(&format!("{}/", base.path().trim_end_matches('/')));
        if url.origin() == base.origin() && below { Ok(url) } else { Err(ErrorCode::ForeignPath.into()) }
    }

    async fn send(&self, path: &str, query: &[(&str, String)]) -> Result<Answer> {
        let mut url = Self::url(self.account, path)?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let at = host(&url);
        let header = &self.provider().api.header;
        let name = HeaderName::try_from(&header.name).map_err(|_| ErrorCode::InvalidInput)?;
        let mut value =
            HeaderValue::try_from(header.value(self.token).expose_secret()).map_err(|_| ErrorCode::UnexpectedAnswer)?;
        value.set_sensitive(true);
        let request = self
            .outside
            .http
            .request(Method::GET, url)
            .header(ACCEPT, "application/json")
            .header(name, value)
            .build()
            .map_err(|_| ErrorCode::InvalidAddress)?;
        self.outside.http.send(request).await.map_err(|error| error.at(&at).about(&self.account.site.name))
    }

    fn error(&self, code: ErrorCode) -> Error {
        Error::new(code).at(&self.account.host()).about(&self.account.site.name)
    }

    fn provider(&self) -> &Provider {
        &self.account.provider
    }
}

/// An id or name: products write ids as numbers or as strings.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
