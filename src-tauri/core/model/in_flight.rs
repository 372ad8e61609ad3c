//! A refresh that was sent and has brought no tokens yet: noted before it is sent, so that after a
//! lost answer or a crash a refusal can be told for what it is.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::connection::TokenSet;
use crate::error::ErrorCode;

/// The note. It holds nothing of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InFlight {
    /// When the first refresh was sent that brought no tokens.
    pub since: Timestamp,
    /// When the tokens were obtained that it was sent for: other tokens have another history.
    pub obtained_at: Timestamp,
    /// Whether it did bring tokens, and the secret store did not take them.
    #[serde(default)]
    pub came: bool,
}

impl InFlight {
    /// A refresh of these tokens, sent now.
    pub fn of(tokens: &TokenSet, now: Timestamp) -> Self {
        Self { since: now, obtained_at: tokens.obtained_at, came: false }
    }

    /// Whether it was sent for these tokens.
    pub fn is_of(&self, tokens: &TokenSet) -> bool {
        self.obtained_at == tokens.obtained_at
    }

    /// Why the server may refuse the refresh token it once took.
    pub fn cause(&self) -> ErrorCode {
        if self.came { ErrorCode::AnswerNotKept } else { ErrorCode::AnswerLost }
    }

    /// When that was, where the person is, and the server's words of refusal.
    pub fn words(&self, refusal: &str) -> String {
        let since = self.since.to_zoned(TimeZone::system());
        format!("{} · {refusal}", since.strftime("%Y-%m-%d %H:%M"))
    }
}
