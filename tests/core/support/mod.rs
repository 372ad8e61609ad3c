//! The words the tests are written in: a desk in its own folders, a Redmine that does what is
//! asked, a secret store that fails when told to, a clock that is set by hand.

mod answer;
mod issues;
mod kept;
mod outside;
mod recorded;
mod redmine;
mod seen;
mod store;
mod visit;
mod wishes;
mod year;

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use tallykey_core::adapters::folders::Folders;
use tallykey_core::adapters::network::Network;
use tallykey_core::flows::connect::Attempt;
use tallykey_core::flows::outside::{Account, Outside};
use tallykey_core::flows::refresh::Need;
use tallykey_core::flows::secrets::Secrets;
use tallykey_core::model::known::Known;
use tallykey_core::model::provider::Provider;
use tallykey_core::model::site::Redirect;
use tallykey_core::{Desk, Error, ErrorCode, ExposeSecret, NewSite, Result, Secret};
use tempfile::TempDir;

pub use self::answer::{Answer, answer, html, json};
pub use self::kept::{Kept, folders, moment, samples};
pub use self::outside::{FakeClipboard, RecordingBrowser, SetClock};
pub use self::recorded::{ANY, Ask, Recorded};
pub use self::redmine::Redmine;
pub use self::seen::query_of;
pub use self::store::ScriptedStore;
pub use self::visit::{closed, get, hear, knock, open, speak, visit};
pub use self::wishes::{saved, typed, wish};
pub use self::year::{Year, database};

pub const CLIENT_ID: &str = "tallykey-read";
pub const CLIENT_SECRET: &str = "tallykey-read-secret-4711";
/// How long an access token of the fake Redmine lives.
pub const TOKEN_LIFE: i64 = 7200;

/// What happened outside, in its order: requests and writes to the secret store.
#[derive(Clone, Default)]
pub struct Journal(Arc<Mutex<Vec<String>>>);

impl Journal {
    pub fn note(&self, what: impl Into<String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(what.into());
    }

    /// Everything noted since the last time this was asked.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One person's computer: a desk and everything it reaches.
pub struct Here {
    pub redmine: Redmine,
    pub store: Arc<ScriptedStore>,
    pub browser: Arc<RecordingBrowser>,
    pub clipboard: Arc<FakeClipboard>,
    pub clock: Arc<SetClock>,
    pub journal: Journal,
    pub folders: Folders,
    pub desk: Desk,
    _temp: TempDir,
}

impl Here {
    /// An empty desk and a Redmine with its REST API on.
    pub async fn new() -> Self {
        Self::with(Redmine::at("").await)
    }

    /// An empty desk and the given Redmine.
    pub fn with(redmine: Redmine) -> Self {
        let temp = TempDir::new().expect("a temporary folder");
        let folders = Folders { config: temp.path().join("config"), data: temp.path().join("data") };
        let journal = redmine.journal();
        let store = Arc::new(ScriptedStore::new(journal.clone()));
        let (browser, clipboard, clock) = (Arc::default(), Arc::default(), Arc::new(SetClock::default()));
        let desk = desk(&folders, &store, &browser, &clipboard, &clock);
        Self { redmine, store, browser, clipboard, clock, journal, folders, desk, _temp: temp }
    }

    /// Another program of the same person: same folders, same keychain.
    pub fn another_desk(&self) -> Desk {
        desk(&self.folders, &self.store, &self.browser, &self.clipboard, &self.clock)
    }

    /// The flows' own view of this computer.
    pub fn outside(&self) -> Outside {
        let secrets = Secrets::new(self.store.clone());
        let network = Network::new(&self.folders).expect("a trust store");
        let locks = self.folders.data.join("locks");
        Outside::new(network, secrets, self.browser.clone(), self.clipboard.clone(), self.clock.clone(), locks)
    }

    /// Accepts a definition of one's own, as it is now.
    pub fn accept(&self, id: &str) -> Result<()> {
        self.desk.accept(&self.desk.definition(id)?)
    }

    /// What a person fills in for this Redmine.
    pub fn form(&self, name: &str) -> NewSite {
        form(name, &self.redmine.base())
    }

    /// The site "Harbour", not connected.
    pub async fn added(&self) -> Account {
        self.desk.add(self.form("Harbour")).await.expect("a good form")
    }

    /// A site whose connect waits for its code.
    pub async fn begun(&self) -> (Account, Attempt) {
        let site = self.added().await;
        let attempt = self.desk.begin_connect(site.clone()).await.expect("a secret is stored");
        (site, attempt)
    }

    /// A site whose connect waits for the browser to come to a free port.
    pub async fn listening(&self) -> (Account, Attempt) {
        let site = self.added().await;
        let attempt = self.desk.begin_connect_by(site.clone(), Redirect::Loopback).await.expect("a free port");
        (site, attempt)
    }

