//! Connecting: what is pasted, what is refused, and how it ends.

use std::io::{BufRead, BufReader, Write};
use std::process::Command;

use tallykey_sites::{CLIENT_SECRET, Change, Spot};

use crate::stopped::{has_its_signal, signal};
use crate::support::{Computer, Done, Tracker, until};

/// Connects with secrets in memory; the person who opens the address types what `answer` makes of it.
fn connect(tracker: &Tracker, secret: &str, answer: impl FnMut(&str) -> String) -> Done {
    let computer = Computer::forgetful();
    computer.add("Redmine", tracker).ok();
    let arguments = ["connect", "Redmine", "--no-browser", "--json"];
    computer.connecting(&arguments, &format!("{secret}\n"), vec![Box::new(answer)])
}

#[test]
fn the_answer_says_as_whom_and_with_which_scopes() {
    let tracker = Tracker::start();
    let done = connect(&tracker, CLIENT_SECRET, |url| tracker.code(url) + "\n").ok();
    let json = done.json();
    assert_eq!(json["identity"]["text"], "alice");
    assert_eq!(json["scopes"], serde_json::json!(["view_issues"]));
    assert_eq!(json["missing_scopes"], serde_json::json!([]));
    assert_eq!(json["ended_tokens"], serde_json::json!([]));
    assert_eq!(json["secrets"], "memory");
    assert!(done.stderr.contains("connected as alice"), "{done:?}");
}

#[test]
fn the_whole_address_of_the_page_does_as_well() {
    let tracker = Tracker::start();
    let page = |url: &str| format!("{}/oauth/authorize/native?code={}\n", tracker.base_url(), tracker.code(url));
    connect(&tracker, CLIENT_SECRET, page).ok();
}

#[test]
fn a_mis_paste_is_explained_and_asked_again() {
    let tracker = Tracker::start();
    let done = connect(&tracker, CLIENT_SECRET, |url| {
        let code = tracker.code(url);
        format!("パスワード\n\nhttps://evil.example/?code={code}\nnot-the-code\n{code}\n")
    })
    .ok();
    for code in ["not_a_code", "wrong_site", "code_refused"] {
        assert_eq!(done.stderr.matches(&format!("\"code\":\"{code}\"")).count(), 1, "{code}: {done:?}");
    }
}

#[test]
fn input_that_ends_without_a_code_is_a_failure() {
    let tracker = Tracker::start();
    connect(&tracker, CLIENT_SECRET, |_| String::new()).refused(1, "attempt_over");
    let done = connect(&tracker, CLIENT_SECRET, |_| "あ\n".to_owned()).refused(1, "not_a_code");
    assert_eq!(done.stderr.matches("not_a_code").count(), 1, "{done:?}");
}

#[test]
fn a_code_that_is_wrong_used_or_expired_ends_with_7() {
    let tracker = Tracker::start();
    connect(&tracker, CLIENT_SECRET, |_| "wrong\n".to_owned()).refused(7, "code_refused");

    let mut used = String::new();
    connect(&tracker, CLIENT_SECRET, |url| {
        used = tracker.code(url) + "\n";
        used.clone()
    })
    .ok();
    connect(&tracker, CLIENT_SECRET, |_| used.clone()).refused(7, "code_refused");

    connect(&tracker, CLIENT_SECRET, |url| {
        let code = tracker.code(url);
        tracker.change(Change { expire_codes: true, ..Change::default() }).unwrap();
        code + "\n"
    })
    .refused(7, "code_refused");
}

#[test]
fn a_wrong_client_secret_ends_with_7() {
    let tracker = Tracker::start();
    connect(&tracker, "wrong", |url| tracker.code(url) + "\n").refused(7, "client_refused");
}

#[test]
fn a_denial_ends_with_7() {
    let tracker = Tracker::start();
    connect(&tracker, CLIENT_SECRET, |url| tracker.denial(url) + "\n").refused(7, "denied");
}

#[test]
fn a_person_who_does_nothing_is_not_waited_for_for_ever() {
    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add("Redmine", &tracker).ok();
    let mut child = computer.command(&["connect", "Redmine", "--no-browser", "--timeout", "200ms"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "{CLIENT_SECRET}").unwrap();
    Done::from(child.wait_with_output().unwrap()).refused(1, "attempt_over");
    drop(stdin);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_with_130() {
    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add("Redmine", &tracker).ok();
    let mut child = computer.command(&["connect", "Redmine", "--no-browser"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "{CLIENT_SECRET}").unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(stderr.next().unwrap().unwrap().starts_with("open: "));
    // It listens for the signal once it waits for a line; this one it must answer.
    writeln!(stdin, "あ").unwrap();
    stderr.find(|line| line.as_ref().unwrap().contains("not_a_code")).unwrap().unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert!(stderr.any(|line| line.unwrap().contains("Cancelled")));
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(computer.list()[0]["state"], "not_connected");
}

#[cfg(unix)]
#[test]
fn ctrl_c_while_a_pasted_code_is_exchanged_leaves_no_token() {
    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add("Redmine", &tracker).ok();
    tracker.hold(Spot::Token);
    let mut child = computer.command(&["connect", "Redmine", "--no-browser"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "{CLIENT_SECRET}").unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let url = stderr.find(|line| line.starts_with("open: ")).unwrap();
    writeln!(stdin, "{}", tracker.code(&url["open: ".len()..])).unwrap();
    until("the code is exchanged", || tracker.traffic().count("POST /oauth/token") == 1);
    signal(&child, "-INT");
    until("it has the signal", || has_its_signal(&child));
    tracker.let_go();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(stderr.any(|line| line.contains("Cancelled")));
    assert_eq!(tracker.traffic().live_pairs, 0);
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_gets_the_address_that_is_printed() {
    use std::os::unix::fs::PermissionsExt;

    let tracker = Tracker::start();
    let tools = tempfile::TempDir::new().unwrap();
    let (script, opened) = (tools.path().join("xdg-open"), tools.path().join("opened"));
    std::fs::write(&script, format!("#!/bin/sh\nprintf %s \"$1\" >{}\n", opened.display())).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let computer = Computer::forgetful().with("PATH", tools.path().to_str().unwrap());
    computer.add("Redmine", &tracker).ok();
    let approve = |url: &str| {
        until("the browser is opened", || std::fs::read_to_string(&opened).unwrap_or_default() == url);
        tracker.code(url) + "\n"
    };
    computer.connecting(&["connect", "Redmine"], &format!("{CLIENT_SECRET}\n"), vec![Box::new(approve)]).ok();
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_browser_the_printed_address_is_enough() {
    let tracker = Tracker::start();
    let computer = Computer::forgetful().with("PATH", "/nonexistent");
    computer.add("Redmine", &tracker).ok();
    let approve = |url: &str| tracker.code(url) + "\n";
    let input = format!("{CLIENT_SECRET}\n");
    let done = computer.connecting(&["connect", "Redmine"], &input, vec![Box::new(approve)]).ok();
    assert!(done.stderr.contains("[browser_failed"), "{done:?}");
}
