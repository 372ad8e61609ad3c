//! Refreshing: late, once, and written down before it is used.

use std::time::Duration;

use tallykey_core::flows::refresh::Need;
use tallykey_core::model::known::State;
use tallykey_core::{CopyFormat, ErrorCode, ExposeSecret};

use crate::support::{Here, TOKEN_LIFE, code, html, refused};

#[tokio::test]
async fn nothing_is_sent_while_more_than_a_minute_is_left() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.clock.forward(TOKEN_LIFE - 61);

    here.use_site(&site).await.unwrap();
    here.desk.copy(&site, CopyFormat::Raw).await.unwrap();

    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn within_the_last_minute_the_token_is_refreshed_once() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.clock.forward(TOKEN_LIFE - 60);

    let first = here.use_site(&site).await.unwrap();
    let second = here.use_site(&site).await.unwrap();

    assert_eq!(first, second);
    assert_eq!(first, "a-access-token-of-many-letters-0001");
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
}

#[tokio::test]
async fn whoever_asks_for_a_longer_life_gets_a_new_token() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.clock.forward(3600);

    let old = here.desk.token(&site, Duration::from_secs(3599), CopyFormat::Raw).await.unwrap();
    let new = here.desk.token(&site, Duration::from_secs(3601), CopyFormat::Raw).await.unwrap();

    assert_eq!(old.tail, "0000");
    assert_eq!(new.tail, "0001");
}

#[tokio::test]
async fn a_token_from_tomorrow_is_replaced_where_nothing_else_tells_how_old_it_is() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.clock.jump(-86_400);
    here.clock.reboots();

    for _ in 0..3 {
        here.another_desk().connection(&site, &Need::now()).await.unwrap();
    }

    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
}

#[tokio::test]
async fn whoever_wants_another_token_gets_one_though_the_old_one_lives() {
    let here = Here::new().await;
    let site = here.connected().await;
    let old = here.store.connection(&site).unwrap().tokens.access_token;

    let new = here.desk.connection(&site, &Need::Other(old.clone())).await.unwrap();
    let same = here.desk.connection(&site, &Need::Other(old)).await.unwrap();

    assert_eq!(new.tokens.access_token.expose_secret(), "a-access-token-of-many-letters-0001");
    assert_eq!(same.tokens.access_token.expose_secret(), new.tokens.access_token.expose_secret());
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
}

#[tokio::test]
async fn a_refresh_proves_who_asks_and_asks_for_no_more_scopes() {
    let here = Here::new().await;
    let site = here.stale().await;

    here.use_site(&site).await.unwrap();

    let refresh = &here.redmine.asked("/oauth/token")[0];
    assert_eq!(refresh.field("grant_type").as_deref(), Some("refresh_token"));
    assert_eq!(refresh.field("refresh_token").as_deref(), Some("a-refresh-token-of-many-letters-0000"));
    assert_eq!(refresh.field("scope"), None);
    assert_eq!(refresh.field("client_secret"), None);
    assert!(refresh.header("authorization").starts_with("Basic "));
}

#[tokio::test]
async fn many_at_once_and_another_program_send_one_request_and_get_one_token() {
    let here = Here::new().await;
    let site = here.stale().await;
    let (desk, other) = (here.desk.clone(), here.another_desk());

    let calls = (0..20).map(|number| {
        let (desk, site) = (if number < 16 { desk.clone() } else { other.clone() }, site.clone());
        tokio::spawn(async move { desk.connection(&site, &Need::now()).await })
    });
    let calls: Vec<_> = calls.collect();
    let mut tokens = Vec::new();
    for call in calls {
        tokens.push(call.await.unwrap().unwrap().tokens.access_token.expose_secret().to_owned());
    }

    assert!(tokens.iter().all(|token| token == "a-access-token-of-many-letters-0001"), "{tokens:?}");
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
}

