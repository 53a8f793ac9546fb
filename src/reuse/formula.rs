//! Formulaic text: titles of offices, blessings, datelines, sign-offs. It makes no passage by itself.
//!
//! A formula is known by its company: it stands in many different surroundings, on both sides. A text that
//! a hundred outlets printed is just as frequent, but each of its phrases always stands among the others;
//! only at its ends do the surroundings change, and there on one side.

use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::parts::sorted_parts;
use super::sketch::Sketch;
use super::words::{Corpus, Unit, Word};
use crate::work::{Stopped, Watch};

/// Words in a phrase.
const PHRASE: usize = 3;
/// How far off the surroundings are looked at, in words.
const AWAY: usize = 8;
/// Different surroundings, on the side that has fewer, that make a phrase a formula.
const SURROUNDINGS: u32 = 6;
/// The same for whole sentences of boilerplate: looked at from farther off, and only believed of very many.
const FAR_AWAY: usize = 24;
/// Forty, as far as [`Surroundings`] can tell them apart.
const FAR_SURROUNDINGS: u32 = 34;

/// Words whose phrases are sorted at a time: what bounds the memory that this takes.
const WORDS_AT_A_TIME: usize = 8 << 20;

/// The phrases of a folder that are formulas.
pub(super) struct Formulas {
    /// Hashes of phrases.
    phrases: HashSet<u64, FixedState>,
    /// One bit for some bits of a phrase's hash: nearly all that is no formula is told by it.
    known: Vec<u64>,
    /// For each unit, a bit for each word that is part of a formula.
    stale: Vec<Box<[u64]>>,
}

/// One occurrence of a phrase in one number: its hash, and of the words before and behind it, near and far,
/// seven bits each. That is enough to tell how many different ones there are, up to a hundred or so.
type Place = u64;
const BITS: u32 = 7;
const SIDES: u32 = 4;

fn hash_of(place: Place) -> u64 {
    place >> (BITS * SIDES)
}

/// Which of 128 classes of words stand on each side of a phrase (linear counting, Whang et al. 1990).
#[derive(Default)]
struct Surroundings([u128; SIDES as usize]);

impl Surroundings {
    fn of(places: &[Place]) -> Self {
        let mut seen = Self::default();
        for place in places {
            for (side, classes) in seen.0.iter_mut().enumerate() {
                *classes |= 1 << (place >> (BITS * side as u32) & ((1 << BITS) - 1));
            }
        }
        seen
    }

    fn make_formula(&self) -> bool {
        let [before, behind, far_before, far_behind] = self.0.map(u128::count_ones);
        before.min(behind) >= SURROUNDINGS || far_before.min(far_behind) >= FAR_SURROUNDINGS
    }
}

impl Formulas {
    pub fn new(corpus: &Corpus, watch: &Watch) -> Result<Self, Stopped> {
        let words: usize = corpus.units.iter().map(|unit| unit.words.len()).sum();
        let often = count_phrases(corpus, words, watch)?;
        let rounds = words.div_ceil(WORDS_AT_A_TIME) as u64;
        let mut found = HashSet::with_hasher(FixedState::with_seed(2));
        for round in 0..rounds {
            watch.check()?;
            let parts: Vec<Vec<Place>> = sorted_parts(
                &corpus.units,
                |_, unit, sink| {
                    for (at, phrase) in phrases(&unit.words).enumerate() {
                        if at.is_multiple_of(4096) && watch.check().is_err() {
                            // What is missing then never gets any further.
                            return;
                        }
                        if phrase % rounds == round && often.at_least(phrase, SURROUNDINGS as u8) {
                            sink(phrase, place(phrase, corpus, unit, at));
                        }
                    }
                },
                watch,
            )?;
            let formulas: Vec<Vec<u64>> = parts
                .into_par_iter()
                .map(|part| {
                    watch.check()?;
                    let groups = part.chunk_by(|x, y| hash_of(*x) == hash_of(*y));
                    Ok(groups
                        .filter(|group| Surroundings::of(group).make_formula())
                        .map(|group| hash_of(group[0]))
                        .collect())
                })
                .collect::<Result<_, Stopped>>()?;
            found.extend(formulas.into_iter().flatten());
        }
        let bits = (8 * found.len())
            .next_power_of_two()
            .clamp(1 << 10, 1 << 24);
        let mut known = vec![0; bits / 64];
        #[allow(clippy::iter_over_hash_type, reason = "bits are set in any order")]
        for hash in &found {
            let bit = *hash as usize % bits;
            known[bit / 64] |= 1_u64 << (bit % 64);
        }
        let mut formulas = Self {
            phrases: found,
            known,
            stale: Vec::new(),
        };
        formulas.stale = corpus
            .units
            .par_iter()
            .map(|unit| {
                watch.check()?;
                Ok(formulas.mark(&unit.words))
            })
            .collect::<Result<_, Stopped>>()?;
        Ok(formulas)
    }

