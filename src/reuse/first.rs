//! What one article shares, while the rest of its folder is still being compared: whoever reads an article need not
//! wait for a hundred thousand others. Finds for it what the whole run finds, only sooner, and never changes that.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::detector::left_out;
use super::fingerprint::{Block, Index, Tally};
use super::pair::Aligner;
use super::proposal::Blocks;
use super::way::{GoOn, Way};
use super::words::{Corpus, Unit};
use super::{Copies, Findings, Settings, apart, families};
use crate::article::Article;
use crate::work::{Stopped, Watch};

/// Which article is wanted first; any thread may say so at any time. Clones speak of the same.
#[derive(Clone, Debug)]
pub struct Wanted(Arc<AtomicU32>);

impl Default for Wanted {
    fn default() -> Self {
        Self(Arc::new(AtomicU32::new(Self::NONE)))
    }
}

impl Wanted {
    const NONE: u32 = u32::MAX;

    /// From now on this one is, by its place among the articles that are compared, and no other.
    pub fn set(&self, article: Option<u32>) {
        self.0
            .store(article.unwrap_or(Self::NONE), Ordering::Relaxed);
    }

    /// The one that is wanted, once.
    fn take(&self) -> Option<u32> {
        // Asked often by all threads, and hardly ever answered.
        let is_none = self.0.load(Ordering::Relaxed) == Self::NONE;
        let article = match is_none {
            true => Self::NONE,
            false => self.0.swap(Self::NONE, Ordering::Relaxed),
        };
        (article != Self::NONE).then_some(article)
    }

    fn is_any(&self) -> bool {
        self.0.load(Ordering::Relaxed) != Self::NONE
    }
}

/// Where to send what a wanted article shares.
pub struct First {
    wanted: Wanted,
    show: Box<dyn Fn(u32, Findings) + Send + Sync>,
}

impl First {
    /// `show` gets the article and its findings, on a thread of the job: passages with all others, with families that
    /// these alone make, and of what is left out and of near-copies what concerns them.
    pub fn new(wanted: Wanted, show: impl Fn(u32, Findings) + Send + Sync + 'static) -> Self {
        Self {
            wanted,
            show: Box::new(show),
        }
    }
}

/// A run that has come far enough to look at any article by itself.
pub(super) struct Looking<'a> {
    pub first: &'a First,
    pub articles: &'a [Arc<Article>],
    pub corpus: &'a Corpus,
    pub index: &'a Index,
    pub aligner: &'a Aligner<'a>,
    pub settings: &'a Settings,
}

