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

use std::borrow::Cow;
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

/// A passage whose edits are named, if need be in parts that can be gone through at once.
pub(super) struct Naming<'a> {
    a: Source<'a>,
    b: Source<'a>,
    /// How common each key is.
    chance: &'a [f32],
    /// Strays taken out.
    laid: Cow<'a, Laid>,
    /// Positions of the strays' words, ascending.
    stray_a: Vec<usize>,
    stray_b: Vec<usize>,
    /// For each word of the passage, whether it has no partner.
    lone_a: Vec<bool>,
    lone_b: Vec<bool>,
}

/// What was named in one part of a passage.
#[derive(Default)]
pub(super) struct Named {
    edits: Vec<Edit>,
    /// Paragraphs that one side joins and the other doesn't.
    breaks: Vec<Edit>,
}

impl<'a> Naming<'a> {
    /// `chance` says how common each key is.
    pub fn new(a: Source<'a>, b: Source<'a>, laid: &'a Laid, chance: &'a [f32]) -> Self {
        let (laid, strays) = match settled(laid) {
            Some((settled, strays)) => (Cow::Owned(settled), strays),
            None => (Cow::Borrowed(laid), Vec::new()),
        };
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
        Self {
            a,
            b,
            chance,
            laid,
            stray_a,
            stray_b,
            lone_a,
            lone_b,
        }
    }

    /// Parts of at least so many `joins` each, by their numbers. Each begins with the join that the one before it ends
    /// with; they meet where a passage goes on word by word.
    pub fn parts(&self, joins: usize) -> impl Iterator<Item = Range<usize>> {
        let all = &self.laid.joins;
        let goes_on = |at: &usize| {
            let around = &all[at - 1..at + 2];
            around.iter().all(|join| !join.moved) && in_a_row(around).count() == 1
        };
        let mut from = Some(0_usize);
        std::iter::from_fn(move || {
            let start = from?;
            let far = start.saturating_add(joins)..all.len().saturating_sub(1);
            from = far.into_iter().find(goes_on);
            Some(start..from.map_or(all.len(), |end| end + 1))
        })
    }

    /// Names what is in a part, or between it and the ends of the passage.
    pub fn part(&self, joins: Range<usize>) -> Named {
        let mut namer = Namer {
            of: self,
            named: Named::default(),
        };
        namer.joined_words(joins.clone());
        namer.paragraphs(joins.clone());
        namer.gaps(joins);
        namer.named
    }

    /// All edits of the passage, given those of its parts.
    pub fn all(&self, parts: impl IntoIterator<Item = Named>) -> Vec<Edit> {
        /// Fewer words than this from one break to the next is a line: where breaks are frequent they end lines, not
        /// paragraphs, and say nothing.
        const LINE: usize = 20;
        let (mut edits, mut breaks) = (self.moved_runs(), Vec::new());
        for part in parts {
            edits.extend(part.edits);
            breaks.extend(part.breaks);
        }
        if breaks.len() * LINE <= self.laid.joins.len() {
            edits.extend(breaks);
        }
        self.repeat_names(&mut edits);
        edits.sort_by_key(|edit| {
            (
                edit.a.start,
                edit.b.start,
                edit.a.end,
                edit.b.end,
                edit.kind,
            )
        });
        edits
    }

    fn moved_runs(&self) -> Vec<Edit> {
        let joins = self.laid.joins.iter();
        let moved: Vec<Join> = joins.filter(|join| join.moved).copied().collect();
        let moved_run = |run: &[Join]| {
            let (first, last) = (run.first()?, run.last()?);
            Some(Edit {
                kind: EditKind::Moved,
                a: self.a.span(&(first.a()..last.a() + 1)),
                b: self.b.span(&(first.b()..last.b() + 1)),
            })
        };
        in_a_row(&moved).filter_map(moved_run).collect()
    }

    /// Where one word was put for another as a name, it is one wherever it was put for it again.
    fn repeat_names(&self, edits: &mut [Edit]) {
        let (a, b) = (self.a.text, self.b.text);
        let swap = |edit: &Edit| (edit.a.of(a), edit.b.of(b));
        let named = edits.iter().filter(|edit| edit.kind == EditKind::Name);
        let mut names: Vec<(&str, &str)> = named.map(swap).collect();
        names.sort_unstable();
        for edit in edits {
            if edit.kind == EditKind::Reworded && names.binary_search(&swap(edit)).is_ok() {
                edit.kind = EditKind::Name;
            }
        }
    }
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

struct Namer<'n, 'a> {
    of: &'n Naming<'a>,
    named: Named,
}

impl Namer<'_, '_> {
    /// Differences within joined words, and between those that follow one another on both sides.
    fn joined_words(&mut self, joins: Range<usize>) {
        let Naming { a, b, laid, .. } = self.of;
        // A prefix before the first word was left outside of the passage; and what another part ends with was named there.
        let mut skipped = usize::from(joins.start > 0 || prefixes(*a, *b, laid) != [0; 2]);
        for run in in_a_row(&laid.joins[joins]) {
            let skipped = std::mem::take(&mut skipped);
            if self.is_same(run) {
                continue;
            }
            for join in &run[skipped..] {
                let (x, y) = (a.word(join.a()), b.word(join.b()));
                if let Some(kind) = spelling::kind_of_joined(x, y) {
                    self.push(kind, a.places[join.a()], b.places[join.b()]);
                }
            }
            for join in &run[1..] {
                self.marks(join.a() - 1, join.b() - 1);
            }
        }
    }

