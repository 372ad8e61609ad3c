//! Moving all secrets from one place to another. A program that is killed at any line loses nothing:
//!
//! ```text
//! every site's turn ─▶ copy, read back, compare ─▶ note what is to be deleted ─▶ choose ─▶ delete
//! ```
//!
//! Until the choice is written the old place is the one in use, with all it had; from then on it is the
//! new one. What could not be deleted is noted, told by the doctor, and tried again at the next start.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Desk;
use crate::adapters::left_behind_file::LeftBehind;
use crate::error::{ErrorCode, Result};
use crate::flows::moving;
use crate::flows::outside::Turn;
use crate::flows::secrets::Secrets;
use crate::model::settings::{Place, Settings};
use crate::model::site::SiteId;
use crate::ports::SecretStore;

impl Desk {
    /// The same desk where the settings say where secrets are: tokens are no longer spent here once they
    /// were moved elsewhere, as by another program.
    #[must_use]
    pub fn following_settings(mut self) -> Self {
        self.outside.chosen = Some(self.settings.clone());
        self
    }

    /// Keeps secrets in another place from now on, and takes them along: all that `from` holds, and of
    /// sites it knows nothing of, what is in memory where that is in use.
    ///
    /// # Errors
    /// [`ErrorCode::ConnectUnderWay`], [`ErrorCode::Busy`], a store's, or those of the list and the
    /// settings. Nothing has changed then.
    pub async fn move_secrets(&self, from: Arc<dyn SecretStore>, to: Arc<dyn SecretStore>) -> Result<()> {
        let place = to.kind().place().ok_or(ErrorCode::InvalidInput)?;
        // No code is spent meanwhile.
        let _exchanges = self.finishing.lock().await;
        if self.attempt().is_some() || self.other_person().is_some() {
            return Err(ErrorCode::ConnectUnderWay.into());
        }
        let (old, new) = (Secrets::new(from), Secrets::new(to.clone()));
        new.check(None).await?;
        let turns = self.all_turns().await?;
        let here = (!self.store_kind().lasts()).then(|| self.outside.secrets.pinned());
        let (mut names, mut of_here) = (Vec::new(), Vec::new());
        for (site, turn) in &turns {
            if let Ok(account) = self.site(*site) {
                moving::save(&self.outside, &account, &old, turn).await;
            }
            let moved = moving::copy(&self.outside, *site, &old, &new).await?;
            if let Some(here) = here.as_ref().filter(|_| moved.is_empty()) {
                of_here.extend(moving::copy(&self.outside, *site, here, &new).await?);
            }
            names.extend(moved);
        }
        let was = old.kind().place().ok_or(ErrorCode::InvalidInput)?;
        self.left_behind.write(&LeftBehind { place: was, names: names.clone() })?;
        self.settings.change(|kept| Settings { secrets: place, ..kept })?;
        for site in turns.keys() {
            self.outside.keeping_in(old.clone()).drop_unsaved(*site);
        }
        self.use_store(to);
        match self.copy_late(&turns, &old, &new).await {
            Ok(late) if late.is_empty() => {}
            // What cannot be noted stays there.
            Ok(late) => {
                names.extend(late);
                self.left_behind.write(&LeftBehind { place: was, names }).ok();
            }
            Err(error) => {
                tracing::warn!(code = %error.name(), "nothing was deleted where secrets were moved from");
                return Ok(());
            }
        }
        self.delete_left_behind(&old, place).await;
        for name in of_here {
            // Memory always forgets.
            if let Some(here) = &here {
                here.forget_item(&name).await.ok();
            }
        }
        Ok(())
    }

    /// Deletes what could not be deleted when secrets were moved away from this place.
    pub async fn finish_move(&self, from: Arc<dyn SecretStore>) {
        let place = self.settings().secrets;
        if self.store_kind().place() == Some(place) {
            self.delete_left_behind(&Secrets::new(from), place).await;
        }
    }

    /// Where copies of secrets were left that are kept elsewhere now.
    pub fn left_behind(&self) -> Option<Place> {
        let left = self.left_behind.read()?;
        (left.place != self.settings().secrets).then_some(left.place)
    }

    async fn delete_left_behind(&self, from: &Secrets, place: Place) {
        // Where a move ended before anything was chosen, this is where secrets are.
        let is_of = |left: &LeftBehind| left.place != place && from.kind().place() == Some(left.place);
        let Some(mut left) = self.left_behind.read().filter(is_of) else { return };
        let mut still = Vec::new();
        for name in std::mem::take(&mut left.names) {
            // Never the only copy.
            let has_copy = self.outside.secrets.item(&name).await.is_ok_and(|item| item.is_some());
            if !has_copy || from.forget_item(&name).await.is_err() {
                still.push(name);
            }
        }
        left.names = still;
        if let Err(error) = self.left_behind.write(&left) {
            tracing::info!(%error, "could not note what is still to be deleted");
        }
    }

    /// What another program kept in the old place before it could know of the new one.
    async fn copy_late(&self, turns: &BTreeMap<SiteId, Turn>, old: &Secrets, new: &Secrets) -> Result<Vec<String>> {
        let mut late = Vec::new();
        for site in self.sites.read()? {
            if turns.contains_key(&site.id) {
                moving::copy_secret(site.id, old, new).await?;
            } else {
                late.extend(moving::copy(&self.outside, site.id, old, new).await?);
            }
        }
        Ok(late)
    }

    /// Nobody changes any token of any site as long as these are held.
    async fn all_turns(&self) -> Result<BTreeMap<SiteId, Turn>> {
        let mut turns = BTreeMap::new();
        loop {
            // Others hold one at a time, and a site may be added while this waits.
            let listed = self.sites.read()?.into_iter().map(|site| site.id);
            let Some(next) = listed.filter(|id| !turns.contains_key(id)).min() else { return Ok(turns) };
            turns.insert(next, self.outside.turn(next).await?);
        }
    }
}
