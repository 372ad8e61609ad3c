//! Codes and tokens of one site. Pure: no clock and no HTTP in here.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::redirect;
use crate::refusal::Refusal;

/// What a refresh does to the pair that it was asked with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rotation {
    /// As Redmine: the old pair lives until the new access token is used for the first time, then it is revoked; its
    /// own parent is not.
    #[default]
    OnUse,
    /// As strict servers: the old refresh token dies at once, and whoever sends it again ends the whole family.
    Strict,
    /// The old refresh token dies at once, and nothing else does: its access token lives on to its time.
    AtOnce,
    /// No rotation: a refresh answers with an access token alone, and the refresh token stays the one to use.
    Off,
}

/// What an authorization or a token stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) app: String,
    pub(crate) person: u32,
    pub(crate) scopes: Vec<String>,
}

/// The PKCE challenge that came with an authorization request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Challenge {
    Plain(String),
    S256(String),
}

impl Challenge {
    fn is_met_by(&self, verifier: &str) -> bool {
        match self {
            Self::Plain(expected) => expected == verifier,
            Self::S256(expected) => *expected == URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)),
        }
    }
}

#[derive(Debug)]
struct Code {
    value: String,
    grant: Grant,
    redirect_uri: String,
    challenge: Option<Challenge>,
    issued_at: i64,
    used: bool,
}

/// An access token and the refresh token that came with it: one record, revoked as one.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub(crate) access: String,
    pub(crate) refresh: Option<String>,
    pub(crate) grant: Grant,
    pub(crate) issued_at: i64,
    pub(crate) life: i64,
    pub(crate) revoked: bool,
    /// The pair that this one replaces, until it has been used.
    parent: Option<usize>,
    family: usize,
}

impl Pair {
    pub(crate) fn remaining(&self, now: i64) -> i64 {
        self.issued_at + self.life - now
    }

    pub(crate) fn is_expired(&self, now: i64) -> bool {
        self.remaining(now) <= 0
    }
}

/// A code exchange as it was asked for.
pub(crate) struct Exchange<'a> {
    pub(crate) code: &'a str,
    pub(crate) redirect_uri: &'a str,
    pub(crate) verifier: Option<&'a str>,
    pub(crate) app: &'a str,
}

/// All codes and token pairs of a site.
#[derive(Debug)]
pub(crate) struct Grants {
    pub(crate) rotation: Rotation,
    /// How long a code may wait for its exchange, in seconds.
    pub(crate) code_life: i64,
    pub(crate) redirects: redirect::Rule,
    /// How many refreshes were carried out.
    pub(crate) refreshes: u64,
    codes: Vec<Code>,
    pairs: Vec<Pair>,
}

/// Redmine's way.
impl Default for Grants {
    fn default() -> Self {
        Self::new(Rotation::default(), 600, redirect::Rule::default())
    }
}

impl Grants {
    pub(crate) fn new(rotation: Rotation, code_life: i64, redirects: redirect::Rule) -> Self {
        Self { rotation, code_life, redirects, refreshes: 0, codes: Vec::new(), pairs: Vec::new() }
    }

    pub(crate) fn issue_code(
        &mut self,
        grant: Grant,
        redirect_uri: &str,
        challenge: Option<Challenge>,
        now: i64,
    ) -> String {
        let value = random_token();
        let redirect_uri = redirect_uri.to_owned();
        self.codes.push(Code { value: value.clone(), grant, redirect_uri, challenge, issued_at: now, used: false });
        value
    }

    /// Whether a code was issued with a challenge; its exchange then needs a verifier.
    pub(crate) fn wants_verifier(&self, code: &str) -> bool {
        self.codes.iter().any(|known| known.value == code && known.challenge.is_some())
    }

