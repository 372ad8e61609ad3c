//! The journal of refreshes in flight.
//!
//! It is a file and not a part of the keychain item: it must be written before every refresh, and a
//! keychain may ask a person, take its time or refuse, each of which would cost a refresh that needs
//! the note only if something goes wrong. For the same reason a note that cannot be written stops
//! nothing.

use super::outside::{Account, Outside};
use crate::error::{Error, ErrorCode};
use crate::model::connection::Connection;
use crate::model::in_flight::InFlight;

/// One refresh, from before it is sent.
pub struct Flight<'a> {
    outside: &'a Outside,
    account: &'a Account,
    /// The one before it that brought no tokens, if it was for the same ones.
    pub before: Option<InFlight>,
}

impl<'a> Flight<'a> {
    /// Notes that a refresh of this connection is about to be sent.
    pub fn begins(outside: &'a Outside, account: &'a Account, old: &Connection) -> Self {
        let site = account.site.id;
        let before = outside.in_flight.read(site).filter(|note| note.is_of(&old.tokens));
        if before.is_none() {
            let note = InFlight::of(&old.tokens, outside.now());
            if let Err(error) = outside.in_flight.write(site, &note) {
                tracing::warn!(site = %account.site.name, %error, "could not note that a refresh is sent");
            }
        }
        Self { outside, account, before }
    }

    /// Tokens came and are kept.
    pub fn landed(&self) {
        if let Err(error) = self.outside.in_flight.remove(self.account.site.id) {
            // Harmless: it is of the tokens that were replaced.
            tracing::info!(site = %self.account.site.name, %error, "could not take back a note");
        }
    }

    /// No tokens came. The note stays if the server may have acted all the same.
    pub fn failed(&self, error: &Error) {
        if self.before.is_none() && !may_have_acted(error) {
            self.landed();
        }
    }
}

/// Whether a server that gave this answer, or a proxy in its name, may have carried the refresh out.
fn may_have_acted(error: &Error) -> bool {
    use ErrorCode as C;
    !error.unsent && matches!(error.code, C::Unreachable | C::UnexpectedAnswer | C::ServerTrouble | C::Forbidden)
}
