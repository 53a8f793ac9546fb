//! Names what is different in a part of a passage: within joined words, between them, and in the gaps where words have
//! no partner.

use std::ops::Range;

use super::kinds;
use super::phrases::{Phrase, folded, quoted_part};
use super::{Named, Naming, Source, separators, spelling};
use crate::article::Span;
use crate::reuse::findings::{Edit, EditKind};
use crate::reuse::join::{Join, in_a_row};
use crate::text::WEEKDAYS;

/// What is different in the part of a passage that these joins are.
pub(super) fn named(of: &Naming, joins: Range<usize>) -> Named {
    let mut namer = Namer {
        of,
        named: Named::default(),
    };
    namer.joined_words(joins.clone());
    namer.gaps(joins);
    namer.named
}

struct Namer<'n, 'a> {
    of: &'n Naming<'a>,
    named: Named,
}

impl Namer<'_, '_> {
    /// Differences within joined words, and between those that follow one another on both sides.
    fn joined_words(&mut self, joins: Range<usize>) {
        let Naming { laid, is_cut, .. } = self.of;
        // What another part ends with was named there.
        let mut skipped = usize::from(joins.start > 0 || *is_cut);
        for run in in_a_row(&laid.joins[joins]) {
            let skipped = std::mem::take(&mut skipped);
            if self.is_same(run) {
                continue;
            }
            for join in &run[skipped..] {
                self.joined(join);
            }
            for join in &run[1..] {
                self.in_run(join.a() - 1, join.b() - 1);
            }
        }
    }

    fn joined(&mut self, join: &Join) {
        let Naming { a, b, laid, .. } = self.of;
        if a.is_framing(join.a()) && b.is_framing(join.b()) {
            return;
        }
        let (x, y) = (a.word(join.a()), b.word(join.b()));
        // A conjunction that one side sets apart is none that the other lacks; before the passage it is no part of it.
        let apart = match x == y || join.a() == laid.a.start || join.b() == laid.b.start {
            true => (None, None),
            false => (a.with_split_waw(join.a()), b.with_split_waw(join.b())),
        };
        let (kind, span_a, span_b) = match apart {
            (Some(split), None) if y.starts_with('و') => {
                (spelling::kind_of_set_apart(x, y), split, b.places[join.b()])
            }
            (None, Some(split)) if x.starts_with('و') => {
                (spelling::kind_of_set_apart(y, x), a.places[join.a()], split)
            }
            _ => (
                spelling::kind_of_joined(x, y),
                a.places[join.a()],
                b.places[join.b()],
            ),
        };
        if let Some(kind) = kind {
            let is_today = [(x, y), (y, x)].contains(&("يوم", "اليوم")) && self.names_weekday(join);
            let kind = match is_today {
                true => EditKind::RelativeDay,
                false => kind,
            };
            self.push(kind, span_a, span_b);
        }
    }

    /// True if a day of the week is named behind a word of both sides.
    fn names_weekday(&self, join: &Join) -> bool {
        let Naming { a, b, .. } = self.of;
        let weekday = |source: &Source, at: usize| {
            at < source.words.len() && WEEKDAYS.contains(&folded(*source, at).as_str())
        };
        weekday(a, join.a() + 1) && weekday(b, join.b() + 1)
    }

    /// True if a run is the same byte for byte, as most of a copy is: there is nothing to tell of it then.
    fn is_same(&self, run: &[Join]) -> bool {
        let Naming { a, b, .. } = self.of;
        let of = |source: &Source, from: usize| source.span(&(from..from + run.len()));
        let (in_a, in_b) = (of(a, run[0].a()), of(b, run[0].b()));
        in_a.of(a.text) == in_b.of(b.text)
    }

