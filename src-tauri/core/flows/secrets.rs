//! Connections and client secrets in the secret store, by site.
//!
//! A store may block for ever behind a prompt nobody sees, and some panic on an async thread: every
//! call runs on a thread of its own with a time limit.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};

use crate::error::{Error, ErrorCode, Result};
use crate::model::client_secret::ClientSecret;
use crate::model::connection::Connection;
use crate::model::secret::{ExposeSecret, Secret};
use crate::model::site::SiteId;
use crate::ports::{SecretStore, StoreKind};

/// The secret store in use. Clones follow a change of it.
#[derive(Clone)]
pub struct Secrets {
    store: Arc<RwLock<Arc<dyn SecretStore>>>,
    /// Calls are made one after another, in the order they were asked for. Who gives up waiting has
    /// asked nothing, so no call is carried out long after its answer stopped mattering, and a
    /// prompt nobody answers holds one thread and not one a call.
    turn: Arc<Mutex<()>>,
}

/// Enough to type a passphrase into an unlock prompt; after that the person has other plans.
const LIMIT: Duration = Duration::from_secs(40);

impl Secrets {
    /// Secrets are kept in `store`.
    pub fn new(store: Arc<dyn SecretStore>) -> Self {
        Self { store: Arc::new(RwLock::new(store)), turn: Arc::default() }
    }

    /// The same secrets in the store that is in use now, whichever is later: what begins with one store
    /// ends with it.
    #[must_use]
    pub fn pinned(&self) -> Self {
        Self { store: Arc::new(RwLock::new(self.store())), turn: self.turn.clone() }
    }

    /// Keeps secrets in another store from now on. What the other one holds stays there.
    pub fn use_store(&self, store: Arc<dyn SecretStore>) {
        *self.store.write().unwrap_or_else(PoisonError::into_inner) = store;
    }

    /// The kind of store in use.
    pub fn kind(&self) -> StoreKind {
        self.store().kind()
    }

    /// Whether the store can be read now. A locked one only tells when asked for something it holds.
    ///
    /// # Errors
    /// One of the keychain codes.
    pub async fn check(&self, held: Option<SiteId>) -> Result<()> {
        let name = held.map_or_else(|| "check".to_owned(), connection_name);
        self.call(move |store| store.read(&name)).await.map(drop)
    }

    /// The connection of a site, if it has one.
    ///
    /// # Errors
    /// A keychain code, or [`ErrorCode::SecretUnreadable`].
    pub async fn connection(&self, site: SiteId) -> Result<Option<Connection>> {
        let item = self.call(move |store| store.read(&connection_name(site))).await?;
        item.map(|item| Connection::from_item(&item)).transpose()
    }

    /// Replaces the connection of a site. On an error the one before is still there. Where a store has no
    /// room for all of it, replaced tokens are not named: they are of use to nobody here, the others are.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn keep_connection(&self, site: SiteId, connection: &Connection) -> Result<()> {
        let item = connection.to_item();
        let short = connection.tokens.names_others().then(|| connection.without_replaced().to_item());
        let keep = move |store: &dyn SecretStore| {
            let name = connection_name(site);
            match (store.write(&name, &item), short) {
                (Err(error), Some(short)) if error.code == ErrorCode::TooLarge => store.write(&name, &short),
                (kept, _) => kept,
            }
        };
        self.call(keep).await
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
    /// A keychain code, or [`ErrorCode::SecretUnreadable`].
    pub async fn client_secret(&self, site: SiteId) -> Result<Option<ClientSecret>> {
        let item = self.call(move |store| store.read(&client_secret_name(site))).await?;
        item.map(|item| ClientSecret::from_item(&item)).transpose()
    }

    /// Keeps the client secret of a site.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn keep_client_secret(&self, site: SiteId, secret: &ClientSecret) -> Result<()> {
        let item = secret.to_item();
        self.call(move |store| store.write(&client_secret_name(site), &item)).await
    }

    /// What is kept in the place of the client secret, to be put back as it is: none where even that cannot be
    /// read, for only another one helps there.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn client_secret_item(&self, site: SiteId) -> Result<Option<Secret>> {
        match self.call(move |store| store.read(&client_secret_name(site))).await {
            Err(error) if error.code == ErrorCode::SecretUnreadable => Ok(None),
            item => item,
        }
    }

    /// Puts back what was kept there.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn put_client_secret_item(&self, site: SiteId, item: Secret) -> Result<()> {
        self.call(move |store| store.write(&client_secret_name(site), &item)).await
    }

    /// Says of a client secret of before where it may go, unless another was kept meanwhile.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn bind_client_secret(&self, site: SiteId, bound: &ClientSecret) -> Result<()> {
        let (before, item) = (bound.secret.clone(), bound.to_item());
        let bind = move |store: &dyn SecretStore| {
            let name = client_secret_name(site);
            let is_there = store.read(&name)?.is_some_and(|now| now.expose_secret() == before.expose_secret());
            if is_there { store.write(&name, &item) } else { Ok(()) }
        };
        self.call(bind).await
    }

    /// Forgets the client secret of a site.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn forget_client_secret(&self, site: SiteId) -> Result<()> {
        self.call(move |store| store.delete(&client_secret_name(site))).await
    }

    /// Whether anything is kept of a site.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn hold(&self, site: SiteId) -> Result<bool> {
        let names = names(site);
        let any = move |store: &dyn SecretStore| {
            for name in &names {
                if store.read(name)?.is_some() {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        self.call(any).await
    }

    /// The item under a name, as it is.
    ///
    /// # Errors
    /// A store's.
    pub async fn item(&self, name: &str) -> Result<Option<Secret>> {
        let name = name.to_owned();
        self.call(move |store| store.read(&name)).await
    }

    /// Keeps an item as it is.
    ///
    /// # Errors
    /// A store's.
    pub async fn keep_item(&self, name: &str, item: &Secret) -> Result<()> {
        let (name, item) = (name.to_owned(), item.clone());
        self.call(move |store| store.write(&name, &item)).await
    }

    /// Forgets an item.
    ///
    /// # Errors
    /// A store's.
    pub async fn forget_item(&self, name: &str) -> Result<()> {
        let name = name.to_owned();
        self.call(move |store| store.delete(&name)).await
    }

    fn store(&self) -> Arc<dyn SecretStore> {
        self.store.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn call<T: Send + 'static>(
        &self,
        use_it: impl FnOnce(&dyn SecretStore) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let waiting = |_| Error::new(ErrorCode::KeychainWaiting);
        let end = Instant::now() + LIMIT;
        let turn = timeout_at(end, self.turn.clone().lock_owned()).await.map_err(waiting)?;
        let store = self.store();
        let call = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            use_it(&*store)
        });
        match timeout_at(end, call).await {
            Ok(Ok(result)) => result,
            // A panic in a store's own code: its text may hold what it was given.
            Ok(Err(_)) => Err(ErrorCode::KeychainFailed.into()),
            Err(_) => Err(Error::new(ErrorCode::KeychainWaiting)),
        }
    }
}

/// The names of all that is kept of a site, its connection first.
pub fn names(site: SiteId) -> [String; 2] {
    [connection_name(site), client_secret_name(site)]
}

/// Whether a name is a connection's.
pub fn is_connection(name: &str) -> bool {
    name.starts_with("connection/")
}

fn connection_name(site: SiteId) -> String {
    format!("connection/{site}")
}

fn client_secret_name(site: SiteId) -> String {
    format!("client-secret/{site}")
}
