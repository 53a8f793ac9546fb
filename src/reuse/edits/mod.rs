//! Names every difference inside a passage, word by word. Decides nothing about whether it matters.
//!
//! ```text
//! a:  قال الوزير «نعم» اليوم في  موسكو
//! b:  قال الوزير “نعم” أمس   في  مدينة موسكو
//!               └quotes  └relative-day └inserted
//! ```

mod phrases;
mod separators;
mod spelling;

use std::ops::Range;

use super::align::Join;
use super::findings::{Edit, EditKind};
use super::lay::Laid;
use super::words::Word;
use crate::article::Span;
use phrases::Phrase;

/// One side of a passage: the article's text and the words of the unit.
type Source<'a> = (&'a str, &'a [Word]);

/// All edits of a passage, in the order of side `a`.
pub(super) fn name_edits(a: Source, b: Source, laid: &Laid) -> Vec<Edit> {
    let laid = &settled(a, b, laid);
    let mut namer = Namer {
        a,
        b,
        edits: Vec::new(),
    };
    namer.joined_words(laid);
    namer.moved_runs(laid);
    namer.gaps(laid);
    namer.edits.sort_by_key(|edit| {
        (
            edit.a.start,
            edit.b.start,
            edit.a.end,
            edit.b.end,
            edit.kind,
        )
    });
    namer.edits
}

/// Without single words that were joined out of order and are short, or not the same: that one preposition
/// stands here and another there is nobody's edit. Where most words have moved, they stay.
fn settled(a: Source, b: Source, laid: &Laid) -> Laid {
    const SHORT: usize = 4;
    let moved = laid.joins.iter().filter(|join| join.moved).count();
    let mut joins = Vec::with_capacity(laid.joins.len());
    let follows = |x: &Join, y: &Join| x.moved && y.moved && x.a + 1 == y.a && x.b + 1 == y.b;
    for run in laid.joins.chunk_by(follows) {
        let weak = |join: &Join| {
            let (x, y) = (&a.1[join.a], &b.1[join.b]);
            x.form != y.form || text(a.0, x).chars().count() < SHORT
        };
        if 2 * moved > laid.joins.len() || run.len() > 1 || !run[0].moved || !weak(&run[0]) {
            joins.extend_from_slice(run);
        }
    }
    Laid {
        joins,
        ..laid.clone()
    }
}

struct Namer<'a> {
    a: Source<'a>,
    b: Source<'a>,
    edits: Vec<Edit>,
}

