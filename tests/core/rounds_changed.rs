//! What a person changes while a round of the site waits or runs.

use std::pin::pin;

use tallykey_core::ErrorCode;
use tallykey_core::model::known::Known;
use tallykey_core::model::wishes::{CountsSetup, OwnCount};

use crate::support::{Here, code, typed};

const NUMBER: &str = "/issues.json";

fn of_ones_own(own: OwnCount) -> CountsSetup {
    CountsSetup { wishes: Vec::new(), own: vec![own] }
}

fn number(known: &Known, id: &str) -> Option<u64> {
    known.counts.iter().find(|count| count.id == id).and_then(|count| count.value)
}

#[tokio::test]
async fn a_round_that_waited_counts_the_site_as_it_is() {
    let here = Here::new().await;
    let before = here.connected().await;
    here.desk.set_counts(&before, of_ones_own(typed("own-1", "priority_id=5"))).await.unwrap();

    let known = here.desk.refresh(&before).await.unwrap();

    assert_eq!(number(&known, "own-1"), Some(8));
}

#[tokio::test]
async fn a_round_that_waited_for_a_site_that_was_removed_asks_nobody() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.remove(site.site.id).await.unwrap();
    here.redmine.take_asked();

    assert_eq!(code(here.desk.refresh(&site).await), ErrorCode::NoSuchSite);

    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn a_round_under_way_does_not_bring_back_the_number_of_another_filter() {
    let here = Here::new().await;
    let site = here.connected().await;
    let site = here.desk.set_counts(&site, of_ones_own(typed("own-1", "priority_id=5"))).await.unwrap();
    let mut counting = pin!(here.desk.count(&site));
    here.redmine.is_asked("/users/current.json", counting.as_mut()).await;

    let site = here.desk.set_counts(&site, of_ones_own(typed("own-1", "project_id=2"))).await.unwrap();
    counting.await.unwrap();

    assert_eq!(number(&here.known(&site), "own-1"), None);
    assert_eq!(number(&here.desk.refresh(&site).await.unwrap(), "own-1"), Some(3));
}

#[tokio::test]
async fn a_wish_that_waits_is_not_answered_by_a_round_of_what_was_counted_before() {
    let here = Here::new().await;
    let site = here.connected().await;
    // In the middle of the second round, before the third one's turn.
    for _ in 0..site.shown_counts().len() {
        here.redmine.meanwhile(NUMBER, || {});
    }
    let (desk, before) = (here.desk.clone(), site.clone());
    here.redmine.meanwhile(NUMBER, move || {
        let change = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(desk.set_counts(&before, of_ones_own(typed("own-1", "priority_id=5")))).unwrap();
        });
        change.join().unwrap();
    });
    let wished = [(); 3].map(|()| {
        let (desk, site) = (here.desk.clone(), site.clone());
        tokio::spawn(async move { desk.refresh(&site).await.unwrap() })
    });

    let mut last = None;
    for round in wished {
        last = Some(round.await.unwrap());
    }

    assert_eq!(number(&last.unwrap(), "own-1"), Some(8));
}
