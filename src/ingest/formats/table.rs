//! CSV and TSV: a row an article. Columns are told by their names, in English and Arabic, and where a table
//! has no names by what stands in them. A table whose rows name files holds no articles: it tells of them.

use std::collections::BTreeMap;

use super::fields::{Role, role};
use super::page::Said;
use super::record::{Record, is_unknown, is_url};
use super::{Pages, Source};
use crate::article::{ContentId, FileKind, Origin, ReadingDirection, Span};
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
    pub direction: Option<ReadingDirection>,
    /// Page furniture that is article text after all.
    pub restored: Vec<Span>,
    /// The outlet, the day of publication, the headline is said to be unknown.
    pub unknown: [bool; 3],
}

/// Under what a row is kept that names the content of an article: the article is told wherever its file lies. No
/// path begins so.
pub(in crate::ingest) fn content_key(content: ContentId) -> String {
    format!("{CONTENT}{content:032x}")
}

pub(in crate::ingest) fn is_content_key(key: &str) -> bool {
    key.starts_with(CONTENT)
}

const CONTENT: char = '\0';

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
            direction: record.best(Role::Direction).and_then(direction),
            restored: record.best(Role::Restored).map(spans).unwrap_or_default(),
            unknown: [
                table.says_unknown(row, &[Role::Outlet, Role::Source]),
                table.says_unknown(row, &[Role::Published]),
                table.says_unknown(row, &[Role::Title]),
            ],
        };
        let content = record.best(Role::Content);
        if let Some(content) = content.and_then(|hex| ContentId::from_str_radix(hex, 16).ok()) {
            found.insert(content_key(content), about.clone());
        }
        let file = file.replace('\\', "/");
        let file = file.trim_start_matches("./").to_owned();
        found.entry(file).or_insert(about);
    }
    Ok(found)
}

fn direction(value: &str) -> Option<ReadingDirection> {
    match value.to_ascii_lowercase().as_str() {
        "rtl" | "right-to-left" | "يمين" => Some(ReadingDirection::RightToLeft),
        "ltr" | "left-to-right" | "يسار" => Some(ReadingDirection::LeftToRight),
        _ => None,
    }
}

/// `12-40 100-130`, as bytes of the text; `all`.
fn spans(value: &str) -> Vec<Span> {
    if value.eq_ignore_ascii_case("all") {
        return vec![Span {
            start: 0,
            end: u32::MAX,
        }];
    }
    let one = |part: &str| {
        let (start, end) = part.split_once('-')?;
        let (start, end) = (start.parse().ok()?, end.parse().ok()?);
        (start < end).then_some(Span { start, end })
    };
    value.split_whitespace().filter_map(one).collect()
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

    /// True where a cell of one of these columns says that nobody knows.
    fn says_unknown(&self, row: &csv::StringRecord, roles: &[Role]) -> bool {
        let mut cells = row.iter().zip(&self.columns);
        cells.any(|(cell, column)| {
            column.is_some_and(|(role, _)| roles.contains(&role)) && is_unknown(cell)
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BODY: &str = "وصلت إلى الميناء أمس السفينة الأولى، من الأسطول الجديد، بعد رحلة دامت ثلاثة أسابيع في البحر المفتوح بين العواصف والأمواج العالية.";

    fn pages(text: &str, extension: &str) -> Result<Pages, SkipReason> {
        let read = read(
            text.as_bytes().to_vec(),
            &Source::named(extension),
            &Watch::silent(),
        );
        read.map_err(|failure| match failure {
            Failure::Skip(reason) => reason,
            Failure::Stopped => unreachable!("nobody stops it"),
        })
    }

    #[test]
    fn columns_by_name_in_both_languages_and_any_mark() {
        let tables = [
            (
                "csv",
                format!("title,text,source,date\nعنوان,\"{BODY}\",مرصد,2031-03-05\n"),
            ),
            (
                "csv",
                format!("\u{FEFF}العنوان;النص;الصحيفة;تاريخ النشر\nعنوان;{BODY};مرصد;5/3/2031\n"),
            ),
            (
                "tsv",
                format!("headline\tbody\toutlet\tpublished_at\nعنوان\t{BODY}\tمرصد\t2031-03-05\n"),
            ),
            (
                "csv",
                format!(
                    "id,headline,articleBody,publisher,datePublished\n1,عنوان,\"{BODY}\",مرصد,2031-03-05\n"
                ),
            ),
        ];
        for (extension, table) in tables {
            let pages = pages(&table, extension).unwrap();
            assert_eq!(pages.pages.len(), 1, "{table}");
            let page = &pages.pages[0];
            assert_eq!(page.text, format!("عنوان\n\n{BODY}"), "{table}");
            assert_eq!(page.part.as_deref(), Some("1"));
            assert_eq!(page.said.outlets[0].value, "مرصد");
            assert!(page.said.published[0].value.contains("2031"));
        }
    }

    #[test]
    fn columns_by_what_stands_in_them() {
        let row = |i: i32| {
            format!(
                "{i},https://almina.example/{i},2031-03-{:02},سفينة رقم {i} تصل إلى الميناء,\"{BODY} {i}\"\n",
                i + 1
            )
        };
        let table: String = (0..6).map(row).collect();
        let pages = pages(&table, "csv").unwrap().pages;
        assert_eq!(pages.len(), 6);
        assert!(
            pages[2]
                .text
                .starts_with("سفينة رقم 2 تصل إلى الميناء\n\nوصلت")
        );
        assert_eq!(pages[2].said.urls[0].value, "https://almina.example/2");
        assert_eq!(pages[2].said.published[0].value, "2031-03-03");
    }

    #[test]
    fn tables_without_texts_say_so_and_tables_about_files_are_read_as_such() {
        assert_eq!(pages("a,b\n1,2\n", "csv"), Err(SkipReason::NoTextColumn));
        let table =
            "file,outlet,date,restored\nsub\\a.txt,مرصد,2031-03-05,3-9 12-20\n./b.txt,,,all\n";
        assert_eq!(pages(table, "csv"), Err(SkipReason::AboutFiles));
        let about = about_files(table.as_bytes().to_vec(), &Watch::silent()).unwrap();
        assert_eq!(about["sub/a.txt"].said.outlets[0].value, "مرصد");
        assert_eq!(
            about["sub/a.txt"].restored,
            [Span::new(3, 9), Span::new(12, 20)]
        );
        assert_eq!(about["b.txt"].restored[0].start, 0);
        let rows = format!("title,text\nعنوان,\"{BODY}\"\nبلا نص,\n");
        let rows = pages(&rows, "csv").unwrap();
        assert_eq!(
            rows.skipped,
            [(None, SkipReason::RowsWithoutText { rows: 1 })]
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[\\PC\n,;\t\"]{0,300}") {
            let _ = pages(&text, "csv");
            let _ = pages(&format!("text,date\n{text}"), "tsv");
            let _ = about_files(format!("file,restored\n{text}").into_bytes(), &Watch::silent());
        }
    }
}
