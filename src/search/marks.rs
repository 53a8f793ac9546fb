//! Where in a text an answer stands: the words that a query found, for snippets and for exact spelling.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::article::{Article, Span};
use crate::text;

/// What a query looks for in the text of an article, excluded clauses left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// Folded.
    pub(super) words: BTreeSet<String>,
    /// Beginnings of words, folded.
    pub(super) beginnings: BTreeSet<String>,
    pub(super) phrases: Vec<Phrase>,
    /// Words in a row in any spelling, folded.
    pub(super) rows: BTreeSet<Vec<String>>,
}

/// Words in a row, in one spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Folded.
    pub words: Vec<String>,
    /// As they are written.
    pub letters: Vec<String>,
    /// The same as it nearly always stands in a text: with single spaces, and nothing between the letters.
    plain: Option<String>,
}

impl Sought {
    pub(super) fn add(&mut self, other: Self) {
        self.words.extend(other.words);
        self.beginnings.extend(other.beginnings);
        self.phrases.extend(other.phrases);
        self.rows.extend(other.rows);
    }

    /// Where an article answers, ascending, in source coordinates. Page furniture answers nothing.
    pub fn marks(&self, article: &Article) -> Vec<Span> {
        let mut marks = Vec::new();
        for body in article.body() {
            let stretch = body.of(&article.text);
            let at = body.start as usize;
            marks.extend(
                self.in_text(stretch)
                    .map(|r| Span::new(r.start + at, r.end + at)),
            );
        }
        marks
    }

    fn in_text(&self, stretch: &str) -> impl Iterator<Item = Range<usize>> {
        let words: Vec<(Range<usize>, String)> = super::folded_words(stretch).collect();
        let mut found: Vec<Range<usize>> = words
            .iter()
            .filter(|(_, word)| self.is_sought(word))
            .map(|(range, _)| range.clone())
            .collect();
        for phrase in &self.phrases {
            found.extend(phrase.places(stretch, &words));
        }
        for row in self.rows.iter().filter(|row| !row.is_empty()) {
            let same = |window: &&[(Range<usize>, String)]| {
                window
                    .iter()
                    .zip(row)
                    .all(|((_, word), sought)| word == sought)
            };
            let rows = words.windows(row.len()).filter(same);
            found.extend(rows.map(|window| window[0].0.start..window[row.len() - 1].0.end));
        }
        found.sort_by_key(|range| (range.start, range.end));
        found.dedup_by(|later, first| later.start < first.end);
        found.into_iter()
    }

    fn is_sought(&self, word: &str) -> bool {
        self.words.contains(word)
            || self
                .beginnings
                .iter()
                .any(|beginning| word.starts_with(beginning.as_str()))
    }
}

impl Phrase {
    pub fn new(words: Vec<String>, letters: Vec<String>) -> Self {
        // Letters that are several words, or none, have to be looked up word by word.
        let is_word = |letters: &String| text::words(letters).next() == Some(0..letters.len());
        let some = !letters.is_empty() && words.len() == letters.len();
        let plain = (some && letters.iter().all(is_word)).then(|| letters.join(" "));
        Self {
            words,
            letters,
            plain,
        }
    }

    /// True where the article has the phrase in exactly this spelling.
    pub fn is_in(&self, article: &Article) -> bool {
        article.body().any(|body| {
            let stretch = body.of(&article.text);
            // Thousands of articles may have to be asked: cutting each into words would take a second.
            if self.stands_plainly_in(stretch) {
                return true;
            }
            let words: Vec<_> = super::folded_words(stretch).collect();
            self.places(stretch, &words).next().is_some()
        })
    }

    /// True only where [`Phrase::places`] has one.
    fn stands_plainly_in(&self, stretch: &str) -> bool {
        let Some(plain) = &self.plain else {
            return false;
        };
        let parts = |c: char| c.is_whitespace() || matches!(c, '،' | '؛' | '«' | '»' | '"');
        stretch.match_indices(plain.as_str()).any(|(at, _)| {
            let before = stretch[..at].chars().next_back();
            let after = stretch[at + plain.len()..].chars().next();
            before.is_none_or(parts) && after.is_none_or(parts)
        })
    }

    fn places<'a>(
        &'a self,
        stretch: &'a str,
        words: &'a [(Range<usize>, String)],
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        let count = self.words.len().max(1);
        words.windows(count).filter_map(move |window| {
            let same = window
                .iter()
                .zip(&self.words)
                .all(|((_, word), sought)| word == sought)
                && window
                    .iter()
                    .zip(&self.letters)
                    .all(|((range, _), sought)| text::letters(&stretch[range.clone()]) == *sought);
            same.then(|| window[0].0.start..window[count - 1].0.end)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_beginnings_and_phrases_are_marked() {
        let article = Article::bare("a.txt", "وصل الوزراء إلى ميناء المدينة، والى ميناءٍ آخر");
        let sought = Sought {
            words: BTreeSet::from(["الوزراء".to_owned()]),
            beginnings: BTreeSet::from(["المد".to_owned()]),
            phrases: vec![Phrase::new(
                vec!["الي".to_owned(), "ميناء".to_owned()],
                vec!["إلى".to_owned(), "ميناء".to_owned()],
            )],
            ..Sought::default()
        };
        let found: Vec<&str> = sought
            .marks(&article)
            .iter()
            .map(|span| span.of(&article.text))
            .collect();
        assert_eq!(found, ["الوزراء", "إلى ميناء", "المدينة"]);
        assert!(sought.phrases[0].is_in(&article));
    }

    proptest! {
        /// What is found without cutting the text into words is found by cutting it as well.
        #[test]
        fn a_plain_look_finds_nothing_that_is_not_there(
            text in "[ابإأةه\u{064E}\u{0640}ﷺ،. \n«»1]{0,24}",
            phrase in "[ابإأةه1.]{1,3}( [ابإأةه\u{064E}ﷺ]{1,3}){0,2}",
        ) {
            let words = super::super::folded_words(&phrase).map(|(_, word)| word).collect();
            let letters = text::words(&phrase).map(|word| text::letters(&phrase[word]));
            let phrase = Phrase::new(words, letters.filter(|word| !word.is_empty()).collect());
            let words: Vec<_> = super::super::folded_words(&text).collect();
            if phrase.stands_plainly_in(&text) {
                prop_assert!(phrase.places(&text, &words).next().is_some());
            }
        }
    }
}
