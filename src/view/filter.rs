//! What the person has chosen to see, and whether an article is part of it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Columns;

/// All active restrictions. The default shows everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Chosen outlets, `None` standing for *unknown*; empty = all.
    pub outlets: BTreeSet<Option<String>>,
    pub days: DayFilter,
    pub sides: Sides,
    /// What stands in the search box. Its hits come from `search` and are handed to [`Selection::new`].
    pub query: String,
}

/// The date facet. *Unknown* is one more value to choose, like an outlet's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayFilter {
    /// First and last day, both included.
    pub range: Option<(Date, Date)>,
    pub unknown: bool,
}

/// Which of a pair's articles have to be in the selection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sides {
    /// One is enough: who shares text with these?
    #[default]
    Either,
    /// Both: what do these share among themselves?
    Both,
}

impl DayFilter {
    pub fn is_active(self) -> bool {
        self.range.is_some() || self.unknown
    }

    pub fn passes(self, day: Option<Date>) -> bool {
        match (self.range, day) {
            (None, day) => !self.unknown || day.is_none(),
            (Some((first, last)), Some(day)) => first <= day && day <= last,
            (Some(_), None) => self.unknown,
        }
    }
}

impl Filter {
    pub fn is_active(&self) -> bool {
        !self.outlets.is_empty() || self.days.is_active() || !self.query.trim().is_empty()
    }

    /// Chooses an outlet, or lets go of it.
    pub fn toggle_outlet(&mut self, outlet: Option<String>) {
        if !self.outlets.remove(&outlet) {
            self.outlets.insert(outlet);
        }
    }
}

/// A filter resolved against the columns: each restriction as a yes or no for every article.
pub(super) struct Selection {
    outlet: Vec<bool>,
    unknown_outlet: bool,
    days: DayFilter,
    hits: Option<Vec<bool>>,
}

impl Selection {
    /// `hits`: indices of the articles that answer the query, `None` where there is no query.
    pub fn new(filter: &Filter, columns: &Columns, hits: Option<&[u32]>) -> Self {
        let all = filter.outlets.is_empty();
        Self {
            outlet: columns
                .outlets
                .iter()
                .map(|name| all || filter.outlets.contains(&Some(name.clone())))
                .collect(),
            unknown_outlet: all || filter.outlets.contains(&None),
            days: filter.days,
            hits: hits.map(|hits| {
                let mut set = vec![false; columns.len()];
                for &hit in hits {
                    if let Some(slot) = set.get_mut(hit as usize) {
                        *slot = true;
                    }
                }
                set
            }),
        }
    }

    pub fn by_outlet(&self, columns: &Columns, article: usize) -> bool {
        match columns.outlet[article] {
            Some(id) => self.outlet[id as usize],
            None => self.unknown_outlet,
        }
    }

    pub fn by_day(&self, columns: &Columns, article: usize) -> bool {
        self.days.passes(columns.day[article])
    }

    pub fn by_query(&self, article: usize) -> bool {
        self.hits.as_ref().is_none_or(|hits| hits[article])
    }

    pub fn passes(&self, columns: &Columns, article: usize) -> bool {
        self.by_query(article) && self.by_outlet(columns, article) && self.by_day(columns, article)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn unknown_is_a_value_of_the_date_facet() {
        let march = Some((date(2031, 3, 1), date(2031, 3, 31)));
        let inside = Some(date(2031, 3, 31));
        let outside = Some(date(2031, 4, 1));
        let cases = [
            // range, unknown ticked, (inside, outside, undated) pass?
            (None, false, (true, true, true)),
            (None, true, (false, false, true)),
            (march, false, (true, false, false)),
            (march, true, (true, false, true)),
        ];
        for (range, unknown, expected) in cases {
            let filter = DayFilter { range, unknown };
            let got = (
                filter.passes(inside),
                filter.passes(outside),
                filter.passes(None),
            );
            assert_eq!(got, expected, "{filter:?}");
        }
    }

    #[test]
    fn toggling_twice_changes_nothing() {
        let mut filter = Filter::default();
        filter.toggle_outlet(None);
        assert!(filter.is_active());
        filter.toggle_outlet(None);
        assert!(!filter.is_active());
    }
}
