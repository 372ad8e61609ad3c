//! Counts: believed only with an identity, and kept when a server is in trouble.

use std::sync::Arc;

use serde_json::{Value, json};
use tallykey_core::flows::outside::Account;
use tallykey_core::model::known::{Known, State};
use tallykey_core::model::provider::Provider;
use tallykey_core::{Busy, ErrorCode, Secret};

use crate::support::{Here, answer, code, html, json as json_answer, refused};

/// Ids and numbers as shown.
fn numbers(known: &Known) -> Vec<(&str, Option<u64>)> {
    known.counts.iter().map(|count| (count.id.as_str(), count.value)).collect()
}

const ALICE: [(&str, Option<u64>); 7] = [
    ("assigned_open", Some(15)),
    ("overdue", Some(6)),
    ("due_today", Some(2)),
    ("created_open", Some(14)),
    ("watched_open", Some(4)),
    ("open", Some(22)),
    ("closed_7d", Some(3)),
];

/// A site whose counts were seen an hour ago.
async fn counted(here: &Here) -> Account {
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    here.redmine.take_asked();
    here.clock.forward(3600);
    site
}

#[tokio::test]
async fn every_count_is_shown_with_its_time() {
    let here = Here::new().await;
    let site = here.connected().await;

    let known = here.desk.count(&site).await.unwrap();

    assert_eq!(numbers(&known), ALICE);
    assert_eq!(known.counted_at.unwrap().to_string(), "2026-11-22T10:00:00Z");
    assert_eq!(known, here.known(&site), "what is told is what is kept");
}

#[tokio::test]
async fn each_count_asks_exactly_what_its_definition_says() {
    let here = Here::new().await;
    let site = here.connected().await;

    here.desk.count(&site).await.unwrap();

    let queries: Vec<_> =
        here.redmine.asked("/issues.json").iter().map(|a| a.url.query().unwrap().to_owned()).collect();
    let wanted = [
        "assigned_to_id=me&limit=1&status_id=open",
        "assigned_to_id=me&due_date=%3Ct-1&limit=1&status_id=open",
        "assigned_to_id=me&due_date=t&limit=1&status_id=open",
        "author_id=me&limit=1&status_id=open",
        "limit=1&status_id=open&watcher_id=me",
        "limit=1&status_id=open",
        "closed_on=%3Et-7&limit=1&status_id=closed",
    ];
    assert_eq!(queries, wanted);
}

#[tokio::test]
async fn the_token_goes_into_the_header_and_who_it_is_is_asked_last() {
    let here = Here::new().await;
    let site = here.connected().await;

    here.desk.count(&site).await.unwrap();

    let asked = here.redmine.take_asked();
    assert!(asked.iter().all(|a| a.bearer() == "a-access-token-of-many-letters-0000" && a.method == "GET"));
    assert!(asked.iter().all(|a| a.header("accept") == "application/json"));
    assert_eq!(asked.last().unwrap().path(), "/users/current.json");
    assert_eq!(asked.len(), 8);
}

#[tokio::test]
async fn an_anonymous_visitors_numbers_are_never_believed() {
    let here = Here::new().await;
    let site = counted(&here).await;
    here.redmine.forgets_all_tokens();

    let error = refused(here.desk.count(&site).await);

    assert_eq!(error.code, ErrorCode::NeedsSignIn, "one refresh settled it");
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
    let known = here.known(&site);
    assert_eq!((known.state, numbers(&known)), (State::NeedsSignIn, ALICE.to_vec()));
    assert_eq!(known.counted_at.unwrap().to_string(), "2026-11-22T10:00:00Z");
}

#[tokio::test]
async fn a_token_that_died_early_is_refreshed_once_and_the_counts_asked_again() {
    let here = Here::new().await;
    let site = counted(&here).await;
    let mut held = here.store.connection(&site).unwrap();
    held.tokens.access_token = Secret::from("forgotten-by-the-server");
    here.store.put(&site, &held);

    let known = here.desk.count(&site).await.unwrap();

    assert_eq!(numbers(&known), ALICE);
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
    assert_eq!(here.store.access_token(&site).as_deref(), Some("a-access-token-of-many-letters-0001"));
}

