//! What was last seen of each site: `known/<site id>.json` in the data folder.
//!
//! A file that cannot be read counts as nothing seen: the next look writes it anew.

use std::path::PathBuf;

use super::files;
use super::folders::Folders;
use crate::error::Result;
use crate::model::known::Known;
use crate::model::site::SiteId;

/// The folder of these files.
#[derive(Clone, Debug)]
pub struct KnownFiles(PathBuf);

impl KnownFiles {
    /// In the data folder.
    pub fn new(folders: &Folders) -> Self {
        Self(folders.data.join("known"))
    }

    /// What was last seen of a site.
    pub fn read(&self, site: SiteId) -> Known {
        let text = files::read(&self.path(site)).ok().flatten();
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps what was seen.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub fn write(&self, site: SiteId, known: &Known) -> Result<()> {
        let text = serde_json::to_string(known).expect("strings, numbers and times are always JSON");
        files::note(&self.path(site), &text)
    }

    /// The sites of which something was seen.
    pub fn sites(&self) -> Vec<SiteId> {
        let files = std::fs::read_dir(&self.0).into_iter().flatten().flatten();
        files.filter_map(|file| SiteId::parse(file.path().file_stem()?.to_str()?)).collect()
    }

    /// Forgets a site.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub fn remove(&self, site: SiteId) -> Result<()> {
        files::remove(&self.path(site))
    }

    fn path(&self, site: SiteId) -> PathBuf {
        self.0.join(format!("{site}.json"))
    }
}
