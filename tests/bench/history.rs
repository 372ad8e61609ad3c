//! What the history costs after a year: 60 sites with 7 counts each, asked every five minutes.
//!
//! Each time is the median of some runs and stands beside that of a peer in the same run, which
//! does the least that can be done for the same: the ratio says what is ours, on any machine.

#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{Timestamp, ToSpan, Zoned};
use rusqlite::{Connection, Row};
use tallykey_core::adapters::folders::Folders;
use tallykey_core::adapters::history_file::History;
use tallykey_core::adapters::keychain::Keychain;
use tallykey_core::adapters::known_file::KnownFiles;
use tallykey_core::adapters::sites_file::SitesFile;
use tallykey_core::model::history::{Reach, csv};
use tallykey_core::model::known::{Known, State};
use tallykey_core::model::site::{Redirect, Site, SiteId};
use tallykey_core::{Desk, Result};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use self::outside::{FakeClipboard, RecordingBrowser, SetClock};
use self::year::{Year, database};

#[path = "../core/support/outside.rs"]
#[expect(dead_code, reason = "most of it is for tests")]
mod outside;
#[path = "../core/support/year.rs"]
mod year;

/// Odd, so that there is a middle one; enough that a hiccup of the machine is not it.
const RUNS: usize = 31;

fn main() -> Result<()> {
    let temp = TempDir::new().expect("a temporary folder");
    let folders = Folders { config: temp.path().into(), data: temp.path().join("data") };
    // As the clock of the window below is set.
    let now: Zoned = "2026-11-22T19:00:00[Asia/Tokyo]".parse().expect("a moment");
    let year = Year { sites: 60, counts: 7 };
    let sites = year.fill(&folders, now.timestamp());
    let file = database(&folders);
    println!("history of {} sites with {} counts after a year: {} rows", year.sites, year.counts, year.rows());
    println!("{:<34} {:>8} KiB", "file", kib(&file));

    let dashboard = || History::open(&folders).0.sparklines(&now);
    let points: usize = dashboard()?.values().flat_map(|series| series.values()).map(Vec::len).sum();
    let history = History::open(&folders).0;
    let bare = {
        let connection = Connection::open(&file).expect("a sound file");
        median(|| sum_of_days(&connection, &now))
    };
    println!("{:<34} {points:>8} points", "dashboard");
    line("  with opening the file", median(dashboard), "its rows, bare statement", bare);
    line("  file open", median(|| history.sparklines(&now)), "its rows, bare statement", bare);

    let chart = || history.all(sites[30], Reach::Year.since(&now));
    line("a chart of a year", median(chart), "the dashboard, bare", bare);
    let visit = now.timestamp() - 90.minutes();
    line("how all stood at the last visit", median(|| history.standing(visit)), "the dashboard, bare", bare);
    line(
        "a site as a table",
        median(|| history.all(sites[30], Timestamp::MIN).map(|all| csv(&all))),
        "the dashboard, bare",
        bare,
    );

    window(&folders, &sites, bare)?;

    let mut moment = now.clone();
    let ids: Vec<String> = (0..year.counts).map(|count| format!("count-{count}")).collect();
    let values: Vec<(&str, u64)> = ids.iter().map(|id| (id.as_str(), 42)).collect();
    let round = || {
        moment = &moment + 5.minutes();
        sites.iter().try_for_each(|site| history.record(*site, None, &moment, &values).map(drop))
    };
    line("recording a round of all sites", median(round), "the dashboard, bare", bare);
    drop(history);
    println!("{:<34} {:>8} KiB", format!("file, {RUNS} rounds later"), kib(&file));
    Ok(())
}

