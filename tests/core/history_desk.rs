//! The history as window and terminal have it: written by counting, and in nobody's way.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use tallykey_core::adapters::history_file::History;
use tallykey_core::adapters::memory::MemoryStore;
use tallykey_core::flows::outside::Account;
use tallykey_core::model::history::Reach;
use tallykey_core::model::past::Past;
use tallykey_core::{Desk, ErrorCode, Parting, Secret};

use crate::support::{CLIENT_SECRET, Here, answer, code, database, html, json, samples};

const DAY: i64 = 24 * 3600;
/// The first count of the fake Redmine, and its number.
const FIRST: &str = "assigned_open";

/// What the file holds of the first count.
fn kept(here: &Here, site: &Account) -> Vec<u64> {
    let history = History::open(&here.folders).0;
    samples(&history, site.site.id, FIRST).iter().map(|sample| sample.value).collect()
}

fn past(desk: &Desk, site: &Account) -> Arc<Past> {
    desk.status(site.site.id).unwrap().past
}

/// The numbers of the days that are shown of the first count.
fn shown(desk: &Desk, site: &Account) -> Vec<u64> {
    past(desk, site).days(FIRST).map(|(_, value)| value).collect()
}

/// A window is opened: it wants the past, and gets it a little later.
async fn looks_back(desk: &Desk) {
    let mut events = desk.events();
    desk.look_back();
    tokio::time::timeout(Duration::from_mins(1), events.recv()).await.unwrap().unwrap();
}

/// Assigned to alice from now on.
fn assigned(here: &Here, number: u64) {
    here.redmine.recovers();
    here.redmine.counts_with("assigned_to_id", "me", json(200, serde_json::json!({ "total_count": number })));
}

#[tokio::test]
async fn numbers_of_another_address_are_forgotten() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    assert_eq!(kept(&here, &site).len(), 1);
    let mut setup = here.desk.setup(site.site.id).unwrap();
    setup.inputs.insert("base".to_owned(), elsewhere.redmine.base());

    here.desk.edit(site.site.id, setup, Some(Secret::from(CLIENT_SECRET)), Parting::Leave).await.unwrap();

    assert!(kept(&here, &site).is_empty());
}

#[tokio::test]
async fn each_confirmed_count_is_recorded_once() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    here.clock.forward(300);
    assigned(&here, 9);
    here.desk.count(&site).await.unwrap();

    let kept = here.desk.history(site.site.id, 1).await.unwrap();

    assert_eq!(kept.len(), 7, "every count");
    let first: Vec<_> = kept[FIRST].iter().map(|sample| (sample.at.to_string(), sample.value)).collect();
    let at = |time: &str| format!("2026-11-22T{time}Z");
    assert_eq!(first, [(at("10:00:00"), 15), (at("10:05:00"), 9)]);
}

#[tokio::test]
async fn what_is_not_confirmed_is_not_recorded() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.always("/issues.json", html(503, "later"));
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::ServerTrouble);
    here.redmine.recovers();
    here.redmine.always("/users/current.json", answer(401));
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::NotConfirmed);
    assert!(here.desk.history(site.site.id, 30).await.unwrap().is_empty());
    assert!(kept(&here, &site).is_empty());
}

#[tokio::test]
async fn a_count_without_a_number_leaves_a_gap() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.counts_with("assigned_to_id", "me", answer(403));

    here.desk.count(&site).await.unwrap();

    let history = here.desk.history(site.site.id, 1).await.unwrap();
    assert!(!history.contains_key(FIRST) && history.contains_key("open"));
}

#[tokio::test]
async fn the_list_shows_days_and_what_changed_since_yesterday() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    assert!(shown(&here.desk, &site).is_empty(), "nobody has asked for it");
    looks_back(&here.desk).await;
    assert_eq!(shown(&here.desk, &site), [15]);
    assert_eq!(past(&here.desk, &site).since_yesterday(FIRST), None);

    here.clock.forward(DAY);
    assigned(&here, 18);
    here.desk.count(&site).await.unwrap();
    assigned(&here, 17);
    here.clock.forward(60);
    here.desk.count(&site).await.unwrap();

    assert_eq!(shown(&here.desk, &site), [15, 17]);
    assert_eq!(past(&here.desk, &site).since_yesterday(FIRST).unwrap().by, 2);
    let other = here.another_desk();
    looks_back(&other).await;
    assert_eq!(past(&other, &site), past(&here.desk, &site), "what is kept up is what would be read");
}

