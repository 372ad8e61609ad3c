//! The calls a product grants, counted as they are made.
//!
//! Two programs that note a call at the same moment may note one: where a server tells what is left,
//! the next answer sets it right, and elsewhere a tenth is left alone.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::account::Account;
use crate::adapters::budget_files::{BudgetFiles, Noted};
use crate::adapters::http::Answer;
use crate::error::Result;
use crate::model::budget::{Left, Told};
use crate::model::provider::{Api, Budget, Limit, Period};
use crate::model::site::SiteId;

/// What is left of all budgets.
#[derive(Clone)]
pub struct Budgets {
    files: BudgetFiles,
    /// What is granted for a minute is forgotten before a program has started again.
    minutes: Arc<Mutex<HashMap<String, Noted>>>,
    /// Calls of rounds that have begun, by whose they are.
    reserved: Arc<Mutex<HashMap<String, u32>>>,
}

/// Calls that no other round may count on, until dropped.
pub struct Reserved {
    all: Arc<Mutex<HashMap<String, u32>>>,
    keys: BTreeSet<String>,
    calls: u32,
}

impl Budgets {
    /// Kept in this folder.
    pub fn new(folder: PathBuf) -> Self {
        Self { files: BudgetFiles::new(folder), minutes: Arc::default(), reserved: Arc::default() }
    }

    /// What is left of the calls an account may make, with the time they are granted for.
    pub fn left(&self, account: &Account, now: Timestamp) -> Vec<(Period, Left)> {
        let left = |budget: &Budget| Some((budget.per, self.left_of(&key(account, budget), budget, now)?));
        account.provider.api.budget.iter().filter_map(left).collect()
    }

    fn left_of(&self, key: &str, budget: &Budget, now: Timestamp) -> Option<Left> {
        match self.read(key, budget.per).get(&budget.per).copied() {
            Some(None) => None,
            noted => Some(budget.left(noted.flatten(), now)),
        }
    }

    /// Sets calls aside that the program wants to make by itself; nothing where they are not left beside
    /// those of other rounds. What a round has made and still keeps aside counts twice: too few calls
    /// for a moment, never too many.
    pub fn reserve(&self, account: &Account, calls: u32, now: Timestamp) -> Option<Reserved> {
        let mut all = self.reserved.lock().unwrap_or_else(PoisonError::into_inner);
        let allows = |budget: &Budget| {
            let key = key(account, budget);
            let others = all.get(&key).copied().unwrap_or_default();
            self.left_of(&key, budget, now).is_none_or(|left| left.allows(calls.saturating_add(others)))
        };
        if !account.provider.api.budget.iter().all(allows) {
            return None;
        }
        let keys: BTreeSet<String> = account.provider.api.budget.iter().map(|budget| key(account, budget)).collect();
        for key in &keys {
            let reserved = all.entry(key.clone()).or_default();
            *reserved = reserved.saturating_add(calls);
        }
        drop(all);
        Some(Reserved { all: self.reserved.clone(), keys, calls })
    }

    /// Notes a call that was answered.
    pub fn note(&self, account: &Account, answer: &Answer, now: Timestamp) {
        let api = &account.provider.api;
        let mut minutes = self.minutes.lock().unwrap_or_else(PoisonError::into_inner);
        for budget in &api.budget {
            let key = key(account, budget);
            let change = |noted: &mut Noted| {
                let left = if is_not_limited(api, budget, answer) {
                    None
                } else {
                    let before = noted.get(&budget.per).copied().flatten();
                    Some(budget.after_call(before, told(api, budget, answer, now), now))
                };
                noted.insert(budget.per, left);
            };
            if budget.per == Period::Minute {
                change(minutes.entry(key).or_default());
                continue;
            }
            let mut noted = self.files.read(&key);
            change(&mut noted);
            if let Err(error) = self.files.write(&key, &noted) {
                tracing::warn!(site = %account.site.name, %error, "could not note what is left of the calls");
            }
        }
    }

    /// Forgets what only this site used.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub fn forget(&self, site: SiteId) -> Result<()> {
        self.files.remove(&site.to_string())
    }

    fn read(&self, key: &str, per: Period) -> Noted {
        match per {
            Period::Minute => {
                self.minutes.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned().unwrap_or_default()
            }
            Period::Hour | Period::Month => self.files.read(key),
        }
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &self.keys {
            if let Some(reserved) = all.get_mut(key) {
                *reserved = reserved.saturating_sub(self.calls);
            }
        }
        all.retain(|_, reserved| *reserved > 0);
    }
}

/// Whose calls they are: the site's, or of all accounts that were entered with the same values.
fn key(account: &Account, budget: &Budget) -> String {
    if !budget.shared {
        return account.site.id.to_string();
    }
    let mut hash = Sha256::new();
    hash.update(&account.provider.id);
    for (name, value) in &account.site.inputs {
        for part in [name, value] {
            hash.update(b"\0");
            hash.update(part);
        }
    }
    hash.finalize().iter().take(16).fold(String::new(), |mut key, byte| {
        write!(key, "{byte:02x}").expect("a string takes all");
        key
    })
}

/// A plan without this limit: the server tells of its other limits and not of this one.
fn is_not_limited(api: &Api, budget: &Budget, answer: &Answer) -> bool {
    let tells = |limit: &&Limit| answer.header(&limit.remaining).is_some();
    let (own, others): (Vec<&Limit>, Vec<&Limit>) =
        api.limit.iter().filter(|limit| limit.per.is_some()).partition(|limit| limit.per == Some(budget.per));
    !own.is_empty() && !own.iter().any(tells) && others.iter().any(tells)
}

fn told(api: &Api, budget: &Budget, answer: &Answer, now: Timestamp) -> Told {
    let Some(limit) = api.limit.iter().find(|limit| limit.per == Some(budget.per)) else { return Told::default() };
    let number = |name: &str| answer.header(name)?.trim().parse().ok();
    let reset = || match answer.until(&limit.reset) {
        Some(wait) => now.checked_add(wait).ok(),
        None => Timestamp::from_second(answer.header(&limit.reset)?.trim().parse().ok()?).ok(),
    };
    Told { remaining: number(&limit.remaining), limit: limit.limit.as_deref().and_then(number), reset: reset() }
}
