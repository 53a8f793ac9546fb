//! Two articles side by side, as data: numbered passages, edits, page furniture, what the pair says.

use std::sync::Arc;

use jiff::civil::Date;

use super::Pair;
use super::pairs::days_between;
use crate::article::{Article, Furniture, Span};
use crate::reuse::{EditKind, Findings, PassageKind};

/// Index of a pane: the first article stands at the right, where reading begins.
pub const FIRST: usize = 0;
pub const SECOND: usize = 1;

/// A pair ready to be shown. Arrays hold the first article's part, then the second's.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Indices into the articles.
    pub articles: [u32; 2],
    /// By where they start in the first article; a passage's number is its index plus one, on both sides.
    pub passages: Vec<Shared>,
    /// Shared words, on the side that has fewer.
    pub words: u32,
    /// Share of each article that lies in passages, 0 to 1.
    pub shares: [f32; 2],
    pub order: DateOrder,
}

/// A passage as the two panes show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    pub spans: [Span; 2],
    pub kind: PassageKind,
    pub words: u32,
    pub similarity: f32,
    /// By where they stand in the first article.
    pub edits: Vec<SharedEdit>,
}

/// One difference, told from the first article to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedEdit {
    pub kind: EditKind,
    pub spans: [Span; 2],
}

/// What the dates say about which came first, and what they don't.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    SameDay(Date),
    /// Whole days from the first article to the second; never negative.
    Apart(i32),
    /// At least one is undated: which ones are dated.
    Unknown([bool; 2]),
}

/// A stretch of one pane that is painted apart from plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Passage {
        index: usize,
        span: Span,
    },
    Edit {
        passage: usize,
        index: usize,
        span: Span,
    },
    Furniture(Span),
}

impl Comparison {
    pub fn new(articles: &[Arc<Article>], findings: &Findings, pair: &Pair) -> Self {
        let side = |a, b| if pair.swapped { [b, a] } else { [a, b] };
        let mut passages: Vec<Shared> = findings.passages[pair.passages.clone()]
            .iter()
            .map(|passage| {
                let mut edits: Vec<SharedEdit> = passage
                    .edits
                    .iter()
                    .map(|edit| SharedEdit {
                        kind: if pair.swapped {
                            mirrored(edit.kind)
                        } else {
                            edit.kind
                        },
                        spans: side(edit.a, edit.b),
                    })
                    .collect();
                edits.sort_by_key(|edit| edit.spans);
                Shared {
                    spans: side(passage.a.span, passage.b.span),
                    kind: passage.kind,
                    words: passage.words,
                    similarity: passage.similarity,
                    edits,
                }
            })
            .collect();
        passages.sort_by_key(|passage| passage.spans);
        let [first, second] = [pair.first, pair.second].map(|i| articles[i as usize].as_ref());
        Self {
            articles: [pair.first, pair.second],
            passages,
            words: pair.words,
            shares: [pair.share_first, pair.share_second],
            order: match (first.day(), second.day(), days_between(first, second)) {
                (Some(day), _, Some(0)) => DateOrder::SameDay(day),
                (_, _, Some(days)) => DateOrder::Apart(days),
                (first, second, None) => DateOrder::Unknown([first.is_some(), second.is_some()]),
            },
        }
    }

    /// The same pair with the sides exchanged.
    pub fn swapped(mut self) -> Self {
        self.articles.swap(FIRST, SECOND);
        self.shares.swap(FIRST, SECOND);
        for passage in &mut self.passages {
            passage.spans.swap(FIRST, SECOND);
            for edit in &mut passage.edits {
                edit.kind = mirrored(edit.kind);
                edit.spans.swap(FIRST, SECOND);
            }
            passage.edits.sort_by_key(|edit| edit.spans);
        }
        self.passages.sort_by_key(|passage| passage.spans);
        self.order = match self.order {
            DateOrder::Apart(days) => DateOrder::Apart(-days),
            DateOrder::Unknown([first, second]) => DateOrder::Unknown([second, first]),
            same => same,
        };
        self
    }

    /// What to paint in a pane, by start; where several begin together, the longer first, so that the
    /// smaller is painted above it.
    pub fn marks(&self, pane: usize, furniture: &[Furniture]) -> Vec<Mark> {
        let mut marks: Vec<Mark> = furniture.iter().map(|f| Mark::Furniture(f.span)).collect();
        for (index, passage) in self.passages.iter().enumerate() {
            marks.push(Mark::Passage {
                index,
                span: passage.spans[pane],
            });
            marks.extend(
                passage
                    .edits
                    .iter()
                    .enumerate()
                    .map(|(edit, e)| Mark::Edit {
                        passage: index,
                        index: edit,
                        span: e.spans[pane],
                    }),
            );
        }
        marks.sort_by_key(|mark| {
            let span = mark.span();
            (span.start, std::cmp::Reverse(span.end))
        });
        marks
    }

    /// The passage at a byte of a pane; where several overlap, the shortest.
    pub fn passage_at(&self, pane: usize, byte: usize) -> Option<usize> {
        (0..self.passages.len())
            .filter(|&i| self.passages[i].spans[pane].contains(byte))
            .min_by_key(|&i| self.passages[i].spans[pane].len())
    }

    /// The edit at a byte of a pane, as passage and edit; where several overlap, the shortest.
    pub fn edit_at(&self, pane: usize, byte: usize) -> Option<(usize, usize)> {
        let edits = self
            .passages
            .iter()
            .enumerate()
            .flat_map(|(passage, shared)| {
                shared
                    .edits
                    .iter()
                    .enumerate()
                    .map(move |(index, edit)| ((passage, index), edit.spans[pane]))
            });
        edits
            .filter(|(_, span)| span.contains(byte))
            .min_by_key(|(_, span)| span.len())
            .map(|(place, _)| place)
    }

    /// How often each kind of edit occurs in the pair, kinds without any left out.
    pub fn edit_counts(&self) -> Vec<(EditKind, usize)> {
        let mut counts = std::collections::BTreeMap::new();
        for edit in self.passages.iter().flat_map(|passage| &passage.edits) {
            *counts.entry(edit.kind).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }
}

impl Mark {
    pub fn span(self) -> Span {
        match self {
            Self::Passage { span, .. } | Self::Edit { span, .. } | Self::Furniture(span) => span,
        }
    }
}

/// The kind of an edit read the other way round.
pub(super) fn mirrored(kind: EditKind) -> EditKind {
    match kind {
        EditKind::Inserted => EditKind::Deleted,
        EditKind::Deleted => EditKind::Inserted,
        other => other,
    }
}
