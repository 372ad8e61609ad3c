//! Everything a flow may reach.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

pub use super::account::Account;
use super::attempts::Attempts;
use super::secrets::Secrets;
use super::unsaved::Unsaved;
use crate::adapters::http::{Answer, Http};
use crate::adapters::lock_file::{Lock, lock};
use crate::adapters::site_files::SiteFiles;
use crate::error::{ErrorCode, Result};
use crate::model::in_flight::InFlight;
use crate::model::ledger::Ledger;
use crate::model::site::SiteId;
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
    /// How far this computer's clock was ahead when a server last told its own time.
    ahead: Arc<Mutex<Option<SignedDuration>>>,
    unsaved: Arc<Mutex<HashMap<SiteId, Unsaved>>>,
    turns: Arc<Mutex<HashMap<SiteId, Arc<tokio::sync::Mutex<()>>>>>,
}

/// A refresh takes three requests of at most 30 s each, beside keychain calls.
const TURN_LIMIT: Duration = Duration::from_mins(2);

/// Clocks that are set by hand are off by a minute or two, and an answer may be on its way for one.
const RIGHT: Duration = Duration::from_mins(5);

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
            ahead: Arc::default(),
            unsaved: Arc::default(),
            turns: Arc::default(),
        }
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Notes a server's own time.
    pub fn note_date(&self, answer: &Answer) {
        if let Some(date) = answer.date() {
            *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.now().duration_since(date));
        }
    }

    /// How far this computer's clock is ahead of the server that answered last, or behind it, if that
    /// is more than anybody would call right.
    pub fn clock_ahead(&self) -> Option<SignedDuration> {
        let ahead = *self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        ahead.filter(|ahead| ahead.unsigned_abs() > RIGHT)
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
        let mine = self.turns.lock().unwrap_or_else(PoisonError::into_inner).entry(site).or_default().clone();
        let process = tokio::time::timeout(TURN_LIMIT, mine.lock_owned()).await.map_err(|_| ErrorCode::Busy)?;
        let file = lock(&self.locks.join(format!("{site}.lock")), TURN_LIMIT).await?;
        Ok(Turn { _process: process, _file: file })
    }

    /// The sites whose tokens this program changed, or is changing.
    pub fn touched(&self) -> Vec<SiteId> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).keys().copied().collect()
    }

    /// Waits until this program has done with the tokens of a site, for now.
    pub async fn ended_here(&self, site: SiteId) {
        let mine = self.turns.lock().unwrap_or_else(PoisonError::into_inner).get(&site).cloned();
        if let Some(mine) = mine {
            drop(mine.lock().await);
        }
    }
}
