//! Gitea and Forgejo, by docs.gitea.com and forgejo.org/docs: their pages on the OAuth provider and on
//! the API, and the API's own description (`/api/swagger`).

use super::*;
use crate::support::json as json_answer;

const TOKEN: &str = "/git/login/oauth/access_token";
const SEARCH: &str = "/git/api/v1/repos/issues/search";

async fn gitea(application: &str) -> Product {
    let product = Product::new("gitea", Some(application), Redirect::Paste, &[("base", "/git")]).await;
    let server = &product.server;
    server.refuses_tokens_with(json_answer(401, json!({ "message": "token is required", "url": "/api/swagger" })));
    server.answers(Ask::api("/git/api/v1/user", &[]), json_ok(json!({ "id": 3, "login": "alice", "full_name": "" })));
    for (filter, total) in [("assigned", 15), ("created", 14), ("mentioned", 5)] {
        let query = [("type", "issues"), ("state", "open"), ("limit", "1"), (filter, "true")];
        server.answers(Ask::api(SEARCH, &query), listed("X-Total-Count", total));
    }
    let review = [("type", "pulls"), ("state", "open"), ("limit", "1"), ("review_requested", "true")];
    server.answers(Ask::api(SEARCH, &review), listed("X-Total-Count", 4));
    server.answers(Ask::api("/git/api/v1/notifications/new", &[]), json_ok(json!({ "new": 9 })));
    product
}

async fn connected() -> Product {
    let product = gitea("public").await;
    let connected = product.connects(exchange(TOKEN, &[BACK, VERIFIER]), pair(1, 3600)).await;
    assert_eq!(connected.identity.unwrap().text, "alice");
    product
}

#[tokio::test]
async fn gitea_is_asked_to_authorize_for_what_is_read() {
    let product = gitea("public").await;

    let (attempt, asked) = product.begun().await;

    assert_eq!(attempt.url.path(), "/git/login/oauth/authorize");
    let scope = "read:issue read:notification read:user";
    assert_eq!(asked, authorizing(PASTED, &[("scope", scope), PKCE]));
}

#[tokio::test]
async fn gitea_takes_any_port_of_public_applications_only() {
    let product = gitea("public").await;
    let provider = &product.site.provider;
    let lines = |id| provider.redirect_lines(provider.application(Some(id)).unwrap());

    assert_eq!(lines("public"), ["http://127.0.0.1/callback"]);
    assert_eq!(lines("confidential"), [PASTED]);
}

#[tokio::test]
async fn gitea_counts_what_its_pages_list() {
    let product = connected().await;

    let wanted = [("assigned_open", 15), ("created_open", 14), ("mentioned_open", 5), ("review", 4), ("unread", 9)];
    assert_eq!(product.counts().await, numbers(&wanted));
    assert_eq!(page(&product, "created_open"), "/git/issues?type=created_by&state=open");
    assert_eq!(page(&product, "review"), "/git/pulls?type=review_requested&state=open");
}

#[tokio::test]
async fn gitea_refreshes_an_expired_token_and_tells_when_it_cannot() {
    let product = connected().await;
    product.server.answers(refresh(TOKEN, "refresh-1", &[]), json_ok(pair(2, 3600)));
    product.server.knows_only(&["access-2"]);
    assert_eq!(product.counts().await.len(), 5);

    let error = json!({ "error": "invalid_grant", "error_description": "token was already used" });
    product.server.answers(refresh(TOKEN, "refresh-2", &[]), json_answer(400, error));
    product.server.knows_only(&[]);

    assert_eq!(product.counts_refused().await, (ErrorCode::NeedsSignIn, Some("token was already used".to_owned())));
}

#[tokio::test]
async fn gitea_has_no_way_to_revoke_and_that_is_told() {
    let product = gitea("confidential").await;
    product.connects(exchange(TOKEN, &[SECRET, BACK, VERIFIER]), pair(1, 3600)).await;

    let revocation = product.revokes().await;

    assert_eq!((revocation.at_provider, revocation.forgotten), (AtProvider::Unsupported, true));
    assert!(product.server.take_asked().is_empty());
}

#[tokio::test]
async fn gitea_says_itself_what_is_missing_and_that_it_is_gitea() {
    let product = connected().await;
    let words = "token does not have at least one of required scope(s): [read:notification]";
    product
        .server
        .answers(Ask::api("/git/api/v1/notifications/new", &[]), json_answer(403, json!({ "message": words })));
    let counts = product.counts().await;
    assert_eq!(counts.last().unwrap(), &("unread".to_owned(), None), "this count alone");
    assert_eq!(counts[0], ("assigned_open".to_owned(), Some(15)));

    product.server.answers(Ask::look("/git/api/v1/version"), json_ok(json!({ "version": "1.25.4" })));
    product.server.answers(Ask::look("/git/.well-known/openid-configuration"), json_ok(json!({ "issuer": "x" })));
    let found = product.here.desk.check("gitea", &product.site.site.inputs, None).await.unwrap();
    assert!(found.iter().all(|finding| finding.error.is_none()) && found.len() == 3);
}
