//! Asking all sites, each when it is due: a person's wish first, in order within a site, and a dead or
//! slow one delays nobody.
//!
//! ```text
//! wanted ─▶ room to begin ─▶ the site's own turn ─▶ counts, who am I ─▶ done
//!                │                                     │
//!                └── given to the next after the first answer, or a second without one
//! ```
//!
//! Stopping ends what waits, and questions that change nothing. A refresh, and what is written of it, are
//! never left in the middle: no round is dropped, each ends by itself.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use super::turns::Progress;
use super::{Busy, Desk, SiteStatus};
use crate::error::{ErrorCode, Result};
use crate::flows::count;
use crate::flows::course::Course;
use crate::flows::outside::Account;
use crate::model::budget::Left;
use crate::model::known::{Known, State};
use crate::model::pace::{Presence, minutes, slept};
use crate::model::provider::Period;
use crate::model::settings::Settings;
use crate::model::site::{Site, SiteId};

/// When a site is asked again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// The site's own interval; as the settings say where absent, and 0 for "only when I ask".
    pub minutes: Option<u16>,
    /// When it is asked next by itself; absent where it is not.
    pub next_at: Option<Timestamp>,
    /// What is left of the calls its provider grants for more than a minute, scarcest first.
    pub left: Vec<Left>,
}

/// A site that has not been answered for so long makes room for the next: most answer in a tenth of it.
const PATIENCE: Duration = Duration::from_secs(1);
/// Sites of another program's making, and a computer that woke, are noticed within this time.
const LOOK: Duration = Duration::from_secs(30);
/// Sites that are due at nearly the same time are looked for together.
const REST: Duration = Duration::from_secs(1);
/// After a sleep the network needs some seconds, and the sites need not come all at once.
const WAKING: Duration = Duration::from_secs(15);

impl Desk {
    /// Asks for the counts of a site because a person wants them: before what the program does by
    /// itself. Goes on to its end even if nobody waits for it any more.
    ///
    /// # Errors
    /// As [`count`](Self::count), [`ErrorCode::NoSuchSite`] if it was removed meanwhile, or
    /// [`ErrorCode::Stopped`].
    pub async fn refresh(&self, account: &Account) -> Result<Known> {
        let (desk, account) = (self.clone(), account.clone());
        let round = tokio::spawn(async move { desk.in_turn(&account).await });
        round.await.expect("counting does not panic and is not cancelled")
    }

    /// Asks all sites because a person wants it. What goes wrong shows as a site's trouble.
    pub async fn refresh_all(&self) {
        let mut rounds = Vec::new();
        for SiteStatus { account, known, .. } in self.sites().unwrap_or_default() {
            // Nothing can be asked without a definition; the site says so itself.
            let Ok(account) = account else { continue };
            let desk = self.clone();
            rounds.push(tokio::spawn(async move { desk.round(&account, known.state).await }));
        }
        for round in rounds {
            round.await.ok();
        }
    }

    /// Asks each site when it is due, as long as the program runs; nothing while `may` says no.
    pub async fn keep_counting(&self, may: impl Fn() -> bool) {
        loop {
            let (wall, ours) = (self.outside.now(), Instant::now());
            let planned = if may() { self.ask_due() } else { LOOK };
            tokio::select! {
                () = sleep(planned) => {}
                () = self.turns.look.notified() => {}
            }
            if slept(self.outside.now().duration_since(wall), ours.elapsed(), planned) {
                self.outside.attempts.begin_anew();
                self.turns.wake(WAKING);
            }
        }
    }

    /// Begins to ask the sites that are due. How long until it is time to look again.
    pub fn ask_due(&self) -> Duration {
        if self.outside.is_closing() {
            return LOOK;
        }
        let (mut next, settings) = (LOOK, self.settings());
        for SiteStatus { account, known, .. } in self.sites().unwrap_or_default() {
            let Ok(account) = account else { continue };
            let Some(wait) = self.due_in(&account, &known, &settings) else { continue };
            if !wait.is_zero() {
                next = next.min(wait);
            } else if self.turns.is_free(account.site.id) {
                let (desk, going) = (self.by_itself(), self.turns.waits(account.site.id));
                tokio::spawn(async move {
                    desk.round(&account, known.state).await;
                    drop(going);
                });
            }
        }
        next.max(REST)
    }

    /// Leaves unanswered what was asked for counts. What is written of a refresh is written first.
    pub fn stop_refresh(&self) {
        self.turns.stop.send(()).ok();
    }

    /// Asks nothing by itself for so many minutes; nothing for "go on".
    pub fn pause_refresh(&self, minutes: Option<u16>) {
        self.turns.pause(minutes.map(|minutes| Duration::from_mins(minutes.into())), self.outside.now());
        self.changed();
    }

    /// Until when nothing is asked by itself.
    pub fn paused_until(&self) -> Option<Timestamp> {
        self.turns.paused_until(self.outside.now())
    }

    /// Takes over whether somebody looks, and what asking costs.
    pub fn see_presence(&self, presence: Presence) {
        if self.turns.see(presence) {
            self.outside.attempts.begin_anew();
        }
    }

