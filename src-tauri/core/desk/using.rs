//! Using a connection, and ending it.

use std::time::Duration;

use jiff::SignedDuration;

use super::{Busy, Desk, Event};
use crate::adapters::http::Answer;
use crate::error::{Error, ErrorCode, Result};
use crate::flows::api::Api;
use crate::flows::copy::{CLIPBOARD_LIFE, Cleared, Copied, Handed, hand_out};
use crate::flows::count;
use crate::flows::ledger;
use crate::flows::outside::Account;
use crate::flows::refresh::{self, Need};
use crate::flows::request::{Call, Ready};
use crate::flows::revoke::{self, AtProvider, Revocation, Wish};
use crate::model::connection::{Connection, MARGIN};
use crate::model::copy_format::CopyFormat;
use crate::model::known::{Known, State};
use crate::model::ledger::Ledger;
use crate::model::site::SiteId;

impl Desk {
    /// A usable connection of the site; refreshed if its access token does not meet the need.
    ///
    /// # Errors
    /// As [`refresh::connection`].
    pub async fn connection(&self, account: &Account, need: &Need) -> Result<Connection> {
        let epoch = self.seen.epoch(account.site.id);
        let result = refresh::connection(&self.outside, account, need).await;
        self.see(account, epoch, |known, now| match &result {
            Ok(connection) => {
                see(known, account, connection);
                known.see_store_works();
            }
            Err(error) => note(known, error, now),
        });
        result
    }

