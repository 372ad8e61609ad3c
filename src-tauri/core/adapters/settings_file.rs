//! The window's settings: `settings.toml` in the config folder. A line that cannot be read counts as none
//! and is written over by the next choice: nothing in it is worth an error. Only where secrets are and what
//! requests go through is never guessed.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use toml::{Table, Value};

use super::files;
use super::folders::Folders;
use super::lock_file::lock_blocking;
use crate::error::{Error, ErrorCode, Result};
use crate::model::proxy::Proxy;
use crate::model::settings::{Place, Settings};

/// The file and its lock.
#[derive(Clone, Debug)]
pub struct SettingsFile {
    path: PathBuf,
    lock: PathBuf,
    /// Held from reading to writing.
    turn: Arc<Mutex<()>>,
}

impl SettingsFile {
    /// In the config folder.
    pub fn new(folders: &Folders) -> Self {
        let lock = folders.data.join("locks").join("settings.lock");
        Self { path: folders.config.join("settings.toml"), lock, turn: Arc::default() }
    }

    /// What was chosen. Of a file that cannot be read nothing is known, and nothing is sent.
    pub fn read(&self) -> Settings {
        let unknown = || Settings { proxy: Proxy::Refused(ErrorCode::InvalidProxy), ..Settings::default() };
        self.chosen().unwrap_or_else(|_| unknown())
    }

    /// What was chosen, for who acts on where secrets are.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnreadable`] where the file does not tell that.
    pub fn chosen(&self) -> Result<Settings> {
        settings(&self.text()?).map_err(|error| files::unreadable(&self.path, &error.detail.unwrap_or_default()))
    }

    /// Changes what was chosen. A proxy that cannot be used stays as somebody wrote it.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnreadable`], [`ErrorCode::FileUnwritable`], or those of [`Proxy::check`] for one
    /// that was not there before.
    pub fn change(&self, change: impl FnOnce(Settings) -> Settings) -> Result<()> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let _lock = lock_blocking(&self.lock)?;
        let before = self.chosen()?;
        let before_check = before.proxy.check();
        let settings = change(before);
        let mut content = Table::try_from(&settings).expect("settings are words");
        if let Err(error) = settings.proxy.check() {
            before_check.err().ok_or(error)?;
            let kept: Table = toml::from_str(&self.text()?).unwrap_or_default();
            content.extend(kept.into_iter().filter(|(name, _)| name == "proxy"));
        }
        files::replace(&self.path, content.to_string())?;
        files::settle(self.path.parent().unwrap_or(Path::new(".")));
        Ok(())
    }

    /// What is written there, as far as it is text.
    fn text(&self) -> Result<String> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(files::unreadable(&self.path, &error)),
        }
    }
}

/// Each line that can be read: a slip of the pen in one must not have secrets looked for where they are
/// not, nor send requests past the proxy.
fn settings(text: &str) -> Result<Settings> {
    let Ok(table) = toml::from_str::<Table>(text) else { return settings_of_no_toml(text) };
    let secrets = match table.get("secrets") {
        None => Place::default(),
        Some(written) => place(written.as_str().unwrap_or_default())?,
    };
    let proxy = match table.get("proxy") {
        None => Proxy::default(),
        Some(Value::String(written)) => Proxy::from(written.clone()),
        Some(_) => Proxy::Refused(ErrorCode::InvalidProxy),
    };
    let is_sound = |(name, value): &(String, Value)| {
        Table::from_iter([(name.clone(), value.clone())]).try_into::<Settings>().is_ok()
    };
    let sound: Table = table.into_iter().filter(is_sound).collect();
    Ok(Settings { proxy, secrets, ..sound.try_into().unwrap_or_default() })
}

fn settings_of_no_toml(text: &str) -> Result<Settings> {
    let mut settings = Settings::default();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let unquoted = |word: &str| word.trim().trim_matches(['"', '\'']).to_owned();
        let (name, written) = line.split_once('=').unwrap_or((line, ""));
        let name = unquoted(name);
        if name == "secrets" {
            settings.secrets = place(&unquoted(written))?;
        } else if name.starts_with("proxy") {
            settings.proxy = Proxy::Refused(ErrorCode::InvalidProxy);
        }
    }
    Ok(settings)
}

fn place(word: &str) -> Result<Place> {
    let unknown = || Error::new(ErrorCode::FileUnreadable).detail("secrets");
    Value::from(word).try_into().map_err(|_| unknown())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings::{RowHeight, Theme};

    /// The file in a folder, with these bytes.
    fn file(content: &[u8]) -> (tempfile::TempDir, SettingsFile) {
        let temp = tempfile::TempDir::new().unwrap();
        let file = SettingsFile::new(&Folders { config: temp.path().to_owned(), data: temp.path().to_owned() });
        files::replace(&file.path, content).unwrap();
        (temp, file)
    }

    #[test]
    fn where_secrets_are_is_read_out_of_a_file_that_is_no_more_readable() {
        for (text, place) in [
            ("secrets = \"vault\"", Place::Vault),
            ("theme = \"pink\"\nsecrets=\"vault\"\n", Place::Vault),
            ("theme = \"pink\"\nsecrets = 'vault' # mine\n", Place::Vault),
            ("theme = [\n \"secrets\" = 'vault' # mine\n", Place::Vault),
            ("theme = [\nsecrets=\"vault\"", Place::Vault),
            ("theme = [\n", Place::Keychain),
            ("# secrets = \"vault\"", Place::Keychain),
            ("", Place::Keychain),
        ] {
            assert_eq!(file(text.as_bytes()).1.chosen().unwrap().secrets, place, "{text}");
        }
        assert_eq!(file(b"theme = \"\xff\"\nsecrets = \"vault\"").1.read().secrets, Place::Vault);
    }

    #[test]
    fn a_proxy_that_was_wished_for_is_never_passed_by() {
        let refused = Proxy::Refused(ErrorCode::InvalidProxy);
        let wished = Proxy::parse("proxy.example:8080").unwrap();
        for (text, proxy) in [
            ("theme = \"pink\"\nproxy = \"proxy.example:8080\"", wished.clone()),
            ("refreshMinutes = -1\nproxy = 'none'", Proxy::None),
            ("proxy = 8080", refused.clone()),
            ("theme = [\nproxy = \"proxy.example:8080\"", refused.clone()),
            ("theme = [\n", Proxy::System),
        ] {
            assert_eq!(file(text.as_bytes()).1.read().proxy, proxy, "{text}");
        }
        let (_temp, other) = file(b"theme = \"pink\"\nrows = \"tall\"\nproxy = \"proxy.example:8080\"");
        other.change(|kept| Settings { refresh_minutes: 9, ..kept }).unwrap();
        let kept = other.read();
        assert_eq!((kept.proxy, kept.theme, kept.rows), (wished, Theme::System, RowHeight::Tall));
    }

    #[test]
    fn a_file_that_cannot_be_read_or_names_no_place_is_not_written_over() {
        let (_temp, word) = file(b"secrets = \"valt\"");
        let (_folder, folder) = file(b"");
        fs::remove_file(&folder.path).unwrap();
        fs::create_dir(&folder.path).unwrap();
        for file in [&word, &folder] {
            let changed = file.change(|kept| Settings { secrets: Place::Vault, ..kept });
            assert_eq!(changed.expect_err("it is not known").code, ErrorCode::FileUnreadable);
            assert_eq!(file.read().proxy, Proxy::Refused(ErrorCode::InvalidProxy));
        }
        assert_eq!(fs::read(&word.path).unwrap(), b"secrets = \"valt\"");
    }
}
