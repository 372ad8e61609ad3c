//! What time servers say it is.
//!
//! What each said is kept with what has passed since, so that it holds true when this computer's own
//! clock is set meanwhile.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::model::moment::Steady;

/// The times that hosts told, as long as the program runs.
#[derive(Clone, Default)]
pub struct ServerTimes(Arc<Mutex<HashMap<String, Told>>>);

/// What a server said, and when it was asked.
#[derive(Clone, Copy)]
struct Told {
    date: Timestamp,
    asked: Steady,
}

/// Clocks that are set by hand are off by a minute or two, and an answer may be on its way for one.
const RIGHT: Duration = Duration::from_mins(5);
/// A server that has not answered for longer was perhaps set right meanwhile.
const RECENT: SignedDuration = SignedDuration::from_hours(1);

impl Told {
    /// How far a clock that shows `wall` is ahead of it.
    fn ahead(self, wall: Timestamp, steady: Steady) -> Option<SignedDuration> {
        let passed = steady.since(self.asked)?;
        Some(wall.duration_since(self.date).saturating_sub(passed))
    }
}

impl ServerTimes {
    /// A host that was asked then answered that it is this late.
    pub fn note(&self, host: &str, date: Timestamp, asked: Steady) {
        self.lock().insert(host.to_owned(), Told { date, asked });
    }

    /// How far a clock is ahead of a host.
    pub fn ahead_of(&self, host: &str, wall: Timestamp, steady: Steady) -> Option<SignedDuration> {
        self.lock().get(host)?.ahead(wall, steady)
    }

    /// How far a clock is ahead of all that answered lately, or behind, if that is more than anybody
    /// would call right. One server that agrees with it is enough: then another one is wrong.
    pub fn ahead_of_all(&self, wall: Timestamp, steady: Steady) -> Option<SignedDuration> {
        let told = self.lock();
        let recent = told.values().filter(|told| steady.since(told.asked).is_some_and(|passed| passed <= RECENT));
        let least = recent.filter_map(|told| told.ahead(wall, steady)).min_by_key(|ahead| ahead.unsigned_abs());
        least.filter(|ahead| ahead.unsigned_abs() > RIGHT)
    }

    /// Whether any host told the time.
    pub fn has_any(&self) -> bool {
        !self.lock().is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Told>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn passed(seconds: u64) -> Steady {
        Steady { run: Uuid::nil(), ms: seconds * 1000 }
    }

    fn off(times: &ServerTimes, wall: i64, seconds: u64) -> Option<i64> {
        times.ahead_of_all(at(wall), passed(seconds)).map(|ahead| ahead.as_secs())
    }

    #[test]
    fn a_clock_is_wrong_if_every_server_says_so() {
        let times = ServerTimes::default();
        times.note("one", at(1000), passed(0));
        assert_eq!(
            (off(&times, 1000, 0), off(&times, 4600, 0), off(&times, -2600, 0)),
            (None, Some(3600), Some(-3600))
        );
        times.note("two", at(4610), passed(10));
        assert_eq!(off(&times, 4610, 10), None, "the second agrees");
        assert_eq!(times.ahead_of("one", at(4610), passed(10)).unwrap().as_secs(), 3600);
    }

    #[test]
    fn what_was_said_holds_true_when_the_clock_is_set() {
        let times = ServerTimes::default();
        times.note("one", at(1000), passed(0));
        assert_eq!(off(&times, 1060, 60), None);
        assert_eq!(off(&times, 1060 + 86_400, 60), Some(86_400));
        assert_eq!(off(&times, 1120, 120), None, "set right again, nobody need answer for it");
        assert_eq!(off(&times, 1000 + 86_400, 3601), None, "that was long ago");
    }
}
