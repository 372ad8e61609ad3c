//! Several things at once with one site: what is ended stays ended, and a crash loses no wish.

use std::pin::pin;

use tallykey_core::ErrorCode;
use tallykey_core::flows::revoke::AtProvider;
use tallykey_core::model::known::State;

use crate::support::{Here, code, html};

#[tokio::test]
async fn a_count_does_not_bring_back_a_forgotten_connection() {
    let here = Here::new().await;
    let site = here.connected().await;
    let mut counting = pin!(here.desk.count(&site));
    here.redmine.is_asked("/users/current.json", counting.as_mut()).await;

    here.desk.forget(site.site.id).await.unwrap();
    counting.await.unwrap();

    let known = here.known(&site);
    assert_eq!((known.state, known.identity, known.token), (State::NotConnected, None, None));
    assert!(known.counts.is_empty());
}

#[tokio::test]
async fn a_count_does_not_bring_back_a_removed_site() {
    let here = Here::new().await;
    let site = here.connected().await;
    let mut counting = pin!(here.desk.count(&site));
    here.redmine.is_asked("/users/current.json", counting.as_mut()).await;

    here.desk.remove(site.site.id).await.unwrap();
    counting.await.unwrap();

    assert!(!here.known_json(&site).exists());
    assert!(here.store.everything().is_empty());
}

#[tokio::test]
async fn a_count_of_the_connection_before_is_not_taken_for_the_present_ones() {
    let here = Here::new().await;
    let site = here.connected().await;
    let mut counting = pin!(here.desk.count(&site));
    here.redmine.is_asked("/users/current.json", counting.as_mut()).await;

    here.connect_again(&site).await.unwrap();
    counting.await.unwrap();

    let known = here.known(&site);
    assert_eq!((known.state, known.token.unwrap().tail.as_str()), (State::Connected, "0001"));
    assert_eq!(known.counted_at, None);
}

#[tokio::test]
async fn a_refusal_of_the_connection_before_is_not_held_against_the_present_one() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.next("/issues.json", html(503, "later"));
    let mut counting = pin!(here.desk.count(&site));
    here.redmine.is_asked("/issues.json", counting.as_mut()).await;

    here.connect_again(&site).await.unwrap();
    assert_eq!(code(counting.await), ErrorCode::ServerTrouble);

    assert_eq!(here.known(&site).trouble, None);
}

#[tokio::test]
async fn cancelling_while_the_code_is_exchanged_keeps_nothing() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    let pasted = here.redmine.approve(&attempt.url);
    let mut finishing = pin!(here.desk.finish_connect(&attempt.id, &pasted));
    here.redmine.is_asked("/oauth/token", finishing.as_mut()).await;

    here.desk.cancel_connect(&attempt.id);

    assert_eq!(code(finishing.await), ErrorCode::AttemptOver);
    assert!(here.store.connection(&site).is_none());
    assert!(here.redmine.living().is_empty(), "the new tokens were revoked");
    assert_eq!(here.known(&site).state, State::NotConnected);
}

#[tokio::test]
async fn a_cancelled_exchange_leaves_the_connection_before_as_it_was() {
    let here = Here::new().await;
    let site = here.connected().await;
    let before = here.store.everything();
    let attempt = here.desk.begin_connect(site.clone()).await.unwrap();
    let pasted = here.redmine.approve(&attempt.url);
    let mut finishing = pin!(here.desk.finish_connect(&attempt.id, &pasted));
    here.redmine.is_asked("/oauth/token", finishing.as_mut()).await;

    here.desk.begin_connect(site.clone()).await.expect("a new attempt gives up the one before");

    assert_eq!(code(finishing.await), ErrorCode::AttemptOver);
    assert_eq!(here.store.everything(), before);
    assert_eq!(here.redmine.living(), ["a-refresh-token-of-many-letters-0000"]);
    assert!(here.desk.attempt().is_some());
}

#[tokio::test]
async fn a_site_removed_while_it_connects_stays_removed() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    let pasted = here.redmine.approve(&attempt.url);
    let mut finishing = pin!(here.desk.finish_connect(&attempt.id, &pasted));
    here.redmine.is_asked("/oauth/token", finishing.as_mut()).await;

    let (removed, finished) = tokio::join!(here.desk.remove(site.site.id), finishing);

    removed.unwrap();
    assert_eq!(code(finished), ErrorCode::AttemptOver);
    assert!(here.store.everything().is_empty() && here.redmine.living().is_empty());
    assert!(!here.known_json(&site).exists());
}

#[tokio::test]
async fn a_wish_to_revoke_outlives_a_crash() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.next("/oauth/revoke", html(503, "never read"));
    {
        let mut revoking = pin!(here.desk.revoke(&site));
        here.redmine.is_asked("/oauth/revoke", revoking.as_mut()).await;
        // The program is killed here.
    }
    let started_anew = here.another_desk();

    assert_eq!(code(started_anew.copy(&site, tallykey_core::CopyFormat::Raw).await), ErrorCode::RevokePending);
    let outcome = started_anew.revoke_again(&site).await.unwrap();

    assert_eq!((outcome.at_provider, outcome.forgotten), (AtProvider::Confirmed, true));
    assert!(here.redmine.living().is_empty());
}

#[tokio::test]
async fn cancelling_while_it_is_asked_who_it_is_keeps_nothing() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    let pasted = here.redmine.approve(&attempt.url);
    let mut finishing = pin!(here.desk.finish_connect(&attempt.id, &pasted));
    here.redmine.is_asked("/users/current.json", finishing.as_mut()).await;

    here.desk.cancel_connect(&attempt.id);

    assert_eq!(code(finishing.await), ErrorCode::AttemptOver);
    assert!(here.store.connection(&site).is_none());
    assert!(here.redmine.living().is_empty(), "the new tokens were revoked");
}
