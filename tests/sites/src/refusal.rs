//! The errors of RFC 6749 in the words that Redmine's OAuth server uses, here for every product: the guides of the
//! others have no words for them.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request at one of the OAuth endpoints was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    MissingParameter(&'static str),
    TwoClientAuthentications,
    InvalidClient,
    InvalidGrant,
    InvalidScope,
    UnsupportedGrantType,
    UnsupportedResponseType,
    InvalidRedirectUri,
    InvalidChallengeMethod,
    /// What a guide does not show, in a sentence.
    NotAllowed(String),
}

impl Refusal {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::MissingParameter(_)
            | Self::TwoClientAuthentications
            | Self::InvalidChallengeMethod
            | Self::NotAllowed(_) => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidScope => "invalid_scope",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidRedirectUri => "invalid_redirect_uri",
        }
    }

    pub(crate) fn description(&self) -> String {
        match self {
            Self::MissingParameter(name) => return format!("Missing required parameter: {name}."),
            Self::NotAllowed(sentence) => return sentence.clone(),
            Self::TwoClientAuthentications => {
                "The request utilizes more than one mechanism for authenticating the client."
            }
            Self::InvalidClient => {
                "Client authentication failed due to unknown client, no client authentication included, or \
                 unsupported authentication method."
            }
            Self::InvalidGrant => {
                "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI \
                 used in the authorization request, or was issued to another client."
            }
            Self::InvalidScope => "The requested scope is invalid, unknown, or malformed.",
            Self::UnsupportedGrantType => "The authorization grant type is not supported by the authorization server.",
            Self::UnsupportedResponseType => "The authorization server does not support this response type.",
            Self::InvalidRedirectUri => {
                "The requested redirect URI is malformed or doesn't match the client redirect URI."
            }
            Self::InvalidChallengeMethod => "The code_challenge_method must be one of plain, S256.",
        }
        .to_owned()
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::InvalidClient => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl Refusal {
    /// As the token endpoint of another product than Redmine says it: the JSON of RFC 6749, 5.2.
    pub(crate) fn plain(&self) -> Response {
        let headers = [(header::CACHE_CONTROL, "no-store"), (header::CONTENT_TYPE, "application/json;charset=utf-8")];
        let body = json!({ "error": self.code(), "error_description": self.description() }).to_string();
        (self.status(), headers, body).into_response()
    }
}

/// As Redmine's token endpoint says it: JSON, and the same in `WWW-Authenticate`.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (error, description) = (self.code(), self.description());
        let headers = [
            (header::CACHE_CONTROL, "no-store".to_owned()),
            (header::CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
            (header::WWW_AUTHENTICATE, bearer_challenge(error, &description)),
        ];
        let body = json!({ "error": error, "error_description": description }).to_string();
        (self.status(), headers, body).into_response()
    }
}

/// The `WWW-Authenticate` value of a refused bearer token or grant.
pub(crate) fn bearer_challenge(error: &str, description: &str) -> String {
    format!(r#"Bearer realm="Redmine", error="{error}", error_description="{description}""#)
}
