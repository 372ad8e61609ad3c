//! What was last seen of a site, without any secret: enough to paint the list before the first
//! request and while the keychain is locked. One small file a site; the keychain item is the truth.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::connection::{Connection, Identity};
use super::moment::Moment;
use super::secret::tail;
use crate::error::{Error, ErrorCode};

/// Whether a site has a connection, as far as is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Never connected, revoked or forgotten.
    #[default]
    NotConnected,
    /// Tokens are held and nothing speaks against them.
    Connected,
    /// The server ended the connection.
    NeedsSignIn,
    /// Revoked by the person, not yet confirmed by the server.
    RevokePending,
}

/// A token as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenFacts {
    /// The last four characters.
    pub tail: String,
    /// Absent when the server did not say.
    pub expires_at: Option<Timestamp>,
    /// How long it lives in all, from when it was obtained to its end.
    #[serde(default)]
    pub life: Option<SignedDuration>,
    /// Granted scopes.
    pub scopes: Vec<String>,
}

/// A count at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountResult {
    /// The count's id in the provider's definition.
    pub id: String,
    /// Absent when the server gave no number; never 0 for "unknown".
    pub value: Option<u64>,
    /// Why there is no number.
    pub error: Option<ErrorCode>,
}

/// Something that keeps counts from being fresh.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The cause.
    pub code: ErrorCode,
    /// The host that was asked.
    pub host: Option<String>,
    /// Short words of the server.
    pub detail: Option<String>,
    /// Since when it is so.
    pub since: Timestamp,
    /// When the server allows the next try.
    pub until: Option<Timestamp>,
}

impl Trouble {
    /// The failure again, as long as the server wants to be left alone. What was noted by a clock that
    /// was ahead says nothing.
    pub fn waits(&self, now: Timestamp) -> Option<Error> {
        let left = self.until?.duration_since(now);
        let left = Duration::try_from(left).ok().filter(|left| !left.is_zero() && *left <= LONGEST_WAIT)?;
        let Self { code, host, detail, .. } = self.clone();
        (self.since <= now).then(|| Error { host, detail, retry_after: Some(left), ..Error::new(code) })
    }
}

/// Everything last seen of one site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// Connected or not.
    pub state: State,
    /// Who the connection acts as.
    pub identity: Option<Identity>,
    /// The access token held now.
    pub token: Option<TokenFacts>,
    /// When the present connection was made.
    pub connected_at: Option<Timestamp>,
    /// The numbers last confirmed.
    pub counts: Vec<CountResult>,
    /// When they were confirmed.
    pub counted_at: Option<Timestamp>,
    /// The id of the person they were confirmed for.
    pub counted_for: Option<String>,
    /// What keeps them from being fresh.
    pub trouble: Option<Trouble>,
}

/// A month's calls that are used up are the longest wait there is; a server that asks for more is mistaken.
pub const LONGEST_WAIT: Duration = Duration::from_hours(32 * 24);

impl Known {
    /// Takes over what a connection says of itself. Counts stay.
    pub fn see(&mut self, connection: &Connection, chosen: Option<Identity>, now: &Moment) {
        self.state = match connection {
            Connection { revoking_since: Some(_), .. } => State::RevokePending,
            Connection { ended: Some(_), .. } => State::NeedsSignIn,
            _ => State::Connected,
        };
        self.identity = connection.identity.clone().or(chosen);
        if let (Some(before), Some(now)) = (&self.counted_for, &self.identity)
            && *before != now.id
        {
            // Another person's numbers.
            self.forget_counts();
        }
        self.connected_at = Some(connection.connected_at);
        let tokens = &connection.tokens;
        self.token = Some(TokenFacts {
            tail: tail(&tokens.access_token),
            expires_at: tokens.ends_at(now),
            life: tokens.expires_at.map(|end| end.duration_since(tokens.obtained_at)),
            scopes: tokens.scopes.clone(),
        });
    }

    /// Takes over that there is no connection any more. Counts stay, with their age.
    pub fn see_none(&mut self) {
        *self = Self {
            counts: std::mem::take(&mut self.counts),
            counted_at: self.counted_at,
            counted_for: self.counted_for.take(),
            ..Self::default()
        };
    }

    /// Drops numbers that mean nothing any more.
    pub fn forget_counts(&mut self) {
        self.counts.clear();
        self.counted_at = None;
        self.counted_for = None;
    }

    /// Takes over a failure. The same failure again keeps its first time.
    pub fn see_trouble(&mut self, error: &Error, now: Timestamp) {
        let since = match &self.trouble {
            Some(trouble) if trouble.code == error.code => trouble.since,
            _ => now,
        };
        self.trouble = Some(Trouble {
            code: error.code,
            host: error.host.clone(),
            detail: error.detail.clone(),
            since,
            until: error.retry_after.and_then(|wait| now.checked_add(wait.min(LONGEST_WAIT)).ok()),
        });
    }

    /// Takes over that the secret store answered: what it once refused is no trouble any more.
    pub fn see_store_works(&mut self) {
        use ErrorCode as C;
        let was_store = |trouble: &Trouble| {
            let is_keychain =
                matches!(trouble.code, C::KeychainMissing | C::KeychainLocked | C::KeychainWaiting | C::KeychainFailed);
            is_keychain || matches!(trouble.code, C::VaultLocked | C::VaultMissing | C::VaultDamaged)
        };
        if self.trouble.as_ref().is_some_and(was_store) {
            self.trouble = None;
        }
    }

    /// Takes over confirmed numbers. A count the server did not answer keeps no old number.
    pub fn see_counts(&mut self, counts: Vec<CountResult>, now: Timestamp) {
        self.counts = counts;
        self.counted_at = Some(now);
        self.counted_for = self.identity.as_ref().map(|person| person.id.clone());
        self.trouble = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_server_keeps_a_site_waiting_for_longer_than_a_month() {
        let mut known = Known::default();
        let asked = Duration::from_secs(1_763_812_345);
        known.see_trouble(
            &Error { retry_after: Some(asked), ..Error::new(ErrorCode::RateLimited) },
            Timestamp::UNIX_EPOCH,
        );
        assert_eq!(known.trouble.unwrap().until, Timestamp::from_second(32 * 86_400).ok());
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_same_trouble_keeps_its_first_time() {
        let mut known = Known::default();
        let offline = Error::new(ErrorCode::Unreachable);
        known.see_trouble(&offline, at(1));
        known.see_trouble(&offline, at(2));
        assert_eq!(known.trouble.as_ref().unwrap().since, at(1));
        known.see_trouble(&Error::new(ErrorCode::ServerTrouble), at(3));
        assert_eq!(known.trouble.unwrap().since, at(3));
    }

    #[test]
    fn losing_the_connection_keeps_the_counts() {
        let counts = vec![CountResult { id: "open".to_owned(), value: Some(3), error: None }];
        let mut known = Known { state: State::Connected, ..Known::default() };
        known.see_counts(counts.clone(), at(1));
        known.see_none();
        assert_eq!((known.state, known.counts, known.counted_at), (State::NotConnected, counts, Some(at(1))));
    }
}
