//! When a site is asked again by itself: rules only. Who asks is `desk::rounds`.
//!
//! All times are durations of a clock that no hand moves and that runs on while the computer sleeps.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use jiff::SignedDuration;

use super::site::SiteId;

/// Whether somebody looks, and what asking costs this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    /// The window is on the screen: neither hidden nor minimised.
    pub visible: bool,
    /// The person works in it.
    pub focused: bool,
    /// The computer runs on its battery.
    pub on_battery: bool,
}

/// A moment from which on numbers should be fresh: a person came back, or the computer woke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// How long ago it was.
    pub ago: Duration,
    /// In what time after it the sites are asked.
    pub spread: Duration,
}

/// Nobody looks. Who comes back is served at once, so only changes told by the tray come later.
const HIDDEN: u32 = 3;
/// Half as often is half of what the radio costs, and five minutes become ten.
const BATTERY: u32 = 2;
/// Younger numbers are as good as new: going to another window and back asks nobody.
const FRESH: Duration = Duration::from_mins(1);
/// A clock on the wall is set right by seconds; nobody sleeps for less than a minute.
const NAP: Duration = Duration::from_mins(1);

impl Default for Presence {
    /// Until a window says otherwise.
    fn default() -> Self {
        Self { visible: true, focused: false, on_battery: false }
    }
}

impl Presence {
    /// How many times longer a site is left alone.
    pub fn slower(self) -> u32 {
        let hidden = if self.visible { 1 } else { HIDDEN };
        let battery = if self.on_battery { BATTERY } else { 1 };
        hidden * battery
    }
}

/// The minutes between two rounds of a site: its own, else what the settings say where the product's
/// calls are not scarce. 0: only when a person asks.
pub fn minutes(own: Option<u16>, automatic: bool, usual: u16) -> u16 {
    own.unwrap_or(if automatic { usual } else { 0 })
}

/// How long a site is left alone after its round of this number; nothing for "only when I ask". A tenth
/// more or less, so that sites that were asked together are not asked together for ever.
pub fn interval(minutes: u16, presence: Presence, site: SiteId, round: u64) -> Option<Duration> {
    let whole = Duration::from_mins(minutes.into()) * presence.slower();
    let tenth = whole / 10;
    (minutes > 0).then(|| tenth * 9 + (tenth * 2).mul_f64(share(site, round)))
}

/// How long until a site is due that was asked so long ago, or never.
pub fn due_in(interval: Duration, asked: Option<Duration>, moment: Option<Moment>, site: SiteId) -> Duration {
    let regular = asked.map_or(Duration::ZERO, |asked| interval.saturating_sub(asked));
    match moment {
        Some(moment) if asked.is_none_or(|asked| asked >= moment.ago + FRESH) => {
            let soon = moment.spread.mul_f64(share(site, 0)).saturating_sub(moment.ago);
            if asked.is_none() { soon } else { soon.min(regular) }
        }
        _ => regular,
    }
}

/// Whether the computer slept between two looks that should have been `planned` apart: the clock on
/// the wall ran on while ours stood still, or ours ran on and nobody looked.
pub fn slept(wall: SignedDuration, ours: Duration, planned: Duration) -> bool {
    let wall = Duration::try_from(wall).unwrap_or_default();
    wall > ours + NAP || ours > planned + NAP
}

/// From 0 to 1, the same for the same site and round.
fn share(site: SiteId, round: u64) -> f64 {
    let mut hasher = DefaultHasher::new();
    (site, round).hash(&mut hasher);
    let [high, low, ..] = hasher.finish().to_be_bytes();
    f64::from(u16::from_be_bytes([high, low])) / f64::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEN: Presence = Presence { visible: true, focused: true, on_battery: false };

    fn mins(minutes: u64) -> Duration {
        Duration::from_mins(minutes)
    }

    #[test]
    fn a_site_has_its_own_interval_or_the_usual_one_and_where_calls_are_scarce_none() {
        assert_eq!(minutes(None, true, 5), 5);
        assert_eq!(minutes(Some(30), true, 5), 30);
        assert_eq!(minutes(Some(0), true, 5), 0);
        assert_eq!(minutes(None, false, 5), 0);
        assert_eq!(minutes(Some(60), false, 5), 60, "the person wants it so");
        assert_eq!(interval(0, SEEN, SiteId::random(), 1), None);
    }

    #[test]
    fn rounds_are_a_tenth_apart_at_most_and_differ_by_site_and_by_round() {
        let sites: Vec<SiteId> = (0..50).map(|_| SiteId::random()).collect();
        let all = |round| sites.iter().map(move |site| interval(10, SEEN, *site, round).unwrap());
        assert!(all(1).chain(all(2)).all(|time| (mins(9)..=mins(11)).contains(&time)));
        assert!(all(1).eq(all(1)) && !all(1).eq(all(2)));
        assert!(all(1).max().unwrap() > all(1).min().unwrap() + mins(1), "they do not come together");
    }

    #[test]
    fn hidden_and_on_battery_a_site_is_asked_less_often() {
        let slower = |visible, on_battery| Presence { visible, focused: false, on_battery }.slower();
        assert_eq!([slower(true, false), slower(true, true), slower(false, false), slower(false, true)], [1, 2, 3, 6]);
    }

    #[test]
    fn a_site_is_due_an_interval_after_it_was_asked_and_one_that_never_was_at_once() {
        let site = SiteId::random();
        assert_eq!(due_in(mins(5), None, None, site), Duration::ZERO);
        assert_eq!(due_in(mins(5), Some(mins(2)), None, site), mins(3));
        assert_eq!(due_in(mins(5), Some(mins(9)), None, site), Duration::ZERO);
    }

    #[test]
    fn who_comes_back_sees_numbers_that_are_no_older_than_a_minute() {
        let site = SiteId::random();
        let now = Some(Moment { ago: Duration::ZERO, spread: Duration::ZERO });
        assert_eq!(due_in(mins(15), Some(mins(2)), now, site), Duration::ZERO);
        assert_eq!(due_in(mins(15), Some(Duration::from_secs(40)), now, site), Duration::from_secs(14 * 60 + 20));
        let before = Some(Moment { ago: mins(3), spread: Duration::ZERO });
        assert_eq!(due_in(mins(15), Some(mins(2)), before, site), mins(13), "asked since it was so");
    }

    #[test]
    fn after_a_sleep_the_sites_come_one_after_another() {
        let woke = Some(Moment { ago: Duration::ZERO, spread: Duration::from_secs(10) });
        let due: Vec<_> = (0..50).map(|_| due_in(mins(5), Some(mins(4)), woke, SiteId::random())).collect();
        assert!(due.iter().all(|due| *due <= Duration::from_secs(10)));
        assert!(due.iter().max().unwrap().saturating_sub(*due.iter().min().unwrap()) > Duration::from_secs(3));
    }

    #[test]
    fn a_gap_between_the_clocks_is_a_sleep_and_a_clock_that_is_set_back_is_none() {
        let (look, hour) = (Duration::from_secs(30), SignedDuration::from_hours(1));
        assert!(slept(hour, look, look));
        assert!(slept(hour, mins(60), look), "where ours runs on in a sleep");
        assert!(!slept(SignedDuration::from_secs(31), look, look));
        assert!(!slept(-hour, look, look));
    }
}
