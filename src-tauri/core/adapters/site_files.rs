//! Small notes about each site without any secret: `<folder>/<site id>.json` in the data folder.
//!
//! A file that cannot be read counts as nothing noted: no note is worth stopping for.

use std::marker::PhantomData;
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::files;
use crate::error::Result;
use crate::model::site::SiteId;

/// A folder of notes of one kind.
#[derive(Clone, Debug)]
pub struct SiteFiles<T> {
    folder: PathBuf,
    kind: PhantomData<fn() -> T>,
}

impl<T: Serialize + DeserializeOwned> SiteFiles<T> {
    /// In this folder, which is made when something is noted.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, kind: PhantomData }
    }

    /// What is noted of a site.
    pub fn read(&self, site: SiteId) -> Option<T> {
        let text = files::read(&self.path(site)).ok()??;
        serde_json::from_str(&text).ok()
    }

    /// Notes this of a site, in place of what was noted before.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub fn write(&self, site: SiteId, note: &T) -> Result<()> {
        let text = serde_json::to_string(note).expect("strings, numbers and times are always JSON");
        files::replace(&self.path(site), &text)
    }

    /// As [`write`](Self::write), but not forced to the disk: for what a power cut may take.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub fn jot(&self, site: SiteId, note: &T) -> Result<()> {
        let text = serde_json::to_string(note).expect("strings, numbers and times are always JSON");
        files::note(&self.path(site), &text)
    }

    /// Forgets what is noted of a site.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub fn remove(&self, site: SiteId) -> Result<()> {
        files::remove(&self.path(site))
    }

    fn path(&self, site: SiteId) -> PathBuf {
        self.folder.join(format!("{site}.json"))
    }
}
