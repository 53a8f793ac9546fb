//! Formulaic text: titles of offices, blessings, datelines, sign-offs. It makes no passage by itself.
//!
//! It says something all the same: as a whole what its rarity says, however many words it has. So a copy is not
//! overlooked because two set phrases stand in it.
//!
//! A formula is known by its company: it stands in many different surroundings, on both sides. A text that
//! a hundred outlets printed is just as frequent, but each of its phrases always stands among the others;
//! only at its ends do the surroundings change, and there on one side.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::doubles::own_stretches;
use super::fingerprint::Block;
use super::parts::sorted_parts;
use super::sketch::Sketch;
use super::words::{Corpus, Unit, Word};
use crate::work::{Stopped, Watch};

/// Words in a phrase.
const PHRASE: usize = 3;
/// How far off the surroundings are looked at, in words, and how many different ones it takes on the side that
/// has fewer. From close by, the phrases of a sentence of twelve words mostly see each other on one side at least, so
/// that a sentence is no formula because six outlets printed it; what is longer, as a title with its blessing
/// or a notice of the site, is looked at from farther off, and only believed of many.
const DISTANCES: [(usize, u32); 4] = [(7, 6), (8, 12), (14, 14), (24, 40)];

/// Nats that a word of running text says on average.
const WORD: f32 = 7.0;

/// Words whose phrases are sorted at a time: what bounds the memory that this takes.
const WORDS_AT_A_TIME: usize = 2 << 20;

/// The phrases of a folder that are formulas.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(from = "Listed", into = "Listed")]
pub(super) struct Formulas {
    /// By the hash of the phrase, how many places it has.
    phrases: HashMap<u64, Places, FixedState>,
    /// One bit for some bits of a phrase's hash: nearly all that is no formula is told by it.
    known: Vec<u64>,
    /// What a phrase that has one place says, in nats.
    once: f32,
}

/// Phrases as they are written, ascending, behind [`Formulas::once`].
type Listed = (f32, Vec<(u64, Places)>);

/// How many places with surroundings of their own a phrase has: its natural logarithm in steps of 1/32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Places(u8);

impl Places {
    const STEPS: f32 = 32.0;

    fn new(places: f32) -> Self {
        Self((Self::STEPS * places.max(1.0).ln()) as u8)
    }

    fn ln(self) -> f32 {
        f32::from(self.0) / Self::STEPS
    }
}

impl From<Listed> for Formulas {
    fn from((once, found): Listed) -> Self {
        let bits = (8 * found.len())
            .next_power_of_two()
            .clamp(1 << 10, 1 << 24);
        let mut known = vec![0; bits / 64];
        for (hash, _) in &found {
            let bit = *hash as usize % bits;
            known[bit / 64] |= 1_u64 << (bit % 64);
        }
        let mut phrases = HashMap::with_hasher(FixedState::with_seed(2));
        phrases.extend(found);
        Self {
            phrases,
            known,
            once,
        }
    }
}

impl From<Formulas> for Listed {
    fn from(formulas: Formulas) -> Self {
        let mut phrases: Vec<_> = formulas.phrases.into_iter().collect();
        phrases.sort_unstable();
        (formulas.once, phrases)
    }
}

/// One occurrence of a phrase: its hash, and of the words before and behind it at each distance, seven bits
/// each. That is enough to tell how many different ones there are, up to a hundred or so.
type Place = (u64, u64);
const BITS: u32 = 7;
const SIDES: usize = 2 * DISTANCES.len();

/// Which of 128 classes of words stand on each side of a phrase (linear counting, Whang et al. 1990).
#[derive(Default)]
struct Surroundings([u128; SIDES]);

impl Surroundings {
    fn of(places: &[Place]) -> Self {
        let mut seen = Self::default();
        for (_, place) in places {
            for (side, classes) in seen.0.iter_mut().enumerate() {
                *classes |= 1 << (place >> (BITS * side as u32) & ((1 << BITS) - 1));
            }
        }
        seen
    }

    /// How many there are, as seen from close by; none if that makes no formula.
    fn of_formula(&self) -> Option<Places> {
        let fewer = |sides: &[u128]| different(sides[0]).min(different(sides[1]));
        let mut sides = self.0.chunks_exact(2).zip(DISTANCES);
        let is_formula = sides.any(|(sides, (_, least))| fewer(sides) >= least as f32);
        is_formula.then(|| Places::new(fewer(&self.0)))
    }
}

