//! Lays the two sides of a region against each other, word to word, and finds its true ends.

use std::cell::RefCell;
use std::ops::Range;

use super::align::join;
use super::among::Among;
use super::evidence::Evidence;
use super::findings::PassageKind;
use super::join::Join;
use super::merge;
use super::peaks::{Found, Stretch, find, peaks};
use super::region::{Finder, Of, Region};
use super::words::Word;

/// A region in which every word has at most one partner, with the partners.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    pub a: Range<usize>,
    pub b: Range<usize>,
    pub score: f32,
    /// Positions count from the start of the texts, not of the region.
    pub joins: Vec<Join>,
}

impl Laid {
    /// Moves positions from the start of a block to the start of its text.
    pub fn shift(&mut self, by_a: usize, by_b: usize) {
        self.a = self.a.start + by_a..self.a.end + by_a;
        self.b = self.b.start + by_b..self.b.end + by_b;
        for join in &mut self.joins {
            *join = join.shifted(by_a, by_b);
        }
    }

    /// The same seen from the other side.
    pub fn swapped(self) -> Self {
        let mut joins = self.joins;
        for join in &mut joins {
            *join = join.swapped();
        }
        joins.sort_unstable_by_key(Join::a);
        Self {
            a: self.b,
            b: self.a,
            score: self.score,
            joins,
        }
    }
}

impl Laid {
    /// Takes off the ends what hangs on them loosely: a few words behind a gap at least as long as they
    /// are. `None` if nothing is left.
    fn without_stragglers(mut self) -> Option<Self> {
        let put_in = self.joins.len() / PER_WORD_PUT_IN;
        let ours = self.joins.iter().map(|join| (join.a(), join.b()));
        let in_a = firm(&self.a, ours, put_in);
        let mut theirs: Vec<_> = self.joins.iter().map(|join| (join.b(), join.a())).collect();
        theirs.sort_unstable();
        let in_b = firm(&self.b, theirs.into_iter(), put_in);
        self.joins
            .retain(|join| in_a.contains(&join.a()) && in_b.contains(&join.b()));
        let (first, last) = (self.joins.first()?, self.joins.last()?);
        self.a = first.a()..last.a() + 1;
        let theirs = || self.joins.iter().map(|join| join.b());
        self.b = theirs().min()?..theirs().max()? + 1;
        Some(self)
    }
}

impl Laid {
    /// Takes in words before and behind that are equal on both sides: common words say too little to be
    /// found at an end, but belong to it.
    fn grown(mut self, a: &[Word], b: &[Word]) -> Self {
        let starts = self
            .joins
            .first()
            .is_some_and(|first| (first.a(), first.b()) == (self.a.start, self.b.start));
        if starts {
            let before = a[..self.a.start]
                .iter()
                .rev()
                .zip(b[..self.b.start].iter().rev())
                .take(FARTHEST);
            let more = before.take_while(|(x, y)| x.key() == y.key()).count();
            self.a.start -= more;
            self.b.start -= more;
            let (i, j) = (self.a.start, self.b.start);
            self.joins.splice(0..0, Join::run((i, j), more));
        }
        let ends = self
            .joins
            .last()
            .is_some_and(|last| (last.a() + 1, last.b() + 1) == (self.a.end, self.b.end));
        if ends {
            let behind = a[self.a.end..].iter().zip(&b[self.b.end..]);
            let behind = behind.take(FARTHEST);
            let more = behind.take_while(|(x, y)| x.key() == y.key()).count();
            let (i, j) = (self.a.end, self.b.end);
            self.joins.extend(Join::run((i, j), more));
            self.a.end += more;
            self.b.end += more;
        }
        self
    }
}

/// Words that a passage takes in at an end. What goes on for longer is found by itself: of two copies of a book
/// each part would else grow to the whole.
const FARTHEST: usize = 512;

/// Joined words of a passage that bear one word put in close to an end.
const PER_WORD_PUT_IN: usize = 8;

/// The part of `range` from which loose ends are taken, given its joined positions in order, each with
/// its partner. What follows directly on the other side is not loose for up to `put_in` words between.
fn firm(
    range: &Range<usize>,
    joined: impl DoubleEndedIterator<Item = (usize, usize)> + Clone,
    put_in: usize,
) -> Range<usize> {
    /// Words unjoined in a row that are a gap, and joined words that can be loose.
    const GAP: usize = 3;
    const LOOSE: usize = 3;
    let end_of = |positions: &mut dyn Iterator<Item = (usize, usize)>| {
        let mut last = positions.next()?;
        for (count, at) in (1..=LOOSE).zip(positions) {
            let gap = at.0.abs_diff(last.0) - 1;
            let holds = gap <= put_in && at.1.abs_diff(last.1) == 1;
            if gap >= GAP && gap > count && !holds {
                return Some(at.0);
            }
            last = at;
        }
        None
    };
    let start = end_of(&mut joined.clone()).unwrap_or(range.start);
    let end = end_of(&mut joined.rev()).map_or(range.end, |at| at + 1);
    start..end.max(start)
}

