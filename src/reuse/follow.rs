//! What a change of a folder takes: texts that have come are put beside those that are known, what hung on texts
//! that are gone is looked at again, and the rest of the findings stays. The work grows with the change; what
//! is done for each article and passage of the folder is to number it anew.
//!
//! Where a text goes that stood for others, the next one by the same rule stands for them, and all that these have
//! in common with others is looked for again.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::change::{Change, Known, Seen};
use super::detector::{Detector, gathered, left_out};
use super::doubles::{Double, Doubles, own_features};
use super::features::Feature;
use super::fingerprint::cut_units;
use super::judge::Judge;
use super::pair::Aligner;
use super::way::Way;
use super::weights::Weights;
use super::words::{Corpus, NOBODY, Unit};
use super::{Findings, LeftOut, Passage};
use crate::article::Article;
use crate::work::{Stage, Stopped, Watch};

/// Changed words for one in the folder at which the norms are measured anew.
const ONE_IN: usize = 20;

/// What has to be put back where a job is stopped.
struct Before {
    units: usize,
    /// What stands for what, where that had to be changed.
    standing: Option<(Doubles, Weights, Vec<Option<Double>>)>,
}

impl Detector {
    /// Brings the findings up to these articles; false where so much has changed that it takes a whole run.
    ///
    /// # Errors
    /// [`Stopped`]; then all that was found and measured is as before.
    pub(super) fn follow(
        &mut self,
        articles: &[Arc<Article>],
        change: &Change,
        watch: &Watch,
    ) -> Result<bool, Stopped> {
        let words = |units: &[Unit]| units.iter().map(|unit| unit.words.len()).sum::<usize>();
        let measured = self.corpus.total;
        let gone = change.gone.iter();
        let mut gone: Vec<u32> = gone
            .flat_map(|known| self.known[*known as usize].units.clone())
            .collect();
        // Articles keep their units when others come before them.
        gone.sort_unstable();
        let unit = |unit: &u32| &self.corpus.units[*unit as usize];
        let gone_words: usize = gone.iter().map(|gone| unit(gone).words.len()).sum();
        let changed = self.changed + gone_words;
        if changed * ONE_IN > measured || self.is_much(articles, change) {
            return Ok(false);
        }
        let (chosen, vocabulary) = (&change.fresh, &mut self.vocabulary);
        let mut fresh = Corpus::units(articles, chosen, vocabulary, &self.settings, watch)?;
        let changed = changed + words(&fresh);
        if changed * ONE_IN > measured {
            return Ok(false);
        }
        self.norms.formulas.mark_all(&mut fresh, watch)?;
        self.make_ready(watch)?;
        let mut before = Before {
            units: self.corpus.units.len(),
            standing: None,
        };
        let compared = self.compare(articles, change, fresh, &gone, &mut before, watch);
        // From here on it is done, whoever stops it.
        match compared.and_then(|found| watch.check().map(|()| found)) {
            Ok((passages, looked_at)) => {
                let fresh = &self.corpus.units[before.units..];
                let left_out = left_out(fresh, &self.settings);
                self.settle(articles, change, &gone, before.units);
                let stays = |article: u32| {
                    change.to[article as usize].filter(|to| !looked_at[*to as usize])
                };
                let passages = with_kept(&mut self.findings, passages, stays);
                let left_out = self.left_out(change, left_out);
                self.findings = Arc::new(gathered(articles, passages, left_out, &self.corpus));
                self.changed = changed;
                Ok(true)
            }
            Err(Stopped) => {
                self.put_back(before);
                Err(Stopped)
            }
        }
    }

    /// True if it is plain without looking closer that much has changed.
    fn is_much(&self, articles: &[Arc<Article>], change: &Change) -> bool {
        /// Bytes of a word in a text of many words, and more.
        const WORD: usize = 40;
        let bytes = |at: &u32| articles[*at as usize].text.len();
        let fresh: usize = change.fresh.iter().map(bytes).sum();
        fresh / WORD * ONE_IN > self.corpus.total
    }

