//! Requests of a product's API with an access token.

use reqwest::Method;
use reqwest::header::{ACCEPT, ETAG, HeaderName, HeaderValue, IF_NONE_MATCH};
use serde_json::Value;
use url::Url;

use super::outside::{Account, Outside};
use crate::adapters::http::Answer;
use crate::error::{Error, ErrorCode, Result};
use crate::model::address::host;
use crate::model::connection::Identity;
use crate::model::provider::{self, ApiHeader, Expired, Limit, Provider, Request};
use crate::model::secret::{ExposeSecret, Secret, without};
use crate::model::template::Values;

/// An API of one site with one access token.
pub struct Api<'a> {
    outside: &'a Outside,
    account: &'a Account,
    token: &'a Secret,
}

/// How a server answers a token now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The answer's status.
    pub status: u16,
    /// Whether it still accepts the token; absent where the answer tells nothing of that.
    pub accepted: Option<bool>,
}

impl ApiHeader {
    /// The header's whole value for a token.
    pub fn value(&self, token: &Secret) -> Secret {
        format!("{}{}", self.prefix, token.expose_secret()).into()
    }

    /// The header field for a token, kept out of debug output and of the compression tables of HTTP/2.
    ///
    /// # Errors
    /// [`ErrorCode::UnexpectedAnswer`] for a token that no header field can carry.
    pub fn field(&self, token: &Secret) -> Result<(HeaderName, HeaderValue)> {
        let name = HeaderName::try_from(&self.name).map_err(|_| ErrorCode::InvalidInput)?;
        let value = HeaderValue::try_from(self.value(token).expose_secret());
        let mut value = value.map_err(|_| ErrorCode::UnexpectedAnswer)?;
        value.set_sensitive(true);
        Ok((name, value))
    }
}

impl provider::Api {
    /// Whether an answer says that the token is not valid any more.
    pub fn says_expired(&self, status: u16, json: &Value) -> bool {
        self.expired.iter().any(|expired| expired.fits(status, json))
    }

    /// Whether an answer says that more was asked than the product allows.
    fn asks_to_wait(&self, answer: &Answer) -> bool {
        let asks = !self.limit.is_empty() && answer.retry_after().is_some();
        matches!(answer.status, 403 | 429) && (asks || self.used_up(answer).next().is_some())
    }

    /// The limits of which nothing is left.
    fn used_up<'a>(&'a self, answer: &'a Answer) -> impl Iterator<Item = &'a Limit> {
        let none_left = |limit: &&Limit| answer.header(&limit.remaining).is_some_and(|left| left.trim() == "0");
        self.limit.iter().filter(none_left)
    }
}

impl Expired {
    fn fits(&self, status: u16, json: &Value) -> bool {
        let text = |pointer: &str| json.pointer(pointer).and_then(Value::as_str);
        let said = |at: &str| text(at).is_some_and(|said| self.is.as_deref().is_none_or(|is| is == said));
        self.status.is_none_or(|expected| expected == status) && self.at.as_deref().is_none_or(said)
    }
}

impl<'a> Api<'a> {
    /// The API of `account`, asked with `token`.
    pub fn new(outside: &'a Outside, account: &'a Account, token: &'a Secret) -> Self {
        Self { outside, account, token }
    }

    /// The person the token belongs to, where the product can say. Any token may ask this; a refusal
    /// means the token is bad.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfirmed`] if the token is refused, else what the answer means.
    pub async fn identity(&self) -> Result<Option<Identity>> {
        let Some(me) = &self.provider().api.me else { return Ok(None) };
        let answer = self.get(me.request(), &self.account.site.inputs).await.map_err(|mut error| {
            if error.code == ErrorCode::Forbidden {
                error.code = me.forbidden.unwrap_or(error.code);
            }
            error
        })?;
        let found = |pointer: &str| answer.at(pointer).and_then(text_of);
        match (found(&me.id), found(&me.text)) {
            (Some(id), Some(text)) => Ok(Some(Identity { id, text })),
            _ => Err(self.error(ErrorCode::UnexpectedAnswer).detail("no identity in the answer")),
        }
    }

    /// How the server answers the token now; nothing where that cannot be asked.
    pub async fn standing(&self) -> Option<Standing> {
        let me = self.provider().api.me.as_ref()?;
        let answer = self.send(me.request(), &self.account.site.inputs).await.ok()?;
        let (status, json) = (answer.status, answer.json());
        let accepted = match status {
            _ if self.provider().api.says_expired(status, &json) => Some(false),
            _ if self.provider().api.asks_to_wait(&answer) => None,
            200..=299 if json.pointer(&me.id).is_some() => Some(true),
            // Not from a proxy (407), nor for lack of time (408).
            400..=406 | 409..=428 => Some(false),
            _ => None,
        };
        Some(Standing { status, accepted })
    }

    /// A JSON answer of the API.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfirmed`] for a token that is not valid any more, [`ErrorCode::Forbidden`]
    /// for 403, else as [`Answer::trouble`].
    pub async fn get(&self, request: Request<'_>, values: &Values) -> Result<Found> {
        self.read(self.send(request, values).await?)
    }

