//! Connecting, with every kind of application, and PKCE.

use tallykey_core::ErrorCode;
use tallykey_core::model::site::Redirect;

use crate::support::{Here, KINDS, PUBLIC, numbers, refused};

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn the_server_passes_the_checks_of_its_definition() {
    let here = Here::new(PUBLIC);
    let form = here.kind.form(here.server.base());

    let findings = here.desk.check(&form.provider, &form.inputs, None).await.unwrap();

    assert_eq!(findings.len(), 2);
    assert!(findings.iter().all(|finding| finding.error.is_none()), "{findings:?}");
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn every_kind_of_application_connects_as_whoever_approved() {
    for kind in KINDS {
        let here = Here::new(kind);
        let (_, attempt) = here.begun(Redirect::Paste).await;
        let redirected = here.approve(&attempt).await;

        let (_, connected) = here.desk.finish_connect(&attempt.id, redirected.as_str()).await.unwrap();

        let identity = connected.identity.unwrap();
        assert_eq!((identity.id.as_str(), identity.text), (here.server.person(), format!("Person {}", identity.id)));
        assert_eq!(connected.scopes, ["openid", "issues"]);
        let asked = here.server.asked().await;
        assert_eq!((asked.len(), asked[0].grant.as_str(), asked[0].status), (1, "authorization_code", 200));
        assert_eq!((asked[0].client.as_deref(), asked[0].auth.as_str()), (Some(kind.client_id), kind.auth));
    }
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn every_kind_of_application_counts() {
    for kind in KINDS {
        let here = Here::new(kind);
        let site = here.connected().await;

        let known = here.desk.count(&site).await.unwrap();

        assert_eq!(numbers(&known), [Some(7), Some(3)], "{kind:?}");
        assert_eq!(known.counted_for.as_deref(), Some(here.server.person()));
    }
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn pkce_is_sent_with_its_method_and_its_verifier() {
    for kind in KINDS {
        let here = Here::new(kind);
        let (_, attempt) = here.begun(Redirect::Paste).await;
        let sent = |name: &str| attempt.url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value);
        assert_eq!(sent("code_challenge_method").as_deref(), Some("S256"));
        assert_eq!(sent("code_challenge").map(|challenge| challenge.len()), Some(43));
        let redirected = here.approve(&attempt).await;

        here.desk.finish_connect(&attempt.id, redirected.as_str()).await.unwrap();

        assert!(here.server.asked().await[0].verifier, "{kind:?}");
    }
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn a_request_whose_challenge_got_lost_is_refused_and_that_is_told() {
    for kind in KINDS {
        let here = Here::new(kind);
        let (_, attempt) = here.begun(Redirect::Paste).await;
        let mut bare = attempt.url.clone();
        let kept = attempt.url.query_pairs().filter(|(key, _)| !key.starts_with("code_challenge"));
        bare.query_pairs_mut().clear().extend_pairs(kept);
        let refusal = here.browser().approve(bare).await;

        let error = refused(here.desk.finish_connect(&attempt.id, refusal.as_str()).await);

        assert_eq!(error.code, ErrorCode::AuthorizeRefused, "{kind:?}");
        assert!(error.detail.unwrap().contains("PKCE"), "{kind:?}");
        assert!(here.server.asked().await.is_empty());
    }
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn a_code_of_another_attempt_fails_by_its_verifier_and_the_right_one_goes_on() {
    let here = Here::new(PUBLIC);
    let (site, before) = here.begun(Redirect::Paste).await;
    let theirs = here.approve(&before).await;
    let attempt = here.desk.begin_connect_by(site, Redirect::Paste).await.unwrap();
    let (_, code) = theirs.query_pairs().find(|(key, _)| key == "code").unwrap();

    let error = refused(here.desk.finish_connect(&attempt.id, &code).await);

    assert_eq!(error.code, ErrorCode::CodeRefused);
    assert_eq!(here.server.asked().await.last().map(|asked| asked.status), Some(400));
    let mine = here.approve(&attempt).await;
    here.desk.finish_connect(&attempt.id, mine.as_str()).await.unwrap();
}
