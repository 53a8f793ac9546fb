//! Two articles side by side, as data: numbered passages, edits, page furniture, what the pair says.

use std::sync::Arc;

use jiff::civil::Date;

use super::Pair;
use super::letters::changed_letters;
use super::pairs::days_between;
use crate::article::{Article, Furniture, Span};
use crate::reuse::{Edit, EditKind, Findings, LeftOut, LeftOutReason, Passage, PassageKind};
use crate::text;

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
    /// What may be part of a passage and makes none, by where it starts.
    pub left_out: [Vec<LeftOut>; 2],
    /// Where the two share no passage: the strongest thing they have in common.
    pub candidate: Option<[Span; 2]>,
    /// How often each kind of edit occurs in the pair, kinds without any left out.
    pub edit_counts: Vec<(EditKind, usize)>,
}

/// A passage as the two panes show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    pub spans: [Span; 2],
    pub kind: PassageKind,
    /// Of the side that has fewer.
    pub words: u32,
    /// Of each side; of very long ones that of the shorter.
    pub lengths: [u32; 2],
    /// Share of the words of the side that has more which are equal.
    pub similarity: f32,
    /// By where they stand in the first article.
    pub edits: Vec<SharedEdit>,
}

/// One difference, told from the first article to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedEdit {
    pub kind: EditKind,
    pub spans: [Span; 2],
    /// Where one word stands for another that is much like it: the letters that differ, in each.
    pub letters: Option<[Span; 2]>,
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
        /// The part of the word that differs; empty where it is only the other side that has more.
        letters: Option<Span>,
    },
    Furniture(Span),
    /// Not counted as shared, and why.
    LeftOut(Span, LeftOutReason),
    /// The strongest thing in common of two articles that share no passage.
    Candidate(Span),
}

impl Comparison {
    /// The pair as the lists know it.
    pub fn new(articles: &[Arc<Article>], findings: &Findings, pair: &Pair) -> Self {
        let passages = &findings.passages[pair.passages.clone()];
        Self {
            words: pair.words,
            shares: [pair.share_first, pair.share_second],
            ..Self::between(articles, findings, [pair.first, pair.second], passages)
        }
    }

    /// Two articles that share no passage, the earlier first.
    pub fn without_passages(
        articles: &[Arc<Article>],
        findings: &Findings,
        [x, y]: [u32; 2],
    ) -> Self {
        let [day_x, day_y] = [x, y].map(|i| articles[i as usize].day());
        let sides = match (day_x, day_y) {
            (Some(x_day), Some(y_day)) if y_day < x_day => [y, x],
            _ => [x, y],
        };
        Self::between(articles, findings, sides, &[])
    }

    fn between(
        articles: &[Arc<Article>],
        findings: &Findings,
        sides: [u32; 2],
        passages: &[Passage],
    ) -> Self {
        let [first, second] = sides.map(|i| articles[i as usize].as_ref());
        let mut passages: Vec<Shared> = passages
            .iter()
            .map(|passage| Shared::new(passage, sides[FIRST], [&first.text, &second.text]))
            .collect();
        passages.sort_by_key(|passage| passage.spans);
        Self {
            articles: sides,
            edit_counts: counted_in(&passages),
            passages,
            words: 0,
            shares: [0.0; 2],
            order: match (first.day(), second.day(), days_between(first, second)) {
                (Some(day), _, Some(0)) => DateOrder::SameDay(day),
                (_, _, Some(days)) => DateOrder::Apart(days),
                (first, second, None) => DateOrder::Unknown([first.is_some(), second.is_some()]),
            },
            left_out: sides.map(|article| left_out_of(findings, article).to_vec()),
            candidate: None,
        }
    }

