//! The folder as numbers: every article's words as ids, and how common each id is.
//!
//! Only [`Article::body`] is read, and each of its stretches is a text of its own from here on; so no
//! passage can ever touch page furniture.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::Settings;
use super::grade::Grader;
use super::lines;
use crate::article::{Article, Span};
use crate::text::words;
use crate::work::{Stage, Stopped, Watch};

/// One word: its source bytes and its two grades.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub start: u32,
    pub end: u32,
    /// Equal for words with the same folded form (32 bits of its hash).
    pub form: u32,
    /// Equal for words with the same key; dense from 0, so that tables can be indexed with it.
    pub key: u32,
}

/// One stretch of one article's body.
#[derive(Debug)]
pub(super) struct Unit {
    pub article: u32,
    pub body: Span,
    pub words: Vec<Word>,
    /// Positions of the words that stand in a line of date, place or author ([`lines::framing`]).
    pub framing: Vec<Range<u32>>,
}

impl Unit {
    /// True if the word at this position stands in a line of date, place or author.
    pub fn frames(&self, at: usize) -> bool {
        let next = self.framing.partition_point(|range| range.end <= at as u32);
        self.framing
            .get(next)
            .is_some_and(|range| range.start <= at as u32)
    }
}

#[derive(Debug)]
pub(super) struct Corpus {
    /// In the order of the articles, then by start. None is empty.
    pub units: Vec<Unit>,
    /// For each key, how many words have it.
    pub counts: Vec<u32>,
    /// For each key, how likely a word taken at random has it, 0 to 1.
    pub chance: Vec<f32>,
}

impl Corpus {
    pub fn new(
        articles: &[Arc<Article>],
        settings: &Settings,
        watch: &Watch,
    ) -> Result<Self, Stopped> {
        let total = articles.len();
        watch.progress(Stage::Fingerprinting, 0, total);
        let mut ids: HashMap<u64, u32, FixedState> = HashMap::with_hasher(FixedState::with_seed(1));
        let mut counts: Vec<u32> = Vec::new();
        let mut units = Vec::new();
        // Words are graded in parallel; ids are given out in order, so that they are the same each time.
        for (batch, group) in articles.chunks(Self::BATCH).enumerate() {
            watch.check()?;
            let mut shares = group
                .par_chunks(Self::SHARE)
                .enumerate()
                .map(|(share, articles)| {
                    let first = batch * Self::BATCH + share * Self::SHARE;
                    Share::of(first as u32, articles, settings, watch)
                })
                .collect::<Result<Vec<Share>, Stopped>>()?;
            for share in &mut shares {
                for (key, count) in &mut share.keys {
                    let fresh = counts.len() as u32;
                    let id = *ids.entry(*key).or_insert(fresh);
                    if id == fresh {
                        counts.push(0);
                    }
                    counts[id as usize] += *count;
                    // From here on the id takes the place of the hash.
                    *key = u64::from(id);
                }
            }
            shares.par_iter_mut().for_each(Share::number);
            units.extend(shares.into_iter().flat_map(|share| share.units));
            watch.progress(
                Stage::Fingerprinting,
                batch * Self::BATCH + group.len(),
                total,
            );
        }
        let chance = chances(&counts, &ids, settings);
        Ok(Self {
            units,
            counts,
            chance,
        })
    }

    /// Articles graded before their words get ids.
    const BATCH: usize = 4096;
    /// Articles of a batch that one thread takes at a time.
    const SHARE: usize = 128;
}

/// The units of some articles. A folder has few words, many times: each is graded once here.
struct Share {
    units: Vec<Unit>,
    /// The keys by first occurrence, as hashes and then as ids, and how often each occurs.
    keys: Vec<(u64, u32)>,
}

