//! What was done with a site lately.

use std::sync::Arc;

use tallykey_core::adapters::memory::MemoryStore;
use tallykey_core::flows::outside::Account;
use tallykey_core::model::activity::ActivityKind::{
    self, Connected, Copied, Counted, Forgotten, Recovered, RefreshRefused, Revoked, Tested, TokenRenewed, Trouble,
};
use tallykey_core::{CopyFormat, ErrorCode};

use crate::support::{Here, TOKEN_LIFE, answer, code, html};

/// Kinds, newest first.
fn kinds(here: &Here, site: &Account) -> Vec<ActivityKind> {
    here.desk.activity(site.site.id).unwrap().into_iter().map(|activity| activity.what).collect()
}

#[tokio::test]
async fn the_story_of_a_site_is_told_newest_first() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    here.desk.count(&site).await.unwrap();
    here.desk.copy(&site, CopyFormat::Curl).await.unwrap();
    here.clock.forward(TOKEN_LIFE);
    here.desk.count(&site).await.unwrap();
    here.redmine.always("/issues.json", html(503, "later"));
    here.clock.forward(60);
    here.desk.count(&site).await.unwrap_err();
    here.clock.forward(60);
    here.desk.count(&site).await.unwrap_err();
    here.redmine.recovers();
    here.desk.count(&site).await.unwrap();
    here.desk.note(site.site.id, Tested, None);
    here.desk.revoke(&site).await.unwrap();

    let told = here.desk.activity(site.site.id).unwrap();

    let kinds: Vec<_> = told.iter().map(|activity| activity.what).collect();
    let expected = [Revoked, Tested, Counted, Recovered, Trouble, Counted, TokenRenewed, Copied, Counted, Connected];
    assert_eq!(kinds, expected);
    assert_eq!(told[9].word.as_deref(), Some("alice"));
    assert_eq!(told[7].word.as_deref(), Some("curl"));
    assert_eq!(told[4].code, Some(ErrorCode::ServerTrouble));
    let lasted = told[3].at.duration_since(told[4].at);
    assert_eq!(lasted.as_secs(), 60, "trouble is told with its first time");
    assert_eq!(here.another_desk().activity(site.site.id).unwrap(), told);
}

#[tokio::test]
async fn a_connection_the_server_ended_is_told_once() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.redmine.ends_all_tokens();
    for _ in 0..2 {
        assert_eq!(code(here.use_site(&site).await), ErrorCode::NeedsSignIn);
    }
    assert_eq!(kinds(&here, &site), [RefreshRefused, Connected]);
    here.connect_again(&site).await.unwrap();
    assert_eq!(kinds(&here, &site)[0], Connected);
}

#[tokio::test]
async fn a_connection_forgotten_here_is_told_as_that() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.forget(site.site.id).await.unwrap();
    assert_eq!(kinds(&here, &site), [Forgotten, Connected]);
}

#[tokio::test]
async fn a_copy_that_fails_is_none() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.clipboard.breaks();
    here.desk.copy(&site, CopyFormat::Raw).await.unwrap_err();
    assert_eq!(kinds(&here, &site), [Connected]);
}

#[tokio::test]
async fn what_another_person_did_goes_with_their_numbers() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    here.redmine.bob_signs_in();
    here.connect_again(&site).await.unwrap_err();
    let question = here.desk.other_person().unwrap();

    here.desk.switch_person(&question.attempt).await.unwrap();

    let told = here.desk.activity(site.site.id).unwrap();
    assert_eq!((told.len(), told[0].what, told[0].word.as_deref()), (1, Connected, Some("bob")));
}

#[tokio::test]
async fn it_goes_with_the_site() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.remove(site.site.id).await.unwrap();
    assert_eq!(code(here.desk.activity(site.site.id)), ErrorCode::NoSuchSite);
    assert!(!here.folders.data.join("activity").join(format!("{}.json", site.site.id)).exists());
}

#[tokio::test]
async fn with_secrets_in_memory_it_is_in_memory_too() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.use_store(Arc::new(MemoryStore::default()));
    assert!(kinds(&here, &site).is_empty());
    here.desk.note(site.site.id, Tested, None);
    assert_eq!(kinds(&here, &site), [Tested]);
    let other = here.another_desk().activity(site.site.id).unwrap();
    assert_eq!(other.iter().map(|activity| activity.what).collect::<Vec<_>>(), [Connected]);
}

#[tokio::test]
async fn a_note_that_cannot_be_written_keeps_nobody_from_counting() {
    let here = Here::new().await;
    let site = here.connected().await;
    std::fs::remove_dir_all(here.folders.data.join("activity")).unwrap();
    std::fs::write(here.folders.data.join("activity"), "no folder").unwrap();
    here.desk.count(&site).await.unwrap();
    here.redmine.always("/issues.json", answer(500));
    here.desk.count(&site).await.unwrap_err();
    assert_eq!(here.known(&site).trouble.unwrap().code, ErrorCode::ServerTrouble);
}
