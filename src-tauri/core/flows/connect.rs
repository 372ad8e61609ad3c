//! Connecting a site: authorization code grant (RFC 6749 §4.1) with PKCE (RFC 7636) in the system
//! browser (RFC 8252).
//!
//! An attempt belongs to one site and lives as long as a code would. Until it is over, a person may
//! paste again; nothing is sent before what came back is known to belong to this attempt.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl};
use url::Url;

use super::api::Api;
use super::callback::{Listener, Way};
use super::ledger;
use super::outside::{Account, Outside};
use super::revoke;
use super::token_endpoint::{Grant, ask, client, filled};
use super::unsaved;
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
    /// What further parameters of the answer must say.
    callback: BTreeMap<String, String>,
    state: Secret,
    verifier: Option<Secret>,
    cancelled: Arc<AtomicBool>,
    /// Codes that were sent: whatever came of it, none is sent again.
    spent: Arc<Mutex<Vec<Secret>>>,
}

impl Attempt {
    /// Gives it up: an answer that is on its way is not kept.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether no answer counts any more.
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.ends_at || self.cancelled.load(Ordering::Relaxed)
    }

    /// The code in what a person pasted.
    ///
    /// # Errors
    /// As [`read_code`].
    pub fn code_in(&self, pasted: &str) -> Result<Secret> {
        let (authorize, redirect_uri) = (&self.url, self.redirect_uri.as_str());
        let is_bound = self.verifier.is_some() || self.redirect == Redirect::Oob;
        let read = read_code(pasted, Asked { authorize, redirect_uri, expected: self.expected(), is_bound });
        read.map_err(|error| self.named(error))
    }

    /// Notes that a code is sent now.
    ///
    /// # Errors
    /// [`ErrorCode::CodeSpent`] if it was sent before.
    fn spend(&self, code: &Secret) -> Result<()> {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        if spent.iter().any(|sent| sent.expose_secret() == code.expose_secret()) {
            return Err(ErrorCode::CodeSpent.into());
        }
        spent.push(code.clone());
        Ok(())
    }

    /// Where the browser brings the answer.
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// What an answer must match to be its.
    pub fn expected(&self) -> Expected<'_> {
        Expected { state: self.state.expose_secret(), issuer: self.issuer.as_deref(), fields: &self.callback }
    }

    /// An error with the site and the host it is about.
    pub fn named(&self, error: Error) -> Error {
        error.about(&self.account.site.name).at(&self.account.host())
    }
}

/// What came of a code.
pub enum Exchanged {
    /// A connection.
    Made(Box<Made>),
    /// Tokens of another person than before; whether they are kept is for the person to say.
    Other(Box<Other>),
}

/// A connection just made, and why the secret store did not take it; it is held in memory then.
pub struct Made {
    /// What the site holds now.
    pub connection: Connection,
    /// What the secret store said.
    pub unsaved: Option<Error>,
    /// The last characters of tokens that were given away before and ended with the sign-in they were of.
    pub ended: Vec<String>,
}

/// Tokens of another person than before. Kept nowhere yet.
pub struct Other {
    tokens: TokenSet,
    /// Who the site was connected as.
    pub before: Identity,
    /// Who signed in now.
    pub now: Identity,
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
    // Tokens that come could not be kept without it.
    account.binding()?;
    let oauth = &account.provider.oauth;
    let application = account.application()?;
    let way = Way::open(&account.provider, application, redirect).await.map_err(named)?;
    let redirect_uri = RedirectUrl::new(way.uri).map_err(|_| ErrorCode::InvalidAddress)?;
    let values = account.client_values(&redirect_uri);
    let mut request = client.authorize_url(CsrfToken::new_random).set_redirect_uri(Cow::Borrowed(&redirect_uri));
    if !account.site.scopes.is_empty() {
        request = request.add_extra_param("scope", account.site.scopes.join(&oauth.scope_separator));
    }
    for (name, value) in filled(&oauth.authorize_params, &values)? {
        request = request.add_extra_param(name, value);
    }
    let callback = filled(&oauth.callback, &values)?.into_iter().map(|(name, value)| (name.to_owned(), value));
    let mut verifier = None;
    if application.pkce == Pkce::S256 {
        let (challenge, secret) = PkceCodeChallenge::new_random_sha256();
        request = request.set_pkce_challenge(challenge);
        verifier = Some(Secret::from(secret.secret().as_str()));
    }
    let (mut url, state) = request.url();
    // A `+` means a space only to those who read the query as a form; `%20` means it to everybody.
    let query = url.query().map(|query| query.replace('+', "%20"));
    url.set_query(query.as_deref());
    let issuer = oauth.issuer.as_ref().and_then(|issuer| issuer.text(&account.site.inputs));
    let (life, callback) = (oauth.attempt_life(), callback.collect());
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
        callback,
        state: Secret::from(state.secret().as_str()),
        verifier,
        cancelled: Arc::default(),
        spent: Arc::default(),
    };
    Ok((attempt, way.listener))
}

