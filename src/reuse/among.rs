//! Which words may be among some others: tells most of those that are not, without looking for them (Bloom 1970, with
//! one hash for each word).

use super::words::Word;

/// One bit for each of some words.
#[derive(Default)]
pub(super) struct Among {
    bits: Vec<u64>,
    /// A word's bit is made of the highest bits of its hash: behind how many others they stand.
    shift: u32,
}

impl Among {
    /// Takes these words in place of those it has.
    pub fn fill(&mut self, words: impl ExactSizeIterator<Item = Word>) {
        // Sixteen bits for a word at least: one in sixteen of all others is taken for one of these.
        let places = (words.len() / 4).max(1).next_power_of_two();
        self.bits.clear();
        self.bits.resize(places, 0);
        self.shift = (u32::BITS - 6).saturating_sub(places.ilog2());
        for word in words {
            let bit = self.bit(word);
            self.bits[bit / 64] |= 1 << (bit % 64);
        }
    }

    /// False if this word is surely not among those taken last.
    pub fn may_have(&self, word: Word) -> bool {
        let bit = self.bit(word);
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }

    fn bit(&self, word: Word) -> usize {
        let hash = word.key().wrapping_mul(0x9E37_79B9);
        (hash >> self.shift) as usize & (64 * self.bits.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_is_known_and_most_else_is_not() {
        let mut among = Among::default();
        for many in [0, 1, 3, 100, 5_000] {
            let word = |key: u32| Word::new(key, 0);
            among.fill((0..many).map(|key| word(7 * key)));
            assert!((0..many).all(|key| among.may_have(word(7 * key))));
            let others = (0..many).filter(|key| among.may_have(word(7 * key + 1)));
            assert!(others.count() <= many as usize / 8);
        }
    }
}
