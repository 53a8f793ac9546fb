//! Texts that are the same but for a few words, printed many times: one of them stands for all.
//!
//! A hundred copies of a text make five thousand pairs, all of which say the same; and each of them would be
//! paired with whatever else shares a passage with that text. So the others are compared with the one that
//! stands for them, and with the rest of the folder only by the stretches that it does not have. Of these
//! again each is left to the first that has it: where the one that stands for all lost a sentence, the next
//! one that kept it stands for that sentence. What a few words alone make different is no stretch: it is no
//! passage by itself, and stands among the edits.
//!
//! Likeness is estimated from the smallest hashes of each text (Broder 1997).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::features::{Feature, GRAM, all_grams, features_of, grams_of};
use super::fingerprint::Block;
use super::sketch::Sketch;
use super::words::{Corpus, Unit};
use crate::work::{Stopped, Watch};

/// Hashes that are kept of a text, and how many have to be the same of the smallest that two have together.
const SKETCH: usize = 32;
const ALIKE: usize = 13;
/// Texts with fewer n-grams say too little.
const FEWEST: usize = 16;
/// Of fewer than this many every pair is worth listing.
const MANY: usize = 6;
/// Smallest hashes by which likely ones are looked up, and how many are looked at for each.
const KEYS: usize = 8;
const LOOKS: usize = 8;
/// New words that make a stretch, and as many known ones as may stand between two of them: a turn of phrase
/// is often known from elsewhere in the text.
const STRETCH: usize = 5;
const BETWEEN: usize = 7;

/// What stands for each of some units, by their names.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Doubles(HashMap<u64, Stored, FixedState>);

#[derive(Clone, Serialize, Deserialize)]
struct Stored {
    /// Of the words it was found with: with others it is another text.
    mark: u64,
    by: Box<[u64]>,
    own: Arc<[Range<u32>]>,
}

impl Stored {
    fn new(corpus: &Corpus, unit: u32, double: Double) -> Self {
        let name = |unit: &u32| corpus.units[*unit as usize].name;
        Self {
            mark: corpus.units[unit as usize].mark,
            by: double.by.iter().map(name).collect(),
            own: double.own,
        }
    }
}

/// A unit for which others stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Double {
    /// The units with which it is compared in any case: the first of all, then those that have a stretch
    /// which that one does not have.
    pub by: Box<[u32]>,
    /// Positions of the words by which it is compared with the rest: stretches that none of these has.
    pub own: Arc<[Range<u32>]>,
}

impl Doubles {
    /// The doubles of a folder; the same in whatever order its articles come.
    pub fn new(corpus: &Corpus, watch: &Watch) -> Result<Self, Stopped> {
        // Most of them one text has alone: these lead nowhere.
        let (keys, sketches) = Sketch::of(KEYS * corpus.units.len() * 16, |counters| {
            let units = corpus.units.par_iter().zip(0..corpus.units.len() as u32);
            let short = units.filter(|(unit, _)| unit.words.len() <= Block::WORDS);
            let sketches = short.map_init(
                || counters.counter(),
                |counter, (unit, at)| {
                    watch.check()?;
                    let sketch = sketch(corpus, at);
                    sketch.iter().take(KEYS).for_each(|key| counter.add(*key));
                    Ok((unit.name, at, sketch))
                },
            );
            sketches.collect::<Result<Vec<(u64, u32, Box<[u64]>)>, Stopped>>()
        });
        let mut sketches = sketches?;
        sketches.retain(|(.., sketch)| sketch.len() >= FEWEST);
        sketches.sort_unstable();
        let mut likely: HashMap<u64, Vec<usize>, FixedState> =
            HashMap::with_hasher(FixedState::with_seed(12));
        // By their first, which stands in front.
        let mut groups: Vec<Vec<u32>> = vec![Vec::new(); sketches.len()];
        for (at, (_, unit, sketch)) in sketches.iter().enumerate() {
            if at.is_multiple_of(1024) {
                watch.check()?;
            }
            let keys = || sketch[..KEYS].iter().filter(|key| keys.at_least(**key, 2));
            let first = keys()
                .filter_map(|hash| likely.get(hash))
                .flat_map(|list| list.iter().take(LOOKS).copied())
                .filter(|other| alike(sketch, &sketches[*other].2))
                .min();
            if first.is_none() {
                for hash in keys() {
                    likely.entry(*hash).or_default().push(at);
                }
            }
            groups[first.unwrap_or(at)].push(*unit);
        }
        groups.retain(|group| group.len() >= MANY);
        let found: Vec<Vec<(u64, Stored)>> = groups
            .par_iter()
            .map(|group| {
                let doubles = told_apart(corpus, group, watch)?;
                let name = |unit: u32| corpus.units[unit as usize].name;
                let stored = |(unit, double)| (name(unit), Stored::new(corpus, unit, double));
                Ok(doubles.into_iter().map(stored).collect())
            })
            .collect::<Result<_, Stopped>>()?;
        let mut doubles = Self::default();
        doubles.0.extend(found.into_iter().flatten());
        Ok(doubles)
    }

