//! One request of a site's API: to the site's own API, with the site's own token.

use std::io::Write;

use serde_json::Value;
use tallykey_sites::{Change, Fault, Provider, Spot};

use crate::products::{connect, jooto};
use crate::support::{Computer, Done, Tracker, need_keychain};

fn request(computer: &Computer, more: &[&str]) -> Done {
    computer.run(&[&["request", "Redmine"], more].concat())
}

#[test]
fn the_body_goes_to_stdout_as_it_came_and_the_status_to_stderr() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let token = computer.token("Redmine");
    let done = request(&computer, &["/issues.json?assigned_to_id=me&limit=1"]).ok();
    assert_eq!(done.json()["total_count"], 15);
    assert!(!done.stdout.ends_with('\n'), "nothing was added: {done:?}");
    assert_eq!(done.stderr, "HTTP 200\n");

    let asked = tracker.requests().pop().unwrap();
    assert_eq!((&*asked.method, &*asked.target), ("GET", "/issues.json?assigned_to_id=me&limit=1"));
    assert_eq!(asked.header("authorization"), format!("Bearer {token}"));
    assert_eq!((asked.header("accept"), asked.header("content-type")), ("application/json", ""));
}

#[test]
fn method_header_and_body_are_sent_as_they_are_given() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let last = || tracker.requests().pop().unwrap();

    request(&computer, &["/issues.json", "-d", r#"{"issue":{"subject":"開発 "}}"#]);
    let asked = last();
    assert_eq!((&*asked.method, &*asked.body), ("POST", r#"{"issue":{"subject":"開発 "}}"#));
    assert_eq!(asked.header("content-type"), "application/json");

    let headers = ["-H", "Content-Type: text/csv", "-H", "Accept:text/plain", "-H", "X-Note: a: b"];
    request(&computer, &[&["issues/1.json", "-X", "put", "-d", "@x"], &headers[..]].concat());
    let asked = last();
    assert_eq!((&*asked.method, &*asked.target, &*asked.body), ("PUT", "/issues/1.json", "@x"));
    assert_eq!((asked.header("content-type"), asked.header("accept")), ("text/csv", "text/plain"));
    assert_eq!(asked.header("x-note"), "a: b");

    let mut child = computer.command(&["request", "Redmine", "/issues.json", "-d", "@-"]).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"{\n \"a\": 1\n}\n").unwrap();
    child.wait_with_output().unwrap();
    assert_eq!(last().body, "{\n \"a\": 1\n}\n");
}

#[test]
fn the_status_decides_the_exit_code() {
    need_keychain!();
    let mut tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let fault = |fault| Change { fault: Some(fault), on: Spot::Issues, ..Change::default() };
    for (what, exit) in [
        (Fault::Status(404, None), 7),
        (Fault::Status(422, None), 7),
        (Fault::Status(503, None), 5),
        (Fault::Redirect(307, 9), 1),
    ] {
        tracker.change(fault(what)).unwrap();
        let done = request(&computer, &["/issues.json"]);
        assert_eq!(done.code, Some(exit), "{what:?} {done:?}");
        assert!(done.stderr.starts_with("HTTP "), "{done:?}");
    }
    tracker.change(fault(Fault::Big(2_000_000))).unwrap();
    request(&computer, &["/issues.json"]).refused(5, "unexpected_answer");
    tracker.stop();
    request(&computer, &["/issues.json"]).refused(5, "unreachable");
    assert_eq!(computer.list()[0]["state"], "connected");
}

#[test]
fn the_token_goes_to_the_sites_own_api_only() {
    need_keychain!();
    let tracker = Tracker::of(Provider::Jooto);
    let computer = jooto::added(&tracker);
    connect(&computer, "Jooto", &tracker).0.ok();
    let base = tracker.base_url();
    let asked = tracker.requests().len();
    for path in [
        "https://collector.example/v1/users",
        &format!("{base}/boards"),
        &format!("{base}/v1evil/users"),
        &format!("http://alice:secret@{}/v1/users", base.trim_start_matches("http://")),
        "http://127.0.0.1:1/v1/users",
        "http://127.0.0.1:99999/v1/users",
        "file:///v1/users",
        "/../boards",
        "../boards",
        "/users/../../boards",
        "/%2e%2e/boards",
        "\\..\\..\\boards",
    ] {
        computer.run(&["request", "Jooto", path]).refused(2, "foreign_path");
    }
    assert_eq!(tracker.requests().len(), asked, "nothing was sent");

    let whole = computer.run(&["request", "Jooto", &format!("{base}/v1/users#x")]).ok();
    let below = computer.run(&["request", "Jooto", "users"]).ok();
    assert_eq!(whole.stdout, below.stdout);
    // What looks like another host is a folder of this one.
    assert_eq!(computer.run(&["request", "Jooto", "//collector.example/users"]).code, Some(7));
    assert_eq!(tracker.requests().pop().unwrap().target, "/v1/collector.example/users");
}

#[test]
fn who_asks_is_not_for_the_command_line_to_say() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let asked = tracker.requests().len();
    for header in
        ["Authorization: Bearer x", "authorization:", "Host: collector.example", "Content-Length: 1", "a b: c"]
    {
        request(&computer, &["/issues.json", "-H", header]).refused(2, "invalid_input");
    }
    for method in ["CONNECT", "trace", "G T"] {
        request(&computer, &["/issues.json", "-X", method]).refused(2, "invalid_input");
    }
    assert_eq!(request(&computer, &["/issues.json", "-H", "Authorization"]).code, Some(2));
    assert_eq!(tracker.requests().len(), asked, "nothing was sent");
}

#[test]
fn a_token_that_the_server_does_not_take_any_more_is_renewed_once() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let first = computer.token("Redmine");
    tracker.change(Change { expire_tokens: true, ..Change::default() }).unwrap();
    let done = request(&computer, &["/users/current.json"]).ok();
    assert_eq!(done.json()["user"]["login"], "alice");
    assert_ne!(computer.token("Redmine"), first);

    tracker
        .change(Change { fault: Some(Fault::Status(401, None)), times: Some(9), on: Spot::Issues, ..Change::default() })
        .unwrap();
    assert_eq!(request(&computer, &["/issues.json"]).code, Some(7));
    assert_eq!(tracker.traffic().grant_types["refresh_token"], 2);
    tracker.change(Change { forget_grants: true, clear_faults: true, ..Change::default() }).unwrap();
    request(&computer, &["/users/current.json"]).refused(4, "needs_sign_in");
}

#[test]
fn nothing_of_the_request_is_logged() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let token = computer.token("Redmine");
    let done = request(&computer, &["-v", "/users/current.json", "-H", "X-Note: sentinel"]).ok();
    let _: Value = done.json();
    assert!(!done.stderr.contains(&token) && !done.stderr.contains("sentinel"), "{done:?}");
}
