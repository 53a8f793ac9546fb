//! Formulaic text: titles of offices, blessings, datelines, sign-offs. It makes no passage by itself.
//!
//! A formula is known by its company: it stands in many different surroundings, on both sides. A text that
//! a hundred outlets printed is just as frequent, but each of its phrases always stands among the others;
//! only at its ends do the surroundings change, and there on one side.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use super::parts::sorted_parts;
use super::words::{Corpus, Word};
use crate::work::{Stopped, Watch};

/// Words in a phrase.
const PHRASE: usize = 3;
/// How far off the surroundings are looked at, in words.
const AWAY: usize = 8;
/// Different surroundings, on the side that has fewer, that make a phrase a formula.
const SURROUNDINGS: usize = 6;

/// The phrases of a folder that are formulas.
pub(super) struct Formulas {
    /// Hashes of phrases, ascending.
    phrases: Vec<u64>,
}

impl Formulas {
    pub fn new(corpus: &Corpus, watch: &Watch) -> Result<Self, Stopped> {
        let often = Often::new(corpus);
        watch.check()?;
        // (phrase, key before, key after) of phrases that are frequent enough.
        let parts: Vec<Vec<(u64, u32, u32)>> = sorted_parts(
            &corpus.units,
            |_, unit, sink| {
                let words = &unit.words;
                let key =
                    |at: Option<usize>| at.and_then(|at| words.get(at)).map_or(u32::MAX, |w| w.key);
                for (at, phrase) in phrases(words).enumerate() {
                    if often.has(phrase) {
                        let after = key(Some(at + PHRASE + AWAY - 1));
                        sink(phrase, (phrase, key(at.checked_sub(AWAY)), after));
                    }
                }
            },
            watch,
        )?;
        let mut keys = Vec::new();
        let mut distinct = |places: &[(u64, u32, u32)], side: fn(&(u64, u32, u32)) -> u32| {
            keys.clear();
            keys.extend(places.iter().map(side));
            keys.sort_unstable();
            keys.dedup();
            keys.len()
        };
        let mut found = Vec::new();
        let groups = parts
            .iter()
            .flat_map(|part| part.chunk_by(|x, y| x.0 == y.0));
        for group in groups {
            if group.len() >= SURROUNDINGS
                && distinct(group, |place| place.1) >= SURROUNDINGS
                && distinct(group, |place| place.2) >= SURROUNDINGS
            {
                found.push(group[0].0);
            }
        }
        found.sort_unstable();
        Ok(Self { phrases: found })
    }

    /// For each word, whether it is part of a formula.
    pub fn mark(&self, words: &[Word]) -> Vec<bool> {
        let mut stale = vec![false; words.len()];
        for (at, phrase) in phrases(words).enumerate() {
            if self.phrases.binary_search(&phrase).is_ok() {
                stale[at..at + PHRASE].fill(true);
            }
        }
        stale
    }
}

fn phrases(words: &[Word]) -> impl Iterator<Item = u64> + '_ {
    let hasher = FixedState::with_seed(11);
    words.windows(PHRASE).map(move |phrase| {
        let keys: [u32; PHRASE] = std::array::from_fn(|i| phrase[i].key);
        hasher.hash_one(keys)
    })
}

/// Counts phrases in a fixed amount of memory; may take a rare phrase for a frequent one, never the other
/// way round.
struct Often {
    counts: Vec<u8>,
}

impl Often {
    fn new(corpus: &Corpus) -> Self {
        let words: usize = corpus.units.iter().map(|unit| unit.words.len()).sum();
        let slots = (2 * words).next_power_of_two().clamp(1 << 12, 1 << 26);
        let mut counts = vec![0_u8; slots];
        for unit in &corpus.units {
            for phrase in phrases(&unit.words) {
                let slot = &mut counts[phrase as usize & (slots - 1)];
                *slot = slot.saturating_add(1);
            }
        }
        Self { counts }
    }

    fn has(&self, phrase: u64) -> bool {
        usize::from(self.counts[phrase as usize & (self.counts.len() - 1)]) >= SURROUNDINGS
    }
}
