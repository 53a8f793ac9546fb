//! Which stretches of text might share a passage: an index of what is rare in them.
//!
//! Three kinds of feature are indexed. Word n-grams, thinned by winnowing (Schleimer, Wilkerson, Aiken 2003)
//! so that any seven words in common that are no formula have one in common, find copies made of common words.
//! Single rare words find copies whose order is gone, and pairs of words that stand close to one another, in
//! either order, find those that have no rare words. Work stays linear: a feature that many blocks have
//! counts for little in each of them, and one that very many have links them to one that stands for all.

use std::ops::Range;

use rayon::prelude::*;

use super::doubles::{linked_units, own_stretches};
use super::features::{self, hashes_of, keys_of};
use super::lists::Lists;
use super::parts::sorted_parts;
use super::proposal::{Blocks, needed};
use super::weights::{WORD_COUNT_LIMIT, WORD_LIMIT, Weights};
use super::words::Corpus;
use crate::work::{Stage, Stopped, Watch};

/// A stretch of one unit: long units are cut, so that work per pair is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Block {
    pub unit: u32,
    /// Words `from..to` of the unit.
    pub from: u32,
    pub to: u32,
    /// True if the unit goes on outside.
    pub piece: bool,
}

impl Block {
    pub fn words(&self) -> Range<usize> {
        self.from as usize..self.to as usize
    }

    /// A whole unit that is no longer than a block.
    pub fn whole(corpus: &Corpus, unit: u32) -> Self {
        Self {
            unit,
            from: 0,
            to: corpus.units[unit as usize].words.len() as u32,
            piece: false,
        }
    }

    /// Words of the longest unit that is one block.
    pub const WORDS: usize = 4096;
    /// Words of the blocks that a longer one is cut into, and how many it is from one to the next: what two
    /// long texts have in common by chance grows with the product of their lengths.
    pub const PIECE: usize = 512;
    const STEP: usize = 384;
}

#[derive(Default)]
pub(super) struct Index {
    pub blocks: Vec<Block>,
    /// For each block, its features.
    features: Lists,
    /// For each feature, its blocks, ascending.
    postings: Lists,
    /// For each feature.
    about: Vec<About>,
    enough: u32,
    /// For each block, the later ones of units that it stands for, or that stand for it.
    linked: Lists,
}

/// What has to be known of a feature before its blocks are looked at: together, for features come at random.
#[derive(Clone, Copy)]
struct About {
    weight: u32,
    /// The block that it links all others to; or [`ALL`].
    lead: u32,
    /// Its last block.
    last: u32,
    /// Where its blocks stand among those of all features.
    start: u32,
    end: u32,
}

/// A feature that links all to all.
const ALL: u32 = u32::MAX;

/// Buffers of one thread.
#[derive(Default)]
pub(super) struct Tally {
    score: Vec<u32>,
    touched: Vec<u32>,
    about: Vec<About>,
}

impl About {
    fn new(postings: &Lists, feature: usize, weight: u32, lead: u32) -> Self {
        let blocks = postings.get(feature);
        let end = postings.ends[feature];
        Self {
            weight,
            lead,
            last: blocks.last().copied().unwrap_or(0),
            start: end - blocks.len() as u32,
            end,
        }
    }

    fn blocks<'a>(&self, postings: &'a Lists) -> &'a [u32] {
        &postings.all[self.start as usize..self.end as usize]
    }
}

