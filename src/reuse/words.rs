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
use super::grade::{Graded, Grader};
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
            let graded: Vec<Vec<GradedUnit>> = group
                .par_chunks(Self::SHARE)
                .flat_map_iter(|share| {
                    let mut known = Known::with_hasher(FixedState::with_seed(5));
                    share
                        .iter()
                        .map(|article| grade_article(article, settings, &mut known))
                        .collect::<Vec<_>>()
                })
                .collect();
            for (i, stretches) in graded.into_iter().enumerate() {
                let article = (batch * Self::BATCH + i) as u32;
                for (body, stretch) in stretches {
                    let words: Vec<Word> = stretch
                        .into_iter()
                        .map(|(start, end, graded)| {
                            let fresh = counts.len() as u32;
                            let key = *ids.entry(graded.key).or_insert(fresh);
                            if key == fresh {
                                counts.push(0);
                            }
                            counts[key as usize] += 1;
                            Word {
                                start,
                                end,
                                form: graded.form as u32,
                                key,
                            }
                        })
                        .collect();
                    let framing = lines::framing(&group[i], body, &words);
                    units.push(Unit {
                        article,
                        body,
                        words,
                        framing,
                    });
                }
            }
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

    /// Articles graded before their words get ids; memory for them is needed twice meanwhile.
    const BATCH: usize = 1024;
    /// Articles of a batch that one thread takes at a time.
    const SHARE: usize = 64;
}

/// A stretch of a body, and its words' start, end and grades.
type GradedUnit = (Span, Vec<(u32, u32, Graded)>);

/// What one thread remembers of words it has graded: a folder has few words, many times.
type Known<'a> = HashMap<&'a str, Option<Graded>, FixedState>;

fn grade_article<'a>(
    article: &'a Article,
    settings: &Settings,
    known: &mut Known<'a>,
) -> Vec<GradedUnit> {
    let mut grader = Grader::new(settings);
    article
        .body()
        .map(|body| {
            let text = body.of(&article.text);
            let words = words(text)
                .filter_map(|word| {
                    let source = &text[word.clone()];
                    let graded = *known.entry(source).or_insert_with(|| grader.grade(source));
                    graded.map(|graded| {
                        let at = |byte: usize| body.start + byte as u32;
                        (at(word.start), at(word.end), graded)
                    })
                })
                .collect::<Vec<_>>();
            (body, words)
        })
        .filter(|(_, words)| !words.is_empty())
        .collect()
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
