//! Moving all secrets from one place to another. A program that is killed at any line loses nothing:
//!
//! ```text
//! every site's turn ─▶ note what will be there ─▶ copy, read back, compare ─▶ note what is to be
//! deleted ─▶ choose ─▶ delete
//! ```
//!
//! Until the choice is written the old place is the one in use, with all it had; from then on it is the
//! new one. What was noted of the place that is not in use then is deleted: at once, told by the doctor
//! if that fails, and tried again at the next start.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Desk;
use crate::adapters::left_behind_file::{Left, LeftBehind};
use crate::error::{ErrorCode, Result};
use crate::flows::moving::{self, Copied};
use crate::flows::outside::Turn;
use crate::flows::secrets::{Secrets, is_connection, names};
use crate::model::secret::{ExposeSecret, Secret};
use crate::model::settings::{Place, Settings};
use crate::model::site::SiteId;
use crate::ports::SecretStore;

/// From where to where, and why what is there already may be of no use.
struct Move {
    old: Secrets,
    was: Place,
    new: Secrets,
    place: Place,
    noted: LeftBehind,
}

impl Desk {
    /// The same desk where the settings say where secrets are: what is found here no longer counts once
    /// they were moved elsewhere, as by another program.
    #[must_use]
    pub fn following_settings(mut self) -> Self {
        self.outside.chosen = Some(self.settings.clone());
        self
    }

    /// Whether another program moved secrets elsewhere.
    pub fn is_elsewhere(&self) -> bool {
        self.outside.is_here().is_err_and(|error| error.code == ErrorCode::SecretsMoved)
    }

    /// Keeps secrets in another place from now on, and takes them along: all that `from` holds, and what
    /// is in memory where that is in use. `from` is the place the settings say; if that is no other than
    /// the one wanted, only what is in memory is taken along.
    ///
    /// # Errors
    /// [`ErrorCode::ConnectUnderWay`], [`ErrorCode::Busy`], [`ErrorCode::SecretsMoved`] if another program
    /// moved them, a store's, or those of the list and the settings. Nothing has changed then.
    pub async fn move_secrets(&self, from: Arc<dyn SecretStore>, to: Arc<dyn SecretStore>) -> Result<()> {
        let (old, new) = (Secrets::new(from), Secrets::new(to.clone()));
        let kinds = (old.kind().place(), new.kind().place());
        let (Some(was), Some(place)) = kinds else { return Err(ErrorCode::InvalidInput.into()) };
        // No code is spent meanwhile.
        let _exchanges = self.finishing.lock().await;
        if was != place && (self.attempt().is_some() || self.other_person().is_some()) {
            return Err(ErrorCode::ConnectUnderWay.into());
        }
        let turns = self.all_turns().await?;
        let chosen = self.settings.chosen()?.secrets;
        if chosen != was && chosen != place {
            return Err(ErrorCode::SecretsMoved.into());
        }
        let memory = (!self.store_kind().lasts()).then(|| self.outside.secrets.pinned());
        let mut way = Move { old, was, new, place, noted: LeftBehind::default() };
        if chosen == place {
            let here = self.copy_memory(memory.as_ref(), &turns, &way).await?;
            self.use_store(to);
            return forget(memory.as_ref(), &here).await;
        }
        way.new.check(None).await?;
        way.noted = self.note_target(&way, &turns).await?;
        let chosen = async {
            let copied = self.copy_all(&turns, &way).await?;
            let here = self.copy_memory(memory.as_ref(), &turns, &way).await?;
            self.left_behind.change(|left| left.add(was, copied.keys())).await?;
            self.settings.change(|kept| Settings { secrets: place, ..kept })?;
            Ok((copied, here))
        };
        let (copied, here) = match chosen.await {
            Ok(both) => both,
            Err(error) => {
                self.delete_left_behind(&way.new, &way.old, None).await;
                return Err(error);
            }
        };
        for site in turns.keys() {
            moving::drop_copied(&self.outside, *site, &way.old, &copied);
        }
        self.use_store(to);
        self.end_move(&way, &turns, &copied).await;
        forget(memory.as_ref(), &here).await
    }