    /// Compares what stands behind two words of a run, paragraphs among it.
    fn in_run(&mut self, in_a: usize, in_b: usize) {
        let Naming { a, b, .. } = self.of;
        if a.is_framing(in_a) && b.is_framing(in_b) {
            return;
        }
        let (at_a, at_b) = (in_a + 1, in_b + 1);
        let (in_a, in_b) = ((a.text, a.behind(in_a)), (b.text, b.behind(in_b)));
        // Between most words of a copy stands the same.
        if in_a.1.of(in_a.0) != in_b.1.of(in_b.0) {
            separators::compare(in_a, in_b, &mut self.named.edits);
            // Marks before and behind a break are one edit with it.
            let told = |of_break: &Edit| {
                let marks = self.named.edits.last();
                marks.is_some_and(|it| it.a.overlaps(of_break.a) || it.b.overlaps(of_break.b))
            };
            let edit = separators::compare_breaks(in_a, in_b);
            self.named.breaks.extend(edit.filter(|edit| !told(edit)));
            let (split_a, split_b) = (a.with_split_waw(at_a), b.with_split_waw(at_b));
            if a.word(at_a) == b.word(at_b) && split_a.is_some() != split_b.is_some() {
                let (whole_a, whole_b) = (a.places[at_a], b.places[at_b]);
                let (span_a, span_b) = (split_a.unwrap_or(whole_a), split_b.unwrap_or(whole_b));
                self.push(EditKind::Reworded, span_a, span_b);
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
        let Naming { a, b, .. } = self.of;
        let (ends_a, ends_b) = (a.ends(from.0, to.0), b.ends(from.1, to.1));
        let edits = &mut self.named.edits;
        match (to.0 - from.0, to.1 - from.1) {
            (0 | 1, 0 | 1) => {}
            (1, _) => separators::compare_put_in(ends_a[0], ends_b, |a, b| (a, b), edits),
            (_, 1) => separators::compare_put_in(ends_b[0], ends_a, |b, a| (a, b), edits),
            _ => {
                for (in_a, in_b) in ends_a.into_iter().zip(ends_b) {
                    separators::compare(in_a, in_b, edits);
                }
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
        let mut next = match joins.start {
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
            let (from_a, from_b) = std::mem::replace(&mut next, (to_a + 1, to_b + 1));
            // Nothing, or nothing that is compared.
            let framing =
                |source: &Source, mut range: Range<usize>| range.all(|at| source.is_framing(at));
            if framing(&of.a, from_a..to_a) && framing(&of.b, from_b..to_b) {
                continue;
            }
            let whole =
                from_a > laid.a.start && to_a < laid.a.end && to_a >= from_a && to_b >= from_b;
            let inside = whole && from_b > laid.b.start && to_b < laid.b.end;
            let (mut to_a, mut to_b) = (to_a, to_b);
            let signs = match inside {
                true => self.signs((from_a, from_b), (to_a, to_b)),
                false => None,
            };
            if let Some(start) = signs {
                (to_a, to_b) = start;
                if (from_a, from_b) == start {
                    continue;
                }
                self.marks(from_a - 1, from_b - 1);
            } else if inside {
                self.marks_around((from_a - 1, from_b - 1), (to_a, to_b));
            }
            let left = lone_runs(from_a..to_a, |i| {
                of.lone_a[i - laid.a.start] && !of.a.is_framing(i)
            });
            let right = lone_runs(from_b..to_b, |j| {
                of.lone_b[j - laid.b.start] && !of.b.is_framing(j)
            });
            let (elsewhere_a, left): (Vec<_>, Vec<_>) = left
                .into_iter()
                .partition(|run| all_stray(&of.stray_a, run));
            let (elsewhere_b, right): (Vec<_>, Vec<_>) = right
                .into_iter()
                .partition(|run| all_stray(&of.stray_b, run));
            // The insertion point on the side that has nothing: after the last word in place.
            let point_a = self.of.a.point(from_a, &laid.a);
            let point_b = self.of.b.point(from_b, &laid.b);
            // A number that stands where another stood was put in its place, wherever it has come from.
            let numbers = |(x, y): &(&Range<usize>, &Range<usize>)| {
                let one = |source, run| Phrase::of(source, run, of.chance).is_number();
                one(of.a, x) && one(of.b, y)
            };
            let pairs = elsewhere_a.iter().zip(&elsewhere_b);
            let swapped = pairs.take_while(numbers).count();
            for (x, y) in elsewhere_a.iter().zip(&elsewhere_b).take(swapped) {
                self.replaced(x.clone(), y.clone());
            }
            for run in &elsewhere_a[swapped..] {
                let kind = self.elsewhere(of.a, run, EditKind::Deleted);
                self.push(kind, of.a.span(run), point_b);
            }
            for run in &elsewhere_b[swapped..] {
                let kind = self.elsewhere(of.b, run, EditKind::Inserted);
                self.push(kind, point_a, of.b.span(run));
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
        }
    }

    /// Names the sign of a number and its words, `15%` and «15 in the hundred», as one, and words that make a number a
    /// percentage as another number, if such words end the gap. `from` are the first words in the gap of each side, `to`
    /// the first behind it; what is left of it ends before those returned.
    fn signs(&mut self, from: (usize, usize), to: (usize, usize)) -> Option<(usize, usize)> {
        let Naming { a, b, .. } = self.of;
        let in_a = in_words(*a, from.0..to.0, (*b, from.1..to.1));
        let in_b = || in_words(*b, from.1..to.1, (*a, from.0..to.0));
        let (kind, start, span_a, span_b) = match in_a {
            Some((kind, start, words, sign)) => (kind, (start, to.1), words, sign),
            None => {
                let (kind, start, words, sign) = in_b()?;
                (kind, (to.0, start), sign, words)
            }
        };
        self.push(kind, span_a, span_b);
        let rest = |source: &Source, span: Span, to: usize| Span {
            start: span.end,
            end: source.places[to].start,
        };
        separators::compare(
            (a.text, rest(a, span_a, to.0)),
            (b.text, rest(b, span_b, to.1)),
            &mut self.named.edits,
        );
        Some(start)
    }

    /// Words of `a` stand where other words of `b` stand: pairs that are alike first, then the rest.
    fn replaced(&mut self, in_a: Range<usize>, in_b: Range<usize>) {
        let (span_a, span_b) = (self.of.a.span(&in_a), self.of.b.span(&in_b));
        // What stands on both sides alike is no edit, though nothing joined it.
        if span_a.of(self.of.a.text) == span_b.of(self.of.b.text) {
            return;
        }
        let x = Phrase::of(self.of.a, &in_a, self.of.chance);
        let y = Phrase::of(self.of.b, &in_b, self.of.chance);
        if let Some(kind) = kinds::kind_of_replaced(&x, &y) {
            self.push(kind, span_a, span_b);
            return;
        }
        let (count_a, count_b) = (x.completes_number(), y.completes_number());
        if (count_a == 0) != (count_b == 0) {
            // A number that both sides begin goes on in one of them: four here, fourteen there.
            let (upto_a, upto_b) = (in_a.start + count_a, in_b.start + count_b);
            let words = |side: Source, range: Range<usize>, within| match range.is_empty() {
                false => side.span(&range),
                true => side.point_before(range.start, within),
            };
            let laid = &self.of.laid;
            let span_a = words(self.of.a, in_a.start..upto_a, &laid.a);
            let span_b = words(self.of.b, in_b.start..upto_b, &laid.b);
            self.push(EditKind::Number, span_a, span_b);
            self.beside(upto_a..in_a.end, upto_b..in_b.end);
            return;
        }
        // Another name in quotation marks, with other words beside it.
        let names = quoted_part(self.of.a, &in_a).zip(quoted_part(self.of.b, &in_b));
        if let Some((name_a, name_b)) = names
            && (name_a != in_a || name_b != in_b)
        {
            self.beside(in_a.start..name_a.start, in_b.start..name_b.start);
            self.replaced(name_a.clone(), name_b.clone());
            self.beside(name_a.end..in_a.end, name_b.end..in_b.end);
            return;
        }
        let alike = kinds::alike_pair(&x, &y);
        let Some((i, j, kind)) = alike else {
            self.push(kinds::kind_of_other(&x, &y), span_a, span_b);
            return;
        };
        let (found_a, found_b) = (
            in_a.start + i.start..in_a.start + i.end,
            in_b.start + j.start..in_b.start + j.end,
        );
        if found_a.start > in_a.start && found_b.start > in_b.start {
            self.marks(found_a.start - 1, found_b.start - 1);
        }
        if found_a.end < in_a.end && found_b.end < in_b.end {
            self.marks(found_a.end - 1, found_b.end - 1);
        }
        self.beside(in_a.start..found_a.start, in_b.start..found_b.start);
        let (span_a, span_b) = (self.of.a.span(&found_a), self.of.b.span(&found_b));
        let (x, y) = (span_a.of(self.of.a.text), span_b.of(self.of.b.text));
        let kind = match kind {
            _ if x == y => None,
            EditKind::Spelling if found_a.len() == 1 && found_b.len() == 1 => {
                spelling::kind_of_joined(x, y)
            }
            _ => Some(kind),
        };
        if let Some(kind) = kind {
            self.push(kind, span_a, span_b);
        }
        self.beside(found_a.end..in_a.end, found_b.end..in_b.end);
    }

    /// What is left at either side of a pair that was found alike.
    fn beside(&mut self, in_a: Range<usize>, in_b: Range<usize>) {
        match (in_a.is_empty(), in_b.is_empty()) {
            (true, true) => {}
            (false, false) => self.replaced(in_a, in_b),
            (false, true) => {
                let point = self.of.b.point_before(in_b.start, &self.of.laid.b);
                let kind = self.one_sided(self.of.a, &in_a, EditKind::Deleted);
                self.push(kind, self.of.a.span(&in_a), point);
            }
            (true, false) => {
                let point = self.of.a.point_before(in_a.start, &self.of.laid.a);
                let kind = self.one_sided(self.of.b, &in_b, EditKind::Inserted);
                self.push(kind, point, self.of.b.span(&in_b));
            }
        }
    }

    /// `أول` of `أول أمس` makes the day another one, wherever else it stands.
    fn elsewhere(&self, source: Source, run: &Range<usize>, otherwise: EditKind) -> EditKind {
        let is_first = source.word(run.start).ends_with("ول");
        match is_first && Phrase::of(source, run, self.of.chance).is_part_of_day() {
            true => EditKind::RelativeDay,
            false => otherwise,
        }
    }

    fn one_sided(&self, source: Source, range: &Range<usize>, otherwise: EditKind) -> EditKind {
        let phrase = Phrase::of(source, range, self.of.chance);
        kinds::kind_of_one_sided(&phrase).unwrap_or(otherwise)
    }

    fn push(&mut self, kind: EditKind, a: Span, b: Span) {
        self.named.edits.push(Edit { kind, a, b });
    }
}

/// Words at the end of a gap that stand for a sign: what they are to the other side's number, where they start, where they
/// stand, and the sign there or where it would.
fn in_words(
    source: Source,
    gap: Range<usize>,
    (other, there): (Source, Range<usize>),
) -> Option<(EditKind, usize, Span, Span)> {
    /// Words of the longest sign.
    const LONGEST: usize = 2;
    let last = there.end - 1;
    let found = separators::sign_behind(other.text, other.behind(last));
    // Most gaps have nothing of it, and need not be read.
    let hundred = |at: usize| source.word(at).trim_start_matches('ب').starts_with("الم");
    let only = || gap.len() <= LONGEST && there.is_empty() && hundred(gap.end - 1);
    if gap.is_empty() || found.is_none() && !only() {
        return None;
    }
    let from = gap.start.max(gap.end.saturating_sub(LONGEST));
    let words: Vec<String> = (from..gap.end).map(|at| folded(source, at)).collect();
    let (start, sign) = (from..gap.end)
        .find_map(|start| Some((start, kinds::sign_in_words(&words[start - from..])?)))?;
    let span = source.span(&(start..gap.end));
    match found {
        Some((c, place)) => {
            let fits = c == sign && (start == gap.start) == there.is_empty();
            fits.then_some((EditKind::Numeral, start, span, place))
        }
        None => {
            let end = other.places[last].end;
            let number = start == gap.start && spelling::number(&folded(other, last)).is_some();
            let other_number =
                number && sign == '%' && !separators::has_sign(other.text, end as usize);
            let point = Span { start: end, end };
            other_number.then_some((EditKind::Number, start, span, point))
        }
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
