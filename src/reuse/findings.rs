//! What detection hands on: one plain result, the same for the window, the report and the exports.

use serde::{Deserialize, Serialize};

use super::written;
use crate::article::Span;
use crate::work::{Stopped, Watch};

/// All that was found in a folder. Indices refer to the articles in the order they were given, which is
/// by path; everything is sorted, so two runs can be compared as they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// By articles `a` and `b`, then by where they start.
    pub passages: Vec<Passage>,
    /// By their first article. [`Passage::family`] is an index into this list.
    pub families: Vec<Family>,
    /// By article, then by where they start: what may be part of a passage and makes none.
    pub left_out: Vec<LeftOut>,
    /// By their first. Six and more articles that are the same but for a few words: passages pair each with
    /// the one that stands for all, and not with one another.
    pub copies: Vec<Copies>,
}

impl Findings {
    /// As `postcard` writes them, behind `start`.
    ///
    /// # Errors
    /// [`Stopped`] within some milliseconds of being asked to.
    pub fn to_bytes(&self, start: &[u8], watch: &Watch) -> Result<Vec<u8>, Stopped> {
        written::bytes_of(self, start, watch)
    }

    /// What [`Findings::to_bytes`] wrote, without `start`; `None` where the bytes are damaged.
    ///
    /// # Errors
    /// [`Stopped`] within some milliseconds of being asked to.
    pub fn from_bytes(bytes: &[u8], watch: &Watch) -> Result<Option<Self>, Stopped> {
        written::value_of(bytes, watch)
    }
}

/// Articles that are nearly the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copies {
    /// The one that stands for all: any of them, but the same on every run.
    pub first: u32,
    /// The others, ascending.
    pub others: Vec<u32>,
}

/// A stretch that is shared, or may be, and was not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub article: u32,
    pub span: Span,
    pub reason: LeftOutReason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOutReason {
    /// The same words stand in many different surroundings of this folder.
    Formula,
    /// A line that is a date, a dateline or a byline.
    Framing,
    /// A verse of the Quran or a saying of the Prophet, which many quote.
    Scripture,
}

/// A stretch of text that two articles share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// The side whose article comes first by path.
    pub a: Side,
    pub b: Side,
    pub kind: PassageKind,
    /// Aligned words, counted on the shorter side.
    pub words: u32,
    /// Share of aligned words that are equal after folding, 0 to 1.
    pub similarity: f32,
    pub family: u32,
    /// Every difference, in the order of side `a`; but for lines of date, place or author, which are each article's own.
    pub edits: Vec<Edit>,
}

impl Passage {
    /// The same seen from the other side.
    pub(super) fn mirrored(mut self) -> Self {
        for edit in &mut self.edits {
            *edit = edit.mirrored();
        }
        self.edits.sort_by_key(Edit::place);
        Self {
            a: self.b,
            b: self.a,
            ..self
        }
    }
}

/// One article's part in a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    pub article: u32,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassageKind {
    /// Word for word, but for edits.
    Copy,
    /// The same told in other words: names, numbers and phrases are kept.
    Reworded,
}

/// One difference inside a passage. An empty span is the place at which the other side has more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub kind: EditKind,
    pub a: Span,
    pub b: Span,
}

impl Edit {
    /// By which the edits of a passage ascend.
    pub(super) fn place(&self) -> (u32, u32, u32, u32, EditKind) {
        (
            self.a.start,
            self.b.start,
            self.a.end,
            self.b.end,
            self.kind,
        )
    }

    /// The same seen from the other side.
    pub fn mirrored(self) -> Self {
        Self {
            kind: self.kind.mirrored(),
            a: self.b,
            b: self.a,
        }
    }
}

/// What an edit changes, from the least to the most substantial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditKind {
    Quotes,
    Punctuation,
    /// Hamza, alef, ya, ta marbuta, tatweel, diacritics, the transliteration of one name.
    Spelling,
    Numeral,
    Month,
    RelativeDay,
    Moved,
    Reworded,
    Inserted,
    Deleted,
    Attribution,
    Number,
    Name,
}

impl EditKind {
    /// The kind of the same edit read the other way round.
    pub fn mirrored(self) -> Self {
        match self {
            Self::Inserted => Self::Deleted,
            Self::Deleted => Self::Inserted,
            other => other,
        }
    }

    /// True where an edit changes what is said, not only how it is written.
    pub fn is_substantive(self) -> bool {
        match self {
            Self::Quotes
            | Self::Punctuation
            | Self::Spelling
            | Self::Numeral
            | Self::Month
            | Self::RelativeDay => false,
            Self::Moved
            | Self::Reworded
            | Self::Inserted
            | Self::Deleted
            | Self::Attribution
            | Self::Number
            | Self::Name => true,
        }
    }
}

/// All articles that passages connect with one another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// In ascending order, at least two.
    pub articles: Vec<u32>,
}
