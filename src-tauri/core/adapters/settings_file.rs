//! The window's settings: `settings.toml` in the config folder. A file that cannot be read counts
//! as none and is written over by the next choice: nothing in it is worth an error.

use std::path::PathBuf;

use super::files;
use super::folders::Folders;
use crate::error::Result;
use crate::model::settings::Settings;

/// The file.
#[derive(Clone, Debug)]
pub struct SettingsFile(PathBuf);

impl SettingsFile {
    /// In the config folder.
    pub fn new(folders: &Folders) -> Self {
        Self(folders.config.join("settings.toml"))
    }

    /// What was chosen.
    pub fn read(&self) -> Settings {
        let text = files::read(&self.0).ok().flatten().unwrap_or_default();
        toml::from_str(&text).unwrap_or_default()
    }

    /// Keeps what was chosen.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub fn write(&self, settings: Settings) -> Result<()> {
        let text = toml::to_string(&settings).expect("settings are words");
        files::replace(&self.0, &text)
    }
}
