//! Which path does what at a Jooto.

use axum::Router;
use axum::routing::{get, post};

use super::{api, token};
use crate::routes::{consent, pages};
use crate::site::Shared;

pub(crate) fn router() -> Router<Shared> {
    Router::new()
        .route("/", get(pages::start))
        .route("/boards", get(pages::start))
        .route("/applications", get(pages::applications))
        .route("/oauth2/login", get(consent::ask).post(consent::decide))
        .route("/oauth2/token", post(token::token))
        .route("/v1/users", get(api::users))
        .route("/v1/boards", get(api::boards))
        .route("/v1/boards/{id}/tasks", get(api::tasks))
        .route("/v1/organizations/{id}", get(api::organization))
        .route("/organizations/{id}", get(api::organization))
        .fallback(api::not_found)
        .method_not_allowed_fallback(api::not_found)
}
