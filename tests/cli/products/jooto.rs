//! Jooto, by <https://www.jooto.com/api/reference/authentication/>.

use serde_json::json;
use tallykey_core::ExposeSecret;
use tallykey_sites::{CLIENT_ID, CLIENT_SECRET, Provider};

use super::{REDIRECT, add, connect, end_access_tokens, numbers, pairs, parameter, token_requests};
use crate::support::{Computer, Tracker, connection_of, need_keychain};

const FORM: &str = "application/x-www-form-urlencoded";

/// A computer with the site "Jooto", not connected.
pub fn added(tracker: &Tracker) -> Computer {
    let computer = Computer::new();
    let (base, api) = (format!("base={}", tracker.base_url()), format!("api={}/v1", tracker.base_url()));
    let site = ["Jooto", "--provider", "jooto", "--client-id", CLIENT_ID];
    let inputs = ["--set", "org=1", "--set", &base, "--set", &api];
    add(&computer, &[&site[..], &inputs].concat(), Some(CLIENT_SECRET)).ok();
    computer
}

/// What a person chooses: alice, and both projects.
fn choose(computer: &Computer) {
    computer.run(&["choose", "Jooto", "--set", "user=5", "--set", "board=11", "--set", "board=12"]).ok();
}

#[test]
fn a_jooto_is_added_connected_chosen_counted_renewed_and_forgotten() {
    need_keychain!();
    let tracker = Tracker::of(Provider::Jooto);
    let computer = added(&tracker);
    let done = connect(&computer, "Jooto", &tracker).0.ok();
    assert!(done.stderr.contains("tallykey choose Jooto"), "{done:?}");
    let refused = computer.run(&["counts", "Jooto"]).refused(4, "choice_missing");
    assert!(refused.stderr.contains("tallykey choose Jooto"), "{refused:?}");

    choose(&computer);
    let expected = [("assigned_open", 15), ("overdue", 6), ("watched_open", 4), ("open", 22)];
    let expected = expected.map(|(id, number)| (id.to_owned(), number));
    assert_eq!(numbers(&computer, "Jooto"), expected);
    assert_eq!(computer.list()[0]["identity"], json!({ "id": "5", "text": "Alice Liddell" }));

    let first = computer.token("Jooto");
    end_access_tokens(&tracker);
    assert_eq!(numbers(&computer, "Jooto"), expected);
    assert_ne!(computer.token("Jooto"), first);
    assert_eq!(tracker.traffic().grant_types["refresh_token"], 1);

    let asked = tracker.requests().len();
    let done = computer.run(&["revoke", "Jooto", "--json"]).ok();
    assert_eq!((&done.json()["provider"], &done.json()["here"]), (&json!("unsupported"), &json!("forgotten")));
    assert_eq!(tracker.requests().len(), asked, "there is nothing to ask");
    computer.run(&["token", "Jooto"]).refused(4, "not_connected");
}

#[test]
fn a_jooto_is_asked_to_authorize_with_the_five_parameters_of_the_guide() {
    need_keychain!();
    let tracker = Tracker::of(Provider::Jooto);
    let computer = added(&tracker);
    let (_, answered) = connect(&computer, "Jooto", &tracker);
    let (address, query) = answered.url.split_once('?').unwrap();
    assert_eq!(address, format!("{}/oauth2/login", tracker.base_url()));
    let (redirect, state) = (format!("redirect_uri={REDIRECT}"), parameter(&answered.url, "state"));
    let state = format!("state={state}");
    let client_id = format!("client_id={CLIENT_ID}");
    assert_eq!(pairs(query), [&*client_id, "organization_id=1", &redirect, "response_type=code", &state]);
}

#[test]
fn a_jooto_is_asked_for_tokens_with_the_parameters_of_the_guide() {
    need_keychain!();
    let tracker = Tracker::of(Provider::Jooto);
    let computer = added(&tracker);
    let (_, answered) = connect(&computer, "Jooto", &tracker);
    let tokens = connection_of(&computer.sites_toml()).tokens;
    computer.run(&["token", "Jooto", "--new"]).ok();

    let requests = token_requests(&tracker);
    let [exchange, refresh] = &requests[..] else { panic!("{requests:?}") };
    for request in [exchange, refresh] {
        assert_eq!((&*request.target, request.header("content-type")), ("/oauth2/token", FORM));
        assert!(!request.headers.contains_key("authorization"), "{request:?}");
    }
    let (id, secret) = (format!("client_id={CLIENT_ID}"), format!("client_secret={CLIENT_SECRET}"));
    let (code, redirect) = (format!("code={}", answered.code), format!("redirect_uri={REDIRECT}"));
    assert_eq!(pairs(&exchange.body), [&*id, &secret, &code, "grant_type=authorization_code", &redirect]);
    let token = format!("refresh_token={}", tokens.refresh_token.unwrap().expose_secret());
    assert_eq!(pairs(&refresh.body), [&*id, &secret, "grant_type=refresh_token", &token]);
}

#[test]
fn the_api_of_a_jooto_is_asked_with_the_header_of_the_guide_and_nothing_else_of_the_token() {
    need_keychain!();
    let tracker = Tracker::of(Provider::Jooto);
    let computer = added(&tracker);
    connect(&computer, "Jooto", &tracker).0.ok();
    choose(&computer);
    numbers(&computer, "Jooto");
    let token = computer.token("Jooto");

    let requests = tracker.requests();
    let calls: Vec<_> = requests.iter().filter(|request| request.path().starts_with("/v1/")).collect();
    assert_eq!(calls.len(), 2 + 4 * 2, "two lists, and four counts of two projects each");
    for call in calls {
        assert_eq!((&*call.method, call.header("authorization")), ("GET", &*format!("Bearer {token}")));
        assert!(!call.target.contains(&token) && call.body.is_empty(), "{call:?}");
    }
}
