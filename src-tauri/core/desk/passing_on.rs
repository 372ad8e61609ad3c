//! Passing sites on to others, and adding those that others pass on. No secret goes along.

use std::path::{Path, PathBuf};

use super::{Desk, NewSite};
use crate::adapters::saved_files;
use crate::error::{Error, ErrorCode, Result};
use crate::flows::outside::Account;
use crate::model::site::{Site, SiteId};
use crate::model::site_file::{self, EXTENSION, ImportedSite};

impl Desk {
    /// The text of a file with these sites, in their order.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchSite`].
    pub fn passed_on(&self, ids: &[SiteId]) -> Result<String> {
        Ok(site_file::write(&self.all_listed(ids)?))
    }

    /// Writes a file with these sites into a folder, under a name that is free there.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchSite`], [`ErrorCode::FileUnwritable`].
    pub fn pass_on(&self, ids: &[SiteId], folder: &Path) -> Result<PathBuf> {
        let sites = self.all_listed(ids)?;
        let stem = match &sites[..] {
            [site] => site.name.as_str(),
            _ => "tallykey",
        };
        saved_files::save(folder, stem, EXTENSION, &site_file::write(&sites))
    }

    /// Adds sites that somebody passed on: all of them, or none.
    ///
    /// # Errors
    /// As [`add`](Self::add), about the first site that cannot be added.
    pub async fn import(&self, sites: Vec<ImportedSite>) -> Result<Vec<Account>> {
        let mut new = Vec::new();
        for site in sites {
            let name = site.name.clone();
            new.push(self.made_of(site.into()).map_err(|error| error.about(&name))?);
        }
        let added = self.sites.change(|sites| {
            for site in &new {
                if sites.iter().any(|other| other.is_named(&site.name)) {
                    return Err(Error::new(ErrorCode::NameTaken).about(&site.name));
                }
                sites.push(site.clone());
            }
            Ok(())
        });
        added.await?;
        self.changed();
        new.into_iter().map(|site| self.account(site)).collect()
    }

    fn all_listed(&self, ids: &[SiteId]) -> Result<Vec<Site>> {
        ids.iter().map(|id| self.listed_by(*id)).collect()
    }
}

impl From<ImportedSite> for NewSite {
    fn from(site: ImportedSite) -> Self {
        Self {
            name: site.name,
            provider: site.provider,
            inputs: site.inputs,
            application: site.application,
            client_id: site.client_id,
            client_secret: None,
            redirect: site.redirect,
            scopes: site.scopes,
            authority: None,
        }
    }
}
