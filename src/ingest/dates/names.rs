//! Dates in the names of files and folders. Knows no text.

use jiff::civil::Date;

use super::parse::{self, DateHit, Order, Token, TokenKind};
use super::value::{DayValue, eight_digits, is_beginning};
use crate::article::{Found, Place};

/// `2015-08-06_017.txt`, `name_20150806.txt`.
pub(super) fn in_file_name(path: &str) -> Option<(Found<Date>, Order)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.split('#').next().unwrap_or(name);
    let (day, start, end) = in_name(name)?;
    (!is_beginning(day.date)).then(|| found(&day, &name[start..end], Place::FileName))
}

fn found(day: &DayValue, evidence: &str, place: Place) -> (Found<Date>, Order) {
    let found = Found::new(day.date, evidence, place);
    (found.sure(day.sureness), day.order)
}

/// `2015-08-06/a.txt`, `2015/08/06/a.txt`.
pub(super) fn in_folders(path: &str) -> Option<(Found<Date>, Order)> {
    let folders: Vec<&str> = path.split('/').rev().skip(1).collect();
    for folder in &folders {
        if let Some((day, start, end)) = in_name(folder) {
            return Some(found(&day, &folder[start..end], Place::Folder));
        }
    }
    for part in folders.windows(3) {
        let numbers: Vec<u32> = part.iter().filter_map(|name| name.parse().ok()).collect();
        if let [day, month, year] = numbers[..]
            && let Some(date) = parse::day(year, month, day)
        {
            let evidence = format!("{}/{}/{}", part[2], part[1], part[0]);
            return Some(found(&DayValue::clear(date), &evidence, Place::Folder));
        }
    }
    None
}

/// The day that a file's or folder's name gives, with the bytes it stands on.
pub(in crate::ingest) fn in_name(name: &str) -> Option<(DayValue, usize, usize)> {
    // `_` parts names as `-` does; both are one byte.
    for name in [name.to_owned(), name.replace('_', "-")] {
        let tokens = parse::tokens(&name);
        let hits = parse::dates(&tokens);
        if let Some(hit) = hits.iter().find(|hit| !is_version(hit, &tokens)) {
            return Some((DayValue::of(hit), hit.start, hit.end));
        }
        for token in &tokens {
            if let Some(date) = eight_digits(&token.kind) {
                return Some((DayValue::clear(date), token.start, token.end));
            }
        }
    }
    None
}

/// `v1.2.2031`: dots between, and Latin letters that touch.
fn is_version(hit: &DateHit, tokens: &[Token]) -> bool {
    let before = hit.tokens.0.checked_sub(1).and_then(|at| tokens.get(at));
    let touches = before.is_some_and(|token| {
        matches!(&token.kind, TokenKind::Word(word) if word.is_ascii()) && token.end == hit.start
    });
    touches && parse::mark(tokens, hit.tokens.0 + 1) == Some('.')
}
