//! A page block by block, as a reader sees it, and where on it the sentences stand.

use std::collections::HashMap;

use dom_query::{Document, NodeId, NodeRef};

use super::super::page::one_line;
use super::tidy;

/// Elements that go on in the line in which they stand.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "label", "mark", "q", "s", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
];
/// Words of a sentence.
const PROSE: usize = 8;
/// Elements around a block that are looked at.
const HIGHEST: usize = 60;

/// A line or paragraph as it is seen.
pub(super) struct Block<'a> {
    pub text: String,
    /// The same with a blank wherever an element begins or ends.
    pub spaced: String,
    pub words: usize,
    /// Words of it that are links.
    pub linked: usize,
    /// The block element that it stands in.
    node: NodeRef<'a>,
    /// What it consists of.
    pieces: Vec<NodeRef<'a>>,
}

impl Block<'_> {
    pub fn is_link(&self) -> bool {
        self.linked * 2 > self.words
    }

    pub fn is_prose(&self) -> bool {
        let ends = self
            .text
            .ends_with(['.', '!', '?', '؟', '…', '»', '"', '”', ':']);
        !self.is_link() && (self.words >= 2 * PROSE || ends && self.words >= PROSE)
    }

    /// The elements that it stands in, the nearest first.
    fn around(&self) -> impl Iterator<Item = NodeRef<'_>> {
        std::iter::once(self.node).chain(self.node.ancestors_it(Some(HIGHEST)))
    }

    /// Takes it out of the page, whatever else stands in its element.
    pub fn remove(&self) {
        for piece in &self.pieces {
            piece.remove_from_parent();
        }
    }
}

/// All that is shown, in the order of the page.
pub(super) fn blocks(doc: &Document) -> Vec<Block<'_>> {
    const NOT_SHOWN: &[&str] = &["script", "style", "noscript", "template", "head", "title"];
    struct Open<'a> {
        text: String,
        spaced: String,
        linked: usize,
        node: NodeRef<'a>,
        pieces: Vec<NodeRef<'a>>,
    }
    fn close<'a>(open: &mut Open<'a>, node: NodeRef<'a>, found: &mut Vec<Block<'a>>) {
        let text = one_line(&open.text);
        let words = open.spaced.split_whitespace().count();
        if words > 0 {
            found.push(Block {
                text,
                spaced: one_line(&open.spaced),
                words,
                linked: open.linked.min(words),
                node: open.node,
                pieces: std::mem::take(&mut open.pieces),
            });
        }
        open.text.clear();
        open.spaced.clear();
        open.pieces.clear();
        (open.linked, open.node) = (0, node);
    }
    let mut found = Vec::new();
    let Some(body) = doc.body() else {
        return found;
    };
    let mut open = Open {
        text: String::new(),
        spaced: String::new(),
        linked: 0,
        node: body,
        pieces: Vec::new(),
    };
    // No recursion: pages nest deep.
    let mut above: Vec<NodeRef> = vec![body];
    let mut links = 0;
    let mut todo: Vec<(NodeRef, bool)> = vec![(body, false)];
    while let Some((node, leaving)) = todo.pop() {
        if node.is_text() {
            let text = node.text();
            open.text.push_str(&text);
            open.spaced.push_str(&text);
            open.pieces.push(node);
            if links > 0 {
                open.linked += text.split_whitespace().count();
            }
            continue;
        }
        if !node.is_element() {
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        if NOT_SHOWN.contains(&&*name) {
            continue;
        }
        let inline = INLINE.contains(&&*name);
        if &*name == "a" {
            links = if leaving { links - 1 } else { links + 1 };
        }
        open.spaced.push(' ');
        if &*name == "br" {
            let here = open.node;
            close(&mut open, here, &mut found);
        } else if !inline {
            if leaving {
                above.pop();
            } else {
                above.push(node);
            }
            let here = above.last().copied().unwrap_or(body);
            close(&mut open, here, &mut found);
        }
        if !leaving {
            todo.push((node, true));
            let mut children: Vec<NodeRef> = node.children();
            children.reverse();
            todo.extend(children.into_iter().map(|child| (child, false)));
        }
    }
    close(&mut open, body, &mut found);
    found
}

/// Words of sentences by the element that holds them; of all words beside links where the page has no sentences.
pub(super) fn prose(doc: &Document) -> HashMap<NodeId, usize> {
    let blocks = blocks(doc);
    let no_prose = !blocks.iter().any(Block::is_prose);
    let mut words: HashMap<NodeId, usize> = HashMap::new();
    for block in &blocks {
        if block.is_prose() || no_prose && !block.is_link() {
            for node in block.around() {
                *words.entry(node.id).or_default() += block.words;
            }
        }
    }
    words
}

/// The part of the page with the most sentences and the fewest other words, for pages whose article is too short for
/// a reader that goes by length.
pub(super) fn densest(doc: &Document) -> Option<String> {
    let blocks = blocks(doc);
    let mut scores: HashMap<NodeId, (isize, usize)> = HashMap::new();
    for block in &blocks {
        let words = isize::try_from(block.words).unwrap_or(isize::MAX);
        let score = match (block.is_prose(), block.is_link()) {
            (true, _) => words,
            (_, true) => -2 * words,
            _ => -words,
        };
        for node in block.around() {
            let sum = scores.entry(node.id).or_default();
            *sum = (sum.0.saturating_add(score), sum.1 + 1);
        }
    }
    // Of several that are as good the one that holds least else; in the order of the page, so that it is always the
    // same one.
    let mut best: Option<(isize, usize, NodeRef)> = None;
    for block in &blocks {
        for node in block.around() {
            let Some(&(score, held)) = scores.get(&node.id) else {
                continue;
            };
            let better =
                best.is_none_or(|(most, least, _)| score > most || score == most && held < least);
            if better && node.is_element() {
                best = Some((score, held, node));
            }
        }
    }
    let (score, _, node) = best?;
    (score > 0).then(|| tidy(&node.formatted_text()))
}
