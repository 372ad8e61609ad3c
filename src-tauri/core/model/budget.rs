//! What is left of the calls a product grants: what the server says, else what was counted here.

use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use super::provider::{Budget, Period};

/// What is left of the calls of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// How many calls.
    pub calls: u32,
    /// Of how many.
    pub of: u32,
    /// When there are all again.
    pub until: Timestamp,
}

/// What the server itself said with an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// How many calls are left.
    pub remaining: Option<u32>,
    /// Of how many.
    pub limit: Option<u32>,
    /// When there are all again.
    pub reset: Option<Timestamp>,
}

/// The program leaves this part of a budget to the person: one in so many calls.
const KEPT: u32 = 10;

impl Left {
    /// Whether the program may make so many calls by itself.
    pub fn allows(&self, calls: u32) -> bool {
        self.calls >= calls.saturating_add(self.of.div_ceil(KEPT))
    }

    /// How scarce the calls are: of each million, so many are left.
    pub fn share(&self) -> u64 {
        u64::from(self.calls) * 1_000_000 / u64::from(self.of.max(1))
    }
}

impl Budget {
    /// What is left now, by what was noted last.
    pub fn left(&self, noted: Option<Left>, now: Timestamp) -> Left {
        // A clock that was set back makes no budget last for longer than its time.
        let is_now = |left: &Left| now < left.until && left.until <= self.per.longest_end(now);
        noted.filter(is_now).unwrap_or_else(|| {
            // What a server grants a minute it most likely grants the next; the definition may have changed.
            let before = noted.filter(|_| self.per == Period::Minute).map(|before| before.of);
            let calls = before.unwrap_or_default().max(self.calls);
            Left { calls, of: calls, until: self.per.end(now) }
        })
    }

    /// What is left after a call.
    pub fn after_call(&self, noted: Option<Left>, told: Told, now: Timestamp) -> Left {
        let before = self.left(noted, now);
        Left {
            calls: told.remaining.unwrap_or(before.calls.saturating_sub(1)),
            of: told.limit.unwrap_or(before.of),
            until: told.reset.filter(|reset| *reset > now).unwrap_or(before.until),
        }
    }
}

impl Period {
    /// When the present one ends, if it begins with its first call; a month is the calendar's, in UTC
    /// where the server does not say.
    fn end(self, now: Timestamp) -> Timestamp {
        let after = |time: Duration| now.checked_add(time).unwrap_or(Timestamp::MAX);
        match self {
            Self::Minute => after(Duration::from_mins(1)),
            Self::Hour => after(Duration::from_hours(1)),
            Self::Month => {
                let next = now.to_zoned(TimeZone::UTC).date().first_of_month().checked_add(1.month());
                next.unwrap_or(Date::MAX).to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |next| next.timestamp())
            }
        }
    }

    /// No present one ends later than this, wherever the server is.
    fn longest_end(self, now: Timestamp) -> Timestamp {
        self.end(now).checked_add(Duration::from_hours(24)).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONTH: Budget = Budget { calls: 100, per: Period::Month, shared: true };

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_limit_the_server_told_holds_for_the_time_after_too() {
        let minute = Budget { calls: 60, per: Period::Minute, shared: false };
        let told = Told { remaining: Some(599), limit: Some(600), reset: None };
        let noted = minute.after_call(None, told, at("2026-11-22T10:00:00Z"));
        assert_eq!(minute.left(Some(noted), at("2026-11-22T10:01:01Z")).calls, 600);
    }

    fn after(calls: u32) -> Option<Left> {
        let now = at("2026-11-22T10:00:00Z");
        (0..calls).fold(None, |noted, _| Some(MONTH.after_call(noted, Told::default(), now)))
    }

    #[test]
    fn each_call_is_counted_until_the_month_is_over() {
        let left = after(8).unwrap();
        assert_eq!((left.calls, left.of, left.until), (92, 100, at("2026-12-01T00:00:00Z")));
        assert_eq!(MONTH.left(Some(left), at("2026-11-30T23:59:59Z")).calls, 92);
        assert_eq!(MONTH.left(Some(left), at("2026-12-01T00:00:00Z")).calls, 100);
        assert_eq!(after(120).unwrap().calls, 0);
    }

    #[test]
    fn what_the_server_says_is_believed() {
        let (now, reset) = (at("2026-11-22T10:00:00Z"), at("2026-11-30T15:00:00Z"));
        let told = Told { remaining: Some(40), limit: Some(200), reset: Some(reset) };
        assert_eq!(MONTH.after_call(after(8), told, now), Left { calls: 40, of: 200, until: reset });
    }

    #[test]
    fn the_last_tenth_is_the_persons() {
        assert!(after(82).unwrap().allows(8));
        assert!(!after(83).unwrap().allows(8));
        assert!(!after(120).unwrap().allows(0));
    }

    #[test]
    fn a_clock_that_was_wrong_makes_no_budget_last_for_years() {
        let noted = Left { calls: 0, of: 100, until: at("2038-01-01T00:00:00Z") };
        assert_eq!(MONTH.left(Some(noted), at("2026-11-22T10:00:00Z")).calls, 100);
    }
}
