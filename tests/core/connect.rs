//! What goes to the browser, and what goes to the token endpoint.

use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::json;
use tallykey_core::model::known::State;
use tallykey_core::{ErrorCode, Secret};

use crate::support::{Here, code, form, html, json as answer_json, refused};

#[tokio::test]
async fn the_browser_is_sent_to_the_sites_own_authorization_endpoint() {
    let here = Here::new().await;
    let (_, attempt) = here.begun().await;

    here.desk.open_attempt(&attempt.id).await.unwrap();

    let opened = here.browser.opened();
    assert_eq!(opened, [attempt.url]);
    assert!(opened[0].as_str().starts_with(&format!("{}/oauth/authorize?", here.redmine.base())), "{}", opened[0]);
    assert!(here.redmine.take_asked().is_empty(), "nothing is asked before a code is pasted");
}

#[tokio::test]
async fn the_authorization_request_has_everything_the_specifications_ask_for() {
    let here = Here::new().await;
    let (_, attempt) = here.begun().await;

    let query: std::collections::BTreeMap<_, _> = attempt.url.query_pairs().into_owned().collect();

    let keys: Vec<_> = query.keys().map(String::as_str).collect();
    let wanted =
        ["client_id", "code_challenge", "code_challenge_method", "redirect_uri", "response_type", "scope", "state"];
    assert_eq!(keys, wanted);
    assert_eq!(query["response_type"], "code");
    assert_eq!(query["client_id"], "tallykey-read");
    assert_eq!(query["redirect_uri"], "urn:ietf:wg:oauth:2.0:oob");
    assert_eq!(query["code_challenge_method"], "S256");
    assert_eq!(query["scope"], "view_issues");
    assert!(query["state"].len() >= 22, "128 bits of base64");
}

#[tokio::test]
async fn the_redirect_is_encoded_and_scopes_are_parted_by_percent_20() {
    let here = Here::new().await;
    let mut form = here.form("Harbour");
    form.scopes = vec!["view_issues".to_owned(), "edit_issues".to_owned()];
    let site = here.desk.add(form).await.unwrap();

    let attempt = here.desk.begin_connect(site).await.unwrap();

    let query = attempt.url.query().unwrap();
    assert!(query.contains("redirect_uri=urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob"), "{query}");
    assert!(query.contains("scope=view_issues%20edit_issues"), "{query}");
    assert!(!query.contains('+'), "{query}");
}

#[tokio::test]
async fn every_attempt_has_a_state_and_a_challenge_of_its_own() {
    let here = Here::new().await;
    let (site, first) = here.begun().await;

    let second = here.desk.begin_connect(site).await.unwrap();

    let of =
        |url: &tallykey_core::Url, name: &str| url.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    assert_ne!(of(&first.url, "state"), of(&second.url, "state"));
    assert_ne!(of(&first.url, "code_challenge"), of(&second.url, "code_challenge"));
    assert_eq!(code(here.finish(&first).await), ErrorCode::AttemptOver, "the first was given up");
}

#[tokio::test]
async fn a_pasted_code_is_exchanged_by_one_form_that_proves_who_asks() {
    let here = Here::new().await;
    let (_, attempt) = here.begun().await;

    here.finish(&attempt).await.unwrap();

    let asked = here.redmine.asked("/oauth/token");
    let [exchange] = &asked[..] else { panic!("one request, not {}", asked.len()) };
    assert_eq!(exchange.header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(exchange.field("grant_type").as_deref(), Some("authorization_code"));
    assert_eq!(exchange.field("redirect_uri").as_deref(), Some("urn:ietf:wg:oauth:2.0:oob"));
    assert_eq!(exchange.field("code").as_deref(), Some("a-code-of-thirty-characters-0000"));
    assert!(exchange.header("authorization").starts_with("Basic "));
    assert_eq!(exchange.field("client_secret"), None, "two ways to authenticate are refused");
    assert_eq!(exchange.url.query(), None, "nothing of it in an address");
}

#[tokio::test]
async fn the_verifier_of_the_exchange_matches_the_challenge_in_the_address() {
    let here = Here::new().await;
    let (_, attempt) = here.begun().await;

    here.finish(&attempt).await.unwrap();

    let verifier = here.redmine.asked("/oauth/token")[0].field("code_verifier").unwrap();
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
    let sent = attempt.url.query_pairs().find(|(key, _)| key == "code_challenge").unwrap().1.into_owned();
    assert_eq!(challenge.as_str(), sent);
    assert!((43..=128).contains(&verifier.len()), "RFC 7636 §4.1");
}

#[tokio::test]
async fn client_id_and_secret_are_form_encoded_before_they_become_credentials() {
    let here = Here::new().await;
    let mut form = here.form("Harbour");
    form.client_id = "id:with colon".to_owned();
    form.client_secret = Some(Secret::from("s:e%c r+t/é"));
    // base64 of "id%3Awith+colon:s%3Ae%25c+r%2Bt%2F%C3%A9" (RFC 6749 §2.3.1)
    here.redmine.knows_client("Basic aWQlM0F3aXRoK2NvbG9uOnMlM0FlJTI1YytyJTJCdCUyRiVDMyVBOQ==");
    let site = here.desk.add(form).await.unwrap();

    here.connect_again(&site).await.unwrap();
    here.desk.revoke(&site).await.unwrap();

    assert!(here.redmine.living().is_empty(), "exchange and revocation were both let in");
}

#[tokio::test]
async fn a_connected_site_tells_who_it_acts_as_and_for_how_long() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    let pasted = here.redmine.approve(&attempt.url);

    let (account, connected) = here.desk.finish_connect(&attempt.id, &pasted).await.unwrap();

    assert_eq!(account.site.id, site.site.id);
    assert!(connected.unsaved.is_none());
    assert_eq!(connected.identity.unwrap().text, "alice");
    let known = here.known(&site);
    assert_eq!(known.state, State::Connected);
    assert_eq!(known.identity.unwrap().text, "alice");
    let token = known.token.unwrap();
    assert_eq!(token.tail, "0000");
    assert_eq!(token.expires_at.unwrap().to_string(), "2026-11-22T12:00:00Z");
    assert_eq!(token.scopes, ["view_issues"]);
}

