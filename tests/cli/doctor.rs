//! `tallykey doctor`: what is well and what is not, for people and for scripts.

use serde_json::{Value, json};
use tallykey_sites::{CLIENT_SECRET, Change};

use crate::support::{Computer, Tracker, need_keychain};

fn line<'a>(lines: &'a Value, id: &str) -> &'a Value {
    lines.as_array().unwrap().iter().find(|line| line["id"] == id).unwrap_or_else(|| panic!("no {id} in {lines}"))
}

#[test]
fn a_sound_computer_is_told_so_without_a_secret() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let token = computer.token("Redmine");

    let done = computer.run(&["doctor", "--json"]);
    let lines = done.json();

    for id in ["keychain", "config_folder", "data_folder", "proxy", "clock", "reach", "product", "oauth", "token"] {
        assert_eq!(line(&lines, id)["state"], "ok", "{id}: {lines}");
    }
    assert_eq!(line(&lines, "token")["site"], "Redmine");
    for secret in [token.as_str(), CLIENT_SECRET] {
        assert!(!done.stdout.contains(secret) && !done.stderr.contains(secret));
    }
    let text = computer.run(&["doctor", "redmine"]).stdout;
    assert!(text.contains("✓ Redmine · Connected, and the server takes the token: alice\n"), "{text}");
    assert_eq!(computer.token("Redmine"), token, "nothing was renewed");
}

#[test]
fn the_first_failure_is_the_exit_code() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    tracker.change(Change { forget_grants: true, ..Change::default() }).unwrap();
    computer.expire_token();
    computer.run(&["counts"]).refused(4, "needs_sign_in");
    let browser = computer.run(&["doctor", "--json"]).json();
    let done = computer.run(&["doctor"]);
    if line(&browser, "browser")["state"] == "ok" {
        assert_eq!(done.code, Some(4), "{done:?}");
    }
    assert!(done.stdout.contains("✗ Redmine · "), "{done:?}");
}

#[test]
fn a_machine_without_a_keychain_ends_with_6_and_says_what_else_there_is() {
    let (tracker, computer) = (Tracker::start(), Computer::without_keychain());
    let memory = ["--secrets", "memory"];
    computer.add_with("Redmine", tracker.base_url(), "", &memory).ok();
    let done = computer.run(&["doctor", "--json"]);
    let lines = done.json();
    assert_eq!(done.code, Some(6), "{done:?}");
    let keychain = line(&lines, "keychain");
    assert_eq!((&keychain["state"], &keychain["code"]), (&json!("fail"), &json!("keychain_missing")));
    assert!(keychain["advice"].is_string());
    assert_eq!(line(&lines, "reach")["state"], "ok", "the site is looked at all the same");

    let done = computer.run(&[&["doctor"][..], &memory].concat());
    assert!(done.stdout.contains("! Secrets are kept in memory, until the program ends\n    "), "{done:?}");
    computer.run(&["doctor", "nobody"]).refused(3, "no_such_site");
}
