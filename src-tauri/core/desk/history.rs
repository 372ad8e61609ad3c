//! The history of counts as the desk uses it: written after each confirmed count, read once for all
//! sites and kept up from then on. Nothing here is in anybody's way: files are used on threads that
//! may block, and what goes wrong costs the history and nothing else.
//!
//! While secrets are kept in memory only, what is seen is too, so there is no history: none is kept,
//! and none is told that may be another person's.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::seen::Epoch;
use super::{Desk, lock};
use crate::adapters::folders::Folders;
use crate::adapters::history_file::History;
use crate::adapters::saved_files;
use crate::adapters::visits_file::VisitsFile;
use crate::error::{Error, ErrorCode, Result};
use crate::model::history::{self, Reach, Series, days_before, start_of_day};
use crate::model::known::Known;
use crate::model::past::{Past, Since, Visits};
use crate::model::site::SiteId;

/// The file, and what of it is shown.
pub(super) struct Archive {
    folders: Folders,
    /// Opened by the first who needs it.
    file: OnceLock<History>,
    visits: VisitsFile,
    /// What was noted last, also where that cannot be written down.
    looked: Mutex<Option<Visits>>,
    shown: Mutex<Shown>,
    troubles: Mutex<Troubles>,
    /// Held by who writes or reads all, so that what is shown is never older than the file.
    turn: Mutex<()>,
}

#[derive(Default)]
struct Shown {
    sites: HashMap<SiteId, Arc<Past>>,
    /// What it was read for; absent until somebody wants it.
    since: Option<Since>,
    /// Whether new numbers can be added to it. Otherwise it is read again with the next ones.
    is_whole: bool,
    is_being_read: bool,
}

#[derive(Default)]
struct Troubles {
    /// An old file that was set aside: told until the program ends.
    damaged: Option<Error>,
    /// Why the last call failed.
    failing: Option<Error>,
}

impl Archive {
    pub(super) fn new(folders: &Folders) -> Self {
        Self {
            folders: folders.clone(),
            file: OnceLock::new(),
            visits: VisitsFile::new(folders),
            looked: Mutex::default(),
            shown: Mutex::default(),
            troubles: Mutex::default(),
            turn: Mutex::default(),
        }
    }

    /// Uses the file. One that was damaged is begun anew, and used after all.
    fn with<T>(&self, work: impl Fn(&History) -> Result<T>) -> Result<T> {
        let file = self.file.get_or_init(|| {
            let (history, told) = History::open(&self.folders);
            if let Some(error) = told {
                self.tell(&error);
            }
            history
        });
        let mut result = work(file);
        if let Err(error) = &result
            && error.code == ErrorCode::HistoryDamaged
        {
            self.tell(error);
            result = work(file);
        }
        match &result {
            Ok(_) => lock(&self.troubles).failing = None,
            Err(error) => self.tell(error),
        }
        result
    }

    fn tell(&self, error: &Error) {
        let mut troubles = lock(&self.troubles);
        let slot = match error.code {
            ErrorCode::HistoryDamaged => &mut troubles.damaged,
            _ => &mut troubles.failing,
        };
        if slot.as_ref() != Some(error) {
            tracing::warn!(%error, "the history of counts cannot be used");
            *slot = Some(error.clone());
        }
    }

    /// Numbers of one moment. `is_still_so` is asked when nobody can remove the site meanwhile.
    fn record(&self, site: SiteId, person: Option<&str>, now: &Zoned, values: &Values, is_still_so: impl Fn() -> bool) {
        let _turn = lock(&self.turn);
        if !is_still_so() {
            return;
        }
        let borrowed: Vec<(&str, u64)> = values.iter().map(|(id, value)| (id.as_str(), *value)).collect();
        let Ok(begun) = self.with(|file| file.record(site, person, now, &borrowed)) else { return };
        let mut shown = lock(&self.shown);
        let Some(since) = shown.since.clone() else { return };
        if begun || !shown.is_whole || since.today != start_of_day(now) {
            drop(shown);
            return self.read(now);
        }
        let past = shown.sites.entry(site).or_insert_with(|| Arc::new(Past { since, ..Past::default() }));
        Arc::make_mut(past).add(now.timestamp(), values);
    }

    /// Whether somebody is to read what is shown: on a new day, in another time zone, or at all.
    fn is_to_be_read(&self, now: &Zoned) -> bool {
        let mut shown = lock(&self.shown);
        let fits = |since: &Since| since.today == start_of_day(now) && since.zone == *now.time_zone();
        let wanted = !shown.is_being_read && !shown.since.as_ref().is_some_and(fits);
        shown.is_being_read |= wanted;
        wanted
    }

    /// Reads what is shown of all sites. The caller has the turn.
    fn read(&self, now: &Zoned) {
        let since = Since::new(now, self.looked().last_ended);
        let read = self.with(|file| {
            let lines = file.sparklines(now)?;
            let stood = since.visit.map_or(Ok(HashMap::new()), |visit| file.standing(visit))?;
            Ok((lines, stood))
        });
        let mut shown = lock(&self.shown);
        shown.is_being_read = false;
        shown.is_whole = read.is_ok();
        let (lines, mut stood) = read.unwrap_or_default();
        let past = |(site, days)| {
            let at_visit = stood.remove(&site).unwrap_or_default();
            (site, Arc::new(Past { days, at_visit, since: since.clone() }))
        };
        shown.sites = lines.into_iter().map(past).collect();
        shown.since = Some(since);
    }

    fn looked(&self) -> Visits {
        *lock(&self.looked).get_or_insert_with(|| self.visits.read())
    }

