//! What time it is: by the clock, which anybody may set, and by what has passed, which nobody can.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How much time has passed since a fixed moment, also while the computer slept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steady {
    /// What it was counted in: only two of the same run of a computer, or of a program, compare.
    pub run: Uuid,
    /// Milliseconds.
    pub ms: u64,
}

impl Steady {
    /// How long after another one it is; nothing where they do not compare.
    pub fn since(self, before: Self) -> Option<SignedDuration> {
        let ms = |steady: Self| i64::try_from(steady.ms).unwrap_or(i64::MAX);
        (self.run == before.run).then(|| SignedDuration::from_millis(ms(self) - ms(before)))
    }
}

/// A moment, by everything that tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// By this computer's clock.
    pub wall: Timestamp,
    /// By what has passed.
    pub steady: Steady,
    /// How far the clock is ahead of the server in question, once that told its time.
    pub ahead: Option<SignedDuration>,
}

/// What besides the clock tells when tokens were obtained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// By what had passed.
    pub steady: Option<Steady>,
    /// How far the clock was ahead of the server.
    pub ahead: Option<SignedDuration>,
}

impl From<Moment> for Witness {
    fn from(moment: Moment) -> Self {
        Self { steady: Some(moment.steady), ahead: moment.ahead }
    }
}
