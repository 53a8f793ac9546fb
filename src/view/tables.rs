//! All that lists, facets and pictures look up: made once for a set of findings, then only read.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::facet::verdict_bin;
use super::{Columns, Links, List, Order, Orders, Pairs, Sorts};
use crate::article::{Article, ContentId, PairId, Verdict, Verdicts};
use crate::reuse::Findings;

/// The facts of every article, pair and family. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    pub columns: Arc<Columns>,
    pub pairs: Arc<Pairs>,
    pub links: Arc<Links>,
    pub orders: Orders,
    /// What a person thinks of pairs, by their numbers.
    pub verdicts: Arc<BTreeMap<u32, Verdict>>,
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
            verdicts: Arc::default(),
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

    /// What a person thinks of a pair from now on; an empty verdict is none.
    pub fn judge(&mut self, pair: u32, verdict: Verdict) {
        Arc::make_mut(&mut self.columns).judge(pair, verdict_bin(&verdict));
        let verdicts = Arc::make_mut(&mut self.verdicts);
        match verdict.is_empty() {
            true => drop(verdicts.remove(&pair)),
            false => drop(verdicts.insert(pair, verdict)),
        }
    }

    /// What a person thought of pairs before. `id` names the contents of articles, by their numbers; looks at
    /// every pair, where there are verdicts.
    pub fn judge_all(&mut self, verdicts: &Verdicts, id: impl Fn(u32) -> ContentId) {
        if verdicts.is_empty() {
            return;
        }
        let ids: Vec<ContentId> = (0..self.columns.len() as u32).map(id).collect();
        let pairs = Arc::clone(&self.pairs);
        for (number, pair) in (0..).zip(&pairs.0) {
            let contents = PairId::new(ids[pair.first as usize], ids[pair.second as usize]);
            if let Some(verdict) = verdicts.get(&contents) {
                self.judge(number, verdict.clone());
            }
        }
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
