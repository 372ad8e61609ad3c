//! What can go wrong with the file, as far as anybody does something about it.

use rusqlite::ErrorCode as Sqlite;

use crate::error::{Error, ErrorCode};

/// A failure of a use of the file.
#[derive(Debug)]
pub(super) enum Fault {
    /// What is in the file makes no sense, in `SQLite`'s words.
    Damaged(String),
    /// Everything else: the file is as it was.
    Other(Error),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        let words = error.to_string();
        match error {
            rusqlite::Error::SqliteFailure(cause, _)
                if matches!(cause.code, Sqlite::DatabaseCorrupt | Sqlite::NotADatabase) =>
            {
                Self::Damaged(words)
            }
            // A column that cannot hold what was read from it.
            rusqlite::Error::IntegralValueOutOfRange(..) | rusqlite::Error::InvalidColumnType(..) => {
                Self::Damaged(words)
            }
            _ => Self::Other(unusable(&words)),
        }
    }
}

/// A full disk, a folder or file that cannot be written, one that others keep busy.
pub(super) fn unusable(words: &str) -> Error {
    Error::new(ErrorCode::FileUnwritable).detail(format!("history.db: {words}"))
}

/// A file that is left as it is.
pub(super) fn unreadable(words: &str) -> Error {
    Error::new(ErrorCode::FileUnreadable).detail(format!("history.db: {words}"))
}
