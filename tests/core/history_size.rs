//! How large a history grows.

use std::fs;
use std::io::Write as _;

use tallykey_core::adapters::history_file::History;
use tempfile::TempDir;

use crate::support::{Year, database, folders, moment};

/// A row's own bytes: six of a header, at most one each of grain, site and count, four of the time, at
/// most two of a number below 32768, and three that the page needs to find it.
const ROW: u64 = 6 + 1 + 1 + 1 + 4 + 2 + 3;
/// No page of a tree is less than half full.
const PAGES: u64 = 2;

#[test]
fn a_year_of_sixty_sites_takes_no_more_than_its_rows_and_gives_back_what_is_removed() {
    let temp = TempDir::new().unwrap();
    let folders = folders(temp.path());
    let size = || fs::metadata(database(&folders)).unwrap().len();
    let year = Year { sites: 60, counts: 7 };
    let now = moment("2026-03-04T23:55:00");

    let sites = year.fill(&folders, now.timestamp());

    let (rows, bytes) = (year.rows().unsigned_abs(), size());
    let per_row = bytes * 10 / rows;
    writeln!(std::io::stdout(), "{rows} rows in {bytes} bytes, {}.{} a row", per_row / 10, per_row % 10).unwrap();
    assert!(bytes <= PAGES * ROW * rows, "{bytes} bytes");

    let (history, _) = History::open(&folders);
    for site in &sites[1..] {
        history.remove(*site).unwrap();
    }
    let one = history.all(sites[0], now.timestamp()).unwrap();
    drop(history);

    let bytes = size();
    assert!(bytes <= PAGES * ROW * rows / 60 + 64 * 1024, "{bytes} bytes, of which 64 KiB may be roots and names");
    assert_eq!(one.len(), 7, "the other site is as it was");
}
