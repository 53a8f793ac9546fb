//! What a block of text is known by: its words, some of its n-grams, some of its pairs of words. Says nothing
//! about what they are worth.
//!
//! An n-gram tells a copy; a pair, in either order, tells a text whose words have been shuffled. What lies in formulas
//! altogether tells neither: two articles that name one minister would be compared for it.

use super::fingerprint::Block;
use super::words::{Corpus, Word};

/// Words in an n-gram.
pub(super) const GRAM: usize = 4;
/// N-grams of which winnowing keeps at least one.
const WINDOW: usize = 4;

/// Words of a pair are at most so many words apart, of those that say something.
const REACH: usize = 3;
/// A word that is likelier than this says too little to make a pair.
const SAYS_LITTLE: f32 = 0.002;
/// One pair in so many is kept, the same ones everywhere.
const SAMPLED: u64 = 4;

/// Bits of a hash.
pub(super) const BITS: u32 = 40;
/// The bit of a hash that tells a pair from an n-gram.
const PAIR: u64 = 1;

/// True for the hash of a pair, false for that of an n-gram.
pub(super) fn is_pair(hash: u64) -> bool {
    hash & PAIR != 0
}

/// What two blocks may have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Feature {
    Word(u32),
    /// An n-gram or a pair, by its hash.
    Gram(u64),
}

/// Adds the features of a block, some of them more than once.
pub(super) fn features_of(corpus: &Corpus, block: &Block, out: &mut Vec<Feature>) {
    words_of(corpus, block, out);
    hashed_of(corpus, block, out);
}

/// Adds those that are words.
pub(super) fn words_of(corpus: &Corpus, block: &Block, out: &mut Vec<Feature>) {
    out.extend(keys_of(corpus, block).map(Feature::Word));
}

/// The keys of its words, each as often as it stands there.
pub(super) fn keys_of(corpus: &Corpus, block: &Block) -> impl Iterator<Item = u32> {
    let unit = &corpus.units[block.unit as usize];
    let words = unit.words[block.words()].iter().zip(block.words());
    let fresh = words.filter(|(_, at)| !unit.is_formulaic(*at));
    fresh.map(|(word, _)| word.key())
}

/// Adds those that are n-grams and pairs.
pub(super) fn hashed_of(corpus: &Corpus, block: &Block, out: &mut Vec<Feature>) {
    out.extend(hashes_of(corpus, block).into_iter().map(Feature::Gram));
}

/// The hashes of its n-grams and pairs.
pub(super) fn hashes_of(corpus: &Corpus, block: &Block) -> Vec<u64> {
    let unit = &corpus.units[block.unit as usize];
    let (mut grams, mut hashes) = (Vec::new(), Vec::new());
    all_grams(corpus, block, &mut grams);
    let mut from = block.words();
    let says = |at: usize| (at..at + GRAM).any(|at| !unit.is_formulaic(at));
    grams.retain(|_| from.next().is_some_and(says));
    winnow(&grams, &mut hashes);
    pairs_of(corpus, block, &mut hashes);
    hashes
}

/// The hashes of all n-grams of the block, in their order.
pub(super) fn all_grams(corpus: &Corpus, block: &Block, out: &mut Vec<u64>) {
    let words = &corpus.units[block.unit as usize].words[block.words()];
    let hash = |word: &Word| corpus.hashes[word.key() as usize];
    out.clear();
    out.extend(
        words
            .windows(GRAM)
            .map(|gram| mixed(gram.iter().map(hash)) & !PAIR),
    );
}

/// Adds the hashes of the block's n-grams that winnowing keeps.
pub(super) fn grams_of(corpus: &Corpus, block: &Block, out: &mut Vec<u64>) {
    let mut grams = Vec::new();
    all_grams(corpus, block, &mut grams);
    winnow(&grams, out);
}

/// Adds those of some n-grams in their order that winnowing keeps.
fn winnow(grams: &[u64], out: &mut Vec<u64>) {
    if grams.len() < WINDOW {
        out.extend(grams);
        return;
    }
    // Nobody can foresee which gram is the least, nor whether it is again: without branches this is several times faster.
    let from = out.len();
    out.resize(from + grams.len(), 0);
    let (mut kept, mut last) = (from, None);
    for window in grams.array_windows::<WINDOW>() {
        let [w, x, y, z] = *window;
        let least = w.min(x).min(y.min(z));
        out[kept] = least;
        kept += usize::from(last != Some(least));
        last = Some(least);
    }
    out.truncate(kept);
}

/// Adds the hashes of a sample of the block's pairs of words that stand close to one another.
fn pairs_of(corpus: &Corpus, block: &Block, out: &mut Vec<u64>) {
    let unit = &corpus.units[block.unit as usize];
    let words = unit.words[block.words()].iter().zip(block.words());
    let says = |(word, _): &(&Word, usize)| corpus.chance[word.key() as usize] < SAYS_LITTLE;
    let mut before: [Option<(u64, bool)>; REACH] = [None; REACH];
    for (word, at) in words.filter(says) {
        let (hash, is_formulaic) = (corpus.hashes[word.key() as usize], unit.is_formulaic(at));
        for (other, other_is) in before.into_iter().flatten() {
            if other == hash || is_formulaic && other_is {
                continue;
            }
            let pair = mixed([hash.min(other), hash.max(other)].into_iter());
            if (pair >> 8).is_multiple_of(SAMPLED) {
                out.push(pair | PAIR);
            }
        }
        before.rotate_right(1);
        before[0] = Some((hash, is_formulaic));
    }
}

/// One hash of several, in their order.
fn mixed(hashes: impl Iterator<Item = u64>) -> u64 {
    let mixed = hashes.fold(0_u64, |mixed, hash| {
        (mixed.rotate_left(23) ^ hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    });
    (mixed ^ mixed >> 32) >> (64 - BITS)
}
