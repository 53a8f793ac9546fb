//! The list screen as one value: what the facets count, which pairs and articles are shown, in what order.

use std::cmp::Reverse;
use std::sync::Arc;

use super::filter::Selection;
use super::{Columns, Filter, Histogram, OutletCount, Pairs, Sides, facets};
use crate::article::Article;

/// Everything the list screen shows. Made anew when the folder, the findings, the filter or the order
/// change, never per frame.
#[derive(Debug, Default)]
pub struct Board {
    pub outlets: Vec<OutletCount>,
    pub days: Histogram,
    /// Shown pairs, in the chosen order: indices into [`Pairs`].
    pub pairs: Vec<u32>,
    /// Shown articles, newest first, undated last: indices into the articles.
    pub articles: Vec<u32>,
    pub total_pairs: usize,
    pub total_articles: usize,
}

/// What the pairs are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Most shared words first.
    #[default]
    Words,
    /// Largest share of either article first.
    Share,
    /// Earliest first article first.
    Date,
    /// Fewest days between the two first.
    DaysApart,
}

/// An order, or its reverse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    pub by: Order,
    pub reversed: bool,
}

impl Board {
    /// `hits`: articles that answer the filter's query, best first; `None` while there is no query.
    pub fn new(
        articles: &[Arc<Article>],
        columns: &Columns,
        pairs: &Pairs,
        filter: &Filter,
        hits: Option<&[u32]>,
        sort: Sort,
    ) -> Self {
        let selection = Selection::new(filter, columns, hits);
        let selected: Vec<bool> = (0..columns.len())
            .map(|article| selection.passes(columns, article))
            .collect();
        let shown = |article: u32| selected[article as usize];
        let mut shown_pairs: Vec<u32> = (0..)
            .zip(&pairs.0)
            .filter(|(_, pair)| match filter.sides {
                Sides::Either => shown(pair.first) || shown(pair.second),
                Sides::Both => shown(pair.first) && shown(pair.second),
            })
            .map(|(id, _)| id)
            .collect();
        sort_pairs(&mut shown_pairs, columns, pairs, sort);
        let mut shown_articles: Vec<u32> = match hits {
            // The search's own order: best first.
            Some(hits) => hits
                .iter()
                .copied()
                .filter(|&hit| (hit as usize) < selected.len() && shown(hit))
                .collect(),
            None => (0..columns.len() as u32)
                .filter(|&article| shown(article))
                .collect(),
        };
        if hits.is_none() {
            shown_articles.sort_by_key(|&article| {
                let day = columns.day[article as usize];
                (day.is_none(), Reverse(day), article)
            });
        }
        Self {
            outlets: facets::outlets(columns, &selection, |name| {
                filter.outlets.contains(&name.map(str::to_owned))
            }),
            days: facets::days(columns, &selection),
            pairs: shown_pairs,
            articles: shown_articles,
            total_pairs: pairs.0.len(),
            total_articles: articles.len(),
        }
    }
}

/// Ties fall to shared words, then to the findings' order, so that the list is the same on every run.
fn sort_pairs(ids: &mut [u32], columns: &Columns, pairs: &Pairs, sort: Sort) {
    let pair = |id: u32| &pairs.0[id as usize];
    // A share in thousandths compares like the number a person reads, and is `Ord`.
    let share = |id: u32| (pair(id).share_first.max(pair(id).share_second) * 1000.0) as u32;
    let day = |id: u32| columns.day[pair(id).first as usize];
    let words = |id: u32| (Reverse(pair(id).words), id);
    let apart = |id: u32| pair(id).days_apart.map(i32::unsigned_abs);
    match (sort.by, sort.reversed) {
        (Order::Words, false) => ids.sort_by_key(|&id| words(id)),
        (Order::Words, true) => ids.sort_by_key(|&id| (pair(id).words, id)),
        (Order::Share, false) => ids.sort_by_key(|&id| (Reverse(share(id)), words(id))),
        (Order::Share, true) => ids.sort_by_key(|&id| (share(id), words(id))),
        // Undated ones stay last either way: they have no place in the order.
        (Order::Date, false) => ids.sort_by_key(|&id| (day(id).is_none(), day(id), words(id))),
        (Order::Date, true) => {
            ids.sort_by_key(|&id| (day(id).is_none(), Reverse(day(id)), words(id)))
        }
        (Order::DaysApart, false) => {
            ids.sort_by_key(|&id| (apart(id).is_none(), apart(id), words(id)))
        }
        (Order::DaysApart, true) => {
            ids.sort_by_key(|&id| (apart(id).is_none(), Reverse(apart(id)), words(id)));
        }
    }
}
