//! The list screen as one value: what the facets count, and which pairs, articles and families are shown.
//!
//! One set everywhere: an article is shown when it passes every facet, the search and, where a facet of
//! pairs is chosen, has a pair that passes those; a pair when it passes the facets of pairs and its sides
//! are shown; a family when one of its articles is.

use std::sync::Arc;

use super::columns::Rows;
use super::days::{BinUnit, Histogram};
use super::selection::{ALL, DAYS, Fails, Hits, Selection, bit};
use super::{Columns, Facet, Filter, Links, Order, Sides, Tables};

/// Everything the list screen shows. Made anew when the folder, the findings, the filter or the order
/// change, never per frame.
#[derive(Debug, Default, PartialEq)]
pub struct Board {
    /// By [`Facet`].
    facets: [Counts; Facet::ALL.len()],
    pub days: Histogram,
    /// Shown pairs, in the chosen order: indices into [`super::Pairs`].
    pub pairs: Vec<u32>,
    /// Shown articles, in the chosen order.
    pub articles: Vec<u32>,
    /// Something is searched for.
    pub is_searched: bool,
    /// For every article whether it is shown.
    shown: Vec<bool>,
    /// Shown families, in the chosen order, and for every family how many of its articles are shown.
    pub families: Vec<u32>,
    pub shown_of_family: Vec<u32>,
    /// Articles, or pairs for a facet of pairs, that each restriction alone hides: facets in their order, then
    /// days, search, carried text.
    hidden_alone: [u32; Facet::ALL.len() + 3],
    pub total_pairs: usize,
    pub total_articles: usize,
    pub total_families: usize,
}

/// Counts beside the values of one facet: articles, or pairs for a facet of pairs, that everything but
/// this facet lets through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By the values of the facet's column.
    pub of: Vec<u32>,
    /// The values, most first, then by name; bins in their own order.
    pub order: Vec<u32>,
}

impl Board {
    /// `unit`: the histogram's; without one, the finest that a person can hit.
    pub fn new(tables: &Tables, filter: &Filter, hits: Hits, unit: Option<BinUnit>) -> Self {
        let Tables {
            columns,
            pairs,
            links,
            orders,
            ..
        } = tables;
        let selection = Selection::new(filter, columns, hits);
        let articles = selection.articles();
        let mut board = Self {
            total_pairs: pairs.0.len(),
            total_articles: columns.len(),
            total_families: links.families.len(),
            shown_of_family: vec![0; links.families.len()],
            days: Histogram::new(&columns.day, unit),
            ..Self::default()
        };
        for facet in Facet::ALL {
            board.facets[facet as usize].of = vec![0; columns.column(facet).values.len()];
        }
        let (through, shown_pairs) =
            board.count_pairs(columns, &selection, &articles, filter.sides);
        let shown = board.count_articles(columns, links, &articles, &through);
        board.pairs = orders
            .pairs()
            .iter()
            .copied()
            .filter(|id| shown_pairs[*id as usize])
            .collect();
        let sort = orders.sorts().articles;
        let sought = hits.query.or(hits.carrying);
        board.is_searched = sought.is_some();
        board.articles = match sought.filter(|_| sort.by == Order::Relevance) {
            // The search's own order: best first.
            Some(hits) => {
                let mut known = hits.to_vec();
                known.retain(|hit| shown.get(*hit as usize) == Some(&true));
                if sort.reversed {
                    known.reverse();
                }
                known
            }
            None => orders
                .articles()
                .iter()
                .copied()
                .filter(|id| shown[*id as usize])
                .collect(),
        };
        board.shown = shown;
        board.families = {
            let sizes = &board.shown_of_family;
            orders
                .families()
                .iter()
                .copied()
                .filter(|id| sizes[*id as usize] > 0)
                .collect()
        };
        for facet in Facet::ALL {
            let rank = &columns.column(facet).rank;
            let counts = &mut board.facets[facet as usize];
            counts.order = (0..counts.of.len() as u32).collect();
            let most = |id: u32| std::cmp::Reverse(counts.of[id as usize]);
            if facet.bins().is_empty() {
                counts
                    .order
                    .sort_unstable_by_key(|id| (most(*id), rank[*id as usize]));
            }
        }
        board
    }

