//! The history of counts: `history.db` in the data folder, an `SQLite` database without any secret.
//!
//! Window and terminal share it: writers wait for each other, readers for nobody. Whatever ends the
//! program, a sample [`History::record`] has returned for is kept; a power cut may cost the last
//! minutes, never the file (`schema` says why).
//!
//! No failure here costs anything else: a history that cannot be used answers with an error, and
//! the next call starts from the file again, so that it works once there is space or permission. A
//! file of a newer Tallykey is left alone. A damaged one is set aside, kept, and begun anew.
//!
//! Everything here blocks: callers run it off the async threads.

mod fault;
mod place;
mod rows;
mod schema;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use jiff::{Timestamp, Zoned};

use self::fault::Fault;
use self::place::{Open, Place};
use super::folders::Folders;
use crate::error::{Error, Result};
use crate::model::history::{Grain, Reach, Sample, Series};
use crate::model::site::SiteId;

/// The history. One is enough for a program; its calls take turns.
pub struct History {
    place: Place,
    /// Absent after a failure: the next call opens it again.
    open: Mutex<Option<Open>>,
}

impl History {
    /// The history in the data folder, begun if there is none.
    ///
    /// The second is for the person to see; the history can be called all the same:
    /// - [`HistoryDamaged`](crate::ErrorCode::HistoryDamaged): the file was set aside under the name
    ///   in the detail, and a new one begun.
    /// - [`FileUnreadable`](crate::ErrorCode::FileUnreadable): it is of a newer Tallykey, or damaged
    ///   while another Tallykey has it open. It is left as it is.
    /// - [`FileUnwritable`](crate::ErrorCode::FileUnwritable): the folder or the file cannot be used.
    pub fn open(folders: &Folders) -> (Self, Option<Error>) {
        let place = Place::new(folders);
        let (open, told) = match place.open() {
            Ok((open, told)) => (Some(open), told),
            Err(error) => (None, Some(error)),
        };
        (Self { place, open: Mutex::new(open) }, told)
    }

    /// Whether there is a file: one that was never begun holds nothing.
    pub fn is_there(folders: &Folders) -> bool {
        Place::new(folders).is_there()
    }

    /// Keeps numbers confirmed at one moment, all or none, and thins out what the site has from
    /// before. `now` carries the person's time zone, whose days the thinning goes by.
    ///
    /// Numbers belong to `person`, by their id at the product: those of anybody else are forgotten
    /// with the same stroke, and whether there were any is told. Where the product cannot say who it
    /// is, there is nobody to compare with.
    ///
    /// # Errors
    /// Those of every call here: [`FileUnwritable`](crate::ErrorCode::FileUnwritable) also when the
    /// disk is full, [`FileUnreadable`](crate::ErrorCode::FileUnreadable) for a newer file, and
    /// [`HistoryDamaged`](crate::ErrorCode::HistoryDamaged) once, when this call found the damage:
    /// the file was set aside and the next call writes to a new one.
    pub fn record(&self, site: SiteId, person: Option<&str>, now: &Zoned, values: &[(&str, u64)]) -> Result<bool> {
        if values.is_empty() {
            return Ok(false);
        }
        self.run(|open| {
            let begun = open.change(|change| {
                let begun = person.map_or(Ok(false), |person| rows::belong(change, site, person))?;
                rows::record(change, site, now, values)?;
                Ok(begun)
            })?;
            // The samples are kept already: space that could not be given back is no failure.
            open.release(VACUUM_SLACK, VACUUM_STEP).ok();
            Ok(begun)
        })
    }

    /// The last thirty days of every count of every site: the last sample of each day, the newest of
    /// all among them. One query, made for a list of many sites; [`Change::since`](crate::model::history::Change::since) on it is exact
    /// for the start of a day.
    ///
    /// # Errors
    /// Those of [`record`](Self::record).
    pub fn sparklines(&self, now: &Zoned) -> Result<HashMap<SiteId, Series>> {
        let (since, until) = (Reach::Month.since(now), Grain::Day.slot(now).end);
        self.run(|open| Ok(rows::sparklines(open.connection(), since, until)?))
    }

