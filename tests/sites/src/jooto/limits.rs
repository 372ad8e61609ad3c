//! How many calls an organization may make, and the headers that tell it.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// What an organization pays for. The vendor's page of restrictions gives these numbers for reading calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// 600 calls a minute.
    #[default]
    Business,
    /// 60 calls a minute, and 100 calls a month for the whole organization, from the first of the month.
    Standard,
}

impl Plan {
    fn per_minute(self) -> u32 {
        match self {
            Self::Business => 600,
            Self::Standard => 60,
        }
    }

    pub(super) fn per_month(self) -> Option<u32> {
        match self {
            Self::Business => None,
            Self::Standard => Some(100),
        }
    }
}

/// A span of time with its calls.
#[derive(Debug, Default)]
struct Window {
    ends: i64,
    used: u32,
}

impl Window {
    fn roll(&mut self, ends: i64) {
        if self.ends != ends {
            *self = Self { ends, used: 0 };
        }
    }
}

/// The calls of this minute and of this month.
#[derive(Debug, Default)]
pub(super) struct Calls {
    minute: Window,
    month: Window,
}

impl Calls {
    /// Counts a call, unless one of the limits is reached already.
    pub(super) fn count(&mut self, plan: Plan, now: i64) -> bool {
        self.roll(now);
        let allowed =
            self.minute.used < plan.per_minute() && plan.per_month().is_none_or(|most| self.month.used < most);
        if allowed {
            self.minute.used += 1;
            self.month.used += 1;
        }
        allowed
    }

    pub(super) fn leave(&mut self, used: u32, now: i64) {
        self.roll(now);
        self.month.used = used;
    }

    fn roll(&mut self, now: i64) {
        self.minute.roll((now.div_euclid(60) + 1) * 60);
        self.month.roll(first_of_next_month(now));
    }

    /// `X-RateLimit-*`, and where the month is limited `X-MonthlyRateLimit-*`; resets are in seconds since 1970.
    pub(super) fn tell(&self, plan: Plan, headers: &mut HeaderMap) {
        let minute = Some(plan.per_minute());
        let month = plan.per_month();
        for (prefix, limit, window) in
            [("x-ratelimit", minute, &self.minute), ("x-monthlyratelimit", month, &self.month)]
        {
            let Some(limit) = limit else { continue };
            let remaining = limit.saturating_sub(window.used);
            let numbers = [("limit", limit.into()), ("remaining", remaining.into()), ("reset", window.ends)];
            for (name, number) in numbers {
                let name = HeaderName::try_from(format!("{prefix}-{name}")).expect("made of lower-case letters");
                headers.insert(name, HeaderValue::from(number));
            }
        }
    }
}

/// In UTC; the vendor does not name a zone.
fn first_of_next_month(now: i64) -> i64 {
    let today = Timestamp::from_second(now).unwrap_or(Timestamp::MAX).to_zoned(TimeZone::UTC).date();
    let next = today.first_of_month().saturating_add(1.month());
    next.to_zoned(TimeZone::UTC).map_or(i64::MAX, |midnight| midnight.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use super::{Calls, Plan};

    /// 2025-12-31T23:59:30Z
    const LATE: i64 = 1_767_225_570;

    #[test]
    fn a_minute_and_a_month_end() {
        let mut calls = Calls::default();
        assert_eq!((0..61).filter(|_| calls.count(Plan::Standard, LATE)).count(), 60);
        assert_eq!(calls.month.ends, LATE + 30);
        calls.leave(100, LATE);
        assert!(!calls.count(Plan::Standard, LATE));
        assert!(calls.count(Plan::Standard, LATE + 30));
    }
}
