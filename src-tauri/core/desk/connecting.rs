//! Connecting a site: one attempt waits at a time, for an answer that comes by itself or is pasted,
//! whichever is first.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use super::waiting::{Outcome, Waiting};
use super::{Desk, Event, Undecided, lock};
use crate::error::{Error, ErrorCode, Result};
use crate::flows::callback::{self, Listener};
use crate::flows::connect::{self, Attempt, Exchanged, Made};
use crate::flows::outside::Account;
use crate::flows::revoke::{self, AtProvider, Wish};
use crate::flows::unsaved;
use crate::model::activity::ActivityKind;
use crate::model::connection::Identity;
use crate::model::secret::Secret;
use crate::model::site::Redirect;

/// A finished connect, without its secrets.
#[derive(Clone, Debug)]
pub struct Connected {
    /// As whom, if the server could say.
    pub identity: Option<Identity>,
    /// What was granted.
    pub scopes: Vec<String>,
    /// When the access token ends, if the server said so.
    pub expires_at: Option<Timestamp>,
    /// Why the secret store did not take the connection; it is held in memory then.
    pub unsaved: Option<Error>,
    /// The last characters of tokens that were given away before and ended with the sign-in they were of.
    pub ended: Vec<String>,
}

/// One request of at most 30 s, and a keychain.
const TO_CLOSE: Duration = Duration::from_secs(35);

impl Desk {
    /// Starts an attempt to connect, the answer coming back as the site says. One that still waits
    /// is given up.
    ///
    /// # Errors
    /// [`ErrorCode::RevokePending`], or as [`connect::begin`].
    pub async fn begin_connect(&self, account: Account) -> Result<Attempt> {
        let redirect = account.site.redirect;
        self.begin(account, redirect).await
    }

    /// Starts an attempt whose answer comes back another way than the site says.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] if it is none of the provider's ways, or as
    /// [`Self::begin_connect`].
    pub async fn begin_connect_by(&self, account: Account, redirect: Redirect) -> Result<Attempt> {
        if !account.provider.ways(account.application()?).contains(&redirect) {
            return Err(Error::new(ErrorCode::InvalidInput).about(&account.site.name).detail("redirect"));
        }
        self.begin(account, redirect).await
    }

    async fn begin(&self, account: Account, redirect: Redirect) -> Result<Attempt> {
        self.keep_person().await;
        let before = lock(&self.attempt).take();
        if let Some(before) = before {
            before.attempt.cancel();
            before.end(Err(ErrorCode::AttemptOver.into()));
            // The next one may need its port.
            before.closed().await;
            self.changed();
        }
        self.revoke_first(&account).await?;
        let (attempt, listener) = connect::begin(&self.outside, account, redirect).await?;
        let (waiting, closing) = Waiting::new(attempt.clone());
        *lock(&self.attempt) = Some(waiting);
        self.attend(attempt.clone(), listener, closing);
        self.changed();
        Ok(attempt)
    }

    /// A new connection takes no place of one that waits to be revoked: the wish would be gone with it.
    async fn revoke_first(&self, account: &Account) -> Result<()> {
        if !revoke::is_pending(&self.outside, account).await {
            return Ok(());
        }
        // Rare, and no weight for every sign-in.
        match Box::pin(self.revoke_again(account)).await {
            Ok(outcome) if outcome.at_provider == AtProvider::Unreachable => {
                let pending = Error::new(ErrorCode::RevokePending);
                Err(pending.about(&account.site.name).at(&account.host()))
            }
            Err(error) if error.code != ErrorCode::NotConnected => Err(error),
            _ => Ok(()),
        }
    }

    /// Ends the attempt when its answer comes by itself or its time is over.
    fn attend(&self, attempt: Attempt, listener: Option<Listener>, mut closing: watch::Receiver<()>) {
        // Not the desk itself: as long as nothing came, its end is the listener's too.
        let slot = Arc::downgrade(&self.attempt);
        let rest = Self { attempt: Arc::default(), ..self.clone() };
        tokio::spawn(async move {
            let answer = tokio::select! {
                _ = closing.changed() => None,
                () = tokio::time::sleep(attempt.life) => Some(Err(ErrorCode::AttemptOver.into())),
                answer = rest.listen(&attempt, listener.as_ref()) => Some(answer),
            };
            drop(listener);
            drop(closing);
            if let (Some(answer), Some(slot)) = (answer, slot.upgrade()) {
                Self { attempt: slot, ..rest }.take(&attempt.id, answer).await;
            }
        });
    }

