//! Changing a site, looking at its connection, reading what others passed on.

use serde_json::{Value, json};
use tallykey_sites::CLIENT_SECRET;

use crate::bridge::{Tracker, Window, connected};

#[test]
fn a_site_is_edited_and_keeps_its_connection_where_the_address_stays() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = connected(&window, &tracker);
    let mut setup = window.call("site_setup", json!({ "site": site })).unwrap();
    assert_eq!((&setup["name"], &setup["redirect"]), (&json!("Kaizen Core"), &json!("oob")));

    setup["name"] = json!("Harbour");
    setup["redirect"] = json!("loopback");
    let edited = window.call("edit_site", json!({ "site": site, "setup": setup, "clientSecret": null })).unwrap();

    assert_eq!(
        (&edited["name"], &edited["redirect"], &edited["state"]),
        (&json!("Harbour"), &json!("loopback"), &json!("connected"))
    );
    assert!(edited["trouble"].is_null(), "{edited}");
}

#[test]
fn another_address_is_a_question_that_can_be_answered() {
    let (window, tracker, elsewhere) = (Window::open(), Tracker::start(), Tracker::start());
    let site = connected(&window, &tracker);
    let mut setup = window.call("site_setup", json!({ "site": site })).unwrap();
    setup["inputs"]["base"] = json!(elsewhere.base());
    let edit = |more: Value| {
        let mut arguments = json!({ "site": site, "setup": setup });
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        window.call("edit_site", arguments)
    };

    assert_eq!(edit(json!({ "clientSecret": null })).unwrap_err()["code"], "client_secret_missing");
    let refused = edit(json!({ "clientSecret": CLIENT_SECRET })).unwrap_err();
    assert_eq!((&refused["code"], &refused["site"]), (&json!("connected_elsewhere"), &json!("Kaizen Core")));

    let edited = edit(json!({ "clientSecret": CLIENT_SECRET, "leave": true })).unwrap();
    assert_eq!(edited["trouble"]["error"]["code"], "address_changed");
    assert!(edited["counts"].as_array().unwrap().iter().all(|count| count["value"].is_null()), "{edited}");
}

#[test]
fn a_connection_is_tested_previewed_and_shown() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = connected(&window, &tracker);

    let tested = window.call("test_site", json!({ "site": site })).unwrap();
    assert_eq!(tested["identity"]["text"], "alice");
    assert!(tested["milliseconds"].is_u64());

    let token = window.call("reveal_token", json!({ "site": site })).unwrap();
    let tail = &token.as_str().unwrap()[token.as_str().unwrap().len() - 4..];
    let preview = window.call("copy_preview", json!({ "site": site, "format": "header" })).unwrap();
    assert_eq!(preview, json!(format!("Authorization: Bearer …{tail}")));
    assert_eq!(window.seen(&site)["given"][0]["tail"], tail);
}

#[test]
fn a_file_of_sites_is_read_and_adds_nothing() {
    let window = Window::open();
    let text = "schema = 1\n[[site]]\nprovider = \"redmine\"\nname = \"Design\"\nclient_id = \"abc\"\n\
                [site.inputs]\nbase = \"https://design.example.jp\"\n";

    let sites = window.call("read_site_file", json!({ "text": text })).unwrap();

    let site = json!({
        "provider": "redmine", "name": "Design", "inputs": { "base": "https://design.example.jp" },
        "application": null, "redirect": null, "clientId": "abc",
    });
    assert_eq!(sites, json!([site]));
    assert_eq!(window.call("overview", json!({})).unwrap()["sites"], json!([]));
    let refused = window.call("read_site_file", json!({ "text": "schema = 1\n[[site]]\nname = 1\n" })).unwrap_err();
    assert_eq!(refused["code"], "not_a_site_file");
    assert!(refused["detail"].as_str().unwrap().starts_with("line 3: "), "{refused}");
    assert_eq!(window.call("export_sites", json!({ "sites": ["x"] })).unwrap_err()["code"], "no_such_site");
}

#[test]
fn the_doctor_speaks_the_language_that_is_asked_for() {
    let (window, tracker) = (Window::open(), Tracker::start());
    connected(&window, &tracker);

    let lines = window.call("doctor", json!({ "language": "ja" })).unwrap();

    let lines = lines.as_array().unwrap();
    let store = lines.iter().find(|line| line["id"] == "keychain").unwrap();
    assert_eq!(store["state"], "warn");
    assert!(store["text"].as_str().unwrap().contains("メモリ") && store["advice"].is_string(), "{store}");
    let token = lines.iter().find(|line| line["id"] == "token").unwrap();
    assert_eq!((&token["site"], &token["state"]), (&json!("Kaizen Core"), &json!("ok")));
}
