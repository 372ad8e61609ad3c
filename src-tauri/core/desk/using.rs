//! Using a connection, and ending it.

use std::time::Duration;

use jiff::SignedDuration;

use super::{Busy, Desk, Epoch, Event};
use crate::adapters::http::Answer;
use crate::error::{Error, ErrorCode, Result};
use crate::flows::api::Api;
use crate::flows::copy::{Cleared, Copied, Handed, hand_out};
use crate::flows::count;
use crate::flows::ledger;
use crate::flows::outside::{Account, Outside};
use crate::flows::refresh::{self, Need};
use crate::flows::request::{Call, Ready};
use crate::flows::revoke::{self, AtProvider, Revocation, Wish};
use crate::flows::secrets::names;
use crate::flows::unsaved;
use crate::model::activity::ActivityKind;
use crate::model::connection::{Connection, MARGIN};
use crate::model::copy_format::CopyFormat;
use crate::model::known::{Known, State};
use crate::model::ledger::Ledger;
use crate::model::secret::{Secret, tail};
use crate::model::site::SiteId;

/// What a server says to a token that was given away and ended here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenEnd {
    /// It refuses it now.
    Refused,
    /// It still accepts it.
    Accepted,
    /// It could not be asked, or said nothing of it.
    Unseen,
}

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
                see(known, &self.outside, account, connection);
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
        let held = unsaved::stored(&self.outside, account.site.id).await?;
        if held.is_none() {
            self.outside.is_here()?;
        }
        let known = self.see(account, epoch, |known, _| match &held {
            Some(connection) => see(known, &self.outside, account, connection),
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

    /// The same desk where nobody is there who could be told to wait: it heeds what a server said about
    /// that to an earlier program.
    #[must_use]
    pub fn unattended(&self) -> Self {
        let mut desk = self.clone();
        desk.outside.unattended = true;
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
        let held = self.held(account).await?;
        let new = self.connection(account, &Need::Other(held)).await?;
        self.hand_out(account, &new, format).await
    }

    /// The access token held now, whether or not it still lives.
    async fn held(&self, account: &Account) -> Result<Secret> {
        let site = account.site.id;
        if let Some(unsaved) = self.outside.unsaved(site) {
            return Ok(unsaved.connection.tokens.access_token);
        }
        if let Ok(Some(stored)) = self.outside.secrets.connection(site).await {
            return Ok(stored.tokens.access_token);
        }
        // Why there is none is told, and noted, where it always is.
        Ok(self.connection(account, &Need::Life(Duration::ZERO)).await?.tokens.access_token)
    }

    /// The tokens of a site that were given away, newest first.
    pub fn ledger(&self, account: &Account) -> Ledger {
        ledger::read(&self.outside, account.site.id).as_of(&self.outside.moment_for(account))
    }

    /// Gives the access token of a connection away, in a form. Noted first: a copy that fails may be in
    /// somebody's hands all the same.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidAddress`].
    pub async fn hand_out(&self, account: &Account, connection: &Connection, format: CopyFormat) -> Result<Handed> {
        ledger::give(&self.outside, account, connection).await;
        let until = connection.tokens.ends_at(&self.outside.moment_of(connection));
        hand_out(account, connection, format, until)
    }

    /// Puts the access token on the clipboard, from which it is cleared after what the settings say.
    ///
    /// # Errors
    /// As [`connection`](Self::connection), or [`ErrorCode::ClipboardFailed`].
    pub async fn copy(&self, account: &Account, format: CopyFormat) -> Result<Copied> {
        let handed = self.token(account, MARGIN, format).await?;
        let life = self.settings().clipboard_life();
        let result = self.slot.put(&self.outside, (account.site.id, format), handed, life).await;
        if result.is_ok() {
            self.note(account.site.id, ActivityKind::Copied, Some(&format.id()));
        }
        let (desk, clears_at) = (self.clone(), self.copied().map(|copied| copied.clears_at));
        tokio::spawn(async move {
            tokio::time::sleep(life).await;
            if let Some(due) = clears_at {
                let cleared = desk.slot.clear_due(&desk.outside, due).await;
                desk.tell_cleared(cleared);
            }
        });
        self.changed();
        result
    }

    /// What lies on the clipboard by our doing.
    pub fn copied(&self) -> Option<Copied> {
        self.slot.copied()
    }

    /// Ends the access token that was given away and has this tail, by replacing it. What the server
    /// says to it then: some let a replaced one live until its own end.
    ///
    /// # Errors
    /// As [`connection`](Self::connection).
    pub async fn end_given(&self, account: &Account, with_tail: &str) -> Result<GivenEnd> {
        let given = self.held(account).await?;
        if tail(&given) != with_tail {
            // Replaced before: it is not here any more to be asked about.
            return Ok(GivenEnd::Unseen);
        }
        self.connection(account, &Need::Other(given.clone())).await?;
        let standing = Api::new(&self.outside, account, &given).standing().await;
        self.changed();
        Ok(match standing.and_then(|standing| standing.accepted) {
            Some(false) => GivenEnd::Refused,
            Some(true) => GivenEnd::Accepted,
            None => GivenEnd::Unseen,
        })
    }

    /// How far this computer's clock is ahead of the servers', if it is wrong.
    pub fn clock_ahead(&self) -> Option<SignedDuration> {
        self.outside.clock_ahead()
    }

    /// Clears the clipboard if it still holds what we put there.
    pub async fn clear_clipboard(&self) -> Option<Cleared> {
        let cleared = self.slot.clear(&self.outside).await;
        self.tell_cleared(cleared);
        cleared
    }

    fn tell_cleared(&self, cleared: Option<Cleared>) {
        if let Some(cleared) = cleared {
            self.events.send(Event::ClipboardCleared(cleared)).ok();
            self.changed();
        }
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
        self.count_since(self.seen.epoch(account.site.id), account).await
    }

    /// Asks for the counts of a site as it was when `epoch` was taken.
    pub(super) async fn count_since(&self, epoch: Epoch, account: &Account) -> Result<Known> {
        let known = self.seen.read(account.site.id, self.store_kind());
        if self.outside.unattended
            && let Some(error) = known.trouble.and_then(|trouble| trouble.waits(self.outside.now()))
        {
            return Err(error.about(&account.site.name));
        }
        let _busy = self.busy(account, Busy::Counting);
        let result = count::count(&self.outside, account).await;
        let before = self.seen.read(account.site.id, self.store_kind());
        let known = self.see(account, epoch, |known, now| match &result {
            Ok((connection, counts)) => {
                see(known, &self.outside, account, connection);
                known.see_counts(counts.clone(), now);
            }
            Err(error) => note(known, error, now),
        });
        result?;
        self.tell_numbers(account, &before, &known);
        self.keep_counts(account.site.id, epoch, &known).await;
        Ok(known)
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
            Ok(Revocation { at_provider: AtProvider::Unreachable, .. }) => {}
            Ok(outcome) => self.tell(Event::RevocationEnded(account.site.id, outcome.at_provider)),
            Err(error) if error.code == ErrorCode::NotConnected => drop(self.look(account).await?),
            Err(_) => {}
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
                    AtProvider::Confirmed | AtProvider::AlreadyGone => {
                        let person = outcome.person.as_deref();
                        ledger::end_revoked(&self.outside, account, outcome.grant, person).await;
                    }
                    // One that was replaced before lives until its own end.
                    AtProvider::AccessOnly => ledger::end_last(&self.outside, account, held).await,
                    AtProvider::Unsupported | AtProvider::StillAccepted | AtProvider::Unreachable => {}
                }
                let epoch = self.seen.next_epoch(account.site.id);
                self.see(account, epoch, |known, _| known.see_none());
                self.forget_left_behind(&names(account.site.id)[..1]).await;
                let (what, word) = told(outcome.at_provider);
                self.note(account.site.id, what, word);
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
        self.forget_left_behind(&names(id)[..1]).await;
        let epoch = self.seen.next_epoch(id);
        self.see_site(id, epoch, |known, _| known.see_none());
        self.note(id, ActivityKind::Forgotten, None);
        Ok(())
    }
}

