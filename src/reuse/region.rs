//! Where in two texts a shared passage lies, whatever has become of its order.
//!
//! Each word of a text speaks for or against lying in a passage: for, by how unlikely it is to occur in
//! the other side's stretch by chance; against, by how unlikely it is to be missing there if the stretch
//! were reused (a log-likelihood ratio). The stretches with the highest sums are looked up on one side,
//! then on the other given the first, and so back and forth until both stay. This needs no order at all:
//! copies, edits, moved sentences, shuffled words and close paraphrase come out alike; what each of them
//! is, is judged afterwards.

use std::ops::Range;

use super::evidence::{Column, Evidence};
use super::fingerprint::Block;
use super::peaks::{Found, Stretch, find, left_out, peaks};
use super::shared::{Met, Seen, Shared};
use super::words::Word;

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

/// One word of a pair of texts: its number among the words of the first text met, or 0 where that text has
/// no such word, and its level.
type Numbered = (u16, u8);

/// More places than one.
const MANY: u32 = u32::MAX;

/// A word of a room that the other text's room has too, and its place from the beginning of its room.
#[derive(Clone, Copy, Default)]
struct Common {
    place: u32,
    number: u16,
    level: u8,
}

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
    /// Of each, the words that the other has too, ascending.
    common: [Vec<Common>; 2],
    rooms: [Range<usize>; 2],
    blocks: [Range<usize>; 2],
    /// True if `a` is the text that is not numbered.
    turned: bool,
    /// Words in a row of the other text that the numbered one has too, at most.
    pub streak: usize,
    /// For each number, when it was last seen opposite, and where: the place, or [`MANY`].
    seen: Vec<(u32, u32)>,
    time: u32,
    found: Vec<Found>,
    met: Seen,
}

impl Finder {
    /// Turns to two texts. `a` stays cheap to compare with others if it is `kept`, else `b` does.
    pub fn meet(&mut self, evidence: &Evidence, a: Text, b: Text, kept: Of) {
        self.turned = kept == Of::B;
        let (first, second) = match kept {
            Of::A => (a, b),
            Of::B => (b, a),
        };
        if self.numbers.len() != evidence.levels().len() {
            self.numbers = evidence.levels().iter().map(|level| (0, *level)).collect();
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
                self.seen.resize(usize::from(last) + 1, (0, 0));
            }
        }
        self.blocks = [first.part.block.words(), second.part.block.words()];
        self.rooms = [first.part.room(), second.part.block.words()];
        self.from = [self.rooms[0].start, self.rooms[1].start];
        self.number_second(second);
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

