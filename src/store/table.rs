//! Tables for spreadsheets.

use std::path::{Path, PathBuf};

use super::write_new;

/// A table that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub path: PathBuf,
    pub rows: usize,
}

/// Writes a table with a head, under a name of its own where there is a file of this one. Without rows nothing is
/// written.
///
/// # Errors
/// Where the file cannot be written.
pub fn write_table<const N: usize>(
    path: &Path,
    head: &[&str; N],
    content: impl Iterator<Item = [String; N]>,
) -> std::io::Result<Option<Written>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(head)?;
    let mut rows = 0;
    for row in content {
        table.write_record(row)?;
        rows += 1;
    }
    if rows == 0 {
        return Ok(None);
    }
    let bytes = table
        .into_inner()
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    // Spreadsheets take a file without the mark for the encoding of their system.
    let path = write_new(path, &[b"\xEF\xBB\xBF".as_slice(), &bytes].concat())?;
    Ok(Some(Written { path, rows }))
}
