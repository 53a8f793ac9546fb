//! What stands beside the passages in what was found: stretches that are not counted, and articles that another one
//! stands for. Decides neither; it only lists them.

use std::ops::Range;

use super::describe::span;
use super::words::{Corpus, Unit};
use super::{Copies, LeftOut, LeftOutReason, Settings};

/// The articles that one of them stands for.
pub(super) fn copies(corpus: &Corpus) -> Vec<Copies> {
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
pub(super) fn left_out(unit: &Unit, settings: &Settings) -> Vec<LeftOut> {
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
