//! The main job, as the page asks for it.

use serde_json::json;
use tallykey_sites::CLIENT_SECRET;

use crate::bridge::{Tracker, Window, connected};

#[test]
fn a_site_is_added_connected_counted_copied_and_revoked() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = connected(&window, &tracker);

    let seen = window.seen(&site);
    assert_eq!(seen["state"], "connected");
    assert_eq!(seen["identity"]["text"], "alice");
    assert!(seen["counts"].as_array().unwrap().iter().all(|count| count["value"].is_u64()), "{seen}");

    let copied = window.call("copy_token", json!({ "site": site, "format": "raw" })).unwrap();
    let token = window.pasted().expect("a token on the clipboard");
    assert!(token.ends_with(copied["tail"].as_str().unwrap()));
    assert_eq!(window.call("clear_clipboard", json!({})).unwrap(), "cleared");
    assert_eq!(window.pasted(), None);

    let outcome = window.call("revoke", json!({ "site": site })).unwrap();
    assert_eq!((&outcome["atProvider"], &outcome["refusedWith"]), (&json!("confirmed"), &json!(401)));
    assert_eq!(window.seen(&site)["state"], "notConnected");
}

#[test]
fn an_address_is_looked_at_before_a_site_is_added() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let checks = window.call("check_address", json!({ "provider": "redmine", "inputs": { "base": tracker.base() } }));
    let checks = checks.unwrap();
    let ids: Vec<_> = checks.as_array().unwrap().iter().map(|check| check["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["reach", "product", "oauth"]);
    assert!(checks.as_array().unwrap().iter().all(|check| check["error"].is_null()), "{checks}");
}

#[test]
fn a_waiting_attempt_can_be_reopened_copied_as_a_link_and_given_up() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = window.add("Kaizen Core", &tracker.base(), CLIENT_SECRET).unwrap();
    let attempt = window.start_connect(&site);
    let first = window.last_opened();

    window.call("reopen_browser", json!({ "attempt": attempt })).unwrap();
    assert_eq!(window.last_opened(), first);
    window.call("copy_connect_link", json!({ "attempt": attempt })).unwrap();
    assert_eq!(window.pasted().as_deref(), Some(first.as_str()));

    window.call("cancel_connect", json!({ "attempt": attempt })).unwrap();
    let late = window.call("finish_connect", json!({ "attempt": attempt, "answer": "some-code" })).unwrap_err();
    assert_eq!(late["code"], "attempt_over");
}

#[test]
fn pages_of_a_site_open_at_the_site_itself() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = window.add("Kaizen Core", &tracker.base(), CLIENT_SECRET).unwrap();
    let base = tracker.base();
    let inputs = json!({ "base": format!("{base}/") });
    for (page, address) in [
        (json!({ "kind": "home", "site": site }), format!("{base}/my/page")),
        (json!({ "kind": "revoke", "site": site }), format!("{base}/oauth/authorized_applications")),
        (json!({ "kind": "count", "site": site, "count": "open" }), format!("{base}/issues?set_filter=1&status_id=o")),
        (
            json!({ "kind": "register", "provider": "redmine", "inputs": inputs }),
            format!("{base}/oauth/applications/new"),
        ),
    ] {
        window.call("open_page", json!({ "page": page })).unwrap();
        assert_eq!(window.last_opened(), address);
    }
}

#[test]
fn choices_for_the_window_are_kept() {
    let window = Window::open();
    let settings = json!({
        "language": "ja", "theme": "dark", "rows": "line", "refreshMinutes": 10, "clearSeconds": 90, "tray": "icon",
        "closeToTray": false, "launchAtLogin": true, "notify": true, "proxy": "system", "secrets": "keychain",
    });
    window.call("save_settings", json!({ "settings": settings })).unwrap();
    assert_eq!(window.call("overview", json!({})).unwrap()["settings"], settings);
}

#[test]
fn a_removed_site_is_gone_with_its_secrets() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = connected(&window, &tracker);
    window.call("remove_site", json!({ "site": site })).unwrap();
    let overview = window.call("overview", json!({})).unwrap();
    assert_eq!(overview["sites"], json!([]));
    assert_eq!(window.call("revoke", json!({ "site": site })).unwrap_err()["code"], "no_such_site");
}

#[test]
fn the_list_has_the_order_a_person_gave_it() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let first = connected(&window, &tracker);
    let id = |copy: &serde_json::Value| copy["id"].as_str().unwrap().to_owned();
    let [second, third] = ["Pier", "Quay"]
        .map(|name| id(&window.call("duplicate_site", json!({ "site": first, "name": name })).unwrap()));

    window.call("arrange_sites", json!({ "sites": [third, "gone", first, second] })).unwrap();

    let overview = window.call("overview", json!({})).unwrap();
    let order: Vec<_> = overview["sites"].as_array().unwrap().iter().map(id).collect();
    assert_eq!(order, [third, first, second]);
}
