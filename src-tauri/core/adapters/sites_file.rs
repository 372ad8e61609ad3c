//! The list of sites: `sites.toml` in the config folder. No secret is in it.
//!
//! Changes read the file again under a lock, so that window and terminal never undo each other. A
//! file that cannot be read is never written over.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::files;
use super::folders::Folders;
use super::lock_file::lock;
use crate::error::Result;
use crate::model::site::Site;

/// The file and its lock.
#[derive(Clone, Debug)]
pub struct SitesFile {
    path: PathBuf,
    lock: PathBuf,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    #[serde(rename = "site", default)]
    sites: Vec<Site>,
}

/// A change takes milliseconds; longer means that the holder hangs.
const LOCK_LIMIT: Duration = Duration::from_secs(5);

impl SitesFile {
    /// In the config folder.
    pub fn new(folders: &Folders) -> Self {
        Self { path: folders.config.join("sites.toml"), lock: folders.data.join("locks").join("sites.lock") }
    }

    /// The sites, in the person's own order; a new one comes last.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnreadable`](crate::ErrorCode::FileUnreadable) with line and reason.
    pub fn read(&self) -> Result<Vec<Site>> {
        let text = files::read(&self.path)?.unwrap_or_default();
        let content: Content = toml::from_str(&text).map_err(|error| files::unreadable(&self.path, &error))?;
        Ok(content.sites)
    }

    /// Does what depends on the list staying as it is meanwhile.
    ///
    /// # Errors
    /// Those of [`read`](Self::read) and of `act`.
    pub async fn hold<T>(&self, act: impl FnOnce(&[Site]) -> Result<T>) -> Result<T> {
        let _lock = lock(&self.lock, LOCK_LIMIT).await?;
        act(&self.read()?)
    }

    /// The sites once nobody is changing them.
    ///
    /// # Errors
    /// Those of [`read`](Self::read), or [`ErrorCode::Busy`](crate::ErrorCode::Busy).
    pub async fn read_after_others(&self) -> Result<Vec<Site>> {
        self.hold(|sites| Ok(sites.to_vec())).await
    }

    /// Changes the list; what `change` returns is passed on, and its error leaves the file as it is.
    ///
    /// # Errors
    /// Those of [`read`](Self::read), of `change`, and
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub async fn change<T>(&self, change: impl FnOnce(&mut Vec<Site>) -> Result<T>) -> Result<T> {
        let _lock = lock(&self.lock, LOCK_LIMIT).await?;
        let mut sites = self.read()?;
        let result = change(&mut sites)?;
        let text = toml::to_string_pretty(&Content { sites }).expect("sites are tables of strings");
        files::replace(&self.path, &text)?;
        Ok(result)
    }
}
