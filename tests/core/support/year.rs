//! A history as it is after a year, without living through it.

use std::path::PathBuf;

use jiff::Timestamp;
use rusqlite::{Connection, params};
use tallykey_core::adapters::folders::Folders;
use tallykey_core::adapters::history_file::History;
use tallykey_core::model::site::SiteId;

/// What has been counted for a year, every five minutes.
pub struct Year {
    pub sites: i64,
    pub counts: i64,
}

/// What is kept of a year: seconds between two samples of a grain, and how many there are.
const KEPT: [(i64, i64); 3] = [(300, 2 * 288), (3600, 60 * 24), (86_400, 365)];

impl Year {
    /// How many rows that is.
    pub fn rows(&self) -> i64 {
        KEPT.iter().map(|(_, number)| number * self.sites * self.counts).sum()
    }

    /// Writes it into a new history, in the order in which it would have been written. The sites.
    pub fn fill(&self, folders: &Folders, now: Timestamp) -> Vec<SiteId> {
        drop(History::open(folders));
        let mut connection = Connection::open(database(folders)).expect("just made");
        let all = connection.transaction().expect("nobody else writes");
        let sites: Vec<SiteId> = (0..self.sites).map(|_| SiteId::random()).collect();
        for site in &sites {
            all.execute("INSERT INTO sites (id) VALUES (?1)", [site.to_string()]).expect("a new name");
        }
        for count in 0..self.counts {
            all.execute("INSERT INTO counts (id) VALUES (?1)", [format!("count-{count}")]).expect("a new name");
        }
        for (grain, (step, number)) in (0_i64..).zip(KEPT) {
            all.execute(
                "WITH RECURSIVE times (at) AS (
                     SELECT ?2 - ?3 * (?4 - 1) UNION ALL SELECT at + ?3 FROM times WHERE at < ?2
                 )
                 INSERT INTO samples (grain, site, at, count, value)
                 SELECT ?1, sites.number, at, counts.number, (at / 300 * 7919 + sites.number * counts.number) % 400
                 FROM times CROSS JOIN sites CROSS JOIN counts",
                params![grain, now.as_second(), step, number],
            )
            .expect("new rows");
        }
        all.commit().expect("a disk with space");
        sites
    }
}

/// The file of a history.
pub fn database(folders: &Folders) -> PathBuf {
    folders.data.join("history.db")
}
