//! Finds the passages that articles share, and says what was changed in them. Articles in, findings out:
//! knows no files, no window and no clock.
//!
//! ```text
//! words → fingerprint → region → align → judge → edits → families
//!  ids     which pairs   where    word     copy,   kinds    who is
//!  and     to look at    in each  to       re-              connected
//!  chance                text     word     worded
//! ```
//!
//! How common each word is, is measured on the folder and laid over what is known of Arabic news, so five
//! short articles need no other settings than a hundred thousand long ones. A passage is what stands out
//! from chance on both sides ([`region`]); how far it has to stand out grows with the size of the folder,
//! as in sequence search (the E-value of Karlin and Altschul 1990): a larger folder has more chances.
//!
//! Same articles and settings, same findings: at any number of threads, in whatever order they come.

mod align;
mod edits;
mod families;
mod findings;
mod fingerprint;
mod formula;
mod grade;
mod judge;
mod lay;
mod merge;
mod region;
mod settings;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::article::{Article, Span};
use crate::work::{Stage, Stopped, Watch};

pub use findings::{Edit, EditKind, Family, Findings, Passage, PassageKind, Side};
pub use settings::Settings;

use fingerprint::{Block, Index, Tally};
use formula::Formulas;
use judge::Judge;
use lay::Laid;
use region::{Evidence, Finder};
use words::{Corpus, Unit, Word};

/// All passages that the articles share, with their edits and families.
///
/// Articles are best given in the order of their paths; in any other order the same passages are found,
/// and side `a` is still the one whose path comes first. Text of one article is never matched with itself,
/// and only [`Article::body`] is looked at.
///
/// Memory: about 16 bytes a word, and an index of about the same size while it is built.
///
/// # Errors
/// [`Stopped`] within some milliseconds of being asked to.
pub fn detect(
    articles: &[Arc<Article>],
    settings: &Settings,
    watch: &Watch,
) -> Result<Findings, Stopped> {
    let corpus = Corpus::new(articles, settings, watch)?;
    let index = Index::new(&corpus, watch)?;
    let evidence = Evidence::new(&corpus);
    let formulas = Formulas::new(&corpus, watch)?;
    let judge = Judge::new(&corpus, &formulas, settings);
    let found = align_all(&corpus, &index, &evidence, &judge, watch)?;
    let passages = describe_all(articles, &corpus, found, watch)?;
    watch.progress(Stage::Families, 0, 0);
    Ok(families::gather(articles, passages))
}

/// Nats that a stretch needs to count when it stands right beside a passage on both sides.
const BESIDE: f32 = 10.0;

/// A region between two units.
struct Accepted {
    unit_a: u32,
    unit_b: u32,
    /// `None` for what is no passage by itself, but may be part of one beside it.
    kind: Option<PassageKind>,
    laid: Laid,
}

fn align_all(
    corpus: &Corpus,
    index: &Index,
    evidence: &Evidence,
    judge: &Judge,
    watch: &Watch,
) -> Result<Vec<Accepted>, Stopped> {
    let total = index.blocks.len();
    let done = AtomicUsize::new(0);
    let scratch = || (Tally::default(), Vec::new(), Finder::default());
    let found: Vec<Vec<Accepted>> = (0..total as u32)
        .into_par_iter()
        .map_init(scratch, |(tally, partners, finder), at| {
            index.partners(at, tally, partners);
            let mut out = Vec::new();
            for partner in partners.iter() {
                watch.check()?;
                let (x, y) = (&index.blocks[at as usize], &index.blocks[*partner as usize]);
                align_blocks(corpus, evidence, judge, finder, x, y, &mut out);
            }
            let before = done.fetch_add(1, Ordering::Relaxed);
            if before.is_multiple_of(64) {
                watch.progress(Stage::Aligning, before, total);
            }
            Ok(out)
        })
        .collect::<Result<_, Stopped>>()?;
    Ok(merge::tidy(corpus, found.into_iter().flatten().collect()))
}

