//! The history of counts: what is kept, and what is told of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use tallykey_core::adapters::history_file::History;
use tallykey_core::model::history::{Sample, Series, csv};
use tallykey_core::model::site::SiteId;

use crate::support::{Kept, moment};

fn sample(at: &Zoned, value: u64) -> Sample {
    Sample { at: at.timestamp(), value }
}

#[test]
fn what_was_recorded_reads_back_after_a_restart() {
    let kept = Kept::new();
    let (then, now) = (moment("2026-03-04T08:30:00"), moment("2026-03-04T08:35:00"));
    kept.history.record(kept.site, None, &then, &[("open", 3), ("overdue", 0)]).unwrap();
    kept.history.record(kept.site, None, &now, &[("open", 5)]).unwrap();

    let (again, told) = History::open(&kept.folders);

    assert_eq!(told, None);
    let named = |count: &str, samples: &[Sample]| (count.to_owned(), samples.to_vec());
    let all = again.all(kept.site, Timestamp::MIN).unwrap();
    let (open, overdue) = ([sample(&then, 3), sample(&now, 5)], [sample(&then, 0)]);
    assert_eq!(all, Series::from([named("open", &open), named("overdue", &overdue)]));
    assert_eq!(again.all(kept.site, now.timestamp()).unwrap(), Series::from([named("open", &open[1..])]));
    assert_eq!(again.all(SiteId::random(), Timestamp::MIN).unwrap(), Series::new());
}

#[test]
fn a_moment_recorded_twice_has_its_last_number() {
    let kept = Kept::new();
    kept.record(&moment("2026-03-04T08:30:00.2"), 3);
    kept.record(&moment("2026-03-04T08:30:00.9"), 4);
    assert_eq!(kept.values(), [4]);
}

#[test]
fn a_number_too_large_to_write_is_the_largest() {
    let kept = Kept::new();
    kept.record(&moment("2026-03-04T08:30:00"), u64::MAX);
    assert_eq!(kept.values(), [i64::MAX.unsigned_abs()]);
}

#[test]
fn an_older_sample_that_comes_late_takes_no_newer_ones_place() {
    let kept = Kept::new();
    kept.record(&moment("2026-01-04T08:50:00"), 50);
    kept.record(&moment("2026-01-04T08:20:00"), 20);
    assert_eq!(kept.values(), [20, 50]);
    kept.record(&moment("2026-03-04T08:00:00"), 1);
    assert_eq!(kept.values(), [50, 1], "the last of its hour");
    kept.record(&moment("2026-06-04T08:00:00"), 2);
    assert_eq!(kept.values(), [50, 1, 2], "and of its day");
}

#[test]
fn after_exactly_two_days_only_the_last_of_an_hour_is_kept() {
    let kept = Kept::new();
    let now = moment("2026-03-04T11:30:00");
    for (time, value) in [("11:00:00", 1), ("11:29:59", 2), ("11:30:00", 3), ("11:59:59", 4), ("12:00:00", 5)] {
        kept.record(&moment(&format!("2026-03-02T{time}")), value);
    }
    kept.record(&(&now - 1.second()), 6);
    assert_eq!(kept.values(), [2, 3, 4, 5, 6]);
    kept.record(&now, 7);
    assert_eq!(kept.values(), [3, 4, 5, 6, 7]);
    kept.record(&(&now + 1.second()), 8);
    assert_eq!(kept.values(), [4, 5, 6, 7, 8]);
}

#[test]
fn after_exactly_sixty_days_only_the_last_of_a_day_is_kept() {
    let kept = Kept::new();
    let now = moment("2026-05-03T10:30:00");
    for (time, value) in [("09:00:00", 1), ("10:30:00", 2), ("23:59:59", 3)] {
        kept.record(&moment(&format!("2026-03-04T{time}")), value);
    }
    kept.record(&moment("2026-03-05T00:00:00"), 4);
    kept.record(&moment("2026-03-05T00:59:59"), 5);
    kept.record(&now, 6);
    assert_eq!(kept.values(), [2, 3, 5, 6]);
    kept.record(&(&now + 1.second()), 7);
    assert_eq!(kept.values(), [3, 5, 6, 7]);
}

#[test]
fn what_is_kept_is_what_the_rules_say() {
    let kept = Kept::new();
    let start = moment("2026-01-01T00:00:00");
    let samples: Vec<Sample> =
        (0..2000).map(|round: i64| sample(&(&start + (round * 53).minutes()), round.unsigned_abs())).collect();
    for Sample { at, value } in &samples {
        kept.record(&at.to_zoned(start.time_zone().clone()), *value);
    }

    let (now, zone) = (samples[1999].at, start.time_zone());
    let is_in_last = |hours, sample: &Sample| now.duration_since(sample.at) <= SignedDuration::from_hours(hours);
    // A later sample of the same hour or day takes the place of the one before.
    let last_of = |form: &str| -> BTreeSet<u64> {
        let slots =
            samples.iter().map(|sample| (sample.at.to_zoned(zone.clone()).strftime(form).to_string(), sample.value));
        slots.collect::<BTreeMap<_, _>>().into_values().collect()
    };
    let (of_hours, of_days) = (last_of("%F %H"), last_of("%F"));
    let is_kept = |sample: &&Sample| {
        is_in_last(48, sample)
            || is_in_last(60 * 24, sample) && of_hours.contains(&sample.value)
            || of_days.contains(&sample.value)
    };
    let expected: Vec<Sample> = samples.iter().filter(is_kept).copied().collect();
    assert_eq!(kept.samples("open"), expected);
}

