//! CSV and TSV: a row an article. Columns are told by their names, in English and Arabic, and where a table
//! has no names by what stands in them. A table whose rows name files holds no articles: it tells of them.

mod cells;

use std::collections::BTreeMap;

use self::cells::{Row, Rows};
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
/// Rows from the top among which the names of the columns stand: exports begin with titles.
const HEAD: usize = 6;
/// Characters of the longest name of a column.
const LONGEST_NAME: usize = 40;
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
    if !table.holds_texts() {
        return Err(if table.has(Role::File) {
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
    if let Some(first) = table.torn.first() {
        pages.skip(
            None,
            SkipReason::TornRows {
                rows: table.torn.len(),
                first: first + 1,
            },
        );
    }
    Ok(pages)
}

/// A row that tells of a file.
#[derive(Debug)]
pub(in crate::ingest) struct AboutFile {
    /// The file's name as it is written, with `/`.
    pub file: String,
    pub content: Option<ContentId>,
    pub about: About,
}

/// What a table says of the files that its rows name; and whether it is about nothing else.
///
/// # Errors
/// The bytes are no text or no table; or the job was stopped.
pub(in crate::ingest) fn about_files(
    bytes: Vec<u8>,
    watch: &Watch,
) -> Result<(Vec<AboutFile>, bool), Failure> {
    let text = decode_as(bytes, None, watch)?.text;
    let table = Table::new(&text, FileKind::Csv, watch)?;
    let about = |row: &Row| {
        let record = table.record(row);
        let file = record.best(Role::File)?.replace('\\', "/");
        let content = record.best(Role::Content);
        Some(AboutFile {
            file: file.trim_start_matches("./").to_owned(),
            content: content.and_then(|hex| ContentId::from_str_radix(hex, 16).ok()),
            about: About {
                said: record.said(Origin::MetadataTable),
                title: record.best(Role::Title).map(str::to_owned),
                direction: record.best(Role::Direction).and_then(direction),
                restored: record.best(Role::Restored).map(spans).unwrap_or_default(),
                unknown: [
                    table.says_unknown(row, &[Role::Outlet, Role::Source]),
                    table.says_unknown(row, &[Role::Published]),
                    table.says_unknown(row, &[Role::Title]),
                ],
            },
        })
    };
    let found = table.rows.iter().filter_map(about).collect();
    Ok((found, !table.holds_texts()))
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
    rows: Vec<Row>,
    /// Rows whose cells are not those of the columns, as indices.
    torn: Vec<usize>,
}

impl Table {
    fn new(text: &str, kind: FileKind, watch: &Watch) -> Result<Self, Failure> {
        let (text, delimiter) = match told_delimiter(text) {
            Some((delimiter, rest)) => (rest, delimiter),
            None => (text, delimiter(text, kind)),
        };
        let from = |at, width| Rows {
            text,
            at,
            delimiter,
            width,
        };
        let first: Vec<Row> = from(0, None).take(LOOK_AT).collect();
        if first.is_empty() {
            return Err(SkipReason::NoWords.into());
        }
        let named = names(&first);
        let (start, width) = match named {
            Some(at) => (first[at].end, first[at].cells.len()),
            None => (0, usual_width(&first)),
        };
        let mut rows = Vec::new();
        for row in from(start, Some(width)) {
            if rows.len().is_multiple_of(256) {
                watch.check()?;
            }
            rows.push(row);
        }
        let columns = match named {
            Some(at) => first[at].cells.iter().map(|name| role(name)).collect(),
            None => unnamed(&mut rows),
        };
        let torn = (0..rows.len()).filter(|i| named.is_some() && rows[*i].is_torn(width));
        Ok(Self {
            torn: torn.collect(),
            columns,
            rows,
        })
    }

    fn has(&self, wanted: Role) -> bool {
        let mut roles = self.columns.iter().flatten();
        roles.any(|(role, _)| *role == wanted)
    }

    fn holds_texts(&self) -> bool {
        self.has(Role::Text) || self.has(Role::Lead) && self.has(Role::Title)
    }

    /// True where a cell of one of these columns says that nobody knows.
    fn says_unknown(&self, row: &Row, roles: &[Role]) -> bool {
        let mut cells = row.cells.iter().zip(&self.columns);
        cells.any(|(cell, column)| {
            column.is_some_and(|(role, _)| roles.contains(&role)) && is_unknown(cell)
        })
    }

    fn record(&self, row: &Row) -> Record {
        let mut record = Record::default();
        for (cell, column) in row.cells.iter().zip(&self.columns) {
            if let Some((role, rank)) = column {
                record.push_as(*role, *rank, cell);
            }
        }
        record
    }
}

/// The row that names the columns: the first below titles that names the most.
fn names(rows: &[Row]) -> Option<usize> {
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
fn usual_width(rows: &[Row]) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.cells.len()).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map_or(0, |(width, _)| width)
}

/// `sep=;`, with which a table tells its delimiter to Excel, and the text below it.
fn told_delimiter(text: &str) -> Option<(char, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let mut told = line.trim_matches(['"', '\r', ' ']).chars();
    let sep = told.by_ref().take(4).collect::<String>();
    let mark = told.next().filter(char::is_ascii)?;
    (sep.eq_ignore_ascii_case("sep=") && told.next().is_none()).then_some((mark, rest))
}

/// The mark that parts the head of the table most often.
fn delimiter(text: &str, kind: FileKind) -> char {
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

/// What the columns of a table tell that names none, or that gives them names that mean nothing: such a head goes.
fn unnamed(rows: &mut Vec<Row>) -> Vec<Option<(Role, usize)>> {
    let below = by_content(rows.get(1..).unwrap_or_default());
    let is_head = |row: &Row| {
        let mut told = row.cells.iter().zip(&below);
        is_short(row)
            && told.all(|(cell, told)| match told {
                Some((Role::Text, _)) => !cell.trim().is_empty(),
                Some((Role::Url, _)) => !is_url(cell),
                Some((Role::Published, _)) => dates::value(cell).is_none(),
                _ => true,
            })
    };
    let has_texts = below.iter().flatten().any(|(role, _)| *role == Role::Text);
    if has_texts && rows.first().is_some_and(is_head) {
        rows.remove(0);
        return below;
    }
    by_content(rows)
}

/// What stands in the columns of a table without names.
fn by_content(rows: &[Row]) -> Vec<Option<(Role, usize)>> {
    let rows = &rows[..rows.len().min(LOOK_AT)];
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
        let (about, only) = about_files(table.as_bytes().to_vec(), &Watch::silent()).unwrap();
        let files: Vec<&str> = about.iter().map(|row| row.file.as_str()).collect();
        assert_eq!((&files[..], only), (&["sub/a.txt", "b.txt"][..], true));
        assert_eq!(about[0].about.said.outlets[0].value, "مرصد");
        assert_eq!(
            about[0].about.restored,
            [Span::new(3, 9), Span::new(12, 20)]
        );
        assert_eq!(about[1].about.restored[0].start, 0);
        let rows = format!("title,text\nعنوان,\"{BODY}\"\nبلا نص,\n");
        let rows = pages(&rows, "csv").unwrap();
        assert_eq!(
            rows.skipped,
            [(None, SkipReason::RowsWithoutText { rows: 1 })]
        );
    }

    #[test]
    fn what_excel_writes_above_the_rows() {
        let row = |i: i32| format!("سفينة رقم {i} تصل إلى الميناء;{BODY};مرصد;2031-03-0{i}\n");
        let rows: String = (1..4).map(row).collect();
        for head in [
            "sep=;\nالعنوان;النص;الصحيفة;التاريخ\n",
            "\"sep=;\"\r\ntitle;text;outlet;date\r\n",
            "تقرير الرصد;;;\n;;;\nالعنوان;النص;الصحيفة;التاريخ\n",
            "الخبر\nعن آذار;;;2031\nالعنوان;النص;الصحيفة;التاريخ\n",
            "a;b;c;d\n",
            "",
        ] {
            let pages = pages(&format!("{head}{rows}"), "csv").unwrap();
            assert_eq!(pages.pages.len(), 3, "{head}");
            assert_eq!(pages.skipped, [], "{head}");
            let page = &pages.pages[0];
            assert_eq!(page.part.as_deref(), Some("1"), "{head}");
            let text = format!("سفينة رقم 1 تصل إلى الميناء\n\n{BODY}");
            assert_eq!(page.text, text, "{head}");
            assert_eq!(page.said.published[0].value, "2031-03-01", "{head}");
        }
    }

    #[test]
    fn a_mark_too_few_takes_no_rows_along() {
        let table = format!(
            "title\ttext\toutlet\nأول\t\"السفينة\" هنا: {BODY}\tمرصد\nثان\t\"أخيرا {BODY}\tمرصد\nثالث\t{BODY}\tمرصد\n"
        );
        let found = pages(&table, "tsv").unwrap();
        assert_eq!((found.pages.len(), found.skipped), (3, vec![]));
        assert!(found.pages[0].text.contains("\"السفينة\" هنا"));
        let torn = format!("title,text,outlet\nأول,{BODY} ,مرصد\nثان,قال, {BODY},مرصد\n");
        let reason = SkipReason::TornRows { rows: 1, first: 2 };
        assert_eq!(pages(&torn, "csv").unwrap().skipped, [(None, reason)]);
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
