//! What a person decided, as lists of entries in files beside their settings, for people who look into them. What
//! cannot be read is never written over, and two windows never write at once.

use std::fs::File;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::write_whole;

/// All entries; none where there is no file, or where it cannot be read.
pub(super) fn entries<T: DeserializeOwned>(path: &Path) -> Vec<T> {
    read(path).unwrap_or_else(|error: Error| {
        tracing::warn!("{} not read: {error}", path.display());
        Vec::new()
    })
}

/// The same; what holds no entries is laid aside beside the file.
///
/// # Errors
/// Where there is a file that cannot be read.
fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) if error.kind() != ErrorKind::InvalidData => return Err(error),
        // No UTF-8: as little to be understood as what is no JSON.
        Err(_) => String::from_utf8_lossy(&std::fs::read(path)?).into_owned(),
    };
    Ok(serde_json::from_str(&text).unwrap_or_else(|error| {
        tracing::warn!("{} not understood: {error}", path.display());
        let _ = std::fs::copy(path, path.with_extension("unreadable.json"));
        Vec::new()
    }))
}

/// Reads, changes and saves the entries as one step, whatever other windows do meanwhile.
///
/// # Errors
/// Where the file cannot be read or written.
pub(super) fn change<T: DeserializeOwned + Serialize>(
    path: &Path,
    change: impl FnOnce(Vec<T>) -> Vec<T>,
) -> Result<()> {
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let lock = File::create(path.with_extension("lock"))?;
    // Held until it is closed; a system without locks does without.
    if let Err(error) = lock.lock() {
        tracing::warn!("{} not locked: {error}", path.display());
    }
    save(path, &change(read(path)?))
}

/// # Errors
/// Where the file cannot be written.
pub(super) fn save<T: Serialize>(path: &Path, entries: &[T]) -> Result<()> {
    write_whole(path, serde_json::to_string_pretty(entries)?.as_bytes())
}