#[tokio::test]
async fn sites_do_not_wait_for_each_other() {
    let here = Here::new().await;
    let site = here.connected().await;
    let second = here.desk.add(here.form("Lighthouse")).await.unwrap();
    here.connect_again(&second).await.unwrap();
    here.clock.forward(TOKEN_LIFE);

    let _turn = here.outside().turn(site.site.id).await.unwrap();

    here.use_site(&second).await.unwrap();
}

#[tokio::test]
async fn a_new_token_is_written_down_before_it_is_used() {
    let here = Here::new().await;
    let site = here.stale().await;

    here.use_site(&site).await.unwrap();

    let wanted = ["POST /oauth/token", "write connection", "GET /users/current.json", "write connection"];
    assert_eq!(here.journal.take(), wanted);
    assert_eq!(here.redmine.asked("/users/current.json")[0].bearer(), "a-access-token-of-many-letters-0001");
}

#[tokio::test]
async fn the_first_use_ends_the_replaced_token_and_it_is_remembered_no_longer() {
    let here = Here::new().await;
    let site = here.stale().await;

    here.use_site(&site).await.unwrap();

    assert_eq!(here.redmine.living(), ["a-refresh-token-of-many-letters-0001"]);
    assert!(here.store.superseded(&site).is_empty());
}

#[tokio::test]
async fn replaced_tokens_are_remembered_until_the_new_one_was_used() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.redmine.always("/users/current.json", html(503, "later"));
    here.use_site(&site).await.unwrap();
    here.clock.forward(TOKEN_LIFE);
    here.use_site(&site).await.unwrap();
    let (first, second) = ("a-refresh-token-of-many-letters-0000", "a-refresh-token-of-many-letters-0001");
    assert_eq!(here.store.superseded(&site), [first, second]);

    here.redmine.recovers();
    here.desk.count(&site).await.unwrap();
    here.desk.count(&site).await.unwrap();

    // Doorkeeper ends the direct parent only; the older one must still be named when revoking.
    assert_eq!(here.store.superseded(&site), [first]);
    here.desk.revoke(&site).await.unwrap();
    assert!(here.redmine.living().is_empty());
}

#[tokio::test]
async fn a_store_that_does_not_take_the_new_token_keeps_it_from_being_used() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);

    let error = refused(here.use_site(&site).await);

    assert_eq!((error.code, error.site.as_deref()), (ErrorCode::KeychainLocked, Some("Harbour")));
    assert_eq!(here.redmine.take_asked().len(), 1, "the refresh and nothing with its token");
    assert_eq!(here.store.refresh_token(&site).as_deref(), Some("a-refresh-token-of-many-letters-0000"));
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::KeychainLocked);
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn once_the_store_takes_it_a_refreshed_token_is_used_without_another_refresh() {
    let here = Here::new().await;
    here.redmine.is_strict();
    let site = here.stale().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);
    refused(here.use_site(&site).await);

    here.store.recover();
    let token = here.use_site(&site).await.unwrap();

    assert_eq!(token, "a-access-token-of-many-letters-0001");
    assert_eq!(here.store.access_token(&site).as_deref(), Some("a-access-token-of-many-letters-0001"));
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
}

#[tokio::test]
async fn a_crash_before_the_store_took_it_costs_nothing_on_this_server() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainFailed);
    refused(here.use_site(&site).await);
    here.store.recover();

    let after_the_crash = here.another_desk();
    after_the_crash.connection(&site, &Need::now()).await.unwrap();

    assert_eq!(here.redmine.asked("/oauth/token").len(), 2);
    assert_eq!(here.known(&site).state, State::Connected);
}

#[tokio::test]
async fn a_lost_answer_is_made_good_by_asking_again() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.redmine.loses_answer_of("/oauth/token");

    assert_eq!(code(here.use_site(&site).await), ErrorCode::Unreachable);
    let token = here.use_site(&site).await.unwrap();

    assert_eq!(token, "a-access-token-of-many-letters-0002");
    assert_eq!(here.known(&site).state, State::Connected);
}

