//! One passage through all articles that carry it: each wording under the earliest one, by date, so that
//! one can read down who changed what.

use std::sync::Arc;

use jiff::civil::Date;

use super::comparison::{FIRST, SECOND, Shared, SharedEdit, framing_of};
use crate::article::{Article, Span};
use crate::reuse::{Findings, PassageKind};

/// A passage in all its wordings.
#[derive(Clone, Debug, PartialEq)]
pub struct Wordings {
    /// The earliest dated article that carries the passage; the one asked for where none is dated.
    pub base: Wording,
    /// The others by date, undated ones last.
    pub others: Vec<Wording>,
}

/// How one article words the passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Wording {
    pub article: u32,
    pub span: Span,
    pub day: Option<Date>,
    pub kind: PassageKind,
    /// Share of words equal to the base's, 0 to 1; 1 for the base itself.
    pub similarity: f32,
    /// From the base (first) to this wording (second); none for the base itself.
    pub edits: Vec<SharedEdit>,
    /// Lines of date, place or author within it, which are not compared.
    pub framing: Vec<Span>,
}

impl Wordings {
    /// All articles that share at least half of the stretch `span` of `article`.
    ///
    /// Looks through all passages once; a folder of ten thousand articles takes a fraction of a
    /// millisecond.
    pub fn new(articles: &[Arc<Article>], findings: &Findings, article: u32, span: Span) -> Self {
        let asked = bare(articles, findings, article, span);
        let around_asked = sharing(articles, findings, &asked);
        let earliest = around_asked
            .iter()
            .chain([&asked])
            .filter(|wording| wording.day.is_some())
            .min_by_key(|wording| (wording.day, wording.article != article, wording.article));
        match earliest {
            Some(base) if base.article != article => {
                let base = Wording {
                    kind: PassageKind::Copy,
                    similarity: 1.0,
                    edits: Vec::new(),
                    ..base.clone()
                };
                let mut others = sharing(articles, findings, &base);
                // Whoever shares the passage with the one asked for belongs here, even where its wording is
                // too far from the base's to be a passage with it.
                for wording in around_asked {
                    let known = wording.article == base.article
                        || others.iter().any(|o| o.article == wording.article);
                    if !known {
                        others.push(Wording {
                            edits: Vec::new(),
                            ..wording
                        });
                    }
                }
                if others.iter().all(|wording| wording.article != article) {
                    others.push(asked);
                }
                sort(&mut others);
                Self { base, others }
            }
            _ => Self {
                base: asked,
                others: around_asked,
            },
        }
    }

    /// All articles that carry what was selected as `span` of `article`: the whole of the shortest shared
    /// passage around it, or the span itself where it reaches beyond every passage. `None` where no other
    /// article shares it.
    pub fn around(
        articles: &[Arc<Article>],
        findings: &Findings,
        article: u32,
        span: Span,
    ) -> Option<Self> {
        let own = findings.passages.iter().flat_map(|p| [p.a, p.b]);
        let passage = own
            .filter(|side| side.article == article && overlap(side.span, span) == span.len())
            .map(|side| side.span)
            .min_by_key(|side| (side.len(), *side));
        let found = Self::new(articles, findings, article, passage.unwrap_or(span));
        (found.count() > 1).then_some(found)
    }

    /// The same passage under the wording of another of its articles.
    pub fn with_base(
        articles: &[Arc<Article>],
        findings: &Findings,
        article: u32,
        span: Span,
    ) -> Self {
        let base = bare(articles, findings, article, span);
        let others = sharing(articles, findings, &base);
        Self { base, others }
    }

    /// How many of the others are dated; the undated ones stand behind them.
    pub fn dated(&self) -> usize {
        self.others.partition_point(|other| other.day.is_some())
    }

    /// Articles that carry the passage.
    pub fn count(&self) -> usize {
        self.others.len() + 1
    }
}

/// A wording with nothing to compare it with.
fn bare(articles: &[Arc<Article>], findings: &Findings, article: u32, span: Span) -> Wording {
    Wording {
        article,
        span,
        day: articles[article as usize].day(),
        kind: PassageKind::Copy,
        similarity: 1.0,
        edits: Vec::new(),
        framing: framing_of(findings, article, span),
    }
}

