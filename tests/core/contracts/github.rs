//! GitHub, by docs.github.com: authorizing OAuth apps, errors of access token requests, REST API for
//! OAuth authorizations, search, rate limits.

use super::*;
use crate::support::{answer, json as json_answer};

/// `client-1:secret-1`, as Basic credentials.
const BASIC: &str = "Basic Y2xpZW50LTE6c2VjcmV0LTE=";

fn api(path: &str, query: &[(&str, &str)]) -> Ask {
    Ask::api(path, query).with("accept", "application/vnd.github+json")
}

fn search(filter: &str) -> Ask {
    api("/api/v3/search/issues", &[("q", filter), ("per_page", "1")])
}

const ASSIGNED: &str = "is:issue is:open assignee:@me";

async fn github() -> Product {
    let inputs = [("base", ""), ("api", "/api/v3")];
    let product = Product::new("github", None, Redirect::Paste, &inputs).await;
    let server = &product.server;
    server.refuses_tokens_with(json_answer(401, json!({ "message": "Bad credentials", "status": "401" })));
    server.answers(api("/api/v3/user", &[]), json_ok(json!({ "login": "alice", "id": 1, "type": "User" })));
    let total = |total: u64| json_ok(json!({ "total_count": total, "incomplete_results": false, "items": [] }));
    server.answers(search(ASSIGNED), total(15));
    server.answers(search("is:issue is:open author:@me"), total(14));
    server.answers(search("is:issue is:open mentions:@me"), total(5));
    server.answers(search("is:pr is:open review-requested:@me"), total(4));
    server.answers(search(&format!("is:issue is:closed assignee:@me closed:>={}", week_ago(&product))), total(3));
    product
}

/// Of the page of a count that names the day.
fn week_ago(product: &Product) -> String {
    let page = page(product, "assigned_closed_7d");
    page.rsplit("%3E%3D").next().unwrap().to_owned()
}

fn tokens() -> Ask {
    exchange("/login/oauth/access_token", &[SECRET, BACK, VERIFIER])
}

async fn connected() -> Product {
    let product = github().await;
    let body = json!({ "access_token": "access-1", "scope": "repo,gist", "token_type": "bearer" });
    let connected = product.connects(tokens(), body).await;
    assert_eq!(connected.identity.unwrap().text, "alice");
    assert_eq!(connected.scopes, ["repo", "gist"], "commas stand between the scopes of an answer");
    assert_eq!(connected.expires_at, None);
    product
}

#[tokio::test]
async fn github_is_asked_to_authorize_with_pkce() {
    let product = github().await;

    let (attempt, asked) = product.begun().await;

    assert_eq!(attempt.url.path(), "/login/oauth/authorize");
    assert_eq!(asked, authorizing(PASTED, &[("scope", "repo"), PKCE]));
}

#[tokio::test]
async fn github_counts_with_the_searches_of_its_pages() {
    let product = connected().await;

    let wanted =
        [("assigned_open", 15), ("created_open", 14), ("mentioned_open", 5), ("review", 4), ("assigned_closed_7d", 3)];
    assert_eq!(product.counts().await, numbers(&wanted));

    let searched: Vec<_> = product.server.take_asked().iter().filter_map(|asked| asked.query().remove("q")).collect();
    let shown = product.site.provider.counts.iter().map(|count| {
        let url = Url::parse(&format!("https://x.example{}", page(&product, &count.id))).unwrap();
        query_of(&url).remove("q").unwrap()
    });
    assert_eq!(searched, shown.collect::<Vec<_>>());
}

#[tokio::test]
async fn github_tells_a_bad_code_with_status_200() {
    for (error, words, code) in [
        ("bad_verification_code", "The code passed is incorrect or expired.", ErrorCode::CodeRefused),
        (
            "incorrect_client_credentials",
            "The client_id and/or client_secret passed are incorrect.",
            ErrorCode::ClientRefused,
        ),
        ("unverified_user_email", "The user must have a verified primary email.", ErrorCode::UnexpectedAnswer),
    ] {
        let product = github().await;
        product
            .server
            .answers(tokens(), json_ok(json!({ "error": error, "error_description": words, "error_uri": "/x" })));
        let (attempt, _) = product.begun().await;

        let refusal = refused(product.pastes(&attempt).await);

        assert_eq!((refusal.code, refusal.detail.as_deref()), (code, Some(words)));
        assert!(product.here.store.connection(&product.site).is_none());
    }
}

#[tokio::test]
async fn github_tokens_that_are_refused_are_told_and_cannot_be_refreshed() {
    let product = connected().await;
    assert_eq!(product.here.store.refresh_token(&product.site), None);
    product.here.clock.forward(400 * 24 * 3600);
    product.server.knows_only(&[]);

    assert_eq!(product.counts_refused().await.0, ErrorCode::NotConfirmed);

    let asked = product.server.take_asked();
    assert!(asked.iter().all(|asked| asked.method == "GET"), "there is nothing to refresh with");
}

#[tokio::test]
async fn github_ends_a_token_by_deleting_it() {
    for (status, outcome) in
        [(204, AtProvider::Confirmed), (404, AtProvider::AlreadyGone), (422, AtProvider::AlreadyGone)]
    {
        let product = connected().await;
        let delete = Ask::delete("/api/v3/applications/client-1/token", json!({ "access_token": "access-1" }));
        product.server.answers(delete.with("authorization", BASIC), answer(status));
        product.server.knows_only(&[]);

        let revocation = product.revokes().await;

        assert_eq!((revocation.at_provider, revocation.refused_with), (outcome, Some(401)), "{status}");
        assert!(revocation.forgotten);
    }
}

#[tokio::test]
async fn a_github_token_that_could_not_be_ended_is_named_when_its_successor_is_revoked() {
    let product = connected().await;
    let delete = |token: &str, status: u16| {
        let ask = Ask::delete("/api/v3/applications/client-1/token", json!({ "access_token": token }));
        product.server.answers(ask.with("authorization", BASIC), answer(status));
    };
    delete("access-1", 500);
    product.server.answers(tokens(), json_ok(json!({ "access_token": "access-2", "token_type": "bearer" })));
    product.server.knows_only(&["access-1", "access-2"]);
    let (attempt, _) = product.begun().await;
    product.pastes(&attempt).await.unwrap();
    delete("access-1", 204);
    delete("access-2", 204);
    product.server.knows_only(&[]);

    assert_eq!(product.revokes().await.at_provider, AtProvider::Confirmed);

    let asked = product.server.take_asked();
    let ended: Vec<_> =
        asked.iter().filter(|asked| asked.method == "DELETE").map(|asked| asked.body.as_str()).collect();
    assert_eq!(ended, [r#"{"access_token":"access-1"}"#, r#"{"access_token":"access-2"}"#]);
}

#[tokio::test]
async fn github_asks_to_wait_with_403() {
    let product = connected().await;
    let words = "API rate limit exceeded for user ID 1.";
    let limited = json_answer(403, json!({ "message": words }));
    let primary = limited.clone().insert_header("date", "Mon, 16 Nov 2020 00:00:20 GMT");
    let primary = primary.insert_header("x-ratelimit-remaining", "0").insert_header("x-ratelimit-reset", "1605484860");
    for (limited, wait) in [(primary, 40), (limited.insert_header("retry-after", "60"), 60)] {
        product.server.answers(search(ASSIGNED), limited);
        let error = refused(product.here.desk.count(&product.site).await);
        assert_eq!((error.code, error.detail.as_deref()), (ErrorCode::RateLimited, Some(words)));
        assert_eq!(error.retry_after.unwrap().as_secs(), wait);
    }
}
