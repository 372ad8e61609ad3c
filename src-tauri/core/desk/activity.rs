//! What was done with each site lately: `activity/<site id>.json` in the data folder. Kept in memory
//! where what was seen is.

use std::collections::HashMap;
use std::sync::Mutex;

use jiff::Timestamp;

use super::{Desk, lock};
use crate::adapters::folders::Folders;
use crate::adapters::site_files::SiteFiles;
use crate::error::Result;
use crate::model::activity::{Activities, Activity, ActivityKind, begins_anew, between};
use crate::model::known::Known;
use crate::model::site::SiteId;
use crate::ports::StoreKind;

/// What was done, by site.
pub(super) struct Diary {
    files: SiteFiles<Activities>,
    here: Mutex<HashMap<SiteId, Activities>>,
    turn: Mutex<()>,
}

impl Diary {
    pub(super) fn new(folders: &Folders) -> Self {
        Self { files: SiteFiles::new(folders.data.join("activity")), here: Mutex::default(), turn: Mutex::default() }
    }

    fn read(&self, site: SiteId, store: StoreKind) -> Activities {
        if store.lasts() {
            self.files.read(site).unwrap_or_default()
        } else {
            lock(&self.here).get(&site).cloned().unwrap_or_default()
        }
    }

    /// A note that cannot be written keeps nobody from anything.
    fn change(&self, site: SiteId, store: StoreKind, change: impl FnOnce(&mut Activities)) {
        let _turn = lock(&self.turn);
        let before = self.read(site, store);
        let mut all = before.clone();
        change(&mut all);
        if all == before {
            return;
        }
        if !store.lasts() {
            lock(&self.here).insert(site, all);
        } else if let Err(error) = self.files.jot(site, &all) {
            tracing::warn!(%site, %error, "could not note what was done");
        }
    }

    pub(super) fn remove(&self, site: SiteId) -> Result<()> {
        let _turn = lock(&self.turn);
        lock(&self.here).remove(&site);
        self.files.remove(site)
    }
}

impl Desk {
    /// What was done with a site lately, newest first.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchSite`](crate::ErrorCode::NoSuchSite).
    pub fn activity(&self, site: SiteId) -> Result<Vec<Activity>> {
        Ok(self.diary.read(self.listed_by(site)?.id, self.store_kind()).0)
    }

    /// Notes that something was done with a site just now, with a word that is no secret.
    pub fn note(&self, site: SiteId, what: ActivityKind, word: Option<&str>) {
        let word = word.map(str::to_owned);
        let done = Activity { word, ..Activity::new(self.outside.now(), what) };
        self.diary.change(site, self.store_kind(), |all| all.add(done));
    }

    /// Notes what must have been done for a site to be seen as it now is.
    pub(super) fn note_between(&self, site: SiteId, before: &Known, after: &Known, now: Timestamp) {
        let (is_new, done) = (begins_anew(before, after), between(before, after, now));
        if before.counted_at.is_none() || after.counted_at.is_none() {
            self.archive.read_again();
        }
        self.diary.change(site, self.store_kind(), |all| {
            if is_new {
                all.0.clear();
            }
            for activity in done {
                all.add(activity);
            }
        });
    }
}