/// What a revocation was, in the story of its site.
fn told(at_provider: AtProvider) -> (ActivityKind, Option<&'static str>) {
    match at_provider {
        AtProvider::Confirmed => (ActivityKind::Revoked, Some("confirmed")),
        AtProvider::AlreadyGone => (ActivityKind::Revoked, Some("alreadyGone")),
        AtProvider::AccessOnly => (ActivityKind::Revoked, Some("accessOnly")),
        AtProvider::StillAccepted => (ActivityKind::Revoked, Some("stillAccepted")),
        // Nobody there was told.
        AtProvider::Unsupported | AtProvider::Unreachable => (ActivityKind::Forgotten, None),
    }
}

/// Where the product cannot say who it is, the person did.
pub(super) fn see(known: &mut Known, outside: &Outside, account: &Account, connection: &Connection) {
    known.see(connection, account.chosen_identity(), &outside.moment_of(connection));
}

/// What a failed use says about the connection.
pub(super) fn note(known: &mut Known, error: &Error, now: jiff::Timestamp) {
    match error.code {
        ErrorCode::NotConnected => return known.see_none(),
        // A person's wish is no trouble.
        ErrorCode::Stopped => return,
        code if code.is_end() => known.state = State::NeedsSignIn,
        ErrorCode::RevokePending => known.state = State::RevokePending,
        _ => {}
    }
    known.see_trouble(error, now);
}