/// How many different things fill so many classes, give or take some.
fn different(classes: u128) -> f32 {
    const CLASSES: f32 = (1 << BITS) as f32;
    let empty = CLASSES - classes.count_ones() as f32;
    // Rounded up a little: few things nearly always fill as many classes.
    0.5 - CLASSES * (empty.max(0.5) / CLASSES).ln()
}

impl Formulas {
    /// Of near-copies only what each has of its own is looked at: however often a text was printed, its phrases have one
    /// place.
    pub fn new(corpus: &Corpus, watch: &Watch) -> Result<Self, Stopped> {
        let total: usize = corpus.units.iter().map(|unit| unit.words.len()).sum();
        let (often, words) = count_phrases(corpus, total, watch)?;
        // By the highest bits of their hashes: to divide each by another number takes longer than to look it up.
        let bits = words.div_ceil(WORDS_AT_A_TIME).next_power_of_two().ilog2();
        let of_round = |phrase: u64| (phrase >> 32) >> (32 - bits);
        let mut found = Vec::new();
        for round in 0..1 << bits {
            watch.check()?;
            let parts: Vec<Vec<Place>> = sorted_parts(
                &corpus.units,
                |number, unit, sink| {
                    // What is missing after a stop never gets any further.
                    let _ = own_phrases(corpus, number, watch, |at, phrase| {
                        if of_round(phrase) == round && often.at_least(phrase, DISTANCES[0].1 as u8)
                        {
                            sink(phrase, place(phrase, corpus, unit, at));
                        }
                    });
                },
                watch,
            )?;
            let formulas: Vec<Vec<(u64, Places)>> = parts
                .into_par_iter()
                .map(|part| {
                    watch.check()?;
                    let groups = part.chunk_by(|x, y| x.0 == y.0);
                    let formula =
                        |group: &[Place]| Some((group[0].0, Surroundings::of(group).of_formula()?));
                    Ok(groups.filter_map(formula).collect())
                })
                .collect::<Result<_, Stopped>>()?;
            found.extend(formulas.into_iter().flatten());
        }
        Ok(Self::from(((total.max(1) as f32).ln(), found)))
    }

    /// Marks the words of some units that are parts of formulas.
    pub fn mark_all(&self, units: &mut [Unit], watch: &Watch) -> Result<(), Stopped> {
        units.par_iter_mut().try_for_each(|unit| {
            watch.check()?;
            unit.fresh = self.fresh(&unit.words).into();
            Ok(())
        })
    }

    /// What is left of each word's own, of 255 ([`Unit::fresh`]).
    ///
    /// The first phrase of a formula says what its rarity says, and each word behind it how much rarer it makes it;
    /// so the more a formula is one, the less it says for its length.
    fn fresh(&self, words: &[Word]) -> Vec<u8> {
        let share = |nats: f32| (f32::from(u8::MAX) * (nats / WORD).clamp(0.0, 1.0)) as u8;
        let mut fresh = Vec::new();
        let (mut before, mut end) = (None, 0);
        for (at, phrase) in phrases(words).enumerate() {
            let places = self.places(phrase);
            if let Some(places) = places {
                fresh.resize(words.len(), u8::MAX);
                let (from, says) = match before {
                    None => (
                        at.max(end),
                        share((self.once - places.ln()) / PHRASE as f32),
                    ),
                    Some(before) => (end, share(Places::ln(before) - places.ln())),
                };
                end = at + PHRASE;
                fresh[from..end].fill(says);
            }
            before = places;
        }
        fresh
    }

    /// How many places a phrase has; none if it is no formula.
    fn places(&self, phrase: u64) -> Option<Places> {
        let bit = phrase as usize & (64 * self.known.len() - 1);
        match self.known[bit / 64] >> (bit % 64) & 1 {
            1 => self.phrases.get(&phrase).copied(),
            _ => None,
        }
    }
}