#[tokio::test]
async fn a_refused_refresh_token_ends_the_connection_and_says_so() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.redmine.ends_all_tokens();

    let error = refused(here.use_site(&site).await);

    assert_eq!((error.code, error.site.as_deref()), (ErrorCode::NeedsSignIn, Some("Harbour")));
    assert_eq!(here.known(&site).state, State::NeedsSignIn);
    assert!(here.store.connection(&site).unwrap().ended.is_some());
}

#[tokio::test]
async fn an_ended_connection_is_not_asked_about_again() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.redmine.ends_all_tokens();
    refused(here.use_site(&site).await);
    here.redmine.take_asked();

    assert_eq!(code(here.use_site(&site).await), ErrorCode::NeedsSignIn);
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::NeedsSignIn);
    assert!(here.redmine.take_asked().is_empty());

    here.connect_again(&site).await.unwrap();
    assert_eq!(here.known(&site).state, State::Connected);
}

#[tokio::test]
async fn a_refusal_is_not_believed_if_somebody_else_refreshed_meanwhile() {
    let here = Here::new().await;
    let site = here.stale().await;
    let mut newer = here.store.connection(&site).unwrap();
    newer.tokens.refresh_token = Some("refresh-of-another-computer".into());
    newer.tokens.access_token = "access-of-another-computer".into();
    newer.tokens.expires_at = None;
    here.redmine.ends_all_tokens();
    let (store, put) = (here.store.clone(), site.clone());
    here.redmine.meanwhile("/oauth/token", move || store.put(&put, &newer));

    assert_eq!(here.use_site(&site).await.unwrap(), "access-of-another-computer");

    assert_eq!(here.known(&site).state, State::Connected);
    assert!(here.store.connection(&site).unwrap().ended.is_none());
}

#[tokio::test]
async fn a_refusal_that_cannot_be_written_down_is_told_all_the_same() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.redmine.ends_all_tokens();
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);

    assert_eq!(code(here.use_site(&site).await), ErrorCode::NeedsSignIn);
    assert!(here.store.connection(&site).unwrap().ended.is_none());
}

#[tokio::test]
async fn keychain_weather_is_told_by_its_name_and_changes_nothing() {
    let here = Here::new().await;
    let site = here.connected().await;
    let before = here.store.everything();
    for weather in
        [ErrorCode::KeychainMissing, ErrorCode::KeychainLocked, ErrorCode::KeychainWaiting, ErrorCode::KeychainFailed]
    {
        here.store.refuse("read", "connection", weather);
        assert_eq!(code(here.use_site(&site).await), weather);
        here.store.recover();
    }

    assert_eq!(here.known(&site).state, State::Connected);
    assert_eq!(here.store.everything(), before);
}

#[tokio::test]
async fn a_damaged_item_is_reported_and_left_as_it_is() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.store.put_text(&site, "{\"version\":1,\"tok");

    assert_eq!(code(here.use_site(&site).await), ErrorCode::SecretUnreadable);

    assert!(here.store.everything().iter().any(|(_, text)| text == "{\"version\":1,\"tok"));
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn a_site_without_a_connection_says_so() {
    let here = Here::new().await;
    let site = here.added().await;

    assert_eq!(code(here.use_site(&site).await), ErrorCode::NotConnected);
    assert_eq!(here.known(&site).state, State::NotConnected);
}

#[tokio::test]
async fn whoever_changes_a_connection_for_too_long_is_not_waited_for() {
    let here = Here::new().await;
    let site = here.stale().await;
    let _hangs = here.outside().turn(site.site.id).await.unwrap();
    tokio::time::pause();

    let (first, second) = tokio::join!(here.use_site(&site), here.desk.forget(site.site.id));

    assert_eq!([code(first), code(second)], [ErrorCode::Busy; 2]);
    assert!(here.redmine.take_asked().is_empty());
    assert_eq!(here.known(&site).state, State::Connected);
}
