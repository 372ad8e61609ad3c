//! The history under programs that end suddenly, and under several at once.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use jiff::{ToSpan, Zoned};
use tallykey_core::adapters::history_file::History;
use tallykey_core::model::history::Sample;
use tallykey_core::model::site::SiteId;
use tempfile::TempDir;

use crate::support::{folders, moment, samples};

/// What a writer is told: a folder, a site, a count, and how many rounds.
const ORDER: &str = "TALLYKEY_TEST_WRITER";

/// The moment of a round. All are within two days, so nothing is thinned out.
fn at(round: u64) -> Zoned {
    moment("2026-03-04T08:30:00") + round.cast_signed().seconds()
}

/// The samples of as many rounds.
fn expected(rounds: usize) -> Vec<Sample> {
    (0..rounds as u64).map(|value| Sample { at: at(value).timestamp(), value }).collect()
}

#[test]
#[ignore = "a program of its own, started by the other tests here"]
fn a_writer() {
    let Ok(order) = env::var(ORDER) else { return };
    let [folder, site, count, rounds] = order.split('|').collect::<Vec<_>>().try_into().unwrap();
    let (history, told) = History::open(&folders(folder.as_ref()));
    assert_eq!(told, None);
    for round in 0..rounds.parse().unwrap() {
        history.record(SiteId::parse(site).unwrap(), None, &at(round), &[(count, round), ("twin", round)]).unwrap();
        // On a line of its own, whatever the test harness writes.
        writeln!(std::io::stdout(), "\nkept {round}").unwrap();
    }
}

fn writer(folder: &Path, site: SiteId, count: &str, rounds: u64) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "history_crash::a_writer", "--ignored", "--nocapture"])
        .env(ORDER, format!("{}|{site}|{count}|{rounds}", folder.display()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The rounds a writer says are kept, as it says so.
fn acknowledged(writer: &mut Child) -> impl Iterator<Item = u64> + use<> {
    let lines = BufReader::new(writer.stdout.take().unwrap()).lines();
    lines.filter_map(|line| line.unwrap().strip_prefix("kept ")?.parse().ok())
}

#[test]
fn whenever_a_program_is_killed_all_it_has_recorded_is_there() {
    let temp = TempDir::new().unwrap();
    // A thousand rounds fill the log of the database, so that it is carried over on the way.
    for life in [0, 40, 2000] {
        let site = SiteId::random();
        let mut child = writer(temp.path(), site, "open", u64::MAX);
        let mut said = acknowledged(&mut child);
        let last = said.by_ref().nth(life).unwrap();
        child.kill().unwrap();
        let last = said.last().unwrap_or(last);
        assert!(!child.wait().unwrap().success());

        let (history, told) = History::open(&folders(temp.path()));

        assert_eq!(told, None);
        let kept = samples(&history, site, "open");
        assert_eq!(kept, expected(kept.len()));
        assert!(kept.len() as u64 > last, "round {last} was said to be kept, and there are {}", kept.len());
        assert_eq!(samples(&history, site, "twin"), kept, "a round is kept as a whole");
    }
}

#[test]
fn programs_that_begin_and_write_a_history_at_once_lose_nothing() {
    let temp = TempDir::new().unwrap();
    let site = SiteId::random();
    let counts = ["window", "terminal", "another"];

    let writers = counts.map(|count| writer(temp.path(), site, count, 200));
    for mut child in writers {
        assert_eq!(acknowledged(&mut child).count(), 200);
        assert!(child.wait().unwrap().success());
    }

    let (history, told) = History::open(&folders(temp.path()));
    assert_eq!(told, None);
    for count in counts {
        assert_eq!(samples(&history, site, count), expected(200), "{count}");
    }
}
