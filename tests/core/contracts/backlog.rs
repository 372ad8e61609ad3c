//! Backlog, by developer.nulab.com: authentication, count issue, count notification, error response,
//! rate limit.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::*;
use crate::support::json as json_answer;

const TOKEN: &str = "/api/v2/oauth2/token";
const COUNT: &str = "/api/v2/issues/count";

fn error(status: u16, code: u8, message: &str) -> Answer {
    json_answer(status, json!({ "errors": [{ "message": message, "code": code, "moreInfo": "" }] }))
}

/// A day as seen from where the test runs.
fn day(now: Timestamp, later: i64) -> String {
    let today = now.to_zoned(TimeZone::system()).date();
    today.checked_add(Span::new().days(later)).unwrap().to_string()
}

async fn backlog() -> Product {
    let product = Product::new("backlog", None, Redirect::Paste, &[("base", "")]).await;
    let server = &product.server;
    server.refuses_tokens_with(error(401, 11, "Authentication failure."));
    let me = json!({ "id": 42, "userId": "alice", "name": "Alice", "roleType": 2, "lang": "ja" });
    server.answers(Ask::api("/api/v2/users/myself", &[]), json_ok(me));
    let now = product.here.outside().now();
    let (today, yesterday) = (day(now, 0), day(now, -1));
    let counts = [
        (vec![("assigneeId[]", "42")], 20, 5),
        (vec![("assigneeId[]", "42"), ("dueDateUntil", &yesterday)], 9, 3),
        (vec![("assigneeId[]", "42"), ("dueDateSince", &today), ("dueDateUntil", &today)], 2, 0),
        (vec![("createdUserId[]", "42")], 30, 16),
    ];
    for (query, all, closed) in counts {
        server.answers(Ask::api(COUNT, &query), json_ok(json!({ "count": all })));
        let query = [&query[..], &[("statusId[]", "4")]].concat();
        server.answers(Ask::api(COUNT, &query), json_ok(json!({ "count": closed })));
    }
    let unread = Ask::api("/api/v2/notifications/count", &[("resourceAlreadyRead", "false")]);
    server.answers(unread, json_ok(json!({ "count": 138 })));
    product
}

async fn connected() -> Product {
    let product = backlog().await;
    let connected = product.connects(exchange(TOKEN, &[SECRET, BACK]), pair(1, 3600)).await;
    assert_eq!(connected.identity.unwrap().text, "Alice");
    product
}

#[tokio::test]
async fn backlog_is_asked_to_authorize_with_nothing_it_does_not_name() {
    let product = backlog().await;

    let (attempt, asked) = product.begun().await;

    assert_eq!(attempt.url.path(), "/OAuth2AccessRequest.action");
    assert_eq!(asked, authorizing(PASTED, &[]));
}

#[tokio::test]
async fn backlog_counts_what_is_not_closed() {
    let product = connected().await;

    let wanted = [("assigned_open", 15), ("overdue", 6), ("due_today", 2), ("created_open", 14), ("unread", 138)];
    assert_eq!(product.counts().await, numbers(&wanted));
}

#[tokio::test]
async fn backlog_counts_for_a_person_it_could_not_name_before() {
    let product = backlog().await;
    let later = || error(503, 1, "later");
    product.server.answers(Ask::api("/api/v2/users/myself", &[]), later());
    let connected = product.connects(exchange(TOKEN, &[SECRET, BACK]), pair(1, 3600)).await;
    assert_eq!(connected.identity, None);
    assert_eq!(product.counts_refused().await.0, ErrorCode::ServerTrouble);

    product.server.answers(Ask::api("/api/v2/users/myself", &[]), json_ok(json!({ "id": 42, "name": "Alice" })));

    assert_eq!(product.counts().await[0], ("assigned_open".to_owned(), Some(15)));
}

#[tokio::test]
async fn backlog_refreshes_an_expired_token_and_tells_when_it_cannot() {
    let product = connected().await;
    product.server.answers(refresh(TOKEN, "refresh-1", &[SECRET]), json_ok(pair(2, 3600)));
    product.server.knows_only(&["access-2"]);
    assert_eq!(product.counts().await.len(), 5);

    product
        .server
        .answers(refresh(TOKEN, "refresh-2", &[SECRET]), json_answer(400, json!({ "error": "invalid_grant" })));
    product.server.knows_only(&[]);

    assert_eq!(product.counts_refused().await, (ErrorCode::NeedsSignIn, Some("invalid_grant".to_owned())));
}

#[tokio::test]
async fn backlog_has_no_way_to_revoke_and_that_is_told() {
    let product = connected().await;
    product.server.take_asked();

    let revocation = product.revokes().await;

    assert_eq!((revocation.at_provider, revocation.forgotten), (AtProvider::Unsupported, true));
    assert!(product.server.take_asked().is_empty());
}

#[tokio::test]
async fn backlog_says_itself_what_is_wrong_and_when_there_is_more() {
    let product = connected().await;
    let unread = || Ask::api("/api/v2/notifications/count", &[("resourceAlreadyRead", "false")]);
    product.server.answers(unread(), error(400, 7, "Invalid request."));
    assert_eq!(product.counts_refused().await, (ErrorCode::UnexpectedAnswer, Some("Invalid request.".to_owned())));

    let limited = error(429, 13, "Too many requests.")
        .insert_header("date", "Mon, 16 Nov 2020 00:00:20 GMT")
        .insert_header("X-RateLimit-Remaining", "0")
        .insert_header("X-RateLimit-Reset", "1605484860");
    product.server.answers(unread(), limited);
    let error = refused(product.here.desk.count(&product.site).await);
    assert_eq!((error.code, error.retry_after.unwrap().as_secs()), (ErrorCode::RateLimited, 40));
}