    /// What stands for the rest of a group once some of it, or what stood for it, is `gone` (ascending); by the same rule as before,
    /// and nothing where fewer are left than make a group. Only for units for which that is something else than before.
    pub fn without(
        corpus: &Corpus,
        gone: &[u32],
        watch: &Watch,
    ) -> Result<Vec<(u32, Option<Double>)>, Stopped> {
        let is_gone = |unit: &u32| gone.binary_search(unit).is_ok();
        let doubles = || corpus.doubles.iter().zip(0..);
        let orphaned: BTreeSet<u32> = doubles()
            .filter_map(|(double, _)| double.as_ref())
            .filter(|double| double.by.iter().any(is_gone))
            .filter_map(|double| double.by.first().copied())
            .collect();
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for first in orphaned {
            groups.insert(first, vec![first]);
        }
        for (double, unit) in doubles() {
            let first = double.as_ref().and_then(|double| double.by.first());
            if let Some(group) = first.and_then(|first| groups.get_mut(first)) {
                group.push(unit);
            }
        }
        let mut changed = Vec::new();
        for mut group in groups.into_values() {
            group.retain(|unit| !is_gone(unit));
            group.sort_unstable_by_key(|unit| corpus.units[*unit as usize].name);
            let mut now: Vec<Option<Double>> = vec![None; group.len()];
            if group.len() >= MANY {
                let apart = told_apart(corpus, &group, watch)?;
                for (now, (_, double)) in now[1..].iter_mut().zip(apart) {
                    *now = Some(double);
                }
            }
            let both = group.into_iter().zip(now);
            changed.extend(both.filter(|(unit, now)| corpus.doubles[*unit as usize] != *now));
        }
        Ok(changed)
    }

    /// From now on this stands for a unit.
    pub fn set(&mut self, corpus: &Corpus, unit: u32, double: Option<&Double>) {
        let name = |unit: u32| corpus.units[unit as usize].name;
        match double {
            Some(double) => {
                let stored = Stored::new(corpus, unit, double.clone());
                self.0.insert(name(unit), stored);
            }
            None => drop(self.0.remove(&name(unit))),
        }
    }

    /// There is no unit of this name any more.
    pub fn forget(&mut self, name: u64) {
        self.0.remove(&name);
    }

    /// For each unit what stands for it.
    pub fn of_units(&self, corpus: &Corpus) -> Vec<Option<Double>> {
        let mut places: HashMap<u64, u32, FixedState> =
            HashMap::with_hasher(FixedState::with_seed(13));
        places.extend(corpus.units.iter().map(|unit| unit.name).zip(0..));
        let of_unit = |unit: &Unit| {
            let stored = self.0.get(&unit.name)?;
            (stored.mark == unit.mark).then_some(())?;
            let by: Option<Box<[u32]>> = stored
                .by
                .iter()
                .map(|name| places.get(name).copied())
                .collect();
            Some(Double {
                by: by?,
                own: stored.own.clone(),
            })
        };
        corpus.units.iter().map(of_unit).collect()
    }
}

