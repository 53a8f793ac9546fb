//! Dates in the names of files and folders. Knows no text.

use jiff::civil::Date;

use super::parse;
use super::value::eight_digits;
use crate::article::{Found, Place};

/// `2015-08-06_017.txt`, `name_20150806.txt`.
pub(super) fn in_file_name(path: &str) -> Option<Found<Date>> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.split('#').next().unwrap_or(name);
    let (date, start, end) = in_name(name)?;
    Some(Found::new(
        date,
        name[start..end].to_owned(),
        Place::FileName,
    ))
}

/// `2015-08-06/a.txt`, `2015/08/06/a.txt`.
pub(super) fn in_folders(path: &str) -> Option<Found<Date>> {
    let folders: Vec<&str> = path.split('/').rev().skip(1).collect();
    let evidence =
        |value, evidence: &str| Some(Found::new(value, evidence.to_owned(), Place::Folder));
    for folder in &folders {
        if let Some((date, start, end)) = in_name(folder) {
            return evidence(date, &folder[start..end]);
        }
    }
    for part in folders.windows(3) {
        let numbers: Vec<u32> = part.iter().filter_map(|name| name.parse().ok()).collect();
        if let [day, month, year] = numbers[..]
            && let Some(date) = parse::day(year, month, day)
        {
            return evidence(date, &format!("{}/{}/{}", part[2], part[1], part[0]));
        }
    }
    None
}

/// The day that a file's or folder's name gives, with the bytes it stands on.
pub(in crate::ingest) fn in_name(name: &str) -> Option<(Date, usize, usize)> {
    // `_` parts names as `-` does; both are one byte.
    for name in [name.to_owned(), name.replace('_', "-")] {
        let tokens = parse::tokens(&name);
        if let Some(hit) = parse::dates(&tokens).first() {
            return Some((hit.date, hit.start, hit.end));
        }
        for token in &tokens {
            if let Some(date) = eight_digits(&token.kind) {
                return Some((date, token.start, token.end));
            }
        }
    }
    None
}
