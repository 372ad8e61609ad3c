//! How often a site that fails is asked again.
//!
//! A person who asks is always served, once. What the program does by itself waits longer after each
//! failure, and as long as the server says. Who was waiting while somebody else's attempt failed has
//! its answer: without that, ten callers would ask a dead server ten times, one after another.
//!
//! Times are monotonic: a clock that jumps brings neither a storm nor a wait of a day.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::error::{Error, ErrorCode};
use crate::model::not_before::LONGEST_ASKED;
use crate::model::site::SiteId;

/// Failures of each site, as long as the program runs. What a server said about waiting outlives it
/// in what was last seen of the site.
#[derive(Clone, Default)]
pub struct Attempts {
    failed: Arc<Mutex<HashMap<SiteId, Failed>>>,
    refused: Arc<Mutex<HashMap<SiteId, Pause>>>,
}

/// The last attempt, which failed.
struct Failed {
    at: Instant,
    error: Error,
    pause: Pause,
}

/// A row of the same, and how long to wait before the next.
#[derive(Clone, Copy)]
struct Pause {
    times: u32,
    until: Instant,
}

/// After the first failure. A network that comes back after a sleep needs some seconds.
const FIRST: Duration = Duration::from_secs(30);
/// After a refresh because the API refused a good token: the next would most likely be as useless.
const FIRST_REFUSED: Duration = Duration::from_mins(15);
/// Enough for a server to serve those it turned away one after another.
const LONGEST_SPREAD: Duration = Duration::from_mins(1);
/// Whoever waits longer looks broken.
const LONGEST: Duration = Duration::from_hours(1);

impl Attempts {
    /// A refresh failed. Failures on this computer are no reason to wait.
    pub fn failed(&self, site: SiteId, error: &Error) {
        if !is_of_the_server(error.code) {
            return;
        }
        let mut failed = lock(&self.failed);
        let times = failed.get(&site).map_or(0, |before| before.pause.times) + 1;
        let asked = error.retry_after.unwrap_or_default().min(LONGEST_ASKED);
        let now = Instant::now();
        let pause = Pause { times, until: now + jittered(FIRST, times).max(asked + spread(asked)) };
        failed.insert(site, Failed { at: now, error: error.clone(), pause });
    }

    /// A refresh brought tokens.
    pub fn succeeded(&self, site: SiteId) {
        lock(&self.failed).remove(&site);
    }

    /// The network may be another one: only what servers asked for is waited out.
    pub fn begin_anew(&self) {
        for failed in lock(&self.failed).values_mut() {
            let asked = failed.error.retry_after.unwrap_or_default().min(LONGEST_ASKED);
            failed.pause.until = failed.pause.until.min(failed.at + asked);
        }
    }

    /// What became of an attempt that ended after `asked`, if it failed.
    pub fn failure_since(&self, site: SiteId, asked: Instant) -> Option<Error> {
        let failed = lock(&self.failed);
        failed.get(&site).filter(|failed| failed.at > asked).map(|failed| failed.error.clone())
    }

    /// Why the program leaves the site alone for now.
    pub fn pause(&self, site: SiteId) -> Option<Error> {
        let now = Instant::now();
        let failed = lock(&self.failed);
        let failed = failed.get(&site).filter(|failed| now < failed.pause.until)?;
        let mut error = failed.error.clone();
        error.retry_after = error.retry_after.and_then(|wait| wait.min(LONGEST_ASKED).checked_sub(failed.at.elapsed()));
        Some(error)
    }

    /// Whether the program may refresh a token that has not run out because the API refused it. A
    /// lasting refusal does not make a refresh a round.
    pub fn may_replace_refused(&self, site: SiteId) -> bool {
        let now = Instant::now();
        let mut refused = lock(&self.refused);
        let times = match refused.get(&site) {
            Some(pause) if now < pause.until => return false,
            // A row ends where nothing was refused for as long as the longest wait.
            Some(pause) if now < pause.until + LONGEST => pause.times,
            _ => 0,
        };
        refused.insert(site, Pause { times: times + 1, until: now + jittered(FIRST_REFUSED, times + 1) });
        true
    }
}

