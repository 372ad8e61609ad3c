//! What a request said, wherever it said it.

use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::refusal::Refusal;

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
pub(crate) const JSON: &str = "application/json";

/// Names and values of a request: of the query, and of a form or JSON body.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    pub(crate) fn from_query(query: &str) -> Self {
        Self(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// As Rails reads a request: a body of another type than form and JSON is not looked at.
    pub(crate) fn from_request(query: Option<&str>, headers: &HeaderMap, body: &Bytes) -> Self {
        let mut all = Self::from_query(query.unwrap_or_default());
        match media_type(headers) {
            FORM => all.0.extend(url::form_urlencoded::parse(body).into_owned()),
            JSON => all.add_json(body),
            _ => {}
        }
        all
    }

    fn add_json(&mut self, body: &Bytes) {
        if let Ok(serde_json::Value::Object(members)) = serde_json::from_slice(body) {
            self.0.extend(members.into_iter().filter_map(|(name, value)| Some((name, value.as_str()?.to_owned()))));
        }
    }

    /// The names and values of a form.
    pub(crate) fn from_form(body: &Bytes) -> Self {
        Self(url::form_urlencoded::parse(body).into_owned().collect())
    }

    /// The members of a JSON object of strings; nothing if it is anything else.
    pub(crate) fn from_json(body: &Bytes) -> Option<Self> {
        let members: std::collections::BTreeMap<String, String> = serde_json::from_slice(body).ok()?;
        Some(Self(members.into_iter().collect()))
    }

    /// Refuses a name that is not among these, and one that is there twice.
    pub(crate) fn only(&self, allowed: &[&str]) -> Result<(), Refusal> {
        for (place, (name, _)) in self.0.iter().enumerate() {
            if !allowed.contains(&name.as_str()) {
                return Err(Refusal::NotAllowed(format!("The parameter {name} is not known.")));
            }
            if self.0[..place].iter().any(|(earlier, _)| earlier == name) {
                return Err(Refusal::NotAllowed(format!("The parameter {name} is repeated.")));
            }
        }
        Ok(())
    }

    /// These names with their values, and no others.
    pub(crate) fn keep(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect())
    }

    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A value that is there and not empty; of several the last one.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().rev().find(|(known, _)| known == name)?;
        (!value.is_empty()).then_some(value)
    }

    /// Whether it is there without a value.
    pub(crate) fn is_blank(&self, name: &str) -> bool {
        self.0.iter().rev().find(|(known, _)| known == name).is_some_and(|(_, value)| value.is_empty())
    }

    pub(crate) fn need(&self, name: &'static str) -> Result<&str, Refusal> {
        self.get(name).ok_or(Refusal::MissingParameter(name))
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }
}

/// The type of a request's body, without its parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> &str {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    content_type.split(';').next().unwrap_or_default().trim()
}

/// A client id, with the secret if one was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) id: String,
    pub(crate) secret: Option<String>,
}

impl Credentials {
    /// RFC 6749, 2.3 allows one way per request. Redmine refuses two secrets, and two different client ids; a secret in
    /// the body without a client id is not noticed. It does not undo percent-encoding in Basic credentials.
    pub(crate) fn from_request(headers: &HeaderMap, params: &Params) -> Result<Option<Self>, Refusal> {
        let in_body = params
            .get("client_id")
            .map(|id| Self { id: id.to_owned(), secret: params.get("client_secret").map(str::to_owned) });
        match (Self::from_basic(headers), in_body) {
            (Some(basic), Some(body)) if body.secret.is_some() || body.id != basic.id => {
                Err(Refusal::TwoClientAuthentications)
            }
            (Some(basic), _) => Ok(Some(basic)),
            (None, in_body) => Ok(in_body),
        }
    }

    pub(crate) fn from_basic(headers: &HeaderMap) -> Option<Self> {
        let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let decoded = STANDARD.decode(value.strip_prefix("Basic ")?).ok()?;
        let text = String::from_utf8(decoded).ok()?;
        let (id, secret) = text.split_once(':')?;
        Some(Self { id: id.to_owned(), secret: Some(secret.to_owned()) })
    }
}
