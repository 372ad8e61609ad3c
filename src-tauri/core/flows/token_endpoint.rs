//! One request to the token endpoint (RFC 6749 §3.2), by the `oauth2` crate over our HTTP client.
//!
//! Servers are lenient in what they send; the library is strict in what it reads. Answers are put
//! into standard form here, before the library sees them, and its errors are turned into ours, as
//! they carry the raw answer with the tokens in it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use jiff::SignedDuration;
use oauth2::basic::{BasicClient, BasicErrorResponse, BasicTokenResponse};
use oauth2::{
    AsyncHttpClient, AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, TokenResponse, TokenUrl,
};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use serde_json::Value;

use super::outside::{Account, Outside};
use crate::adapters::http::Answer;
use crate::error::{Error, ErrorCode, Result};
use crate::model::address::host;
use crate::model::connection::TokenSet;
use crate::model::moment::Moment;
use crate::model::provider::{Body, ClientAuth, OAuth};
use crate::model::secret::{ExposeSecret, Secret, without};
use crate::model::template::{Template, Values};

/// A client of the library with the endpoints we use.
pub type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// What is asked of the token endpoint.
pub enum Grant<'a> {
    /// RFC 6749 §4.1.3, with the verifier of RFC 7636 §4.5.
    Code { code: Secret, redirect_uri: RedirectUrl, verifier: Option<PkceCodeVerifier> },
    /// RFC 6749 §6; an answer without scopes leaves these.
    Refresh { token: Secret, scopes: &'a [String] },
}

/// The library's client for a site.
///
/// # Errors
/// [`ErrorCode::InvalidAddress`].
pub fn client(account: &Account, secret: Option<&Secret>) -> Result<Client> {
    let oauth = &account.provider.oauth;
    let invalid = |_| Error::new(ErrorCode::InvalidAddress).about(&account.site.name);
    let token_uri = TokenUrl::new(account.token_endpoint()?.into()).map_err(invalid)?;
    let mut client = BasicClient::new(ClientId::new(account.site.client_id.clone()));
    if let Some(secret) = secret {
        client = client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()));
    }
    Ok(client
        .set_auth_type(match account.application()?.auth {
            ClientAuth::Basic => AuthType::BasicAuth,
            ClientAuth::Body | ClientAuth::None => AuthType::RequestBody,
        })
        .set_auth_uri(AuthUrl::new(account.url(&oauth.authorize)?.into()).map_err(invalid)?)
        .set_token_uri(token_uri))
}

/// Asks for tokens. A code is sent once and never again (RFC 6749 §10.5).
///
/// # Errors
/// [`ErrorCode::CodeRefused`], [`ErrorCode::NeedsSignIn`] (a refused refresh token),
/// [`ErrorCode::ClientRefused`], [`ErrorCode::ScopeRefused`], or what the HTTP client says.
pub async fn ask(outside: &Outside, account: &Account, grant: Grant<'_>) -> Result<TokenSet> {
    let secret = account.client_secret(outside).await?;
    let mut client = client(account, secret.as_ref())?;
    let application = account.application()?;
    let at = host(&account.token_endpoint()?);
    let (body, oauth) = (application.body, &account.provider.oauth);
    let http = Exchange { outside, account, body, oauth, host: at.clone(), seen: Mutex::default() };
    let mut sent: Vec<Secret> = secret.into_iter().collect();
    let (result, refused, scopes) = match grant {
        Grant::Code { code, redirect_uri, verifier } => {
            sent.push(code.clone());
            let values = account.client_values(&redirect_uri);
            let mut request = client
                .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
                .set_redirect_uri(Cow::Owned(redirect_uri));
            for (name, value) in filled(&application.token_params, &values)? {
                request = request.add_extra_param(name, value);
            }
            if let Some(verifier) = verifier {
                sent.push(Secret::from(verifier.secret().as_str()));
                request = request.set_pkce_verifier(verifier);
            }
            (request.request_async(&http).await, ErrorCode::CodeRefused, &*account.site.scopes)
        }
        Grant::Refresh { token, scopes } => {
            sent.push(token.clone());
            if let Some(refresh) = &account.provider.oauth.refresh {
                let invalid = |_| Error::new(ErrorCode::InvalidAddress);
                client = client.set_token_uri(TokenUrl::new(account.url(refresh)?.into()).map_err(invalid)?);
            }
            let redirect_uri = account.site.redirect.uri(account.provider.oauth.redirect_port);
            let params = filled(&application.refresh_params, &account.client_values(&redirect_uri))?;
            let token = RefreshToken::new(token.expose_secret().to_owned());
            let mut request = client.exchange_refresh_token(&token);
            for (name, value) in params {
                request = request.add_extra_param(name, value);
            }
            (request.request_async(&http).await, ErrorCode::NeedsSignIn, scopes)
        }
    };
    let seen = http.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
    match result {
        Ok(answer) => Ok(token_set(account, &answer, scopes, seen.asked.unwrap_or_else(|| outside.moment(&at)))),
        Err(error) => Err(failure(error, seen.trouble, refused, &sent).at(&at).about(&account.site.name)),
    }
}