    /// What has to be looked at and what it shares; and for each article whether that is all that it shares.
    fn compare(
        &mut self,
        articles: &[Arc<Article>],
        change: &Change,
        fresh: Vec<Unit>,
        gone: &[u32],
        before: &mut Before,
        watch: &Watch,
    ) -> Result<(Vec<Passage>, Vec<bool>), Stopped> {
        if !fresh.is_empty() {
            let counts = self.norms.counts.clone();
            let known = std::mem::take(&mut self.corpus);
            // With measures for words that have come, too.
            self.corpus = Corpus {
                units: known.units,
                doubles: known.doubles,
                ..Corpus::of(Vec::new(), &self.vocabulary, counts, &self.settings)
            };
        }
        self.corpus.units.extend(fresh);
        self.corpus.doubles.resize(self.corpus.units.len(), None);
        let now = |known: usize| change.to[known].unwrap_or(NOBODY);
        for (at, known) in self.known.iter().enumerate() {
            for unit in known.units.clone() {
                self.corpus.units[unit as usize].article = now(at);
            }
        }
        let mut looked_at = vec![false; self.corpus.units.len()];
        looked_at[before.units..].fill(true);
        for unit in self.pass_on(gone, before, watch)? {
            looked_at[unit as usize] = true;
        }
        // Passages are replaced for all of an article.
        let mut of_article = vec![false; articles.len()];
        for (unit, _) in self
            .corpus
            .units
            .iter()
            .zip(&looked_at)
            .filter(|(_, at)| **at)
        {
            of_article[unit.article as usize] = true;
        }
        for (unit, looked_at) in self.corpus.units.iter().zip(&mut looked_at) {
            *looked_at = of_article.get(unit.article as usize) == Some(&true);
        }
        let Some(holders) = &self.holders else {
            return Ok((Vec::new(), of_article));
        };
        let (corpus, weights) = (&self.corpus, &self.norms.weights);
        let pairs = holders.pairs(corpus, weights, &looked_at, watch)?;
        let judge = Judge::new(corpus, &self.settings);
        watch.progress(Stage::Aligning, 0, pairs.len());
        let passages =
            Aligner::new(articles, corpus, &judge).some(&pairs, &mut Way::AllThreads(watch))?;
        Ok((passages, of_article))
    }

    /// Lets others stand for what the units that are `gone` stood for. The units of which that changes what they are
    /// compared by, or with what.
    fn pass_on(
        &mut self,
        gone: &[u32],
        before: &mut Before,
        watch: &Watch,
    ) -> Result<BTreeSet<u32>, Stopped> {
        let Some(holders) = &mut self.holders else {
            return Ok(BTreeSet::new());
        };
        let corpus = &mut self.corpus;
        let (doubles, weights) = (&mut self.norms.doubles, &mut self.norms.weights);
        let regrouped = Doubles::without(corpus, gone, watch)?;
        let mut left: BTreeSet<(Feature, u64)> = BTreeSet::new();
        let others = regrouped.iter().map(|(unit, _)| unit);
        for unit in gone.iter().chain(others) {
            watch.check()?;
            left.extend(led_by(corpus, weights, *unit));
            holders.take_out(corpus, *unit);
        }
        if !regrouped.is_empty() || !left.is_empty() {
            before.standing = Some((doubles.clone(), weights.clone(), corpus.doubles.clone()));
        }
        let mut changed = BTreeSet::new();
        for (unit, double) in regrouped {
            doubles.set(corpus, unit, double.as_ref());
            corpus.doubles[unit as usize] = double;
            holders.put_in(corpus, unit);
            changed.insert(unit);
        }
        holders.add(corpus);
        for (feature, lead) in left {
            watch.check()?;
            let name = |unit: &u32| corpus.units[*unit as usize].name;
            let with = holders.units_with(feature);
            if with.iter().any(|unit| name(unit) == lead) {
                continue;
            }
            let next = with.into_iter().min_by_key(name);
            if let Feature::Gram(hash) = feature {
                weights.pass_on(hash, next.as_ref().map(name));
            }
            changed.extend(next);
        }
        Ok(changed)
    }

    /// What was put in stays, and what is gone goes.
    fn settle(&mut self, articles: &[Arc<Article>], change: &Change, gone: &[u32], from: usize) {
        for unit in gone {
            // Another of that name may have come.
            let name = self.corpus.units[*unit as usize].name;
            self.norms.doubles.forget(name);
            self.corpus.doubles[*unit as usize] = None;
            self.corpus.units[*unit as usize].clear();
        }
        let mut rest = from;
        let known = articles.iter().zip(0..).zip(&change.from);
        let known = known.map(|((article, at), from)| {
            let units = match from {
                Some(known) => self.known[*known as usize].units.clone(),
                None => {
                    let own = self.corpus.units[rest..].iter();
                    let own = own.take_while(|unit| unit.article == at).count();
                    rest += own;
                    (rest - own) as u32..rest as u32
                }
            };
            Known {
                seen: Seen::Here(article.clone()),
                units,
            }
        });
        self.known = known.collect();
    }

