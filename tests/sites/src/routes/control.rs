//! What tests in other processes ask. Only JSON is taken, so that no web page can post here without a preflight.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::authorize::{self, Approval};
use crate::change::Change;
use crate::site::Shared;
use crate::traffic::Traffic;

/// `POST /_control`.
pub(crate) async fn change(State(site): State<Shared>, Json(change): Json<Change>) -> (StatusCode, Json<Value>) {
    match site.world().apply(change) {
        Ok(()) => (StatusCode::OK, Json(json!({}))),
        Err(reason) => (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "error": reason }))),
    }
}

/// `GET /_stats`.
pub(crate) async fn stats(State(site): State<Shared>) -> Json<Traffic> {
    let world = site.world();
    Json(world.traffic())
}

/// A person's visit to an authorization address.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Visit {
    authorize_url: String,
    #[serde(default)]
    deny: bool,
}

/// `POST /_approve`.
pub(crate) async fn approve(State(site): State<Shared>, Json(visit): Json<Visit>) -> Json<Approval> {
    Json(authorize::answer(&mut site.world(), &visit.authorize_url, !visit.deny))
}