/// Lays the two sides of a region against each other and cuts away what has no partner: a text that goes
/// on about its subject repeats the words of the passage, but the passage has each of them only once.
///
/// One text may have the passage twice. So where `judge` calls some of it a passage, what is left over on one side is
/// laid against the whole other side again, as long as something is found.
pub(super) fn lay(
    evidence: &Evidence,
    finder: &mut Finder,
    a: &[Word],
    b: &[Word],
    region: &Region,
    judge: impl Fn(&Laid) -> Option<PassageKind>,
    out: &mut Vec<Judged>,
) {
    let first = out.len();
    let (all_a, all_b) = (&region.a, &region.b);
    let mut more = Vec::new();
    lay_within(evidence, a, b, all_a.clone(), all_b.clone(), 0, &mut more);
    for _ in 0..=AGAIN {
        let judged = more.drain(..).map(|laid| (judge(&laid), laid));
        out.extend(judged.map(|(kind, laid)| Judged { laid, kind }));
        let found = &out[first..];
        if !found.iter().any(|one| one.kind.is_some()) {
            break;
        }
        let left_a = left_over(all_a, found.iter().map(|one| &one.laid.a));
        let left_b = left_over(all_b, found.iter().map(|one| &one.laid.b));
        for left in left_a {
            finder.stretches(evidence, Of::A, left, all_b.clone(), |stretch, score| {
                if score >= WORTH_IT {
                    lay_within(evidence, a, b, stretch, all_b.clone(), 0, &mut more);
                }
            });
        }
        for left in left_b {
            finder.stretches(evidence, Of::B, left, all_a.clone(), |stretch, score| {
                if score >= WORTH_IT {
                    lay_within(evidence, a, b, all_a.clone(), stretch, 0, &mut more);
                }
            });
        }
        if more.is_empty() {
            break;
        }
    }
}

/// A region, and what it is if it is a passage by itself.
pub(super) struct Judged {
    pub laid: Laid,
    pub kind: Option<PassageKind>,
}

/// Rounds in which what is left over is looked at again.
const AGAIN: usize = 3;
/// Nats at which what is left over is looked at.
const WORTH_IT: f32 = 20.0;
/// Words left over in a row that may be a passage once more.
const LONG_ENOUGH: usize = 8;

fn left_over<'a>(
    whole: &Range<usize>,
    taken: impl Iterator<Item = &'a Range<usize>>,
) -> Vec<Range<usize>> {
    let mut taken: Vec<&Range<usize>> = taken.collect();
    taken.sort_unstable_by_key(|range| range.start);
    let mut from = whole.start;
    let mut left = Vec::new();
    for range in taken {
        if range.start >= from + LONG_ENOUGH {
            left.push(from..range.start);
        }
        from = from.max(range.end);
    }
    if whole.end >= from + LONG_ENOUGH {
        left.push(from..whole.end);
    }
    left
}

/// The same for two stretches, given how often they have been cut down already.
pub(super) fn lay_within(
    evidence: &Evidence,
    a: &[Word],
    b: &[Word],
    in_a: Range<usize>,
    in_b: Range<usize>,
    depth: usize,
    out: &mut Vec<Laid>,
) {
    let mut buffers = Buffers::take();
    buffers.joins.clear();
    join(a, b, &in_a, &in_b, &mut buffers.joins);
    narrow(evidence, a, b, (in_a, in_b), &mut buffers, depth, out);
    buffers.give_back();
}