#[tokio::test]
async fn a_new_day_is_read_anew_and_the_same_one_is_not() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    looks_back(&here.desk).await;
    let today = past(&here.desk, &site);
    let mut events = here.desk.events();
    here.desk.look_back();
    assert!(events.try_recv().is_err(), "nothing is read twice");

    here.clock.forward(DAY);
    looks_back(&here.desk).await;

    assert_eq!(past(&here.desk, &site).since.today, today.since.today + jiff::SignedDuration::from_secs(DAY));
}

#[tokio::test]
async fn what_changed_since_the_last_visit_is_told_after_an_absence() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.visited(true).await;
    here.desk.count(&site).await.unwrap();
    looks_back(&here.desk).await;
    here.desk.visited(false).await;
    here.clock.forward(29 * 60);
    here.desk.visited(true).await;
    assigned(&here, 18);
    here.desk.count(&site).await.unwrap();
    assert_eq!(past(&here.desk, &site).since_visit(FIRST), None, "there was only one visit");
    here.clock.forward(60);
    here.desk.visited(false).await;

    here.clock.forward(30 * 60);
    assigned(&here, 20);
    here.desk.count(&site).await.unwrap();
    here.desk.visited(true).await;

    assert_eq!(past(&here.desk, &site).since_visit(FIRST).unwrap().by, 2);
    let again = here.another_desk();
    looks_back(&again).await;
    assert_eq!(past(&again, &site).since_visit(FIRST).unwrap().by, 2, "it outlives the program");
}

#[tokio::test]
async fn numbers_of_another_person_begin_anew() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    looks_back(&here.desk).await;
    here.redmine.bob_signs_in();
    assert_eq!(code(here.connect_again(&site).await), ErrorCode::OtherPerson);
    assert_eq!(kept(&here, &site), [15], "nobody has decided yet");
    let question = here.desk.other_person().unwrap();

    here.desk.switch_person(&question.attempt).await.unwrap();

    assert!(kept(&here, &site).is_empty());
    assert!(shown(&here.desk, &site).is_empty());
    here.clock.forward(DAY);
    here.desk.count(&site).await.unwrap();
    assert_eq!((kept(&here, &site).len(), shown(&here.desk, &site).len()), (1, 1));
}

#[tokio::test]
async fn numbers_of_another_person_are_forgotten_even_if_nobody_noticed_the_change() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    looks_back(&here.desk).await;
    let other = here.another_desk();
    here.redmine.bob_signs_in();
    other.forget(site.site.id).await.unwrap();
    fs::remove_file(here.known_json(&site)).unwrap();
    here.connect_again(&site).await.unwrap();
    assert_eq!(kept(&here, &site), [15]);
    here.clock.forward(DAY);

    here.desk.count(&site).await.unwrap();

    assert_eq!(kept(&here, &site).len(), 1);
    assert_eq!(shown(&here.desk, &site).len(), 1);
}

#[tokio::test]
async fn a_new_sign_in_of_the_same_person_goes_on() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    here.desk.revoke(&site).await.unwrap();
    assert_eq!(kept(&here, &site), [15], "the history stays when a connection is revoked");
    here.clock.forward(60);

    here.connect_again(&site).await.unwrap();
    here.desk.count(&site).await.unwrap();

    assert_eq!(kept(&here, &site), [15, 15]);
}

#[tokio::test]
async fn a_removed_site_leaves_no_history() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();

    here.desk.remove(site.site.id).await.unwrap();

    assert!(kept(&here, &site).is_empty());
    assert_eq!(code(here.desk.history(site.site.id, 30).await), ErrorCode::NoSuchSite);
}

#[tokio::test]
async fn a_site_that_is_removed_while_it_is_counted_leaves_no_history() {
    let here = Here::new().await;
    let site = here.connected().await;
    let (desk, id) = (here.desk.clone(), site.site.id);
    let removed = tokio::spawn(async move { desk.remove(id).await });

    here.desk.count(&site).await.ok();
    removed.await.unwrap().unwrap();

    assert!(kept(&here, &site).is_empty());
}

#[tokio::test]
async fn a_damaged_file_is_set_aside_and_told_while_counts_go_on() {
    let here = Here::new().await;
    let site = here.connected().await;
    fs::write(database(&here.folders), "nonsense ".repeat(1000)).unwrap();
    assert_eq!(here.desk.history_trouble(), None);

    here.desk.count(&site).await.unwrap();

    let told = here.desk.history_trouble().unwrap();
    assert_eq!(told.code, ErrorCode::HistoryDamaged);
    assert_eq!(kept(&here, &site), [15]);
    here.desk.count(&site).await.unwrap();
    assert_eq!(here.desk.history_trouble(), Some(told), "it stays told");
    assert_eq!(here.another_desk().history_trouble(), None, "and only here");
}

