//! Reading a file that may not be there, and replacing one as a whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::error::{Error, ErrorCode, Result};

/// The file's text; `None` if there is no file.
///
/// # Errors
/// [`ErrorCode::FileUnreadable`].
pub fn read(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// Replaces a file as a whole: written aside, synced, renamed. Whoever reads sees the old text or
/// the new one; a crash leaves the old one.
///
/// # Errors
/// [`ErrorCode::FileUnwritable`]; the file is as it was.
pub fn replace(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    write(path, content.as_ref(), File::sync_all)
}

/// Replaces a file that is no loss: as [`replace`], but not forced to the disk. A power cut may leave an
/// empty one. With two hundred sites, forcing would take longer than asking them.
///
/// # Errors
/// [`ErrorCode::FileUnwritable`]; the file is as it was.
pub fn note(path: &Path, text: &str) -> Result<()> {
    write(path, text.as_bytes(), |_| Ok(()))
}

/// Writes a file as a whole where none is yet, and never over one.
///
/// # Errors
/// [`ErrorCode::FileUnwritable`]; what was there is as it was.
pub fn create(path: &Path, content: &[u8]) -> Result<()> {
    let write = || aside(path, content, File::sync_all)?.persist_noclobber(path).map_err(|error| error.error);
    write().map(drop).map_err(|error| unwritable(path, &error))
}

/// Has the names in a folder survive a power cut. A system that cannot be asked does it by itself.
pub fn settle(folder: &Path) {
    if cfg!(unix)
        && let Err(error) = File::open(folder).and_then(|folder| folder.sync_all())
    {
        tracing::info!(%error, "could not force a folder to the disk");
    }
}

fn write(path: &Path, content: &[u8], finish: impl FnOnce(&File) -> io::Result<()>) -> Result<()> {
    let write = || aside(path, content, finish)?.persist(path).map_err(|error| error.error);
    write().map(drop).map_err(|error| unwritable(path, &error))
}

fn aside(path: &Path, content: &[u8], finish: impl FnOnce(&File) -> io::Result<()>) -> io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    private_folder(folder)?;
    let mut aside = NamedTempFile::new_in(folder)?;
    aside.write_all(content)?;
    finish(aside.as_file())?;
    Ok(aside)
}

/// Whether files can be written in a folder, which is made if it is not there.
///
/// # Errors
/// [`ErrorCode::FileUnwritable`].
pub fn try_folder(folder: &Path) -> Result<()> {
    let write = || private_folder(folder).and_then(|()| tempfile::tempfile_in(folder));
    write().map(drop).map_err(|error| unwritable(folder, &error))
}

/// Removes a file; one that is not there is no failure.
///
/// # Errors
/// [`ErrorCode::FileUnwritable`].
pub fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unwritable(path, &error)),
        _ => Ok(()),
    }
}

/// Makes a folder that only the user can look into.
///
/// # Errors
/// What the system says.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Makes an empty file that only the user can look into, unless there is a file.
pub(super) fn touch_private(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(drop)
}

pub(super) fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorCode::FileUnreadable).detail(format!("{}: {error}", path.display()))
}

pub(super) fn unwritable(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorCode::FileUnwritable).detail(format!("{}: {error}", path.display()))
}
