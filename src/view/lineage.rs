//! Which article of a family is likelier the source of the others, and what says so. Where nothing does, or
//! what does disagrees, the order is unknown. Never says that an article *is* the source: that may be a text
//! which is not in the folder.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::Tables;
use super::evidence::passed;
use crate::article::Article;
use crate::reuse::{EditKind, Findings, Passage};
use crate::text;

/// What speaks for an order of a family's articles, and what follows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lineage {
    /// At most one of each kind, in the order of [`Trace`].
    pub traces: Vec<Trace>,
    /// The article that all traces speak for; `None` where there are none, or they disagree.
    pub source: Option<u32>,
    /// The source, then the dated by day, then the undated; empty where the source is unknown.
    pub order: Vec<u32>,
}

/// One thing that speaks for `article` as the source of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    /// No other is dated as early; the next follows so many days later.
    Earliest { article: u32, days: i32 },
    /// So many others credit its outlet as their agency.
    Credited { article: u32, by: u32 },
    /// It says *today* where so many others say *yesterday*, or the like, and nowhere the other way round.
    DayPassed { article: u32, before: u32 },
    /// It shares text with all the others, and by far the most: each of them kept a part of it.
    KeptByAll { article: u32, others: u32 },
}

impl Trace {
    pub fn article(self) -> u32 {
        match self {
            Self::Earliest { article, .. }
            | Self::Credited { article, .. }
            | Self::DayPassed { article, .. }
            | Self::KeptByAll { article, .. } => article,
        }
    }
}

impl Lineage {
    /// `family` is an index into [`Findings::families`], `shown` those of its articles that are looked at,
    /// ascending. Takes time by their passages.
    pub fn new(
        articles: &[Arc<Article>],
        findings: &Findings,
        tables: &Tables,
        family: u32,
        shown: &[u32],
    ) -> Self {
        let is_shown = |article: u32| shown.binary_search(&article).is_ok();
        // Passages are sorted by their first article.
        let of = |article: &u32| {
            let all = &findings.passages;
            let from = all.partition_point(|passage| passage.a.article < *article);
            let to = all.partition_point(|passage| passage.a.article <= *article);
            &all[from..to]
        };
        let passages = shown
            .iter()
            .flat_map(of)
            .filter(|passage| passage.family == family && is_shown(passage.b.article));
        let passages: Vec<&Passage> = passages.collect();
        let day = |article: u32| articles[article as usize].day();
        let traces: Vec<Trace> = [
            earliest(shown, day),
            credited(articles, shown),
            day_passed(articles, &passages),
            kept_by_all(findings, tables, shown),
        ]
        .into_iter()
        .flatten()
        .collect();
        let mut sources = traces.iter().map(|trace| trace.article());
        let source = sources
            .next()
            .filter(|first| sources.all(|source| source == *first));
        let order = source.map_or_else(Vec::new, |source| {
            let mut order = shown.to_vec();
            order.sort_by_key(|article| {
                let day = day(*article);
                (*article != source, day.is_none(), day, *article)
            });
            order
        });
        Self {
            traces,
            source,
            order,
        }
    }
}

/// An undated one may be earlier still: then dates say nothing.
fn earliest(shown: &[u32], day: impl Fn(u32) -> Option<Date>) -> Option<Trace> {
    let mut days: Vec<(Date, u32)> = shown
        .iter()
        .map(|article| Some((day(*article)?, *article)))
        .collect::<Option<_>>()?;
    days.sort_unstable();
    let [(first, article), (second, _), ..] = days[..] else {
        return None;
    };
    let days = i32::try_from(second.duration_since(first).as_hours() / 24).ok()?;
    (days > 0).then_some(Trace::Earliest { article, days })
}

fn credited(articles: &[Arc<Article>], shown: &[u32]) -> Option<Trace> {
    let folded = |name: &str| text::fold(name).text().to_owned();
    let mut of_outlet: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for article in shown {
        if let Some(name) = articles[*article as usize].outlet_name() {
            of_outlet.entry(folded(name)).or_default().push(*article);
        }
    }
    let mut by: BTreeMap<u32, u32> = BTreeMap::new();
    for article in shown {
        let own = &articles[*article as usize];
        let Some(credit) = own.credit_name().map(folded) else {
            continue;
        };
        if own.outlet_name().map(folded).as_ref() == Some(&credit) {
            continue;
        }
        // An agency that has several articles here is no single source.
        if let Some([source]) = of_outlet.get(&credit).map(Vec::as_slice) {
            *by.entry(*source).or_default() += 1;
        }
    }
    let (article, by) = most(&by)?;
    Some(Trace::Credited { article, by })
}

