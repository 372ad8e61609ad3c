//! A connection the secret store did not take is offered to it again, and never written over what
//! somebody else stored meanwhile.

use std::sync::Arc;

use tallykey_core::adapters::memory::MemoryStore;
use tallykey_core::flows::outside::Account;
use tallykey_core::flows::refresh::Need;
use tallykey_core::model::known::State;
use tallykey_core::{Desk, ErrorCode, Secret};

use crate::support::{CLIENT_SECRET, Here, code, refused};

/// A site whose refreshed connection the store did not take; the store works again.
async fn unsaved(here: &Here) -> Account {
    let site = here.stale().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);
    refused(here.use_site(&site).await);
    here.store.recover();
    here.redmine.take_asked();
    site
}

/// Another program connects the site again.
async fn connects(desk: &Desk, here: &Here, site: &Account) {
    let attempt = desk.begin_connect(site.clone()).await.unwrap();
    desk.finish_connect(&attempt.id, &here.redmine.approve(&attempt.url)).await.unwrap();
}

/// The connection somebody else stored is in use, and the held one is ended at the server.
async fn yields_to(here: &Here, site: &Account, number: &str) {
    assert_eq!(here.use_site(site).await.unwrap(), format!("a-access-token-of-many-letters-{number}"));
    let stored = format!("a-refresh-token-of-many-letters-{number}");
    assert_eq!(here.store.refresh_token(site).as_deref(), Some(stored.as_str()));
    assert_eq!(here.redmine.living(), [stored]);
    assert_eq!(here.known(site).state, State::Connected);
}

#[tokio::test]
async fn a_held_connection_yields_to_one_that_was_made_meanwhile() {
    let here = Here::new().await;
    let site = unsaved(&here).await;
    connects(&here.another_desk(), &here, &site).await;
    assert_eq!(here.redmine.living().len(), 2);

    yields_to(&here, &site, "0002").await;
}

#[tokio::test]
async fn a_held_connection_yields_to_one_that_was_refreshed_meanwhile() {
    let here = Here::new().await;
    let site = unsaved(&here).await;
    here.another_desk().connection(&site, &Need::now()).await.unwrap();
    assert_eq!(here.redmine.living().len(), 2);

    yields_to(&here, &site, "0002").await;
}

#[tokio::test]
async fn a_first_connection_that_was_not_taken_yields_to_another_programs_first() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);
    here.finish(&attempt).await.unwrap();
    here.store.recover();
    connects(&here.another_desk(), &here, &site).await;

    yields_to(&here, &site, "0001").await;
}

#[tokio::test]
async fn saving_again_writes_over_nothing_either() {
    let here = Here::new().await;
    let site = unsaved(&here).await;
    connects(&here.another_desk(), &here, &site).await;
    let stored = here.store.everything();

    here.desk.save_again(&site).await.unwrap();

    assert_eq!(here.store.everything(), stored);
    assert_eq!(here.known(&site).token.unwrap().tail, "0002");
}

#[tokio::test]
async fn a_held_connection_does_not_come_back_after_somebody_forgot_the_site() {
    let here = Here::new().await;
    let site = unsaved(&here).await;
    here.another_desk().forget(site.site.id).await.unwrap();

    assert_eq!(code(here.use_site(&site).await), ErrorCode::NotConnected);

    assert!(here.store.connection(&site).is_none());
    assert!(here.redmine.living().is_empty(), "nobody here can use it any more");
}

#[tokio::test]
async fn a_held_connection_is_saved_while_the_store_holds_what_it_was_made_from() {
    let here = Here::new().await;
    let site = unsaved(&here).await;

    here.desk.save_again(&site).await.unwrap();

    assert_eq!(here.store.access_token(&site).as_deref(), Some("a-access-token-of-many-letters-0001"));
    assert!(here.redmine.take_asked().is_empty(), "nothing is asked and nothing is ended");
    assert_eq!(here.known(&site).token.unwrap().tail, "0001");
}

