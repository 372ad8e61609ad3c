//! A look at an address before anything is saved.

use tallykey_core::ErrorCode;
use tallykey_core::flows::check::Finding;

use crate::support::{Here, Redmine, answer, code, html, json as json_answer};

/// What was found at an address: ids with what is wrong.
async fn found(here: &Here, base: &str) -> Vec<(String, Option<ErrorCode>)> {
    let inputs = [("base".to_owned(), base.to_owned())].into();
    let findings = here.desk.check("redmine", &inputs, None).await.unwrap();
    findings.into_iter().map(|Finding { id, error, .. }| (id, error.map(|error| error.code))).collect()
}

fn all(
    reach: Option<ErrorCode>,
    product: Option<ErrorCode>,
    oauth: Option<ErrorCode>,
) -> Vec<(String, Option<ErrorCode>)> {
    vec![("reach".to_owned(), reach), ("product".to_owned(), product), ("oauth".to_owned(), oauth)]
}

#[tokio::test]
async fn a_redmine_with_its_api_on_passes() {
    let here = Here::new().await;

    assert_eq!(found(&here, &here.redmine.base()).await, all(None, None, None));
}

#[tokio::test]
async fn a_redmine_before_6_1_has_no_oauth() {
    let here = Here::new().await;
    here.redmine.without_oauth();

    assert_eq!(found(&here, &here.redmine.base()).await, all(None, None, Some(ErrorCode::NoOauth)));
}

#[tokio::test]
async fn an_api_that_is_off_is_told_from_another_product() {
    let here = Here::new().await;
    here.redmine.rest_off();

    assert_eq!(found(&here, &here.redmine.base()).await, all(None, Some(ErrorCode::ApiOff), Some(ErrorCode::ApiOff)));
}

#[tokio::test]
async fn whatever_else_answers_is_not_this_product() {
    for (name, other) in [
        ("a captive portal", html(200, "Welcome to the hotel")),
        ("another product", html(404, "not found")),
        ("another API", answer(401).insert_header("www-authenticate", "Basic realm=\"Router\"")),
        ("a sign-in page", answer(302).insert_header("location", "https://sso.example.jp/")),
        ("a proxy", html(403, "Blocked by your company")),
    ] {
        let here = Here::new().await;
        here.redmine.always("/users/current.json", other);
        let product = found(&here, &here.redmine.base()).await[1].clone();
        assert_eq!(product, ("product".to_owned(), Some(ErrorCode::NotThisProduct)), "{name}");
    }
}

#[tokio::test]
async fn a_broken_server_is_not_another_product() {
    let here = Here::new().await;
    here.redmine.always("/users/current.json", html(503, "later"));

    assert_eq!(found(&here, &here.redmine.base()).await[1].1, Some(ErrorCode::ServerTrouble));
}

#[tokio::test]
async fn where_nobody_answers_nothing_more_is_asked() {
    let here = Here::new().await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();

    let findings = found(&here, &format!("http://{nobody}")).await;

    assert_eq!(findings, [("reach".to_owned(), Some(ErrorCode::Unreachable))]);
}

#[tokio::test]
async fn a_second_question_without_an_answer_is_not_passed_in_silence() {
    let here = Here::new().await;
    here.redmine.hangs_up_on("/oauth/authorize");

    assert_eq!(found(&here, &here.redmine.base()).await, all(None, None, Some(ErrorCode::Unreachable)));
}

#[tokio::test]
async fn a_folder_and_a_slash_at_the_end_are_asked_at_the_right_place() {
    let here = Here::with(Redmine::at("/redmine").await);

    let findings = found(&here, &format!("  {}/?set_filter=1#top ", here.redmine.base())).await;

    assert_eq!(findings, all(None, None, None));
    let paths: Vec<_> = here.redmine.take_asked().iter().map(|asked| asked.path().to_owned()).collect();
    assert_eq!(paths, ["/redmine/users/current.json", "/redmine/oauth/authorize"]);
}

#[tokio::test]
async fn a_forgotten_folder_is_not_this_product() {
    let here = Here::with(Redmine::at("/redmine").await);
    let root = here.redmine.base().replace("/redmine", "");

    assert_eq!(found(&here, &root).await[1].1, Some(ErrorCode::NotThisProduct));
}

#[tokio::test]
async fn a_look_carries_no_credentials() {
    let here = Here::new().await;
    here.connected().await;

    found(&here, &here.redmine.base()).await;

    assert!(here.redmine.take_asked().iter().all(|asked| asked.header("authorization").is_empty()));
}

#[tokio::test]
async fn a_finding_says_what_was_answered_and_by_whom() {
    let here = Here::new().await;
    here.redmine.always("/users/current.json", json_answer(418, serde_json::json!({})));
    let inputs = [("base".to_owned(), here.redmine.base())].into();

    let findings = here.desk.check("redmine", &inputs, None).await.unwrap();

    let error = findings[1].error.clone().unwrap();
    assert_eq!(error.detail.as_deref(), Some("HTTP 418"));
    assert!(error.host.unwrap().starts_with("127.0.0.1:"));
    assert_eq!(findings[1].label["ja"], "Redmine を検出しました");
}

#[tokio::test]
async fn an_unusable_address_is_refused_before_anything_is_asked() {
    let here = Here::new().await;
    for (base, wanted) in [
        ("", ErrorCode::InvalidAddress),
        ("https://user:password@redmine.example.jp", ErrorCode::InvalidAddress),
        ("http://redmine.example.jp", ErrorCode::HttpsRequired),
    ] {
        let inputs = [("base".to_owned(), base.to_owned())].into();
        assert_eq!(code(here.desk.check("redmine", &inputs, None).await), wanted, "{base}");
    }
    assert_eq!(code(here.desk.check("trac", &[].into(), None).await), ErrorCode::NoSuchProvider);
}
