//! Authorization requests: what is right about them, and what a person's answer leads to.

use axum::http::StatusCode;
use serde::Serialize;
use url::Url;

use crate::OUT_OF_BAND;
use crate::change::Product;
use crate::grants::{Challenge, Grant};
use crate::jooto;
use crate::params::Params;
use crate::people::{App, PUBLIC_SCOPES};
use crate::provider::Provider;
use crate::refusal::Refusal;
use crate::workfront;
use crate::world::World;

const DENIED: &str = "The resource owner or authorization server denied the request.";

/// An authorization request that may be put to a person.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) app_name: String,
    /// Whether who granted just this before is not asked again: Redmine's way with confidential applications.
    pub(crate) remembered: bool,
    pub(crate) grant: Grant,
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    pub(crate) challenge: Option<Challenge>,
    /// What the redirect with the code tells besides.
    pub(crate) tells: Vec<(&'static str, String)>,
}

/// Why the browser shows an error page; nothing is ever redirected with it.
pub(crate) type Shown = (StatusCode, String);

/// Where a person's answer sends the browser.
pub(crate) enum Sent {
    /// To the client's redirect URI.
    Back(String),
    /// To the page that shows this code.
    CodePage(String),
    /// Nowhere: a denied request without a redirect shows this JSON.
    Json(String),
}

/// Reads and checks the parameters. Every error is a page: nothing comes back to the client.
pub(crate) fn check(world: &World, params: &Params) -> Result<Asked, Shown> {
    let read = match world.provider {
        Provider::Redmine | Provider::Planio if !world.rest => {
            return Err((StatusCode::FORBIDDEN, "You are not authorized to access this page.".to_owned()));
        }
        Provider::Redmine | Provider::Planio => read(world, params),
        Provider::Jooto => jooto::authorize::read(world, params),
        Provider::Workfront => workfront::authorize::read(world, params),
    };
    read.map_err(|refusal| (refusal.status(), refusal.description()))
}

/// Redmine, in the order of the real server.
fn read(world: &World, params: &Params) -> Result<Asked, Refusal> {
    let app = world.app(params.need("client_id")?).ok_or(Refusal::InvalidClient)?;
    let redirect_uri = redirect_uri(world, app, params)?;
    if params.need("response_type")? != "code" {
        return Err(Refusal::UnsupportedResponseType);
    }
    let scopes = scopes(app, params.get("scope"))?;
    let challenge = match (params.get("code_challenge"), params.get("code_challenge_method")) {
        (None, _) => None,
        (Some(challenge), Some("S256")) => Some(Challenge::S256(challenge.to_owned())),
        (Some(challenge), Some("plain")) => Some(Challenge::Plain(challenge.to_owned())),
        _ => return Err(Refusal::InvalidChallengeMethod),
    };
    Ok(Asked {
        app_name: app.name.clone(),
        remembered: app.secret.is_some(),
        grant: Grant { app: app.id.clone(), person: world.browser_user, scopes },
        redirect_uri: redirect_uri.to_owned(),
        state: params.get("state").map(str::to_owned),
        challenge,
        tells: Vec::new(),
    })
}

/// The redirect URI of a request, if it is one that the application registered.
pub(crate) fn redirect_uri<'a>(world: &World, app: &App, params: &'a Params) -> Result<&'a str, Refusal> {
    let asked = params.get("redirect_uri").ok_or(Refusal::InvalidRedirectUri)?;
    let registered = app.redirects.iter().any(|registered| world.grants.redirects.allows(asked, registered));
    registered.then_some(asked).ok_or(Refusal::InvalidRedirectUri)
}

/// One scope too many and the request is refused as a whole; none at all means the public ones.
fn scopes(app: &App, asked: Option<&str>) -> Result<Vec<String>, Refusal> {
    let registered = |scope: &str| app.scopes.iter().any(|known| known == scope);
    let Some(asked) = asked else {
        return Ok(PUBLIC_SCOPES.into_iter().filter(|scope| registered(scope)).map(str::to_owned).collect());
    };
    if !asked.split(' ').all(registered) {
        return Err(Refusal::InvalidScope);
    }
    Ok(asked.split(' ').map(str::to_owned).collect())
}

