//! Connecting a site: authorization code grant (RFC 6749 §4.1) with PKCE (RFC 7636) in the system
//! browser (RFC 8252).
//!
//! An attempt belongs to one site and lives as long as a code would. Until it is over, a person may
//! paste again; nothing is sent before what came back is known to belong to this attempt.

use std::borrow::Cow;
use std::time::Duration;

use jiff::Timestamp;
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use url::Url;

use super::api::Api;
use super::callback::{Listener, Way};
use super::outside::{Account, Outside};
use super::revoke;
use super::token_endpoint::{Grant, ask, client};
use crate::error::{Error, ErrorCode, Result};
use crate::model::answer::Expected;
use crate::model::connection::{Connection, Identity, TokenSet};
use crate::model::pasted::{Asked, read_code};
use crate::model::provider::Pkce;
use crate::model::secret::{ExposeSecret, Secret};
use crate::model::site::Redirect;

/// A connect that waits for its answer.
#[derive(Clone)]
pub struct Attempt {
    /// Names it over the bridge.
    pub id: String,
    /// The site it is for.
    pub account: Account,
    /// What the browser opens.
    pub url: Url,
    /// When it is over.
    pub ends_at: Timestamp,
    /// How long it may take in all.
    pub life: Duration,
    /// How the answer comes back.
    pub redirect: Redirect,
    /// Why it does not come back as it was wanted to.
    pub instead_of: Option<Error>,
    /// The same in the request to authorize and in the exchange (RFC 6749 §4.1.3).
    redirect_uri: RedirectUrl,
    issuer: Option<String>,
    state: Secret,
    verifier: Option<Secret>,
}

impl Attempt {
    /// The code in what a person pasted.
    ///
    /// # Errors
    /// As [`read_code`].
    pub fn code_in(&self, pasted: &str) -> Result<Secret> {
        let (authorize, redirect_uri) = (&self.url, self.redirect_uri.as_str());
        let read = read_code(pasted, Asked { authorize, redirect_uri, expected: self.expected() });
        read.map_err(|error| self.named(error))
    }

    /// Where the browser brings the answer.
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// What an answer must match to be its.
    pub fn expected(&self) -> Expected<'_> {
        Expected { state: self.state.expose_secret(), issuer: self.issuer.as_deref() }
    }

    /// An error with the site and the host it is about.
    pub fn named(&self, error: Error) -> Error {
        error.about(&self.account.site.name).at(&self.account.host())
    }
}

/// A connection just made, and why the secret store did not take it; it is held in memory then.
pub struct Made {
    /// What the site holds now.
    pub connection: Connection,
    /// What the secret store said.
    pub unsaved: Option<Error>,
}

/// Opens the way back and makes the address for the browser.
///
/// # Errors
/// [`ErrorCode::ClientSecretMissing`], a keychain code, [`ErrorCode::InvalidAddress`] or
/// [`ErrorCode::PortTaken`].
pub async fn begin(outside: &Outside, account: Account, redirect: Redirect) -> Result<(Attempt, Option<Listener>)> {
    let named = |error: Error| error.about(&account.site.name);
    let secret = account.client_secret(outside).await.map_err(named)?;
    let client = client(&account, secret.as_ref())?;
    let way = Way::open(&account.provider, redirect).await.map_err(named)?;
    let redirect_uri = RedirectUrl::new(way.uri).map_err(|_| ErrorCode::InvalidAddress)?;
    let scopes = account.site.scopes.iter().cloned().map(Scope::new);
    let mut request =
        client.authorize_url(CsrfToken::new_random).add_scopes(scopes).set_redirect_uri(Cow::Borrowed(&redirect_uri));
    let mut verifier = None;
    if account.provider.oauth.pkce == Pkce::S256 {
        let (challenge, secret) = PkceCodeChallenge::new_random_sha256();
        request = request.set_pkce_challenge(challenge);
        verifier = Some(Secret::from(secret.secret().as_str()));
    }
    let (mut url, state) = request.url();
    // A `+` means a space only to those who read the query as a form; `%20` means it to everybody.
    let query = url.query().map(|query| query.replace('+', "%20"));
    url.set_query(query.as_deref());
    let issuer = account.provider.oauth.issuer.as_ref().and_then(|issuer| issuer.text(&account.site.inputs));
    let life = account.provider.attempt_life();
    let attempt = Attempt {
        id: uuid::Uuid::new_v4().to_string(),
        ends_at: outside.now().checked_add(life).unwrap_or(Timestamp::MAX),
        life,
        url,
        account,
        redirect: way.redirect,
        instead_of: way.instead_of,
        redirect_uri,
        issuer,
        state: Secret::from(state.secret().as_str()),
        verifier,
    };
    Ok((attempt, way.listener))
}

