//! Detection for a folder that changes: keeps what it has learnt of the articles, and looks only at those
//! that are new or other than before.
//!
//! What two texts share depends on them and on what is common in the folder ([`Norms`]). That is measured when
//! a folder is first seen, and again once a twentieth of it has changed; in between it stays as it is, so that
//! an article that comes or goes takes nothing away from the others. With the same norms, any way through any
//! changes leads to the findings of a whole run.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::describe::span;
use super::doubles::Doubles;
use super::families;
use super::fingerprint::{Index, Weights};
use super::formula::Formulas;
use super::judge::Judge;
use super::pair::Aligner;
use super::scan;
use super::words::{Corpus, Unit, Vocabulary};
use super::{Copies, Findings, LeftOut, LeftOutReason, Passage, Settings};
use crate::article::Article;
use crate::work::{Stage, Stopped, Watch};

/// Finds what articles share, and again after they have changed, for the share of the work that changed.
///
/// ```
/// use std::sync::Arc;
/// use muqabala::{article::Article, reuse::{Detector, Settings}, work::Watch};
///
/// let text = "وصلت ثلاث سفن محملة بالقمح إلى المرفأ القديم صباح أمس وبدأ عمال الأرصفة تفريغها على الفور";
/// let mut articles = vec![Arc::new(Article::bare("a.txt", text))];
/// let mut detector = Detector::new(Settings::default());
/// detector.update(&articles, &Watch::silent())?;
/// assert!(detector.findings().passages.is_empty());
/// articles.push(Arc::new(Article::bare("b.txt", text)));
/// assert_eq!(detector.update(&articles, &Watch::silent())?.passages.len(), 1);
/// # Ok::<(), muqabala::work::Stopped>(())
/// ```
#[derive(Clone, Serialize, Deserialize)]
pub struct Detector {
    settings: Settings,
    vocabulary: Vocabulary,
    norms: Norms,
    /// In the order of the articles last given.
    known: Vec<Known>,
    /// Words of articles that came or went since the norms were measured.
    changed: usize,
    findings: Findings,
}

/// What is common in a folder.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Norms {
    /// By key.
    counts: Vec<u32>,
    weights: Weights,
    formulas: Formulas,
    doubles: Doubles,
}

/// An article as it was when it was last looked at.
#[derive(Clone, Serialize, Deserialize)]
struct Known {
    path: String,
    /// Of all that detection reads.
    content: u128,
    units: Vec<Unit>,
}

/// Changed words for one in the folder at which the norms are measured anew.
const ONE_IN: usize = 20;

/// Stands before everything that is written, and changes whenever an old answer may not be given any more.
const FORMAT: &[u8] = b"muqabala findings 6\n";

