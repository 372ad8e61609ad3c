//! `POST /integrations/oauth2/api/v1/token`.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::issue;
use crate::params::{self, Credentials, Params, media_type};
use crate::refusal::Refusal;
use crate::routes::observe::Twist;
use crate::site::Shared;
use crate::world::World;

/// The names of the guide's examples, for a code and for a refresh token. The refresh form has the redirect URI, the
/// refresh JSON has not.
const JSON: [&[&str]; 2] = [&["code", "grant_type", "redirect_uri"], &["grant_type", "refresh_token"]];
const FORM: [&[&str]; 2] = [
    &["grant_type", "redirect_uri", "code", "client_id", "client_secret"],
    &["grant_type", "redirect_uri", "refresh_token", "client_id", "client_secret"],
];
/// The single-page type: "this call doesn't require the Authorization header with the client id and secret".
const SINGLE_PAGE: [&[&str]; 2] = [
    &["grant_type", "client_id", "redirect_uri", "code", "code_verifier"],
    &["grant_type", "client_id", "redirect_uri", "refresh_token"],
];

/// The guide gives no example of an error: they are as in RFC 6749.
pub(crate) async fn token(
    State(site): State<Shared>,
    Extension(Twist(twist)): Extension<Twist>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let params = match media_type(&headers) {
        params::JSON => Params::from_json(&body).unwrap_or_default(),
        params::FORM => Params::from_form(&body),
        _ => Params::default(),
    };
    let mut world = site.world();
    world.traffic.note_token_request(&headers, &params);
    match issue(&mut world, query.as_deref(), &headers, &params, twist) {
        Ok(body) => ([(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response(),
        Err(refusal) => refusal.plain(),
    }
}

/// Either example, never both: Basic with JSON, or a form with the secret in it.
fn issue(
    world: &mut World,
    query: Option<&str>,
    headers: &HeaderMap,
    sent: &Params,
    twist: Option<Fault>,
) -> Result<Value, Refusal> {
    let not_allowed = |sentence: &str| Err(Refusal::NotAllowed(sentence.to_owned()));
    if query.is_some() {
        return not_allowed("The parameters of a token request are not in its address.");
    }
    let basic = headers.contains_key(header::AUTHORIZATION);
    let single_page = sent.get("client_id").and_then(|id| world.app(id)).is_some_and(|app| app.secret.is_none());
    let names = match (media_type(headers), basic) {
        (params::JSON, true) => JSON,
        (params::FORM, false) if single_page => SINGLE_PAGE,
        (params::FORM, false) => FORM,
        _ => return not_allowed("It is either Basic with JSON, or a form with the client's id and secret."),
    };
    issue::only(sent, names[0], names[1])?;
    // "Random URL-safe string with a minimum length of 43 characters."
    if sent.get("code_verifier").is_some_and(|verifier| verifier.len() < 43) {
        return not_allowed("The code_verifier is too short.");
    }
    let client = if basic {
        Credentials::from_basic(headers)
    } else {
        let secret = if single_page { None } else { Some(sent.need("client_secret")?.to_owned()) };
        Some(Credentials { id: sent.need("client_id")?.to_owned(), secret })
    };
    let app = world.authenticate(client.as_ref())?;
    if !basic && !app.redirects.iter().any(|registered| Some(registered.as_str()) == sent.get("redirect_uri")) {
        return Err(Refusal::InvalidRedirectUri);
    }
    let app = app.id.clone();
    let pair = issue::pair(world, sent, &app, twist)?;
    // "The access token is the same as a sessionID, and ends as one does": so expires_in is 0. The guide to the
    // single-page type shows another token_type and 3600.
    let (token_type, expires_in) = if single_page { ("Bearer", pair.life) } else { ("sessionID", 0) };
    let mut body = json!({
        "token_type": token_type,
        "access_token": pair.access,
        "expires_in": expires_in,
        "wid": uuid::Uuid::new_v4().simple().to_string(),
    });
    if let Some(refresh) = pair.refresh {
        body["refresh_token"] = refresh.into();
    }
    if twist == Some(Fault::NoExpiresIn) {
        body.as_object_mut().expect("written as an object above").remove("expires_in");
    }
    Ok(body)
}
