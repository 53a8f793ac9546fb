//! A word with its letters as they are written: for whoever asks for one spelling and no other.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold::is_invisible;

/// The letters of a word without what an editor may or may not print with them: diacritics, tatweel,
/// zero-width marks, presentation forms, the case of Latin letters. Hamza, alef, ya and ta marbuta stay
/// as they are; that is what tells it from [`super::fold_word`].
pub fn letters(word: &str) -> String {
    // Composed last, so that a hamza written as a mark of its own is part of its letter.
    word.nfkc()
        .filter(|c| *c != '\u{0640}' && !is_invisible(*c) && !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_is_kept_and_marks_are_not() {
        for (one, other) in [
            ("مُدَرِّسَةٌ", "مدرسة"),
            ("حــقوق", "حقوق"),
            ("مسو\u{0654}ول", "مسؤول"),
            ("ﻻ", "لا"),
            ("BBC", "bbc"),
        ] {
            assert_eq!(letters(one), letters(other), "{one} {other}");
        }
        for (one, other) in [("إلى", "الى"), ("مدرسة", "مدرسه"), ("على", "علي")]
        {
            assert_ne!(letters(one), letters(other), "{one} {other}");
        }
    }
}