/// Makes the connection of a code.
///
/// # Errors
/// [`ErrorCode::AttemptOver`], those of the token endpoint, or [`ErrorCode::OtherPerson`]. Whatever
/// the site held before is untouched.
pub async fn exchange(outside: &Outside, attempt: &Attempt, code: Secret) -> Result<Made> {
    let named = |error: Error| attempt.named(error);
    if outside.now() >= attempt.ends_at {
        return Err(named(ErrorCode::AttemptOver.into()));
    }
    let account = &attempt.account;
    // Taken before the code is spent: what then comes back can be kept.
    let _turn = outside.turn(account.site.id).await.map_err(named)?;
    let verifier = attempt.verifier.as_ref().map(|v| PkceCodeVerifier::new(v.expose_secret().to_owned()));
    let grant = Grant::Code { code, redirect_uri: attempt.redirect_uri.clone(), verifier };
    let tokens = ask(outside, account, grant).await.map_err(named)?;
    save(outside, account, tokens).await.map_err(named)
}

async fn save(outside: &Outside, account: &Account, tokens: TokenSet) -> Result<Made> {
    let site = account.site.id;
    let endpoint = account.token_endpoint()?;
    // A store that cannot be read must not cost the connection just made. Tokens of another address
    // go nowhere, and its people are not this one's.
    let stored = outside.secrets.connection(site).await.ok().flatten();
    let before: Vec<Connection> = outside.unsaved(site).into_iter().chain(stored).collect();
    let before: Vec<_> = before.into_iter().filter(|one| one.token_endpoint == endpoint.as_str()).collect();
    let known = before.iter().find_map(|one| one.identity.clone());
    let identity = match confirm(outside, account, &tokens, known).await {
        Ok(identity) => identity,
        Err(error) => {
            // Nothing of it is kept here, so nothing of it should live there.
            revoke::end_tokens(outside, account, &tokens).await;
            return Err(error);
        }
    };
    let mut connection = Connection {
        token_endpoint: endpoint.into(),
        tokens,
        identity,
        connected_at: outside.now(),
        ended: None,
        revoking_since: None,
    };
    let replaced: Vec<_> = before.into_iter().filter(|old| !old.tokens.shares_with(&connection.tokens)).collect();
    outside.drop_unsaved(site);
    let unsaved = keep(outside, account, &connection).await.err();
    if unsaved.is_some() {
        // Not ended before the new one is safe; whoever revokes it names them too.
        let tokens = replaced.into_iter().map(|old| old.tokens);
        connection.tokens.superseded.extend(tokens.flat_map(|old| old.superseded.into_iter().chain(old.refresh_token)));
        outside.hold_unsaved(site, connection.clone());
    } else {
        for old in &replaced {
            revoke::end_tokens(outside, account, &old.tokens).await;
        }
    }
    Ok(Made { connection, unsaved })
}

/// Writes the connection and reads it back, so that "saved" is known and not believed.
async fn keep(outside: &Outside, account: &Account, connection: &Connection) -> Result<()> {
    outside.secrets.keep_connection(account.site.id, connection).await?;
    let read = outside.secrets.connection(account.site.id).await?.ok_or(ErrorCode::KeychainFailed)?;
    let same = read.tokens.access_token.expose_secret() == connection.tokens.access_token.expose_secret();
    if same { Ok(()) } else { Err(ErrorCode::KeychainFailed.into()) }
}

/// Who the new tokens belong to; another person than before is never attached silently. A server
/// that cannot say now is asked again by the next count, against the identity known before.
async fn confirm(
    outside: &Outside,
    account: &Account,
    tokens: &TokenSet,
    known: Option<Identity>,
) -> Result<Option<Identity>> {
    match Api::new(outside, account, &tokens.access_token).identity().await {
        Ok(identity) => match known {
            Some(known) if known.id != identity.id => {
                Err(Error::new(ErrorCode::OtherPerson).detail(format!("{} ≠ {}", identity.text, known.text)))
            }
            _ => Ok(Some(identity)),
        },
        Err(error) if error.is_passing() => Ok(known),
        Err(error) => Err(error),
    }
}
