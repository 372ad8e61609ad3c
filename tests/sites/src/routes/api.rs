//! The two API calls that counts are made of.

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::params::Params;
use crate::refusal::bearer_challenge;
use crate::site::Shared;
use crate::tracker::{self, Issue};
use crate::world::World;

pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Who asks.
enum Visitor {
    /// Nobody that the server knows. A token of an unknown kind is as good as none.
    Anonymous,
    /// A user, and what the token may do.
    Person { id: u32, scopes: Vec<String> },
}

/// Why a token that the server knows is refused.
enum BadToken {
    Revoked,
    Expired,
    /// Its user is locked.
    Locked,
}

impl IntoResponse for BadToken {
    fn into_response(self) -> Response {
        let description = match self {
            Self::Revoked => "The access token was revoked",
            Self::Expired => "The access token expired",
            // The real server stumbles over a locked user.
            Self::Locked => {
                let body = json!({ "status": 500, "error": "Internal Server Error" });
                return (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response();
            }
        };
        let headers = [
            (header::CACHE_CONTROL, "no-store".to_owned()),
            (header::WWW_AUTHENTICATE, bearer_challenge("invalid_token", description)),
            (header::CONTENT_TYPE, "text/html".to_owned()),
        ];
        (StatusCode::UNAUTHORIZED, headers).into_response()
    }
}

/// With the REST API off no token is looked at. A token that the server knows, but that is no good, is refused.
fn visitor(world: &mut World, headers: &HeaderMap) -> Result<Visitor, BadToken> {
    let now = world.clock.now();
    let token = bearer(headers).filter(|_| world.rest);
    let Some(pair) = token.and_then(|token| world.grants.by_use(token)) else {
        return Ok(Visitor::Anonymous);
    };
    if pair.revoked {
        return Err(BadToken::Revoked);
    }
    if pair.is_expired(now) {
        return Err(BadToken::Expired);
    }
    let (id, scopes) = (pair.grant.person, pair.grant.scopes.clone());
    if world.person(id).is_none_or(|person| person.locked) {
        return Err(BadToken::Locked);
    }
    Ok(Visitor::Person { id, scopes })
}

/// A token without any scope left is not restricted at all: so the real server has it.
fn allows(scopes: &[String], permission: &str) -> bool {
    scopes.is_empty() || scopes.iter().any(|scope| scope == permission)
}

fn refused(status: StatusCode) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")]).into_response()
}

fn sign_in() -> Response {
    let challenge: [(HeaderName, &str); 1] = [(header::WWW_AUTHENTICATE, r#"Basic realm="Redmine API""#)];
    (challenge, refused(StatusCode::UNAUTHORIZED)).into_response()
}

/// `GET /users/current.json` needs a user, but no scope.
pub(crate) async fn me(State(site): State<Shared>, headers: HeaderMap) -> Response {
    let mut world = site.world();
    if !world.rest {
        return refused(StatusCode::FORBIDDEN);
    }
    let person = match visitor(&mut world, &headers) {
        Ok(Visitor::Person { id, .. }) => world.person(id),
        Ok(Visitor::Anonymous) => None,
        Err(bad_token) => return bad_token.into_response(),
    };
    let Some(person) = person else { return sign_in() };
    let user = json!({
        "id": person.id,
        "login": person.login,
        "admin": false,
        "firstname": person.first_name,
        "lastname": person.last_name,
        "created_on": world.clock.iso(-400),
        "updated_on": world.clock.iso(-400),
        "last_login_on": world.clock.iso(0),
        "passwd_changed_on": world.clock.iso(-400),
        "twofa_scheme": null,
    });
    Json(json!({ "user": user })).into_response()
}

/// `GET /issues.json`. Without a user it answers with what everybody may see, and status 200.
pub(crate) async fn issues(State(site): State<Shared>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let params = Params::from_query(&query.unwrap_or_default());
    let mut world = site.world();
    let person = match visitor(&mut world, &headers) {
        Ok(Visitor::Person { id, scopes }) if allows(&scopes, "view_issues") => Some(id),
        Ok(Visitor::Person { .. }) => return refused(StatusCode::FORBIDDEN),
        Ok(Visitor::Anonymous) if world.login_required => return sign_in(),
        Ok(Visitor::Anonymous) => None,
        Err(bad_token) => return bad_token.into_response(),
    };
    let blanks = tracker::blanks(&params);
    if !blanks.is_empty() {
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "errors": blanks }))).into_response();
    }
    let Ok(found) = tracker::select(&world.issues_of(person), &params, person.is_some()) else {
        let body = json!({ "errors": ["Due date is invalid"] });
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response();
    };
    let number = |name, usual: usize| params.get(name).and_then(|text| text.parse().ok()).unwrap_or(usual);
    // A limit of nothing is no limit of the caller's, and a hundred is the most.
    let limit = match number("limit", 25) {
        0 => 25,
        limit => limit.min(100),
    };
    let offset = number("offset", 0);
    let page: Vec<Value> = found.iter().skip(offset).take(limit).map(|issue| as_json(&world, issue)).collect();
    Json(json!({ "issues": page, "total_count": found.len(), "offset": offset, "limit": limit })).into_response()
}

/// `GET /projects.json` lists what a visitor may see, whatever the scopes: the one project.
pub(crate) async fn projects(State(site): State<Shared>, headers: HeaderMap) -> Response {
    let mut world = site.world();
    if let Err(bad_token) = visitor(&mut world, &headers) {
        return bad_token.into_response();
    }
    let project = json!({ "id": 1, "name": world.name });
    Json(json!({ "projects": [project], "total_count": 1, "offset": 0, "limit": 25 })).into_response()
}

fn as_json(world: &World, issue: &Issue) -> Value {
    let status = if issue.closed.is_some() { (5, "Closed") } else { (1, "New") };
    json!({
        "id": issue.id,
        "project": { "id": 1, "name": world.name },
        "tracker": { "id": 1, "name": "Bug" },
        "status": { "id": status.0, "name": status.1, "is_closed": issue.closed.is_some() },
        "priority": { "id": 2, "name": "Normal" },
        "subject": issue.subject,
        "due_date": issue.due.map(|days| world.clock.date(days)),
        "closed_on": issue.closed.map(|days| world.clock.iso(days)),
    })
}
