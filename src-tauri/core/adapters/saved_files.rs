//! Files a person asked for: in their own folder, under a name that is not taken.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use directories::UserDirs;

use super::files::unwritable;
use crate::error::{Error, ErrorCode, Result};

/// The person's Downloads folder; their home where there is none.
///
/// # Errors
/// [`ErrorCode::FileUnwritable`] without a home.
pub fn downloads() -> Result<PathBuf> {
    let own = UserDirs::new().ok_or_else(|| Error::new(ErrorCode::FileUnwritable).detail("no home folder"))?;
    let folder = own.download_dir().map_or_else(|| own.home_dir().join("Downloads"), Path::to_path_buf);
    Ok(if folder.is_dir() { folder } else { own.home_dir().to_path_buf() })
}

/// Most file systems take 255 bytes; a character of a name may be four, and a number may follow.
const NAME_CHARS: usize = 50;

/// Writes a new file; a name that is taken gets a number. The file's path.
///
/// # Errors
/// [`ErrorCode::FileUnwritable`]; then there is no new file.
pub fn save(folder: &Path, name: &str, extension: &str, text: &str) -> Result<PathBuf> {
    let name = file_name(name);
    let names = (1..).map(|number| match number {
        1 => format!("{name}.{extension}"),
        _ => format!("{name} ({number}).{extension}"),
    });
    for name in names {
        let path = folder.join(name);
        // Never over a file that is there, not even one that came just now.
        let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(unwritable(&path, &error)),
        };
        if let Err(error) = file.write_all(text.as_bytes()).and_then(|()| file.sync_all()) {
            std::fs::remove_file(&path).ok();
            return Err(unwritable(&path, &error));
        }
        return Ok(path);
    }
    unreachable!("there are more numbers than files")
}

/// A name every file system takes, and that hides no file.
fn file_name(name: &str) -> String {
    let is_special = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    let plain: String = name.chars().map(|c| if is_special(c) { '-' } else { c }).collect();
    plain.trim_start_matches(['.', ' ']).chars().take(NAME_CHARS).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn no_file_is_written_over() {
        let folder = TempDir::new().unwrap();
        let names: Vec<String> = (0..3)
            .map(|number| {
                let path = save(folder.path(), "Work counts", "csv", &number.to_string()).unwrap();
                assert_eq!(std::fs::read_to_string(&path).unwrap(), number.to_string());
                path.file_name().unwrap().to_string_lossy().into_owned()
            })
            .collect();
        assert_eq!(names, ["Work counts.csv", "Work counts (2).csv", "Work counts (3).csv"]);
    }

    #[test]
    fn a_name_leads_to_no_other_folder_and_hides_nothing() {
        assert_eq!(file_name("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(file_name(" .hidden: a\n\"b\" "), "hidden- a--b-");
        assert_eq!(file_name(&"長".repeat(100)).chars().count(), NAME_CHARS);
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let folder = TempDir::new().unwrap();
        let error = save(&folder.path().join("gone"), "a", "csv", "").unwrap_err();
        assert_eq!(error.code, ErrorCode::FileUnwritable);
    }
}
