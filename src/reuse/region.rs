//! Where in two texts a shared passage lies, whatever has become of its order.
//!
//! Each word of a text speaks for or against lying in a passage: for, by how unlikely it is to occur in
//! the other side's stretch by chance; against, by how unlikely it is to be missing there if the stretch
//! were reused (a log-likelihood ratio). The stretches with the highest sums are looked up on one side,
//! then on the other given the first, and so back and forth until both stay. This needs no order at all:
//! copies, edits, moved sentences, shuffled words and close paraphrase come out alike; what each of them
//! is, is judged afterwards.

use std::ops::Range;

use super::align::{Join, join};
use super::words::{Corpus, Word};

/// How likely a word of a reused stretch is to be found on the other side.
const KEPT: f32 = 0.8;
/// A sum that falls this far below its peak ends a stretch: some 25 words that are nowhere opposite.
const DROP: f32 = 20.0;
/// Sums below this are not looked at.
const LEAST: f32 = 7.0;
/// The least chance that is believed: names of one event come in bundles.
const CHANCE_FLOOR: f32 = 0.03;
const ROUNDS: usize = 8;

/// A stretch of words on each side, and the lower of the two sides' sums in nats.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Region {
    pub a: Range<usize>,
    pub b: Range<usize>,
    pub score: f32,
}

/// Scores for a match and a miss by key and length of the other side; shared by all threads.
pub(super) struct Evidence {
    /// For each key, its chance on a logarithmic scale.
    level: Vec<i16>,
    table: Vec<(f32, f32)>,
}

const STEPS_PER_OCTAVE: f32 = 4.0;
const LOWEST: f32 = -32.0;

impl Evidence {
    pub fn new(corpus: &Corpus) -> Self {
        let level = corpus
            .chance
            .iter()
            .map(|p| ((p.log2() - LOWEST) * STEPS_PER_OCTAVE).round().max(0.0) as i16)
            .collect();
        let steps = ((32.0 - LOWEST) * STEPS_PER_OCTAVE) as usize;
        let table = (0..=steps)
            .map(|step| {
                let expected = (step as f32 / STEPS_PER_OCTAVE + LOWEST).exp2();
                let by_chance = (1.0 - (-expected).exp()).clamp(CHANCE_FLOOR, 0.999);
                let found = (KEPT / by_chance).ln().max(0.0);
                let missing = ((1.0 - KEPT) / (1.0 - by_chance)).ln().min(0.0);
                (found, missing)
            })
            .collect();
        Self { level, table }
    }

    /// The column of the table for an other side of `words` words.
    fn shift(words: usize) -> i16 {
        ((words.max(1) as f32).log2() * STEPS_PER_OCTAVE).round() as i16
    }

    fn score(&self, key: u32, shift: i16, found: bool) -> f32 {
        let at = (self.level[key as usize] + shift).max(0) as usize;
        let (yes, no) = self.table[at.min(self.table.len() - 1)];
        if found { yes } else { no }
    }

    /// How much finding this word says in a stretch of `words` words.
    pub fn weight(&self, key: u32, words: usize) -> f32 {
        self.score(key, Self::shift(words), true)
    }
}

/// Buffers of one thread.
#[derive(Default)]
pub(super) struct Finder {
    seen: Vec<u32>,
    epoch: u32,
    found: Vec<(Range<usize>, f32)>,
}

impl Finder {
    /// All regions of two texts, strongest first: looked up inside a block of each, then followed wherever
    /// they lead in the whole text.
    pub fn regions(
        &mut self,
        evidence: &Evidence,
        (a, block_a): (&[Word], Range<usize>),
        (b, block_b): (&[Word], Range<usize>),
    ) -> Vec<Region> {
        let mut out: Vec<Region> = Vec::new();
        for (rough_a, _) in self.stretches(evidence, a, block_a, &b[block_b.clone()]) {
            for (rough_b, _) in self.stretches(evidence, b, block_b.clone(), &a[rough_a.clone()]) {
                let region = self.settle(evidence, a, b, rough_a.clone(), rough_b);
                if let Some(region) = region
                    && !out.contains(&region)
                {
                    out.push(region);
                }
            }
        }
        out.sort_by(|x, y| {
            y.score
                .total_cmp(&x.score)
                .then_with(|| (x.a.start, x.b.start).cmp(&(y.a.start, y.b.start)))
        });
        let mut kept: Vec<Region> = Vec::new();
        for region in out {
            if !kept
                .iter()
                .any(|k| overlap(&k.a, &region.a) && overlap(&k.b, &region.b))
            {
                kept.push(region);
            }
        }
        kept
    }

