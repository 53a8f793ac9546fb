//! Gives out the ids of a folder's words, and counts them. Knows no texts.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use super::grade::Graded;
use super::words::Word;

/// The ids of a folder's words.
#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub(super) struct Vocabulary {
    /// By the hash of a folded form.
    words: HashMap<u64, Word, FixedState>,
    /// By the hash of a key.
    pub keys: HashMap<u64, u32, FixedState>,
    /// For each key, how many words have it.
    counts: Vec<u32>,
    /// For each key, how many forms it has.
    forms: Vec<u32>,
    /// For each key, its hash.
    pub hashes: Vec<u64>,
}

/// A vocabulary as it is kept: what has no order is sorted.
#[derive(Serialize, Deserialize)]
struct Stored {
    words: Vec<(u64, Word)>,
    counts: Vec<u32>,
    forms: Vec<u32>,
    hashes: Vec<u64>,
}

impl From<Vocabulary> for Stored {
    fn from(vocabulary: Vocabulary) -> Self {
        let mut words: Vec<_> = vocabulary.words.into_iter().collect();
        words.sort_unstable();
        Self {
            words,
            counts: vocabulary.counts,
            forms: vocabulary.forms,
            hashes: vocabulary.hashes,
        }
    }
}

impl From<Stored> for Vocabulary {
    fn from(stored: Stored) -> Self {
        let mut vocabulary = Self::default();
        vocabulary.words.extend(stored.words);
        let keys = stored.hashes.iter().copied().zip(0..);
        vocabulary.keys.extend(keys);
        Self {
            counts: stored.counts,
            forms: stored.forms,
            hashes: stored.hashes,
            ..vocabulary
        }
    }
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            words: HashMap::with_hasher(FixedState::with_seed(1)),
            keys: HashMap::with_hasher(FixedState::with_seed(2)),
            counts: Vec::new(),
            forms: Vec::new(),
            hashes: Vec::new(),
        }
    }
}

impl Vocabulary {
    /// The id of a word that occurs `count` times more.
    pub fn add(&mut self, graded: Graded, count: u32) -> Word {
        let word = *self.words.entry(graded.form).or_insert_with(|| {
            let fresh = (self.counts.len() as u32).min(Word::LAST_KEY);
            let key = *self.keys.entry(graded.key).or_insert(fresh);
            if key as usize == self.counts.len() {
                self.counts.push(0);
                self.forms.push(0);
                self.hashes.push(graded.key);
            }
            self.forms[key as usize] += 1;
            Word::new(key, self.forms[key as usize] - 1)
        });
        self.counts[word.key() as usize] += count;
        word
    }

    /// For each key, how many of all the words that were ever learnt have it.
    pub fn counts(&self) -> Vec<u32> {
        self.counts.clone()
    }
}
