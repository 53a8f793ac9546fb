//! Why two articles share no passage: the strongest thing they have in common, and the rule that left it
//! out. The same judgement as in detection, asked about one pair; never a second opinion.

use std::sync::Arc;

use super::detector::learnt;
use super::findings::Side;
use super::fingerprint::{self, Index};
use super::judge::Judge;
use super::pair::{Aligner, Considered};
use super::way::Way;
use super::words::Corpus;
use super::{Settings, span};
use crate::article::{Article, FurnitureReason, Span};
use crate::work::{Stopped, Watch};

/// The answer for two articles.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyNot {
    /// `None` if they have nothing in common that is worth showing.
    pub strongest: Option<Common>,
    pub rule: Rule,
}

/// A stretch that two articles have in common, a passage or not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Common {
    pub a: Side,
    pub b: Side,
    /// Words of either side that have a partner on the other.
    pub words: u32,
}

/// What speaks against a passage. Shares are 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// Nothing does: they share one, and [`WhyNot::strongest`] is its core.
    Shared,
    /// An article is not compared with itself.
    SameArticle,
    /// No stretch of either has more than a few common words in common with the other.
    NothingInCommon,
    /// Fewer words have a partner than [`Settings::min_words`] asks for.
    TooShort { words: u32, needed: u32 },
    /// Too small a share of the stretch is on both sides ([`Settings::likeness`]).
    TooUnlike { share: f32, needed: f32 },
    /// It says no more than two texts of this folder have in common by chance, or by their subject. Both in
    /// multiples of what chance says.
    ByChance { says: f32, needed: f32 },
    /// Most of it is formulas, dates and bylines; `words` are left.
    Formulaic { words: u32, needed: u32 },
    /// It is reworded, and [`Settings::reworded`] is off.
    RewordedOff,
    /// It lies in page furniture.
    Furniture(FurnitureReason),
    /// Too little that the two have in common is rare for them to be compared in a folder of this size.
    NeverCompared,
}

/// Says why articles `a` and `b` (indices into `articles`) share no passage, or that they do.
///
/// Reads the whole folder, for what is common and what is a formula depends on it: about as long as the
/// first part of [`super::detect`].
///
/// # Errors
/// [`Stopped`] within some milliseconds of being asked to.
pub fn why_not(
    articles: &[Arc<Article>],
    a: u32,
    b: u32,
    settings: &Settings,
    watch: &Watch,
) -> Result<WhyNot, Stopped> {
    let bare = |rule| WhyNot {
        strongest: None,
        rule,
    };
    if a == b {
        return Ok(bare(Rule::SameArticle));
    }
    let mut corpus = Corpus::new(articles, settings, watch)?;
    learnt(&mut corpus, watch)?;
    let judge = Judge::new(&corpus, settings);
    let aligner = Aligner::new(articles, &corpus, &judge);
    let best = strongest(
        &corpus,
        &aligner.consider(&blocks_of(&corpus, a), &blocks_of(&corpus, b)),
    );
    match best {
        Some((common, Ok(_))) => {
            let (_, weights) = Index::new(&corpus, None, watch)?;
            // Asked about are these two, whatever stands for them; what their words are worth stays.
            corpus.doubles.fill(None);
            let (index, _) = Index::new(&corpus, Some(&weights), watch)?;
            let pairs = index.between(&corpus, a, b);
            let aligner = Aligner::new(articles, &corpus, &judge);
            let found = aligner.some(&pairs, &mut Way::here(&|| watch.check()))?;
            let rule = match found.is_empty() {
                true => Rule::NeverCompared,
                false => Rule::Shared,
            };
            Ok(WhyNot {
                strongest: Some(common.between(a)),
                rule,
            })
        }
        other => {
            if let Some(in_furniture) = in_furniture(articles, a, b, settings, watch)? {
                return Ok(in_furniture);
            }
            Ok(match other {
                Some((common, Err(rule))) => WhyNot {
                    strongest: Some(common.between(a)),
                    rule,
                },
                _ => bare(Rule::NothingInCommon),
            })
        }
    }
}

