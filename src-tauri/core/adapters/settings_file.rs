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

    /// Changes what was chosen.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub fn change(&self, change: impl FnOnce(Settings) -> Settings) -> Result<()> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let text = toml::to_string(&change(self.read())).expect("settings are words");
        files::replace(&self.path, &text)
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
