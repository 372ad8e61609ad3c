//! `OpenProject`, by openproject.org/docs: OAuth applications, API v3 filters and notifications.

use super::*;
use crate::support::json as json_answer;

const TOKEN: &str = "/oauth/token";

fn hal(status: u16, body: &Value) -> Answer {
    crate::support::answer(status).set_body_raw(body.to_string(), "application/hal+json; charset=utf-8")
}

fn error(status: u16, id: &str, message: &str) -> Answer {
    let id = format!("urn:openproject-org:api:v3:errors:{id}");
    hal(status, &json!({ "_type": "Error", "errorIdentifier": id, "message": message }))
}

fn api(path: &str, query: &[(&str, &str)]) -> Ask {
    Ask::api(path, query).with("accept", "application/hal+json")
}

type Filter = (&'static str, &'static str, &'static [&'static str]);

const OPEN: Filter = ("status", "o", &[]);
const MINE: Filter = ("assignee", "=", &["me"]);
/// Ids, numbers and filters.
const COUNTS: [(&str, u64, &[Filter]); 6] = [
    ("assigned_open", 15, &[MINE, OPEN]),
    ("overdue", 6, &[MINE, OPEN, ("dueDate", "<t-", &["1"])]),
    ("due_today", 2, &[MINE, OPEN, ("dueDate", "t", &[])]),
    ("created_open", 14, &[("author", "=", &["me"]), OPEN]),
    ("watched_open", 4, &[("watcher", "=", &["me"]), OPEN]),
    ("open", 22, &[OPEN]),
];
const UNREAD: [(&str, &str); 2] = [("pageSize", "1"), ("filters", r#"[{"readIAN":{"operator":"=","values":["f"]}}]"#)];

/// Filters as the API has them.
fn filters(filters: &[Filter]) -> String {
    let one = |(name, operator, values): &Filter| json!({ *name: { "operator": operator, "values": values } });
    filters.iter().map(one).collect::<Value>().to_string()
}

async fn openproject() -> Product {
    let product = Product::new("openproject", None, Redirect::Oob, &[("base", "")]).await;
    let server = &product.server;
    server.refuses_tokens_with(error(401, "Unauthenticated", "You need to be authenticated to access this resource."));
    server.answers(api("/api/v3/users/me", &[]), hal(200, &json!({ "_type": "User", "id": 5, "name": "Alice Ahn" })));
    let total = |total: u64| hal(200, &json!({ "_type": "Collection", "total": total, "count": 1 }));
    for (_, number, these) in COUNTS {
        let query = [("pageSize", "1"), ("filters", &*filters(these))];
        server.answers(api("/api/v3/work_packages", &query), total(number));
    }
    server.answers(api("/api/v3/notifications", &UNREAD), total(9));
    product
}

async fn connected() -> Product {
    let product = openproject().await;
    let mut answer = pair(1, 7200);
    answer["scope"] = json!("api_v3");
    let connected = product.connects(exchange(TOKEN, &[SECRET, VERIFIER, ("redirect_uri", OOB)]), answer).await;
    assert_eq!((connected.identity.unwrap().text.as_str(), connected.scopes), ("Alice Ahn", vec!["api_v3".to_owned()]));
    product
}

#[tokio::test]
async fn openproject_is_asked_to_authorize_with_consent() {
    let product = openproject().await;

    let (attempt, asked) = product.begun().await;

    assert_eq!(attempt.url.path(), "/oauth/authorize");
    assert_eq!(asked, authorizing(OOB, &[("scope", "api_v3"), ("prompt", "consent"), PKCE]));
    let provider = &product.site.provider;
    let lines = provider.redirect_lines(&provider.oauth.applications[0]);
    assert_eq!(lines, ["http://localhost:28765/callback", OOB], "http is for localhost only");
}

#[tokio::test]
async fn openproject_counts_with_the_filters_of_its_pages() {
    let product = connected().await;

    let mut wanted: Vec<_> = COUNTS.iter().map(|(id, number, _)| (*id, *number)).collect();
    wanted.push(("unread", 9));
    assert_eq!(product.counts().await, numbers(&wanted));

    for (id, _, these) in COUNTS {
        let url = Url::parse(&format!("https://x.example{}", page(&product, id))).unwrap();
        let shown: Value = serde_json::from_str(&query_of(&url)["query_props"]).unwrap();
        let wanted = these.iter().map(|(name, operator, values)| json!({ "n": name, "o": operator, "v": values }));
        assert_eq!(shown["f"], wanted.collect::<Value>(), "{id}");
    }
    assert_eq!(page(&product, "unread"), "/notifications");
}

#[tokio::test]
async fn openproject_refreshes_an_expired_token_and_tells_when_it_cannot() {
    let product = connected().await;
    product.server.answers(refresh(TOKEN, "refresh-1", &[SECRET]), json_ok(pair(2, 7200)));
    product.server.knows_only(&["access-2"]);
    assert_eq!(product.counts().await.len(), 7);

    let words = "The provided authorization grant is invalid.";
    let refusal = json_answer(400, json!({ "error": "invalid_grant", "error_description": words }));
    product.server.answers(refresh(TOKEN, "refresh-2", &[SECRET]), refusal);
    product.server.knows_only(&[]);

    assert_eq!(product.counts_refused().await, (ErrorCode::NeedsSignIn, Some(words.to_owned())));
}

#[tokio::test]
async fn openproject_ends_both_tokens() {
    let product = connected().await;
    for (token, hint) in [("refresh-1", "refresh_token"), ("access-1", "access_token")] {
        product.server.answers(revocation("/oauth/revoke", token, hint, &[SECRET]), json_ok(json!({})));
    }
    product.server.knows_only(&[]);

    let revocation = product.revokes().await;

    assert_eq!((revocation.at_provider, revocation.refused_with), (AtProvider::Confirmed, Some(401)));
}

#[tokio::test]
async fn openproject_says_itself_what_is_wrong_and_that_it_is_openproject() {
    let product = connected().await;
    let message = "Filters Read ian filter does not exist.";
    product.server.answers(api("/api/v3/notifications", &UNREAD), error(400, "InvalidQuery", message));
    assert_eq!(product.counts_refused().await, (ErrorCode::UnexpectedAnswer, Some(message.to_owned())));

    product.server.answers(Ask::look("/api/v3"), error(401, "Unauthenticated", "You need to be authenticated."));
    let found = product.here.desk.check("openproject", &product.site.site.inputs, None).await.unwrap();
    assert!(found.iter().all(|finding| finding.error.is_none()) && found.len() == 2);
}
