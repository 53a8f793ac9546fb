//! The facts that facets and lists look at, one entry an article, so that a filter over a hundred
//! thousand articles touches a few bytes of each.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::article::Article;

/// Outlet and day of every article, in the articles' order.
#[derive(Debug, Default)]
pub struct Columns {
    /// Names of the known outlets: most articles first, then by name.
    pub outlets: Vec<String>,
    /// Index into [`Columns::outlets`]; `None` = unknown.
    pub outlet: Vec<Option<u32>>,
    /// Day of publication; `None` = unknown.
    pub day: Vec<Option<Date>>,
}

impl Columns {
    pub fn new(articles: &[Arc<Article>]) -> Self {
        let mut counts = BTreeMap::<&str, usize>::new();
        for name in articles.iter().filter_map(|a| a.outlet_name()) {
            *counts.entry(name).or_default() += 1;
        }
        let mut order: Vec<_> = counts.into_iter().collect();
        order.sort_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(y.0)));
        let ids: BTreeMap<&str, u32> = (0..)
            .zip(&order)
            .map(|(id, (name, _))| (*name, id))
            .collect();
        Self {
            outlet: articles
                .iter()
                .map(|a| a.outlet_name().and_then(|name| ids.get(name).copied()))
                .collect(),
            day: articles.iter().map(|a| a.day()).collect(),
            outlets: order.into_iter().map(|(name, _)| name.to_owned()).collect(),
        }
    }

    pub fn len(&self) -> usize {
        self.outlet.len()
    }

    pub fn is_empty(&self) -> bool {
        self.outlet.is_empty()
    }
}
