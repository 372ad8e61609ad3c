//! The encrypted file: secrets in the data folder, opened by a passphrase. For who has no keychain, or
//! does not want it.
//!
//! ```text
//! vault/key.age           an X25519 identity, encrypted to the passphrase (scrypt): the one dear step
//! vault/items/NAME.age    a secret, encrypted to that identity's recipient
//! ```
//!
//! The files are of the age format (age-encryption.org/v1), which other programs open too. A file an
//! item, so that two programs never write over each other's. The recipient stands nowhere in plain, so
//! that nobody without the passphrase can make an item; an item says its own name, so that files that
//! were swapped lead no token elsewhere. Programs that write hold a shared lock, who changes the key an
//! exclusive one, and what was opened is in use only as long as the key's file is the one it came from.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use age::{DecryptError, scrypt, x25519};
use secrecy::zeroize::Zeroizing;

use super::clock::SystemClock;
use super::files::{self, private_folder, unreadable, unwritable};
use super::folders::Folders;
use crate::error::{Error, ErrorCode, Result};
use crate::model::passphrase::Passphrase;
use crate::model::secret::{ExposeSecret, Secret};
use crate::ports::{Clock, SecretStore, StoreKind};

/// The encrypted file of a data folder, open or not.
pub struct Vault {
    folder: PathBuf,
    lock: PathBuf,
    work: u8,
    open: RwLock<Option<Open>>,
}

/// A key, and the file it was read from.
struct Open {
    identity: x25519::Identity,
    file: Vec<u8>,
}

/// What is there, and what can be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none.
    Missing,
    /// It waits for its passphrase.
    Locked,
    /// It can be used.
    Open,
}

/// The exponent of scrypt's cost: 2^18 is about a second and 256 MiB on an ordinary computer, as in age
/// itself. Paid once a start by who knows the passphrase, and for each guess by who does not.
const WORK: u8 = 18;
/// A file that asks for more is not ours: 2^20 is four seconds and a GiB, and a larger one would be a way
/// to bring the computer down.
const MOST_WORK: u8 = 20;
/// More than any item has: tokens are a few kilobytes.
const MOST_BYTES: u64 = 1 << 20;

impl Vault {
    /// The one in the data folder. Touches nothing.
    pub fn new(folders: &Folders) -> Self {
        Self::with_work(folders, WORK)
    }

    /// The same with another cost for keys that are made here, for tests.
    pub fn with_work(folders: &Folders, work: u8) -> Self {
        let lock = folders.data.join("locks").join("vault.lock");
        Self { folder: folders.data.join("vault"), lock, work, open: RwLock::default() }
    }

    /// How it stands.
    pub fn standing(&self) -> Standing {
        match (self.key_file(), &*self.open.read().unwrap_or_else(PoisonError::into_inner)) {
            (Ok(Some(file)), Some(open)) if open.file == file => Standing::Open,
            (Ok(None), _) => Standing::Missing,
            _ => Standing::Locked,
        }
    }

    /// Makes a new one and opens it. Never over one that is there. Takes about a second.
    ///
    /// # Errors
    /// [`ErrorCode::VaultLocked`] if there is one, [`ErrorCode::FileUnwritable`].
    pub fn create(&self, passphrase: &Passphrase) -> Result<()> {
        if self.key_file()?.is_some() {
            return Err(ErrorCode::VaultLocked.into());
        }
        let identity = x25519::Identity::generate();
        let file = self.sealed(&identity, passphrase);
        let _alone = self.locked(File::lock)?;
        if self.key_file()?.is_some() {
            return Err(ErrorCode::VaultLocked.into());
        }
        // Items without their key are nobody's to delete.
        self.move_away()?;
        private_folder(&self.items()).map_err(|error| unwritable(&self.items(), &error))?;
        files::create(&self.key(), &file)?;
        files::settle(&self.folder);
        files::settle(self.folder.parent().unwrap_or(Path::new(".")));
        self.opened(identity, file);
        Ok(())
    }

    /// Opens it. Takes about a second.
    ///
    /// # Errors
    /// [`ErrorCode::PassphraseWrong`], [`ErrorCode::VaultMissing`] or [`ErrorCode::VaultDamaged`].
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<()> {
        let file = self.key_file()?.ok_or(ErrorCode::VaultMissing)?;
        self.opened(unsealed(&file, passphrase)?, file);
        Ok(())
    }

    /// Encrypts the key, and nothing else, to another passphrase. Programs that have it open ask anew.
    ///
    /// # Errors
    /// As [`unlock`](Self::unlock), [`ErrorCode::FileUnwritable`], or [`ErrorCode::Busy`] if another
    /// program changed it meanwhile; the file is as it was.
    pub fn change_passphrase(&self, before: &Passphrase, after: &Passphrase) -> Result<()> {
        let old = self.key_file()?.ok_or(ErrorCode::VaultMissing)?;
        let identity = unsealed(&old, before)?;
        let new = self.sealed(&identity, after);
        let _alone = self.locked(File::lock)?;
        if self.key_file()?.as_ref() != Some(&old) {
            return Err(ErrorCode::Busy.into());
        }
        files::replace(&self.key(), &new)?;
        files::settle(&self.folder);
        self.opened(identity, new);
        Ok(())
    }

