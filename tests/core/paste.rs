//! What a person pastes: only what belongs to the attempt is ever sent.

use std::sync::Arc;

use tallykey_core::ErrorCode;

use crate::support::{Here, Redmine, code, refused};

#[tokio::test]
async fn the_address_of_the_page_is_as_good_as_the_code_on_it() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    let page = format!("{}/oauth/authorize/native?code={}", here.redmine.base(), here.redmine.approve(&attempt.url));

    here.desk.finish_connect(&attempt.id, &page).await.unwrap();

    assert!(here.store.connection(&site).is_some());
}

#[tokio::test]
async fn nothing_is_sent_for_what_is_not_this_attempts_code() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    let base = here.redmine.base();

    for (pasted, wanted) in [
        ("https://other.example.jp/oauth/authorize/native?code=abc".to_owned(), ErrorCode::WrongSite),
        (format!("{base}/oauth/authorize/native?code=abc&state=of-an-older-attempt"), ErrorCode::WrongSite),
        (format!("{base}/my/page"), ErrorCode::NotACode),
        ("パスワード".to_owned(), ErrorCode::NotACode),
        (String::new(), ErrorCode::NotACode),
        ("{\"error\":\"access_denied\"}".to_owned(), ErrorCode::Denied),
        ("{\"error\":\"unsupported_response_type\"}".to_owned(), ErrorCode::AuthorizeRefused),
    ] {
        let error = refused(here.desk.finish_connect(&attempt.id, &pasted).await);
        assert_eq!(error.code, wanted, "{pasted}");
        assert_eq!(error.site.as_deref(), Some("Harbour"), "{pasted}");
    }

    assert!(here.redmine.take_asked().is_empty());
    assert!(here.store.connection(&site).is_none());
}

#[tokio::test]
async fn after_a_wrong_paste_the_right_one_still_works() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.desk.finish_connect(&attempt.id, "https://other.example.jp/?code=abc").await.err().unwrap();
    assert_eq!(code(here.desk.finish_connect(&attempt.id, "not-the-right-code").await), ErrorCode::CodeRefused);

    here.finish(&attempt).await.unwrap();

    assert_eq!(here.redmine.asked("/oauth/token").len(), 2, "one request a code");
    assert!(here.store.connection(&site).is_some());
}

#[tokio::test]
async fn an_attempt_ends_when_its_code_would() {
    let here = Here::new().await;
    let (_, attempt) = here.begun().await;
    let pasted = here.redmine.approve(&attempt.url);
    here.clock.forward(600);

    assert_eq!(code(here.desk.finish_connect(&attempt.id, &pasted).await), ErrorCode::AttemptOver);

    assert!(here.desk.attempt().is_none());
    assert_eq!(code(here.desk.open_attempt(&attempt.id).await), ErrorCode::AttemptOver);
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn a_cancelled_attempt_takes_no_code() {
    let here = Here::new().await;
    let (_, attempt) = here.begun().await;
    here.desk.cancel_connect(&attempt.id);

    assert_eq!(code(here.finish(&attempt).await), ErrorCode::AttemptOver);
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn a_code_is_spent_once_however_often_it_is_pasted() {
    let here = Arc::new(Here::new().await);
    let (site, attempt) = here.begun().await;
    let pasted = here.redmine.approve(&attempt.url);

    let (first, second) =
        tokio::join!(here.desk.finish_connect(&attempt.id, &pasted), here.desk.finish_connect(&attempt.id, &pasted),);

    assert!(first.is_ok() && second.is_ok(), "both are told what came of it");
    assert_eq!(code(here.desk.finish_connect(&attempt.id, &pasted).await), ErrorCode::AttemptOver);
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
    assert!(here.store.connection(&site).is_some());
}

#[tokio::test]
async fn a_code_whose_answer_is_lost_is_never_sent_again() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    let pasted = here.redmine.approve(&attempt.url);
    here.redmine.loses_answer_of("/oauth/token");

    assert_eq!(code(here.desk.finish_connect(&attempt.id, &pasted).await), ErrorCode::Unreachable);
    assert_eq!(code(here.desk.finish_connect(&attempt.id, &pasted).await), ErrorCode::CodeSpent);

    assert_eq!(here.redmine.asked("/oauth/token").len(), 1, "RFC 6749 §10.5");
    assert!(here.store.connection(&site).is_none());
    here.redmine.recovers();
    here.finish(&attempt).await.expect("a new code is sent");
}

#[tokio::test]
async fn a_code_from_another_folder_of_the_same_host_is_sent_nowhere() {
    for (own, other) in [("/redmine", ""), ("", "/redmine"), ("/redmine", "/redmine2")] {
        let here = Here::with(Redmine::at(own).await);
        let (site, attempt) = here.begun().await;
        let host = here.redmine.base().trim_end_matches(own).to_owned();
        let pasted = format!("{host}{other}/oauth/authorize/native?code=of-another-site");

        let error = refused(here.desk.finish_connect(&attempt.id, &pasted).await);

        assert_eq!(error.code, ErrorCode::WrongSite, "{pasted}");
        assert!(here.redmine.take_asked().is_empty() && here.store.connection(&site).is_none(), "{pasted}");
        here.finish(&attempt).await.expect("the right code is still good");
    }
}

#[tokio::test]
async fn without_pkce_only_an_address_with_the_state_is_taken() {
    let here = Here::new().await;
    let account = here.without_pkce().await;
    let attempt = here.desk.begin_connect(account).await.unwrap();
    let address = here.redmine.redirect(&attempt.url);
    let pasted = here.redmine.approve(&attempt.url);
    let bare = pasted.rsplit("code=").next().unwrap().split('&').next().unwrap();

    assert_eq!(code(here.desk.finish_connect(&attempt.id, bare).await), ErrorCode::WholeAddressNeeded);
    let stateless = format!("{}?code={bare}", attempt.redirect_uri());
    assert_eq!(code(here.desk.finish_connect(&attempt.id, &stateless).await), ErrorCode::WrongSite);

    attempt.code_in(address.as_str()).expect("its state says whose it is");
}