    /// Takes the words in the room of the text that is not numbered, and finds out which of both texts' words the
    /// other has.
    fn number_second(&mut self, second: Text) {
        // Through these the compiler sees that nothing else changes: each word is looked at for every pair of texts.
        let [first_text, second_text] = &mut self.texts;
        let [in_first, in_second] = &mut self.common;
        let (numbers, seen) = (&self.numbers[..], &mut self.seen[..]);
        let words = &second.words[self.rooms[1].clone()];
        self.time += 1;
        let time = self.time;
        second_text.clear();
        second_text.extend(words.iter().map(|word| numbers[word.key() as usize]));
        let (mut streak, mut longest) = (0, 0);
        take_common(in_second, second_text, |number| {
            seen[usize::from(number)].0 = time;
            streak = if number == 0 { 0 } else { streak + 1 };
            longest = longest.max(streak);
            number != 0
        });
        take_common(in_first, first_text, |number| {
            seen[usize::from(number)].0 == time
        });
        self.streak = longest;
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

    /// The common words of one text that stand in a range, by their numbers.
    fn part(&self, at: usize, range: &Range<usize>) -> Range<usize> {
        let before = |place: usize| {
            let place = (place - self.from[at]) as u32;
            self.common[at].partition_point(|common| common.place < place)
        };
        before(range.start)..before(range.end)
    }

    /// Takes what a stretch of each text has in common with the other.
    pub fn shared(&mut self, in_a: &Range<usize>, in_b: &Range<usize>, out: &mut Shared) {
        let met = |of: Of, range: &Range<usize>, out: &mut Vec<Met>| {
            let at = self.at(of);
            let from = self.from[at] as u32;
            let common = self.common[at][self.part(at, range)].iter();
            out.clear();
            out.extend(common.map(|common| Met {
                place: from + common.place,
                number: u32::from(common.number),
            }));
        };
        met(Of::A, in_a, &mut out.a);
        met(Of::B, in_b, &mut out.b);
        out.keep_common(&mut self.met);
    }

    /// Finds among the words of one text `here` those that stand `opposite`, and what they say. Places count from
    /// the beginning of its room.
    fn look(&mut self, of: Of, here: &Range<usize>, opposite: &Range<usize>, says: &Column) {
        let (at, other) = (self.at(of), 1 - self.at(of));
        let (here, opposite) = (self.part(at, here), self.part(other, opposite));
        let (seen, time) = (&mut self.seen[..], self.time + 1);
        self.time = time;
        for common in &self.common[other][opposite] {
            let seen = &mut seen[usize::from(common.number)];
            let again = seen.0 == time;
            *seen = (time, if again { MANY } else { common.place });
        }
        find(&mut self.found, self.common[at][here].iter(), |common| {
            let is_found = seen[usize::from(common.number)].0 == time;
            (
                is_found,
                (common.place, says[usize::from(common.level)].found),
            )
        });
    }

    /// The stretches of one text's words `within` that stand out given those `opposite`, in order.
    pub fn stretches(
        &mut self,
        evidence: &Evidence,
        of: Of,
        within: Range<usize>,
        opposite: Range<usize>,
        mut each: impl FnMut(Range<usize>, f32),
    ) {
        let column = evidence.column(Evidence::shift(opposite.len()));
        let at = self.at(of);
        if opposite == self.rooms[1 - at] {
            // That is what they have in common.
            let here = self.part(at, &within);
            let common = self.common[at][here].iter();
            self.found.clear();
            self.found.extend(
                common.map(|common| (common.place, column[usize::from(common.level)].found)),
            );
        } else {
            self.look(of, &within, &opposite, column);
        }
        let (words, from) = (&self.texts[at], self.from[at]);
        peaks(
            &self.found,
            |place| column[usize::from(words[place].1)].missing,
            |_| true,
            |range, sum| each(from + range.start..from + range.end, sum),
        );
    }

    /// What the words of one side of the region can say at most if they also stand in their places: those that
    /// stand in the other side as well, as far as each is `fresh`. Of words that stand there more than once it is not known
    /// which is the partner, and taken that none is the neighbour of the one before.
    pub fn most(
        &mut self,
        evidence: &Evidence,
        of: Of,
        region: &Region,
        fresh: impl Fn(usize) -> f32,
    ) -> Most {
        let (here, there) = match of {
            Of::A => (&region.a, &region.b),
            Of::B => (&region.b, &region.a),
        };
        let shift = Evidence::shift(there.len());
        let in_place = shift.min(Evidence::shift(IN_PLACE));
        self.look(of, here, there, evidence.column(in_place));
        let at = self.at(of);
        let (words, from) = (&self.texts[at], self.from[at]);
        let column = evidence.column(shift);
        let missing = |place: usize| column[usize::from(words[place].1)].missing;
        let mut most = Most::default();
        let (mut sum, mut last) = (0.0_f32, here.start - from);
        let mut opposite = MANY;
        for (place, score) in &self.found {
            let place = *place as usize;
            let partner = self.seen[usize::from(words[place].0)].1;
            // Only what stands between words that are neighbours opposite may have been left out at once.
            let at_once = opposite != MANY && partner == opposite + 1;
            let between = match at_once {
                true => left_out(last, place, missing),
                false => (last..place).map(missing).sum(),
            };
            sum = (sum + between).max(0.0);
            (last, opposite) = (place + 1, partner);
            let fresh = fresh(from + place);
            most.found += 1;
            most.words += fresh;
            most.all += fresh * score;
            sum += fresh * score;
            most.stretch = most.stretch.max(sum);
        }
        most
    }
}

/// The most that some words can say.
#[derive(Default)]
pub(super) struct Most {
    pub found: usize,
    /// As far as they are fresh.
    pub words: f32,
    /// Nats of all of them, whatever is missing between.
    pub all: f32,
    /// Nats of the best stretch.
    pub stretch: f32,
}

/// Words among which a word is found that stands where the one before it leads.
pub(super) const IN_PLACE: usize = 5;

fn around(range: &Range<usize>, within: &Range<usize>) -> Range<usize> {
    let room = range.len() + 40;
    range.start.saturating_sub(room).max(within.start)..(range.end + room).min(within.end)
}

fn overlap(x: &Range<usize>, y: &Range<usize>) -> bool {
    x.start < y.end && y.start < x.end
}

/// Takes those words of a text whose number `is_common`.
fn take_common(out: &mut Vec<Common>, text: &[Numbered], mut is_common: impl FnMut(u16) -> bool) {
    // No branch for what nobody can foresee. What was there before is written over.
    out.resize(text.len(), Common::default());
    let mut many = 0;
    for ((number, level), place) in text.iter().zip(0..) {
        out[many] = Common {
            place,
            number: *number,
            level: *level,
        };
        many += usize::from(is_common(*number));
    }
    out.truncate(many);
}
