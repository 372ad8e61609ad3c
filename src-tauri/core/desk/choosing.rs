//! What a person chooses once a site is connected: who they are there, and what is counted.

use std::collections::{BTreeMap, BTreeSet};

use super::{Desk, Epoch};
use crate::error::{Error, ErrorCode, Result};
use crate::flows::choose::{Offer, offers};
use crate::flows::outside::Account;
use crate::model::site::{Chosen, Site, SiteId};

impl Desk {
    /// Asks the site what there is to choose from.
    ///
    /// # Errors
    /// As [`Desk::connection`], or what an answer means.
    pub async fn offers(&self, account: &Account) -> Result<Vec<Offer>> {
        offers(&self.outside, account).await
    }

    /// Keeps what was chosen; choices that are not named stay as they are, and an optional one of which
    /// nothing is chosen is given up.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] with the choice's name, [`ErrorCode::NoSuchSite`], or those of the
    /// list of sites.
    pub async fn choose(&self, account: &Account, mut choices: BTreeMap<String, Vec<Chosen>>) -> Result<Account> {
        for (key, chosen) in &mut choices {
            // Named twice, it would count twice.
            let mut seen = BTreeSet::new();
            chosen.retain(|one| seen.insert(one.value.clone()));
            let chosen = &*chosen;
            let choice = account.provider.choice(key);
            let fits = choice.is_some_and(|choice| match chosen.len() {
                0 => choice.is_optional(),
                1 => true,
                _ => choice.many,
            });
            let is_plain = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
            if !fits || !chosen.iter().all(|one| is_plain(&one.value) && is_plain(&one.text)) {
                return Err(Error::new(ErrorCode::InvalidInput).about(&account.site.name).detail(key));
            }
        }
        let change = |site: &mut Site| {
            site.choices.extend(choices);
            site.choices.retain(|_, chosen| !chosen.is_empty());
        };
        let site = self.change_site(account.site.id, change).await?;
        let counts_others = account.counts_others_than(&site);
        // First, so that a round under way keeps nothing of what is forgotten here.
        let epoch = self.counts_anew(account.site.id);
        let account = self.account(site)?;
        if counts_others {
            self.forget_history(account.site.id).await;
        }
        // Numbers of other projects, or of somebody else, are not this choice's.
        self.see(&account, epoch, |known, _| {
            known.forget_counts();
            known.identity = account.chosen_identity().or(known.identity.take());
            known.trouble = None;
        });
        Ok(account)
    }

    /// What is counted of a site has changed in the list: numbers that are being asked for are not
    /// believed, and whoever waits for numbers has them asked for anew.
    pub(super) fn counts_anew(&self, id: SiteId) -> Epoch {
        let epoch = self.seen.next_epoch(id);
        self.turns.begins_anew(id);
        epoch
    }

    /// Another person may have signed in where the product cannot say who: asked again.
    pub(super) async fn ask_again_who(&self, account: &Account) -> Result<()> {
        // What is in memory is one command's, and the list is everybody's.
        if !self.store_kind().lasts() {
            return Ok(());
        }
        let Some(choice) = account.provider.choices.iter().find(|choice| choice.me) else { return Ok(()) };
        if account.site.choices.contains_key(&choice.key) {
            self.change_site(account.site.id, |site| drop(site.choices.remove(&choice.key))).await?;
        }
        Ok(())
    }

    /// Changes one site in the list.
    pub(super) async fn change_site(&self, id: SiteId, change: impl FnOnce(&mut Site)) -> Result<Site> {
        let changed = self.sites.change(|sites| {
            let missing = || Error::new(ErrorCode::NoSuchSite).about(&id.to_string());
            let site = sites.iter_mut().find(|site| site.id == id).ok_or_else(missing)?;
            change(site);
            Ok(site.clone())
        });
        let site = changed.await?;
        self.changed();
        Ok(site)
    }
}
