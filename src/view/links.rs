//! What pairs and families say about each article: whom it shares text with, how much of it is shared,
//! which family it belongs to, and each family's facts.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Columns, Pair, Pairs};
use crate::article::{Article, Span};
use crate::reuse::{Findings, PassageKind};
use crate::text;

const NONE: u32 = u32::MAX;

/// Made anew with every set of findings; for a large folder that is work for a worker.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// Where each article's stretch of [`Links::pairs`] begins; one more than there are articles.
    starts: Vec<u32>,
    /// Indices into [`Pairs`], article by article, most shared words first.
    pairs: Vec<u32>,
    /// Words of each article that lie in passages.
    pub shared_words: Vec<u32>,
    /// The part of those that lies in copied passages.
    pub copied_words: Vec<u32>,
    family: Vec<u32>,
    /// In the findings' order.
    pub families: Vec<FamilyFacts>,
    /// For each article the first of its family that is nearly the same; itself where none is.
    pub like: Vec<u32>,
    /// By article, the one that stands for it among many near-copies, itself too, and how many these are.
    near_copies: BTreeMap<u32, (u32, u32)>,
}

/// What was printed where and when, for one family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyFacts {
    /// Articles.
    pub size: u32,
    /// Texts, where articles that are nearly the same count as one.
    pub texts: u32,
    /// Known outlets.
    pub outlets: u32,
    /// First and last known day.
    pub days: Option<(Date, Date)>,
    pub undated: u32,
    /// The day on which most outlets printed it, the earliest of several, and how many did. Unknown outlets
    /// count as one.
    pub peak: Option<(Date, u32)>,
    /// The article that shares most words with the others, the earliest of several.
    pub representative: u32,
    /// Words of the representative that it shares.
    pub words: u32,
}

/// Both articles of a pair share so much that they are one text printed twice: 0 to 1, of either.
const NEARLY_ALL: f32 = 0.95;

impl Links {
    pub fn new(
        articles: &[Arc<Article>],
        columns: &Columns,
        findings: &Findings,
        pairs: &Pairs,
    ) -> Self {
        let count = articles.len();
        let mut links = Self {
            shared_words: vec![0; count],
            copied_words: vec![0; count],
            family: vec![NONE; count],
            like: (0..count as u32).collect(),
            ..Self::default()
        };
        links.index(count, pairs);
        links.count_words(articles, findings);
        for (number, family) in (0..).zip(&findings.families) {
            for &article in &family.articles {
                links.family[article as usize] = number;
            }
        }
        links.fold_alike(pairs);
        for copies in &findings.copies {
            let all = (copies.first, 1 + copies.others.len() as u32);
            let each = copies.others.iter().chain([&copies.first]);
            links.near_copies.extend(each.map(|one| (*one, all)));
        }
        links.families = findings
            .families
            .iter()
            .map(|family| links.facts(columns, pairs, &family.articles))
            .collect();
        links
    }

