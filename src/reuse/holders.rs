//! Which texts of a folder might share a passage with a few that have changed: the same answer as the index
//! of a whole run gives ([`super::fingerprint`]), from lists that are kept between two changes. What is looked up
//! grows with what has changed, not with the folder. Says nothing about which texts have to be looked at.
//!
//! Eight bytes for each rare word, n-gram and pair of a text (about six a word and text), and some forty for those of
//! texts that came later; of one of many near-copies only what is its own.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::doubles::{linked_units, own_features, own_stretches};
use super::features::{Feature, hashed_of, words_of};
use super::fingerprint::{Block, block_of, both_first, cut_units, first_blocks, hash_of, packed};
use super::parts::{part_of, sorted_parts};
use super::proposal::{Blocks, needed};
use super::weights::Weights;
use super::words::{Corpus, NOBODY};
use crate::work::{Stopped, Watch};

/// The blocks that have each feature. Blocks and units keep their numbers; new ones are added behind.
pub(super) struct Holders {
    blocks: Vec<Block>,
    /// For each unit, its first block.
    first: Vec<u32>,
    /// Word keys and hashes of n-grams and pairs, each with a block in its low bits; sorted within each part.
    words: Vec<Vec<u64>>,
    grams: Vec<Vec<u64>>,
    /// Blocks that `words` and `grams` do not speak of any more.
    outdated: HashSet<u32, FixedState>,
    /// What has come since.
    added: BTreeSet<(Feature, u32)>,
}

/// Buffers of one thread.
#[derive(Default)]
struct Tally {
    score: Vec<u32>,
    touched: Vec<u32>,
    features: Vec<Feature>,
    holders: Vec<u32>,
}

impl Holders {
    pub fn new(corpus: &Corpus, weights: &Weights, watch: &Watch) -> Result<Self, Stopped> {
        let blocks = cut_units(corpus, 0..corpus.units.len() as u32);
        let gather = |features_of: fn(&Corpus, &Block, &mut Vec<Feature>)| {
            sorted_parts(
                &blocks,
                |at, block, sink| {
                    let mut features = Vec::new();
                    for stretch in own_stretches(corpus, block) {
                        features_of(corpus, &stretch, &mut features);
                    }
                    features.retain(|feature| weights.of(*feature).0 > 0);
                    for number in features.into_iter().map(number) {
                        sink(number, packed(number, at as u32));
                    }
                },
                watch,
            )
        };
        let (mut words, mut grams) = (gather(words_of)?, gather(hashed_of)?);
        words.iter_mut().chain(&mut grams).for_each(|part| {
            part.dedup();
            part.shrink_to_fit();
        });
        Ok(Self {
            first: first_blocks(&blocks, corpus.units.len()),
            blocks,
            words,
            grams,
            outdated: HashSet::with_hasher(FixedState::with_seed(15)),
            added: BTreeSet::new(),
        })
    }

    /// Takes in units that have come behind those that it knows.
    pub fn add(&mut self, corpus: &Corpus) {
        let fresh = self.first.len() as u32..corpus.units.len() as u32;
        let before = self.blocks.len();
        self.blocks.extend(cut_units(corpus, fresh.clone()));
        self.first.resize(corpus.units.len(), 0);
        for at in (before..self.blocks.len()).rev() {
            self.first[self.blocks[at].unit as usize] = at as u32;
        }
        for unit in fresh {
            self.put_in(corpus, unit);
        }
    }

    /// Knows a unit no longer; to be called while the corpus still tells what it was compared by.
    pub fn take_out(&mut self, corpus: &Corpus, unit: u32) {
        let mut features = Vec::new();
        for at in self.blocks_of(unit) {
            own_features(corpus, &self.blocks[at as usize], &mut features);
            for feature in &features {
                self.added.remove(&(*feature, at));
            }
            self.outdated.insert(at);
        }
    }

    /// Knows a unit again that was taken out, by what it is compared by now.
    pub fn put_in(&mut self, corpus: &Corpus, unit: u32) {
        let mut features = Vec::new();
        for at in self.blocks_of(unit) {
            own_features(corpus, &self.blocks[at as usize], &mut features);
            self.added
                .extend(features.iter().map(|feature| (*feature, at)));
        }
    }

    fn blocks_of(&self, unit: u32) -> Range<u32> {
        let from = self.first[unit as usize];
        let to = self.first.get(unit as usize + 1).copied();
        from..to.unwrap_or(self.blocks.len() as u32)
    }

