//! A history that cannot be used costs nothing else.

use std::fs;
use std::path::Path;

use jiff::Zoned;
use rusqlite::Connection;
use tallykey_core::ErrorCode;
use tallykey_core::adapters::history_file::History;
use tempfile::TempDir;

use crate::support::{Kept, Year, code, database, folders, moment, refused};

fn now() -> Zoned {
    moment("2026-03-04T08:30:00")
}

/// A history of a year of which all but the names is overwritten, and its file. It still opens.
fn damaged_inside() -> (Kept, Vec<u8>) {
    let temp = TempDir::new().unwrap();
    let folders = folders(temp.path());
    let sites = Year { sites: 1, counts: 7 }.fill(&folders, now().timestamp());
    let mut bytes = fs::read(database(&folders)).unwrap();
    // The roots of the tables are in the first pages.
    bytes[16 * 4096..].fill(0xA5);
    fs::write(database(&folders), &bytes).unwrap();
    let (mut kept, told) = Kept::in_folder(temp);
    assert_eq!(told, None);
    kept.site = sites[0];
    (kept, bytes)
}

/// The names of damaged files.
fn set_aside(data: &Path) -> Vec<String> {
    let names = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.starts_with("history.db.damaged-")).collect();
    names.sort();
    names
}

#[test]
fn a_file_that_is_no_database_is_set_aside_and_told() {
    let temp = TempDir::new().unwrap();
    let file = database(&folders(temp.path()));
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "not a database, but long enough to be taken for the header of one").unwrap();

    let (kept, told) = Kept::in_folder(temp);

    let told = told.unwrap();
    let names = set_aside(&kept.folders.data);
    assert_eq!((told.code, names.len()), (ErrorCode::HistoryDamaged, 1));
    assert!(told.detail.unwrap().starts_with(&names[0]), "it is told where it is");
    assert!(fs::read_to_string(kept.folders.data.join(&names[0])).unwrap().starts_with("not a database"));
    kept.record(&now(), 3);
    assert_eq!(kept.values(), [3]);
    assert_eq!(Kept::in_folder(kept.closed()).1, None, "it is told once");
}

#[test]
fn damage_inside_is_told_by_the_call_that_meets_it_and_the_next_one_works() {
    let (kept, bytes) = damaged_inside();

    let error = refused(kept.history.record(kept.site, None, &now(), &[("count-1", 3)]));

    let names = set_aside(&kept.folders.data);
    assert_eq!((error.code, names.len()), (ErrorCode::HistoryDamaged, 1));
    assert!(fs::read(kept.folders.data.join(&names[0])).unwrap() == bytes, "it is kept as it was");
    kept.record(&now(), 3);
    assert_eq!(kept.values(), [3]);
}

#[test]
fn a_number_no_count_can_have_is_damage() {
    let kept = Kept::new();
    kept.record(&now(), 3);
    let connection = Connection::open(database(&kept.folders)).unwrap();
    connection.execute_batch("PRAGMA ignore_check_constraints = ON; UPDATE samples SET value = -3;").unwrap();
    drop(connection);

    assert_eq!(code(kept.history.sparklines(&now())), ErrorCode::HistoryDamaged);

    assert_eq!(kept.history.sparklines(&now()).unwrap().len(), 0);
}

#[test]
fn a_second_damaged_file_takes_the_name_of_no_other() {
    let mut kept = Kept::new();
    for number in 1..=3 {
        kept.record(&now(), 3);
        let temp = kept.closed();
        fs::write(database(&folders(temp.path())), "nonsense ".repeat(1000)).unwrap();
        let (again, told) = Kept::in_folder(temp);
        assert_eq!(told.unwrap().code, ErrorCode::HistoryDamaged);
        assert_eq!(set_aside(&again.folders.data).len(), number);
        kept = again;
    }
}

#[test]
fn a_damaged_file_another_program_has_open_stays_in_its_place() {
    let (kept, bytes) = damaged_inside();
    let (other, told) = History::open(&kept.folders);
    assert_eq!(told, None);

    let error = refused(kept.history.record(kept.site, None, &now(), &[("count-1", 3)]));

    assert_eq!(error.code, ErrorCode::FileUnreadable);
    assert_eq!(set_aside(&kept.folders.data), Vec::<String>::new());
    drop(other);
    assert_eq!(code(kept.history.record(kept.site, None, &now(), &[("count-1", 3)])), ErrorCode::HistoryDamaged);
    let names = set_aside(&kept.folders.data);
    assert!(fs::read(kept.folders.data.join(&names[0])).unwrap() == bytes);
}

#[test]
fn a_newer_file_is_told_and_left_alone() {
    let kept = Kept::new();
    kept.record(&now(), 3);
    let temp = kept.closed();
    let file = database(&folders(temp.path()));
    Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&file).unwrap();

    let (kept, told) = Kept::in_folder(temp);

    let told = told.unwrap();
    assert_eq!(told.code, ErrorCode::FileUnreadable);
    assert!(told.detail.unwrap().contains("99"));
    assert_eq!(code(kept.history.record(kept.site, None, &now(), &[("open", 4)])), ErrorCode::FileUnreadable);
    assert_eq!(code(kept.history.sparklines(&now())), ErrorCode::FileUnreadable);
    let temp = kept.closed();
    assert!(fs::read(&file).unwrap() == before);
    drop(temp);
}

#[test]
fn an_empty_file_is_begun() {
    let temp = TempDir::new().unwrap();
    let file = database(&folders(temp.path()));
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "").unwrap();

    let (kept, told) = Kept::in_folder(temp);

    kept.record(&now(), 3);
    assert_eq!((kept.values(), told), (vec![3], None));
}

#[test]
fn a_folder_that_cannot_be_used_is_told_until_it_can() {
    let temp = TempDir::new().unwrap();
    let data = folders(temp.path()).data;
    fs::write(&data, "no folder").unwrap();

    let (kept, told) = Kept::in_folder(temp);

    assert_eq!(told.unwrap().code, ErrorCode::FileUnwritable);
    assert_eq!(code(kept.history.record(kept.site, None, &now(), &[("open", 3)])), ErrorCode::FileUnwritable);
    fs::remove_file(&data).unwrap();
    kept.record(&now(), 4);
    assert_eq!(kept.values(), [4]);
}
