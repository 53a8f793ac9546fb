//! In which order lists stand. An order is worked out once and then only sifted, so that a click on a
//! facet never sorts a hundred thousand rows.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Columns, Facet, Links, List, Pairs, Tables};
use crate::article::Article;

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    // Pairs.
    Words,
    Share,
    Likeness,
    /// Edits that change what is said.
    Changes,
    /// Day of the earlier article.
    Date,
    DaysApart,
    // Articles.
    /// As the search has it; the newest first while nothing is searched for.
    Relevance,
    Published,
    Title,
    Outlet,
    Length,
    SharedWords,
    /// Articles that it shares text with.
    SharedWith,
    Path,
    // Families.
    Size,
    Texts,
    Outlets,
    /// Outlets on the day on which most printed it.
    Peak,
    FirstDay,
    /// Days from the first to the last.
    Lasted,
    FamilyWords,
}

/// An order, or its reverse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort {
    pub by: Order,
    pub reversed: bool,
}

/// How each list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Sorts {
    pub pairs: Sort,
    pub articles: Sort,
    pub families: Sort,
}

impl Default for Sorts {
    fn default() -> Self {
        let sort = |by| Sort {
            by,
            reversed: false,
        };
        Self {
            pairs: sort(Order::Words),
            articles: sort(Order::Relevance),
            families: sort(Order::Size),
        }
    }
}

impl Sorts {
    /// The sort of a list; pictures have none of their own.
    pub fn of(&self, list: List) -> Sort {
        match list {
            List::Pairs | List::Pictures => self.pairs,
            List::Articles => self.articles,
            List::Families => self.families,
        }
    }

    pub fn set(&mut self, list: List, sort: Sort) {
        match list {
            List::Pairs | List::Pictures => self.pairs = sort,
            List::Articles => self.articles = sort,
            List::Families => self.families = sort,
        }
    }
}

impl Order {
    /// What a list can be sorted by, the usual order first.
    pub fn of(list: List) -> &'static [Self] {
        use Order::{
            Changes, Date, DaysApart, FamilyWords, FirstDay, Lasted, Length, Likeness, Outlet,
            Outlets, Path, Peak, Published, Relevance, Share, SharedWith, SharedWords, Size, Texts,
            Title, Words,
        };
        match list {
            List::Pairs | List::Pictures => &[Words, Share, Likeness, Changes, Date, DaysApart],
            List::Articles => &[
                Relevance,
                Published,
                Title,
                Outlet,
                Length,
                SharedWords,
                SharedWith,
                Path,
            ],
            List::Families => &[Size, Texts, Outlets, Peak, FirstDay, Lasted, FamilyWords],
        }
    }

    /// What articles can be sorted by while nothing is searched for, and how they are: nothing is more relevant then, and
    /// the newest stand first.
    pub fn without_search(sort: Sort) -> (&'static [Self], Sort) {
        let by = match sort.by {
            Self::Relevance => Self::Published,
            other => other,
        };
        (&Self::of(List::Articles)[1..], Sort { by, ..sort })
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Words => "Shared words",
            Self::Share => "Share",
            Self::Likeness => "Likeness",
            Self::Changes => "Changes",
            Self::Date | Self::Published => "Date",
            Self::DaysApart => "Days apart",
            Self::Relevance => "Relevance",
            Self::Title => "Headline",
            Self::Outlet => "Outlet",
            Self::Length => "Words",
            Self::SharedWords => "Shared words",
            Self::SharedWith => "Shares with",
            Self::Path => "File",
            Self::Size => "Articles",
            Self::Texts => "Texts",
            Self::Outlets => "Outlets",
            Self::Peak => "Outlets in a day",
            Self::FirstDay => "First day",
            Self::Lasted => "Days",
            Self::FamilyWords => "Shared words",
        }
    }

    /// True where the largest comes first.
    fn descends(self) -> bool {
        !matches!(
            self,
            Self::Date | Self::DaysApart | Self::Title | Self::Outlet | Self::Path | Self::FirstDay
        )
    }
}

/// The rows of all lists in their orders, nothing left out.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    pairs: Arc<[u32]>,
    articles: Arc<[u32]>,
    families: Arc<[u32]>,
    sorts: Sorts,
}

impl Orders {
    pub fn new(
        articles: &[Arc<Article>],
        columns: &Columns,
        pairs: &Pairs,
        links: &Links,
        sorts: Sorts,
    ) -> Self {
        Self {
            pairs: sort_pairs(columns, pairs, sorts.pairs).into(),
            articles: sort_articles(articles, columns, links, sorts.articles).into(),
            families: sort_families(links, sorts.families).into(),
            sorts,
        }
    }

    /// These orders with one list sorted anew.
    pub fn with(&self, list: List, articles: &[Arc<Article>], of: &Tables, sorts: Sorts) -> Self {
        let mut orders = self.clone();
        orders.sorts.set(list, sorts.of(list));
        match list {
            List::Articles => {
                let sort = sorts.articles;
                orders.articles = sort_articles(articles, &of.columns, &of.links, sort).into();
            }
            List::Families => orders.families = sort_families(&of.links, sorts.families).into(),
            List::Pairs | List::Pictures => {
                orders.pairs = sort_pairs(&of.columns, &of.pairs, sorts.pairs).into();
            }
        }
        orders
    }

    pub fn pairs(&self) -> &[u32] {
        &self.pairs
    }

