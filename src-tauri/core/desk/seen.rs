//! What was last seen of each site, kept true while several things go on with one site at once.
//!
//! While secrets are kept in memory only, what is seen of them says nothing about what lasts, so
//! it is kept in memory too.

use std::collections::HashMap;
use std::sync::Mutex;

use super::lock;
use crate::adapters::known_file::KnownFiles;
use crate::error::Result;
use crate::model::known::Known;
use crate::model::site::SiteId;
use crate::ports::StoreKind;

/// What was last seen, and since when that is of the present connection.
pub(super) struct Seen {
    files: KnownFiles,
    here: Mutex<HashMap<SiteId, Known>>,
    /// Raised whenever a connection is made or ended, and when the person wants something else counted:
    /// what was asked before belongs to another one.
    epochs: Mutex<HashMap<SiteId, u64>>,
    turn: Mutex<()>,
}

/// Which connection of a site something belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Epoch(u64);

impl Seen {
    pub(super) fn new(files: KnownFiles) -> Self {
        Self { files, here: Mutex::default(), epochs: Mutex::default(), turn: Mutex::default() }
    }

    pub(super) fn read(&self, site: SiteId, store: StoreKind) -> Known {
        if store.lasts() {
            return self.files.read(site);
        }
        // Counts and their age are no part of the connection.
        lock(&self.here).get(&site).cloned().unwrap_or_else(|| {
            let mut known = self.files.read(site);
            known.see_none();
            known
        })
    }

    /// The sites of which something was seen while a place that lasts was in use.
    pub(super) fn sites(&self) -> Vec<SiteId> {
        self.files.sites()
    }

    pub(super) fn epoch(&self, site: SiteId) -> Epoch {
        Epoch(lock(&self.epochs).get(&site).copied().unwrap_or_default())
    }

    pub(super) fn next_epoch(&self, site: SiteId) -> Epoch {
        let mut epochs = lock(&self.epochs);
        let epoch = epochs.entry(site).or_default();
        *epoch += 1;
        Epoch(*epoch)
    }

    /// Changes what was seen, unless that is of a connection that was replaced or ended meanwhile.
    /// What was seen before, and what is seen now.
    pub(super) fn change(
        &self,
        site: SiteId,
        store: StoreKind,
        epoch: Epoch,
        change: impl FnOnce(&mut Known),
    ) -> (Known, Known) {
        let _turn = lock(&self.turn);
        let before = self.read(site, store);
        if epoch != self.epoch(site) {
            return (before.clone(), before);
        }
        let mut known = before.clone();
        change(&mut known);
        if known != before {
            if !store.lasts() {
                lock(&self.here).insert(site, known.clone());
            } else if let Err(error) = self.files.write(site, &known) {
                tracing::warn!(%site, %error, "could not keep what was seen");
            }
        }
        (before, known)
    }

    pub(super) fn remove(&self, site: SiteId) -> Result<()> {
        let _turn = lock(&self.turn);
        self.next_epoch(site);
        lock(&self.here).remove(&site);
        self.files.remove(site)
    }
}
