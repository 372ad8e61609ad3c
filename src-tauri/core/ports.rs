//! What the outside world does for us. A trait stands here only where the operating system is on
//! the other side and two things implement it; files and HTTP need none, as a test can move the
//! path or the address.

use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::error::Result;
use crate::model::moment::Steady;
use crate::model::secret::Secret;
use crate::model::settings::Place;

/// A place that keeps secrets by name. Calls may block for as long as a person takes to unlock it.
pub trait SecretStore: Send + Sync {
    /// What kind of place this is.
    fn kind(&self) -> StoreKind;

    /// The secret under a name, if there is one.
    fn read(&self, name: &str) -> Result<Option<Secret>>;

    /// Puts a secret under a name, in place of the one before. Either all of it is kept or nothing
    /// has changed.
    fn write(&self, name: &str, secret: &Secret) -> Result<()>;

    /// Removes what is under a name. Nothing there is no failure.
    fn delete(&self, name: &str) -> Result<()>;
}

/// Kinds of places for secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StoreKind {
    /// The operating system's keychain.
    Keychain,
    /// The encrypted file.
    Vault,
    /// This process's memory, until it ends.
    Memory,
}

impl StoreKind {
    /// The place of this kind; absent where nothing outlives the program.
    pub fn place(self) -> Option<Place> {
        match self {
            Self::Keychain => Some(Place::Keychain),
            Self::Vault => Some(Place::Vault),
            Self::Memory => None,
        }
    }

    /// Whether what is kept there outlives the program.
    pub fn lasts(self) -> bool {
        self.place().is_some()
    }
}

/// The system browser, and what else the system opens things with.
pub trait Browser: Send + Sync {
    /// Opens an address. Returns once the browser was asked, not once it shows the page.
    fn open(&self, url: &Url) -> Result<()>;

    /// Shows one of our own folders, in the system's file manager.
    fn open_folder(&self, folder: &Path) -> Result<()>;

    /// What would be asked, if there is something; its name where that is known.
    fn opener(&self) -> Result<String> {
        Ok(String::new())
    }
}

/// The system clipboard.
pub trait Clipboard: Send + Sync {
    /// Puts a text there, marked so that clipboard histories leave it out.
    fn write(&self, text: &Secret) -> Result<()>;

    /// The text there, if it holds text.
    fn read(&self) -> Result<Option<Secret>>;

    /// Empties it.
    fn clear(&self) -> Result<()>;
}

/// The time of day, and time as it passes.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;

    /// How much time has passed, also while the computer slept and whatever the clock was set to.
    fn steady(&self) -> Steady;

    /// Waits that long before something is tried again.
    fn wait(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(time))
    }
}
