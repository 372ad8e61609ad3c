//! Which tokens of a site were given away: to the clipboard or to a script. Nothing in here is
//! secret; a token is told by its last four characters.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::connection::{Connection, TokenSet};
use super::moment::{Moment, Witness};
use super::secret::tail;
use super::tokens::Life;

/// An access token that somebody was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenToken {
    /// When it was given for the last time.
    pub at: Timestamp,
    /// How often.
    pub times: u32,
    /// Its last four characters.
    pub tail: String,
    /// When it was obtained, which tells two with the same end apart.
    pub obtained_at: Timestamp,
    /// When the person connected, which tells its grant from others. Notes of before do not say, and count
    /// as of the grant that is there.
    #[serde(default)]
    pub grant: Option<Timestamp>,
    /// The provider's id of the person, where it was known: another's tokens are of another grant.
    #[serde(default)]
    pub person: Option<String>,
    /// When it runs out, when known; as the clock showed it when the token was obtained, or in a ledger
    /// [`as_of`](Ledger::as_of) now, as it will show it then.
    pub until: Option<Timestamp>,
    /// What besides the clock tells when it was obtained. Notes of before do not say.
    #[serde(default)]
    pub witness: Witness,
    /// What it may do.
    pub scopes: Vec<String>,
    /// When Tallykey replaced or revoked it before that, with which products end it.
    pub over_at: Option<Timestamp>,
}

/// All that are remembered, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Given tokens.
    pub given: Vec<GivenToken>,
}

/// A list that is looked through by a person.
const KEPT: usize = 20;

impl GivenToken {
    /// Whether it works as far as is known.
    pub fn is_live(&self, now: &Moment) -> bool {
        self.over_at.is_none() && self.life().left(now).is_none_or(|left| left.is_positive())
    }

    fn life(&self) -> Life {
        Life { obtained_at: self.obtained_at, expires_at: self.until, witness: self.witness }
    }

    fn is_of(&self, tokens: &TokenSet) -> bool {
        self.obtained_at == tokens.obtained_at && self.tail == tail(&tokens.access_token)
    }

    fn is_of_grant(&self, grant: Timestamp) -> bool {
        self.grant.is_none_or(|own| own == grant)
    }
}

impl Ledger {
    /// The same, with the ends as this computer's clock will show them then: it may have been set since.
    #[must_use]
    pub fn as_of(mut self, now: &Moment) -> Self {
        for given in &mut self.given {
            given.until = given.life().ends_at(now);
        }
        self
    }

    /// The access token of a connection was given to somebody.
    pub fn give(&mut self, connection: &Connection, now: Timestamp) {
        let tokens = &connection.tokens;
        let before = self.given.iter().position(|given| given.is_of(tokens)).map(|index| self.given.remove(index));
        let given = GivenToken {
            at: now,
            times: before.map_or(0, |before| before.times).saturating_add(1),
            tail: tail(&tokens.access_token),
            obtained_at: tokens.obtained_at,
            grant: Some(connection.connected_at),
            person: connection.identity.as_ref().map(|identity| identity.id.clone()),
            until: tokens.expires_at,
            witness: tokens.witness,
            scopes: tokens.scopes.clone(),
            over_at: None,
        };
        self.given.insert(0, given);
        self.given.truncate(KEPT);
    }

    /// Whether somebody was given the access token of these.
    pub fn holds(&self, tokens: &TokenSet) -> bool {
        self.given.iter().any(|given| given.is_of(tokens) && given.over_at.is_none())
    }

    /// The one that lived until now and has this tail is over. Whether there was one.
    pub fn end(&mut self, tail: &str, now: &Moment) -> bool {
        let live = self.given.iter_mut().find(|given| given.tail == tail && given.is_live(now));
        live.map(|given| given.over_at = Some(now.wall)).is_some()
    }

    /// All of a person that lived until now are over, and those that nobody is known of. Whether there were
    /// any.
    pub fn end_person(&mut self, person: Option<&str>, now: &Moment) -> bool {
        let is_theirs = |given: &GivenToken| given.person.is_none() || given.person.as_deref() == person;
        !self.end_where(now, is_theirs).is_empty()
    }

    /// Those of a grant that lived until now are over. Whether there were any. One that was forgotten here
    /// only lives on, whatever becomes of the next.
    pub fn end_grant(&mut self, grant: Timestamp, now: &Moment) -> bool {
        !self.end_where(now, |given| given.is_of_grant(grant)).is_empty()
    }

    /// Those of the grant that lived until now are over, but for the access token there is now; their last
    /// characters.
    pub fn end_others(&mut self, than: &Connection, now: &Moment) -> Vec<String> {
        let other = |given: &GivenToken| given.is_of_grant(than.connected_at) && !given.is_of(&than.tokens);
        self.end_where(now, other)
    }

    /// What ends one grant ends the other from now on. Whether anything was given of it.
    pub fn pass_on(&mut self, from: Timestamp, to: Timestamp) -> bool {
        let of_it = self.given.iter_mut().filter(|given| given.grant == Some(from));
        of_it.map(|given| given.grant = Some(to)).count() > 0
    }

