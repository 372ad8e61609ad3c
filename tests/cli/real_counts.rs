//! Counts of a person's own at a real Redmine, and what moves there: the one of `tests/redmine/up`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use tallykey_core::adapters::browser::SystemBrowser;
use tallykey_core::adapters::clipboard::SystemClipboard;
use tallykey_core::adapters::clock::SystemClock;
use tallykey_core::adapters::folders::Folders;
use tallykey_core::adapters::keychain::Keychain;
use tallykey_core::model::site::Chosen;
use tallykey_core::model::wishes::{CountsSetup, OwnCount};
use tallykey_core::{Desk, ErrorCode};

use crate::support::{Computer, Redmine, SignedIn, need_keychain};

/// The window's half on the same computer.
fn desk(computer: &Computer) -> Desk {
    let folders = Folders { config: computer.folder().join("config"), data: computer.folder().join("data") };
    let (browser, clipboard) = (Arc::new(SystemBrowser), Arc::new(SystemClipboard::default()));
    Desk::new(&folders, Arc::new(Keychain), browser, clipboard, Arc::new(SystemClock)).unwrap()
}

/// A computer on which alice has connected the Redmine.
fn connected(redmine: &Redmine) -> Computer {
    let computer = redmine.added();
    let answer = |url: &str| Redmine::approve(url).unwrap() + "\n";
    computer.connecting(&["connect", "Redmine", "--no-browser"], "", vec![Box::new(answer)]).ok();
    computer
}

fn counts(computer: &Computer) -> BTreeMap<String, u64> {
    let json = computer.run(&["counts", "--json"]).ok().json();
    let one = |count: &Value| (count["id"].as_str().unwrap().to_owned(), count["value"].as_u64().expect("a number"));
    json[0]["counts"].as_array().unwrap().iter().map(one).collect()
}

fn typed(number: usize, filter: &str) -> OwnCount {
    OwnCount { id: format!("own-{number}"), label: filter.to_owned(), filter: Some(filter.to_owned()), saved: None }
}

fn saved(number: usize, query: Chosen) -> OwnCount {
    OwnCount { id: format!("own-{number}"), label: query.text.clone(), filter: None, saved: Some(query) }
}

