//! Wishes for counts, as the page sets them.

use serde_json::{Value, json};

use crate::bridge::{Tracker, Window, connected};

fn own(filter: &str) -> Value {
    json!({ "id": "own-1", "label": "Late", "filter": filter, "saved": null })
}

#[test]
fn counts_are_ordered_hidden_watched_and_made() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = connected(&window, &tracker);
    let mut setup = window.call("counts_setup", json!({ "site": site })).unwrap();
    assert_eq!(setup["wishes"].as_array().unwrap().len(), 7);
    assert_eq!(setup["wishes"][0], json!({ "id": "assigned_open", "hidden": false, "warn": null, "notify": false }));

    let tried =
        window.call("try_count", json!({ "site": site, "own": own("assigned_to_id=me&due_date=<t-1") })).unwrap();
    assert_eq!(tried, 6);
    setup["wishes"][0]["hidden"] = true.into();
    setup["wishes"][1]["warn"] = 5.into();
    setup["wishes"][1]["notify"] = true.into();
    let wishes = setup["wishes"].as_array_mut().unwrap();
    wishes.insert(0, json!({ "id": "own-1", "hidden": false, "warn": null, "notify": false }));
    setup["own"] = json!([own("assigned_to_id=me&due_date=<t-1")]);
    window.call("set_counts", json!({ "site": site, "setup": setup })).unwrap();
    window.call("refresh_counts", json!({ "site": site })).unwrap();

    assert_eq!(window.call("counts_setup", json!({ "site": site })).unwrap(), setup);
    let counts = window.seen(&site)["counts"].clone();
    assert_eq!((&counts[0]["label"]["ja"], &counts[0]["value"]), (&json!("Late"), &tried));
    assert_eq!(counts[0]["wish"]["own"], true);
    assert_eq!((&counts[1]["id"], &counts[1]["value"]), (&json!("assigned_open"), &Value::Null), "hidden: not asked");
    assert_eq!(counts[2]["wish"], json!({ "hidden": false, "warn": 5, "notify": true, "own": false }));
    let page = json!({ "kind": "count", "site": site, "count": "own-1" });
    window.call("open_page", json!({ "page": page })).unwrap();
    assert_eq!(
        window.last_opened(),
        format!("{}/issues?set_filter=1&assigned_to_id=me&due_date=%3Ct-1", tracker.base())
    );
}

#[test]
fn what_is_no_filter_is_refused_with_its_name() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = connected(&window, &tracker);
    let refused = window.call("try_count", json!({ "site": site, "own": own("limit=9") })).unwrap_err();
    assert_eq!((&refused["code"], &refused["detail"]), (&json!("filter_unknown"), &json!("limit")));
    let setup = json!({ "wishes": [], "own": [own("access_token=x")] });
    let refused = window.call("set_counts", json!({ "site": site, "setup": setup })).unwrap_err();
    assert_eq!(refused["code"], "filter_unknown");
    let overview = window.call("overview", json!({})).unwrap();
    let redmine = overview["providers"].as_array().unwrap().iter().find(|one| one["id"] == "redmine").unwrap();
    assert_eq!((&redmine["ownCounts"]["saved"], &redmine["ownCounts"]["filter"]), (&json!(true), &json!(true)));
    assert_eq!(redmine["choices"][0]["optional"], true);
}
