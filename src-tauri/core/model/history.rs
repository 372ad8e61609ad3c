//! How a site's counts went: which samples are kept, and what is told of them.
//!
//! Samples thin out with age. A sample stays as long as one [`Grain`] keeps it, so what is kept at
//! any time is exactly
//!
//! - every sample of the last two days,
//! - the last sample of each hour of the last sixty days,
//! - the last sample of each day, for ever.
//!
//! It is the last one, not the first or a mean: a day is remembered by how it ended, which is what
//! "since yesterday" compares with; no number is shown that no server ever gave; and the newest
//! sample is in every grain at once, so nothing has to be worked out later.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

/// A count's number at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// When it was confirmed, in whole seconds.
    pub at: Timestamp,
    /// The number.
    pub value: u64,
}

/// Samples by the count's id in the provider's definition, each in the order of time.
pub type Series = BTreeMap<String, Vec<Sample>>;

/// How finely samples are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Each one.
    Every,
    /// The last of each hour.
    Hour,
    /// The last of each day.
    Day,
}

/// Two days: all of today and yesterday can be followed step by step.
const EVERY_KEPT: SignedDuration = SignedDuration::from_hours(2 * 24);
/// Two months: longer than the shortest chart, so that one may show its hours.
const HOURS_KEPT: SignedDuration = SignedDuration::from_hours(60 * 24);

impl Grain {
    /// From fine to coarse.
    pub const ALL: [Self; 3] = [Self::Every, Self::Hour, Self::Day];

    /// The oldest moment of which this grain still keeps samples; `None` where it keeps all.
    pub fn kept_since(self, now: Timestamp) -> Option<Timestamp> {
        let age = match self {
            Self::Every => EVERY_KEPT,
            Self::Hour => HOURS_KEPT,
            Self::Day => return None,
        };
        now.checked_sub(age).ok()
    }

    /// The time around a moment of which only the last sample is kept. Days are those of the
    /// moment's own time zone, as the person lives them; hours are whole ones since 1970.
    pub fn slot(self, moment: &Zoned) -> Range<Timestamp> {
        let at = whole_seconds(moment.timestamp());
        match self {
            Self::Every => at..after(at, SignedDuration::from_secs(1)),
            Self::Hour => {
                let into = SignedDuration::from_secs(at.as_second().rem_euclid(3600));
                let start = at.checked_sub(into).unwrap_or(Timestamp::MIN);
                start..after(start, SignedDuration::from_hours(1))
            }
            Self::Day => {
                let tomorrow = moment.tomorrow().and_then(|day| day.start_of_day());
                start_of_day(moment)..tomorrow.map_or(Timestamp::MAX, |day| day.timestamp())
            }
        }
    }
}

fn after(start: Timestamp, length: SignedDuration) -> Timestamp {
    start.checked_add(length).unwrap_or(Timestamp::MAX)
}

/// A moment as samples have it.
pub fn whole_seconds(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).expect("a moment without its fraction is one too")
}

/// When the day of a moment began: what is older is yesterday's.
pub fn start_of_day(moment: &Zoned) -> Timestamp {
    moment.start_of_day().map_or(Timestamp::MIN, |day| day.timestamp())
}

/// When the first of so many days began, of which today is the last.
pub fn days_before(now: &Zoned, days: u16) -> Timestamp {
    let before = now.checked_sub((i64::from(days) - 1).days());
    before.map_or(Timestamp::MIN, |first| start_of_day(&first))
}

/// How a number moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// By how much; 0 if it is what it was.
    pub by: i64,
    /// When the number it is compared with was confirmed: on a Monday that may be Friday.
    pub since: Timestamp,
}

impl Change {
    /// From an older sample to a newer one.
    pub fn between(old: Sample, new: Sample) -> Self {
        let by = i128::from(new.value) - i128::from(old.value);
        Self { by: by.clamp(i64::MIN.into(), i64::MAX.into()).try_into().expect("it was clamped"), since: old.at }
    }

    /// How the number moved since a moment: the start of today, or the last visit. `None` if nothing
    /// was counted before it, or nothing since: then nobody knows.
    pub fn since(samples: &[Sample], moment: Timestamp) -> Option<Self> {
        let (before, since) = samples.split_at(samples.partition_point(|sample| sample.at < moment));
        Some(Self::between(*before.last()?, *since.last()?))
    }
}

/// How far back a chart goes. Today is its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// 30 days, at most a point an hour: as many as a chart has pixels.
    Month,
    /// 90 days, at most a point a day.
    Quarter,
    /// 365 days, at most a point a day.
    Year,
}

impl Reach {
    /// When its first day begins.
    pub fn since(self, now: &Zoned) -> Timestamp {
        days_before(
            now,
            match self {
                Self::Month => 30,
                Self::Quarter => 90,
                Self::Year => 365,
            },
        )
    }

    /// Its points, of samples in the order of time.
    pub fn points(self, samples: &[Sample], zone: &TimeZone) -> Vec<Sample> {
        let grain = match self {
            Self::Month => Grain::Hour,
            Self::Quarter | Self::Year => Grain::Day,
        };
        let is_last = |(index, sample): &(usize, &Sample)| {
            let next = samples.get(index + 1);
            next.is_none_or(|next| !grain.slot(&sample.at.to_zoned(zone.clone())).contains(&next.at))
        };
        samples.iter().enumerate().filter(is_last).map(|(_, sample)| *sample).collect()
    }
}

