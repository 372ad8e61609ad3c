//! A desktop on which nothing is opened and nothing copied.

use std::path::Path;

use tallykey_core::ports::{Browser, Clipboard};
use tallykey_core::{ErrorCode, Result, Secret, Url};

/// Has no browser and no clipboard; a test is its own browser.
pub struct Nobody;

impl Browser for Nobody {
    fn open(&self, _: &Url) -> Result<()> {
        Err(ErrorCode::BrowserFailed.into())
    }

    fn open_folder(&self, _: &Path) -> Result<()> {
        Err(ErrorCode::BrowserFailed.into())
    }
}

impl Clipboard for Nobody {
    fn write(&self, _: &Secret) -> Result<()> {
        Err(ErrorCode::ClipboardFailed.into())
    }

    fn read(&self) -> Result<Option<Secret>> {
        Err(ErrorCode::ClipboardFailed.into())
    }

    fn clear(&self) -> Result<()> {
        Err(ErrorCode::ClipboardFailed.into())
    }
}
