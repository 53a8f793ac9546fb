//! CSV and TSV: a row an article. Columns are told by their names, in English and Arabic, and where a table
//! has no names by what stands in them. A table whose rows name files holds no articles: it tells of them.

mod cells;
mod head;

use self::cells::{Row, Rows};
use super::fields::{Role, role};
use super::page::Said;
use super::record::{Record, is_unknown};
use super::{Pages, Source};
use crate::article::{ContentId, FileKind, Origin, ReadingDirection, Span};
use crate::ingest::decode::decode_as;
use crate::ingest::error::{Failure, SkipReason};
use crate::work::Watch;

/// Rows that are looked at to tell the columns of a table without names.
const LOOK_AT: usize = 40;

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
    pages(&Table::new(&text, kind)?, kind, watch)
}

/// A table as Excel saves it as “Unicode text”: cells parted by tabs, under the name of a text.
///
/// # Errors
/// It may be a text as well, or [`read`] fails.
pub(super) fn unicode_text(bytes: Vec<u8>, watch: &Watch) -> Result<Pages, Failure> {
    let text = decode_as(bytes, None, watch)?.text;
    let kind = FileKind::Tsv;
    let table = Table::new(&text, kind)?;
    let fits = |row: Row| (2..=table.width).contains(&row.cells.len());
    let is_sure = table.delimiter == '\t'
        && table.is_named
        && Rows {
            at: 0,
            ..table.rows()
        }
        .all(fits);
    if !is_sure {
        return Err(SkipReason::NoTextColumn.into());
    }
    pages(&table, kind, watch)
}

/// A row an article.
fn pages(table: &Table, kind: FileKind, watch: &Watch) -> Result<Pages, Failure> {
    if !table.holds_texts() {
        return Err(if table.has(Role::File) {
            SkipReason::AboutFiles.into()
        } else {
            SkipReason::NoTextColumn.into()
        });
    }
    let mut pages = Pages::default();
    let (mut without, mut torn, mut first_torn) = (0, 0, 0);
    for (row, number) in table.rows().zip(1..) {
        watch.check()?;
        if pages.is_full() {
            break;
        }
        if table.is_torn(&row) {
            torn += 1;
            first_torn = if torn == 1 { number } else { first_torn };
        }
        match table.record(&row).page(kind, Origin::Column) {
            Some(page) if page.text.chars().any(char::is_alphanumeric) => {
                pages.pages.push(page.part(number.to_string()));
            }
            _ => without += 1,
        }
    }
    pages.cut();
    if without > 0 {
        pages.skip(None, SkipReason::RowsWithoutText { rows: without });
    }
    if torn > 0 {
        let (rows, first) = (torn, first_torn);
        pages.skip(None, SkipReason::TornRows { rows, first });
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
    let table = Table::new(&text, FileKind::Csv)?;
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
    let mut found = Vec::new();
    for row in table.rows() {
        watch.check()?;
        found.extend(about(&row));
    }
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

struct Table<'a> {
    text: &'a str,
    delimiter: char,
    /// Byte at which the first row below the head begins.
    start: usize,
    /// Cells of a row.
    width: usize,
    /// The head names the columns.
    is_named: bool,
    /// What each column tells.
    columns: Vec<Option<(Role, usize)>>,
}

impl<'a> Table<'a> {
    fn new(text: &'a str, kind: FileKind) -> Result<Self, SkipReason> {
        let (text, delimiter) = match head::told_delimiter(text) {
            Some((delimiter, rest)) => (rest, delimiter),
            None => (text, head::delimiter(text, kind)),
        };
        let from_top = |width| {
            let rows = Rows {
                text,
                at: 0,
                delimiter,
                width,
            };
            rows.take(LOOK_AT).collect::<Vec<Row>>()
        };
        let first = from_top(None);
        if first.is_empty() {
            return Err(SkipReason::NoWords);
        }
        let named = head::names(&first);
        let (start, width, columns) = match named {
            Some(at) => {
                let names = &first[at].cells;
                let columns = names.iter().map(|name| role(name)).collect();
                (first[at].end, names.len(), columns)
            }
            None => {
                let width = head::usual_width(&first);
                let (columns, start) = head::unnamed(&from_top(Some(width)));
                (start, width, columns)
            }
        };
        Ok(Self {
            text,
            delimiter,
            start,
            width,
            is_named: named.is_some(),
            columns,
        })
    }

    /// The rows below the head, one by one: all at once would fill the memory.
    fn rows(&self) -> Rows<'a> {
        Rows {
            text: self.text,
            at: self.start,
            delimiter: self.delimiter,
            width: Some(self.width),
        }
    }

    /// The row's cells are not those of the columns.
    fn is_torn(&self, row: &Row) -> bool {
        self.is_named && row.is_torn(self.width)
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

#[cfg(test)]
mod tests {
    use super::super::MOST_ARTICLES;
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

    #[test]
    fn a_table_of_too_many_articles_says_so() {
        let table = format!("title\ttext\n{}", "خبر\tنص\n".repeat(MOST_ARTICLES + 2));
        let pages = pages(&table, "tsv").unwrap();
        assert_eq!(pages.pages.len(), MOST_ARTICLES);
        let most = MOST_ARTICLES;
        assert_eq!(
            pages.skipped,
            [(None, SkipReason::TooManyArticles { most })]
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