    /// Goes back and forth between the sides until neither changes.
    fn settle(
        &mut self,
        evidence: &Evidence,
        a: &[Word],
        b: &[Word],
        mut in_a: Range<usize>,
        mut in_b: Range<usize>,
    ) -> Option<Region> {
        let mut score = 0.0;
        for _ in 0..ROUNDS {
            let near_a = around(&in_a, a.len());
            let (next_a, sum_a) = self.best(evidence, a, near_a, &b[in_b.clone()], &in_a)?;
            let near_b = around(&in_b, b.len());
            let (next_b, sum_b) = self.best(evidence, b, near_b, &a[next_a.clone()], &in_b)?;
            score = sum_a.min(sum_b);
            let settled = next_a == in_a && next_b == in_b;
            (in_a, in_b) = (next_a, next_b);
            if settled {
                break;
            }
        }
        Some(Region {
            a: in_a,
            b: in_b,
            score,
        })
    }

    fn best(
        &mut self,
        evidence: &Evidence,
        words: &[Word],
        within: Range<usize>,
        other: &[Word],
        touching: &Range<usize>,
    ) -> Option<(Range<usize>, f32)> {
        self.stretches(evidence, words, within, other)
            .into_iter()
            .filter(|(range, _)| overlap(range, touching))
            .max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.start.cmp(&x.0.start)))
    }

    /// The stretches of `words[within]` that stand out given `other`, in order.
    fn stretches(
        &mut self,
        evidence: &Evidence,
        words: &[Word],
        within: Range<usize>,
        other: &[Word],
    ) -> Vec<(Range<usize>, f32)> {
        self.seen.resize(evidence.level.len(), 0);
        self.epoch += 1;
        for word in other {
            self.seen[word.key as usize] = self.epoch;
        }
        let shift = Evidence::shift(other.len());
        self.found.clear();
        let (seen, epoch) = (&self.seen, self.epoch);
        peaks(
            within,
            |i| {
                let key = words[i].key;
                evidence.score(key, shift, seen[key as usize] == epoch)
            },
            &mut self.found,
        );
        self.found.clone()
    }
}

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
    /// The same seen from the other side.
    pub fn swapped(self) -> Self {
        let mut joins: Vec<Join> = self
            .joins
            .iter()
            .map(|join| Join {
                a: join.b,
                b: join.a,
                moved: join.moved,
            })
            .collect();
        joins.sort_unstable_by_key(|join| join.a);
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
        let in_a = firm(&self.a, self.joins.iter().map(|join| join.a));
        let mut theirs: Vec<usize> = self.joins.iter().map(|join| join.b).collect();
        theirs.sort_unstable();
        let in_b = firm(&self.b, theirs.into_iter());
        self.joins
            .retain(|join| in_a.contains(&join.a) && in_b.contains(&join.b));
        let (first, last) = (self.joins.first()?, self.joins.last()?);
        self.a = first.a..last.a + 1;
        let theirs = || self.joins.iter().map(|join| join.b);
        self.b = theirs().min()?..theirs().max()? + 1;
        Some(self)
    }
}

