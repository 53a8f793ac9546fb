//! Which stretches of text might share a passage: an index of what is rare in them.
//!
//! Two kinds of feature are indexed. Word n-grams, thinned by winnowing (Schleimer, Wilkerson, Aiken 2003)
//! so that any seven words in common have one in common, find copies made of common words.
//! Single rare words find copies whose order is gone. Work stays linear: a feature that many blocks have
//! counts for little in each of them, and one that very many have links only neighbours.

use std::ops::Range;

use super::parts::sorted_parts;
use super::words::Corpus;
use crate::work::{Stage, Stopped, Watch};

/// Words in an n-gram.
const GRAM: usize = 4;
/// N-grams of which winnowing keeps at least one.
const WINDOW: usize = 4;

/// Blocks up to which a feature counts fully.
const FEW: usize = 12;
/// Blocks up to which a single word is a feature.
const WORD_LIMIT: usize = 48;
/// Occurrences beyond which a word is not even counted by block.
const WORD_COUNT_LIMIT: u32 = 8 * WORD_LIMIT as u32;
/// Blocks up to which a feature links all to all; beyond, each with the next ones and the first.
const ALL_TO_ALL: usize = 256;
const NEIGHBOURS: usize = 4;

/// What two blocks of a small folder have to have in common to be compared: one n-gram that few have, or five
/// words. Whole numbers, so that the order in which they are summed up never matters.
const ENOUGH: u32 = 1000;
/// What has to come on top each time that the folder doubles from here: more texts, more chances. Two n-grams
/// of a run of twelve words stay enough.
const SMALL: u32 = 2048;
const PER_DOUBLING: u32 = 70;
const ALWAYS_ENOUGH: u32 = 1400;
const GRAM_WEIGHT: u32 = 1000;
const WORD_WEIGHT: u32 = 200;
/// Of an n-gram that more than [`ALL_TO_ALL`] have.
const CROWD_WEIGHT: u32 = 250;

/// A stretch of one unit: long units are cut, so that work per pair is bounded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub unit: u32,
    /// Words `from..to` of the unit.
    pub from: u32,
    pub to: u32,
}

impl Block {
    pub fn words(&self) -> Range<usize> {
        self.from as usize..self.to as usize
    }

    const WORDS: usize = 4096;
    const STEP: usize = 3584;
}

pub(super) struct Index {
    pub blocks: Vec<Block>,
    /// For each block, its features.
    features: Lists,
    /// For each feature, its blocks, ascending.
    postings: Lists,
    /// For each feature.
    weights: Vec<u32>,
}

/// Lists of numbers, one behind the other.
#[derive(Default)]
struct Lists {
    ends: Vec<u32>,
    all: Vec<u32>,
}

impl Lists {
    fn get(&self, at: usize) -> &[u32] {
        let start = if at == 0 {
            0
        } else {
            self.ends[at - 1] as usize
        };
        &self.all[start..self.ends[at] as usize]
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    /// Ends the list to which everything since the last one belongs.
    fn end(&mut self) {
        self.ends.push(self.all.len() as u32);
    }

    /// For each number below `numbers`, the lists that have it.
    fn turned(&self, numbers: usize) -> Self {
        let mut ends = vec![0_u32; numbers];
        for number in &self.all {
            ends[*number as usize] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            // For now where they start; filling in moves it to where they end.
            sum += std::mem::replace(end, sum);
        }
        let mut all = vec![0; self.all.len()];
        for list in 0..self.len() {
            for number in self.get(list) {
                let end = &mut ends[*number as usize];
                all[*end as usize] = list as u32;
                *end += 1;
            }
        }
        Self { ends, all }
    }
}

/// Buffers of one thread.
#[derive(Default)]
pub(super) struct Tally {
    score: Vec<u32>,
    touched: Vec<u32>,
}

impl Index {
    pub fn new(corpus: &Corpus, watch: &Watch) -> Result<Self, Stopped> {
        let blocks = cut(corpus);
        watch.progress(Stage::Candidates, 0, blocks.len());
        let (words, grams) = rayon::join(
            || word_postings(corpus, &blocks, watch),
            || gram_postings(corpus, &blocks, watch),
        );
        let (mut postings, grams) = (words?, grams?);
        let mut weights = vec![WORD_WEIGHT; postings.len()];
        for (feature, weight) in weights.iter_mut().enumerate() {
            let share = FEW as f32 / postings.get(feature).len() as f32;
            *weight = (WORD_WEIGHT as f32 * share.min(1.0).sqrt()) as u32;
        }
        for part in grams {
            watch.check()?;
            for group in part.chunk_by(|x, y| hash_of(*x) == hash_of(*y)) {
                // Most n-grams stand in one place only.
                if block_of(group[0]) == block_of(group[group.len() - 1]) {
                    continue;
                }
                let before = postings.all.len();
                for gram in group {
                    let block = block_of(*gram);
                    if postings.all.len() == before || postings.all.last() != Some(&block) {
                        postings.all.push(block);
                    }
                }
                let blocks = postings.all.len() - before;
                weights.push(if blocks > ALL_TO_ALL {
                    CROWD_WEIGHT
                } else {
                    (GRAM_WEIGHT as usize * FEW / blocks.max(FEW)) as u32
                });
                postings.end();
            }
        }
        watch.check()?;
        Ok(Self {
            features: postings.turned(blocks.len()),
            blocks,
            postings,
            weights,
        })
    }

