//! What the guide to Jooto's API shows is answered, and nothing else is.
#![expect(clippy::unwrap_used, reason = "also the functions that tests are made of may stop a test")]

mod wire;

use tallykey_sites::{
    Approval, Board, CLIENT_ID, CLIENT_SECRET, Change, Fault, Options, Organization, Plan, Provider, Site, Spot,
};
use wire::{json, send};

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";
/// The registered redirect URI, as a form has it.
const REDIRECT: &str = "http%3A%2F%2F127.0.0.1%3A28765%2Fcallback";
const OPEN: &str = "archived=false&status[]=to_do&status[]=in_progress&status[]=pending";

async fn site() -> Site {
    Site::start(Options::new(Provider::Jooto)).await.unwrap()
}

/// The guide's five parameters, and one change.
fn login(site: &Site, from: &str, to: &str) -> String {
    let query = format!("client_id={CLIENT_ID}&redirect_uri={REDIRECT}&response_type=code&state=4f&organization_id=1");
    assert!(query.contains(from), "{from}");
    format!("{}/oauth2/login?{}", site.base_url(), query.replace(from, to))
}

fn code(site: &Site) -> String {
    site.approve(&login(site, "", "")).code().unwrap()
}

fn exchange(code: &str) -> String {
    format!(
        "code={code}&client_id={CLIENT_ID}&client_secret={CLIENT_SECRET}&redirect_uri={REDIRECT}\
         &grant_type=authorization_code"
    )
}

fn refresh(token: &str) -> String {
    format!("client_id={CLIENT_ID}&client_secret={CLIENT_SECRET}&refresh_token={token}&grant_type=refresh_token")
}

async fn token(site: &Site, form: &str) -> String {
    send(site, "POST /oauth2/token", FORM, form).await
}