/// What each of a group but the first has that those before it do not have.
fn told_apart(
    corpus: &Corpus,
    group: &[u32],
    watch: &Watch,
) -> Result<Vec<(u32, Double)>, Stopped> {
    const NEW: usize = usize::MAX;
    // Who of the group has an n-gram first.
    let mut holders: HashMap<u64, usize, FixedState> =
        HashMap::with_hasher(FixedState::with_seed(14));
    let mut out = Vec::with_capacity(group.len() - 1);
    let mut grams = Vec::new();
    for (at, unit) in group.iter().enumerate() {
        watch.check()?;
        all_grams(corpus, &Block::whole(corpus, *unit), &mut grams);
        if at == 0 {
            holders.extend(grams.iter().map(|gram| (*gram, 0)));
            continue;
        }
        // For each word, the first that has it in a phrase.
        let mut held = vec![NEW; corpus.units[*unit as usize].words.len()];
        for (from, gram) in grams.iter().enumerate() {
            if let Some(holder) = holders.get(gram) {
                for word in &mut held[from..from + GRAM] {
                    *word = (*word).min(*holder);
                }
            }
        }
        let (mut by, mut own) = (vec![0], Vec::new());
        for stretch in stretches(&held) {
            let mut of_stretch: Vec<usize> = held[stretch.clone()].to_vec();
            of_stretch.sort_unstable();
            for held in of_stretch.chunk_by(|x, y| x == y) {
                match held[0] {
                    0 => {}
                    _ if held.len() < STRETCH => {}
                    NEW => own.push(stretch.start as u32..stretch.end as u32),
                    holder => by.push(holder),
                }
            }
        }
        for stretch in &own {
            let from = (stretch.start as usize).saturating_sub(GRAM - 1);
            for gram in &grams[from..grams.len().min(stretch.end as usize)] {
                holders.entry(*gram).or_insert(at);
            }
        }
        by.sort_unstable();
        by.dedup();
        let double = Double {
            by: by.into_iter().map(|holder| group[holder]).collect(),
            own: own.into(),
        };
        out.push((*unit, double));
    }
    Ok(out)
}

/// The stretches of words that the first of a group does not have, with the few between them that it has.
fn stretches(held: &[usize]) -> Vec<Range<usize>> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (at, _) in held.iter().enumerate().filter(|(_, holder)| **holder != 0) {
        match found.last_mut() {
            Some((stretch, count)) if at - stretch.end <= BETWEEN => {
                stretch.end = at + 1;
                *count += 1;
            }
            _ => found.push((at..at + 1, 1)),
        }
    }
    found.retain(|(_, count)| *count >= STRETCH);
    found.into_iter().map(|(stretch, _)| stretch).collect()
}

/// The smallest hashes of a unit's n-grams, ascending.
fn sketch(corpus: &Corpus, unit: u32) -> Box<[u64]> {
    let block = Block::whole(corpus, unit);
    let mut grams = Vec::new();
    grams_of(corpus, &block, &mut grams);
    // The order of winnowing is that of the hashes; here it has to be another.
    for gram in &mut grams {
        *gram = gram.wrapping_mul(0xD6E8_FEB8_6659_FD93).rotate_left(32);
    }
    grams.sort_unstable();
    grams.dedup();
    grams.truncate(SKETCH);
    grams.into()
}

fn alike(x: &[u64], y: &[u64]) -> bool {
    let (mut i, mut j, mut same) = (0, 0, 0);
    let most = x.len().min(y.len());
    // Neither goes farther than the shorter one is long.
    for _ in 0..most {
        match x[i].cmp(&y[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                same += 1;
                i += 1;
                j += 1;
            }
        }
    }
    same * SKETCH >= ALIKE * most
}

