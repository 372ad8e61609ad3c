//! Counts of a person's own in the terminal.

use tallykey_sites::Provider;

use crate::support::{Computer, Tracker, need_keychain};

#[test]
fn a_filter_is_tried_and_nothing_is_kept() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Harbour", &tracker);
    let list = computer.sites_toml();

    let tried = |filter: &str| computer.run(&["counts", "Harbour", "--try", filter]);
    assert_eq!(tried("assigned_to_id=me&due_date=<t-1").ok().line(), "6");
    tried("priority=5").refused(2, "filter_unknown");
    tried("cf_99=1&status_id=open").refused(2, "filter_unknown");
    tried("due_date=garbage").refused(7, "filter_refused");
    tried("limit=100").refused(2, "filter_unknown");
    tried("due_date").refused(2, "invalid_input");
    let json = computer.run(&["counts", "Harbour", "--try", "status_id=closed&closed_on=>t-7", "--json"]).ok().json();
    assert_eq!(json["value"], 3);

    assert_eq!(computer.sites_toml(), list);
    assert_eq!(computer.run(&["counts", "--try", "status_id=open"]).code, Some(2));
    assert_eq!(computer.run(&["counts", "Harbour", "Bay", "--try", "status_id=open"]).code, Some(2));
}

#[test]
fn a_product_that_is_not_known_to_filter_tries_nothing() {
    need_keychain!();
    let tracker = Tracker::of(Provider::Jooto);
    let computer = crate::products::jooto::added(&tracker);
    crate::products::connect(&computer, "Jooto", &tracker).0.ok();
    computer.run(&["counts", "Jooto", "--try", "status_id=open"]).refused(2, "invalid_input");
}

#[test]
fn own_and_hidden_counts_are_shown_as_the_list_of_sites_says() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Harbour", &tracker);
    let wishes = "
[[site.count]]
id = \"own-1\"

[[site.count]]
id = \"open\"
hidden = true

[[site.count]]
id = \"of_another_version\"
warn = 3

[[site.own_count]]
id = \"own-1\"
label = \"Late\"
filter = \"assigned_to_id=me&due_date=<t-1\"
";
    std::fs::write(computer.folder().join("config/sites.toml"), computer.sites_toml() + wishes).unwrap();

    let counts = computer.run(&["counts", "--json"]).ok().json();
    let counts = counts[0]["counts"].as_array().unwrap();
    let ids: Vec<_> = counts.iter().map(|count| count["id"].as_str().unwrap()).collect();
    let order = ["own-1", "assigned_open", "overdue", "due_today", "created_open", "watched_open", "closed_7d"];
    assert_eq!(ids, order);
    assert_eq!((&counts[0]["label"], &counts[0]["value"]), (&"Late".into(), &6.into()));
    let table = computer.run(&["counts"]).ok().stdout;
    assert!(table.lines().nth(1).unwrap().starts_with("Late"), "{table}");
}
