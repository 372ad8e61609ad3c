//! Certificates that are trusted for single sites. A secret depends on who vouches for its server, so a
//! site's secrets are bound to that too: it changes here, by a person, and nowhere else.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::Desk;
use crate::error::{ErrorCode, Result};
use crate::flows::outside::{Account, Turn};
use crate::model::activity::ActivityKind;
use crate::model::authority::{Authority, Fingerprint};
use crate::model::client_secret::ClientSecret;
use crate::model::connection::{Connection, is_vouching};
use crate::model::site::{Site, SiteId};

/// A certificate that is kept, and the sites it is trusted for.
#[derive(Clone, Debug)]
pub struct Trusted {
    /// Its name.
    pub fingerprint: Fingerprint,
    /// What it says, or why it cannot be used.
    pub authority: Result<Authority>,
    /// The sites that name it.
    pub sites: Vec<Site>,
}

/// A site may be being added in another program, whose person went to ask for the secret.
const ADDING_LASTS: SignedDuration = SignedDuration::from_hours(24);

impl Desk {
    /// What a file holds, before it is trusted for anything.
    ///
    /// # Errors
    /// Those of [`Authority::parse`], [`ErrorCode::CertificateOver`].
    pub fn read_authority(&self, content: &[u8]) -> Result<Authority> {
        let authority = Authority::parse(content)?;
        authority.holds_at(self.outside.now())?;
        Ok(authority)
    }

    /// Keeps a certificate, to be trusted for the site that names it.
    ///
    /// # Errors
    /// As [`read_authority`](Self::read_authority), or [`ErrorCode::FileUnwritable`].
    pub fn keep_authority(&self, content: &[u8]) -> Result<Authority> {
        let authority = self.read_authority(content)?;
        self.outside.network.authorities.keep(&authority)?;
        Ok(authority)
    }

    /// The certificate a site names, if it names one.
    ///
    /// # Errors
    /// [`ErrorCode::AuthorityMissing`].
    pub fn authority_of(&self, site: &Site) -> Result<Option<Authority>> {
        site.authority.as_ref().map(|fingerprint| self.outside.network.authorities.read(fingerprint)).transpose()
    }

    /// All that are kept or named.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnreadable`].
    pub fn authorities(&self) -> Result<Vec<Trusted>> {
        let (sites, kept) = (self.sites.read()?, &self.outside.network.authorities);
        let mut all = kept.all();
        all.extend(sites.iter().filter_map(|site| site.authority.clone()));
        all.sort();
        all.dedup();
        let trusted = |fingerprint: Fingerprint| Trusted {
            authority: kept.read(&fingerprint),
            sites: sites.iter().filter(|site| site.authority.as_ref() == Some(&fingerprint)).cloned().collect(),
            fingerprint,
        };
        Ok(all.into_iter().map(trusted).collect())
    }

    /// Trusts a kept certificate for a site in the place of the one before, or none from now on. The site
    /// keeps its connection and its client secret.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchSite`], [`ErrorCode::AuthorityMissing`], a keychain code, or
    /// [`ErrorCode::FileUnwritable`]: the list is as it was.
    pub async fn trust(&self, id: SiteId, authority: Option<Fingerprint>) -> Result<()> {
        let before = self.listed_by(id)?;
        let after = Site { authority, ..before.clone() };
        self.authority_of(&after)?;
        self.give_up_attempt(id).await;
        let turn = self.outside.turn(id).await?;
        if after.authority.is_some() {
            self.bind_to(&self.account(before.clone())?, &self.account(after.clone())?, &turn).await?;
        }
        self.write(&before, &after).await?;
        self.drop_unnamed(before.authority.as_ref()).await;
        if let Err(error) = self.narrow_to(&after, &turn).await {
            tracing::warn!(site = %after.name, code = %error.name(), "secrets still allow a certificate of before");
        }
        self.outside.attempts.succeeded(id);
        self.note(id, ActivityKind::Edited, None);
        drop(turn);
        self.changed();
        Ok(())
    }

    /// Forgets a certificate: no site trusts it any more.
    ///
    /// # Errors
    /// As [`trust`](Self::trust).
    pub async fn distrust(&self, fingerprint: &Fingerprint) -> Result<()> {
        for site in self.sites.read()? {
            if site.authority.as_ref() == Some(fingerprint) {
                self.trust(site.id, None).await?;
            }
        }
        self.remove_unnamed(fingerprint).await?;
        self.changed();
        Ok(())
    }

