//! The program ends: what was sent has its answer, and nothing is sent whose answer nobody would read.

use std::time::Duration;

use tallykey_core::ErrorCode;

use crate::support::{Here, code};

#[tokio::test]
async fn no_refresh_begins_once_the_program_ends() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.desk.close().await;

    assert_eq!(code(here.desk.refresh(&site).await), ErrorCode::Stopped);
    assert_eq!(here.desk.ask_due(), Duration::from_secs(30), "and no round");
    assert_eq!(code(here.use_site(&site).await), ErrorCode::Stopped);

    assert!(here.redmine.take_asked().is_empty());
    assert_eq!(here.known(&site).trouble, None);
    here.another_desk().refresh(&site).await.unwrap();
}

#[tokio::test]
async fn a_refresh_that_waited_for_the_keychain_while_the_program_ended_is_not_sent() {
    let here = Here::new().await;
    let site = here.stale().await;
    let prompt = here.store.prompts("read", "connection");

    let (used, ()) = tokio::join!(here.use_site(&site), async {
        let waiting = prompt.shown().await;
        here.desk.close().await;
        drop(waiting);
    });

    assert_eq!(code(used), ErrorCode::Stopped);
    assert!(here.redmine.asked("/oauth/token").is_empty());
}

#[tokio::test]
async fn a_sign_in_that_begins_while_the_program_ends_spends_no_code() {
    let here = Here::new().await;
    let site = here.added().await;
    here.desk.close().await;
    let attempt = here.desk.begin_connect(site).await.unwrap();

    assert_eq!(code(here.finish(&attempt).await), ErrorCode::Stopped);

    assert!(here.redmine.asked("/oauth/token").is_empty());
}