#[tokio::test]
async fn damage_that_is_found_by_reading_costs_the_past_and_not_the_present() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    let connection = Connection::open(database(&here.folders)).unwrap();
    connection.execute_batch("PRAGMA ignore_check_constraints = ON; UPDATE samples SET value = -3;").unwrap();
    drop(connection);

    looks_back(&here.desk).await;

    assert_eq!(here.desk.history_trouble().unwrap().code, ErrorCode::HistoryDamaged);
    assert!(shown(&here.desk, &site).is_empty());
    here.clock.forward(60);
    here.desk.count(&site).await.unwrap();
    assert_eq!((shown(&here.desk, &site), kept(&here, &site)), (vec![15], vec![15]));
}

#[tokio::test]
async fn a_file_that_cannot_be_used_costs_nothing_until_it_can() {
    let here = Here::new().await;
    let site = here.connected().await;
    fs::create_dir(database(&here.folders)).unwrap();

    here.desk.count(&site).await.unwrap();
    looks_back(&here.desk).await;

    assert_eq!(here.desk.history_trouble().unwrap().code, ErrorCode::FileUnwritable);
    assert_eq!(here.known(&site).counts.len(), 7);
    fs::remove_dir(database(&here.folders)).unwrap();
    here.clock.forward(60);
    here.desk.count(&site).await.unwrap();
    assert_eq!(here.desk.history_trouble(), None);
    assert_eq!(shown(&here.desk, &site), [15], "what was missed is read with the next numbers");
    here.desk.remove(site.site.id).await.unwrap();
}

#[tokio::test]
async fn with_secrets_in_memory_no_history_is_kept_and_none_is_shown() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    looks_back(&here.desk).await;
    here.desk.use_store(Arc::new(MemoryStore::default()));
    here.desk.set_client_secret(&site, Secret::from(CLIENT_SECRET)).await.unwrap();
    here.redmine.bob_signs_in();
    here.connect_again(&site).await.unwrap();
    here.clock.forward(60);

    here.desk.count(&site).await.unwrap();

    assert!(here.desk.history(site.site.id, 30).await.unwrap().is_empty());
    assert!(shown(&here.desk, &site).is_empty());
    assert_eq!(kept(&here, &site), [15], "what the keychain's person has stays");
}

#[tokio::test]
async fn other_choices_count_other_things() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    let mut chosen = site.clone();
    assert!(!site.counts_others_than(&chosen.site));
    chosen.site.choices.insert("board".to_owned(), Vec::new());
    assert!(!site.counts_others_than(&chosen.site), "this product has no such choice");
}

#[tokio::test]
async fn a_chart_has_the_last_number_of_each_hour() {
    let here = Here::new().await;
    let site = here.connected().await;
    for (number, seconds) in [(5, 300), (6, 3600), (7, 0)] {
        assigned(&here, number);
        here.desk.count(&site).await.unwrap();
        here.clock.forward(seconds);
    }
    let chart = here.desk.chart(site.site.id, Reach::Month).await.unwrap();
    assert_eq!(chart[FIRST].iter().map(|point| point.value).collect::<Vec<_>>(), [6, 7]);
}

#[tokio::test]
async fn a_table_is_written_under_a_name_that_is_not_taken() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    here.desk.rename(site.site.id, "../Harbour: \"north\"").await.unwrap();
    let folder = tempfile::TempDir::new().unwrap();

    let first = here.desk.export_history(site.site.id, folder.path()).await.unwrap();
    let second = here.desk.export_history(site.site.id, folder.path()).await.unwrap();

    let day: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
    let name = format!("-Harbour- -north- counts {}", day.to_zoned(TimeZone::system()).date());
    assert_eq!(first, folder.path().join(format!("{name}.csv")));
    assert_eq!(second, folder.path().join(format!("{name} (2).csv")));
    let table = fs::read_to_string(first).unwrap();
    assert!(table.starts_with("count,time,value\r\n") && table.contains("assigned_open,2026-11-22T10:00:00Z,15\r\n"));
    let gone = folder.path().join("gone");
    assert_eq!(code(here.desk.export_history(site.site.id, &gone).await), ErrorCode::FileUnwritable);
}
