//! What every token endpoint but Redmine's does with a request that was found in order.

use crate::fault::Fault;
use crate::grants::{Exchange, Pair, Rotation};
use crate::params::Params;
use crate::refusal::Refusal;
use crate::world::World;

/// The tokens that this application gets; without a refresh token where none may be answered.
pub(crate) fn pair(world: &mut World, params: &Params, app: &str, twist: Option<Fault>) -> Result<Pair, Refusal> {
    let (life, now) = (world.access_life, world.clock.now());
    if params.need("grant_type")? == "authorization_code" {
        let code = params.need("code")?;
        let redirect_uri = params.need("redirect_uri")?;
        let asked = Exchange { code, redirect_uri, verifier: params.get("code_verifier"), app };
        let pair = world.grants.exchange(&asked, life, now)?;
        if twist == Some(Fault::NoRefreshToken) {
            pair.refresh = None;
        }
        return Ok(pair.clone());
    }
    let token = params.need("refresh_token")?;
    let grant = world.grants.refreshable(token)?;
    if grant.app != app {
        return Err(Refusal::InvalidGrant);
    }
    if twist == Some(Fault::NoRefreshToken) || world.grants.rotation == Rotation::Off {
        let mut kept = world.grants.refresh_without_rotation(token, grant.scopes, now)?.clone();
        kept.refresh = None;
        return Ok(kept);
    }
    world.grants.refresh(token, grant.scopes, now).cloned()
}

/// Refuses a grant type that is neither of the two, and names that its list does not have.
pub(crate) fn only(params: &Params, exchange: &[&str], refresh: &[&str]) -> Result<(), Refusal> {
    match params.need("grant_type")? {
        "authorization_code" => params.only(exchange),
        "refresh_token" => params.only(refresh),
        _ => Err(Refusal::UnsupportedGrantType),
    }
}
