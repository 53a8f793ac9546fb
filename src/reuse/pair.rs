//! Goes through the pairs of blocks that the index proposes and keeps what they share.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::describe::{LONG, Stand, describe, describe_long};
use super::evidence::Evidence;
use super::findings::{Passage, PassageKind};
use super::fingerprint::{Block, Index, Tally};
use super::judge::Judge;
use super::lay::{self, Judged, Laid};
use super::merge;
use super::peaks::Stretch;
use super::proposal::Blocks;
use super::region::{Finder, Of, Part, Region, Text};
use super::runs::{Runs, SURE};
use super::way::Way;
use super::why::Rule;
use super::words::{Corpus, Unit, Word};
use crate::article::Article;
use crate::work::{Stage, Stopped, Watch};

/// Nats that a stretch needs to count when it stands right beside a passage on both sides.
const BESIDE: f32 = 10.0;

/// Share of what a likely region needs that one of its sides has to say where all of the other text is opposite.
const PROMISING: f32 = 0.35;

/// A region between two units, of which the first leads.
pub(super) struct Accepted {
    pub unit_a: u32,
    pub unit_b: u32,
    /// `None` for what is no passage by itself, but may be part of one beside it.
    pub kind: Option<PassageKind>,
    pub laid: Laid,
    /// Made of several: its joins are those of the parts and have to be laid anew.
    pub united: bool,
}

/// A region with what is thought of it.
pub(super) struct Considered {
    pub unit_a: u32,
    pub unit_b: u32,
    pub laid: Laid,
    pub verdict: Result<PassageKind, Rule>,
}

/// All that is needed to compare any two texts of a folder.
pub(super) struct Aligner<'a> {
    articles: &'a [Arc<Article>],
    pub(super) corpus: &'a Corpus,
    judge: &'a Judge<'a>,
    pub(super) evidence: Evidence,
}

/// Buffers of one thread.
#[derive(Default)]
pub(super) struct Scratch {
    tally: Tally,
    partners: Vec<u32>,
    finder: Finder,
    runs: Runs,
    stand: Stand,
    /// The block that `runs` remembers.
    remembered: Option<Block>,
}

impl Scratch {
    /// Runs of [`SURE`] words and more that two blocks have in common, by their places in the texts.
    pub fn runs(&mut self, (a, x): (&[Word], &Block), (b, y): (&[Word], &Block)) -> Vec<Laid> {
        if self.remembered != Some(*x) {
            self.runs.remember(&a[x.words()]);
            self.remembered = Some(*x);
        }
        let mut found = self.runs.find(&a[x.words()], &b[y.words()]);
        for run in &mut found {
            run.shift(x.from as usize, y.from as usize);
        }
        found
    }
}

impl<'a> Aligner<'a> {
    pub fn new(articles: &'a [Arc<Article>], corpus: &'a Corpus, judge: &'a Judge<'a>) -> Self {
        Self {
            articles,
            corpus,
            judge,
            evidence: Evidence::new(corpus),
        }
    }

    /// Everything that the folder's texts share. Between two shares of the work something else may be done: `aside`.
    pub fn all(
        &self,
        index: &Index,
        aside: &(dyn Fn() + Sync),
        watch: &Watch,
    ) -> Result<Vec<Passage>, Stopped> {
        let total = index.blocks.len();
        let done = AtomicUsize::new(0);
        let found: Vec<(Vec<Passage>, Vec<Blocks>)> = (0..total as u32)
            .into_par_iter()
            .map_init(Scratch::default, |scratch, at| {
                let mut partners = std::mem::take(&mut scratch.partners);
                index.partners(at, &mut scratch.tally, &mut partners);
                let (mut whole, mut parts) = (Vec::new(), Vec::new());
                for partner in &partners {
                    watch.check()?;
                    let (x, y) = (index.blocks[at as usize], index.blocks[*partner as usize]);
                    // Of long texts only a part is seen here.
                    if x.piece || y.piece {
                        parts.push((x, y));
                    } else {
                        self.blocks(scratch, self.part(x), self.part(y), &mut whole);
                    }
                }
                scratch.partners = partners;
                let whole = merge::tidy(self.corpus, whole);
                let before = done.fetch_add(1, Ordering::Relaxed);
                if before.is_multiple_of(64) {
                    watch.progress(Stage::Aligning, before, total);
                    aside();
                }
                let whole = whole.into_iter();
                let described = whole.map(|one| self.describe(&mut scratch.stand, one));
                Ok((described.collect(), parts))
            })
            .collect::<Result<_, Stopped>>()?;
        let (mut passages, mut parts) = (Vec::new(), Vec::new());
        for (whole, of_long) in found {
            passages.extend(whole);
            parts.extend(of_long);
        }
        let way = &mut Way::AllThreads(watch);
        passages.extend(self.describe_each(self.long(parts, way)?, way)?);
        Ok(passages)
    }

