//! Ending a connection at the provider (RFC 7009), then here, with each half told truthfully.
//!
//! Secrets leave the store only once the server agreed, or where the provider offers no way to
//! revoke. An unreachable server leaves the connection in the store for the one purpose of trying
//! again.

use std::collections::BTreeMap;

use jiff::Timestamp;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use url::form_urlencoded::byte_serialize;

use super::api::Api;
use super::outside::{Account, Outside};
use super::token_endpoint::filled;
use super::unsaved;
use crate::adapters::http::Answer;
use crate::error::{Error, ErrorCode, Result};
use crate::model::address::host;
use crate::model::connection::{Connection, TokenSet};
use crate::model::provider::{self, ClientAuth, Ends, Revoke, RevokeAuth};
use crate::model::secret::{ExposeSecret, Secret};

/// What the provider's side came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtProvider {
    /// Revoked, and seen to be refused where that could be asked.
    Confirmed,
    /// The server had ended the connection before.
    AlreadyGone,
    /// The provider has no way for an application to revoke.
    Unsupported,
    /// The access token was ended; the refresh token only a person can end.
    AccessOnly,
    /// Not reached or not able now; to be tried again.
    Unreachable,
    /// The server agreed and still accepts the token.
    StillAccepted,
}

/// The outcome of a revocation.
#[derive(Clone, Debug)]
pub struct Revocation {
    /// The provider's side.
    pub at_provider: AtProvider,
    /// Status of the request to revoke.
    pub status: Option<u16>,
    /// Status with which the server refused the access token afterwards.
    pub refused_with: Option<u16>,
    /// When the person had connected, which names the grant.
    pub grant: Timestamp,
    /// The provider's id of the person, if known.
    pub person: Option<String>,
    /// Whether the secrets left the store.
    pub forgotten: bool,
    /// When it was so.
    pub at: Timestamp,
}

/// Who wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A person, now.
    Now,
    /// A person, before: the connection says so itself, whatever else was last seen of it.
    Again,
}

/// RFC 7009 §2.1.
const REFRESH_TOKEN: &str = "refresh_token";
const ACCESS_TOKEN: &str = "access_token";

/// Revokes the connection of a site.
///
/// # Errors
/// [`ErrorCode::NotConnected`], [`ErrorCode::AddressChanged`], [`ErrorCode::ClientRefused`] or a
/// keychain code. The connection is kept then.
pub async fn revoke(outside: &Outside, account: &Account, wish: Wish) -> Result<Revocation> {
    let named = |error: Error| error.about(&account.site.name).at(&account.host());
    let (outside, site) = (&outside.pinned(), account.site.id);
    if outside.by_itself
        && let Some(error) = outside.attempts.pause(site)
    {
        return Err(named(error));
    }
    let turn = outside.turn(site).await?;
    unsaved::save(outside, account, &turn).await.map_err(named)?;
    let held = outside.secrets.connection(site).await.map_err(named)?;
    let held = held.ok_or_else(|| named(ErrorCode::NotConnected.into()))?;
    if wish == Wish::Again && held.revoking_since.is_none() {
        return Err(named(ErrorCode::NotConnected.into()));
    }
    let over = held.ended.is_some();
    if !account.made(&held)? {
        return Err(named(ErrorCode::AddressChanged.into()));
    }
    let mut outcome = Revocation {
        at_provider: AtProvider::Unsupported,
        status: None,
        refused_with: None,
        grant: held.connected_at,
        person: held.identity.as_ref().map(|identity| identity.id.clone()),
        forgotten: false,
        at: outside.now(),
    };
    // Written down first: a wish to revoke outlives a crash.
    let wished = Connection { revoking_since: held.revoking_since.or(Some(outcome.at)), ..held.clone() };
    outside.secrets.keep_connection(site, &wished).await.map_err(named)?;
    match end_all(outside, account, &held.tokens).await {
        Ok(ended) => {
            if let Some(ended) = ended {
                let standing = Api::new(outside, account, &held.tokens.access_token).standing().await;
                outcome.status = Some(ended.status);
                outcome.refused_with = standing.filter(|s| s.accepted.is_some()).map(|s| s.status);
                outcome.at_provider = match (standing.and_then(|s| s.accepted), ended.ends) {
                    (Some(true), _) => AtProvider::StillAccepted,
                    _ if over => AtProvider::AlreadyGone,
                    // Of the access token alone: a refresh token lives on, whatever became of this one.
                    (_, Ends::AccessToken) => AtProvider::AccessOnly,
                    _ if ended.was_gone => AtProvider::AlreadyGone,
                    (_, Ends::Token | Ends::Grant) => AtProvider::Confirmed,
                };
            }
            outside.secrets.forget_connection(site).await.map_err(named)?;
            outside.attempts.succeeded(site);
            outcome.forgotten = true;
        }
        Err(error) if error.is_passing() && error.code != ErrorCode::KeychainWaiting => {
            outside.attempts.failed(site, &error);
            outcome.at_provider = AtProvider::Unreachable;
        }
        Err(error) => {
            // Refused as a whole: the connection goes on as it was.
            outside.attempts.failed(site, &error);
            outside.secrets.keep_connection(site, &held).await.map_err(named)?;
            return Err(named(error));
        }
    }
    Ok(outcome)
}

