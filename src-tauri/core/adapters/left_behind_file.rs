//! What is still to be deleted where secrets were moved away from: `left-behind.json` in the data
//! folder. Names alone, no secret.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::files;
use super::folders::Folders;
use crate::error::Result;
use crate::model::settings::Place;

/// Items that have a copy where they are kept now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftBehind {
    /// Where they are still.
    pub place: Place,
    /// Their names.
    pub names: Vec<String>,
}

/// The file.
#[derive(Clone, Debug)]
pub struct LeftBehindFile(PathBuf);

impl LeftBehindFile {
    /// In the data folder.
    pub fn new(folders: &Folders) -> Self {
        Self(folders.data.join("left-behind.json"))
    }

    /// What is noted, if it can be read.
    pub fn read(&self) -> Option<LeftBehind> {
        let text = files::read(&self.0).ok()??;
        serde_json::from_str(&text).ok()
    }

    /// Notes this, in place of what was noted before.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub fn write(&self, left: &LeftBehind) -> Result<()> {
        if left.names.is_empty() {
            return files::remove(&self.0);
        }
        let text = serde_json::to_string(left).expect("names are always JSON");
        files::replace(&self.0, &text)
    }
}
