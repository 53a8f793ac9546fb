//! What it is worth that two texts have a word, an n-gram or a pair of words in common: the less the more have it.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use super::features::{Feature, is_pair};
use super::proposal::enough;

/// Blocks up to which a feature counts fully.
const FEW: usize = 12;
/// Blocks up to which a single word is a feature.
pub(super) const WORD_LIMIT: usize = 48;
/// Occurrences beyond which a word is not even counted by block.
pub(super) const WORD_COUNT_LIMIT: u32 = 8 * WORD_LIMIT as u32;
/// Blocks up to which a feature links all to all; beyond, one of them to each.
const ALL_TO_ALL: usize = 128;

/// What an n-gram is worth, and a word: whole numbers, so that the order in which they are summed up never matters.
pub(super) const GRAM_WEIGHT: u32 = 1000;
const WORD_WEIGHT: u32 = 200;
/// Of a pair of words; where more than [`FEW`] have it, it is a phrase of the day and worth nothing.
const PAIR_WEIGHT: u32 = 350;
/// Of an n-gram that more than [`ALL_TO_ALL`] have.
const CROWD_WEIGHT: u32 = 250;

/// What features are worth, as measured on a folder. With them it depends on two texts alone whether they
/// are compared.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Weights {
    /// For each key; those that were not in the folder are worth [`WORD_WEIGHT`].
    words: Vec<u16>,
    /// N-grams and pairs that are worth less, by hash.
    grams: HashMap<u64, Common, FixedState>,
    enough: u32,
}

/// What an n-gram is worth that many have.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Common {
    pub weight: u32,
    /// The [`Unit::name`] of the one that stands for all, where they are very many.
    pub lead: Option<u64>,
}

impl Weights {
    /// Of a folder of so many blocks, given how many words have each key.
    pub fn of_words(counts: &[u32], blocks: usize) -> Self {
        let worth = |count: &u32| match *count <= WORD_COUNT_LIMIT {
            true => WORD_WEIGHT as u16,
            false => 0,
        };
        Self {
            words: counts.iter().map(worth).collect(),
            grams: HashMap::with_hasher(FixedState::with_seed(4)),
            enough: enough(blocks),
        }
    }

    /// Learns in how many blocks a word stands.
    pub fn word_stands_in(&mut self, key: u32, blocks: usize) {
        let share = (FEW as f32 / blocks as f32).min(1.0);
        self.words[key as usize] = match blocks <= WORD_LIMIT {
            true => (WORD_WEIGHT as f32 * share.sqrt()) as u16,
            false => 0,
        };
    }

    /// Learns in how many blocks an n-gram or a pair stands, and which of them stands for all where it takes one.
    pub fn gram_stands_in(
        &mut self,
        hash: u64,
        blocks: usize,
        lead: impl FnOnce() -> Option<u64>,
    ) -> Common {
        if blocks <= FEW {
            return self.of_gram(hash);
        }
        let is_crowd = blocks > ALL_TO_ALL;
        let common = Common {
            weight: match is_crowd {
                _ if is_pair(hash) => 0,
                true => CROWD_WEIGHT,
                false => (GRAM_WEIGHT as usize * FEW / blocks) as u32,
            },
            lead: is_crowd.then(lead).flatten(),
        };
        self.grams.insert(hash, common);
        common
    }

    pub fn of_word(&self, key: u32) -> u32 {
        self.words
            .get(key as usize)
            .map_or(WORD_WEIGHT, |weight| u32::from(*weight))
    }

    pub fn of_gram(&self, hash: u64) -> Common {
        self.grams.get(&hash).copied().unwrap_or(Common {
            weight: match is_pair(hash) {
                true => PAIR_WEIGHT,
                false => GRAM_WEIGHT,
            },
            lead: None,
        })
    }

    /// What a feature is worth, and the name of the unit that it links all others to, if to one only.
    pub fn of(&self, feature: Feature) -> (u32, Option<u64>) {
        match feature {
            Feature::Word(key) => (self.of_word(key), None),
            Feature::Gram(hash) => {
                let common = self.of_gram(hash);
                (common.weight, common.lead)
            }
        }
    }

    pub fn enough(&self) -> u32 {
        self.enough
    }

    /// Another unit stands for all that have this n-gram; where nobody has it any more, it counts as any other.
    pub fn pass_on(&mut self, hash: u64, lead: Option<u64>) {
        match (self.grams.get_mut(&hash), lead) {
            (Some(common), Some(_)) => common.lead = lead,
            _ => drop(self.grams.remove(&hash)),
        }
    }
}
