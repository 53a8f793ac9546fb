//! The facts that facets and lists look at, a few bytes for each article and pair, so that a filter over
//! a hundred thousand articles touches no text.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use foldhash::fast::FixedState;
use jiff::civil::Date;

use super::facet::{
    UNJUDGED, WITHIN, apart_bin, family_size_bin, kind_bin, likeness_bin, percent, sharing_of,
    words_bin,
};
use super::{Facet, Links, Pairs};
use crate::article::Article;
use crate::text;

/// Every facet of every article, in the articles' order, and of every pair, in the findings' order.
#[derive(Clone, Debug)]
pub struct Columns {
    /// Day of publication; `None` = unknown.
    pub day: Vec<Option<Date>>,
    /// Words of every article.
    pub words: Vec<u32>,
    /// First and second article of every pair: all that is asked of most pairs.
    pub(super) sides: Vec<[u32; 2]>,
    columns: [Column; Facet::ALL.len()],
    /// Amounts of every pair, for the facets that have one ([`Facet::amount`]); what is unknown is `u32::MAX`.
    amounts: BTreeMap<Facet, Vec<u32>>,
    names: [Names; 4],
}

/// One facet's values, and which of them each row has.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// In the order in which they were first met; bins in their own.
    pub values: Vec<Option<Arc<str>>>,
    /// Rank of each value in the order of names; *unknown* is last.
    pub rank: Vec<u32>,
    /// Rows that have each value, whatever is filtered.
    totals: Vec<u32>,
    pub(super) rows: Rows,
}

/// Which values a row has.
#[derive(Clone, Debug)]
pub(super) enum Rows {
    /// Exactly one, as an index into the values.
    One(Vec<u32>),
    /// At least one, as bits.
    Many(Vec<u32>),
}

impl Default for Rows {
    fn default() -> Self {
        Self::One(Vec::new())
    }
}

/// Names that have been met, each spelling of one name under one number.
#[derive(Clone, Debug, Default)]
struct Names {
    unknown: Option<u32>,
    /// Number of each spelling as it stands in the articles.
    spellings: HashMap<String, u32, FixedState>,
    /// Number of each folded name.
    folded: HashMap<String, u32, FixedState>,
}

impl Default for Columns {
    fn default() -> Self {
        let mut columns: [Column; Facet::ALL.len()] = Default::default();
        for facet in Facet::ALL {
            let column = &mut columns[facet as usize];
            column.values = facet.bins().iter().map(|bin| Some((*bin).into())).collect();
            column.rank = (0..column.values.len() as u32).collect();
        }
        Self {
            day: Vec::new(),
            words: Vec::new(),
            sides: Vec::new(),
            columns,
            amounts: BTreeMap::new(),
            names: Default::default(),
        }
    }
}

impl Columns {
    pub fn new(articles: &[Arc<Article>]) -> Self {
        let mut columns = Self::default();
        columns.push(articles);
        columns
    }

    /// Takes in more articles, behind those it has. What pairs say has to be told again ([`Self::relate`]).
    pub fn push(&mut self, articles: &[Arc<Article>]) {
        self.day
            .extend(articles.iter().map(|article| article.day()));
        self.words
            .extend(articles.iter().map(|article| article.words));
        for article in articles {
            let folder = article
                .path
                .rsplit_once('/')
                .map_or("", |(folder, _)| folder);
            let values = [
                article.outlet_name(),
                article.credit_name(),
                Some(article.kind.name()),
                Some(folder),
            ];
            let facets = [Facet::Outlet, Facet::Credit, Facet::FileType, Facet::Folder];
            for ((facet, names), value) in facets.into_iter().zip(&mut self.names).zip(values) {
                let column = &mut self.columns[facet as usize];
                // Two folders are two, however alike their names are.
                let merge = facet != Facet::Folder;
                let id = names.id(value, merge, &mut column.values);
                if let Rows::One(rows) = &mut column.rows {
                    rows.push(id);
                }
            }
        }
        for column in &mut self.columns {
            column.set_ranks();
            column.totals.resize(column.values.len(), 0);
        }
    }

