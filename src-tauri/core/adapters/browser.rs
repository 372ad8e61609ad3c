//! The system browser, by the `open` crate.

use std::path::Path;

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

    fn opener(&self) -> Result<String> {
        let programs = open::commands("https://tallykey.example");
        let mut programs = programs.iter().map(|command| Path::new(command.get_program()));
        // Windows asks the shell, which is always there.
        let found = programs.find(|program| cfg!(windows) || is_there(program));
        let found = found.ok_or_else(|| Error::new(ErrorCode::BrowserFailed).detail("no program that opens links"))?;
        Ok(found.display().to_string())
    }
}

/// Whether a program is found as the system would.
fn is_there(program: &Path) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    // An absolute path stays what it is.
    std::env::split_paths(&folders).any(|folder| folder.join(program).is_file())
}