    /// Forgets a certificate that no site names any more. What led to that has happened already, so a file
    /// that stays is no failure of it: the settings show it and can remove it.
    pub async fn drop_unnamed(&self, fingerprint: Option<&Fingerprint>) {
        let Some(fingerprint) = fingerprint else { return };
        if let Err(error) = self.remove_unnamed(fingerprint).await {
            tracing::warn!(%fingerprint, code = %error.name(), "could not remove a certificate nobody names");
        }
    }

    /// Forgets certificates that were kept for a site which was then not added after all.
    pub async fn drop_abandoned(&self) {
        let (kept, now) = (&self.outside.network.authorities, self.outside.now());
        let is_old = |one: &Fingerprint| kept.kept_at(one).is_some_and(|at| now.duration_since(at) > ADDING_LASTS);
        for one in kept.all().iter().filter(|one| is_old(one)) {
            self.drop_unnamed(Some(one)).await;
        }
    }

    /// One step: no list names a file that is just being removed.
    async fn remove_unnamed(&self, fingerprint: &Fingerprint) -> Result<()> {
        let remove = |sites: &[Site]| {
            let is_named = sites.iter().any(|site| site.authority.as_ref() == Some(fingerprint));
            if is_named { Ok(()) } else { self.outside.network.authorities.remove(fingerprint) }
        };
        self.sites.hold(remove).await
    }

    /// Says of the secrets of a site as it is that they may go where one more vouches for the server. Those
    /// of another place stay bound to that. A crash after this leaves them allowing what the person wanted.
    async fn bind_to(&self, before: &Account, after: &Account, _turn: &Turn) -> Result<()> {
        let (secrets, id) = (&self.outside.secrets, before.site.id);
        let (was, will) = (before.binding()?, after.binding()?);
        let widened = |held: Connection| {
            let mut held = held.bound(&was);
            held.origins.get_or_insert_default().extend(will.origins.iter().cloned());
            held
        };
        let kept = before.kept_secret(&self.outside).await;
        if let Some(ClientSecret { secret, origins: Some(mut origins) }) = there(kept)? {
            origins.extend(will.origins.iter().cloned());
            secrets.keep_client_secret(id, &ClientSecret::bound(secret, origins)).await?;
        }
        if let Some(held) = there(secrets.connection(id).await)?.filter(|held| held.is_of(&was)) {
            secrets.keep_connection(id, &widened(held)).await?;
        }
        if let Some(unsaved) = self.outside.unsaved(id).filter(|unsaved| unsaved.connection.is_of(&was)) {
            self.outside.hold_unsaved(id, widened(unsaved.connection), unsaved.replaces);
        }
        Ok(())
    }

    /// Takes from the secrets of a site what the person trusts no more, so that writing it into the list
    /// again brings nothing. Those of another place stay as they are.
    async fn narrow_to(&self, site: &Site, _turn: &Turn) -> Result<()> {
        let (secrets, id) = (&self.outside.secrets, site.id);
        let now = self.account(site.clone())?.binding()?;
        let narrowed = |mut held: Connection| {
            let is_here = held.is_of(&now);
            let went = narrow(held.origins.as_mut()?, &now.origins);
            (is_here && went).then_some(held)
        };
        if let Some(unsaved) = self.outside.unsaved(id)
            && let Some(held) = narrowed(unsaved.connection)
        {
            self.outside.hold_unsaved(id, held, unsaved.replaces);
        }
        if let Some(mut kept) = there(secrets.client_secret(id).await)?.filter(|kept| kept.may_go_to(&now.origins))
            && kept.origins.as_mut().is_some_and(|origins| narrow(origins, &now.origins))
        {
            secrets.keep_client_secret(id, &kept).await?;
        }
        if let Some(held) = there(secrets.connection(id).await)?.and_then(narrowed) {
            secrets.keep_connection(id, &held).await?;
        }
        Ok(())
    }
}

/// Leaves no certificate but those of now; whether any went.
fn narrow(origins: &mut BTreeSet<String>, now: &BTreeSet<String>) -> bool {
    let before = origins.len();
    origins.retain(|entry| !is_vouching(entry) || now.contains(entry));
    origins.len() < before
}

/// A secret, if one is there that can be read: nothing else can be bound.
fn there<T>(read: Result<Option<T>>) -> Result<Option<T>> {
    match read {
        Err(error) if is_nothing(error.code) => Ok(None),
        read => read,
    }
}

/// Without a place for secrets there is nothing in it, and what is unreadable stays so for ever.
fn is_nothing(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::KeychainMissing | ErrorCode::VaultMissing | ErrorCode::SecretUnreadable)
}
