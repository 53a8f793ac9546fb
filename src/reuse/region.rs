//! Where in two texts a shared passage lies, whatever has become of its order.
//!
//! Each word of a text speaks for or against lying in a passage: for, by how unlikely it is to occur in
//! the other side's stretch by chance; against, by how unlikely it is to be missing there if the stretch
//! were reused (a log-likelihood ratio). The stretches with the highest sums are looked up on one side,
//! then on the other given the first, and so back and forth until both stay. This needs no order at all:
//! copies, edits, moved sentences, shuffled words and close paraphrase come out alike; what each of them
//! is, is judged afterwards.

use std::ops::Range;

use super::fingerprint::Block;
use super::words::{Corpus, Word};

/// How likely a word of a reused stretch is to be found on the other side.
const KEPT: f32 = 0.8;
/// A sum that falls this far below its peak ends a stretch: some 25 words that are nowhere opposite.
const DROP: f32 = 20.0;
/// Words missing in a row that count fully; what follows them counts a tenth. Who leaves out a clause decides
/// once, not word by word (affine gaps, Gotoh 1982).
pub(super) const GAP: usize = 3;
const FOLLOWS: f32 = 0.1;
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

impl Region {
    /// True if this stretch of both texts lies in it in part.
    pub fn touches(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        overlap(&self.a, a) && overlap(&self.b, b)
    }
}

/// A stretch of one text that has words in common with the other, with its sum in nats.
pub(super) type Stretch = (Range<usize>, f32);

/// Scores for a match and a miss by key and length of the other side; shared by all threads.
pub(super) struct Evidence {
    /// For each key, its chance on a logarithmic scale.
    level: Vec<u8>,
    /// By level and column together: of a word that is missing opposite, of one that is found, and of one that is
    /// missing where others are before it.
    scores: Vec<[f32; 4]>,
}

/// The scores of one column, by level.
type Column = [[f32; 4]; LEVELS];

/// How a word stands to the other side: a column's rows are for these.
#[derive(Clone, Copy)]
pub(super) enum As {
    Missing,
    Found,
    Following,
}

const STEPS_PER_OCTAVE: f32 = 4.0;
const LOWEST: f32 = -32.0;
/// Levels go up to 128 and fit in a byte, columns go up to 128 (4 billion words).
const LEVELS: usize = 256;
const STEPS: usize = LEVELS + 129;

impl Evidence {
    pub fn new(corpus: &Corpus) -> Self {
        let level = corpus
            .chance
            .iter()
            .map(|p| ((p.log2() - LOWEST) * STEPS_PER_OCTAVE).round().max(0.0) as u8)
            .collect();
        let scores = (0..STEPS)
            .map(|step| {
                let expected = (step as f32 / STEPS_PER_OCTAVE + LOWEST).exp2();
                let by_chance = (1.0 - (-expected).exp()).clamp(CHANCE_FLOOR, 0.999);
                let found = (KEPT / by_chance).ln().max(0.0);
                let missing = ((1.0 - KEPT) / (1.0 - by_chance)).ln().min(0.0);
                [missing, found, missing * FOLLOWS, 0.0]
            })
            .collect();
        Self { level, scores }
    }

    /// The column for an other side of `words` words.
    pub fn shift(words: usize) -> u8 {
        ((words.max(1) as f32).log2() * STEPS_PER_OCTAVE).round() as u8
    }

    /// For or against, in nats, for a word and a column ([`Evidence::shift`]).
    pub fn score(&self, key: u32, shift: u8, word: As) -> f32 {
        let level = self.level[key as usize];
        self.scores[usize::from(level) + usize::from(shift)][word as usize]
    }

    fn column(&self, shift: u8) -> &Column {
        // There are always enough steps behind a column's first.
        const NONE: Column = [[0.0; 4]; LEVELS];
        self.scores[usize::from(shift)..]
            .first_chunk()
            .unwrap_or(&NONE)
    }
}

/// One word of a pair of texts: its number among the words of the first text met, or 0 where that text has
/// no such word, and its level.
type Numbered = (u16, u8);

/// Which of two texts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    A,
    B,
}

/// A stretch of a unit in which regions are sought, and the words around it into which they may grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub block: Block,
    pub room: (u32, u32),
}

