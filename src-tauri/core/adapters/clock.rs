//! The system's clock.

use jiff::Timestamp;

use crate::ports::Clock;

/// The system's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
