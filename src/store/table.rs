//! Tables for spreadsheets.

use std::path::Path;

use super::write_whole;

/// Writes a table with a head. Returns the rows; where there are none, nothing is written.
///
/// # Errors
/// Where the file cannot be written.
pub fn write_table<const N: usize>(
    path: &Path,
    head: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> std::io::Result<usize> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(head)?;
    let mut count = 0;
    for row in rows {
        table.write_record(row)?;
        count += 1;
    }
    if count == 0 {
        return Ok(0);
    }
    let bytes = table
        .into_inner()
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    // Spreadsheets take a file without the mark for the encoding of their system.
    write_whole(path, &[b"\xEF\xBB\xBF".as_slice(), &bytes].concat())?;
    Ok(count)
}
