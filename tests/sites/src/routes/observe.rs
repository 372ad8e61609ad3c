//! What happens to every request before and after the site's own work: counting, delays, faults, another product.

use std::io::{self, Read as _};

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use tokio::time::{Duration, sleep};

use crate::change::Product;
use crate::fault::{Fault, Odd, Spot, word};
use crate::provider::Provider;
use crate::refusal::Refusal;
use crate::site::Shared;
use crate::wire::Cord;

/// In a request's extensions: a fault that only the token endpoint can make.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Twist(pub(crate) Option<Fault>);

/// As much as axum reads of a body by itself.
const LARGEST: usize = 2 * 1024 * 1024;

pub(crate) async fn observe(
    State(site): State<Shared>,
    ConnectInfo(cord): ConnectInfo<Cord>,
    request: Request,
    next: Next,
) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let path = head.uri.path().to_owned();
    let spot = Spot::of(&path);
    let (provider, product, latency, fault, mut cleared) = {
        let mut world = site.world();
        world.traffic.note(head.method.as_str(), &path);
        world.record.note(&head, &body);
        (world.provider, world.product, world.latency, world.faults.take(spot), world.faults.cleared())
    };
    let _in_flight = (spot == Spot::Token).then(|| InFlight::new(&site));
    sleep(latency).await;
    if let Some(Fault::Slow(milliseconds)) = fault {
        tokio::select! { () = sleep(Duration::from_millis(milliseconds)) => {}, _ = cleared.changed() => {} }
    }
    let mut request = Request::from_parts(head, body.into());
    let instead = fault.and_then(|fault| instead(&site, fault, provider, &path, &cord));
    let mut response = match (foreign(product, &path), instead) {
        (Some(response), _) | (None, Some(response)) => response,
        (None, None) => {
            request.extensions_mut().insert(Twist(fault.map(Fault::twist)));
            let response = next.run(request).await;
            afterwards(fault, &cord, response).await
        }
    };
    let date = site.world().clock.http_date(0);
    response.headers_mut().insert(header::DATE, HeaderValue::try_from(date).expect("a date is visible ASCII"));
    if response.status().is_success() {
        let private = HeaderValue::from_static("max-age=0, private, must-revalidate");
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(private);
    }
    response
}

/// Counts the token requests that are under way; a client that gives up ends its own.
struct InFlight(Shared);

impl InFlight {
    fn new(site: &Shared) -> Self {
        let mut world = site.world();
        world.token_requests += 1;
        world.traffic.most_token_requests_at_once = world.traffic.most_token_requests_at_once.max(world.token_requests);
        drop(world);
        Self(site.clone())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.world().token_requests -= 1;
    }
}

/// The answer of a product that has no such thing.
fn foreign(product: Product, path: &str) -> Option<Response> {
    match product {
        Product::BeforeOauth if path.contains("/oauth") => Some(super::nothing_here()),
        Product::Other if path == "/" => Some(Html("<h1>It works!</h1>").into_response()),
        Product::Other => Some((StatusCode::NOT_FOUND, Html("<h1>404 Not Found</h1>")).into_response()),
        Product::Current | Product::BeforeOauth => None,
    }
}

/// The answer of a fault that keeps the request from the site.
fn instead(site: &Shared, fault: Fault, provider: Provider, path: &str, cord: &Cord) -> Option<Response> {
    let response = match fault {
        Fault::Html200 => sign_in_page(),
        Fault::Status(204, None) => StatusCode::NO_CONTENT.into_response(),
        Fault::Status(status, None) => page(status),
        Fault::Status(status, Some(seconds)) => retry_after(page(status), seconds.into()),
        Fault::StatusUntil(status, seconds) => {
            let date = site.world().clock.http_date(seconds);
            retry_after(page(status), HeaderValue::try_from(date).expect("a date is visible ASCII"))
        }
        Fault::Error(status, error) => {
            let body = json!({ "error": error, "error_description": format!("The server says {}.", word(&error)) });
            (status_code(status), Json(body)).into_response()
        }
        Fault::DropBefore => {
            cord.cut();
            StatusCode::NO_CONTENT.into_response()
        }
        Fault::TrickleBefore => {
            cord.trickle();
            sign_in_page()
        }
        Fault::Redirect(status, port) => {
            let location = format!("http://localhost:{port}{path}");
            (status_code(status), [(header::LOCATION, location)]).into_response()
        }
        Fault::Big(bytes) => ([(header::CONTENT_TYPE, JSON)], vec![b' '; bytes]).into_response(),
        Fault::Gzip(bytes) => {
            ([(header::CONTENT_TYPE, JSON), (header::CONTENT_ENCODING, "gzip")], packed(bytes)).into_response()
        }
        Fault::Garbage => ([(header::CONTENT_TYPE, JSON)], vec![0xff, 0xfe, 0x00, 0x7b]).into_response(),
        Fault::InvalidGrant => invalid_grant(provider),
        Fault::Error200 => {
            let mut response = invalid_grant(provider);
            *response.status_mut() = StatusCode::OK;
            response
        }
        _ => return None,
    };
    Some(response)
}

const JSON: &str = "application/json";

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn page(status: u16) -> Response {
    let status = status_code(status);
    (status, Html(format!("<h1>{status}</h1>"))).into_response()
}

fn sign_in_page() -> Response {
    Html("<!DOCTYPE html><title>Sign in</title><p>Sign in to this network").into_response()
}

fn retry_after(mut response: Response, when: HeaderValue) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, when);
    response
}

/// So many spaces, a thousandth of them on the wire.
fn packed(bytes: usize) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    let written = io::copy(&mut io::repeat(b' ').take(bytes as u64), &mut packer);
    written.and_then(|_| packer.finish()).expect("memory takes all")
}

fn invalid_grant(provider: Provider) -> Response {
    if provider.is_redmine() { Refusal::InvalidGrant.into_response() } else { Refusal::InvalidGrant.plain() }
}

/// What a fault does to the answer of work that was done.
async fn afterwards(fault: Option<Fault>, cord: &Cord, response: Response) -> Response {
    match fault {
        Some(Fault::DropAfter) => cord.cut(),
        Some(Fault::HalfAnswer) => cord.cut_in_the_middle(),
        Some(Fault::TrickleAfter) => cord.trickle(),
        Some(Fault::BrokenJson) => return rewritten(response, |right| right[..right.len() / 2].to_vec()).await,
        Some(Fault::Odd(odd)) if response.status().is_success() => {
            let mut response = rewritten(response, |right| odd.body(right)).await;
            match odd {
                Odd::CalledHtml => {
                    let html = HeaderValue::from_static("text/html; charset=utf-8");
                    response.headers_mut().insert(header::CONTENT_TYPE, html);
                }
                Odd::Created => *response.status_mut() = StatusCode::CREATED,
                _ => {}
            }
            return response;
        }
        _ => {}
    }
    response
}

/// An answer with another body.
async fn rewritten(response: Response, change: impl FnOnce(&[u8]) -> Vec<u8>) -> Response {
    let (mut head, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("the site's own answers are in memory");
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, Body::from(change(&bytes)))
}
