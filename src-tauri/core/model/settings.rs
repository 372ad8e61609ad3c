//! What a person chose for the window.

use serde::{Deserialize, Serialize};

/// Choices for the window. Kept in `settings.toml`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[serde(default, rename_all = "camelCase")]
pub struct Settings {
    /// Language of the window.
    pub language: ShownLanguage,
    /// Light or dark.
    pub theme: Theme,
}

/// Language of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[cfg_attr(feature = "ts", ts(rename = "Language"))]
#[serde(rename_all = "camelCase")]
pub enum ShownLanguage {
    /// As the system is set.
    #[default]
    System,
    /// English.
    En,
    /// Japanese.
    Ja,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
}