    /// A failed exchange does not burn the code. A code sent again is refused, and its token lives on, as at Redmine.
    pub(crate) fn exchange(&mut self, asked: &Exchange<'_>, life: i64, now: i64) -> Result<&mut Pair, Refusal> {
        let code = self.codes.iter_mut().find(|code| code.value == asked.code).ok_or(Refusal::InvalidGrant)?;
        let verified = match (&code.challenge, asked.verifier) {
            (Some(challenge), Some(verifier)) => challenge.is_met_by(verifier),
            (None, None) => true,
            _ => false,
        };
        let in_time = now < code.issued_at + self.code_life;
        let same_redirect = self.redirects.allows(asked.redirect_uri, &code.redirect_uri);
        if code.used || !in_time || !verified || !same_redirect || code.grant.app != asked.app {
            return Err(Refusal::InvalidGrant);
        }
        code.used = true;
        let grant = code.grant.clone();
        let family = self.pairs.len();
        Ok(self.add(grant, life, now, None, family))
    }

    /// The pair of a refresh token that may still be used. In strict rotation a used one ends its family.
    pub(crate) fn refreshable(&mut self, refresh: &str) -> Result<Grant, Refusal> {
        let pair = self.by_refresh(refresh).ok_or(Refusal::InvalidGrant)?;
        if !self.pairs[pair].revoked {
            return Ok(self.pairs[pair].grant.clone());
        }
        if self.rotation == Rotation::Strict {
            let family = self.pairs[pair].family;
            for relative in self.pairs.iter_mut().filter(|relative| relative.family == family) {
                relative.revoked = true;
            }
        }
        Err(Refusal::InvalidGrant)
    }

    /// A new pair for a refresh token; the new access token lives as long as the old one did.
    pub(crate) fn refresh(&mut self, refresh: &str, scopes: Vec<String>, now: i64) -> Result<&mut Pair, Refusal> {
        let mut grant = self.refreshable(refresh)?;
        let old = self.by_refresh(refresh).ok_or(Refusal::InvalidGrant)?;
        grant.scopes = scopes;
        let parent = match self.rotation {
            Rotation::OnUse => Some(old),
            Rotation::Strict => {
                self.pairs[old].revoked = true;
                None
            }
            Rotation::AtOnce => {
                self.pairs[old].refresh = None;
                None
            }
            Rotation::Off => None,
        };
        let (life, family) = (self.pairs[old].life, self.pairs[old].family);
        self.refreshes += 1;
        Ok(self.add(grant, life, now, parent, family))
    }

    /// As servers do that do not rotate: a new access token, and the refresh token moves on to its record.
    pub(crate) fn refresh_without_rotation(
        &mut self,
        refresh: &str,
        scopes: Vec<String>,
        now: i64,
    ) -> Result<&mut Pair, Refusal> {
        let old = self.by_refresh(refresh).ok_or(Refusal::InvalidGrant)?;
        self.refresh(refresh, scopes, now)?;
        self.pairs[old].refresh = None;
        let new = self.pairs.last_mut().expect("the refresh pushed one");
        new.refresh = Some(refresh.to_owned());
        new.parent = None;
        Ok(new)
    }

    /// The pair of an access token. Looking is using: the pair that it replaced is revoked now, whatever became of
    /// this one meanwhile.
    pub(crate) fn by_use(&mut self, access: &str) -> Option<&Pair> {
        let pair = self.pairs.iter().position(|pair| pair.access == access)?;
        if let Some(parent) = self.pairs[pair].parent.take() {
            self.pairs[parent].revoked = true;
        }
        Some(&self.pairs[pair])
    }