    /// Takes in what pairs say, about themselves and about the articles.
    pub fn relate(&mut self, articles: &[Arc<Article>], pairs: &Pairs, links: &Links) {
        self.sides = pairs
            .0
            .iter()
            .map(|pair| [pair.first, pair.second])
            .collect();
        let all = 0..self.day.len();
        let family_size = |article: usize| {
            links
                .family_of(article as u32)
                .map_or(1, |family| links.families[family as usize].size as usize)
        };
        let sharing = |article: usize| {
            let (copied, shared) = (links.copied_words[article], links.shared_words[article]);
            sharing_of(&articles[article], copied, shared) as u32
        };
        let outlets = &self.columns[Facet::Outlet as usize];
        let outlet = |article: u32| {
            let id = outlets.one(article as usize);
            outlets.values[id as usize].as_ref().map(|_| id)
        };
        let across: Vec<Option<usize>> = pairs
            .0
            .iter()
            .map(|pair| {
                let (first, second) = (outlet(pair.first)?, outlet(pair.second)?);
                Some(usize::from(first == second) * WITHIN)
            })
            .collect();
        let one = |bins: Vec<u32>| Rows::One(bins);
        let sizes = all
            .clone()
            .map(|a| family_size_bin(family_size(a)) as u32)
            .collect();
        let sharing = all.map(sharing).collect();
        let of_pairs = |bin: fn(&super::Pair) -> usize| {
            pairs
                .0
                .iter()
                .map(|pair| bin(pair) as u32)
                .collect::<Vec<u32>>()
        };
        for (facet, rows) in [
            (Facet::FamilySize, one(sizes)),
            (Facet::Sharing, one(sharing)),
            (Facet::Kind, one(of_pairs(|pair| kind_bin(pair.kind())))),
            (Facet::Words, one(of_pairs(|pair| words_bin(pair.words)))),
            (
                Facet::Likeness,
                one(of_pairs(|pair| likeness_bin(pair.likeness))),
            ),
            (
                Facet::Change,
                Rows::Many(pairs.0.iter().map(|pair| pair.changes).collect()),
            ),
            (Facet::Verdict, one(vec![UNJUDGED; pairs.0.len()])),
        ] {
            self.columns[facet as usize].rows = rows;
        }
        let apart = pairs.0.iter().map(|pair| pair.days_apart.map(apart_bin));
        self.columns[Facet::Apart as usize].set_bins(Facet::Apart, apart);
        self.columns[Facet::Across as usize].set_bins(Facet::Across, across.into_iter());
        for column in &mut self.columns {
            column.set_totals();
        }
        let amounts = |amount: fn(&super::Pair) -> Option<u32>| {
            let known = |pair| amount(pair).unwrap_or(u32::MAX);
            pairs.0.iter().map(known).collect::<Vec<u32>>()
        };
        self.amounts = BTreeMap::from([
            (Facet::Words, amounts(|pair| Some(pair.words))),
            (
                Facet::Likeness,
                amounts(|pair| Some(percent(pair.likeness))),
            ),
            (
                Facet::Apart,
                amounts(|pair| pair.days_apart.map(i32::unsigned_abs)),
            ),
        ]);
    }

    /// What a facet counts of every pair; nothing for other facets. `u32::MAX` is unknown.
    pub(super) fn amounts(&self, facet: Facet) -> &[u32] {
        self.amounts.get(&facet).map_or(&[], Vec::as_slice)
    }

    /// Puts a pair under another value of [`Facet::Verdict`].
    pub(super) fn judge(&mut self, pair: u32, value: u32) {
        let column = &mut self.columns[Facet::Verdict as usize];
        let Rows::One(rows) = &mut column.rows else {
            return;
        };
        if let Some(row) = rows.get_mut(pair as usize) {
            column.totals[*row as usize] -= 1;
            column.totals[value as usize] += 1;
            *row = value;
        }
    }

    pub fn column(&self, facet: Facet) -> &Column {
        &self.columns[facet as usize]
    }