#[tokio::test]
async fn a_write_that_was_over_its_time_and_landed_is_kept() {
    let here = Here::new().await;
    let site = here.stale().await;
    let prompt = here.store.prompts("write", "connection");
    let (used, holding) = tokio::join!(here.use_site(&site), prompt.left_alone());
    assert_eq!(code(used), ErrorCode::KeychainWaiting);
    drop(holding);

    assert_eq!(here.use_site(&site).await.unwrap(), "a-access-token-of-many-letters-0001");

    assert_eq!(here.store.access_token(&site).as_deref(), Some("a-access-token-of-many-letters-0001"));
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
    assert!(here.redmine.asked("/oauth/revoke").is_empty());
}

#[tokio::test]
async fn where_the_store_has_no_room_the_tokens_in_use_are_kept_without_those_they_replaced() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.store.refuse_times(1, "write", "connection", ErrorCode::TooLarge);

    assert_eq!(here.use_site(&site).await.unwrap(), "a-access-token-of-many-letters-0001");

    assert_eq!(here.store.access_token(&site).as_deref(), Some("a-access-token-of-many-letters-0001"));
    assert!(here.store.superseded(&site).is_empty());
    here.desk.count(&site).await.unwrap();
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
}

#[tokio::test]
async fn forgetting_that_fails_forgets_nothing() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);
    here.finish(&attempt).await.unwrap();
    here.store.refuse("delete", "connection", ErrorCode::KeychainLocked);

    assert_eq!(code(here.desk.forget(site.site.id).await), ErrorCode::KeychainLocked);

    assert_eq!(here.known(&site).state, State::Connected);
    here.store.recover();
    assert_eq!(here.use_site(&site).await.unwrap(), "a-access-token-of-many-letters-0000");
}

#[tokio::test]
async fn a_held_connection_waits_while_another_store_is_in_use() {
    let here = Here::new().await;
    let site = unsaved(&here).await;

    here.desk.use_store(Arc::new(MemoryStore::default()));
    assert_eq!(code(here.use_site(&site).await), ErrorCode::NotConnected, "it is not of this store");
    assert_eq!(code(here.desk.revoke(&site).await), ErrorCode::NotConnected);
    here.desk.use_store(here.store.clone());

    assert_eq!(here.use_site(&site).await.unwrap(), "a-access-token-of-many-letters-0001");
    assert!(here.redmine.asked("/oauth/revoke").is_empty() && here.redmine.asked("/oauth/token").is_empty());
}

#[tokio::test]
async fn a_held_connection_is_offered_to_its_own_store_when_the_program_ends_with_another() {
    let here = Here::new().await;
    let site = unsaved(&here).await;
    here.desk.use_store(Arc::new(MemoryStore::default()));
    here.desk.set_client_secret(&site, Secret::from(CLIENT_SECRET)).await.unwrap();
    here.connect_again(&site).await.unwrap();

    here.desk.close().await;

    assert_eq!(here.store.access_token(&site).as_deref(), Some("a-access-token-of-many-letters-0001"));
    assert!(here.redmine.asked("/oauth/revoke").is_empty());
}

#[tokio::test]
async fn a_refresh_is_kept_in_the_store_in_which_it_began() {
    let here = Here::new().await;
    let site = here.stale().await;
    let (desk, memory) = (here.desk.clone(), Arc::new(MemoryStore::default()));
    here.redmine.meanwhile("/oauth/token", move || desk.use_store(memory));

    assert_eq!(here.use_site(&site).await.unwrap(), "a-access-token-of-many-letters-0001");

    assert_eq!(here.store.access_token(&site).as_deref(), Some("a-access-token-of-many-letters-0001"));
    assert_eq!(code(here.use_site(&site).await), ErrorCode::NotConnected, "the other store holds nothing of it");
    assert_ne!(here.known(&site).state, State::Connected, "and is not taken to");
}