    /// True if a run is the same byte for byte, as most of a copy is: there is nothing to tell of it then.
    fn is_same(&self, run: &[Join]) -> bool {
        let Naming { a, b, .. } = self.of;
        let of = |source: &Source, from: usize| source.span(&(from..from + run.len()));
        let (in_a, in_b) = (of(a, run[0].a()), of(b, run[0].b()));
        in_a.of(a.text) == in_b.of(b.text)
    }

    fn paragraphs(&mut self, joins: Range<usize>) {
        let Naming { a, b, laid, .. } = self.of;
        for run in in_a_row(&laid.joins[joins]) {
            if self.is_same(run) {
                continue;
            }
            for join in &run[1..] {
                let (in_a, in_b) = (a.behind(join.a() - 1), b.behind(join.b() - 1));
                let edit = separators::compare_breaks((a.text, in_a), (b.text, in_b));
                self.named.breaks.extend(edit);
            }
        }
    }

    /// Compares what stands behind these two words.
    fn marks(&mut self, in_a: usize, in_b: usize) {
        let (in_a, in_b) = (self.of.a.behind(in_a), self.of.b.behind(in_b));
        separators::compare(
            (self.of.a.text, in_a),
            (self.of.b.text, in_b),
            &mut self.named.edits,
        );
    }

    /// Compares the marks at both ends of a gap between two pairs of joined words, so that an edit of
    /// words need not speak of marks. `from` and `to` are the words right before and right behind it.
    fn marks_around(&mut self, from: (usize, usize), to: (usize, usize)) {
        match (to.0 - from.0, to.1 - from.1) {
            (0 | 1, 0 | 1) => {}
            (1, _) => {
                let ends = [self.of.b.behind(from.1), self.of.b.behind(to.1 - 1)];
                let kept = self.of.a.behind(from.0);
                separators::compare_put_in(
                    (self.of.a.text, kept),
                    (self.of.b.text, ends),
                    &mut |a, b| Edit {
                        kind: EditKind::Punctuation,
                        a,
                        b,
                    },
                    &mut self.named.edits,
                );
            }
            (_, 1) => {
                let ends = [self.of.a.behind(from.0), self.of.a.behind(to.0 - 1)];
                let kept = self.of.b.behind(from.1);
                separators::compare_put_in(
                    (self.of.b.text, kept),
                    (self.of.a.text, ends),
                    &mut |b, a| Edit {
                        kind: EditKind::Punctuation,
                        a,
                        b,
                    },
                    &mut self.named.edits,
                );
            }
            _ => {
                self.marks(from.0, from.1);
                self.marks(to.0 - 1, to.1 - 1);
            }
        }
    }

    /// What lies between joined words that keep their order and has no partner.
    ///
    /// Words that only stand elsewhere are told of one by one: nothing was put in their place.
    fn gaps(&mut self, joins: Range<usize>) {
        let of = self.of;
        let laid = &of.laid;
        let all_stray = |strays: &[usize], run: &Range<usize>| {
            run.clone().all(|at| strays.binary_search(&at).is_ok())
        };
        let part = &laid.joins[joins.clone()];
        let in_place = |join: &&Join| !join.moved;
        let (mut from_a, mut from_b) = match joins.start {
            0 => (laid.a.start, laid.b.start),
            _ => (part[0].a(), part[0].b()),
        };
        let ends = part
            .iter()
            .filter(in_place)
            .map(|join| (join.a(), join.b()));
        let is_last = joins.end == laid.joins.len();
        let ends = ends.chain(is_last.then_some((laid.a.end, laid.b.end)));
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
            let left = lone_runs(from_a..to_a, |i| of.lone_a[i - laid.a.start]);
            let right = lone_runs(from_b..to_b, |j| of.lone_b[j - laid.b.start]);
            let (elsewhere_a, left): (Vec<_>, Vec<_>) = left
                .into_iter()
                .partition(|run| all_stray(&of.stray_a, run));
            let (elsewhere_b, right): (Vec<_>, Vec<_>) = right
                .into_iter()
                .partition(|run| all_stray(&of.stray_b, run));
            // The insertion point on the side that has nothing: after the last word in place.
            let point_a = self.of.a.point(from_a, &laid.a);
            let point_b = self.of.b.point(from_b, &laid.b);
            for run in &elsewhere_a {
                self.push(EditKind::Deleted, self.of.a.span(run), point_b);
            }
            for run in &elsewhere_b {
                self.push(EditKind::Inserted, point_a, self.of.b.span(run));
            }
            for at in 0..left.len().max(right.len()) {
                match (left.get(at), right.get(at)) {
                    (Some(i), Some(j)) => self.replaced(i.clone(), j.clone()),
                    (Some(i), None) => {
                        let kind = self.one_sided(self.of.a, i, EditKind::Deleted);
                        self.push(kind, self.of.a.span(i), point_b);
                    }
                    (None, Some(j)) => {
                        let kind = self.one_sided(self.of.b, j, EditKind::Inserted);
                        self.push(kind, point_a, self.of.b.span(j));
                    }
                    (None, None) => {}
                }
            }
            (from_a, from_b) = (to_a + 1, to_b + 1);
        }
    }

