//! What the page must not get, and how failures reach it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tallykey_sites::CLIENT_SECRET;

use crate::bridge::{Tracker, Window, connected};

#[test]
fn a_command_that_is_not_listed_is_refused() {
    let window = Window::open();
    for command in ["token", "client_secret", "plugin:shell|execute", "plugin:fs|read_text_file", "plugin:window|close"]
    {
        assert!(window.call(command, json!({})).is_err(), "{command}");
    }
}

#[test]
fn a_page_from_elsewhere_gets_nothing() {
    let window = Window::open();
    let refused = window.call_from("https://evil.example", "overview", json!({}));
    assert!(refused.is_err(), "{refused:?}");
}

/// The one exception is `reveal_token`: the access token, for as long as a person holds the button.
#[test]
fn no_answer_but_that_of_the_press_holds_a_secret() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = window.add("Kaizen Core", &tracker.base(), CLIENT_SECRET).unwrap();
    let attempt = window.start_connect(&site);
    let code = tracker.approve(&window.last_opened());
    let mut answers = vec![
        window.call("finish_connect", json!({ "attempt": attempt, "answer": code })).unwrap(),
        window.call("copy_token", json!({ "site": site, "format": "raw" })).unwrap(),
    ];
    let token = window.pasted().expect("a token on the clipboard");
    answers.push(window.call("copy_token", json!({ "site": site, "format": "curl" })).unwrap());
    for format in ["raw", "header", "curl", "httpie", "powershell", "env", "json"] {
        answers.push(window.call("copy_preview", json!({ "site": site, "format": format })).unwrap());
    }
    for command in ["site_setup", "test_site"] {
        answers.push(window.call(command, json!({ "site": site })).unwrap());
    }
    answers.push(window.call("doctor", json!({})).unwrap());
    assert_eq!(window.call("reveal_token", json!({ "site": site })).unwrap(), json!(token));
    answers.push(window.call("overview", json!({})).unwrap());
    answers.push(window.call("finish_connect", json!({ "attempt": attempt, "answer": code })).unwrap_err());
    answers.push(window.call("revoke", json!({ "site": site })).unwrap());

    for secret in [token.as_str(), code.as_str(), CLIENT_SECRET] {
        for answer in &answers {
            assert!(!answer.to_string().contains(secret), "{answer}");
        }
        assert_no_file_holds(window.folder.path(), secret);
    }
}

fn assert_no_file_holds(folder: &Path, secret: &str) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            assert_no_file_holds(&path, secret);
        } else {
            let content = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            assert!(!content.contains(secret), "{}", path.display());
        }
    }
}

#[test]
fn a_failure_has_a_code_and_the_words_its_sentence_needs() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = window.add("Kaizen Core", &tracker.base(), "not-the-secret").unwrap();
    let attempt = window.start_connect(&site);
    let code = tracker.approve(&window.last_opened());
    let error = window.call("finish_connect", json!({ "attempt": attempt, "answer": code })).unwrap_err();
    assert_eq!((&error["code"], &error["site"]), (&json!("client_refused"), &json!("Kaizen Core")));
    assert!(error["host"].as_str().unwrap().starts_with("127.0.0.1"));
}

#[test]
fn bad_input_is_refused_and_adds_nothing() {
    let (window, tracker) = (Window::open(), Tracker::start());
    window.add("Kaizen Core", &tracker.base(), CLIENT_SECRET).unwrap();
    for (name, base, code) in [
        ("kaizen core ", tracker.base(), "name_taken"),
        ("", tracker.base(), "invalid_input"),
        ("Plain", "http://tracker.example.com".to_owned(), "https_required"),
        ("Script", "javascript://alert(1)".to_owned(), "invalid_address"),
    ] {
        assert_eq!(window.add(name, &base, CLIENT_SECRET).unwrap_err()["code"], code, "{name} {base}");
    }
    assert_eq!(window.call("overview", json!({})).unwrap()["sites"].as_array().unwrap().len(), 1);
}

#[test]
fn a_hostile_name_stays_a_text() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let name = "<img src=x onerror=alert(1)>\u{202e}";
    let site = window.add(name, &tracker.base(), CLIENT_SECRET).unwrap();
    assert_eq!(window.seen(&site)["name"], Value::from(name));
}

#[test]
fn a_server_that_is_gone_leaves_counts_and_connection() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = connected(&window, &tracker);
    let before = window.seen(&site);
    drop(tracker);
    window.call("refresh_counts", json!({ "site": site })).unwrap();
    let after = window.seen(&site);
    assert_eq!(after["state"], "connected");
    assert_eq!(after["trouble"]["error"]["code"], "unreachable");
    assert_eq!(after["counts"], before["counts"]);
}
