//! Failures on demand.

use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How the next request goes wrong. Written as a word, some with a number: `status:429,retry_after:7`, `slow:1500`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Fault {
    /// `html200`: status 200 with a sign-in page, as captive portals and proxies answer. Nothing was done.
    Html200,
    /// `status:N` or `status:N,retry_after:S`: this status with a page, as from a proxy. Nothing was done.
    Status(u16, Option<u32>),
    /// `drop_before`: the connection is closed without an answer. Nothing was done.
    DropBefore,
    /// `drop_after`: the request was carried out, then the connection is closed without an answer.
    DropAfter,
    /// `half_answer`: the request was carried out, the connection is closed in the middle of the answer's body.
    HalfAnswer,
    /// `broken_json`: the request was carried out, the answer is whole HTTP with half of the JSON.
    BrokenJson,
    /// `slow:MS`: the right answer after so many milliseconds of real time.
    Slow(u64),
    /// `redirect`: status 307 to another port of this machine, where nobody may follow with credentials.
    Redirect,
    /// `big:BYTES`: status 200 with so many bytes of JSON white space. Nothing was done.
    Big(usize),
    /// `no_refresh_token`: the answer has no new refresh token, and the old one stays the one to use.
    NoRefreshToken,
    /// `no_expires_in`: the answer does not say how long the access token lives.
    NoExpiresIn,
    /// `invalid_grant`: status 400 `invalid_grant`, though the grant is good. Nothing was done.
    InvalidGrant,
    /// `error200`: the JSON of `invalid_grant` with status 200. Nothing was done.
    Error200,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Html200 => f.write_str("html200"),
            Self::Status(status, None) => write!(f, "status:{status}"),
            Self::Status(status, Some(seconds)) => write!(f, "status:{status},retry_after:{seconds}"),
            Self::DropBefore => f.write_str("drop_before"),
            Self::DropAfter => f.write_str("drop_after"),
            Self::HalfAnswer => f.write_str("half_answer"),
            Self::BrokenJson => f.write_str("broken_json"),
            Self::Slow(milliseconds) => write!(f, "slow:{milliseconds}"),
            Self::Redirect => f.write_str("redirect"),
            Self::Big(bytes) => write!(f, "big:{bytes}"),
            Self::NoRefreshToken => f.write_str("no_refresh_token"),
            Self::NoExpiresIn => f.write_str("no_expires_in"),
            Self::InvalidGrant => f.write_str("invalid_grant"),
            Self::Error200 => f.write_str("error200"),
        }
    }
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || format!("not a fault: {text}");
        if let Some((word, number)) = text.split_once(':') {
            return match word {
                "status" => {
                    let (status, retry_after) = match number.split_once(",retry_after:") {
                        Some((status, seconds)) => (status, Some(seconds.parse().map_err(|_| unknown())?)),
                        None => (number, None),
                    };
                    Ok(Self::Status(status.parse().map_err(|_| unknown())?, retry_after))
                }
                "slow" => number.parse().map(Self::Slow).map_err(|_| unknown()),
                "big" => number.parse().map(Self::Big).map_err(|_| unknown()),
                _ => Err(unknown()),
            };
        }
        let words = [
            Self::Html200,
            Self::DropBefore,
            Self::DropAfter,
            Self::HalfAnswer,
            Self::BrokenJson,
            Self::Redirect,
            Self::NoRefreshToken,
            Self::NoExpiresIn,
            Self::InvalidGrant,
            Self::Error200,
        ];
        words.into_iter().find(|fault| fault.to_string() == text).ok_or_else(unknown)
    }
}

impl TryFrom<String> for Fault {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Fault> for String {
    fn from(fault: Fault) -> Self {
        fault.to_string()
    }
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
pub(crate) struct Faults(VecDeque<(Spot, Fault)>);

impl Faults {
    pub(crate) fn add(&mut self, spot: Spot, fault: Fault, times: u32) {
        self.0.extend((0..times).map(|_| (spot, fault)));
    }

    pub(crate) fn take(&mut self, spot: Spot) -> Option<Fault> {
        let next = self.0.iter().position(|(waits_for, _)| *waits_for == spot)?;
        self.0.remove(next).map(|(_, fault)| fault)
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn a_fault_is_read_as_it_is_written() {
        for text in
            ["html200", "status:503", "status:429,retry_after:7", "drop_after", "slow:1500", "big:9", "error200"]
        {
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
        for text in ["", "html201", "status:", "status:x", "slow", "status:429,retry_after:"] {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
    }
}
