//! Whatever the token endpoint answers to a refresh: the connection lives on, and the code says
//! what it was.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Value, json};
use tallykey_core::ErrorCode as C;
use tallykey_core::flows::refresh::Need;
use tallykey_core::model::known::State;

use crate::support::{Answer, Here, TOKEN_LIFE, answer, code, html, json as json_answer, refused};

const OLD: &str = "a-refresh-token-of-many-letters-0000";

/// Refreshes against one answer; the connection must be as it was and the next try must succeed.
async fn survives(name: &str, answer: Answer) -> tallykey_core::Error {
    let here = Here::new().await;
    let site = here.stale().await;
    let before = here.store.everything();
    here.redmine.next("/oauth/token", answer);

    let error = refused(here.use_site(&site).await);

    assert_eq!(here.redmine.take_asked().len(), 1, "{name}: one request, followed nowhere");
    assert_eq!(here.store.everything(), before, "{name}");
    assert_eq!(here.known(&site).state, State::Connected, "{name}");
    assert_eq!(here.known(&site).trouble.map(|trouble| trouble.code), Some(error.code), "{name}");
    here.use_site(&site).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(here.known(&site).token.unwrap().tail, "0001", "{name}");
    error
}

#[tokio::test]
async fn no_answer_but_a_confirmed_refusal_costs_the_connection() {
    let invalid_grant = || json!({ "error": "invalid_grant" });
    for (name, answer, wanted) in [
        ("a captive portal", html(200, "Welcome to the hotel"), C::UnexpectedAnswer),
        ("nothing", answer(204), C::UnexpectedAnswer),
        ("an empty page", answer(200), C::UnexpectedAnswer),
        ("half an answer", answer(200).set_body_raw("{\"access_token\":\"ab", "application/json"), C::UnexpectedAnswer),
        ("no access token", json_answer(200, json!({ "token_type": "Bearer" })), C::UnexpectedAnswer),
        ("a list", json_answer(200, json!([1, 2])), C::UnexpectedAnswer),
        ("a redirect", answer(302).insert_header("location", "/elsewhere"), C::UnexpectedAnswer),
        ("a redirect that repeats", answer(307).insert_header("location", "/oauth/token"), C::UnexpectedAnswer),
        ("a refusal without words", answer(400), C::UnexpectedAnswer),
        ("an unknown refusal", json_answer(400, json!({ "error": "moon_phase" })), C::UnexpectedAnswer),
        ("a proxy's refusal", html(403, "Blocked by your company"), C::Forbidden),
        ("not found", html(404, "gone"), C::UnexpectedAnswer),
        ("a slow request", answer(408), C::ServerTrouble),
        ("a breakdown", html(500, "We are sorry"), C::ServerTrouble),
        ("a breakdown that quotes a refusal", json_answer(502, invalid_grant()), C::ServerTrouble),
        ("a pause", json_answer(503, json!({ "error": "temporarily_unavailable" })), C::ServerTrouble),
        ("too many requests", json_answer(429, invalid_grant()), C::RateLimited),
        ("an error with status 200", json_answer(200, json!({ "error": "server_error" })), C::ServerTrouble),
        ("a wrong secret", json_answer(401, json!({ "error": "invalid_client" })), C::ClientRefused),
        ("a wrong scope", json_answer(400, json!({ "error": "invalid_scope" })), C::ScopeRefused),
        ("a large body", answer(200).set_body_string("x".repeat(1024 * 1024 + 1)), C::UnexpectedAnswer),
        ("no text at all", answer(200).set_body_bytes([0xff, 0xfe, 0x00]), C::UnexpectedAnswer),
    ] {
        let error = survives(name, answer).await;
        assert_eq!(error.code, wanted, "{name}");
        assert_eq!(error.site.as_deref(), Some("Harbour"), "{name}");
        assert!(error.host.is_some_and(|host| host.starts_with("127.0.0.1:")), "{name}");
    }
}