    /// Words of `a` stand where other words of `b` stand: pairs that are alike first, then the rest.
    fn replaced(&mut self, in_a: Range<usize>, in_b: Range<usize>) {
        let x = Phrase::of(self.of.a, &in_a, self.of.chance);
        let y = Phrase::of(self.of.b, &in_b, self.of.chance);
        if let Some(kind) = phrases::kind_of_replaced(&x, &y) {
            let (span_a, span_b) = (self.of.a.span(&in_a), self.of.b.span(&in_b));
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
            let span_a = words(self.of.a, in_a.start..upto_a);
            let span_b = words(self.of.b, in_b.start..upto_b);
            self.push(EditKind::Number, span_a, span_b);
            self.beside(upto_a..in_a.end, upto_b..in_b.end);
            return;
        }
        // Another name in quotation marks, with other words beside it.
        let names =
            phrases::quoted_part(self.of.a, &in_a).zip(phrases::quoted_part(self.of.b, &in_b));
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
            let (span_a, span_b) = (self.of.a.span(&in_a), self.of.b.span(&in_b));
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
        self.push(kind, self.of.a.places[i], self.of.b.places[j]);
        self.beside(i + 1..in_a.end, j + 1..in_b.end);
    }

    /// What is left at either side of a pair that was found alike.
    fn beside(&mut self, in_a: Range<usize>, in_b: Range<usize>) {
        match (in_a.is_empty(), in_b.is_empty()) {
            (true, true) => {}
            (false, false) => self.replaced(in_a, in_b),
            (false, true) => {
                let at = in_b.start.min(self.of.b.words.len() - 1);
                let kind = self.one_sided(self.of.a, &in_a, EditKind::Deleted);
                self.push(kind, self.of.a.span(&in_a), self.of.b.point_before(at));
            }
            (true, false) => {
                let at = in_a.start.min(self.of.a.words.len() - 1);
                let kind = self.one_sided(self.of.b, &in_b, EditKind::Inserted);
                self.push(kind, self.of.a.point_before(at), self.of.b.span(&in_b));
            }
        }
    }

    fn one_sided(&self, source: Source, range: &Range<usize>, otherwise: EditKind) -> EditKind {
        let phrase = Phrase::of(source, range, self.of.chance);
        phrases::kind_of_one_sided(&phrase).unwrap_or(otherwise)
    }

    fn push(&mut self, kind: EditKind, a: Span, b: Span) {
        self.named.edits.push(Edit { kind, a, b });
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Settings;
    use super::super::align::join;
    use super::super::tests::{article, invented};
    use super::super::words::Corpus;
    use super::*;
    use crate::work::Watch;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Words that are few and come again, so that some are joined out of order, edited here and there.
        #[test]
        fn a_passage_has_the_same_edits_in_parts(
            words in prop::collection::vec(0_u16..300, 20..120),
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u16>(), 0_usize..4), 0..12),
            moved in any::<prop::sample::Index>(),
        ) {
            let mut other = words.clone();
            for (at, word, how) in edits {
                let at = at.index(other.len());
                match how {
                    0 => other[at] = word,
                    1 => other.insert(at, word),
                    2 => drop(other.remove(at)),
                    _ => other.rotate_left(at % 5),
                }
            }
            let tail = other.split_off(moved.index(other.len()));
            let other = [tail, other].concat();
            let texts = [invented(&words).replace(" في ", "، في "), invented(&other).replace(" من ", "\n\nمن ")];
            let articles = [article("a", &texts[0]), article("b", &texts[1])];
            let corpus = Corpus::new(&articles, &Settings::default(), &Watch::silent()).unwrap();
            let [unit_a, unit_b] = [0, 1].map(|unit| &corpus.units[unit]);
            let (a, b) = (&unit_a.words[..], &unit_b.words[..]);
            let mut laid = Laid { a: 0..a.len(), b: 0..b.len(), score: 0.0, joins: Vec::new() };
            join(a, b, &laid.a, &laid.b, &mut laid.joins);
            let places = [unit_a.places(), unit_b.places()];
            let source = |at: usize, words| Source { text: &texts[at], words, places: &places[at], written: None };
            let naming = Naming::new(source(0, a), source(1, b), &laid, &corpus.chance);
            let named = |joins| naming.all(naming.parts(joins).map(|part| naming.part(part)));
            let whole = named(usize::MAX);
            prop_assert_eq!(&named(1), &whole);
            prop_assert_eq!(&named(7), &whole);
            prop_assert_eq!(naming.parts(usize::MAX).count(), 1);
        }
    }
}
