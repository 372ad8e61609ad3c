//! The one front door. Window and terminal ask here and nowhere else.

mod activity;
mod adding;
mod authorities;
mod choosing;
mod connecting;
mod definitions;
mod doctor;
mod editing;
mod history;
mod moving;
mod other_person;
mod passing_on;
mod rounds;
mod seen;
mod showing;
mod slots;
mod telling;
mod turns;
mod using;
mod waiting;
mod wishing;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::broadcast;
use url::Url;

use self::activity::Diary;
pub use self::adding::NewSite;
pub use self::authorities::Trusted;
pub use self::connecting::Connected;
pub use self::definitions::{Broken, Definition, Definitions};
pub use self::editing::{Parting, SiteSetup};
use self::history::Archive;
pub use self::other_person::OtherPerson;
use self::other_person::Undecided;
pub use self::rounds::Pace;
use self::seen::{Epoch, Seen};
pub use self::showing::Tested;
use self::telling::Told;
pub use self::turns::Progress;
use self::turns::Turns;
pub use self::using::GivenEnd;
use self::waiting::Waiting;
use crate::adapters::definition_files::DefinitionFiles;
use crate::adapters::folders::Folders;
use crate::adapters::known_file::KnownFiles;
use crate::adapters::left_behind_file::LeftBehindFile;
use crate::adapters::network::Network;
use crate::adapters::settings_file::SettingsFile;
use crate::adapters::sites_file::SitesFile;
use crate::error::{Error, ErrorCode, Result};
use crate::flows::copy::{Cleared, Slot};
use crate::flows::ledger;
use crate::flows::outside::{Account, Outside};
use crate::flows::revoke::AtProvider;
use crate::flows::secrets::Secrets;
use crate::model::known::{Known, State};
use crate::model::ledger::Ledger;
use crate::model::notice::Notice;
use crate::model::past::Past;
use crate::model::proxy::Proxy;
use crate::model::secret::Secret;
use crate::model::settings::Settings;
use crate::model::site::{Site, SiteId};
use crate::ports::{Browser, Clipboard, Clock, SecretStore, StoreKind};

/// A site and what was last seen of it.
#[derive(Clone, Debug)]
pub struct SiteStatus {
    /// What is in the list.
    pub site: Site,
    /// The site with its definition, or why that cannot be used.
    pub account: Result<Account>,
    /// What was last seen.
    pub known: Known,
    /// Access tokens that were given away.
    pub given: Ledger,
    /// What is being done with it now.
    pub busy: Option<Busy>,
    /// How its counts went, once [`Desk::look_back`] was asked for it.
    pub past: Arc<Past>,
    /// How far its round has come.
    pub progress: Option<Progress>,
    /// When it is asked again.
    pub pace: Pace,
}

/// What is being done with a site. Of several things the last in this list is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Busy {
    /// Its turn to be counted comes.
    Waiting,
    /// Its counts are asked for.
    Counting,
    /// Its connection is being revoked.
    Revoking,
}

/// Something a window shows has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Sites, what is known of them, or the waiting attempt.
    Changed,
    /// A number moved as a person wants to be told.
    Notice(Notice),
    /// A server ended a connection. Told once.
    SignInNeeded(SiteId),
    /// A revocation that waited for its server came to its end, which may not be the one that was wanted.
    RevocationEnded(SiteId, AtProvider),
    /// The browser brought an answer that is not the waiting attempt's. Told once an attempt.
    OtherAnswer,
    /// A copied token left the clipboard.
    ClipboardCleared(Cleared),
}

/// All that Tallykey can do. Clones are the same desk.
#[derive(Clone)]
pub struct Desk {
    own_definitions: DefinitionFiles,
    sites: SitesFile,
    seen: Arc<Seen>,
    archive: Arc<Archive>,
    diary: Arc<Diary>,
    settings: SettingsFile,
    left_behind: LeftBehindFile,
    outside: Outside,
    attempt: Arc<Mutex<Option<Waiting>>>,
    undecided: Arc<Mutex<Option<Undecided>>>,
    finishing: Arc<tokio::sync::Mutex<()>>,
    busy: Arc<Mutex<HashMap<SiteId, Vec<Busy>>>>,
    turns: Arc<Turns>,
    slot: Slot,
    events: broadcast::Sender<Event>,
    told: Arc<Mutex<HashMap<SiteId, Told>>>,
}

