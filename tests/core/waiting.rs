//! A secret store that waits for a person: nobody waits for ever, and what was given up is never
//! carried out behind anybody's back.

use std::time::Duration;

use tallykey_core::model::known::State;
use tallykey_core::{ErrorCode, ExposeSecret, Secret};

use crate::support::{Here, code};

#[tokio::test]
async fn whoever_waits_behind_an_unanswered_prompt_is_told_and_has_asked_nothing() {
    let here = Here::new().await;
    let site = here.connected().await;
    let before = here.store.everything();
    let prompt = here.store.prompts("read", "connection");

    let (looked, secret, forgotten, holding) = tokio::join!(
        here.desk.look(&site),
        here.desk.set_client_secret(&site, Secret::from("too late")),
        here.desk.forget(site.site.id),
        prompt.left_alone(),
    );

    assert_eq!(code(looked), ErrorCode::KeychainWaiting);
    assert_eq!([code(secret), code(forgotten)], [ErrorCode::KeychainWaiting; 2]);
    drop(holding);
    assert_eq!(here.desk.look(&site).await.unwrap(), State::Connected, "the store is there again");
    assert_eq!(here.store.everything(), before);
}

#[tokio::test]
async fn whoever_comes_while_a_prompt_waits_is_told_after_the_same_time() {
    let here = Here::new().await;
    let site = here.connected().await;
    let prompt = here.store.prompts("read", "connection");
    let (first, _holding) = tokio::join!(here.desk.look(&site), prompt.left_alone());
    assert_eq!(code(first), ErrorCode::KeychainWaiting);
    tokio::time::pause();

    let (second, ()) = tokio::join!(here.desk.look(&site), tokio::time::advance(Duration::from_secs(41)));

    assert_eq!(code(second), ErrorCode::KeychainWaiting);
    assert_eq!(here.known(&site).state, State::Connected);
}

#[tokio::test]
async fn calls_are_carried_out_in_the_order_they_were_made() {
    let here = Here::new().await;
    let site = here.connected().await;
    let prompt = here.store.prompts("write", "client-secret");
    let set = |secret: &'static str| here.desk.set_client_secret(&site, Secret::from(secret));

    let answered = async {
        // Time enough for others to get ahead.
        here.desk.check("redmine", &site.site.inputs, None).await.unwrap();
        prompt.answered().await;
    };

    let (first, second, third, ()) = tokio::join!(set("first"), set("second"), set("third"), answered);

    assert!(first.is_ok() && second.is_ok() && third.is_ok());
    assert_eq!(here.store.client_secret().unwrap().secret.expose_secret(), "third");
}
