//! Each kind of failure has its exit code and its stable name, also in JSON.

use tallykey_sites::{Change, Fault, Spot};

use crate::support::{Computer, Tracker, need_keychain};

#[test]
fn an_unknown_site_ends_with_3() {
    let computer = Computer::without_keychain();
    for command in ["connect", "token", "counts", "revoke", "forget", "remove"] {
        computer.run(&[command, "nowhere"]).refused(3, "no_such_site");
    }
}

#[test]
fn a_missing_keychain_ends_with_6_and_names_the_way_without() {
    let (tracker, computer) = (Tracker::start(), Computer::without_keychain());
    let done = computer.add("Redmine", &tracker).refused(6, "keychain_missing");
    assert!(done.stderr.contains("--secrets memory"), "{done:?}");
    assert_eq!(computer.list(), serde_json::json!([]));

    let memory = ["--secrets", "memory"];
    computer.add_with("Redmine", tracker.base_url(), "", &memory).ok();
    for command in ["connect", "token", "counts", "revoke", "forget"] {
        computer.run(&[command, "Redmine"]).refused(6, "keychain_missing");
    }
    let done = computer.run(&["token", "Redmine", "--format", "json"]).refused(6, "keychain_missing");
    assert!(done.stderr.contains("--secrets memory") && done.stdout.is_empty(), "{done:?}");
}

#[test]
fn a_site_without_a_connection_ends_with_4() {
    need_keychain!();
    let (tracker, computer) = (Tracker::start(), Computer::new());
    computer.add("Redmine", &tracker).ok();
    for command in ["token", "counts", "revoke"] {
        let done = computer.run(&[command, "Redmine"]).refused(4, "not_connected");
        assert!(done.stderr.contains("tallykey connect Redmine"), "{done:?}");
    }
}

#[test]
fn a_connection_the_server_ended_ends_with_4_and_stays_in_the_list() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    tracker.change(Change { forget_grants: true, ..Change::default() }).unwrap();
    computer.run(&["counts"]).refused(4, "needs_sign_in");
    computer.run(&["token", "Redmine"]).refused(4, "needs_sign_in");
    assert_eq!(computer.list()[0]["state"], "needs_sign_in");
    computer.connect("Redmine", &tracker).ok();
    computer.run(&["counts"]).ok();
}

#[test]
fn a_server_that_is_down_ends_with_5_and_loses_nothing() {
    need_keychain!();
    let mut tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let token = computer.token("Redmine");
    tracker.stop();
    computer.run(&["counts"]).refused(5, "unreachable");
    computer.run(&["token", "Redmine", "--new"]).refused(5, "unreachable");
    assert_eq!(computer.token("Redmine"), token);
}

#[test]
fn trouble_at_the_server_ends_with_5() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    for (fault, code) in [
        (Fault::Status(503, None), "server_trouble"),
        (Fault::Html200, "unexpected_answer"),
        // The last one: a script asks no more for as long.
        (Fault::Status(429, Some(7)), "rate_limited"),
    ] {
        let change = Change { fault: Some(fault), on: Spot::Issues, ..Change::default() };
        tracker.change(change).unwrap();
        computer.run(&["counts"]).refused(5, code);
    }
}

#[test]
fn a_count_that_is_not_allowed_ends_with_7_and_is_no_number() {
    need_keychain!();
    let (tracker, computer) = (Tracker::start(), Computer::new());
    computer.add_with("Redmine", tracker.base_url(), tallykey_sites::CLIENT_SECRET, &["--scope", "view_project"]).ok();
    computer.connect("Redmine", &tracker).ok();
    let json = computer.run(&["counts", "--json"]).refused(7, "forbidden").json();
    assert_eq!(json[0]["counts"][0]["value"], serde_json::Value::Null);
    assert_eq!(json[0]["counts"][0]["error"], "forbidden");
    assert_eq!(json[0]["identity"]["text"], "alice");
}

#[test]
fn one_site_that_fails_does_not_hide_the_other() {
    need_keychain!();
    let (mut gone, well) = (Tracker::start(), Tracker::start());
    let computer = Computer::connected("Gone", &gone);
    computer.add("Well", &well).ok();
    computer.connect("Well", &well).ok();
    gone.stop();
    let done = computer.run(&["counts", "--json"]).refused(5, "unreachable");
    let json = done.json();
    assert_eq!((&json[0]["site"], &json[0]["counts"][0]["error"]), (&"Gone".into(), &"unreachable".into()));
    assert_eq!((&json[1]["site"], &json[1]["counts"][0]["value"]), (&"Well".into(), &15.into()));
    assert_eq!(done.stderr.lines().count(), 1);
    let error: serde_json::Value = serde_json::from_str(&done.stderr).unwrap();
    assert_eq!(error["error"]["site"], "Gone");
    assert!(error["error"]["message"].is_string() && error["error"]["hint"].is_string());
}
