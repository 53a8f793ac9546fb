//! Small made-up folders for the tests of this room.

use std::sync::Arc;

use jiff::civil::date;

use super::selection::Hits;
use super::{Board, Filter, Sorts, Tables};
use crate::article::{Article, Dates, Found, Judgement, Place, Span, Verdict};
use crate::reuse::{Edit, EditKind, Family, Findings, Passage, PassageKind, Side};

#[derive(Debug)]
pub struct Sample {
    pub articles: Vec<Arc<Article>>,
    pub findings: Findings,
    pub tables: Tables,
}

/// Articles as (outlet, day of March 2031), pairs as (article, article, shared words up to 200). An empty
/// outlet is unknown. Pairs of an odd number of words are reworded, those of a number that three divides
/// have an edit. Of each four pairs three are judged, each another way.
pub fn sample(articles: &[(&str, Option<i8>)], pairs: &[(u32, u32, u32)]) -> Sample {
    fn found<T>(value: T) -> Option<Found<T>> {
        Some(Found::new(value, "", Place::Folder))
    }
    const WORD: &str = "كلمة ";
    let articles: Vec<Arc<Article>> = articles
        .iter()
        .enumerate()
        .map(|(at, (outlet, day))| {
            let path = format!("{}/{at:04}.txt", ["x", "y"][at % 2]);
            Arc::new(Article {
                outlet: found((*outlet).to_owned()).filter(|outlet| !outlet.value.is_empty()),
                dates: Dates {
                    published: day.and_then(|day| found(date(2031, 3, day))),
                    ..Dates::default()
                },
                words: 200,
                ..Article::bare(&path, &WORD.repeat(200))
            })
        })
        .collect();
    let mut passages: Vec<Passage> = pairs
        .iter()
        .filter(|(a, b, _)| a != b)
        .map(|(a, b, words)| {
            let span = Span::new(0, *words as usize * WORD.len());
            let side = |article| Side { article, span };
            let at = Span::new(0, WORD.len());
            let edit = Edit {
                kind: EditKind::Name,
                a: at,
                b: at,
            };
            Passage {
                a: side(*a.min(b)),
                b: side(*a.max(b)),
                kind: if words % 2 == 0 {
                    PassageKind::Copy
                } else {
                    PassageKind::Reworded
                },
                words: *words,
                similarity: 0.5 + (words % 50) as f32 / 100.0,
                family: 0,
                edits: if words % 3 == 0 {
                    vec![edit]
                } else {
                    Vec::new()
                },
            }
        })
        .collect();
    passages.sort_by_key(|p| (p.a.article, p.b.article));
    passages.dedup_by_key(|p| (p.a.article, p.b.article));
    let mut heads: Vec<u32> = (0..articles.len() as u32).collect();
    for passage in &passages {
        let (x, y) = (
            heads[passage.a.article as usize],
            heads[passage.b.article as usize],
        );
        for head in &mut heads {
            if *head == x.max(y) {
                *head = x.min(y);
            }
        }
    }
    let mut families: Vec<Family> = Vec::new();
    for head in 0..heads.len() as u32 {
        let articles: Vec<u32> = (0..heads.len() as u32)
            .filter(|a| heads[*a as usize] == head)
            .collect();
        if articles.len() > 1 {
            for passage in &mut passages {
                if articles.contains(&passage.a.article) {
                    passage.family = families.len() as u32;
                }
            }
            families.push(Family { articles });
        }
    }
    let findings = Findings {
        passages,
        families,
        ..Findings::default()
    };
    let mut tables = Tables::new(&articles, &findings, Sorts::default());
    let judgements = Judgement::ALL.map(Some).into_iter().chain([None]).cycle();
    for (pair, judgement) in (0..tables.pairs.0.len() as u32).zip(judgements) {
        let note = String::new();
        tables.judge(pair, Verdict { judgement, note });
    }
    Sample {
        articles,
        findings,
        tables,
    }
}

impl Sample {
    pub fn board(&self, filter: &Filter) -> Board {
        Board::new(&self.tables, filter, Hits::default(), None)
    }
}
