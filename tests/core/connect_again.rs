//! Connecting a site that was connected before, and a secret store that does not take the result.

use std::sync::Arc;

use tallykey_core::adapters::memory::MemoryStore;
use tallykey_core::model::known::State;
use tallykey_core::{CopyFormat, ErrorCode, Secret};

use crate::support::{CLIENT_SECRET, Here, code, html, refused};

#[tokio::test]
async fn connecting_again_ends_the_grant_it_replaces() {
    let here = Here::new().await;
    let site = here.connected().await;
    let before = here.store.refresh_token(&site).unwrap();

    here.connect_again(&site).await.unwrap();

    let now = here.store.refresh_token(&site).unwrap();
    assert_ne!(now, before);
    assert_eq!(here.redmine.living(), [now]);
}

#[tokio::test]
async fn the_old_grant_is_ended_only_after_the_new_one_is_safe() {
    let here = Here::new().await;
    let site = here.connected().await;

    here.connect_again(&site).await.unwrap();

    let wanted = ["POST /oauth/token", "GET /users/current.json", "write connection", "POST /oauth/revoke"];
    assert_eq!(here.journal.take()[..4], wanted);
}

#[tokio::test]
async fn whatever_goes_wrong_an_earlier_connection_is_untouched() {
    let here = Here::new().await;
    let site = here.connected().await;
    let before = here.store.everything();
    let attempt = here.desk.begin_connect(site.clone()).await.unwrap();

    here.redmine.next("/oauth/token", html(500, "broken"));
    assert_eq!(code(here.finish(&attempt).await), ErrorCode::ServerTrouble);
    assert_eq!(code(here.desk.finish_connect(&attempt.id, "wrong-code").await), ErrorCode::CodeRefused);
    assert_eq!(code(here.desk.finish_connect(&attempt.id, "?error=access_denied").await), ErrorCode::Denied);
    here.redmine.knows_client("Basic of-another-application");
    assert_eq!(code(here.finish(&attempt).await), ErrorCode::ClientRefused);

    assert_eq!(here.store.everything(), before);
    assert_eq!(here.known(&site).state, State::Connected);
    here.use_site(&site).await.unwrap();
}

#[tokio::test]
async fn after_forgetting_another_person_may_connect() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.forget(site.site.id).await.unwrap();
    here.redmine.bob_signs_in();

    here.connect_again(&site).await.unwrap();

    assert_eq!(here.known(&site).identity.unwrap().text, "bob");
}

#[tokio::test]
async fn a_store_that_does_not_take_the_connection_leaves_it_usable_now() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    let pasted = here.redmine.approve(&attempt.url);
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);

    let (_, connected) = here.desk.finish_connect(&attempt.id, &pasted).await.unwrap();

    assert_eq!(connected.unsaved.unwrap().code, ErrorCode::KeychainLocked);
    assert!(here.store.connection(&site).is_none());
    assert_eq!(here.use_site(&site).await.unwrap(), "a-access-token-of-many-letters-0000");
    here.desk.count(&site).await.unwrap();
}

#[tokio::test]
async fn a_connection_the_store_did_not_take_is_saved_by_the_next_use() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);
    here.finish(&attempt).await.unwrap();
    here.store.recover();

    here.use_site(&site).await.unwrap();

    assert!(here.store.connection(&site).is_some());
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
}

#[tokio::test]
async fn saving_again_tells_whether_it_worked() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);
    here.finish(&attempt).await.unwrap();

    assert_eq!(code(here.desk.save_again(&site).await), ErrorCode::KeychainLocked);
    here.store.recover();
    here.desk.save_again(&site).await.unwrap();

    assert!(here.store.connection(&site).is_some());
}

#[tokio::test]
async fn a_store_that_cannot_show_what_it_was_given_did_not_save_it() {
    let here = Here::new().await;
    let (_, attempt) = here.begun().await;
    let pasted = here.redmine.approve(&attempt.url);
    let store = here.store.clone();
    let fails = move || store.refuse("read", "connection", ErrorCode::KeychainFailed);
    here.redmine.meanwhile("/users/current.json", fails);

    let (_, connected) = here.desk.finish_connect(&attempt.id, &pasted).await.unwrap();

    assert_eq!(connected.unsaved.unwrap().code, ErrorCode::KeychainFailed);
}

#[tokio::test]
async fn a_store_that_cannot_be_read_costs_no_code() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.store.refuse("read", "connection", ErrorCode::KeychainLocked);
    assert_eq!(code(here.finish(&attempt).await), ErrorCode::KeychainLocked);
    assert!(here.redmine.asked("/oauth/token").is_empty());

    here.store.recover();
    here.finish(&attempt).await.unwrap();

    assert!(here.store.connection(&site).is_some());
}

