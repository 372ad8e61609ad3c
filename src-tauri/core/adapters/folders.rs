//! Where our files are.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::error::{Error, ErrorCode, Result};

/// Two folders: what a person may edit or carry along, and what only this computer needs.
#[derive(Clone, Debug)]
pub struct Folders {
    /// `sites.toml`, `settings.toml`.
    pub config: PathBuf,
    /// What was last seen, and lock files.
    pub data: PathBuf,
}

impl Folders {
    /// The given folders, or the platform's own.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnreadable`] if neither is given and there is no home folder.
    pub fn find(config: Option<PathBuf>, data: Option<PathBuf>) -> Result<Self> {
        let own = ProjectDirs::from("", "", "tallykey");
        let pick = |given: Option<PathBuf>, own: Option<&Path>| {
            given
                .or_else(|| own.map(Path::to_path_buf))
                .ok_or_else(|| Error::new(ErrorCode::FileUnreadable).detail("no home folder"))
        };
        Ok(Self {
            config: pick(config, own.as_ref().map(ProjectDirs::config_dir))?,
            data: pick(data, own.as_ref().map(ProjectDirs::data_local_dir))?,
        })
    }
}
