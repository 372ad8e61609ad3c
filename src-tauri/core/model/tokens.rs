//! Tokens, and how long they live.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::moment::{Moment, Witness};
use super::secret::{ExposeSecret, Secret};

/// How long before its end an access token counts as stale. Long enough for a slow request to
/// finish, short enough that a token a person copied is not ended early.
pub const MARGIN: Duration = Duration::from_mins(1);

fn margin() -> SignedDuration {
    SignedDuration::try_from(MARGIN).unwrap_or_default()
}

/// Tokens and what is known of them (RFC 6749 §5.1).
#[derive(Clone, Debug, Deserialize)]
pub struct TokenSet {
    /// Sent with every request.
    pub access_token: Secret,
    /// Absent when the server gave none: then the connection ends with the access token.
    pub refresh_token: Option<Secret>,
    /// Refresh tokens this set replaced and no server is known to have ended, oldest first.
    /// Doorkeeper ends a replaced one only when the access token that came in its place is first
    /// used, so revoking must name these too.
    pub superseded: Vec<Secret>,
    /// Access tokens this set replaced that nothing else ends: they came without a refresh token.
    #[serde(default)]
    pub superseded_access: Vec<Secret>,
    /// Whether the first use of the access token, not seen yet, will end the last of `superseded`.
    #[serde(default)]
    pub rotating: bool,
    /// Absent when the server did not say.
    pub expires_at: Option<Timestamp>,
    /// When they were asked for, by this computer's clock.
    pub obtained_at: Timestamp,
    /// What else tells when that was.
    #[serde(default)]
    pub witness: Witness,
    /// Granted scopes; the asked-for ones where the answer names none (RFC 6749 §5.1).
    pub scopes: Vec<String>,
}

/// From when to when an access token lives.
pub(super) struct Life {
    pub obtained_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub witness: Witness,
}

impl Life {
    /// When it ends, as this computer's clock will show it then.
    pub fn ends_at(&self, now: &Moment) -> Option<Timestamp> {
        let (end, then) = (self.expires_at?, now.wall.checked_add(self.left(now)?).ok()?);
        Some(if then.duration_since(end).abs() > margin() { then } else { end })
    }

    /// How long it lives still.
    pub fn left(&self, now: &Moment) -> Option<SignedDuration> {
        Some(self.expires_at?.duration_since(self.obtained_at).saturating_sub(self.age(now)))
    }

    /// How long ago it was asked for: by what has passed since, else by the server's clock, else by this
    /// computer's own.
    fn age(&self, now: &Moment) -> SignedDuration {
        if let Some(passed) = self.witness.steady.and_then(|then| now.steady.since(then)) {
            return passed;
        }
        let by_clock = now.wall.duration_since(self.obtained_at);
        match (now.ahead, self.witness.ahead) {
            (Some(now), Some(then)) => by_clock.saturating_sub(now.saturating_sub(then)),
            _ => by_clock,
        }
    }
}

impl TokenSet {
    /// Whether the access token can be handed out for at least `life` from `now` on. A token
    /// without a known end is good until a server refuses it. One that was obtained later than now
    /// says that the clock was set back, and nothing about its end.
    pub fn is_good_for(&self, life: Duration, now: &Moment) -> bool {
        let life = SignedDuration::try_from(life).unwrap_or(SignedDuration::MAX);
        let is_from_later = self.age(now) < -margin();
        self.left(now).is_none_or(|left| !is_from_later && left > life)
    }

    /// When it ends, as this computer's clock will show it then: the clock may have been set since.
    pub fn ends_at(&self, now: &Moment) -> Option<Timestamp> {
        self.life().ends_at(now)
    }

    fn left(&self, now: &Moment) -> Option<SignedDuration> {
        self.life().left(now)
    }

    fn age(&self, now: &Moment) -> SignedDuration {
        self.life().age(now)
    }

    fn life(&self) -> Life {
        Life { obtained_at: self.obtained_at, expires_at: self.expires_at, witness: self.witness }
    }