    /// What an answer says, as [`get`](Self::get) reads it.
    ///
    /// # Errors
    /// As there.
    pub(super) fn read(&self, answer: Answer) -> Result<Found> {
        let json = answer.json();
        if self.provider().api.says_expired(answer.status, &json) {
            return Err(self.error(ErrorCode::NotConfirmed));
        }
        let words = self.provider().api.errors.iter().find_map(|pointer| json.pointer(pointer)?.as_str());
        match answer.status {
            200..=299 if json.is_null() => {
                Err(self.error(ErrorCode::UnexpectedAnswer).detail(format!("HTTP {}", answer.status)))
            }
            // Some products answer an error with status 200.
            200..=299 if words.is_none() => Ok(Found { json, answer }),
            _ if self.provider().api.asks_to_wait(&answer) => Err(self.limited(&answer, words)),
            // A server that refuses says so in its own form; a page comes from something in between.
            403 if json.is_null() && !answer.body.is_empty() => {
                Err(self.error(ErrorCode::UnexpectedAnswer).detail("HTTP 403"))
            }
            _ => {
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

    /// The whole number at the first of these places that an answer of the API has: a JSON Pointer, or
    /// `header:` with a header's name. One the server says has not changed is the one it sent last.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn number(&self, request: Request<'_>, values: &Values, places: &[String]) -> Result<Option<u64>> {
        let url = Self::address(self.account, request, values)?;
        let (site, etags) = (self.account.site.id, &self.outside.etags);
        let is_in_body = !places.iter().any(|place| place.starts_with("header:"));
        let kept = if is_in_body { etags.kept(site, (&url, places), self.token) } else { None };
        let answer = self.send_to(url.clone(), kept.as_ref().map(|kept| &kept.tag)).await?;
        if let (304, Some(kept)) = (answer.status, kept) {
            return Ok(Some(kept.number));
        }
        let tag = answer.headers.get(ETAG).filter(|_| is_in_body && answer.status == 200).cloned();
        let number = self.read(answer)?.number(places);
        if let (Some(tag), Some(number)) = (tag, number) {
            etags.keep(site, (&url, places), self.token, tag, number);
        }
        Ok(number)
    }

    /// The address of a path below the API's base.
    ///
    /// # Errors
    /// [`ErrorCode::ForeignPath`] if it leads elsewhere: a token goes to its own site only.
    pub fn url(account: &Account, path: &str) -> Result<Url> {
        let base = account.url(&account.provider.api.base)?;
        let joined = format!("{}/{}", base.as_str().trim_end_matches('/'), path.trim_start_matches('/'));
        Self::below(account, Url::parse(&joined).map_err(|_| ErrorCode::ForeignPath)?)
    }

    /// An address, if it is below the API's base.
    ///
    /// # Errors
    /// As [`url`](Self::url).
    pub fn below(account: &Account, url: Url) -> Result<Url> {
        let base = account.url(&account.provider.api.base)?;
        let below = url.path().starts_with(&format!("{}/", base.path().trim_end_matches('/')));
        let is_plain = url.username().is_empty() && url.password().is_none();
        if url.origin() == base.origin() && below && is_plain { Ok(url) } else { Err(ErrorCode::ForeignPath.into()) }
    }

    /// The address of a request.
    ///
    /// # Errors
    /// As [`url`](Self::url), or [`ErrorCode::InvalidInput`] for a value that is not there.
    pub fn address(account: &Account, request: Request<'_>, values: &Values) -> Result<Url> {
        let missing = |what: &str| Error::new(ErrorCode::InvalidInput).about(&account.site.name).detail(what);
        let path = request.path.path(values).ok_or_else(|| missing("path"))?;
        let mut url = Self::url(account, &path)?;
        for (name, value) in request.query {
            for value in value.all() {
                let value = value.text(values).ok_or_else(|| missing(name))?;
                url.query_pairs_mut().append_pair(name, &value);
            }
        }
        Ok(url)
    }

    /// The server's answer, whatever its status.
    ///
    /// # Errors
    /// As [`address`](Self::address), or why there is no answer.
    pub(super) async fn send(&self, request: Request<'_>, values: &Values) -> Result<Answer> {
        self.send_to(Self::address(self.account, request, values)?, None).await
    }

    async fn send_to(&self, url: Url, known: Option<&HeaderValue>) -> Result<Answer> {
        let at = host(&url);
        let api = &self.provider().api;
        let (name, value) = api.header.field(self.token)?;
        let http = self.outside.http(&self.account.site)?;
        let mut request = http.request(Method::GET, url).header(ACCEPT, &api.accept).header(name, value);
        if let Some(tag) = known {
            request = request.header(IF_NONE_MATCH, tag);
        }
        let asked = self.outside.moment(&at);
        let sent = http.send(request.build().map_err(|_| ErrorCode::InvalidAddress)?).await;
        let answer = sent.map_err(|error| error.at(&at).about(&self.account.site.name))?;
        self.outside.note_date(&at, asked, &answer);
        self.outside.budgets.note(self.account, &answer, self.outside.now());
        Ok(answer)
    }

    fn limited(&self, answer: &Answer, words: Option<&str>) -> Error {
        let mut error = self.error(ErrorCode::RateLimited).detail(without(words.unwrap_or_default(), [self.token]));
        let resets = || self.provider().api.used_up(answer).filter_map(|limit| answer.until(&limit.reset)).max();
        error.retry_after = answer.retry_after().or_else(resets);
        error
    }

    fn error(&self, code: ErrorCode) -> Error {
        Error::new(code).at(&self.account.host()).about(&self.account.site.name)
    }

    fn provider(&self) -> &Provider {
        &self.account.provider
    }
}

/// A good answer of the API.
pub struct Found {
    json: Value,
    answer: Answer,
}

impl Found {
    /// What is at a JSON Pointer.
    pub fn at(&self, pointer: &str) -> Option<Value> {
        self.json.pointer(pointer).cloned()
    }

    /// The whole number at the first of these places that has one: a JSON Pointer, or `header:` with
    /// a header's name.
    pub fn number(&self, places: &[String]) -> Option<u64> {
        places.iter().find_map(|place| match place.strip_prefix("header:") {
            Some(name) => self.answer.header(name)?.trim().parse().ok(),
            None => self.json.pointer(place)?.as_u64(),
        })
    }
}

/// An id or name: products write ids as numbers or as strings.
pub fn text_of(value: Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
