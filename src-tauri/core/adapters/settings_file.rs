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

    /// Keeps what was chosen. A proxy that cannot be used stays as somebody wrote it.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable), or those of
    /// [`Proxy::check`](crate::model::proxy::Proxy::check) for one that was not there before.
    pub fn write(&self, settings: &Settings) -> Result<()> {
        let mut content = toml::Table::try_from(settings).expect("settings are words");
        if let Err(error) = settings.proxy.check() {
            self.read().proxy.check().err().ok_or(error)?;
            let before: toml::Table = toml::from_str(&files::read(&self.0)?.unwrap_or_default()).unwrap_or_default();
            content.extend(before.into_iter().filter(|(name, _)| name == "proxy"));
        }
        files::replace(&self.0, &content.to_string())
    }
}
