//! Certificates that are trusted for single sites. A secret depends on who vouches for its server, so a
//! site's secrets are bound to that too: it changes here, by a person, and nowhere else.

use super::Desk;
use crate::error::{Error, ErrorCode, Result};
use crate::flows::outside::{Account, Turn};
use crate::model::activity::ActivityKind;
use crate::model::authority::{Authority, Fingerprint};
use crate::model::client_secret::ClientSecret;
use crate::model::connection::Connection;
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
        if let Some(fingerprint) = &authority {
            self.outside.network.authorities.read(fingerprint)?;
        }
        self.give_up_attempt(id).await;
        let turn = self.outside.turn(id).await?;
        let after = Site { authority, ..before.clone() };
        if after.authority.is_some() {
            self.bind_to(&self.account(before.clone())?, &self.account(after.clone())?, &turn).await?;
        }
        self.write(&before, &after).await?;
        self.drop_unnamed(before.authority.as_ref())?;
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
        self.outside.network.authorities.remove(fingerprint)?;
        self.changed();
        Ok(())
    }

    /// Forgets a certificate that no site names any more.
    pub(super) fn drop_unnamed(&self, fingerprint: Option<&Fingerprint>) -> Result<()> {
        let Some(fingerprint) = fingerprint else { return Ok(()) };
        let is_named = self.sites.read()?.iter().any(|site| site.authority.as_ref() == Some(fingerprint));
        if is_named { Ok(()) } else { self.outside.network.authorities.remove(fingerprint) }
    }

    /// Says of the secrets of a site as it is that they may go where one more vouches for the server. Those
    /// of another place stay bound to that. A crash after this leaves them allowing what the person wanted.
    async fn bind_to(&self, before: &Account, after: &Account, _turn: &Turn) -> Result<()> {
        let (secrets, id) = (&self.outside.secrets, before.site.id);
        let unless_missing = |error: Error| match error.code {
            // Without a keychain there is nothing in it.
            ErrorCode::KeychainMissing => Ok(()),
            _ => Err(error),
        };
        let (was, will) = (before.binding()?, after.binding()?);
        let widened = |held: Connection| {
            let mut held = held.bound(&was);
            held.origins.get_or_insert_default().extend(will.origins.iter().cloned());
            held
        };
        let bind = async {
            if let Some(ClientSecret { secret, origins: Some(mut origins) }) = before.kept_secret(&self.outside).await?
            {
                origins.extend(will.origins.iter().cloned());
                secrets.keep_client_secret(id, &ClientSecret::bound(secret, origins)).await?;
            }
            if let Some(held) = secrets.connection(id).await?.filter(|held| held.is_of(&was)) {
                secrets.keep_connection(id, &widened(held)).await?;
            }
            Ok(())
        };
        bind.await.or_else(unless_missing)?;
        if let Some(unsaved) = self.outside.unsaved(id).filter(|unsaved| unsaved.connection.is_of(&was)) {
            self.outside.hold_unsaved(id, widened(unsaved.connection), unsaved.replaces);
        }
        Ok(())
    }
}
