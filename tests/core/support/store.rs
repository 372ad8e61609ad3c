//! A secret store in memory that refuses what it is told to.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use tallykey_core::flows::outside::Account;
use tallykey_core::model::client_secret::ClientSecret;
use tallykey_core::model::connection::Connection;
use tallykey_core::ports::{SecretStore, StoreKind};
use tallykey_core::{Error, ErrorCode, ExposeSecret, Result, Secret};
use tokio::sync::oneshot;

use super::Journal;

/// Refuses by verb (`read`, `write`, `delete`) and by the beginning of the name.
pub struct ScriptedStore {
    items: Mutex<BTreeMap<String, Secret>>,
    refusals: Mutex<Vec<Refusal>>,
    prompts: Mutex<Vec<Waiting>>,
    journal: Journal,
}

/// What is refused, and how often still.
struct Refusal {
    verb: &'static str,
    name: &'static str,
    code: ErrorCode,
    times: u32,
}

/// A prompt that holds one call of the store until it is answered.
pub struct Prompt {
    shown: oneshot::Receiver<()>,
    answer: mpsc::Sender<()>,
}

/// The store's side of a prompt.
struct Waiting {
    verb: &'static str,
    name: &'static str,
    show: oneshot::Sender<()>,
    answer: mpsc::Receiver<()>,
}

impl Prompt {
    /// Somebody answers as soon as it is shown.
    pub async fn answered(self) {
        self.shown.await.expect("a call that asks");
        drop(self.answer);
    }

    /// It is shown, and waits for an answer until what comes back is dropped.
    pub async fn shown(self) -> impl Sized {
        self.shown.await.expect("a call that asks");
        self.answer
    }

    /// Nobody answers for longer than anybody waits. What comes back holds the call still.
    pub async fn left_alone(self) -> impl Sized {
        self.shown.await.expect("a call that asks");
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(41)).await;
        tokio::time::resume();
        self.answer
    }
}

impl ScriptedStore {
    pub fn new(journal: Journal) -> Self {
        Self { items: Mutex::default(), refusals: Mutex::default(), prompts: Mutex::default(), journal }
    }

    /// From now on `verb` fails for names that begin with `name`.
    pub fn refuse(&self, verb: &'static str, name: &'static str, code: ErrorCode) {
        self.refuse_times(u32::MAX, verb, name, code);
    }

    /// The next so many times.
    pub fn refuse_times(&self, times: u32, verb: &'static str, name: &'static str, code: ErrorCode) {
        let refusal = Refusal { verb, name, code, times };
        self.refusals.lock().unwrap_or_else(PoisonError::into_inner).push(refusal);
    }

    /// Nothing fails any more.
    pub fn recover(&self) {
        self.refusals.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The next `verb` for a name that begins with `name` waits behind a prompt.
    pub fn prompts(&self, verb: &'static str, name: &'static str) -> Prompt {
        let (show, shown) = oneshot::channel();
        let (answer, answered) = mpsc::channel();
        let waiting = Waiting { verb, name, show, answer: answered };
        self.prompts.lock().unwrap_or_else(PoisonError::into_inner).push(waiting);
        Prompt { shown, answer }
    }

    /// The connection kept for a site.
    pub fn connection(&self, site: &Account) -> Option<Connection> {
        let item = self.items().get(&connection_name(site)).cloned();
        item.map(|item| Connection::from_item(&item).expect("what was written reads back"))
    }

    /// The access token kept for a site.
    pub fn access_token(&self, site: &Account) -> Option<String> {
        Some(self.connection(site)?.tokens.access_token.expose_secret().to_owned())
    }

    /// The refresh token kept for a site.
    pub fn refresh_token(&self, site: &Account) -> Option<String> {
        Some(self.connection(site)?.tokens.refresh_token?.expose_secret().to_owned())
    }

    /// The replaced refresh tokens still to be named when revoking.
    pub fn superseded(&self, site: &Account) -> Vec<String> {
        let superseded = self.connection(site).map(|held| held.tokens.superseded).unwrap_or_default();
        superseded.iter().map(|token| token.expose_secret().to_owned()).collect()
    }

    /// The client secret kept for the first site that has one.
    pub fn client_secret(&self) -> Option<ClientSecret> {
        let items = self.items();
        let (_, item) = items.iter().find(|(name, _)| name.starts_with("client-secret/"))?;
        Some(ClientSecret::from_item(item).expect("what was written reads back"))
    }

    /// The client secret of a site as it was kept before it said where it may go.
    pub fn put_plain_secret(&self, site: &Account, text: &str) {
        self.items().insert(format!("client-secret/{}", site.site.id), Secret::from(text));
    }

    /// Somebody else changes the item of a site.
    pub fn put(&self, site: &Account, connection: &Connection) {
        self.put_text(site, connection.to_item().expose_secret());
    }

    /// Somebody else removes the connection of a site.
    pub fn remove(&self, site: &Account) {
        self.items().remove(&connection_name(site));
    }

    /// Somebody else damages the item of a site.
    pub fn put_text(&self, site: &Account, text: &str) {
        self.items().insert(connection_name(site), Secret::from(text));
    }

    /// Everything kept, names and secrets.
    pub fn everything(&self) -> Vec<(String, String)> {
        let text = |(name, secret): (&String, &Secret)| (name.clone(), secret.expose_secret().to_owned());
        self.items().iter().map(text).collect()
    }

    fn items(&self) -> MutexGuard<'_, BTreeMap<String, Secret>> {
        self.items.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn allows(&self, verb: &str, name: &str) -> Result<()> {
        self.wait(verb, name);
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        refusals.retain(|refusal| refusal.times > 0);
        let refusal = refusals.iter_mut().find(|refusal| refusal.verb == verb && name.starts_with(refusal.name));
        refusal.map_or(Ok(()), |refusal| {
            refusal.times = refusal.times.saturating_sub(1);
            Err(Error::new(refusal.code))
        })
    }
}

impl ScriptedStore {
    /// Blocks the calling thread, as keychains do.
    fn wait(&self, verb: &str, name: &str) {
        let due = {
            let mut prompts = self.prompts.lock().unwrap_or_else(PoisonError::into_inner);
            let due = prompts.iter().position(|due| due.verb == verb && name.starts_with(due.name));
            due.map(|index| prompts.remove(index))
        };
        if let Some(Waiting { show, answer, .. }) = due {
            show.send(()).ok();
            // Answered by dropping the other end.
            answer.recv().ok();
        }
    }
}

impl SecretStore for ScriptedStore {
    fn kind(&self) -> StoreKind {
        StoreKind::Keychain
    }

    fn read(&self, name: &str) -> Result<Option<Secret>> {
        self.allows("read", name)?;
        Ok(self.items().get(name).cloned())
    }

    fn write(&self, name: &str, secret: &Secret) -> Result<()> {
        self.allows("write", name)?;
        self.journal.note(format!("write {}", name.split('/').next().unwrap_or_default()));
        self.items().insert(name.to_owned(), secret.clone());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<()> {
        self.allows("delete", name)?;
        self.items().remove(name);
        Ok(())
    }
}

fn connection_name(site: &Account) -> String {
    format!("connection/{}", site.site.id)
}