/// Whether the connection of a site waits to be revoked, as far as the store can say.
pub async fn is_pending(outside: &Outside, account: &Account) -> bool {
    let held = outside.secrets.connection(account.site.id).await.ok().flatten();
    held.is_some_and(|held| held.revoking_since.is_some() && account.made(&held).unwrap_or_default())
}

/// Ends tokens nobody will use, and says whether that went through: an unreachable server keeps
/// a grant that nothing here can use either. Nothing is ended that would end those `beside` them,
/// which stay in use.
pub async fn end_tokens(outside: &Outside, account: &Account, tokens: &TokenSet, beside: &[&TokenSet]) -> bool {
    let ends_all = account.provider.oauth.revoke.as_ref().is_some_and(|revoke| revoke.ends == Ends::Grant);
    if !beside.is_empty() && (ends_all || beside.iter().any(|other| other.shares_with(tokens))) {
        return false;
    }
    match end_all(outside, account, tokens).await {
        Ok(_) => true,
        Err(error) => {
            tracing::info!(site = %account.site.name, code = %error.name(), "an unused grant could not be revoked");
            false
        }
    }
}

/// What the provider did.
struct Ended {
    /// The last answer's status.
    status: u16,
    /// Whether there was nothing left to end.
    was_gone: bool,
    ends: Ends,
}

/// The refresh tokens first: while one lives, it makes new access tokens. `None` where the provider
/// has no way to revoke.
async fn end_all(outside: &Outside, account: &Account, tokens: &TokenSet) -> Result<Option<Ended>> {
    let Some(revoke) = &account.provider.oauth.revoke else { return Ok(None) };
    let mut ended = Ended { status: 0, was_gone: false, ends: revoke.ends };
    let refresh = tokens.superseded.iter().chain(&tokens.refresh_token).map(|token| (token, REFRESH_TOKEN));
    let refresh = refresh.filter(|_| revoke.takes_refresh_tokens());
    let mut failed = None;
    // One that fails keeps none of the others alive.
    let access = tokens.superseded_access.iter().chain([&tokens.access_token]).map(|token| (token, ACCESS_TOKEN));
    for (token, hint) in refresh.chain(access) {
        match send(outside, account, revoke, token, hint).await {
            Ok(answer) => {
                ended.status = answer.status;
                ended.was_gone = is_gone(account, revoke, &answer);
            }
            Err(error) => {
                let is_there = error.code != ErrorCode::Unreachable;
                failed.get_or_insert(error);
                // Nobody is there for the others either, and each would wait for its time to pass.
                if !is_there {
                    break;
                }
            }
        }
    }
    failed.map_or(Ok(Some(ended)), Err)
}

