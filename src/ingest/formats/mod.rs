//! Which reader a file gets, by its name, and by its first bytes where the name promises little. A format family
//! is one file beside this one and one arm here. Readers turn bytes into texts; they never look at the file system.

mod doc;
mod docx;
mod feed;
pub(super) mod fields;
#[cfg(test)]
mod fuzz;
mod html;
mod json;
mod markdown;
mod mhtml;
mod odt;
mod office;
mod openiti;
mod page;
mod pdf;
mod record;
mod rtf;
pub(super) mod table;
mod txt;
mod warc;
mod xml;

use std::path::Path;

use super::error::{Failure, SkipReason};
use crate::work::Watch;

pub(super) use page::{Claim, Page, Said};

/// What a reader is told about the bytes besides the bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Source {
    /// Extension of the file's name, in lower case.
    pub extension: String,
    /// The charset that whoever holds the bytes says they are in.
    pub charset: Option<String>,
}

impl Source {
    pub fn named(extension: &str) -> Self {
        Self {
            extension: extension.to_owned(),
            charset: None,
        }
    }
}

/// More articles in one file would fill the memory, however short they are.
pub(super) const MOST_ARTICLES: usize = 200_000;

/// The articles of a file, and what in it gave none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pages {
    pub pages: Vec<Page>,
    /// With the part that the reason is about; `None` for the file as a whole.
    pub skipped: Vec<(Option<String>, SkipReason)>,
}

impl Pages {
    fn one(page: Page) -> Self {
        Self {
            pages: vec![page],
            skipped: Vec::new(),
        }
    }

    /// More articles than a file may give.
    pub fn is_full(&self) -> bool {
        self.pages.len() > MOST_ARTICLES
    }

    /// Leaves out what is more than [`MOST_ARTICLES`], and says so.
    pub fn cut(&mut self) {
        if self.is_full() {
            self.pages.truncate(MOST_ARTICLES);
            let most = MOST_ARTICLES;
            self.skip(None, SkipReason::TooManyArticles { most });
        }
    }

    fn skip(&mut self, part: Option<String>, reason: SkipReason) {
        self.skipped.push((part, reason));
    }
}

/// The bytes of a whole file → its articles. Asks the watch as it goes.
pub(super) type Reader = fn(Vec<u8>, &Source, &Watch) -> Result<Pages, Failure>;

/// What a file's name promises.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Read(Reader),
    /// Plain text, whose reader is ours and asks the watch.
    Plain(Reader),
    /// An unknown extension, or none: an article if it is Arabic text, otherwise no loss.
    Perhaps(Reader),
    /// Holds other files.
    Container(Container),
    /// May hold articles, in a format that has no reader.
    Later,
    NoArticles,
}

impl Kind {
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Plain(_))
    }

    /// What the bytes prove a file to be whose name says no more than that it may be a text.
    pub fn told_by(self, bytes: &[u8]) -> Self {
        if !matches!(self, Self::Plain(_) | Self::Perhaps(_)) {
            return self;
        }
        let head = head(bytes);
        let is_json = |open: char, next: char| {
            let rest = head.strip_prefix(open).map(str::trim_start);
            rest.is_some_and(|rest| rest.starts_with(next))
        };
        if bytes.starts_with(b"{\\rtf") {
            Self::Read(rtf::read)
        } else if bytes.starts_with(b"%PDF-") {
            Self::Read(pdf::read)
        } else if is_page(&head) {
            Self::Read(html::read)
        } else if is_json('{', '"') || is_json('[', '{') {
            match self {
                Self::Plain(_) => Self::Read(json_or_text),
                _ => Self::Perhaps(json_or_text),
            }
        } else if self.is_plain() && is_utf16(bytes) && head.contains('\t') {
            Self::Read(table_or_text)
        } else {
            self
        }
    }
}

/// Bytes at the head of a file that show what it is.
const HEAD: usize = 1024;

/// The first letters in any of the encodings that keep ASCII, in lower case.
fn head(bytes: &[u8]) -> String {
    let ascii = bytes
        .iter()
        .take(HEAD)
        .filter(|byte| matches!(byte, 1..=127));
    let head: String = ascii
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    head.trim_start().to_owned()
}

fn is_page(head: &str) -> bool {
    let mut head = head;
    // Who saved it, and that it is XML.
    while let Some(rest) = head
        .strip_prefix("<!--")
        .and_then(|rest| rest.split_once("-->"))
        .or_else(|| {
            head.strip_prefix("<?xml")
                .and_then(|rest| rest.split_once("?>"))
        })
    {
        head = rest.1.trim_start();
    }
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| head.starts_with(tag))
}

/// A page that a program made and that was saved under the program's name; the program itself is none.
fn page_of_program(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    if is_page(&head(&bytes)) {
        html::read(bytes, source, watch)
    } else {
        Err(SkipReason::NoArticle.into())
    }
}