impl Part {
    /// A block of a unit of `len` words. Regions may grow into the next block, but not through it, for that one is
    /// searched as well.
    pub fn of(block: Block, len: usize) -> Self {
        const MARGIN: u32 = 256;
        let to = (block.to + MARGIN).min(len as u32);
        Self {
            block,
            room: (block.from.saturating_sub(MARGIN), to),
        }
    }

    fn room(&self) -> Range<usize> {
        self.room.0 as usize..self.room.1 as usize
    }
}

/// A text and the part of it that is looked at.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub words: &'a [Word],
    pub part: Part,
}

/// Two texts that are looked at together; buffers of one thread.
///
/// The words are numbered by those of one of them. What follows looks at each word many times, and then
/// finds everything in a few kilobytes.
#[derive(Default)]
pub(super) struct Finder {
    /// For each key, its number, or 0, and its level: together, for they are looked up so.
    numbers: Vec<Numbered>,
    /// The keys that are numbered.
    keys: Vec<u32>,
    /// The part whose words are numbered.
    numbered: Option<Part>,
    /// The words in the rooms of the numbered text and of the other, and where these begin.
    texts: [Vec<Numbered>; 2],
    from: [usize; 2],
    rooms: [Range<usize>; 2],
    blocks: [Range<usize>; 2],
    /// True if `a` is the text that is not numbered.
    turned: bool,
    /// Words in a row of the other text that the numbered one has too, at most.
    pub streak: usize,
    /// For each number, when it was last seen opposite.
    seen: Vec<u32>,
    time: u32,
}

impl Finder {
    /// Turns to two texts. `a` stays cheap to compare with others if it is `kept`, else `b` does.
    pub fn meet(&mut self, evidence: &Evidence, a: Text, b: Text, kept: Of) {
        self.turned = kept == Of::B;
        let (first, second) = match kept {
            Of::A => (a, b),
            Of::B => (b, a),
        };
        if self.numbers.len() != evidence.level.len() {
            self.numbers = evidence.level.iter().map(|level| (0, *level)).collect();
            self.keys.clear();
        }
        if self.numbered != Some(first.part) {
            self.numbered = Some(first.part);
            for key in self.keys.drain(..) {
                self.numbers[key as usize].0 = 0;
            }
            let mut last = 0;
            self.texts[0].clear();
            for word in &first.words[first.part.room()] {
                let numbered = &mut self.numbers[word.key() as usize];
                if numbered.0 == 0 {
                    last += 1;
                    numbered.0 = last;
                    self.keys.push(word.key());
                }
                self.texts[0].push(*numbered);
            }
            if self.seen.len() <= usize::from(last) {
                self.seen.resize(usize::from(last) + 1, 0);
            }
        }
        self.blocks = [first.part.block.words(), second.part.block.words()];
        self.rooms = [first.part.room(), second.part.block.words()];
        self.from = [self.rooms[0].start, self.rooms[1].start];
        self.number_second(second);
        let (mut streak, mut longest) = (0, 0);
        for (number, _) in &self.texts[1] {
            streak = if *number == 0 { 0 } else { streak + 1 };
            longest = longest.max(streak);
        }
        self.streak = longest;
    }

    /// Lets regions grow beyond the blocks: only few pairs get as far as to need it.
    pub fn widen(&mut self, a: Text, b: Text) {
        let second = if self.turned { a } else { b };
        if self.rooms[1] != second.part.room() {
            self.rooms[1] = second.part.room();
            self.from[1] = self.rooms[1].start;
            self.number_second(second);
        }
    }

    /// Takes the words in the room of the text that is not numbered.
    fn number_second(&mut self, second: Text) {
        self.texts[1].clear();
        let words = &second.words[self.rooms[1].clone()];
        let numbers = &self.numbers[..];
        self.texts[1].extend(words.iter().map(|word| numbers[word.key() as usize]));
    }

    fn at(&self, of: Of) -> usize {
        usize::from((of == Of::B) != self.turned)
    }

    /// Where regions may lie: stretches inside a block of each text that have words in common.
    pub fn rough(&mut self, evidence: &Evidence) -> Vec<Region> {
        let stretches = self.one_sided(evidence);
        self.rough_of(evidence, &stretches)
    }

