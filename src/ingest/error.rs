//! Why a file was left out, and why a folder could not be opened: one line each, for people. Decides
//! nothing.

use serde::{Deserialize, Serialize};

use crate::work::Stopped;

/// A file (or a kind of file) that gave no article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Relative to the opened folder, `/` between parts; `*.jpg` for all files of a kind.
    pub path: String,
    pub reason: SkipReason,
}

/// Why a file gave no article. [`std::fmt::Display`] words it for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum SkipReason {
    #[error("The file is empty")]
    Empty,
    #[error("The file holds no words")]
    NoWords,
    #[error("The file is not text, whatever its name says")]
    NotText,
    #[error("The file is larger than {} MB", limit / (1024 * 1024))]
    TooLarge { limit: u64 },
    #[error("You have no permission to read it")]
    NoPermission,
    #[error("The file was gone before it could be read")]
    Vanished,
    #[error("It could not be read: {0}")]
    Unreadable(String),
    #[error("The link leads nowhere or back to itself")]
    BrokenLink,
    #[error("A link to another folder is not followed; open that folder itself")]
    LinkedFolder,
    #[error("Neither a file nor a folder")]
    Special,
    #[error("Files of the kind .{extension} can’t be read yet")]
    Format { extension: String },
    /// All files of one extension that hold no articles anywhere: pictures, style sheets, programs.
    #[error(
        "{files} {} of a kind that holds no articles",
        if *.files == 1 { "file" } else { "files" }
    )]
    NoArticles { files: usize },
    /// A file of an unknown kind that proved to be no article.
    #[error("A file of an unknown kind, with no Arabic text in it")]
    UnknownKind,
    #[error("About the folder, no article of it")]
    Readme,
    #[error("It is damaged, or something else than its name says ({0})")]
    Malformed(String),
    #[error("It is locked with a password; save it without one")]
    Locked,
    #[error("It unpacks to more than {} MB", limit / (1024 * 1024))]
    UnpacksTooLarge { limit: u64 },
    #[error(
        "It unpacks to more than {} MB: {files} {} left out; unpack it into a folder",
        limit / (1024 * 1024),
        if *.files == 1 { "file of it was" } else { "files of it were" }
    )]
    PartsLeftOut { files: usize, limit: u64 },
    #[error("It holds more than {most} files")]
    TooManyParts { most: usize },
    #[error("It holds more than {most} articles: the others were left out")]
    TooManyArticles { most: usize },
    #[error("Containers within containers are opened {most} deep, no deeper")]
    NestedTooDeep { most: usize },
    #[error("Its elements are nested too deep for a document")]
    TooDeep,
    #[error("There is no article in it")]
    NoArticle,
    #[error("No column of it holds texts; name the column “text”")]
    NoTextColumn,
    #[error("A table about other files: read for what it says of them")]
    AboutFiles,
    #[error("It holds pictures of pages, no text; run text recognition over it first")]
    NoTextInPdf,
    #[error(
        "{lines} {} of it could not be read, the first is number {first}",
        if *.lines == 1 { "record" } else { "records" }
    )]
    BadLines { lines: usize, first: usize },
    #[error(
        "{sheets} {} of it could not be read, the first is number {first}",
        if *.sheets == 1 { "page" } else { "pages" }
    )]
    BadSheets { sheets: usize, first: usize },
    #[error("{rows} {} of it without a text", if *.rows == 1 { "record" } else { "records" })]
    RowsWithoutText { rows: usize },
    #[error(
        "{rows} {} more or fewer cells than its head, the first is number {first}; check the quotation marks",
        if *.rows == 1 { "row of it has" } else { "rows of it have" }
    )]
    TornRows { rows: usize, first: usize },
    #[error(
        "{rows} {} no article of the folder: {}",
        if *.rows == 1 { "row of it names" } else { "rows of it name" },
        some(names, *.rows)
    )]
    NoSuchFiles { rows: usize, names: Vec<String> },
    #[error("Pictures and scripts of the saved page beside it")]
    PageParts,
    #[error(
        "Reading it took longer than {seconds} seconds; save it in another format, or in parts"
    )]
    TookTooLong { seconds: u64 },
    #[error("Reading it failed unexpectedly; please report this file")]
    Failed,
}

impl SkipReason {
    /// True where nothing is missed: the file holds no article, or none of its own.
    pub fn is_no_loss(&self) -> bool {
        matches!(
            self,
            Self::Empty
                | Self::NoWords
                | Self::NoArticles { .. }
                | Self::UnknownKind
                | Self::Readme
                | Self::NoArticle
                | Self::AboutFiles
                | Self::PageParts
        )
    }

    pub(super) fn from_io(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::PermissionDenied => Self::NoPermission,
            std::io::ErrorKind::NotFound => Self::Vanished,
            _ => Self::Unreadable(error.to_string()),
        }
    }
}

/// Why a file was not read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    Stopped,
    Skip(SkipReason),
}

impl From<SkipReason> for Failure {
    fn from(reason: SkipReason) -> Self {
        Self::Skip(reason)
    }
}

impl From<Stopped> for Failure {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// Why a folder could not be opened. [`std::fmt::Display`] says what happened and what to do, in a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("There is no folder at “{path}”. Check the path, or choose the folder again.")]
    NotFound { path: String },
    #[error("“{path}” is a file. Open the folder that it lies in.")]
    NotAFolder { path: String },
    #[error(
        "You have no permission to read “{path}”. Ask its owner, or copy it to a folder of yours."
    )]
    NoPermission { path: String },
    #[error("“{path}” could not be opened: {message}. Check that the drive is connected.")]
    Unreadable { path: String, message: String },
    #[error("There are no files in “{path}”. Choose a folder with articles in it.")]
    NothingInFolder { path: String },
    #[error(
        "None of the files in “{path}” could be read ({}). Choose a folder of articles: text, web pages, documents or tables.",
        first_reason(skipped)
    )]
    NothingReadable { path: String, skipped: Vec<Skipped> },
    #[error("Opening was stopped.")]
    Stopped,
}

impl From<Stopped> for OpenError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// `“a”, “b” and 7 more`.
fn some(names: &[String], all: usize) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    let named = quoted.join(", ");
    match all.saturating_sub(names.len()) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

fn first_reason(skipped: &[Skipped]) -> String {
    match skipped {
        [] => "nothing was found".to_owned(),
        [one] => format!("{}: {}", one.path, one.reason),
        [first, rest @ ..] => format!("{}: {}; {} more", first.path, first.reason, rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_one_line_and_name_the_culprit() {
        let error = OpenError::NothingReadable {
            path: "x".into(),
            skipped: vec![
                Skipped {
                    path: "a.pdf".into(),
                    reason: SkipReason::Format {
                        extension: "pdf".into(),
                    },
                },
                Skipped {
                    path: "*.jpg".into(),
                    reason: SkipReason::NoArticles { files: 1 },
                },
            ],
        };
        let message = error.to_string();
        assert!(message.contains("a.pdf") && message.contains("1 more"));
        assert!(!message.contains('\n'));
        assert_eq!(
            SkipReason::NoArticles { files: 1 }.to_string(),
            "1 file of a kind that holds no articles"
        );
    }
}
