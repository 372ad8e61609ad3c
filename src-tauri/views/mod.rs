//! What the page may see. No field here can hold a secret: a [`Secret`](tallykey_core::Secret)
//! does not implement `Serialize`, so it cannot be put here by mistake.
//!
//! `./dev types` writes these types to `ui/src/bridge/types.ts`.

mod connections;
mod counting;
mod definitions;
mod going;
mod keeping;
mod network;
mod setup;
mod wishes;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tallykey_core::ErrorCode;
use tallykey_core::model::settings::Settings;
use tallykey_core::model::site::Redirect;

pub use self::connections::{AtProvider, AttemptView, ConnectedView, GivenEnd, RevocationView};
pub use self::counting::{
    ActivityView, ChangeView, CountWishView, DayView, HistoryView, LeftView, PaceView, PointView, ProgressView, Reach,
    SeriesView, TrendView,
};
pub use self::definitions::{
    ApplicationView, BrokenView, BudgetView, ChoiceView, ChosenView, CountLabelView, Ends, Evidence, InputKind,
    InputView, ItemView, OfferView, OtherPersonView, Period, ProviderView, ReceiverView, ScopeView, Text,
};
pub use self::going::Goto;
pub use self::keeping::{ClipboardEnd, ClipboardView, StoreKind, StoreView, VaultState};
pub use self::network::{AuthorityView, TrustedView};
pub use self::setup::{DoctorLine, Health, ImportedSite, SiteSetup, TestView};
pub use self::wishes::{CountWish, CountsSetup, OwnCount, OwnCountsView};

/// Everything the window shows, sent whole on every change.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// In the order they were added.
    pub sites: Vec<SiteView>,
    pub providers: Vec<ProviderView>,
    pub store: StoreView,
    /// What Tallykey put on the clipboard and has not cleared yet.
    pub clipboard: Option<ClipboardView>,
    pub settings: Settings,
    /// The attempt that waits for an answer, if any.
    pub attempt: Option<AttemptView>,
    /// Somebody else than before signed in, and the person has not said yet what to do.
    pub other_person: Option<OtherPersonView>,
    /// Seconds by which this computer's clock is ahead of the servers' (negative: behind), if it is wrong.
    pub clock_ahead: Option<i32>,
    /// Files of the person's own that cannot be used.
    pub broken_definitions: Vec<BrokenView>,
    /// The folder for the person's own definitions.
    pub definitions_folder: String,
    /// Why there is no history, or that an old one was set aside.
    pub history_trouble: Option<ErrorView>,
    /// RFC 3339. When the next site is asked by itself.
    pub next_round_at: Option<String>,
    /// RFC 3339. Until when nothing is asked by itself, as the person wished.
    pub paused_until: Option<String>,
}

/// One account at one instance of a provider.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct SiteView {
    pub id: String,
    pub name: String,
    /// The provider's id.
    pub provider: String,
    /// Host and path as a person would write them, e.g. `tracker.example.com/redmine`.
    pub host: String,
    pub state: SiteState,
    pub identity: Option<IdentityView>,
    /// Why nothing can be done with the site: its definition is missing or not accepted.
    pub problem: Option<ErrorView>,
    /// How the answer of a sign-in comes back.
    pub redirect: Redirect,
    /// Choices of the provider, with what was chosen; empty where that is still open.
    pub choices: Vec<ChosenView>,
    /// Why counts are old or signing in is needed. The counts stay.
    pub trouble: Option<TroubleView>,
    pub token: Option<TokenView>,
    /// Access tokens that were given away, newest first.
    pub given: Vec<GivenView>,
    /// In the person's order, hidden ones too; `value` is the last number the server confirmed.
    pub counts: Vec<CountView>,
    /// RFC 3339. When the counts were confirmed.
    pub counted_at: Option<String>,
    /// RFC 3339. When the present connection was made.
    pub connected_at: Option<String>,
    pub busy: Option<Busy>,
    /// While its counts are asked for.
    pub progress: Option<ProgressView>,
    pub pace: PaceView,
    pub trend: Option<TrendView>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum SiteState {
    NotConnected,
    Connected,
    NeedsSignIn,
    /// Revoked here, not yet confirmed by the server; tried again by itself.
    RevokePending,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum Busy {
    /// Its turn to be counted comes.
    Waiting,
    Counting,
    Revoking,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct IdentityView {
    pub id: String,
    /// Login or name.
    pub text: String,
}

/// A token as it may be shown: never the token.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct TokenView {
    /// The last four characters.
    pub tail: String,
    /// RFC 3339; absent when the server does not say.
    pub expires_at: Option<String>,
    /// Seconds it lives in all; absent when the server does not say.
    pub seconds: Option<u32>,
    pub scopes: Vec<String>,
    /// Scopes that were asked for and not granted.
    pub missing_scopes: Vec<String>,
}

/// An access token that was copied or handed to a script.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct GivenView {
    /// RFC 3339. When it was given for the last time.
    pub at: String,
    /// How often.
    pub times: u32,
    /// Its last four characters.
    pub tail: String,
    /// RFC 3339. When it runs out, when known.
    pub until: Option<String>,
    pub scopes: Vec<String>,
    /// RFC 3339. When it was replaced or revoked before that.
    pub over_at: Option<String>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct TroubleView {
    pub error: ErrorView,
    /// RFC 3339.
    pub since: String,
    /// RFC 3339. When the server allows the next try.
    pub until: Option<String>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct CountView {
    pub id: String,
    pub label: Text,
    pub value: Option<u32>,
    /// Why there is no number.
    pub error: Option<ErrorCode>,
    /// Since yesterday.
    pub day: Option<ChangeView>,
    /// Since the person last looked.
    pub visit: Option<ChangeView>,
    pub wish: CountWishView,
}

/// One answer of a look at an address before a site is added.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct CheckView {
    /// `reach`, then the ids of the provider's own checks (`product`, `oauth`, ...).
    pub id: String,
    pub label: Text,
    pub milliseconds: u32,
    /// Absent when it passed.
    pub error: Option<ErrorView>,
}

/// What a person filled in to add a site.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct NewSite {
    pub provider: String,
    pub name: String,
    pub inputs: BTreeMap<String, String>,
    /// The kind of application; the usual one where absent.
    pub application: Option<String>,
    /// How the answer comes back; the application's best way where absent.
    pub redirect: Option<Redirect>,
    pub client_id: String,
    /// Goes to the keychain and never comes back.
    pub client_secret: Option<String>,
    /// What to ask for; the provider's own list where absent.
    #[cfg_attr(test, ts(optional))]
    pub scopes: Option<Vec<String>>,
    /// The fingerprint of a certificate that was kept to be trusted for it.
    #[cfg_attr(test, ts(optional))]
    pub authority: Option<String>,
}

/// A page the window may ask the browser to open. The address is built in Rust.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Page {
    /// The site's own start page.
    Home { site: String },
    /// The list behind a count.
    Count { site: String, count: String },
    /// Where a person ends connections by hand.
    Revoke { site: String },
    /// A page of the vendor that a definition was made from.
    Docs { provider: String, index: usize },
    /// The folder for the person's own definitions.
    Definitions,
    /// Where an administrator registers the application, before the site exists.
    Register { provider: String, inputs: BTreeMap<String, String> },
}

/// An error as the page gets it: a code and the words its sentence needs.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ErrorView {
    pub code: ErrorCode,
    pub site: Option<String>,
    pub host: Option<String>,
    /// The server's or the system's own words: shown small, as text.
    pub detail: Option<String>,
}
