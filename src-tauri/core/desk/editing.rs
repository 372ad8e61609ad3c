//! Changing what a person filled in for a site.
//!
//! A name or a way back ends nothing. Another address or another client is another place: tokens are
//! bound to the endpoint and the client they came from, so a connection that is there now is used no
//! more. Whoever changes that says so: it is revoked first, or left where it is, unused, until the site
//! is connected anew or the change is taken back. The client secret is bound in the same way to the
//! host it was given for.

use super::Desk;
use super::adding::{client_of, name_of};
use crate::error::{Error, ErrorCode, Result};
use crate::flows::outside::{Account, Turn};
use crate::model::connection::Connection;
use crate::model::secret::Secret;
use crate::model::site::{Redirect, Site, SiteId};
use crate::model::template::Values;

/// What of a site can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteSetup {
    /// Unique among the sites.
    pub name: String,
    /// Values for the provider's inputs.
    pub inputs: Values,
    /// The kind of application that was registered; the usual one where absent.
    pub application: Option<String>,
    /// How the answer of a sign-in comes back.
    pub redirect: Redirect,
    /// The application's id at the provider.
    pub client_id: String,
}

/// What becomes of a connection that a change would part from its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parting {
    /// The change is not made.
    Refuse,
    /// It stays in the secret store, unused.
    Leave,
}

/// A site before and after a change that is more than its name.
struct Edit {
    before: Account,
    after: Account,
    parting: Parting,
}

impl Desk {
    /// What can be changed of a site, as it is now.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchSite`].
    pub fn setup(&self, id: SiteId) -> Result<SiteSetup> {
        let Site { name, inputs, application, redirect, client_id, .. } = self.listed_by(id)?;
        Ok(SiteSetup { name, inputs, application, redirect, client_id })
    }

    /// Changes a site. Without a client secret the one that is kept stays.
    ///
    /// # Errors
    /// Those of [`add`](Self::add); [`ErrorCode::ConnectedElsewhere`] if the change would part the site
    /// from its connection and that is refused; [`ErrorCode::RevokePending`] while a revocation needs the
    /// site as it is; [`ErrorCode::ClientSecretMissing`] if the kept one would go to another host. Nothing
    /// has changed then.
    pub async fn edit(
        &self,
        id: SiteId,
        setup: SiteSetup,
        client_secret: Option<Secret>,
        parting: Parting,
    ) -> Result<Account> {
        let site = self.listed_by(id)?;
        let is_name_alone = SiteSetup { name: setup.name.clone(), ..self.setup(id)? } == setup;
        if is_name_alone && client_secret.is_none() {
            return self.account(self.rename(id, &setup.name).await?);
        }
        let before = self.account(site)?;
        let provider = before.provider.clone();
        let application = setup.application.as_deref();
        let (client_id, redirect) = client_of(&provider, application, &setup.client_id, Some(setup.redirect))?;
        let mut site = Site {
            name: name_of(&setup.name)?,
            inputs: provider.normalized_inputs(&setup.inputs)?,
            application: setup.application,
            client_id,
            redirect,
            ..before.site.clone()
        };
        if site.inputs != before.site.inputs {
            // What was chosen there means something else here, or nothing.
            site.choices.clear();
        }
        let edit = Edit { before, after: Account { site, provider }, parting };
        self.look_for_name(&edit.after.site)?;
        self.keep_edit(&edit, client_secret).await.map_err(|error| error.about(&edit.before.site.name))?;
        Ok(edit.after)
    }

    async fn keep_edit(&self, edit: &Edit, client_secret: Option<Secret>) -> Result<()> {
        let Edit { before, after, .. } = edit;
        let id = after.site.id;
        if edit.leads_secret_astray()? && client_secret.is_none() {
            return Err(ErrorCode::ClientSecretMissing.into());
        }
        self.give_up_attempt(id).await;
        let turn = self.outside.turn(id).await?;
        let parts = self.part(edit, &turn).await?;
        self.swap_secret(id, client_secret, || self.write(&before.site, &after.site)).await?;
        if before.site.inputs != after.site.inputs {
            // Another place's numbers; what is being asked there now is not believed either.
            let epoch = self.counts_anew(id);
            self.see_site(id, epoch, |known, _| known.forget_counts());
        }
        if parts {
            let error = Error::new(ErrorCode::AddressChanged).about(&after.site.name);
            self.see_site(id, self.seen.epoch(id), |known, now| known.see_trouble(&error, now));
        }
        self.outside.attempts.succeeded(id);
        drop(turn);
        self.changed();
        Ok(())
    }