#[tokio::test]
async fn fewer_scopes_than_asked_for_are_shown_as_what_was_granted() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    let tokens = json!({"access_token": "abc", "token_type": "bearer", "scope": "view_project search_project"});
    here.redmine.next("/oauth/token", answer_json(200, tokens));
    here.redmine.always("/users/current.json", answer_json(200, json!({"user": {"id": 5, "login": "alice"}})));

    here.finish(&attempt).await.unwrap();

    assert_eq!(here.known(&site).token.unwrap().scopes, ["view_project", "search_project"]);
}

#[tokio::test]
async fn without_a_client_secret_nothing_is_opened() {
    let here = Here::new().await;
    let mut form = here.form("Harbour");
    form.client_secret = None;
    let site = here.desk.add(form).await.unwrap();

    let error = refused(here.desk.begin_connect(site).await);

    assert_eq!(error.code, ErrorCode::ClientSecretMissing);
    assert_eq!(error.site.as_deref(), Some("Harbour"));
    assert!(here.desk.attempt().is_none());
}

#[tokio::test]
async fn a_browser_that_does_not_start_leaves_the_attempt_waiting() {
    let here = Here::new().await;
    let (_, attempt) = here.begun().await;
    here.browser.breaks();

    let error = refused(here.desk.open_attempt(&attempt.id).await);

    assert_eq!((error.code, error.site.as_deref()), (ErrorCode::BrowserFailed, Some("Harbour")));
    here.finish(&attempt).await.expect("the address can be opened by hand");
}

#[tokio::test]
async fn a_wrong_client_secret_is_told_apart_from_a_wrong_code() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.desk.set_client_secret(&site, Secret::from("mistyped")).await.unwrap();

    let error = refused(here.finish(&attempt).await);

    assert_eq!(error.code, ErrorCode::ClientRefused);
    assert!(here.store.connection(&site).is_none());
    here.desk.set_client_secret(&site, Secret::from(crate::support::CLIENT_SECRET)).await.unwrap();
    here.finish(&attempt).await.expect("the attempt still waits");
}

#[tokio::test]
async fn a_scope_the_application_may_not_have_is_told() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.redmine.next("/oauth/token", answer_json(400, json!({"error": "invalid_scope"})));

    assert_eq!(code(here.finish(&attempt).await), ErrorCode::ScopeRefused);
    assert!(here.store.connection(&site).is_none());
}

#[tokio::test]
async fn a_token_endpoint_that_shows_a_web_page_makes_no_connection() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.redmine.next("/oauth/token", html(200, "Welcome to the hotel"));

    assert_eq!(code(here.finish(&attempt).await), ErrorCode::UnexpectedAnswer);
    assert!(here.store.connection(&site).is_none());
}

#[tokio::test]
async fn an_api_that_is_switched_off_makes_no_connection_and_leaves_no_grant() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    let pasted = here.redmine.approve(&attempt.url);
    here.redmine.rest_off();

    assert_eq!(code(here.desk.finish_connect(&attempt.id, &pasted).await), ErrorCode::ApiOff);

    assert!(here.store.connection(&site).is_none());
    assert!(here.redmine.living().is_empty(), "the new tokens were revoked");
}

#[tokio::test]
async fn a_server_that_cannot_say_who_it_is_now_costs_no_connection() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.redmine.next("/users/current.json", html(503, "later"));

    here.finish(&attempt).await.unwrap();

    assert_eq!(here.known(&site).identity, None);
    here.desk.count(&site).await.unwrap();
    assert_eq!(here.known(&site).identity.unwrap().text, "alice");
    assert_eq!(here.store.connection(&site).unwrap().identity.unwrap().text, "alice");
}

#[tokio::test]
async fn a_site_in_a_folder_is_asked_in_its_folder() {
    let here = Here::with(crate::support::Redmine::at("/redmine").await);
    let site = here.desk.add(form("Harbour", &format!("{}/", here.redmine.base()))).await.unwrap();

    here.connect_again(&site).await.unwrap();
    here.desk.count(&site).await.unwrap();

    assert!(here.redmine.take_asked().iter().all(|asked| asked.path().starts_with("/redmine/")));
}
