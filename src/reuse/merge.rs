//! Makes one passage of what a reader sees as one, and drops what is found twice.
//!
//! Clauses put in or left out on one side split a region, although the text goes on where it stopped; and
//! blocks that overlap find the same region again. Both are put right here, between the same two texts.

use std::ops::Range;

use super::align::{Join, join};
use super::findings::PassageKind;
use super::judge;
use super::pair::Accepted;
use super::words::{Corpus, Word};

/// Words between two passages on the side where they are closer, and on the other, that a reader skips.
const NARROW: usize = 12;
const WIDE: usize = 40;

/// Sorts what was found by units and places, and makes one of what is one.
pub(super) fn tidy(corpus: &Corpus, mut found: Vec<Accepted>) -> Vec<Accepted> {
    found.sort_by(|x, y| {
        (x.unit_a, x.unit_b)
            .cmp(&(y.unit_a, y.unit_b))
            .then(x.kind.is_none().cmp(&y.kind.is_none()))
            .then(y.laid.score.total_cmp(&x.laid.score))
            .then_with(|| place(x).cmp(&place(y)))
    });
    let mut out = Vec::with_capacity(found.len());
    let mut pair: Vec<Accepted> = Vec::new();
    for one in found {
        if pair
            .last()
            .is_some_and(|last| (last.unit_a, last.unit_b) != (one.unit_a, one.unit_b))
        {
            out.extend(tidy_pair(corpus, std::mem::take(&mut pair)));
        }
        let double = pair
            .iter()
            .any(|k| mostly_in(&one.laid.a, &k.laid.a) && mostly_in(&one.laid.b, &k.laid.b));
        if !double {
            pair.push(one);
        }
    }
    out.extend(tidy_pair(corpus, pair));
    out
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
                unite(&mut pair[i], &other);
            }
            None => i += 1,
        }
    }
    // What only came along to be united with something stronger goes.
    pair.retain(|one| one.kind.is_some());
    for one in pair.iter_mut().filter(|one| one.laid.joins.is_empty()) {
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
    match (x.kind, y.kind) {
        (None, None) => false,
        // The ends of a copy are sharp; what is reworded may fade out.
        (Some(PassageKind::Copy), None) | (None, Some(PassageKind::Copy)) => false,
        (Some(_), None) | (None, Some(_)) => far <= NARROW,
        (Some(_), Some(_)) => near <= NARROW && far <= WIDE,
    }
}

/// Words between two ranges; none if they touch or overlap.
fn gap(x: &Range<usize>, y: &Range<usize>) -> usize {
    x.start.max(y.start).saturating_sub(x.end.min(y.end))
}

/// Stretches `one` over `other`. Its joins are emptied: they are laid anew when all is united.
fn unite(one: &mut Accepted, other: &Accepted) {
    let hull = |x: &Range<usize>, y: &Range<usize>| x.start.min(y.start)..x.end.max(y.end);
    one.laid.a = hull(&one.laid.a, &other.laid.a);
    one.laid.b = hull(&one.laid.b, &other.laid.b);
    one.laid.score += other.laid.score;
    one.laid.joins.clear();
    one.kind = one.kind.max(other.kind);
}

fn joined(a: &[Word], b: &[Word], in_a: &Range<usize>, in_b: &Range<usize>) -> Vec<Join> {
    let mut joins = join(&a[in_a.clone()], &b[in_b.clone()]);
    for join in &mut joins {
        join.a += in_a.start;
        join.b += in_b.start;
    }
    joins
}

fn mostly_in(x: &Range<usize>, y: &Range<usize>) -> bool {
    let shared = x.end.min(y.end).saturating_sub(x.start.max(y.start));
    2 * shared > x.len()
}
