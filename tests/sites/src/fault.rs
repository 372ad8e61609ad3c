//! Failures on demand.

mod odd;
mod words;

use std::collections::VecDeque;

pub use odd::Odd;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
pub(crate) use words::word;

/// How the next request goes wrong. Written as a word, some with a number: `status:429,retry_after:7`, `slow:1500`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Fault {
    /// `html200`: status 200 with a sign-in page, as captive portals and proxies answer. Nothing was done.
    Html200,
    /// `status:N` or `status:N,retry_after:S`: this status with a page, as from a proxy; 204 with nothing. Nothing was
    /// done.
    Status(u16, Option<u32>),
    /// `status:N,retry_date:S`: as above, and `Retry-After` is the date so many seconds from now. Nothing was done.
    StatusUntil(u16, i64),
    /// `error:N,WORD`: this status with an OAuth error. Nothing was done.
    Error(u16, OauthError),
    /// `drop_before`: the connection is closed without an answer. Nothing was done.
    DropBefore,
    /// `drop_after`: the request was carried out, then the connection is closed without an answer.
    DropAfter,
    /// `half_answer`: the request was carried out, the connection is closed in the middle of the answer's body.
    HalfAnswer,
    /// `broken_json`: the request was carried out, the answer is whole HTTP with half of the JSON.
    BrokenJson,
    /// `slow:MS`: the right answer after so many milliseconds of real time, or once no fault waits any longer.
    Slow(u64),
    /// `trickle_before`: a byte of the answer a second, for ever. Nothing was done.
    TrickleBefore,
    /// `trickle_after`: the request was carried out, and its answer comes at a byte a second.
    TrickleAfter,
    /// `redirect:N,port:P`: this status, to the same path at another port of `localhost`, where nobody may follow with
    /// credentials. Nothing was done.
    Redirect(u16, u16),
    /// `big:BYTES`: status 200 with so many bytes of JSON white space. Nothing was done.
    Big(usize),
    /// `gzip:BYTES`: status 200 with so many bytes of JSON white space, packed though nobody asked. Nothing was done.
    Gzip(usize),
    /// `garbage`: status 200 and JSON by its name, but bytes that are no text. Nothing was done.
    Garbage,
    /// `odd:WORD`: the request was carried out, and its answer is whole, but written oddly.
    Odd(Odd),
    /// `no_refresh_token`: the answer has no new refresh token, and the old one stays the one to use.
    NoRefreshToken,
    /// `no_expires_in`: the answer does not say how long the access token lives.
    NoExpiresIn,
    /// `invalid_grant`: status 400 `invalid_grant`, though the grant is good. Nothing was done.
    InvalidGrant,
    /// `error200`: the JSON of `invalid_grant` with status 200. Nothing was done.
    Error200,
}

impl Fault {
    /// What the endpoint itself does differently.
    pub(crate) fn twist(self) -> Self {
        match self {
            Self::Odd(Odd::NullRefreshToken | Odd::EmptyRefreshToken) => Self::NoRefreshToken,
            other => other,
        }
    }
}

/// The errors of RFC 6749 §5.2 and their relatives that servers put there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OauthError {
    /// Malformed, as the server sees it.
    InvalidRequest,
    /// The client is not known or not proved.
    InvalidClient,
    /// The client may not do this.
    UnauthorizedClient,
    /// A scope that cannot be granted.
    InvalidScope,
    /// A grant type that the server does not have.
    UnsupportedGrantType,
    /// RFC 6749 §4.1.2.1; a pause.
    TemporarilyUnavailable,
    /// RFC 6749 §4.1.2.1; a breakdown.
    ServerError,
    /// RFC 8628 §3.5; too many requests.
    SlowDown,
}

/// The requests that faults and counters tell apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// `POST /oauth/token`, or what other products have for it.
    #[default]
    Token,
    /// `POST /oauth/revoke`; Workfront's `GET …/logout`.
    Revoke,
    /// `GET /oauth/token/info`.
    TokenInfo,
    /// `GET /users/current.json`; Workfront's `GET …/user/search`.
    Me,
    /// `GET /issues.json`; Jooto's `GET /v1/boards/N/tasks`; Workfront's `GET …/count`.
    Issues,
    /// The lists of Jooto that a person chooses from: `GET /v1/users` and `GET /v1/boards`.
    Choices,
    /// Every page for people.
    Page,
}

impl Spot {
    pub(crate) fn of(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        match parts[..] {
            ["oauth" | "oauth2", "token"] | ["integrations", "oauth2", "api", "v1", "token"] => Self::Token,
            ["oauth", "revoke"] | ["attask", "api", _, "logout"] => Self::Revoke,
            ["oauth", "token", "info"] => Self::TokenInfo,
            ["users", "current.json"] | ["attask", "api", _, "user", "search"] => Self::Me,
            ["issues.json"] | ["v1", "boards", _, "tasks"] | ["attask", "api", _, _, "count"] => Self::Issues,
            ["v1", "users" | "boards"] => Self::Choices,
            _ => Self::Page,
        }
    }
}

/// The faults that wait for their requests, in order.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    waiting: VecDeque<(Spot, Fault)>,
    cleared: watch::Sender<()>,
}

impl Faults {
    pub(crate) fn add(&mut self, spot: Spot, fault: Fault, times: u32) {
        self.waiting.extend((0..times).map(|_| (spot, fault)));
    }

    pub(crate) fn take(&mut self, spot: Spot) -> Option<Fault> {
        let next = self.waiting.iter().position(|(waits_for, _)| *waits_for == spot)?;
        self.waiting.remove(next).map(|(_, fault)| fault)
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
        self.cleared.send_replace(());
    }

    /// Hears of the next time that they are cleared.
    pub(crate) fn cleared(&self) -> watch::Receiver<()> {
        self.cleared.subscribe()
    }
}
