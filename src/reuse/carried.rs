//! Which of some articles carry a given text, copied or reworded: one text against each of them, with the
//! same alignment and judgement as in detection.
//!
//! A person who asks for a text means it: what detection would leave out for being short or a formula is
//! counted here as soon as an article has most of it.

use std::sync::Arc;

use super::detector::learnt;
use super::judge::Judge;
use super::pair::{Aligner, Considered};
use super::words::Corpus;
use super::{PassageKind, Settings, fingerprint, span};
use crate::article::{Article, Span};
use crate::work::{Stopped, Watch};

/// An article that carries the text, or part of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Carrier {
    /// Index into the articles that were given.
    pub article: u32,
    /// In the article, by where they start.
    pub spans: Vec<Span>,
    pub kind: PassageKind,
    /// Words of the text that the article has, in the same spelling or another.
    pub words: u32,
    /// Share of the text's words that it has, 0 to 1.
    pub share: f32,
}

/// Share of a text's words that an article must have where the judgement alone would leave it out.
const MOST: f32 = 0.6;

/// The carriers of `text` among `articles`, those with most of it first.
///
/// Takes time by the number of articles: choose likely ones first.
///
/// # Errors
/// [`Stopped`] within some milliseconds of being asked to.
pub fn carriers(
    text: &str,
    articles: &[Arc<Article>],
    settings: &Settings,
    watch: &Watch,
) -> Result<Vec<Carrier>, Stopped> {
    let mut all = vec![Arc::new(Article::bare("", text))];
    all.extend(articles.iter().cloned());
    let mut corpus = Corpus::new(&all, settings, watch)?;
    learnt(&mut corpus, watch)?;
    let judge = Judge::new(&corpus, settings);
    let aligner = Aligner::new(&all, &corpus, &judge);
    let mut blocks: Vec<Vec<fingerprint::Block>> = vec![Vec::new(); all.len()];
    for block in fingerprint::cut(&corpus) {
        let article = corpus.units[block.unit as usize].article;
        blocks[article as usize].push(block);
    }
    let asked = corpus.units.iter().filter(|unit| unit.article == 0);
    let words: usize = asked.map(|unit| unit.words.len()).sum();
    let mut found = Vec::new();
    for article in 1..all.len() {
        watch.check()?;
        let considered = aligner.consider(&blocks[0], &blocks[article]);
        let carrier = carrier(&corpus, article as u32, &considered, words);
        found.extend(carrier.map(|carrier| Carrier {
            article: carrier.article - 1,
            ..carrier
        }));
    }
    found.sort_by(|x, y| y.words.cmp(&x.words).then(x.article.cmp(&y.article)));
    Ok(found)
}

fn carrier(
    corpus: &Corpus,
    article: u32,
    considered: &[Considered],
    words: usize,
) -> Option<Carrier> {
    let mut taken = vec![false; words];
    let mut spans = Vec::new();
    let (mut copied, mut judged) = (0, 0);
    let equal = |one: &Considered| {
        let (a, b) = (
            &corpus.units[one.unit_a as usize],
            &corpus.units[one.unit_b as usize],
        );
        let same = |x: usize, y: usize| a.words[x] == b.words[y];
        one.laid
            .joins
            .iter()
            .filter(|join| same(join.a(), join.b()))
            .count()
    };
    let mut best: Vec<&Considered> = considered.iter().collect();
    best.sort_by_key(|one| {
        (
            std::cmp::Reverse(equal(one)),
            one.laid.a.start,
            one.laid.b.start,
        )
    });
    for one in best {
        let first_is_text = corpus.units[one.unit_a as usize].article != article;
        let (own, there) = match first_is_text {
            true => (&one.laid.a, &one.laid.b),
            false => (&one.laid.b, &one.laid.a),
        };
        let unit = &corpus.units[if first_is_text {
            one.unit_b
        } else {
            one.unit_a
        } as usize];
        let most = equal(one) as f32 >= MOST * words as f32;
        if one.verdict.is_err() && !most {
            continue;
        }
        // Repeated in the article, the text is carried once all the same.
        let fresh = own
            .clone()
            .filter(|at| !taken.get(*at).copied().unwrap_or(true))
            .count();
        if fresh * 2 < own.len() {
            continue;
        }
        for slot in taken.get_mut(own.clone()).into_iter().flatten() {
            *slot = true;
        }
        judged += one.laid.joins.len();
        let close = equal(one) * 5 >= own.len().max(there.len()) * 4;
        if one.verdict == Ok(PassageKind::Copy) || one.verdict.is_err() && close {
            copied += one.laid.joins.len();
        }
        spans.push(span(&unit.places()[there.clone()]));
    }
    spans.sort();
    let has = taken.iter().filter(|taken| **taken).count();
    (!spans.is_empty()).then(|| Carrier {
        article,
        spans,
        kind: match copied * 2 >= judged {
            true => PassageKind::Copy,
            false => PassageKind::Reworded,
        },
        words: has as u32,
        share: has as f32 / words.max(1) as f32,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_where_it_is_copied_and_where_it_is_reworded() {
        let sentence = "أعلنت بلدية المرسى أن الجسر القديم سيغلق أمام الشاحنات ثلاثة أسابيع اعتبارا من صباح الأحد";
        let other =
            "قال رئيس نادي الشراع إن الفريق أنهى استعداداته للمباراة النهائية في ملعب الواحة";
        let articles: Vec<Arc<Article>> = [
            format!("{other}. {sentence}. {other} مساء أمس."),
            other.to_owned(),
            format!("أفادت مصادر محلية بأن بلدية المرسى ستغلق الجسر القديم أمام الشاحنات ثلاثة أسابيع ابتداء من الأحد. {other}"),
        ]
        .iter()
        .enumerate()
        .map(|(at, text)| Arc::new(Article::bare(&format!("{at}.txt"), text)))
        .collect();
        let found = carriers(sentence, &articles, &Settings::default(), &Watch::silent()).unwrap();
        let who: Vec<u32> = found.iter().map(|carrier| carrier.article).collect();
        assert_eq!(who, [0, 2]);
        assert_eq!(found[0].kind, PassageKind::Copy);
        assert_eq!(found[0].spans[0].of(&articles[0].text), sentence);
        assert_eq!(found[0].share, 1.0);
        assert!(found[1].share > 0.5);
    }
}
