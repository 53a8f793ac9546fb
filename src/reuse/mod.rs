//! Finds the passages that articles share, and says what was changed in them. Articles in, findings out:
//! knows no files, no window and no clock.
//!
//! ```text
//! words → fingerprint → region → lay, align → judge → merge → edits → families
//!  ids     which pairs   where    word to      copy,   what a   kinds    who is
//!  and     to look at    in each  word         re-     reader             connected
//!  chance                text                  worded  sees as one
//! ```
//!
//! How common each word is, is measured on the folder and laid over what is known of Arabic news, so five
//! short articles need no other settings than a hundred thousand long ones. A passage is what stands out
//! from chance on both sides ([`region`]); how far it has to stand out grows with the size of the folder,
//! as in sequence search (the E-value of Karlin and Altschul 1990): a larger folder has more chances.
//!
//! Same articles and settings, same findings: at any number of threads, in whatever order they come.

mod align;
mod carried;
mod describe;
mod edits;
mod families;
mod findings;
mod fingerprint;
mod formula;
mod grade;
mod judge;
mod lay;
mod lines;
mod merge;
mod pair;
mod parts;
mod region;
mod runs;
mod settings;
mod sketch;
#[cfg(test)]
mod tests;
mod why;
mod words;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::article::Article;
use crate::work::{Stage, Stopped, Watch};

pub use carried::{Carrier, carriers};
pub use findings::{
    Edit, EditKind, Family, Findings, LeftOut, LeftOutReason, Passage, PassageKind, Side,
};
pub use settings::Settings;
pub use why::{Common, Rule, WhyNot, why_not};

use describe::span;
use fingerprint::Index;
use formula::Formulas;
use judge::Judge;
use pair::Aligner;
use words::{Corpus, Unit};

/// All passages that the articles share, with their edits and families.
///
/// Articles are best given in the order of their paths; in any other order the same passages are found,
/// and side `a` is still the one whose path comes first. Text of one article is never matched with itself,
/// and only [`Article::body`] is looked at.
///
/// Memory: about 4 bytes a word, and an index of three times that size.
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
    let formulas = Formulas::new(&corpus, watch)?;
    let judge = Judge::new(&corpus, &formulas, settings);
    let passages = Aligner::new(articles, &corpus, &judge).all(&index, watch)?;
    watch.progress(Stage::Families, 0, 0);
    let left_out = left_out(&corpus, &formulas, settings, watch)?;
    Ok(Findings {
        left_out,
        ..families::gather(articles, passages)
    })
}

/// Formulas long enough for a passage, and the lines that frame articles.
fn left_out(
    corpus: &Corpus,
    formulas: &Formulas,
    settings: &Settings,
    watch: &Watch,
) -> Result<Vec<LeftOut>, Stopped> {
    let of_unit = |(number, unit): (usize, &Unit)| {
        let mut stretches: Vec<(Range<usize>, LeftOutReason)> = Vec::new();
        for line in &unit.framing {
            let words = line.start as usize..line.end as usize;
            stretches.push((words, LeftOutReason::Framing));
        }
        for run in formulas.runs(number) {
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
    };
    let found: Vec<Vec<LeftOut>> = corpus
        .units
        .par_iter()
        .enumerate()
        .map(|unit| {
            watch.check()?;
            Ok(of_unit(unit))
        })
        .collect::<Result<_, Stopped>>()?;
    Ok(found.into_iter().flatten().collect())
}