    async fn listen(&self, attempt: &Attempt, listener: Option<&Listener>) -> Result<Secret> {
        let Some(listener) = listener else { return std::future::pending().await };
        let is_over = || attempt.is_over(self.outside.now());
        let mut told = false;
        let other_came = || {
            if !std::mem::replace(&mut told, true) {
                self.events.send(Event::OtherAnswer).ok();
            }
        };
        callback::answer(listener, attempt, is_over, other_came).await
    }

    /// Takes an answer that came by itself. Whatever comes of it ends the attempt: its code is spent.
    async fn take(&self, id: &str, answer: Result<Secret>) {
        let _turn = self.finishing.lock().await;
        let Ok(attempt) = self.waiting(id) else { return self.end(id, Err(ErrorCode::AttemptOver.into())) };
        let outcome = match answer {
            Ok(code) => self.exchange(&attempt, code).await,
            Err(error) => Err(attempt.named(error)),
        };
        self.end(id, outcome.map(|connected| (attempt.account, connected)));
    }

    /// How an attempt ended; waits until it has. Told until the next attempt begins, also when what
    /// was pasted, its time or its cancelling ended it.
    ///
    /// # Errors
    /// Why there is no connection: [`ErrorCode::AttemptOver`] without an answer, the server's refusal,
    /// or as [`connect::exchange`].
    pub async fn wait_connect(&self, id: &str) -> Result<(Account, Connected)> {
        let mut outcome = self.outcome(id).ok_or(ErrorCode::AttemptOver)?;
        let ended = outcome.wait_for(Option::is_some).await.ok().and_then(|ended| ended.clone());
        ended.unwrap_or_else(|| Err(ErrorCode::AttemptOver.into()))
    }

    fn outcome(&self, id: &str) -> Option<watch::Receiver<Option<Outcome>>> {
        let waiting = lock(&self.attempt);
        waiting.as_ref().filter(|waiting| waiting.attempt.id == id).map(Waiting::outcome)
    }

    /// The attempt that waits, if there is one.
    pub fn attempt(&self) -> Option<Attempt> {
        let now = self.outside.now();
        let waiting = lock(&self.attempt);
        let waiting = waiting.as_ref().filter(|waiting| waiting.waits() && now < waiting.attempt.ends_at);
        waiting.map(|waiting| waiting.attempt.clone())
    }

    fn waiting(&self, id: &str) -> Result<Attempt> {
        self.attempt().filter(|attempt| attempt.id == id).ok_or_else(|| ErrorCode::AttemptOver.into())
    }

    /// Opens the waiting attempt's address in the browser.
    ///
    /// # Errors
    /// [`ErrorCode::AttemptOver`], [`ErrorCode::BrowserFailed`].
    pub async fn open_attempt(&self, id: &str) -> Result<()> {
        let attempt = self.waiting(id)?;
        self.open(attempt.url).await.map_err(|error| error.about(&attempt.account.site.name))
    }

    /// Takes what the person pasted. Where another answer was faster, this is told what came of it.
    ///
    /// # Errors
    /// As [`Attempt::code_in`] and [`connect::exchange`]; the attempt goes on waiting until its time
    /// is over.
    pub async fn finish_connect(&self, id: &str, pasted: &str) -> Result<(Account, Connected)> {
        // Two pastes in a row must not spend one code twice: strict servers then end its tokens
        // (RFC 6749 §4.1.2).
        let attempt = self.waiting(id)?;
        let _turn = self.finishing.lock().await;
        if let Some(ended) = self.outcome(id).and_then(|outcome| outcome.borrow().clone()) {
            return ended;
        }
        let outcome = self.exchange(&attempt, attempt.code_in(pasted)?).await;
        let outcome = outcome.map(|connected| (attempt.account.clone(), connected));
        let waits_on = outcome.as_ref().is_err_and(|error| error.code != ErrorCode::OtherPerson);
        if !waits_on {
            self.end(id, outcome.clone());
        }
        outcome
    }

    async fn exchange(&self, attempt: &Attempt, code: Secret) -> Result<Connected> {
        let account = &attempt.account;
        match connect::exchange(&self.outside, attempt, code).await? {
            Exchanged::Other(other) => {
                let words = format!("{} ≠ {}", other.now.text, other.before.text);
                let (attempt, account) = (attempt.id.clone(), account.clone());
                let error = Error::new(ErrorCode::OtherPerson).about(&account.site.name).detail(words);
                self.ask_which_person(Undecided { attempt, account, other: *other });
                Err(error)
            }
            Exchanged::Made(_) if self.is_removed(account) => Err(self.end_orphan(account).await),
            Exchanged::Made(made) => {
                let connected = self.made(account, *made).await;
                let remembered = async {
                    self.ask_again_who(account).await?;
                    self.remember_way(attempt).await
                };
                if let Err(error) = remembered.await {
                    // The connection is what was wanted, and it is there.
                    tracing::warn!(site = %account.site.name, %error, "could not note how it was connected");
                }
                Ok(connected)
            }
        }
    }