    /// Whether ending these tokens would end the others: some servers answer a second sign-in with
    /// the tokens of the first.
    pub fn shares_with(&self, other: &Self) -> bool {
        self.access_token.expose_secret() == other.access_token.expose_secret() || self.has_refresh_token_of(other)
    }

    /// Whether tokens that these replaced may still live.
    pub fn names_others(&self) -> bool {
        !self.superseded.is_empty() || !self.superseded_access.is_empty()
    }

    /// Whether the refresh token of the others is here too: then it was not rotated.
    fn has_refresh_token_of(&self, other: &Self) -> bool {
        let refresh = |set: &Self| set.refresh_token.as_ref().map(|token| token.expose_secret().to_owned());
        refresh(self).is_some_and(|token| refresh(other) == Some(token))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::moment::Steady;
    use super::*;

    fn tokens() -> TokenSet {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        TokenSet {
            access_token: Secret::from("access"),
            refresh_token: Some(Secret::from("refresh")),
            superseded: Vec::new(),
            superseded_access: Vec::new(),
            rotating: false,
            expires_at: Some(now + SignedDuration::from_secs(7200)),
            obtained_at: now,
            witness: Witness::default(),
            scopes: vec!["view_issues".to_owned()],
        }
    }

    const RUN: Uuid = Uuid::nil();

    /// So long after the beginning by the clock, and by what has passed in a run.
    fn after(clock: i64, run: Uuid, passed: u64) -> Moment {
        let began = tokens().obtained_at;
        Moment {
            wall: began + SignedDuration::from_secs(clock),
            steady: Steady { run, ms: passed * 1000 },
            ahead: None,
        }
    }

    /// Tokens obtained at the beginning of a run, when the clock was right.
    fn witnessed() -> TokenSet {
        TokenSet { witness: Moment { ahead: Some(SignedDuration::ZERO), ..after(0, RUN, 0) }.into(), ..tokens() }
    }

    /// So long after the beginning by the clock, in another run, by a clock that is so far ahead.
    fn rebooted(clock: i64, ahead: i64) -> Moment {
        Moment { ahead: Some(SignedDuration::from_secs(ahead)), ..after(clock, Uuid::max(), 0) }
    }

    #[test]
    fn a_token_is_stale_a_minute_before_its_end() {
        for tokens in [tokens(), witnessed()] {
            for (seconds, is_good) in [(0, true), (7139, true), (7140, false), (7200, false), (7201, false)] {
                let now = after(i64::try_from(seconds).unwrap(), RUN, seconds);
                assert_eq!(tokens.is_good_for(MARGIN, &now), is_good, "{seconds}");
            }
        }
    }

    #[test]
    fn without_a_witness_a_token_from_tomorrow_is_stale_and_one_from_the_next_minute_is_not() {
        let tokens = tokens();
        assert!(!tokens.is_good_for(MARGIN, &after(-86_400, RUN, 0)));
        assert!(tokens.is_good_for(MARGIN, &after(-60, RUN, 0)));
    }

    #[test]
    fn a_clock_that_was_set_changes_nothing_while_the_computer_runs() {
        for day in [-86_400, 86_400] {
            let (young, old) = (after(day, RUN, 60), after(day, RUN, 7200));
            assert!(witnessed().is_good_for(MARGIN, &young) && !witnessed().is_good_for(MARGIN, &old), "{day}");
            assert_eq!(witnessed().ends_at(&young).unwrap().duration_since(young.wall).as_secs(), 7140);
        }
        let on_time = after(60, RUN, 60);
        assert_eq!(witnessed().ends_at(&on_time), witnessed().expires_at);
    }

    #[test]
    fn after_a_restart_the_servers_clock_says_how_old_a_token_is() {
        for day in [-86_400, 86_400] {
            assert!(witnessed().is_good_for(MARGIN, &rebooted(day + 60, day)), "{day}");
            assert!(!witnessed().is_good_for(MARGIN, &rebooted(day + 7200, day)), "{day}");
        }
    }

    #[test]
    fn a_token_without_a_known_end_is_good_until_refused() {
        let tokens = TokenSet { expires_at: None, ..tokens() };
        assert!(tokens.is_good_for(Duration::MAX, &after(1_000_000_000, RUN, 0)));
    }
}
