//! Planio runs Redmine, and has a definition of its own: the code is pasted, and nothing else.

use serde_json::json;
use tallykey_sites::{CLIENT_ID, CLIENT_SECRET, Provider};

use super::{add, end_access_tokens, numbers};
use crate::support::{Computer, Tracker, need_keychain};

#[test]
fn a_planio_is_added_connected_counted_renewed_and_revoked() {
    need_keychain!();
    let (tracker, computer) = (Tracker::of(Provider::Planio), Computer::new());
    let base = format!("base={}", tracker.base_url());
    let site = ["Planio", "--provider", "planio", "--set", &base, "--client-id", CLIENT_ID];
    add(&computer, &site, Some(CLIENT_SECRET)).ok();
    let done = computer.connect("Planio", &tracker).ok();
    assert!(done.stderr.contains("connected as alice"), "{done:?}");

    let counts = numbers(&computer, "Planio");
    let counts: Vec<_> = counts.iter().map(|(id, number)| (id.as_str(), *number)).collect();
    assert_eq!(counts[..2], [("assigned_open", 15), ("overdue", 6)]);

    let first = computer.token("Planio");
    end_access_tokens(&tracker);
    assert_eq!(numbers(&computer, "Planio").len(), counts.len());
    assert_ne!(computer.token("Planio"), first);

    let done = computer.run(&["revoke", "Planio", "--json"]).ok();
    assert_eq!((&done.json()["provider"], &done.json()["here"]), (&json!("confirmed"), &json!("forgotten")));
    assert_eq!(tracker.traffic().live_pairs, 0);
}