    /// Counts the facets of pairs. Returns which pairs are shown, and for each article the facets of
    /// articles that may be let go of without its losing every pair that was asked for.
    fn count_pairs(
        &mut self,
        columns: &Columns,
        selection: &Selection,
        articles: &[Fails],
        sides: Sides,
    ) -> (Vec<Fails>, Vec<bool>) {
        let own = selection.pairs(columns.sides.len());
        let asked = selection.asks_of_pairs();
        let mut through = vec![if asked { 0 } else { ALL }; articles.len()];
        let mut shown = vec![false; own.len()];
        let mut counts: Vec<Fails> = vec![0; own.len()];
        let hidden = &mut self.hidden_alone;
        let rows = columns
            .sides
            .iter()
            .zip(&own)
            .zip(&mut counts)
            .zip(&mut shown);
        for (((sides_of, fails), counts), shown) in rows {
            let [first, second] = sides_of.map(|article| article as usize);
            let of_sides = [articles[first], articles[second]];
            if asked && *fails == 0 {
                let [of_first, of_second] = match sides {
                    Sides::Either => [ALL; 2],
                    Sides::Both => of_sides.map(may_let_go),
                };
                through[first] |= of_second;
                through[second] |= of_first;
            }
            let in_selection = match sides {
                Sides::Either => of_sides.contains(&0),
                Sides::Both => of_sides == [0, 0],
            };
            if in_selection {
                *shown = *fails == 0;
                *counts = may_let_go(*fails);
                if fails.is_power_of_two() {
                    hidden[fails.trailing_zeros() as usize] += 1;
                }
            }
        }
        self.count(columns, &Facet::ALL[Facet::OF_ARTICLE..], &counts);
        (through, shown)
    }

    /// Counts the facets of articles. Returns which articles are shown.
    fn count_articles(
        &mut self,
        columns: &Columns,
        links: &Links,
        articles: &[Fails],
        through: &[Fails],
    ) -> Vec<bool> {
        let mut shown = vec![false; articles.len()];
        let mut all_counts: Vec<Fails> = vec![0; articles.len()];
        for (id, (fails, through)) in articles.iter().zip(through).enumerate() {
            // Failing one facet, an article counts there, if its pair holds without that facet as well.
            let counts = may_let_go(*fails) & through;
            shown[id] = *fails == 0 && *through == ALL;
            self.days.count(columns.day[id], counts & DAYS != 0);
            all_counts[id] = counts;
            if counts == 0 {
                continue;
            }
            if shown[id] {
                if let Some(family) = links.family_of(id as u32) {
                    self.shown_of_family[family as usize] += 1;
                }
            } else if fails.is_power_of_two() {
                self.hidden_alone[fails.trailing_zeros() as usize] += 1;
            }
        }
        self.count(columns, &Facet::ALL[..Facet::OF_ARTICLE], &all_counts);
        shown
    }

    /// Counts every row under each of these facets without which it would pass. Column by column: a large
    /// folder has millions of pairs.
    fn count(&mut self, columns: &Columns, facets: &[Facet], counts: &[Fails]) {
        for facet in facets {
            let bit = bit(*facet);
            let of = &mut self.facets[*facet as usize].of;
            match &columns.column(*facet).rows {
                Rows::One(values) => {
                    for (value, counts) in values.iter().zip(counts) {
                        if counts & bit != 0 {
                            of[*value as usize] += 1;
                        }
                    }
                }
                Rows::Many(values) => {
                    for (bits, counts) in values.iter().zip(counts) {
                        let mut bits = if counts & bit != 0 { *bits } else { 0 };
                        while bits != 0 {
                            of[bits.trailing_zeros() as usize] += 1;
                            bits &= bits - 1;
                        }
                    }
                }
            }
        }
    }

    pub fn shows(&self, article: u32) -> bool {
        self.shown.get(article as usize).copied().unwrap_or(false)
    }

    pub fn counts(&self, facet: Facet) -> &Counts {
        &self.facets[facet as usize]
    }

    /// The values of a facet with their counts, most first.
    pub fn values<'a>(
        &'a self,
        columns: &'a Columns,
        facet: Facet,
    ) -> impl Iterator<Item = (Option<&'a Arc<str>>, u32)> {
        let counts = self.counts(facet);
        let values = &columns.column(facet).values;
        counts
            .order
            .iter()
            .map(|id| (values[*id as usize].as_ref(), counts.of[*id as usize]))
    }

    /// Articles that nothing hides but a facet of articles; pairs of the selection that nothing hides but a
    /// facet of pairs.
    pub fn hidden_by(&self, facet: Facet) -> u32 {
        self.hidden_alone[facet as usize]
    }

    /// Articles that nothing hides but the days, the search, the text to be carried.
    pub fn hidden_by_others(&self) -> [u32; 3] {
        let at = Facet::ALL.len();
        [
            self.hidden_alone[at],
            self.hidden_alone[at + 1],
            self.hidden_alone[at + 2],
        ]
    }
}

/// The facets without which a row would pass: all where it fails none, the one that it fails alone.
fn may_let_go(fails: Fails) -> Fails {
    if fails == 0 {
        ALL
    } else if fails.is_power_of_two() {
        fails
    } else {
        0
    }
}

#[cfg(test)]
#[path = "board_tests.rs"]
mod tests;
