//! One at a time across processes, by a lock on an empty file. The system drops the lock when its
//! holder ends, however it ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use super::files::{private_folder, unwritable};
use crate::error::{ErrorCode, Result};

/// Held until dropped.
pub struct Lock(#[expect(dead_code, reason = "an open file is the lock")] File);

/// How often a taken lock is tried again: short beside a request, long beside a try.
const AGAIN: Duration = Duration::from_millis(15);

/// Waits for the lock on `path`, on a thread that may block: for changes of milliseconds.
///
/// # Errors
/// [`ErrorCode::FileUnwritable`] if the file cannot be made.
pub fn lock_blocking(path: &Path) -> Result<Lock> {
    let take = || {
        let file = open(path)?;
        file.lock().map(|()| Lock(file))
    };
    take().map_err(|error| unwritable(path, &error))
}

fn open(path: &Path) -> io::Result<File> {
    path.parent().map_or(Ok(()), private_folder)?;
    File::options().create(true).truncate(false).write(true).open(path)
}

/// Waits for the lock on `path`, at most for `limit`.
///
/// # Errors
/// [`ErrorCode::FileUnwritable`] if the file cannot be made, [`ErrorCode::Busy`] if the lock was
/// not free in time.
pub async fn lock(path: &Path, limit: Duration) -> Result<Lock> {
    let file = open(path).map_err(|error| unwritable(path, &error))?;
    let wait = async {
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(()),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(AGAIN).await,
                Err(TryLockError::Error(error)) => return Err(unwritable(path, &error)),
            }
        }
    };
    match tokio::time::timeout(limit, wait).await {
        Ok(result) => result.map(|()| Lock(file)),
        Err(_) => Err(ErrorCode::Busy.into()),
    }
}