#[tokio::test]
async fn a_token_that_stays_unconfirmed_after_a_refresh_is_not_refreshed_for_ever() {
    let here = Here::new().await;
    let site = counted(&here).await;
    here.redmine.always("/users/current.json", answer(401));

    assert_eq!(code(here.desk.count(&site).await), ErrorCode::NotConfirmed);

    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
    let known = here.known(&site);
    assert_eq!((known.state, numbers(&known)), (State::Connected, ALICE.to_vec()));
}

#[tokio::test]
async fn another_persons_numbers_are_not_shown() {
    let here = Here::new().await;
    let site = counted(&here).await;
    here.redmine.always("/users/current.json", json_answer(200, json!({ "user": { "id": 6, "login": "bob" } })));
    here.redmine.always("/issues.json", json_answer(200, json!({ "total_count": 1 })));

    let error = refused(here.desk.count(&site).await);

    assert_eq!((error.code, error.detail.as_deref()), (ErrorCode::OtherPerson, Some("bob ≠ alice")));
    let known = here.known(&site);
    assert_eq!(numbers(&known), ALICE);
    assert_eq!(known.identity.unwrap().text, "alice");
    assert_eq!(known.trouble.unwrap().code, ErrorCode::OtherPerson);
}

#[tokio::test]
async fn a_missing_permission_blanks_one_count_alone() {
    let here = Here::new().await;
    let site = counted(&here).await;
    here.redmine.counts_with("watcher_id", "me", answer(403));

    let known = here.desk.count(&site).await.unwrap();

    let watched = known.counts.iter().find(|count| count.id == "watched_open").unwrap();
    assert_eq!((watched.value, watched.error), (None, Some(ErrorCode::Forbidden)), "unknown is never 0");
    assert_eq!(known.counts.iter().filter(|count| count.value.is_some()).count(), 6);
    assert!(known.trouble.is_none());
}

#[tokio::test]
async fn a_breakdown_keeps_the_old_numbers_and_says_since_when() {
    let here = Here::new().await;
    let site = counted(&here).await;
    here.redmine.counts_with("author_id", "me", html(502, "Bad gateway"));

    assert_eq!(code(here.desk.count(&site).await), ErrorCode::ServerTrouble);
    here.clock.forward(60);
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::ServerTrouble);

    let known = here.known(&site);
    assert_eq!((known.state, numbers(&known)), (State::Connected, ALICE.to_vec()));
    assert_eq!(known.counted_at.unwrap().to_string(), "2026-11-22T10:00:00Z");
    let trouble = known.trouble.unwrap();
    assert_eq!((trouble.code, trouble.since.to_string()), (ErrorCode::ServerTrouble, "2026-11-22T11:00:00Z".into()));
}

#[tokio::test]
async fn a_server_that_asks_to_slow_down_says_until_when() {
    let here = Here::new().await;
    let site = counted(&here).await;
    here.redmine.always("/issues.json", answer(429).insert_header("retry-after", "120"));

    assert_eq!(code(here.desk.count(&site).await), ErrorCode::RateLimited);

    assert_eq!(here.known(&site).trouble.unwrap().until.unwrap().to_string(), "2026-11-22T11:02:00Z");
    assert_eq!(here.redmine.take_asked().len(), 1, "the rest of the round is not asked");
}

#[tokio::test]
async fn good_numbers_end_the_trouble() {
    let here = Here::new().await;
    let site = counted(&here).await;
    here.redmine.hangs_up_on("/issues.json");
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::Unreachable);

    here.redmine.recovers();
    let known = here.desk.count(&site).await.unwrap();

    assert_eq!((known.trouble, known.counted_at.unwrap().to_string()), (None, "2026-11-22T11:00:00Z".into()));
}

#[tokio::test]
async fn an_api_that_was_switched_off_is_told_and_its_numbers_are_not_believed() {
    let here = Here::new().await;
    let site = counted(&here).await;
    here.redmine.rest_off();

    let error = refused(here.desk.count(&site).await);

    assert_eq!((error.code, error.site.as_deref()), (ErrorCode::ApiOff, Some("Harbour")));
    let known = here.known(&site);
    assert_eq!((known.state, numbers(&known)), (State::Connected, ALICE.to_vec()));
    assert!(here.redmine.asked("/oauth/token").is_empty());
}

