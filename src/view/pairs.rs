//! Two articles with the passages that they share: the rows of the main list.

use std::ops::Range;
use std::sync::Arc;

use jiff::Unit;

use super::facet::changes_of;
use crate::article::{Article, Span};
use crate::reuse::{Findings, PassageKind};
use crate::text;

/// All pairs of the findings, in the findings' order.
#[derive(Clone, Debug, Default)]
pub struct Pairs(pub Vec<Pair>);

/// One pair, with the earlier article first where both dates are known and differ, else by path.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub first: u32,
    pub second: u32,
    /// True where `first` is side `b` of the passages.
    pub swapped: bool,
    /// Into [`Findings::passages`].
    pub passages: Range<usize>,
    /// Shared words, on the side that has fewer.
    pub words: u32,
    /// The part of those that stands in copied passages.
    pub copied: u32,
    /// Share of each article's words that lies in shared passages, 0 to 1.
    pub share_first: f32,
    pub share_second: f32,
    /// Share of the aligned words that are equal, over all passages, 0 to 1.
    pub likeness: f32,
    /// Bins of [`super::Facet::Change`] that occur, as bits.
    pub(super) changes: u32,
    /// Edits that change what is said.
    pub substantive: u32,
    /// Days from the first to the second; `None` unless both are dated.
    pub days_apart: Option<i32>,
    pub family: u32,
}

impl Pair {
    /// Copied when most of what is shared is.
    pub fn kind(&self) -> PassageKind {
        if self.copied * 2 >= self.words {
            PassageKind::Copy
        } else {
            PassageKind::Reworded
        }
    }
}

impl Pairs {
    /// Walks the text of every passage once; for a large folder that is work for a worker.
    pub fn new(articles: &[Arc<Article>], findings: &Findings) -> Self {
        let passages = &findings.passages;
        let mut pairs = Vec::new();
        let mut from = 0;
        for group in
            passages.chunk_by(|x, y| (x.a.article, x.b.article) == (y.a.article, y.b.article))
        {
            let range = from..from + group.len();
            from = range.end;
            let (a, b) = (
                &articles[group[0].a.article as usize],
                &articles[group[0].b.article as usize],
            );
            let words_a = words_in(a, group.iter().map(|p| p.a.span));
            let words_b = words_in(b, group.iter().map(|p| p.b.span));
            let aligned: u32 = group.iter().map(|p| p.words).sum();
            let copied: u32 = group
                .iter()
                .filter(|p| p.kind == PassageKind::Copy)
                .map(|p| p.words)
                .sum();
            let words = aligned.min(words_a).min(words_b);
            let alike: f32 = group.iter().map(|p| p.similarity * p.words as f32).sum();
            let edits = || group.iter().flat_map(|p| &p.edits);
            let changes = edits().map(|edit| match edit.kind {
                kind if swapped(a, b) => kind.mirrored(),
                kind => kind,
            });
            let (changes, swapped) = (changes_of(changes), swapped(a, b));
            let (share_a, share_b) = (share(words_a, a.words), share(words_b, b.words));
            let (first, second) = if swapped { (b, a) } else { (a, b) };
            pairs.push(Pair {
                first: if swapped {
                    group[0].b.article
                } else {
                    group[0].a.article
                },
                second: if swapped {
                    group[0].a.article
                } else {
                    group[0].b.article
                },
                swapped,
                passages: range,
                words,
                copied: copied.min(words),
                share_first: if swapped { share_b } else { share_a },
                share_second: if swapped { share_a } else { share_b },
                likeness: if aligned == 0 {
                    0.0
                } else {
                    alike / aligned as f32
                },
                changes,
                substantive: edits().filter(|edit| edit.kind.is_substantive()).count() as u32,
                days_apart: days_between(first, second),
                family: group[0].family,
            });
        }
        Self(pairs)
    }
}

/// True where side `b` is known to be the earlier one.
fn swapped(a: &Article, b: &Article) -> bool {
    matches!((a.day(), b.day()), (Some(a), Some(b)) if b < a)
}

/// Whole days from the first article's date to the second's.
pub(super) fn days_between(first: &Article, second: &Article) -> Option<i32> {
    let span = first.day()?.until((Unit::Day, second.day()?)).ok()?;
    Some(span.get_days())
}

fn share(part: u32, whole: u32) -> f32 {
    if whole == 0 {
        0.0
    } else {
        (part as f32 / whole as f32).min(1.0)
    }
}

/// Words that lie in at least one of the spans.
fn words_in(article: &Article, spans: impl Iterator<Item = Span>) -> u32 {
    let mut spans: Vec<Span> = spans.collect();
    spans.sort();
    let mut count = 0;
    let mut done = 0;
    for span in spans {
        let from = span.start.max(done);
        if from < span.end {
            let fresh = Span {
                start: from,
                end: span.end,
            };
            count += text::words(fresh.of(&article.text)).count() as u32;
            done = span.end;
        }
    }
    count
}