impl Index {
    /// The index of a folder, and what its features are worth: as they were `measured`, or by this folder.
    pub fn new(
        corpus: &Corpus,
        measured: Option<&Weights>,
        watch: &Watch,
    ) -> Result<(Self, Weights), Stopped> {
        let blocks = cut(corpus);
        watch.progress(Stage::Candidates, 0, blocks.len());
        let (words, grams) = rayon::join(
            || word_postings(corpus, &blocks, measured, watch),
            || gram_postings(corpus, &blocks, watch),
        );
        let ((mut postings, keys, crowded), grams) = (words?, grams?);
        let mut fresh = Weights::of_words(&corpus.counts, blocks.len());
        if measured.is_none() {
            for (feature, key) in keys.iter().enumerate() {
                fresh.word_stands_in(*key, postings.get(feature).len());
            }
            for key in crowded {
                fresh.word_stands_in(key, usize::MAX);
            }
        }
        let of_words = measured.unwrap_or(&fresh);
        let mut about: Vec<About> = Vec::with_capacity(keys.len());
        for (feature, key) in keys.iter().enumerate() {
            about.push(About::new(&postings, feature, of_words.of_word(*key), ALL));
        }
        let name = |block: &u32| corpus.units[blocks[*block as usize].unit as usize].name;
        let held: Vec<(Vec<u64>, Lists)> = grams
            .into_par_iter()
            .map(|part| {
                watch.check()?;
                Ok(held_by_several(&part))
            })
            .collect::<Result<_, Stopped>>()?;
        let more: usize = held.iter().map(|(hashes, _)| hashes.len()).sum();
        about.reserve(more);
        postings.ends.reserve(more);
        let more = held.iter().map(|(_, lists)| lists.all.len()).sum();
        postings.all.reserve(more);
        for (hashes, lists) in held {
            watch.check()?;
            for (at, hash) in hashes.into_iter().enumerate() {
                let list = lists.get(at);
                let common = match measured {
                    Some(measured) => measured.of_gram(hash),
                    // Any would do for a lead, if only it is the same in whatever order they come.
                    None => fresh.gram_stands_in(hash, list.len(), || list.iter().map(name).min()),
                };
                let lead = common
                    .lead
                    .and_then(|lead| list.iter().find(|at| name(at) == lead));
                if common.weight == 0 || (common.lead.is_some() && lead.is_none()) {
                    continue;
                }
                let lead = lead.copied().unwrap_or(ALL);
                postings.all.extend_from_slice(list);
                postings.end();
                about.push(About::new(&postings, about.len(), common.weight, lead));
            }
        }
        watch.check()?;
        let weights_of_all = measured.cloned().unwrap_or(fresh);
        let index = Self {
            features: postings.turned(blocks.len(), watch)?,
            linked: linked(corpus, &blocks),
            blocks,
            postings,
            about,
            enough: weights_of_all.enough(),
        };
        Ok((index, weights_of_all))
    }

    /// The blocks after `block` that share enough with it to be looked at, ascending; none of its own unit.
    pub fn partners(&self, block: u32, tally: &mut Tally, out: &mut Vec<u32>) {
        // No unit is compared with itself.
        let unit = self.blocks[block as usize].unit;
        let others = self.blocks.partition_point(|other| other.unit <= unit);
        self.meeting(block, others as u32, tally, out);
        out.extend_from_slice(self.linked.get(block as usize));
        out.sort_unstable();
        out.dedup();
    }

    /// The same with those before it. Looks at every block.
    pub fn all_partners(&self, block: u32, tally: &mut Tally, out: &mut Vec<u32>) {
        self.meeting(block, 0, tally, out);
        out.extend_from_slice(self.linked.get(block as usize));
        let linked = |earlier: &u32| self.linked.get(*earlier as usize).contains(&block);
        out.extend((0..block).filter(linked));
        out.sort_unstable();
        out.dedup();
    }