impl Detector {
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            vocabulary: Vocabulary::default(),
            norms: Norms::default(),
            known: Vec::new(),
            changed: 0,
            findings: Findings::default(),
        }
    }

    /// What the articles last given share.
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    pub fn into_findings(self) -> Findings {
        self.findings
    }

    /// Brings the findings up to these articles, the whole folder; indices in them refer to `articles`.
    ///
    /// An article is the one known before if its path, text, title, furniture and day are the same. Takes one look
    /// at the words of all texts and the alignment of what is new; a whole run where there is much that is.
    ///
    /// # Errors
    /// [`Stopped`] within some milliseconds of being asked to; then all is as it was before.
    pub fn update(
        &mut self,
        articles: &[Arc<Article>],
        watch: &Watch,
    ) -> Result<&Findings, Stopped> {
        let contents: Vec<u128> = articles
            .par_iter()
            .map(|article| {
                watch.check()?;
                Ok(content(article))
            })
            .collect::<Result<_, Stopped>>()?;
        if self.known.is_empty() {
            return self.whole(articles, contents, watch);
        }
        let was: HashMap<(&str, u128), usize, FixedState> = self
            .known
            .iter()
            .enumerate()
            .map(|(at, known)| ((known.path.as_str(), known.content), at))
            .collect();
        // Where each article was before.
        let from: Vec<Option<usize>> = articles
            .iter()
            .zip(&contents)
            .map(|(article, content)| was.get(&(article.path.as_str(), *content)).copied())
            .collect();
        let fresh: Vec<u32> = (0..articles.len() as u32)
            .filter(|at| from[*at as usize].is_none())
            .collect();
        let mut stays = vec![None; self.known.len()];
        for (to, at) in from.iter().enumerate() {
            if let Some(at) = at {
                stays[*at] = Some(to as u32);
            }
        }
        let words = |units: &[Unit]| units.iter().map(|unit| unit.words.len()).sum::<usize>();
        let gone = self
            .known
            .iter()
            .zip(&stays)
            .filter(|(_, stays)| stays.is_none());
        let gone: Vec<&Known> = gone.map(|(known, _)| known).collect();
        let mut vocabulary = self.vocabulary.clone();
        let mut units = Corpus::units(articles, &fresh, &mut vocabulary, &self.settings, watch)?;
        let changed = self.changed
            + words(&units)
            + gone.iter().map(|known| words(&known.units)).sum::<usize>();
        let measured: usize = self.norms.counts.iter().map(|n| *n as usize).sum();
        let mut leads = self.norms.weights.leads();
        leads.extend(self.norms.doubles.leads());
        let mut units_gone = gone.iter().flat_map(|known| &known.units);
        if changed * ONE_IN > measured || units_gone.any(|unit| leads.contains(&unit.name)) {
            drop((units, vocabulary));
            return self.whole(articles, contents, watch);
        }
        self.norms.formulas.mark_all(&mut units, watch)?;
        let is_fresh: Vec<bool> = from.iter().map(Option::is_none).collect();
        let mut fresh_units = units.into_iter().peekable();
        let mut known: Vec<Known> = Vec::with_capacity(articles.len());
        for (at, article) in articles.iter().enumerate() {
            let of_article = match from[at] {
                Some(before) => self.known[before].units.clone(),
                None => {
                    std::iter::from_fn(|| fresh_units.next_if(|unit| unit.article == at as u32))
                        .collect()
                }
            };
            known.push(Known::new(article, contents[at], of_article, at));
        }
        let corpus = corpus(&known, &vocabulary, &self.norms, &self.settings);
        let judge = Judge::new(&corpus, &self.settings);
        let owner = |unit: u32| corpus.units[unit as usize].article as usize;
        let pairs = scan::pairs(
            &corpus,
            &self.norms.weights,
            |unit| is_fresh[owner(unit)],
            watch,
        )?;
        let new = Aligner::new(articles, &corpus, &judge).some(&pairs, watch)?;
        let kept = self.findings.passages.iter().filter_map(|passage| {
            let a = stays[passage.a.article as usize]?;
            let b = stays[passage.b.article as usize]?;
            let mut passage = passage.clone();
            (passage.a.article, passage.b.article) = (a, b);
            Some(passage)
        });
        let passages: Vec<Passage> = kept.chain(new).collect();
        watch.check()?;
        self.findings = self.gathered(articles, passages, &corpus);
        self.vocabulary = vocabulary;
        self.known = known;
        self.changed = changed;
        Ok(&self.findings)
    }

    /// A whole run, with everything measured anew.
    fn whole(
        &mut self,
        articles: &[Arc<Article>],
        contents: Vec<u128>,
        watch: &Watch,
    ) -> Result<&Findings, Stopped> {
        let mut vocabulary = Vocabulary::default();
        let all: Vec<u32> = (0..articles.len() as u32).collect();
        let units = Corpus::units(articles, &all, &mut vocabulary, &self.settings, watch)?;
        let counts = vocabulary.counts();
        let mut corpus = Corpus::of(units, &vocabulary, counts.clone(), &self.settings);
        let doubles = Doubles::new(&corpus, watch)?;
        corpus.doubles = doubles.of_units(&corpus);
        let (index, weights) = Index::new(&corpus, None, watch)?;
        let formulas = Formulas::new(&corpus, watch)?;
        formulas.mark_all(&mut corpus.units, watch)?;
        let judge = Judge::new(&corpus, &self.settings);
        let passages = Aligner::new(articles, &corpus, &judge).all(&index, watch)?;
        watch.progress(Stage::Families, 0, 0);
        self.findings = self.gathered(articles, passages, &corpus);
        let mut units = corpus.units.into_iter().peekable();
        self.known = articles
            .iter()
            .zip(contents)
            .enumerate()
            .map(|(at, (article, content))| {
                let own = std::iter::from_fn(|| units.next_if(|unit| unit.article == at as u32));
                Known::new(article, content, own.collect(), at)
            })
            .collect();
        self.vocabulary = vocabulary;
        self.norms = Norms {
            counts,
            weights,
            formulas,
            doubles,
        };
        self.changed = 0;
        Ok(&self.findings)
    }

    fn gathered(
        &self,
        articles: &[Arc<Article>],
        passages: Vec<Passage>,
        corpus: &Corpus,
    ) -> Findings {
        let left_out: Vec<Vec<LeftOut>> = corpus
            .units
            .par_iter()
            .map(|unit| left_out(unit, &self.settings))
            .collect();
        Findings {
            left_out: left_out.into_iter().flatten().collect(),
            copies: copies(corpus),
            ..families::gather(articles, passages)
        }
    }

    /// Everything that is known, to be kept between two sessions.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_extend(self, FORMAT.to_vec()).unwrap_or_default()
    }

    /// What [`Detector::to_bytes`] wrote; `None` if another version of the program did, if it was for other
    /// settings, or if the bytes are damaged.
    pub fn from_bytes(bytes: &[u8], settings: &Settings) -> Option<Self> {
        let found: Self = postcard::from_bytes(bytes.strip_prefix(FORMAT)?).ok()?;
        (found.settings == *settings).then_some(found)
    }

    /// The whole run that these articles would take with the norms of this detector.
    #[cfg(test)]
    pub(super) fn by_index(&self, articles: &[Arc<Article>]) -> Findings {
        let watch = Watch::silent();
        let mut vocabulary = self.vocabulary.clone();
        let all: Vec<u32> = (0..articles.len() as u32).collect();
        let mut units =
            Corpus::units(articles, &all, &mut vocabulary, &self.settings, &watch).unwrap();
        self.norms.formulas.mark_all(&mut units, &watch).unwrap();
        let counts = self.norms.counts.clone();
        let mut corpus = Corpus::of(units, &vocabulary, counts, &self.settings);
        corpus.doubles = self.norms.doubles.of_units(&corpus);
        let (index, _) = Index::new(&corpus, Some(&self.norms.weights), &watch).unwrap();
        let judge = Judge::new(&corpus, &self.settings);
        let passages = Aligner::new(articles, &corpus, &judge)
            .all(&index, &watch)
            .unwrap();
        self.gathered(articles, passages, &corpus)
    }
}

