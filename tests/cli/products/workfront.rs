//! Adobe Workfront, by its guides to the authorization code flow and to single-page applications.

use serde_json::{Value, json};
use tallykey_core::ExposeSecret;
use tallykey_sites::{CLIENT_ID, CLIENT_SECRET, Provider, Request, SINGLE_PAGE_ID};

use super::{Answered, REDIRECT, add, connect, end_access_tokens, numbers, pairs, parameter, token_requests};
use crate::support::{Computer, Tracker, connection_of, need_keychain};

const FORM: &str = "application/x-www-form-urlencoded";
/// `base64(client_id:client_secret)`.
const BASIC: &str = "Basic dGFsbHlrZXktcmVhZDp0YWxseWtleS1yZWFkLXNlY3JldA==";

/// A kind of application, and what is registered for it.
pub struct Kind {
    application: &'static str,
    client_id: &'static str,
    secret: Option<&'static str>,
}

pub const WEB: Kind = Kind { application: "web", client_id: CLIENT_ID, secret: Some(CLIENT_SECRET) };
const WEB_FORM: Kind = Kind { application: "web-form", ..WEB };
const SINGLE_PAGE: Kind = Kind { application: "single-page", client_id: SINGLE_PAGE_ID, secret: None };

/// A computer with the site "Workfront", not connected.
pub fn added(kind: &Kind, tracker: &Tracker) -> Computer {
    let computer = Computer::new();
    let base = format!("base={}", tracker.base_url());
    let site = ["Workfront", "--provider", "workfront", "--set", &base, "--client-id", kind.client_id];
    add(&computer, &[&site[..], &["--application", kind.application]].concat(), kind.secret).ok();
    computer
}

#[test]
fn a_workfront_is_added_connected_counted_renewed_and_ended_with_every_kind_of_application() {
    need_keychain!();
    for kind in [WEB, WEB_FORM, SINGLE_PAGE] {
        story(&kind);
    }
}

fn story(kind: &Kind) {
    let tracker = Tracker::of(Provider::Workfront);
    let computer = added(kind, &tracker);
    let done = connect(&computer, "Workfront", &tracker).0.ok();
    assert!(done.stderr.contains("connected as Alice Liddell"), "{}: {done:?}", kind.application);

    let expected = [("assigned_open", 15), ("overdue", 6), ("created_open", 14), ("projects", 3)];
    let expected = expected.map(|(id, number)| (id.to_owned(), number));
    assert_eq!(numbers(&computer, "Workfront"), expected, "{}", kind.application);

    let first = computer.token("Workfront");
    end_access_tokens(&tracker);
    assert_eq!(numbers(&computer, "Workfront"), expected, "{}", kind.application);
    assert_ne!(computer.token("Workfront"), first, "{}", kind.application);
    assert_eq!(tracker.traffic().grant_types["refresh_token"], 1);

    let done = computer.run(&["revoke", "Workfront", "--json"]);
    assert_eq!(done.code, Some(1), "only a person can end the refresh token: {done:?}");
    assert_eq!((&done.json()["provider"], &done.json()["here"]), (&json!("access_only"), &json!("forgotten")));
    assert_eq!(tracker.traffic().count("GET /attask/api/v20.0/logout"), 1);
    computer.run(&["token", "Workfront"]).refused(4, "not_connected");
}

#[test]
fn a_workfront_is_asked_to_authorize_with_the_address_of_the_guide() {
    need_keychain!();
    let tracker = Tracker::of(Provider::Workfront);
    let computer = added(&WEB, &tracker);
    let (_, answered) = connect(&computer, "Workfront", &tracker);
    let expected = [
        format!("client_id={CLIENT_ID}"),
        format!("redirect_uri={REDIRECT}"),
        "response_type=code".to_owned(),
        format!("state={}", parameter(&answered.url, "state")),
    ];
    let (address, query) = answered.url.split_once('?').unwrap();
    assert_eq!(address, format!("{}/integrations/oauth2/authorize", tracker.base_url()));
    assert_eq!(pairs(query), expected);

    let computer = added(&SINGLE_PAGE, &tracker);
    let (_, answered) = connect(&computer, "Workfront", &tracker);
    let challenge = parameter(&answered.url, "code_challenge");
    assert_eq!(challenge.len(), 43, "SHA-256 in base64url: {challenge}");
    let expected = [
        format!("client_id={SINGLE_PAGE_ID}"),
        format!("code_challenge={challenge}"),
        "code_challenge_method=S256".to_owned(),
        format!("redirect_uri={REDIRECT}"),
        "response_type=code".to_owned(),
        format!("state={}", parameter(&answered.url, "state")),
    ];
    assert_eq!(pairs(answered.url.split_once('?').unwrap().1), expected);
}