    /// Looks into the secret store whether the site has a connection, without asking any server:
    /// what was seen may be older than the truth.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn look(&self, account: &Account) -> Result<State> {
        let epoch = self.seen.epoch(account.site.id);
        let held = self.outside.secrets.connection(account.site.id).await?;
        let known = self.see(account, epoch, |known, _| match &held {
            Some(connection) => see(known, account, connection),
            None => known.see_none(),
        });
        Ok(known.state)
    }

    /// The same desk for what the program does by itself: it waits where a person would not, and ends
    /// no token that somebody copied.
    #[must_use]
    pub fn by_itself(&self) -> Self {
        let mut desk = self.clone();
        desk.outside.by_itself = true;
        desk
    }

    /// The access token in a form, living at least `life`.
    ///
    /// # Errors
    /// As [`connection`](Self::connection).
    pub async fn token(&self, account: &Account, life: Duration, format: CopyFormat) -> Result<Handed> {
        let connection = self.connection(account, &Need::Life(life)).await?;
        self.hand_out(account, &connection, format).await
    }

    /// Another access token than the one held now, which most products end with it.
    ///
    /// # Errors
    /// As [`connection`](Self::connection).
    pub async fn new_token(&self, account: &Account, format: CopyFormat) -> Result<Handed> {
        let held = self.connection(account, &Need::Life(Duration::ZERO)).await?;
        let new = self.connection(account, &Need::Other(held.tokens.access_token)).await?;
        self.hand_out(account, &new, format).await
    }

    /// The tokens of a site that were given away, newest first.
    pub fn ledger(&self, account: &Account) -> Ledger {
        ledger::read(&self.outside, account.site.id)
    }

    /// Noted first: a copy that fails may be in somebody's hands all the same.
    /// Gives the access token of a connection away, in a form.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidAddress`].
    pub async fn hand_out(&self, account: &Account, connection: &Connection, format: CopyFormat) -> Result<Handed> {
        ledger::give(&self.outside, account, &connection.tokens).await;
        hand_out(account, connection, format)
    }

    /// Puts the access token on the clipboard, from which it is cleared after [`CLIPBOARD_LIFE`].
    ///
    /// # Errors
    /// As [`connection`](Self::connection), or [`ErrorCode::ClipboardFailed`].
    pub async fn copy(&self, account: &Account, format: CopyFormat) -> Result<Copied> {
        let handed = self.token(account, MARGIN, format).await?;
        let result = self.slot.put(&self.outside, account.site.id, format, handed).await;
        let (desk, clears_at) = (self.clone(), self.copied().map(|copied| copied.clears_at));
        tokio::spawn(async move {
            tokio::time::sleep(CLIPBOARD_LIFE).await;
            // A later copy has its own timer.
            if clears_at.is_some() && desk.copied().map(|copied| copied.clears_at) == clears_at {
                desk.clear_clipboard().await;
            }
        });
        self.changed();
        result
    }

    /// What lies on the clipboard by our doing.
    pub fn copied(&self) -> Option<Copied> {
        self.slot.copied()
    }

    /// Ends the access token that was given away, by replacing it. Whether the server refuses it now:
    /// some let a replaced one live until its own end.
    ///
    /// # Errors
    /// As [`connection`](Self::connection).
    pub async fn end_given(&self, account: &Account) -> Result<bool> {
        let held = self.connection(account, &Need::Life(Duration::ZERO)).await?;
        let given = held.tokens.access_token;
        self.connection(account, &Need::Other(given.clone())).await?;
        let standing = Api::new(&self.outside, account, &given).standing().await;
        self.changed();
        Ok(standing.is_some_and(|standing| standing.accepted == Some(false)))
    }

    /// How far this computer's clock is ahead of the servers', if it is wrong.
    pub fn clock_ahead(&self) -> Option<SignedDuration> {
        self.outside.clock_ahead()
    }

    /// Clears the clipboard if it still holds what we put there.
    pub async fn clear_clipboard(&self) -> Option<Cleared> {
        let cleared = self.slot.clear(&self.outside).await?;
        self.events.send(Event::ClipboardCleared(cleared)).ok();
        self.changed();
        Some(cleared)
    }

    /// Makes one request of the site's API. A token that the server does not take any more is renewed
    /// once: its refusal says that nothing was done.
    ///
    /// # Errors
    /// [`ErrorCode::ForeignPath`] or [`ErrorCode::InvalidInput`] before anything was sent, as
    /// [`connection`](Self::connection), or what the HTTP client says.
    pub async fn request(&self, account: &Account, call: Call) -> Result<Answer> {
        let ready = Ready::new(account, call)?;
        let held = self.connection(account, &Need::now()).await?.tokens.access_token;
        let answer = ready.send(&self.outside, account, &held).await?;
        if !account.provider.api.says_expired(answer.status, &answer.json()) {
            return Ok(answer);
        }
        let renewed = self.connection(account, &Need::Other(held)).await?;
        ready.send(&self.outside, account, &renewed.tokens.access_token).await
    }

    /// Asks for the counts of a site.
    ///
    /// # Errors
    /// Why there is no number to believe; older ones stay.
    pub async fn count(&self, account: &Account) -> Result<Known> {
        let _busy = self.busy(account, Busy::Counting);
        let epoch = self.seen.epoch(account.site.id);
        let result = count::count(&self.outside, account).await;
        let before = self.seen.read(account.site.id, self.store_kind());
        let known = self.see(account, epoch, |known, now| match &result {
            Ok((connection, counts)) => {
                see(known, account, connection);
                known.see_counts(counts.clone(), now);
            }
            Err(error) => note(known, error, now),
        });
        self.tell_numbers(account, &before, &known);
        result.map(|_| known)
    }

    /// Revokes the connection at the provider, then forgets it here.
    ///
    /// # Errors
    /// As [`revoke::revoke`].
    pub async fn revoke(&self, account: &Account) -> Result<Revocation> {
        self.revoke_as(account, Wish::Now).await
    }

    /// Tries again to revoke a connection that waits for it, and no other.
    ///
    /// # Errors
    /// [`ErrorCode::NotConnected`] if none waits, else as [`revoke::revoke`].
    pub async fn revoke_again(&self, account: &Account) -> Result<Revocation> {
        let result = self.revoke_as(account, Wish::Again).await;
        match &result {
            Ok(Revocation { at_provider: AtProvider::Confirmed | AtProvider::AlreadyGone, .. }) => {
                self.tell(Event::RevocationConfirmed(account.site.id));
            }
            Err(error) if error.code == ErrorCode::NotConnected => drop(self.look(account).await?),
            _ => {}
        }
        result
    }

    async fn revoke_as(&self, account: &Account, wish: Wish) -> Result<Revocation> {
        let _busy = self.busy(account, Busy::Revoking);
        let epoch = self.seen.epoch(account.site.id);
        let held = self.seen.read(account.site.id, self.store_kind()).token.map(|token| token.tail);
        let result = revoke::revoke(&self.outside, account, wish).await;
        match &result {
            Ok(Revocation { at_provider: AtProvider::Unreachable, .. }) => {
                self.see(account, epoch, |known, _| known.state = State::RevokePending);
            }
            Ok(outcome) => {
                match outcome.at_provider {
                    AtProvider::Confirmed | AtProvider::AlreadyGone => ledger::end_all(&self.outside, account).await,
                    // One that was replaced before lives until its own end.
                    AtProvider::AccessOnly => ledger::end_last(&self.outside, account, held).await,
                    AtProvider::Unsupported | AtProvider::StillAccepted | AtProvider::Unreachable => {}
                }
                let epoch = self.seen.next_epoch(account.site.id);
                self.see(account, epoch, |known, _| known.see_none());
            }
            Err(error) if error.code == ErrorCode::NotConnected => {}
            Err(error) => drop(self.see(account, epoch, |known, now| note(known, error, now))),
        }
        result
    }

    /// Forgets the connection here only; the server's half lives on.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn forget(&self, id: SiteId) -> Result<()> {
        let _turn = self.outside.turn(id).await?;
        self.outside.secrets.forget_connection(id).await?;
        self.outside.drop_unsaved(id);
        let epoch = self.seen.next_epoch(id);
        self.see_site(id, epoch, |known, _| known.see_none());
        Ok(())
    }
}

/// Where the product cannot say who it is, the person did.
fn see(known: &mut Known, account: &Account, connection: &Connection) {
    known.see(connection, account.chosen_identity());
}

/// What a failed use says about the connection.
fn note(known: &mut Known, error: &Error, now: jiff::Timestamp) {
    match error.code {
        ErrorCode::NotConnected => return known.see_none(),
        ErrorCode::NeedsSignIn => known.state = State::NeedsSignIn,
        ErrorCode::RevokePending => known.state = State::RevokePending,
        _ => {}
    }
    known.see_trouble(error, now);
}
