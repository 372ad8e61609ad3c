//! Everything a flow may reach.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

pub use super::account::Account;
use super::attempts::Attempts;
use super::budgets::Budgets;
use super::course::Course;
use super::etags::Etags;
use super::secrets::Secrets;
use super::server_time::ServerTimes;
use super::unsaved::Unsaved;
use crate::adapters::http::{Answer, Http};
use crate::adapters::lock_file::{Lock, lock};
use crate::adapters::network::Network;
use crate::adapters::settings_file::SettingsFile;
use crate::adapters::site_files::SiteFiles;
use crate::adapters::sites_file::SitesFile;
use crate::error::{ErrorCode, Result};
use crate::model::address::host;
use crate::model::connection::Connection;
use crate::model::in_flight::InFlight;
use crate::model::ledger::Ledger;
use crate::model::moment::Moment;
use crate::model::not_before::NotBefore;
use crate::model::secret::Secret;
use crate::model::site::{Site, SiteId};
use crate::ports::{Browser, Clipboard, Clock, StoreKind};

/// The outside world as handed to flows.
#[derive(Clone)]
pub struct Outside {
    /// The way out.
    pub network: Network,
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
    /// Until when servers want to be left alone.
    pub(super) not_before: SiteFiles<NotBefore>,
    /// How often a site that fails is asked again.
    pub attempts: Attempts,
    /// What is left of the calls each product grants.
    pub budgets: Budgets,
    /// Numbers a server need not send again.
    pub etags: Etags,
    /// How far a round has come, and whether it was stopped.
    pub course: Course,
    /// The list of sites, where there is one to compare with.
    pub(crate) sites: Option<SitesFile>,
    /// The settings, where they say in which place secrets are.
    pub(crate) chosen: Option<SettingsFile>,
    /// Whether the program acts by itself, and no person waits for it.
    pub by_itself: bool,
    /// Whether nobody is there who could be told to wait, as in a script that runs every minute.
    pub unattended: bool,
    pub(super) ledger: SiteFiles<Ledger>,
    /// Folder of lock files.
    pub(super) locks: PathBuf,
    /// What time servers say it is.
    servers: ServerTimes,
    unsaved: Arc<Mutex<HashMap<(SiteId, StoreKind), Unsaved>>>,
    turns: Arc<Mutex<HashMap<SiteId, Arc<tokio::sync::Mutex<()>>>>>,
    closing: Arc<AtomicBool>,
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
        network: Network,
        secrets: Secrets,
        browser: Arc<dyn Browser>,
        clipboard: Arc<dyn Clipboard>,
        clock: Arc<dyn Clock>,
        locks: PathBuf,
    ) -> Self {
        Self {
            network,
            secrets,
            browser,
            clipboard,
            clock,
            in_flight: SiteFiles::new(locks.with_file_name("in-flight")),
            not_before: SiteFiles::new(locks.with_file_name("not-before")),
            attempts: Attempts::default(),
            budgets: Budgets::new(locks.with_file_name("budget")),
            etags: Etags::default(),
            course: Course::default(),
            sites: None,
            chosen: None,
            by_itself: false,
            unattended: false,
            ledger: SiteFiles::new(locks.with_file_name("ledger")),
            locks,
            servers: ServerTimes::default(),
            unsaved: Arc::default(),
            turns: Arc::default(),
            closing: Arc::default(),
        }
    }

    /// A site as the list has it now.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnreadable`].
    pub(super) fn listed(&self, id: SiteId) -> Result<Option<Site>> {
        let Some(sites) = &self.sites else { return Ok(None) };
        Ok(sites.read()?.into_iter().find(|site| site.id == id))
    }

    /// The client for all that is asked of a site.
    ///
    /// # Errors
    /// As [`Network::http`].
    pub fn http(&self, site: &Site) -> Result<Http> {
        self.network.http(site.authority.as_ref(), self.now()).map_err(|error| error.about(&site.name))
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Now, by everything that tells of it where a host is concerned.
    pub fn moment(&self, host: &str) -> Moment {
        let (wall, steady) = (self.now(), self.clock.steady());
        Moment { wall, steady, ahead: self.servers.ahead_of(host, wall, steady) }
    }

    /// Now, where the tokens of a connection are concerned.
    pub fn moment_of(&self, connection: &Connection) -> Moment {
        let endpoint = Url::parse(&connection.token_endpoint);
        self.moment(&endpoint.as_ref().map(host).unwrap_or_default())
    }

    /// Now, where the tokens of an account are concerned.
    pub fn moment_for(&self, account: &Account) -> Moment {
        self.moment(&account.token_endpoint().as_ref().map(host).unwrap_or_default())
    }

    /// Notes what time a host says it is, and gives that moment with what is now known of it.
    pub fn note_date(&self, host: &str, asked: Moment, answer: &Answer) -> Moment {
        if let Some(date) = answer.date() {
            self.servers.note(host, date, asked.steady);
        }
        Moment { ahead: self.servers.ahead_of(host, asked.wall, asked.steady), ..asked }
    }

    /// Notes what time a host says it is.
    pub fn note_time(&self, host: &str, date: Timestamp) {
        self.servers.note(host, date, self.clock.steady());
    }

    /// Whether a server said what time it is.
    pub fn was_told_the_time(&self) -> bool {
        self.servers.has_any()
    }

    /// How far this computer's clock is ahead of the servers that answered lately, or behind them, if it is
    /// wrong.
    pub fn clock_ahead(&self) -> Option<SignedDuration> {
        self.servers.ahead_of_all(self.now(), self.clock.steady())
    }

    /// The same world with the secret store of now, for what must end in the store in which it began.
    #[must_use]
    pub fn pinned(&self) -> Self {
        self.keeping_in(self.secrets.pinned())
    }

    /// The same world with its secrets elsewhere.
    #[must_use]
    pub fn keeping_in(&self, secrets: Secrets) -> Self {
        Self { secrets, ..self.clone() }
    }

    /// Keeps a connection that the secret store did not take, until it does or the program ends.
    pub fn hold_unsaved(&self, site: SiteId, connection: Connection, replaces: Option<Secret>) {
        let store = self.secrets.pinned();
        let (key, unsaved) = ((site, store.kind()), Unsaved { connection, replaces, store });
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner).insert(key, unsaved);
    }

    /// The held connection that the store in use did not take, if there is one.
    pub fn unsaved(&self, site: SiteId) -> Option<Unsaved> {
        let key = (site, self.secrets.kind());
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned()
    }

    /// The stores that did not take a connection of a site, also those that are not in use now.
    pub fn waits_for(&self, site: SiteId) -> Vec<Secrets> {
        let unsaved = self.unsaved.lock().unwrap_or_else(PoisonError::into_inner);
        unsaved.iter().filter(|((of, _), _)| *of == site).map(|(_, unsaved)| unsaved.store.clone()).collect()
    }

    /// Forgets a held connection of the store in use.
    pub fn drop_unsaved(&self, site: SiteId) {
        let key = (site, self.secrets.kind());
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }

    /// Forgets what is noted of a site beside its secrets.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`].
    pub fn forget_notes(&self, site: SiteId) -> Result<()> {
        self.etags.forget(site);
        self.budgets.forget(site)?;
        self.in_flight.remove(site)?;
        self.not_before.remove(site)?;
        self.ledger.remove(site)
    }

    /// Waits until nobody else changes the tokens of a site, and looks whether its secrets are still kept
    /// here: only then what is found here counts.
    ///
    /// # Errors
    /// As [`hold`](Self::hold) and [`is_here`](Self::is_here).
    pub async fn turn(&self, site: SiteId) -> Result<Turn> {
        let turn = self.hold(site).await?;
        self.is_here().map(|()| turn)
    }

    /// Waits until nobody else changes the tokens of a site, wherever they are kept.
    ///
    /// # Errors
    /// [`ErrorCode::Busy`] after a while, or [`ErrorCode::FileUnwritable`].
    pub async fn hold(&self, site: SiteId) -> Result<Turn> {
        let mine = self.turns.lock().unwrap_or_else(PoisonError::into_inner).entry(site).or_default().clone();
        let process = tokio::time::timeout(TURN_LIMIT, mine.lock_owned()).await.map_err(|_| ErrorCode::Busy)?;
        let file = lock(&self.locks.join(format!("{site}.lock")), TURN_LIMIT).await?;
        Ok(Turn { _process: process, _file: file })
    }

    /// Whether secrets are still kept where this looks for them. Asked after something was not found, or
    /// with the turn held: who moves secrets holds all turns.
    ///
    /// # Errors
    /// [`ErrorCode::SecretsMoved`] if another program moved them, [`ErrorCode::FileUnreadable`] if the
    /// settings do not tell.
    pub fn is_here(&self) -> Result<()> {
        let (Some(settings), Some(place)) = (&self.chosen, self.secrets.kind().place()) else { return Ok(()) };
        if settings.chosen()?.secrets == place { Ok(()) } else { Err(ErrorCode::SecretsMoved.into()) }
    }

    /// The program ends: no token is spent from now on. What was sent before holds its turn.
    pub fn begin_closing(&self) {
        self.closing.store(true, Ordering::SeqCst);
    }

    /// Whether the program is about to end.
    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::SeqCst)
    }

    /// Asked with the turn held, before a code or a refresh token is spent: nobody would be there for
    /// the answer.
    ///
    /// # Errors
    /// [`ErrorCode::Stopped`] once the program is about to end.
    pub fn may_spend(&self, _turn: &Turn) -> Result<()> {
        if self.is_closing() { Err(ErrorCode::Stopped.into()) } else { Ok(()) }
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

    /// Whether this program is changing tokens of any site.
    pub fn holds_any_turn(&self) -> bool {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).values().any(|turn| turn.try_lock().is_err())
    }
}