    /// The blocks after `block` that share enough with it to be looked at, ascending.
    pub fn partners(&self, block: u32, tally: &mut Tally, out: &mut Vec<u32>) {
        out.clear();
        tally.score.resize(self.blocks.len(), 0);
        for &feature in self.features.get(block as usize) {
            let list = self.postings.get(feature as usize);
            let at = list.partition_point(|b| *b <= block);
            let mut later = &list[at..];
            if list.len() > ALL_TO_ALL && at > 1 {
                later = &later[..later.len().min(NEIGHBOURS)];
            }
            let weight = self.weights[feature as usize];
            for &other in later {
                let score = &mut tally.score[other as usize];
                if *score == 0 {
                    tally.touched.push(other);
                }
                *score += weight;
            }
        }
        let enough = enough(self.blocks.len());
        for other in tally.touched.drain(..) {
            let score = std::mem::take(&mut tally.score[other as usize]);
            if score >= enough {
                out.push(other);
            }
        }
        out.sort_unstable();
    }
}

impl Index {
    /// True if some text of one article would be compared with some of the other.
    pub fn proposes(&self, corpus: &Corpus, a: u32, b: u32) -> bool {
        let (first, last) = (a.min(b), a.max(b));
        let article = |block: u32| {
            let unit = self.blocks[block as usize].unit;
            corpus.units[unit as usize].article
        };
        let (mut tally, mut partners) = (Tally::default(), Vec::new());
        (0..self.blocks.len() as u32)
            .filter(|block| article(*block) == first)
            .any(|block| {
                self.partners(block, &mut tally, &mut partners);
                partners.iter().any(|partner| article(*partner) == last)
            })
    }
}

pub(super) fn cut(corpus: &Corpus) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(corpus.units.len());
    for (unit, words) in corpus.units.iter().map(|unit| unit.words.len()).enumerate() {
        let mut from = 0;
        loop {
            let to = (from + Block::WORDS).min(words);
            blocks.push(Block {
                unit: unit as u32,
                from: from as u32,
                to: to as u32,
            });
            if to == words {
                break;
            }
            from += Block::STEP;
        }
    }
    blocks
}

fn enough(blocks: usize) -> u32 {
    let doublings = (blocks as u32 / SMALL)
        .checked_ilog2()
        .map_or(0, |log| log + 1);
    (ENOUGH + PER_DOUBLING * doublings).min(ALWAYS_ENOUGH)
}

/// For each word that is rare enough, the blocks that have it.
fn word_postings(corpus: &Corpus, blocks: &[Block], watch: &Watch) -> Result<Lists, Stopped> {
    const NONE: u32 = u32::MAX;
    let rare = |key: &usize| (2..=WORD_COUNT_LIMIT).contains(&corpus.counts[*key]);
    // Each block counts once: the last one that a key was seen in is kept with its count.
    let mut seen: Vec<(u32, u32)> = (0..corpus.counts.len())
        .map(|key| (if rare(&key) { 0 } else { NONE }, NONE))
        .collect();
    let each = |with: &mut dyn FnMut(usize, u32)| {
        for (at, block) in blocks.iter().enumerate() {
            if at.is_multiple_of(256) {
                watch.check()?;
            }
            for word in &corpus.units[block.unit as usize].words[block.words()] {
                with(word.key() as usize, at as u32);
            }
        }
        Ok(())
    };
    each(&mut |key, block| {
        let (count, last) = &mut seen[key];
        if *count != NONE && *last != block {
            *count += 1;
            *last = block;
        }
    })?;
    let mut lists = Lists::default();
    let mut sum = 0;
    for (count, last) in &mut seen {
        *last = NONE;
        if *count == NONE || !(2..=WORD_LIMIT as u32).contains(count) {
            *count = NONE;
        } else {
            // From here on where the next block goes.
            sum += std::mem::replace(count, sum);
            lists.ends.push(sum);
        }
    }
    lists.all = vec![0; sum as usize];
    each(&mut |key, block| {
        let (next, last) = &mut seen[key];
        if *next != NONE && *last != block {
            lists.all[*next as usize] = block;
            *next += 1;
            *last = block;
        }
    })?;
    Ok(lists)
}

/// An n-gram's hash and its block in one number: sorting these is all that has to be done with them.
const BLOCK_BITS: u32 = 24;

fn hash_of(gram: u64) -> u64 {
    gram >> BLOCK_BITS
}

fn block_of(gram: u64) -> u32 {
    gram as u32 & ((1 << BLOCK_BITS) - 1)
}

/// The n-grams that winnowing keeps, sorted by hash and then by block.
fn gram_postings(
    corpus: &Corpus,
    blocks: &[Block],
    watch: &Watch,
) -> Result<Vec<Vec<u64>>, Stopped> {
    sorted_parts(
        blocks,
        |at, block, sink| {
            for gram in grams_of(corpus, block) {
                sink(
                    gram,
                    hash_of(gram) << BLOCK_BITS | (at as u64 & ((1 << BLOCK_BITS) - 1)),
                );
            }
        },
        watch,
    )
}

/// The n-grams of a block that winnowing keeps.
fn grams_of(corpus: &Corpus, block: &Block) -> Vec<u64> {
    let words = &corpus.units[block.unit as usize].words[block.words()];
    let hashes: Vec<u64> = words
        .iter()
        .map(|word| corpus.hashes[word.key() as usize])
        .collect();
    let grams: Vec<u64> = hashes.windows(GRAM).map(mixed).collect();
    if grams.len() < WINDOW {
        return grams;
    }
    let mut kept: Vec<u64> = Vec::with_capacity(grams.len() / 2);
    for window in grams.windows(WINDOW) {
        kept.extend(window.iter().min().filter(|gram| kept.last() != Some(gram)));
    }
    kept
}

/// One hash of several, in their order.
fn mixed(hashes: &[u64]) -> u64 {
    let mixed = hashes.iter().fold(0_u64, |mixed, hash| {
        (mixed.rotate_left(23) ^ hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    });
    mixed ^ mixed >> 32
}