#[tokio::test]
async fn a_replaced_grant_outlives_a_failed_save_and_is_ended_by_revoking() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);
    here.connect_again(&site).await.unwrap();
    assert_eq!(here.redmine.living().len(), 2, "the saved one is the only one a crash would leave");

    here.store.recover();
    here.desk.revoke(&site).await.unwrap();

    assert!(here.redmine.living().is_empty());
}

#[tokio::test]
async fn a_waiting_attempt_ends_with_its_site() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.desk.remove(site.site.id).await.unwrap();

    assert_eq!(code(here.finish(&attempt).await), ErrorCode::AttemptOver);
    assert!(here.store.everything().is_empty());
}

#[tokio::test]
async fn tokens_of_an_old_address_are_never_sent_to_the_new_one() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    elsewhere.redmine.marks_tokens("elsewhere");
    let site = here.connected().await;
    let toml = std::fs::read_to_string(here.sites_toml()).unwrap();
    std::fs::write(here.sites_toml(), toml.replace(&here.redmine.base(), &elsewhere.redmine.base())).unwrap();
    let moved = here.desk.site(site.site.id).unwrap();

    for error in [
        refused(here.use_site(&moved).await),
        refused(here.desk.count(&moved).await),
        refused(here.desk.revoke(&moved).await),
    ] {
        assert_eq!(error.code, ErrorCode::AddressChanged);
    }
    here.desk.set_client_secret(&moved, Secret::from(CLIENT_SECRET)).await.unwrap();
    let attempt = here.desk.begin_connect(moved.clone()).await.unwrap();
    here.desk.finish_connect(&attempt.id, &elsewhere.redmine.approve(&attempt.url)).await.unwrap();

    assert!(elsewhere.redmine.take_asked().iter().all(|asked| !asked.body.contains("a-refresh")));
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn a_new_client_secret_is_used_from_the_next_request_on() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.desk.set_client_secret(&site, Secret::from("old")).await.unwrap();
    here.finish(&attempt).await.err().unwrap();

    here.desk.set_client_secret(&site, Secret::from(CLIENT_SECRET)).await.unwrap();

    here.finish(&attempt).await.unwrap();
}

#[tokio::test]
async fn another_place_for_secrets_is_used_from_then_on() {
    let here = Here::new().await;
    let site = here.added().await;
    here.store.refuse("write", "", ErrorCode::KeychainMissing);

    here.desk.use_store(Arc::new(MemoryStore::default()));
    here.desk.set_client_secret(&site, Secret::from(CLIENT_SECRET)).await.unwrap();
    here.connect_again(&site).await.unwrap();

    here.use_site(&site).await.unwrap();
    assert!(here.store.connection(&site).is_none());
}

#[tokio::test]
async fn where_somebody_was_known_a_server_that_cannot_say_who_it_is_connects_nobody() {
    let here = Here::new().await;
    let site = here.connected().await;
    let before = here.store.everything();
    here.redmine.next("/users/current.json", html(503, "later"));

    assert_eq!(code(here.connect_again(&site).await), ErrorCode::ServerTrouble);

    assert_eq!(here.store.everything(), before);
    assert_eq!(here.redmine.living(), ["a-refresh-token-of-many-letters-0000"], "the new tokens were revoked");
    assert_eq!(here.known(&site).identity.unwrap().text, "alice");
    here.use_site(&site).await.unwrap();
}

#[tokio::test]
async fn where_nobody_was_known_a_server_that_cannot_say_who_it_is_connects_again() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.redmine.next("/users/current.json", html(503, "later"));
    here.finish(&attempt).await.unwrap();
    here.redmine.next("/users/current.json", html(503, "later"));

    here.connect_again(&site).await.unwrap();

    assert_eq!(here.redmine.living(), ["a-refresh-token-of-many-letters-0001"]);
    assert_eq!(here.store.refresh_token(&site).as_deref(), Some("a-refresh-token-of-many-letters-0001"));
    here.desk.count(&site).await.unwrap();
    assert_eq!(here.known(&site).identity.unwrap().text, "alice");
}

#[tokio::test]
async fn somebody_known_only_to_a_held_connection_is_not_replaced_by_another_person() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);
    here.finish(&attempt).await.unwrap();
    here.store.recover();
    here.redmine.bob_signs_in();

    assert_eq!(code(here.connect_again(&site).await), ErrorCode::OtherPerson);

    here.use_site(&site).await.unwrap();
    assert_eq!(here.store.connection(&site).unwrap().identity.unwrap().text, "alice");
}