impl Known {
    fn new(article: &Article, content: u128, mut units: Vec<Unit>, at: usize) -> Self {
        for unit in &mut units {
            unit.article = at as u32;
        }
        // Most articles have one.
        units.shrink_to_fit();
        Self {
            path: article.path.clone(),
            content,
            units,
        }
    }
}

fn corpus(known: &[Known], vocabulary: &Vocabulary, norms: &Norms, settings: &Settings) -> Corpus {
    let units = known
        .iter()
        .flat_map(|known| known.units.iter().cloned())
        .collect();
    let mut corpus = Corpus::of(units, vocabulary, norms.counts.clone(), settings);
    corpus.doubles = norms.doubles.of_units(&corpus);
    corpus
}

/// A name for all of an article that detection reads, but for its path.
fn content(article: &Article) -> u128 {
    let mut hash = Xxh3::new();
    hash.update(article.text.as_bytes());
    let mut number = |n: u32| hash.update(&n.to_le_bytes());
    number(article.text.len() as u32);
    for span in article
        .title
        .iter()
        .chain(article.furniture.iter().map(|f| &f.span))
    {
        number(span.start);
        number(span.end);
    }
    number(u32::from(article.title.is_some()));
    // Relative days in it mean something by the day of writing.
    if let Some(day) = article.day() {
        hash.update(&day.year().to_le_bytes());
        hash.update(&day.day_of_year().to_le_bytes());
    }
    hash.digest128()
}