    fn end_where(&mut self, now: &Moment, ends: impl Fn(&GivenToken) -> bool) -> Vec<String> {
        let ended = self.given.iter_mut().filter(|given| given.is_live(now) && ends(given));
        let end = |given: &mut GivenToken| {
            given.over_at = Some(now.wall);
            given.tail.clone()
        };
        ended.map(end).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use uuid::Uuid;

    use super::super::moment::Steady;
    use super::*;
    use crate::model::connection::Identity;
    use crate::model::secret::Secret;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// By the clock alone, as in another run of the computer.
    fn by_clock(second: i64) -> Moment {
        Moment { wall: at(second), steady: Steady { run: Uuid::max(), ms: 0 }, ahead: None }
    }

    /// One connection an hour, with tokens as they were obtained then.
    fn connection(obtained: i64) -> Connection {
        Connection {
            token_endpoint: "https://x.example/oauth/token".to_owned(),
            client_id: None,
            origins: None,
            tokens: tokens(obtained),
            identity: None,
            connected_at: at(obtained - obtained % 3600),
            ended: None,
            revoking_since: None,
        }
    }

    fn tokens(obtained: i64) -> TokenSet {
        TokenSet {
            access_token: Secret::from("an-access-token-of-many-letters-0001"),
            refresh_token: None,
            superseded: Vec::new(),
            superseded_access: Vec::new(),
            rotating: false,
            expires_at: Some(at(obtained) + SignedDuration::from_secs(7200)),
            obtained_at: at(obtained),
            witness: Witness::default(),
            scopes: vec!["view_issues".to_owned()],
        }
    }

    #[test]
    fn a_token_given_twice_is_told_once_with_the_last_time() {
        let mut ledger = Ledger::default();
        ledger.give(&connection(0), at(1));
        ledger.give(&connection(0), at(2));
        let [given] = &ledger.given[..] else { panic!("{ledger:?}") };
        assert_eq!((given.times, given.at, given.tail.as_str()), (2, at(2), "0001"));
    }

    #[test]
    fn a_token_lives_until_it_runs_out_or_is_replaced() {
        let mut ledger = Ledger::default();
        ledger.give(&connection(0), at(1));
        assert!(ledger.holds(&tokens(0)) && !ledger.holds(&tokens(5)));
        assert!(ledger.given[0].is_live(&by_clock(7199)) && !ledger.given[0].is_live(&by_clock(7200)));
        assert!(ledger.end_person(None, &by_clock(60)));
        assert!(!ledger.given[0].is_live(&by_clock(61)) && !ledger.holds(&tokens(0)));
        assert!(!ledger.end_person(None, &by_clock(61)));
    }

    #[test]
    fn a_clock_that_was_set_ends_no_token_and_revives_none() {
        let run = |clock: i64, passed: u64| Moment {
            steady: Steady { run: Uuid::nil(), ms: passed * 1000 },
            ..by_clock(clock)
        };
        let mut ledger = Ledger::default();
        let tokens = TokenSet { witness: run(0, 0).into(), ..tokens(0) };
        ledger.give(&Connection { tokens, ..connection(0) }, at(1));
        for day in [-86_400, 86_400] {
            let (young, old) = (run(day + 60, 60), run(day + 7200, 7200));
            assert!(ledger.given[0].is_live(&young) && !ledger.given[0].is_live(&old), "{day}");
            assert_eq!(ledger.clone().as_of(&young).given[0].until, Some(at(day + 7200)), "{day}");
        }
        assert!(!ledger.clone().end_person(None, &run(0, 7200)) && ledger.end_person(None, &run(86_460, 60)));
    }

    #[test]
    fn what_replaced_others_outlives_them() {
        let mut ledger = Ledger::default();
        ledger.give(&connection(0), at(1));
        ledger.give(&connection(5), at(6));
        assert_eq!(ledger.end_others(&connection(5), &by_clock(7)), ["0001"]);
        assert!(ledger.end_others(&connection(5), &by_clock(8)).is_empty());
        assert!(ledger.holds(&tokens(5)) && !ledger.holds(&tokens(0)));
    }

    #[test]
    fn what_ends_one_grant_ends_no_token_of_another() {
        let mut ledger = Ledger::default();
        for obtained in [0, 3600, 3605] {
            ledger.give(&connection(obtained), at(obtained + 1));
        }
        assert_eq!(ledger.end_others(&connection(3605), &by_clock(3610)), ["0001"]);
        assert!(ledger.holds(&tokens(0)) && !ledger.holds(&tokens(3600)));
        assert!(ledger.end_grant(at(3600), &by_clock(3620)));
        assert!(ledger.holds(&tokens(0)));

        assert!(ledger.pass_on(at(0), at(7200)) && !ledger.pass_on(at(0), at(7200)));
        assert!(ledger.end_grant(at(7200), &by_clock(3630)));
    }

    #[test]
    fn what_ends_all_that_a_person_granted_ends_no_token_of_another() {
        let mut ledger = Ledger::default();
        for (obtained, id) in [(0, Some("5")), (5, Some("6")), (10, None)] {
            let identity = id.map(|id| Identity { id: id.to_owned(), text: String::new() });
            ledger.give(&Connection { identity, ..connection(obtained) }, at(obtained + 1));
        }
        let mut unknown = ledger.clone();
        assert!(ledger.end_person(Some("6"), &by_clock(20)) && unknown.end_person(None, &by_clock(20)));
        assert!(ledger.holds(&tokens(0)) && !ledger.holds(&tokens(5)) && !ledger.holds(&tokens(10)));
        assert!(unknown.holds(&tokens(0)) && unknown.holds(&tokens(5)) && !unknown.holds(&tokens(10)));
    }

    #[test]
    fn a_note_of_before_counts_as_of_the_grant_that_is_there() {
        let mut ledger = Ledger::default();
        ledger.give(&connection(0), at(1));
        ledger.given[0].grant = None;
        assert_eq!(ledger.end_others(&connection(3600), &by_clock(3601)), ["0001"]);
    }

    #[test]
    fn the_ledger_does_not_grow_for_ever() {
        let mut ledger = Ledger::default();
        for obtained in 0..100 {
            ledger.give(&connection(obtained), at(obtained));
        }
        assert_eq!((ledger.given.len(), ledger.given[0].at), (KEPT, at(99)));
    }
}
