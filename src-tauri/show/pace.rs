//! When sites are asked, and how far that has come.

use tallykey_core::model::budget::Left;
use tallykey_core::{Pace, Progress};

use super::text;
use crate::views::{LeftView, PaceView, ProgressView};

impl From<&Pace> for PaceView {
    fn from(pace: &Pace) -> Self {
        Self {
            minutes: pace.minutes,
            next_at: pace.next_at.map(text),
            left: pace.left.iter().map(LeftView::from).collect(),
        }
    }
}

impl From<&Left> for LeftView {
    fn from(left: &Left) -> Self {
        Self { calls: left.calls, of: left.of, until: text(left.until) }
    }
}

impl From<Progress> for ProgressView {
    fn from(progress: Progress) -> Self {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { done: number(progress.done), of: number(progress.of) }
    }
}
