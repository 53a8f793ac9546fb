//! A family as columns: whole articles beside one base text, each with what it shares with the base. As a
//! collator lays copies side by side.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::comparison::{Shared, compared, framing_of, lying_in};
use crate::article::{Article, Span};
use crate::reuse::{Findings, Passage, PassageKind};

/// Columns that a screen can hold, the base counted.
pub const MOST: usize = 8;

/// The columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Collation {
    pub base: Column,
    /// By date, undated ones last.
    pub others: Vec<Column>,
    /// Articles of the family that found no room, those that share most with the base first.
    pub left: Vec<u32>,
    /// Stretches of the base that another column shares, in the order of the text: a stretch's number is
    /// its index plus one, in every column.
    pub regions: Vec<Span>,
}

/// One article of the family.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub article: u32,
    pub day: Option<Date>,
    /// Passages with the base, the base's side first, in the order of the base. None in the base itself.
    pub passages: Vec<Shared>,
    /// Lines of date, place or author, which are not compared.
    pub framing: Vec<Span>,
    /// The region of each passage.
    pub regions: Vec<usize>,
    /// Aligned words of all passages.
    pub words: u32,
}

impl Column {
    /// The parts of a stretch of this text that were compared.
    pub fn compared(&self, stretch: Span) -> impl Iterator<Item = Span> {
        compared(stretch, lying_in(stretch, self.framing.iter().copied()))
    }
}

impl Collation {
    /// `members`: the family's articles. `base`: the chosen base text; the earliest dated one where `None`,
    /// or the first where no date is known. `wanted`: articles that have to be among the columns.
    ///
    /// `None` without members.
    pub fn new(
        articles: &[Arc<Article>],
        findings: &Findings,
        members: &[u32],
        base: Option<u32>,
        wanted: &[u32],
    ) -> Option<Self> {
        let day = |id: u32| articles[id as usize].day();
        let by_date = |id: &u32| (day(*id).is_none(), day(*id), *id);
        let base = base.or_else(|| members.iter().copied().min_by_key(by_date))?;
        let mut shared: BTreeMap<u32, Vec<&Passage>> = BTreeMap::new();
        for passage in &findings.passages {
            let other = match (passage.a.article == base, passage.b.article == base) {
                (true, _) => passage.b.article,
                (_, true) => passage.a.article,
                _ => continue,
            };
            shared.entry(other).or_default().push(passage);
        }
        let weight = |id: u32| -> u32 {
            let passages = shared.get(&id).into_iter().flatten();
            passages.map(|passage| passage.words).sum()
        };
        let mut others: Vec<u32> = members.iter().copied().filter(|id| *id != base).collect();
        others.sort_by_key(|id| (!wanted.contains(id), Reverse(weight(*id)), by_date(id)));
        let left = others.split_off(others.len().min(MOST - 1));
        others.sort_by_key(by_date);
        let framing = |id: u32| {
            let text = &articles[id as usize].text;
            framing_of(findings, id, Span::new(0, text.len()))
        };
        let column = |id: u32| {
            let texts = [base, id].map(|i| articles[i as usize].text.as_ref());
            let passages = shared.get(&id).into_iter().flatten();
            let mut passages: Vec<Shared> = passages
                .map(|passage| Shared::new(passage, base, texts))
                .collect();
            passages.sort_by_key(|passage| passage.spans);
            Column {
                article: id,
                day: day(id),
                passages,
                framing: framing(id),
                regions: Vec::new(),
                words: weight(id),
            }
        };
        let mut others: Vec<Column> = others.into_iter().map(column).collect();
        let regions = merged(&others);
        for column in &mut others {
            let region = |passage: &Shared| {
                regions.partition_point(|region| region.end <= passage.spans[0].start)
            };
            column.regions = column.passages.iter().map(region).collect();
        }
        Some(Self {
            base: Column {
                article: base,
                day: day(base),
                passages: Vec::new(),
                framing: framing(base),
                regions: Vec::new(),
                words: 0,
            },
            others,
            left,
            regions,
        })
    }

    /// How many of the others share a region of the base.
    pub fn carriers(&self, region: usize) -> usize {
        let carries = |column: &&Column| column.regions.contains(&region);
        self.others.iter().filter(carries).count()
    }

