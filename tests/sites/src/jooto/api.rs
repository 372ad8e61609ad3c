//! The calls of Jooto's API that choices and counts are made of.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::lists::{self, Failure};
use super::tasks;
use crate::params::Params;
use crate::routes::api::bearer;
use crate::site::Shared;
use crate::world::World;

const LIST: [&str; 4] = ["order", "order_by", "per_page", "page"];

/// Who asks: "the access token goes in the `Authorization` header". An unknown, expired or revoked one is refused.
fn person(world: &mut World, headers: &HeaderMap) -> Result<u32, Failure> {
    let now = world.clock.now();
    let pair = bearer(headers).filter(|token| !token.is_empty()).and_then(|token| world.grants.by_use(token));
    let pair = pair.filter(|pair| !pair.revoked && !pair.is_expired(now)).map(|pair| pair.grant.person);
    let known = pair.filter(|id| world.person(*id).is_some_and(|person| !person.locked));
    known.ok_or(Failure::new(StatusCode::UNAUTHORIZED, "Unauthorized"))
}

/// Every call that has a good token counts, and its answer tells how many are left; also the one that is one too many.
fn call(
    site: &Shared,
    headers: &HeaderMap,
    query: Option<String>,
    names: &[&str],
    answer: impl FnOnce(&World, u32, &Params) -> Result<Value, Failure>,
) -> Response {
    let mut world = site.world();
    let asking = match person(&mut world, headers) {
        Ok(asking) => asking,
        Err(failure) => return failure.into_response(),
    };
    let (plan, now) = (world.jooto.organization.plan, world.clock.now());
    let params = Params::from_query(&query.unwrap_or_default());
    let answered = if world.jooto.calls.count(plan, now) {
        lists::only(&params, names).and_then(|()| answer(&world, asking, &params))
    } else {
        Err(Failure::new(StatusCode::TOO_MANY_REQUESTS, "Too Many Requests"))
    };
    let mut response = answered.map_or_else(Failure::into_response, |body| axum::Json(body).into_response());
    world.jooto.calls.tell(plan, response.headers_mut());
    response
}

/// `GET /v1/users`: everybody in the organization. Nothing tells which of them has asked.
pub(super) async fn users(State(site): State<Shared>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    call(&site, &headers, query, &LIST, |world, _, params| {
        let user = |person: &crate::Person| json!({ "id": person.id, "name": person.login, "display_name": person.name(), "role": "staff" });
        let mut all: Vec<Value> = world.people.iter().map(user).collect();
        lists::sort(params, &["id", "name"], &mut all)?;
        lists::page(params, "users", &all)
    })
}

/// `GET /v1/boards`. "Without `archived`: all projects."
pub(super) async fn boards(State(site): State<Shared>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    call(&site, &headers, query, &["archived", "order", "order_by", "per_page", "page"], |world, _, params| {
        let archived = lists::flag(params, "archived")?;
        let boards = world.jooto.organization.boards.iter();
        let wanted = boards.filter(|board| archived.is_none_or(|archived| board.archived == archived));
        let mut all: Vec<Value> = wanted
            .map(|board| {
                json!({
                    "id": board.id,
                    "title": board.title,
                    "archived": board.archived,
                    "created_at": world.clock.iso(-400),
                    "updated_at": world.clock.iso(-1),
                })
            })
            .collect();
        lists::sort(params, &["order_id", "id", "title"], &mut all)?;
        lists::page(params, "boards", &all)
    })
}

/// `GET /v1/boards/N/tasks`.
pub(super) async fn tasks(
    State(site): State<Shared>,
    Path(board): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let names = [&tasks::FILTERS[..], &["page", "per_page", "order"]].concat();
    call(&site, &headers, query, &names, |world, person, params| {
        let known = world.jooto.organization.boards.iter().find(|known| known.id.to_string() == board);
        let board = known.ok_or(Failure::new(StatusCode::NOT_FOUND, "Not Found"))?.id;
        let found = tasks::select(tasks::on_board(world, person, board), params)?;
        let mut all: Vec<Value> = found.iter().map(|task| tasks::as_json(world, person, task)).collect();
        lists::sort(params, &["id"], &mut all)?;
        lists::page(params, "tasks", &all)
    })
}

/// `GET /organizations/N` as in the guide's example, and the same under `/v1`.
pub(super) async fn organization(
    State(site): State<Shared>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    call(&site, &headers, query, &[], |world, _, _| {
        let organization = &world.jooto.organization;
        if organization.id.to_string() != id {
            return Err(Failure::new(StatusCode::NOT_FOUND, "Not Found"));
        }
        Ok(json!({
            "id": organization.id,
            "name": organization.name,
            "created_at": world.clock.iso(-400),
            "updated_at": world.clock.iso(-1),
        }))
    })
}

/// What Jooto does not have: no revocation, no "who am I".
pub(super) async fn not_found() -> Response {
    Failure::new(StatusCode::NOT_FOUND, "Not Found").into_response()
}
