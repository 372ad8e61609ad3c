//! What the page may see. No field here can hold a secret: a [`Secret`](tallykey_core::Secret)
//! does not implement `Serialize`, so it cannot be put here by mistake.
//!
//! `./dev types` writes these types to `ui/src/bridge/types.ts`.

mod counting;
mod definitions;
mod going;
mod network;
mod setup;
mod wishes;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tallykey_core::model::settings::Settings;
use tallykey_core::model::site::Redirect;
use tallykey_core::{CopyFormat, ErrorCode};

pub use self::counting::{
    ActivityView, ChangeView, CountWishView, DayView, HistoryView, LeftView, PaceView, PointView, ProgressView, Reach,
    SeriesView, TrendView,
};
pub use self::definitions::{
    ApplicationView, BrokenView, BudgetView, ChoiceView, ChosenView, CountLabelView, Ends, Evidence, InputKind,
    InputView, ItemView, OfferView, OtherPersonView, Period, ProviderView, ReceiverView, ScopeView, Text,
};
pub use self::going::Goto;
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

/// Where secrets live, and whether that place can be used now.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct StoreView {
    pub kind: StoreKind,
    /// The system's own name for it, e.g. "GNOME Keyring"; empty for what is no keychain.
    pub name: String,
    /// Absent when it can be used.
    pub error: Option<ErrorCode>,
    /// The encrypted file, in use or not.
    pub vault: VaultState,
}

/// How the encrypted file stands.
#[derive(Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum VaultState {
    /// None was made.
    Missing,
    Locked,
    Open,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum StoreKind {
    Keychain,
    /// An encrypted file that asks for a passphrase.
    Vault,
    /// Kept until the program ends.
    Memory,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ClipboardView {
    pub site: String,
    pub site_name: String,
    pub format: CopyFormat,
    pub tail: String,
    /// RFC 3339; absent when the token has no known end.
    pub token_until: Option<String>,
    /// RFC 3339. When the clipboard is cleared.
    pub clears_at: String,
    /// Seconds the countdown started with.
    pub seconds: u32,
}

/// How a copied token left the clipboard: the event `clipboard-cleared`.
#[derive(Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum ClipboardEnd {
    Cleared,
    /// The clipboard held something else, which was left alone.
    Replaced,
    /// The desktop did not let us clear it.
    Failed,
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

/// An attempt to connect that waits for its answer.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct AttemptView {
    pub id: String,
    pub site: String,
    /// RFC 3339.
    pub ends_at: String,
    /// Seconds the whole attempt may take.
    pub seconds: u32,
    /// Why the browser did not open; the link can be copied instead.
    pub not_opened: Option<ErrorView>,
    /// How the answer comes back.
    pub redirect: Redirect,
    /// Whether it comes by itself; it may be pasted all the same.
    pub listens: bool,
    /// Why it does not come back as it was wanted to.
    pub instead_of: Option<ErrorView>,
    /// All ways the provider allows.
    pub ways: Vec<Redirect>,
    /// The page's address the browser is sent back to, as it was registered.
    pub redirect_line: String,
}

/// A finished connect.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ConnectedView {
    pub site: SiteView,
    /// The connection works but could not be saved: why.
    pub unsaved: Option<ErrorView>,
    /// The last characters of copied tokens that this sign-in ended.
    pub ended: Vec<String>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct RevocationView {
    pub at_provider: AtProvider,
    /// RFC 3339.
    pub at: String,
    /// HTTP status of the request to revoke.
    pub status: Option<u16>,
    /// HTTP status with which the server refused the token afterwards.
    pub refused_with: Option<u16>,
    /// Whether the secrets left the store; otherwise they are kept for the retry.
    pub forgotten_here: bool,
    /// Whether the provider has a page on which a person can check or do it.
    pub has_page: bool,
}

/// What the server says to a token that was given away and ended.
#[derive(Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum GivenEnd {
    Refused,
    Accepted,
    /// It could not be asked.
    Unseen,
}

#[derive(Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum AtProvider {
    Confirmed,
    AlreadyGone,
    /// The provider has no way for an application to revoke.
    Unsupported,
    /// The access token was ended; the refresh token only a person can end.
    AccessOnly,
    /// Not reached; tried again by itself.
    UnreachableQueued,
    /// The server agreed and still accepts the token.
    StillAccepted,
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
