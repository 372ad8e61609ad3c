//! `/oauth/token` and `/oauth/token/info`.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::api::bearer;
use super::observe::Twist;
use crate::fault::Fault;
use crate::grants::{Exchange, Pair, Rotation};
use crate::params::{Credentials, Params};
use crate::refusal::{Refusal, bearer_challenge};
use crate::site::Shared;
use crate::world::World;

/// `POST /oauth/token`, with a form or JSON.
pub(crate) async fn token(
    State(site): State<Shared>,
    Extension(Twist(twist)): Extension<Twist>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let params = Params::from_request(query.as_deref(), &headers, &body);
    let mut world = site.world();
    world.traffic.note_token_request(&headers, &params);
    let issued = match params.need("grant_type") {
        Ok("authorization_code") => exchange(&mut world, &headers, &params, twist),
        Ok("refresh_token") => refresh(&mut world, &headers, &params, twist),
        Ok(_) => Err(Refusal::UnsupportedGrantType),
        Err(refusal) => Err(refusal),
    };
    match issued {
        Ok(body) => {
            let headers = [
                (header::CACHE_CONTROL, "no-store"),
                (header::CONTENT_TYPE, "application/json; charset=utf-8"),
                (header::PRAGMA, "no-cache"),
            ];
            (headers, body.to_string()).into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

/// What is missing is told before the client is looked at, and the client before the code.
fn exchange(world: &mut World, headers: &HeaderMap, params: &Params, twist: Option<Fault>) -> Result<Value, Refusal> {
    let code = params.need("code")?;
    let redirect_uri = params.need("redirect_uri")?;
    let credentials = Credentials::from_request(headers, params)?;
    if world.grants.wants_verifier(code) {
        params.need("code_verifier")?;
    }
    let app = world.authenticate(credentials.as_ref())?.id.clone();
    let (life, now) = (world.access_life, world.clock.now());
    let asked = Exchange { code, redirect_uri, verifier: params.get("code_verifier"), app: &app };
    let pair = world.grants.exchange(&asked, life, now)?;
    if twist == Some(Fault::NoRefreshToken) {
        pair.refresh = None;
    }
    Ok(answer(pair, twist))
}

/// A refresh token that is no good is told before a client that is no good. Works for locked users and with the REST API
/// off. Scopes that the application lost meanwhile are left out without a word.
fn refresh(world: &mut World, headers: &HeaderMap, params: &Params, twist: Option<Fault>) -> Result<Value, Refusal> {
    let refresh_token = params.need("refresh_token")?;
    let credentials = Credentials::from_request(headers, params)?;
    let grant = world.grants.refreshable(refresh_token)?;
    let credentials = credentials.ok_or(Refusal::InvalidGrant)?;
    let app = world.authenticate(Some(&credentials))?;
    if app.id != grant.app {
        return Err(Refusal::InvalidGrant);
    }
    let asked: Vec<String> = match params.get("scope") {
        Some(scope) => scope.split(' ').map(str::to_owned).collect(),
        None => grant.scopes.clone(),
    };
    if !asked.iter().all(|scope| grant.scopes.contains(scope)) {
        return Err(Refusal::InvalidScope);
    }
    let scopes = asked.into_iter().filter(|scope| app.scopes.contains(scope)).collect();
    let now = world.clock.now();
    if twist == Some(Fault::NoRefreshToken) || world.grants.rotation == Rotation::Off {
        let pair = world.grants.refresh_without_rotation(refresh_token, scopes, now)?;
        return Ok(answer(pair, Some(Fault::NoRefreshToken)));
    }
    Ok(answer(world.grants.refresh(refresh_token, scopes, now)?, twist))
}

fn answer(pair: &Pair, twist: Option<Fault>) -> Value {
    let mut body = json!({
        "access_token": pair.access,
        "token_type": "Bearer",
        "expires_in": pair.life,
        "refresh_token": pair.refresh,
        "scope": pair.grant.scopes.join(" "),
        "created_at": pair.issued_at,
    });
    let members = body.as_object_mut().expect("written as an object above");
    if pair.grant.scopes.is_empty() {
        members.remove("scope");
    }
    match twist {
        Some(Fault::NoRefreshToken) => drop(members.remove("refresh_token")),
        Some(Fault::NoExpiresIn) => drop(members.remove("expires_in")),
        _ => {}
    }
    body
}

/// `GET /oauth/token/info`: the cheapest use of an access token. It knows nothing of locked users and of the REST API.
pub(crate) async fn info(State(site): State<Shared>, headers: HeaderMap) -> Response {
    let mut world = site.world();
    let now = world.clock.now();
    let pair = bearer(&headers).and_then(|token| world.grants.by_use(token));
    if let Some(pair) = pair.filter(|pair| !pair.revoked && !pair.is_expired(now)) {
        return axum::Json(json!({
            "resource_owner_id": pair.grant.person,
            "scope": pair.grant.scopes,
            "expires_in": pair.remaining(now),
            "application": { "uid": pair.grant.app },
            "created_at": pair.issued_at,
        }))
        .into_response();
    }
    let (error, description) = ("invalid_token", "The access token is invalid");
    let headers = [
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
        (header::WWW_AUTHENTICATE, bearer_challenge(error, description)),
    ];
    let body = json!({ "error": error, "error_description": description, "state": "unauthorized" });
    (StatusCode::UNAUTHORIZED, headers, body.to_string()).into_response()
}
