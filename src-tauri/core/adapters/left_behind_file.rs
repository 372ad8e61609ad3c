//! What is still to be deleted where secrets are not kept any more: `left-behind.json` in the data
//! folder. Names alone, no secret.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::files;
use super::folders::Folders;
use super::lock_file::lock;
use crate::error::Result;
use crate::model::settings::Place;

/// Items of no use in a place, by name. What is noted of the place in use counts for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftBehind(BTreeMap<Place, BTreeMap<String, Left>>);

/// Why an item is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Left {
    /// It is kept elsewhere; the only copy is never deleted.
    Copied,
    /// The person had it forgotten.
    Forgotten,
}

impl LeftBehind {
    /// What is noted of a place.
    pub fn at(&self, place: Place) -> BTreeMap<String, Left> {
        self.0.get(&place).cloned().unwrap_or_default()
    }

    /// Why an item there is of no use, if it is not.
    pub fn left(&self, place: Place, name: &str) -> Option<Left> {
        self.0.get(&place)?.get(name).copied()
    }

    /// Notes copies, beside what is noted.
    pub fn add<'a>(&mut self, place: Place, names: impl IntoIterator<Item = &'a String>) {
        let there = self.0.entry(place).or_default();
        for name in names {
            there.entry(name.clone()).or_insert(Left::Copied);
        }
    }

    /// Notes that an item is of no use wherever a copy of it is noted.
    pub fn forget(&mut self, name: &str) {
        for left in self.0.values_mut().filter_map(|there| there.get_mut(name)) {
            *left = Left::Forgotten;
        }
    }

    /// An item is deleted.
    pub fn remove(&mut self, place: Place, name: &str) {
        self.0.get_mut(&place).map(|there| there.remove(name));
    }

    /// The place is in use: all of it is.
    pub fn clear(&mut self, place: Place) {
        self.0.remove(&place);
    }
}

/// The file.
#[derive(Clone, Debug)]
pub struct LeftBehindFile {
    path: PathBuf,
    lock: PathBuf,
}

/// A change takes milliseconds; longer means that the holder hangs.
const LOCK_LIMIT: Duration = Duration::from_secs(5);

impl LeftBehindFile {
    /// In the data folder.
    pub fn new(folders: &Folders) -> Self {
        let lock = folders.data.join("locks").join("left-behind.lock");
        Self { path: folders.data.join("left-behind.json"), lock }
    }

    /// What is noted; nothing if it cannot be read.
    pub fn read(&self) -> LeftBehind {
        self.noted().unwrap_or_default()
    }

    fn noted(&self) -> Result<LeftBehind> {
        let text = files::read(&self.path)?.unwrap_or_default();
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// Changes what is noted, so that a power cut does not undo it.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnreadable`](crate::ErrorCode::FileUnreadable),
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable) or
    /// [`ErrorCode::Busy`](crate::ErrorCode::Busy).
    pub async fn change(&self, change: impl FnOnce(&mut LeftBehind)) -> Result<()> {
        let _lock = lock(&self.lock, LOCK_LIMIT).await?;
        let before = self.noted()?;
        let mut left = before.clone();
        change(&mut left);
        left.0.retain(|_, names| !names.is_empty());
        if left == before {
            return Ok(());
        }
        if left.0.is_empty() {
            files::remove(&self.path)?;
        } else {
            files::replace(&self.path, serde_json::to_string(&left).expect("names are always JSON"))?;
        }
        files::settle(self.path.parent().unwrap_or(Path::new(".")));
        Ok(())
    }
}
