//! Which reader a file gets, by its name. A format family is one file beside this one and one arm here.
//! Readers turn bytes into texts; they never look at the file system.

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
const MOST_ARTICLES: usize = 200_000;

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
        matches!(self, Self::Plain(_) | Self::Perhaps(_))
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
    "php",
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
        "mht" | "mhtml" | "eml" => Kind::Read(mhtml::read),
        "json" | "jsonl" | "ndjson" | "jl" => Kind::Read(json::read),
        "csv" | "tsv" | "tab" => Kind::Read(table::read),
        "docx" | "docm" | "dotx" => Kind::Read(docx::read),
        "odt" | "ott" => Kind::Read(odt::read),
        "rtf" => Kind::Read(rtf::read),
        "doc" | "dot" => Kind::Read(doc::read),
        "pdf" => Kind::Read(pdf::read),
        "warc" => Kind::Read(warc::read),
        "rss" | "atom" | "xml" => Kind::Read(feed::read),
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
        assert!(is_readme("sub/README.md") && !is_readme("sub/reader.md"));
        assert!(is_metadata("sub/Meta.csv") && !is_metadata("articles.csv"));
    }
}