    /// The blocks from `from` on whose features in common with it are enough, in no order.
    fn meeting(&self, block: u32, from: u32, tally: &mut Tally, out: &mut Vec<u32>) {
        out.clear();
        tally.score.resize(self.blocks.len(), 0);
        let own = &self.blocks[block as usize];
        let Tally {
            score,
            touched,
            about,
        } = tally;
        // Features lie all over memory. What is known of them is fetched first, many at once and nothing asked of
        // it, so that none waits for the one before it.
        for features in self.features.get(block as usize).chunks(64) {
            about.clear();
            about.extend(features.iter().map(|at| self.about[*at as usize]));
            // Half of all features have no block behind this one.
            about.retain(|about| about.last >= from);
            for about in about.iter() {
                let others = match &about.lead {
                    lead if *lead == ALL || *lead == block => about.blocks(&self.postings),
                    lead => std::slice::from_ref(lead),
                };
                let before = others.iter().rposition(|other| *other < from);
                for &other in &others[before.map_or(0, |at| at + 1)..] {
                    let score = &mut score[other as usize];
                    if *score == 0 {
                        touched.push(other);
                    }
                    *score += about.weight;
                }
            }
        }
        for other in touched.drain(..) {
            let score = std::mem::take(&mut score[other as usize]);
            let pair = (*own, self.blocks[other as usize]);
            let enough = score >= self.enough && score >= needed(self.enough, pair);
            if enough && pair.0.unit != pair.1.unit {
                out.push(other);
            }
        }
    }
}

impl Index {
    /// The pairs of blocks of two articles that are compared.
    pub fn between(&self, corpus: &Corpus, a: u32, b: u32) -> Vec<Blocks> {
        let (first, last) = (a.min(b), a.max(b));
        let article = |block: u32| {
            let unit = self.blocks[block as usize].unit;
            corpus.units[unit as usize].article
        };
        let (mut tally, mut partners, mut pairs) = (Tally::default(), Vec::new(), Vec::new());
        for block in (0..self.blocks.len() as u32).filter(|block| article(*block) == first) {
            self.partners(block, &mut tally, &mut partners);
            let others = partners.iter().filter(|other| article(**other) == last);
            let blocks = |at: u32| self.blocks[at as usize];
            pairs.extend(others.map(|other| (blocks(block), blocks(*other))));
        }
        pairs
    }
}

pub(super) fn cut(corpus: &Corpus) -> Vec<Block> {
    cut_units(corpus, 0..corpus.units.len() as u32)
}

/// The blocks of some units.
pub(super) fn cut_units(corpus: &Corpus, units: Range<u32>) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(units.len());
    for unit in units {
        let words = corpus.units[unit as usize].words.len();
        let piece = if words > Block::WORDS {
            Block::PIECE
        } else {
            Block::WORDS
        };
        let mut from = 0;
        loop {
            let to = (from + piece).min(words);
            blocks.push(Block {
                unit,
                from: from as u32,
                to: to as u32,
                piece: words > Block::WORDS,
            });
            if to == words {
                break;
            }
            from += Block::STEP;
        }
    }
    blocks
}

/// For each unit, its first block.
pub(super) fn first_blocks(blocks: &[Block], units: usize) -> Vec<u32> {
    let mut first = vec![0; units];
    for (at, block) in blocks.iter().enumerate().rev() {
        first[block.unit as usize] = at as u32;
    }
    first
}

/// The blocks of two units of which one stands for the other, the earlier one in front: these are no longer than a
/// block.
pub(super) fn both_first(first: &[u32], (unit, by): (u32, u32)) -> (u32, u32) {
    let (x, y) = (first[unit as usize], first[by as usize]);
    (x.min(y), x.max(y))
}

/// For each block, the later ones with which it is compared because one stands for the other.
fn linked(corpus: &Corpus, blocks: &[Block]) -> Lists {
    let first = first_blocks(blocks, corpus.units.len());
    let mut pairs: Vec<(u32, u32)> = linked_units(corpus)
        .map(|units| both_first(&first, units))
        .collect();
    pairs.sort_unstable();
    let mut lists = Lists::default();
    let mut pairs = pairs.into_iter().peekable();
    for block in 0..blocks.len() as u32 {
        while let Some((_, later)) = pairs.next_if(|pair| pair.0 == block) {
            lists.all.push(later);
        }
        lists.end();
    }
    lists
}

