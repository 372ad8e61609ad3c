//! What is left of the calls a product grants: `budget/<whose>.json` in the data folder. No secret is
//! in it.
//!
//! A file that cannot be read counts as nothing used: the server says what is left with each answer,
//! or refuses.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::files;
use crate::error::Result;
use crate::model::budget::Left;
use crate::model::provider::Period;

/// What is left of each time's calls; nothing where the server grants them without a limit.
pub type Noted = BTreeMap<Period, Option<Left>>;

/// The folder of these files.
#[derive(Clone, Debug)]
pub struct BudgetFiles(PathBuf);

impl BudgetFiles {
    /// In this folder, which is made when something is noted.
    pub fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// What was noted last.
    pub fn read(&self, whose: &str) -> Noted {
        let text = files::read(&self.path(whose)).ok().flatten();
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Notes what is left.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub fn write(&self, whose: &str, noted: &Noted) -> Result<()> {
        let text = serde_json::to_string(noted).expect("numbers and times are always JSON");
        files::replace(&self.path(whose), &text)
    }

    /// Forgets what is noted.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub fn remove(&self, whose: &str) -> Result<()> {
        files::remove(&self.path(whose))
    }

    fn path(&self, whose: &str) -> PathBuf {
        self.0.join(format!("{whose}.json"))
    }
}
