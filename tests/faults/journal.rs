//! A refresh that brought no tokens is remembered, so that what the server says next is told for what it is.

use std::path::PathBuf;

use tallykey_core::ErrorCode;
use tallykey_core::flows::outside::Account;
use tallykey_core::model::known::State;
use tallykey_sites::{Change, Fault, Rotation, Site};

use crate::support::{Here, noon, redmine, refused, use_site};

/// What a refusal is told as, and its words; only signing in helps then.
async fn refusal(here: &Here, account: &Account) -> (ErrorCode, String) {
    let error = refused(use_site(&here.another_desk(), account).await);
    assert_eq!(here.known(account).state, State::NeedsSignIn);
    assert_eq!(here.known(account).trouble.unwrap().code, error.code);
    assert_eq!(refused(use_site(&here.another_desk(), account).await).code, error.code, "and later too");
    let (said, kept) = (error.detail.unwrap(), here.store.connection(account).unwrap().ended.unwrap());
    // What is told is cut to two lines.
    assert!(kept.code == error.code && kept.reason.starts_with(&said), "{kept:?}");
    (error.code, said)
}

fn note(here: &Here, account: &Account) -> PathBuf {
    here.folders.data.join("in-flight").join(format!("{}.json", account.site.id))
}

/// The server forgets all it gave.
fn forgets(site: &Site) {
    site.change(Change { forget_grants: true, ..Change::default() }).unwrap();
}

#[tokio::test]
async fn a_refusal_after_a_lost_answer_says_when_that_was_and_outlives_the_program() {
    let (here, site) = (Here::new(), redmine(Rotation::Strict).await);
    let account = here.stale(&site).await;
    site.fail_tokens(Fault::DropAfter, 1);
    refused(here.use_site(&account).await);
    here.clock.forward(3600);

    let (told, said) = refusal(&here, &account).await;

    assert_eq!(told, ErrorCode::AnswerLost);
    assert!(said.starts_with(&format!("{} · The provided authorization grant is invalid", noon())), "{said}");
}

#[tokio::test]
async fn the_first_of_several_lost_answers_is_the_one_that_is_told() {
    let (here, site) = (Here::new(), redmine(Rotation::Strict).await);
    let account = here.stale(&site).await;
    site.fail_tokens(Fault::DropAfter, 1);
    refused(here.use_site(&account).await);
    for fault in [Fault::Status(502, None), Fault::Html200, Fault::Status(429, None)] {
        here.clock.forward(600);
        site.fail_tokens(fault, 1);
        refused(here.use_site(&account).await);
    }

    let (told, said) = refusal(&here, &account).await;

    assert_eq!(told, ErrorCode::AnswerLost);
    assert!(said.starts_with(&format!("{} · ", noon())), "{said}");
}

#[tokio::test]
async fn a_refusal_out_of_the_blue_is_told_as_the_server_said_it() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.stale(&site).await;
    forgets(&site);

    let (told, said) = refusal(&here, &account).await;

    assert_eq!(told, ErrorCode::NeedsSignIn);
    assert!(said.starts_with("The provided authorization grant is invalid"), "{said}");
}

#[tokio::test]
async fn a_request_that_never_left_or_was_refused_in_so_many_words_is_no_lost_answer() {
    let (here, mut site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.stale(&site).await;
    site.stop().await;
    assert_eq!(refused(here.use_site(&account).await).name(), "unreachable");
    site.start_again().await.unwrap();
    site.fail_tokens(Fault::Status(429, None), 1);
    assert_eq!(refused(here.use_site(&account).await).name(), "rate_limited");
    forgets(&site);

    let (told, said) = refusal(&here, &account).await;

    assert_eq!(told, ErrorCode::NeedsSignIn, "{said}");
}

#[tokio::test]
async fn a_lost_answer_that_was_made_good_is_forgotten() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.stale(&site).await;
    site.fail_tokens(Fault::DropAfter, 1);
    refused(here.use_site(&account).await);
    assert!(note(&here, &account).exists());
    here.use_site(&account).await.unwrap();
    assert!(!note(&here, &account).exists());
    here.expire(&site);
    forgets(&site);

    let (told, said) = refusal(&here, &account).await;

    assert_eq!(told, ErrorCode::NeedsSignIn, "{said}");
}

#[tokio::test]
async fn the_note_holds_no_token_and_goes_with_the_site() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.stale(&site).await;
    let token = here.store.refresh_token(&account).unwrap();
    site.fail_tokens(Fault::DropAfter, 1);
    refused(here.use_site(&account).await);
    let note = note(&here, &account);

    let text = std::fs::read_to_string(&note).unwrap();
    assert!(!text.contains(&token[token.len() - 4..]), "{text}");
    here.desk.remove(account.site.id).await.unwrap();
    assert!(!note.exists());
}

#[tokio::test]
async fn a_journal_that_cannot_be_written_stops_no_refresh() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.stale(&site).await;
    std::fs::write(here.folders.data.join("in-flight"), "a file where the folder would be").unwrap();

    here.use_site(&account).await.unwrap();
}
