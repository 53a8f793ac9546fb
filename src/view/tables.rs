//! All that lists, facets and pictures look up: made once for a set of findings, then only read.

use std::sync::Arc;

use super::{Columns, Links, List, Order, Orders, Pairs, Sorts};
use crate::article::Article;
use crate::reuse::Findings;

/// The facts of every article, pair and family. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    pub columns: Arc<Columns>,
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
            columns: columns.into(),
            pairs: pairs.into(),
            links: links.into(),
            orders,
        }
    }

    /// Articles without findings: those of a folder that is still being read. Their order is still to be made.
    pub fn unrelated(columns: Columns) -> Self {
        Self {
            columns: columns.into(),
            ..Self::default()
        }
    }

    /// Takes in more articles, behind those there are. Their order is still to be made.
    pub fn push(&mut self, articles: &[Arc<Article>]) {
        Arc::make_mut(&mut self.columns).push(articles);
    }

    /// True where [`Tables::order`] has to look at the articles themselves.
    pub fn order_reads_articles(sorts: Sorts) -> bool {
        matches!(sorts.articles.by, Order::Title | Order::Path)
    }

    /// Brings every list that is not yet into this order. `articles` may be empty unless
    /// [`Tables::order_reads_articles`].
    pub fn order(&mut self, articles: &[Arc<Article>], sorts: Sorts) {
        for list in [List::Pairs, List::Articles, List::Families] {
            let (rows, ordered) = match list {
                List::Pairs | List::Pictures => (self.pairs.0.len(), self.orders.pairs().len()),
                List::Articles => (self.columns.len(), self.orders.articles().len()),
                List::Families => (self.links.families.len(), self.orders.families().len()),
            };
            if rows != ordered || self.orders.sorts().of(list) != sorts.of(list) {
                self.orders = self.orders.with(list, articles, self, sorts);
            }
        }
    }
}
