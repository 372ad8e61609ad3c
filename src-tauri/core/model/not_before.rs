//! Until when a server wants to be left alone, kept for programs that run for a moment each.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorCode};

/// The note. It holds nothing of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotBefore {
    /// When it was said: a time after now says that the clock was set back, and nothing else.
    pub said_at: Timestamp,
    /// When the next request may be made.
    pub until: Timestamp,
    /// What the server answered.
    pub code: ErrorCode,
}

/// A server that asks for more than a day is mistaken.
pub const LONGEST_ASKED: Duration = Duration::from_hours(24);

impl NotBefore {
    /// What a failure says about waiting, if it does.
    pub fn of(error: &Error, now: Timestamp) -> Option<Self> {
        let until = now.checked_add(error.retry_after?.min(LONGEST_ASKED)).ok()?;
        Some(Self { said_at: now, until, code: error.code })
    }

    /// The failure again, as long as it says to wait.
    pub fn error(&self, now: Timestamp) -> Option<Error> {
        let left = self.until.duration_since(now);
        let waits = now >= self.said_at && left.is_positive();
        waits.then(|| Error { retry_after: left.try_into().ok(), ..Error::new(self.code) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_left_alone_as_long_as_it_said_and_not_because_a_clock_was_set_back() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let limited =
            |seconds| Error { retry_after: Some(Duration::from_secs(seconds)), ..Error::new(ErrorCode::RateLimited) };
        let note = NotBefore::of(&limited(60), at(1000)).unwrap();
        assert_eq!(note.error(at(1010)).unwrap().retry_after, Some(Duration::from_secs(50)));
        assert!(note.error(at(1060)).is_none() && note.error(at(999)).is_none());
        assert_eq!(NotBefore::of(&limited(u64::MAX), at(0)).unwrap().until, at(86_400));
        assert_eq!(NotBefore::of(&Error::new(ErrorCode::ServerTrouble), at(0)), None);
    }
}
