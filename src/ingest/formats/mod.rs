//! Which reader a file gets, by its name. A format family is one file beside this one and one arm here.
//! Readers turn bytes into texts; they never look at the file system.

mod txt;

use std::path::Path;

use super::error::Failure;
use crate::work::Watch;

/// One article as its file holds it. A table gives one for each row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// What tells this article from the others of its file: `17` in `export.csv#17`.
    pub part: Option<String>,
    pub text: String,
}

/// The bytes of a whole file → its articles. Asks the watch as it goes.
pub(super) type Reader = fn(Vec<u8>, &Watch) -> Result<Vec<Page>, Failure>;

/// What a file's name promises.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Read(Reader),
    /// An unknown extension, or none: an article if it is Arabic text, otherwise no loss.
    Perhaps(Reader),
    /// May hold articles, in a format that has no reader.
    Later {
        extension: String,
    },
    NoArticles {
        extension: String,
    },
}

/// Formats in which people keep articles and that have no reader so far.
const LATER: &[&str] = &[
    "html", "htm", "xhtml", "mht", "mhtml", "xml", "rss", "json", "jsonl", "ndjson", "csv", "tsv",
    "xls", "xlsx", "ods", "doc", "docx", "odt", "rtf", "pdf", "epub", "warc", "gz", "zip", "7z",
    "rar", "tar", "bz2", "xz", "zst", "eml", "tex", "srt",
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
    "ppt",
    "pptx",
    "part",
    "crdownload",
    "swp",
];

pub(super) fn kind(path: &Path) -> Kind {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    if name.ends_with('~') || name.starts_with("~$") || &*name == "Thumbs.db" {
        return Kind::NoArticles { extension };
    }
    match extension.as_str() {
        "txt" | "text" | "md" | "markdown" => Kind::Read(txt::read),
        known if LATER.contains(&known) => Kind::Later { extension },
        known if NO_ARTICLES.contains(&known) => Kind::NoArticles { extension },
        _ => Kind::Perhaps(txt::read),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide_the_reader() {
        let of = |name: &str| kind(Path::new(name));
        assert!(matches!(of("a/خبر.TXT"), Kind::Read(_)));
        assert!(matches!(of("0310Author.Book-ara1"), Kind::Perhaps(_)));
        assert!(matches!(of("بلا امتداد"), Kind::Perhaps(_)));
        assert!(matches!(of("x.PDF"), Kind::Later { extension } if extension == "pdf"));
        assert!(matches!(of("x.txt~"), Kind::NoArticles { .. }));
        assert!(is_readme("sub/README.md") && !is_readme("sub/reader.md"));
    }
}