impl Common {
    /// With the side of article `first` first.
    fn between(self, first: u32) -> Self {
        if self.a.article == first {
            self
        } else {
            Self {
                a: self.b,
                b: self.a,
                ..self
            }
        }
    }
}

type Judged = (Common, Result<super::PassageKind, Rule>);

/// A passage before what is none, then what says most.
fn strongest(corpus: &Corpus, considered: &[Considered]) -> Option<Judged> {
    let best = considered.iter().max_by(|x, y| {
        let says = |one: &Considered| one.laid.score.max(one.laid.joins.len() as f32);
        x.verdict
            .is_ok()
            .cmp(&y.verdict.is_ok())
            .then(says(x).total_cmp(&says(y)))
    })?;
    let side = |unit: u32, words: &std::ops::Range<usize>| {
        let unit = &corpus.units[unit as usize];
        Side {
            article: unit.article,
            span: span(&unit.places()[words.clone()]),
        }
    };
    let common = Common {
        a: side(best.unit_a, &best.laid.a),
        b: side(best.unit_b, &best.laid.b),
        words: best.laid.joins.len() as u32,
    };
    Some((common, best.verdict))
}

fn blocks_of(corpus: &Corpus, article: u32) -> Vec<fingerprint::Block> {
    let mut blocks = fingerprint::cut(corpus);
    blocks.retain(|block| corpus.units[block.unit as usize].article == article);
    blocks
}