/// A table for spreadsheets (RFC 4180): a line a sample, times in UTC.
pub fn csv(series: &Series) -> String {
    let mut text = "count,time,value\r\n".to_owned();
    for (count, samples) in series {
        let count = field(count);
        for Sample { at, value } in samples {
            write!(text, "{count},{at},{value}\r\n").expect("a string takes all");
        }
    }
    text
}

/// A field as RFC 4180 §2 has it: quoted where it must be, quotes doubled. An id of a person's own
/// definition may begin as a formula does; the apostrophe keeps a spreadsheet from working it out.
fn field(text: &str) -> String {
    let text = &if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A moment in a zone nine hours ahead, where no day is like one in UTC.
    fn zoned(text: &str) -> Zoned {
        format!("{text}[Asia/Tokyo]").parse().unwrap()
    }

    fn at(text: &str) -> Timestamp {
        zoned(text).timestamp()
    }

    fn sample(text: &str, value: u64) -> Sample {
        Sample { at: at(text), value }
    }

    #[test]
    fn a_day_is_the_persons_own() {
        let slot = Grain::Day.slot(&zoned("2026-03-04T08:30:00.5"));
        assert_eq!(slot, at("2026-03-04T00:00:00")..at("2026-03-05T00:00:00"));
    }

    #[test]
    fn a_day_of_a_changed_clock_is_as_long_as_it_is() {
        let slot = Grain::Day.slot(&"2026-03-29T12:00:00[Europe/Berlin]".parse().unwrap());
        assert_eq!(slot.end.duration_since(slot.start), SignedDuration::from_hours(23));
    }

    #[test]
    fn hours_and_seconds_hold_their_first_moment_and_not_their_last() {
        for moment in ["2026-03-04T08:00:00", "2026-03-04T08:59:59.9"] {
            assert_eq!(Grain::Hour.slot(&zoned(moment)), at("2026-03-04T08:00:00")..at("2026-03-04T09:00:00"));
        }
        let second = Grain::Every.slot(&zoned("2026-03-04T08:30:00.5"));
        assert_eq!(second, at("2026-03-04T08:30:00")..at("2026-03-04T08:30:01"));
    }

    #[test]
    fn the_ends_of_time_have_their_slots() {
        for moment in [Timestamp::MIN, Timestamp::MAX] {
            for grain in Grain::ALL {
                assert!(grain.slot(&moment.to_zoned(TimeZone::UTC)).contains(&whole_seconds(moment)), "{grain:?}");
            }
        }
    }

    #[test]
    fn a_change_compares_with_how_it_stood_before() {
        let samples = [
            sample("2026-03-02T18:00:00", 7),
            sample("2026-03-03T23:59:59", 9),
            sample("2026-03-04T00:00:00", 1),
            sample("2026-03-04T08:00:00", 4),
        ];
        let today = start_of_day(&zoned("2026-03-04T08:00:01"));
        assert_eq!(Change::since(&samples, today), Some(Change { by: -5, since: at("2026-03-03T23:59:59") }));
        assert_eq!(Change::since(&samples[..2], today), None, "nothing was counted today");
        assert_eq!(Change::since(&samples[2..], today), None, "nothing was counted before");
        assert_eq!(Change::since(&[], today), None);
    }

    #[test]
    fn a_change_too_large_to_write_is_the_largest() {
        let (none, all) = (sample("2026-03-02T18:00:00", 0), sample("2026-03-02T18:00:00", u64::MAX));
        assert_eq!((Change::between(none, all).by, Change::between(all, none).by), (i64::MAX, i64::MIN));
    }

    #[test]
    fn a_month_ends_today_and_has_thirty_days() {
        let now = zoned("2026-03-30T08:00:00");
        assert_eq!(Reach::Month.since(&now), at("2026-03-01T00:00:00"));
        assert_eq!(Reach::Quarter.since(&now), at("2025-12-31T00:00:00"));
        assert_eq!(Reach::Year.since(&now), at("2025-03-31T00:00:00"));
    }

    #[test]
    fn a_chart_shows_the_last_of_each_hour_or_day() {
        let samples = [
            sample("2026-03-03T23:10:00", 1),
            sample("2026-03-03T23:59:00", 2),
            sample("2026-03-04T00:00:00", 3),
            sample("2026-03-04T01:00:00", 4),
        ];
        let shown = |reach: Reach| -> Vec<u64> {
            reach.points(&samples, zoned("2026-03-04T08:00:00").time_zone()).iter().map(|point| point.value).collect()
        };
        assert_eq!(shown(Reach::Month), [2, 3, 4]);
        assert_eq!(shown(Reach::Quarter), [2, 4]);
        assert_eq!(shown(Reach::Year), [2, 4]);
    }

    #[test]
    fn a_table_quotes_only_what_must_be_quoted() {
        let samples = vec![sample("2026-03-04T08:30:00", 12)];
        let ids = ["a b", "over,due", "\"mine\"", "two\nlines", "=1+1"];
        let series = ids.iter().map(|id| ((*id).to_owned(), samples.clone())).collect();
        let lines = "\"\"\"mine\"\"\",2026-03-03T23:30:00Z,12\r\n'=1+1,2026-03-03T23:30:00Z,12\r\na b,2026-03-03T23:30:00Z,12\r\n\
                     \"over,due\",2026-03-03T23:30:00Z,12\r\n\"two\nlines\",2026-03-03T23:30:00Z,12\r\n";
        assert_eq!(csv(&series), format!("count,time,value\r\n{lines}"));
        assert_eq!(csv(&Series::new()), "count,time,value\r\n");
    }
}