/// What a window does: everything is read once, off its threads; then each change of anything asks
/// for the whole list, with what is in memory.
fn window(folders: &Folders, sites: &[SiteId], bare: Duration) -> Result<()> {
    let runtime = Runtime::new().expect("threads");
    runtime.block_on(list(folders, sites))?;
    let desk = || {
        let clock = Arc::new(SetClock::default());
        let (browser, clipboard) = (Arc::new(RecordingBrowser::default()), Arc::new(FakeClipboard::default()));
        Desk::new(folders, Arc::new(Keychain), browser, clipboard, clock)
    };
    let first = desk()?;
    line("the list before anything is read", median(|| first.sites()), "the dashboard, bare", bare);
    let looks_back = |desk: &Desk| {
        runtime.block_on(async {
            let mut events = desk.events();
            desk.look_back();
            events.recv().await.ok();
        });
    };
    let mut desks = (0..RUNS).map(|_| desk()).collect::<Result<Vec<_>>>()?.into_iter();
    line("a window looks back", median(|| desks.next().iter().for_each(looks_back)), "the dashboard, bare", bare);
    looks_back(&first);
    let days: usize = first.sites()?.iter().map(|status| status.past.days("count-0").count()).sum();
    assert_eq!(days, sites.len() * 30, "everything is shown");
    let list = || {
        let shown = first.sites()?.into_iter().map(|status| {
            let changes = (0..7).map(|count| {
                let id = format!("count-{count}");
                (status.past.since_yesterday(&id), status.past.since_visit(&id))
            });
            (
                status.past.days("count-0").map(|(day, _)| day.to_string()).collect::<Vec<_>>(),
                changes.collect::<Vec<_>>(),
            )
        });
        Ok::<_, tallykey_core::Error>(shown.collect::<Vec<_>>())
    };
    line("the list with trends and changes", median(list), "the dashboard, bare", bare);
    Ok(())
}

/// Sites that were counted today.
async fn list(folders: &Folders, ids: &[SiteId]) -> Result<()> {
    let site = |id: &SiteId| Site {
        id: *id,
        name: format!("Site {id}"),
        provider: "redmine".to_owned(),
        client_id: "tallykey".to_owned(),
        redirect: Redirect::Oob,
        scopes: vec!["view_issues".to_owned()],
        application: None,
        inputs: [("base".to_owned(), "https://redmine.example.jp".to_owned())].into(),
        choices: BTreeMap::new(),
        refresh_minutes: None,
        authority: None,
        wishes: Vec::new(),
        own_counts: Vec::new(),
    };
    let listed = |sites: &mut Vec<Site>| {
        sites.extend(ids.iter().map(site));
        Ok(())
    };
    SitesFile::new(folders).change(listed).await?;
    let at = "2026-11-22T09:55:00Z".parse().ok();
    let known = Known { state: State::Connected, counted_at: at, ..Known::default() };
    ids.iter().try_for_each(|id| KnownFiles::new(folders).write(*id, &known))
}

/// What the dashboard reads, with nothing made of it.
fn sum_of_days(connection: &Connection, now: &Zoned) -> i64 {
    let mut days = connection
        .prepare(
            "SELECT sites.number, samples.count, at, value FROM sites
             CROSS JOIN samples ON grain = 2 AND site = sites.number AND at >= ?1",
        )
        .expect("the history's own tables");
    let sum = |row: &Row<'_>| {
        Ok(row.get::<_, i64>(0)? + row.get::<_, i64>(1)? + row.get::<_, i64>(2)? + row.get::<_, i64>(3)?)
    };
    let rows = days.query_map([Reach::Month.since(now).as_second()], sum).expect("one parameter");
    rows.map(|row| row.expect("four numbers")).fold(0, i64::wrapping_add)
}

fn median<T>(mut work: impl FnMut() -> T) -> Duration {
    let mut times = [(); RUNS].map(|()| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    });
    times.sort();
    times[RUNS / 2]
}

fn line(what: &str, time: Duration, peer: &str, of_peer: Duration) {
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let ratio = time.div_duration_f64(of_peer);
    println!("{what:<34} {:>8.2} ms   {ratio:>6.1} x {peer} ({:.2} ms)", ms(time), ms(of_peer));
}

fn kib(file: &std::path::Path) -> u64 {
    fs::metadata(file).expect("it is there").len() / 1024
}