    /// What these pairs of blocks share.
    pub fn some(&self, pairs: &[Blocks], way: &mut Way<Scratch>) -> Result<Vec<Passage>, Stopped> {
        let (parts, whole): (Vec<_>, Vec<_>) = pairs.iter().partition(|(x, y)| x.piece || y.piece);
        let whole = whole.into_iter().map(|(x, y)| (self.part(x), self.part(y)));
        let mut found = merge::tidy(self.corpus, self.each(whole.collect(), way)?);
        found.extend(self.long(parts, way)?);
        self.describe_each(found, way)
    }

    /// What each of these pairs shares.
    pub(super) fn each(
        &self,
        pairs: Vec<(Part, Part)>,
        way: &mut Way<Scratch>,
    ) -> Result<Vec<Accepted>, Stopped> {
        let found = way.each(pairs, |scratch, (x, y), _| {
            let mut out = Vec::new();
            self.blocks(scratch, x, y, &mut out);
            Ok(out)
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    fn describe_each(
        &self,
        accepted: Vec<Accepted>,
        way: &mut Way<Scratch>,
    ) -> Result<Vec<Passage>, Stopped> {
        let is_long = |one: &Accepted| one.laid.joins.len() > LONG;
        let (long, short): (Vec<_>, Vec<_>) = accepted.into_iter().partition(is_long);
        let mut passages = way.each(short, |scratch, one, _| {
            Ok(self.describe(&mut scratch.stand, one))
        })?;
        for one in long {
            passages.push(describe_long(self.articles, self.corpus, one, way)?);
        }
        Ok(passages)
    }

    fn part(&self, block: Block) -> Part {
        Part::of(block, self.corpus.units[block.unit as usize].words.len())
    }

    fn describe(&self, stand: &mut Stand, accepted: Accepted) -> Passage {
        describe(self.articles, self.corpus, stand, accepted)
    }

    /// Everything that any of these blocks has in common with any of those, whatever it is.
    pub fn consider(&self, these: &[Block], those: &[Block]) -> Vec<Considered> {
        let mut scratch = Scratch::default();
        let mut out = Vec::new();
        let unit = |block: &Block| &self.corpus.units[block.unit as usize];
        for (x, y) in these.iter().flat_map(|x| those.iter().map(move |y| (x, y))) {
            let (x, y) = if leads(unit(y), unit(x)) {
                (y, x)
            } else {
                (x, y)
            };
            let (a, b) = (&unit(x).words[..], &unit(y).words[..]);
            let units = (x.unit, y.unit);
            let judge = |laid: &Laid| self.verdict(units, laid).ok();
            let runs = scratch.runs((a, x), (b, y));
            let finder = &mut scratch.finder;
            let (of_a, of_b) = (text(a, self.part(*x)), text(b, self.part(*y)));
            finder.meet(&self.evidence, of_a, of_b, Of::A);
            let rough = finder.rough(&self.evidence);
            finder.widen(of_a, of_b);
            let mut judged = Vec::new();
            for region in finder.regions(&self.evidence, rough.iter(), &[]) {
                lay::lay(&self.evidence, finder, (a, b), &region, judge, &mut judged);
            }
            let laid = judged.into_iter().map(|one| one.laid);
            out.extend(runs.into_iter().chain(laid).map(|laid| Considered {
                unit_a: x.unit,
                unit_b: y.unit,
                verdict: self.verdict(units, &laid),
                laid,
            }));
        }
        out
    }

    pub(super) fn verdict(&self, units: (u32, u32), laid: &Laid) -> Result<PassageKind, Rule> {
        self.judge.verdict(&self.evidence, self.corpus, units, laid)
    }

    /// What two blocks share. The longer unit leads, whichever article it is from, so that the result
    /// doesn't depend on the order of the articles.
    pub(super) fn blocks(&self, scratch: &mut Scratch, x: Part, y: Part, out: &mut Vec<Accepted>) {
        let unit = |part: Part| &self.corpus.units[part.block.unit as usize];
        if unit(x).article == unit(y).article {
            return;
        }
        let (x, y, kept) = if leads(unit(y), unit(x)) {
            (y, x, Of::B)
        } else {
            (x, y, Of::A)
        };
        let (a, b) = (&unit(x).words[..], &unit(y).words[..]);
        let (of_a, of_b) = (text(a, x), text(b, y));
        let (x, y) = (x.block, y.block);
        scratch.finder.meet(&self.evidence, of_a, of_b, kept);
        let judge = |laid: &Laid| self.verdict((x.unit, y.unit), laid).ok();
        let mut judged = Vec::new();
        if scratch.finder.streak >= SURE {
            let runs = scratch.runs((a, &x), (b, &y)).into_iter();
            judged.extend(runs.map(|laid| Judged {
                kind: judge(&laid),
                laid,
            }));
        }
        let finder = &mut scratch.finder;
        let likely = self.judge.likely();
        let stretches = finder.one_sided(&self.evidence);
        let promising = |(_, sum): &&Stretch| *sum >= PROMISING * likely;
        let mut rough = finder.rough_of(&self.evidence, stretches.iter().filter(promising));
        if judged.is_empty() && rough.iter().all(|rough| rough.score < likely) {
            return;
        }
        finder.widen(of_a, of_b);
        // A region says more as a bag of words than it does word to word, but for its order. So only what
        // stands out can become a passage; the rest is sought once there is one that it may stand beside.
        let first = rough.iter().filter(|rough| rough.score >= likely);
        let regions = finder.regions(&self.evidence, first, &[]);
        let (strong, weak): (Vec<Region>, Vec<Region>) = regions.into_iter().partition(|region| {
            let in_region = |run: &Judged| region.touches(&run.laid.a, &run.laid.b);
            let has_run = judged.iter().any(in_region);
            self.judge.may_stand_out(
                &self.evidence,
                self.corpus,
                finder,
                (x.unit, y.unit),
                region,
                has_run,
            )
        });
        for region in &strong {
            lay::lay(&self.evidence, finder, (a, b), region, judge, &mut judged);
        }
        if judged.iter().all(|one| one.kind.is_none()) {
            return;
        }
        if !strong.is_empty() {
            rough.retain(|rough| rough.score < likely);
            let faint = stretches.iter().filter(|stretch| !promising(stretch));
            rough.extend(finder.rough_of(&self.evidence, faint));
            rough.sort_by_key(|rough| rough.a.start);
            let known: Vec<Region> = strong.into_iter().chain(weak.iter().cloned()).collect();
            let more = finder.regions(&self.evidence, rough.iter(), &known);
            let weak = weak.iter().chain(&more);
            for region in weak.filter(|region| region.score >= BESIDE) {
                lay::lay(&self.evidence, finder, (a, b), region, judge, &mut judged);
            }
        }
        for Judged { laid, kind } in judged {
            if kind.is_some() || laid.score >= BESIDE {
                out.push(Accepted::new((x.unit, y.unit), laid, kind));
            }
        }
    }
}

impl Accepted {
    pub fn new((unit_a, unit_b): (u32, u32), mut laid: Laid, kind: Option<PassageKind>) -> Self {
        // Of two books all parts are kept until they can be united.
        laid.joins.shrink_to_fit();
        Self {
            unit_a,
            unit_b,
            kind,
            laid,
            united: false,
        }
    }
}

fn text(words: &[Word], part: Part) -> Text<'_> {
    Text { words, part }
}

/// True if the first of two units leads where they are compared.
pub(super) fn leads(x: &Unit, y: &Unit) -> bool {
    (x.words.len(), x.mark, x.name) > (y.words.len(), y.mark, y.name)
}