/// A definition's further parameters, filled in.
///
/// # Errors
/// [`ErrorCode::InvalidInput`] with the parameter's name.
pub fn filled<'a>(params: &'a BTreeMap<String, Template>, values: &Values) -> Result<Vec<(&'a str, String)>> {
    let fill = |(name, value): (&'a String, &Template)| match value.text(values) {
        Some(value) => Ok((name.as_str(), value)),
        None => Err(Error::new(ErrorCode::InvalidInput).detail(name)),
    };
    params.iter().map(fill).collect()
}

/// Sends what the library made, and remembers what an answer's head tells.
struct Exchange<'a> {
    outside: &'a Outside,
    account: &'a Account,
    body: Body,
    oauth: &'a OAuth,
    host: String,
    seen: Mutex<Seen>,
}

/// What the library does not hand on.
#[derive(Default)]
struct Seen {
    /// When the request was sent: a token's life counts from then, as a computer may sleep before it
    /// reads the answer.
    asked: Option<Moment>,
    trouble: Option<Error>,
}

impl<'c> AsyncHttpClient<'c> for Exchange<'_> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let request = if self.body == Body::Json { in_json(request) } else { request };
            let mut request = reqwest::Request::try_from(request).map_err(|_| ErrorCode::InvalidAddress)?;
            // Kept out of debug output and of the compression tables of HTTP/2.
            if let Some(credentials) = request.headers_mut().get_mut(AUTHORIZATION) {
                credentials.set_sensitive(true);
            }
            let asked = self.outside.moment(&self.host);
            let answer = self.outside.http(&self.account.site)?.send(request).await?;
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.asked = Some(self.outside.note_date(&self.host, asked, &answer));
            if !(200..300).contains(&answer.status) {
                seen.trouble = Some(answer.trouble());
            }
            normalized(&answer, self.oauth)
        })
    }
}

/// The same parameters as a JSON object, for servers that take no form.
fn in_json(mut request: HttpRequest) -> HttpRequest {
    let params: BTreeMap<String, String> = url::form_urlencoded::parse(request.body()).into_owned().collect();
    *request.body_mut() = serde_json::json!(params).to_string().into_bytes();
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    request
}

