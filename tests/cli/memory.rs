//! A machine without a keychain: the main work is done in one command, and nothing stays behind.

use serde_json::json;
use tallykey_sites::CLIENT_SECRET;

use crate::support::{Computer, Tracker};

fn input() -> String {
    format!("{CLIENT_SECRET}\n")
}

#[test]
fn a_token_is_had_in_one_command() {
    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add("Redmine", &tracker).ok();
    let approve = |url: &str| tracker.code(url) + "\n";
    let done = computer.connecting(&["token", "Redmine"], &input(), vec![Box::new(approve)]).ok();
    assert!(done.line().len() > 20, "{done:?}");
    assert!(done.stderr.contains("only in memory") && done.stderr.contains("/oauth/authorized_applications"));
    assert_eq!(tracker.traffic().live_pairs, 1);
    assert_eq!(computer.list()[0]["state"], "not_connected");
    assert_eq!(computer.list()[0]["secrets"], "memory");
}

#[test]
fn counts_of_two_sites_are_had_in_one_command_and_leave_no_grant() {
    let (one, two, computer) = (Tracker::start(), Tracker::start(), Computer::forgetful());
    computer.add("One", &one).ok();
    computer.add("Two", &two).ok();
    // The secret of the second site is asked for before its address is shown.
    let first = |url: &str| format!("{}\n{CLIENT_SECRET}\n", one.code(url));
    let second = |url: &str| two.code(url) + "\n";
    let done = computer.connecting(&["counts", "--json"], &input(), vec![Box::new(first), Box::new(second)]).ok();
    let json = done.json();
    assert_eq!((&json[0]["site"], &json[1]["site"]), (&json!("One"), &json!("Two")));
    for site in json.as_array().unwrap() {
        assert_eq!((&site["identity"]["text"], &site["counts"][5]["value"]), (&json!("alice"), &json!(22)));
    }
    assert_eq!((one.traffic().live_pairs, two.traffic().live_pairs), (0, 0));
}

#[test]
fn a_site_that_cannot_be_connected_ends_the_other_one_too() {
    let (one, two, computer) = (Tracker::start(), Tracker::start(), Computer::forgetful());
    computer.add("One", &one).ok();
    computer.add("Two", &two).ok();
    let first = |url: &str| format!("{}\n{CLIENT_SECRET}\n", one.code(url));
    let second = |url: &str| two.denial(url) + "\n";
    let done = computer.connecting(&["counts"], &input(), vec![Box::new(first), Box::new(second)]);
    assert_eq!(done.refused(7, "denied").stdout, "");
    assert_eq!((one.traffic().live_pairs, two.traffic().live_pairs), (0, 0));
}

#[test]
fn a_missing_secret_is_wrong_usage() {
    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add("Redmine", &tracker).ok();
    let done = computer.run(&["token", "Redmine"]);
    assert_eq!(done.code, Some(2), "{done:?}");
    assert!(done.stdout.is_empty());
}

#[test]
fn a_site_is_removed_without_a_keychain() {
    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add("Redmine", &tracker).ok();
    computer.run(&["remove", "redmine"]).ok();
    assert_eq!(computer.list(), json!([]));
}

#[cfg(unix)]
#[test]
fn a_signal_while_a_secret_is_waited_for_ends_what_was_connected_before() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::Command;

    for (signal, exit) in [("INT", 130), ("TERM", 143)] {
        let (one, two, computer) = (Tracker::start(), Tracker::start(), Computer::forgetful());
        computer.add("One", &one).ok();
        computer.add("Two", &two).ok();
        let mut child = computer.command(&["counts"]).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input().as_bytes()).unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let url = lines.find(|line| line.starts_with("open: ")).unwrap();
        stdin.write_all(format!("{}\n", one.code(&url["open: ".len()..])).as_bytes()).unwrap();
        lines.find(|line| line.contains("connected as")).unwrap();
        let kill = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        assert!(kill.success());
        assert!(lines.any(|line| line.contains("revoked at the provider")), "{signal}");
        assert_eq!(child.wait().unwrap().code(), Some(exit));
        assert_eq!((one.traffic().live_pairs, two.traffic().live_pairs), (0, 0));
    }
}
