//! The ways an answer comes back, and whose it is.

use tallykey_core::model::site::Redirect;
use tallykey_core::{ErrorCode, Url};

use crate::support::{Here, KINDS, PUBLIC, refused, visit};

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn the_browser_brings_the_answer_to_whatever_port() {
    for kind in KINDS {
        let here = Here::new(kind);
        let (_, attempt) = here.begun(Redirect::Loopback).await;
        let port = Url::parse(attempt.redirect_uri()).unwrap().port();
        let redirected = here.approve(&attempt).await;
        assert_eq!((redirected.port(), redirected.path()), (port, "/callback"), "{kind:?}");

        assert!(visit(&redirected).await.contains("Tallykey has the answer"));

        here.desk.wait_connect(&attempt.id).await.unwrap();
        assert_eq!(here.server.asked().await[0].redirect_uri.as_deref(), Some(attempt.redirect_uri()));
    }
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn the_whole_address_the_browser_was_sent_to_is_pasted() {
    for redirect in [Redirect::Paste, Redirect::Loopback] {
        let here = Here::new(PUBLIC);
        let (site, attempt) = here.begun(redirect).await;
        let redirected = here.approve(&attempt).await;

        here.desk.finish_connect(&attempt.id, redirected.as_str()).await.unwrap();

        here.use_site(&site).await.unwrap();
    }
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn an_answer_that_names_another_issuer_is_refused_before_anything_is_sent() {
    let here = Here::new(PUBLIC);
    let (_, attempt) = here.begun(Redirect::Loopback).await;
    let mine = here.approve(&attempt).await;
    let issuer = here.server.base().as_str().trim_end_matches('/');
    let named = |(key, value): &(_, _)| (key, value) == (&"iss".into(), &issuer.into());
    assert!(mine.query_pairs().any(|pair| named(&pair)), "the server names itself in {mine}");
    let mut theirs = mine.clone();
    let others = mine.query_pairs().filter(|pair| !named(pair));
    theirs.query_pairs_mut().clear().extend_pairs(others).append_pair("iss", "https://evil.example");

    assert!(visit(&theirs).await.contains("did not take this answer"));
    assert_eq!(refused(here.desk.finish_connect(&attempt.id, theirs.as_str()).await).code, ErrorCode::WrongSite);

    assert!(here.server.asked().await.is_empty());
    visit(&mine).await;
    here.desk.wait_connect(&attempt.id).await.unwrap();
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn a_denial_comes_back_and_ends_the_waiting() {
    let here = Here::new(PUBLIC);
    let (_, attempt) = here.begun(Redirect::Loopback).await;

    visit(&here.browser().deny(attempt.url.clone()).await).await;

    assert_eq!(refused(here.desk.wait_connect(&attempt.id).await).code, ErrorCode::Denied);
    assert!(here.server.asked().await.is_empty());
}
