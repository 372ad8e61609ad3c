//! What is written and asked.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp, Zoned};
use rusqlite::{Connection, OptionalExtension, Result, Row, Transaction, params};

use crate::model::history::{Grain, Sample, Series, whole_seconds};
use crate::model::site::SiteId;

/// A grain as it is written.
fn number(grain: Grain) -> i64 {
    match grain {
        Grain::Every => 0,
        Grain::Hour => 1,
        Grain::Day => 2,
    }
}

/// Forgets numbers that are another person's, and notes whose they are from now on. Whether there
/// were any; nobody's are this person's.
pub(super) fn belong(change: &Transaction<'_>, site: SiteId, person: &str) -> Result<bool> {
    let number = named(change, "sites", &site.to_string())?;
    let before: Option<String> =
        change.query_row("SELECT person FROM sites WHERE number = ?1", [number], |row| row.get(0))?;
    if before.as_deref() == Some(person) {
        return Ok(false);
    }
    if before.is_some() {
        forget(change, number)?;
    }
    change.execute("UPDATE sites SET person = ?2 WHERE number = ?1", params![number, person])?;
    Ok(before.is_some())
}

/// Replaces each grain's sample of the slot `now` is in, unless another program wrote a later one,
/// and drops what a grain no longer keeps. In the normal course that is as much as is written; after
/// a long pause at most what the site has of two days and sixty.
pub(super) fn record(change: &Transaction<'_>, site: SiteId, now: &Zoned, values: &[(&str, u64)]) -> Result<()> {
    let at = whole_seconds(now.timestamp());
    let site = named(change, "sites", &site.to_string())?;
    let counts: Vec<(i64, i64)> = values
        .iter()
        // No tracker has as many issues as do not fit.
        .map(|(id, value)| Ok((named(change, "counts", id)?, i64::try_from(*value).unwrap_or(i64::MAX))))
        .collect::<Result<_>>()?;

    let mut is_later = change.prepare(
        "SELECT EXISTS (SELECT 1 FROM samples WHERE grain = ?1 AND site = ?2 AND count = ?3 AND at > ?4 AND at < ?5)",
    )?;
    let mut replace =
        change.prepare("DELETE FROM samples WHERE grain = ?1 AND site = ?2 AND count = ?3 AND at BETWEEN ?4 AND ?5")?;
    let mut add = change.prepare("INSERT INTO samples (grain, site, count, at, value) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut thin = change.prepare("DELETE FROM samples WHERE grain = ?1 AND site = ?2 AND at < ?3")?;
    for kept in Grain::ALL {
        let (grain, slot, at) = (number(kept), kept.slot(now), at.as_second());
        for (count, value) in &counts {
            if is_later.query_row(params![grain, site, count, at, slot.end.as_second()], |row| row.get(0))? {
                continue;
            }
            replace.execute(params![grain, site, count, slot.start.as_second(), at])?;
            add.execute(params![grain, site, count, at, value])?;
        }
        if let Some(since) = kept.kept_since(now.timestamp()) {
            thin.execute(params![grain, site, whole_seconds(since).as_second()])?;
        }
    }
    Ok(())
}

/// The number that stands for an id, given now if it has none.
fn named(change: &Transaction<'_>, table: &str, id: &str) -> Result<i64> {
    change.execute(&format!("INSERT INTO {table} (id) VALUES (?1) ON CONFLICT DO NOTHING"), [id])?;
    change.query_row(&format!("SELECT number FROM {table} WHERE id = ?1"), [id], |row| row.get(0))
}

/// A sample in two columns.
fn sample(row: &Row<'_>, at: usize, value: usize) -> Result<Sample> {
    let second = row.get(at)?;
    let moment = Timestamp::from_second(second).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(at, second))?;
    let number = row.get(value)?;
    let number = u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(value, number))?;
    Ok(Sample { at: moment, value: number })
}

/// Everything of a site from a moment on. A sample that several grains keep is the same in all of
/// them, and one here.
pub(super) fn all(connection: &Connection, site: SiteId, since: Timestamp) -> Result<Series> {
    let counts = names(connection, "counts")?;
    let mut query = connection.prepare(
        "SELECT DISTINCT at, count, value FROM samples
         WHERE grain IN (0, 1, 2) AND site = (SELECT number FROM sites WHERE id = ?1) AND at >= ?2 ORDER BY at",
    )?;
    let mut rows = query.query(params![site.to_string(), since.as_second()])?;
    let mut lines: BTreeMap<i64, Vec<Sample>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        lines.entry(row.get(1)?).or_default().push(sample(row, 0, 2)?);
    }
    let named = |(count, line)| Some((counts.get(&count)?.clone(), line));
    // What has no name cannot be told of.
    Ok(lines.into_iter().filter_map(named).collect())
}

