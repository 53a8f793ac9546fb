//! Where in two texts a shared passage lies, whatever has become of its order.
//!
//! Each word of a text speaks for or against lying in a passage: for, by how unlikely it is to occur in
//! the other side's stretch by chance; against, by how unlikely it is to be missing there if the stretch
//! were reused (a log-likelihood ratio). The stretches with the highest sums are looked up on one side,
//! then on the other given the first, and so back and forth until both stay. This needs no order at all:
//! copies, edits, moved sentences, shuffled words and close paraphrase come out alike; what each of them
//! is, is judged afterwards.

use std::ops::Range;

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
    pub fn shift(words: usize) -> i16 {
        ((words.max(1) as f32).log2() * STEPS_PER_OCTAVE).round() as i16
    }

    /// For or against, in nats, for a word and a column ([`Evidence::shift`]).
    pub fn score(&self, key: u32, shift: i16, found: bool) -> f32 {
        self.of_level(self.level[key as usize], shift, found)
    }

    fn of_level(&self, level: i16, shift: i16, found: bool) -> f32 {
        let at = (level + shift).max(0) as usize;
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
    /// For each key, when it was last seen opposite and its level: together, for they are looked up so.
    seen: Vec<(u32, i16)>,
    epoch: u32,
}

impl Finder {
    /// Where regions may lie: stretches inside a block of each text that have words in common.
    pub fn rough(
        &mut self,
        evidence: &Evidence,
        (a, block_a): (&[Word], Range<usize>),
        (b, block_b): (&[Word], Range<usize>),
    ) -> Vec<Region> {
        let mut out = Vec::new();
        for (in_a, _) in self.stretches(evidence, a, block_a, &b[block_b.clone()]) {
            for (in_b, score) in self.stretches(evidence, b, block_b.clone(), &a[in_a.clone()]) {
                out.push(Region {
                    a: in_a.clone(),
                    b: in_b,
                    score,
                });
            }
        }
        out
    }

    /// Follows rough regions wherever they lead in the whole text. What comes out is strongest first and
    /// overlaps neither itself nor what is `known`.
    pub fn regions<'a>(
        &mut self,
        evidence: &Evidence,
        (a, block_a): (&[Word], Range<usize>),
        (b, block_b): (&[Word], Range<usize>),
        rough: impl Iterator<Item = &'a Region>,
        known: &[Region],
    ) -> Vec<Region> {
        let (room_a, room_b) = (room(&block_a, a.len()), room(&block_b, b.len()));
        let within = |x: &Range<usize>, y: &Range<usize>| y.start <= x.start && x.end <= y.end;
        let mut out: Vec<Region> = Vec::new();
        for rough in rough {
            // What lies inside a region that was found leads there again.
            let leads_there = |k: &Region| within(&rough.a, &k.a) && within(&rough.b, &k.b);
            if out.iter().chain(known).any(leads_there) {
                continue;
            }
            let from = (rough.a.clone(), rough.b.clone());
            let region = self.settle(evidence, (a, &room_a), (b, &room_b), from);
            out.extend(region);
        }
        out.sort_by(|x, y| {
            y.score
                .total_cmp(&x.score)
                .then_with(|| (x.a.start, x.b.start).cmp(&(y.a.start, y.b.start)))
        });
        let mut kept: Vec<Region> = Vec::new();
        for region in out {
            let overlaps = |k: &Region| overlap(&k.a, &region.a) && overlap(&k.b, &region.b);
            if !kept.iter().chain(known).any(overlaps) {
                kept.push(region);
            }
        }
        kept
    }

    /// Goes back and forth between the sides until neither changes.
    fn settle(
        &mut self,
        evidence: &Evidence,
        (a, room_a): (&[Word], &Range<usize>),
        (b, room_b): (&[Word], &Range<usize>),
        (mut in_a, mut in_b): (Range<usize>, Range<usize>),
    ) -> Option<Region> {
        let mut score = 0.0;
        for _ in 0..ROUNDS {
            let near_a = around(&in_a, room_a);
            let (next_a, sum_a) = self.best(evidence, a, near_a, &b[in_b.clone()], &in_a)?;
            let near_b = around(&in_b, room_b);
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
    pub fn stretches(
        &mut self,
        evidence: &Evidence,
        words: &[Word],
        within: Range<usize>,
        other: &[Word],
    ) -> Vec<(Range<usize>, f32)> {
        if self.seen.len() != evidence.level.len() {
            self.seen = evidence.level.iter().map(|level| (0, *level)).collect();
        }
        self.epoch += 1;
        for word in other {
            self.seen[word.key as usize].0 = self.epoch;
        }
        let shift = Evidence::shift(other.len());
        let mut found = Vec::new();
        let (seen, epoch) = (&self.seen, self.epoch);
        peaks(
            within,
            |i| {
                let (last, level) = seen[words[i].key as usize];
                evidence.of_level(level, shift, last == epoch)
            },
            &mut found,
        );
        found
    }
}

/// The stretches of `within` over which `score` sums up highest, in order.
pub(super) fn peaks(
    within: Range<usize>,
    score: impl Fn(usize) -> f32,
    out: &mut Vec<(Range<usize>, f32)>,
) {
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

fn around(range: &Range<usize>, within: &Range<usize>) -> Range<usize> {
    let room = range.len() + 40;
    range.start.saturating_sub(room).max(within.start)..(range.end + room).min(within.end)
}

/// Where a region found in a block may grow: into the next block, but not through it, for that one is
/// searched as well.
fn room(block: &Range<usize>, len: usize) -> Range<usize> {
    const MARGIN: usize = 512;
    block.start.saturating_sub(MARGIN)..(block.end + MARGIN).min(len)
}

fn overlap(x: &Range<usize>, y: &Range<usize>) -> bool {
    x.start < y.end && y.start < x.end
}
