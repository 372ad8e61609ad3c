//! What the page may see of counts over time: how they went, when they are asked for again.

use serde::{Deserialize, Serialize};
use tallykey_core::ErrorCode;
use tallykey_core::model::activity::ActivityKind;

/// What a person wants to be told of one count, and how it went.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct CountWishView {
    /// The person does not want to see it.
    pub hidden: bool,
    /// The number from which on it is a warning.
    pub warn: Option<u32>,
    /// Whether a rise is told.
    pub notify: bool,
    /// Whether the person made it.
    pub own: bool,
}

/// How a number moved.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ChangeView {
    pub by: i32,
    /// RFC 3339. When the number it is compared with was confirmed.
    pub since: String,
}

/// The last thirty days of the first count that is shown; days nobody counted on are left out.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct TrendView {
    /// The count's id.
    pub count: String,
    pub days: Vec<DayView>,
}

/// How a day ended; today, how it stands.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct DayView {
    /// `YYYY-MM-DD`, the person's own.
    pub day: String,
    pub value: u32,
}

/// How far back a chart goes; today is its last day.
#[derive(Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum Reach {
    Month,
    Quarter,
    Year,
}

/// The chart of a site: a line for each count anything is kept of.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct HistoryView {
    pub series: Vec<SeriesView>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct SeriesView {
    /// The count's id.
    pub count: String,
    /// In the order of time; the last of each hour of a month, of each day of more.
    pub points: Vec<PointView>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct PointView {
    /// RFC 3339. When it was confirmed.
    pub at: String,
    pub value: u32,
}

/// Something that was done with a site.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ActivityView {
    /// RFC 3339. Of trouble: when it began.
    pub at: String,
    pub what: ActivityKind,
    /// A login (connected), a copy format's id (copied) or how far it went (revoked).
    pub word: Option<String>,
    /// What the trouble was.
    pub code: Option<ErrorCode>,
}

/// When a site is asked again.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct PaceView {
    /// The site's own interval; as the settings say where absent, and 0 for "only when I ask".
    pub minutes: Option<u16>,
    /// RFC 3339. When it is asked next by itself; absent where it is not.
    pub next_at: Option<String>,
    /// What is left of the calls its provider grants, scarcest first.
    pub left: Vec<LeftView>,
}

/// What is left of the calls a provider grants.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct LeftView {
    pub calls: u32,
    pub of: u32,
    /// RFC 3339. When there are all again.
    pub until: String,
}

/// How far a site's round has come, in counts.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ProgressView {
    pub done: u32,
    pub of: u32,
}
