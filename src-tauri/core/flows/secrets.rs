//! Connections and client secrets in the secret store, by site.
//!
//! A store may block for ever behind a prompt nobody sees, and some panic on an async thread: every
//! call runs on a thread of its own with a time limit.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::error::{Error, ErrorCode, Result};
use crate::model::connection::Connection;
use crate::model::secret::Secret;
use crate::model::site::SiteId;
use crate::ports::{SecretStore, StoreKind};

/// The secret store in use.
#[derive(Clone)]
pub struct Secrets(Arc<RwLock<Arc<dyn SecretStore>>>);

/// Enough to type a passphrase into an unlock prompt; after that the person has other plans.
const LIMIT: Duration = Duration::from_secs(40);

impl Secrets {
    /// Secrets are kept in `store`.
    pub fn new(store: Arc<dyn SecretStore>) -> Self {
        Self(Arc::new(RwLock::new(store)))
    }

    /// Keeps secrets in another store from now on. What the other one holds stays there.
    pub fn use_store(&self, store: Arc<dyn SecretStore>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = store;
    }

    /// The kind of store in use.
    pub fn kind(&self) -> StoreKind {
        self.store().kind()
    }

    /// Whether the store can be read now.
    ///
    /// # Errors
    /// One of the keychain codes.
    pub async fn check(&self) -> Result<()> {
        self.call(|store| store.read("check")).await.map(drop)
    }

    /// The connection of a site, if it has one.
    ///
    /// # Errors
    /// A keychain code, or [`ErrorCode::SecretUnreadable`].
    pub async fn connection(&self, site: SiteId) -> Result<Option<Connection>> {
        let item = self.call(move |store| store.read(&connection_name(site))).await?;
        item.map(|item| Connection::from_item(&item)).transpose()
    }

    /// Replaces the connection of a site. On an error the one before is still there.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn keep_connection(&self, site: SiteId, connection: &Connection) -> Result<()> {
        let item = connection.to_item();
        self.call(move |store| store.write(&connection_name(site), &item)).await
    }

    /// Forgets the connection of a site.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn forget_connection(&self, site: SiteId) -> Result<()> {
        self.call(move |store| store.delete(&connection_name(site))).await
    }

    /// The client secret of a site, if one is kept.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn client_secret(&self, site: SiteId) -> Result<Option<Secret>> {
        self.call(move |store| store.read(&client_secret_name(site))).await
    }

    /// Keeps the client secret of a site.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn keep_client_secret(&self, site: SiteId, secret: Secret) -> Result<()> {
        self.call(move |store| store.write(&client_secret_name(site), &secret)).await
    }

    /// Forgets the client secret of a site.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn forget_client_secret(&self, site: SiteId) -> Result<()> {
        self.call(move |store| store.delete(&client_secret_name(site))).await
    }

    fn store(&self) -> Arc<dyn SecretStore> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn call<T: Send + 'static>(
        &self,
        use_it: impl FnOnce(&dyn SecretStore) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let store = self.store();
        let call = tokio::task::spawn_blocking(move || use_it(&*store));
        match tokio::time::timeout(LIMIT, call).await {
            Ok(Ok(result)) => result,
            // A panic in a store's own code: its text may hold what it was given.
            Ok(Err(_)) => Err(ErrorCode::KeychainFailed.into()),
            Err(_) => Err(Error::new(ErrorCode::KeychainWaiting)),
        }
    }
}

fn connection_name(site: SiteId) -> String {
    format!("connection/{site}")
}

fn client_secret_name(site: SiteId) -> String {
    format!("client-secret/{site}")
}