/// The person says yes, or has said so before.
pub(crate) fn allow(world: &mut World, asked: Asked) -> Sent {
    let now = world.clock.now();
    let code = world.grants.issue_code(asked.grant, &asked.redirect_uri, asked.challenge, now);
    if asked.redirect_uri == OUT_OF_BAND {
        return Sent::CodePage(code);
    }
    let mut query = vec![("code", Some(code.as_str())), ("state", asked.state.as_deref())];
    query.extend(asked.tells.iter().map(|(name, value)| (*name, Some(value.as_str()))));
    Sent::Back(with_query(&asked.redirect_uri, &query))
}

/// The person says no.
pub(crate) fn deny(asked: &Asked) -> Sent {
    let state = asked.state.as_deref();
    if asked.redirect_uri != OUT_OF_BAND {
        let query = [("error", Some("access_denied")), ("error_description", Some(DENIED)), ("state", state)];
        return Sent::Back(with_query(&asked.redirect_uri, &query));
    }
    let mut body = serde_json::json!({ "error": "access_denied", "error_description": DENIED });
    if let Some(state) = state {
        body["state"] = state.into();
    }
    Sent::Json(body.to_string())
}

fn with_query(redirect_uri: &str, pairs: &[(&str, Option<&str>)]) -> String {
    let mut url = Url::parse(redirect_uri).expect("it matched a registered one");
    for (name, value) in pairs {
        if let Some(value) = value {
            url.query_pairs_mut().append_pair(name, value);
        }
    }
    url.into()
}

/// What came of a person's visit to an authorization address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Approval {
    /// The page shows this code.
    Code {
        /// The code.
        code: String,
    },
    /// The browser is sent to this address.
    Redirect {
        /// The address.
        redirect: String,
    },
    /// The browser shows an error.
    Refused {
        /// The status of the page.
        status: u16,
        /// Its sentence.
        error: String,
    },
}

impl Approval {
    /// The code, from the page or from the redirect.
    pub fn code(&self) -> Option<String> {
        match self {
            Self::Code { code } => Some(code.clone()),
            Self::Redirect { redirect } => {
                let url = Url::parse(redirect).ok()?;
                url.query_pairs().find(|(name, _)| name == "code").map(|(_, value)| value.into_owned())
            }
            Self::Refused { .. } => None,
        }
    }

    /// Where the browser is sent.
    pub fn redirect(&self) -> Option<&str> {
        match self {
            Self::Redirect { redirect } => Some(redirect),
            Self::Code { .. } | Self::Refused { .. } => None,
        }
    }
}

/// A person's whole visit: opens the address, signs in if asked, and allows or denies.
pub(crate) fn answer(world: &mut World, authorize_url: &str, allowed: bool) -> Approval {
    let refused = |status: StatusCode, error: String| Approval::Refused { status: status.as_u16(), error };
    let not_here = || refused(StatusCode::NOT_FOUND, "there is no such page".to_owned());
    let Ok(url) = Url::parse(authorize_url) else {
        return not_here();
    };
    if url.path() != world.provider.authorize_path() || world.product != Product::Current {
        return not_here();
    }
    let asked = match check(world, &Params::from_query(url.query().unwrap_or_default())) {
        Ok(asked) => asked,
        Err((status, sentence)) => return refused(status, sentence),
    };
    world.signed_in = true;
    match if allowed { allow(world, asked) } else { deny(&asked) } {
        Sent::Back(redirect) => Approval::Redirect { redirect },
        Sent::CodePage(code) => Approval::Code { code },
        Sent::Json(error) => refused(StatusCode::BAD_REQUEST, error),
    }
}
