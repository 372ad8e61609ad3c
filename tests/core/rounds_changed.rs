//! What a person changes while a round of the site waits or runs.

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