#[tokio::test]
async fn a_refusal_with_status_200_is_a_refusal() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.redmine.always("/oauth/token", json_answer(200, json!({ "error": "invalid_grant" })));

    assert_eq!(code(here.use_site(&site).await), C::NeedsSignIn);
}

#[tokio::test]
async fn a_closed_connection_is_a_server_that_was_not_reached() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.redmine.hangs_up_on("/oauth/token");

    let error = refused(here.use_site(&site).await);

    assert_eq!(error.code, C::Unreachable);
    assert_eq!(here.store.refresh_token(&site).as_deref(), Some(OLD));
    here.redmine.recovers();
    here.use_site(&site).await.unwrap();
}

#[tokio::test]
async fn an_answer_that_never_comes_is_given_up() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.redmine.always("/oauth/token", answer(200).set_delay(Duration::from_secs(4001)));
    tokio::time::pause();

    let error = refused(here.use_site(&site).await);

    assert_eq!((error.code, error.detail.as_deref()), (C::Unreachable, None));
    assert_eq!(here.store.refresh_token(&site).as_deref(), Some(OLD));
}

#[tokio::test]
async fn a_wait_the_server_asks_for_is_told_in_seconds_or_as_a_date() {
    let in_seconds = answer(429).insert_header("retry-after", "91");
    let as_a_date = answer(503)
        .insert_header("date", "Sun, 22 Nov 2026 10:00:00 GMT")
        .insert_header("retry-after", "Sun, 22 Nov 2026 10:02:05 GMT");

    assert_eq!(survives("seconds", in_seconds).await.retry_after, Some(Duration::from_secs(91)));
    assert_eq!(survives("a date", as_a_date).await.retry_after, Some(Duration::from_secs(125)));
}

#[tokio::test]
async fn an_absurd_wait_is_no_wait() {
    for wait in ["-5", "soon", "Sun, 06 Nov 1994 08:49:37 GMT", ""] {
        let error = survives(wait, answer(429).insert_header("retry-after", wait)).await;
        assert_eq!(error.retry_after, None, "{wait}");
    }
    survives("for ever", answer(429).insert_header("retry-after", u64::MAX.to_string().as_str())).await;
}

/// Refreshes with one good answer; the time the new token ends, counted from now.
async fn life_after(members: Value) -> Option<SignedDuration> {
    let here = Here::new().await;
    let site = here.stale().await;
    let mut tokens = json!({ "access_token": "new-access", "refresh_token": "new-refresh", "token_type": "Bearer" });
    tokens.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    here.redmine.next("/oauth/token", json_answer(200, tokens));

    assert_eq!(here.use_site(&site).await.unwrap(), "new-access");

    let tokens = here.store.connection(&site).unwrap().tokens;
    tokens.expires_at.map(|end| end.duration_since(tokens.obtained_at))
}

#[tokio::test]
async fn a_lifetime_may_be_a_number_or_its_digits_and_have_a_fraction() {
    assert_eq!(life_after(json!({ "expires_in": 300.9 })).await, Some(SignedDuration::from_secs(300)));
    assert_eq!(life_after(json!({ "expires_in": "300.9" })).await, Some(SignedDuration::from_secs(300)));
    assert_eq!(life_after(json!({ "expires_in": 300 })).await, Some(SignedDuration::from_secs(300)));
    assert_eq!(life_after(json!({ "expires_in": "300" })).await, Some(SignedDuration::from_secs(300)));
}

#[tokio::test]
async fn a_lifetime_that_says_nothing_is_the_products_own() {
    for strange in
        [json!(0), json!("0"), json!(-1), json!(null), json!(""), json!("soon"), json!(1.5e30), json!("1e3"), json!({})]
    {
        let life = life_after(json!({ "expires_in": strange })).await;
        assert_eq!(life, Some(SignedDuration::from_secs(TOKEN_LIFE)), "{strange}");
    }
    assert_eq!(life_after(json!({})).await, Some(SignedDuration::from_secs(TOKEN_LIFE)));
}

