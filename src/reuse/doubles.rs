//! Texts that are the same but for a few words, printed many times: one of them stands for all.
//!
//! A hundred copies of a text make five thousand pairs, all of which say the same; and each of them would be
//! paired with whatever else shares a passage with that text. So the others are compared with the one that
//! stands for them, and with the rest of the folder only by what that one does not have.
//!
//! Likeness is estimated from the smallest hashes of each text (Broder 1997).

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::features::{Feature, features_of, grams_of};
use super::fingerprint::Block;
use super::words::Corpus;
use crate::work::{Stopped, Watch};

/// Hashes that are kept of a text, and how many have to be the same of the smallest that two have together.
const SKETCH: usize = 32;
const ALIKE: usize = 13;
/// Texts with fewer n-grams say too little.
const FEWEST: usize = 16;
/// Of fewer than this many every pair is worth listing.
const MANY: u32 = 6;
/// Smallest hashes by which likely ones are looked up, and how many are looked at for each.
const KEYS: usize = 8;
const LOOKS: usize = 8;

/// The unit that stands for each of some, by their names.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Doubles(HashMap<u64, u64, FixedState>);

impl Doubles {
    /// The doubles of a folder; the same in whatever order its articles come.
    pub fn new(corpus: &Corpus, watch: &Watch) -> Result<Self, Stopped> {
        let mut sketches: Vec<(u64, Box<[u64]>)> = corpus
            .units
            .par_iter()
            .enumerate()
            .map(|(at, unit)| {
                watch.check()?;
                let sketch = if unit.words.len() <= Block::WORDS {
                    sketch(corpus, at as u32)
                } else {
                    Box::default()
                };
                Ok((unit.name, sketch))
            })
            .collect::<Result<_, Stopped>>()?;
        sketches.retain(|(_, sketch)| sketch.len() >= FEWEST);
        sketches.sort_unstable();
        let mut likely: HashMap<u64, Vec<usize>, FixedState> =
            HashMap::with_hasher(FixedState::with_seed(12));
        let mut stands_for = vec![None; sketches.len()];
        let mut copies = vec![1_u32; sketches.len()];
        for (at, (_, sketch)) in sketches.iter().enumerate() {
            if at.is_multiple_of(1024) {
                watch.check()?;
            }
            let found = sketch[..KEYS]
                .iter()
                .filter_map(|hash| likely.get(hash))
                .flat_map(|list| list.iter().take(LOOKS).copied())
                .filter(|other| alike(sketch, &sketches[*other].1))
                .min();
            match found {
                Some(first) => {
                    stands_for[at] = Some(first);
                    copies[first] += 1;
                }
                None => {
                    for hash in &sketch[..KEYS] {
                        likely.entry(*hash).or_default().push(at);
                    }
                }
            }
        }
        let mut doubles = Self::default();
        for (at, first) in stands_for.into_iter().enumerate() {
            if let Some(first) = first.filter(|first| copies[*first] >= MANY) {
                doubles.0.insert(sketches[at].0, sketches[first].0);
            }
        }
        Ok(doubles)
    }

    /// The names of units that stand for others.
    pub fn first(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.values().copied()
    }

    /// For each unit the one that stands for it.
    pub fn of_units(&self, corpus: &Corpus) -> Vec<Option<u32>> {
        let mut places: HashMap<u64, u32, FixedState> =
            HashMap::with_hasher(FixedState::with_seed(13));
        places.extend(corpus.units.iter().map(|unit| unit.name).zip(0..));
        let first = |name: &u64| places.get(self.0.get(name)?).copied();
        corpus.units.iter().map(|unit| first(&unit.name)).collect()
    }
}

/// The smallest hashes of a unit's n-grams, ascending.
fn sketch(corpus: &Corpus, unit: u32) -> Box<[u64]> {
    let block = Block::whole(corpus, unit);
    let mut grams = Vec::new();
    grams_of(corpus, &block, &mut grams);
    // The order of winnowing is that of the hashes; here it has to be another.
    for gram in &mut grams {
        *gram = gram.wrapping_mul(0xD6E8_FEB8_6659_FD93).rotate_left(32);
    }
    grams.sort_unstable();
    grams.dedup();
    grams.truncate(SKETCH);
    grams.into()
}

fn alike(x: &[u64], y: &[u64]) -> bool {
    let (mut i, mut j, mut same) = (0, 0, 0);
    let most = x.len().min(y.len());
    for _ in 0..most {
        if i == x.len() || j == y.len() {
            break;
        }
        match x[i].cmp(&y[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                same += 1;
                i += 1;
                j += 1;
            }
        }
    }
    same * SKETCH >= ALIKE * most
}

/// The features of a block by which it is compared with others: all, or those that the one that stands for
/// it does not have. Each once, ascending.
pub(super) fn own_features(corpus: &Corpus, block: &Block, out: &mut Vec<Feature>) {
    features_of(corpus, block, out);
    out.sort_unstable();
    out.dedup();
    if let Some(first) = corpus.first[block.unit as usize] {
        let mut others = Vec::new();
        features_of(corpus, &Block::whole(corpus, first), &mut others);
        others.sort_unstable();
        out.retain(|feature| others.binary_search(feature).is_err());
    }
}
