//! What the page may see of where secrets are: the store, and the clipboard with a copied token.

use serde::{Deserialize, Serialize};
use tallykey_core::{CopyFormat, ErrorCode};

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