    /// Notes a connection that was just made.
    pub(super) async fn made(&self, account: &Account, made: Made) -> Connected {
        let site = account.site.id;
        let epoch = self.seen.next_epoch(site);
        let was_counted = self.status(site).is_ok_and(|status| status.known.counted_at.is_some());
        let moment = self.outside.moment_of(&made.connection);
        let known = self.see(account, epoch, |known, _| {
            known.see(&made.connection, None, &moment);
            known.trouble = None;
        });
        let login = made.connection.identity.as_ref().map(|identity| identity.text.as_str());
        self.note(site, ActivityKind::Connected, login);
        if self.keeps_history() && was_counted && known.counted_at.is_none() {
            // They were another person's.
            self.forget_history(site).await;
        }
        let (identity, tokens) = (made.connection.identity, made.connection.tokens);
        let (unsaved, ended) = (made.unsaved, made.ended);
        Connected { identity, scopes: tokens.scopes, expires_at: tokens.expires_at, unsaved, ended }
    }

    /// Whether another program took the site out of the list meanwhile.
    pub(super) fn is_removed(&self, account: &Account) -> bool {
        self.listed_by(account.site.id).is_err_and(|error| error.code == ErrorCode::NoSuchSite)
    }

    /// Ends a connection of a site that is not in the list any more: nobody else ever could.
    pub(super) async fn end_orphan(&self, account: &Account) -> Error {
        let id = account.site.id;
        revoke::revoke(&self.outside, account, Wish::Now).await.ok();
        let forgotten = self.outside.secrets.forget_connection(id).await;
        self.outside.drop_unsaved(id);
        let removed = Error::new(ErrorCode::NoSuchSite).about(&account.site.name);
        forgotten.err().unwrap_or(removed)
    }

    /// The way that worked is the one to take the next time.
    async fn remember_way(&self, attempt: &Attempt) -> Result<()> {
        let (site, redirect) = (&attempt.account.site, attempt.redirect);
        if redirect != site.redirect && attempt.instead_of.is_none() {
            self.change_site(site.id, |site| site.redirect = redirect).await?;
        }
        Ok(())
    }

    /// Gives up an attempt; its listener closes.
    pub fn cancel_connect(&self, id: &str) {
        if let Some(waiting) = lock(&self.attempt).as_ref().filter(|waiting| waiting.attempt.id == id) {
            waiting.attempt.cancel();
        }
        self.end(id, Err(ErrorCode::AttemptOver.into()));
    }

    /// Gives up an attempt and returns once nothing of it is left: an exchange that was under way has
    /// ended, and so have tokens that waited for a decision.
    pub async fn give_up_connect(&self, id: &str) {
        self.cancel_connect(id);
        drop(self.finishing.lock().await);
        self.keep_person().await;
    }

    fn end(&self, id: &str, outcome: Outcome) {
        if let Some(waiting) = lock(&self.attempt).as_ref().filter(|waiting| waiting.attempt.id == id) {
            waiting.end(outcome);
        }
        self.changed();
    }

    /// Lets what is under way come to its end before the program does, for as long as a request may
    /// take: an answer nobody waits for may be the only copy of a token. At once where nothing is. No
    /// token is spent any more, and rounds stop.
    pub async fn close(&self) {
        self.outside.begin_closing();
        self.stop_refresh();
        let all = async {
            if let Some(attempt) = self.attempt() {
                self.cancel_connect(&attempt.id);
            }
            drop(self.finishing.lock().await);
            self.keep_person().await;
            for site in self.outside.touched() {
                self.outside.ended_here(site).await;
                for secrets in self.outside.waits_for(site) {
                    // Each in the store it is of, whichever is in use.
                    let outside = self.outside.keeping_in(secrets);
                    if let (Ok(account), Ok(turn)) = (self.site(site), outside.turn(site).await) {
                        // The last time it can be offered to the store.
                        unsaved::patiently(&outside, || unsaved::save(&outside, &account, &turn)).await.ok();
                    }
                }
            }
            // Whoever came after the look at their site.
            while self.outside.holds_any_turn() {
                for site in self.outside.touched() {
                    self.outside.ended_here(site).await;
                }
            }
        };
        tokio::time::timeout(TO_CLOSE, all).await.ok();
    }

    /// Tries again to save a connection the secret store did not take.
    ///
    /// # Errors
    /// A keychain code.
    pub async fn save_again(&self, account: &Account) -> Result<()> {
        let turn = self.outside.turn(account.site.id).await?;
        unsaved::save(&self.outside, account, &turn).await?;
        drop(turn);
        self.look(account).await.map(drop)
    }
}
