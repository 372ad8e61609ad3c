//! Whose turn it is: when each site was asked, how far its round has come, and what a person said about
//! all of them. As long as the program runs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use super::lock;
use super::slots::Slots;
use crate::model::moment::Steady;
use crate::model::pace::{Moment, Presence, due_in, interval};
use crate::model::site::SiteId;

/// How far a round has come, in counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// So many are done.
    pub done: usize,
    /// Of so many.
    pub of: usize,
}

/// The turns of all sites.
pub(super) struct Turns {
    /// Room for those that begin.
    pub slots: Slots,
    /// A person stopped what is under way.
    pub stop: watch::Sender<()>,
    /// Something changed that may make a site due.
    pub look: Notify,
    all: Mutex<All>,
}

#[derive(Default)]
struct All {
    presence: Presence,
    /// When numbers were last wanted at once, and in what time after it.
    back: Option<(Instant, Duration)>,
    paused: Option<(Instant, Timestamp)>,
    told: Option<Instant>,
    sites: HashMap<SiteId, OfSite>,
}

#[derive(Default)]
struct OfSite {
    /// Rounds that wait or run.
    going: u32,
    /// When the last one was begun: in the order of wishes, and by what has passed since.
    began: Option<(Instant, Steady)>,
    rounds: u64,
    progress: Option<Progress>,
    order: Arc<tokio::sync::Mutex<()>>,
}

/// So many sites are begun at once. A name is looked up and hands are shaken for each: few enough for a
/// home router, and with them two hundred sites are begun in two steps.
const SLOTS: usize = 128;
/// A window is told of progress as often as an eye follows.
const TELL: Duration = Duration::from_millis(100);

impl Default for Turns {
    fn default() -> Self {
        let (stop, look, all) = (watch::Sender::new(()), Notify::new(), Mutex::default());
        Self { slots: Slots::new(SLOTS), stop, look, all }
    }
}

impl Turns {
    /// How long until a site is asked by itself; nothing where only a person asks. `seen` is how old its
    /// numbers are, whoever asked for them. A night that was slept through makes both old.
    pub fn due_in(&self, site: SiteId, minutes: u16, seen: Option<Duration>, now: Steady) -> Option<Duration> {
        let mut all = self.all();
        let (presence, back) = (all.presence, all.back);
        let of_site = all.sites.entry(site).or_default();
        let since = |(at, steady): (Instant, Steady)| {
            now.since(steady).and_then(|since| since.try_into().ok()).unwrap_or_else(|| at.elapsed())
        };
        let asked = of_site.began.map(since).into_iter().chain(seen).min();
        let moment = back.map(|(at, spread)| Moment { ago: at.elapsed(), spread });
        Some(due_in(interval(minutes, presence, site, of_site.rounds)?, asked, moment, site))
    }

    /// A round of a site waits from now on, until the mark is dropped.
    pub fn waits(self: &Arc<Self>, site: SiteId) -> Going {
        self.all().sites.entry(site).or_default().going += 1;
        Going { turns: self.clone(), site }
    }

    /// Whether no round of a site waits or runs.
    pub fn is_free(&self, site: SiteId) -> bool {
        self.all().sites.get(&site).is_none_or(|of_site| of_site.going == 0)
    }

    /// Held by the one round of a site that runs.
    pub fn order(&self, site: SiteId) -> Arc<tokio::sync::Mutex<()>> {
        self.all().sites.entry(site).or_default().order.clone()
    }

    /// A round begins, unless one has begun since it was wanted: that one has its answer.
    pub fn begins(&self, site: SiteId, wanted: Instant, now: Steady) -> bool {
        let mut all = self.all();
        let of_site = all.sites.entry(site).or_default();
        if of_site.began.is_some_and(|(began, _)| began > wanted) {
            return false;
        }
        of_site.began = Some((Instant::now(), now));
        of_site.rounds += 1;
        true
    }

    /// Something else is to be counted: what was begun before is no answer to whoever waits.
    pub fn begins_anew(&self, site: SiteId) {
        if let Some(of_site) = self.all().sites.get_mut(&site) {
            of_site.began = None;
        }
    }

    /// A round has come so far; whether that is to be told.
    pub fn comes_to(&self, site: SiteId, progress: Progress) -> bool {
        let (mut all, now) = (self.all(), Instant::now());
        all.sites.entry(site).or_default().progress = Some(progress);
        let is_due = all.told.is_none_or(|told| now >= told + TELL);
        if is_due {
            all.told = Some(now);
        }
        is_due
    }

    /// How far a site's round has come.
    pub fn progress(&self, site: SiteId) -> Option<Progress> {
        self.all().sites.get(&site)?.progress
    }

    /// Takes over who looks. Whether somebody came back, who wants numbers at once.
    pub fn see(&self, presence: Presence) -> bool {
        let mut all = self.all();
        let before = std::mem::replace(&mut all.presence, presence);
        let is_back = (presence.focused && !before.focused) || (presence.visible && !before.visible);
        if is_back {
            all.back = Some((Instant::now(), Duration::ZERO));
        }
        let changed = before != presence;
        drop(all);
        if changed {
            self.look.notify_one();
        }
        is_back
    }

    /// All sites are asked soon, spread over this time.
    pub fn wake(&self, spread: Duration) {
        self.all().back = Some((Instant::now(), spread));
    }

    /// Nothing is asked by itself for so long; nothing for "go on".
    pub fn pause(&self, time: Option<Duration>, now: Timestamp) {
        let until = |time: Duration| Some((Instant::now() + time, now.checked_add(time).ok()?));
        self.all().paused = time.and_then(until);
        self.look.notify_one();
    }

    /// Until when nothing is asked by itself. A computer that slept over it goes on, and so does one
    /// whose clock was set back.
    pub fn paused_until(&self, now: Timestamp) -> Option<Timestamp> {
        let (end, until) = self.all().paused?;
        (Instant::now() < end && now < until).then_some(until)
    }

    fn all(&self) -> MutexGuard<'_, All> {
        lock(&self.all)
    }
}

/// A round that waits or runs.
pub(super) struct Going {
    turns: Arc<Turns>,
    site: SiteId,
}

impl Drop for Going {
    fn drop(&mut self) {
        if let Some(of_site) = self.turns.all().sites.get_mut(&self.site) {
            of_site.going -= 1;
            of_site.progress = None;
        }
    }
}
