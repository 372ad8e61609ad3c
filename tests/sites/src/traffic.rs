//! What was asked of a site, for whoever asks over the network. Names only: no value of a request is in it.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, header};
use serde::{Deserialize, Serialize};

use crate::params::Params;

/// Counters of a site, since its start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traffic {
    /// Requests per method and path, such as `POST /oauth/token`.
    pub requests: BTreeMap<String, u64>,
    /// Token requests per grant type.
    pub grant_types: BTreeMap<String, u64>,
    /// How many token requests were being answered at once, at most.
    pub most_token_requests_at_once: u32,
    /// Token pairs that are not revoked now.
    pub live_pairs: usize,
    /// Refreshes that were carried out, whether or not their answers arrived.
    pub refreshes: u64,
    /// The last request to the token endpoint.
    pub last_token_request: Option<TokenRequest>,
}

/// What a token request looked like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRequest {
    /// The scheme of the `Authorization` header, such as `Basic`.
    pub authorization: Option<String>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The `Accept` header.
    pub accept: Option<String>,
    /// The `Accept-Encoding` header.
    pub accept_encoding: Option<String>,
    /// The `User-Agent` header.
    pub user_agent: Option<String>,
    /// The names of the parameters, in their order.
    pub names: Vec<String>,
}

impl Traffic {
    /// How often this was asked, such as `POST /oauth/token`.
    pub fn count(&self, request: &str) -> u64 {
        self.requests.get(request).copied().unwrap_or_default()
    }

    pub(crate) fn note(&mut self, method: &str, path: &str) {
        *self.requests.entry(format!("{method} {path}")).or_default() += 1;
    }

    pub(crate) fn note_token_request(&mut self, headers: &HeaderMap, params: &Params) {
        let grant_type = params.get("grant_type").unwrap_or("none").to_owned();
        *self.grant_types.entry(grant_type).or_default() += 1;
        let text = |name| headers.get(&name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let scheme = |value: String| value.split(' ').next().unwrap_or_default().to_owned();
        self.last_token_request = Some(TokenRequest {
            authorization: text(header::AUTHORIZATION).map(scheme),
            content_type: text(header::CONTENT_TYPE),
            accept: text(header::ACCEPT),
            accept_encoding: text(header::ACCEPT_ENCODING),
            user_agent: text(header::USER_AGENT),
            names: params.names(),
        });
    }
}