/// The articles that one of them stands for.
fn copies(corpus: &Corpus) -> Vec<Copies> {
    let article = |unit: u32| corpus.units[unit as usize].article;
    let mut pairs: Vec<(u32, u32)> = (0..corpus.units.len() as u32)
        .filter_map(|unit| {
            let double = corpus.doubles[unit as usize].as_ref()?;
            Some((article(*double.by.first()?), article(unit)))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
        .chunk_by(|x, y| x.0 == y.0)
        .map(|group| Copies {
            first: group[0].0,
            others: group.iter().map(|pair| pair.1).collect(),
        })
        .collect()
}

/// Formulas long enough for a passage, and the lines that frame articles.
fn left_out(unit: &Unit, settings: &Settings) -> Vec<LeftOut> {
    let mut stretches: Vec<(Range<usize>, LeftOutReason)> = Vec::new();
    for line in unit.framing.iter() {
        let words = line.start as usize..line.end as usize;
        stretches.push((words, LeftOutReason::Framing));
    }
    for quoted in unit.scripture.iter() {
        let words = quoted.start as usize..quoted.end as usize;
        if words.len() >= settings.min_words as usize {
            stretches.push((words, LeftOutReason::Scripture));
        }
    }
    for run in unit.formulas() {
        if run.len() >= settings.min_words as usize {
            stretches.push((run, LeftOutReason::Formula));
        }
    }
    if stretches.is_empty() {
        return Vec::new();
    }
    let places = unit.places();
    let mut out: Vec<LeftOut> = stretches
        .into_iter()
        .map(|(words, reason)| LeftOut {
            article: unit.article,
            span: span(&places[words]),
            reason,
        })
        .collect();
    out.sort_by_key(|one| (one.span, one.reason));
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Four hundred made-up words, of which the first few are in every text.
    fn text(seeds: &[u16]) -> String {
        let letters = ['ب', 'ت', 'ج', 'د', 'ر', 'س', 'ع', 'ق'];
        let word = |seed: &u16| -> String {
            let seed = if seed.is_multiple_of(4) {
                seed % 40
            } else {
                seed % 400
            };
            (0..4)
                .map(|i| letters[usize::from(seed.wrapping_mul(97) >> (3 * i)) % 8])
                .collect()
        };
        seeds.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    /// A hundred and sixty texts, some of which have a piece in common, and three that come later.
    fn folder() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
        let own = prop::collection::vec(prop::collection::vec(any::<u16>(), 30), 163);
        let pieces = prop::collection::vec(prop::collection::vec(any::<u16>(), 20), 6);
        (own, pieces, any::<u64>()).prop_map(|(own, pieces, turn)| {
            let all = own.iter().enumerate().map(|(at, own)| {
                let piece = &pieces[(at * at + turn as usize % 7) % pieces.len()];
                let both = [
                    &own[..10],
                    if at % 3 == 0 { piece } else { &own[10..20] },
                    &own[20..],
                ];
                text(&both.concat())
            });
            let mut all: Vec<String> = all.collect();
            let later = all.split_off(160);
            (all, later)
        })
    }

    fn articles<'a>(texts: impl Iterator<Item = (usize, &'a String)>) -> Vec<Arc<Article>> {
        texts
            .map(|(at, text)| Arc::new(Article::bare(&format!("{at:03}.txt"), text)))
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn what_changes_bit_by_bit_is_found_as_in_a_whole_run(
            (texts, later) in folder(),
            gone in 0_usize..160,
            other in 0_usize..160,
        ) {
            let watch = Watch::silent();
            let mut detector = Detector::new(Settings::default());
            let mut now = articles(texts.iter().enumerate());
            detector.update(&now, &watch).unwrap();
            prop_assert_eq!(detector.findings(), &detector.by_index(&now));
            // One comes in the middle, one goes, one becomes other.
            now.insert(40, Arc::new(Article::bare("040a.txt", &later[0])));
            detector.update(&now, &watch).unwrap();
            prop_assert_eq!(detector.findings(), &detector.by_index(&now));
            // That was no whole run. The next ones are where the one that goes stands for others.
            prop_assert!(detector.changed > 0);
            now.remove(gone);
            detector.update(&now, &watch).unwrap();
            prop_assert_eq!(detector.findings(), &detector.by_index(&now));
            let path = now[other].path.clone();
            now[other] = Arc::new(Article::bare(&path, &later[1]));
            let kept = detector.to_bytes();
            let mut again = Detector::from_bytes(&kept, &Settings::default()).unwrap();
            prop_assert_eq!(again.findings(), detector.findings());
            again.update(&now, &watch).unwrap();
            prop_assert_eq!(again.findings(), &again.by_index(&now));
        }
    }

    #[test]
    fn damaged_or_foreign_bytes_are_refused() {
        let settings = Settings::default();
        let mut detector = Detector::new(settings.clone());
        let texts = ["وصلت السفن".to_owned(), "وصلت السفن أمس".to_owned()];
        detector
            .update(&articles(texts.iter().enumerate()), &Watch::silent())
            .unwrap();
        let bytes = detector.to_bytes();
        assert!(Detector::from_bytes(&bytes, &settings).is_some());
        assert!(Detector::from_bytes(&bytes[..bytes.len() / 2], &settings).is_none());
        assert!(Detector::from_bytes(b"", &settings).is_none());
        let other = Settings {
            min_words: 20,
            ..settings
        };
        assert!(Detector::from_bytes(&bytes, &other).is_none());
    }
}