    fn index(&mut self, articles: usize, pairs: &Pairs) {
        let mut starts = vec![0_u32; articles + 1];
        for pair in &pairs.0 {
            starts[pair.first as usize + 1] += 1;
            starts[pair.second as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut ids = vec![0; pairs.0.len() * 2];
        for (id, pair) in (0..).zip(&pairs.0) {
            for article in [pair.first, pair.second] {
                ids[next[article as usize] as usize] = id;
                next[article as usize] += 1;
            }
        }
        for range in starts.windows(2) {
            ids[range[0] as usize..range[1] as usize]
                .sort_by_key(|id| (std::cmp::Reverse(pairs.0[*id as usize].words), *id));
        }
        (self.starts, self.pairs) = (starts, ids);
    }

    /// Words in the union of each article's passages, all of them and the copied ones.
    fn count_words(&mut self, articles: &[Arc<Article>], findings: &Findings) {
        let mut spans: Vec<Vec<(Span, PassageKind)>> = vec![Vec::new(); articles.len()];
        for passage in &findings.passages {
            for side in [passage.a, passage.b] {
                spans[side.article as usize].push((side.span, passage.kind));
            }
        }
        for (article, mut spans) in spans.into_iter().enumerate() {
            if spans.is_empty() {
                continue;
            }
            spans.sort_unstable();
            let starts = word_starts(&articles[article].text);
            self.shared_words[article] = words_in(&starts, spans.iter().map(|(span, _)| *span));
            let copied = spans.iter().filter(|(_, kind)| *kind == PassageKind::Copy);
            self.copied_words[article] = words_in(&starts, copied.map(|(span, _)| *span));
        }
    }

    /// Joins what is nearly the same, however many steps apart, under the first of them.
    fn fold_alike(&mut self, pairs: &Pairs) {
        let head = |like: &[u32], mut article: u32| {
            while like[article as usize] != article {
                article = like[article as usize];
            }
            article
        };
        for pair in &pairs.0 {
            if pair.share_first.min(pair.share_second).min(pair.likeness) >= NEARLY_ALL {
                let (x, y) = (head(&self.like, pair.first), head(&self.like, pair.second));
                self.like[x.max(y) as usize] = x.min(y);
            }
        }
        for article in 0..self.like.len() as u32 {
            self.like[article as usize] = head(&self.like, article);
        }
    }

    fn facts(&self, columns: &Columns, pairs: &Pairs, articles: &[u32]) -> FamilyFacts {
        let day = |article: u32| columns.day[article as usize];
        let mut outlets: Vec<u32> = articles.iter().filter_map(|a| columns.outlet(*a)).collect();
        outlets.sort_unstable();
        outlets.dedup();
        let mut texts: Vec<u32> = articles.iter().map(|a| self.like[*a as usize]).collect();
        texts.sort_unstable();
        texts.dedup();
        let mut printed: Vec<(Date, Option<u32>)> = articles
            .iter()
            .filter_map(|&article| Some((day(article)?, columns.outlet(article))))
            .collect();
        printed.sort_unstable();
        printed.dedup();
        let mut per_day = BTreeMap::<Date, u32>::new();
        for (day, _) in &printed {
            *per_day.entry(*day).or_default() += 1;
        }
        let peak = per_day
            .into_iter()
            .max_by_key(|(day, outlets)| (*outlets, std::cmp::Reverse(*day)));
        let central = |article: u32| {
            let words: u64 = self
                .pairs_of(article)
                .map(|id| u64::from(pairs.0[id as usize].words))
                .sum();
            (
                std::cmp::Reverse(words),
                day(article).is_none(),
                day(article),
                article,
            )
        };
        let representative = articles
            .iter()
            .copied()
            .min_by_key(|a| central(*a))
            .unwrap_or_default();
        FamilyFacts {
            size: articles.len() as u32,
            texts: texts.len() as u32,
            outlets: outlets.len() as u32,
            days: printed
                .first()
                .zip(printed.last())
                .map(|(first, last)| (first.0, last.0)),
            undated: articles.iter().filter(|a| day(**a).is_none()).count() as u32,
            peak,
            representative,
            words: self
                .shared_words
                .get(representative as usize)
                .copied()
                .unwrap_or_default(),
        }
    }

    /// The pairs of an article, as indices into [`Pairs`], most shared words first.
    pub fn pairs_of(&self, article: u32) -> impl Iterator<Item = u32> + Clone + '_ {
        let at = article as usize;
        // Articles that came after the findings have no pairs yet.
        let range = match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => *from as usize..*to as usize,
            _ => 0..0,
        };
        self.pairs[range].iter().copied()
    }

    /// The pair of two articles, in either order.
    pub fn pair_of(&self, pairs: &Pairs, [x, y]: [u32; 2]) -> Option<u32> {
        let has = |pair: &Pair, article| pair.first == article || pair.second == article;
        self.pairs_of(x)
            .find(|id| x != y && has(&pairs.0[*id as usize], y))
    }

    /// For one of many near-copies the article that has the pairs of all, and how many there are, that one among
    /// them.
    pub fn near_copies(&self, article: u32) -> Option<(u32, u32)> {
        self.near_copies.get(&article).copied()
    }

    pub fn family_of(&self, article: u32) -> Option<u32> {
        self.family
            .get(article as usize)
            .copied()
            .filter(|family| *family != NONE)
    }
}

/// Bytes at which the words of a text begin.
fn word_starts(text: &str) -> Vec<u32> {
    text::words(text).map(|word| word.start as u32).collect()
}

/// Words that begin in at least one of the spans, which are sorted.
fn words_in(starts: &[u32], spans: impl Iterator<Item = Span>) -> u32 {
    let (mut words, mut done) = (0, 0);
    for span in spans {
        let from = starts.partition_point(|start| *start < span.start.max(done));
        let to = starts.partition_point(|start| *start < span.end);
        words += to.saturating_sub(from) as u32;
        done = done.max(span.end);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_counted_once_however_spans_overlap(spans in prop::collection::vec((0u32..60, 0u32..30), 0..8)) {
            let text = "كل خبر له أصل وفرع ".repeat(3);
            let starts = word_starts(&text);
            let mut spans: Vec<Span> = spans.into_iter().map(|(from, len)| Span { start: from, end: from + len }).collect();
            spans.sort();
            let plain = starts.iter().filter(|start| spans.iter().any(|span| span.contains(**start as usize))).count();
            prop_assert_eq!(words_in(&starts, spans.into_iter()), plain as u32);
        }
    }
}
