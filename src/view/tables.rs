//! All that lists, facets and pictures look up: made once for a set of findings, then only read.

use std::sync::Arc;

use super::{Columns, Links, List, Orders, Pairs, Sorts};
use crate::article::Article;
use crate::reuse::Findings;

/// The facts of every article, pair and family. Cheap to clone but for the columns.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    pub columns: Columns,
    pub pairs: Arc<Pairs>,
    pub links: Arc<Links>,
    pub orders: Orders,
}

impl Tables {
    /// Looks at every article and passage; for a large folder that is work for a worker.
    pub fn new(articles: &[Arc<Article>], findings: &Findings, sorts: Sorts) -> Self {
        let pairs = Pairs::new(articles, findings);
        Self::with_pairs(articles, Columns::new(articles), findings, pairs, sorts)
    }

    /// The same, with what is known already.
    pub fn with_pairs(
        articles: &[Arc<Article>],
        mut columns: Columns,
        findings: &Findings,
        pairs: Pairs,
        sorts: Sorts,
    ) -> Self {
        let links = Links::new(articles, &columns, findings, &pairs);
        columns.relate(articles, &pairs, &links);
        let orders = Orders::new(articles, &columns, &pairs, &links, sorts);
        Self {
            columns,
            pairs: pairs.into(),
            links: links.into(),
            orders,
        }
    }

    /// Articles without findings: those of a folder that is still being read.
    pub fn unrelated(articles: &[Arc<Article>], columns: Columns, sorts: Sorts) -> Self {
        let mut tables = Self {
            columns,
            ..Self::default()
        };
        tables.sort(articles, List::Articles, sorts);
        tables
    }

    /// Puts one list into another order.
    pub fn sort(&mut self, articles: &[Arc<Article>], list: List, sorts: Sorts) {
        self.orders = self.orders.with(list, articles, self, sorts);
    }
}
