//! Makes one passage of what a reader sees as one, and drops what is found twice.
//!
//! Clauses put in or left out on one side split a region, although the text goes on where it stopped; and
//! blocks that overlap find the same region again. Both are put right here, between the same two texts.

use std::ops::Range;

use super::align::join;
use super::findings::PassageKind;
use super::join::Join;
use super::judge;
use super::lay::Laid;
use super::pair::Accepted;
use super::words::{Corpus, Word};

/// Words between two passages on the side where they are closer, and on the other, that a reader skips.
pub(super) const NARROW: usize = 12;
pub(super) const WIDE: usize = 40;

/// Words of a passage that is not laid anew as a whole where something is added, and of both that are.
const LONG: usize = 1024;
const SEAM: usize = 128;

/// Sorts what was found by units and places, and makes one of what is one.
pub(super) fn tidy(corpus: &Corpus, mut found: Vec<Accepted>) -> Vec<Accepted> {
    if let [one] = &found[..]
        && one.kind.is_some()
    {
        return found;
    }
    found.sort_by(|x, y| {
        (x.unit_a, x.unit_b)
            .cmp(&(y.unit_a, y.unit_b))
            .then(x.kind.is_none().cmp(&y.kind.is_none()))
            .then(y.laid.score.total_cmp(&x.laid.score))
            .then_with(|| place(x).cmp(&place(y)))
    });
    let mut out = Vec::with_capacity(found.len());
    let mut pair: Vec<Accepted> = Vec::new();
    let mut places = Map::default();
    for one in found {
        if pair
            .last()
            .is_some_and(|last| (last.unit_a, last.unit_b) != (one.unit_a, one.unit_b))
        {
            out.extend(tidy_pair(corpus, std::mem::take(&mut pair)));
            places.clear();
        }
        let double = places.near(&one.laid.a, 0).any(|k| {
            let known = &pair[k].laid;
            mostly_in(&one.laid.a, &known.a) && mostly_in(&one.laid.b, &known.b)
        });
        if !double {
            places.add(&one.laid.a, pair.len());
            pair.push(one);
        }
    }
    out.extend(tidy_pair(corpus, pair));
    out
}

/// Which of some ranges of one text lie near a place, so that of very many not each is compared with each.
#[derive(Default)]
struct Map(Vec<Vec<u32>>);

impl Map {
    /// Positions that are one place.
    const CELL: usize = 256;

    fn clear(&mut self) {
        self.0.clear();
    }

    fn add(&mut self, range: &Range<usize>, number: usize) {
        let cells = range.start / Self::CELL..range.end.div_ceil(Self::CELL);
        if self.0.len() < cells.end {
            self.0.resize_with(cells.end, Vec::new);
        }
        for cell in &mut self.0[cells] {
            cell.push(number as u32);
        }
    }

    /// The numbers of all ranges that are so near to this one or nearer, and of some others, each at least once.
    fn near(&self, range: &Range<usize>, away: usize) -> impl Iterator<Item = usize> {
        let from = range.start.saturating_sub(away) / Self::CELL;
        let to = (range.end + away).div_ceil(Self::CELL).min(self.0.len());
        let cells = &self.0[from.min(to)..to];
        cells.iter().flatten().map(|number| *number as usize)
    }
}

fn tidy_pair(corpus: &Corpus, mut pair: Vec<Accepted>) -> Vec<Accepted> {
    pair.sort_by_key(place);
    let mut i = 0;
    while i < pair.len() {
        let next = (i + 1..pair.len())
            .take_while(|k| pair[*k].laid.a.start <= pair[i].laid.a.end + WIDE)
            .find(|k| are_one(&pair[i], &pair[*k]));
        match next {
            Some(k) => {
                let other = pair.remove(k);
                unite(corpus, &mut pair[i], &other);
            }
            None => i += 1,
        }
    }
    // What only came along to be united with something stronger goes.
    pair.retain(|one| one.kind.is_some());
    without_echoes(&mut pair);
    for one in pair.iter_mut().filter(|one| one.united) {
        let (a, b) = (
            &corpus.units[one.unit_a as usize].words,
            &corpus.units[one.unit_b as usize].words,
        );
        one.laid.joins = joined(a, b, &one.laid.a, &one.laid.b);
        one.kind = Some(judge::shape(a, b, &one.laid));
    }
    pair
}

