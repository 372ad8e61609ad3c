//! The whole story at a real Redmine, the one of `tests/redmine/up`.

use serde_json::Value;
use tallykey_core::providers::built_in;

use crate::support::{Redmine, SignedIn, curl, need_keychain};

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn a_real_redmine_is_counted_used_and_revoked() {
    need_keychain!();
    let redmine = Redmine::brought_up();
    let computer = redmine.added();
    let answer = |url: &str| Redmine::approve(url).unwrap() + "\n";
    let done = computer.connecting(&["connect", "Redmine", "--no-browser"], "", vec![Box::new(answer)]).ok();
    assert!(done.stderr.contains("connected as alice"), "{done:?}");

    let counts = computer.run(&["counts", "--json"]).ok().json();
    let browser = SignedIn::at(&redmine, "alice");
    let provider = built_in().iter().find(|provider| provider.id == "redmine").unwrap();
    let inputs = [("base".to_owned(), redmine.base().to_owned())].into();
    for (definition, count) in provider.counts.iter().zip(counts[0]["counts"].as_array().unwrap()) {
        let rows = browser.rows(definition.page.url(&inputs).unwrap().as_str());
        assert_eq!((count["id"].as_str(), count["value"].as_u64()), (Some(definition.id.as_str()), Some(rows)));
    }

    let header = computer.run(&["token", "Redmine", "--format", "header"]).ok().line().to_owned();
    let me = redmine.url("/users/current.json");
    let user: Value = serde_json::from_str(&curl(&["-H", &header, &me])).unwrap();
    assert_eq!(user["user"]["login"], "alice");
    let renewed = computer.run(&["token", "Redmine", "--new", "--format", "header"]).ok().line().to_owned();
    assert_ne!(renewed, header);
    let status = |header: &str| curl(&["-o", "/dev/null", "-w", "%{http_code}", "-H", header, &me]);
    assert_eq!((status(&header).as_str(), status(&renewed).as_str()), ("401", "200"));

    assert_eq!(computer.run(&["revoke", "Redmine", "--json"]).ok().json()["provider"], "confirmed");
    // From "revoked" on it works not once more.
    assert_eq!(status(&renewed), "401");
    computer.run(&["token", "Redmine"]).refused(4, "not_connected");
}
