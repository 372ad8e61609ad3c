//! One request of a site's API in a person's own words: to the site's own API and nowhere else, with
//! the site's own token and no other.

use reqwest::Method;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue,
    PROXY_AUTHORIZATION, TRANSFER_ENCODING, UPGRADE,
};
use url::Url;

use super::api::Api;
use super::outside::{Account, Outside};
use crate::adapters::http::Answer;
use crate::error::{Error, ErrorCode, Result};
use crate::model::address::host;
use crate::model::secret::Secret;

/// What a person asks for.
#[derive(Clone, Debug)]
pub struct Call {
    /// Such as `GET`.
    pub method: String,
    /// Below the API's base, with its query; or the whole address.
    pub path: String,
    /// Header fields besides those that are always there.
    pub headers: Vec<(String, String)>,
    /// The body, JSON unless a header field says else.
    pub body: Option<Vec<u8>>,
}

/// A call that may be made: it was looked at before anything was sent.
pub struct Ready {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
}

impl Ready {
    /// Looks at a call.
    ///
    /// # Errors
    /// [`ErrorCode::ForeignPath`], or [`ErrorCode::InvalidInput`] with what is wrong.
    pub fn new(account: &Account, call: Call) -> Result<Self> {
        let named = |error: Error| error.about(&account.site.name);
        let mut headers = headers(account, &call.headers).map_err(named)?;
        let accept = HeaderValue::try_from(&account.provider.api.accept).map_err(|_| ErrorCode::InvalidInput)?;
        headers.entry(ACCEPT).or_insert(accept);
        if call.body.is_some() {
            headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
        }
        Ok(Self {
            method: method(&call.method).map_err(named)?,
            url: address(account, &call.path).map_err(named)?,
            headers,
            body: call.body,
        })
    }

    /// Sends it; the answer is whole, whatever its status.
    ///
    /// # Errors
    /// What the HTTP client says.
    pub async fn send(&self, outside: &Outside, account: &Account, token: &Secret) -> Result<Answer> {
        let (name, value) = account.provider.api.header.field(token)?;
        let http = outside.http(&account.site)?;
        let mut request = http.request(self.method.clone(), self.url.clone()).headers(self.headers.clone());
        if let Some(body) = &self.body {
            request = request.body(body.clone());
        }
        let request = request.header(name, value).build().map_err(|_| ErrorCode::InvalidAddress)?;
        let sent = http.send(request).await;
        let answer = sent.map_err(|error| error.at(&host(&self.url)).about(&account.site.name))?;
        outside.budgets.note(account, &answer, outside.now());
        Ok(answer)
    }
}

/// A proxy is not to be tunnelled through, and no answer is to repeat the token.
fn method(text: &str) -> Result<Method> {
    let invalid = || Error::new(ErrorCode::InvalidInput).detail("method");
    match Method::from_bytes(text.to_ascii_uppercase().as_bytes()).map_err(|_| invalid())? {
        Method::CONNECT | Method::TRACE => Err(invalid()),
        method => Ok(method),
    }
}

fn address(account: &Account, path: &str) -> Result<Url> {
    let is_scheme =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let mut url = if path.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme)) {
        Api::below(account, Url::parse(path).map_err(|_| ErrorCode::ForeignPath)?)?
    } else {
        Api::url(account, path)?
    };
    url.set_fragment(None);
    Ok(url)
}

/// The header fields a person gave. Who asks, and where a message ends, is not theirs to say.
fn headers(account: &Account, given: &[(String, String)]) -> Result<HeaderMap> {
    let ours = [AUTHORIZATION, PROXY_AUTHORIZATION, HOST, CONNECTION, UPGRADE, CONTENT_LENGTH, TRANSFER_ENCODING];
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let invalid = || Error::new(ErrorCode::InvalidInput).detail(name);
        let field = HeaderName::try_from(name).map_err(|_| invalid())?;
        if ours.contains(&field) || account.provider.api.header.name.eq_ignore_ascii_case(name) {
            return Err(invalid());
        }
        headers.append(field, HeaderValue::try_from(value).map_err(|_| invalid())?);
    }
    Ok(headers)
}
