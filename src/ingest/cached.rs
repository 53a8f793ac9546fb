//! What was read of a file before, as long as the file, and what its folder tells about it, are the same. Decides
//! when that is so; where the bytes lie is for `store` to know.

use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::error::Skipped;
use super::formats::table::About;
use super::names::Names;
use super::page::Draft;

/// All that one file gave.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept<'a> {
    stamp: Stamp,
    drafts: std::borrow::Cow<'a, [Draft]>,
    skipped: std::borrow::Cow<'a, [Skipped]>,
}

/// What changes when a file does, or what else an article of it is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    size: u64,
    /// Nanoseconds since 1970.
    modified: u128,
    /// When the file's entry changed, where the system tells.
    changed: i64,
    /// Names of folders and what tables say of the file.
    context: u64,
}

impl Stamp {
    /// `None` where the file is gone or tells no time.
    /// `by_content` stands for all that tables say of articles wherever they lie.
    pub fn of(
        full: &Path,
        path: &str,
        names: &Names,
        about: Option<&About>,
        by_content: u64,
    ) -> Option<Self> {
        let meta = std::fs::metadata(full).ok()?;
        let modified = meta.modified().ok()?;
        let mut context = Xxh3::new();
        let mut add = |text: Option<&str>| {
            context.update(text.unwrap_or("\0").as_bytes());
            context.update(b"\n");
        };
        add(names
            .folder(path)
            .as_ref()
            .map(|found| found.value.as_str()));
        add(names.file(path).as_ref().map(|found| found.value.as_str()));
        if let Some(about) = about {
            add(Some(&format!("{about:?}")));
        }
        context.update(&by_content.to_le_bytes());
        Some(Self {
            size: meta.len(),
            modified: modified
                .duration_since(UNIX_EPOCH)
                .map_or(0, |age| age.as_nanos()),
            changed: changed(&meta),
            context: context.digest(),
        })
    }
}

#[cfg(unix)]
fn changed(meta: &std::fs::Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt as _;
    meta.ctime()
        .wrapping_mul(1_000_000_000)
        .wrapping_add(meta.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &std::fs::Metadata) -> i64 {
    0
}

/// What was kept of a file, if it still holds.
pub(super) fn recall(bytes: &[u8], stamp: Stamp) -> Option<(Vec<Draft>, Vec<Skipped>)> {
    let kept: Kept = postcard::from_bytes(bytes).ok()?;
    (kept.stamp == stamp).then(|| (kept.drafts.into_owned(), kept.skipped.into_owned()))
}

/// The bytes to keep of a file.
pub(super) fn keep(stamp: Stamp, drafts: &[Draft], skipped: &[Skipped]) -> Option<Vec<u8>> {
    let kept = Kept {
        stamp,
        drafts: drafts.into(),
        skipped: skipped.into(),
    };
    postcard::to_allocvec(&kept).ok()
}
