//! The ways of connecting, as the page asks for them.

use serde_json::{Value, json};
use tallykey_sites::{CLIENT_SECRET, Change, Fault, Spot};

use crate::bridge::{Tracker, Window, connected};

#[test]
fn an_answer_that_comes_by_itself_is_waited_for() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = window.add("Kaizen Core", &tracker.base(), CLIENT_SECRET).unwrap();
    let attempt = window.call("start_connect", json!({ "site": site, "redirect": "loopback" })).unwrap();
    assert_eq!((&attempt["listens"], &attempt["redirect"]), (&json!(true), &json!("loopback")));

    Tracker::visit(&tracker.redirect(&window.last_opened()));
    let connected = window.call("wait_connect", json!({ "attempt": attempt["id"] })).unwrap();

    assert_eq!(connected["site"]["identity"]["text"], "alice");
    assert_eq!(window.seen(&site)["redirect"], "loopback", "the way that worked is taken again");
}

/// A site of alice's in which bob has signed in; the attempt that asks about it.
fn asked(window: &Window, tracker: &Tracker) -> (String, String) {
    let site = connected(window, tracker);
    tracker.site.change(Change { browser_user: Some("bob".to_owned()), ..Change::default() }).unwrap();
    let attempt = window.start_connect(&site);
    let code = tracker.approve(&window.last_opened());
    let refused = window.call("finish_connect", json!({ "attempt": attempt, "answer": code })).unwrap_err();
    assert_eq!(refused["code"], "other_person");
    let overview = window.call("overview", json!({})).unwrap();
    let people = &overview["otherPerson"];
    assert_eq!((&people["before"]["text"], &people["now"]["text"]), (&json!("alice"), &json!("bob")));
    (site, attempt)
}

#[test]
fn another_person_is_asked_about_and_taken() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let (site, attempt) = asked(&window, &tracker);
    let connected = window.call("switch_person", json!({ "attempt": attempt })).unwrap();
    assert_eq!(connected["site"]["identity"]["text"], "bob");
    assert_eq!(window.seen(&site)["identity"]["text"], "bob");
    assert!(window.call("overview", json!({})).unwrap()["otherPerson"].is_null());
}

#[test]
fn another_person_is_asked_about_and_sent_away() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let (site, _) = asked(&window, &tracker);
    window.call("keep_person", json!({})).unwrap();
    assert_eq!(window.seen(&site)["identity"]["text"], "alice");
    assert!(window.call("overview", json!({})).unwrap()["otherPerson"].is_null());
}

fn sign_in_as_bob(window: &Window, tracker: &Tracker, site: &str) -> Result<Value, Value> {
    tracker.site.change(Change { browser_user: Some("bob".to_owned()), ..Change::default() }).unwrap();
    let attempt = window.start_connect(site);
    let code = tracker.approve(&window.last_opened());
    window.call("finish_connect", json!({ "attempt": attempt, "answer": code }))
}

#[test]
fn who_was_not_meant_is_ended_and_the_next_one_takes_the_place_without_a_question() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = connected(&window, &tracker);
    window.call("revoke", json!({ "site": site })).unwrap();
    let connected = sign_in_as_bob(&window, &tracker, &site).unwrap();
    assert_eq!(connected["site"]["identity"]["text"], "bob");
}

#[test]
fn where_the_one_who_was_not_meant_could_not_be_ended_nobody_takes_the_place_yet() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = connected(&window, &tracker);
    let fails = || Change { fault: Some(Fault::Status(503, None)), on: Spot::Revoke, ..Change::default() };
    tracker.site.change(fails()).unwrap();
    window.call("revoke", json!({ "site": site })).unwrap();
    tracker.site.change(fails()).unwrap();
    let refused = window.call("start_connect", json!({ "site": site })).unwrap_err();
    assert_eq!(refused["code"], "revoke_pending");
    assert_eq!(window.seen(&site)["state"], "revokePending");

    // The next try ends it, and somebody else signs in.
    let connected = sign_in_as_bob(&window, &tracker, &site).unwrap();
    assert_eq!(connected["site"]["identity"]["text"], "bob");
    assert_eq!(tracker.site.traffic().live_pairs, 1);
}

#[test]
fn another_account_is_a_site_of_its_own_with_the_same_application() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let first = connected(&window, &tracker);
    let second = window.call("duplicate_site", json!({ "site": first, "name": "Kaizen Core (bob)" })).unwrap();
    assert_eq!(second["state"], "notConnected");
    let attempt = window.start_connect(second["id"].as_str().unwrap());
    let code = tracker.approve(&window.last_opened());
    window.call("finish_connect", json!({ "attempt": attempt, "answer": code })).unwrap();
    assert_eq!(window.seen(&first)["state"], "connected");
}

#[test]
fn what_was_copied_is_listed_and_can_be_ended() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = connected(&window, &tracker);
    let copied = window.call("copy_token", json!({ "site": site, "format": "raw" })).unwrap();
    assert_eq!(window.seen(&site)["given"][0]["tail"], copied["tail"]);
    assert_eq!(window.call("end_given", json!({ "site": site, "tail": copied["tail"] })).unwrap(), "refused");
    assert!(window.seen(&site)["given"][0]["overAt"].is_string());
}
