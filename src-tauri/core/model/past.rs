//! What a list of many sites shows of the history: the last thirty days, and how the numbers moved
//! since yesterday and since the person's last visit. Worked out of samples that were read once.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::history::{Change, Sample, Series, start_of_day, whole_seconds};

/// How the counts of one site went.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Past {
    /// The last sample of each day of thirty, the newest of all among them.
    pub days: Series,
    /// How each count stood when the last visit ended.
    pub at_visit: BTreeMap<String, Sample>,
    /// Since when that is.
    pub since: Since,
}

/// What "yesterday" and "the last visit" are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// The time zone the person lives in: its days are theirs.
    pub zone: TimeZone,
    /// When today began.
    pub today: Timestamp,
    /// When the last visit ended; absent before the second one.
    pub visit: Option<Timestamp>,
}

impl Default for Since {
    fn default() -> Self {
        Self { zone: TimeZone::UTC, today: Timestamp::MIN, visit: None }
    }
}

impl Since {
    /// On a day, and with a last visit.
    pub fn new(now: &Zoned, visit: Option<Timestamp>) -> Self {
        Self { zone: now.time_zone().clone(), today: start_of_day(now), visit }
    }
}

impl Past {
    /// How each day ended, and how today stands. Days nobody counted on are left out.
    pub fn days(&self, count: &str) -> impl Iterator<Item = (Date, u64)> {
        let samples = self.days.get(count).map_or(&[][..], Vec::as_slice);
        samples.iter().map(|sample| (sample.at.to_zoned(self.since.zone.clone()).date(), sample.value))
    }

    /// How a count moved since yesterday.
    pub fn since_yesterday(&self, count: &str) -> Option<Change> {
        Change::since(self.days.get(count)?, self.since.today)
    }

    /// How a count moved since the last visit ended.
    pub fn since_visit(&self, count: &str) -> Option<Change> {
        let (before, now) = (self.at_visit.get(count)?, self.days.get(count)?.last()?);
        (now.at >= self.since.visit?).then(|| Change::between(*before, *now))
    }

    /// Takes over numbers that were just recorded, as reading them again would.
    pub fn add(&mut self, at: Timestamp, values: &[(String, u64)]) {
        let at = whole_seconds(at);
        for (count, value) in values {
            let line = self.days.entry(count.clone()).or_default();
            line.pop_if(|last| last.at >= self.since.today);
            line.push(Sample { at, value: *value });
        }
    }
}

/// When the person looked at the window: what is new since then is worth telling.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visits {
    /// When they were last seen looking.
    pub looked_at: Option<Timestamp>,
    /// When the visit before this one ended.
    pub last_ended: Option<Timestamp>,
}

/// Whoever comes back sooner has not been away: a cup of coffee, another window.
const AWAY: SignedDuration = SignedDuration::from_mins(30);

impl Visits {
    /// The person begins to look, or ends. Whether this begins a new visit.
    pub fn look(&mut self, now: Timestamp, begins: bool) -> bool {
        let before = self.looked_at.replace(now);
        let was_away = begins && before.is_some_and(|before| now.duration_since(before) >= AWAY);
        if was_away {
            self.last_ended = before;
        }
        was_away
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zoned(text: &str) -> Zoned {
        format!("{text}[Asia/Tokyo]").parse().unwrap()
    }

    fn sample(text: &str, value: u64) -> Sample {
        Sample { at: zoned(text).timestamp(), value }
    }

    fn past() -> Past {
        let days = [sample("2026-03-02T18:00:00", 7), sample("2026-03-03T23:00:00", 9)];
        Past {
            days: [("open".to_owned(), days.to_vec())].into(),
            at_visit: [("open".to_owned(), sample("2026-03-03T12:00:00", 4))].into(),
            since: Since::new(&zoned("2026-03-04T08:00:00"), Some(zoned("2026-03-03T12:30:00").timestamp())),
        }
    }

    #[test]
    fn a_day_has_its_last_number_and_the_persons_own_date() {
        let mut past = past();
        let open = |past: &Past| -> Vec<_> { past.days("open").map(|(day, value)| (day.to_string(), value)).collect() };
        past.add(zoned("2026-03-04T08:30:00.5").timestamp(), &[("open".to_owned(), 2), ("mine".to_owned(), 1)]);
        past.add(zoned("2026-03-04T08:35:00").timestamp(), &[("open".to_owned(), 3)]);
        let days = [("2026-03-02", 7), ("2026-03-03", 9), ("2026-03-04", 3)];
        assert_eq!(open(&past), days.map(|(day, value)| (day.to_owned(), value)));
        assert_eq!(past.days("mine").count(), 1);
        assert_eq!(past.days("nothing").count(), 0);
    }

    #[test]
    fn changes_are_told_once_something_was_counted_since() {
        let mut past = past();
        assert_eq!(past.since_yesterday("open"), None, "nothing was counted today");
        assert_eq!(past.since_visit("open").unwrap().by, 5);
        past.add(zoned("2026-03-04T08:30:00").timestamp(), &[("open".to_owned(), 3)]);
        assert_eq!(past.since_yesterday("open").unwrap().by, -6);
        assert_eq!(past.since_visit("open").unwrap().by, -1);
        past.since.visit = Some(zoned("2026-03-04T09:00:00").timestamp());
        assert_eq!(past.since_visit("open"), None, "nothing was counted since");
        past.since.visit = None;
        assert_eq!(past.since_visit("open"), None, "there was no visit before");
    }

    #[test]
    fn a_visit_ends_when_nobody_looks_for_half_an_hour() {
        let at = |minute: i64| Timestamp::from_second(minute * 60).unwrap();
        let mut visits = Visits::default();
        assert!(!visits.look(at(0), true), "there was none before");
        // Two hours of looking are no absence.
        assert!(!visits.look(at(120), false));
        assert!(!visits.look(at(149), true));
        assert!(!visits.look(at(150), false));
        assert_eq!(visits.last_ended, None);
        assert!(visits.look(at(180), true));
        assert_eq!(visits.last_ended, Some(at(150)));
        assert!(!visits.look(at(100), true), "the clock was set back");
        assert_eq!(visits.last_ended, Some(at(150)));
    }
}
