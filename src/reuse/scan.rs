//! Which texts of a folder might share a passage with a few that have changed: the same answer as the index
//! gives, by looking through all texts once. Nothing is kept for it between two changes but the texts.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::doubles::{are_linked, own_features, own_stretches};
use super::features::{Feature, features_of};
use super::fingerprint::{Block, Weights, cut, needed};
use super::words::Corpus;
use crate::work::{Stopped, Watch};

/// Pairs of blocks of which at least one belongs to a `changed` unit, ascending.
pub(super) fn pairs(
    corpus: &Corpus,
    weights: &Weights,
    changed: impl Fn(u32) -> bool + Sync,
    watch: &Watch,
) -> Result<Vec<(Block, Block)>, Stopped> {
    let blocks = cut(corpus);
    let sought: Vec<u32> = (0..blocks.len() as u32)
        .filter(|at| changed(blocks[*at as usize].unit))
        .collect();
    let looked_for = LookedFor::new(corpus, &blocks, &sought);
    let found: Vec<Vec<(u32, u32)>> = (0..blocks.len() as u32)
        .into_par_iter()
        .map_init(
            || (Vec::new(), vec![0_u32; sought.len()]),
            |(hits, tally), at| {
                watch.check()?;
                let block = &blocks[at as usize];
                looked_for.hits(corpus, block, hits);
                let name = corpus.units[block.unit as usize].name;
                for feature in hits.iter() {
                    let (feature, holders) = &looked_for.features[*feature as usize];
                    let (weight, lead) = weights.of(*feature);
                    for holder in holders {
                        let other = &blocks[sought[*holder as usize] as usize];
                        let other = corpus.units[other.unit as usize].name;
                        if lead.is_none_or(|lead| lead == name || lead == other) {
                            tally[*holder as usize] += weight;
                        }
                    }
                }
                let mut out = Vec::new();
                for (holder, score) in tally.iter_mut().enumerate() {
                    let other = sought[holder];
                    let new = !changed(block.unit) || at > other;
                    let units = (block.unit, blocks[other as usize].unit);
                    let linked = are_linked(corpus, units.0, units.1);
                    let score = std::mem::take(score);
                    let needed = needed(weights.enough(), (block, &blocks[other as usize]));
                    if (score >= needed && units.0 != units.1 || linked) && new {
                        out.push((at.min(other), at.max(other)));
                    }
                }
                Ok(out)
            },
        )
        .collect::<Result<_, Stopped>>()?;
    let mut pairs: Vec<(u32, u32)> = found.into_iter().flatten().collect();
    pairs.sort_unstable();
    Ok(pairs
        .into_iter()
        .map(|(x, y)| (blocks[x as usize], blocks[y as usize]))
        .collect())
}

/// The features of some blocks.
struct LookedFor {
    /// Each with the blocks that have it, by their numbers among those sought.
    features: Vec<(Feature, Vec<u32>)>,
    numbers: HashMap<Feature, u32, FixedState>,
    /// One bit for some bits of a feature: nearly all others are told by it.
    known: Vec<u64>,
}

impl LookedFor {
    fn new(corpus: &Corpus, blocks: &[Block], sought: &[u32]) -> Self {
        let mut features: Vec<(Feature, Vec<u32>)> = Vec::new();
        let mut numbers = HashMap::with_hasher(FixedState::with_seed(9));
        let mut of_block = Vec::new();
        for (holder, at) in sought.iter().enumerate() {
            own_features(corpus, &blocks[*at as usize], &mut of_block);
            for feature in &of_block {
                let number = *numbers.entry(*feature).or_insert_with(|| {
                    features.push((*feature, Vec::new()));
                    features.len() as u32 - 1
                });
                features[number as usize].1.push(holder as u32);
            }
        }
        let bits = (16 * features.len())
            .next_power_of_two()
            .clamp(1 << 12, 1 << 24);
        let mut known = vec![0; bits / 64];
        for (feature, _) in &features {
            let bit = feature.bits() & (bits - 1);
            known[bit / 64] |= 1_u64 << (bit % 64);
        }
        Self {
            features,
            numbers,
            known,
        }
    }

    /// The numbers of the features that this block has, each once.
    fn hits(&self, corpus: &Corpus, block: &Block, hits: &mut Vec<u32>) {
        let mut features = Vec::new();
        for stretch in own_stretches(corpus, block) {
            features_of(corpus, &stretch, &mut features);
        }
        hits.clear();
        let mask = 64 * self.known.len() - 1;
        hits.extend(features.iter().filter_map(|feature| {
            let bit = feature.bits() & mask;
            (self.known[bit / 64] >> (bit % 64) & 1 == 1)
                .then(|| self.numbers.get(feature).copied())
                .flatten()
        }));
        hits.sort_unstable();
        hits.dedup();
    }
}