/// Makes the connection of a code.
///
/// # Errors
/// [`ErrorCode::AttemptOver`], [`ErrorCode::CodeSpent`], [`ErrorCode::RevokePending`],
/// [`ErrorCode::Stopped`] while the program ends, or those of the token endpoint. Whatever the site held
/// before is untouched.
pub async fn exchange(outside: &Outside, attempt: &Attempt, code: Secret) -> Result<Exchanged> {
    let named = |error: Error| attempt.named(error);
    if attempt.is_over(outside.now()) {
        return Err(named(ErrorCode::AttemptOver.into()));
    }
    let (outside, account) = (&outside.pinned(), &attempt.account);
    // Taken before the code is spent: what then comes back can be kept.
    let turn = outside.turn(account.site.id).await.map_err(named)?;
    let before = replaced(outside, account).await.map_err(named)?;
    // Another program may have changed the site while the person signed in.
    account.is_listed(outside).map_err(named)?;
    outside.may_spend(&turn).map_err(named)?;
    attempt.spend(&code).map_err(named)?;
    let verifier = attempt.verifier.as_ref().map(|v| PkceCodeVerifier::new(v.expose_secret().to_owned()));
    let grant = Grant::Code { code, redirect_uri: attempt.redirect_uri.clone(), verifier };
    let tokens = ask(outside, account, grant).await.map_err(named)?;
    let known = before.connections.iter().find_map(|one| one.identity.clone());
    let identity = match confirm(outside, account, &tokens, known.is_none()).await {
        Ok(identity) if !attempt.cancelled.load(Ordering::Relaxed) => identity,
        result => {
            let error = result.err().unwrap_or_else(|| ErrorCode::AttemptOver.into());
            // Nothing of it is kept here, so nothing of it should live there.
            let held: Vec<&TokenSet> = before.connections.iter().map(|one| &one.tokens).collect();
            revoke::end_tokens(outside, account, &tokens, &held).await;
            return Err(named(error));
        }
    };
    match (known, identity) {
        (Some(before), Some(now)) if before.id != now.id => {
            Ok(Exchanged::Other(Box::new(Other { tokens, before, now })))
        }
        (_, identity) => Ok(Exchanged::Made(Box::new(save(outside, account, tokens, identity, before).await?))),
    }
}

/// Keeps the tokens of another person in place of those before, as the person wants.
///
/// # Errors
/// A keychain code, [`ErrorCode::Busy`], [`ErrorCode::RevokePending`]; the tokens are ended then.
/// [`ErrorCode::SecretsMoved`]; they wait on then.
pub async fn switch(outside: &Outside, account: &Account, other: &Other) -> Result<Made> {
    let outside = &outside.pinned();
    let kept = async {
        let _turn = outside.turn(account.site.id).await?;
        let before = replaced(outside, account).await?;
        save(outside, account, other.tokens.clone(), Some(other.now.clone()), before).await
    };
    match kept.await {
        Ok(made) => Ok(made),
        Err(error) => {
            if error.code != ErrorCode::SecretsMoved {
                discard(outside, account, other).await;
            }
            Err(error.about(&account.site.name))
        }
    }
}

/// Ends the tokens of another person, which nobody wants.
pub async fn discard(outside: &Outside, account: &Account, other: &Other) {
    // Of another person, so of another grant.
    revoke::end_tokens(outside, account, &other.tokens, &[]).await;
}