/// Cuts a stretch of both texts, laid against each other by the joins in `buffers`, down to what stands out.
fn narrow(
    evidence: &Evidence,
    a: &[Word],
    b: &[Word],
    (in_a, in_b): (Range<usize>, Range<usize>),
    buffers: &mut Buffers,
    depth: usize,
    out: &mut Vec<Laid>,
) {
    let Buffers {
        joins,
        among,
        partner,
        theirs,
        found,
        on_a,
        on_b,
    } = buffers;
    partner.clear();
    partner.resize(in_a.len(), NONE);
    for join in &*joins {
        partner[join.a() - in_a.start] = join.b() as u32;
    }
    let words = &a[in_a.clone()];
    stand_out(evidence, words, in_b.len(), partner, found, on_a);
    for (from_a, sum_a) in &*on_a {
        // Opposite this stretch only its own partners count.
        theirs.clear();
        theirs.resize(in_b.len(), NONE);
        for i in from_a.clone().filter(|i| partner[*i] != NONE) {
            theirs[partner[i] as usize - in_b.start] = i as u32;
        }
        let from_a = in_a.start + from_a.start..in_a.start + from_a.end;
        let words = &b[in_b.clone()];
        stand_out(evidence, words, from_a.len(), theirs, found, on_b);
        for (from_b, sum_b) in &*on_b {
            let from_b = in_b.start + from_b.start..in_b.start + from_b.end;
            let inside = |join: &Join| (from_a.contains(&join.a()), from_b.contains(&join.b()));
            let kept = joins
                .iter()
                .filter(|join| inside(join) == (true, true))
                .copied();
            if depth < 5 && (from_a != in_a || from_b != in_b) {
                let parts = (from_a.clone(), from_b.clone());
                // Where no word that lost its partner may find another, laying it anew would bring nothing.
                let lost_a = joins.iter().filter(|join| inside(join) == (true, false));
                let lost_b = joins.iter().filter(|join| inside(join) == (false, true));
                let finds = may_meet(among, lost_a.map(|join| a[join.a()]), &b[from_b.clone()])
                    || may_meet(among, lost_b.map(|join| b[join.b()]), &a[from_a.clone()]);
                if !finds {
                    let mut of_part = Buffers::take();
                    of_part.joins.clear();
                    of_part.joins.extend(kept);
                    narrow(evidence, a, b, parts, &mut of_part, depth + 1, out);
                    of_part.give_back();
                } else {
                    lay_within(evidence, a, b, parts.0, parts.1, depth + 1, out);
                }
            } else {
                let laid = Laid {
                    a: from_a.clone(),
                    b: from_b.clone(),
                    score: sum_a.min(*sum_b),
                    joins: kept.collect(),
                };
                let firm = laid.without_stragglers();
                out.extend(firm.map(|laid| laid.grown(a, b)));
            }
        }
    }
}

/// True if some of these words may be among those.
fn may_meet(among: &mut Among, these: impl Iterator<Item = Word>, those: &[Word]) -> bool {
    let mut these = these.peekable();
    these.peek().is_some() && {
        among.fill(those.iter().copied());
        these.any(|word| among.may_have(word))
    }
}

/// No partner.
const NONE: u32 = u32::MAX;

/// What a stretch is cut down with.
#[derive(Default)]
struct Buffers {
    /// Positions count from the start of the texts.
    joins: Vec<Join>,
    among: Among,
    /// The partner of each word in `a`, and in `b`.
    partner: Vec<u32>,
    theirs: Vec<u32>,
    found: Vec<Found>,
    on_a: Vec<Stretch>,
    on_b: Vec<Stretch>,
}

thread_local! {
    /// They outlive the call, for this is done many times for each pair of texts; several, for it calls itself.
    static IDLE: RefCell<Vec<Buffers>> = const { RefCell::new(Vec::new()) };
}

impl Buffers {
    fn take() -> Self {
        IDLE.with_borrow_mut(Vec::pop).unwrap_or_default()
    }

    fn give_back(self) {
        IDLE.with_borrow_mut(|idle| idle.push(self));
    }
}

/// Finds the stretches of `words` that stand out, given the partner of each, or [`NONE`], among `other` words.
fn stand_out(
    evidence: &Evidence,
    words: &[Word],
    other: usize,
    partner: &[u32],
    found: &mut Vec<Found>,
    out: &mut Vec<Stretch>,
) {
    let column = evidence.column(Evidence::shift(other));
    let score = |at: usize| column[usize::from(evidence.level(words[at].key()))];
    find(found, partner.iter().enumerate(), |(at, partner)| {
        (*partner != NONE, (at as u32, 0.0))
    });
    for (at, says) in &mut *found {
        *says = score(*at as usize).found;
    }
    // The other side may have left out at once what it goes on behind right where it stopped.
    let at_once = |at: usize| {
        let [last, next] = [at - 1, at].map(|at| found[at].0 as usize);
        partner[last] + 1 == partner[next] && next - last <= merge::WIDE
    };
    out.clear();
    let missing = |at: usize| score(at).missing;
    peaks(found, missing, at_once, |range, sum| out.push((range, sum)));
}
