//! Opening the file, and setting a damaged one aside.
//!
//! A database that is renamed while others have it open loses what they write. So everybody holds
//! a shared lock on an empty file for as long as the database is open, and only who gets that lock
//! alone renames it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::PathBuf;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::fault::{Fault, unreadable, unusable};
use super::schema;
use crate::adapters::clock::SystemClock;
use crate::adapters::files::private_folder;
use crate::adapters::folders::Folders;
use crate::error::{Error, ErrorCode, Result};
use crate::ports::Clock as _;

/// The database, open.
pub(super) struct Open {
    // Closed before the lock is let go: fields are dropped in their order.
    connection: Connection,
    lock: File,
}

impl Open {
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Changes the file, all or nothing. The turn to write is taken first: a transaction that reads
    /// before it writes could not wait for another writer.
    pub(super) fn change<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T, Fault> {
        let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&change)?;
        change.commit()?;
        Ok(done)
    }

    /// Gives up to `most` free pages back to the disk if there are more than `slack`.
    pub(super) fn release(&self, slack: u32, most: u32) -> rusqlite::Result<()> {
        let free: u32 = self.connection.pragma_query_value(None, "freelist_count", |row| row.get(0))?;
        if free > slack {
            // A page a step, hence the loop.
            let mut release = self.connection.prepare(&format!("PRAGMA incremental_vacuum({})", free.min(most)))?;
            let mut pages = release.query([])?;
            while pages.next()?.is_some() {}
        }
        Ok(())
    }

    /// The lock that is left when the database is closed.
    pub(super) fn close(self) -> File {
        self.lock
    }
}

/// Where the database and its lock are.
pub(super) struct Place {
    file: PathBuf,
    lock: PathBuf,
}

impl Place {
    pub(super) fn new(folders: &Folders) -> Self {
        Self { file: folders.data.join("history.db"), lock: folders.data.join("locks").join("history.lock") }
    }

    pub(super) fn is_there(&self) -> bool {
        self.file.exists()
    }

    /// The database, and what is to be told about it.
    pub(super) fn open(&self) -> Result<(Open, Option<Error>)> {
        let open = || {
            self.lock.parent().map_or(Ok(()), private_folder)?;
            File::options().create(true).truncate(false).write(true).open(&self.lock)
        };
        let lock = open().map_err(|error| unusable(&error.to_string()))?;
        match lock.try_lock_shared() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(unusable("another Tallykey sets it aside just now")),
            Err(TryLockError::Error(error)) => return Err(unusable(&error.to_string())),
        }
        match schema::open(&self.file) {
            Ok(connection) => Ok((Open { connection, lock }, None)),
            Err(Fault::Other(error)) => Err(error),
            Err(Fault::Damaged(why)) => self.replace(lock, &why),
        }
    }

    /// Sets the file aside if it is damaged and nobody else has it open, and begins a new one. `lock`
    /// is the lock of who found the damage.
    pub(super) fn replace(&self, lock: File, why: &str) -> Result<(Open, Option<Error>)> {
        let told = |error: io::Error| unusable(&error.to_string());
        lock.unlock().map_err(told)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(unreadable(&format!("{why}, and another Tallykey has it open")));
            }
            Err(TryLockError::Error(error)) => return Err(told(error)),
        }
        // Another Tallykey may have set it aside before the lock was ours.
        let notice = match schema::check(&self.file) {
            Ok(()) => None,
            Err(Fault::Other(error)) => return Err(error),
            Err(Fault::Damaged(_)) => {
                let name = self.set_aside().map_err(told)?;
                Some(Error::new(ErrorCode::HistoryDamaged).detail(format!("{name}: {why}")))
            }
        };
        let connection = schema::open(&self.file).map_err(|fault| match fault {
            Fault::Damaged(why) => unusable(&why),
            Fault::Other(error) => error,
        })?;
        // A lock is not always turned into a shared one: let go first. Nobody sets aside what is sound.
        lock.unlock().and_then(|()| lock.lock_shared()).map_err(told)?;
        Ok((Open { connection, lock }, notice))
    }

    /// Renames the database to a name that is not taken, together with what belongs to it. The name.
    fn set_aside(&self) -> io::Result<String> {
        let day = SystemClock.now().strftime("%Y-%m-%d").to_string();
        let names = (1..).map(|number| match number {
            1 => format!("history.db.damaged-{day}"),
            _ => format!("history.db.damaged-{day}-{number}"),
        });
        let is_free = |name: &String| !self.file.with_file_name(name).exists();
        let name = names.into_iter().find(is_free).expect("there are more numbers than files");
        let beside = |name: String| self.file.with_file_name(name);
        // Last goes the database: a log left behind alone would be written into the next one.
        there(fs::rename(beside("history.db-wal".to_owned()), beside(format!("{name}-wal"))))?;
        there(fs::remove_file(beside("history.db-shm".to_owned())))?;
        fs::rename(&self.file, beside(name.clone()))?;
        Ok(name)
    }
}

/// The result of what was done with a file, if that was there.
fn there(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
