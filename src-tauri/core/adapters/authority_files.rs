//! Certificates that are trusted for single sites: `authorities/*.pem` in the config folder, each named by
//! its SHA-256. A file whose content is another is as good as none.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::files;
use super::folders::Folders;
use crate::error::{Error, ErrorCode, Result};
use crate::model::authority::{Authority, Fingerprint};

/// The folder.
#[derive(Clone, Debug)]
pub struct AuthorityFiles(PathBuf);

/// RFC 7468 §2.
const PEM_LINE: usize = 64;

impl AuthorityFiles {
    /// In the config folder.
    pub fn new(folders: &Folders) -> Self {
        Self(folders.config.join("authorities"))
    }

    /// Keeps one.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`].
    pub fn keep(&self, authority: &Authority) -> Result<()> {
        files::replace(&self.path(&authority.fingerprint), pem(authority))
    }

    /// One that a site names.
    ///
    /// # Errors
    /// [`ErrorCode::AuthorityMissing`] if its file is not there, or is not what it was.
    pub fn read(&self, fingerprint: &Fingerprint) -> Result<Authority> {
        let missing = || {
            let mut error =
                Error::new(ErrorCode::AuthorityMissing).detail(self.path(fingerprint).display().to_string());
            error.unsent = true;
            error
        };
        if !fingerprint.is_one() {
            return Err(missing());
        }
        let text = files::read(&self.path(fingerprint)).ok().flatten().ok_or_else(missing)?;
        let authority = Authority::parse(text.as_bytes()).map_err(|_| missing())?;
        if authority.fingerprint == *fingerprint { Ok(authority) } else { Err(missing()) }
    }

    /// The names of all that are kept.
    pub fn all(&self) -> Vec<Fingerprint> {
        let entries = std::fs::read_dir(&self.0).into_iter().flatten().flatten();
        let name = |path: PathBuf| path.file_stem()?.to_str().and_then(Fingerprint::parse);
        let mut all: Vec<_> = entries.filter_map(|entry| name(entry.path())).collect();
        all.sort();
        all
    }

    /// When one was kept, if that can be told.
    pub fn kept_at(&self, fingerprint: &Fingerprint) -> Option<Timestamp> {
        std::fs::metadata(self.path(fingerprint)).ok()?.modified().ok()?.try_into().ok()
    }

    /// Forgets one.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnwritable`].
    pub fn remove(&self, fingerprint: &Fingerprint) -> Result<()> {
        if fingerprint.is_one() { files::remove(&self.path(fingerprint)) } else { Ok(()) }
    }

    fn path(&self, fingerprint: &Fingerprint) -> PathBuf {
        // One that is none names no file, nor leads out of the folder.
        let name = if fingerprint.is_one() { fingerprint.to_string() } else { "?".to_owned() };
        self.0.join(format!("{name}.pem"))
    }
}

fn pem(authority: &Authority) -> String {
    let text = STANDARD.encode(&authority.der);
    let lines: Vec<_> = text.as_bytes().chunks(PEM_LINE).map(String::from_utf8_lossy).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}
