//! Changing what a person filled in for a site.
//!
//! A name or a way back ends nothing. Another address or another client is another place: tokens are
//! bound to the endpoint and the client they came from, so a connection that is there now is used no
//! more. Whoever changes that says so: it is revoked first, or left where it is, unused, until the site
//! is connected anew or the change is taken back. The client secret is bound in the same way to the
//! origins it was given for.

use super::Desk;
use super::adding::{client_of, name_of};
use crate::error::{Error, ErrorCode, Result};
use crate::flows::outside::{Account, Turn};
use crate::model::activity::ActivityKind;
use crate::model::client_secret::ClientSecret;
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
    /// site as it is; [`ErrorCode::ClientSecretMissing`] if the kept one would go to another origin. Nothing
    /// has changed then, but for [`ErrorCode::KeychainWaiting`] from a move: it is made, and the secret may
    /// have to be given again.
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
            site.forget_choices();
        }
        let edit = Edit { before, after: Account { site, provider }, parting };
        self.look_for_name(&edit.after.site)?;
        self.keep_edit(&edit, client_secret).await.map_err(|error| error.about(&edit.before.site.name))?;
        Ok(edit.after)
    }

    async fn keep_edit(&self, edit: &Edit, client_secret: Option<Secret>) -> Result<()> {
        let Edit { before, after, .. } = edit;
        let id = after.site.id;
        let leads_elsewhere = edit.leads_elsewhere()?;
        if leads_elsewhere && client_secret.is_none() && after.application()?.needs_secret() {
            return Err(ErrorCode::ClientSecretMissing.into());
        }
        let new = match client_secret {
            Some(secret) => Some(ClientSecret::bound(secret, after.binding()?.origins)),
            None => None,
        };
        self.give_up_attempt(id).await;
        let turn = self.outside.turn(id).await?;
        let parts = self.part(edit, &turn).await?;
        let kept = if leads_elsewhere {
            self.move_away(edit, new).await?
        } else {
            self.swap_secret(id, new, || self.write(&before.site, &after.site)).await?;
            Ok(())
        };
        if before.site.inputs != after.site.inputs {
            // Another place's numbers; what is being asked there now is not believed either.
            let epoch = self.counts_anew(id);
            self.see_site(id, epoch, |known, _| known.forget_counts());
            self.forget_history(id).await;
        }
        if parts {
            let error = Error::new(ErrorCode::AddressChanged).about(&after.site.name);
            self.see_site(id, self.seen.epoch(id), |known, now| known.see_trouble(&error, now));
        }
        self.outside.attempts.succeeded(id);
        self.note(id, ActivityKind::Edited, None);
        drop(turn);
        self.changed();
        kept
    }

    /// Whether the change parts the site from a connection, which the person has accepted then.
    async fn part(&self, edit: &Edit, _turn: &Turn) -> Result<bool> {
        let id = edit.after.site.id;
        let unless_missing = |error: Error| match error.code {
            // Without a keychain there is no connection in it.
            ErrorCode::KeychainMissing | ErrorCode::VaultMissing => Ok(None),
            _ => Err(error),
        };
        let stored = self.outside.secrets.connection(id).await.or_else(unless_missing)?;
        let held = self.outside.unsaved(id).map(|unsaved| unsaved.connection);
        let mut parts = false;
        for connection in held.iter().chain(&stored) {
            parts |= edit.parts_from(connection)?;
        }
        let says_not = |stored: &Connection| stored.client_id.is_none() || stored.origins.is_none();
        if let Some(stored) = stored.filter(|stored| says_not(stored) && parts) {
            // It says from now on whose it is.
            let bound = stored.bound(&edit.before.binding()?);
            self.outside.secrets.keep_connection(id, &bound).await?;
        }
        Ok(parts)
    }

    /// Changes a site that leads elsewhere from then on. Neither the old secret nor the new one is ever
    /// kept beside an address it was not given for: a crash on the way costs the secret, which is asked
    /// for anew. An error within says that the site has moved, and the new secret may not be kept.
    async fn move_away(&self, edit: &Edit, new: Option<ClientSecret>) -> Result<Result<()>> {
        let Edit { before, after, .. } = edit;
        let (secrets, id) = (&self.outside.secrets, after.site.id);
        let old = secrets.client_secret_item(id).await?;
        secrets.forget_client_secret(id).await?;
        let mut moved = self.write(&before.site, &after.site).await;
        if let (Ok(()), Some(new)) = (&moved, new) {
            moved = secrets.keep_client_secret(id, &new).await;
            match &moved {
                // It may be kept late, and then not beside the old address.
                Err(error) if error.code == ErrorCode::KeychainWaiting => return Ok(moved),
                Err(_) => self.write(&after.site, &before.site).await?,
                Ok(()) => {}
            }
        }
        if let (Err(_), Some(old)) = (&moved, old) {
            secrets.put_client_secret_item(id, old).await?;
        }
        moved.map(Ok)
    }

    /// Another secret while the site is changed; the one before is put back if that fails.
    async fn swap_secret<F: Future<Output = Result<()>>>(
        &self,
        id: SiteId,
        new: Option<ClientSecret>,
        change: impl FnOnce() -> F,
    ) -> Result<()> {
        let secrets = &self.outside.secrets;
        let Some(new) = new else { return change().await };
        let before = secrets.client_secret_item(id).await?;
        secrets.keep_client_secret(id, &new).await?;
        let changed = change().await;
        if changed.is_err() {
            match before {
                Some(before) => secrets.put_client_secret_item(id, before).await?,
                None => secrets.forget_client_secret(id).await?,
            }
        }
        changed
    }

    pub(super) async fn write(&self, before: &Site, after: &Site) -> Result<()> {
        let change = self.sites.change(|sites| {
            refuse_taken(sites, after)?;
            let site = sites.iter_mut().find(|site| site.id == after.id);
            let site = site.ok_or_else(|| Error::new(ErrorCode::NoSuchSite).about(&before.name))?;
            // What was looked at is what is changed.
            if site != before {
                return Err(ErrorCode::Busy.into());
            }
            if site.authority != after.authority {
                self.authority_of(after)?;
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
    pub(super) async fn give_up_attempt(&self, id: SiteId) {
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
        if !self.before.made(connection)? || connection.ended.is_some() {
            return Ok(false);
        }
        if self.after.made(&connection.clone().bound(&self.before.binding()?))? {
            return Ok(false);
        }
        match (connection.revoking_since, self.parting) {
            (Some(_), _) => Err(ErrorCode::RevokePending.into()),
            (None, Parting::Refuse) => Err(ErrorCode::ConnectedElsewhere.into()),
            (None, Parting::Leave) => Ok(true),
        }
    }

    /// Whether something secret would be sent to another origin than before.
    fn leads_elsewhere(&self) -> Result<bool> {
        Ok(self.before.origins()? != self.after.origins()?)
    }
}

fn refuse_taken(sites: &[Site], site: &Site) -> Result<()> {
    if sites.iter().any(|other| other.id != site.id && other.is_named(&site.name)) {
        return Err(Error::new(ErrorCode::NameTaken).about(&site.name));
    }
    Ok(())
}
