//! Somebody else than before signed in: the new tokens wait, in memory only, until the person says
//! whether the site is theirs from now on.

use super::{Connected, Desk, lock};
use crate::error::{ErrorCode, Result};
use crate::flows::connect::{self, Other};
use crate::flows::outside::Account;
use crate::model::connection::Identity;

/// Tokens that wait for a decision.
pub(super) struct Undecided {
    pub attempt: String,
    pub account: Account,
    pub other: Other,
}

/// A question for the person: two people, one site.
#[derive(Clone, Debug)]
pub struct OtherPerson {
    /// The attempt that brought it.
    pub attempt: String,
    /// The site.
    pub account: Account,
    /// Who it was connected as.
    pub before: Identity,
    /// Who signed in now.
    pub now: Identity,
}

impl Desk {
    /// The question that waits for an answer, if there is one.
    pub fn other_person(&self) -> Option<OtherPerson> {
        let undecided = lock(&self.undecided);
        undecided.as_ref().map(|Undecided { attempt, account, other }| OtherPerson {
            attempt: attempt.clone(),
            account: account.clone(),
            before: other.before.clone(),
            now: other.now.clone(),
        })
    }

    /// The site is the new person's from now on; what it held before is ended.
    ///
    /// # Errors
    /// [`ErrorCode::AttemptOver`] if nothing waits, or as [`connect::switch`].
    pub async fn switch_person(&self, attempt: &str) -> Result<(Account, Connected)> {
        let undecided = self.take_undecided(Some(attempt)).ok_or(ErrorCode::AttemptOver)?;
        let made = match connect::switch(&self.outside, &undecided.account, &undecided.other).await {
            Err(error) if error.code == ErrorCode::SecretsMoved => {
                self.ask_which_person(undecided);
                return Err(error);
            }
            made => made?,
        };
        let account = undecided.account;
        if self.is_removed(&account) {
            return Err(self.end_orphan(&account).await);
        }
        let connected = self.made(&account, made).await;
        self.changed();
        Ok((account, connected))
    }

    /// The site stays as it was; the new tokens are ended.
    pub async fn keep_person(&self) {
        if let Some(Undecided { account, other, .. }) = self.take_undecided(None) {
            self.changed();
            connect::discard(&self.outside, &account, &other).await;
        }
    }

    pub(super) fn ask_which_person(&self, undecided: Undecided) {
        *lock(&self.undecided) = Some(undecided);
        self.changed();
    }

    fn take_undecided(&self, attempt: Option<&str>) -> Option<Undecided> {
        let mut slot = lock(&self.undecided);
        let fits = slot.as_ref().is_some_and(|waiting| attempt.is_none_or(|id| waiting.attempt == id));
        if fits { slot.take() } else { None }
    }
}