impl Share {
    /// Words get the place of their key in [`Share::keys`] for the time being.
    fn of(
        first: u32,
        articles: &[Arc<Article>],
        settings: &Settings,
        watch: &Watch,
    ) -> Result<Self, Stopped> {
        let mut share = Self {
            units: Vec::with_capacity(articles.len()),
            keys: Vec::new(),
        };
        let mut grader = Grader::new(settings);
        let mut known: HashMap<&str, Option<(u32, u32)>, FixedState> =
            HashMap::with_hasher(FixedState::with_seed(5));
        let mut places: HashMap<u64, u32, FixedState> =
            HashMap::with_hasher(FixedState::with_seed(6));
        for (article, number) in articles.iter().zip(first..) {
            for body in article.body() {
                let text = body.of(&article.text);
                let mut of_body = Vec::with_capacity(text.len() / 10);
                for (at, word) in words(text).enumerate() {
                    if at.is_multiple_of(4096) {
                        watch.check()?;
                    }
                    let source = &text[word.clone()];
                    let graded = *known.entry(source).or_insert_with(|| {
                        let graded = grader.grade(source)?;
                        let place = *places.entry(graded.key).or_insert_with(|| {
                            share.keys.push((graded.key, 0));
                            share.keys.len() as u32 - 1
                        });
                        Some((graded.form as u32, place))
                    });
                    let Some((form, key)) = graded else {
                        continue;
                    };
                    share.keys[key as usize].1 += 1;
                    of_body.push(Word {
                        start: body.start + word.start as u32,
                        end: body.start + word.end as u32,
                        form,
                        key,
                    });
                }
                if !of_body.is_empty() {
                    of_body.shrink_to_fit();
                    let framing = lines::framing(article, body, &of_body);
                    share.units.push(Unit {
                        article: number,
                        body,
                        words: of_body,
                        framing,
                    });
                }
            }
        }
        Ok(share)
    }

    /// Gives every word the id of its key.
    fn number(&mut self) {
        for word in self.units.iter_mut().flat_map(|unit| &mut unit.words) {
            word.key = self.keys[word.key as usize].0 as u32;
        }
    }
}

/// The share of each key, the folder's counts laid over what is known of Arabic news in general: a folder
/// of five articles says little about which words are common, one of thousands says all.
fn chances(counts: &[u32], ids: &HashMap<u64, u32, FixedState>, settings: &Settings) -> Vec<f32> {
    /// Words that the general knowledge weighs as much as.
    const WEIGHT: f64 = 30_000.0;
    /// The share of a word that is on no list.
    const UNLISTED: f64 = 4e-6;
    let total: f64 = counts.iter().map(|n| f64::from(*n)).sum();
    let mut prior = vec![UNLISTED; counts.len()];
    let grader = Grader::new(settings);
    for (per_100_000, list) in COMMON {
        for word in list.split(' ') {
            if let Some(id) = ids.get(&grader.key_of(word)) {
                prior[*id as usize] += per_100_000 / 100_000.0;
            }
        }
    }
    counts
        .iter()
        .zip(prior)
        .map(|(n, prior)| ((f64::from(*n) + WEIGHT * prior) / (total + WEIGHT)) as f32)
        .collect()
}

/// Words of any Arabic news text, folded, by how often they stand among 100,000 words (rounded to
/// classes; particles, pronouns, verbs of saying and what news always speaks of).
const COMMON: &[(f64, &str)] = &[
    (3000.0, "في من"),
    (1500.0, "علي ان"),
    (900.0, "الي"),
    (500.0, "التي عن مع الذي"),
    (300.0, "ما لا خلال او هذا هذه بن بعد"),
    (
        180.0,
        "بين كل العام ذلك انه حيث اليوم كما قبل كان عام لم وقال حتي الله",
    ),
    (
        100.0,
        "العمل هو اي قد محمد اكثر رءيس عدد تم الماضي وفي الا ومن مليون وان ولا منذ له غير امس كانت \
         منطقه وهو الاول الذين لها بشكل مجلس عليه بعض فيما فيها هي هناك احد بها وزاره وذلك لكن عبر يوم \
         نحو جميع العالم عند وقد تلك انها ثم اخري",
    ),
    (
        55.0,
        "دولار شركه به منها مثل يكون وهي عليها الخاصه فيه الاولي الف واضاف قوات مليار امام بان قال دون \
         المتحده ايضا مدينه اضافه يمكن بما الثاني وكان والتي مدير وزير فان يتم بنسبه اخر الوقت بسبب \
         الرءيس واوضح اذا حول عمل لدي تكون لهم اكبر الدول ولكن خاصه ضمن لن المقبل بل مشيرا فقط الان \
         الامر اما مما وما فقد اجل عدم حين ضد اول كبير كبيره سنوات واكد جانب وقت وهذا الجديد تحت ليس \
         نفسه اليه الحكومه الدوله دول الامن الشعب",
    ),
];
