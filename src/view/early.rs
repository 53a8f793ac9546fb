//! What one article shares, made ready to be shown before the rest of the folder has been compared.

use std::cmp::Reverse;
use std::sync::Arc;

use super::{Pair, Pairs};
use crate::article::Article;
use crate::reuse::Findings;

/// The pairs of one article, and the findings that they are of.
#[derive(Clone, Debug)]
pub struct Early {
    pub article: u32,
    pub findings: Findings,
    /// Most shared words first, as in [`super::Links::pairs_of`].
    pub pairs: Vec<Pair>,
}

impl Early {
    /// `findings` are those of this article alone.
    pub fn new(articles: &[Arc<Article>], article: u32, findings: Findings) -> Self {
        let Pairs(mut pairs) = Pairs::new(articles, &findings);
        pairs.sort_by_key(|pair| Reverse(pair.words));
        Self {
            article,
            findings,
            pairs,
        }
    }

    /// The pair of two articles, in either order; `None` where it is not known yet.
    pub fn pair_of(&self, [x, y]: [u32; 2]) -> Option<&Pair> {
        let is_of = |pair: &&Pair| {
            [pair.first, pair.second] == [x, y] || [pair.second, pair.first] == [x, y]
        };
        self.pairs.iter().find(is_of)
    }

    /// As [`super::Links::near_copies`].
    pub fn near_copies(&self) -> Option<(u32, u32)> {
        let copies = self.findings.copies.last()?;
        Some((copies.first, 1 + copies.others.len() as u32))
    }
}
