//! What outlives a session: settings and recent folders, in the system's own places.
//!
//! Never writes into an opened folder. A file that cannot be read or written costs the person their
//! settings, never the program: the defaults hold and the reason is logged.

mod corrections;
mod kept;
mod outlets;
mod sample;
mod settings;
mod shelf;
mod table;
mod verdicts;

pub use corrections::{change_corrections, corrections, export_corrections, save_corrections};
pub use outlets::{change_outlets, export_outlets, outlets};
pub use sample::unpack_sample;
pub use settings::{Appearance, Face, LineSpacing, Settings};
pub use shelf::{Keeper, Keeping, Look, Shelf, clear as clear_cache};
pub use table::{Written, write_table};
pub use verdicts::{keep_verdict, verdicts};

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Where the program keeps its own files.
#[derive(Clone, Debug)]
pub struct Places {
    /// Settings.
    pub config: PathBuf,
    /// What can be made again.
    pub cache: PathBuf,
}

impl Places {
    /// The system's places for this person; folders for temporary files where the system names none.
    pub fn of_person() -> Self {
        match directories::ProjectDirs::from("", "", "muqabala") {
            Some(dirs) => Self {
                config: dirs.config_dir().to_owned(),
                cache: dirs.cache_dir().to_owned(),
            },
            None => Self::below(&std::env::temp_dir().join("muqabala")),
        }
    }

    /// Both below one folder: for tests.
    pub fn below(folder: &Path) -> Self {
        Self {
            config: folder.join("config"),
            cache: folder.join("cache"),
        }
    }
}

/// Where the person keeps documents; the folder for temporary files where the system names none.
pub fn documents() -> PathBuf {
    let person = directories::UserDirs::new();
    let found = person.map(|dirs| {
        let documents = dirs.document_dir().filter(|path| path.is_dir());
        documents.unwrap_or(dirs.home_dir()).to_owned()
    });
    found.unwrap_or_else(std::env::temp_dir)
}

/// Writes a file that is new, under a name of its own where there is one of this name: that may be the person's work.
/// Returns where it is.
fn write_new(path: &Path, content: &[u8]) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let [stem, kind] =
        [path.file_stem(), path.extension()].map(|part| part.unwrap_or_default().to_string_lossy());
    let (mut free, mut number) = (path.to_owned(), 1);
    loop {
        match std::fs::File::create_new(&free) {
            Ok(mut file) => {
                let written = file.write_all(content).and_then(|()| file.sync_all());
                if written.is_err() {
                    // The error that matters is the first one.
                    let _ = std::fs::remove_file(&free);
                }
                return written.map(|()| free);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                number += 1;
                free = path.with_file_name(format!("{stem} ({number}).{kind}"));
            }
            Err(error) => return Err(error),
        }
    }
}

/// Writes a file so that a crash leaves either the old content or the new.
fn write_whole(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    // Two programs at once must not share the half-written file.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let fresh = folder.join(format!(".{name}.{}", std::process::id()));
    let written = std::fs::File::create(&fresh)
        .and_then(|mut file| file.write_all(content).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&fresh, path));
    if written.is_err() {
        // The error that matters is the first one.
        let _ = std::fs::remove_file(&fresh);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_takes_the_place_of_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("2031. pairs.csv");
        let names = ["one", "two", "three"].map(|text| {
            let written = write_new(&path, text.as_bytes()).unwrap();
            assert_eq!(std::fs::read_to_string(&written).unwrap(), text);
            written.file_name().unwrap().to_owned()
        });
        let expected = [
            "2031. pairs.csv",
            "2031. pairs (2).csv",
            "2031. pairs (3).csv",
        ];
        assert_eq!(names, expected.map(std::ffi::OsString::from));
    }
}
