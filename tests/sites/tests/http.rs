//! What a client sees on the wire.
#![expect(clippy::unwrap_used, reason = "also the functions that tests are made of may stop a test")]

mod wire;

use tallykey_sites::{CLIENT_ID, Change, Fault, OUT_OF_BAND, OauthError, Odd, Options, Provider, Site, Spot};
use wire::{json, send};

async fn site() -> Site {
    Site::start(Options::new(Provider::Redmine)).await.unwrap()
}

async fn token_request(site: &Site, form: &str) -> String {
    let form = format!("{form}&client_id={CLIENT_ID}&client_secret={}", tallykey_sites::CLIENT_SECRET);
    send(site, "POST /oauth/token", "Content-Type: application/x-www-form-urlencoded\r\n", &form).await
}

fn authorize_url(site: &Site) -> String {
    format!(
        "{}/oauth/authorize?response_type=code&client_id={CLIENT_ID}&redirect_uri={OUT_OF_BAND}&scope=view_issues",
        site.base_url()
    )
}

/// Approves and exchanges; returns the access token and the refresh token.
async fn connect(site: &Site) -> (String, String) {
    let code = site.approve(&authorize_url(site)).code().unwrap();
    let answer =
        token_request(site, &format!("grant_type=authorization_code&redirect_uri={OUT_OF_BAND}&code={code}")).await;
    let tokens = json(&answer);
    let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

async fn count(site: &Site, token: &str) -> String {
    let headers = format!("Authorization: Bearer {token}\r\n");
    send(site, "GET /issues.json?limit=1&assigned_to_id=me", &headers, "").await
}

#[tokio::test]
async fn a_token_that_is_not_known_counts_as_nobody() {
    let site = site().await;
    let (access, _) = connect(&site).await;
    assert_eq!(json(&count(&site, &access).await)["total_count"], 15);
    assert_eq!(json(&count(&site, "unknown").await)["total_count"], 0);
    site.advance(7200);
    assert!(count(&site, &access).await.contains("The access token expired"));
}

#[tokio::test]
async fn a_dropped_answer_was_carried_out_and_a_dropped_request_was_not() {
    let site = site().await;
    let (_, refresh) = connect(&site).await;
    let form = format!("grant_type=refresh_token&refresh_token={refresh}");

    site.fail_tokens(Fault::DropBefore, 1);
    assert_eq!(token_request(&site, &form).await, "");
    assert_eq!(site.traffic().live_pairs, 1);

    site.fail_tokens(Fault::DropAfter, 1);
    assert_eq!(token_request(&site, &form).await, "");
    assert_eq!(site.traffic().live_pairs, 2);

    site.fail_tokens(Fault::HalfAnswer, 1);
    let answer = token_request(&site, &form).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("access_token") && !answer.contains("token_type"));
    assert_eq!(site.traffic().live_pairs, 3);

    assert!(token_request(&site, &form).await.contains("token_type"));
    assert_eq!(site.traffic().count("POST /oauth/token"), 5);
}

#[tokio::test]
async fn a_fault_waits_for_its_own_kind_of_request() {
    let site = site().await;
    let (access, _) = connect(&site).await;
    let fault = Change { fault: Some(Fault::Status(503, Some(7))), on: Spot::Issues, ..Change::default() };
    site.change(fault).unwrap();
    connect(&site).await;
    let answer = count(&site, &access).await;
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("retry-after: 7"));
    assert!(count(&site, &access).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn consent_is_asked_once_and_leads_to_the_page_with_the_code() {
    let site = site().await;
    let query = authorize_url(&site).split_once('?').unwrap().1.to_owned();
    let ask = format!("GET /oauth/authorize?{query}");
    let page = send(&site, &ask, "", "").await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Tallykey") && page.contains("<li>view_issues</li>"));

    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let answer = send(&site, "POST /oauth/authorize", form, &query).await;
    assert!(answer.contains("location: http://127.0.0.1:") && answer.contains("/oauth/authorize/native?code="));

    connect(&site).await;
    assert!(send(&site, &ask, "", "").await.starts_with("HTTP/1.1 302"));
}

#[tokio::test]
async fn what_stands_between_may_say_when_to_come_again_or_where_to_go() {
    let site = site().await;
    let (_, refresh) = connect(&site).await;
    let form = format!("grant_type=refresh_token&refresh_token={refresh}");
    for (fault, said) in [
        (Fault::StatusUntil(429, -60), "retry-after: "),
        (Fault::Redirect(307, 9), "location: http://localhost:9/oauth/token"),
        (Fault::Error(400, OauthError::SlowDown), r#""error":"slow_down""#),
        (Fault::Status(204, None), "HTTP/1.1 204"),
    ] {
        site.fail_tokens(fault, 1);
        let answer = token_request(&site, &form).await;
        assert!(answer.contains(said), "{fault}: {answer}");
    }
    assert_eq!(site.traffic().refreshes, 0);
}

#[tokio::test]
async fn an_odd_answer_holds_tokens_that_work() {
    let site = site().await;
    let (_, refresh) = connect(&site).await;
    let form = format!("grant_type=refresh_token&refresh_token={refresh}");
    site.fail_tokens(Fault::Odd(Odd::DuplicateKeys), 1);
    let answer = token_request(&site, &form).await;
    assert_eq!(answer.matches("refresh_token").count(), 2);
    let access = json(&answer)["access_token"].as_str().unwrap().to_owned();
    assert_eq!(json(&count(&site, &access).await)["total_count"], 15);
    assert_eq!(site.traffic().refreshes, 1);
}

#[tokio::test]
async fn a_site_that_was_stopped_and_started_again_knows_what_it_knew() {
    let mut site = site().await;
    let (access, _) = connect(&site).await;
    let address = site.base_url().trim_start_matches("http://").to_owned();
    site.stop().await;
    assert!(tokio::net::TcpStream::connect(&address).await.is_err());
    site.start_again().await.unwrap();
    assert_eq!(json(&count(&site, &access).await)["total_count"], 15);
}
