//! Revoking, forgetting, removing: which half was done is always said.

use serde_json::json;
use tallykey_sites::{Change, Fault, Spot};

use crate::support::{Computer, Tracker, need_keychain};

#[test]
fn a_revoked_connection_is_gone_on_both_sides() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let done = computer.run(&["revoke", "Redmine"]).ok();
    for line in ["At the provider: revoked (the token is refused: HTTP 401)", "Here: forgotten", "Check at: http://"] {
        assert!(done.stderr.contains(line), "{done:?}");
    }
    assert_eq!(done.stdout, "");
    assert_eq!(tracker.traffic().live_pairs, 0);
    computer.run(&["revoke", "Redmine"]).refused(4, "not_connected");
}

#[test]
fn an_unreachable_provider_leaves_it_for_another_try() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let fault = Change { fault: Some(Fault::Status(503, None)), on: Spot::Revoke, ..Change::default() };
    tracker.change(fault).unwrap();
    let done = computer.run(&["revoke", "Redmine", "--json"]);
    assert_eq!(done.code, Some(5), "{done:?}");
    assert_eq!(
        (&done.json()["provider"], &done.json()["here"]),
        (&json!("unreachable_queued"), &json!("kept_for_retry"))
    );
    assert_eq!(computer.list()[0]["state"], "revoke_pending");
    computer.run(&["token", "Redmine"]).refused(4, "revoke_pending");

    let done = computer.run(&["revoke", "Redmine", "--json"]).ok();
    assert_eq!((&done.json()["provider"], &done.json()["here"]), (&json!("confirmed"), &json!("forgotten")));
}

#[test]
fn a_connection_that_had_ended_is_told_apart() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    tracker.change(Change { forget_grants: true, ..Change::default() }).unwrap();
    computer.run(&["counts"]).refused(4, "needs_sign_in");
    assert_eq!(computer.run(&["revoke", "Redmine", "--json"]).ok().json()["provider"], "already_gone");
}

#[test]
fn forgetting_and_removing_leave_the_provider_alone_and_say_so() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let done = computer.run(&["forget", "Redmine"]).ok();
    assert!(done.stderr.contains("The provider was not told"), "{done:?}");
    assert_eq!(tracker.traffic().live_pairs, 1);
    assert_eq!(computer.list()[0]["state"], "not_connected");
    let done = computer.run(&["remove", "Redmine"]).ok();
    assert!(!done.stderr.contains("The provider was not told"), "{done:?}");
    assert_eq!(computer.list(), json!([]));
}
