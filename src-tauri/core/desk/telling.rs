//! Telling what happened, to whoever listens: a window, its tray.

use tokio::sync::broadcast;

use super::{Desk, Event};
use crate::flows::outside::Account;
use crate::model::known::{Known, State};
use crate::model::notice::notices;
use crate::model::site::SiteId;

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
        for notice in notices(account.site.id, before, now, &account.site.wishes) {
            self.tell(Event::Notice(notice));
        }
    }

    /// Tells that a connection ended, when that was found out.
    pub(super) fn tell_end(&self, site: SiteId, before: State, now: State) {
        if before != State::NeedsSignIn && now == State::NeedsSignIn {
            self.tell(Event::SignInNeeded(site));
        }
    }

    pub(super) fn tell(&self, event: Event) {
        // Nobody listening is no failure.
        self.events.send(event).ok();
    }
}
