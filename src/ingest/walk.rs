//! A folder → the files to read, in a fixed order. Opens no file and follows no link to a folder, so
//! that loops of links and a stray link to the whole disk do no harm.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::WalkBuilder;

use super::error::{OpenError, SkipReason, Skipped};
use super::formats::{self, Kind};
use crate::work::{Stage, Watch};

/// A file that may hold articles.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub full: PathBuf,
    /// Relative to the root, `/` between parts.
    pub path: String,
    pub kind: Kind,
}

#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Sorted by path.
    pub files: Vec<File>,
    pub skipped: Vec<Skipped>,
    /// Entries seen that are no folders, whatever became of them.
    pub seen: usize,
}

/// Lists all files under `root`, hidden ones left out.
///
/// # Errors
/// [`OpenError`] when the root itself can't be listed, or when stopped.
pub(super) fn list(root: &Path, watch: &Watch) -> Result<Listing, OpenError> {
    check_root(root)?;
    let mut listing = Listing::default();
    let mut uninteresting: BTreeMap<String, usize> = BTreeMap::new();
    let page_parts: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
    let seen_parts = Arc::clone(&page_parts);
    let walk = WalkBuilder::new(root)
        .standard_filters(false) // nobody's .gitignore decides what is an article
        .hidden(true)
        .follow_links(false)
        .filter_entry(move |entry| {
            let parts = entry.depth() > 0
                && entry.file_type().is_some_and(|kind| kind.is_dir())
                && belongs_to_page(entry.path());
            if parts {
                let mut seen = seen_parts.lock().unwrap_or_else(PoisonError::into_inner);
                seen.push(entry.path().to_owned());
            }
            !parts && entry.file_name() != "__MACOSX"
        })
        .build();
    for entry in walk {
        watch.check()?;
        match entry {
            Ok(entry) if entry.depth() == 0 => {}
            Ok(entry) => {
                let path = relative(root, entry.path());
                match entry.file_type() {
                    Some(kind) if kind.is_dir() => continue,
                    Some(kind) if kind.is_symlink() => match std::fs::metadata(entry.path()) {
                        Ok(target) if target.is_dir() => {
                            listing.skip(path, SkipReason::LinkedFolder);
                            continue;
                        }
                        Ok(target) if target.is_file() => {}
                        Ok(_) => {
                            listing.skip(path, SkipReason::Special);
                            continue;
                        }
                        Err(_) => {
                            listing.skip(path, SkipReason::BrokenLink);
                            continue;
                        }
                    },
                    Some(kind) if kind.is_file() => {}
                    // Reading a pipe or a device would never end.
                    _ => {
                        listing.skip(path, SkipReason::Special);
                        continue;
                    }
                }
                listing.seen += 1;
                match formats::kind(entry.path()) {
                    Kind::NoArticles => {
                        let extension = formats::extension(entry.path());
                        *uninteresting.entry(extension).or_default() += 1;
                    }
                    Kind::Later => {
                        let extension = formats::extension(entry.path());
                        listing.skip(path, SkipReason::Format { extension });
                    }
                    kind => listing.files.push(File {
                        full: entry.into_path(),
                        path,
                        kind,
                    }),
                }
                if listing.seen.is_multiple_of(256) {
                    watch.progress(Stage::Listing, listing.seen, 0);
                }
            }
            Err(error) => {
                let path = error_path(&error).map_or_else(String::new, |path| relative(root, path));
                let reason = error.io_error().map_or_else(
                    || SkipReason::Unreadable(error.to_string()),
                    SkipReason::from_io,
                );
                listing.skip(path, reason);
            }
        }
    }
    let parts = std::mem::take(&mut *page_parts.lock().unwrap_or_else(PoisonError::into_inner));
    for folder in parts {
        listing.skip(relative(root, &folder), SkipReason::PageParts);
    }
    for (extension, files) in uninteresting {
        let path = if extension.is_empty() {
            "*".to_owned()
        } else {
            format!("*.{extension}")
        };
        listing.skip(path, SkipReason::NoArticles { files });
    }
    listing.files.sort_by(|a, b| a.path.cmp(&b.path));
    watch.progress(Stage::Listing, listing.seen, listing.seen);
    Ok(listing)
}

impl Listing {
    fn skip(&mut self, path: String, reason: SkipReason) {
        self.skipped.push(Skipped { path, reason });
    }
}

/// `page_files` beside `page.html`: what a browser saves along with a page.
fn belongs_to_page(folder: &Path) -> bool {
    const ENDS: [&str; 5] = ["_files", ".files", "-Dateien", "_fichiers", "_ملفات"];
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let stem = ENDS.iter().find_map(|end| name.strip_suffix(end));
    stem.is_some_and(|stem| {
        ["html", "htm", "xhtml", "xml", "mhtml"]
            .iter()
            .any(|extension| {
                folder
                    .with_file_name(format!("{stem}.{extension}"))
                    .is_file()
            })
    })
}

/// Whether this is a folder that can be read; looks at nothing in it.
///
/// # Errors
/// [`OpenError`] where it is not.
pub fn check_root(root: &Path) -> Result<(), OpenError> {
    let path = root.display().to_string();
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => OpenError::NotFound { path: path.clone() },
        std::io::ErrorKind::PermissionDenied => OpenError::NoPermission { path: path.clone() },
        _ => OpenError::Unreadable {
            path: path.clone(),
            message: error.to_string(),
        },
    };
    if !std::fs::metadata(root).map_err(failed)?.is_dir() {
        return Err(OpenError::NotAFolder { path });
    }
    std::fs::read_dir(root).map_err(failed)?;
    Ok(())
}

/// `path` below `root` with `/` between the parts; bytes that are no Unicode are written `\xE3`.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<String> = below
        .components()
        .map(|part| {
            let mut name = String::new();
            for chunk in part.as_os_str().as_encoded_bytes().utf8_chunks() {
                name.push_str(chunk.valid());
                for byte in chunk.invalid() {
                    name.push_str(&format!("\\x{byte:02X}"));
                }
            }
            name
        })
        .collect();
    parts.join("/")
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            error_path(err)
        }
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}
