//! The words the tests are written in: a desk in its own folders, the server, a person of the test's
//! own with a browser.

mod browser;
mod definition;
mod kind;
mod outside;
mod server;

use std::sync::Arc;

use tallykey_core::adapters::clock::SystemClock;
use tallykey_core::adapters::folders::Folders;
use tallykey_core::adapters::memory::MemoryStore;
use tallykey_core::flows::connect::Attempt;
use tallykey_core::flows::outside::Account;
use tallykey_core::flows::refresh::Need;
use tallykey_core::model::connection::{Connection, TokenSet};
use tallykey_core::model::known::Known;
use tallykey_core::model::site::Redirect;
use tallykey_core::ports::SecretStore;
use tallykey_core::{Desk, Error, Result, Url};
use tempfile::TempDir;

use self::browser::Browser;
pub use self::browser::visit;
pub use self::kind::{BASIC, KINDS, Kind, PUBLIC};
use self::outside::Nobody;
pub use self::server::Server;

/// One person's computer, and the server.
pub struct Here {
    pub server: Server,
    pub desk: Desk,
    pub kind: Kind,
    store: Arc<MemoryStore>,
    _temp: TempDir,
}

impl Here {
    /// A desk that knows the server's definition, for one kind of application.
    pub fn new(kind: Kind) -> Self {
        let temp = TempDir::new().unwrap();
        let folders = Folders { config: temp.path().join("config"), data: temp.path().join("data") };
        let store = Arc::new(MemoryStore::default());
        let nobody = Arc::new(Nobody);
        let desk = Desk::new(&folders, store.clone(), nobody.clone(), nobody, Arc::new(SystemClock)).unwrap();
        definition::bring(&desk);
        Self { server: Server::of_a_new_person(), desk, kind, store, _temp: temp }
    }

    /// The site, not connected.
    pub async fn added(&self) -> Account {
        self.desk.add(self.kind.form(self.server.base())).await.unwrap()
    }

    /// An attempt that waits for its answer to come this way.
    pub async fn begun(&self, redirect: Redirect) -> (Account, Attempt) {
        let site = self.added().await;
        let attempt = self.desk.begin_connect_by(site.clone(), redirect).await.unwrap();
        (site, attempt)
    }

    /// Where the browser of the person is sent who approves.
    pub async fn approve(&self, attempt: &Attempt) -> Url {
        self.browser().approve(attempt.url.clone()).await
    }

    /// The person's own browser, in which nobody has signed in.
    pub fn browser(&self) -> Browser {
        Browser::of(self.server.person())
    }

    /// A site that the person has connected.
    pub async fn connected(&self) -> Account {
        let (site, attempt) = self.begun(Redirect::Paste).await;
        let redirected = self.approve(&attempt).await;
        self.desk.finish_connect(&attempt.id, redirected.as_str()).await.unwrap();
        site
    }

    /// A site the person has connected, whose access token is about to end.
    pub async fn stale(&self) -> Account {
        // At a minute a token is renewed before it is used.
        self.server.access_ttl(60).await;
        self.connected().await
    }

    /// Uses the connection.
    pub async fn use_site(&self, site: &Account) -> Result<Connection> {
        self.desk.connection(site, &Need::now()).await
    }

    /// The tokens that the secret store holds for a site.
    pub fn tokens(&self, site: &Account) -> TokenSet {
        let item = self.store.read(&format!("connection/{}", site.site.id)).unwrap();
        Connection::from_item(&item.expect("it is connected")).unwrap().tokens
    }
}

/// The numbers of a round of counting, in their order.
pub fn numbers(known: &Known) -> Vec<Option<u64>> {
    known.counts.iter().map(|count| count.value).collect()
}

/// The error of what must fail.
pub fn refused<T>(result: Result<T>) -> Error {
    result.err().expect("this must fail")
}