impl Namer<'_> {
    /// Differences within joined words, and between those that follow one another on both sides.
    fn joined_words(&mut self, laid: &Laid) {
        for join in &laid.joins {
            let (x, y) = (&self.a.1[join.a], &self.b.1[join.b]);
            let (text_x, text_y) = (text(self.a.0, x), text(self.b.0, y));
            if let Some(kind) = spelling::kind_of_joined(text_x, text_y) {
                self.push(kind, word_span(x), word_span(y));
            }
        }
        for pair in laid.joins.windows(2) {
            let [first, second] = [&pair[0], &pair[1]];
            if first.a + 1 != second.a || first.b + 1 != second.b {
                continue;
            }
            let between = |words: &[Word], at: usize| Span {
                start: words[at].end,
                end: words[at + 1].start,
            };
            let (in_a, in_b) = (between(self.a.1, first.a), between(self.b.1, first.b));
            separators::compare((self.a.0, in_a), (self.b.0, in_b), &mut self.edits);
        }
    }

    fn moved_runs(&mut self, laid: &Laid) {
        let moved: Vec<Join> = laid
            .joins
            .iter()
            .filter(|join| join.moved)
            .copied()
            .collect();
        for run in moved.chunk_by(|x, y| x.a + 1 == y.a && x.b + 1 == y.b) {
            if let (Some(first), Some(last)) = (run.first(), run.last()) {
                let in_a = range_span(self.a.1, &(first.a..last.a + 1));
                let in_b = range_span(self.b.1, &(first.b..last.b + 1));
                self.push(EditKind::Moved, in_a, in_b);
            }
        }
    }

    /// What lies between joined words that keep their order and has no partner.
    fn gaps(&mut self, laid: &Laid) {
        let mut lone_a = vec![true; laid.a.len()];
        let mut lone_b = vec![true; laid.b.len()];
        for join in &laid.joins {
            lone_a[join.a - laid.a.start] = false;
            lone_b[join.b - laid.b.start] = false;
        }
        let (mut from_a, mut from_b) = (laid.a.start, laid.b.start);
        let ends = laid
            .joins
            .iter()
            .filter(|join| !join.moved)
            .map(|join| (join.a, join.b))
            .chain([(laid.a.end, laid.b.end)]);
        for (to_a, to_b) in ends {
            let left = lone_runs(from_a..to_a, |i| lone_a[i - laid.a.start]);
            let right = lone_runs(from_b..to_b, |j| lone_b[j - laid.b.start]);
            // The insertion point on the side that has nothing: after the last word in place.
            let point_a = point(self.a.1, from_a, &laid.a);
            let point_b = point(self.b.1, from_b, &laid.b);
            for at in 0..left.len().max(right.len()) {
                match (left.get(at), right.get(at)) {
                    (Some(i), Some(j)) => self.replaced(i.clone(), j.clone()),
                    (Some(i), None) => {
                        let kind = self.one_sided(self.a, i, EditKind::Deleted);
                        self.push(kind, range_span(self.a.1, i), point_b);
                    }
                    (None, Some(j)) => {
                        let kind = self.one_sided(self.b, j, EditKind::Inserted);
                        self.push(kind, point_a, range_span(self.b.1, j));
                    }
                    (None, None) => {}
                }
            }
            (from_a, from_b) = (to_a + 1, to_b + 1);
        }
    }

    /// Words of `a` stand where other words of `b` stand: pairs that are alike first, then the rest.
    fn replaced(&mut self, in_a: Range<usize>, in_b: Range<usize>) {
        let (x, y) = (Phrase::of(self.a, &in_a), Phrase::of(self.b, &in_b));
        if let Some(kind) = phrases::kind_of_replaced(&x, &y) {
            let (span_a, span_b) = (range_span(self.a.1, &in_a), range_span(self.b.1, &in_b));
            self.push(kind, span_a, span_b);
            return;
        }
        let alike = phrases::alike_pair(&x, &y);
        let Some((i, j, kind)) = alike else {
            let (span_a, span_b) = (range_span(self.a.1, &in_a), range_span(self.b.1, &in_b));
            self.push(phrases::kind_of_other(&x, &y), span_a, span_b);
            return;
        };
        let (i, j) = (in_a.start + i, in_b.start + j);
        self.beside(in_a.start..i, in_b.start..j);
        self.push(kind, word_span(&self.a.1[i]), word_span(&self.b.1[j]));
        self.beside(i + 1..in_a.end, j + 1..in_b.end);
    }

    /// What is left at either side of a pair that was found alike.
    fn beside(&mut self, in_a: Range<usize>, in_b: Range<usize>) {
        let before = |words: &[Word], at: usize| {
            let byte = words[at].start;
            Span {
                start: byte,
                end: byte,
            }
        };
        match (in_a.is_empty(), in_b.is_empty()) {
            (true, true) => {}
            (false, false) => self.replaced(in_a, in_b),
            (false, true) => {
                let at = in_b.start.min(self.b.1.len() - 1);
                let kind = self.one_sided(self.a, &in_a, EditKind::Deleted);
                self.push(kind, range_span(self.a.1, &in_a), before(self.b.1, at));
            }
            (true, false) => {
                let at = in_a.start.min(self.a.1.len() - 1);
                let kind = self.one_sided(self.b, &in_b, EditKind::Inserted);
                self.push(kind, before(self.a.1, at), range_span(self.b.1, &in_b));
            }
        }
    }

    fn one_sided(&self, source: Source, range: &Range<usize>, otherwise: EditKind) -> EditKind {
        if Phrase::of(source, range).is_attribution() {
            EditKind::Attribution
        } else {
            otherwise
        }
    }

    fn push(&mut self, kind: EditKind, a: Span, b: Span) {
        self.edits.push(Edit { kind, a, b });
    }
}

/// Runs of words without a partner inside `range`.
fn lone_runs(range: Range<usize>, lone: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for i in range.filter(|i| lone(*i)) {
        match runs.last_mut() {
            Some(run) if run.end == i => run.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
}

fn point(words: &[Word], from: usize, within: &Range<usize>) -> Span {
    let byte = if from > within.start {
        words[from - 1].end
    } else {
        words[within.start].start
    };
    Span {
        start: byte,
        end: byte,
    }
}

fn text<'a>(source: &'a str, word: &Word) -> &'a str {
    word_span(word).of(source)
}

fn word_span(word: &Word) -> Span {
    Span {
        start: word.start,
        end: word.end,
    }
}

fn range_span(words: &[Word], range: &Range<usize>) -> Span {
    super::span(&words[range.clone()])
}