    /// Whether the change parts the site from a connection, which the person has accepted then.
    async fn part(&self, edit: &Edit, _turn: &Turn) -> Result<bool> {
        let id = edit.after.site.id;
        let unless_missing = |error: Error| match error.code {
            // Without a keychain there is no connection in it.
            ErrorCode::KeychainMissing => Ok(None),
            _ => Err(error),
        };
        let stored = self.outside.secrets.connection(id).await.or_else(unless_missing)?;
        let held = self.outside.unsaved(id).map(|unsaved| unsaved.connection);
        let mut parts = false;
        for connection in held.iter().chain(&stored) {
            parts |= edit.parts_from(connection)?;
        }
        if let Some(stored) = stored.filter(|stored| stored.client_id.is_none() && parts) {
            // It says from now on whose it is.
            let client_id = Some(edit.before.site.client_id.clone());
            self.outside.secrets.keep_connection(id, &Connection { client_id, ..stored }).await?;
        }
        Ok(parts)
    }

    /// Another secret while the site is changed; the one before is put back if that fails.
    async fn swap_secret<F: Future<Output = Result<()>>>(
        &self,
        id: SiteId,
        new: Option<Secret>,
        change: impl FnOnce() -> F,
    ) -> Result<()> {
        let secrets = &self.outside.secrets;
        let Some(new) = new else { return change().await };
        let before = secrets.client_secret(id).await?;
        secrets.keep_client_secret(id, new).await?;
        let changed = change().await;
        if changed.is_err() {
            match before {
                Some(before) => secrets.keep_client_secret(id, before).await?,
                None => secrets.forget_client_secret(id).await?,
            }
        }
        changed
    }

    async fn write(&self, before: &Site, after: &Site) -> Result<()> {
        let change = self.sites.change(|sites| {
            refuse_taken(sites, after)?;
            let site = sites.iter_mut().find(|site| site.id == after.id);
            let site = site.ok_or_else(|| Error::new(ErrorCode::NoSuchSite).about(&before.name))?;
            // What was looked at is what is changed.
            if site != before {
                return Err(ErrorCode::Busy.into());
            }
            site.clone_from(after);
            Ok(())
        });
        change.await
    }

    fn look_for_name(&self, site: &Site) -> Result<()> {
        refuse_taken(&self.sites.read()?, site)
    }

    /// A sign-in that waits for its answer is one to the site as it was, with its secret.
    async fn give_up_attempt(&self, id: SiteId) {
        if self.other_person().is_some_and(|other| other.account.site.id == id) {
            self.keep_person().await;
        }
        if let Some(attempt) = self.attempt().filter(|attempt| attempt.account.site.id == id) {
            self.give_up_connect(&attempt.id).await;
        }
    }
}

impl Edit {
    /// Whether a connection is the site's as it was, and no more as it will be.
    fn parts_from(&self, connection: &Connection) -> Result<bool> {
        // What was left before stays where it is.
        if !self.before.made(connection)? || self.after.made(connection)? || connection.ended.is_some() {
            return Ok(false);
        }
        match (connection.revoking_since, self.parting) {
            (Some(_), _) => Err(ErrorCode::RevokePending.into()),
            (None, Parting::Refuse) => Err(ErrorCode::ConnectedElsewhere.into()),
            (None, Parting::Leave) => Ok(true),
        }
    }

    /// Whether the client secret that is kept would be sent to a host it was not given for.
    fn leads_secret_astray(&self) -> Result<bool> {
        let (before, after) = (self.before.token_endpoint()?, self.after.token_endpoint()?);
        Ok(before.origin() != after.origin() && self.after.application()?.needs_secret())
    }
}

fn refuse_taken(sites: &[Site], site: &Site) -> Result<()> {
    if sites.iter().any(|other| other.id != site.id && other.is_named(&site.name)) {
        return Err(Error::new(ErrorCode::NameTaken).about(&site.name));
    }
    Ok(())
}
