//! Rounds: each site when it is due, a person first, and whoever hangs holds nobody up.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tallykey_core::flows::api::Api;
use tallykey_core::flows::outside::Account;
use tallykey_core::model::pace::Presence;
use tallykey_core::model::provider::Request;
use tallykey_core::model::template::Template;
use tallykey_core::{Busy, Desk, ErrorCode, Pace, Progress};
use tokio::task::JoinHandle;

use crate::support::{Answer, Here, Redmine, code, form, json};

const NUMBER: &str = "/issues.json";
/// As many as are begun at once, and one.
const MORE_THAN_ROOM: usize = 129;
/// An answer has 30 s: what is left is more than a moment.
const BEGUN_IN_TIME: Duration = Duration::from_secs(20);

/// Time passes here, on the wall and for what waits.
async fn later(here: &Here, seconds: u32) {
    here.clock.forward(seconds.into());
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds.into())).await;
    tokio::time::resume();
}

async fn until(what: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_mins(2);
    while !what() {
        assert!(Instant::now() < deadline, "it is never so");
        tokio::task::yield_now().await;
    }
}

fn pace(here: &Here, site: &Account) -> Pace {
    here.desk.status(site.site.id).unwrap().pace
}

/// Whether the program asks by itself now; if so, it is done when this returns.
async fn asks(here: &Here) -> bool {
    here.redmine.take_asked();
    here.desk.ask_due();
    until(|| here.desk.sites().unwrap().iter().all(|site| site.busy.is_none())).await;
    // What was set out has its turn before it is looked at.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    until(|| here.desk.sites().unwrap().iter().all(|site| site.busy.is_none())).await;
    !here.redmine.asked(NUMBER).is_empty()
}

/// A site that was asked just now.
async fn asked(here: &Here) -> Account {
    let site = here.connected().await;
    assert!(asks(here).await, "what was never asked is due at once");
    site
}

fn seen(visible: bool, focused: bool) -> Presence {
    Presence { visible, focused, on_battery: false }
}

#[tokio::test]
async fn a_site_is_asked_again_after_its_interval_and_not_before() {
    let here = Here::new().await;
    let site = asked(&here).await;

    let next = pace(&here, &site).next_at.unwrap().to_string();
    assert!(("2026-11-22T10:04:29Z".."2026-11-22T10:05:31Z").contains(&next.as_str()), "{next}");
    assert!(!asks(&here).await);
    later(&here, 240).await;
    assert!(!asks(&here).await);
    later(&here, 100).await;
    assert!(asks(&here).await);
}

#[tokio::test]
async fn a_site_keeps_an_interval_of_its_own() {
    let here = Here::new().await;
    let site = asked(&here).await;

    here.desk.set_pace(site.site.id, Some(60)).await.unwrap();
    later(&here, 50 * 60).await;
    assert!(!asks(&here).await);
    later(&here, 20 * 60).await;
    assert!(asks(&here).await);

    here.desk.set_pace(site.site.id, Some(0)).await.unwrap();
    assert_eq!((pace(&here, &site).minutes, pace(&here, &site).next_at), (Some(0), None));
    later(&here, 3000).await;
    assert!(!asks(&here).await);
    assert!(here.desk.refresh(&site).await.is_ok(), "a person is served");

    here.desk.set_pace(site.site.id, None).await.unwrap();
    later(&here, 340).await;
    assert!(asks(&here).await);
}

#[tokio::test]
async fn a_hidden_window_asks_less_often_and_who_comes_back_sees_new_numbers_at_once() {
    let here = Here::new().await;
    asked(&here).await;
    here.desk.see_presence(seen(false, false));

    later(&here, 10 * 60).await;
    assert!(!asks(&here).await);
    here.desk.see_presence(seen(true, true));
    assert!(asks(&here).await);

    here.desk.see_presence(seen(true, false));
    later(&here, 40).await;
    here.desk.see_presence(seen(true, true));
    assert!(!asks(&here).await, "younger than a minute");
}

#[tokio::test]
async fn after_a_sleep_the_sites_are_asked_anew() {
    let here = Here::new().await;
    let site = asked(&here).await;
    here.desk.set_pace(site.site.id, Some(600)).await.unwrap();
    let desk = here.desk.clone();
    let running = tokio::spawn(async move { desk.keep_counting(|| true).await });
    later(&here, 31).await;
    here.redmine.take_asked();

    here.clock.forward(3600);
    for _ in 0..3 {
        later(&here, 31).await;
    }

    until(|| !here.redmine.asked(NUMBER).is_empty()).await;
    running.abort();
}

#[tokio::test]
async fn numbers_that_were_slept_over_are_old_although_the_program_saw_no_time_pass() {
    let here = Here::new().await;
    asked(&here).await;
    here.desk.see_presence(seen(true, false));

    here.clock.forward(8 * 3600);
    here.desk.see_presence(seen(true, true));

    assert!(asks(&here).await);
}

