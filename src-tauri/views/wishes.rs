//! What the page may see and set of a person's wishes for counts.

use serde::{Deserialize, Serialize};

use super::definitions::{ItemView, Text};

/// What a person can make counts of their own from.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct OwnCountsView {
    /// From queries saved at the site.
    pub saved: bool,
    /// From a filter typed in.
    pub filter: bool,
    /// An example of a filter; empty where none can be typed.
    pub hint: Text,
}

/// All wishes for the counts of one site.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct CountsSetup {
    /// In the order in which they are shown.
    pub wishes: Vec<CountWish>,
    pub own: Vec<OwnCount>,
}

/// What a person wishes of one count.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct CountWish {
    pub id: String,
    pub hidden: bool,
    /// The number from which on it is a warning.
    pub warn: Option<u32>,
    /// Whether a rise is told.
    pub notify: bool,
}

/// A count that a person made; exactly one of `filter` and `saved` is there.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct OwnCount {
    /// `own-` and lower-case letters, digits or hyphens; never that of another count, gone or not.
    pub id: String,
    pub label: String,
    /// As it was typed.
    pub filter: Option<String>,
    /// The query that was saved at the site.
    pub saved: Option<ItemView>,
}
