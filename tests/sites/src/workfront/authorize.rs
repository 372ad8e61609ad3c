//! `GET /integrations/oauth2/authorize`.

use crate::grants::{Challenge, Grant};
use crate::params::Params;
use crate::people::App;
use crate::refusal::Refusal;
use crate::routes::authorize::{Asked, redirect_uri};
use crate::world::World;

/// The guide's three parameters. A state is not mentioned there: it is taken and given back, as RFC 6749 has it. "There
/// is no need to name scopes": none is taken.
const WEB: [&str; 4] = ["client_id", "redirect_uri", "response_type", "state"];
/// For the single-page type the guide adds the two of PKCE.
const SINGLE_PAGE: [&str; 6] =
    ["client_id", "redirect_uri", "response_type", "state", "code_challenge", "code_challenge_method"];

/// "`client_id`: made with the application. `redirect_uri`: the address given when the application was made.
/// `response_type`: must be `code`."
pub(crate) fn read(world: &World, params: &Params) -> Result<Asked, Refusal> {
    let app = world.app(params.need("client_id")?).ok_or(Refusal::InvalidClient)?;
    params.only(if app.secret.is_some() { &WEB } else { &SINGLE_PAGE })?;
    let redirect_uri = redirect_uri(world, app, params)?;
    if params.need("response_type")? != "code" {
        return Err(Refusal::UnsupportedResponseType);
    }
    let [domain, lane] = world.workfront.labels.clone();
    Ok(Asked {
        app_name: app.name.clone(),
        // "Who is signed in already is sent to the consent page": always.
        remembered: false,
        grant: Grant { app: app.id.clone(), person: world.browser_user, scopes: Vec::new() },
        redirect_uri: redirect_uri.to_owned(),
        state: params.get("state").map(str::to_owned),
        challenge: challenge(app, params)?,
        // "The redirect has `code`, `domain` (of `myorganization.my.workfront.com`: `myorganization`) and `lane` (of
        // `myorganization.preview.workfront.com`: `preview`)."
        tells: vec![("domain", domain), ("lane", lane)],
    })
}

/// "`code_challenge_method`: always `S256`."
fn challenge(app: &App, params: &Params) -> Result<Option<Challenge>, Refusal> {
    if app.secret.is_some() {
        return Ok(None);
    }
    let challenge = params.need("code_challenge")?;
    match params.need("code_challenge_method")? {
        "S256" => Ok(Some(Challenge::S256(challenge.to_owned()))),
        _ => Err(Refusal::NotAllowed("The code_challenge_method must be S256.".to_owned())),
    }
}
