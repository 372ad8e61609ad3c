//! What was done with a site lately, without any secret: enough to answer "what happened here?".

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::known::{Known, State};
use crate::error::ErrorCode;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum ActivityKind {
    /// A connection was made; the word is who signed in.
    Connected,
    /// Counts were confirmed.
    Counted,
    /// The access token went to the clipboard; the word is the form's id.
    Copied,
    /// The access token was replaced by a new one.
    TokenRenewed,
    /// The connection was tried out.
    Tested,
    /// The server ended the connection.
    RefreshRefused,
    /// Something keeps counts from being fresh; the code says what.
    Trouble,
    /// Nothing does any more.
    Recovered,
    /// The connection was ended at the provider, as far as the word says: `confirmed`, `alreadyGone`,
    /// `accessOnly` or `stillAccepted`. Notes of before have none.
    Revoked,
    /// The connection was forgotten here; nobody else was told, or could be.
    Forgotten,
    /// The site's address or application was changed.
    Edited,
}

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// When; of trouble, when it began.
    pub at: Timestamp,
    /// What.
    pub what: ActivityKind,
    /// A login, the id of a form or an outcome. Never a secret.
    pub word: Option<String>,
    /// The cause of trouble.
    pub code: Option<ErrorCode>,
}

impl Activity {
    /// Something that needs no more words.
    pub fn new(at: Timestamp, what: ActivityKind) -> Self {
        Self { at, what, word: None, code: None }
    }
}

/// The last things done with a site, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activities(pub Vec<Activity>);

/// A week of a site that is used now and then, and nothing anybody scrolls through for long.
const KEPT: usize = 50;

impl Activities {
    /// Adds something. Counting again and again is one activity with the newest time; trouble that
    /// lasts is one with its first.
    pub fn add(&mut self, new: Activity) {
        match self.0.first_mut() {
            Some(last) if (last.what, new.what) == (ActivityKind::Counted, ActivityKind::Counted) => last.at = new.at,
            Some(last) if new.what == ActivityKind::Trouble && (last.what, last.code) == (new.what, new.code) => {}
            _ => {
                self.0.insert(0, new);
                self.0.truncate(KEPT);
            }
        }
    }
}

/// What must have been done for what was seen of a site to become what is seen now, oldest first.
/// What a person did is noted where they did it.
pub fn between(before: &Known, after: &Known, now: Timestamp) -> Vec<Activity> {
    use ActivityKind as K;
    let mut done = Vec::new();
    let begun = |known: &Known| (known.connected_at, known.identity.as_ref().map(|person| person.id.clone()));
    let same_connection = after.connected_at.is_some() && begun(before) == begun(after);
    let is_over = after.state == State::NeedsSignIn;
    if is_over && before.state != State::NeedsSignIn {
        done.push(Activity::new(now, K::RefreshRefused));
    }
    if same_connection && after.state == State::Connected && renewed(before, after) {
        done.push(Activity::new(now, K::TokenRenewed));
    }
    match (&before.trouble, &after.trouble) {
        (_, Some(trouble)) if is_over && trouble.code == ErrorCode::NeedsSignIn => {}
        (old, Some(new)) if old.as_ref().is_none_or(|old| old.code != new.code) => {
            done.push(Activity { code: Some(new.code), ..Activity::new(new.since, K::Trouble) });
        }
        (Some(_), None) if same_connection && after.state == State::Connected => {
            done.push(Activity::new(now, K::Recovered));
        }
        _ => {}
    }
    if let Some(at) = after.counted_at.filter(|_| before.counted_at != after.counted_at) {
        done.push(Activity::new(at, K::Counted));
    }
    done
}

fn renewed(before: &Known, after: &Known) -> bool {
    match (&before.token, &after.token) {
        (Some(before), Some(after)) => (&before.tail, before.expires_at) != (&after.tail, after.expires_at),
        _ => false,
    }
}