#[tokio::test]
async fn nothing_is_asked_by_itself_in_a_pause_and_a_person_is_served() {
    let here = Here::new().await;
    let site = asked(&here).await;

    here.desk.pause_refresh(Some(60));
    assert_eq!(here.desk.paused_until().unwrap().to_string(), "2026-11-22T11:00:00Z");
    assert_eq!(pace(&here, &site).next_at, here.desk.paused_until());
    later(&here, 30 * 60).await;
    assert!(!asks(&here).await);
    assert!(here.desk.refresh(&site).await.is_ok());
    later(&here, 31 * 60).await;
    assert_eq!(here.desk.paused_until(), None);
    assert!(asks(&here).await);

    here.desk.pause_refresh(Some(60));
    here.desk.pause_refresh(None);
    later(&here, 340).await;
    assert!(asks(&here).await);
}

#[tokio::test]
async fn what_the_server_asks_to_wait_is_waited() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.next(NUMBER, crate::support::answer(429).insert_header("retry-after", "1800"));
    assert!(asks(&here).await);

    assert_eq!(pace(&here, &site).next_at.unwrap().to_string(), "2026-11-22T10:30:00Z");
    later(&here, 1700).await;
    assert!(!asks(&here).await);
    later(&here, 200).await;
    assert!(asks(&here).await);
}

#[tokio::test]
async fn a_round_that_is_stopped_asks_no_more_and_keeps_the_numbers_of_before() {
    let here = Here::new().await;
    let site = asked(&here).await;
    let before = here.known(&site);
    let desk = here.desk.clone();
    here.redmine.take_asked();
    here.redmine.meanwhile(NUMBER, move || desk.stop_refresh());

    assert_eq!(code(here.desk.refresh(&site).await), ErrorCode::Stopped);

    assert_eq!(here.redmine.take_asked().len(), 1);
    assert_eq!(here.known(&site), before);
    assert_eq!(here.desk.status(site.site.id).unwrap().busy, None);
    assert!(!asks(&here).await, "stopped is not wanted again at once");
    assert!(here.desk.refresh(&site).await.is_ok());
}

#[tokio::test]
async fn stopping_never_ends_a_refresh_in_the_middle() {
    let here = Here::new().await;
    let site = here.stale().await;
    let desk = here.desk.clone();
    here.redmine.meanwhile("/oauth/token", move || desk.stop_refresh());

    assert_eq!(code(here.desk.refresh(&site).await), ErrorCode::Stopped);

    assert_eq!(here.store.access_token(&site).as_deref(), Some("a-access-token-of-many-letters-0001"));
    assert!(here.redmine.asked(NUMBER).is_empty());
    assert!(here.known(&site).trouble.is_none());
    here.desk.refresh(&site).await.unwrap();
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
}

#[tokio::test]
async fn nobody_who_stops_waiting_ends_a_round() {
    let here = Here::new().await;
    let site = here.stale().await;
    let refresh = here.desk.refresh(&site);
    here.redmine.is_asked("/oauth/token", Box::pin(refresh).as_mut()).await;

    // Whoever asked has gone; the round goes on.
    until(|| here.known(&site).counted_at.is_some()).await;

    assert_eq!(here.store.access_token(&site).as_deref(), Some("a-access-token-of-many-letters-0001"));
}

#[tokio::test]
async fn whoever_asks_while_a_round_waits_shares_it() {
    let here = Here::new().await;
    let site = here.connected().await;
    let ask = |desk: Desk| {
        let site = site.clone();
        tokio::spawn(async move { desk.refresh(&site).await.unwrap().counts.len() })
    };
    let callers: Vec<_> = (0..5).map(|_| ask(here.desk.clone())).collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap(), 7);
    }
    assert!(here.redmine.asked(NUMBER).len() <= 2 * 7, "one that ran, and one for all who came later");
}

#[tokio::test]
async fn a_round_tells_how_far_it_has_come() {
    let here = Here::new().await;
    let site = here.connected().await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    for _ in 0..2 {
        let (desk, seen, id) = (here.desk.clone(), seen.clone(), site.site.id);
        here.redmine.meanwhile(NUMBER, move || {
            let status = desk.status(id).unwrap();
            seen.lock().unwrap().push((status.busy, status.progress));
        });
    }

    here.desk.refresh(&site).await.unwrap();

    let counting = Some(Busy::Counting);
    assert_eq!(*seen.lock().unwrap(), [(counting, None), (counting, Some(Progress { done: 1, of: 7 }))]);
    assert_eq!(here.desk.status(site.site.id).unwrap().progress, None);
}