/// The wordings of all articles that share at least half of the base's stretch; of each article the one
/// that shares most.
fn sharing(articles: &[Arc<Article>], findings: &Findings, base: &Wording) -> Vec<Wording> {
    let mut found: Vec<(usize, Wording)> = Vec::new();
    for passage in &findings.passages {
        let sides = [passage.a, passage.b];
        let Some(own) = sides.iter().position(|side| side.article == base.article) else {
            continue;
        };
        let common = overlap(sides[own].span, base.span);
        if common * 2 < base.span.len() {
            continue;
        }
        let other = sides[1 - own];
        let texts = [base.article, other.article].map(|i| articles[i as usize].text.as_ref());
        let mut edits = Shared::new(passage, base.article, texts).edits;
        edits.sort_by_key(|edit| (edit.spans[SECOND], edit.spans[FIRST]));
        let wording = Wording {
            article: other.article,
            span: other.span,
            day: articles[other.article as usize].day(),
            kind: passage.kind,
            similarity: passage.similarity,
            edits,
            framing: framing_of(findings, other.article, other.span),
        };
        match found
            .iter_mut()
            .find(|(_, known)| known.article == other.article)
        {
            Some(known) if known.0 >= common => {}
            Some(known) => *known = (common, wording),
            None => found.push((common, wording)),
        }
    }
    let mut wordings: Vec<Wording> = found.into_iter().map(|(_, wording)| wording).collect();
    sort(&mut wordings);
    wordings
}

fn sort(wordings: &mut [Wording]) {
    wordings.sort_by_key(|wording| (wording.day.is_none(), wording.day, wording.article));
}

/// Bytes that both spans hold.
fn overlap(x: Span, y: Span) -> usize {
    (x.end.min(y.end).saturating_sub(x.start.max(y.start))) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Dates, Found, Place};
    use crate::reuse::{Edit, EditKind, Passage, Side};
    use jiff::civil::date;

    fn article(day: Option<Date>) -> Arc<Article> {
        let published = day.map(|value| Found::new(value, "", Place::FileName));
        let dates = Dates {
            published,
            ..Dates::default()
        };
        Arc::new(Article {
            dates,
            ..Article::bare("x", &"كلمة ".repeat(40))
        })
    }

    fn passage(a: u32, b: u32) -> Passage {
        let side = |article| Side {
            article,
            span: Span::new(0, 90),
        };
        Passage {
            a: side(a),
            b: side(b),
            kind: PassageKind::Copy,
            words: 10,
            similarity: 0.9,
            family: 0,
            edits: vec![Edit {
                kind: EditKind::Inserted,
                a: Span::new(9, 9),
                b: Span::new(9, 18),
            }],
        }
    }

    #[test]
    fn the_earliest_is_the_base_and_undated_ones_come_last() {
        let articles = [
            article(None),
            article(Some(date(2031, 3, 9))),
            article(Some(date(2031, 3, 5))),
        ];
        let findings = Findings {
            passages: vec![passage(0, 1), passage(0, 2), passage(1, 2)],
            families: Vec::new(),
            ..Findings::default()
        };
        let wordings = Wordings::new(&articles, &findings, 1, Span::new(0, 90));
        assert_eq!(wordings.base.article, 2);
        let others: Vec<u32> = wordings
            .others
            .iter()
            .map(|wording| wording.article)
            .collect();
        assert_eq!(others, [1, 0]);
        assert_eq!(wordings.dated(), 1);
        // The base is side b of both passages: what was added reads as left out.
        assert_eq!(wordings.others[0].edits[0].kind, EditKind::Deleted);
        assert_eq!(
            wordings.others[0].edits[0].spans,
            [Span::new(9, 18), Span::new(9, 9)]
        );
    }

    #[test]
    fn without_dates_the_one_asked_for_is_the_base() {
        let articles = [article(None), article(None)];
        let findings = Findings {
            passages: vec![passage(0, 1)],
            families: Vec::new(),
            ..Findings::default()
        };
        let wordings = Wordings::new(&articles, &findings, 1, Span::new(0, 90));
        assert_eq!((wordings.base.article, wordings.count()), (1, 2));
        let turned = Wordings::with_base(&articles, &findings, 0, Span::new(0, 90));
        assert_eq!((turned.base.article, turned.others[0].article), (0, 1));
        // A stretch that lies elsewhere is shared by nobody.
        assert_eq!(
            Wordings::new(&articles, &findings, 1, Span::new(180, 270)).count(),
            1
        );
        let around = |span| Wordings::around(&articles, &findings, 1, span);
        assert_eq!(
            around(Span::new(9, 18)).unwrap().base.span,
            Span::new(0, 90)
        );
        assert_eq!(around(Span::new(180, 270)), None);
    }
}
