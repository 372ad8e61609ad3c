//! What the page may see of how a connection begins and ends.

use serde::Serialize;
use tallykey_core::model::site::Redirect;

use super::{ErrorView, SiteView};

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
