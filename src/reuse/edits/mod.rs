//! Names every difference inside a passage, word by word. Decides nothing about whether it matters.
//!
//! ```text
//! a:  قال الوزير «نعم» اليوم في  موسكو
//! b:  قال الوزير “نعم” أمس   في  مدينة موسكو
//!               └quotes  └relative-day └inserted
//! ```

mod days;
mod edge;
mod lexicon;
mod phrases;
mod separators;
mod spelling;

use std::ops::Range;

use jiff::civil::Date;

use super::findings::{Edit, EditKind};
use super::join::{Join, in_a_row};
use super::lay::Laid;
use super::words::Word;
use crate::article::Span;
pub use days::same_day;
pub(super) use edge::prefixes;
use phrases::Phrase;

/// One side of a passage: the article's text, the words of the unit and where they stand.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub text: &'a str,
    pub words: &'a [Word],
    pub places: &'a [Span],
    /// The day on which the article was published, where it is known.
    pub written: Option<Date>,
}

impl<'a> Source<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.places[at].of(self.text)
    }

    fn span(&self, range: &Range<usize>) -> Span {
        super::span(&self.places[range.clone()])
    }

    /// What stands between a word and the next.
    fn behind(&self, at: usize) -> Span {
        Span {
            start: self.places[at].end,
            end: self.places[at + 1].start,
        }
    }

    /// The place before a word.
    fn point_before(&self, at: usize) -> Span {
        let byte = self.places[at].start;
        Span {
            start: byte,
            end: byte,
        }
    }

    /// The place behind the last word before `from`, or at the start.
    fn point(&self, from: usize, within: &Range<usize>) -> Span {
        let byte = if from > within.start {
            self.places[from - 1].end
        } else {
            self.places[within.start].start
        };
        Span {
            start: byte,
            end: byte,
        }
    }
}

/// All edits of a passage, in the order of side `a`.
///
/// `chance` says how common each key is.
pub(super) fn name_edits(a: Source, b: Source, laid: &Laid, chance: &[f32]) -> Vec<Edit> {
    let settled = settled(laid);
    let (laid, strays) = match &settled {
        Some((laid, strays)) => (laid, &strays[..]),
        None => (laid, &[][..]),
    };
    let mut namer = Namer {
        a,
        b,
        chance,
        edits: Vec::new(),
    };
    namer.joined_words(laid);
    namer.paragraphs(laid);
    namer.moved_runs(laid);
    namer.gaps(laid, strays);
    namer.repeated_names();
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

/// Without words that were joined out of order and make no stretch: that one word stands here and another
/// there has moved nothing. They come back beside it. Where most words stand so, they stay: a text has been
/// shuffled. `None` where nothing is to be taken out.
fn settled(laid: &Laid) -> Option<(Laid, Vec<Join>)> {
    /// Joined words of the shortest stretch that a reader sees as moved, and words between two of its runs.
    const STRETCH: usize = 4;
    const GAP: usize = 2;
    let moved = |join: &&Join| join.moved;
    let all_moved: Vec<Join> = laid.joins.iter().filter(moved).copied().collect();
    let goes_on =
        |x: &Join, y: &Join| y.a() - x.a() <= 1 + GAP && y.b() > x.b() && y.b() - x.b() <= 1 + GAP;
    let stretches = all_moved.chunk_by(goes_on);
    let strays: Vec<Join> = stretches
        .filter(|stretch| stretch.len() < STRETCH)
        .flatten()
        .copied()
        .collect();
    if strays.is_empty() || 2 * strays.len() > laid.joins.len() {
        return None;
    }
    // Both ascend in `a`.
    let mut at = strays.iter().peekable();
    let stays = |join: &&Join| at.next_if(|stray| stray.a() == join.a()).is_none();
    let joins: Vec<Join> = laid.joins.iter().filter(stays).copied().collect();
    let settled = Laid {
        a: laid.a.clone(),
        b: laid.b.clone(),
        score: laid.score,
        joins,
    };
    Some((settled, strays))
}

struct Namer<'a> {
    a: Source<'a>,
    b: Source<'a>,
    chance: &'a [f32],
    edits: Vec<Edit>,
}