impl Revoke {
    /// RFC 7009 takes both kinds; a request of the product's own is about what the API is asked with.
    fn takes_refresh_tokens(&self) -> bool {
        self.auth == RevokeAuth::Client && self.json.is_none()
    }
}

fn is_gone(account: &Account, revoke: &Revoke, answer: &Answer) -> bool {
    let refused = revoke.auth == RevokeAuth::Token && account.provider.api.says_expired(answer.status, &answer.json());
    refused || revoke.gone.contains(&answer.status)
}

async fn send(outside: &Outside, account: &Account, revoke: &Revoke, token: &Secret, hint: &str) -> Result<Answer> {
    let client_id = &account.site.client_id;
    let mut values = account.client_values("");
    let url = account.url_with(&revoke.url, &values)?;
    let at = host(&url);
    let http = outside.http(&account.site)?;
    let mut request = http.request(revoke.method.into(), url);
    let mut form = vec![("token", token.expose_secret().to_owned()), ("token_type_hint", hint.to_owned())];
    if revoke.auth == RevokeAuth::Token {
        let header = &account.provider.api.header;
        request = request.header(&header.name, sensitive(&header.value(token))?);
    } else {
        let by_basic = revoke.auth == RevokeAuth::ClientBasic || account.application()?.auth == ClientAuth::Basic;
        match account.client_secret(outside).await? {
            Some(secret) if by_basic => {
                request = request.basic_auth(encoded(client_id), Some(encoded(secret.expose_secret())));
            }
            secret => {
                form.push(("client_id", client_id.clone()));
                form.extend(secret.map(|secret| ("client_secret", secret.expose_secret().to_owned())));
            }
        }
    }
    if let Some(json) = &revoke.json {
        values.insert("token".to_owned(), token.expose_secret().to_owned());
        let members: BTreeMap<_, _> = filled(json, &values)?.into_iter().collect();
        request = request.header(CONTENT_TYPE, "application/json").body(serde_json::json!(members).to_string());
    } else if revoke.takes_refresh_tokens() {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
    }
    let request = request.build().map_err(|_| ErrorCode::InvalidAddress)?;
    let answer = http.send(request).await?;
    match answer.status {
        200..=299 => Ok(answer),
        _ if is_gone(account, revoke, &answer) => Ok(answer),
        // RFC 7009 §2.2.1: such an access token ends by itself, at its own time.
        400 if hint == ACCESS_TOKEN && answer.json()["error"] == "unsupported_token_type" => Ok(answer),
        // RFC 6749 §5.2 and what Doorkeeper says instead.
        400 | 401 | 403 if is_client_refusal(&answer) => Err(Error::new(ErrorCode::ClientRefused).at(&at)),
        // No form of OAuth: something in between refused, not the server.
        403 => Err(Error::new(ErrorCode::UnexpectedAnswer).at(&at).detail("HTTP 403")),
        _ => Err(answer.trouble().at(&at)),
    }
}

fn is_client_refusal(answer: &Answer) -> bool {
    matches!(answer.json()["error"].as_str(), Some("invalid_client" | "unauthorized_client"))
}

/// Kept out of debug output and of the compression tables of HTTP/2.
fn sensitive(value: &Secret) -> Result<HeaderValue> {
    let mut value = HeaderValue::try_from(value.expose_secret()).map_err(|_| ErrorCode::UnexpectedAnswer)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Both parts of Basic credentials are form-urlencoded first (RFC 6749 §2.3.1).
fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

impl From<provider::Method> for Method {
    fn from(method: provider::Method) -> Self {
        match method {
            provider::Method::Post => Self::POST,
            provider::Method::Get => Self::GET,
            provider::Method::Delete => Self::DELETE,
        }
    }
}