/// Everything that two blocks share. The longer unit leads, whichever article it is from, so that the
/// result doesn't depend on the order of the articles.
fn align_blocks(
    corpus: &Corpus,
    evidence: &Evidence,
    judge: &Judge,
    finder: &mut Finder,
    x: &Block,
    y: &Block,
    out: &mut Vec<Accepted>,
) {
    let (unit_x, unit_y) = (
        &corpus.units[x.unit as usize],
        &corpus.units[y.unit as usize],
    );
    if unit_x.article == unit_y.article {
        return;
    }
    let swap = leads(unit_y, unit_x);
    let (x, y) = if swap { (y, x) } else { (x, y) };
    let (a, b) = (
        &corpus.units[x.unit as usize].words[..],
        &corpus.units[y.unit as usize].words[..],
    );
    let regions = finder.regions(evidence, (a, x.words()), (b, y.words()));
    let mut laid = Vec::new();
    for region in regions {
        lay::lay(evidence, finder, a, b, &region, &mut laid);
    }
    let kinds: Vec<_> = laid
        .iter()
        .map(|laid| judge.kind(evidence, a, b, laid))
        .collect();
    if kinds.iter().all(Option::is_none) {
        return;
    }
    for (laid, kind) in laid.into_iter().zip(kinds) {
        if kind.is_none() && laid.score < BESIDE {
            continue;
        }
        let (unit_a, unit_b, laid) = if x.unit < y.unit {
            (x.unit, y.unit, laid)
        } else {
            (y.unit, x.unit, laid.swapped())
        };
        out.push(Accepted {
            unit_a,
            unit_b,
            kind,
            laid,
        });
    }
}

fn leads(x: &Unit, y: &Unit) -> bool {
    let forms = |unit: &Unit| -> Vec<u32> { unit.words.iter().map(|word| word.form).collect() };
    match x.words.len().cmp(&y.words.len()) {
        std::cmp::Ordering::Equal => forms(x) > forms(y),
        order => order.is_gt(),
    }
}

/// Turns regions of words into passages of text.
fn describe_all(
    articles: &[Arc<Article>],
    corpus: &Corpus,
    found: Vec<Accepted>,
    watch: &Watch,
) -> Result<Vec<Passage>, Stopped> {
    found
        .into_par_iter()
        .map(|accepted| {
            watch.check()?;
            let (unit_a, unit_b) = (
                &corpus.units[accepted.unit_a as usize],
                &corpus.units[accepted.unit_b as usize],
            );
            let first = |unit: &Unit| &articles[unit.article as usize];
            let in_order = first(unit_a).path <= first(unit_b).path;
            let (unit_a, unit_b, laid) = if in_order {
                (unit_a, unit_b, accepted.laid)
            } else {
                (unit_b, unit_a, accepted.laid.swapped())
            };
            let side = |unit: &Unit, range: &std::ops::Range<usize>| Side {
                article: unit.article,
                span: span(&unit.words[range.clone()]),
            };
            let equal = laid
                .joins
                .iter()
                .filter(|join| unit_a.words[join.a].form == unit_b.words[join.b].form)
                .count();
            let shorter = laid.a.len().min(laid.b.len());
            Ok(Passage {
                a: side(unit_a, &laid.a),
                b: side(unit_b, &laid.b),
                kind: accepted.kind.unwrap_or(PassageKind::Reworded),
                words: shorter as u32,
                similarity: equal as f32 / laid.a.len().max(laid.b.len()) as f32,
                family: 0,
                edits: edits::name_edits(
                    (&first(unit_a).text, &unit_a.words),
                    (&first(unit_b).text, &unit_b.words),
                    &laid,
                ),
            })
        })
        .collect()
}

fn span(words: &[Word]) -> Span {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => Span {
            start: first.start,
            end: last.end,
        },
        _ => Span::default(),
    }
}
