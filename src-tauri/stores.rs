//! The places for secrets that the window can use.

use std::sync::Arc;

use tallykey_core::Result;
use tallykey_core::adapters::memory::MemoryStore;
use tallykey_core::adapters::vault::Vault;
use tallykey_core::model::settings::Place;
use tallykey_core::ports::{SecretStore, StoreKind};

/// All three, each one for the whole run.
#[derive(Clone)]
pub struct Stores {
    keychain: Arc<dyn SecretStore>,
    vault: Arc<Vault>,
    /// Leaving it and coming back loses nothing.
    memory: Arc<MemoryStore>,
}

impl Stores {
    /// With this keychain and this encrypted file.
    pub fn new(keychain: Arc<dyn SecretStore>, vault: Vault) -> Self {
        Self { keychain, vault: Arc::new(vault), memory: Arc::default() }
    }

    /// The one of a kind.
    pub fn of(&self, kind: StoreKind) -> Arc<dyn SecretStore> {
        match kind {
            StoreKind::Keychain => self.keychain.clone(),
            StoreKind::Vault => self.vault.clone(),
            StoreKind::Memory => self.memory.clone(),
        }
    }

    /// The one that a place of the settings is.
    pub fn at(&self, place: Place) -> Arc<dyn SecretStore> {
        self.of(match place {
            Place::Keychain => StoreKind::Keychain,
            Place::Vault => StoreKind::Vault,
        })
    }

    /// The encrypted file.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Does something with the encrypted file that is dear on purpose, on a thread that may block.
    ///
    /// # Errors
    /// That of `work`.
    pub async fn with_vault(&self, work: impl FnOnce(&Vault) -> Result<()> + Send + 'static) -> Result<()> {
        let vault = self.vault.clone();
        let done = tokio::task::spawn_blocking(move || work(&vault)).await;
        done.expect("opening a file does not panic and is not cancelled")
    }
}
