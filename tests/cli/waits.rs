//! A server that asks to wait, and programs that run for a moment each.

use tallykey_sites::{Change, Fault, Spot};

use crate::support::{Computer, Tracker, need_keychain};

#[test]
fn a_script_that_runs_again_heeds_what_the_server_said_and_a_person_is_served() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    computer.expire_token();
    tracker.change(Change { expire_tokens: true, ..Change::default() }).unwrap();
    tracker.fail_tokens(Fault::Status(429, Some(600)), 1);
    let asked = || tracker.traffic().count("POST /oauth/token");
    computer.run(&["token", "Redmine"]).refused(5, "rate_limited");
    let before = asked();
    for _ in 0..3 {
        computer.run(&["token", "Redmine"]).refused(5, "rate_limited");
        computer.run(&["counts"]).refused(5, "rate_limited");
    }
    assert_eq!(asked(), before);

    #[cfg(target_os = "linux")]
    crate::support::Terminal::run(&computer, &["counts"]).end().ok();

    #[cfg(target_os = "linux")]
    computer.run(&["token", "Redmine"]).ok();
}

#[test]
fn a_script_that_counts_again_leaves_a_busy_server_alone() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let fault = Some(Fault::Status(429, Some(600)));
    tracker.change(Change { fault, on: Spot::Me, times: Some(1), ..Change::default() }).unwrap();
    computer.run(&["counts"]).refused(5, "rate_limited");
    let asked = || tracker.traffic().count("GET /users/current.json");
    let before = asked();
    let again = computer.run(&["counts"]).refused(5, "rate_limited");
    assert_eq!(asked(), before, "{again:?}");
    // A token is another matter.
    computer.run(&["token", "Redmine"]).ok();

    #[cfg(target_os = "linux")]
    crate::support::Terminal::run(&computer, &["counts"]).end().ok();
}
