//! The articles of a selection that share most with others, and what joins them: a picture's numbers. What is
//! nearly the same stands as one, or a text printed fifty times would be the whole picture.

use std::collections::BTreeMap;

use super::{Board, Tables};

/// More nodes than this nobody reads.
pub const MOST_NODES: usize = 50;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextGraph {
    /// Most shared words first.
    pub nodes: Vec<TextNode>,
    /// Between places of [`TextGraph::nodes`], the lower first.
    links: BTreeMap<(usize, usize), TextLink>,
    /// Texts that share something too and are fewer words.
    pub left_out: usize,
}

/// One text, however often it was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextNode {
    /// The first article that has it.
    pub article: u32,
    /// Words that it shares with other texts, over all pairs.
    pub words: u64,
}

/// What two texts share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextLink {
    pub words: u32,
    /// The pair that shares most, as an index into [`super::Pairs`].
    pub pair: u32,
}

impl TextGraph {
    /// Of the pairs that the board shows.
    pub fn new(board: &Board, tables: &Tables) -> Self {
        let Tables { pairs, links, .. } = tables;
        let like = |article: u32| links.like[article as usize];
        let joins = |id: &u32| {
            let pair = &pairs.0[*id as usize];
            (like(pair.first) != like(pair.second)).then_some(pair)
        };
        let mut words = vec![0_u64; links.like.len()];
        let mut first = vec![u32::MAX; links.like.len()];
        for pair in board.pairs.iter().filter_map(joins) {
            for article in [pair.first, pair.second] {
                let text = like(article) as usize;
                words[text] += u64::from(pair.words);
                first[text] = first[text].min(article);
            }
        }
        let mut texts: Vec<u32> = (0..words.len() as u32)
            .filter(|text| words[*text as usize] > 0)
            .collect();
        texts.sort_by_key(|text| (std::cmp::Reverse(words[*text as usize]), *text));
        let left_out = texts.len().saturating_sub(MOST_NODES);
        texts.truncate(MOST_NODES);
        let place: BTreeMap<u32, usize> = texts.iter().enumerate().map(|(i, t)| (*t, i)).collect();
        let mut between = BTreeMap::<(usize, usize), TextLink>::new();
        for &id in &board.pairs {
            let Some(pair) = joins(&id) else { continue };
            let places = [pair.first, pair.second].map(|article| place.get(&like(article)));
            let [Some(&x), Some(&y)] = places else {
                continue;
            };
            let link = TextLink {
                words: pair.words,
                pair: id,
            };
            let known = between.entry((x.min(y), x.max(y))).or_insert(link);
            if (link.words, std::cmp::Reverse(id)) > (known.words, std::cmp::Reverse(known.pair)) {
                *known = link;
            }
        }
        Self {
            nodes: texts
                .iter()
                .map(|&text| TextNode {
                    article: first[text as usize],
                    words: words[text as usize],
                })
                .collect(),
            links: between,
            left_out,
        }
    }

    /// What two nodes share, in either order; `None` where nothing.
    pub fn between(&self, x: usize, y: usize) -> Option<TextLink> {
        self.links.get(&(x.min(y), x.max(y))).copied()
    }

    /// All joined nodes, most shared words first.
    pub fn joined(&self) -> Vec<(usize, usize, TextLink)> {
        let all = self.links.iter();
        let mut joined: Vec<_> = all.map(|((x, y), link)| (*x, *y, *link)).collect();
        joined.sort_by_key(|(x, y, link)| (std::cmp::Reverse(link.words), *x, *y));
        joined
    }

    /// Nodes that one is joined with, most shared words first.
    pub fn partners(&self, node: usize) -> Vec<(usize, TextLink)> {
        let others =
            (0..self.nodes.len()).filter_map(|other| Some((other, self.between(node, other)?)));
        let mut partners: Vec<_> = others.collect();
        partners.sort_by_key(|(other, link)| (std::cmp::Reverse(link.words), *other));
        partners
    }
}

#[cfg(test)]
mod tests {
    use super::super::Filter;
    use super::super::samples::sample;
    use super::*;

    #[test]
    fn copies_are_one_node_and_the_strongest_pair_joins() {
        // The first two are one text: 198 of 200 words the same, by a likeness of 98 %.
        let folder = sample(
            &[("a", Some(1)), ("b", Some(1)), ("c", Some(2)), ("d", None)],
            &[(0, 1, 198), (0, 2, 40), (1, 2, 60), (2, 3, 20)],
        );
        let graph = TextGraph::new(&folder.board(&Filter::default()), &folder.tables);
        let nodes: Vec<_> = graph.nodes.iter().map(|n| (n.article, n.words)).collect();
        assert_eq!(nodes, [(2, 120), (0, 100), (3, 20)]);
        let link = graph.between(1, 0).unwrap();
        let pair = &folder.tables.pairs.0[link.pair as usize];
        assert_eq!((link.words, pair.first, pair.second), (60, 1, 2));
        assert_eq!(graph.between(1, 2), None);
        assert_eq!(graph.joined().len(), 2);
        assert_eq!(graph.partners(0).len(), 2);
    }
}