    /// Number of an article's outlet among the values of [`Facet::Outlet`]; `None` when unknown.
    pub fn outlet(&self, article: u32) -> Option<u32> {
        let column = self.column(Facet::Outlet);
        let id = column.one(article as usize);
        column.values[id as usize].as_ref().map(|_| id)
    }

    /// Articles.
    pub fn len(&self) -> usize {
        self.day.len()
    }

    pub fn is_empty(&self) -> bool {
        self.day.is_empty()
    }
}

impl Column {
    /// The value of a row that has exactly one.
    pub(super) fn one(&self, row: usize) -> u32 {
        match &self.rows {
            Rows::One(rows) => rows[row],
            Rows::Many(rows) => rows[row].trailing_zeros(),
        }
    }

    /// Rows that have each value, whatever is filtered.
    pub fn totals(&self) -> &[u32] {
        &self.totals
    }

    /// False while nothing is known of any row, as before articles have been compared.
    pub fn is_known(&self) -> bool {
        self.rows() > 0
    }

    fn set_totals(&mut self) {
        let mut totals = vec![0; self.values.len()];
        for row in 0..self.rows() {
            for value in self.of(row) {
                totals[value as usize] += 1;
            }
        }
        self.totals = totals;
    }

    /// Rows that are known; fewer than there are while findings are still to come.
    pub(super) fn rows(&self) -> usize {
        match &self.rows {
            Rows::One(rows) | Rows::Many(rows) => rows.len(),
        }
    }

    /// Numbers of the values that a row has.
    pub fn of(&self, row: usize) -> impl Iterator<Item = u32> {
        let (one, bits) = match &self.rows {
            Rows::One(rows) => (Some(rows[row]), 0),
            Rows::Many(rows) => (None, rows[row]),
        };
        one.into_iter()
            .chain((0..32).filter(move |bit| bits >> bit & 1 == 1))
    }

    /// The number of a value, in any spelling of a name.
    pub fn find(&self, value: Option<&str>) -> Option<usize> {
        let same = |x: &str, y: &str| x == y || text::fold(x).text() == text::fold(y).text();
        let exact = self
            .values
            .iter()
            .position(|known| known.as_deref() == value);
        exact.or_else(|| {
            self.values
                .iter()
                .position(|known| match (known.as_deref(), value) {
                    (Some(known), Some(value)) => same(known, value),
                    _ => false,
                })
        })
    }

    /// Bins of which some rows have none: those are *unknown*, which then is a value behind the bins.
    fn set_bins(&mut self, facet: Facet, bins: impl Iterator<Item = Option<usize>>) {
        let unknown = facet.bins().len();
        let rows: Vec<u32> = bins.map(|bin| bin.unwrap_or(unknown) as u32).collect();
        self.values.truncate(unknown);
        if rows.contains(&(unknown as u32)) {
            self.values.push(None);
        }
        self.rank = (0..self.values.len() as u32).collect();
        self.rows = Rows::One(rows);
    }

    fn set_ranks(&mut self) {
        if self.rank.len() == self.values.len() {
            return;
        }
        let mut order: Vec<u32> = (0..self.values.len() as u32).collect();
        order.sort_by_cached_key(|id| {
            let name = self.values[*id as usize].as_deref();
            (
                name.is_none(),
                name.map(|name| text::fold(name).text().to_owned()),
            )
        });
        self.rank = vec![0; order.len()];
        for (rank, id) in (0..).zip(order) {
            self.rank[id as usize] = rank;
        }
    }
}

impl Names {
    fn id(&mut self, name: Option<&str>, merge: bool, values: &mut Vec<Option<Arc<str>>>) -> u32 {
        let fresh = values.len() as u32;
        let Some(name) = name else {
            return *self.unknown.get_or_insert_with(|| {
                values.push(None);
                fresh
            });
        };
        if let Some(id) = self.spellings.get(name) {
            return *id;
        }
        let id = if merge {
            let folded = text::fold(name).text().to_owned();
            *self.folded.entry(folded).or_insert(fresh)
        } else {
            fresh
        };
        if id == fresh {
            values.push(Some(name.into()));
        }
        self.spellings.insert(name.to_owned(), id);
        id
    }
}
