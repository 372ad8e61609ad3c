//! `POST /oauth2/token`.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::issue;
use crate::params::{Credentials, FORM, Params, media_type};
use crate::refusal::Refusal;
use crate::routes::observe::Twist;
use crate::site::Shared;
use crate::world::World;

/// The guide's table for a code. All are parameters: the client is not proved in a header.
const EXCHANGE: [&str; 5] = ["code", "client_id", "client_secret", "redirect_uri", "grant_type"];
/// The guide's table for a refresh token: without a redirect URI.
const REFRESH: [&str; 4] = ["client_id", "client_secret", "refresh_token", "grant_type"];

/// The guide does not name the encoding, but refers to RFC 6749, which has forms only; and errors as JSON, for which the
/// guide has no example either.
pub(crate) async fn token(
    State(site): State<Shared>,
    Extension(Twist(twist)): Extension<Twist>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    // Another body than a form is not read: its values would be taken for names, which are noted.
    let is_form = media_type(&headers) == FORM;
    let form = if is_form { Params::from_form(&body) } else { Params::default() };
    let mut world = site.world();
    world.traffic.note_token_request(&headers, &form);
    match issue(&mut world, query.as_deref(), &headers, &form, twist) {
        Ok(body) => ([(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response(),
        Err(refusal) => refusal.plain(),
    }
}

fn issue(
    world: &mut World,
    query: Option<&str>,
    headers: &HeaderMap,
    form: &Params,
    twist: Option<Fault>,
) -> Result<Value, Refusal> {
    let not_allowed = |sentence: &str| Err(Refusal::NotAllowed(sentence.to_owned()));
    if query.is_some() {
        return not_allowed("The parameters of a token request are not in its address.");
    }
    if media_type(headers) != FORM {
        return not_allowed("A token request is a form.");
    }
    if headers.contains_key(header::AUTHORIZATION) {
        return not_allowed("The client's id and secret are parameters.");
    }
    issue::only(form, &EXCHANGE, &REFRESH)?;
    let (id, secret) = (form.need("client_id")?, form.need("client_secret")?);
    let sent = Credentials { id: id.to_owned(), secret: Some(secret.to_owned()) };
    let app = world.authenticate(Some(&sent))?.id.clone();
    let pair = issue::pair(world, form, &app, twist)?;
    let mut body = json!({ "access_token": pair.access, "token_type": "Bearer" });
    if twist != Some(Fault::NoExpiresIn) {
        body["expires_in"] = pair.life.into();
    }
    if let Some(refresh) = pair.refresh {
        body["refresh_token"] = refresh.into();
    }
    Ok(body)
}
