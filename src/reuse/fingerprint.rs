//! Which stretches of text might share a passage: an index of what is rare in them.
//!
//! Two kinds of feature are indexed. Word n-grams, thinned by winnowing (Schleimer, Wilkerson, Aiken 2003)
//! so that any seven words in common have one in common, find copies made of common words.
//! Single rare words find copies whose order is gone. Work stays linear: a feature that many blocks have
//! counts for little in each of them, and one that very many have links only neighbours.

use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::parts::sorted_parts;
use super::sketch::Sketch;
use super::words::Corpus;
use crate::work::{Stage, Stopped, Watch};

/// Words in an n-gram.
const GRAM: usize = 4;
/// N-grams of which winnowing keeps at least one.
const WINDOW: usize = 4;

/// Blocks up to which a feature counts fully.
const FEW: f32 = 12.0;
/// Blocks up to which a single word is a feature.
const WORD_LIMIT: usize = 48;
/// Occurrences beyond which a word is not even counted by block.
const WORD_COUNT_LIMIT: u32 = 8 * WORD_LIMIT as u32;
/// Blocks up to which a feature links all to all; beyond, each with the next ones and the first.
const ALL_TO_ALL: usize = 256;
const NEIGHBOURS: usize = 4;
/// Weight of one rare word; an n-gram weighs 1.
const WORD_WEIGHT: f32 = 0.2;

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
    /// Features of block `i`: `features[feature_ends[i - 1]..feature_ends[i]]`.
    feature_ends: Vec<u32>,
    features: Vec<u32>,
    /// Blocks of feature `f`, ascending, laid out in the same way.
    posting_ends: Vec<u32>,
    postings: Vec<u32>,
    weights: Vec<f32>,
}

/// Buffers of one thread.
#[derive(Default)]
pub(super) struct Tally {
    score: Vec<f32>,
    touched: Vec<u32>,
}

impl Index {
    pub fn new(corpus: &Corpus, watch: &Watch) -> Result<Self, Stopped> {
        let blocks = cut(corpus);
        watch.progress(Stage::Candidates, 0, blocks.len());
        let keys = corpus.chance.len() as u64;
        let grams = count_grams(corpus, &blocks, keys, watch)?;
        // Single words are numbered by their key, n-grams lie above all keys.
        let parts: Vec<Vec<(u64, u32)>> = sorted_parts(
            &blocks,
            |at, block, sink| {
                for feature in features_of(corpus, block, keys) {
                    let worth = if feature < keys {
                        (2..=WORD_COUNT_LIMIT).contains(&corpus.counts[feature as usize])
                    } else {
                        grams.at_least(feature, 2)
                    };
                    if worth {
                        sink(feature, (feature, at as u32));
                    }
                }
            },
            watch,
        )?;
        drop(grams);
        let mut weights = Vec::new();
        let mut posting_ends = Vec::new();
        let mut postings = Vec::new();
        let mut feature_ends = vec![0_u32; blocks.len()];
        for part in parts {
            watch.check()?;
            for group in part.chunk_by(|x, y| x.0 == y.0) {
                let is_word = group[0].0 < keys;
                if group.len() < 2 || (is_word && group.len() > WORD_LIMIT) {
                    continue;
                }
                let share = (FEW / group.len() as f32).min(1.0);
                weights.push(if is_word {
                    WORD_WEIGHT * share.sqrt()
                } else {
                    share
                });
                for (_, block) in group {
                    postings.push(*block);
                    feature_ends[*block as usize] += 1;
                }
                posting_ends.push(postings.len() as u32);
            }
        }
        let features = turn(&mut feature_ends, &posting_ends, &postings);
        Ok(Self {
            blocks,
            feature_ends,
            features,
            posting_ends,
            postings,
            weights,
        })
    }

    /// The blocks after `block` that share enough with it to be looked at, ascending.
    pub fn partners(&self, block: u32, tally: &mut Tally, out: &mut Vec<u32>) {
        out.clear();
        tally.score.resize(self.blocks.len(), 0.0);
        for &feature in slice(&self.features, &self.feature_ends, block as usize) {
            let list = slice(&self.postings, &self.posting_ends, feature as usize);
            let at = list.partition_point(|b| *b <= block);
            let later = &list[at..];
            let (later, weight) = if list.len() <= ALL_TO_ALL {
                (later, self.weights[feature as usize])
            } else if at == 1 {
                (later, 0.25)
            } else {
                (&later[..later.len().min(NEIGHBOURS)], 0.25)
            };
            for &other in later {
                let score = &mut tally.score[other as usize];
                if *score == 0.0 {
                    tally.touched.push(other);
                }
                *score += weight;
            }
        }
        for other in tally.touched.drain(..) {
            if tally.score[other as usize] >= 0.999 {
                out.push(other);
            }
            tally.score[other as usize] = 0.0;
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

/// Features by block, from blocks by feature. Takes the number of features of each block and turns it
/// into where they end.
fn turn(ends: &mut [u32], posting_ends: &[u32], postings: &[u32]) -> Vec<u32> {
    let mut sum = 0;
    for end in ends.iter_mut() {
        // For now where they start; filling in moves it to where they end.
        let count = *end;
        *end = sum;
        sum += count;
    }
    let mut features = vec![0; postings.len()];
    for feature in 0..posting_ends.len() {
        for &block in slice(postings, posting_ends, feature) {
            let end = &mut ends[block as usize];
            features[*end as usize] = feature as u32;
            *end += 1;
        }
    }
    features
}

fn slice<'a>(all: &'a [u32], ends: &[u32], at: usize) -> &'a [u32] {
    let start = if at == 0 { 0 } else { ends[at - 1] as usize };
    &all[start..ends[at] as usize]
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

/// The features of one block, each once: its keys as they are, and its n-grams.
fn features_of(corpus: &Corpus, block: &Block, keys: u64) -> Vec<u64> {
    let mut features = grams_of(corpus, block, keys);
    let words = &corpus.units[block.unit as usize].words[block.words()];
    features.extend(words.iter().map(|word| u64::from(word.key)));
    features.sort_unstable();
    features.dedup();
    features
}

/// The n-grams of a block that winnowing keeps.
fn grams_of(corpus: &Corpus, block: &Block, keys: u64) -> Vec<u64> {
    let hasher = FixedState::with_seed(7);
    let words = &corpus.units[block.unit as usize].words[block.words()];
    let grams: Vec<u64> = words
        .windows(GRAM)
        .map(|gram| {
            let ids: [u32; GRAM] = std::array::from_fn(|i| gram[i].key);
            hasher.hash_one(ids) | keys.next_power_of_two()
        })
        .collect();
    if grams.len() < WINDOW {
        return grams;
    }
    let mut kept: Vec<u64> = Vec::new();
    for window in grams.windows(WINDOW) {
        kept.extend(window.iter().min().filter(|gram| kept.last() != Some(gram)));
    }
    kept
}

/// Counts the n-grams: most of a folder's occur once, and need not be sorted with the others.
fn count_grams(
    corpus: &Corpus,
    blocks: &[Block],
    keys: u64,
    watch: &Watch,
) -> Result<Sketch, Stopped> {
    let sketch = Sketch::new(blocks.iter().map(|block| block.words().len()).sum());
    blocks.par_iter().try_for_each(|block| {
        watch.check()?;
        for gram in grams_of(corpus, block, keys) {
            sketch.add(gram);
        }
        Ok(())
    })?;
    Ok(sketch)
}
