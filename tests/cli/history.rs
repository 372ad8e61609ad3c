//! How counts went, as the terminal keeps and tells it.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Computer, Tracker, need_keychain};

/// The history of the first count of the only site.
fn first(computer: &Computer) -> Vec<Value> {
    let json = computer.run(&["counts", "--history", "30", "--json"]).ok().json();
    json[0]["counts"][0]["history"].as_array().unwrap().clone()
}

#[test]
fn each_count_is_kept_and_told_only_when_asked_for() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let plain = computer.run(&["counts", "--json"]).ok().json();
    assert!(plain[0]["counts"][0].get("history").is_none(), "{plain}");

    let kept = first(&computer);

    assert!((1..=2).contains(&kept.len()), "two within a second are one: {kept:?}");
    assert_eq!(kept[0]["value"], 15);
    assert_eq!(kept.last().unwrap()["at"].as_str().unwrap().len(), "2026-11-22T10:00:00Z".len());
}

#[test]
fn a_table_tells_how_each_count_went() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let told = computer.run(&["counts", "--history", "7"]).ok();
    let lines: Vec<&str> = told.stdout.lines().collect();
    assert_eq!(lines[8..10], ["", "Redmine           first  lowest  highest  last  change       since"], "{told:?}");
    assert!(lines[10].starts_with("Assigned to me       15      15       15    15       0  20"), "{told:?}");
    assert_eq!(lines.len(), 17);
    assert_eq!(computer.run(&["counts", "--history", "0"]).code, Some(2));
}

#[test]
fn a_history_that_cannot_be_used_costs_no_count_and_is_told() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let file = computer.folder().join("data/history.db");
    std::fs::write(&file, "nonsense ".repeat(1000)).unwrap();
    let told = computer.run(&["counts"]).ok();
    assert!(told.stdout.contains("15") && told.stderr.contains("[history_damaged"), "{told:?}");
    assert_eq!(computer.run(&["counts"]).ok().stderr, "", "it is told once");

    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let told = computer.run(&["counts", "--history", "7", "--json"]).ok();
    assert_eq!(told.json()[0]["counts"][0]["history"], serde_json::json!([]));
    assert!(told.stderr.contains("file_unwritable"), "{told:?}");
    std::fs::remove_dir(&file).unwrap();
}

#[test]
fn without_a_keychain_nothing_is_kept() {
    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add("Redmine", &tracker).ok();
    let approve = |url: &str| tracker.code(url) + "\n";
    let secret = format!("{}\n", tallykey_sites::CLIENT_SECRET);
    let told = computer.connecting(&["counts", "--history", "7", "--json"], &secret, vec![Box::new(approve)]).ok();
    assert_eq!(told.json()[0]["counts"][0]["history"], serde_json::json!([]));
    for name in ["history.db", "activity"] {
        assert!(!computer.folder().join("data").join(name).exists(), "{name}");
    }
}

#[test]
fn a_count_that_is_killed_leaves_a_history_that_reads() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let began = Instant::now();
    computer.run(&["counts"]).ok();
    let whole = began.elapsed();
    let mut before = first(&computer).len();
    for part in 0..20_u32 {
        let mut child = computer.command(&["counts"]).spawn().unwrap();
        // The last third is where numbers arrive and are written down.
        let until = Instant::now() + whole * 2 / 3 + whole * part / 60;
        while Instant::now() < until && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();

        let told = computer.run(&["counts", "--history", "30", "--json"]).ok();

        assert_eq!(told.stderr, "", "nothing is damaged");
        let site = told.json()[0]["counts"].clone();
        let lengths: Vec<usize> =
            site.as_array().unwrap().iter().map(|count| count["history"].as_array().unwrap().len()).collect();
        assert!(lengths.iter().all(|length| *length == lengths[0]), "a round is kept as a whole: {lengths:?}");
        assert!(lengths[0] >= before, "nothing is lost");
        before = lengths[0];
    }
}
