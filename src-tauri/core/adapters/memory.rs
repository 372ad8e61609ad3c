//! Secrets kept in this process until it ends: for machines without a keychain, and for tests.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::error::Result;
use crate::model::secret::Secret;
use crate::ports::{SecretStore, StoreKind};

/// Forgotten when the program ends, never written anywhere.
#[derive(Default)]
pub struct MemoryStore(Mutex<HashMap<String, Secret>>);

impl MemoryStore {
    fn map<T>(&self, change: impl FnOnce(&mut HashMap<String, Secret>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl SecretStore for MemoryStore {
    fn kind(&self) -> StoreKind {
        StoreKind::Memory
    }

    fn read(&self, name: &str) -> Result<Option<Secret>> {
        Ok(self.map(|secrets| secrets.get(name).cloned()))
    }

    fn write(&self, name: &str, secret: &Secret) -> Result<()> {
        self.map(|secrets| secrets.insert(name.to_owned(), secret.clone()));
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<()> {
        self.map(|secrets| secrets.remove(name));
        Ok(())
    }
}
