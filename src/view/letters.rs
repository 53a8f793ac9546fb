//! Which letters of a word were changed, where saying so reads better than marking the whole word: a
//! prefix و or ف put before it, a hamza, an ending. (The KITAB diff viewer marks prefixes so.)
//!
//! Whole words come first: a difference of characters alone tears joined letters apart and finds
//! likenesses where a reader sees another word.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::article::Span;
use crate::reuse::EditKind;

/// Letters of either word that may differ.
const MOST: usize = 3;

/// The differing stretch of each word, if both spans are one word and most of it is the same. One of the
/// stretches may be empty. `texts` are the whole texts that the spans lie in.
pub fn changed_letters(kind: EditKind, spans: [Span; 2], texts: [&str; 2]) -> Option<[Span; 2]> {
    // Names, numbers and days are read as wholes: 14 is not 15 with a changed digit.
    if !matches!(kind, EditKind::Spelling | EditKind::Reworded) {
        return None;
    }
    let [first, second] = [0, 1].map(|side| spans[side].of(texts[side]));
    let is_word = |word: &str| !word.is_empty() && !word.contains(char::is_whitespace);
    if !is_word(first) || !is_word(second) {
        return None;
    }
    let letters = [first, second].map(|word| word.graphemes(true).collect::<Vec<_>>());
    let [x, y] = &letters;
    let longer = x.len().max(y.len());
    let prefix = x.iter().zip(y).take_while(|(a, b)| a == b).count();
    let rest = x.len().min(y.len()) - prefix;
    let pairs_from_end = x.iter().rev().zip(y.iter().rev()).take(rest);
    let suffix = pairs_from_end.take_while(|(a, b)| a == b).count();
    let changed = |side: &[&str]| side.len() - prefix - suffix;
    let most_is_same = (prefix + suffix) * 2 >= longer && prefix + suffix >= 2;
    if !most_is_same || changed(x).max(changed(y)) > MOST {
        return None;
    }
    Some([0, 1].map(|side| {
        let word = &letters[side];
        let bytes = |part: &[&str]| part.iter().map(|letter| letter.len()).sum::<usize>() as u32;
        Span {
            start: spans[side].start + bytes(&word[..prefix]),
            end: spans[side].end - bytes(&word[word.len() - suffix..]),
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn changed<'t>(kind: EditKind, first: &'t str, second: &'t str) -> Option<[&'t str; 2]> {
        let spans = [first, second].map(|word| Span::new(0, word.len()));
        let letters = changed_letters(kind, spans, [first, second])?;
        Some([letters[0].of(first), letters[1].of(second)])
    }

    #[test]
    fn prefixes_hamzas_and_endings_are_letters() {
        let cases = [
            ("قال", "وقال", ["", "و"]),
            ("فأعلن", "أعلن", ["ف", ""]),
            ("إضراب", "اضراب", ["إ", "ا"]),
            ("الأمريكية", "الأميركية", ["ري", "ير"]),
            ("مدرسة", "مدرسه", ["ة", "ه"]),
            ("كتابٌ", "كتاب", ["بٌ", "ب"]),
        ];
        for (first, second, expected) in cases {
            assert_eq!(
                changed(EditKind::Spelling, first, second),
                Some(expected),
                "{first} {second}"
            );
        }
    }

    #[test]
    fn other_words_numbers_and_phrases_are_marked_whole() {
        assert_eq!(changed(EditKind::Reworded, "اليوم", "أمس"), None);
        assert_eq!(changed(EditKind::Number, "2014", "2015"), None);
        assert_eq!(
            changed(EditKind::Reworded, "قال الوزير", "وقال الوزير"),
            None
        );
        assert_eq!(changed(EditKind::Reworded, "", "قال"), None);
    }

    proptest! {
        #[test]
        fn what_is_left_beside_the_letters_is_the_same(first in "[ا-يً-ٓ]{1,8}", second in "[ا-يً-ٓ]{1,8}") {
            let spans = [&first, &second].map(|word| Span::new(0, word.len()));
            if let Some(letters) = changed_letters(EditKind::Spelling, spans, [&first, &second]) {
                let beside = |word: &str, span: Span| {
                    format!("{}{}", &word[..span.start as usize], &word[span.end as usize..])
                };
                prop_assert_eq!(beside(&first, letters[0]), beside(&second, letters[1]));
            }
        }
    }
}
