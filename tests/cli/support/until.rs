//! Waiting for what another program does.

use std::thread::sleep;
use std::time::{Duration, Instant};

/// Far longer than anything takes here, also on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(2);
/// Often enough for who waits, and seldom enough for who works.
const LOOK: Duration = Duration::from_millis(5);

/// Looks again and again until it is so.
#[track_caller]
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "it never came to it that {what}");
        sleep(LOOK);
    }
}
