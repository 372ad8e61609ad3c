//! The one HTTP client: no redirects, nothing larger than it should be and nothing slower. Whom it
//! trusts and what it goes through is said by [`Network`](super::network::Network).

use std::error::Error as _;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{ACCEPT_ENCODING, AGE, DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Request};
use rustls::ClientConfig;

use super::tls;
use crate::error::{Error, ErrorCode, Result};
use crate::model::address::{host, is_loopback, require_https};
use crate::model::proxy::Proxy;

/// A whole answer. It may hold tokens, so there is no `Debug`.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Header fields.
    pub headers: HeaderMap,
    /// The body, at most [`LARGEST`] bytes.
    pub body: Vec<u8>,
}

/// The client. Clones share their connections.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    /// What is asked of this computer itself never goes through a proxy, where it would be read.
    own: Client,
}

/// A tracker on another continent behind a cold proxy connects in two seconds.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// The slowest count seen on a large Redmine takes eight seconds.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);
/// Token answers have a few kilobytes, counts with one issue some tens.
const LARGEST: usize = 1024 * 1024;

impl Http {
    /// A client that trusts whom `tls` says and goes through a proxy.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidProxy`] for a proxy that cannot be used.
    pub fn new(tls: &ClientConfig, proxy: &Proxy) -> Result<Self> {
        let refused = |error: reqwest::Error| Error::new(ErrorCode::InvalidProxy).detail(innermost(&error));
        let build = |builder: ClientBuilder| {
            let built = builder
                .tls_backend_preconfigured(tls.clone())
                // Without it a server may answer in any coding (RFC 9110 §12.5.3), and we read none.
                .default_headers(HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static("identity"))]))
                .user_agent(concat!("Tallykey/", env!("CARGO_PKG_VERSION")))
                .redirect(Policy::none())
                .connect_timeout(CONNECT_LIMIT)
                .timeout(ANSWER_LIMIT)
                .build();
            built.map_err(refused)
        };
        proxy.check()?;
        let builder = match proxy {
            Proxy::Address(address) => Client::builder().proxy(reqwest::Proxy::all(address).map_err(refused)?),
            Proxy::None => Client::builder().no_proxy(),
            _ => Client::builder(),
        };
        Ok(Self { client: build(builder)?, own: build(Client::builder().no_proxy())? })
    }

    /// The builder for a request of this client.
    pub fn request(&self, method: reqwest::Method, url: url::Url) -> reqwest::RequestBuilder {
        self.client.request(method, url)
    }

    /// Sends a request and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// [`ErrorCode::HttpsRequired`], [`ErrorCode::Unreachable`], [`ErrorCode::TlsUntrusted`] and what else a
    /// certificate may be refused for, or [`ErrorCode::UnexpectedAnswer`].
    pub async fn send(&self, request: Request) -> Result<Answer> {
        require_https(request.url())?;
        let host = host(request.url());
        let failed = |error: reqwest::Error| failure(&error).at(&host);
        let client = if is_loopback(request.url()) { &self.own } else { &self.client };
        let mut response = client.execute(request).await.map_err(failed)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > LARGEST {
                return Err(Error::new(ErrorCode::UnexpectedAnswer).at(&host).detail("larger than 1 MiB"));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status: response.status().as_u16(), headers: response.headers().clone(), body })
    }
}

impl Answer {
    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as JSON; `Null` if it is none. A byte order mark, a byte that is no text, or something
    /// behind it do not make a whole answer useless: there may be the only copy of a token in it.
    pub fn json(&self) -> serde_json::Value {
        let text = String::from_utf8_lossy(&self.body);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        serde_json::Deserializer::from_str(text).into_iter().next().and_then(Result::ok).unwrap_or_default()
    }

    /// What time it is by the server's own clock (RFC 9110 §6.6.1). An answer from a cache tells when it
    /// was stored (RFC 9111 §5.1).
    pub fn date(&self) -> Option<Timestamp> {
        if self.headers.contains_key(AGE) {
            return None;
        }
        rfc2822::parse(self.header(DATE.as_str())?).ok().map(|zoned| zoned.timestamp())
    }

    /// How long the server asks to wait: seconds or a date (RFC 9110 §10.2.3), a date counted from
    /// the server's own clock.
    pub fn retry_after(&self) -> Option<Duration> {
        let text = self.header(RETRY_AFTER.as_str())?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Duration::from_secs(seconds));
        }
        date(text)?.duration_since(self.date()?).try_into().ok()
    }

    /// How long it is until the time in a header, in seconds since 1970, by the server's own clock.
    pub fn until(&self, name: &str) -> Option<Duration> {
        let at = Timestamp::from_second(self.header(name)?.trim().parse().ok()?).ok()?;
        at.duration_since(self.date()?).try_into().ok()
    }

    /// What a status outside 200 to 299 means, where the product's definition says nothing else.
    pub fn trouble(&self) -> Error {
        let mut error = Error::new(match self.status {
            403 => ErrorCode::Forbidden,
            // Nobody but a proxy says it (RFC 9110 §15.5.8).
            407 => ErrorCode::ProxyFailed,
            408 | 500..=599 => ErrorCode::ServerTrouble,
            429 => ErrorCode::RateLimited,
            _ => ErrorCode::UnexpectedAnswer,
        })
        .detail(format!("HTTP {}", self.status));
        error.retry_after = self.retry_after();
        error
    }
}

fn date(text: &str) -> Option<Timestamp> {
    rfc2822::parse(text).ok().map(|zoned| zoned.timestamp())
}

fn failure(error: &reqwest::Error) -> Error {
    let refusal = tls::refusal(error).filter(|refusal| matches!(refusal, rustls::Error::InvalidCertificate(_)));
    let words = refusal.map_or_else(|| innermost(error), tls::why);
    let code = if let Some(refusal) = refusal {
        tls::code(refusal)
    } else if error.is_connect() && is_of_a_proxy(error) {
        ErrorCode::ProxyFailed
    } else if error.is_connect() || error.is_timeout() || error.is_request() {
        ErrorCode::Unreachable
    } else {
        ErrorCode::UnexpectedAnswer
    };
    let mut failure = Error::new(code);
    failure.unsent = error.is_connect();
    failure.detail(if error.is_timeout() { String::new() } else { words })
}

/// Whether the way through a proxy was asked for and refused: `hyper-util` has no more than words for it.
fn is_of_a_proxy(error: &reqwest::Error) -> bool {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    causes.map(ToString::to_string).any(|words| words.starts_with("tunnel error") || words.starts_with("SOCKS error"))
}

/// The cause at the bottom: the outer texts repeat the address, which may hold a code.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = match error.source() {
        Some(source) => source,
        None => return String::new(),
    };
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