    /// The units that are compared by a feature.
    pub fn units_with(&self, feature: Feature) -> Vec<u32> {
        let mut blocks = Vec::new();
        self.with(feature, &mut blocks);
        let unit = |at: u32| self.blocks[at as usize].unit;
        blocks.into_iter().map(unit).collect()
    }

    fn with(&self, feature: Feature, out: &mut Vec<u32>) {
        let parts = match feature {
            Feature::Word(_) => &self.words,
            Feature::Gram(_) => &self.grams,
        };
        let number = number(feature);
        let part = &parts[part_of(number)];
        let from = part.partition_point(|one| hash_of(*one) < number);
        let held = part[from..]
            .iter()
            .take_while(|one| hash_of(**one) == number);
        out.clear();
        out.extend(
            held.map(|one| block_of(*one))
                .filter(|at| !self.outdated.contains(at)),
        );
        let added = self.added.range((feature, 0)..=(feature, u32::MAX));
        out.extend(added.map(|(_, at)| *at));
    }

    /// Pairs of blocks of which at least one belongs to a unit that is `looked_at`, ascending.
    pub fn pairs(
        &self,
        corpus: &Corpus,
        weights: &Weights,
        looked_at: &[bool],
        watch: &Watch,
    ) -> Result<Vec<Blocks>, Stopped> {
        let is_looked_at = |block: u32| looked_at[self.blocks[block as usize].unit as usize];
        let sought: Vec<u32> = (0..looked_at.len() as u32)
            .filter(|unit| looked_at[*unit as usize])
            .flat_map(|unit| self.blocks_of(unit))
            .collect();
        let found: Vec<Vec<(u32, u32)>> = sought
            .par_iter()
            .map_init(Tally::default, |tally, at| {
                watch.check()?;
                let mut partners = Vec::new();
                self.partners(corpus, weights, *at, tally, &mut partners);
                // Of two that are looked at the later one finds the other.
                partners.retain(|other| other < at || !is_looked_at(*other));
                let pair = |other: u32| (other.min(*at), other.max(*at));
                Ok(partners.into_iter().map(pair).collect())
            })
            .collect::<Result<_, Stopped>>()?;
        let mut pairs: Vec<(u32, u32)> = found.into_iter().flatten().collect();
        let concerns = |(unit, by): &(u32, u32)| {
            let is_here = corpus.units[*unit as usize].article != NOBODY;
            is_here && (looked_at[*unit as usize] || looked_at[*by as usize])
        };
        let linked = linked_units(corpus).filter(concerns);
        pairs.extend(linked.map(|units| both_first(&self.first, units)));
        pairs.sort_unstable();
        pairs.dedup();
        let block = |at: u32| self.blocks[at as usize];
        Ok(pairs
            .into_iter()
            .map(|(x, y)| (block(x), block(y)))
            .collect())
    }

    /// The blocks that share enough with one to be looked at.
    fn partners(
        &self,
        corpus: &Corpus,
        weights: &Weights,
        at: u32,
        tally: &mut Tally,
        out: &mut Vec<u32>,
    ) {
        let own = &self.blocks[at as usize];
        let name = |block: &Block| corpus.units[block.unit as usize].name;
        tally.score.resize(self.blocks.len(), 0);
        own_features(corpus, own, &mut tally.features);
        for feature in &tally.features {
            let (weight, lead) = weights.of(*feature);
            if weight == 0 {
                continue;
            }
            let leads = lead.is_none_or(|lead| lead == name(own));
            self.with(*feature, &mut tally.holders);
            for other in &tally.holders {
                if !leads && lead != Some(name(&self.blocks[*other as usize])) {
                    continue;
                }
                let score = &mut tally.score[*other as usize];
                if *score == 0 {
                    tally.touched.push(*other);
                }
                *score += weight;
            }
        }
        for other in tally.touched.drain(..) {
            let score = std::mem::take(&mut tally.score[other as usize]);
            let pair = (*own, self.blocks[other as usize]);
            if pair.0.unit != pair.1.unit && score >= needed(weights.enough(), pair) {
                out.push(other);
            }
        }
    }
}

/// By what a feature is sorted among those of its kind.
fn number(feature: Feature) -> u64 {
    match feature {
        Feature::Word(key) => u64::from(key),
        Feature::Gram(hash) => hash,
    }
}