/// Only the days are read, and each site's lie together. What a clock that was ahead left behind is not.
pub(super) fn sparklines(
    connection: &Connection,
    since: Timestamp,
    until: Timestamp,
) -> Result<HashMap<SiteId, Series>> {
    let (sites, counts) = (names(connection, "sites")?, names(connection, "counts")?);
    let mut query = connection.prepare(
        "SELECT sites.number, samples.count, at, value FROM sites
         CROSS JOIN samples ON grain = 2 AND site = sites.number AND at >= ?1 AND at < ?2 ORDER BY sites.number, at",
    )?;
    let mut rows = query.query([since.as_second(), until.as_second()])?;
    let mut lines: BTreeMap<(i64, i64), Vec<Sample>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        lines.entry((row.get(0)?, row.get(1)?)).or_default().push(sample(row, 2, 3)?);
    }
    let mut found: HashMap<SiteId, Series> = HashMap::new();
    for ((site, count), line) in lines {
        let site = sites.get(&site).and_then(|id| SiteId::parse(id));
        if let (Some(site), Some(count)) = (site, counts.get(&count)) {
            found.entry(site).or_default().insert(count.clone(), line);
        }
    }
    Ok(found)
}

fn names(connection: &Connection, table: &str) -> Result<HashMap<i64, String>> {
    let mut query = connection.prepare(&format!("SELECT number, id FROM {table}"))?;
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// How every count of every site stood at a moment. What is older than a grain's reach is, the same, in
/// a coarser one: so little is read, however much there is.
pub(super) fn standing(
    connection: &Connection,
    moment: Timestamp,
) -> Result<HashMap<SiteId, BTreeMap<String, Sample>>> {
    let (sites, counts) = (names(connection, "sites")?, names(connection, "counts")?);
    let mut query = connection.prepare(
        "SELECT count, at, value FROM samples WHERE grain = ?1 AND site = ?2 AND at >= ?3 AND at < ?4 ORDER BY at",
    )?;
    let mut found: HashMap<SiteId, BTreeMap<String, Sample>> = HashMap::new();
    for (site, id) in &sites {
        let Some(id) = SiteId::parse(id) else { continue };
        // From coarse to fine, and from old to new: the last one stays.
        for grain in Grain::ALL.into_iter().rev() {
            let since = moment.checked_sub(reach(grain)).unwrap_or(Timestamp::MIN);
            let mut rows = query.query(params![number(grain), site, since.as_second(), moment.as_second()])?;
            while let Some(row) = rows.next()? {
                let Some(count) = counts.get(&row.get(0)?) else { continue };
                let stood = found.entry(id).or_default();
                let next = sample(row, 1, 2)?;
                if stood.get(count).is_none_or(|last| last.at <= next.at) {
                    stood.insert(count.clone(), next);
                }
            }
        }
    }
    Ok(found)
}

/// How far before a moment a grain may hold what stood then and no coarser one does.
fn reach(grain: Grain) -> SignedDuration {
    SignedDuration::from_hours(match grain {
        // The last of an hour is kept by hours.
        Grain::Every => 1,
        // The last of a day is kept by days; one has 25 hours where the clock is put back.
        Grain::Hour => 25,
        // How a count stood so long before nobody counted is no news.
        Grain::Day => 60 * 24,
    })
}

pub(super) fn remove(change: &Transaction<'_>, site: SiteId) -> Result<()> {
    let id = site.to_string();
    let number = change.query_row("SELECT number FROM sites WHERE id = ?1", [&id], |row| row.get(0)).optional()?;
    let Some(number) = number else { return Ok(()) };
    forget(change, number)?;
    change.execute("DELETE FROM sites WHERE number = ?1", [number])?;
    Ok(())
}

fn forget(change: &Transaction<'_>, site: i64) -> Result<()> {
    change.execute("DELETE FROM samples WHERE grain IN (0, 1, 2) AND site = ?1", [site])?;
    Ok(())
}