fn place(x: &Accepted) -> (usize, usize, usize, usize) {
    let laid = &x.laid;
    (laid.a.start, laid.b.start, laid.a.end, laid.b.end)
}

fn are_one(x: &Accepted, y: &Accepted) -> bool {
    let (in_a, in_b) = (gap(&x.laid.a, &y.laid.a), gap(&x.laid.b, &y.laid.b));
    let (near, far) = (in_a.min(in_b), in_a.max(in_b));
    let near_enough = match (x.kind, y.kind) {
        (None, None) => false,
        // The ends of a copy are sharp; what is reworded may fade out.
        (Some(PassageKind::Copy), None) | (None, Some(PassageKind::Copy)) => false,
        (Some(_), None) | (None, Some(_)) => far <= NARROW,
        (Some(_), Some(_)) => near <= NARROW && far <= WIDE,
    };
    // What one side has twice is no continuation. Asked last: it looks at every word of both.
    near_enough && !repeats(&x.laid, &y.laid) && !repeats(&y.laid, &x.laid)
}

/// True if most of the words by which `part` is joined on one side have another partner in `whole`.
fn repeats(part: &Laid, whole: &Laid) -> bool {
    // Of a book only the part that both have is looked at.
    let mostly = |ends: fn(&Join) -> (usize, usize), x: &Range<usize>, y: &Range<usize>| {
        let both = x.start.max(y.start)..x.end.min(y.end);
        if both.is_empty() {
            return false;
        }
        let all = whole.joins.iter().map(ends);
        let mut taken: Vec<(usize, usize)> = all.filter(|(at, _)| both.contains(at)).collect();
        taken.sort_unstable();
        let twice = |join: &&Join| {
            let (at, partner) = ends(join);
            if !both.contains(&at) {
                return false;
            }
            let next = taken.partition_point(|(other, _)| *other < at);
            taken
                .get(next)
                .is_some_and(|taken| taken.0 == at && taken.1 != partner)
        };
        2 * part.joins.iter().filter(twice).count() > part.joins.len()
    };
    let touch = |x: &Range<usize>, y: &Range<usize>| gap(x, y) == 0;
    touch(&part.a, &whole.a) && mostly(|join| (join.a(), join.b()), &part.a, &whole.a)
        || touch(&part.b, &whole.b) && mostly(|join| (join.b(), join.a()), &part.b, &whole.b)
}

/// A text that goes on about its subject says again what a passage right beside says, in other words. That is
/// no passage of its own; a copy that stands twice is.
fn without_echoes(pair: &mut Vec<Accepted>) {
    let mut places = Map::default();
    for (number, one) in pair.iter().enumerate() {
        places.add(&one.laid.a, number);
    }
    let echo = |x: &Accepted| {
        let stronger = |y: &&Accepted| {
            let apart = gap(&x.laid.a, &y.laid.a).max(gap(&x.laid.b, &y.laid.b));
            y.laid.score > x.laid.score && apart <= WIDE
        };
        x.kind == Some(PassageKind::Reworded)
            && places
                .near(&x.laid.a, WIDE)
                .map(|y| &pair[y])
                .filter(stronger)
                .any(|y| repeats(&x.laid, &y.laid))
    };
    let echoes: Vec<bool> = pair.iter().map(echo).collect();
    let mut at = echoes.into_iter();
    pair.retain(|_| at.next() != Some(true));
}

/// Words between two ranges; none if they touch or overlap.
fn gap(x: &Range<usize>, y: &Range<usize>) -> usize {
    x.start.max(y.start).saturating_sub(x.end.min(y.end))
}

/// Stretches `one` over `other`. Its joins are laid anew when all is united; where a long one goes on with another, only
/// what lies between.
fn unite(corpus: &Corpus, one: &mut Accepted, other: &Accepted) {
    if !one.united && !other.united && go_on(corpus, one, other) {
        return;
    }
    let hull = |x: &Range<usize>, y: &Range<usize>| x.start.min(y.start)..x.end.max(y.end);
    one.laid.a = hull(&one.laid.a, &other.laid.a);
    one.laid.b = hull(&one.laid.b, &other.laid.b);
    one.laid.score += other.laid.score;
    one.laid.joins.extend_from_slice(&other.laid.joins);
    one.united = true;
    one.kind = one.kind.max(other.kind);
}