impl Namer<'_> {
    /// Differences within joined words, and between those that follow one another on both sides.
    fn joined_words(&mut self, laid: &Laid) {
        // A prefix before the first word was left outside of the passage.
        let mut edge = usize::from(prefixes(self.a, self.b, laid) != [0; 2]);
        for run in in_a_row(&laid.joins) {
            let skipped = std::mem::take(&mut edge);
            if self.is_same(run) {
                continue;
            }
            for join in &run[skipped..] {
                let (x, y) = (self.a.word(join.a()), self.b.word(join.b()));
                if let Some(kind) = spelling::kind_of_joined(x, y) {
                    self.push(kind, self.a.places[join.a()], self.b.places[join.b()]);
                }
            }
            for join in &run[1..] {
                self.marks(join.a() - 1, join.b() - 1);
            }
        }
    }

    /// True if a run is the same byte for byte, as most of a copy is: there is nothing to tell of it then.
    fn is_same(&self, run: &[Join]) -> bool {
        let of = |source: Source<'_>, from: usize| source.span(&(from..from + run.len()));
        let (in_a, in_b) = (of(self.a, run[0].a()), of(self.b, run[0].b()));
        in_a.of(self.a.text) == in_b.of(self.b.text)
    }

    /// Paragraphs that one side joins and the other doesn't. Where breaks are frequent they end lines, not
    /// paragraphs, and say nothing.
    fn paragraphs(&mut self, laid: &Laid) {
        /// Fewer words than this from one break to the next is a line.
        const LINE: usize = 20;
        let mut found = Vec::new();
        for run in in_a_row(&laid.joins).filter(|run| !self.is_same(run)) {
            for join in &run[1..] {
                let (in_a, in_b) = (self.a.behind(join.a() - 1), self.b.behind(join.b() - 1));
                let edit = separators::compare_breaks((self.a.text, in_a), (self.b.text, in_b));
                found.extend(edit);
            }
        }
        if found.len() * LINE <= laid.joins.len() {
            self.edits.extend(found);
        }
    }

    /// Compares what stands behind these two words.
    fn marks(&mut self, in_a: usize, in_b: usize) {
        let (in_a, in_b) = (self.a.behind(in_a), self.b.behind(in_b));
        separators::compare((self.a.text, in_a), (self.b.text, in_b), &mut self.edits);
    }

    /// Compares the marks at both ends of a gap between two pairs of joined words, so that an edit of
    /// words need not speak of marks. `from` and `to` are the words right before and right behind it.
    fn marks_around(&mut self, from: (usize, usize), to: (usize, usize)) {
        match (to.0 - from.0, to.1 - from.1) {
            (0 | 1, 0 | 1) => {}
            (1, _) => {
                let ends = [self.b.behind(from.1), self.b.behind(to.1 - 1)];
                let kept = self.a.behind(from.0);
                separators::compare_put_in(
                    (self.a.text, kept),
                    (self.b.text, ends),
                    &mut |a, b| Edit {
                        kind: EditKind::Punctuation,
                        a,
                        b,
                    },
                    &mut self.edits,
                );
            }
            (_, 1) => {
                let ends = [self.a.behind(from.0), self.a.behind(to.0 - 1)];
                let kept = self.b.behind(from.1);
                separators::compare_put_in(
                    (self.b.text, kept),
                    (self.a.text, ends),
                    &mut |b, a| Edit {
                        kind: EditKind::Punctuation,
                        a,
                        b,
                    },
                    &mut self.edits,
                );
            }
            _ => {
                self.marks(from.0, from.1);
                self.marks(to.0 - 1, to.1 - 1);
            }
        }
    }

    fn moved_runs(&mut self, laid: &Laid) {
        let moved: Vec<Join> = laid
            .joins
            .iter()
            .filter(|join| join.moved)
            .copied()
            .collect();
        for run in in_a_row(&moved) {
            if let (Some(first), Some(last)) = (run.first(), run.last()) {
                let in_a = self.a.span(&(first.a()..last.a() + 1));
                let in_b = self.b.span(&(first.b()..last.b() + 1));
                self.push(EditKind::Moved, in_a, in_b);
            }
        }
    }

    /// What lies between joined words that keep their order and has no partner.
    ///
    /// Words that only stand elsewhere are told of one by one: nothing was put in their place.
    fn gaps(&mut self, laid: &Laid, strays: &[Join]) {
        let mut lone_a = vec![true; laid.a.len()];
        let mut lone_b = vec![true; laid.b.len()];
        for join in &laid.joins {
            lone_a[join.a() - laid.a.start] = false;
            lone_b[join.b() - laid.b.start] = false;
        }
        let mut stray_a: Vec<usize> = strays.iter().map(|join| join.a()).collect();
        let mut stray_b: Vec<usize> = strays.iter().map(|join| join.b()).collect();
        stray_a.sort_unstable();
        stray_b.sort_unstable();
        let all_stray = |strays: &[usize], run: &Range<usize>| {
            run.clone().all(|at| strays.binary_search(&at).is_ok())
        };
        let (mut from_a, mut from_b) = (laid.a.start, laid.b.start);
        let ends = laid
            .joins
            .iter()
            .filter(|join| !join.moved)
            .map(|join| (join.a(), join.b()))
            .chain([(laid.a.end, laid.b.end)]);
        for (to_a, to_b) in ends {
            if (to_a, to_b) == (from_a, from_b) {
                (from_a, from_b) = (to_a + 1, to_b + 1);
                continue;
            }
            let whole =
                from_a > laid.a.start && to_a < laid.a.end && to_a >= from_a && to_b >= from_b;
            if whole && from_b > laid.b.start && to_b < laid.b.end {
                self.marks_around((from_a - 1, from_b - 1), (to_a, to_b));
            }
            let left = lone_runs(from_a..to_a, |i| lone_a[i - laid.a.start]);
            let right = lone_runs(from_b..to_b, |j| lone_b[j - laid.b.start]);
            let (elsewhere_a, left): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|run| all_stray(&stray_a, run));
            let (elsewhere_b, right): (Vec<_>, Vec<_>) =
                right.into_iter().partition(|run| all_stray(&stray_b, run));
            // The insertion point on the side that has nothing: after the last word in place.
            let point_a = self.a.point(from_a, &laid.a);
            let point_b = self.b.point(from_b, &laid.b);
            for run in &elsewhere_a {
                self.push(EditKind::Deleted, self.a.span(run), point_b);
            }
            for run in &elsewhere_b {
                self.push(EditKind::Inserted, point_a, self.b.span(run));
            }
            for at in 0..left.len().max(right.len()) {
                match (left.get(at), right.get(at)) {
                    (Some(i), Some(j)) => self.replaced(i.clone(), j.clone()),
                    (Some(i), None) => {
                        let kind = self.one_sided(self.a, i, EditKind::Deleted);
                        self.push(kind, self.a.span(i), point_b);
                    }
                    (None, Some(j)) => {
                        let kind = self.one_sided(self.b, j, EditKind::Inserted);
                        self.push(kind, point_a, self.b.span(j));
                    }
                    (None, None) => {}
                }
            }
            (from_a, from_b) = (to_a + 1, to_b + 1);
        }
    }

    /// Words of `a` stand where other words of `b` stand: pairs that are alike first, then the rest.
    fn replaced(&mut self, in_a: Range<usize>, in_b: Range<usize>) {
        let x = Phrase::of(self.a, &in_a, self.chance);
        let y = Phrase::of(self.b, &in_b, self.chance);
        if let Some(kind) = phrases::kind_of_replaced(&x, &y) {
            let (span_a, span_b) = (self.a.span(&in_a), self.b.span(&in_b));
            self.push(kind, span_a, span_b);
            return;
        }
        let (count_a, count_b) = (x.completes_number(), y.completes_number());
        if (count_a == 0) != (count_b == 0) {
            // A number that both sides begin goes on in one of them: four here, fourteen there.
            let (upto_a, upto_b) = (in_a.start + count_a, in_b.start + count_b);
            let words = |side: Source, range: Range<usize>| match range.is_empty() {
                false => side.span(&range),
                true => side.point_before(range.start),
            };
            let span_a = words(self.a, in_a.start..upto_a);
            let span_b = words(self.b, in_b.start..upto_b);
            self.push(EditKind::Number, span_a, span_b);
            self.beside(upto_a..in_a.end, upto_b..in_b.end);
            return;
        }
        // Another name in quotation marks, with other words beside it.
        let names = phrases::quoted_part(self.a, &in_a).zip(phrases::quoted_part(self.b, &in_b));
        if let Some((name_a, name_b)) = names
            && (name_a != in_a || name_b != in_b)
        {
            self.beside(in_a.start..name_a.start, in_b.start..name_b.start);
            self.replaced(name_a.clone(), name_b.clone());
            self.beside(name_a.end..in_a.end, name_b.end..in_b.end);
            return;
        }
        let alike = phrases::alike_pair(&x, &y);
        let Some((i, j, kind)) = alike else {
            let (span_a, span_b) = (self.a.span(&in_a), self.b.span(&in_b));
            self.push(phrases::kind_of_other(&x, &y), span_a, span_b);
            return;
        };
        let (i, j) = (in_a.start + i, in_b.start + j);
        if i > in_a.start && j > in_b.start {
            self.marks(i - 1, j - 1);
        }
        if i + 1 < in_a.end && j + 1 < in_b.end {
            self.marks(i, j);
        }
        self.beside(in_a.start..i, in_b.start..j);
        self.push(kind, self.a.places[i], self.b.places[j]);
        self.beside(i + 1..in_a.end, j + 1..in_b.end);
    }

    /// What is left at either side of a pair that was found alike.
    fn beside(&mut self, in_a: Range<usize>, in_b: Range<usize>) {
        match (in_a.is_empty(), in_b.is_empty()) {
            (true, true) => {}
            (false, false) => self.replaced(in_a, in_b),
            (false, true) => {
                let at = in_b.start.min(self.b.words.len() - 1);
                let kind = self.one_sided(self.a, &in_a, EditKind::Deleted);
                self.push(kind, self.a.span(&in_a), self.b.point_before(at));
            }
            (true, false) => {
                let at = in_a.start.min(self.a.words.len() - 1);
                let kind = self.one_sided(self.b, &in_b, EditKind::Inserted);
                self.push(kind, self.a.point_before(at), self.b.span(&in_b));
            }
        }
    }

    fn one_sided(&self, source: Source, range: &Range<usize>, otherwise: EditKind) -> EditKind {
        let phrase = Phrase::of(source, range, self.chance);
        phrases::kind_of_one_sided(&phrase).unwrap_or(otherwise)
    }

    /// Where one word was put for another as a name, it is one wherever it was put for it again.
    fn repeated_names(&mut self) {
        let (a, b) = (self.a.text, self.b.text);
        let swap = |edit: &Edit| (edit.a.of(a), edit.b.of(b));
        let mut names: Vec<(&str, &str)> = self
            .edits
            .iter()
            .filter(|edit| edit.kind == EditKind::Name)
            .map(swap)
            .collect();
        names.sort_unstable();
        for edit in &mut self.edits {
            if edit.kind == EditKind::Reworded && names.binary_search(&swap(edit)).is_ok() {
                edit.kind = EditKind::Name;
            }
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
