//! Adding sites, removing them, and their order.

use std::collections::BTreeMap;

use super::Desk;
use crate::error::{Error, ErrorCode, Result};
use crate::flows::check::{Finding, check};
use crate::flows::outside::Account;
use crate::flows::secrets::names;
use crate::model::authority::Fingerprint;
use crate::model::client_secret::ClientSecret;
use crate::model::provider::Provider;
use crate::model::secret::Secret;
use crate::model::site::{Redirect, Site, SiteId};
use crate::model::template::Values;

/// What a person filled in to add a site.
#[derive(Debug)]
pub struct NewSite {
    /// Unique among the sites.
    pub name: String,
    /// A provider's id.
    pub provider: String,
    /// Values for the provider's inputs.
    pub inputs: Values,
    /// The kind of application that was registered; the usual one where absent.
    pub application: Option<String>,
    /// The application's id at the provider.
    pub client_id: String,
    /// The application's secret, kept in the secret store.
    pub client_secret: Option<Secret>,
    /// How the answer comes back; the provider's best way where absent.
    pub redirect: Option<Redirect>,
    /// What to ask for; the provider's own list where empty.
    pub scopes: Vec<String>,
    /// A certificate that was kept to be trusted for it.
    pub authority: Option<Fingerprint>,
}

impl Desk {
    /// Asks an address what it is, before anything is saved.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidAddress`], [`ErrorCode::HttpsRequired`], [`ErrorCode::InvalidInput`].
    pub async fn check(
        &self,
        provider: &str,
        inputs: &Values,
        authority: Option<&Fingerprint>,
    ) -> Result<Vec<Finding>> {
        let provider = self.provider(provider)?;
        let http = self.outside.network.http(authority, self.outside.now())?;
        check(&http, &provider, &provider.normalized_inputs(inputs)?).await
    }

    /// Adds a site.
    ///
    /// # Errors
    /// [`ErrorCode::NameTaken`], [`ErrorCode::InvalidInput`], [`ErrorCode::AuthorityMissing`], those of
    /// the inputs, or a keychain code: then nothing was added.
    pub async fn add(&self, mut new: NewSite) -> Result<Account> {
        let secret = new.client_secret.take();
        let account = self.account(self.made_of(new)?)?;
        let origins = account.binding()?.origins;
        self.put(account, secret.map(|secret| ClientSecret::bound(secret, origins))).await
    }

    /// A site as a person filled it in; no other has its id.
    pub(super) fn made_of(&self, new: NewSite) -> Result<Site> {
        let provider = self.provider(&new.provider)?;
        let application = new.application.as_deref();
        let (client_id, redirect) = client_of(&provider, application, &new.client_id, new.redirect)?;
        let own_scopes = || provider.oauth.scopes.iter().map(|scope| scope.id.clone()).collect();
        Ok(Site {
            id: SiteId::random(),
            name: name_of(&new.name)?,
            provider: provider.id.clone(),
            client_id,
            redirect,
            scopes: if new.scopes.is_empty() { own_scopes() } else { new.scopes },
            application: new.application,
            inputs: provider.normalized_inputs(&new.inputs)?,
            refresh_minutes: None,
            authority: new.authority,
            choices: BTreeMap::new(),
            wishes: Vec::new(),
            own_counts: Vec::new(),
        })
    }

    /// Adds a site for another account at the same instance, with the same application.
    ///
    /// # Errors
    /// As [`add`](Self::add), or [`ErrorCode::AddressChanged`] if the site was changed meanwhile.
    pub async fn duplicate(&self, account: &Account, name: &str) -> Result<Account> {
        let name = name_of(name)?;
        let secret = account.kept_secret(&self.outside).await?;
        let mut site = Site { id: SiteId::random(), name, ..account.site.clone() };
        // What one person chose is not the other's.
        site.forget_choices();
        self.put(Account { site, ..account.clone() }, secret).await
    }

    /// Gives a site another name. Everything else of it stays, its id and its secrets too.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`], [`ErrorCode::NameTaken`], [`ErrorCode::NoSuchSite`], or those of the
    /// list of sites.
    pub async fn rename(&self, id: SiteId, name: &str) -> Result<Site> {
        let name = name_of(name)?;
        let renamed = self.sites.change(|sites| {
            if sites.iter().any(|other| other.id != id && other.is_named(&name)) {
                return Err(Error::new(ErrorCode::NameTaken).about(&name));
            }
            let missing = || Error::new(ErrorCode::NoSuchSite).about(&id.to_string());
            let site = sites.iter_mut().find(|site| site.id == id).ok_or_else(missing)?;
            site.name = name;
            Ok(site.clone())
        });
        let site = renamed.await?;
        self.changed();
        Ok(site)
    }

