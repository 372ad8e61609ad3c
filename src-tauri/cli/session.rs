//! Everything one command works with: the composition root of the terminal.

use std::io::{self, IsTerminal};
use std::sync::Arc;

use tallykey_core::adapters::browser::SystemBrowser;
use tallykey_core::adapters::clipboard::SystemClipboard;
use tallykey_core::adapters::clock::SystemClock;
use tallykey_core::adapters::folders::Folders;
use tallykey_core::adapters::keychain::Keychain;
use tallykey_core::adapters::memory::MemoryStore;
use tallykey_core::adapters::settings_file::SettingsFile;
use tallykey_core::adapters::vault::Vault;
use tallykey_core::model::settings::Place;
use tallykey_core::ports::{SecretStore, StoreKind};
use tallykey_core::{Desk, Result};

use crate::arguments::{Global, Secrets};
use crate::failure::Failure;
use crate::input::Input;
use crate::out::Out;

/// The desk, and the streams to the person or script that asks.
pub struct Session<'a> {
    /// All that Tallykey can do.
    pub desk: Desk,
    /// Where it is told.
    pub out: &'a mut Out,
    /// What is typed or piped in.
    pub input: Input,
    /// The encrypted file, in use or not.
    pub vault: Arc<Vault>,
}

impl<'a> Session<'a> {
    /// A session over the folders and the store that were asked for. Opens neither.
    ///
    /// # Errors
    /// As [`Folders::find`] and [`Desk::new`].
    pub fn open(global: &Global, out: &'a mut Out) -> Result<Self> {
        let folders = Folders::find(global.config_dir.clone(), global.data_dir.clone())?;
        let vault = Arc::new(Vault::new(&folders));
        let chosen = || match SettingsFile::new(&folders).read().secrets {
            Place::Keychain => Secrets::Keychain,
            Place::Vault => Secrets::Vault,
        };
        let store: Arc<dyn SecretStore> = match global.secrets.unwrap_or_else(chosen) {
            Secrets::Keychain => Arc::new(Keychain),
            Secrets::Vault => vault.clone(),
            Secrets::Memory => Arc::new(MemoryStore::default()),
        };
        let (browser, clipboard) = (Arc::new(SystemBrowser), Arc::new(SystemClipboard::default()));
        let desk = Desk::new(&folders, store, browser, clipboard, Arc::new(SystemClock))?;
        let desk = if global.secrets.is_none() { desk.following_settings() } else { desk };
        let input = Input::new();
        let is_watched = input.is_terminal || io::stderr().is_terminal();
        let desk = if is_watched { desk } else { desk.unattended() };
        Ok(Self { desk, out, input, vault })
    }

    /// Whether secrets are gone when the command ends.
    pub fn is_forgetful(&self) -> bool {
        self.desk.store_kind() == StoreKind::Memory
    }

    /// Asks for a line; `None` at the end of the input.
    ///
    /// # Errors
    /// [`Failure::Interrupted`].
    pub async fn ask(&mut self, question: &str) -> Result<Option<String>, Failure> {
        self.input.answer(|| self.out.prompt(question)).await
    }

    /// Asks a person who can answer at the terminal; anything but a clear yes is a no.
    ///
    /// # Errors
    /// [`Failure::Interrupted`].
    pub async fn confirm(&mut self, question: &str) -> Result<bool, Failure> {
        let answer = self.ask(&format!("{question} [y/N] ")).await?.unwrap_or_default();
        Ok(["y", "yes", "はい"].contains(&answer.to_lowercase().as_str()))
    }

    /// The store's name in JSON.
    pub fn store_name(&self) -> &'static str {
        match self.desk.store_kind() {
            StoreKind::Keychain => "keychain",
            StoreKind::Vault => "vault",
            StoreKind::Memory => "memory",
        }
    }
}
