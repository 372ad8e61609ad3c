//! How counts went, as the page asks for it.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::bridge::{Tracker, Window, connected};

/// The site as the overview shows it, once it shows what is wanted.
fn once(window: &Window, site: &str, is_there: impl Fn(&Value) -> bool) -> Value {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        let seen = window.seen(site);
        if is_there(&seen) {
            return seen;
        }
        assert!(Instant::now() < deadline, "{seen}");
        std::thread::yield_now();
    }
}

#[test]
fn counts_that_were_confirmed_show_in_trend_chart_and_table() {
    let (window, tracker) = (Window::with_keychain(), Tracker::start());
    let site = connected(&window, &tracker);

    let seen = once(&window, &site, |site| !site["trend"].is_null());

    assert_eq!(
        (&seen["trend"]["count"], seen["trend"]["days"].as_array().unwrap().len()),
        (&seen["counts"][0]["id"], 1)
    );
    assert_eq!(seen["trend"]["days"][0]["value"], seen["counts"][0]["value"]);
    assert!(seen["counts"][0]["day"].is_null() && seen["counts"][0]["visit"].is_null(), "there is no day before");
    assert!(window.call("overview", json!({})).unwrap()["historyTrouble"].is_null());
    for reach in ["month", "quarter", "year"] {
        let chart = window.call("history", json!({ "site": site, "reach": reach })).unwrap();
        assert_eq!(chart["series"].as_array().unwrap().len(), 7, "{chart}");
        assert!(chart["series"][0]["points"][0]["value"].is_u64(), "{chart}");
    }
    let file = window.call("export_history", json!({ "site": site })).unwrap();
    let table = fs::read_to_string(file.as_str().unwrap()).unwrap();
    assert!(table.starts_with("count,time,value\r\n") && table.lines().count() >= 8, "{table}");
    assert!(file.as_str().unwrap().starts_with(window.folder.path().to_str().unwrap()), "{file}");
}

#[test]
fn what_was_done_is_told_newest_first() {
    let (window, tracker) = (Window::with_keychain(), Tracker::start());
    let site = connected(&window, &tracker);
    window.call("copy_token", json!({ "site": site, "format": "httpie" })).unwrap();

    let told = window.call("activity", json!({ "site": site })).unwrap();

    let copied = &told[0];
    assert_eq!((&copied["what"], &copied["word"], &copied["code"]), (&json!("copied"), &json!("httpie"), &json!(null)));
    let first = told.as_array().unwrap().last().unwrap();
    assert_eq!((&first["what"], &first["word"]), (&json!("connected"), &json!("alice")));
}

#[test]
fn a_site_that_is_not_there_has_none() {
    let window = Window::open();
    let site = "4b3c1a8e-52a7-4c3c-9f43-0e8a3a6a3f10";
    for (command, arguments) in [
        ("history", json!({ "site": site, "reach": "month" })),
        ("export_history", json!({ "site": site })),
        ("activity", json!({ "site": site })),
    ] {
        assert_eq!(window.call(command, arguments).unwrap_err()["code"], "no_such_site", "{command}");
    }
}
