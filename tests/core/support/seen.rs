//! A request as a server saw it.

use std::collections::BTreeMap;

use tallykey_core::Url;
use wiremock::Request;

/// One request.
#[derive(Clone)]
pub struct Asked {
    pub method: String,
    pub url: Url,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Asked {
    pub fn of(request: &Request) -> Self {
        let header = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        Self {
            method: request.method.to_string(),
            url: request.url.clone(),
            headers: request.headers.iter().map(header).collect(),
            body: String::from_utf8_lossy(&request.body).into_owned(),
        }
    }

    pub fn path(&self) -> &str {
        self.url.path()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// A field of the form in the body.
    pub fn field(&self, name: &str) -> Option<String> {
        let mut pairs = url::form_urlencoded::parse(self.body.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// The bearer token it carries.
    pub fn bearer(&self) -> &str {
        self.header("authorization").strip_prefix("Bearer ").unwrap_or_default()
    }

    /// Query parameters.
    pub fn query(&self) -> BTreeMap<String, String> {
        query_of(&self.url)
    }
}

/// Query parameters of an address.
pub fn query_of(url: &Url) -> BTreeMap<String, String> {
    url.query_pairs().map(|(key, value)| (key.into_owned(), value.into_owned())).collect()
}
