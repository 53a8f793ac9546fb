//! A range of one article's text, in source coordinates.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in an article's text, on character boundaries.
///
/// Bytes, because every slice in the program is taken with them; what people and reports see are
/// characters (Unicode scalar values), converted at the edge by [`CharIndex`].
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// `start..end` in bytes. Texts are kept below 4 GiB by `ingest`, so the casts cannot lose anything.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn contains(self, byte: usize) -> bool {
        self.range().contains(&byte)
    }

    /// True when the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn union(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The text of the span; empty if the span does not lie on `text`'s character boundaries.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

/// Turns byte offsets of one text into character offsets, each in a constant number of steps.
pub struct CharIndex<'a> {
    text: &'a str,
    /// Characters before every [`Self::STEP`]th byte.
    marks: Vec<u32>,
}

impl<'a> CharIndex<'a> {
    const STEP: usize = 256;

    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut chars = 0;
        for (i, byte) in text.bytes().enumerate() {
            if i % Self::STEP == 0 {
                marks.push(chars);
            }
            chars += u32::from(is_char_start(byte));
        }
        if text.len().is_multiple_of(Self::STEP) {
            marks.push(chars);
        }
        Self { text, marks }
    }

    /// Characters before `byte`; past the end, all of them.
    pub fn char_at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let mark = byte / Self::STEP;
        let from = mark * Self::STEP;
        let rest = self.text.as_bytes()[from..byte]
            .iter()
            .filter(|b| is_char_start(**b))
            .count();
        self.marks[mark] as usize + rest
    }

    /// `[start, end]` in characters, end exclusive.
    pub fn chars(&self, span: Span) -> [usize; 2] {
        [
            self.char_at(span.start as usize),
            self.char_at(span.end as usize),
        ]
    }
}

fn is_char_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn characters_agree_with_counting(text in "[\\PCا-ي\n]{0,600}") {
            let index = CharIndex::new(&text);
            for (chars, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.char_at(byte), chars);
            }
            prop_assert_eq!(index.char_at(text.len()), text.chars().count());
        }
    }

    #[test]
    fn overlap_needs_a_shared_byte() {
        assert!(!Span::new(0, 4).overlaps(Span::new(4, 8)));
        assert!(Span::new(0, 5).overlaps(Span::new(4, 8)));
        assert_eq!(Span::new(4, 8).of("سلام"), "ام");
        assert_eq!(Span::new(1, 3).of("سلام"), "");
    }
}