/// What the two would share if page furniture were text like any other.
fn in_furniture(
    articles: &[Arc<Article>],
    a: u32,
    b: u32,
    settings: &Settings,
    watch: &Watch,
) -> Result<Option<WhyNot>, Stopped> {
    let whole = |index: u32| {
        let mut article = Article::clone(&articles[index as usize]);
        article.furniture.clear();
        Arc::new(article)
    };
    // The reason is that of the one which comes first, whichever is asked about first.
    let both = [a.min(b), a.max(b)];
    let pair = both.map(whole);
    let mut corpus = Corpus::new(&pair, settings, watch)?;
    learnt(&mut corpus, watch)?;
    let judge = Judge::new(&corpus, settings);
    let aligner = Aligner::new(&pair, &corpus, &judge);
    let considered = aligner.consider(&blocks_of(&corpus, 0), &blocks_of(&corpus, 1));
    let Some((common, Ok(_))) = strongest(&corpus, &considered) else {
        return Ok(None);
    };
    let mut common = common.between(0);
    [common.a.article, common.b.article] = both;
    let covering = |side: Side| {
        let furniture = &articles[side.article as usize].furniture;
        let of = |f: &Span| {
            f.end
                .min(side.span.end)
                .saturating_sub(f.start.max(side.span.start))
        };
        let most = furniture.iter().max_by_key(|f| of(&f.span))?;
        let covered: u32 = furniture.iter().map(|f| of(&f.span)).sum();
        (2 * covered as usize >= side.span.len()).then_some(most.reason)
    };
    let reason = covering(common.a).or_else(|| covering(common.b));
    Ok(reason.map(|reason| WhyNot {
        strongest: Some(common.between(a)),
        rule: Rule::Furniture(reason),
    }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::invented;
    use super::*;
    use crate::article::Furniture;

    const SHARED: &str = "قال حارس المنارة القديمة إن العاصفة التي ضربت الساحل ليلة البارحة اقتلعت سبع عشرة \
        شجرة من حديقة البلدية وأغرقت ثمانية قوارب مطاطية";
    const ONE: &str = "افتتح متحف الخزف جناحا جديدا يعرض أواني نادرة جمعها تاجر رحالة من جزر بعيدة";
    const OTHER: &str = "تراجعت أسعار الزعفران بعد موسم حصاد وفير وتوقع مزارعون أن يستمر الهبوط";

    fn ask(articles: &[Article]) -> WhyNot {
        let articles: Vec<_> = articles.iter().cloned().map(Arc::new).collect();
        why_not(&articles, 0, 1, &Settings::default(), &Watch::silent()).unwrap()
    }

    fn two(a: &str, b: &str) -> [Article; 2] {
        [Article::bare("a", a), Article::bare("b", b)]
    }

    #[test]
    fn a_passage_is_shared() {
        let (a, b) = (format!("{ONE}. {SHARED}."), format!("{SHARED}. {OTHER}"));
        let found = ask(&two(&a, &b));
        assert_eq!(found.rule, Rule::Shared);
        let common = found.strongest.unwrap();
        assert_eq!((common.a.article, common.b.article), (0, 1));
        assert_eq!(common.a.span.of(&a), SHARED);
        assert_eq!(common.b.span.of(&b), SHARED);
    }

    #[test]
    fn two_of_very_many_near_copies_are_compared() {
        let words = |seed: u32, count: u32| -> Vec<u16> {
            let word = |i: u32| (seed * 131 + i).wrapping_mul(0x9E37_79B9) >> 16;
            (0..count).map(|i| word(i) as u16).collect()
        };
        let text = |seeds: &[u16]| invented(seeds);
        let body = words(1, 80);
        let mut articles: Vec<Article> = (0..150)
            .map(|at| {
                Article::bare(
                    &format!("m{at}"),
                    &text(&[&body[..], &words(50 + at, 3)].concat()),
                )
            })
            .collect();
        let own =
            (0..150).map(|at| Article::bare(&format!("o{at}"), &text(&words(1_000 + at, 80))));
        articles.extend(own);
        for between in [[0, 1], [7, 90]] {
            let [x, y] = between.map(|at: usize| articles[at].clone());
            let mut asked = vec![x, y];
            asked.extend(
                articles
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| !between.contains(at))
                    .map(|(_, one)| one.clone()),
            );
            assert_eq!(ask(&asked).rule, Rule::Shared, "{between:?}");
        }
    }

    #[test]
    fn a_few_words_are_too_short() {
        let few = "حارس المنارة القديمة العاصفة";
        let (a, b) = (format!("{ONE} {few}"), format!("{OTHER} {few} {OTHER}"));
        let found = ask(&two(&a, &b));
        assert_eq!(
            found.rule,
            Rule::TooShort {
                words: 4,
                needed: 8
            }
        );
        assert_eq!(found.strongest.unwrap().a.span.of(&a), few);
    }

    #[test]
    fn unlike_texts_have_nothing_in_common() {
        let found = ask(&two(ONE, OTHER));
        assert_eq!((found.strongest, found.rule), (None, Rule::NothingInCommon));
    }

    #[test]
    fn a_byline_is_a_formula() {
        let head = "الأربعاء 4 نيسان 2035\nخليج الصدف – تقرير: سلمى العاقل الصفار";
        let text = |title: &str, body: &str| format!("{title}\n{head}\n{body}");
        let found = ask(&two(&text("عن الخزف", ONE), &text("عن الزعفران", OTHER)));
        assert!(matches!(found.rule, Rule::Formulaic { .. }), "{found:?}");
    }

    #[test]
    fn page_furniture_is_named() {
        let mut articles = two(&format!("{ONE}\n{SHARED}"), &format!("{OTHER}\n{SHARED}"));
        let reasons = [FurnitureReason::RelatedLinks, FurnitureReason::Counter];
        for (article, reason) in articles.iter_mut().zip(reasons) {
            let start = article.text.len() - SHARED.len();
            article.furniture.push(Furniture {
                span: Span::new(start, article.text.len()),
                reason,
            });
        }
        let articles = articles.map(Arc::new);
        for (a, b) in [(0, 1), (1, 0)] {
            let found = why_not(&articles, a, b, &Settings::default(), &Watch::silent()).unwrap();
            assert_eq!(found.rule, Rule::Furniture(FurnitureReason::RelatedLinks));
            let strongest = found.strongest.unwrap();
            assert_eq!((strongest.a.article, strongest.b.article), (a, b));
            let text = &articles[b as usize].text;
            assert_eq!(strongest.b.span.of(text), SHARED);
        }
    }
}