    /// Notes what a move that fails would leave in the new place, and deletes what is there still of
    /// what a person had forgotten. What was noted before.
    async fn note_target(&self, way: &Move, turns: &BTreeMap<SiteId, Turn>) -> Result<LeftBehind> {
        let noted = self.left_behind.read();
        for (name, left) in noted.at(way.place) {
            if left == Left::Forgotten {
                way.new.forget_item(&name).await?;
            }
        }
        let mut free = Vec::new();
        for name in turns.keys().copied().flat_map(names) {
            // What is of before stays there if this fails.
            if noted.left(way.place, &name).is_none() && matches!(way.new.item(&name).await, Ok(None)) {
                free.push(name);
            }
        }
        let change = self.left_behind.change(|left| {
            left.clear(way.was);
            left.add(way.place, &free);
        });
        change.await.map(|()| noted)
    }

    async fn copy_all(&self, turns: &BTreeMap<SiteId, Turn>, way: &Move) -> Result<Copied> {
        let mut copied = Copied::new();
        for (site, turn) in turns {
            if let Ok(account) = self.site(*site) {
                moving::save(&self.outside, &account, &way.old, turn).await;
            }
            copied.extend(self.copy_site(*site, &way.old, way).await?);
        }
        Ok(copied)
    }

    /// What is in memory is newer than what is stored, and is copied after it.
    async fn copy_memory(
        &self,
        memory: Option<&Secrets>,
        turns: &BTreeMap<SiteId, Turn>,
        way: &Move,
    ) -> Result<Copied> {
        let mut copied = Copied::new();
        let Some(memory) = memory else { return Ok(copied) };
        let after = Move { noted: LeftBehind::default(), old: way.old.clone(), new: way.new.clone(), ..*way };
        for site in turns.keys() {
            copied.extend(self.copy_site(*site, memory, &after).await?);
        }
        Ok(copied)
    }

    async fn copy_site(&self, site: SiteId, from: &Secrets, way: &Move) -> Result<Copied> {
        let account = self.site(site).ok();
        let stale = |name: &str| way.noted.left(way.place, name).is_some();
        let copied = moving::copy(&self.outside, (site, account.as_ref()), from, &way.new, stale).await;
        copied.map_err(|error| match self.listed_by(site) {
            Ok(site) => error.about(&site.name),
            Err(_) => error,
        })
    }

    /// Takes along what came late, and deletes.
    async fn end_move(&self, way: &Move, turns: &BTreeMap<SiteId, Turn>, copied: &Copied) {
        let noted = match self.copy_late(turns, way, copied).await {
            Ok(late) => {
                let change = self.left_behind.change(|left| {
                    left.clear(way.place);
                    left.add(way.was, late.keys());
                });
                change.await
            }
            error => error.map(drop),
        };
        match noted {
            Ok(()) => self.delete_left_behind(&way.old, &way.new, Some(copied)).await,
            Err(error) => {
                tracing::warn!(code = %error.name(), "nothing was deleted where secrets were moved from");
            }
        }
    }

    /// Deletes what could not be deleted when secrets were moved away from this place.
    pub async fn finish_move(&self, from: Arc<dyn SecretStore>) {
        if self.is_in_chosen_place() {
            self.delete_left_behind(&Secrets::new(from), &self.outside.secrets.pinned(), None).await;
        }
    }

    fn is_in_chosen_place(&self) -> bool {
        let place = self.store_kind().place();
        place.is_some_and(|place| self.settings.chosen().is_ok_and(|chosen| chosen.secrets == place))
    }

    /// Where copies of secrets were left that are kept elsewhere now.
    pub fn left_behind(&self) -> Option<Place> {
        let (left, chosen) = (self.left_behind.read(), self.settings.chosen().ok()?.secrets);
        [Place::Keychain, Place::Vault].into_iter().find(|place| *place != chosen && !left.at(*place).is_empty())
    }