#[tokio::test]
async fn what_is_not_a_number_of_issues_is_not_shown_as_one() {
    let here = Here::new().await;
    let site = counted(&here).await;
    let strange: [Value; 8] = [
        json!({ "total_count": -1 }),
        json!({ "total_count": "12" }),
        json!({ "total_count": 1.5 }),
        json!({ "total_count": 1e300 }),
        json!({ "total_count": null }),
        json!({ "total": 3 }),
        json!([]),
        json!(7),
    ];
    for body in strange {
        here.redmine.always("/issues.json", json_answer(200, body.clone()));
        assert_eq!(code(here.desk.count(&site).await), ErrorCode::UnexpectedAnswer, "{body}");
        here.redmine.recovers();
    }
    here.redmine.always("/issues.json", html(200, "Please log in"));
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::UnexpectedAnswer);
    assert_eq!(numbers(&here.known(&site)), ALICE);
}

#[tokio::test]
async fn the_words_of_the_server_are_passed_on() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.always("/issues.json", json_answer(422, json!({ "errors": ["Due date is invalid"] })));

    let error = refused(here.desk.count(&site).await);

    assert_eq!((error.code, error.detail.as_deref()), (ErrorCode::UnexpectedAnswer, Some("Due date is invalid")));
}

#[tokio::test]
async fn a_count_made_just_before_the_end_refreshes_first() {
    let here = Here::new().await;
    let site = here.stale().await;

    here.desk.count(&site).await.unwrap();

    assert!(here.redmine.asked("/issues.json").iter().all(|a| a.bearer() == "a-access-token-of-many-letters-0001"));
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
}

#[tokio::test]
async fn a_count_of_several_questions_is_their_sum() {
    let here = Here::new().await;
    let site = here.connected().await;
    let one = r#"assigned_to_id = "me", status_id = "open" }, at = "/total_count" }]"#;
    let two = one.replace("}]", r#"}, { path = "/issues.json", query = { author_id = "me" }, at = "/total_count" }]"#);
    let text = include_str!("../../src-tauri/core/providers/redmine.toml").replace(one, &two);
    let account = Account { provider: Arc::new(Provider::parse(&text).unwrap()), ..site };

    let (_, counts) = tallykey_core::flows::count::count(&here.outside(), &account).await.unwrap();

    assert_eq!(counts[0].value, Some(15 + 14));
    here.redmine.always("/issues.json", json_answer(200, json!({ "total_count": u64::MAX })));
    let (_, counts) = tallykey_core::flows::count::count(&here.outside(), &account).await.unwrap();
    assert_eq!(counts[0].value, Some(u64::MAX), "a server that lies cannot stop the program");
}

#[tokio::test]
async fn while_it_counts_a_site_is_busy() {
    let here = Here::new().await;
    let site = here.connected().await;
    let (desk, seen) = (here.desk.clone(), Arc::new(std::sync::Mutex::new(None)));
    let note = seen.clone();
    here.redmine.meanwhile("/issues.json", move || *note.lock().unwrap() = desk.sites().unwrap()[0].busy);

    here.desk.count(&site).await.unwrap();

    assert_eq!(*seen.lock().unwrap(), Some(Busy::Counting));
    assert_eq!(here.desk.sites().unwrap()[0].busy, None);
}

#[tokio::test]
async fn a_proxys_page_says_nothing_about_permissions_and_keeps_the_numbers() {
    for path in ["/issues.json", "/users/current.json"] {
        let here = Here::new().await;
        let site = counted(&here).await;
        here.redmine.always(path, html(403, "Blocked by your company"));

        assert_eq!(code(here.desk.count(&site).await), ErrorCode::UnexpectedAnswer, "{path}");

        let known = here.known(&site);
        assert_eq!((known.state, numbers(&known)), (State::Connected, ALICE.to_vec()), "{path}");
    }
}

#[tokio::test]
async fn one_refusal_ends_no_living_connection_that_cannot_be_refreshed() {
    let here = Here::new().await;
    let site = counted(&here).await;
    let mut held = here.store.connection(&site).unwrap();
    held.tokens.refresh_token = None;
    here.store.put(&site, &held);
    here.redmine.next("/users/current.json", answer(401));

    assert_eq!(code(here.desk.count(&site).await), ErrorCode::NotConfirmed);

    assert!(here.store.connection(&site).unwrap().ended.is_none());
    assert_eq!(here.known(&site).state, State::Connected);
    here.desk.count(&site).await.expect("the next time it is answered");
}