    pub fn articles(&self) -> &[u32] {
        &self.articles
    }

    pub fn families(&self) -> &[u32] {
        &self.families
    }

    /// What the lists are sorted by.
    pub fn sorts(&self) -> Sorts {
        self.sorts
    }
}

/// Rows by `key`; what has none is last either way, having no place in the order. Equal ones by `tie`, then
/// as they come, so that the list is the same on every run.
fn sorted(
    count: usize,
    sort: Sort,
    key: impl Fn(u32) -> Option<u32>,
    tie: impl Fn(u32) -> u32,
) -> Vec<u32> {
    let descends = sort.by.descends() != sort.reversed;
    let mut rows: Vec<(bool, u32, u32, u32)> = (0..count as u32)
        .map(|row| match key(row) {
            Some(key) => (false, if descends { !key } else { key }, tie(row), row),
            None => (true, 0, tie(row), row),
        })
        .collect();
    rows.sort_unstable();
    rows.into_iter().map(|(_, _, _, row)| row).collect()
}

/// Days as a number that sorts as they do.
fn day_key(day: Option<Date>) -> Option<u32> {
    let day = day?;
    let (year, month, date) = (day.year(), day.month(), day.day());
    Some((i32::from(year) + 10_000) as u32 * 416 + month as u32 * 32 + date as u32)
}

fn sort_pairs(columns: &Columns, pairs: &Pairs, sort: Sort) -> Vec<u32> {
    let pair = |id: u32| &pairs.0[id as usize];
    // Thousandths compare like the number a person reads, and are whole.
    let thousandths = |share: f32| (share * 1000.0) as u32;
    let key = |id: u32| match sort.by {
        Order::Share => Some(thousandths(pair(id).share_first.max(pair(id).share_second))),
        Order::Likeness => Some(thousandths(pair(id).likeness)),
        Order::Changes => Some(pair(id).substantive),
        Order::Date => day_key(columns.day[pair(id).first as usize]),
        Order::DaysApart => pair(id).days_apart.map(i32::unsigned_abs),
        _ => Some(pair(id).words),
    };
    sorted(pairs.0.len(), sort, key, |id| !pair(id).words)
}

fn sort_articles(
    articles: &[Arc<Article>],
    columns: &Columns,
    links: &Links,
    sort: Sort,
) -> Vec<u32> {
    let count = columns.len();
    let ranks = |name: &dyn Fn(u32) -> String| {
        let mut order: Vec<u32> = (0..count as u32).collect();
        order.sort_by_cached_key(|id| (name(*id), *id));
        let mut ranks = vec![0; count];
        for (rank, id) in (0..).zip(order) {
            ranks[id as usize] = rank;
        }
        ranks
    };
    let by_name: Vec<u32> = match sort.by {
        Order::Title => ranks(&|id| headline(&articles[id as usize])),
        Order::Path => ranks(&|id| articles[id as usize].path.clone()),
        _ => Vec::new(),
    };
    let known = |words: &[u32], id: u32| words.get(id as usize).copied();
    let key = |id: u32| match sort.by {
        Order::Title | Order::Path => Some(by_name[id as usize]),
        Order::Outlet => {
            let outlet = columns.outlet(id)?;
            Some(columns.column(Facet::Outlet).rank[outlet as usize])
        }
        Order::Length => Some(columns.words[id as usize]),
        Order::SharedWords => known(&links.shared_words, id),
        Order::SharedWith => Some(links.pairs_of(id).count() as u32),
        _ => day_key(columns.day[id as usize]),
    };
    sorted(count, sort, key, |id| id)
}

/// The headline, or how the article begins.
fn headline(article: &Article) -> String {
    let title = article.title_text().filter(|title| !title.is_empty());
    title.map_or_else(
        || article.text.trim_start().chars().take(60).collect(),
        str::to_owned,
    )
}

fn sort_families(links: &Links, sort: Sort) -> Vec<u32> {
    let family = |id: u32| &links.families[id as usize];
    let key = |id: u32| match sort.by {
        Order::Texts => Some(family(id).texts),
        Order::Outlets => Some(family(id).outlets),
        Order::Peak => family(id).peak.map(|(_, outlets)| outlets),
        Order::FirstDay => day_key(family(id).days.map(|(first, _)| first)),
        Order::Lasted => family(id)
            .days
            .map(|(first, last)| (last.duration_since(first).as_hours() / 24) as u32),
        Order::FamilyWords => Some(family(id).words),
        _ => Some(family(id).size),
    };
    sorted(links.families.len(), sort, key, |id| !family(id).words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_has_no_place_in_the_order_is_last_either_way() {
        let keys = [Some(2), None, Some(9), Some(2)];
        for (reversed, expected) in [(false, [2, 0, 3, 1]), (true, [0, 3, 2, 1])] {
            let sort = Sort {
                by: Order::Size,
                reversed,
            };
            assert_eq!(sorted(4, sort, |row| keys[row as usize], |_| 0), expected);
        }
    }

    #[test]
    fn days_sort_as_numbers() {
        let days = [
            date(-44, 3, 15),
            date(1999, 12, 31),
            date(2000, 1, 1),
            date(2031, 3, 5),
        ];
        let keys: Vec<_> = days.iter().map(|day| day_key(Some(*day))).collect();
        assert!(keys.is_sorted());
        assert_eq!(day_key(None), None);
    }
}