    /// The same pair with the sides exchanged.
    pub fn swapped(mut self) -> Self {
        self.articles.swap(FIRST, SECOND);
        self.shares.swap(FIRST, SECOND);
        self.left_out.swap(FIRST, SECOND);
        if let Some(spans) = &mut self.candidate {
            spans.swap(FIRST, SECOND);
        }
        for passage in &mut self.passages {
            passage.spans.swap(FIRST, SECOND);
            passage.lengths.swap(FIRST, SECOND);
            for edit in &mut passage.edits {
                *edit = edit.mirrored();
            }
            passage.edits.sort_by_key(|edit| edit.spans);
        }
        self.passages.sort_by_key(|passage| passage.spans);
        self.edit_counts = counted_in(&self.passages);
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
        let left_out = self.left_out[pane].iter();
        marks.extend(left_out.map(|out| Mark::LeftOut(out.span, out.reason)));
        marks.extend(self.candidate.map(|spans| Mark::Candidate(spans[pane])));
        for (index, passage) in self.passages.iter().enumerate() {
            let span = passage.spans[pane];
            let parts = compared(span, self.framing(pane, span));
            marks.extend(parts.map(|span| Mark::Passage { index, span }));
            marks.extend(
                passage
                    .edits
                    .iter()
                    .enumerate()
                    .map(|(edit, e)| Mark::Edit {
                        passage: index,
                        index: edit,
                        span: e.spans[pane],
                        letters: e.letters.map(|letters| letters[pane]),
                    }),
            );
        }
        marks.sort_by_key(|mark| {
            let span = mark.span();
            (span.start, std::cmp::Reverse(span.end))
        });
        marks
    }

    /// The lines of date, place or author that a passage runs over.
    fn framing(&self, pane: usize, passage: Span) -> impl Iterator<Item = Span> {
        framing(&self.left_out[pane], passage)
    }

    /// True if a passage runs over lines that each article has for itself, and may be different in them.
    pub fn runs_over_framing(&self, passage: &Shared) -> bool {
        [FIRST, SECOND]
            .into_iter()
            .any(|pane| self.framing(pane, passage.spans[pane]).next().is_some())
    }

    /// The passage at a byte of a pane; where several overlap, the shortest.
    pub fn passage_at(&self, pane: usize, byte: usize) -> Option<usize> {
        (0..self.passages.len())
            .filter(|&i| self.passages[i].spans[pane].contains(byte))
            .min_by_key(|&i| self.passages[i].spans[pane].len())
    }

    /// The edit at a byte of a pane, as passage and edit; where several overlap, the shortest. Beside the
    /// place at which only the other side has words, that one.
    pub fn edit_at(&self, pane: usize, byte: usize) -> Option<(usize, usize)> {
        let touches = |span: Span| match span.is_empty() {
            true => span.start as usize == byte,
            false => span.contains(byte),
        };
        let passages = self.passages.iter().enumerate();
        let edits = passages
            .filter(|(_, shared)| {
                let span = shared.spans[pane];
                (span.start as usize..=span.end as usize).contains(&byte)
            })
            .flat_map(|(passage, shared)| {
                let edits = shared.edits.iter().enumerate();
                edits.map(move |(index, edit)| ((passage, index), edit.spans[pane]))
            });
        edits
            .filter(|(_, span)| touches(*span))
            .min_by_key(|(_, span)| (span.is_empty(), span.len()))
            .map(|(place, _)| place)
    }

    /// Why a byte of a pane is not counted as shared, where that is known.
    pub fn left_out_at(&self, pane: usize, byte: usize) -> Option<LeftOutReason> {
        let out = self.left_out[pane].iter();
        out.filter(|out| out.span.contains(byte))
            .min_by_key(|out| out.span.len())
            .map(|out| out.reason)
    }
}

impl Shared {
    /// Places inside of a long passage that stand for one another, ascending on both sides and at most some hundred
    /// words apart where there is an edit: by them it is held level all along. Bytes, as all spans.
    pub fn milestones(&self) -> Vec<[u32; 2]> {
        /// Bytes from one to the next, at least; how many there are of a book, at most; and how much more one side may
        /// have between them.
        const STEP: u32 = 2_000;
        const MOST: u32 = 400;
        const MORE: u32 = 1_000;
        let step = STEP.max(self.spans[FIRST].len() as u32 / MOST);
        let starts = |edit: &SharedEdit| edit.spans.map(|span| span.start);
        let in_place = self
            .edits
            .iter()
            .filter(|edit| edit.kind != EditKind::Moved);
        let mut last = self.spans.map(|span| span.start);
        let mut found = Vec::new();
        for at in in_place.map(starts) {
            let ahead = [FIRST, SECOND].map(|side| at[side].saturating_sub(last[side]));
            let [less, more] = [
                ahead[FIRST].min(ahead[SECOND]),
                ahead[FIRST].max(ahead[SECOND]),
            ];
            // What was moved leads somewhere else.
            if less >= step && more <= less + less / 4 + MORE {
                found.push(at);
                last = at;
            }
        }
        found
    }

