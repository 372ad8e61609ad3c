//! Telling what happened, to whoever listens: a window, its tray.

use std::collections::BTreeMap;

use tokio::sync::broadcast;

use super::{Desk, Event, lock};
use crate::flows::outside::Account;
use crate::model::known::{Known, State};
use crate::model::notice::notices;
use crate::model::site::{Chosen, Site, SiteId};
use crate::model::wishes::OwnCount;

/// What whoever listens here was last told of a site, or might have been: other programs write what was
/// seen too, and what they find is news here.
#[derive(Default)]
pub(super) struct Told {
    state: Option<State>,
    numbers: Option<(Asked, Known)>,
}

/// Of what numbers are: of the same place, chosen alike.
type Asked = (BTreeMap<String, String>, BTreeMap<String, Vec<Chosen>>, Vec<OwnCount>);

impl Desk {
    /// Tells of every change from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Tells whoever listens to look again.
    pub fn changed(&self) {
        self.tell(Event::Changed);
    }

    /// Tells what a person wants to know of new numbers.
    pub(super) fn tell_numbers(&self, account: &Account, before: &Known, now: &Known) {
        let Site { id, inputs, choices, own_counts, wishes, .. } = &account.site;
        let asked: Asked = (inputs.clone(), choices.clone(), own_counts.clone());
        let last = lock(&self.told).entry(*id).or_default().numbers.replace((asked.clone(), now.clone()));
        let last = last.filter(|(of, _)| *of == asked).map(|(_, last)| last);
        for notice in notices(*id, last.as_ref().unwrap_or(before), now, wishes) {
            self.tell(Event::Notice(notice));
        }
    }

    /// Tells that a connection ended, when that was found out.
    pub(super) fn tell_end(&self, site: SiteId, before: State, now: State) {
        let before = lock(&self.told).entry(site).or_default().state.replace(now).unwrap_or(before);
        if before != State::NeedsSignIn && now == State::NeedsSignIn {
            self.tell(Event::SignInNeeded(site));
        }
    }

    pub(super) fn tell(&self, event: Event) {
        // Nobody listening is no failure.
        self.events.send(event).ok();
    }
}