    /// For each word, a bit whether it is part of a formula.
    fn mark(&self, words: &[Word]) -> Box<[u64]> {
        let mut stale = vec![0; words.len().div_ceil(64)];
        for (at, phrase) in phrases(words).enumerate() {
            let hash = hash_of(phrase);
            let bit = hash as usize & (64 * self.known.len() - 1);
            if self.known[bit / 64] >> (bit % 64) & 1 == 1 && self.phrases.contains(&hash) {
                for word in at..at + PHRASE {
                    stale[word / 64] |= 1 << (word % 64);
                }
            }
        }
        stale.into()
    }

    /// True if this word of this unit is part of a formula.
    pub fn is_stale(&self, unit: usize, word: usize) -> bool {
        self.stale[unit][word / 64] >> (word % 64) & 1 == 1
    }

    /// The runs of words of a unit that are parts of formulas.
    pub fn runs(&self, unit: usize) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, bits) in self.stale[unit]
            .iter()
            .enumerate()
            .filter(|(_, bits)| **bits != 0)
        {
            for word in (0..64)
                .filter(|bit| bits >> bit & 1 == 1)
                .map(|bit| 64 * at + bit)
            {
                match runs.last_mut() {
                    Some(run) if run.end == word => run.end = word + 1,
                    _ => runs.push(word..word + 1),
                }
            }
        }
        runs
    }
}

fn place(phrase: u64, corpus: &Corpus, unit: &Unit, at: usize) -> Place {
    /// What stands outside a unit.
    const NOTHING: u64 = u64::MAX;
    let words = &unit.words;
    let class = |hash: u64| hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS);
    let around = |away: usize| {
        let hash = |at: Option<usize>| {
            let word = at.and_then(|at| words.get(at));
            word.map_or(NOTHING, |word| corpus.hashes[word.key() as usize])
        };
        [
            hash(at.checked_sub(away)),
            hash(Some(at + PHRASE + away - 1)),
        ]
    };
    let near = around(AWAY);
    let mut far = around(FAR_AWAY);
    // At one end of a page each page is a surrounding of its own; what fills a whole page is no boilerplate
    // of it.
    let page = unit.mark;
    match far {
        [NOTHING, NOTHING] => {}
        [NOTHING, _] => far[0] = page,
        [_, NOTHING] => far[1] = page,
        _ => {}
    }
    let sides = [near[0], near[1], far[0], far[1]];
    let classes = sides
        .iter()
        .zip(0..)
        .map(|(hash, side)| class(*hash) << (BITS * side));
    hash_of(phrase) << (BITS * SIDES) | classes.sum::<u64>()
}

fn phrases(words: &[Word]) -> impl Iterator<Item = u64> + '_ {
    words.windows(PHRASE).map(move |phrase| {
        let mixed = phrase.iter().fold(0_u64, |mixed, word| {
            (mixed.rotate_left(23) ^ u64::from(word.key())).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        });
        mixed ^ mixed >> 32
    })
}

fn count_phrases(corpus: &Corpus, words: usize, watch: &Watch) -> Result<Sketch, Stopped> {
    let sketch = Sketch::new(words);
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
        let word = |key: &u32| Word::new(*key, 0);
        let unit = |(article, keys): (usize, &Vec<u32>)| Unit {
            article: article as u32,
            body: Span::default(),
            words: keys.iter().map(word).collect(),
            mark: 0,
            framing: Vec::new(),
        };
        Corpus {
            units: texts.iter().enumerate().map(unit).collect(),
            counts: Vec::new(),
            hashes: (0..10_000).map(|key| key * 0x1234_5678_9abc_def1).collect(),
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
        assert!(formulas.runs(0).iter().eq([&(12..15)]));
        assert!(formulas.runs(30).is_empty());
    }
}
