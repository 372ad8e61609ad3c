//! A person's own provider definitions: `providers/*.toml` in the config folder.
//!
//! A definition says who receives tokens, so one that did not come with the program is used only
//! after its hosts were accepted. Accepted is the file's content and not its name: what is changed
//! is asked for again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::files;
use super::folders::Folders;
use crate::error::Result;
use crate::model::provider::{Problem, Provider};

/// The folder and the list of what was accepted.
#[derive(Clone, Debug)]
pub struct DefinitionFiles {
    folder: PathBuf,
    accepted: PathBuf,
}

/// One file of the folder.
#[derive(Clone, Debug)]
pub struct DefinitionFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it says, or what is wrong with it.
    pub provider: Result<Provider, Problem>,
    /// Its content's SHA-256, in hexadecimal digits.
    pub digest: String,
}

/// The largest definition that comes with the program has 8 KiB.
const LARGEST: u64 = 64 * 1024;

impl DefinitionFiles {
    /// In the config folder.
    pub fn new(folders: &Folders) -> Self {
        Self { folder: folders.config.join("providers"), accepted: folders.data.join("accepted.json") }
    }

    /// Where definitions are put.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Every file there, by name. A broken one stops no other.
    pub fn read(&self) -> Vec<DefinitionFile> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        paths.sort();
        paths.into_iter().map(DefinitionFile::read).collect()
    }

    /// Whether the content of a file was accepted.
    pub fn is_accepted(&self, file: &DefinitionFile) -> bool {
        file.provider.as_ref().is_ok_and(|provider| self.all().get(&provider.id) == Some(&file.digest))
    }

    /// Notes that the definition with this id was accepted, with content of this digest.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`](crate::ErrorCode::FileUnwritable).
    pub fn accept(&self, id: &str, digest: &str) -> Result<()> {
        let mut all = self.all();
        all.insert(id.to_owned(), digest.to_owned());
        let text = serde_json::to_string_pretty(&all).expect("strings are always JSON");
        files::replace(&self.accepted, &text)
    }

    /// A list that cannot be read accepts nothing: the person is asked again.
    fn all(&self) -> BTreeMap<String, String> {
        let text = files::read(&self.accepted).ok().flatten().unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }
}

impl DefinitionFile {
    fn read(path: PathBuf) -> Self {
        let text = text_of(&path);
        let digest = text.as_deref().map(digest).unwrap_or_default();
        Self { provider: text.and_then(|text| Provider::parse(&text)), path, digest }
    }
}

/// The text of a file. A pipe or a device is no file: it might never end.
fn text_of(path: &Path) -> Result<String, Problem> {
    let failed = |error: std::io::Error| Problem::new(error.to_string());
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(Problem::new("not a file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Problem::new("larger than 64 KiB"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = String::from_utf8_lossy(good).matches('\n').count() + 1;
        Problem::new("not UTF-8").in_line(line)
    })
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes all");
        hex
    })
}
