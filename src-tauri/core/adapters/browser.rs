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
        open::that_detached(url.as_str()).map_err(|error| failed(&error))
    }

    fn open_folder(&self, folder: &Path) -> Result<()> {
        // Only ever what is a folder: a file could be started.
        if !folder.is_dir() {
            return Err(Error::new(ErrorCode::FileUnreadable).detail(folder.display().to_string()));
        }
        open::that_detached(folder).map_err(|error| failed(&error))
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

fn failed(error: &std::io::Error) -> Error {
    Error::new(ErrorCode::BrowserFailed).detail(error.to_string())
}

/// Whether a program is found as the system would.
fn is_there(program: &Path) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    // An absolute path stays what it is.
    std::env::split_paths(&folders).any(|folder| folder.join(program).is_file())
}
