//! How counts went, and what was done.

use tallykey_core::model::activity::Activity;
use tallykey_core::model::history::{self, Change, Sample, Series};
use tallykey_core::model::past::Past;

use super::text;
use crate::views::{
    ActivityView, ChangeView, CountView, DayView, HistoryView, PointView, Reach, SeriesView, TrendView,
};

/// A page cannot hold more; no tracker has four billion issues.
pub(super) fn number(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// The trend of the first count that is shown.
pub(super) fn trend_view(past: &Past, counts: &[CountView]) -> Option<TrendView> {
    let count = &counts.iter().find(|count| !count.wish.hidden)?.id;
    let day = |(day, value): (jiff::civil::Date, u64)| DayView { day: day.to_string(), value: number(value) };
    let days: Vec<DayView> = past.days(count).map(day).collect();
    (!days.is_empty()).then(|| TrendView { count: count.clone(), days })
}

impl From<Change> for ChangeView {
    fn from(change: Change) -> Self {
        let by = i32::try_from(change.by.clamp(i32::MIN.into(), i32::MAX.into())).expect("it was clamped");
        Self { by, since: text(change.since) }
    }
}

impl From<Reach> for history::Reach {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::Month => Self::Month,
            Reach::Quarter => Self::Quarter,
            Reach::Year => Self::Year,
        }
    }
}

impl From<Series> for HistoryView {
    fn from(series: Series) -> Self {
        let point = |sample: &Sample| PointView { at: text(sample.at), value: number(sample.value) };
        let line =
            |(count, samples): (String, Vec<Sample>)| SeriesView { count, points: samples.iter().map(point).collect() };
        Self { series: series.into_iter().map(line).collect() }
    }
}

impl From<Activity> for ActivityView {
    fn from(activity: Activity) -> Self {
        Self { at: text(activity.at), what: activity.what, word: activity.word, code: activity.code }
    }
}