/// Events a slow listener may lag behind. Most say "look again", and missing those is no loss; notices
/// are told once, and a round of twenty sites has a few dozen events.
const EVENTS_KEPT: usize = 256;

impl Desk {
    /// A desk over the given folders and ports.
    ///
    /// # Errors
    /// [`ErrorCode::TlsUntrusted`] if the platform's trust store cannot be used.
    pub fn new(
        folders: &Folders,
        store: Arc<dyn SecretStore>,
        browser: Arc<dyn Browser>,
        clipboard: Arc<dyn Clipboard>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        let (locks, sites) = (folders.data.join("locks"), SitesFile::new(folders));
        let mut outside = Outside::new(Network::new(folders)?, Secrets::new(store), browser, clipboard, clock, locks);
        outside.sites = Some(sites.clone());
        Ok(Self {
            own_definitions: DefinitionFiles::new(folders),
            sites,
            seen: Arc::new(Seen::new(KnownFiles::new(folders))),
            archive: Arc::new(Archive::new(folders)),
            diary: Arc::new(Diary::new(folders)),
            settings: SettingsFile::new(folders),
            left_behind: LeftBehindFile::new(folders),
            outside,
            attempt: Arc::default(),
            undecided: Arc::default(),
            finishing: Arc::default(),
            busy: Arc::default(),
            turns: Arc::default(),
            slot: Slot::default(),
            events: broadcast::channel(EVENTS_KEPT).0,
            told: Arc::default(),
        })
    }

    /// All sites with what was last seen of them. Asks neither a server nor the keychain.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnreadable`].
    pub fn sites(&self) -> Result<Vec<SiteStatus>> {
        let settings = self.settings();
        let definitions = OnceCell::new();
        let status = |site: Site| {
            let account = self.account_among(site.clone(), &definitions);
            self.status_of(site, account, &settings)
        };
        Ok(self.sites.read()?.into_iter().map(status).collect())
    }

    /// One site with what was last seen of it.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchSite`].
    pub fn status(&self, id: SiteId) -> Result<SiteStatus> {
        let site = self.listed_by(id)?;
        let account = self.account(site.clone());
        Ok(self.status_of(site, account, &self.settings()))
    }

    fn status_of(&self, site: Site, account: Result<Account>, settings: &Settings) -> SiteStatus {
        let known = self.seen.read(site.id, self.store_kind());
        let busy = lock(&self.busy).get(&site.id).and_then(|all| all.iter().max()).copied();
        let progress = self.turns.progress(site.id);
        let past = self.past(site.id, &known);
        let given = match &account {
            Ok(account) => self.ledger(account),
            Err(_) => ledger::read(&self.outside, site.id),
        };
        let pace = account.as_ref().map(|account| self.pace(account, &known, settings)).unwrap_or_default();
        SiteStatus { site, account, known, given, busy, past, progress, pace }
    }

    /// The site with a name, whether or not its definition can be used.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchSite`].
    pub fn listed_as(&self, name: &str) -> Result<Site> {
        self.listed(name, |site| site.is_named(name))
    }

    /// The site with an id, whether or not its definition can be used.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchSite`].
    pub fn listed_by(&self, id: SiteId) -> Result<Site> {
        self.listed(&id.to_string(), |site| site.id == id)
    }

    /// The site with a name.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchSite`], [`ErrorCode::NoSuchProvider`] or [`ErrorCode::NotAccepted`].
    pub fn named(&self, name: &str) -> Result<Account> {
        self.account(self.listed_as(name)?)
    }

    /// The site with an id.
    ///
    /// # Errors
    /// As [`named`](Self::named).
    pub fn site(&self, id: SiteId) -> Result<Account> {
        self.account(self.listed_by(id)?)
    }

    fn listed(&self, words: &str, is_it: impl Fn(&Site) -> bool) -> Result<Site> {
        let found = self.sites.read()?.into_iter().find(|site| is_it(site));
        found.ok_or_else(|| Error::new(ErrorCode::NoSuchSite).about(words))
    }