const FILTERS: [&str; 9] = [
    "priority_id=2&status_id=open",
    "status_id=*&assigned_to_id=me",
    "assigned_to_id=!*",
    "due_date=<t+7&status_id=o",
    "status_id=5|6",
    "subject=~the quay",
    "project_id=1&tracker_id=1&category_id=!*",
    "status_id=closed&closed_on=>t-7",
    "watcher_id=me&due_date=!*",
];

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
async fn every_own_count_and_every_saved_query_of_a_real_redmine_is_the_rows_of_its_page() {
    need_keychain!();
    let redmine = Redmine::alone();
    let (computer, browser) = (connected(&redmine), SignedIn::at(&redmine, "alice"));
    let desk = desk(&computer);
    let site = desk.named("Redmine").unwrap();
    let is_lenses = |query: &Chosen| query.text == "Lenses" && query.value.contains('@');
    // The Redmine outlives a run, and its queries with it.
    if !desk.saved_queries(&site).await.unwrap().iter().any(is_lenses) {
        let lighthouse = redmine.url("/projects/lighthouse/queries");
        let fields = [("query[name]", "Lenses"), ("f[]", "status_id"), ("op[status_id]", "*")];
        browser.submit(&format!("{lighthouse}/new"), &lighthouse, &fields);
    }

    let mut queries = desk.saved_queries(&site).await.unwrap();
    assert!(queries.iter().any(is_lenses), "{queries:?}");
    queries.sort_by(|one, other| one.text.cmp(&other.text));
    queries.dedup_by(|one, other| one.text == other.text);
    let mut own: Vec<OwnCount> = FILTERS.iter().enumerate().map(|(number, filter)| typed(number, filter)).collect();
    own.extend(queries.into_iter().enumerate().map(|(number, query)| saved(FILTERS.len() + number, query)));
    for count in &own {
        desk.try_count(&site, count).await.unwrap_or_else(|error| panic!("{}: {error}", count.label));
    }
    let site = desk.set_counts(&site, CountsSetup { wishes: Vec::new(), own: own.clone() }).await.unwrap();

    let mut counted = counts(&computer);
    for (id, number) in &counted {
        let page = site.count_page(id, None, jiff::Timestamp::now()).unwrap();
        assert_eq!(browser.rows(page.as_str()), *number, "{id} {page}");
    }
    assert!(own.iter().filter(|count| counted.remove(&count.id).is_some_and(|number| number > 0)).count() > 8);

    let project = desk.offers(&site).await.unwrap()[0].items.iter().find(|item| item.text == "Lighthouse").cloned();
    let site = desk.choose(&site, [("project".to_owned(), vec![project.unwrap()])].into()).await.unwrap();
    for (id, number) in counts(&computer) {
        let page = site.count_page(&id, None, jiff::Timestamp::now()).unwrap();
        assert_eq!(browser.rows(page.as_str()), number, "{id} {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
async fn a_real_redmine_ignores_what_it_does_not_know_and_that_is_told() {
    need_keychain!();
    let redmine = Redmine::brought_up();
    let computer = connected(&redmine);
    let desk = desk(&computer);
    let site = desk.named("Redmine").unwrap();
    for (filter, name) in [
        ("cf_99=1", "cf_99"),
        ("status_id=open&category_id=1", "category_id"),
        ("is_private=1&status_id=open", "is_private"),
        ("project_id=1&subproject_id=2", "subproject_id"),
    ] {
        let error = desk.try_count(&site, &typed(1, filter)).await.unwrap_err();
        assert_eq!((error.code, error.detail.as_deref()), (ErrorCode::FilterUnknown, Some(name)), "{filter}");
    }
    for filter in ["due_date=garbage", "project_id=nope", "issue_id=abc"] {
        let error = desk.try_count(&site, &typed(1, filter)).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::FilterRefused, "{filter}");
    }
    assert_eq!(desk.try_count(&site, &typed(1, "project_id=vault")).await.unwrap_err().code, ErrorCode::Forbidden);
    let gone = Chosen { value: "4711".to_owned(), text: "Gone".to_owned() };
    assert_eq!(desk.try_count(&site, &saved(1, gone)).await.unwrap_err().code, ErrorCode::FilterRefused);
}

/// How the numbers moved.
fn moved(before: &BTreeMap<String, u64>, after: &BTreeMap<String, u64>) -> BTreeMap<String, i64> {
    let by = |(id, number): (&String, &u64)| (id.clone(), number.cast_signed() - before[id].cast_signed());
    after.iter().map(by).filter(|(_, by)| *by != 0).collect()
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn what_is_assigned_late_and_closed_at_a_real_redmine_shows_in_the_next_round() {
    need_keychain!();
    let redmine = Redmine::alone();
    let computer = connected(&redmine);
    let alice = redmine.as_admin("GET", "/users.json?name=alice", &Value::Null)["users"][0]["id"].clone();
    let mut before = counts(&computer);
    let mut round = |expected: &[(&str, i64)]| {
        let after = counts(&computer);
        let expected = expected.iter().map(|(id, by)| ((*id).to_owned(), *by)).collect();
        assert_eq!(moved(&before, &after), expected);
        before = after;
    };

    let issue =
        json!({ "project_id": "harbour", "tracker_id": 1, "subject": "Dredge the basin", "assigned_to_id": alice });
    let issue = redmine.as_admin("POST", "/issues.json", &json!({ "issue": issue }))["issue"]["id"].clone();
    round(&[("assigned_open", 1), ("open", 1)]);

    let path = format!("/issues/{issue}.json");
    let day = |days| {
        (jiff::Zoned::now().with_time_zone(jiff::tz::TimeZone::UTC).date() - jiff::Span::new().days(days)).to_string()
    };
    let late = json!({ "start_date": day(9), "due_date": day(3) });
    redmine.as_admin("PUT", &path, &json!({ "issue": late }));
    round(&[("overdue", 1)]);

    redmine.as_admin("PUT", &path, &json!({ "issue": { "status_id": 5 } }));
    round(&[("assigned_open", -1), ("open", -1), ("overdue", -1), ("closed_7d", 1)]);

    redmine.as_admin("DELETE", &path, &Value::Null);
    round(&[("closed_7d", -1)]);
}
