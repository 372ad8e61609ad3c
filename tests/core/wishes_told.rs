//! What is told once: numbers that moved, connections that ended, revocations that were confirmed.

use serde_json::json;
use tallykey_core::Event;
use tallykey_core::flows::outside::Account;
use tallykey_core::flows::revoke::AtProvider;
use tallykey_core::model::notice::{Notice, NoticeKind};
use tallykey_core::model::wishes::{CountWish, CountsSetup};
use tokio::sync::broadcast::Receiver;

use crate::support::{Here, json as json_answer, wish};

/// What was told so far, without "look again".
fn told(events: &mut Receiver<Event>) -> Vec<Event> {
    std::iter::from_fn(|| events.try_recv().ok()).filter(|event| *event != Event::Changed).collect()
}

fn notice(site: &Account, count: &str, kind: NoticeKind, value: u64) -> Event {
    Event::Notice(Notice { site: site.site.id, count: count.to_owned(), kind, value })
}

async fn watching(here: &Here, wishes: Vec<CountWish>) -> Account {
    let site = here.connected().await;
    here.desk.set_counts(&site, CountsSetup { wishes, own: Vec::new() }).await.unwrap()
}

/// A round in which so many issues are late.
async fn late(here: &Here, site: &Account, number: u64) {
    here.redmine.recovers();
    here.redmine.counts_with("due_date", "<t-1", json_answer(200, json!({ "total_count": number })));
    here.clock.forward(60);
    here.desk.count(site).await.unwrap();
}

#[tokio::test]
async fn a_rise_and_a_level_are_told_once_and_the_first_numbers_are_no_news() {
    let here = Here::new().await;
    let level = CountWish { notify: true, warn: Some(8), ..wish("overdue") };
    let site = watching(&here, vec![level]).await;
    let mut events = here.desk.events();

    late(&here, &site, 6).await;
    assert_eq!(told(&mut events), []);
    late(&here, &site, 7).await;
    assert_eq!(told(&mut events), [notice(&site, "overdue", NoticeKind::Rose { by: 1 }, 7)]);
    late(&here, &site, 7).await;
    assert_eq!(told(&mut events), []);
    late(&here, &site, 9).await;
    late(&here, &site, 9).await;
    assert_eq!(told(&mut events), [notice(&site, "overdue", NoticeKind::LevelCrossed { level: 8 }, 9)]);
    late(&here, &site, 3).await;
    assert_eq!(told(&mut events), []);
}

#[tokio::test]
async fn a_rise_after_a_breakdown_is_told_against_the_last_number() {
    let here = Here::new().await;
    let site = watching(&here, vec![CountWish { notify: true, ..wish("overdue") }]).await;
    late(&here, &site, 6).await;
    let mut events = here.desk.events();
    here.redmine.hangs_up_on("/users/current.json");
    here.desk.count(&site).await.unwrap_err();

    late(&here, &site, 8).await;

    assert_eq!(told(&mut events), [notice(&site, "overdue", NoticeKind::Rose { by: 2 }, 8)]);
}

#[tokio::test]
async fn what_another_program_found_first_is_news_all_the_same() {
    let here = Here::new().await;
    let site = watching(&here, vec![CountWish { notify: true, ..wish("overdue") }]).await;
    late(&here, &site, 6).await;
    let mut events = here.desk.events();
    let script = here.another_desk();

    here.redmine.counts_with("due_date", "<t-1", json_answer(200, json!({ "total_count": 9 })));
    here.clock.forward(60);
    script.count(&site).await.unwrap();
    late(&here, &site, 9).await;
    assert_eq!(told(&mut events), [notice(&site, "overdue", NoticeKind::Rose { by: 3 }, 9)]);

    here.redmine.forgets_all_tokens();
    script.count(&site).await.unwrap_err();
    here.desk.count(&site).await.unwrap_err();
    assert_eq!(told(&mut events), [Event::SignInNeeded(site.site.id)]);
}

#[tokio::test]
async fn nobody_is_told_what_they_did_not_ask_for() {
    let here = Here::new().await;
    let site = watching(&here, vec![CountWish { warn: Some(8), ..wish("overdue") }]).await;
    let mut events = here.desk.events();

    late(&here, &site, 6).await;
    late(&here, &site, 9).await;

    assert_eq!(told(&mut events), []);
}

#[tokio::test]
async fn a_connection_that_ended_is_told_once() {
    let here = Here::new().await;
    let site = here.connected().await;
    let mut events = here.desk.events();
    here.redmine.forgets_all_tokens();

    here.desk.count(&site).await.unwrap_err();
    here.desk.count(&site).await.unwrap_err();

    assert_eq!(told(&mut events), [Event::SignInNeeded(site.site.id)]);
    here.connect_again(&site).await.unwrap();
    here.redmine.forgets_all_tokens();
    here.desk.count(&site).await.unwrap_err();
    assert_eq!(told(&mut events), [Event::SignInNeeded(site.site.id)], "another connection");
}

#[tokio::test]
async fn a_revocation_that_waited_is_told_when_it_was_confirmed_and_no_other() {
    let here = Here::new().await;
    let site = here.connected().await;
    let mut events = here.desk.events();
    here.redmine.hangs_up_on("/oauth/revoke");
    here.desk.revoke(&site).await.unwrap();
    assert_eq!(told(&mut events), []);

    here.redmine.recovers();
    here.desk.revoke_again(&site).await.unwrap();
    assert_eq!(told(&mut events), [Event::RevocationEnded(site.site.id, AtProvider::Confirmed)]);

    here.connect_again(&site).await.unwrap();
    here.desk.revoke(&site).await.unwrap();
    assert_eq!(told(&mut events), [], "the person saw this one");
}

#[tokio::test]
async fn a_revocation_that_waited_is_told_also_where_it_did_not_end_everything() {
    let here = Here::new().await;
    let site = here.connected().await;
    let mut events = here.desk.events();
    here.redmine.hangs_up_on("/oauth/revoke");
    here.desk.revoke(&site).await.unwrap();
    here.desk.revoke_again(&site).await.unwrap();
    assert_eq!(told(&mut events), [], "it waits on");

    here.redmine.recovers();
    here.redmine.always("/oauth/revoke", json_answer(200, json!({})));
    here.desk.revoke_again(&site).await.unwrap();

    assert_eq!(told(&mut events), [Event::RevocationEnded(site.site.id, AtProvider::StillAccepted)]);
}
