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
    note: InFlight,
    /// The one before it that brought no tokens, if it was for the same ones.
    pub before: Option<InFlight>,
}

impl<'a> Flight<'a> {
    /// Notes that a refresh of this connection is about to be sent.
    pub fn begins(outside: &'a Outside, account: &'a Account, old: &Connection) -> Self {
        let site = account.site.id;
        let before = outside.in_flight.read(site).filter(|note| note.is_of(&old.tokens));
        let note = InFlight::of(&old.tokens, outside.now());
        let flight = Self { outside, account, note, before };
        if flight.before.is_none() {
            flight.write(&note);
        }
        flight
    }

    /// Tokens came, and the secret store did not take them: they are lost if the program ends before
    /// it does.
    pub fn not_kept(&self) {
        self.write(&InFlight { came: true, ..self.note });
    }

    fn write(&self, note: &InFlight) {
        let site = &self.account.site;
        if let Err(error) = self.outside.in_flight.write(site.id, note) {
            tracing::warn!(site = %site.name, %error, "could not note what became of a refresh");
        }
    }

    /// Tokens came and are kept.
    pub fn landed(&self) {
        landed(self.outside, self.account);
    }

    /// No tokens came. The note stays if the server may have acted all the same.
    pub fn failed(&self, error: &Error) {
        if self.before.is_none() && !may_have_acted(error) {
            self.landed();
        }
    }
}

/// Tokens of a refresh are kept: there is nothing to remember of it.
pub fn landed(outside: &Outside, account: &Account) {
    if let Err(error) = outside.in_flight.remove(account.site.id) {
        // Harmless: it is of the tokens that were replaced.
        tracing::info!(site = %account.site.name, %error, "could not take back a note");
    }
}

/// Whether a server that gave this answer, or a proxy in its name, may have carried the refresh out.
fn may_have_acted(error: &Error) -> bool {
    use ErrorCode as C;
    !error.unsent && matches!(error.code, C::Unreachable | C::UnexpectedAnswer | C::ServerTrouble | C::Forbidden)
}
