//! The window's settings: `settings.toml` in the config folder. A file that cannot be read counts
//! as none and is written over by the next choice: nothing in it is worth an error. Only where secrets
//! are is read out of it all the same.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::files;
use super::folders::Folders;
use crate::error::Result;
use crate::model::settings::{Place, Settings};

/// The file.
#[derive(Clone, Debug)]
pub struct SettingsFile {
    path: PathBuf,
    /// Held from reading to writing.
    turn: Arc<Mutex<()>>,
}

impl SettingsFile {
    /// In the config folder.
    pub fn new(folders: &Folders) -> Self {
        Self { path: folders.config.join("settings.toml"), turn: Arc::default() }
    }

    /// What was chosen.
    pub fn read(&self) -> Settings {
        let text = files::read(&self.path).ok().flatten().unwrap_or_default();
        toml::from_str(&text).unwrap_or_else(|_| Settings { secrets: place_in(&text), ..Settings::default() })
    }

    /// Changes what was chosen. A proxy that cannot be used stays as somebody wrote it.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable), or those of
    /// [`Proxy::check`](crate::model::proxy::Proxy::check) for one that was not there before.
    pub fn change(&self, change: impl FnOnce(Settings) -> Settings) -> Result<()> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.read();
        let before_check = before.proxy.check();
        let settings = change(before);
        let mut content = toml::Table::try_from(&settings).expect("settings are words");
        if let Err(error) = settings.proxy.check() {
            before_check.err().ok_or(error)?;
            let text = files::read(&self.path)?.unwrap_or_default();
            let kept: toml::Table = toml::from_str(&text).unwrap_or_default();
            content.extend(kept.into_iter().filter(|(name, _)| name == "proxy"));
        }
        files::replace(&self.path, content.to_string())
    }
}

/// Where secrets are, in a file whose other lines cannot all be read: a slip of the pen must not have
/// them looked for where they are not.
fn place_in(text: &str) -> Place {
    let is_vault = |line: &str| line.split_whitespace().collect::<String>() == "secrets=\"vault\"";
    if text.lines().any(is_vault) { Place::Vault } else { Place::Keychain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_secrets_are_is_read_out_of_a_file_that_is_no_more_readable() {
        let temp = tempfile::TempDir::new().unwrap();
        let file = SettingsFile::new(&Folders { config: temp.path().to_owned(), data: temp.path().to_owned() });
        for (text, place) in [
            ("secrets = \"vault\"", Place::Vault),
            ("theme = \"pink\"\nsecrets=\"vault\"\n", Place::Vault),
            ("theme = [\n", Place::Keychain),
            ("", Place::Keychain),
        ] {
            files::replace(&temp.path().join("settings.toml"), text).unwrap();
            assert_eq!(file.read().secrets, place, "{text}");
        }
    }
}
