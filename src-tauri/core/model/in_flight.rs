//! A refresh that was sent and has brought no tokens yet: noted before it is sent, so that after a
//! lost answer or a crash a refusal can be told for what it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::connection::TokenSet;

/// The note. It holds nothing of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InFlight {
    /// When the first refresh was sent that brought no tokens.
    pub since: Timestamp,
    /// When the tokens were obtained that it was sent for: other tokens have another history.
    pub obtained_at: Timestamp,
}

impl InFlight {
    /// A refresh of these tokens, sent now.
    pub fn of(tokens: &TokenSet, now: Timestamp) -> Self {
        Self { since: now, obtained_at: tokens.obtained_at }
    }

    /// Whether it was sent for these tokens.
    pub fn is_of(&self, tokens: &TokenSet) -> bool {
        self.obtained_at == tokens.obtained_at
    }

    /// Why the server may refuse the refresh token it once took, with its words of refusal.
    pub fn reason(&self, refusal: &str) -> String {
        format!("the renewal of {:.0} brought no tokens; now the server says: {refusal}", self.since)
    }
}
