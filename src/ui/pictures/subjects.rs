//! What a graph is of: outlets that share words, or texts. Names, tooltips and where a click leads.

use super::super::command::{Command, Commands};
use super::super::phrasing::{facts, group, plural, title};
use super::Overview;
use super::graph::Subject;
use crate::view::{List, MOST_NODES, Matrix, TextGraph};

/// Outlets, as rows of the matrix.
pub struct Outlets<'a> {
    pub overview: Overview<'a>,
    pub matrix: &'a Matrix,
}

impl Subject for Outlets<'_> {
    fn len(&self) -> usize {
        self.matrix.outlets.len().min(MOST_NODES)
    }

    fn between(&self, x: usize, y: usize) -> u64 {
        self.matrix.between(x, y)
    }

    fn caption(&self) -> String {
        let text =
            "Lines join outlets that share text: for each its strongest. Click one for the pairs.";
        let (shown, all) = (self.len(), self.matrix.outlets.len() + self.matrix.left_out);
        match all > shown {
            true => format!(
                "The {shown} outlets of {} that share most. {text}",
                group(all)
            ),
            false => text.to_owned(),
        }
    }

    fn name(&self, node: usize) -> String {
        self.overview.outlet(self.matrix.outlets[node]).to_owned()
    }

    fn told(&self, node: usize) -> String {
        let all = 0..self.matrix.outlets.len();
        let mut partners: Vec<usize> = all
            .filter(|other| *other != node && self.matrix.between(node, *other) > 0)
            .collect();
        partners.sort_by_key(|other| (std::cmp::Reverse(self.between(node, *other)), *other));
        let shares: u64 = partners
            .iter()
            .map(|other| self.between(node, *other))
            .sum();
        let mut text = format!(
            "\u{2068}{}\u{2069}\n{} shared with {}",
            self.name(node),
            plural(shares as usize, "word", "words"),
            plural(partners.len(), "outlet", "outlets")
        );
        for other in partners.into_iter().take(5) {
            let words = group(self.between(node, other) as usize);
            text.push_str(&format!(
                "\n{words} with \u{2068}{}\u{2069}",
                self.name(other)
            ));
        }
        text
    }

    fn told_of_line(&self, x: usize, y: usize) -> String {
        let words = |words: u64| group(words as usize);
        let (there, back) = (self.matrix.cell(x, y), self.matrix.cell(y, x));
        format!(
            "\u{2068}{}\u{2069} and \u{2068}{}\u{2069}\n{} words, {} and {} where the order is known\nClick for the pairs",
            self.name(x),
            self.name(y),
            words(self.between(x, y)),
            words(there.words),
            words(back.words)
        )
    }

    fn open(&self, node: usize, commands: &mut Commands) {
        let outlet = self.overview.outlet_value(self.matrix.outlets[node]);
        self.overview.open_outlet(outlet, List::Pairs, commands);
    }

    fn open_line(&self, x: usize, y: usize, commands: &mut Commands) {
        let outlets = [self.matrix.outlets[x], self.matrix.outlets[y]];
        self.overview.open_pairs(outlets, commands);
    }
}

/// Texts, as nodes of their graph.
pub struct Texts<'a> {
    pub overview: Overview<'a>,
    pub graph: &'a TextGraph,
}

impl Texts<'_> {
    fn facts(&self, node: usize) -> String {
        facts(&self.overview.articles[self.graph.nodes[node].article as usize])
    }
}

impl Subject for Texts<'_> {
    fn len(&self) -> usize {
        self.graph.nodes.len()
    }

    fn between(&self, x: usize, y: usize) -> u64 {
        self.graph.between(x, y).map_or(0, |link| link.words.into())
    }

    fn caption(&self) -> String {
        let text = "What is nearly the same stands as one. Lines join texts that share a passage: click one to compare.";
        let (shown, all) = (self.len(), self.len() + self.graph.left_out);
        match all > shown {
            true => format!(
                "The {shown} texts of {} that share most. {text}",
                group(all)
            ),
            false => text.to_owned(),
        }
    }

    fn name(&self, node: usize) -> String {
        title(&self.overview.articles[self.graph.nodes[node].article as usize])
    }

    fn told(&self, node: usize) -> String {
        let partners = self.graph.partners(node);
        let mut text = format!(
            "\u{2068}{}\u{2069}\n{}\n{} shared with {} of these",
            self.name(node),
            self.facts(node),
            plural(self.graph.nodes[node].words as usize, "word", "words"),
            plural(partners.len(), "text", "texts")
        );
        for (other, link) in partners.into_iter().take(4) {
            let words = group(link.words as usize);
            text.push_str(&format!(
                "\n{words} with \u{2068}{}\u{2069}",
                self.name(other)
            ));
        }
        text
    }

    fn told_of_line(&self, x: usize, y: usize) -> String {
        format!(
            "\u{2068}{}\u{2069}\n{}\n\u{2068}{}\u{2069}\n{}\n{}\nClick to compare",
            self.name(x),
            self.facts(x),
            self.name(y),
            self.facts(y),
            plural(self.between(x, y) as usize, "shared word", "shared words")
        )
    }

    fn open(&self, node: usize, commands: &mut Commands) {
        commands.send(Command::ShowArticle(self.graph.nodes[node].article));
    }

    fn open_line(&self, x: usize, y: usize, commands: &mut Commands) {
        if let Some(link) = self.graph.between(x, y) {
            commands.send(Command::OpenPair(link.pair));
        }
    }
}
