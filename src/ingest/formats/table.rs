//! CSV and TSV: a row an article. Columns are told by their names, in English and Arabic, and where a table
//! has no names by what stands in them. A table whose rows name files holds no articles: it tells of them.

use std::collections::BTreeMap;

use super::fields::{Role, role};
use super::page::Said;
use super::record::{Record, is_url};
use super::{Pages, Source};
use crate::article::{FileKind, Origin};
use crate::ingest::dates;
use crate::ingest::decode::decode_as;
use crate::ingest::error::{Failure, SkipReason};
use crate::work::Watch;

/// Rows that are looked at to tell the columns of a table without names.
const LOOK_AT: usize = 40;
/// Characters on average that make a column the text.
const TEXT_CHARS: usize = 120;

/// What a row of a metadata table says of the file that it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest) struct About {
    pub said: Said,
    pub title: Option<String>,
    pub direction: Option<String>,
    pub restored: bool,
}

/// # Errors
/// The bytes are no text or no table of articles; or the job was stopped.
pub(super) fn read(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    let text = decode_as(bytes, None, watch)?.text;
    let kind = if source.extension == "tsv" {
        FileKind::Tsv
    } else {
        FileKind::Csv
    };
    let table = Table::new(&text, kind, watch)?;
    let mut pages = Pages::default();
    let mut without = 0;
    let has = |wanted| {
        table
            .columns
            .iter()
            .any(|c| c.is_some_and(|(role, _)| role == wanted))
    };
    let texts = has(Role::Text) || has(Role::Lead) && has(Role::Title);
    if !texts {
        return Err(if has(Role::File) {
            SkipReason::AboutFiles.into()
        } else {
            SkipReason::NoTextColumn.into()
        });
    }
    for (i, row) in table.rows.iter().enumerate() {
        if i % 64 == 0 {
            watch.check()?;
        }
        match table.record(row).page(kind, Origin::Column) {
            Some(page) if page.text.chars().any(char::is_alphanumeric) => {
                pages.pages.push(page.part((i + 1).to_string()));
            }
            _ => without += 1,
        }
    }
    if without > 0 {
        pages.skip(None, SkipReason::RowsWithoutText { rows: without });
    }
    Ok(pages)
}

/// What a table says of the files that its rows name, by the name as it is written with `/`.
///
/// # Errors
/// The bytes are no text or no table; or the job was stopped.
pub(in crate::ingest) fn about_files(
    bytes: Vec<u8>,
    watch: &Watch,
) -> Result<BTreeMap<String, About>, Failure> {
    let text = decode_as(bytes, None, watch)?.text;
    let table = Table::new(&text, FileKind::Csv, watch)?;
    let mut found = BTreeMap::new();
    for row in &table.rows {
        let record = table.record(row);
        let Some(file) = record.best(Role::File) else {
            continue;
        };
        let about = About {
            said: record.said(Origin::MetadataTable),
            title: record.best(Role::Title).map(str::to_owned),
            direction: record.best(Role::Direction).map(str::to_owned),
            restored: record
                .best(Role::Restored)
                .is_some_and(|v| matches!(v, "all" | "yes" | "true" | "1")),
        };
        let file = file.replace('\\', "/");
        let file = file.trim_start_matches("./").to_owned();
        found.entry(file).or_insert(about);
    }
    Ok(found)
}

struct Table {
    /// What each column tells.
    columns: Vec<Option<(Role, usize)>>,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    fn new(text: &str, kind: FileKind, watch: &Watch) -> Result<Self, Failure> {
        let delimiter = delimiter(text, kind);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut rows: Vec<csv::StringRecord> = Vec::new();
        for row in reader.records() {
            if rows.len().is_multiple_of(256) {
                watch.check()?;
            }
            let row =
                row.map_err(|error| SkipReason::Malformed(format!("no valid table: {error}")))?;
            if row.iter().any(|cell| !cell.trim().is_empty()) {
                rows.push(row);
            }
        }
        let Some(first) = rows.first() else {
            return Err(SkipReason::NoWords.into());
        };
        let named: Vec<Option<(Role, usize)>> = first.iter().map(role).collect();
        let known = named.iter().flatten().count();
        let short = first.iter().all(|cell| cell.chars().count() <= 40);
        let columns = if known > 0 && short && (known > 1 || first.len() <= 3 || rows.len() > 1) {
            rows.remove(0);
            named
        } else {
            by_content(&rows)
        };
        Ok(Self { columns, rows })
    }

    fn record(&self, row: &csv::StringRecord) -> Record {
        let mut record = Record::default();
        for (cell, column) in row.iter().zip(&self.columns) {
            if let Some((role, rank)) = column {
                record.push_as(*role, *rank, cell);
            }
        }
        record
    }
}

/// The mark that parts the head of the table most evenly.
fn delimiter(text: &str, kind: FileKind) -> u8 {
    let head: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(1)
        .collect();
    let first = head.first().copied().unwrap_or("");
    let count = |mark: char| first.matches(mark).count();
    let candidates = [
        ('\t', b'\t'),
        (',', b','),
        (';', b';'),
        ('|', b'|'),
        ('،', b','),
    ];
    let preferred = if kind == FileKind::Tsv { '\t' } else { ',' };
    candidates
        .into_iter()
        .filter(|(mark, _)| *mark != '،')
        .max_by_key(|(mark, _)| (count(*mark), *mark == preferred))
        .filter(|(mark, _)| count(*mark) > 0)
        .map_or(preferred as u8, |(_, byte)| byte)
}

/// What stands in the columns of a table without names.
fn by_content(rows: &[csv::StringRecord]) -> Vec<Option<(Role, usize)>> {
    let width = rows
        .iter()
        .take(LOOK_AT)
        .map(csv::StringRecord::len)
        .max()
        .unwrap_or(0);
    let cells = |column: usize| {
        rows.iter()
            .take(LOOK_AT)
            .filter_map(move |row| row.get(column))
            .map(str::trim)
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
        } else if most(&|cell| crate::ingest::known::by_name(cell).is_some()) {
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