/// A page that was saved as the XML that it is, too.
fn page_or_feed(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    if is_page(&head(&bytes)) {
        html::read(bytes, source, watch)
    } else {
        feed::read(bytes, source, watch)
    }
}

fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF")
}

fn table_or_text(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    match table::unicode_text(bytes.clone(), watch) {
        Err(Failure::Skip(_)) => txt::read(bytes, source, watch),
        read => read,
    }
}

fn json_or_text(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    match json::read(bytes.clone(), source, watch) {
        Err(Failure::Skip(_)) => txt::read(bytes, source, watch),
        read => read,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// One file, named like this one without its last extension.
    Gzip,
    Zip,
}

/// Formats in which people keep articles and that have no reader.
const LATER: &[&str] = &[
    "xls",
    "xlsx",
    "ods",
    "epub",
    "7z",
    "rar",
    "tar",
    "tgz",
    "bz2",
    "xz",
    "zst",
    "tex",
    "srt",
    "pages",
    "ppt",
    "pptx",
    "mobi",
    "djvu",
    "webarchive",
    "mbox",
];

/// What lies beside articles and never is one.
const NO_ARTICLES: &[&str] = &[
    "jpg",
    "jpeg",
    "png",
    "gif",
    "webp",
    "svg",
    "ico",
    "bmp",
    "tif",
    "tiff",
    "heic",
    "avif",
    "mp3",
    "mp4",
    "m4a",
    "wav",
    "ogg",
    "mov",
    "avi",
    "mkv",
    "webm",
    "css",
    "js",
    "mjs",
    "ts",
    "py",
    "rs",
    "sh",
    "bat",
    "exe",
    "dll",
    "so",
    "bin",
    "dat",
    "db",
    "sqlite",
    "ini",
    "cfg",
    "toml",
    "yaml",
    "yml",
    "lock",
    "log",
    "tmp",
    "bak",
    "lnk",
    "url",
    "woff",
    "woff2",
    "ttf",
    "otf",
    "eot",
    "map",
    "ipynb",
    "ann",
    "part",
    "crdownload",
    "swp",
    "redb",
];

pub(super) fn kind(path: &Path) -> Kind {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.ends_with('~') || name.starts_with("~$") || &*name == "Thumbs.db" {
        return Kind::NoArticles;
    }
    let extension = extension(path);
    match extension.as_str() {
        "txt" | "text" => Kind::Plain(txt::read),
        "md" | "markdown" => Kind::Read(txt::read),
        "html" | "htm" | "xhtml" | "xht" | "shtml" => Kind::Read(html::read),
        "php" | "asp" | "aspx" | "jsp" | "cfm" => Kind::Read(page_of_program),
        "mht" | "mhtml" | "eml" => Kind::Read(mhtml::read),
        "json" | "jsonl" | "ndjson" | "jl" => Kind::Read(json::read),
        "csv" | "tsv" | "tab" => Kind::Read(table::read),
        "docx" | "docm" | "dotx" => Kind::Read(docx::read),
        "odt" | "ott" => Kind::Read(odt::read),
        "rtf" => Kind::Read(rtf::read),
        "doc" | "dot" => Kind::Read(doc::read),
        "pdf" => Kind::Read(pdf::read),
        "warc" => Kind::Read(warc::read),
        "rss" | "atom" | "xml" => Kind::Read(page_or_feed),
        "gz" => Kind::Container(Container::Gzip),
        "zip" => Kind::Container(Container::Zip),
        known if LATER.contains(&known) => Kind::Later,
        known if NO_ARTICLES.contains(&known) => Kind::NoArticles,
        _ => Kind::Perhaps(txt::read),
    }
}

/// A name's extension in lower case, empty where it has none.
pub(super) fn extension(path: &Path) -> String {
    path.extension()
        .map(|extension| extension.to_string_lossy().to_lowercase())
        .unwrap_or_default()
}

/// True for the names that people give to notes about a folder.
pub(super) fn is_readme(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let stem = name.split('.').next().unwrap_or(&name);
    matches!(
        stem,
        "readme"
            | "license"
            | "licence"
            | "copying"
            | "changelog"
            | "contributing"
            | "notice"
            | "authors"
            | "citation"
    )
}

/// True for the names of tables that tell of the files beside them.
pub(super) fn is_metadata(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    matches!(
        name.as_str(),
        "metadata.csv"
            | "meta.csv"
            | "metadata.tsv"
            | "meta.tsv"
            | "muqabala.csv"
            | "index.csv"
            | "files.csv"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide_the_reader() {
        let of = |name: &str| kind(Path::new(name));
        assert!(matches!(of("a/خبر.TXT"), Kind::Plain(_)));
        assert!(matches!(of("x.PDF"), Kind::Read(_)));
        assert!(matches!(of("0310Author.Book-ara1"), Kind::Perhaps(_)));
        assert!(matches!(of("بلا امتداد"), Kind::Perhaps(_)));
        assert!(matches!(of("x.jsonl.gz"), Kind::Container(Container::Gzip)));
        assert!(matches!(of("x.XLSX"), Kind::Later));
        assert!(matches!(of("x.txt~"), Kind::NoArticles));
        assert!(matches!(of("index.php"), Kind::Read(_)));
        assert!(is_readme("sub/README.md") && !is_readme("sub/reader.md"));
        assert!(is_metadata("sub/Meta.csv") && !is_metadata("articles.csv"));
    }

    #[test]
    fn what_excel_calls_a_text_is_a_table_if_that_is_sure() {
        const BODY: &str = "وصلت إلى الميناء أمس السفينة الأولى من الأسطول الجديد بعد رحلة طويلة.";
        let read = |text: &str| {
            let wide = std::iter::once(0xFEFF).chain(text.encode_utf16());
            let bytes: Vec<u8> = wide.flat_map(u16::to_le_bytes).collect();
            let kind = kind(Path::new("a.txt"));
            let pages = super::super::unpack::pages("a.txt", bytes, kind, &Watch::silent());
            let texts = pages.unwrap().pages.into_iter().map(|page| page.text);
            texts.collect::<Vec<_>>()
        };
        let table = format!(
            "العنوان\tالنص\tالصحيفة\r\nأول\t\"{BODY}\nوقال \"\"نعم\"\".\"\tمرصد\r\nثان\t{BODY}\tمرصد\r\n"
        );
        assert_eq!(
            read(&table),
            [
                format!("أول\n\n{BODY}\nوقال \"نعم\"."),
                format!("ثان\n\n{BODY}")
            ]
        );
        for text in [
            format!("العنوان\tالنص\tالصحيفة\r\n{BODY}\r\nثان\t{BODY}\tمرصد\r\n"),
            format!("سفينة\tقمح\r\nأول\t{BODY}\r\n"),
            format!("مرصد الميناء\r\nالعنوان\tالنص\r\nأول\t{BODY}\r\n"),
            format!("\t{BODY}\r\n\t{BODY}\r\n"),
        ] {
            assert_eq!(read(&text), [text.as_str()]);
        }
    }

    #[test]
    fn first_bytes_decide_where_the_name_says_little() {
        const BODY: &str = "وصلت إلى الميناء أمس السفينة الأولى من الأسطول الجديد بعد رحلة طويلة.";
        let page = format!("<!DOCTYPE html>\n<html><body><p>{BODY}</p></body></html>");
        let saved = format!("<!-- saved from url=(0020)http://a.example/ -->\r\n{page}");
        let wide: Vec<u8> = std::iter::once('\u{FEFF}')
            .chain(page.chars())
            .flat_map(|c| (c as u16).to_le_bytes())
            .collect();
        let rtf = format!(
            "{{\\rtf1\\ansi\\uc0 {}}}",
            BODY.chars()
                .map(|c| format!("\\u{} ", c as u32))
                .collect::<String>()
        );
        let json = format!("{{\"text\": \"{BODY}\"}}");
        let read = |name: &str, bytes: &[u8]| {
            let kind = kind(Path::new(name));
            let pages = super::super::unpack::pages(name, bytes.to_vec(), kind, &Watch::silent());
            pages.map(|pages| pages.pages[0].text.trim().replace("  ", " "))
        };
        for name in [
            "a.txt",
            "a.html.1",
            "a",
            "index.php?id=5",
            "a.aspx",
            "a.php",
            "a.xml",
            "a.xhtml",
        ] {
            for bytes in [page.as_bytes(), saved.as_bytes(), &wide] {
                assert_eq!(read(name, bytes).unwrap(), BODY, "{name}");
            }
        }
        for name in ["a.txt", "a"] {
            assert_eq!(read(name, json.as_bytes()).unwrap(), BODY, "{name}");
            assert!(
                !read(name, rtf.as_bytes()).unwrap().contains("rtf"),
                "{name}"
            );
            for text in [format!("[{{ {BODY}"), format!("{{\"{BODY}\"")] {
                assert_eq!(read(name, text.as_bytes()).unwrap(), text);
            }
        }
        // What is closed where it is opened holds nothing.
        let xml = format!(
            "<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/>\
             <script src=\"a.js\"/></head><body><p>{BODY}<br/></p></body></html>"
        );
        for name in ["a.xml", "a.xhtml", "a.xht"] {
            assert_eq!(read(name, xml.as_bytes()).unwrap(), BODY, "{name}");
        }
        let program = format!("<?php echo '{BODY}'; ?>");
        for name in ["a.php", "a.jsp"] {
            let read = read(name, program.as_bytes());
            assert_eq!(read, Err(SkipReason::NoArticle.into()));
        }
    }
}