    /// Notes that somebody looks. Whether that begins a visit.
    fn look(&self, now: Timestamp, begins: bool) -> bool {
        let mut visits = self.looked();
        let is_new = visits.look(now, begins);
        *lock(&self.looked) = Some(visits);
        if let Err(error) = self.visits.write(visits) {
            tracing::warn!(%error, "could not note the visit");
        }
        is_new
    }

    fn remove(&self, site: SiteId) {
        let _turn = lock(&self.turn);
        lock(&self.shown).sites.remove(&site);
        // Nothing is begun for the sake of removing something from it.
        if self.file.get().is_some() || History::is_there(&self.folders) {
            // Told as the history's trouble; another person's numbers are dropped before the next are kept.
            self.with(|file| file.remove(site)).ok();
        }
    }

    /// What is shown may be of other numbers than those that come next.
    pub(super) fn read_again(&self) {
        lock(&self.shown).is_whole = false;
    }
}

/// Numbers by the ids of their counts.
type Values = Vec<(String, u64)>;

impl Desk {
    /// Why there is no history now, or that a damaged one was set aside since the program began.
    pub fn history_trouble(&self) -> Option<Error> {
        let troubles = lock(&self.archive.troubles);
        troubles.failing.clone().or_else(|| troubles.damaged.clone())
    }

    /// Keeps numbers that were confirmed for the connection that was there when `epoch` was taken.
    pub(super) async fn keep_counts(&self, site: SiteId, epoch: Epoch, known: &Known) {
        let values: Values = known.counts.iter().filter_map(|count| Some((count.id.clone(), count.value?))).collect();
        let Some(at) = known.counted_at.filter(|_| self.keeps_history()) else { return };
        let (desk, person) = (self.clone(), known.counted_for.clone());
        self.off_thread(move || {
            let is_still_so = || desk.seen.epoch(site) == epoch && desk.listed_by(site).is_ok();
            let now = at.to_zoned(TimeZone::system());
            desk.archive.record(site, person.as_deref(), &now, &values, is_still_so);
        })
        .await;
        self.changed();
    }

    /// Forgets how the counts of a site went.
    pub(super) async fn forget_history(&self, site: SiteId) {
        let archive = self.archive.clone();
        self.off_thread(move || archive.remove(site)).await;
    }

    /// How the counts of a site went, as far as that was read. Numbers nobody counted for the person
    /// who is there now say nothing.
    pub(super) fn past(&self, site: SiteId, known: &Known) -> Arc<Past> {
        let is_theirs = known.counted_at.is_some() && self.keeps_history();
        let past = is_theirs.then(|| lock(&self.archive.shown).sites.get(&site).cloned());
        past.flatten().unwrap_or_default()
    }

    /// Wants the past of all sites to be there, as it looks today. Returns at once;
    /// [`Changed`](crate::Event::Changed) tells when it was read. To be called on an async thread.
    pub fn look_back(&self) {
        let now = self.zoned_now();
        if self.keeps_history() && self.archive.is_to_be_read(&now) {
            let desk = self.clone();
            tokio::task::spawn_blocking(move || {
                let turn = lock(&desk.archive.turn);
                desk.archive.read(&now);
                drop(turn);
                desk.changed();
            });
        }
    }

    /// The person begins to look at the window, or ends. Who comes back after half an hour begins a
    /// visit, and the end of the one before is what changes "since the last visit" go by. Kept in
    /// `visits.json`.
    pub async fn visited(&self, begins: bool) {
        let desk = self.clone();
        let now = self.zoned_now();
        self.off_thread(move || {
            let _turn = lock(&desk.archive.turn);
            if desk.archive.look(now.timestamp(), begins) && desk.keeps_history() {
                desk.archive.read(&now);
                desk.changed();
            }
        })
        .await;
    }

    /// Every sample kept of a site's counts, of so many days: today is the last.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchSite`], or why the history cannot be used.
    pub async fn history(&self, site: SiteId, days: u16) -> Result<Series> {
        self.samples(site, days_before(&self.zoned_now(), days)).await
    }

    /// The points of a chart of a site's counts.
    ///
    /// # Errors
    /// As [`history`](Self::history).
    pub async fn chart(&self, site: SiteId, reach: Reach) -> Result<Series> {
        let now = self.zoned_now();
        let samples = self.samples(site, reach.since(&now)).await?;
        Ok(samples.into_iter().map(|(count, line)| (count, reach.points(&line, now.time_zone()))).collect())
    }

    async fn samples(&self, site: SiteId, since: Timestamp) -> Result<Series> {
        let known = self.status(site)?.known;
        if known.counted_at.is_none() || !self.keeps_history() {
            return Ok(Series::new());
        }
        let archive = self.archive.clone();
        self.off_thread(move || archive.with(|file| file.all(site, since))).await
    }

    /// Writes everything kept of a site's counts into a folder, as a table for spreadsheets under a
    /// name that is not taken. The file.
    ///
    /// # Errors
    /// As [`history`](Self::history), or [`ErrorCode::FileUnwritable`].
    pub async fn export_history(&self, site: SiteId, folder: &Path) -> Result<PathBuf> {
        let name = self.listed_by(site)?.name;
        let table = history::csv(&self.samples(site, Timestamp::MIN).await?);
        let name = format!("{} counts {}", name.chars().take(NAME_CHARS).collect::<String>(), self.zoned_now().date());
        let folder = folder.to_owned();
        self.off_thread(move || saved_files::save(&folder, &name, "csv", &table)).await
    }

    pub(super) fn keeps_history(&self) -> bool {
        self.store_kind().lasts()
    }

    fn zoned_now(&self) -> Zoned {
        self.outside.now().to_zoned(TimeZone::system())
    }

    async fn off_thread<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        tokio::task::spawn_blocking(work).await.expect("it does not panic and is not cancelled")
    }
}

/// As much of a name as leaves room for the date in the name of a file.
const NAME_CHARS: usize = 40;