    /// Puts the sites in another order. Those that are not named come after them, as they stood.
    ///
    /// # Errors
    /// Those of the list of sites.
    pub async fn arrange(&self, order: &[SiteId]) -> Result<()> {
        let place = |site: &Site| order.iter().position(|id| *id == site.id).unwrap_or(order.len());
        let arranged = self.sites.change(|sites| {
            sites.sort_by_key(place);
            Ok(())
        });
        arranged.await?;
        self.changed();
        Ok(())
    }

    async fn put(&self, account: Account, client_secret: Option<ClientSecret>) -> Result<Account> {
        let site = &account.site;
        let named = |error: Error| error.about(&site.name);
        let _turn = self.outside.turn(site.id).await.map_err(named)?;
        if let Some(secret) = client_secret {
            self.outside.secrets.keep_client_secret(site.id, &secret).await.map_err(named)?;
        }
        let added = self.sites.change(|sites| {
            if sites.iter().any(|other| other.is_named(&site.name)) {
                return Err(Error::new(ErrorCode::NameTaken).about(&site.name));
            }
            self.authority_of(site)?;
            // Who moved them meanwhile did not see this site, and looks at the list once more.
            self.outside.is_here().map_err(named)?;
            sites.push(site.clone());
            Ok(())
        });
        if let Err(error) = added.await {
            // Nothing refers to the secret any more; a store that refuses now keeps an orphan.
            self.outside.secrets.forget_client_secret(site.id).await.ok();
            return Err(error);
        }
        self.changed();
        Ok(account)
    }

    /// Replaces the client secret of a site. It goes where the site leads now.
    ///
    /// # Errors
    /// A keychain code, or as [`Account::binding`].
    pub async fn set_client_secret(&self, account: &Account, secret: Secret) -> Result<()> {
        let secret = ClientSecret::bound(secret, account.binding()?.origins);
        let _turn = self.outside.turn(account.site.id).await?;
        self.outside.secrets.keep_client_secret(account.site.id, &secret).await
    }

    /// Forgets a site, its secrets and what was seen of it. Does not revoke.
    ///
    /// # Errors
    /// A keychain code, [`ErrorCode::FileUnreadable`] or [`ErrorCode::FileUnwritable`].
    pub async fn remove(&self, id: SiteId) -> Result<()> {
        if self.other_person().is_some_and(|other| other.account.site.id == id) {
            self.keep_person().await;
        }
        if let Some(attempt) = self.attempt().filter(|attempt| attempt.account.site.id == id) {
            self.cancel_connect(&attempt.id);
        }
        // Without a keychain there is nothing in it to forget, and the site can go all the same.
        let unless_missing = |error: Error| match error.code {
            ErrorCode::KeychainMissing | ErrorCode::VaultMissing => Ok(()),
            _ => Err(error),
        };
        let site = self.listed_by(id).ok();
        self.forget(id).await.or_else(unless_missing)?;
        self.outside.secrets.forget_client_secret(id).await.or_else(unless_missing)?;
        self.forget_left_behind(&names(id)).await;
        self.sites
            .change(|sites| {
                sites.retain(|site| site.id != id);
                Ok(())
            })
            .await?;
        self.seen.remove(id)?;
        self.forget_history(id).await;
        self.diary.remove(id)?;
        self.drop_unnamed(site.and_then(|site| site.authority).as_ref()).await;
        self.outside.forget_notes(id)?;
        self.changed();
        Ok(())
    }
}

/// A client id and a way back as they are kept, if the application is there and has that way.
pub(super) fn client_of(
    provider: &Provider,
    application: Option<&str>,
    client_id: &str,
    redirect: Option<Redirect>,
) -> Result<(String, Redirect)> {
    let invalid = |what: &str| Error::new(ErrorCode::InvalidInput).detail(what);
    let client_id = client_id.trim();
    if client_id.is_empty() {
        return Err(invalid("client_id"));
    }
    let application = provider.application(application).ok_or_else(|| invalid("application"))?;
    let redirect = redirect.unwrap_or(provider.ways(application)[0]);
    if !provider.ways(application).contains(&redirect) {
        return Err(invalid("redirect"));
    }
    Ok((client_id.to_owned(), redirect))
}

/// A name as it is kept.
pub(super) fn name_of(text: &str) -> Result<String> {
    let name = text.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(Error::new(ErrorCode::InvalidInput).detail("name"));
    }
    Ok(name.to_owned())
}