    /// Opens a page of a site or product in the browser.
    ///
    /// # Errors
    /// [`ErrorCode::BrowserFailed`].
    pub async fn open(&self, url: Url) -> Result<()> {
        self.ask_system(move |system| system.open(&url)).await
    }

    /// Starting a program takes as long as the system takes: never on an async thread.
    async fn ask_system(&self, ask: impl FnOnce(&dyn Browser) -> Result<()> + Send + 'static) -> Result<()> {
        let browser = self.outside.browser.clone();
        let asked = tokio::task::spawn_blocking(move || ask(&*browser)).await;
        asked.unwrap_or_else(|_| Err(ErrorCode::BrowserFailed.into()))
    }

    /// Puts a text that is no secret on the clipboard.
    ///
    /// # Errors
    /// [`ErrorCode::ClipboardFailed`].
    pub async fn copy_plain(&self, text: &str) -> Result<()> {
        self.slot.put_plain(&self.outside, Secret::from(text)).await?;
        self.changed();
        Ok(())
    }

    /// What was chosen for the window.
    pub fn settings(&self) -> Settings {
        self.settings.read()
    }

    /// Keeps what was chosen for the window, but for where secrets are: that is changed by moving them. Nor
    /// the proxy, which is not the window's alone: what it last saw of it may be old.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`].
    pub fn save_settings(&self, settings: &Settings) -> Result<()> {
        self.settings.change(|kept| Settings { secrets: kept.secrets, proxy: kept.proxy, ..settings.clone() })?;
        self.changed();
        Ok(())
    }

    /// Goes through another proxy from now on, or through none. What could not be reached may be now.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`], [`ErrorCode::InvalidProxy`], [`ErrorCode::ProxyWithPassword`].
    pub fn use_proxy(&self, proxy: Proxy) -> Result<()> {
        self.settings.change(|kept| Settings { proxy, ..kept })?;
        self.outside.attempts.begin_anew();
        self.changed();
        Ok(())
    }

    /// Where secrets are kept.
    pub fn store_kind(&self) -> StoreKind {
        self.outside.secrets.kind()
    }

    /// Whether secrets can be read there now. May wait for a person to unlock it.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn check_store(&self) -> Result<()> {
        let held = self.sites()?.into_iter().find(|status| status.known.state == State::Connected);
        self.outside.secrets.check(held.map(|status| status.site.id)).await
    }

    /// Keeps secrets elsewhere from now on. What is under way ends where it began, and is not seen as the
    /// other store's.
    pub fn use_store(&self, store: Arc<dyn SecretStore>) {
        self.outside.secrets.use_store(store);
        for site in self.sites.read().unwrap_or_default() {
            self.seen.next_epoch(site.id);
        }
        self.changed();
    }

    /// The place for secrets can be used again: numbers that waited for it are wanted at once.
    pub fn store_is_back(&self) {
        self.turns.wake(Duration::ZERO);
        self.turns.look.notify_one();
    }

    /// Notes what was seen of the connection that was there when `epoch` was taken.
    fn see(&self, account: &Account, epoch: Epoch, change: impl FnOnce(&mut Known, jiff::Timestamp)) -> Known {
        self.see_site(account.site.id, epoch, change)
    }

    fn see_site(&self, site: SiteId, epoch: Epoch, change: impl FnOnce(&mut Known, jiff::Timestamp)) -> Known {
        let now = self.outside.now();
        let (before, known) = self.seen.change(site, self.store_kind(), epoch, |known| change(known, now));
        if known != before {
            self.note_between(site, &before, &known, now);
            self.changed();
        }
        self.tell_end(site, before.state, known.state);
        known
    }

    fn busy(&self, account: &Account, what: Busy) -> BusyMark {
        let id = account.site.id;
        lock(&self.busy).entry(id).or_default().push(what);
        self.changed();
        BusyMark { desk: self.clone(), id, what }
    }
}

/// Takes the mark off when the work ends, however it ends.
struct BusyMark {
    desk: Desk,
    id: SiteId,
    what: Busy,
}

impl Drop for BusyMark {
    fn drop(&mut self) {
        let mut busy = lock(&self.desk.busy);
        if let Some(all) = busy.get_mut(&self.id) {
            let mine = all.iter().position(|what| *what == self.what);
            mine.map(|index| all.swap_remove(index));
        }
        drop(busy);
        self.desk.changed();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
