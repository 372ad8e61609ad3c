//! What the page may see of certificates.

use serde::Serialize;

/// A certificate. Nothing of it is secret.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct AuthorityView {
    /// SHA-256 in hexadecimal digits: its name.
    pub fingerprint: String,
    /// Whose it is, in its own words.
    pub subject: String,
    /// RFC 3339.
    pub until: String,
    /// Whether it vouches for others; else it is a server's own, and trusted as that alone.
    pub is_authority: bool,
    /// How many certificates the file had behind it, which are not used.
    pub more: u32,
}

/// A certificate that is kept, and what it is trusted for.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct TrustedView {
    pub fingerprint: String,
    /// Absent when its file is missing or is another.
    pub authority: Option<AuthorityView>,
    /// The names of the sites.
    pub sites: Vec<String>,
    /// Their ids, in the same order.
    pub ids: Vec<String>,
}
