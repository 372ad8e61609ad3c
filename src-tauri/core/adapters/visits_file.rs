//! When the person looked at the window: `visits.json` in the data folder. A file that cannot be
//! read counts as none: then nothing is told of the time since.

use std::path::PathBuf;

use super::files;
use super::folders::Folders;
use crate::error::Result;
use crate::model::past::Visits;

/// The file.
#[derive(Clone, Debug)]
pub struct VisitsFile(PathBuf);

impl VisitsFile {
    /// In the data folder.
    pub fn new(folders: &Folders) -> Self {
        Self(folders.data.join("visits.json"))
    }

    /// What is noted.
    pub fn read(&self) -> Visits {
        let text = files::read(&self.0).ok().flatten();
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Notes it.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub fn write(&self, visits: Visits) -> Result<()> {
        let text = serde_json::to_string(&visits).expect("times are always JSON");
        files::replace(&self.0, &text)
    }
}