/// For each word that is worth something, the blocks that have it; the keys of these words; and those
/// of words that too many have.
fn word_postings(
    corpus: &Corpus,
    blocks: &[Block],
    measured: Option<&Weights>,
    watch: &Watch,
) -> Result<(Lists, Vec<u32>, Vec<u32>), Stopped> {
    const NONE: u32 = u32::MAX;
    let rare = |key: &usize| match measured {
        Some(weights) => weights.of_word(*key as u32) > 0,
        None => (2..=WORD_COUNT_LIMIT).contains(&corpus.counts[*key]),
    };
    // Each block counts once: the last one that a key was seen in is kept with its count.
    let mut seen: Vec<(u32, u32)> = (0..corpus.counts.len())
        .map(|key| (if rare(&key) { 0 } else { NONE }, NONE))
        .collect();
    let each = |with: &mut dyn FnMut(usize, u32)| {
        for (at, block) in blocks.iter().enumerate() {
            if at.is_multiple_of(256) {
                watch.check()?;
            }
            for stretch in own_stretches(corpus, block) {
                for key in keys_of(corpus, &stretch) {
                    with(key as usize, at as u32);
                }
            }
        }
        Ok(())
    };
    each(&mut |key, block| {
        let (count, last) = &mut seen[key];
        if *count != NONE && *last != block {
            *count += 1;
            *last = block;
        }
    })?;
    let mut lists = Lists::default();
    let (mut keys, mut crowded) = (Vec::new(), Vec::new());
    let mut sum = 0;
    for (key, (count, last)) in seen.iter_mut().enumerate() {
        *last = NONE;
        if *count == NONE || *count < 2 {
            *count = NONE;
        } else if measured.is_none() && *count > WORD_LIMIT as u32 {
            crowded.push(key as u32);
            *count = NONE;
        } else {
            // From here on where the next block goes.
            sum += std::mem::replace(count, sum);
            lists.ends.push(sum);
            keys.push(key as u32);
        }
    }
    lists.all = vec![0; sum as usize];
    each(&mut |key, block| {
        let (next, last) = &mut seen[key];
        if *next != NONE && *last != block {
            lists.all[*next as usize] = block;
            *next += 1;
            *last = block;
        }
    })?;
    Ok((lists, keys, crowded))
}

/// An n-gram's hash and its block in one number: sorting these is all that has to be done with them.
const BLOCK_BITS: u32 = 64 - features::BITS;

pub(super) fn packed(hash: u64, block: u32) -> u64 {
    hash << BLOCK_BITS | u64::from(block) & ((1 << BLOCK_BITS) - 1)
}

pub(super) fn hash_of(gram: u64) -> u64 {
    gram >> BLOCK_BITS
}

pub(super) fn block_of(gram: u64) -> u32 {
    gram as u32 & ((1 << BLOCK_BITS) - 1)
}

/// Of n-grams, each with a block, sorted: those that several blocks have, and the blocks. Most stand in one place only.
fn held_by_several(grams: &[u64]) -> (Vec<u64>, Lists) {
    let (mut hashes, mut lists) = (Vec::new(), Lists::default());
    for group in grams.chunk_by(|x, y| hash_of(*x) == hash_of(*y)) {
        if block_of(group[0]) == block_of(group[group.len() - 1]) {
            continue;
        }
        let of_one = group.chunk_by(|x, y| block_of(*x) == block_of(*y));
        lists.all.extend(of_one.map(|grams| block_of(grams[0])));
        lists.end();
        hashes.push(hash_of(group[0]));
    }
    (hashes, lists)
}

/// The n-grams that winnowing keeps, sorted by hash and then by block.
fn gram_postings(
    corpus: &Corpus,
    blocks: &[Block],
    watch: &Watch,
) -> Result<Vec<Vec<u64>>, Stopped> {
    sorted_parts(
        blocks,
        |at, block, sink| {
            for stretch in own_stretches(corpus, block) {
                for hash in hashes_of(corpus, &stretch) {
                    sink(hash, packed(hash, at as u32));
                }
            }
        },
        watch,
    )
}
