//! The last requests as they came, byte for byte. They hold secrets, so they stay in memory: only the process that runs
//! the site gets them, and nothing that answers over the network or writes a file.

use std::collections::VecDeque;

use axum::body::Bytes;
use axum::http::{HeaderMap, request::Parts};

/// One request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Such as `POST`.
    pub method: String,
    /// Path and query, not decoded.
    pub target: String,
    /// The header fields.
    pub headers: HeaderMap,
    /// The body, not decoded.
    pub body: String,
}

impl Request {
    /// A header's text; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The target without its query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The `name=value` of the query, not decoded.
    pub fn query(&self) -> Vec<&str> {
        self.target.split_once('?').map_or_else(Vec::new, |(_, query)| query.split('&').collect())
    }
}

/// More than any test looks back at; a demo that runs for days keeps no more either.
const KEPT: usize = 64;

/// The last requests, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Record(VecDeque<Request>);

impl Record {
    pub(crate) fn note(&mut self, head: &Parts, body: &Bytes) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(Request {
            method: head.method.to_string(),
            target: head.uri.path_and_query().map_or_else(|| head.uri.path(), |target| target.as_str()).to_owned(),
            headers: head.headers.clone(),
            body: String::from_utf8_lossy(body).into_owned(),
        });
    }

    pub(crate) fn all(&self) -> Vec<Request> {
        self.0.iter().cloned().collect()
    }
}
