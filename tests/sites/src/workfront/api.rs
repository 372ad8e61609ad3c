//! `/attask/api/vN.0/…`.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::CountShape;
use super::filter::{Now, Query, Wrong};
use super::objects::{self, Field, Kind, Object};
use crate::params::Params;
use crate::site::Shared;
use crate::world::World;

/// An error. The vendor's examples have the class and the message; the status tells nothing dependable.
pub(super) struct Failure {
    status: StatusCode,
    class: &'static str,
    message: String,
}

impl Failure {
    fn invalid(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, class: "com.attask.common.InvalidParameterException", message: message.into() }
    }
}

impl From<Wrong> for Failure {
    fn from(wrong: Wrong) -> Self {
        Self::invalid(StatusCode::BAD_REQUEST, wrong)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": { "class": self.class, "message": self.message } }))).into_response()
    }
}

/// "`/attask/api/v15.0/…`". The vendor supports a version for three years: those before 15 have ended, those after 22
/// are not there yet. How the real server says so is not told.
fn version(text: &str) -> Result<(), Failure> {
    let number: Option<u32> = text.strip_prefix('v').and_then(|rest| rest.strip_suffix(".0")?.parse().ok());
    match number {
        Some(15..=22) => Ok(()),
        Some(0..15) => Err(Failure::invalid(StatusCode::GONE, format!("API version {text} is no longer supported"))),
        _ => Err(Failure::invalid(StatusCode::NOT_FOUND, format!("API version {text} is not known"))),
    }
}

/// Who asks: "`--header 'sessionID: <access_token>'`". A bearer token is not looked at, nor is anything in the address.
fn session<'a>(world: &mut World, headers: &'a HeaderMap) -> Result<(&'a str, u32), Failure> {
    let now = world.clock.now();
    let token = headers.get("sessionID").and_then(|value| value.to_str().ok()).filter(|token| !token.is_empty());
    let found = token.and_then(|token| {
        let pair = world.grants.by_use(token).filter(|pair| !pair.revoked && !pair.is_expired(now))?;
        Some((token, pair.grant.person))
    });
    let known = found.filter(|(_, id)| world.person(*id).is_some_and(|person| !person.locked));
    known.ok_or_else(|| Failure {
        status: StatusCode::from_u16(world.workfront.error_status).unwrap_or(StatusCode::UNAUTHORIZED),
        class: "com.attask.common.AuthenticationException",
        message: "You are not currently logged in.".to_owned(),
    })
}

/// `GET …/logout`: "prevents any further access with the sessionID". The refresh token is not touched.
pub(super) async fn logout(
    State(site): State<Shared>,
    Path(asked): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, Failure> {
    version(&asked)?;
    if query.is_some() {
        return Err(Failure::invalid(StatusCode::BAD_REQUEST, "The session is named by its header"));
    }
    let mut world = site.world();
    let now = world.clock.now();
    let (token, _) = session(&mut world, &headers)?;
    world.grants.end_access(token, now);
    Ok(Json(json!({ "data": { "success": true } })))
}

/// `GET …/{object}/search` and `GET …/{object}/count`: "the syntax is identical".
pub(super) async fn objects(
    State(site): State<Shared>,
    Path((asked, object, action)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, Failure> {
    version(&asked)?;
    let mut world = site.world();
    let (_, person) = session(&mut world, &headers)?;
    let params = Params::from_query(&query.unwrap_or_default());
    match (Kind::read(&object), action.as_str()) {
        (Some(kind), "search") => Ok(Json(search(&world, person, kind, &params)?)),
        (Some(kind), "count") => Ok(Json(count(&world, person, kind, &params)?)),
        _ => Err(Failure::invalid(StatusCode::NOT_FOUND, "There is no such object or action")),
    }
}

fn now(world: &World, person: u32) -> Now {
    Now { user: objects::user_id(person), today: world.clock.date(0).parse().expect("the clock's own date") }
}

fn count(world: &World, person: u32, kind: Kind, params: &Params) -> Result<Value, Wrong> {
    let query = Query::read(kind, params, false)?;
    let found = query.select(objects::all(world, person, kind), &now(world, person))?.len();
    Ok(match world.workfront.count_shape {
        CountShape::Wrapped => json!({ "data": { "count": found } }),
        CountShape::Bare => json!({ "count": found }),
    })
}

fn search(world: &World, person: u32, kind: Kind, params: &Params) -> Result<Value, Wrong> {
    let query = Query::read(kind, params, true)?;
    let found = query.select(objects::all(world, person, kind), &now(world, person))?;
    let page = found.iter().skip(query.first).take(query.limit.unwrap_or(100));
    let data: Vec<Value> = page.map(|object| as_json(world, kind, object, &query.fields)).collect();
    Ok(json!({ "data": data }))
}

/// ID, name and type are always there. A field of another object is not asked for here: it stands under its whole name.
fn as_json(world: &World, kind: Kind, object: &Object, fields: &[String]) -> Value {
    let mut members = Map::new();
    members.insert("objCode".to_owned(), kind.code().into());
    for (name, field) in object {
        if ["ID", "name"].contains(name) || fields.iter().any(|asked| asked == name) {
            let value = match field {
                Field::Text(text) => text.as_str().into(),
                Field::Number(number) => (*number).into(),
                Field::Day(day) => day.map(|day| world.clock.iso(day)).into(),
            };
            members.insert((*name).to_owned(), value);
        }
    }
    members.into()
}
