//! The system's clocks.

use std::sync::LazyLock;

use jiff::Timestamp;
use uuid::Uuid;

use crate::model::moment::Steady;
use crate::ports::Clock;

/// The system's clocks.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn steady(&self) -> Steady {
        Steady { run: *RUN, ms: passed() }
    }
}

/// What the passing of time is counted in: on Linux the run of the computer, which all programs share,
/// elsewhere this program's.
static RUN: LazyLock<Uuid> = LazyLock::new(|| {
    let boot = if cfg!(target_os = "linux") { "/proc/sys/kernel/random/boot_id" } else { "" };
    let id = std::fs::read_to_string(boot).ok().and_then(|id| id.trim().parse().ok());
    id.unwrap_or_else(Uuid::new_v4)
});

/// Milliseconds, by the clock that goes on while the computer sleeps: `Instant` here stands still then.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn passed() -> u64 {
    use rustix::time::{ClockId, clock_gettime};

    #[cfg(target_os = "linux")]
    let clock = ClockId::Boottime;
    #[cfg(target_os = "macos")]
    let clock = ClockId::Monotonic;
    let time = clock_gettime(clock);
    let ms = time.tv_sec.saturating_mul(1000).saturating_add(time.tv_nsec / 1_000_000);
    u64::try_from(ms).unwrap_or_default()
}

/// Milliseconds, by the clock that goes on while the computer sleeps: `Instant` is one here.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn passed() -> u64 {
    use std::time::Instant;

    static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
    u64::try_from(BEGAN.elapsed().as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_passed_only_grows_and_compares_within_a_run() {
        let (before, after) = (SystemClock.steady(), SystemClock.steady());
        assert!(!after.since(before).unwrap().is_negative());
        assert_eq!(after.since(Steady { run: Uuid::new_v4(), ..before }), None);
    }
}