async fn connect(site: &Site) -> (String, String) {
    let tokens = json(&token(site, &exchange(&code(site))).await);
    let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

async fn get(site: &Site, access: &str, path: &str) -> String {
    send(site, &format!("GET {path}"), &format!("Authorization: Bearer {access}\r\n"), "").await
}

/// The sum over the two boards that are not archived.
async fn total(site: &Site, access: &str, filters: &str) -> u64 {
    let mut sum = 0;
    for board in [11, 12] {
        let answer = get(site, access, &format!("/v1/boards/{board}/tasks?per_page=1&{filters}")).await;
        sum += json(&answer)["total"].as_u64().unwrap();
    }
    sum
}

#[tokio::test]
async fn the_five_parameters_lead_to_a_code_and_the_state() {
    let site = site().await;
    let Approval::Redirect { redirect } = site.approve(&login(&site, "", "")) else { panic!("no redirect") };
    assert!(redirect.starts_with("http://127.0.0.1:28765/callback?code=") && redirect.ends_with("&state=4f"));
    let Approval::Redirect { redirect } = site.deny(&login(&site, "", "")) else { panic!("no redirect") };
    assert!(redirect.contains("error=access_denied") && redirect.ends_with("&state=4f"));
}

#[tokio::test]
async fn an_authorization_that_the_guide_does_not_show_ends_in_a_page() {
    let site = site().await;
    for (from, to) in [
        ("&organization_id=1", ""),
        ("organization_id=1", "organization_id=2"),
        ("organization_id=1", "organization_id=one"),
        ("&state=4f", ""),
        ("response_type=code", "response_type=token"),
        ("&response_type=code", ""),
        ("28765", "28766"),
        ("callback", "callback%2F"),
        (CLIENT_ID, "nobody"),
        ("state=4f", "state=4f&scope=organization_member"),
        ("state=4f", "state=4f&code_challenge=E9&code_challenge_method=S256"),
        ("state=4f", "state=4f&state=5a"),
    ] {
        let answer = site.approve(&login(&site, from, to));
        assert!(matches!(answer, Approval::Refused { status: 400 | 401, .. }), "{from} {to} {answer:?}");
    }
    let elsewhere = login(&site, "", "").replace("/oauth2/login", "/oauth/authorize");
    assert!(matches!(site.approve(&elsewhere), Approval::Refused { status: 404, .. }));
}

#[tokio::test]
async fn the_consent_page_sends_its_parameters_on() {
    let site = site().await;
    let query = login(&site, "", "").split_once('?').unwrap().1.to_owned();
    let page = send(&site, &format!("GET /oauth2/login?{query}"), "", "").await;
    assert!(page.contains(r#"name="organization_id" value="1""#) && page.contains(r#"action="/oauth2/login""#));
    let answer = send(&site, "POST /oauth2/login", FORM, &format!("{query}&commit=Authorize")).await;
    assert!(answer.contains("location: http://127.0.0.1:28765/callback?code="));
}

#[tokio::test]
async fn the_token_answer_has_the_guide_s_four_members() {
    let site = site().await;
    let answer = json(&token(&site, &exchange(&code(&site))).await);
    let names: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(names, ["access_token", "expires_in", "refresh_token", "token_type"]);
    assert_eq!((&answer["token_type"], &answer["expires_in"]), (&"Bearer".into(), &3600.into()));
}

#[tokio::test]
async fn a_token_request_that_the_guide_does_not_show_is_refused() {
    let site = site().await;
    let form = exchange(&code(&site));
    for (from, to) in [
        ("&client_secret=tallykey-read-secret", ""),
        ("tallykey-read-secret", "another"),
        ("28765", "28766"),
        ("&redirect_uri=", "&was="),
        ("authorization_code", "password"),
        ("code=", "code_verifier=x&code="),
        ("code=", "scope=x&code="),
        ("code=", "grant_type=authorization_code&code="),
    ] {
        let answer = token(&site, &form.replacen(from, to, 1)).await;
        assert!(answer.starts_with("HTTP/1.1 40") && json(&answer)["error"].is_string(), "{from} {to}");
    }
    let in_json = "Content-Type: application/json\r\n";
    let body = format!("{{\"client_secret\":\"{CLIENT_SECRET}\"}}");
    assert!(send(&site, "POST /oauth2/token", in_json, &body).await.contains("A token request is a form"));
    assert!(site.traffic().last_token_request.unwrap().names.is_empty(), "nothing is noted but names");
    let basic = format!("{FORM}Authorization: Basic eDp5\r\n");
    assert!(send(&site, "POST /oauth2/token", &basic, &form).await.contains("are parameters"));
    let in_address = format!("POST /oauth2/token?{form}");
    assert!(send(&site, &in_address, FORM, "").await.contains("not in its address"));

    assert!(token(&site, &form).await.starts_with("HTTP/1.1 200"), "none of these burnt the code");
    assert!(token(&site, &form).await.contains("invalid_grant"), "but its use did");
}

#[tokio::test]
async fn a_refresh_has_no_redirect_uri_and_rotates() {
    let site = site().await;
    let (access, first) = connect(&site).await;
    assert!(token(&site, &format!("{}&redirect_uri={REDIRECT}", refresh(&first))).await.contains("invalid_request"));
    let second = json(&token(&site, &refresh(&first)).await);
    assert!(token(&site, &refresh(&first)).await.contains("invalid_grant"));
    assert!(token(&site, &refresh(second["refresh_token"].as_str().unwrap())).await.contains("Bearer"));

    // The guide ends an access token by time alone.
    assert!(get(&site, &access, "/v1/users").await.starts_with("HTTP/1.1 200"));
    site.advance(3600);
    assert!(get(&site, &access, "/v1/users").await.starts_with("HTTP/1.1 401"));
}

#[tokio::test]
async fn the_guide_s_example_call_is_answered() {
    let site = site().await;
    let (access, _) = connect(&site).await;
    for path in ["/organizations/1", "/v1/organizations/1"] {
        assert_eq!(json(&get(&site, &access, path).await)["id"], 1);
    }
    assert!(get(&site, &access, "/organizations/2").await.starts_with("HTTP/1.1 404"));
    assert_eq!(json(&get(&site, "", "/organizations/1").await)["errors"][0]["message"], "Unauthorized");
}

#[tokio::test]
async fn the_counts_of_all_boards_are_the_person_s() {
    let site = site().await;
    let (access, _) = connect(&site).await;
    assert_eq!(total(&site, &access, OPEN).await, 22);
    assert_eq!(total(&site, &access, &format!("{OPEN}&assignee_ids[]=5")).await, 15);
    assert_eq!(total(&site, &access, &format!("{OPEN}&assignee_ids%5B%5D=5&assignee_ids%5B%5D=6")).await, 22);
    assert_eq!(total(&site, &access, &format!("{OPEN}&followed=true")).await, 4);
    let late = format!("{OPEN}&assignee_ids[]=5&deadline_until={}", jiff::Timestamp::now());
    assert_eq!(total(&site, &access, &late).await, 6, "what is due today is not late yet");
    assert_eq!(total(&site, &access, &OPEN.replace("archived=false&", "")).await, 24, "archived tasks count too");
}

#[tokio::test]
async fn a_filter_that_is_not_known_is_refused() {
    let site = site().await;
    let (access, _) = connect(&site).await;
    for filter in [
        "creator_ids[]=5",
        "status=to_do",
        "status[]=open",
        "assignee_ids[]=me",
        "deadline_until=today",
        "followed=yes",
        "per_page=0",
        "page=1&page=2",
    ] {
        let answer = get(&site, &access, &format!("/v1/boards/11/tasks?{filter}")).await;
        assert!(answer.starts_with("HTTP/1.1 400") && json(&answer)["errors"][0]["field"].is_string(), "{filter}");
    }
    assert!(get(&site, &access, "/v1/boards/99/tasks").await.starts_with("HTTP/1.1 404"));
    for path in ["/oauth/revoke", "/oauth2/revoke", "/v1/users/me", "/users/current.json"] {
        assert!(get(&site, &access, path).await.starts_with("HTTP/1.1 404"), "{path}");
    }
}

#[tokio::test]
async fn lists_come_in_pages() {
    let boards = (1..=250).map(|n| Board::new(n, &format!("Board {n}"))).collect();
    let organization = Organization { id: 77, boards, ..Organization::default() };
    let site = Site::start(Options { organization, ..Options::new(Provider::Jooto) }).await.unwrap();
    let url = login(&site, "organization_id=1", "organization_id=77");
    let tokens = json(&token(&site, &exchange(&site.approve(&url).code().unwrap())).await);
    let access = tokens["access_token"].as_str().unwrap();

    let last = json(&get(&site, access, "/v1/boards?archived=false&per_page=200&page=3&order=asc").await);
    assert_eq!((&last["per_page"], &last["total"], &last["total_pages"]), (&100.into(), &250.into(), &3.into()));
    assert_eq!((last["boards"].as_array().unwrap().len(), &last["boards"][0]["id"]), (50, &201.into()));
    let users = json(&get(&site, access, "/v1/users?order=asc").await);
    assert_eq!((&users["users"][0]["display_name"], &users["users"][1]["id"]), (&"Alice Liddell".into(), &6.into()));
}

#[tokio::test]
async fn the_standard_plan_ends_after_a_hundred_calls_a_month() {
    let site = site().await;
    let (access, _) = connect(&site).await;
    let answer = get(&site, &access, "/v1/users").await;
    assert!(answer.contains("x-ratelimit-remaining: 599") && !answer.contains("monthly"));

    let standard = Change { plan: Some(Plan::Standard), calls_left: Some(1), ..Change::default() };
    site.change(standard).unwrap();
    let answer = get(&site, &access, "/v1/users").await;
    assert!(answer.contains("x-monthlyratelimit-limit: 100") && answer.contains("x-monthlyratelimit-remaining: 0"));
    let answer = get(&site, &access, "/v1/users").await;
    assert!(answer.starts_with("HTTP/1.1 429") && answer.contains("x-monthlyratelimit-reset: "));
    assert!(json(&answer)["errors"][0]["message"].is_string());
    assert_eq!(site.traffic().count("POST /oauth2/token"), 1);
}

#[tokio::test]
async fn faults_find_their_requests() {
    let site = site().await;
    let (access, first) = connect(&site).await;
    site.fail_tokens(Fault::NoRefreshToken, 1);
    assert!(json(&token(&site, &refresh(&first)).await).get("refresh_token").is_none());
    site.fail_tokens(Fault::InvalidGrant, 1);
    let answer = token(&site, &refresh(&first)).await;
    assert!(answer.contains("invalid_grant") && !answer.contains("Redmine"));
    assert!(token(&site, &refresh(&first)).await.starts_with("HTTP/1.1 200"));

    for (spot, path) in [(Spot::Issues, "/v1/boards/11/tasks"), (Spot::Choices, "/v1/boards")] {
        let fault = Change { fault: Some(Fault::Status(503, None)), on: spot, ..Change::default() };
        site.change(fault).unwrap();
        assert!(get(&site, &access, path).await.starts_with("HTTP/1.1 503"), "{path}");
    }
}
