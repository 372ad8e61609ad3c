//! The system clipboard, by `arboard`.
//!
//! On X11 the contents live in the process that put them there, so one handle is kept for as long
//! as the program runs.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::{Error, ErrorCode, Result};
use crate::model::secret::{ExposeSecret, Secret};
use crate::ports::Clipboard;

/// The clipboard of the desktop; opened at the first use, because there may be none.
#[derive(Default)]
pub struct SystemClipboard(Mutex<Option<arboard::Clipboard>>);

impl SystemClipboard {
    fn with<T>(&self, use_it: impl FnOnce(&mut arboard::Clipboard) -> Result<T, arboard::Error>) -> Result<Option<T>> {
        let mut slot: MutexGuard<'_, _> = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let clipboard = match &mut *slot {
            Some(clipboard) => clipboard,
            empty => empty.insert(arboard::Clipboard::new().map_err(|error| failed(&error))?),
        };
        match use_it(clipboard) {
            Ok(value) => Ok(Some(value)),
            Err(arboard::Error::ContentNotAvailable) => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }
}

impl Clipboard for SystemClipboard {
    fn write(&self, text: &Secret) -> Result<()> {
        self.with(|clipboard| private(clipboard.set()).text(text.expose_secret())).map(drop)
    }

    fn read(&self) -> Result<Option<Secret>> {
        self.with(|clipboard| clipboard.get_text().map(Secret::from))
    }

    fn clear(&self) -> Result<()> {
        self.with(arboard::Clipboard::clear).map(drop)
    }
}

/// Kept out of clipboard histories and cloud clipboards, in each system's own way.
#[cfg(target_os = "linux")]
fn private(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtLinux;
    set.exclude_from_history()
}

#[cfg(target_os = "macos")]
fn private(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtApple;
    set.exclude_from_history()
}

#[cfg(target_os = "windows")]
fn private(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtWindows;
    set.exclude_from_monitoring().exclude_from_cloud().exclude_from_history()
}

/// `arboard`'s texts name the system's refusal and never the contents.
fn failed(error: &arboard::Error) -> Error {
    Error::new(ErrorCode::ClipboardFailed).detail(error.to_string())
}
