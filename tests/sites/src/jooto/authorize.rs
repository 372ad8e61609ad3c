//! `GET /oauth2/login`.

use crate::grants::Grant;
use crate::params::Params;
use crate::refusal::Refusal;
use crate::routes::authorize::{Asked, redirect_uri};
use crate::world::World;

/// The guide's table of request parameters; it has no scope, and neither `code_challenge` nor anything else.
const NAMES: [&str; 5] = ["client_id", "redirect_uri", "response_type", "state", "organization_id"];

/// "`client_id`: of the application that was made. `redirect_uri`: the one given to it. `response_type`: always `code`.
/// `state`: a random string. `organization_id`: a number, the organization whose resources are wanted." All five are
/// taken as required. An application belongs to the organization whose settings page registered it.
pub(crate) fn read(world: &World, params: &Params) -> Result<Asked, Refusal> {
    params.only(&NAMES)?;
    let app = world.app(params.need("client_id")?).ok_or(Refusal::InvalidClient)?;
    let redirect_uri = redirect_uri(world, app, params)?;
    if params.need("response_type")? != "code" {
        return Err(Refusal::UnsupportedResponseType);
    }
    let state = params.need("state")?;
    let organization = params.need("organization_id")?;
    if !organization.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::NotAllowed("The parameter organization_id is not a number.".to_owned()));
    }
    if organization != world.jooto.organization.id.to_string() {
        return Err(Refusal::NotAllowed("The organization has no such application.".to_owned()));
    }
    Ok(Asked {
        app_name: app.name.clone(),
        // "When the user allows access, on the page that asks": nothing is said of not asking.
        remembered: false,
        grant: Grant { app: app.id.clone(), person: world.browser_user, scopes: Vec::new() },
        redirect_uri: redirect_uri.to_owned(),
        state: Some(state.to_owned()),
        challenge: None,
        tells: Vec::new(),
    })
}
