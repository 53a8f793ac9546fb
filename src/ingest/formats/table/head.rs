//! Which mark parts the cells of a table, which row names its columns, and what columns tell that have no names.

use std::collections::BTreeMap;

use super::cells::Row;
use crate::article::FileKind;
use crate::ingest::formats::fields::{Role, role};
use crate::ingest::formats::record::is_url;
use crate::ingest::{dates, known};

/// Rows from the top among which the names of the columns stand: exports begin with titles.
const HEAD: usize = 6;
/// Characters of the longest name of a column.
const LONGEST_NAME: usize = 40;
/// Characters on average that make a column the text.
const TEXT_CHARS: usize = 120;

/// The row that names the columns: the first below titles that names the most.
pub(super) fn names(rows: &[Row]) -> Option<usize> {
    let known = |at: usize| rows[at].cells.iter().filter_map(|name| role(name)).count();
    let names = |at: &usize| {
        let (row, known) = (&rows[*at], known(*at));
        let fits = match at {
            0 => known > 1 || known == 1 && (row.cells.len() <= 3 || rows.len() > 1),
            _ => known > 1 && known * 2 >= row.filled(),
        };
        fits && is_short(row)
            && rows[..*at]
                .iter()
                .all(|above| above.filled() < row.filled())
    };
    let named = (0..rows.len().min(HEAD)).filter(names);
    named.max_by_key(|at| (known(*at), std::cmp::Reverse(*at)))
}

/// Every cell may be the name of a column.
fn is_short(row: &Row) -> bool {
    let short = |cell: &String| cell.chars().count() <= LONGEST_NAME;
    row.cells.iter().all(short)
}

/// How many cells most rows have.
pub(super) fn usual_width(rows: &[Row]) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.cells.len()).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map_or(0, |(width, _)| width)
}

/// `sep=;`, with which a table tells its delimiter to Excel, and the text below it.
pub(super) fn told_delimiter(text: &str) -> Option<(char, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let mut told = line.trim_matches(['"', '\r', ' ']).chars();
    let sep = told.by_ref().take(4).collect::<String>();
    let mark = told.next().filter(char::is_ascii)?;
    (sep.eq_ignore_ascii_case("sep=") && told.next().is_none()).then_some((mark, rest))
}

/// The mark that parts the head of the table most often.
pub(super) fn delimiter(text: &str, kind: FileKind) -> char {
    let preferred = if kind == FileKind::Tsv { '\t' } else { ',' };
    let most = |line: &str| {
        let count = |mark: &char| (line.matches(*mark).count(), *mark == preferred);
        let mark = ['\t', ',', ';', '|'].into_iter().max_by_key(count)?;
        line.contains(mark).then_some(mark)
    };
    let mut head = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(HEAD);
    head.find_map(most).unwrap_or(preferred)
}

/// What the columns of a table tell that names none, and at which byte its rows begin: a head of names that mean
/// nothing is none of them.
pub(super) fn unnamed(rows: &[Row]) -> (Vec<Option<(Role, usize)>>, usize) {
    if let [head, below @ ..] = rows {
        let below = by_content(below);
        let may_be_head = |(cell, told): (&String, &Option<(Role, usize)>)| match told {
            Some((Role::Text, _)) => !cell.trim().is_empty(),
            Some((Role::Url, _)) => !is_url(cell),
            Some((Role::Published, _)) => dates::value(cell).is_none(),
            _ => true,
        };
        let has_texts = below.iter().flatten().any(|(role, _)| *role == Role::Text);
        if has_texts && is_short(head) && head.cells.iter().zip(&below).all(may_be_head) {
            return (below, head.end);
        }
    }
    (by_content(rows), 0)
}

/// What stands in the columns of a table without names.
fn by_content(rows: &[Row]) -> Vec<Option<(Role, usize)>> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let cells = |column: usize| {
        rows.iter()
            .filter_map(move |row| row.cells.get(column))
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect::<Vec<_>>()
    };
    let mut columns: Vec<Option<(Role, usize)>> = vec![None; width];
    let mut longest = (TEXT_CHARS, None);
    for (column, told) in columns.iter_mut().enumerate() {
        let cells = cells(column);
        let most = |test: &dyn Fn(&&str) -> bool| {
            !cells.is_empty()
                && cells.iter().filter(|cell| test(cell)).count() * 10 >= cells.len() * 9
        };
        let chars =
            cells.iter().map(|cell| cell.chars().count()).sum::<usize>() / cells.len().max(1);
        if most(&|cell| is_url(cell)) {
            *told = Some((Role::Url, 0));
        } else if most(&|cell| dates::value(cell).is_some()) {
            *told = Some((Role::Published, column));
        } else if most(&|cell| known::by_name(cell).is_some()) {
            *told = Some((Role::Outlet, column));
        } else if chars > longest.0 {
            longest = (chars, Some(column));
        }
    }
    let Some(text) = longest.1 else {
        return columns;
    };
    columns[text] = Some((Role::Text, 0));
    // A headline is a short text of letters that stands before the long one and is another in each row.
    let title = (0..text).rev().find(|column| {
        let cells = cells(*column);
        let mut different = cells.clone();
        different.sort_unstable();
        different.dedup();
        columns[*column].is_none()
            && different.len() * 10 >= cells.len() * 8
            && cells
                .iter()
                .all(|cell| (12..300).contains(&cell.chars().count()))
            && cells.iter().all(|cell| cell.contains(' '))
    });
    if let Some(title) = title {
        columns[title] = Some((Role::Title, 0));
    }
    columns
}
