//! Where articles answer what was asked for: the stretch of each that says most, with the answers marked.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::article::{Article, Span};

/// Says where an article (given with its index) answers, in source coordinates and ascending order.
pub type Marker = dyn Fn(u32, &Article) -> Vec<Span> + Send + Sync;

/// Snippets of the articles that are looked at, each made when it is first asked for.
#[derive(Default)]
pub struct Snippets {
    marker: Option<Arc<Marker>>,
    id: u64,
    made: RefCell<HashMap<u32, Arc<Snippet>, foldhash::fast::FixedState>>,
}

/// A stretch of an article on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    pub text: String,
    /// Bytes of [`Snippet::text`].
    pub marks: Vec<Range<usize>>,
}

impl fmt::Debug for Snippets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snippets")
            .field("marker", &self.marker.is_some())
            .field("made", &self.made.borrow().len())
            .finish()
    }
}

impl Snippets {
    /// `id` tells what was asked from what was asked before.
    pub fn new(id: u64, marker: Arc<Marker>) -> Self {
        Self {
            marker: Some(marker),
            id,
            ..Self::default()
        }
    }

    /// True where something is asked for.
    pub fn is_active(&self) -> bool {
        self.marker.is_some()
    }

    pub fn id(&self) -> u64 {
        self.id
    }

    /// All answers of an article, in source coordinates.
    pub fn marks(&self, id: u32, article: &Article) -> Vec<Span> {
        self.marker
            .as_ref()
            .map_or_else(Vec::new, |marker| marker(id, article))
    }

    /// `None` where nothing is asked for, or the article answers by what is known of it alone.
    pub fn of(&self, id: u32, article: &Article) -> Option<Arc<Snippet>> {
        /// Some screens full.
        const KEPT: usize = 500;
        let marker = self.marker.as_ref()?;
        let mut made = self.made.borrow_mut();
        if made.len() > KEPT {
            made.clear();
        }
        let snippet = made
            .entry(id)
            .or_insert_with(|| Arc::new(Snippet::around(&article.text, &marker(id, article))));
        (!snippet.marks.is_empty()).then(|| snippet.clone())
    }
}

impl Snippet {
    /// Characters of a snippet, about two lines of a list.
    const LONG: usize = 170;
    /// Characters before the first mark, so that it stands in its sentence.
    const BEFORE: usize = 30;

    /// The stretch with most answers in it, the first of several. `marks` are ascending.
    pub fn around(text: &str, marks: &[Span]) -> Self {
        let reach = Self::LONG * 2; // most letters are two bytes
        let densest = (0..marks.len()).max_by_key(|&at| {
            let end = marks[at].start as usize + reach;
            let within = marks[at..]
                .iter()
                .take_while(|mark| (mark.end as usize) < end)
                .count();
            (within, std::cmp::Reverse(at))
        });
        let Some(first) = densest else {
            return Self::default();
        };
        let from = word_before(text, marks[first].start as usize, Self::BEFORE);
        let mut snippet = Self::default();
        if from > 0 {
            snippet.text.push_str("… ");
        }
        let mut marks = marks[first..].iter().peekable();
        let (mut open, mut chars, mut blank) = (None, 0, false);
        for (at, c) in text[from..].char_indices().map(|(at, c)| (from + at, c)) {
            if let (Some(start), Some(mark)) = (open, marks.peek())
                && at >= mark.end as usize
            {
                snippet.marks.push(start..snippet.text.len());
                (open, _) = (None, marks.next());
            }
            if chars >= Self::LONG && c.is_whitespace() {
                snippet.text.push_str(" …");
                break;
            }
            if c.is_whitespace() {
                blank = true;
                continue;
            }
            if std::mem::take(&mut blank) {
                snippet.text.push(' ');
                chars += 1;
            }
            if open.is_none() && marks.peek().is_some_and(|mark| at >= mark.start as usize) {
                open = Some(snippet.text.len());
            }
            snippet.text.push(c);
            chars += 1;
        }
        if let Some(start) = open {
            let end = snippet
                .text
                .strip_suffix(" …")
                .map_or(snippet.text.len(), str::len);
            snippet.marks.push(start..end);
        }
        snippet
    }
}

/// Where a word begins, at most `chars` characters before `at` and in the same paragraph.
fn word_before(text: &str, at: usize, chars: usize) -> usize {
    let mut from = at;
    let mut begin = at;
    for (place, c) in text[..at].char_indices().rev().take(chars) {
        if c == '\n' {
            return from;
        }
        if c.is_whitespace() {
            begin = from;
        }
        from = place;
    }
    if from == 0 { 0 } else { begin }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans(text: &str, word: &str) -> Vec<Span> {
        text.match_indices(word)
            .map(|(at, word)| Span::new(at, at + word.len()))
            .collect()
    }

    #[test]
    fn a_snippet_begins_in_the_sentence_and_marks_the_words() {
        let text = format!(
            "{}\nوصلت السفينة إلى الميناء\nيوم الأحد {}",
            "مقدمة ".repeat(60),
            "خاتمة ".repeat(80)
        );
        let snippet = Snippet::around(&text, &spans(&text, "الميناء"));
        assert!(
            snippet.text.starts_with("… وصلت السفينة إلى الميناء يوم"),
            "{}",
            snippet.text
        );
        assert!(snippet.text.ends_with(" …"));
        assert_eq!(&snippet.text[snippet.marks[0].clone()], "الميناء");
        assert_eq!(Snippet::around(&text, &[]), Snippet::default());
    }

    #[test]
    fn where_most_is_said_is_shown() {
        let text = format!("ميناء {} ميناء بحري وميناء جوي", "كلام ".repeat(100));
        let snippet = Snippet::around(&text, &spans(&text, "ميناء"));
        assert_eq!(snippet.marks.len(), 2);
    }

    proptest! {
        #[test]
        fn marks_hold_what_was_marked(text in "[اب \n]{0,400}", word in "[اب]{1,2}") {
            let snippet = Snippet::around(&text, &spans(&text, &word));
            for mark in &snippet.marks {
                prop_assert_eq!(&snippet.text[mark.clone()], &word);
            }
        }
    }
}
