//! Detection for a folder that changes: keeps what it has learnt of the articles, and looks only at those
//! that are new or other than before ([`super::follow`]).
//!
//! What two texts share depends on them and on what is common in the folder ([`Norms`]). That is measured when
//! a folder is first seen, and again once a twentieth of it has changed; in between it stays as it is, so that
//! an article that comes or goes takes nothing away from the others. With the same norms, any way through any
//! changes leads to the findings of a whole run.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::change::{Change, Known, Seen};
use super::doubles::Doubles;
use super::fingerprint::Index;
use super::first::{First, Looking};
use super::formula::Formulas;
use super::freed::FreedLater;
use super::holders::Holders;
use super::judge::Judge;
use super::pair::Aligner;
use super::vocabulary::Vocabulary;
use super::weights::Weights;
use super::words::{Corpus, Unit};
use super::{Findings, LeftOut, Passage, Settings, apart, families, written};
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
pub struct Detector {
    pub(super) settings: Settings,
    pub(super) vocabulary: Vocabulary,
    pub(super) norms: Norms,
    /// In the order of the articles last given.
    pub(super) known: Vec<Known>,
    /// Units keep their numbers until the next whole run: new ones are added behind, and what is left of those that
    /// are no more belongs to [`super::words::NOBODY`] and has no words.
    pub(super) corpus: Corpus,
    /// Made when it is first needed.
    pub(super) holders: Option<Holders>,
    /// Words of articles that came or went since the norms were measured.
    pub(super) changed: usize,
    pub(super) findings: Arc<Findings>,
}

/// What is common in a folder.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Norms {
    /// By key.
    pub counts: Vec<u32>,
    pub weights: Weights,
    pub formulas: Formulas,
    pub doubles: Doubles,
}

/// Stands before everything that is written, and changes whenever an old answer may not be given any more.
const FORMAT: &[u8] = b"muqabala findings 12\n";

/// What is written: the articles by their paths and contents, each with its units.
#[derive(Serialize)]
struct Written<'a> {
    settings: &'a Settings,
    vocabulary: &'a Vocabulary,
    norms: &'a Norms,
    known: Vec<(&'a str, u128, &'a [Unit])>,
    changed: usize,
    findings: &'a Findings,
}

#[derive(Deserialize)]
struct Read {
    settings: Settings,
    vocabulary: Vocabulary,
    norms: Norms,
    known: Vec<(String, u128, Vec<Unit>)>,
    changed: usize,
    findings: Findings,
}

impl Detector {
    pub fn new(settings: Settings) -> Self {
        let vocabulary = Vocabulary::default();
        Self {
            corpus: Corpus::of(Vec::new(), &vocabulary, Vec::new(), &settings),
            settings,
            vocabulary,
            norms: Norms::default(),
            known: Vec::new(),
            holders: None,
            changed: 0,
            findings: Arc::default(),
        }
    }

    /// What the articles last given share.
    pub fn findings(&self) -> &Arc<Findings> {
        &self.findings
    }

    pub fn is_for(&self, settings: &Settings) -> bool {
        self.settings == *settings
    }

    /// True if what is common was measured on these very articles: then its findings are those of a whole run.
    pub fn is_measured(&self) -> bool {
        self.changed == 0
    }

    pub fn into_findings(self) -> Findings {
        Arc::unwrap_or_clone(self.findings)
    }

    /// Brings the findings up to these articles, the whole folder; indices in them refer to `articles`.
    ///
    /// An article is the one known before if its path, text, title, furniture and day are the same; where it is the
    /// same in memory, nothing of it is read. Takes the alignment of what is new, and a whole run where there is
    /// much that is. The first change looks once at the words of all texts, unless [`Detector::make_ready`] did.
    ///
    /// # Errors
    /// [`Stopped`] within some milliseconds of being asked to; then all is as it was before.
    pub fn update(
        &mut self,
        articles: &[Arc<Article>],
        watch: &Watch,
    ) -> Result<&Arc<Findings>, Stopped> {
        self.update_showing(articles, watch, None)
    }