/// Units for which others stand, each with one of these.
pub(super) fn linked_units(corpus: &Corpus) -> impl Iterator<Item = (u32, u32)> + '_ {
    let doubles = corpus.doubles.iter().zip(0..);
    doubles.flat_map(|(double, unit)| {
        let by = double.iter().flat_map(|double| double.by.iter());
        by.map(move |by| (unit, *by))
    })
}

/// The stretches of a block by which it is compared with others: all of it, or what those that stand for it
/// do not have.
pub(super) fn own_stretches<'a>(
    corpus: &'a Corpus,
    block: &'a Block,
) -> impl Iterator<Item = Block> + 'a {
    let double = corpus.doubles[block.unit as usize].as_ref();
    let whole = double.is_none().then_some(*block);
    let own = double.into_iter().flat_map(|double| double.own.iter());
    whole.into_iter().chain(own.map(|words| Block {
        from: words.start,
        to: words.end,
        ..*block
    }))
}

/// The features of these stretches, each once, ascending.
pub(super) fn own_features(corpus: &Corpus, block: &Block, out: &mut Vec<Feature>) {
    out.clear();
    for stretch in own_stretches(corpus, block) {
        features_of(corpus, &stretch, out);
    }
    out.sort_unstable();
    out.dedup();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::Article;
    use crate::reuse::{Settings, detect};

    fn text(words: &[u16]) -> String {
        let letters = [
            'ب', 'ت', 'ج', 'د', 'ر', 'س', 'ع', 'ق', 'م', 'ن', 'ه', 'ص', 'ح', 'ش', 'ز', 'ط',
        ];
        let word = |word: &u16| -> String {
            (0..4)
                .map(|i| letters[usize::from(word >> (4 * i)) % 16])
                .collect()
        };
        words.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    fn words(count: impl Into<prop::collection::SizeRange>) -> impl Strategy<Value = Vec<u16>> {
        prop::collection::vec(any::<u16>(), count)
    }

    /// A text with some of its words exchanged, and with more sentences or without.
    fn copy(base: &[u16], more: &[Vec<u16>], has: u8, changes: &[u16]) -> Vec<u16> {
        let mut copy = base.to_vec();
        for (part, change) in changes.iter().enumerate() {
            copy[25 * part + usize::from(change % 25)] = *change;
        }
        // The last first, so that all stand where they do in the text without them: of twenty words no two make shreds.
        for (bit, sentence) in more.iter().enumerate().rev() {
            if has >> bit & 1 == 1 {
                let at = 30 * (bit + 1);
                copy.splice(at..at, sentence.iter().copied());
            }
        }
        copy
    }

    proptest! {
        /// What is told apart is never lost: some of the copies is paired with whoever prints a part of any.
        #[test]
        fn what_any_of_many_copies_has_is_found_elsewhere(
            base in words(110..150),
            more in prop::collection::vec(words(8..24), 2),
            copies in prop::collection::vec((any::<u8>(), words(0..5)), 6..10),
            (around, whose, from) in (words(60), any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        ) {
            let mut texts: Vec<Vec<u16>> = copies.iter().map(|(has, changes)| copy(&base, &more, *has, changes)).collect();
            let source = &texts[whose.index(texts.len())];
            let at = from.index(source.len() - 20);
            let outside = [&around[..30], &source[at..at + 20], &around[30..]].concat();
            texts.push(outside);
            let articles: Vec<Arc<Article>> = texts
                .iter()
                .enumerate()
                .map(|(number, words)| Arc::new(Article::bare(&format!("{number:02}.txt"), &text(words))))
                .collect();
            let found = detect(&articles, &Settings::default(), &Watch::silent()).unwrap();
            let last = articles.len() as u32 - 1;
            prop_assert!(found.passages.iter().any(|passage| passage.b.article == last));
            // And all are with the one that stands for them.
            for copies in &found.copies {
                for other in &copies.others {
                    let pair = (copies.first.min(*other), copies.first.max(*other));
                    prop_assert!(found.passages.iter().any(|p| (p.a.article, p.b.article) == pair));
                }
            }
        }
    }
}
