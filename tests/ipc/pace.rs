//! When sites are asked, as the page sets it.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::bridge::{Tracker, Window, connected};

#[test]
fn a_site_has_an_interval_of_its_own_or_the_usual_one() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = connected(&window, &tracker);
    let set = |minutes: Value| {
        window.call("set_pace", json!({ "site": site, "minutes": minutes })).unwrap();
        window.seen(&site)["pace"].clone()
    };
    assert!(window.seen(&site)["pace"]["nextAt"].is_string());
    assert_eq!(set(json!(0)), json!({ "minutes": 0, "nextAt": null, "left": [] }));
    assert_eq!(set(json!(30))["minutes"], 30);
    let usual = set(Value::Null);
    assert_eq!((&usual["minutes"], usual["nextAt"].is_string()), (&Value::Null, true));
    let unknown = json!({ "site": "7e1c6bfa-6f1f-4f0e-9a39-111111111111", "minutes": 5 });
    assert_eq!(window.call("set_pace", unknown).unwrap_err()["code"], "no_such_site");
}

#[test]
fn asking_is_paused_gone_on_with_and_stopped() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let site = connected(&window, &tracker);
    let overview = || window.call("overview", json!({})).unwrap();
    assert!(overview()["pausedUntil"].is_null());

    window.call("pause_refresh", json!({ "minutes": 60 })).unwrap();
    let paused = overview();
    assert!(paused["pausedUntil"].is_string());
    // Each is told from a clock that went on.
    let at = |name: &str| paused[name].as_str().unwrap().parse::<Timestamp>().unwrap();
    assert!(at("nextRoundAt").duration_since(at("pausedUntil")).abs() < SignedDuration::from_mins(1), "{paused}");
    window.call("refresh_counts", json!({ "site": site })).expect("a person is served");

    window.call("pause_refresh", json!({ "minutes": null })).unwrap();
    assert!(overview()["pausedUntil"].is_null());
    window.call("stop_refresh", json!({})).expect("nothing is under way");
    assert!(window.seen(&site)["progress"].is_null());
}
