//! A filter resolved against the columns: for each article and pair, which restrictions it fails.
//!
//! Each restriction has one bit. What fails nothing is shown; what fails exactly one facet is what that
//! facet's own counts have to take in, because a facet's counts follow the *other* facets.

use super::columns::Rows;
use super::{Bounds, Columns, DayFilter, Facet, Filter};

/// Restrictions that an article or pair fails, one bit each.
pub(super) type Fails = u32;

/// Bit of the date facet, behind those of [`Facet`].
pub(super) const DAYS: Fails = 1 << Facet::ALL.len();
const QUERY: Fails = DAYS << 1;
const CARRYING: Fails = QUERY << 1;
/// What an article is let through by that has a pair as asked for, whichever facet is let go of.
pub(super) const ALL: Fails = Fails::MAX;

pub(super) fn bit(facet: Facet) -> Fails {
    1 << facet as u32
}

/// Articles that answer the search box, and those that carry the text looked for; `None` where nothing is
/// asked for. Best first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hits<'a> {
    pub query: Option<&'a [u32]>,
    pub carrying: Option<&'a [u32]>,
}

/// The filter, ready to be asked about each row.
pub(super) struct Selection<'a> {
    columns: &'a Columns,
    /// Facets with a choice, and for each of their values whether it passes (as bits for [`Rows::Many`]).
    of_articles: Vec<(Facet, Passing)>,
    of_pairs: Vec<(Facet, Passing)>,
    bounds: Vec<(Facet, Bounds)>,
    days: Option<DayFilter>,
    query: Option<Vec<bool>>,
    carrying: Option<Vec<bool>>,
}

struct Passing {
    values: Vec<bool>,
    /// Values of which at least one is wanted; none = any.
    only: u32,
    not: u32,
}

impl<'a> Selection<'a> {
    pub fn new(filter: &Filter, columns: &'a Columns, hits: Hits) -> Self {
        let chosen = |of_pair: bool| {
            filter
                .choices
                .iter()
                .filter(|(facet, choice)| choice.is_active() && facet.is_of_pair() == of_pair)
                .map(|(facet, choice)| {
                    let column = columns.column(*facet);
                    let find = |values: &std::collections::BTreeSet<Option<String>>| {
                        let mut found = vec![false; column.values.len()];
                        for value in values {
                            if let Some(id) = column.find(value.as_deref()) {
                                found[id] = true;
                            }
                        }
                        found
                    };
                    let (only, not) = (find(&choice.only), find(&choice.not));
                    let bits = |values: &[bool]| {
                        (0..32)
                            .zip(values)
                            .fold(0, |bits, (at, on)| bits | u32::from(*on) << at)
                    };
                    // A value that this folder does not have lets nothing through.
                    let nowhere = u32::from(!choice.only.is_empty()) << 31;
                    let passing = Passing {
                        only: bits(&only) | nowhere,
                        not: bits(&not),
                        values: only
                            .iter()
                            .zip(&not)
                            .map(|(only, not)| (choice.only.is_empty() || *only) && !not)
                            .collect(),
                    };
                    (*facet, passing)
                })
                .collect()
        };
        let set = |hits: Option<&[u32]>| {
            hits.map(|hits| {
                let mut set = vec![false; columns.len()];
                for &hit in hits {
                    if let Some(slot) = set.get_mut(hit as usize) {
                        *slot = true;
                    }
                }
                set
            })
        };
        Self {
            columns,
            of_articles: chosen(false),
            of_pairs: chosen(true),
            bounds: filter
                .bounds
                .iter()
                .map(|(facet, bounds)| (*facet, *bounds))
                .collect(),
            days: Some(filter.days).filter(|days| days.is_active()),
            query: set(hits.query),
            carrying: set(hits.carrying),
        }
    }

    pub fn asks_of_pairs(&self) -> bool {
        !self.of_pairs.is_empty() || !self.bounds.is_empty()
    }

    /// What every article fails.
    pub fn articles(&self) -> Vec<Fails> {
        let mut fails = self.rows(self.columns.len(), &self.of_articles);
        if let Some(days) = self.days {
            for (fails, day) in fails.iter_mut().zip(&self.columns.day) {
                *fails |= DAYS * Fails::from(!days.passes(*day));
            }
        }
        for (hits, bit) in [(&self.query, QUERY), (&self.carrying, CARRYING)] {
            if let Some(hits) = hits {
                for (fails, hit) in fails.iter_mut().zip(hits) {
                    *fails |= bit * Fails::from(!hit);
                }
            }
        }
        fails
    }

    /// What every pair itself fails; its articles are another matter.
    pub fn pairs(&self, pairs: usize) -> Vec<Fails> {
        let mut fails = self.rows(pairs, &self.of_pairs);
        for (facet, bounds) in &self.bounds {
            let bit = bit(*facet);
            for (fails, amount) in fails.iter_mut().zip(self.columns.amounts(*facet)) {
                let known = Some(*amount).filter(|amount| *amount != u32::MAX);
                *fails |= bit * Fails::from(!bounds.hold(known));
            }
        }
        fails
    }

    fn rows(&self, rows: usize, choices: &[(Facet, Passing)]) -> Vec<Fails> {
        let mut fails = vec![0; rows];
        for (facet, passing) in choices {
            let bit = bit(*facet);
            match &self.columns.column(*facet).rows {
                Rows::One(of) => {
                    for (fails, value) in fails.iter_mut().zip(of) {
                        *fails |= bit * Fails::from(!passing.values[*value as usize]);
                    }
                }
                Rows::Many(of) => {
                    for (fails, bits) in fails.iter_mut().zip(of) {
                        let passes = (passing.only == 0 || bits & passing.only != 0)
                            && bits & passing.not == 0;
                        *fails |= bit * Fails::from(!passes);
                    }
                }
            }
        }
        fails
    }
}
