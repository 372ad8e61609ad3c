//! GitLab, by docs.gitlab.com: OAuth 2.0 identity provider API, issues, issues statistics, to-do items.

use super::*;
use crate::support::json as json_answer;

const TOKEN: &str = "/lab/oauth/token";

async fn gitlab(application: &str) -> Product {
    let product = Product::new("gitlab", Some(application), Redirect::Paste, &[("base", "/lab")]).await;
    let expired = json!({ "error": "invalid_token", "error_description": "Token is expired. You can either do re-authorization or token refresh." });
    product.server.refuses_tokens_with(json_answer(401, expired));
    product
        .server
        .answers(Ask::api("/lab/api/v4/user", &[]), json_ok(json!({ "id": 7, "username": "alice", "name": "Alice" })));
    let statistics =
        |opened: u64| json_ok(json!({ "statistics": { "counts": { "all": 40, "closed": 3, "opened": opened } } }));
    let server = &product.server;
    for (scope, opened) in [("assigned_to_me", 15), ("created_by_me", 14)] {
        server.answers(Ask::api("/lab/api/v4/issues_statistics", &[("scope", scope)]), statistics(opened));
    }
    for (due, total) in [("overdue", 6), ("today", 2)] {
        let query = [("scope", "assigned_to_me"), ("state", "opened"), ("due_date", due), ("per_page", "1")];
        server.answers(Ask::api("/lab/api/v4/issues", &query), listed("X-Total", total));
    }
    let review = [("scope", "all"), ("state", "opened"), ("reviewer_id", "7"), ("per_page", "1")];
    server.answers(Ask::api("/lab/api/v4/merge_requests", &review), listed("X-Total", 4));
    server.answers(Ask::api("/lab/api/v4/todos", &[("state", "pending"), ("per_page", "1")]), listed("X-Total", 9));
    product
}

async fn connected() -> Product {
    let product = gitlab("confidential").await;
    let connected = product.connects(exchange(TOKEN, &[SECRET, BACK, VERIFIER]), pair(1, 7200)).await;
    assert_eq!(connected.identity.unwrap().text, "alice");
    product
}

#[tokio::test]
async fn gitlab_is_asked_to_authorize_with_pkce_and_one_scope() {
    let product = gitlab("confidential").await;

    let (attempt, asked) = product.begun().await;

    assert_eq!(attempt.url.path(), "/lab/oauth/authorize");
    assert_eq!(asked, authorizing(PASTED, &[("scope", "read_api"), PKCE]));
}

#[tokio::test]
async fn gitlab_counts_what_its_pages_list() {
    let product = connected().await;

    let wanted =
        [("assigned_open", 15), ("overdue", 6), ("due_today", 2), ("created_open", 14), ("review", 4), ("todos", 9)];
    assert_eq!(product.counts().await, numbers(&wanted));
    assert_eq!(
        page(&product, "overdue"),
        "/lab/dashboard/issues?state=opened&assignee_username=alice&due_date=overdue"
    );
    assert_eq!(page(&product, "review"), "/lab/dashboard/merge_requests?state=opened&reviewer_username=alice");
}

#[tokio::test]
async fn gitlab_refreshes_an_expired_token_with_the_redirect_of_its_sign_in() {
    let product = connected().await;
    let again = |token| refresh(TOKEN, token, &[SECRET, BACK]);
    product.server.answers(again("refresh-1"), json_ok(pair(2, 7200)));
    product.server.knows_only(&["access-2"]);

    assert_eq!(product.counts().await.len(), 6);

    assert_eq!(product.here.store.refresh_token(&product.site).as_deref(), Some("refresh-2"));
    let words = "The provided authorization grant is invalid, expired or revoked.";
    let refusal = json!({ "error": "invalid_grant", "error_description": words });
    product.server.answers(again("refresh-2"), json_answer(400, refusal));
    product.server.knows_only(&[]);
    assert_eq!(product.counts_refused().await, (ErrorCode::NeedsSignIn, Some(words.to_owned())));
}

#[tokio::test]
async fn gitlab_needs_no_secret_of_a_public_application() {
    let product = gitlab("public").await;
    product.connects(exchange(TOKEN, &[BACK, VERIFIER]), pair(1, 7200)).await;
    for (token, hint) in [("refresh-1", "refresh_token"), ("access-1", "access_token")] {
        product.server.answers(revocation("/lab/oauth/revoke", token, hint, &[]), json_ok(json!({})));
    }
    product.server.knows_only(&[]);

    let revocation = product.revokes().await;

    assert_eq!((revocation.at_provider, revocation.refused_with), (AtProvider::Confirmed, Some(401)));
}

#[tokio::test]
async fn gitlab_says_itself_what_is_wrong() {
    let product = connected().await;
    let statistics = Ask::api("/lab/api/v4/issues_statistics", &[("scope", "assigned_to_me")]);
    product.server.answers(statistics, json_answer(500, json!({ "message": "500 Internal Server Error" })));
    assert_eq!(
        product.counts_refused().await,
        (ErrorCode::ServerTrouble, Some("500 Internal Server Error".to_owned()))
    );
}