    /// The same; in a whole run, which takes its time, what one article shares is shown `first`, as soon as all texts
    /// have their fingerprints, and as often as another one is wanted.
    ///
    /// # Errors
    /// As [`Detector::update`].
    pub fn update_showing(
        &mut self,
        articles: &[Arc<Article>],
        watch: &Watch,
        first: Option<&First>,
    ) -> Result<&Arc<Findings>, Stopped> {
        let change = Change::new(&self.known, articles, watch)?;
        if change.is_none() {
            self.know_again(articles);
        } else if self.known.is_empty() || !self.follow(articles, &change, watch)? {
            self.whole(articles, watch, first)?;
        }
        Ok(&self.findings)
    }

    /// Makes ready for changes what is not needed without: lists of which texts have what is rare, eight bytes for each
    /// of some six a word. To be called when nobody waits.
    ///
    /// # Errors
    /// [`Stopped`] within some milliseconds of being asked to.
    pub fn make_ready(&mut self, watch: &Watch) -> Result<(), Stopped> {
        if self.holders.is_none() && !self.known.is_empty() {
            self.holders = Some(Holders::new(&self.corpus, &self.norms.weights, watch)?);
        }
        Ok(())
    }

    /// The same articles as before, which may have been read again since.
    fn know_again(&mut self, articles: &[Arc<Article>]) {
        for (known, article) in self.known.iter_mut().zip(articles) {
            known.seen = Seen::Here(article.clone());
        }
    }

    /// A whole run, with everything measured anew.
    fn whole(
        &mut self,
        articles: &[Arc<Article>],
        watch: &Watch,
        first: Option<&First>,
    ) -> Result<(), Stopped> {
        let mut vocabulary = FreedLater::new(Vocabulary::default());
        let all: Vec<u32> = (0..articles.len() as u32).collect();
        let units = Corpus::units(articles, &all, &mut vocabulary, &self.settings, watch)?;
        let counts = vocabulary.counts();
        let corpus = Corpus::of(units, &vocabulary, counts.clone(), &self.settings);
        let mut corpus = FreedLater::new(corpus);
        let (doubles, formulas) = learnt(&mut corpus, watch)?;
        let (index, weights) = Index::new(&corpus, None, watch)?;
        let index = FreedLater::new(index);
        let judge = Judge::new(&corpus, &self.settings);
        let aligner = Aligner::new(articles, &corpus, &judge);
        let looking = first.map(|first| Looking {
            first,
            articles,
            corpus: &corpus,
            index: &index,
            aligner: &aligner,
            settings: &self.settings,
        });
        let look = || {
            if let Some(looking) = &looking {
                looking.look(watch);
            }
        };
        look();
        let (passages, left_out) = rayon::join(
            || aligner.all(&index, &look, watch),
            || left_out(&corpus.units, &self.settings),
        );
        let passages = passages?;
        drop(index);
        watch.progress(Stage::Families, 0, 0);
        self.findings = Arc::new(gathered(articles, passages, left_out, &corpus));
        let mut rest = 0;
        let known = articles.iter().zip(0..).map(|(article, at)| {
            let own = corpus.units[rest..].iter();
            let own = own.take_while(|unit| unit.article == at).count();
            rest += own;
            Known {
                seen: Seen::Here(article.clone()),
                units: (rest - own) as u32..rest as u32,
            }
        });
        self.known = known.collect();
        self.corpus = corpus.take();
        self.vocabulary = vocabulary.take();
        self.norms = Norms {
            counts,
            weights,
            formulas,
            doubles,
        };
        self.holders = None;
        self.changed = 0;
        Ok(())
    }

    /// Everything that is known, to be kept between two sessions.
    ///
    /// # Errors
    /// [`Stopped`] within some milliseconds of being asked to.
    pub fn to_bytes(&self, watch: &Watch) -> Result<Vec<u8>, Stopped> {
        let known = self.known.par_iter().map(|known| {
            watch.check()?;
            let units = known.units.start as usize..known.units.end as usize;
            let Known { seen, .. } = known;
            Ok((seen.path(), seen.content(), &self.corpus.units[units]))
        });
        let written = Written {
            settings: &self.settings,
            vocabulary: &self.vocabulary,
            norms: &self.norms,
            known: known.collect::<Result<_, Stopped>>()?,
            changed: self.changed,
            findings: &self.findings,
        };
        written::bytes_of(&written, FORMAT, watch)
    }

