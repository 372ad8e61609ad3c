//! A history of counts in a folder of its own.

use std::path::Path;

use jiff::{Timestamp, Zoned};
use tallykey_core::Error;
use tallykey_core::adapters::folders::Folders;
use tallykey_core::adapters::history_file::History;
use tallykey_core::model::history::Sample;
use tallykey_core::model::site::SiteId;
use tempfile::TempDir;

/// A history in folders of its own.
pub struct Kept {
    pub history: History,
    pub site: SiteId,
    pub folders: Folders,
    temp: TempDir,
}

impl Kept {
    pub fn new() -> Self {
        let (kept, told) = Self::in_folder(TempDir::new().unwrap());
        assert_eq!(told, None);
        kept
    }

    /// The history in a folder, and what is told when it is opened.
    pub fn in_folder(temp: TempDir) -> (Self, Option<Error>) {
        let folders = folders(temp.path());
        let (history, told) = History::open(&folders);
        (Self { history, site: SiteId::random(), folders, temp }, told)
    }

    /// The folder, after the program has ended.
    pub fn closed(self) -> TempDir {
        self.temp
    }

    /// Records a number of the count "open".
    pub fn record(&self, now: &Zoned, value: u64) {
        self.history.record(self.site, None, now, &[("open", value)]).unwrap();
    }

    /// Everything kept of a count.
    pub fn samples(&self, count: &str) -> Vec<Sample> {
        samples(&self.history, self.site, count)
    }

    /// The numbers kept of the count "open".
    pub fn values(&self) -> Vec<u64> {
        self.samples("open").iter().map(|sample| sample.value).collect()
    }
}

/// Everything a history keeps of a count.
pub fn samples(history: &History, site: SiteId, count: &str) -> Vec<Sample> {
    history.all(site, Timestamp::MIN).unwrap().remove(count).unwrap_or_default()
}

pub fn folders(path: &Path) -> Folders {
    Folders { config: path.join("config"), data: path.join("data") }
}

/// A moment where it is nine hours later than in UTC, so that no day is like one there.
pub fn moment(text: &str) -> Zoned {
    format!("{text}[Asia/Tokyo]").parse().unwrap()
}
