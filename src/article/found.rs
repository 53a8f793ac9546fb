//! A value with the words it was read from, where they stand, and how sure that makes it. Decides nothing.

use serde::{Deserialize, Serialize};

use super::Span;

/// A value with the text it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    pub value: T,
    /// The text that says so, as it stands there.
    pub evidence: String,
    pub place: Place,
    pub sureness: Sureness,
}

impl<T> Found<T> {
    /// A value that its place tells in so many words.
    pub fn new(value: T, evidence: impl Into<String>, place: Place) -> Self {
        Self {
            value,
            evidence: evidence.into(),
            place,
            sureness: Sureness::Sure,
        }
    }

    #[must_use]
    pub fn sure(self, sureness: Sureness) -> Self {
        Self { sureness, ..self }
    }

    /// The same evidence for another value.
    pub fn with<U>(self, value: U) -> Found<U> {
        Found {
            value,
            evidence: self.evidence,
            place: self.place,
            sureness: self.sureness,
        }
    }
}

/// How far a value can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sureness {
    /// It fits, but another reading would fit as well.
    Unsure,
    /// Where it stands, such words nearly always mean this.
    Likely,
    /// The file says it in so many words, or a person did.
    Sure,
}

impl std::fmt::Display for Sureness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unsure => "unsure",
            Self::Likely => "likely",
            Self::Sure => "sure",
        })
    }
}

/// Where a value was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The name of a folder above the file.
    Folder,
    FileName,
    /// Inside the text, in source coordinates.
    Text(Span),
    /// Beside the text, in what the file or its folder says about it.
    Beside(Origin),
}

/// What says something about an article without being part of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Origin {
    /// A person corrected it.
    Correction,
    /// A `metadata.csv` in the folder.
    MetadataTable,
    FrontMatter,
    /// A column of the table that the article is a row of.
    Column,
    /// A field of the JSON object that the article is.
    Field,
    JsonLd,
    OpenGraph,
    MetaTag,
    /// A `<time>` element, or one that is made for a date.
    TimeTag,
    /// The page's `<title>`.
    TitleTag,
    /// The line of the page's footer that reserves rights.
    Footer,
    /// The page's address.
    Address,
    /// The feed that the article is an item of.
    Feed,
    /// Head lines of a mail, an archive record or a saved page.
    Header,
    /// What an office program or a PDF records about a document.
    Properties,
    /// Other articles of the same outlet decide it.
    Others,
}

impl Place {
    /// The place in words that follow “from”.
    pub fn words(self) -> &'static str {
        match self {
            Self::Folder => "the folder’s name",
            Self::FileName => "the file’s name",
            Self::Text(_) => "the text",
            Self::Beside(origin) => match origin {
                Origin::Correction => "a correction",
                Origin::MetadataTable => "the folder’s metadata table",
                Origin::FrontMatter => "the front matter",
                Origin::Column => "the table’s column",
                Origin::Field => "the JSON field",
                Origin::JsonLd => "the page’s JSON-LD",
                Origin::OpenGraph => "the page’s OpenGraph tag",
                Origin::MetaTag => "the page’s meta tag",
                Origin::TimeTag => "a date on the page",
                Origin::TitleTag => "the page’s title",
                Origin::Footer => "the page’s footer",
                Origin::Address => "the page’s address",
                Origin::Feed => "the feed",
                Origin::Header => "the file’s header",
                Origin::Properties => "the document’s properties",
                Origin::Others => "other articles of the outlet",
            },
        }
    }
}