    /// Sets it aside under a name that is not taken, for who forgot the passphrase and may remember it.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`].
    pub fn set_aside(&self) -> Result<()> {
        let _alone = self.locked(File::lock)?;
        self.move_away()?;
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }

    fn move_away(&self) -> Result<()> {
        let day = SystemClock.now().strftime("%Y-%m-%d").to_string();
        let names = (1..).map(|number| match number {
            1 => format!("vault-{day}"),
            _ => format!("vault-{day}-{number}"),
        });
        let mut free = names.map(|name| self.folder.with_file_name(name)).filter(|path| !path.exists());
        let aside = free.next().expect("there are more numbers than folders");
        match fs::rename(&self.folder, &aside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unwritable(&aside, &error)),
            _ => Ok(()),
        }
    }

    fn key(&self) -> PathBuf {
        self.folder.join("key.age")
    }

    fn items(&self) -> PathBuf {
        self.folder.join("items")
    }

    /// Names are words and ids with a slash between them.
    fn item(&self, name: &str) -> PathBuf {
        self.items().join(format!("{}.age", name.replace('/', ".")))
    }

    fn key_file(&self) -> Result<Option<Vec<u8>>> {
        content(&self.key())
    }

    fn opened(&self, identity: x25519::Identity, file: Vec<u8>) {
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Some(Open { identity, file });
    }

    fn sealed(&self, identity: &x25519::Identity, passphrase: &Passphrase) -> Vec<u8> {
        let mut recipient = scrypt::Recipient::new(passphrase.secret().clone());
        recipient.set_work_factor(self.work);
        encrypted(&recipient, identity.to_string().expose_secret().as_bytes())
    }

    fn locked(&self, take: impl FnOnce(&File) -> io::Result<()>) -> Result<File> {
        let lock = || {
            files::touch_private(&self.lock)?;
            let file = File::options().append(true).open(&self.lock)?;
            take(&file)?;
            Ok(file)
        };
        self.lock.parent().map_or(Ok(()), private_folder).and_then(|()| lock()).map_err(|e| unwritable(&self.lock, &e))
    }

    /// Uses the key while nobody changes it.
    fn with<T>(&self, use_it: impl FnOnce(&x25519::Identity) -> Result<T>) -> Result<T> {
        let file = self.key_file()?.ok_or(ErrorCode::VaultMissing)?;
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        match &*open {
            Some(open) if open.file == file => use_it(&open.identity),
            _ => Err(ErrorCode::VaultLocked.into()),
        }
    }
}

impl SecretStore for Vault {
    fn kind(&self) -> StoreKind {
        StoreKind::Vault
    }

    fn read(&self, name: &str) -> Result<Option<Secret>> {
        self.with(|identity| {
            let Some(file) = content(&self.item(name))? else { return Ok(None) };
            let text = decrypted(identity, &file).ok();
            let text = text.as_deref().and_then(|bytes| str::from_utf8(bytes).ok());
            let secret = text.and_then(|text| text.strip_prefix(name)?.strip_prefix('\n'));
            secret.map(|secret| Some(Secret::from(secret))).ok_or_else(|| ErrorCode::SecretUnreadable.into())
        })
    }

    fn write(&self, name: &str, secret: &Secret) -> Result<()> {
        let _shared = self.locked(File::lock_shared)?;
        self.with(|identity| {
            let text = Zeroizing::new(format!("{name}\n{}", secret.expose_secret()));
            files::replace(&self.item(name), encrypted(&identity.to_public(), text.as_bytes()))?;
            files::settle(&self.items());
            Ok(())
        })
    }

    fn delete(&self, name: &str) -> Result<()> {
        let _shared = self.locked(File::lock_shared)?;
        self.with(|_| {
            files::remove(&self.item(name))?;
            files::settle(&self.items());
            Ok(())
        })
    }
}

fn unsealed(file: &[u8], passphrase: &Passphrase) -> Result<x25519::Identity> {
    let mut identity = scrypt::Identity::new(passphrase.secret().clone());
    identity.set_max_work_factor(MOST_WORK);
    let damaged = |why: String| Error::new(ErrorCode::VaultDamaged).detail(why);
    let text = decrypted(&identity, file).map_err(|error| match error {
        // What the passphrase opens is sealed: a wrong one and a damaged seal look the same.
        DecryptError::DecryptionFailed => ErrorCode::PassphraseWrong.into(),
        error => damaged(error.to_string()),
    })?;
    let text = str::from_utf8(&text).map_err(|_| damaged(String::new()))?;
    text.trim().parse().map_err(|_| damaged(String::new()))
}

fn encrypted(recipient: &impl age::Recipient, text: &[u8]) -> Vec<u8> {
    age::encrypt(recipient, text).expect("memory takes all")
}

fn decrypted(identity: &impl age::Identity, file: &[u8]) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    let identity: &dyn age::Identity = identity;
    let mut reader = age::Decryptor::new_buffered(file)?.decrypt(std::iter::once(identity))?;
    // Room for all of it at once: a copy that was moved would not be wiped.
    let mut text = Zeroizing::new(Vec::with_capacity(file.len()));
    reader.read_to_end(&mut text)?;
    Ok(text)
}

fn content(path: &Path) -> Result<Option<Vec<u8>>> {
    let read = || {
        let mut content = Vec::new();
        File::open(path)?.take(MOST_BYTES).read_to_end(&mut content)?;
        Ok::<_, io::Error>(content)
    };
    match read() {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}