/// Connects, renews, and gives both token requests, the visit before and the refresh token between them.
fn tokens_of(kind: &Kind) -> ([Request; 2], Answered, String) {
    let tracker = Tracker::of(Provider::Workfront);
    let computer = added(kind, &tracker);
    let (_, answered) = connect(&computer, "Workfront", &tracker);
    let token = connection_of(&computer.sites_toml()).tokens.refresh_token.unwrap();
    computer.run(&["token", "Workfront", "--new"]).ok();
    let requests: [Request; 2] = token_requests(&tracker).try_into().unwrap();
    for request in &requests {
        assert_eq!(request.target, "/integrations/oauth2/api/v1/token");
    }
    (requests, answered, token.expose_secret().to_owned())
}

#[test]
fn a_web_application_sends_json_with_basic_as_in_the_first_example() {
    need_keychain!();
    let ([exchange, refresh], answered, token) = tokens_of(&WEB);
    for request in [&exchange, &refresh] {
        assert_eq!(request.header("authorization"), BASIC);
        assert_eq!(request.header("content-type"), "application/json");
    }
    let json = |request: &Request| serde_json::from_str::<Value>(&request.body).unwrap();
    let redirect = "http://127.0.0.1:28765/callback";
    let expected = json!({ "code": answered.code, "grant_type": "authorization_code", "redirect_uri": redirect });
    assert_eq!(json(&exchange), expected);
    assert_eq!(json(&refresh), json!({ "grant_type": "refresh_token", "refresh_token": token }));
}

/// What `curl --data-urlencode` sends of these, in the order of their names.
#[track_caller]
fn sent_as_form(request: &Request, expected: &[(&str, &str)]) {
    assert_eq!(request.header("content-type"), FORM);
    assert!(!request.headers.contains_key("authorization"), "{request:?}");
    let expected: Vec<String> = expected.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(pairs(&request.body), expected);
}

#[test]
fn a_web_application_may_send_a_form_as_in_the_second_example() {
    need_keychain!();
    let ([exchange, refresh], answered, token) = tokens_of(&WEB_FORM);
    let client = [("client_id", CLIENT_ID), ("client_secret", CLIENT_SECRET)];
    let code = [("code", &*answered.code), ("grant_type", "authorization_code"), ("redirect_uri", REDIRECT)];
    sent_as_form(&exchange, &[&client[..], &code].concat());
    let token = [("grant_type", "refresh_token"), ("redirect_uri", REDIRECT), ("refresh_token", &*token)];
    sent_as_form(&refresh, &[&client[..], &token].concat());
}

#[test]
fn a_single_page_application_sends_a_form_with_the_verifier_and_no_secret() {
    need_keychain!();
    let ([exchange, refresh], answered, token) = tokens_of(&SINGLE_PAGE);
    let body = format!("?{}", exchange.body);
    let verifier = parameter(&body, "code_verifier");
    let expected = [
        ("client_id", SINGLE_PAGE_ID),
        ("code", &*answered.code),
        ("code_verifier", &*verifier),
        ("grant_type", "authorization_code"),
        ("redirect_uri", REDIRECT),
    ];
    sent_as_form(&exchange, &expected);
    let client = ("client_id", SINGLE_PAGE_ID);
    let token = [client, ("grant_type", "refresh_token"), ("redirect_uri", REDIRECT), ("refresh_token", &*token)];
    sent_as_form(&refresh, &token);
}

#[test]
fn the_api_of_a_workfront_is_asked_with_the_header_of_the_guide() {
    need_keychain!();
    let tracker = Tracker::of(Provider::Workfront);
    let computer = added(&WEB, &tracker);
    connect(&computer, "Workfront", &tracker).0.ok();
    numbers(&computer, "Workfront");
    let header = computer.run(&["token", "Workfront", "--format", "header"]).ok();
    let token = header.line().strip_prefix("sessionID: ").unwrap();

    let requests = tracker.requests();
    let calls: Vec<_> = requests.iter().filter(|request| request.path().starts_with("/attask/api/v20.0/")).collect();
    assert!(calls.len() >= 8, "seven counts and who it is: {calls:?}");
    for call in calls {
        assert_eq!((&*call.method, call.header("sessionid")), ("GET", token));
        assert!(!call.headers.contains_key("authorization") && !call.target.contains(token), "{call:?}");
    }
}
