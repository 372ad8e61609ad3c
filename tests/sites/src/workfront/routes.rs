//! Which path does what at a Workfront.

use axum::Router;
use axum::routing::{get, post};

use super::{api, token};
use crate::routes::{consent, not_found, pages};
use crate::site::Shared;

pub(crate) fn router() -> Router<Shared> {
    Router::new()
        .route("/", get(pages::start))
        .route("/home", get(pages::start))
        .route("/projects", get(pages::start))
        .route("/setup", get(pages::applications))
        .route("/login", get(consent::login).post(consent::logged_in))
        .route("/integrations/oauth2/authorize", get(consent::ask).post(consent::decide))
        .route("/integrations/oauth2/api/v1/token", post(token::token))
        .route("/attask/api/{version}/logout", get(api::logout))
        .route("/attask/api/{version}/{object}/{action}", get(api::objects))
        .fallback(not_found)
        .method_not_allowed_fallback(not_found)
}