/// Doubled each time, and up to half of it left out by chance: computers that lost the same server
/// together do not come back together.
fn jittered(first: Duration, times: u32) -> Duration {
    let doubled = first.saturating_mul(2_u32.saturating_pow(times.saturating_sub(1))).min(LONGEST);
    doubled / 2 + doubled / 2 * u32::from(chance()) / u32::from(u8::MAX)
}

/// A part of what a server asks for to wait beyond it: all its computers were told the same second.
fn spread(asked: Duration) -> Duration {
    (asked / 10).min(LONGEST_SPREAD) * u32::from(chance()) / u32::from(u8::MAX)
}

fn chance() -> u8 {
    let [chance, ..] = uuid::Uuid::new_v4().into_bytes();
    chance
}

/// Whether the failure says something about the server or the way to it.
fn is_of_the_server(code: ErrorCode) -> bool {
    use ErrorCode as C;
    matches!(
        code,
        C::Unreachable
            | C::TlsUntrusted
            | C::TlsExpired
            | C::TlsTooEarly
            | C::TlsWrongName
            | C::ProxyFailed
            | C::UnexpectedAnswer
            | C::ServerTrouble
            | C::RateLimited
            | C::Forbidden
            | C::ClientRefused
            | C::ScopeRefused
    )
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error() -> Error {
        Error::new(ErrorCode::ServerTrouble)
    }

    /// How long the program leaves the site alone from now on.
    async fn waits(attempts: &Attempts, site: SiteId) -> Duration {
        let began = Instant::now();
        while attempts.pause(site).is_some() {
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        began.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn each_failure_makes_the_program_wait_longer_and_never_for_more_than_an_hour() {
        let (attempts, site) = (Attempts::default(), SiteId::random());
        for (times, longest) in [(1, 30), (2, 60), (3, 120), (4, 240), (5, 480), (6, 960), (7, 1920), (8, 3600)] {
            attempts.failed(site, &error());
            let waited = waits(&attempts, site).await.as_secs();
            assert!((longest / 2..=longest + 1).contains(&waited), "failure {times}: {waited} s");
        }
        attempts.succeeded(site);
        attempts.failed(site, &error());
        assert!(waits(&attempts, site).await <= Duration::from_secs(31));
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_the_server_asks_for_is_kept_and_an_absurd_one_is_a_day() {
        let (attempts, site) = (Attempts::default(), SiteId::random());
        for (asked, kept) in [(600, 600), (u64::MAX, 86_400)] {
            attempts.failed(site, &Error { retry_after: Some(Duration::from_secs(asked)), ..error() });
            let waited = waits(&attempts, site).await.as_secs();
            assert!((kept..=kept + 61).contains(&waited), "{waited} s");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_begins_anew_waits_only_as_long_as_a_server_asked() {
        let (attempts, site) = (Attempts::default(), SiteId::random());
        for (asked, waits_on) in [(None, false), (Some(600), true)] {
            attempts.failed(site, &Error { retry_after: asked.map(Duration::from_secs), ..error() });
            attempts.begin_anew();
            assert_eq!(attempts.pause(site).is_some(), waits_on, "{asked:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_on_this_computer_makes_nobody_wait() {
        let (attempts, site) = (Attempts::default(), SiteId::random());
        attempts.failed(site, &Error::new(ErrorCode::KeychainLocked));
        assert!(attempts.pause(site).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn a_lasting_refusal_makes_few_refreshes_and_a_new_one_is_looked_at_again() {
        let (attempts, site) = (Attempts::default(), SiteId::random());
        let mut in_a_day = 0;
        for _ in 0..24 * 12 {
            in_a_day += u32::from(attempts.may_replace_refused(site));
            tokio::time::advance(Duration::from_mins(5)).await;
        }
        assert!((20..=52).contains(&in_a_day), "{in_a_day}");
        tokio::time::advance(2 * LONGEST).await;
        assert!(attempts.may_replace_refused(site));
    }
}
