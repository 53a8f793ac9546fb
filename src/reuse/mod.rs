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

use crate::article::{Article, Span};
use crate::work::{Stage, Stopped, Watch};

pub use carried::{Carrier, carriers};
pub use findings::{
    Edit, EditKind, Family, Findings, LeftOut, LeftOutReason, Passage, PassageKind, Side,
};
pub use settings::Settings;
pub use why::{Common, Rule, WhyNot, why_not};

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
    let of_unit = |unit: &Unit| {
        let mut out: Vec<LeftOut> = Vec::new();
        let mut push = |words: Range<usize>, reason| {
            out.push(LeftOut {
                article: unit.article,
                span: span(&unit.words[words]),
                reason,
            });
        };
        for line in &unit.framing {
            push(
                line.start as usize..line.end as usize,
                LeftOutReason::Framing,
            );
        }
        let stale = formulas.mark(&unit.words);
        let mut from = 0;
        for run in stale.chunk_by(|x, y| x == y) {
            if run[0] && run.len() >= settings.min_words as usize {
                push(from..from + run.len(), LeftOutReason::Formula);
            }
            from += run.len();
        }
        out.sort_by_key(|one| (one.span, one.reason));
        out
    };
    let found: Vec<Vec<LeftOut>> = corpus
        .units
        .par_iter()
        .map(|unit| {
            watch.check()?;
            Ok(of_unit(unit))
        })
        .collect::<Result<_, Stopped>>()?;
    Ok(found.into_iter().flatten().collect())
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
            let texts = (&first(unit_a).text, &first(unit_b).text);
            let [prefix_a, prefix_b] =
                edits::prefixes((texts.0, &unit_a.words), (texts.1, &unit_b.words), &laid);
            let from = |words: &[Word], prefix: u32| {
                let whole = span(words);
                Span {
                    start: whole.start + prefix,
                    ..whole
                }
            };
            let (span_a, span_b) = with_marks(
                (
                    texts.0,
                    unit_a.body,
                    from(&unit_a.words[laid.a.clone()], prefix_a),
                ),
                (
                    texts.1,
                    unit_b.body,
                    from(&unit_b.words[laid.b.clone()], prefix_b),
                ),
            );
            let side = |unit: &Unit, span: Span| Side {
                article: unit.article,
                span,
            };
            let equal = laid
                .joins
                .iter()
                .filter(|join| unit_a.words[join.a].form == unit_b.words[join.b].form)
                .count();
            let shorter = laid.a.len().min(laid.b.len());
            Ok(Passage {
                a: side(unit_a, span_a),
                b: side(unit_b, span_b),
                kind: accepted.kind.unwrap_or(PassageKind::Reworded),
                words: shorter as u32,
                similarity: equal as f32 / laid.a.len().max(laid.b.len()) as f32,
                family: 0,
                edits: edits::name_edits(
                    (texts.0, &unit_a.words),
                    (texts.1, &unit_b.words),
                    &laid,
                    &corpus.chance,
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

/// One side of a passage: the text, the stretch of body it lies in, and its first to last word.
type Bare<'a> = (&'a str, Span, Span);

/// Takes in the quotation marks, brackets and stops at the ends, where both sides have some.
fn with_marks(a: Bare, b: Bare) -> (Span, Span) {
    let opens = |c: char| matches!(c, '(' | '[' | '{' | '«' | '“' | '"' | '‘');
    let closes = |c: char| {
        matches!(
            c,
            '.' | '!' | '?' | '؟' | '…' | ')' | ']' | '}' | '»' | '”' | '"' | '’'
        )
    };
    let before = |(text, body, span): Bare| {
        let head = text
            .get(body.start as usize..span.start as usize)
            .unwrap_or("");
        (head.len() - head.trim_end_matches(opens).len()) as u32
    };
    let behind = |(text, body, span): Bare| {
        let tail = text.get(span.end as usize..body.end as usize).unwrap_or("");
        (tail.len() - tail.trim_start_matches(closes).len()) as u32
    };
    let both = |x: u32, y: u32| if x.min(y) > 0 { (x, y) } else { (0, 0) };
    let heads = both(before(a), before(b));
    let tails = both(behind(a), behind(b));
    let widened = |span: Span, head: u32, tail: u32| Span {
        start: span.start - head,
        end: span.end + tail,
    };
    (
        widened(a.2, heads.0, tails.0),
        widened(b.2, heads.1, tails.1),
    )
}