    /// A site whose provider has only these ways back, with this port.
    pub async fn with_ways(&self, redirects: &str, port: u16) -> Account {
        self.defined(&format!("redirect = {redirects}\nredirect_port = {port}")).await
    }

    /// A site on loopback whose provider names its issuer.
    pub async fn with_issuer(&self, issuer: &str) -> Account {
        self.defined(&format!("redirect = [\"loopback\"]\nissuer = \"{issuer}\"")).await
    }

    /// A site whose address is pasted, of a product that does not know PKCE.
    pub async fn without_pkce(&self) -> Account {
        let account = self.defined("redirect = [\"paste\"]").await;
        let mut provider = (*account.provider).clone();
        provider.oauth.applications[0].pkce = tallykey_core::model::provider::Pkce::Off;
        Account { provider: Arc::new(provider), ..account }
    }

    /// A site of a Redmine whose definition has these lines about ways back.
    async fn defined(&self, lines: &str) -> Account {
        let text = include_str!("../../../src-tauri/core/providers/redmine.toml");
        let line = text.lines().find(|line| line.starts_with("redirect = ")).expect("it has ways back");
        let provider = Arc::new(Provider::parse(&text.replacen(line, lines, 1)).expect("a good definition"));
        let mut site = self.added().await.site;
        site.redirect = provider.oauth.redirects[0];
        Account { site, provider }
    }

    /// A site that alice has connected.
    pub async fn connected(&self) -> Account {
        let (site, attempt) = self.begun().await;
        self.finish(&attempt).await.expect("alice approves");
        self.journal.take();
        self.redmine.take_asked();
        site
    }

    /// A site alice has connected, whose access token has run out.
    pub async fn stale(&self) -> Account {
        let site = self.connected().await;
        self.clock.forward(TOKEN_LIFE);
        site
    }

    /// Approves an attempt in the browser and pastes the code.
    pub async fn finish(&self, attempt: &Attempt) -> Result<()> {
        let code = self.redmine.approve(&attempt.url);
        self.desk.finish_connect(&attempt.id, &code).await.map(drop)
    }

    /// Connects a site that was connected before.
    pub async fn connect_again(&self, site: &Account) -> Result<()> {
        let attempt = self.desk.begin_connect(site.clone()).await?;
        self.finish(&attempt).await
    }

    /// The access token a use of the site gets.
    pub async fn use_site(&self, site: &Account) -> Result<String> {
        let connection = self.desk.connection(site, &Need::now()).await?;
        Ok(connection.tokens.access_token.expose_secret().to_owned())
    }

    /// What is shown of the site.
    pub fn known(&self, site: &Account) -> Known {
        let sites = self.desk.sites().expect("readable");
        sites.into_iter().find(|status| status.site.id == site.site.id).expect("in the list").known
    }

    /// Where it is kept what is shown of a site.
    pub fn known_json(&self, site: &Account) -> std::path::PathBuf {
        self.folders.data.join("known").join(format!("{}.json", site.site.id))
    }

    pub fn sites_toml(&self) -> std::path::PathBuf {
        self.folders.config.join("sites.toml")
    }

    /// The text of every file below this computer's folders.
    pub fn all_files(&self) -> String {
        let mut text = String::new();
        let mut folders = vec![self.folders.config.clone(), self.folders.data.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                writeln!(text, "== {}", path.display()).expect("a string takes all");
                if path.is_dir() {
                    folders.push(path);
                } else {
                    text += &String::from_utf8_lossy(&std::fs::read(&path).expect("our own file"));
                }
            }
        }
        text
    }
}

fn desk(
    folders: &Folders,
    store: &Arc<ScriptedStore>,
    browser: &Arc<RecordingBrowser>,
    clipboard: &Arc<FakeClipboard>,
    clock: &Arc<SetClock>,
) -> Desk {
    Desk::new(folders, store.clone(), browser.clone(), clipboard.clone(), clock.clone()).expect("a trust store")
}

/// What a person fills in for a Redmine at an address.
pub fn form(name: &str, base: &str) -> NewSite {
    NewSite {
        name: name.to_owned(),
        provider: "redmine".to_owned(),
        inputs: [("base".to_owned(), base.to_owned())].into(),
        application: None,
        client_id: CLIENT_ID.to_owned(),
        client_secret: Some(Secret::from(CLIENT_SECRET)),
        redirect: Some(Redirect::Oob),
        scopes: Vec::new(),
        authority: None,
    }
}

/// A definition of a person's own: a Redmine's under another id.
pub fn own_redmine(id: &str) -> String {
    let text = include_str!("../../../src-tauri/core/providers/redmine.toml");
    text.replacen("id = \"redmine\"", &format!("id = \"{id}\""), 1)
}

/// The error of what must fail.
pub fn refused<T>(result: Result<T>) -> Error {
    result.err().expect("this must fail")
}

/// The code of what must fail.
pub fn code<T>(result: Result<T>) -> ErrorCode {
    refused(result).code
}
