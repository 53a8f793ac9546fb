//! Formulaic text: titles of offices, blessings, datelines, sign-offs. It makes no passage by itself.
//!
//! A formula is known by its company: it stands in many different surroundings, on both sides. A text that
//! a hundred outlets printed is just as frequent, but each of its phrases always stands among the others;
//! only at its ends do the surroundings change, and there on one side.

use std::collections::HashSet;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::parts::sorted_parts;
use super::sketch::Sketch;
use super::words::{Corpus, Word};
use crate::work::{Stopped, Watch};

/// Words in a phrase.
const PHRASE: usize = 3;
/// How far off the surroundings are looked at, in words.
const AWAY: usize = 8;
/// Different surroundings, on the side that has fewer, that make a phrase a formula.
const SURROUNDINGS: usize = 6;
/// The same for whole sentences of boilerplate: looked at from farther off, and only believed of very many.
const FAR_AWAY: usize = 24;
const FAR_SURROUNDINGS: usize = 40;

/// One occurrence of a phrase: its hash and the keys of the words before and behind it, near and far.
type Place = (u64, [u32; 2], [u32; 2]);

/// The phrases of a folder that are formulas.
pub(super) struct Formulas {
    /// Hashes of phrases.
    phrases: HashSet<u64, FixedState>,
}

impl Formulas {
    pub fn new(corpus: &Corpus, watch: &Watch) -> Result<Self, Stopped> {
        let often = count_phrases(corpus, watch)?;
        watch.check()?;
        let parts: Vec<Vec<Place>> = sorted_parts(
            &corpus.units,
            |number, unit, sink| {
                let words = &unit.words;
                let key =
                    |at: Option<usize>| at.and_then(|at| words.get(at)).map_or(u32::MAX, |w| w.key);
                let around = |at: usize, away: usize| {
                    [key(at.checked_sub(away)), key(Some(at + PHRASE + away - 1))]
                };
                for (at, phrase) in phrases(words).enumerate() {
                    if at.is_multiple_of(4096) && watch.check().is_err() {
                        // What is missing then never gets any further.
                        return;
                    }
                    if often.at_least(phrase, SURROUNDINGS as u8) {
                        let mut far = around(at, FAR_AWAY);
                        // At one end of a page each page is a surrounding of its own; what fills a whole
                        // page is no boilerplate of it.
                        if let [u32::MAX, after] = far
                            && after != u32::MAX
                        {
                            far[0] = u32::MAX - 1 - number as u32;
                        } else if let [before, u32::MAX] = far
                            && before != u32::MAX
                        {
                            far[1] = u32::MAX - 1 - number as u32;
                        }
                        sink(phrase, (phrase, around(at, AWAY), far));
                    }
                }
            },
            watch,
        )?;
        let mut keys = Vec::new();
        let mut differ = |places: &[Place], side: fn(&Place) -> u32, least: usize| {
            if places.len() < least {
                return false;
            }
            keys.clear();
            keys.extend(places.iter().map(side));
            keys.sort_unstable();
            keys.dedup();
            keys.len() >= least
        };
        let mut found = HashSet::with_hasher(FixedState::with_seed(2));
        let groups = parts
            .iter()
            .flat_map(|part| part.chunk_by(|x, y| x.0 == y.0));
        for (at, group) in groups.enumerate() {
            if at.is_multiple_of(1024) {
                watch.check()?;
            }
            let near = differ(group, |place| place.1[0], SURROUNDINGS)
                && differ(group, |place| place.1[1], SURROUNDINGS);
            if near
                || differ(group, |place| place.2[0], FAR_SURROUNDINGS)
                    && differ(group, |place| place.2[1], FAR_SURROUNDINGS)
            {
                found.insert(group[0].0);
            }
        }
        Ok(Self { phrases: found })
    }

    /// For each word, whether it is part of a formula.
    pub fn mark(&self, words: &[Word]) -> Vec<bool> {
        let mut stale = vec![false; words.len()];
        for (at, phrase) in phrases(words).enumerate() {
            if self.phrases.contains(&phrase) {
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

fn count_phrases(corpus: &Corpus, watch: &Watch) -> Result<Sketch, Stopped> {
    let sketch = Sketch::new(corpus.units.iter().map(|unit| unit.words.len()).sum());
    corpus.units.par_iter().try_for_each(|unit| {
        phrases(&unit.words)
            .enumerate()
            .try_for_each(|(at, phrase)| {
                if at.is_multiple_of(4096) {
                    watch.check()?;
                }
                sketch.add(phrase);
                Ok(())
            })
    })?;
    Ok(sketch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;
    use crate::reuse::words::Unit;

    fn corpus(texts: &[Vec<u32>]) -> Corpus {
        let word = |key: &u32| Word {
            start: 0,
            end: 0,
            form: *key,
            key: *key,
        };
        let unit = |(article, keys): (usize, &Vec<u32>)| Unit {
            article: article as u32,
            body: Span::default(),
            words: keys.iter().map(word).collect(),
            framing: Vec::new(),
        };
        Corpus {
            units: texts.iter().enumerate().map(unit).collect(),
            counts: Vec::new(),
            chance: Vec::new(),
        }
    }

    #[test]
    fn a_title_is_a_formula_and_a_text_that_was_printed_often_is_none() {
        // A title of three words in twenty texts of their own, and one long text in twenty frames.
        let own = |text: u32, from: u32| (0..12).map(move |i| 1000 + 100 * text + from + i);
        let mut texts: Vec<Vec<u32>> = (0..20)
            .map(|text| own(text, 0).chain([1, 2, 3]).chain(own(text, 50)).collect())
            .collect();
        texts.extend((20..40).map(|text| {
            own(text, 0)
                .chain(100..140)
                .chain(own(text, 50))
                .collect::<Vec<_>>()
        }));
        let corpus = corpus(&texts);
        let formulas = Formulas::new(&corpus, &Watch::silent()).unwrap();
        let stale = formulas.mark(&corpus.units[0].words);
        assert_eq!(stale.iter().filter(|stale| **stale).count(), 3);
        let stale = formulas.mark(&corpus.units[30].words);
        assert!(stale.iter().all(|stale| !stale));
    }
}
