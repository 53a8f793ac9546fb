//! One text of the folder with what is known about it. Plain data: reads no file, decides nothing.
//!
//! Every value that was read off the text carries the words it was read from ([`Found`]), so that the
//! window can say *why* it believes something. What was not found is `None`, never a guess.

mod correction;
mod found;
mod kind;
mod outlet;
mod span;
mod verdict;

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use correction::{ContentId, Correction, Corrections};
pub use found::{Found, Origin, Place, Sureness};
pub use kind::FileKind;
pub use outlet::OutletNames;
pub use span::{CharIndex, Span};
pub use verdict::{Judgement, PairId, Verdict, Verdicts};

/// One text of the folder. Offsets everywhere refer to [`Article::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Relative to the opened folder, `/` between parts.
    pub path: String,
    /// For plain text the whole decoded file without its byte-order mark, line endings as they are; for
    /// formats with markup what was taken out of it.
    pub text: Arc<str>,
    pub kind: FileKind,
    /// The headline, where one stands in the text.
    pub title: Option<Span>,
    /// The headline that is given elsewhere than in the text; it is shown in place of [`Article::title`].
    pub named: Option<Found<String>>,
    /// Who published it.
    pub outlet: Option<Found<String>>,
    /// The agency whose text it is, where the page names one: an article may be printed by one and
    /// credited to another.
    pub credit: Option<Found<String>>,
    pub dates: Dates,
    /// Values that were found too and not believed; each with what it would have been.
    pub disputed: Vec<Disputed>,
    /// The direction that a person has chosen for the text; `None` leaves it to the text.
    pub direction: Option<ReadingDirection>,
    /// Text of the page that is no part of the article: sorted by start, no two overlap.
    pub furniture: Vec<Furniture>,
    /// Words of article text, page furniture left out.
    pub words: u32,
}

/// The three dates of an article. Facets use [`Dates::published`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    pub published: Option<Found<Date>>,
    pub updated: Option<Found<Date>>,
    /// The day on which the page was saved, as the page's own clock shows it.
    pub crawled: Option<Found<Date>>,
}

/// What a value is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    Outlet,
    Credit,
    Published,
    Updated,
    Crawled,
}

/// A value that contradicts the one that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disputed {
    pub aspect: Aspect,
    /// Days are written as in ISO 8601.
    pub found: Found<String>,
}

/// The side at which lines begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadingDirection {
    RightToLeft,
    LeftToRight,
}

/// A stretch of page furniture and the reason for which it is held to be such.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Furniture {
    pub span: Span,
    pub reason: FurnitureReason,
}

/// Why a stretch is page furniture. [`std::fmt::Display`] words it for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FurnitureReason {
    /// A menu, a section name or a ticker's heading above the article.
    Navigation,
    /// The page's own clock.
    PageClock,
    /// A counter of pictures or pages.
    Counter,
    /// Links to other articles, with what stands under them.
    RelatedLinks,
    /// Share buttons, contact lines, addresses of channels.
    Contact,
    /// A notice of the site about itself or the source.
    Notice,
    /// The block of names and values at the head of a Markdown file.
    FrontMatter,
    /// A running head or page number of a printed document.
    RunningHead,
    /// The same words on `pages` of the `of` pages of this outlet.
    Repeated { pages: u32, of: u32 },
}

impl std::fmt::Display for FurnitureReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Navigation => f.write_str("Menu or section name"),
            Self::PageClock => f.write_str("The page’s own clock"),
            Self::Counter => f.write_str("Counter of pictures or pages"),
            Self::RelatedLinks => f.write_str("Links to other articles"),
            Self::Contact => f.write_str("Share or contact line"),
            Self::Notice => f.write_str("Notice of the site"),
            Self::FrontMatter => f.write_str("Front matter"),
            Self::RunningHead => f.write_str("Running head or page number"),
            Self::Repeated { pages, of } => {
                write!(f, "On {pages} of {of} pages of this outlet")
            }
        }
    }
}

impl Article {
    /// An article of which nothing is known yet but its text.
    pub fn bare(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.into(),
            kind: FileKind::default(),
            title: None,
            named: None,
            outlet: None,
            credit: None,
            dates: Dates::default(),
            disputed: Vec::new(),
            direction: None,
            furniture: Vec::new(),
            words: 0,
        }
    }

    /// The value of the outlet, `None` when unknown.
    pub fn outlet_name(&self) -> Option<&str> {
        self.outlet.as_ref().map(|found| found.value.as_str())
    }

    /// The agency that the article is credited to, `None` when the page names none.
    pub fn credit_name(&self) -> Option<&str> {
        self.credit.as_ref().map(|found| found.value.as_str())
    }

    /// The day of publication, `None` when unknown.
    pub fn day(&self) -> Option<Date> {
        self.dates.published.as_ref().map(|found| found.value)
    }

    /// What was found of this aspect too and contradicts what holds.
    pub fn against(&self, aspect: Aspect) -> impl Iterator<Item = &Disputed> {
        self.disputed.iter().filter(move |one| one.aspect == aspect)
    }

    /// The headline's words, `None` where there is none.
    pub fn title_text(&self) -> Option<&str> {
        let given = self.named.as_ref().map(|found| found.value.as_str());
        given.or_else(|| self.title.map(|span| span.of(&self.text).trim()))
    }

    /// The stretches between the page furniture, in order; none is empty.
    pub fn body(&self) -> impl Iterator<Item = Span> + '_ {
        let mut from = 0;
        let ends = self
            .furniture
            .iter()
            .map(|f| f.span)
            .chain(std::iter::once(Span::new(self.text.len(), self.text.len())));
        ends.filter_map(move |gap| {
            let body = (from < gap.start).then_some(Span {
                start: from,
                end: gap.start,
            });
            from = gap.end;
            body
        })
    }
}
