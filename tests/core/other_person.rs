//! Somebody else than before signs in.

use std::pin::pin;

use tallykey_core::flows::outside::Account;
use tallykey_core::{ErrorCode, OtherPerson};

use crate::support::{Here, code, refused};

#[tokio::test]
async fn another_persons_sign_in_is_asked_about_and_changes_nothing_before() {
    let here = Here::new().await;
    let site = here.connected().await;
    let before = here.store.refresh_token(&site).unwrap();
    here.redmine.bob_signs_in();

    let error = refused(here.connect_again(&site).await);

    assert_eq!((error.code, error.detail.as_deref()), (ErrorCode::OtherPerson, Some("bob ≠ alice")));
    assert_eq!(here.store.refresh_token(&site).as_ref(), Some(&before));
    assert_eq!(here.known(&site).identity.unwrap().text, "alice");
    let question = here.desk.other_person().unwrap();
    assert_eq!((&*question.before.text, &*question.now.text), ("alice", "bob"));
}

/// A site of alice's in which bob has signed in, and the question about it.
async fn asked(here: &Here) -> (Account, String, OtherPerson) {
    let site = here.connected().await;
    let before = here.store.refresh_token(&site).unwrap();
    here.redmine.bob_signs_in();
    assert_eq!(code(here.connect_again(&site).await), ErrorCode::OtherPerson);
    (site, before, here.desk.other_person().unwrap())
}

#[tokio::test]
async fn who_keeps_the_person_ends_the_tokens_of_the_other() {
    let here = Here::new().await;
    let (site, before, _) = asked(&here).await;

    here.desk.keep_person().await;

    assert_eq!(here.redmine.living(), [before]);
    assert_eq!(here.known(&site).identity.unwrap().text, "alice");
    assert!(here.desk.other_person().is_none());
}

#[tokio::test]
async fn who_switches_the_person_ends_the_tokens_before() {
    let here = Here::new().await;
    let (site, before, question) = asked(&here).await;

    let (_, connected) = here.desk.switch_person(&question.attempt).await.unwrap();

    assert_eq!(connected.identity.unwrap().text, "bob");
    let held = here.store.refresh_token(&site).unwrap();
    assert_ne!(held, before);
    assert_eq!(here.redmine.living(), [held]);
    assert_eq!(here.known(&site).identity.unwrap().text, "bob");
    assert_eq!(code(here.desk.switch_person(&question.attempt).await), ErrorCode::AttemptOver);
}

#[tokio::test]
async fn a_new_attempt_answers_the_question_by_keeping_the_person() {
    let here = Here::new().await;
    let (site, before, question) = asked(&here).await;

    here.desk.begin_connect(site.clone()).await.unwrap();

    assert_eq!(here.redmine.living(), [before]);
    assert_eq!(code(here.desk.switch_person(&question.attempt).await), ErrorCode::AttemptOver);
}

#[tokio::test]
async fn who_gives_the_attempt_up_keeps_the_person() {
    let here = Here::new().await;
    let (_, before, question) = asked(&here).await;

    here.desk.give_up_connect(&question.attempt).await;

    assert_eq!(here.redmine.living(), [before]);
    assert!(here.desk.other_person().is_none());
}

#[tokio::test]
async fn giving_up_waits_for_an_exchange_that_is_under_way() {
    let here = Here::new().await;
    let (_, attempt) = here.begun().await;
    let mut finishing = pin!(here.finish(&attempt));
    here.redmine.is_asked("/users/current.json", finishing.as_mut()).await;

    let (finished, ()) = tokio::join!(finishing, async {
        here.desk.give_up_connect(&attempt.id).await;
        assert!(here.redmine.living().is_empty());
    });

    assert_eq!(code(finished), ErrorCode::AttemptOver);
}

#[tokio::test]
async fn a_switch_the_keychain_does_not_take_is_held_and_said() {
    let here = Here::new().await;
    let (_, _, question) = asked(&here).await;
    here.store.refuse("write", "connection/", ErrorCode::KeychainLocked);

    let (_, connected) = here.desk.switch_person(&question.attempt).await.unwrap();

    assert_eq!(connected.unsaved.unwrap().code, ErrorCode::KeychainLocked);
}
