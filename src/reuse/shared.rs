//! The words that two stretches of text have in common: all that laying them against each other has to look at. Most
//! words of two texts on one subject stand in one of them only.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::words::Word;

/// A word by its place in its text and its number: that of all equal words on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Met {
    pub place: u32,
    pub number: u32,
}

impl Met {
    pub fn place(&self) -> usize {
        self.place as usize
    }
}

/// Words of `a` and of `b` that the other has too, each in the order of their places.
#[derive(Default)]
pub(super) struct Shared {
    pub a: Vec<Met>,
    pub b: Vec<Met>,
    /// For each key its number.
    numbers: HashMap<u32, u32, FixedState>,
}

impl Shared {
    /// Takes what these stretches of two texts have in common.
    pub fn fill(
        &mut self,
        (a, in_a): (&[Word], &Range<usize>),
        (b, in_b): (&[Word], &Range<usize>),
    ) {
        self.numbers.clear();
        self.a.clear();
        for (word, place) in a[in_a.clone()].iter().zip(in_a.start as u32..) {
            let next = self.numbers.len() as u32;
            let number = *self.numbers.entry(word.key()).or_insert(next);
            self.a.push(Met { place, number });
        }
        self.b.clear();
        for (word, place) in b[in_b.clone()].iter().zip(in_b.start as u32..) {
            if let Some(number) = self.numbers.get(&word.key()).copied() {
                self.b.push(Met { place, number });
            }
        }
        self.keep_common(&mut Seen::default());
    }

    /// Takes what parts of the stretches of `whole` have in common.
    pub fn fill_within(
        &mut self,
        whole: &Self,
        in_a: &Range<usize>,
        in_b: &Range<usize>,
        seen: &mut Seen,
    ) {
        self.a.clear();
        self.a.extend(part(&whole.a, in_a));
        self.b.clear();
        self.b.extend(part(&whole.b, in_b));
        self.keep_common(seen);
    }

    /// Drops the words of either side that the other does not have.
    pub fn keep_common(&mut self, seen: &mut Seen) {
        seen.fill(&self.a);
        self.b.retain(|one| seen.has(one.number));
        seen.fill(&self.b);
        self.a.retain(|one| seen.has(one.number));
    }
}

/// Those of some words, in the order of their places, that stand in a range.
pub(super) fn part<'m>(words: &'m [Met], range: &Range<usize>) -> &'m [Met] {
    let before = |place: usize| words.partition_point(|one| one.place() < place);
    &words[before(range.start)..before(range.end)]
}

/// Which numbers stand among some words.
#[derive(Default)]
pub(super) struct Seen {
    /// For each number, when it was last taken in.
    when: Vec<u32>,
    now: u32,
}

impl Seen {
    /// Takes in these words in place of those before.
    pub fn fill<'m>(&mut self, words: impl IntoIterator<Item = &'m Met>) {
        if self.now == u32::MAX {
            *self = Self::default();
        }
        self.now += 1;
        for one in words {
            let number = one.number as usize;
            if number >= self.when.len() {
                self.when.resize((number + 1).next_power_of_two(), 0);
            }
            self.when[number] = self.now;
        }
    }

    pub fn has(&self, number: u32) -> bool {
        self.when.get(number as usize) == Some(&self.now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(keys: &[u32]) -> Vec<Word> {
        keys.iter().map(|key| Word::new(*key, 0)).collect()
    }

    fn places(met: &[Met]) -> Vec<u32> {
        met.iter().map(|one| one.place).collect()
    }

    #[test]
    fn only_what_both_have_is_taken() {
        let (a, b) = (words(&[7, 1, 2, 7, 3, 9]), words(&[4, 3, 7, 5, 7, 2, 2]));
        let mut shared = Shared::default();
        shared.fill((&a, &(0..6)), (&b, &(1..6)));
        assert_eq!(
            (places(&shared.a), places(&shared.b)),
            (vec![0, 2, 3, 4], vec![1, 2, 4, 5])
        );
        for (x, y) in shared
            .a
            .iter()
            .flat_map(|x| shared.b.iter().map(move |y| (x, y)))
        {
            let equal = a[x.place()] == b[y.place()];
            assert_eq!(x.number == y.number, equal);
        }
        let mut within = Shared::default();
        within.fill_within(&shared, &(2..5), &(3..7), &mut Seen::default());
        assert_eq!(
            (places(&within.a), places(&within.b)),
            (vec![2, 3], vec![4, 5])
        );
        shared.fill((&a, &(0..0)), (&b, &(0..7)));
        assert_eq!((shared.a.len(), shared.b.len()), (0, 0));
    }
}
