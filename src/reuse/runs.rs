//! Long runs of equal words, whatever the words are: a sentence made of the commonest words says nothing
//! word by word, and is a copy all the same.

use super::fingerprint::Block;
use super::join::Join;
use super::lay::Laid;
use super::mixed::mixed;
use super::words::Word;

/// Words of a run that is a copy whatever its words are.
pub(super) const SURE: usize = 12;

/// Words looked up at a time.
const GRAM: usize = 4;
/// Four for each gram of the longest block.
const SLOTS: usize = 4 * Block::WORDS;

/// Buffers of one thread: where in the first text a gram stands, its latest place.
pub(super) struct Runs {
    slots: Vec<(u32, u32)>,
    epoch: u32,
}

impl Default for Runs {
    fn default() -> Self {
        Self {
            slots: vec![(0, 0); SLOTS],
            epoch: 0,
        }
    }
}

impl Runs {
    /// Takes the first of the two texts, a block at most, to be compared with any number of others.
    pub fn remember(&mut self, a: &[Word]) {
        self.epoch += 1;
        for (at, gram) in a.windows(GRAM).enumerate() {
            let slot = self.slot(a, gram);
            self.slots[slot] = (self.epoch, at as u32);
        }
    }

    /// The slot of a gram of the text `a`, or the free one where it would be. Each gram has its own, for which of two
    /// shares one would depend on the numbers of words, and these on the order of the articles.
    fn slot(&self, a: &[Word], gram: &[Word]) -> usize {
        let mut slot = mixed(gram.iter().map(|word| word.key())) % SLOTS;
        loop {
            let (epoch, at) = self.slots[slot];
            let is_there = || {
                let mut words = a[at as usize..].iter().zip(gram);
                words.all(|(x, y)| x.key() == y.key())
            };
            if epoch != self.epoch || is_there() {
                return slot;
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// Where a gram stands in the text `a`.
    fn place(&self, a: &[Word], gram: &[Word]) -> Option<usize> {
        let (epoch, at) = self.slots[self.slot(a, gram)];
        (epoch == self.epoch).then_some(at as usize)
    }

    /// Runs of [`SURE`] words and more that the remembered text `a` and `b` have in common.
    pub fn find(&self, a: &[Word], b: &[Word]) -> Vec<Laid> {
        /// From a gram that `a` has not to the farthest that a run has which begins next.
        const FAR: usize = SURE - GRAM + 1;
        let mut found = Vec::new();
        let mut j = 0;
        while let Some(gram) = b.get(j..j + GRAM) {
            let Some(i) = self.place(a, gram) else {
                // Where `a` has not the far one either, no run begins before that.
                let far = |j: usize| b.get(j + FAR..j + FAR + GRAM);
                while far(j).is_some_and(|far| self.place(a, far).is_none()) {
                    j += FAR;
                }
                j += 1;
                continue;
            };
            let equal = |(x, y): &(&Word, &Word)| x.key() == y.key();
            let back = a[..i]
                .iter()
                .rev()
                .zip(b[..j].iter().rev())
                .take_while(equal)
                .count();
            let on = a[i..].iter().zip(&b[j..]).take_while(equal).count();
            let len = back + on;
            if len >= SURE {
                let (from_a, from_b) = (i - back, j - back);
                found.push(Laid {
                    a: from_a..from_a + len,
                    b: from_b..from_b + len,
                    score: 0.0,
                    joins: Join::run((from_a, from_b), len).collect(),
                });
                // The next run lies behind this one.
                j += on;
            }
            j += 1;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(keys: impl Iterator<Item = u32>) -> Vec<Word> {
        keys.map(|key| Word::new(key, 0)).collect()
    }

    proptest! {
        /// However many grams would stand in one slot: which do depends on the numbers of words, and these on the order of
        /// the articles.
        #[test]
        fn each_gram_leads_to_its_latest_place(
            phrases in prop::collection::vec(0_u32..20, 600..=600),
        ) {
            let text = phrases.iter().flat_map(|phrase| (0..5).map(move |at| 5 * phrase + at));
            let text = words(text);
            let mut runs = Runs::default();
            runs.remember(&text);
            for gram in text.windows(GRAM) {
                let latest = text.windows(GRAM).rposition(|other| other == gram);
                prop_assert_eq!(runs.place(&text, gram), latest);
            }
            let others = words(200..300);
            prop_assert!(others.windows(GRAM).all(|gram| runs.place(&text, gram).is_none()));
        }
    }

    #[test]
    fn a_run_of_common_words_is_found_whole() {
        let common = [1, 2, 1, 3, 2, 4, 1, 5, 3, 2, 1, 4];
        let a = words((100..130).chain(common).chain(200..210));
        let b = words((300..305).chain(common).chain(400..420));
        let mut runs = Runs::default();
        runs.remember(&a);
        let found = runs.find(&a, &b);
        assert_eq!(found.len(), 1);
        assert_eq!((&found[0].a, &found[0].b), (&(30..42), &(5..17)));
        runs.remember(&b);
        assert!(runs.find(&b, &words(1000..1100)).is_empty());
    }
}
