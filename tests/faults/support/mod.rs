//! The words of these tests: a desk in its own folders, simulated sites on loopback, a secret store that lasts as long
//! as the computer, and two clocks that are moved together.

#[path = "../../core/support/outside.rs"]
#[expect(dead_code, reason = "shared with tests/core, which uses all of it")]
mod outside;
#[path = "../../core/support/store.rs"]
#[expect(dead_code, reason = "shared with tests/core, which uses all of it")]
mod store;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tallykey_core::adapters::folders::Folders;
use tallykey_core::flows::outside::Account;
use tallykey_core::flows::refresh::Need;
use tallykey_core::model::known::Known;
use tallykey_core::{Desk, Error, ExposeSecret, NewSite, Result, Secret};
use tallykey_sites::{CLIENT_ID, CLIENT_SECRET, Change, Fault, Options, Provider, Rotation, Site, Spot};
use tempfile::TempDir;

pub use self::outside::{FakeClipboard, RecordingBrowser, SetClock};
pub use self::store::ScriptedStore;

/// Longer than anybody waits; who heals the site has the answer then.
pub const NEVER: Fault = Fault::Slow(3_600_000);
/// How long an access token of a simulated Redmine lives.
pub const TOKEN_LIFE: i64 = 7200;

/// What the secret store was asked to write.
#[derive(Clone, Default)]
pub struct Journal(Arc<Mutex<Vec<String>>>);

impl Journal {
    pub fn note(&self, what: impl Into<String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(what.into());
    }
}

/// One person's computer.
pub struct Here {
    pub store: Arc<ScriptedStore>,
    pub clipboard: Arc<FakeClipboard>,
    pub clock: Arc<SetClock>,
    pub folders: Folders,
    pub desk: Desk,
    _temp: TempDir,
}

impl Here {
    pub fn new() -> Self {
        let temp = TempDir::new().unwrap();
        let folders = Folders { config: temp.path().join("config"), data: temp.path().join("data") };
        let store = Arc::new(ScriptedStore::new(Journal::default()));
        let (clipboard, clock) = (Arc::default(), Arc::new(SetClock::default()));
        let desk = desk(&folders, &store, &clipboard, &clock);
        Self { store, clipboard, clock, folders, desk, _temp: temp }
    }

    /// Another program of the same person, or the same one after a crash: same folders, same keychain.
    pub fn another_desk(&self) -> Desk {
        desk(&self.folders, &self.store, &self.clipboard, &self.clock)
    }

    /// A site of this name, connected.
    pub async fn connected(&self, name: &str, site: &Site) -> Account {
        let form = NewSite {
            application: None,
            name: name.to_owned(),
            provider: "redmine".to_owned(),
            inputs: [("base".to_owned(), site.base_url().to_owned())].into(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: Some(Secret::from(CLIENT_SECRET)),
            redirect: None,
            scopes: Vec::new(),
            authority: None,
        };
        let account = self.desk.add(form).await.unwrap();
        let attempt = self.desk.begin_connect(account.clone()).await.unwrap();
        let code = site.approve(attempt.url.as_str()).code().unwrap();
        self.desk.finish_connect(&attempt.id, &code).await.unwrap();
        account
    }

    /// Time passes here and there until the access token has run out.
    pub fn expire(&self, site: &Site) {
        self.clock.forward(TOKEN_LIFE);
        site.advance(TOKEN_LIFE);
    }

    /// The access token a use of the site gets.
    pub async fn use_site(&self, account: &Account) -> Result<String> {
        use_site(&self.desk, account).await
    }

    /// A site that is connected, whose access token has run out.
    pub async fn stale(&self, site: &Site) -> Account {
        let account = self.connected("Harbour", site).await;
        self.expire(site);
        account
    }

    /// What is shown of the site.
    pub fn known(&self, account: &Account) -> Known {
        let sites = self.desk.sites().unwrap();
        sites.into_iter().find(|status| status.site.id == account.site.id).unwrap().known
    }
}

fn desk(folders: &Folders, store: &Arc<ScriptedStore>, clipboard: &Arc<FakeClipboard>, clock: &Arc<SetClock>) -> Desk {
    let browser = Arc::new(RecordingBrowser::default());
    Desk::new(folders, store.clone(), browser, clipboard.clone(), clock.clone()).unwrap()
}

/// The access token a use of the site gets.
pub async fn use_site(desk: &Desk, account: &Account) -> Result<String> {
    let connection = desk.connection(account, &Need::now()).await?;
    Ok(connection.tokens.access_token.expose_secret().to_owned())
}

/// How many refreshes a site was asked for.
pub fn refreshes_asked(site: &Site) -> u64 {
    site.traffic().grant_types.get("refresh_token").copied().unwrap_or_default()
}

/// The next so many requests of a kind go wrong.
pub fn fails(site: &Site, on: Spot, fault: Fault, times: u32) {
    site.change(Change { fault: Some(fault), on, times: Some(times), ..Change::default() }).unwrap();
}

/// It is well again.
pub fn heals(site: &Site) {
    site.change(Change { clear_faults: true, ..Change::default() }).unwrap();
}

/// Time passes for what waits, and for nothing else.
pub async fn wait_for(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

/// Returns once it is so.
pub async fn until(what: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_mins(2);
    while !what() {
        assert!(Instant::now() < deadline, "it is never so");
        tokio::task::yield_now().await;
    }
}

/// A simulated Redmine that rotates refresh tokens in this way.
pub async fn redmine(rotation: Rotation) -> Site {
    let site = Site::start(Options::new(Provider::Redmine)).await.unwrap();
    site.change(Change { rotation: Some(rotation), ..Change::default() }).unwrap();
    site
}

/// When the clock of a test begins, as the person reads it.
pub fn noon() -> String {
    let noon: jiff::Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
    noon.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The error of what must fail.
#[track_caller]
pub fn refused<T>(result: Result<T>) -> Error {
    result.err().expect("this must fail")
}
