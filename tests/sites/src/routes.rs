//! Which path does what.

use axum::Router;
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::provider::Provider;
use crate::site::Shared;
use crate::{jooto, workfront};

pub(crate) mod api;
pub(crate) mod authorize;
pub(crate) mod consent;
mod control;
pub(crate) mod observe;
pub(crate) mod pages;
mod revoke;
mod token;

pub(crate) fn router(site: Shared) -> Router {
    let provider = site.world().provider;
    let product = match provider {
        Provider::Redmine | Provider::Planio => redmine(),
        Provider::Jooto => jooto::routes::router(),
        Provider::Workfront => workfront::routes::router(),
    };
    let product = product.layer(middleware::from_fn_with_state(site.clone(), observe::observe));
    Router::new()
        .route("/_control", post(control::change))
        .route("/_stats", get(control::stats))
        .route("/_approve", post(control::approve))
        .merge(product)
        .with_state(site)
}

fn redmine() -> Router<Shared> {
    Router::new()
        .route("/", get(pages::home))
        .route("/my/page", get(pages::home))
        .route("/issues", get(pages::issues))
        .route("/issues.json", get(api::issues))
        .route("/projects.json", get(api::projects))
        .route("/users/current.json", get(api::me))
        .route("/oauth/authorize", get(consent::ask).post(consent::decide))
        .route("/oauth/authorize/native", get(consent::show_code))
        .route("/oauth/token", post(token::token))
        .route("/oauth/token/info", get(token::info))
        .route("/oauth/revoke", post(revoke::revoke))
        .route("/oauth/applications/new", get(pages::applications))
        .route("/oauth/applications", get(pages::applications))
        .route("/oauth/authorized_applications", get(pages::authorized).post(pages::revoke_authorized))
        .fallback(not_found)
        .method_not_allowed_fallback(not_found)
}

/// Redmine answers a path that it does not have without a word; what Workfront answers is not told.
pub(crate) async fn not_found() -> Response {
    nothing_here()
}

pub(crate) fn nothing_here() -> Response {
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html; charset=utf-8")]).into_response()
}