    /// Every count of a site, from a moment on, each in the order of time. A chart takes them from
    /// [`Reach::since`] and shows [`Reach::points`] of one.
    ///
    /// # Errors
    /// Those of [`record`](Self::record).
    pub fn all(&self, site: SiteId, since: Timestamp) -> Result<Series> {
        self.run(|open| Ok(rows::all(open.connection(), site, since)?))
    }

    /// The last sample of every count of every site before a moment, such as the last visit.
    ///
    /// # Errors
    /// Those of [`record`](Self::record).
    pub fn standing(&self, moment: Timestamp) -> Result<HashMap<SiteId, BTreeMap<String, Sample>>> {
        self.run(|open| Ok(rows::standing(open.connection(), moment)?))
    }

    /// Forgets a site, and gives its space back.
    ///
    /// # Errors
    /// Those of [`record`](Self::record).
    pub fn remove(&self, site: SiteId) -> Result<()> {
        self.run(|open| {
            open.change(|change| rows::remove(change, site))?;
            // The site is forgotten already, and the space is used again.
            open.release(0, u32::MAX).ok();
            Ok(())
        })
    }

    fn run<T>(&self, work: impl FnOnce(&mut Open) -> Result<T, Fault>) -> Result<T> {
        let mut slot = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let mut open = match slot.take() {
            Some(open) => open,
            None => match self.place.open()? {
                (open, None) => open,
                (open, Some(told)) => {
                    *slot = Some(open);
                    return Err(told);
                }
            },
        };
        match work(&mut open) {
            Ok(done) => {
                *slot = Some(open);
                Ok(done)
            }
            Err(Fault::Other(error)) => Err(error),
            Err(Fault::Damaged(why)) => {
                let (open, told) = self.place.replace(open.close(), &why)?;
                *slot = Some(open);
                // Found sound after all, or another Tallykey was faster: only this call has failed.
                Err(told.unwrap_or_else(|| fault::unusable(&why)))
            }
        }
    }
}

/// Free pages that are left to be written to again: 1 MiB, or less than a day of sixty sites.
const VACUUM_SLACK: u32 = 256;
/// Free pages given back at a time beyond that, a quarter of a MiB: who records does not wait for all.
const VACUUM_STEP: u32 = 64;

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::error::ErrorCode;

    #[test]
    fn a_full_disk_costs_the_new_samples_and_nothing_else() {
        let temp = TempDir::new().unwrap();
        let (history, _) = History::open(&Folders { config: temp.path().into(), data: temp.path().into() });
        let site = SiteId::random();
        let now: Zoned = "2026-03-04T08:30:00[Asia/Tokyo]".parse().unwrap();
        let kept = |history: &History| history.all(site, Timestamp::MIN).unwrap().values().map(Vec::len).sum::<usize>();
        history.record(site, None, &now, &[("open", 3)]).unwrap();
        // SQLite itself finds no room for another page. So many ids do not fit in what is left.
        let is_full = |open: &Open| open.connection().pragma_update(None, "max_page_count", 1).unwrap();
        is_full(history.open.lock().unwrap().as_ref().unwrap());
        let ids: Vec<String> = (0..1000).map(|number| format!("a count of its own, number {number}")).collect();
        let many: Vec<(&str, u64)> = ids.iter().map(|id| (id.as_str(), 4)).collect();
        let later = now.tomorrow().unwrap();

        let error = history.record(site, None, &later, &many).unwrap_err();

        assert_eq!(error.code, ErrorCode::FileUnwritable);
        assert_eq!(error.detail.unwrap(), "history.db: database or disk is full");
        assert_eq!(kept(&history), 1, "the old sample, and no half of the new ones");
        history.record(site, None, &later, &many).expect("there is room again");
        assert_eq!(kept(&history), 1001);
    }
}