#[tokio::test]
async fn more_sites_that_hang_than_there_is_room_for_delay_a_healthy_one_by_a_moment() {
    for _ in 0..3 {
        if delays_by_a_moment().await {
            return;
        }
    }
    panic!("so many are never begun in time here");
}

/// Whether it could be seen: a slow machine may take as long to begin them all as the first has for its answer.
async fn delays_by_a_moment() -> bool {
    let here = Here::new().await;
    let first = here.connected().await;
    let held = here.store.connection(&first).unwrap();
    let never = json(200, serde_json::Value::Null).set_delay(Duration::from_hours(1));
    here.redmine.always(NUMBER, never);
    let quick = Redmine::at("").await;
    let works = here.desk.add(form("Lighthouse", &quick.base())).await.unwrap();
    let attempt = here.desk.begin_connect(works.clone()).await.unwrap();
    let pasted = quick.approve(&attempt.url);
    here.desk.finish_connect(&attempt.id, &pasted).await.unwrap();
    let mut sites = Vec::new();
    for number in 0..MORE_THAN_ROOM {
        let hangs = here.desk.add(form(&format!("Harbour {number}"), &here.redmine.base())).await.unwrap();
        here.store.put(&hangs, &held);
        sites.push(hangs);
    }
    let ask = |site: Account| {
        let desk = here.desk.clone();
        tokio::spawn(async move { desk.refresh(&site).await })
    };
    let began = Instant::now();
    let hanging: Vec<_> = sites.into_iter().map(ask).collect();
    until(|| here.redmine.asked(NUMBER).len() >= MORE_THAN_ROOM - 1).await;
    if began.elapsed() > BEGUN_IN_TIME {
        return false;
    }

    let known = here.desk.refresh(&works).await.unwrap();

    assert_eq!(known.counts[0].value, Some(15));
    assert!(!hanging.iter().any(JoinHandle::is_finished), "it waited for one that hangs");
    true
}

/// An answer with a tag.
fn tagged(tag: &str, number: u32) -> Answer {
    json(200, serde_json::json!({ "total_count": number })).insert_header("etag", tag)
}

#[tokio::test]
async fn a_number_that_did_not_change_is_not_sent_again_and_one_that_did_is_seen() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.always(NUMBER, tagged("W/\"one\"", 15));
    here.desk.count(&site).await.unwrap();
    assert!(here.redmine.asked(NUMBER).iter().all(|asked| asked.header("if-none-match").is_empty()));

    here.redmine.recovers();
    here.redmine.always(NUMBER, crate::support::answer(304));
    here.redmine.take_asked();
    let known = here.desk.count(&site).await.unwrap();
    assert!(known.counts.iter().all(|count| count.value == Some(15)));
    assert!(here.redmine.asked(NUMBER).iter().all(|asked| asked.header("if-none-match") == "W/\"one\""));
    assert_eq!(here.redmine.asked("/users/current.json").len(), 1, "whose they are is asked all the same");

    here.redmine.recovers();
    here.redmine.always(NUMBER, tagged("\"two\"", 16));
    let known = here.desk.count(&site).await.unwrap();
    assert!(known.counts.iter().all(|count| count.value == Some(16)));
}

#[tokio::test]
async fn another_token_asks_for_whole_answers() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.always(NUMBER, tagged("\"one\"", 15));
    here.desk.count(&site).await.unwrap();
    here.clock.forward(crate::support::TOKEN_LIFE);
    here.redmine.take_asked();

    here.desk.count(&site).await.unwrap();

    assert!(here.redmine.asked(NUMBER).iter().all(|asked| asked.header("if-none-match").is_empty()));
}

#[tokio::test]
async fn two_numbers_of_one_answer_are_not_taken_for_each_other() {
    let here = Here::new().await;
    let (site, outside) = (here.connected().await, here.outside());
    let token = here.store.connection(&site).unwrap().tokens.access_token;
    let (api, path, query) = (Api::new(&outside, &site, &token), Template::literal(NUMBER), BTreeMap::default());
    let at = async |place: &str| {
        let request = Request { path: &path, query: &query };
        api.number(request, &site.site.inputs, &[place.to_owned()]).await.unwrap()
    };
    let both = serde_json::json!({ "total_count": 15, "late": 3 });
    here.redmine.always(NUMBER, json(200, both).insert_header("etag", "\"one\""));

    assert_eq!((at("/total_count").await, at("/late").await), (Some(15), Some(3)));

    assert!(here.redmine.asked(NUMBER).iter().all(|asked| asked.header("if-none-match").is_empty()));
}

#[tokio::test]
async fn an_unchanged_answer_nobody_asked_for_is_no_number() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.always(NUMBER, crate::support::answer(304));
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::UnexpectedAnswer);
}