fn day_passed(articles: &[Arc<Article>], passages: &[&Passage]) -> Option<Trace> {
    let mut later: BTreeSet<u32> = BTreeSet::new();
    let mut before: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for passage in passages {
        let (a, b) = (passage.a.article, passage.b.article);
        let edits = passage.edits.iter();
        let days = edits.filter(|edit| edit.kind == EditKind::RelativeDay);
        for edit in days {
            let texts = [(a, edit.a), (b, edit.b)];
            let words = texts.map(|(article, span)| span.of(&articles[article as usize].text));
            let Some(first_is_earlier) = passed(words) else {
                continue;
            };
            let (earlier, after) = if first_is_earlier { (a, b) } else { (b, a) };
            before.entry(earlier).or_default().insert(after);
            later.insert(after);
        }
    }
    let never_later = before
        .iter()
        .filter(|(article, _)| !later.contains(article));
    let counts = never_later.map(|(article, after)| (*article, after.len() as u32));
    let (article, before) = most(&counts.collect())?;
    Some(Trace::DayPassed { article, before })
}

fn kept_by_all(findings: &Findings, tables: &Tables, shown: &[u32]) -> Option<Trace> {
    /// Two texts share as much with one another as each with the other.
    const FEWEST: usize = 3;
    /// Shared words of the source for each ten of the next one.
    const CLEARLY: u64 = 12;
    // Of many near-copies one stands for all and has all the pairs: that says nothing about it.
    let folded = |article: &u32| {
        findings
            .copies
            .iter()
            .any(|copies| copies.first == *article || copies.others.binary_search(article).is_ok())
    };
    if shown.len() < FEWEST || shown.iter().any(folded) {
        return None;
    }
    let kept = |article: u32| -> (u64, usize) {
        let pairs = tables
            .links
            .pairs_of(article)
            .map(|id| &tables.pairs.0[id as usize]);
        let with = pairs.filter(|pair| {
            let other = pair.first + pair.second - article;
            shown.binary_search(&other).is_ok()
        });
        with.fold((0, 0), |(words, others), pair| {
            (words + u64::from(pair.words), others + 1)
        })
    };
    let mut all: Vec<(u64, usize, u32)> = shown
        .iter()
        .map(|article| {
            let (words, others) = kept(*article);
            (words, others, *article)
        })
        .collect();
    all.sort_unstable_by(|x, y| y.cmp(x));
    let ((words, others, article), (next, ..)) = (all[0], all[1]);
    (others + 1 == shown.len() && 10 * words >= CLEARLY * next).then_some(Trace::KeptByAll {
        article,
        others: others as u32,
    })
}

/// The article with the highest count, if only one has it.
fn most(counts: &BTreeMap<u32, u32>) -> Option<(u32, u32)> {
    let highest = *counts.values().max()?;
    let mut with = counts.iter().filter(|(_, count)| **count == highest);
    let (article, count) = with.next()?;
    with.next().is_none().then_some((*article, *count))
}

#[cfg(test)]
mod tests {
    use super::super::samples::sample;
    use super::*;

    fn lineage(articles: &[(&str, Option<i8>)], pairs: &[(u32, u32, u32)]) -> Lineage {
        let folder = sample(articles, pairs);
        let shown: Vec<u32> = (0..articles.len() as u32).collect();
        Lineage::new(
            &folder.articles,
            &folder.findings,
            &folder.tables,
            0,
            &shown,
        )
    }

    #[test]
    fn dates_and_what_was_kept_agree_on_a_source() {
        let articles = [("a", Some(2)), ("b", Some(5)), ("c", Some(4))];
        let found = lineage(&articles, &[(0, 1, 80), (0, 2, 90), (1, 2, 20)]);
        let article = 0;
        assert_eq!(
            found.traces,
            [
                Trace::Earliest { article, days: 2 },
                Trace::KeptByAll { article, others: 2 }
            ]
        );
        assert_eq!((found.source, found.order), (Some(0), vec![0, 2, 1]));
    }

    #[test]
    fn the_order_is_unknown_where_traces_disagree_or_there_are_none() {
        let articles = [("a", Some(2)), ("b", Some(5)), ("c", Some(4))];
        let found = lineage(&articles, &[(0, 1, 80), (0, 2, 20), (1, 2, 90)]);
        assert_eq!((found.traces.len(), found.source), (2, None));
        assert!(found.order.is_empty());
        let undated = [("a", None), ("b", Some(5))];
        assert_eq!(lineage(&undated, &[(0, 1, 80)]), Lineage::default());
    }

    #[test]
    fn a_credit_speaks_for_the_only_article_of_its_outlet() {
        let mut folder = sample(&[("a", None), ("b", None)], &[(0, 1, 80)]);
        let mut copy = Article::clone(&folder.articles[1]);
        copy.credit = folder.articles[0].outlet.clone();
        folder.articles[1] = Arc::new(copy);
        let found = Lineage::new(
            &folder.articles,
            &folder.findings,
            &folder.tables,
            0,
            &[0, 1],
        );
        assert_eq!(found.traces, [Trace::Credited { article: 0, by: 1 }]);
        assert_eq!(found.order, [0, 1]);
    }
}