    /// `passage` with the side of article `first` first; `texts` are of both articles, in that order.
    pub(super) fn new(passage: &Passage, first: u32, texts: [&str; 2]) -> Self {
        let turned = passage.a.article != first;
        let mut edits: Vec<SharedEdit> = passage
            .edits
            .iter()
            .map(|edit| {
                let Edit { kind, a, b } = match turned {
                    true => edit.mirrored(),
                    false => *edit,
                };
                let spans = [a, b];
                SharedEdit {
                    kind,
                    spans,
                    letters: changed_letters(kind, spans, texts),
                }
            })
            .collect();
        edits.sort_by_key(|edit| edit.spans);
        let (own, other) = match turned {
            true => (passage.b, passage.a),
            false => (passage.a, passage.b),
        };
        let spans = [own.span, other.span];
        // A clause makes no difference to what is as long as a book, and counting its words would hold up the window.
        const COUNTED: usize = 1 << 16;
        let lengths = match spans.iter().all(|span| span.len() < COUNTED) {
            true => {
                [FIRST, SECOND].map(|side| text::words(spans[side].of(texts[side])).count() as u32)
            }
            false => [passage.words; 2],
        };
        Self {
            spans,
            kind: passage.kind,
            words: passage.words,
            lengths,
            similarity: passage.similarity,
            edits,
        }
    }

    /// The side that has clearly more words, and by how many: a clause was added there, or left out of the other.
    pub fn longer(&self) -> Option<(usize, u32)> {
        /// From such a part of the shorter side on, a tenth.
        const CLEARLY: u32 = 10;
        let [first, second] = self.lengths;
        let more = first.abs_diff(second);
        let side = if first > second { FIRST } else { SECOND };
        (more * CLEARLY > self.words).then_some((side, more))
    }

    /// Share of the words of the side that has fewer which are equal, 0 to 1: what only the other has says nothing of
    /// how faithful this one is.
    pub fn faithfulness(&self) -> f32 {
        let [first, second] = self.lengths;
        let longer = self.words + first.abs_diff(second);
        let equal = self.similarity * longer as f32;
        (equal / self.words.max(1) as f32).min(1.0)
    }

    /// How often each kind of edit occurs in it, kinds without any left out.
    pub fn edit_counts(&self) -> Vec<(EditKind, usize)> {
        counted(self.edits.iter().map(|edit| edit.kind))
    }
}

impl SharedEdit {
    /// Told from the second article to the first.
    fn mirrored(self) -> Self {
        let turn = |[first, second]: [Span; 2]| [second, first];
        Self {
            kind: self.kind.mirrored(),
            spans: turn(self.spans),
            letters: self.letters.map(turn),
        }
    }
}

impl Mark {
    pub fn span(self) -> Span {
        match self {
            Self::Passage { span, .. }
            | Self::Edit { span, .. }
            | Self::Furniture(span)
            | Self::LeftOut(span, _)
            | Self::Candidate(span) => span,
        }
    }
}

/// The parts of a passage that were compared: all but the lines of date, place or author that it runs over, which ascend.
pub fn compared(passage: Span, framing: impl Iterator<Item = Span>) -> impl Iterator<Item = Span> {
    let mut from = passage.start;
    let end = Span {
        start: passage.end,
        end: passage.end,
    };
    let parts = framing.chain([end]).map(move |line| Span {
        start: std::mem::replace(&mut from, line.end),
        end: line.start,
    });
    parts.filter(|part| part.start < part.end)
}

