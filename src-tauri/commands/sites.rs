//! The list of sites, and what is chosen for them.

use std::collections::BTreeMap;

use tallykey_core::model::site::Chosen;
use tallykey_core::{Error, ErrorCode, Secret};
use tauri::State;

use super::network::fingerprint;
use super::{Inputs, Reply};
use crate::shell::{Shell, site_id};
use crate::views::{CheckView, ItemView, NewSite, OfferView, SiteView};

type Choices = BTreeMap<String, Vec<ItemView>>;

#[tauri::command]
pub async fn check_address(
    provider: String,
    inputs: Inputs,
    authority: Option<String>,
    shell: State<'_, Shell>,
) -> Reply<Vec<CheckView>> {
    let findings = shell.desk.check(&provider, &inputs, fingerprint(authority)?.as_ref()).await?;
    Ok(findings.into_iter().map(CheckView::from).collect())
}

#[tauri::command]
pub async fn add_site(site: NewSite, shell: State<'_, Shell>) -> Reply<SiteView> {
    let added = shell.desk.add(site.try_into()?).await?;
    Ok(shell.site_view(added.site.id)?)
}

#[tauri::command]
pub async fn remove_site(site: String, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.remove(site_id(&site)?).await?)
}

/// The order of the list from now on; what is no site any more is left out.
#[tauri::command]
pub async fn arrange_sites(sites: Vec<String>, shell: State<'_, Shell>) -> Reply<()> {
    let order: Vec<_> = sites.iter().filter_map(|site| site_id(site).ok()).collect();
    Ok(shell.desk.arrange(&order).await?)
}

#[tauri::command]
pub async fn duplicate_site(site: String, name: String, shell: State<'_, Shell>) -> Reply<SiteView> {
    let added = shell.desk.duplicate(&shell.site(&site)?, &name).await?;
    Ok(shell.site_view(added.site.id)?)
}

#[tauri::command]
pub async fn set_client_secret(site: String, secret: String, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.set_client_secret(&shell.site(&site)?, Secret::from(secret.trim())).await?)
}

#[tauri::command]
pub async fn offers(site: String, shell: State<'_, Shell>) -> Reply<Vec<OfferView>> {
    let account = shell.site(&site)?;
    let offers = shell.desk.offers(&account).await?;
    Ok(offers.into_iter().map(|offer| OfferView::new(offer, &account.site)).collect())
}

#[tauri::command]
pub async fn choose(site: String, choices: Choices, shell: State<'_, Shell>) -> Reply<()> {
    let chosen = |(key, items): (String, Vec<ItemView>)| (key, items.into_iter().map(Chosen::from).collect());
    let account = shell.desk.choose(&shell.site(&site)?, choices.into_iter().map(chosen).collect()).await?;
    let desk = shell.desk.clone();
    // What was chosen is what a person wants to see counted.
    tauri::async_runtime::spawn(async move { drop(desk.refresh(&account).await) });
    Ok(())
}

/// Accepts what was shown: a file that was changed since is asked about again.
#[tauri::command(async)]
pub fn accept_definition(provider: String, digest: String, shell: State<'_, Shell>) -> Reply<()> {
    let definition = shell.desk.definition(&provider)?;
    if definition.digest() != Some(digest.as_str()) {
        return Err(Error::new(ErrorCode::NotAccepted).detail(provider).into());
    }
    Ok(shell.desk.accept(&definition)?)
}

impl TryFrom<NewSite> for tallykey_core::NewSite {
    type Error = Error;

    fn try_from(new: NewSite) -> Result<Self, Error> {
        let secret = new.client_secret.as_deref().map(str::trim).filter(|secret| !secret.is_empty());
        Ok(Self {
            name: new.name,
            provider: new.provider,
            inputs: new.inputs,
            application: new.application,
            client_id: new.client_id,
            client_secret: secret.map(Secret::from),
            redirect: new.redirect,
            scopes: new.scopes.unwrap_or_default(),
            authority: fingerprint(new.authority)?,
        })
    }
}
