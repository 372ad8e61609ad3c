//! The shape of the file, and how an older one is brought forward.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::super::files;
use super::fault::{Fault, unreadable};

/// What each version added. A version that was released is never changed.
const STEPS: &[&str] = &[
    // Samples made at one moment lie together, so a round of a site's counts writes to one page a
    // grain. A site's grain is read from end to end, and that is in the order of time.
    //
    // Runs of one value are not merged: it would save half the file at best, and then nobody could
    // tell a number that stayed from one that nobody asked for.
    //
    // A site's numbers are of one person, who is beside them: so nothing that goes wrong between what
    // was last seen and this file can mix two people's.
    //
    // The limits are those of what is read: moments have years of at most four digits. With them a
    // check of the file finds whatever a read would stumble over.
    "CREATE TABLE sites (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT) STRICT;
     CREATE TABLE counts (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
     CREATE TABLE samples (
         grain INTEGER NOT NULL, -- 0 every, 1 hour, 2 day
         site  INTEGER NOT NULL, -- sites.number
         at    INTEGER NOT NULL CHECK (at BETWEEN -377705023201 AND 253402207200), -- seconds since 1970, UTC
         count INTEGER NOT NULL, -- counts.number
         value INTEGER NOT NULL CHECK (value >= 0),
         PRIMARY KEY (grain, site, at, count)
     ) STRICT, WITHOUT ROWID;",
];

/// How long one program waits for the other to finish writing. A write takes milliseconds; longer
/// means that the other one hangs.
const PATIENCE: Duration = Duration::from_secs(5);
/// The size the log is cut back to after a large removal: what it grows to anyway between two
/// checkpoints of 1000 pages.
const LOG_BYTES: i64 = 4 * 1024 * 1024;

/// Opens the file in the present shape.
pub(super) fn open(path: &Path) -> Result<Connection, Fault> {
    let mut connection = connect(path)?;
    let version = version_of(&connection)?;
    if version > STEPS.len() {
        let words =
            format!("written by a newer Tallykey: its version is {version}, the newest known here {}", STEPS.len());
        return Err(Fault::Other(unreadable(&words)));
    }
    if version == 0 {
        // Heeded only before anything is in the file. Space of what was removed can be given back
        // in steps, without rewriting everything.
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    }
    // Writers append to a log, so readers need not wait and a crash leaves the file whole.
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "journal_size_limit", LOG_BYTES)?;
    // The log is not forced to the disk at each commit but at checkpoints. What was committed outlives
    // the program, however it ends; only a power cut may cost the last minutes, and in that order. To
    // keep those, too, would wake the disk for every site and round.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    migrate(&mut connection, STEPS)?;
    Ok(connection)
}

/// Whether everything in the file makes sense. Reads all of it.
pub(super) fn check(path: &Path) -> Result<(), Fault> {
    let connection = connect(path)?;
    let found: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(Fault::Damaged(found)) }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    // One thread at a time uses it, so SQLite needs no lock of its own. Names are never URIs.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // Made by us, so that it is the user's alone; SQLite gives its other files the same rights. What
    // cannot be made it says better itself.
    files::touch_private(path).ok();
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Takes the steps the file has not seen, all or none.
fn migrate(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    if version_of(connection)? == steps.len() {
        return Ok(());
    }
    // Another program may have taken them before it is our turn.
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in steps.iter().skip(version_of(&change)?) {
        change.execute_batch(step)?;
    }
    change.pragma_update(None, "user_version", steps.len().cast_signed())?;
    change.commit()
}

fn version_of(connection: &Connection) -> rusqlite::Result<usize> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    // We never write a negative one; a file that has it is as foreign as a newer one.
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "CREATE TABLE notes (text TEXT NOT NULL) STRICT;";
    const SECOND: &str = "ALTER TABLE notes ADD COLUMN stars INTEGER NOT NULL DEFAULT 3;";

    /// A file of the first version, with something in it.
    fn old() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &[FIRST]).unwrap();
        connection.execute("INSERT INTO notes VALUES ('kept')", []).unwrap();
        connection
    }

    #[test]
    fn an_older_file_is_brought_forward_with_what_it_holds() {
        let mut connection = old();
        migrate(&mut connection, &[FIRST, SECOND]).unwrap();
        let note = connection.query_row("SELECT text, stars FROM notes", [], |row| Ok((row.get(0)?, row.get(1)?)));
        assert_eq!(note, Ok(("kept".to_owned(), 3)));
        assert_eq!(version_of(&connection), Ok(2));
        migrate(&mut connection, &[FIRST, SECOND]).unwrap();
    }

    #[test]
    fn a_step_that_fails_takes_those_before_it_back() {
        let mut connection = old();
        migrate(&mut connection, &[FIRST, SECOND, "CREATE TABLE notes (again TEXT)"]).unwrap_err();
        assert_eq!(version_of(&connection), Ok(1));
        let columns: i64 =
            connection.query_row("SELECT count(*) FROM pragma_table_info('notes')", [], |row| row.get(0)).unwrap();
        assert_eq!(columns, 1);
    }
}