/// The lines of date, place or author in a stretch of an article: each article has its own, and they are not compared.
pub(super) fn framing_of(findings: &Findings, article: u32, within: Span) -> Vec<Span> {
    framing(left_out_of(findings, article), within).collect()
}

fn framing(left_out: &[LeftOut], within: Span) -> impl Iterator<Item = Span> {
    let lines = left_out
        .iter()
        .filter(|out| out.reason == LeftOutReason::Framing);
    lying_in(within, lines.map(|out| out.span))
}

/// Those of some lines that lie in a stretch.
pub(super) fn lying_in(
    within: Span,
    lines: impl Iterator<Item = Span>,
) -> impl Iterator<Item = Span> {
    lines.filter(move |line| within.start <= line.start && line.end <= within.end)
}

fn left_out_of(findings: &Findings, article: u32) -> &[LeftOut] {
    let all = &findings.left_out;
    let from = all.partition_point(|out| out.article < article);
    let to = all.partition_point(|out| out.article <= article);
    &all[from..to]
}

fn counted_in(passages: &[Shared]) -> Vec<(EditKind, usize)> {
    let edits = passages.iter().flat_map(|passage| &passage.edits);
    counted(edits.map(|edit| edit.kind))
}

fn counted(kinds: impl Iterator<Item = EditKind>) -> Vec<(EditKind, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    for kind in kinds {
        *counts.entry(kind).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reuse::Side;

    #[test]
    fn lines_of_date_within_a_passage_are_not_shown_as_shared() {
        let text = "غرق الرصيف ليلا\nكفر الصنوبر - 12 نيسان 2031\nأعلنت دائرة المرافئ حصيلة العاصفة";
        let line = text.find("كفر").unwrap()..text.rfind('\n').unwrap();
        let articles = ["a", "b"].map(|path| Arc::new(Article::bare(path, text)));
        let side = |article| Side {
            article,
            span: Span::new(0, text.len()),
        };
        let findings = Findings {
            passages: vec![Passage {
                a: side(0),
                b: side(1),
                kind: PassageKind::Copy,
                words: 8,
                similarity: 1.0,
                family: 0,
                edits: Vec::new(),
            }],
            left_out: vec![LeftOut {
                article: 1,
                span: Span::new(line.start, line.end),
                reason: LeftOutReason::Framing,
            }],
            ..Findings::default()
        };
        let shown = Comparison::between(&articles, &findings, [0, 1], &findings.passages);
        assert!(shown.runs_over_framing(&shown.passages[0]));
        let passages = |pane| -> Vec<Span> {
            let marks = shown.marks(pane, &[]).into_iter();
            let of_passage = marks.filter(|mark| matches!(mark, Mark::Passage { .. }));
            of_passage.map(Mark::span).collect()
        };
        assert_eq!(passages(FIRST), [Span::new(0, text.len())]);
        let parts = [Span::new(0, line.start), Span::new(line.end, text.len())];
        assert_eq!(passages(SECOND), parts);
    }

    #[test]
    fn a_clause_that_only_one_side_has_makes_the_other_no_less_faithful() {
        let text = "وصلت السفينة الأولى من الأسطول الجديد إلى الميناء بعد رحلة دامت ثلاثة أسابيع";
        let clause = "وكان في استقبالها جمع كبير من الأهالي الذين انتظروا على الرصيف منذ الفجر";
        let long = format!("{text} {clause}");
        let side = |article, text: &str| Side {
            article,
            span: Span::new(0, text.len()),
        };
        let passage = Passage {
            a: side(0, text),
            b: side(1, &long),
            kind: PassageKind::Copy,
            words: 13,
            similarity: 12.0 / 26.0,
            family: 0,
            edits: Vec::new(),
        };
        let shared = Shared::new(&passage, 0, [text, &long]);
        assert_eq!(shared.longer(), Some((SECOND, 13)));
        assert_eq!((shared.faithfulness() * 13.0).round(), 12.0);
        let turned = Shared::new(&passage, 1, [&long, text]);
        assert_eq!(turned.longer(), Some((FIRST, 13)));
        assert_eq!(turned.faithfulness(), shared.faithfulness());
    }
}