fn place(phrase: u64, corpus: &Corpus, unit: &Unit, at: usize) -> Place {
    /// What stands outside a unit.
    const NOTHING: u64 = u64::MAX;
    let words = &unit.words;
    let class = |hash: u64| hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS);
    let mut sides = [NOTHING; SIDES];
    for (sides, (away, _)) in sides.chunks_exact_mut(2).zip(DISTANCES) {
        let hash = |at: Option<usize>| {
            let word = at.and_then(|at| words.get(at));
            word.map_or(NOTHING, |word| corpus.hashes[word.key() as usize])
        };
        sides[0] = hash(at.checked_sub(away));
        sides[1] = hash(Some(at + PHRASE + away - 1));
    }
    // From far off, at one end of a page each page is a surrounding of its own; what fills a whole page is no
    // boilerplate of it.
    match &mut sides[SIDES - 2..] {
        [NOTHING, NOTHING] => {}
        [end @ NOTHING, _] | [_, end @ NOTHING] => *end = unit.mark,
        _ => {}
    }
    let classes = sides.iter().zip(0..);
    let classes = classes.map(|(hash, side)| class(*hash) << (BITS * side));
    (phrase, classes.sum())
}

fn phrases(words: &[Word]) -> impl Iterator<Item = u64> + '_ {
    words.windows(PHRASE).map(move |phrase| {
        let mixed = phrase.iter().fold(0_u64, |mixed, word| {
            (mixed.rotate_left(23) ^ u64::from(word.key())).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        });
        mixed ^ mixed >> 32
    })
}

/// Passes on the phrases of a unit that none of those has that stand for it, each with its place.
fn own_phrases(
    corpus: &Corpus,
    unit: usize,
    watch: &Watch,
    mut each: impl FnMut(usize, u64),
) -> Result<(), Stopped> {
    for stretch in own_stretches(corpus, &Block::whole(corpus, unit as u32)) {
        let words = &corpus.units[unit].words[stretch.words()];
        for (at, phrase) in phrases(words).enumerate() {
            if at.is_multiple_of(4096) {
                watch.check()?;
            }
            each(stretch.from as usize + at, phrase);
        }
    }
    Ok(())
}

/// How often each phrase occurs, and how many do.
fn count_phrases(corpus: &Corpus, words: usize, watch: &Watch) -> Result<(Sketch, usize), Stopped> {
    let (sketch, all) = Sketch::of(words, |counters| {
        let units = (0..corpus.units.len()).into_par_iter();
        let counts = units.map_init(
            || counters.counter(),
            |counter, unit| {
                let mut count = 0;
                own_phrases(corpus, unit, watch, |_, phrase| {
                    counter.add(phrase);
                    count += 1;
                })?;
                Ok(count)
            },
        );
        counts.try_reduce(|| 0, |x, y| Ok(x + y))
    });
    Ok((sketch, all?))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

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
            stands: Default::default(),
            name: 0,
            framing: Arc::default(),
            scripture: Arc::default(),
            fresh: Arc::default(),
        };
        Corpus {
            units: texts.iter().enumerate().map(unit).collect(),
            counts: Vec::new(),
            hashes: (0..10_000)
                .map(|key: u64| key.wrapping_mul(0x1234_5678_9abc_def1))
                .collect(),
            chance: Vec::new(),
            total: 0,
            doubles: vec![None; texts.len()],
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
        let mut corpus = corpus(&texts);
        let watch = Watch::silent();
        let formulas = Formulas::new(&corpus, &watch).unwrap();
        formulas.mark_all(&mut corpus.units, &watch).unwrap();
        assert!(corpus.units[0].formulas().iter().eq([&(12..15)]));
        assert!(corpus.units[30].formulas().is_empty());
    }

    #[test]
    fn a_formula_says_less_the_more_it_is_one() {
        // A title of six words, in many texts and in few; what follows its first three tells nothing new.
        let says = |many: u32| {
            let own = |text: u32, from: u32| (0..12).map(move |i| 1000 + 100 * text + from + i);
            let texts: Vec<Vec<u32>> = (0..many)
                .map(|text| own(text, 0).chain(1..7).chain(own(text, 50)).collect())
                .collect();
            let mut corpus = corpus(&texts);
            let watch = Watch::silent();
            let formulas = Formulas::new(&corpus, &watch).unwrap();
            // As in a folder of some size.
            let (_, listed) = Listed::from(formulas);
            let formulas = Formulas::from((100_000_f32.ln(), listed));
            formulas.mark_all(&mut corpus.units, &watch).unwrap();
            let unit = &corpus.units[0];
            assert!(unit.formulas().iter().eq([&(12..18)]));
            assert!(unit.fresh(11) == 1.0 && unit.fresh(18) == 1.0);
            (12..18).map(|at| unit.fresh(at)).sum::<f32>()
        };
        let (few, many) = (says(10), says(60));
        assert!(
            (0.9..2.0).contains(&many) && many < few && few < 2.0,
            "{many} {few}"
        );
    }
}
