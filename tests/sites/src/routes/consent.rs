//! The pages of an authorization.

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::authorize::{self, Sent, Shown};
use crate::html::{self, escape};
use crate::params::Params;
use crate::people::Person;
use crate::site::Shared;
use crate::world::World;

/// What the consent form carries from the page to the decision.
const CARRIED: [&str; 8] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "organization_id",
];

/// `GET /oauth/authorize`, or what other products have for it. At Workfront who is not signed in is sent to sign in
/// first, as the guide's step 1 says; then to the consent page in any case. At Redmine, who granted just this before, and did not revoke it, is not asked again.
pub(crate) async fn ask(State(site): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let params = Params::from_query(&query.unwrap_or_default());
    let mut world = site.world();
    let asked = match authorize::check(&world, &params) {
        Ok(asked) => asked,
        Err(shown) => return error_page(&world, &shown),
    };
    if !world.signed_in {
        return sign_in_first(&params);
    }
    if asked.remembered && world.grants.covers(&asked.grant) {
        let sent = authorize::allow(&mut world, asked);
        return follow(&site, sent);
    }
    let action = world.provider.authorize_path();
    let scopes: Vec<String> = asked.grant.scopes.iter().map(|scope| format!("<li>{}</li>", escape(scope))).collect();
    let hidden: Vec<String> = CARRIED
        .iter()
        .filter_map(|name| Some((name, params.get(name)?)))
        .map(|(name, value)| format!(r#"<input type="hidden" name="{name}" value="{}">"#, escape(value)))
        .collect();
    let body = format!(
        r#"<p>Authorize <b>{app}</b> to use your account?</p>
<p>This application will be able to:</p><ul id="scopes">{scopes}</ul>
<form action="{action}" method="post">{hidden}
<input type="submit" name="commit" value="Authorize" class="primary" id="authorize"></form>
<form action="{action}" method="post"><input type="hidden" name="_method" value="delete">{hidden}
<input type="submit" name="commit" value="Deny" id="deny"></form>"#,
        app = escape(&asked.app_name),
        scopes = scopes.concat(),
        hidden = hidden.concat(),
    );
    html::page(StatusCode::OK, "Authorization required", &world.name, &signed_in(&world), &body)
}

/// The same address by `POST`: "Authorize", or with `_method=delete` "Deny".
pub(crate) async fn decide(State(site): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Params::from_request(None, &headers, &body);
    let params = form.keep(&CARRIED);
    let mut world = site.world();
    match authorize::check(&world, &params) {
        Ok(_) if !world.signed_in => sign_in_first(&params),
        Ok(asked) if form.get("_method") == Some("delete") => follow(&site, authorize::deny(&asked)),
        Ok(asked) => {
            let sent = authorize::allow(&mut world, asked);
            follow(&site, sent)
        }
        Err(shown) => error_page(&world, &shown),
    }
}

/// `GET /oauth/authorize/native`: shows whatever code the address has, for a person to copy.
pub(crate) async fn show_code(State(site): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let params = Params::from_query(&query.unwrap_or_default());
    let world = site.world();
    let code = escape(params.get("code").unwrap_or_default());
    let body = format!(
        r#"<fieldset class="tabular"><p><label>Authorization code:</label> <code>{code}</code></p></fieldset>"#
    );
    html::page(StatusCode::OK, "Authorization code", &world.name, &signed_in(&world), &body)
}

fn sign_in_first(params: &Params) -> Response {
    let back = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(params.pairs()).finish();
    (StatusCode::FOUND, [(header::LOCATION, format!("/login?{back}"))]).into_response()
}

/// `GET /login`: any password will do. The query is the authorization request's, for the way back.
pub(crate) async fn login(State(site): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let world = site.world();
    let name = world.person(world.browser_user).map(Person::name).unwrap_or_default();
    let body = format!(
        r#"<form action="/login?{query}" method="post"><p>User: <b>{name}</b></p>
<input type="submit" value="Log in" class="primary" id="login"></form>"#,
        query = escape(&query.unwrap_or_default()),
        name = escape(&name),
    );
    html::page(StatusCode::OK, "Log in", &world.name, "", &body)
}

/// `POST /login`.
pub(crate) async fn logged_in(State(site): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let mut world = site.world();
    world.signed_in = true;
    let address = format!("{}?{}", world.provider.authorize_path(), query.unwrap_or_default());
    (StatusCode::FOUND, [(header::LOCATION, address)]).into_response()
}

pub(super) fn signed_in(world: &World) -> String {
    if !world.signed_in {
        return String::new();
    }
    world.person(world.browser_user).map(|person| format!("Signed in as {}", person.name())).unwrap_or_default()
}

fn error_page(world: &World, (status, sentence): &Shown) -> Response {
    html::error(*status, &world.name, sentence)
}

fn follow(site: &Shared, sent: Sent) -> Response {
    let location = match sent {
        Sent::Back(address) => address,
        Sent::CodePage(code) => format!("{}/oauth/authorize/native?code={code}", site.base_url),
        Sent::Json(body) => {
            let headers = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
            return (StatusCode::BAD_REQUEST, headers, body).into_response();
        }
    };
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}