#[tokio::test]
async fn a_replaced_grant_that_could_not_be_ended_is_named_at_the_next_revocation() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.hangs_up_on("/oauth/revoke");
    here.connect_again(&site).await.unwrap();
    assert_eq!(here.redmine.living().len(), 2);
    assert_eq!(here.store.superseded(&site), ["a-refresh-token-of-many-letters-0000"]);
    here.redmine.recovers();

    here.desk.revoke(&site).await.unwrap();

    assert!(here.redmine.living().is_empty());
}

#[tokio::test]
async fn a_replaced_grant_that_was_ended_is_named_no_more() {
    let here = Here::new().await;
    let site = here.connected().await;

    here.connect_again(&site).await.unwrap();

    assert!(here.store.superseded(&site).is_empty());
}

#[tokio::test]
async fn a_copied_token_is_over_only_where_the_grant_it_is_of_was_ended() {
    for ends in [true, false] {
        let here = Here::new().await;
        let site = here.connected().await;
        here.desk.copy(&site, CopyFormat::Raw).await.unwrap();
        if !ends {
            here.redmine.hangs_up_on("/oauth/revoke");
        }

        let attempt = here.desk.begin_connect(site.clone()).await.unwrap();
        let code = here.redmine.approve(&attempt.url);
        let (_, connected) = here.desk.finish_connect(&attempt.id, &code).await.unwrap();

        assert_eq!(here.desk.ledger(&site).given[0].over_at.is_some(), ends);
        assert_eq!(connected.ended == ["0000"], ends, "{:?}", connected.ended);
    }
}

#[tokio::test]
async fn a_copied_token_passes_on_to_a_new_sign_in_only_once_that_is_saved() {
    for is_saved in [true, false] {
        let here = Here::new().await;
        let site = here.connected().await;
        here.desk.copy(&site, CopyFormat::Raw).await.unwrap();
        here.clock.forward(60);
        here.store.refuse("write", "connection", ErrorCode::KeychainLocked);
        here.connect_again(&site).await.unwrap();
        here.store.recover();
        if is_saved {
            here.desk.save_again(&site).await.unwrap();
        }

        // What was held in memory alone ends with its program.
        here.another_desk().revoke(&site).await.unwrap();

        assert!(here.desk.ledger(&site).given[0].over_at.is_some(), "{is_saved}");
    }
}

#[tokio::test]
async fn a_pending_revocation_is_finished_before_a_new_sign_in() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.hangs_up_on("/oauth/revoke");
    here.desk.revoke(&site).await.unwrap();
    here.redmine.recovers();

    here.connect_again(&site).await.unwrap();

    assert_eq!(here.known(&site).state, State::Connected);
    assert_eq!(here.redmine.living(), ["a-refresh-token-of-many-letters-0001"]);
}

#[tokio::test]
async fn nobody_signs_in_over_a_connection_that_waits_to_be_revoked() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.hangs_up_on("/oauth/revoke");
    here.desk.revoke(&site).await.unwrap();
    here.redmine.bob_signs_in();

    let error = refused(here.connect_again(&site).await);
    assert_eq!((error.code, error.site.as_deref()), (ErrorCode::RevokePending, Some("Harbour")));
    assert_eq!(here.known(&site).state, State::RevokePending);
    assert!(here.store.connection(&site).unwrap().revoking_since.is_some());

    here.redmine.recovers();
    here.desk.revoke_again(&site).await.unwrap();
    assert!(here.redmine.living().is_empty());
    here.connect_again(&site).await.unwrap();
    assert_eq!(here.known(&site).identity.unwrap().text, "bob");
    assert_eq!(here.redmine.living(), ["a-refresh-token-of-many-letters-0001"]);
}

#[tokio::test]
async fn a_revocation_that_is_wanted_during_a_sign_in_costs_no_code() {
    let here = Here::new().await;
    let site = here.connected().await;
    let attempt = here.desk.begin_connect(site.clone()).await.unwrap();
    here.redmine.hangs_up_on("/oauth/revoke");
    here.desk.revoke(&site).await.unwrap();
    here.redmine.take_asked();

    assert_eq!(code(here.finish(&attempt).await), ErrorCode::RevokePending);
    assert!(here.redmine.asked("/oauth/token").is_empty());
    assert!(here.store.connection(&site).unwrap().revoking_since.is_some());

    here.redmine.recovers();
    here.desk.revoke_again(&site).await.unwrap();
    here.finish(&attempt).await.unwrap();
    assert_eq!(here.known(&site).state, State::Connected);
}
