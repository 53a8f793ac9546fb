//! The kinds of files that articles come in. Names them; how each is read is for `ingest` to know.

use serde::{Deserialize, Serialize};

/// The kind of the file that an article was read from; of what lies inside, for a container.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum FileKind {
    #[default]
    Text,
    Markdown,
    Html,
    /// A page saved as one file (MHTML).
    Mhtml,
    Json,
    /// One JSON object a line.
    Jsonl,
    Csv,
    Tsv,
    Docx,
    Odt,
    Rtf,
    /// Word before 2007.
    Doc,
    Pdf,
    /// A web archive.
    Warc,
    /// RSS or Atom.
    Feed,
    Mail,
}

impl FileKind {
    /// Short name, as file extensions have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Doc => "doc",
            Self::Pdf => "pdf",
            Self::Warc => "warc",
            Self::Feed => "rss",
            Self::Mail => "eml",
        }
    }

    /// True where an article's text is the decoded file itself; elsewhere it was taken out of markup.
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Text | Self::Markdown)
    }
}
