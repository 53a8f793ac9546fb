//! Lays the two sides of a region against each other, word to word, and finds its true ends.

use std::cell::RefCell;
use std::ops::Range;

use super::align::join_shared;
use super::evidence::Evidence;
use super::findings::PassageKind;
use super::join::Join;
use super::merge;
use super::peaks::{Found, Stretch, peaks};
use super::region::{Finder, Of, Region};
use super::shared::{Met, Seen, Shared, part};
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
}

impl Laid {
    /// Takes off the ends what hangs on them loosely: a few words behind a gap at least as long as they
    /// are. `None` if nothing is left.
    fn without_stragglers(mut self) -> Option<Self> {
        let put_in = self.joins.len() / PER_WORD_PUT_IN;
        let ours = self.joins.iter().map(|join| (join.a(), join.b()));
        let in_a = firm(&self.a, ours, put_in);
        let mut theirs: Vec<_> = self.joins.iter().map(|join| (join.b(), join.a())).collect();
        theirs.sort_by_key(|(at, _)| *at);
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
/// laid against the whole other side again, as long as something is found. The texts are those that `finder` has met.
pub(super) fn lay(
    evidence: &Evidence,
    finder: &mut Finder,
    texts: Texts,
    region: &Region,
    judge: impl Fn(&Laid) -> Option<PassageKind>,
    out: &mut Vec<Judged>,
) {
    let first = out.len();
    let (all_a, all_b) = (&region.a, &region.b);
    let laying = Laying { evidence, texts };
    let (mut shared, mut more) = (Shared::default(), Vec::new());
    let mut lay_part = |finder: &mut Finder, parts: Parts, more: &mut Vec<Laid>| {
        finder.shared(&parts.0, &parts.1, &mut shared);
        laying.lay(parts, &shared, 0, more);
    };
    lay_part(finder, (all_a.clone(), all_b.clone()), &mut more);
    for _ in 0..=AGAIN {
        let judged = more.drain(..).map(|laid| (judge(&laid), laid));
        out.extend(judged.map(|(kind, laid)| Judged { laid, kind }));
        let found = &out[first..];
        if !found.iter().any(|one| one.kind.is_some()) {
            break;
        }
        let left_a = left_over(all_a, found.iter().map(|one| &one.laid.a));
        for stretch in worth_it(evidence, finder, Of::A, left_a, all_b) {
            lay_part(finder, (stretch, all_b.clone()), &mut more);
        }
        let left_b = left_over(all_b, found.iter().map(|one| &one.laid.b));
        for stretch in worth_it(evidence, finder, Of::B, left_b, all_a) {
            lay_part(finder, (all_a.clone(), stretch), &mut more);
        }
        if more.is_empty() {
            break;
        }
    }
}

/// The stretches of what is `left` over on one side that say something, given what is `opposite`.
fn worth_it(
    evidence: &Evidence,
    finder: &mut Finder,
    of: Of,
    left: Vec<Range<usize>>,
    opposite: &Range<usize>,
) -> Vec<Range<usize>> {
    let mut worth_it = Vec::new();
    for left in left {
        finder.stretches(evidence, of, left, opposite.clone(), |stretch, score| {
            if score >= WORTH_IT {
                worth_it.push(stretch);
            }
        });
    }
    worth_it
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

/// Two texts, and a stretch of each.
pub(super) type Texts<'t> = (&'t [Word], &'t [Word]);
type Parts = (Range<usize>, Range<usize>);

/// Lays a stretch of each of two texts that no finder has met against one another, and cuts away the same.
pub(super) fn lay_within(evidence: &Evidence, texts: Texts, parts: Parts, out: &mut Vec<Laid>) {
    let mut shared = Shared::default();
    shared.fill((texts.0, &parts.0), (texts.1, &parts.1));
    Laying { evidence, texts }.lay(parts, &shared, 0, out);
}

/// Two texts that are laid against each other.
struct Laying<'t> {
    evidence: &'t Evidence,
    texts: Texts<'t>,
}

impl Laying<'_> {
    /// Lays what two stretches have in common, given how often they have been cut down already.
    fn lay(&self, (in_a, in_b): Parts, shared: &Shared, depth: usize, out: &mut Vec<Laid>) {
        let (a, b) = self.texts;
        let mut buffers = Buffers::take();
        buffers.joins.clear();
        join_shared(a, b, (in_a.start, in_b.start), shared, |join, number| {
            buffers.joins.push((join, number));
        });
        self.narrow((in_a, in_b), shared, &mut buffers, depth, out);
        buffers.give_back();
    }

    /// Cuts a stretch of both texts, laid against each other by the joins in `buffers`, down to what stands out. All
    /// that the two have in common is `shared`, and may be more.
    fn narrow(
        &self,
        (in_a, in_b): Parts,
        shared: &Shared,
        buffers: &mut Buffers,
        depth: usize,
        out: &mut Vec<Laid>,
    ) {
        let (evidence, (a, b)) = (self.evidence, self.texts);
        let Buffers {
            joins,
            seen,
            partners,
            found,
            on_a,
            on_b,
        } = buffers;
        partners.clear();
        partners.extend(joins.iter().map(|(join, _)| join.places()));
        stand_out(evidence, a, in_b.len(), partners, found, on_a);
        for (from_a, sum_a) in &*on_a {
            let before = |place: usize| joins.partition_point(|(join, _)| join.a() < place);
            let (first, end) = (before(from_a.start), before(from_a.end));
            // Opposite this stretch only its own partners count.
            let own = &joins[first..end];
            partners.clear();
            partners.extend(own.iter().map(|(join, _)| join.swapped().places()));
            partners.sort_by_key(|(at, _)| *at);
            stand_out(evidence, b, from_a.len(), partners, found, on_b);
            for (from_b, sum_b) in &*on_b {
                let within = |(join, _): &&Numbered| from_b.contains(&join.b());
                let kept = own.iter().filter(within);
                if depth == DEEPEST || (*from_a == in_a && *from_b == in_b) {
                    let mut joins = Vec::with_capacity(own.len());
                    joins.extend(kept.map(|(join, _)| *join));
                    let laid = Laid {
                        a: from_a.clone(),
                        b: from_b.clone(),
                        score: sum_a.min(*sum_b),
                        joins,
                    };
                    let firm = laid.without_stragglers();
                    out.extend(firm.map(|laid| laid.grown(a, b)));
                    continue;
                }
                let parts = (from_a.clone(), from_b.clone());
                // Where no word that lost its partner may find another, laying it anew would bring nothing.
                let others = joins[..first].iter().chain(&joins[end..]);
                let lost_a = own.iter().filter(|one| !within(one));
                let lost_b = others.filter(within);
                let finds = may_meet(seen, lost_a, part(&shared.b, from_b))
                    || may_meet(seen, lost_b, part(&shared.a, from_a));
                if finds {
                    let mut of_parts = Shared::default();
                    of_parts.fill_within(shared, from_a, from_b, seen);
                    self.lay(parts, &of_parts, depth + 1, out);
                } else {
                    let mut of_parts = Buffers::take();
                    of_parts.joins.clear();
                    of_parts.joins.extend(kept);
                    self.narrow(parts, shared, &mut of_parts, depth + 1, out);
                    of_parts.give_back();
                }
            }
        }
    }
}

/// How often a stretch is cut down at most.
const DEEPEST: usize = 5;

/// A join, and the number of its word among those that both sides have.
type Numbered = (Join, u32);

/// True if the word of some of these joins stands among `those`.
fn may_meet<'j>(seen: &mut Seen, joins: impl Iterator<Item = &'j Numbered>, those: &[Met]) -> bool {
    let mut joins = joins.peekable();
    joins.peek().is_some() && {
        seen.fill(those);
        joins.any(|(_, number)| seen.has(*number))
    }
}

/// What a stretch is cut down with.
#[derive(Default)]
struct Buffers {
    /// Ascending in `a`.
    joins: Vec<Numbered>,
    seen: Seen,
    /// Places of one side that are joined, ascending, each with its partner.
    partners: Vec<(u32, u32)>,
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

/// Finds the stretches of `words` that stand out, given those that have a partner among `other` words.
fn stand_out(
    evidence: &Evidence,
    words: &[Word],
    other: usize,
    partners: &[(u32, u32)],
    found: &mut Vec<Found>,
    out: &mut Vec<Stretch>,
) {
    let column = evidence.column(Evidence::shift(other));
    let score = |at: usize| column[usize::from(evidence.level(words[at].key()))];
    found.clear();
    found.extend(
        partners
            .iter()
            .map(|(at, _)| (*at, score(*at as usize).found)),
    );
    // The other side may have left out at once what it goes on behind right where it stopped.
    let at_once = |at: usize| {
        let [last, next] = [partners[at - 1], partners[at]];
        last.1 + 1 == next.1 && next.0 - last.0 <= merge::WIDE as u32
    };
    out.clear();
    let missing = |at: usize| score(at).missing;
    peaks(found, missing, at_once, |range, sum| out.push((range, sum)));
}
