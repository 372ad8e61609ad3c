//! Where the page is asked to go by what is around it: the event `go`.

use serde::Serialize;

use super::{ErrorView, ImportedSite};

/// A place in the window.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Goto {
    Site {
        site: String,
    },
    Settings,
    /// The encrypted file waits for its passphrase.
    Unlock,
    AddSite,
    /// The dialog that signs in; nothing is opened before the person says so.
    Connect {
        site: String,
    },
    /// Sites somebody passed on; nothing is added before the person says so.
    Import {
        sites: Vec<ImportedSite>,
    },
    About,
    /// What was asked for outside the window did not work.
    Refused {
        site: Option<String>,
        error: ErrorView,
    },
}
