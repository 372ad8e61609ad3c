//! The other pages that a person may be sent to.

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use super::consent::signed_in;
use crate::html::{self, escape};
use crate::params::Params;
use crate::site::Shared;
use crate::tracker;
use crate::world::World;

fn page(world: &World, title: &str, body: &str) -> Response {
    html::page(StatusCode::OK, title, &world.name, &signed_in(world), body)
}

/// `GET /` and `/my/page`.
pub(crate) async fn home(State(site): State<Shared>) -> Response {
    let world = site.world();
    let body = format!(
        r#"<p>A simulated {}: for tests and demonstrations, with nothing real in it.</p>
<ul><li><a href="/issues?set_filter=1&amp;assigned_to_id=me&amp;status_id=o">Issues assigned to me</a></li>
<li><a href="/oauth/applications/new">Applications</a></li>
<li><a href="/oauth/authorized_applications">Authorized applications</a></li></ul>"#,
        world.provider.title()
    );
    page(&world, "My page", &body)
}

/// Where a person is sent at a product whose own pages are not simulated.
pub(crate) async fn start(State(site): State<Shared>) -> Response {
    let world = site.world();
    let title = world.provider.title();
    let body = format!("<p>A simulated {title}: for tests and demonstrations, with nothing real in it.</p>");
    page(&world, title, &body)
}

/// `GET /issues`: the rows that the API counts, for the same filters.
pub(crate) async fn issues(State(site): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let params = Params::from_query(&query.unwrap_or_default());
    let world = site.world();
    let all = world.issues_of(Some(world.browser_user));
    let found = tracker::select(&all, &params, true).unwrap_or_default();
    if found.is_empty() {
        return page(&world, "Issues", r#"<p class="nodata">No data to display</p>"#);
    }
    let rows: Vec<String> = found
        .iter()
        .map(|issue| {
            let due = issue.due.map(|days| world.clock.date(days)).unwrap_or_default();
            let status = if issue.closed.is_some() { "Closed" } else { "New" };
            let (id, subject) = (issue.id, escape(&issue.subject));
            format!(r#"<tr id="issue-{id}" class="issue"><td>{id}</td><td>{status}</td><td>{subject}</td><td>{due}</td></tr>"#)
        })
        .collect();
    let body = format!(
        r#"<table class="list issues"><thead><tr><th>#</th><th>Status</th><th>Subject</th><th>Due date</th></tr></thead>
<tbody>{rows}</tbody></table><span class="pagination"><span class="items">(1-{n}/{n})</span></span>"#,
        rows = rows.concat(),
        n = found.len()
    );
    page(&world, "Issues", &body)
}

/// `GET /oauth/applications/new`, and what other products have for it. Nothing is registered here by hand; the registered ones are shown instead.
pub(crate) async fn applications(State(site): State<Shared>) -> Response {
    let world = site.world();
    let rows: Vec<String> = world
        .apps
        .iter()
        .map(|app| {
            let secret = app.secret.as_deref().unwrap_or("none (public client)");
            format!(
                "<h3>{}</h3><p>Application ID: <code>{}</code></p><p>Secret: <code>{}</code></p><p>Redirect URI: {}</p>\
                 <p>Scopes: {}</p>",
                escape(&app.name),
                escape(&app.id),
                escape(secret),
                escape(&app.redirects.join(", ")),
                escape(&app.scopes.join(" ")),
            )
        })
        .collect();
    page(&world, "Applications", &rows.concat())
}

/// `GET /oauth/authorized_applications`: what the person may revoke.
pub(crate) async fn authorized(State(site): State<Shared>) -> Response {
    let world = site.world();
    let granted = world.grants.apps_of(world.browser_user);
    let rows: Vec<String> = world
        .apps
        .iter()
        .filter(|app| granted.contains(&app.id))
        .map(|app| {
            let (name, id) = (escape(&app.name), escape(&app.id));
            format!(
                r#"<tr><td>{name}</td><td><form action="/oauth/authorized_applications" method="post">
<input type="hidden" name="client_id" value="{id}"><input type="submit" value="Revoke"></form></td></tr>"#
            )
        })
        .collect();
    let body = if rows.is_empty() {
        "<p class=\"nodata\">No data to display</p>".to_owned()
    } else {
        format!("<table>{}</table>", rows.concat())
    };
    page(&world, "Authorized applications", &body)
}

/// `POST /oauth/authorized_applications`: revokes every token of the person for one application.
pub(crate) async fn revoke_authorized(State(site): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let params = Params::from_request(None, &headers, &body);
    let mut world = site.world();
    let person = world.browser_user;
    world.grants.revoke_all(params.get("client_id").unwrap_or_default(), person);
    Redirect::to("/oauth/authorized_applications").into_response()
}
