//! The whole story of a site, told in one go.

use std::process::Command;

use serde_json::json;

use crate::support::{Computer, Tracker, need_keychain};

#[test]
fn a_site_is_added_connected_used_and_revoked() {
    need_keychain!();
    let (tracker, computer) = (Tracker::start(), Computer::new());
    let done = computer.add("Redmine 開発", &tracker).ok();
    assert!(done.stderr.contains("tallykey connect 'Redmine 開発'"), "{done:?}");
    let done = computer.connect("redmine 開発", &tracker).ok();
    assert!(done.stderr.contains("connected as alice"), "{done:?}");
    assert_eq!(done.stdout, "");

    let list = computer.list();
    let site = &list[0];
    assert_eq!(site["name"], "Redmine 開発");
    assert_eq!(site["provider"], "redmine");
    assert_eq!(site["base"], tracker.base_url());
    assert_eq!(site["state"], "connected");
    assert_eq!(site["identity"], json!({ "id": "5", "text": "alice" }));
    assert_eq!(site["scopes"], json!(["view_issues"]));
    assert_eq!(site["secrets"], "keychain");
    assert!(site["expires_at"].as_str().unwrap().ends_with('Z'));

    let counts = computer.run(&["counts", "--json"]).ok().json();
    let numbers = counts[0]["counts"].as_array().unwrap();
    let numbers: Vec<_> =
        numbers.iter().map(|count| (count["id"].as_str().unwrap(), count["value"].as_u64())).collect();
    let expected = [15, 6, 2, 14, 4, 22, 3];
    let ids = ["assigned_open", "overdue", "due_today", "created_open", "watched_open", "open", "closed_7d"];
    assert_eq!(numbers, ids.into_iter().zip(expected.map(Some)).collect::<Vec<_>>());
    assert_eq!(counts[0]["identity"]["text"], "alice");

    let curl = computer.run(&["token", "Redmine 開発", "--format", "curl"]).ok();
    assert_eq!(shell(curl.line(), "-w %{http_code}"), "200");
    let done = computer.run(&["revoke", "Redmine 開発", "--json"]).ok();
    let page = format!("{}/oauth/authorized_applications", tracker.base_url());
    let confirmed = json!({ "site": "Redmine 開発", "provider": "confirmed", "here": "forgotten", "page": page });
    assert_eq!(done.json(), confirmed);
    assert_eq!(shell(curl.line(), "-w %{http_code}"), "401");
    computer.run(&["token", "Redmine 開発"]).refused(4, "not_connected");
}

/// Runs a curl command line as a person would, but for what it prints.
fn shell(line: &str, more: &str) -> String {
    let output = Command::new("sh").args(["-c", &format!("{line} -s -o /dev/null --noproxy '*' {more}")]).output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

#[test]
fn a_token_comes_in_every_form() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let token = computer.token("Redmine");
    let url = format!("{}/users/current.json", tracker.base_url());
    for (format, expected) in [
        ("raw", token.clone()),
        ("header", format!("Authorization: Bearer {token}")),
        ("env", format!("TALLYKEY_TOKEN={token}")),
        ("curl", format!(" curl -H 'Authorization: Bearer {token}' {url}")),
        ("httpie", format!(" http GET {url} 'Authorization:Bearer {token}'")),
        ("powershell", format!(" Invoke-RestMethod -Headers @{{ 'Authorization' = 'Bearer {token}' }} -Uri '{url}'")),
    ] {
        assert_eq!(computer.run(&["token", "Redmine", "--format", format]).ok().line(), expected);
    }
    let json = computer.run(&["token", "Redmine", "--format", "json"]).ok().json();
    assert_eq!(json["access_token"], token);
    assert_eq!(json["header"], json!({ "name": "Authorization", "value": format!("Bearer {token}") }));
    assert_eq!(json["scopes"], json!(["view_issues"]));
    assert!(json["expires_at"].is_string());
}

#[test]
fn a_token_is_renewed_when_it_would_not_live_long_enough() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let first = computer.token("Redmine");
    assert_eq!(computer.run(&["token", "Redmine", "--min", "1h"]).ok().line(), first);
    assert_eq!(tracker.traffic().count("POST /oauth/token"), 1);

    let done = computer.run(&["token", "Redmine", "--min", "3h"]).ok();
    assert_ne!(done.line(), first);
    assert!(done.stderr.contains("no token that lives so long"), "{done:?}");
    assert!(done.stderr.contains("no longer valid") && done.stderr.contains(&first[first.len() - 4..]), "{done:?}");
}

#[test]
fn a_new_token_is_had_when_wanted() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let first = computer.token("Redmine");
    let done = computer.run(&["token", "Redmine", "--new"]).ok();
    assert_ne!(done.line(), first);
    assert!(done.stderr.contains("no longer valid"), "{done:?}");
    assert_eq!(computer.token("Redmine"), done.line());
    assert_eq!(tracker.traffic().live_pairs, 1);
}