    /// The stretches of `a`'s block that have words in common with `b`'s, and their sums.
    pub fn one_sided(&mut self, evidence: &Evidence) -> Vec<Stretch> {
        let block_a = self.blocks[self.at(Of::A)].clone();
        let block_b = self.blocks[self.at(Of::B)].clone();
        let mut stretches = Vec::new();
        self.stretches(evidence, Of::A, block_a, block_b, |range, sum| {
            stretches.push((range, sum));
        });
        stretches
    }

    /// Where these stretches lead to in `b`'s block.
    pub fn rough_of<'a>(
        &mut self,
        evidence: &Evidence,
        stretches: impl IntoIterator<Item = &'a Stretch>,
    ) -> Vec<Region> {
        let block_b = self.blocks[self.at(Of::B)].clone();
        let mut out = Vec::new();
        for (in_a, _) in stretches {
            self.stretches(
                evidence,
                Of::B,
                block_b.clone(),
                in_a.clone(),
                |in_b, score| {
                    out.push(Region {
                        a: in_a.clone(),
                        b: in_b,
                        score,
                    });
                },
            );
        }
        out
    }

    /// Follows rough regions wherever they lead in the whole text. What comes out is strongest first and
    /// overlaps neither itself nor what is `known`.
    pub fn regions<'a>(
        &mut self,
        evidence: &Evidence,
        rough: impl Iterator<Item = &'a Region>,
        known: &[Region],
    ) -> Vec<Region> {
        let within = |x: &Range<usize>, y: &Range<usize>| y.start <= x.start && x.end <= y.end;
        let mut out: Vec<Region> = Vec::new();
        for rough in rough {
            // What lies inside a region that was found leads there again.
            let leads_there = |k: &Region| within(&rough.a, &k.a) && within(&rough.b, &k.b);
            if out.iter().chain(known).any(leads_there) {
                continue;
            }
            let region = self.settle(evidence, rough);
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
    fn settle(&mut self, evidence: &Evidence, rough: &Region) -> Option<Region> {
        let mut region = rough.clone();
        // Rough regions are found from `a` to `b` too.
        let mut sum_b = rough.score;
        for _ in 0..ROUNDS {
            let (a, sum_a) = self.best(evidence, Of::A, &region.a, region.b.clone())?;
            region.score = sum_a.min(sum_b);
            if a == region.a {
                break;
            }
            let (b, sum) = self.best(evidence, Of::B, &region.b, a.clone())?;
            let score = sum_a.min(sum);
            region = Region { a, b, score };
            sum_b = sum;
        }
        Some(region)
    }

    /// The best stretch that touches `touching`, given what is opposite.
    fn best(
        &mut self,
        evidence: &Evidence,
        of: Of,
        touching: &Range<usize>,
        opposite: Range<usize>,
    ) -> Option<(Range<usize>, f32)> {
        let near = around(touching, &self.rooms[self.at(of)]);
        let mut best: Option<(Range<usize>, f32)> = None;
        self.stretches(evidence, of, near, opposite, |range, sum| {
            // Of equal ones the first.
            if overlap(&range, touching) && best.as_ref().is_none_or(|(_, most)| sum > *most) {
                best = Some((range, sum));
            }
        });
        best
    }

    /// Notes the words of this stretch, which is opposite of what is looked at next.
    fn see(&mut self, of: Of, range: Range<usize>) {
        let at = self.at(of);
        self.time += 1;
        let from = self.from[at];
        for (number, _) in &self.texts[at][range.start - from..range.end - from] {
            self.seen[usize::from(*number)] = self.time;
        }
        // The number of the words that only one text has.
        self.seen[0] = 0;
    }

    /// The stretches of one text's words `within` that stand out given those `opposite`, in order.
    pub fn stretches(
        &mut self,
        evidence: &Evidence,
        of: Of,
        within: Range<usize>,
        opposite: Range<usize>,
        each: impl FnMut(Range<usize>, f32),
    ) {
        let shift = Evidence::shift(opposite.len());
        self.see(if of == Of::A { Of::B } else { Of::A }, opposite);
        let at = self.at(of);
        let (from, start) = (self.from[at], within.start);
        let words = &self.texts[at][within.start - from..within.end - from];
        let column = evidence.column(shift);
        peaks(
            words.len(),
            |i| self.seen[usize::from(words[i].0)] == self.time,
            |i, word| column[usize::from(words[i].1)][word as usize],
            |_| true,
            each_shifted(start, each),
        );
    }

    /// What the words of one side of the region can say at most if they also stand in their places: those that
    /// stand in the other side as well and `say` something.
    pub fn most(
        &mut self,
        evidence: &Evidence,
        of: Of,
        region: &Region,
        says: impl Fn(usize) -> bool,
    ) -> Most {
        let (here, other, there) = match of {
            Of::A => (region.a.clone(), Of::B, region.b.clone()),
            Of::B => (region.b.clone(), Of::A, region.a.clone()),
        };
        let shift = Evidence::shift(there.len());
        let missing = evidence.column(shift);
        let in_place = evidence.column(shift.min(Evidence::shift(IN_PLACE)));
        self.see(other, there);
        let at = self.at(of);
        let from = self.from[at];
        let words = &self.texts[at][here.start - from..here.end - from];
        let mut most = Most::default();
        for ((number, level), i) in words.iter().zip(here) {
            let level = usize::from(*level);
            if self.seen[usize::from(*number)] != self.time {
                most.missing(missing[level][0]);
            } else if says(i) {
                most.words += 1;
                most.found(in_place[level][1]);
            } else {
                most.found(0.0);
            }
        }
        most
    }
}

/// The most that some words can say, as they are gone through one by one.
#[derive(Default)]
pub(super) struct Most {
    /// Those that say something.
    pub words: usize,
    /// Nats of all of them, whatever is missing between.
    pub all: f32,
    /// Nats of the best stretch.
    pub stretch: f32,
    sum: f32,
    missing: usize,
}

impl Most {
    fn found(&mut self, score: f32) {
        self.missing = 0;
        self.all += score;
        self.sum += score;
        self.stretch = self.stretch.max(self.sum);
    }

    fn missing(&mut self, score: f32) {
        self.missing += 1;
        let follows = self.missing > GAP;
        self.sum = (self.sum + score * if follows { FOLLOWS } else { 1.0 }).max(0.0);
    }
}

/// Words among which a word is found that stands where the one before it leads.
pub(super) const IN_PLACE: usize = 5;

/// Passes on ranges as they are from `start`.
fn each_shifted(
    start: usize,
    mut each: impl FnMut(Range<usize>, f32),
) -> impl FnMut(Range<usize>, f32) {
    move |range, sum| each(start + range.start..start + range.end, sum)
}

/// The stretches of `0..len` over which `score` sums up highest, in order. It is below zero for what is not
/// `found`, and counts less in a long gap where that may have been `left_out` at once.
pub(super) fn peaks(
    len: usize,
    found: impl Fn(usize) -> bool,
    score: impl Fn(usize, As) -> f32,
    left_out: impl Fn(usize) -> bool,
    mut each: impl FnMut(Range<usize>, f32),
) {
    let mut at = 0;
    loop {
        // A stretch starts where the sum leaves zero, and ends at its peak once it has fallen far.
        while at < len && !found(at) {
            at += 1;
        }
        if at == len {
            return;
        }
        let (mut sum, mut peak, mut peak_end) = (0.0_f32, 0.0_f32, at);
        let mut missing = 0;
        let mut i = at;
        while i < len {
            let found = found(i);
            missing = if found { 0 } else { missing + 1 };
            let word = match found {
                true => As::Found,
                false if missing > GAP && left_out(i) => As::Following,
                false => As::Missing,
            };
            sum += score(i, word);
            i += 1;
            // No branch for what nobody can foresee: this loop is most of the work on most pairs of texts.
            peak_end = if sum > peak { i } else { peak_end };
            peak = peak.max(sum);
            if sum <= 0.0 || peak - sum > DROP {
                break;
            }
        }
        if peak >= LEAST {
            each(at..peak_end, peak);
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

fn overlap(x: &Range<usize>, y: &Range<usize>) -> bool {
    x.start < y.end && y.start < x.end
}
