//! What a person chose for the window.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::proxy::Proxy;

/// Choices for the window, and the way out for the terminal too. Kept in `settings.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[serde(default, rename_all = "camelCase")]
pub struct Settings {
    /// Language of the window.
    pub language: ShownLanguage,
    /// Light or dark.
    pub theme: Theme,
    /// Height of the rows in the list.
    pub rows: RowHeight,
    /// Minutes between two rounds of a site, if the site has no interval of its own.
    pub refresh_minutes: u16,
    /// Seconds after which a copied token leaves the clipboard.
    pub clear_seconds: u16,
    /// What is shown in the tray.
    pub tray: Tray,
    /// Whether closing the window leaves the program in the tray.
    pub close_to_tray: bool,
    /// Whether the program starts when the person logs in.
    pub launch_at_login: bool,
    /// Whether the desktop tells that a site needs a new sign-in, or that a revocation was confirmed.
    pub notify: bool,
    /// What requests go through: `system`, `none` or an address.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub proxy: Proxy,
    /// Where secrets are kept. Changed by moving them, and by nothing else.
    pub secrets: Place,
}

/// Issues change by the hour; five minutes keeps numbers honest without being felt by a server.
const REFRESH_MINUTES: u16 = 5;
/// Long enough to change to another window and paste, twice.
const CLEAR_SECONDS: u16 = 45;
/// Sooner, nobody has pasted yet; later, the token may as well lie in a file.
const CLEAR_WITHIN: (u16, u16) = (10, 600);

impl Settings {
    /// How long a copied token stays on the clipboard, whatever the file says.
    pub fn clipboard_life(&self) -> Duration {
        let (least, most) = CLEAR_WITHIN;
        Duration::from_secs(self.clear_seconds.clamp(least, most).into())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: ShownLanguage::default(),
            theme: Theme::default(),
            rows: RowHeight::default(),
            refresh_minutes: REFRESH_MINUTES,
            clear_seconds: CLEAR_SECONDS,
            tray: Tray::default(),
            close_to_tray: true,
            launch_at_login: false,
            notify: false,
            proxy: Proxy::default(),
            secrets: Place::default(),
        }
    }
}

/// Where secrets are kept from one run to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// The operating system's keychain.
    #[default]
    Keychain,
    /// The encrypted file.
    Vault,
}

/// Height of the rows in the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum RowHeight {
    /// By the number of sites.
    #[default]
    Auto,
    /// With the health line.
    Tall,
    /// Name over host.
    Regular,
    /// One line.
    Line,
}

/// What is shown in the tray.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum Tray {
    /// Nothing.
    Hidden,
    /// The icon.
    Icon,
    /// The icon with the number of assigned issues, where the desktop shows one.
    #[default]
    Count,
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
    /// German.
    De,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leaves_the_clipboard_in_ten_seconds_to_ten_minutes() {
        for (seconds, life) in [(0, 10), (9, 10), (45, 45), (600, 600), (u16::MAX, 600)] {
            let settings = Settings { clear_seconds: seconds, ..Settings::default() };
            assert_eq!(settings.clipboard_life(), Duration::from_secs(life));
        }
    }
}
