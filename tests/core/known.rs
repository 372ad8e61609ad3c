//! What was last seen of a site may be older than the truth, which is in the secret store.

use std::fs;
use std::sync::Arc;

use tallykey_core::adapters::memory::MemoryStore;
use tallykey_core::flows::revoke::AtProvider;
use tallykey_core::model::known::{Known, State};
use tallykey_core::{ErrorCode, Secret};

use crate::support::{CLIENT_SECRET, Here, code, html};

#[tokio::test]
async fn an_old_wish_to_revoke_never_ends_a_connection_made_since() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.hangs_up_on("/oauth/revoke");
    here.desk.revoke(&site).await.unwrap();
    let old = fs::read(here.known_json(&site)).unwrap();
    here.redmine.recovers();
    here.connect_again(&site).await.unwrap();
    fs::write(here.known_json(&site), old).unwrap();
    assert_eq!(here.known(&site).state, State::RevokePending);
    here.redmine.take_asked();

    assert_eq!(code(here.desk.revoke_again(&site).await), ErrorCode::NotConnected);

    assert!(here.redmine.take_asked().is_empty());
    assert!(here.store.connection(&site).unwrap().revoking_since.is_none());
    assert_eq!(here.known(&site).state, State::Connected, "it was looked up");
    here.use_site(&site).await.unwrap();
}

#[tokio::test]
async fn a_wish_to_revoke_is_carried_on_whatever_was_last_seen() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.hangs_up_on("/oauth/revoke");
    here.desk.revoke(&site).await.unwrap();
    fs::remove_file(here.known_json(&site)).unwrap();
    here.redmine.recovers();

    assert_eq!(here.desk.look(&site).await.unwrap(), State::RevokePending);
    let outcome = here.desk.revoke_again(&site).await.unwrap();

    assert_eq!((outcome.at_provider, outcome.forgotten), (AtProvider::Confirmed, true));
    assert_eq!(here.known(&site).state, State::NotConnected);
}

#[tokio::test]
async fn a_look_finds_a_connection_nobody_remembers() {
    let here = Here::new().await;
    let site = here.connected().await;
    fs::remove_dir_all(here.folders.data.join("known")).unwrap();
    assert_eq!(here.known(&site), Known::default());

    assert_eq!(here.desk.look(&site).await.unwrap(), State::Connected);

    let known = here.known(&site);
    assert_eq!((known.state, known.identity.unwrap().text), (State::Connected, "alice".to_owned()));
    assert_eq!(known.token.unwrap().tail, "0000");
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn a_look_sees_that_a_connection_is_gone() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    here.store.remove(&site);

    assert_eq!(here.desk.look(&site).await.unwrap(), State::NotConnected);

    let known = here.known(&site);
    assert_eq!((known.state, known.identity, known.token), (State::NotConnected, None, None));
    assert_eq!(known.counts.len(), 7, "old numbers stay, with their age");
}

#[tokio::test]
async fn a_store_that_cannot_be_looked_into_changes_nothing_seen() {
    let here = Here::new().await;
    let site = here.connected().await;
    let before = here.known(&site);
    here.store.refuse("read", "connection", ErrorCode::KeychainLocked);

    assert_eq!(code(here.desk.look(&site).await), ErrorCode::KeychainLocked);

    assert_eq!(here.known(&site), before);
}

#[tokio::test]
async fn what_is_seen_with_secrets_in_memory_says_nothing_about_the_keychain() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    let before = fs::read_to_string(here.known_json(&site)).unwrap();
    here.desk.use_store(Arc::new(MemoryStore::default()));

    assert_eq!(here.known(&site).state, State::NotConnected);
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::NotConnected);
    here.desk.look(&site).await.unwrap();
    here.desk.forget(site.site.id).await.unwrap();

    assert_eq!(fs::read_to_string(here.known_json(&site)).unwrap(), before);
    assert_eq!(here.another_desk().sites().unwrap()[0].known.state, State::Connected);
}

#[tokio::test]
async fn a_connection_in_memory_is_seen_in_memory() {
    let here = Here::new().await;
    let site = here.added().await;
    here.desk.use_store(Arc::new(MemoryStore::default()));
    here.desk.set_client_secret(&site, Secret::from(CLIENT_SECRET)).await.unwrap();

    here.connect_again(&site).await.unwrap();
    here.desk.count(&site).await.unwrap();

    let known = here.known(&site);
    assert_eq!((known.state, known.counts.len()), (State::Connected, 7));
    assert!(!here.known_json(&site).exists());
    assert_eq!(here.another_desk().sites().unwrap()[0].known, Known::default());
}

#[tokio::test]
async fn the_numbers_of_somebody_else_go_with_them() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    here.desk.forget(site.site.id).await.unwrap();
    here.redmine.bob_signs_in();

    here.connect_again(&site).await.unwrap();

    let known = here.known(&site);
    assert_eq!((known.identity.unwrap().text, known.counts, known.counted_at), ("bob".to_owned(), Vec::new(), None));
}

#[tokio::test]
async fn the_numbers_of_the_same_person_stay() {
    let here = Here::new().await;
    let site = here.connected().await;
    let counted = here.desk.count(&site).await.unwrap();
    here.desk.revoke(&site).await.unwrap();

    here.connect_again(&site).await.unwrap();

    let known = here.known(&site);
    assert_eq!((known.counts, known.counted_at), (counted.counts, counted.counted_at));
}

#[tokio::test]
async fn a_use_that_works_ends_the_keychains_trouble_and_no_other() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.store.refuse("read", "connection", ErrorCode::KeychainLocked);
    assert_eq!(code(here.use_site(&site).await), ErrorCode::KeychainLocked);
    assert_eq!(here.known(&site).trouble.unwrap().code, ErrorCode::KeychainLocked);

    here.store.recover();
    here.use_site(&site).await.unwrap();
    assert_eq!(here.known(&site).trouble, None);

    here.redmine.always("/issues.json", html(503, "later"));
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::ServerTrouble);
    here.use_site(&site).await.unwrap();
    assert_eq!(here.known(&site).trouble.unwrap().code, ErrorCode::ServerTrouble);
}

#[tokio::test]
async fn a_locked_store_is_told_by_asking_for_what_it_holds() {
    let here = Here::new().await;
    here.connected().await;
    here.desk.check_store().await.unwrap();
    here.store.refuse("read", "connection", ErrorCode::KeychainLocked);

    assert_eq!(code(here.desk.check_store().await), ErrorCode::KeychainLocked);
}

#[tokio::test]
async fn an_empty_store_is_asked_for_anything() {
    let here = Here::new().await;
    here.added().await;
    here.desk.check_store().await.unwrap();
    here.store.refuse("read", "", ErrorCode::KeychainMissing);

    assert_eq!(code(here.desk.check_store().await), ErrorCode::KeychainMissing);
}