    fn put_back(&mut self, before: Before) {
        self.corpus.units.truncate(before.units);
        self.corpus.doubles.truncate(before.units);
        if let Some((doubles, weights, of_units)) = before.standing {
            (self.norms.doubles, self.norms.weights) = (doubles, weights);
            self.corpus.doubles = of_units;
            self.corpus.doubles.truncate(before.units);
        }
        for (known, at) in self.known.iter().zip(0..) {
            for unit in known.units.clone() {
                self.corpus.units[unit as usize].article = at;
            }
        }
        // Some of it may speak of what was put in.
        self.holders = None;
    }

    /// What is left out, with that of articles that have come.
    fn left_out(&self, change: &Change, fresh: Vec<LeftOut>) -> Vec<LeftOut> {
        let kept = self.findings.left_out.iter().filter_map(|one| {
            let article = change.to[one.article as usize]?;
            Some(LeftOut { article, ..*one })
        });
        let mut all: Vec<LeftOut> = kept.chain(fresh).collect();
        all.sort_by_key(|one| one.article);
        all
    }
}

/// The features by which a unit is the one that all others are linked to.
fn led_by(corpus: &Corpus, weights: &Weights, unit: u32) -> Vec<(Feature, u64)> {
    let name = corpus.units[unit as usize].name;
    let mut features = Vec::new();
    let mut led = Vec::new();
    for block in cut_units(corpus, unit..unit + 1) {
        own_features(corpus, &block, &mut features);
        let leads = |feature: &&Feature| {
            let (weight, lead) = weights.of(**feature);
            weight > 0 && lead == Some(name)
        };
        led.extend(
            features
                .iter()
                .filter(leads)
                .map(|feature| (*feature, name)),
        );
    }
    led
}