/// Lets a long passage go on with another, laid anew only around the seam. False where the first is not long.
fn go_on(corpus: &Corpus, one: &mut Accepted, other: &Accepted) -> bool {
    let (x, y) = (&one.laid, &other.laid);
    let before = |end: usize, start: usize| end.min(start).saturating_sub(SEAM);
    let from = (before(x.a.end, y.a.start), before(x.b.end, y.b.start));
    let to = (
        (x.a.end.max(y.a.start) + SEAM).min(x.a.end.max(y.a.end)),
        (x.b.end.max(y.b.start) + SEAM).min(x.b.end.max(y.b.end)),
    );
    if from.0 < x.a.start + LONG || from.1 < x.b.start + LONG {
        return false;
    }
    let words = |unit: u32| &corpus.units[unit as usize].words[..];
    let (a, b) = (words(one.unit_a), words(one.unit_b));
    let laid = &mut one.laid;
    laid.joins
        .retain(|join| join.a() < from.0 && join.b() < from.1);
    laid.joins
        .extend(joined(a, b, &(from.0..to.0), &(from.1..to.1)));
    let behind = y
        .joins
        .iter()
        .filter(|join| join.a() >= to.0 && join.b() >= to.1);
    laid.joins.extend(behind);
    laid.a.end = laid.a.end.max(y.a.end);
    laid.b.end = laid.b.end.max(y.b.end);
    laid.score += y.score;
    one.kind = Some(judge::shape(a, b, &one.laid));
    true
}

fn joined(a: &[Word], b: &[Word], in_a: &Range<usize>, in_b: &Range<usize>) -> Vec<Join> {
    let mut joins = Vec::new();
    join(a, b, in_a, in_b, &mut joins);
    joins
}

fn mostly_in(x: &Range<usize>, y: &Range<usize>) -> bool {
    let shared = x.end.min(y.end).saturating_sub(x.start.max(y.start));
    2 * shared > x.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(joins: &[(usize, usize)]) -> Laid {
        let joins: Vec<Join> = joins
            .iter()
            .map(|(a, b)| Join::new(*a, *b, false))
            .collect();
        let ends = |place: fn(&Join) -> usize| {
            let first = joins.iter().map(place).min().unwrap();
            first..joins.iter().map(place).max().unwrap() + 1
        };
        Laid {
            a: ends(|join| join.a()),
            b: ends(|join| join.b()),
            score: joins.len() as f32,
            joins,
        }
    }

    #[test]
    fn what_is_said_twice_repeats_and_what_is_found_twice_does_not() {
        let whole = laid(&[(0, 10), (1, 11), (2, 12), (3, 13)]);
        let again = laid(&[(5, 10), (6, 11), (8, 13)]);
        assert!(repeats(&again, &whole));
        let goes_on = laid(&[(5, 14), (6, 15), (8, 13)]);
        assert!(!repeats(&goes_on, &whole));
        let overlapping = laid(&[(2, 12), (3, 13), (4, 14)]);
        assert!(!repeats(&overlapping, &whole));
    }

    #[test]
    fn an_echo_beside_a_passage_goes_and_a_second_copy_stays() {
        let one = |kind, laid| Accepted {
            unit_a: 0,
            unit_b: 1,
            kind: Some(kind),
            laid,
            united: false,
        };
        let whole = || {
            one(
                PassageKind::Copy,
                laid(&[(0, 10), (1, 11), (2, 12), (3, 13)]),
            )
        };
        for (kind, left) in [(PassageKind::Reworded, 1), (PassageKind::Copy, 2)] {
            let again = one(kind, laid(&[(5, 10), (6, 11), (8, 13)]));
            let mut pair = vec![whole(), again];
            without_echoes(&mut pair);
            assert_eq!(pair.len(), left, "{kind:?}");
        }
        let far = one(
            PassageKind::Reworded,
            laid(&[(205, 10), (206, 11), (208, 13)]),
        );
        let mut pair = vec![whole(), far];
        without_echoes(&mut pair);
        assert_eq!(pair.len(), 2);
    }
}
