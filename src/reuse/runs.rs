//! Long runs of equal words, whatever the words are: a sentence made of the commonest words says nothing
//! word by word, and is a copy all the same.

use super::join::Join;
use super::lay::Laid;
use super::words::Word;

/// Words of a run that is a copy whatever its words are.
pub(super) const SURE: usize = 12;

/// Words looked up at a time.
const GRAM: usize = 4;
const SLOTS: usize = 1 << 14;

/// Buffers of one thread: where in the first text a gram stands, the latest place for each slot.
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
    /// Takes the first of the two texts, to be compared with any number of others.
    pub fn remember(&mut self, a: &[Word]) {
        self.epoch += 1;
        for (at, gram) in a.windows(GRAM).enumerate() {
            self.slots[slot(gram)] = (self.epoch, at as u32);
        }
    }

    /// Runs of [`SURE`] words and more that the remembered text `a` and `b` have in common. A slot holds
    /// one gram only, but a run has nine and more, and any of them leads to it.
    pub fn find(&self, a: &[Word], b: &[Word]) -> Vec<Laid> {
        let mut found = Vec::new();
        let mut j = 0;
        while j + GRAM <= b.len() {
            let (epoch, i) = self.slots[slot(&b[j..j + GRAM])];
            let i = i as usize;
            if epoch != self.epoch || a[i].key() != b[j].key() {
                j += 1;
                continue;
            }
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

fn slot(gram: &[Word]) -> usize {
    let mixed = gram.iter().fold(0_u64, |hash, word| {
        (hash ^ u64::from(word.key()))
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            .rotate_left(23)
    });
    mixed as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(keys: impl Iterator<Item = u32>) -> Vec<Word> {
        keys.map(|key| Word::new(key, 0)).collect()
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
