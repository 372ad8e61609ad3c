use super::{Challenge, Exchange, Grant, Grants, Rotation};
use crate::OUT_OF_BAND;
use crate::redirect::Rule;
use crate::refusal::Refusal;

const LIFE: i64 = 7200;

fn grant() -> Grant {
    Grant { app: "app".to_owned(), person: 5, scopes: vec!["view_issues".to_owned()] }
}

fn first_pair(grants: &mut Grants) -> (String, String) {
    let code = grants.issue_code(grant(), OUT_OF_BAND, None, 0);
    let asked = Exchange { code: &code, redirect_uri: OUT_OF_BAND, verifier: None, app: "app" };
    let pair = grants.exchange(&asked, LIFE, 0).unwrap();
    (pair.access.clone(), pair.refresh.clone().unwrap())
}

fn refreshed(grants: &mut Grants, refresh: &str) -> Result<(String, String), Refusal> {
    let pair = grants.refresh(refresh, grant().scopes, 0)?;
    Ok((pair.access.clone(), pair.refresh.clone().unwrap()))
}

fn is_live(grants: &mut Grants, access: &str) -> bool {
    grants.by_use(access).is_some_and(|pair| !pair.revoked)
}

#[test]
fn a_failed_exchange_does_not_burn_the_code_and_a_used_code_is_refused() {
    let mut grants = Grants::default();
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let challenge = Challenge::S256("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned());
    let code = grants.issue_code(grant(), OUT_OF_BAND, Some(challenge), 0);
    let asked = |verifier, app| Exchange { code: &code, redirect_uri: OUT_OF_BAND, verifier, app };

    assert!(grants.exchange(&asked(Some("another"), "app"), LIFE, 0).is_err());
    assert!(grants.exchange(&asked(None, "app"), LIFE, 0).is_err());
    assert!(grants.exchange(&asked(Some(verifier), "other app"), LIFE, 0).is_err());
    assert!(grants.exchange(&asked(Some(verifier), "app"), LIFE, 600).is_err());
    assert!(grants.exchange(&asked(Some(verifier), "app"), LIFE, 599).is_ok());
    assert!(grants.exchange(&asked(Some(verifier), "app"), LIFE, 599).is_err());
}

#[test]
fn the_first_use_of_a_refreshed_token_revokes_its_parent_but_not_its_grandparent() {
    let mut grants = Grants::default();
    let (access1, refresh1) = first_pair(&mut grants);
    let (_, refresh2) = refreshed(&mut grants, &refresh1).unwrap();
    let (access3, _) = refreshed(&mut grants, &refresh2).unwrap();

    assert!(refreshed(&mut grants, &refresh1).is_ok(), "an old refresh token works until the new pair is used");
    assert!(is_live(&mut grants, &access3));
    assert_eq!(refreshed(&mut grants, &refresh2), Err(Refusal::InvalidGrant));
    assert!(is_live(&mut grants, &access1));
}

#[test]
fn strict_rotation_ends_the_family_of_a_refresh_token_sent_twice() {
    let mut grants = Grants { rotation: Rotation::Strict, ..Grants::default() };
    let (_, refresh1) = first_pair(&mut grants);
    let (access2, refresh2) = refreshed(&mut grants, &refresh1).unwrap();
    let (other, _) = first_pair(&mut grants);

    assert_eq!(refreshed(&mut grants, &refresh1), Err(Refusal::InvalidGrant));
    assert!(!is_live(&mut grants, &access2));
    assert_eq!(refreshed(&mut grants, &refresh2), Err(Refusal::InvalidGrant));
    assert!(is_live(&mut grants, &other), "another family lives on");
}

#[test]
fn rotation_at_once_ends_the_old_refresh_token_alone() {
    let mut grants = Grants::new(Rotation::AtOnce, 600, Rule::Exact);
    let (access1, refresh1) = first_pair(&mut grants);
    let (access2, refresh2) = refreshed(&mut grants, &refresh1).unwrap();
    assert_eq!(refreshed(&mut grants, &refresh1), Err(Refusal::InvalidGrant));
    assert!(is_live(&mut grants, &access1) && is_live(&mut grants, &access2));

    grants.end_access(&access2, 0);
    assert!(grants.by_use(&access2).unwrap().is_expired(0));
    assert!(refreshed(&mut grants, &refresh2).is_ok());
    grants.expire_refresh();
    assert_eq!(refreshed(&mut grants, &refresh2), Err(Refusal::InvalidGrant));
}

#[test]
fn an_expired_access_token_does_not_revoke_its_record_but_the_refresh_token_does() {
    let mut grants = Grants::default();
    let (access, refresh) = first_pair(&mut grants);
    grants.for_revocation(&access, None, LIFE).unwrap().revoke();
    assert_eq!(grants.live(), 1);
    assert!(grants.for_revocation(&access, Some("refresh_token"), 0).is_none());
    grants.for_revocation(&refresh, Some("access_token"), LIFE).unwrap().revoke();
    assert_eq!(grants.live(), 0);
}