    /// Gives a site an interval of its own; nothing for the usual one, 0 for "only when I ask".
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchSite`], or those of the list of sites.
    pub async fn set_pace(&self, id: SiteId, minutes: Option<u16>) -> Result<Site> {
        let site = self.change_site(id, |site| site.refresh_minutes = minutes).await?;
        self.turns.look.notify_one();
        Ok(site)
    }

    /// When a site is asked again.
    pub(super) fn pace(&self, account: &Account, known: &Known, settings: &Settings) -> Pace {
        let due = if known.state == State::Connected { self.due_in(account, known, settings) } else { None };
        let at = due.and_then(|wait| self.outside.now().checked_add(wait).ok());
        let granted = self.outside.budgets.left(account, self.outside.now());
        let mut left: Vec<Left> =
            granted.into_iter().filter(|(per, _)| *per != Period::Minute).map(|(_, left)| left).collect();
        left.sort_by_key(Left::share);
        Pace { minutes: account.site.refresh_minutes, next_at: at.map(whole_seconds), left }
    }

    /// How long until a site is asked by itself, if it is.
    fn due_in(&self, account: &Account, known: &Known, settings: &Settings) -> Option<Duration> {
        let (site, now) = (&account.site, self.outside.now());
        let is_connected = known.state == State::Connected;
        // What is no count costs no call: a look at the keychain, a revocation that waits.
        let minutes = if is_connected {
            minutes(site.refresh_minutes, account.provider.api.automatic, settings.refresh_minutes)
        } else {
            Settings::default().refresh_minutes
        };
        let seen = known.counted_at.filter(|_| is_connected).map(|at| now.duration_since(at));
        let seen = seen.and_then(|seen| seen.try_into().ok());
        let due = self.turns.due_in(site.id, minutes, seen, self.outside.clock.steady())?;
        let asked_to_wait = known.trouble.as_ref().filter(|trouble| trouble.waits(now).is_some());
        let asked_to_wait = asked_to_wait.and_then(|trouble| trouble.until);
        let calls = if is_connected { count::calls(account) } else { 0 };
        let used_up = self.outside.budgets.left(account, now).into_iter().filter(|(_, left)| !left.allows(calls));
        let until = used_up.map(|(_, left)| left.until).chain(asked_to_wait).chain(self.paused_until()).max();
        let wait = until.and_then(|until| until.duration_since(now).try_into().ok()).unwrap_or_default();
        Some(due.max(wait))
    }

    /// What goes wrong shows as the site's trouble. What was last seen is compared with what the store
    /// holds, and a revocation that waits is tried again.
    async fn round(&self, account: &Account, mut state: State) {
        if matches!(state, State::NotConnected | State::NeedsSignIn) {
            self.begins(account.site.id, Instant::now());
            state = self.look(account).await.unwrap_or(state);
        }
        match state {
            State::Connected => drop(self.in_turn(account).await),
            State::RevokePending => {
                self.begins(account.site.id, Instant::now());
                drop(self.revoke_again(account).await);
            }
            State::NotConnected | State::NeedsSignIn => {}
        }
    }

    /// Counts a site when its turn has come. Who waited while another round began and ended has its
    /// answer, and it is the site of the list that is counted then.
    async fn in_turn(&self, account: &Account) -> Result<Known> {
        let (id, wanted) = (account.site.id, Instant::now());
        let mut stop = self.turns.stop.subscribe();
        let (_waiting, _going) = (self.busy(account, Busy::Waiting), self.turns.waits(id));
        let (answered, order) = (Arc::new(Notify::new()), self.turns.order(id));
        let mut desk = self.clone();
        desk.outside.course = self.course(id, &answered);

        let slot = tokio::select! {
            biased;
            Ok(()) = stop.changed() => {
                // Stopped for now is not wanted again at once.
                self.begins(id, wanted);
                return Err(ErrorCode::Stopped.into());
            }
            slot = self.turns.slots.take(self.outside.by_itself) => slot,
        };
        let mut round = pin!(async move {
            let _order = tokio::select! {
                biased;
                Ok(()) = stop.changed() => return Err(ErrorCode::Stopped.into()),
                order = order.lock() => order,
            };
            // What was chosen while it waited is what is counted; what is chosen from here on is not
            // answered by this.
            let epoch = desk.seen.epoch(id);
            let account = desk.site(id)?;
            let mut reserved = None;
            if desk.outside.by_itself {
                // Others of the same budget may have come first.
                let calls = count::calls(&account);
                reserved = desk.outside.budgets.reserve(&account, calls, desk.outside.now());
            }
            let may_not = desk.outside.by_itself && (reserved.is_none() || desk.paused_until().is_some());
            if may_not || !desk.begins(id, wanted) {
                return Ok(desk.status(id)?.known);
            }
            desk.count_since(epoch, &account).await
        });
        tokio::select! {
            biased;
            known = &mut round => return known,
            () = answered.notified() => {}
            () = sleep(PATIENCE) => {}
        }
        drop(slot);
        round.await
    }

    fn begins(&self, id: SiteId, wanted: Instant) -> bool {
        self.turns.begins(id, wanted, self.outside.clock.steady())
    }

    fn course(&self, id: SiteId, answered: &Arc<Notify>) -> Course {
        let (desk, answered) = (self.clone(), answered.clone());
        Course::new(self.turns.stop.subscribe(), move |done, of| {
            answered.notify_one();
            if desk.turns.comes_to(id, Progress { done, of }) {
                desk.changed();
            }
        })
    }
}

/// Nobody waits for a fraction, and a time that stays the same is not painted anew.
fn whole_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}