impl Looking<'_> {
    /// Shows what the wanted article shares, if there is one. All on this thread: another one would have to end its
    /// share of the whole run before it could help.
    pub fn look(&self, watch: &Watch) {
        let First { wanted, show } = self.first;
        while let Some(article) = wanted.take() {
            let go_on = || match wanted.is_any() {
                true => Err(Stopped),
                false => watch.check(),
            };
            // Stopped, the run ends by itself or looks at what is wanted now.
            if let Ok(found) = self.of(article, &go_on) {
                show(article, found);
            }
        }
    }

    fn of(&self, article: u32, go_on: GoOn) -> Result<Findings, Stopped> {
        let pairs = self.pairs(article, go_on)?;
        let passages = self.aligner.some(&pairs, &mut Way::here(go_on))?;
        let sides = passages.iter().flat_map(|p| [p.a.article, p.b.article]);
        let concerned: BTreeSet<u32> = sides.chain([article]).collect();
        let units = concerned.iter().flat_map(|article| self.units_of(*article));
        let units: Vec<Unit> = units.cloned().collect();
        let concerns =
            |copies: &Copies| copies.first == article || copies.others.contains(&article);
        let mut copies = apart::copies(self.corpus);
        copies.retain(concerns);
        Ok(Findings {
            left_out: left_out(&units, self.settings),
            copies,
            ..families::gather(self.articles, passages)
        })
    }

    fn units_of(&self, article: u32) -> &[Unit] {
        let units = &self.corpus.units;
        let from = units.partition_point(|unit| unit.article < article);
        let own = units[from..].partition_point(|unit| unit.article == article);
        &units[from..from + own]
    }

    /// The pairs of blocks of which one is of this article, as the whole run has them.
    fn pairs(&self, article: u32, go_on: GoOn) -> Result<Vec<Blocks>, Stopped> {
        let Index { blocks, .. } = self.index;
        let of = |block: &Block| self.corpus.units[block.unit as usize].article;
        let from = blocks.partition_point(|block| of(block) < article);
        let own = blocks[from..].partition_point(|block| of(block) == article);
        let (mut tally, mut partners) = (Tally::default(), Vec::new());
        let mut pairs = Vec::new();
        for at in from..from + own {
            go_on()?;
            self.index
                .all_partners(at as u32, &mut tally, &mut partners);
            let pair = |other: &u32| (at.min(*other as usize), at.max(*other as usize));
            pairs.extend(partners.iter().map(pair));
        }
        pairs.sort_unstable();
        pairs.dedup();
        Ok(pairs
            .into_iter()
            .map(|(x, y)| (blocks[x], blocks[y]))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use proptest::prelude::*;

    use super::super::follow::tests::{articles, folder};
    use super::super::tests::{article, invented};
    use super::super::{Detector, Passage};
    use super::*;
    use crate::work::{Stage, Stop};

    type Shown = Vec<(u32, Findings)>;

    /// The findings of a whole run, and those of each article that came first: some before anything was aligned, some
    /// later.
    fn run(articles: &[Arc<Article>], mut early: Vec<u32>, late: Vec<u32>) -> (Findings, Shown) {
        let wanted = Wanted::default();
        wanted.set(early.pop());
        let (early, next) = (Mutex::new(early), wanted.clone());
        let shown: Arc<Mutex<Shown>> = Arc::default();
        let into = shown.clone();
        let first = First::new(wanted.clone(), move |article, found| {
            into.lock().unwrap().push((article, found));
            next.set(early.lock().unwrap().pop());
        });
        let late = Mutex::new(late);
        let watch = Watch::new(Stop::default(), move |progress| {
            if progress.stage == Stage::Aligning {
                wanted.set(late.lock().unwrap().pop());
            }
        });
        let mut detector = Detector::new(Settings::default());
        let found = detector.update_showing(articles, &watch, Some(&first));
        let found = Findings::clone(found.unwrap());
        drop(first);
        (found, std::mem::take(&mut *shown.lock().unwrap()))
    }

    /// Nothing is there that the whole run doesn't find, and nothing of the article is missing.
    fn is_part_of_all(article: u32, first: &Findings, all: &Findings) {
        let of_both = |p: &Passage| [p.a.article, p.b.article];
        let plain = |passages: &[Passage]| -> Vec<Passage> {
            let of_article = passages.iter().filter(|p| of_both(p).contains(&article));
            let plain = |p: &Passage| Passage {
                family: 0,
                ..p.clone()
            };
            of_article.map(plain).collect()
        };
        assert_eq!(plain(&first.passages), plain(&all.passages));
        assert_eq!(plain(&first.passages).len(), first.passages.len());
        let others = first.passages.iter().flat_map(of_both);
        let concerned: Vec<u32> = others.chain([article]).collect();
        let mut left_out = all.left_out.clone();
        left_out.retain(|one| concerned.contains(&one.article));
        assert_eq!(first.left_out, left_out);
        let mut copies = all.copies.clone();
        copies.retain(|copies| copies.first == article || copies.others.contains(&article));
        assert_eq!(first.copies, copies);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn what_comes_first_is_what_the_whole_run_finds(
            (texts, _) in folder(),
            late in prop::collection::vec(0_u32..300, 4),
        ) {
            let articles = articles(texts.iter().enumerate());
            let plain = crate::reuse::detect(&articles, &Settings::default(), &Watch::silent()).unwrap();
            let (all, first) = run(&articles, (0..300).collect(), late);
            prop_assert_eq!(&all, &plain);
            prop_assert!(first.len() > 300, "none came while others were aligned");
            for (article, first) in &first {
                is_part_of_all(*article, first, &all);
            }
        }
    }

    #[test]
    fn passages_of_long_texts_are_whole() {
        let words = |count: usize, seed: usize| -> Vec<u16> {
            (0..count)
                .map(|i| ((i * 7919 + seed * 104_729) * 31 % 65_521) as u16)
                .collect()
        };
        let shared = words(2000, 1);
        let texts = [
            [words(3000, 2), shared.clone(), words(900, 3)].concat(),
            [words(100, 4), shared.clone(), words(4000, 5)].concat(),
            [words(50, 6), shared[900..1400].to_vec()].concat(),
            words(300, 7),
        ];
        let texts = texts.iter().zip(0..);
        let articles: Vec<_> = texts
            .map(|(words, at)| article(&format!("{at}.txt"), &invented(words)))
            .collect();
        let (all, first) = run(&articles, vec![0, 1, 2, 3], Vec::new());
        assert!(all.passages.iter().any(|passage| passage.words > 1900));
        assert_eq!(first.len(), 4);
        for (article, first) in &first {
            is_part_of_all(*article, first, &all);
        }
    }

    #[test]
    fn what_is_no_longer_wanted_is_not_shown() {
        let texts = ["أ", "ب"].map(|text| article(text, text));
        let wanted = Wanted::default();
        wanted.set(Some(0));
        wanted.set(None);
        let first = First::new(wanted, |_, _| panic!("nobody wanted it"));
        let mut detector = Detector::new(Settings::default());
        detector
            .update_showing(&texts, &Watch::silent(), Some(&first))
            .unwrap();
    }
}