/// The answer in the form of RFC 6749 §5: an `error` is an error even with status 200, an unknown
/// or missing token type is a bearer's, `expires_in` is a number or absent, `null` and "" are absent,
/// scopes are apart by spaces, the product's own words for errors are the standard's.
fn normalized(answer: &Answer, oauth: &OAuth) -> Result<HttpResponse, Error> {
    let mut body = answer.json();
    let mut status = if (200..300).contains(&answer.status) { 200 } else { answer.status };
    if let Value::Object(members) = &mut body {
        members.retain(|_, value| !(value.is_null() || value == ""));
        // Only words name an error, and only words or a list of them name scopes.
        members.retain(|name, value| name != "error" || value.is_string());
        if let Some(Value::Array(scopes)) = members.get("scope") {
            let words: Vec<&str> = scopes.iter().filter_map(Value::as_str).collect();
            members.insert("scope".to_owned(), words.join(" ").into());
        }
        members.retain(|name, value| name != "scope" || value.is_string());
        let lifetime = members.remove("expires_in").as_ref().and_then(seconds);
        if let Some(error) = members.get_mut("error") {
            if let Some(standard) = error.as_str().and_then(|word| oauth.errors.get(word)) {
                *error = serde_json::json!(standard);
            }
            status = if status == 200 { 400 } else { status };
        } else {
            members.insert("token_type".to_owned(), "bearer".into());
            if let Some(Value::String(scope)) = members.get_mut("scope") {
                // Some take spaces and answer with commas.
                let parts = scope.split(&oauth.scope_separator).flat_map(|part| part.split([' ', ',']));
                *scope = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            }
            if let Some(seconds) = lifetime {
                members.insert("expires_in".to_owned(), seconds.into());
            }
        }
    }
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    http::Response::builder().status(status).body(body).map_err(|_| ErrorCode::UnexpectedAnswer.into())
}

/// A lifetime as servers write it: a number, or its digits in a string; a part of a second is left
/// out. Zero and less mean unknown.
fn seconds(value: &Value) -> Option<u64> {
    let is_plain = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let whole = |text: &str| Some(text).filter(is_plain)?.split('.').next()?.parse().ok();
    let number = match value {
        Value::Number(number) => number.as_u64().or_else(|| whole(&number.to_string())),
        Value::String(text) => whole(text.trim()),
        _ => None,
    };
    number.filter(|seconds| *seconds > 0)
}

fn token_set(account: &Account, answer: &BasicTokenResponse, asked: &[String], sent: Moment) -> TokenSet {
    let oauth = &account.provider.oauth;
    let seconds = answer.expires_in().map(|life| life.as_secs()).or(oauth.access_ttl.map(u64::from));
    let life = seconds.map(|s| SignedDuration::from_secs(i64::try_from(s).unwrap_or(i64::MAX)));
    let scopes = answer.scopes().map(|scopes| scopes.iter().map(|scope| scope.to_string()).collect());
    TokenSet {
        access_token: Secret::from(answer.access_token().secret().as_str()),
        refresh_token: answer.refresh_token().map(|token| Secret::from(token.secret().as_str())),
        superseded: Vec::new(),
        superseded_access: Vec::new(),
        rotating: false,
        // A lifetime beyond what a calendar holds is as good as none.
        expires_at: life.and_then(|life| sent.wall.checked_add(life).ok()),
        obtained_at: sent.wall,
        witness: sent.into(),
        scopes: scopes.unwrap_or_else(|| asked.to_vec()),
    }
}

fn failure(
    error: RequestTokenError<Error, BasicErrorResponse>,
    seen: Option<Error>,
    refused: ErrorCode,
    sent: &[Secret],
) -> Error {
    match (error, seen) {
        (RequestTokenError::Request(error), _) => error,
        // A limit or a breakdown comes first: its body may say anything.
        (_, Some(trouble)) if trouble.is_passing() && trouble.code != ErrorCode::UnexpectedAnswer => trouble,
        (RequestTokenError::ServerResponse(answer), _) => {
            let words = answer.error_description().map_or_else(|| answer.error().to_string(), Clone::clone);
            let code = match answer.error().as_ref() {
                "invalid_grant" => refused,
                "invalid_client" | "unauthorized_client" => ErrorCode::ClientRefused,
                "invalid_scope" => ErrorCode::ScopeRefused,
                "temporarily_unavailable" | "server_error" => ErrorCode::ServerTrouble,
                "slow_down" => ErrorCode::RateLimited,
                _ => ErrorCode::UnexpectedAnswer,
            };
            Error::new(code).detail(without(&words, sent))
        }
        (_, Some(trouble)) => trouble,
        _ => Error::new(ErrorCode::UnexpectedAnswer).detail("not a token answer"),
    }
}