    /// A person had something forgotten: copies of it are of no use either, wherever they were left.
    pub(super) async fn forget_left_behind(&self, forgotten: &[String]) {
        if !self.is_in_chosen_place() {
            return;
        }
        let change = self.left_behind.change(|left| forgotten.iter().for_each(|name| left.forget(name)));
        if let Err(error) = change.await {
            tracing::info!(%error, "could not note that a copy is of no use");
        }
    }

    async fn delete_left_behind(&self, from: &Secrets, kept: &Secrets, copied: Option<&Copied>) {
        let Ok(Settings { secrets: chosen, .. }) = self.settings.chosen() else { return };
        let Some(place) = from.kind().place().filter(|place| *place != chosen) else { return };
        let mut deleted = Vec::new();
        for (name, left) in self.left_behind.read().at(place) {
            let is_of_use = match left {
                Left::Forgotten => false,
                // Never the only copy.
                Left::Copied => !kept.item(&name).await.is_ok_and(|item| item.is_some()),
            };
            let is_newer = match copied.and_then(|copied| copied.get(&name)) {
                Some(copy) => is_newer(&name, copy, from, kept).await,
                None => false,
            };
            if !is_of_use && !is_newer && from.forget_item(&name).await.is_ok() {
                deleted.push(name);
            }
        }
        let change = self.left_behind.change(|left| deleted.iter().for_each(|name| left.remove(place, name)));
        if let Err(error) = change.await {
            tracing::info!(%error, "could not note what is still to be deleted");
        }
    }

    /// What another program kept in the old place before it could know of the new one.
    async fn copy_late(&self, turns: &BTreeMap<SiteId, Turn>, way: &Move, copied: &Copied) -> Result<Copied> {
        let mut late = Copied::new();
        for site in self.sites.read_after_others().await? {
            if turns.contains_key(&site.id) {
                moving::copy_secret(site.id, &way.old, &way.new, copied).await?;
            } else {
                late.extend(self.copy_site(site.id, &way.old, way).await?);
            }
        }
        Ok(late)
    }

    /// Does something to the place of secrets while nobody changes any token of any site: what was sent
    /// before is kept, and what comes after sees what was done.
    ///
    /// # Errors
    /// [`ErrorCode::Busy`], those of the list, and that of `work`.
    pub async fn alone(&self, work: impl Future<Output = Result<()>>) -> Result<()> {
        let _exchanges = self.finishing.lock().await;
        let _turns = self.all_turns().await?;
        work.await
    }

    /// Nobody changes any token of any site as long as these are held.
    async fn all_turns(&self) -> Result<BTreeMap<SiteId, Turn>> {
        let mut turns = BTreeMap::new();
        loop {
            // Others hold one at a time, and a site may be added while this waits.
            let listed = self.sites.read()?.into_iter().map(|site| site.id);
            let Some(next) = listed.filter(|id| !turns.contains_key(id)).min() else { return Ok(turns) };
            turns.insert(next, self.outside.hold(next).await?);
        }
    }
}

/// Whether somebody kept another client secret there after it was copied. Nobody changes a connection
/// meanwhile.
async fn is_newer(name: &str, copy: &Secret, from: &Secrets, kept: &Secrets) -> bool {
    if is_connection(name) {
        return false;
    }
    let (Ok(there), Ok(kept)) = (from.item(name).await, kept.item(name).await) else { return true };
    let is = |one: &Secret| there.as_ref().is_none_or(|there| there.expose_secret() == one.expose_secret());
    !is(copy) && !kept.as_ref().is_some_and(is)
}

/// Memory always forgets.
async fn forget(memory: Option<&Secrets>, copied: &Copied) -> Result<()> {
    for name in copied.keys() {
        if let Some(memory) = memory {
            memory.forget_item(name).await?;
        }
    }
    Ok(())
}