    /// What a region is: copied where one of the others copied any of it.
    pub fn kind(&self, region: usize) -> PassageKind {
        let all = self.others.iter();
        let kinds = all.flat_map(|column| column.regions.iter().zip(&column.passages));
        let copied = kinds
            .filter(|(of, _)| **of == region)
            .any(|(_, passage)| passage.kind == PassageKind::Copy);
        if copied {
            PassageKind::Copy
        } else {
            PassageKind::Reworded
        }
    }

    /// The region at a byte of the base.
    pub fn region_at(&self, byte: usize) -> Option<usize> {
        self.regions.iter().position(|region| region.contains(byte))
    }
}

/// The base's shared stretches; those that overlap are one.
fn merged(columns: &[Column]) -> Vec<Span> {
    let passages = columns.iter().flat_map(|column| &column.passages);
    let mut spans: Vec<Span> = passages.map(|passage| passage.spans[0]).collect();
    spans.sort_unstable();
    let mut regions: Vec<Span> = Vec::new();
    for span in spans {
        match regions.last_mut() {
            Some(last) if last.overlaps(span) => *last = last.union(span),
            _ => regions.push(span),
        }
    }
    regions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Dates, Found, Place};
    use crate::reuse::Side;
    use jiff::civil::date;

    fn article(day: Option<i8>) -> Arc<Article> {
        Arc::new(Article {
            dates: Dates {
                published: day.map(|day| Found::new(date(2031, 3, day), "", Place::FileName)),
                ..Dates::default()
            },
            ..Article::bare("x", &"كلمة ".repeat(60))
        })
    }

    fn passage(a: u32, b: u32, from: usize, words: u32) -> Passage {
        let side = |article| Side {
            article,
            span: Span::new(from, from + words as usize * 9),
        };
        Passage {
            a: side(a),
            b: side(b),
            kind: PassageKind::Copy,
            words,
            similarity: 1.0,
            family: 0,
            edits: Vec::new(),
        }
    }

    fn findings() -> Findings {
        Findings {
            passages: vec![
                passage(0, 1, 0, 10),
                passage(0, 2, 45, 10),
                passage(0, 2, 270, 10),
                passage(1, 2, 0, 3),
            ],
            ..Findings::default()
        }
    }

    #[test]
    fn the_earliest_is_the_base_and_regions_number_all_columns_alike() {
        let articles = [article(Some(2)), article(None), article(Some(5))];
        let found = Collation::new(&articles, &findings(), &[0, 1, 2], None, &[]).unwrap();
        assert_eq!(found.base.article, 0);
        let order: Vec<u32> = found.others.iter().map(|c| c.article).collect();
        assert_eq!(order, [2, 1], "the undated one comes last");
        assert_eq!(found.regions.len(), 2);
        assert_eq!(found.others[0].regions, [0, 1]);
        assert_eq!(found.others[1].regions, [0]);
        assert_eq!((found.carriers(0), found.carriers(1)), (2, 1));
        assert_eq!(found.region_at(271), Some(1));
    }

    #[test]
    fn a_chosen_base_turns_the_passages_round() {
        let articles = [article(Some(2)), article(None), article(Some(5))];
        let found = Collation::new(&articles, &findings(), &[0, 1, 2], Some(2), &[]).unwrap();
        assert_eq!(found.base.article, 2);
        assert_eq!(found.others[0].passages.len(), 2);
        assert_eq!(found.others[1].passages[0].words, 3);
    }

    #[test]
    fn a_large_family_keeps_those_that_share_most_and_names_the_rest() {
        let articles: Vec<_> = (1..=12).map(|day| article(Some(day))).collect();
        let passages = (1..12).map(|other| passage(0, other, 0, other)).collect();
        let findings = Findings {
            passages,
            ..Findings::default()
        };
        let members: Vec<u32> = (0..12).collect();
        let found = Collation::new(&articles, &findings, &members, None, &[]).unwrap();
        let shown: Vec<u32> = found.others.iter().map(|c| c.article).collect();
        assert_eq!(shown, [5, 6, 7, 8, 9, 10, 11]);
        assert_eq!(found.left, [4, 3, 2, 1]);
        let found = Collation::new(&articles, &findings, &members, None, &[1]).unwrap();
        assert_eq!(found.others[0].article, 1);
        assert_eq!(Collation::new(&articles, &findings, &[], None, &[]), None);
    }
}
