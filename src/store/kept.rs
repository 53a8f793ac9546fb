//! What a person decided and set, in files for people who look into them. What cannot be read is never written over,
//! and two windows never write at once.

use std::fs::File;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::write_whole;

/// All that is kept; nothing where there is no file, or where it cannot be read.
pub(super) fn load<T: DeserializeOwned + Default>(path: &Path) -> T {
    read(path).unwrap_or_else(|error: Error| {
        tracing::warn!("{} not read: {error}", path.display());
        T::default()
    })
}

/// The same; what cannot be understood is laid aside beside the file.
///
/// # Errors
/// Where there is a file that cannot be read, or not be laid aside.
fn read<T: DeserializeOwned + Default>(path: &Path) -> Result<T> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(T::default()),
        Err(error) if error.kind() != ErrorKind::InvalidData => return Err(error),
        // No UTF-8: as little to be understood as what is no JSON.
        Err(_) => String::from_utf8_lossy(&std::fs::read(path)?).into_owned(),
    };
    serde_json::from_str(&text).or_else(|error| {
        tracing::warn!("{} not understood: {error}", path.display());
        std::fs::copy(path, path.with_extension("unreadable.json"))?;
        Ok(T::default())
    })
}

/// Reads, changes and saves what is kept as one step, whatever other windows do meanwhile.
///
/// # Errors
/// Where the file cannot be read or written.
pub(super) fn change<T: DeserializeOwned + Default + Serialize>(
    path: &Path,
    change: impl FnOnce(T) -> T,
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
pub(super) fn save(path: &Path, kept: &impl Serialize) -> Result<()> {
    write_whole(path, serde_json::to_string_pretty(kept)?.as_bytes())
}