/// The part of `range` from which loose ends are taken, given its joined positions in order.
fn firm(
    range: &Range<usize>,
    joined: impl DoubleEndedIterator<Item = usize> + Clone,
) -> Range<usize> {
    /// Words unjoined in a row that are a gap, and joined words that can be loose.
    const GAP: usize = 3;
    const LOOSE: usize = 3;
    let end_of = |positions: &mut dyn Iterator<Item = usize>| {
        let mut last = positions.next()?;
        for (count, at) in (1..=LOOSE).zip(positions) {
            let gap = at.abs_diff(last) - 1;
            if gap >= GAP && gap > count {
                return Some(at);
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
pub(super) fn lay(
    evidence: &Evidence,
    a: &[Word],
    b: &[Word],
    region: &Region,
    out: &mut Vec<Laid>,
) {
    lay_within(evidence, a, b, region.a.clone(), region.b.clone(), 0, out);
}

fn lay_within(
    evidence: &Evidence,
    a: &[Word],
    b: &[Word],
    in_a: Range<usize>,
    in_b: Range<usize>,
    depth: usize,
    out: &mut Vec<Laid>,
) {
    let mut joins = join(&a[in_a.clone()], &b[in_b.clone()]);
    for join in &mut joins {
        join.a += in_a.start;
        join.b += in_b.start;
    }
    let mut partner = vec![None; in_a.len()];
    let mut taken = vec![false; in_b.len()];
    for join in &joins {
        partner[join.a - in_a.start] = Some(join.b);
        taken[join.b - in_b.start] = true;
    }
    let on_a = sums(evidence, &a[in_a.clone()], in_b.len(), |i| {
        partner[i].is_some()
    });
    for (from_a, sum_a) in on_a {
        // Opposite this stretch only its own partners count.
        let mut theirs = vec![false; in_b.len()];
        for j in partner[from_a.clone()].iter().flatten() {
            theirs[j - in_b.start] = true;
        }
        let from_a = in_a.start + from_a.start..in_a.start + from_a.end;
        let on_b = sums(evidence, &b[in_b.clone()], from_a.len(), |j| theirs[j]);
        for (from_b, sum_b) in on_b {
            let from_b = in_b.start + from_b.start..in_b.start + from_b.end;
            if depth < 5 && (from_a != in_a || from_b != in_b) {
                lay_within(evidence, a, b, from_a.clone(), from_b, depth + 1, out);
            } else {
                let mut joins = joins.clone();
                joins.retain(|join| from_a.contains(&join.a) && from_b.contains(&join.b));
                let laid = Laid {
                    a: from_a.clone(),
                    b: from_b,
                    score: sum_a.min(sum_b),
                    joins,
                };
                out.extend(laid.without_stragglers());
            }
        }
    }
}

/// Stretches of `words` that stand out, given which words were found opposite.
fn sums(
    evidence: &Evidence,
    words: &[Word],
    other: usize,
    found: impl Fn(usize) -> bool,
) -> Vec<(Range<usize>, f32)> {
    let shift = Evidence::shift(other);
    let mut out = Vec::new();
    peaks(
        0..words.len(),
        |i| evidence.score(words[i].key, shift, found(i)),
        &mut out,
    );
    out
}

/// The stretches of `within` over which `score` sums up highest, in order.
fn peaks(within: Range<usize>, score: impl Fn(usize) -> f32, out: &mut Vec<(Range<usize>, f32)>) {
    let mut at = within.start;
    while at < within.end {
        // A stretch starts where the sum leaves zero, and ends at its peak once it has fallen far.
        let (mut start, mut sum, mut peak, mut peak_end) = (at, 0.0_f32, 0.0_f32, at);
        let mut i = at;
        while i < within.end {
            sum += score(i);
            i += 1;
            if sum > peak {
                (peak, peak_end) = (sum, i);
            } else if sum <= 0.0 || peak - sum > DROP {
                if peak >= LEAST {
                    break;
                }
                (start, sum, peak, peak_end) = (i, 0.0, 0.0, i);
            }
        }
        if peak >= LEAST {
            out.push((start..peak_end, peak));
            at = peak_end;
        } else {
            at = i;
        }
    }
}

fn around(range: &Range<usize>, len: usize) -> Range<usize> {
    let room = range.len() + 40;
    range.start.saturating_sub(room)..(range.end + room).min(len)
}

fn overlap(x: &Range<usize>, y: &Range<usize>) -> bool {
    x.start < y.end && y.start < x.end
}
