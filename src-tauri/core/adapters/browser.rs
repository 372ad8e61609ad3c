//! The system browser, by the `open` crate.

use url::Url;

use crate::error::{Error, ErrorCode, Result};
use crate::model::address::require_https;
use crate::ports::Browser;

/// Whatever the system opens web addresses with.
pub struct SystemBrowser;

impl Browser for SystemBrowser {
    fn open(&self, url: &Url) -> Result<()> {
        // An address comes from a definition or a person: never a file, never a script.
        require_https(url)?;
        // `as_str` is fully percent-encoded; some systems encode again what is not.
        open::that_detached(url.as_str())
            .map_err(|error| Error::new(ErrorCode::BrowserFailed).detail(error.to_string()))
    }
}
