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
mod pair;
mod region;
mod runs;
mod settings;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;

use rayon::prelude::*;

use crate::article::{Article, Span};
use crate::work::{Stage, Stopped, Watch};

pub use findings::{Edit, EditKind, Family, Findings, Passage, PassageKind, Side};
pub use settings::Settings;

use fingerprint::Index;
use formula::Formulas;
use judge::Judge;
use pair::{Accepted, Aligner};
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
    let formulas = Formulas::new(&corpus, watch)?;
    let judge = Judge::new(&corpus, &formulas, settings);
    let found = Aligner::new(&corpus, &judge).all(&index, watch)?;
    let passages = describe_all(articles, &corpus, found, watch)?;
    watch.progress(Stage::Families, 0, 0);
    Ok(families::gather(articles, passages))
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