/// What the new connection takes the place of: what is stored, and what could not be. Tokens of
/// another address or client go nowhere, and its people are not this one's, so those are left out.
async fn replaced(outside: &Outside, account: &Account) -> Result<Replaced> {
    let stored = match outside.secrets.connection(account.site.id).await {
        Ok(stored) => stored,
        // Unreadable for ever: only a new connection helps.
        Err(error) if error.code == ErrorCode::SecretUnreadable => None,
        Err(error) => return Err(error),
    };
    let held = outside.unsaved(account.site.id).map(|unsaved| unsaved.connection);
    let access_token = stored.as_ref().map(|stored| stored.tokens.access_token.clone());
    let mut connections = Vec::new();
    for one in held.into_iter().chain(stored) {
        // An end that was not stored is of what is.
        let token = one.tokens.access_token.expose_secret();
        let is_named = |named: &Connection| named.tokens.access_token.expose_secret() == token;
        if connections.iter().any(is_named) || !account.made(&one)? {
            continue;
        }
        // Written over, nobody would ever revoke it.
        if one.revoking_since.is_some() {
            return Err(ErrorCode::RevokePending.into());
        }
        connections.push(one);
    }
    Ok(Replaced { access_token, connections })
}

struct Replaced {
    /// The access token that is stored now.
    access_token: Option<Secret>,
    connections: Vec<Connection>,
}

async fn save(
    outside: &Outside,
    account: &Account,
    tokens: TokenSet,
    identity: Option<Identity>,
    before: Replaced,
) -> Result<Made> {
    let site = account.site.id;
    let binding = account.binding()?;
    let mut connection = Connection {
        token_endpoint: binding.token_endpoint,
        client_id: Some(binding.client_id),
        origins: Some(binding.origins),
        tokens,
        identity,
        connected_at: outside.now(),
        ended: None,
        revoking_since: None,
    };
    // Not ended before the new one is safe, and named until they are: whoever revokes the new one
    // revokes them too.
    let shares = |one: &Connection| one.tokens.shares_with(&connection.tokens);
    let (same, old): (Vec<Connection>, Vec<Connection>) = before.connections.into_iter().partition(shares);
    for old in &old {
        connection.supersedes(&old.tokens);
    }
    let grant = connection.connected_at;
    outside.drop_unsaved(site);
    if let Err(error) = unsaved::patiently(outside, || keep(outside, account, &connection)).await {
        // What is stored passes on with this one's saving.
        let stored = before.access_token.as_ref().map(ExposeSecret::expose_secret);
        let is_held = |one: &Connection| stored != Some(one.tokens.access_token.expose_secret());
        let held: Vec<_> = same.into_iter().chain(old).filter(is_held).collect();
        ledger::pass_on(outside, account, &held, grant).await;
        outside.hold_unsaved(site, connection.clone(), before.access_token);
        return Ok(Made { connection, unsaved: Some(error), ended: Vec::new() });
    }
    ledger::pass_on(outside, account, &same, grant).await;
    ledger::pass_on(outside, account, &old, grant).await;
    let (mut all_ended, mut ended) = (true, Vec::new());
    for old in &old {
        all_ended &= revoke::end_tokens(outside, account, &old.tokens, &[&connection.tokens]).await;
    }
    if all_ended && !old.is_empty() {
        // Of a grant that goes on, others may live.
        if account.provider.oauth.revoke.is_some() && same.is_empty() {
            ended = ledger::end_others(outside, account, &connection).await;
        }
        let named = connection.clone();
        connection.tokens.superseded.clear();
        connection.tokens.superseded_access.clear();
        if outside.secrets.keep_connection(site, &connection).await.is_err() {
            // Naming a token that is gone costs nothing.
            connection = named;
        }
    }
    Ok(Made { connection, unsaved: None, ended })
}

/// Writes the connection and reads it back, so that "saved" is known and not believed.
async fn keep(outside: &Outside, account: &Account, connection: &Connection) -> Result<()> {
    outside.secrets.keep_connection(account.site.id, connection).await?;
    let read = outside.secrets.connection(account.site.id).await?.ok_or(ErrorCode::KeychainFailed)?;
    let same = read.tokens.access_token.expose_secret() == connection.tokens.access_token.expose_secret();
    if same { Ok(()) } else { Err(ErrorCode::KeychainFailed.into()) }
}

/// Who the new tokens belong to. Where nobody was known, a server that cannot say now is asked again
/// by the next count.
async fn confirm(
    outside: &Outside,
    account: &Account,
    tokens: &TokenSet,
    may_be_unknown: bool,
) -> Result<Option<Identity>> {
    match Api::new(outside, account, &tokens.access_token).identity().await {
        Err(error) if error.is_passing() && may_be_unknown => Ok(None),
        result => result,
    }
}
