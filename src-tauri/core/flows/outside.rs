//! Everything a flow may reach, and one site seen through it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::attempts::Attempts;
use super::secrets::Secrets;
use super::unsaved::Unsaved;
use crate::adapters::http::Http;
use crate::adapters::lock_file::{Lock, lock};
use crate::adapters::site_files::SiteFiles;
use crate::error::{Error, ErrorCode, Result};
use crate::model::address;
use crate::model::in_flight::InFlight;
use crate::model::ledger::Ledger;
use crate::model::provider::Provider;
use crate::model::secret::Secret;
use crate::model::site::{Site, SiteId};
use crate::model::template::Template;
use crate::ports::{Browser, Clipboard, Clock};

/// The outside world as handed to flows.
#[derive(Clone)]
pub struct Outside {
    /// The one client.
    pub http: Http,
    /// Where secrets are.
    pub secrets: Secrets,
    /// The system browser.
    pub browser: Arc<dyn Browser>,
    /// The system clipboard.
    pub clipboard: Arc<dyn Clipboard>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Refreshes that were sent and brought no tokens.
    pub in_flight: SiteFiles<InFlight>,
    /// How often a site that fails is asked again.
    pub attempts: Attempts,
    /// Whether the program acts by itself, and no person waits for it.
    pub by_itself: bool,
    pub(super) ledger: SiteFiles<Ledger>,
    /// Folder of lock files.
    pub(super) locks: PathBuf,
    unsaved: Arc<Mutex<HashMap<SiteId, Unsaved>>>,
    turns: Arc<Mutex<HashMap<SiteId, Arc<tokio::sync::Mutex<()>>>>>,
}

/// A refresh takes three requests of at most 30 s each, beside keychain calls.
const TURN_LIMIT: Duration = Duration::from_mins(2);

/// Held while the tokens of a site are changed, in this process and in all others.
pub struct Turn {
    _process: tokio::sync::OwnedMutexGuard<()>,
    _file: Lock,
}

impl Outside {
    /// Puts the parts together.
    pub fn new(
        http: Http,
        secrets: Secrets,
        browser: Arc<dyn Browser>,
        clipboard: Arc<dyn Clipboard>,
        clock: Arc<dyn Clock>,
        locks: PathBuf,
    ) -> Self {
        Self {
            http,
            secrets,
            browser,
            clipboard,
            clock,
            in_flight: SiteFiles::new(locks.with_file_name("in-flight")),
            attempts: Attempts::default(),
            by_itself: false,
            ledger: SiteFiles::new(locks.with_file_name("ledger")),
            locks,
            unsaved: Arc::default(),
            turns: Arc::default(),
        }
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Keeps a connection that the secret store did not take, until it does or the program ends.
    pub fn hold_unsaved(&self, site: SiteId, unsaved: Unsaved) {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner).insert(site, unsaved);
    }

    /// The held connection that the secret store did not take, if there is one.
    pub fn unsaved(&self, site: SiteId) -> Option<Unsaved> {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner).get(&site).cloned()
    }

    /// Forgets a held connection.
    pub fn drop_unsaved(&self, site: SiteId) {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner).remove(&site);
    }

    /// Forgets what is noted of a site beside its secrets.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`].
    pub fn forget_notes(&self, site: SiteId) -> Result<()> {
        self.in_flight.remove(site)?;
        self.ledger.remove(site)
    }

    /// Waits until nobody else changes the tokens of a site.
    ///
    /// # Errors
    /// [`ErrorCode::Busy`] after a while, or [`ErrorCode::FileUnwritable`].
    pub async fn turn(&self, site: SiteId) -> Result<Turn> {
        let mine = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            turns.entry(site).or_default().clone()
        };
        let process = tokio::time::timeout(TURN_LIMIT, mine.lock_owned()).await.map_err(|_| ErrorCode::Busy)?;
        let file = lock(&self.locks.join(format!("{site}.lock")), TURN_LIMIT).await?;
        Ok(Turn { _process: process, _file: file })
    }
}

/// A site with its provider's definition.
#[derive(Clone, Debug)]
pub struct Account {
    /// The site.
    pub site: Site,
    /// Its provider.
    pub provider: Arc<Provider>,
}

impl Account {
    /// A template of the definition as an address.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidAddress`], [`ErrorCode::HttpsRequired`].
    pub fn url(&self, template: &Template) -> Result<Url> {
        let url = template
            .url(&self.site.inputs)
            .ok_or_else(|| Error::new(ErrorCode::InvalidAddress).about(&self.site.name))?;
        address::require_https(&url)?;
        Ok(url)
    }

    /// The token endpoint, to which alone tokens and codes of this site are sent.
    ///
    /// # Errors
    /// As [`url`](Self::url).
    pub fn token_endpoint(&self) -> Result<Url> {
        self.url(&self.provider.oauth.token)
    }

    /// Host and path of the site as a person knows it.
    pub fn host(&self) -> String {
        self.url(&self.provider.api.base).map_or_else(
            |_| String::new(),
            |url| format!("{}{}", address::host(&url), url.path().trim_end_matches('/')),
        )
    }

    /// The client secret, where the provider needs one.
    ///
    /// # Errors
    /// [`ErrorCode::ClientSecretMissing`] or a keychain code.
    pub async fn client_secret(&self, outside: &Outside) -> Result<Option<Secret>> {
        if !self.provider.needs_client_secret() {
            return Ok(None);
        }
        match outside.secrets.client_secret(self.site.id).await? {
            Some(secret) => Ok(Some(secret)),
            None => Err(ErrorCode::ClientSecretMissing.into()),
        }
    }
}
