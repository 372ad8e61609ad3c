//! `/oauth/revoke` (RFC 7009).

use axum::Json;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::params::{Credentials, Params};
use crate::site::Shared;

/// A token that is unknown, or revoked already, or not there, is a success; a client that is not proved is not.
pub(crate) async fn revoke(
    State(site): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let params = Params::from_request(query.as_deref(), &headers, &body);
    let credentials = match Credentials::from_request(&headers, &params) {
        Ok(credentials) => credentials,
        Err(refusal) => return refusal.into_response(),
    };
    let mut world = site.world();
    let Ok(app) = world.authenticate(credentials.as_ref()).map(|app| app.id.clone()) else {
        return not_yours();
    };
    let now = world.clock.now();
    let found =
        params.get("token").and_then(|token| world.grants.for_revocation(token, params.get("token_type_hint"), now));
    match found {
        Some(record) if record.app() != app => return not_yours(),
        Some(record) => record.revoke(),
        None => {}
    }
    Json(json!({})).into_response()
}

fn not_yours() -> Response {
    let body = json!({
        "error": "unauthorized_client",
        "error_description": "You are not authorized to revoke this token",
    });
    (StatusCode::FORBIDDEN, Json(body)).into_response()
}
