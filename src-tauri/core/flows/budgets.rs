//! The calls a product grants, counted as they are made.
//!
//! Two programs that note a call at the same moment may note one: where a server tells what is left,
//! the next answer sets it right, and elsewhere a tenth is left alone.

use std::collections::HashMap;
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
}

impl Budgets {
    /// Kept in this folder.
    pub fn new(folder: PathBuf) -> Self {
        Self { files: BudgetFiles::new(folder), minutes: Arc::default() }
    }

    /// What is left of the calls an account may make, with the time they are granted for.
    pub fn left(&self, account: &Account, now: Timestamp) -> Vec<(Period, Left)> {
        let left = |budget: &Budget| {
            let noted = self.read(&key(account, budget), budget.per).get(&budget.per).copied();
            match noted {
                Some(None) => None,
                noted => Some((budget.per, budget.left(noted.flatten(), now))),
            }
        };
        account.provider.api.budget.iter().filter_map(left).collect()
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