    /// What [`Detector::to_bytes`] wrote; `None` if another version of the program did, if it was for other
    /// settings, or if the bytes are damaged.
    ///
    /// # Errors
    /// [`Stopped`] within some milliseconds of being asked to.
    pub fn from_bytes(
        bytes: &[u8],
        settings: &Settings,
        watch: &Watch,
    ) -> Result<Option<Self>, Stopped> {
        let Some(bytes) = bytes.strip_prefix(FORMAT) else {
            return Ok(None);
        };
        let read: Option<Read> = written::value_of(bytes, watch)?;
        let Some(read) = read.filter(|read| read.settings == *settings) else {
            return Ok(None);
        };
        let (mut units, mut known) = (Vec::new(), Vec::with_capacity(read.known.len()));
        for (path, content, own) in read.known {
            let from = units.len() as u32;
            units.extend(own);
            known.push(Known {
                seen: Seen::Before { path, content },
                units: from..units.len() as u32,
            });
        }
        let counts = read.norms.counts.clone();
        let mut corpus = Corpus::of(units, &read.vocabulary, counts, settings);
        corpus.doubles = read.norms.doubles.of_units(&corpus);
        Ok(Some(Self {
            settings: read.settings,
            vocabulary: read.vocabulary,
            norms: read.norms,
            known,
            corpus,
            holders: None,
            changed: read.changed,
            findings: Arc::new(read.findings),
        }))
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
            .all(&index, &|| {}, &watch)
            .unwrap();
        let left_out = left_out(&corpus.units, &self.settings);
        gathered(articles, passages, left_out, &corpus)
    }
}

/// Learns of some texts which of them stand for others and which phrases are formulas, and marks it in them.
///
/// # Errors
/// [`Stopped`] within some milliseconds of being asked to.
pub(super) fn learnt(corpus: &mut Corpus, watch: &Watch) -> Result<(Doubles, Formulas), Stopped> {
    let doubles = Doubles::new(corpus, watch)?;
    corpus.doubles = doubles.of_units(corpus);
    let formulas = Formulas::new(corpus, watch)?;
    formulas.mark_all(&mut corpus.units, watch)?;
    Ok((doubles, formulas))
}

/// What is left out of some units, in their order.
pub(super) fn left_out(units: &[Unit], settings: &Settings) -> Vec<LeftOut> {
    let of_units: Vec<Vec<LeftOut>> = units
        .par_iter()
        .map(|unit| apart::left_out(unit, settings))
        .collect();
    of_units.into_iter().flatten().collect()
}

pub(super) fn gathered(
    articles: &[Arc<Article>],
    passages: Vec<Passage>,
    left_out: Vec<LeftOut>,
    corpus: &Corpus,
) -> Findings {
    Findings {
        left_out,
        copies: apart::copies(corpus),
        ..families::gather(articles, passages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_or_foreign_bytes_are_refused() {
        let settings = Settings::default();
        let mut detector = Detector::new(settings.clone());
        let articles =
            ["وصلت السفن", "وصلت السفن أمس"].map(|text| Arc::new(Article::bare(text, text)));
        detector.update(&articles, &Watch::silent()).unwrap();
        let watch = Watch::silent();
        let bytes = detector.to_bytes(&watch).unwrap();
        let read = |bytes: &[u8], settings| {
            let read = Detector::from_bytes(bytes, settings, &watch);
            read.unwrap().is_some()
        };
        assert!(read(&bytes, &settings));
        assert!(!read(&bytes[..bytes.len() / 2], &settings));
        assert!(!read(b"", &settings));
        let other = Settings {
            min_words: 20,
            ..settings
        };
        assert!(!read(&bytes, &other));
    }
}