#[test]
fn how_a_count_stood_at_a_moment_is_found_in_every_grain() {
    let kept = Kept::new();
    let other = SiteId::random();
    kept.history.record(other, None, &moment("2026-03-03T09:00:00"), &[("mine", 1)]).unwrap();
    let recorded = ["2025-12-01T09:00:00", "2026-02-27T17:00:00", "2026-03-04T06:10:00", "2026-03-04T08:00:00"];
    let recorded = recorded.map(moment);
    for (at, value) in recorded.iter().zip(1..) {
        kept.record(at, value);
    }
    kept.record(&moment("2026-03-04T08:20:00"), 5);

    let stood = |at: &str| {
        let mut stood = kept.history.standing(moment(at).timestamp()).unwrap();
        stood.remove(&kept.site).and_then(|mut counts| counts.remove("open"))
    };
    assert_eq!(stood("2026-03-04T08:20:00"), Some(sample(&recorded[3], 4)), "what is so old only is not before it");
    assert_eq!(stood("2026-03-04T08:00:00"), Some(sample(&recorded[2], 3)));
    assert_eq!(stood("2026-03-04T06:10:00"), Some(sample(&recorded[1], 2)));
    assert_eq!(stood("2026-02-27T17:00:00"), None, "nobody counted for months");
    assert_eq!(stood("2025-12-01T09:00:00"), None, "nothing was counted before");
    let all = kept.history.standing(moment("2026-03-04T09:00:00").timestamp()).unwrap();
    assert_eq!((all[&kept.site]["open"].value, all[&other]["mine"].value), (5, 1));
}

#[test]
fn a_sparkline_has_the_last_of_each_day_of_thirty() {
    let kept = Kept::new();
    let other = SiteId::random();
    for (time, value) in [("03-01T23:59:59", 1), ("03-02T00:00:00", 2), ("03-02T08:00:00", 3), ("03-31T09:00:00", 4)] {
        kept.history
            .record(kept.site, None, &moment(&format!("2026-{time}")), &[("open", value), ("mine", 0)])
            .unwrap();
    }
    kept.history.record(other, None, &moment("2026-03-30T09:00:00"), &[("open", 7)]).unwrap();

    let lines = kept.history.sparklines(&moment("2026-03-31T10:00:00")).unwrap();

    let values =
        |site: SiteId, count: &str| -> Vec<u64> { lines[&site][count].iter().map(|sample| sample.value).collect() };
    assert_eq!((values(kept.site, "open"), values(kept.site, "mine")), (vec![3, 4], vec![0, 0]));
    assert_eq!((values(other, "open"), lines[&other].len(), lines.len()), (vec![7], 1, 2));
}

#[test]
fn what_a_clock_that_was_ahead_left_is_not_shown() {
    let kept = Kept::new();
    kept.record(&moment("2026-04-09T09:00:00"), 9);
    let now = moment("2026-03-01T09:00:00");
    kept.record(&now, 3);
    assert_eq!(kept.history.sparklines(&now).unwrap()[&kept.site]["open"], [sample(&now, 3)]);
}

#[test]
fn a_table_has_each_sample_once_and_of_one_site_only() {
    let kept = Kept::new();
    let now = moment("2026-03-04T09:00:00");
    kept.history.record(kept.site, None, &now, &[("open", 4), ("mine, too", 1)]).unwrap();
    kept.record(&moment("2026-03-04T09:05:00"), 5);
    kept.history.record(SiteId::random(), None, &now, &[("open", 9)]).unwrap();

    let table = csv(&kept.history.all(kept.site, Timestamp::MIN).unwrap());

    let lines: BTreeSet<&str> = table.split("\r\n").collect();
    let expected = [
        "",
        "count,time,value",
        "\"mine, too\",2026-03-04T00:00:00Z,1",
        "open,2026-03-04T00:00:00Z,4",
        "open,2026-03-04T00:05:00Z,5",
    ];
    assert_eq!((lines, table.lines().count()), (expected.into(), 4));
}

#[test]
fn a_removed_site_leaves_nothing() {
    let kept = Kept::new();
    let other = SiteId::random();
    let now = moment("2026-03-04T09:00:00");
    kept.record(&now, 4);
    kept.history.record(other, None, &now, &[("open", 9)]).unwrap();

    kept.history.remove(kept.site).unwrap();

    assert!(kept.values().is_empty());
    assert_eq!(kept.history.sparklines(&now).unwrap().into_keys().collect::<Vec<_>>(), [other]);
    kept.record(&now, 1);
    assert_eq!(kept.values(), [1]);
    kept.history.remove(SiteId::random()).unwrap();
}