#[tokio::test]
async fn a_lifetime_beyond_every_calendar_is_a_token_without_end() {
    assert_eq!(life_after(json!({ "expires_in": u64::MAX })).await, None);
    assert_eq!(life_after(json!({ "expires_in": 1_000_000_000_000_000_i64 })).await, None);
}

#[tokio::test]
async fn an_error_that_is_no_word_and_scopes_in_a_list_make_no_answer_useless() {
    for odd in
        [json!({ "error": false }), json!({ "error": 0 }), json!({ "scope": ["view_issues"] }), json!({ "scope": 7 })]
    {
        life_after(odd).await.unwrap();
    }
}

#[tokio::test]
async fn an_odd_token_type_is_a_bearers() {
    for kind in [json!("bearer"), json!("BEARER"), json!("Bearer "), json!("mac"), json!(null), json!(7)] {
        life_after(json!({ "token_type": kind })).await.unwrap();
    }
}

#[tokio::test]
async fn a_refresh_without_a_new_refresh_token_keeps_the_old_one() {
    for none in [json!({}), json!({ "refresh_token": null }), json!({ "refresh_token": "" })] {
        let here = Here::new().await;
        let site = here.stale().await;
        let mut tokens = json!({ "access_token": "new-access", "token_type": "Bearer" });
        tokens.as_object_mut().unwrap().extend(none.as_object().unwrap().clone());
        here.redmine.next("/oauth/token", json_answer(200, tokens));

        assert_eq!(here.use_site(&site).await.unwrap(), "new-access");

        assert_eq!(here.store.refresh_token(&site).as_deref(), Some(OLD), "{none}");
        assert!(here.store.superseded(&site).is_empty(), "{none}");
    }
}

#[tokio::test]
async fn scopes_that_shrink_at_a_refresh_are_shown() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.redmine.next("/oauth/token", json_answer(200, json!({ "access_token": "new", "scope": "view_project" })));

    here.use_site(&site).await.unwrap();

    assert_eq!(here.known(&site).token.unwrap().scopes, ["view_project"]);
}

#[tokio::test]
async fn without_a_refresh_token_the_connection_lives_as_long_as_its_access_token() {
    let here = Here::new().await;
    let site = here.connected().await;
    let mut held = here.store.connection(&site).unwrap();
    held.tokens.refresh_token = None;
    here.store.put(&site, &held);

    let day = Duration::from_secs(86_401);
    here.desk.token(&site, day, tallykey_core::CopyFormat::Raw).await.expect("it still lives, if not that long");
    here.clock.forward(TOKEN_LIFE);

    assert_eq!(code(here.use_site(&site).await), C::RanOut);
}

#[tokio::test]
async fn an_answer_that_names_no_scopes_leaves_them_as_they_were() {
    let here = Here::new().await;
    let site = here.stale().await;
    let mut held = here.store.connection(&site).unwrap();
    held.tokens.scopes = vec!["view_project".to_owned()];
    here.store.put(&site, &held);
    here.redmine.next("/oauth/token", json_answer(200, json!({ "access_token": "new" })));

    here.use_site(&site).await.unwrap();

    assert_eq!(here.store.connection(&site).unwrap().tokens.scopes, ["view_project"], "and not what was asked for");
    assert_eq!(here.known(&site).token.unwrap().scopes, ["view_project"]);
}

#[tokio::test]
async fn without_a_refresh_token_wanting_another_token_ends_nothing() {
    let here = Here::new().await;
    let site = here.connected().await;
    let mut held = here.store.connection(&site).unwrap();
    held.tokens.refresh_token = None;
    here.store.put(&site, &held);

    let other = here.desk.connection(&site, &Need::Other(held.tokens.access_token)).await;

    assert_eq!(code(other), C::NotConfirmed);
    assert!(here.store.connection(&site).unwrap().ended.is_none());
    here.use_site(&site).await.expect("it lives on");
}