    /// The pair that a revocation names. With the hint `refresh_token` access tokens are not looked at.
    pub(crate) fn for_revocation(&mut self, token: &str, hint: Option<&str>, now: i64) -> Option<Revocable<'_>> {
        let as_access = match hint {
            Some("refresh_token") => None,
            _ => self.pairs.iter().position(|pair| pair.access == token),
        };
        let found = as_access.or_else(|| self.by_refresh(token))?;
        let pair = &mut self.pairs[found];
        // An expired access token names its record, but does not revoke it; the refresh token does.
        let effective = as_access.is_none() || !pair.is_expired(now);
        Some(Revocable { pair, effective })
    }

    /// Whether this person has a token that is not revoked, for just this: then no consent is asked.
    pub(crate) fn covers(&self, grant: &Grant) -> bool {
        let same_scopes = |scopes: &[String]| {
            scopes.len() == grant.scopes.len() && scopes.iter().all(|scope| grant.scopes.contains(scope))
        };
        self.pairs.iter().any(|pair| {
            !pair.revoked
                && pair.grant.app == grant.app
                && pair.grant.person == grant.person
                && same_scopes(&pair.grant.scopes)
        })
    }

    /// The applications that hold a token of this person.
    pub(crate) fn apps_of(&self, person: u32) -> Vec<String> {
        let live = self.pairs.iter().filter(|pair| !pair.revoked && pair.grant.person == person);
        live.map(|pair| pair.grant.app.clone()).collect()
    }

    /// The access token is past its time; its refresh token is as good as before.
    pub(crate) fn end_access(&mut self, access: &str, now: i64) {
        for pair in self.pairs.iter_mut().filter(|pair| pair.access == access) {
            pair.issued_at = now - pair.life - 1;
        }
    }

    /// What a person's "Revoke" button for an application does.
    pub(crate) fn revoke_all(&mut self, app: &str, person: u32) {
        for pair in self.pairs.iter_mut().filter(|pair| pair.grant.app == app && pair.grant.person == person) {
            pair.revoked = true;
        }
    }

    /// What an administrator's "Delete" button for an application does: its tokens are unknown from now on.
    pub(crate) fn forget_app(&mut self, app: &str) {
        self.codes.retain(|code| code.grant.app != app);
        // Removing a pair would renumber the others, and they name each other by number.
        for pair in self.pairs.iter_mut().filter(|pair| pair.grant.app == app) {
            pair.access = String::new();
            pair.refresh = None;
            pair.revoked = true;
        }
    }

    pub(crate) fn forget_all(&mut self) {
        self.codes.clear();
        self.pairs.clear();
    }

    pub(crate) fn expire_access(&mut self, now: i64) {
        for pair in &mut self.pairs {
            pair.issued_at = now - pair.life - 1;
        }
    }

    pub(crate) fn expire_refresh(&mut self) {
        for pair in &mut self.pairs {
            pair.refresh = None;
        }
    }

    pub(crate) fn expire_codes(&mut self, now: i64) {
        for code in &mut self.codes {
            code.issued_at = now - self.code_life - 1;
        }
    }

    /// How many pairs are not revoked.
    pub(crate) fn live(&self) -> usize {
        self.pairs.iter().filter(|pair| !pair.revoked).count()
    }

    fn by_refresh(&self, refresh: &str) -> Option<usize> {
        self.pairs.iter().position(|pair| pair.refresh.as_deref() == Some(refresh))
    }

    fn add(&mut self, grant: Grant, life: i64, now: i64, parent: Option<usize>, family: usize) -> &mut Pair {
        let refresh = Some(random_token());
        let access = random_token();
        self.pairs.push(Pair { access, refresh, grant, issued_at: now, life, revoked: false, parent, family });
        self.pairs.last_mut().expect("one was just pushed")
    }
}

/// A record that a revocation found, and whether the token that named it can revoke it.
pub(crate) struct Revocable<'a> {
    pair: &'a mut Pair,
    effective: bool,
}

impl Revocable<'_> {
    pub(crate) fn app(&self) -> &str {
        &self.pair.grant.app
    }

    pub(crate) fn revoke(self) {
        self.pair.revoked |= self.effective;
    }
}

/// 43 characters of `[A-Za-z0-9_-]`, as Redmine's codes and tokens are.
pub(crate) fn random_token() -> String {
    let halves = [uuid::Uuid::new_v4().into_bytes(), uuid::Uuid::new_v4().into_bytes()];
    URL_SAFE_NO_PAD.encode(halves.concat())
}

#[cfg(test)]
mod tests;