/// The passages of articles that stay, numbered anew, and those that have come. Where somebody else has the findings
/// too, they keep theirs.
fn with_kept(
    findings: &mut Arc<Findings>,
    fresh: Vec<Passage>,
    stays: impl Fn(u32) -> Option<u32> + Sync,
) -> Vec<Passage> {
    let renumbered =
        |passage: &Passage| Some((stays(passage.a.article)?, stays(passage.b.article)?));
    let mut passages: Vec<Passage> = match Arc::get_mut(findings) {
        Some(findings) => {
            let mut passages = std::mem::take(&mut findings.passages);
            passages.retain_mut(|passage| {
                let stays = renumbered(passage);
                if let Some((a, b)) = stays {
                    (passage.a.article, passage.b.article) = (a, b);
                }
                stays.is_some()
            });
            passages
        }
        None => findings
            .passages
            .par_iter()
            .filter_map(|passage| {
                let (a, b) = renumbered(passage)?;
                let mut passage = passage.clone();
                (passage.a.article, passage.b.article) = (a, b);
                Some(passage)
            })
            .collect(),
    };
    passages.extend(fresh);
    passages
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use std::sync::atomic::Ordering::SeqCst;

    use super::super::Settings;
    use super::*;
    use crate::work::Stop;

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

    /// Three hundred texts: most carry the same line, ninety are near-copies of two texts, of which some lack
    /// the beginning or the end; and eight that come later.
    pub(in super::super) fn folder() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
        let words =
            |texts, words| prop::collection::vec(prop::collection::vec(any::<u16>(), words), texts);
        (words(308, 24), words(4, 60)).prop_map(|(own, long)| {
            let all = own.iter().enumerate().map(|(at, own)| {
                let line = &long[3][..if at % 4 == 1 { 0 } else { 14 }];
                let copied = &long[at % 2];
                text(&match at % 10 {
                    3 => [copied, &own[..4]].concat(),
                    6 => [&copied[..48], &own[..4]].concat(),
                    9 => [&copied[14..], &own[..16]].concat(),
                    _ => [&own[..12], line, &own[12..], &long[2][..at % 13]].concat(),
                })
            });
            let mut all: Vec<String> = all.collect();
            let later = all.split_off(300);
            (all, later)
        })
    }

    pub(in super::super) fn articles<'a>(
        texts: impl Iterator<Item = (usize, &'a String)>,
    ) -> Vec<Arc<Article>> {
        texts
            .map(|(at, text)| Arc::new(Article::bare(&format!("{at:03}.txt"), text)))
            .collect()
    }

    fn leading(detector: &Detector) -> Option<usize> {
        let Detector { corpus, norms, .. } = detector;
        let leads = |unit: &u32| !led_by(corpus, &norms.weights, *unit).is_empty();
        let unit = (0..corpus.units.len() as u32).find(leads)?;
        Some(corpus.units[unit as usize].article as usize)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn what_changes_bit_by_bit_is_found_as_in_a_whole_run(
            (texts, later) in folder(),
            changes in prop::collection::vec((0_u8..5, 0_usize..290), 8),
        ) {
            let watch = Watch::silent();
            let mut detector = Detector::new(Settings::default());
            let mut now = articles(texts.iter().enumerate());
            detector.update(&now, &watch).unwrap();
            prop_assert_eq!(&**detector.findings(), &detector.by_index(&now));
            for ((kind, at), text) in changes.into_iter().zip(&later) {
                match kind {
                    0 => now.insert(at, Arc::new(Article::bare(&format!("{}+", now[at].path), text))),
                    1 => drop(now.remove(at)),
                    2 => now[at] = Arc::new(Article::bare(&now[at].path, text)),
                    // One that stands for many copies, or for all that carry the line.
                    3 => {
                        let copies = detector.findings().copies.first();
                        now.remove(copies.map_or(at, |copies| copies.first as usize));
                    }
                    _ => drop(now.remove(leading(&detector).unwrap_or(at))),
                }
                detector.update(&now, &watch).unwrap();
                prop_assert_eq!(&**detector.findings(), &detector.by_index(&now));
                // That was no whole run.
                prop_assert!(detector.changed > 0);
            }
            let bytes = detector.to_bytes(&watch).unwrap();
            let again = Detector::from_bytes(&bytes, &Settings::default(), &watch);
            let mut again = again.unwrap().unwrap();
            prop_assert_eq!(again.findings(), detector.findings());
            now.remove(7);
            again.update(&now, &watch).unwrap();
            prop_assert_eq!(&**again.findings(), &again.by_index(&now));
        }

        #[test]
        fn several_go_at_once_one_that_stands_for_others_among_them(
            (texts, later) in folder(),
            at in 0_usize..280,
        ) {
            let watch = Watch::silent();
            let mut detector = Detector::new(Settings::default());
            let mut now = articles(texts.iter().enumerate());
            detector.update(&now, &watch).unwrap();
            // Those that come in front stand behind all others in the order of their units.
            for (number, text) in later[..3].iter().enumerate() {
                now.insert(0, Arc::new(Article::bare(&format!("+{number}"), text)));
            }
            detector.update(&now, &watch).unwrap();
            let copies = detector.findings().copies.first();
            now.remove(copies.map_or(at, |copies| copies.first as usize));
            now.drain(..2);
            detector.update(&now, &watch).unwrap();
            prop_assert_eq!(&**detector.findings(), &detector.by_index(&now));
            prop_assert!(detector.changed > 0);
        }
    }

    #[test]
    fn what_is_stopped_leaves_all_as_it_was() {
        // Nine texts, each seven times with another word at the end.
        let own = |at: u16| {
            (0..60)
                .map(move |i| 2 * (at % 9 * 61 + i * 7) + 1)
                .chain([at])
        };
        let texts: Vec<String> = (0..63)
            .map(|at| text(&own(at).collect::<Vec<_>>()))
            .collect();
        let mut now = articles(texts.iter().enumerate());
        let mut detector = Detector::new(Settings::default());
        detector.update(&now, &Watch::silent()).unwrap();
        assert!(!detector.findings().copies.is_empty());
        let before = detector.findings().clone();
        let first = before.copies[0].first as usize;
        let gone = now.remove(first);
        // At each of the moments at which it is told how far it has come, one after the other.
        let mut stops = 0;
        loop {
            let stop = Stop::default();
            let left = std::sync::atomic::AtomicUsize::new(stops);
            let own = stop.clone();
            let watch = Watch::new(stop, move |_| {
                if left
                    .fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1))
                    .is_err()
                {
                    own.stop();
                }
            });
            if detector.update(&now, &watch).is_ok() {
                break;
            }
            assert_eq!(detector.findings(), &before);
            stops += 1;
        }
        assert!(stops > 0);
        assert_eq!(**detector.findings(), detector.by_index(&now));
        now.insert(first, gone);
        detector.update(&now, &Watch::silent()).unwrap();
        assert_eq!(**detector.findings(), detector.by_index(&now));
    }
}
