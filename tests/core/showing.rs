//! Looking at a connection: what would be copied, the token for a press, a test.

use std::pin::pin;

use tallykey_core::model::activity::ActivityKind;
use tallykey_core::model::known::State;
use tallykey_core::{CopyFormat, ErrorCode, ExposeSecret};
use tokio::time::Duration;

use crate::support::{Here, answer, code};

const FORMATS: [CopyFormat; 7] = [
    CopyFormat::Raw,
    CopyFormat::Header,
    CopyFormat::Curl,
    CopyFormat::Httpie,
    CopyFormat::Powershell,
    CopyFormat::Env,
    CopyFormat::Json,
];

#[tokio::test]
async fn a_preview_is_what_is_copied_with_the_token_masked() {
    let here = Here::new().await;
    let site = here.connected().await;
    let token = here.use_site(&site).await.unwrap();
    let tail = &token[token.len() - 4..];
    here.redmine.take_asked();
    here.journal.take();

    for format in FORMATS {
        let preview = here.desk.copy_preview(&site, format).unwrap();
        assert!(here.journal.take().is_empty(), "nobody was asked");
        let handed = here.desk.token(&site, Duration::ZERO, format).await.unwrap();
        here.journal.take();
        assert_eq!(preview, handed.text.expose_secret().replace(&token, &format!("…{tail}")), "{format:?}");
        assert!(!preview.contains(&token[..token.len() - 4]));
    }
}

#[tokio::test]
async fn there_is_no_preview_without_a_connection() {
    let here = Here::new().await;
    let site = here.added().await;
    assert_eq!(code(here.desk.copy_preview(&site, CopyFormat::Raw)), ErrorCode::NotConnected);
}

#[tokio::test]
async fn a_token_that_was_shown_counts_as_given_once() {
    let here = Here::new().await;
    let site = here.connected().await;
    let token = here.use_site(&site).await.unwrap();

    for _ in 0..3 {
        assert_eq!(here.desk.reveal(&site).await.unwrap().expose_secret(), token);
    }

    let given = here.desk.ledger(&site).given;
    assert_eq!((given.len(), given[0].times), (1, 1));
    assert!(token.ends_with(&given[0].tail));
}

#[tokio::test]
async fn a_token_that_was_shown_is_not_ended_unasked() {
    let here = Here::new().await;
    let site = here.connected().await;
    let token = here.desk.reveal(&site).await.unwrap();
    here.clock.forward(3600);

    here.desk.by_itself().count(&site).await.unwrap();

    assert_eq!(here.use_site(&site).await.unwrap(), token.expose_secret());
}

#[tokio::test]
async fn a_test_asks_who_it_is_and_renews_nothing_that_is_good() {
    let here = Here::new().await;
    let site = here.connected().await;
    let token = here.use_site(&site).await.unwrap();
    here.redmine.take_asked();

    let tested = here.desk.test(&site).await.unwrap();

    assert_eq!(tested.identity.unwrap().text, "alice");
    let asked = here.redmine.take_asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(here.use_site(&site).await.unwrap(), token);
}

#[tokio::test]
async fn a_test_of_a_token_that_has_run_out_renews_it() {
    let here = Here::new().await;
    let site = here.stale().await;
    assert_eq!(here.desk.test(&site).await.unwrap().identity.unwrap().text, "alice");
    let unconnected = here.desk.add(here.form("Pier")).await.unwrap();
    assert_eq!(code(here.desk.test(&unconnected).await), ErrorCode::NotConnected);
}

#[tokio::test]
async fn a_test_that_renewed_the_token_shows_the_new_one() {
    let here = Here::new().await;
    let site = here.connected().await;
    let refused = here.use_site(&site).await.unwrap();
    here.redmine.next("/users/current.json", answer(401));

    here.desk.test(&site).await.unwrap();

    let token = here.use_site(&site).await.unwrap();
    assert_ne!(token, refused);
    assert!(token.ends_with(&here.known(&site).token.unwrap().tail));
    let told = here.desk.activity(site.site.id).unwrap();
    assert_eq!((told[0].what, told[1].what), (ActivityKind::Tested, ActivityKind::TokenRenewed));
}

#[tokio::test]
async fn a_test_does_not_bring_back_a_forgotten_connection() {
    let here = Here::new().await;
    let site = here.connected().await;
    let mut testing = pin!(here.desk.test(&site));
    here.redmine.is_asked("/users/current.json", testing.as_mut()).await;

    here.desk.forget(site.site.id).await.unwrap();
    testing.await.unwrap();

    assert_eq!(here.known(&site).state, State::NotConnected);
}