/// Whether the numbers seen now belong to somebody else, or to nobody: what is told of the time
/// before goes with them.
pub fn begins_anew(before: &Known, after: &Known) -> bool {
    let is_other =
        before.counted_for.as_ref().zip(after.counted_for.as_ref()).is_some_and(|(before, now)| before != now);
    before.counted_at.is_some() && (after.counted_at.is_none() || is_other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::model::known::TokenFacts;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn connected() -> Known {
        Known { state: State::Connected, connected_at: Some(at(0)), ..Known::default() }
    }

    fn kinds(before: &Known, after: &Known) -> Vec<ActivityKind> {
        between(before, after, at(9)).into_iter().map(|activity| activity.what).collect()
    }

    fn with_token(tail: &str) -> Known {
        let token = TokenFacts { tail: tail.to_owned(), expires_at: None, life: None, scopes: Vec::new() };
        Known { token: Some(token), ..connected() }
    }

    #[test]
    fn only_the_last_are_kept_newest_first() {
        let mut all = Activities::default();
        for second in 0..60 {
            all.add(Activity::new(at(second), ActivityKind::Copied));
        }
        assert_eq!((all.0.len(), all.0[0].at, all.0[49].at), (50, at(59), at(10)));
    }

    #[test]
    fn counting_again_and_trouble_that_lasts_are_one_activity() {
        let mut all = Activities::default();
        let trouble = |second, code| Activity { code: Some(code), ..Activity::new(at(second), ActivityKind::Trouble) };
        all.add(Activity::new(at(1), ActivityKind::Counted));
        all.add(Activity::new(at(2), ActivityKind::Counted));
        all.add(trouble(3, ErrorCode::Unreachable));
        all.add(trouble(4, ErrorCode::Unreachable));
        all.add(trouble(5, ErrorCode::ServerTrouble));
        all.add(Activity::new(at(6), ActivityKind::Counted));
        let times: Vec<i64> = all.0.iter().map(|activity| activity.at.as_second()).collect();
        assert_eq!(times, [6, 5, 3, 2]);
    }

    #[test]
    fn trouble_is_told_when_it_comes_when_it_changes_and_when_it_goes() {
        let mut bad = connected();
        bad.see_trouble(&Error::new(ErrorCode::Unreachable), at(1));
        let mut worse = bad.clone();
        worse.see_trouble(&Error::new(ErrorCode::ServerTrouble), at(2));
        assert_eq!(kinds(&connected(), &bad), [ActivityKind::Trouble]);
        assert_eq!(kinds(&bad, &bad), []);
        assert_eq!(kinds(&bad, &worse), [ActivityKind::Trouble]);
        assert_eq!(kinds(&worse, &connected()), [ActivityKind::Recovered]);
        let mut counted = connected();
        counted.see_counts(Vec::new(), at(3));
        assert_eq!(kinds(&worse, &counted), [ActivityKind::Recovered, ActivityKind::Counted]);
        assert_eq!(kinds(&worse, &Known::default()), [], "what is gone has not recovered");
    }

    #[test]
    fn a_connection_the_server_ended_is_told_once_and_as_that() {
        let mut over = connected();
        over.state = State::NeedsSignIn;
        assert_eq!(kinds(&connected(), &over), [ActivityKind::RefreshRefused]);
        let mut told = over.clone();
        told.see_trouble(&Error::new(ErrorCode::NeedsSignIn), at(1));
        assert_eq!(kinds(&connected(), &told), [ActivityKind::RefreshRefused]);
        assert_eq!(kinds(&over, &told), []);
    }

    #[test]
    fn a_token_is_renewed_within_one_connection() {
        let (old, new) = (with_token("0001"), with_token("0002"));
        assert_eq!(kinds(&old, &new), [ActivityKind::TokenRenewed]);
        assert_eq!(kinds(&old, &old), []);
        assert_eq!(kinds(&old, &Known { connected_at: Some(at(5)), ..new.clone() }), [], "that is another one");
        assert_eq!(kinds(&Known::default(), &new), []);
    }

    #[test]
    fn numbers_of_nobody_or_of_somebody_else_begin_anew() {
        let counted =
            |person: &str| Known { counted_at: Some(at(1)), counted_for: Some(person.to_owned()), ..connected() };
        assert!(begins_anew(&counted("5"), &connected()));
        assert!(begins_anew(&counted("5"), &counted("6")));
        assert!(!begins_anew(&counted("5"), &counted("5")));
        assert!(!begins_anew(&connected(), &counted("5")));
        assert!(
            !begins_anew(&Known { counted_for: None, ..counted("5") }, &counted("5")),
            "nobody knew whose they were"
        );
    }
}
