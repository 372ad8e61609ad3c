//! What happens to every request before and after the site's own work: counting, delays, faults, another product.

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use tokio::time::{Duration, sleep};

use crate::change::Product;
use crate::fault::{Fault, Spot};
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
    let (provider, product, latency, fault) = {
        let mut world = site.world();
        world.traffic.note(head.method.as_str(), &path);
        world.record.note(&head, &body);
        (world.provider, world.product, world.latency, world.faults.take(spot))
    };
    let _in_flight = (spot == Spot::Token).then(|| InFlight::new(&site));
    sleep(latency).await;
    if let Some(Fault::Slow(milliseconds)) = fault {
        sleep(Duration::from_millis(milliseconds)).await;
    }
    let mut request = Request::from_parts(head, body.into());
    let mut response = match (foreign(product, &path), fault.and_then(|fault| instead(fault, provider, &cord))) {
        (Some(response), _) | (None, Some(response)) => response,
        (None, None) => {
            request.extensions_mut().insert(Twist(fault));
            let response = next.run(request).await;
            afterwards(fault, &cord, response).await
        }
    };
    let date = site.world().clock.http_date();
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
fn instead(fault: Fault, provider: Provider, cord: &Cord) -> Option<Response> {
    let response = match fault {
        Fault::Html200 => Html("<!DOCTYPE html><title>Sign in</title><p>Sign in to this network").into_response(),
        Fault::Status(status, retry_after) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let mut response = (status, Html(format!("<h1>{status}</h1>"))).into_response();
            if let Some(seconds) = retry_after {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            response
        }
        Fault::DropBefore => {
            cord.cut();
            StatusCode::NO_CONTENT.into_response()
        }
        // The discard port, on which nothing listens.
        Fault::Redirect => Redirect::temporary("http://127.0.0.1:9/elsewhere").into_response(),
        Fault::Big(bytes) => ([(header::CONTENT_TYPE, "application/json")], vec![b' '; bytes]).into_response(),
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

fn invalid_grant(provider: Provider) -> Response {
    if provider.is_redmine() { Refusal::InvalidGrant.into_response() } else { Refusal::InvalidGrant.plain() }
}

/// What a fault does to the answer of work that was done.
async fn afterwards(fault: Option<Fault>, cord: &Cord, response: Response) -> Response {
    match fault {
        Some(Fault::DropAfter) => cord.cut(),
        Some(Fault::HalfAnswer) => cord.cut_in_the_middle(),
        Some(Fault::BrokenJson) => {
            let (mut head, body) = response.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.expect("the site's own answers are in memory");
            head.headers.remove(header::CONTENT_LENGTH);
            return Response::from_parts(head, Body::from(bytes.slice(..bytes.len() / 2)));
        }
        _ => {}
    }
    response
}
