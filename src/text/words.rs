//! Cuts a text into words, as ranges of source bytes. Decides nothing about what a word means.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold::is_invisible;

/// The words of `text` in order, as byte ranges on character boundaries.
///
/// A word is a run of letters and digits with the marks and tatweel on them. Spaces, punctuation, quotes
/// and hyphens separate (`موسكو-سانا` is two words); a separator of decimals or thousands between two
/// digits does not (`17.4` is one). Letters and digits that touch stay together (`ال8`), as do letters
/// around a zero-width mark, and digits around one and a separator. A tatweel or mark that stands alone is no word.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.by_ref().find(|(_, c)| is_core(*c))?;
        let mut end = start + first.len_utf8();
        let mut last = first;
        while let Some(&(at, c)) = chars.peek() {
            if is_core(c) || is_mark(c) {
                end = at + c.len_utf8();
                last = c;
            } else if is_number_separator(c) && last.is_numeric() && digit_follows(text, at, c) {
                last = c;
            } else if !is_invisible(c) {
                break;
            }
            chars.next();
        }
        Some(start..end)
    })
}

/// Letters and digits. Tatweel counts as alphabetic in Unicode; here it lengthens a word, never makes one.
fn is_core(c: char) -> bool {
    match c {
        // Most of a text leaves here, without a look into Unicode's tables.
        'ء'..='غ' | 'ف'..='ي' | '0'..='9' | 'a'..='z' | 'A'..='Z' => true,
        '\0'..='\x7f' | '،' | TATWEEL | '\u{064B}'..='\u{0652}' => false,
        _ => c.is_alphanumeric() && !is_combining_mark(c),
    }
}

fn is_mark(c: char) -> bool {
    match c {
        '\0'..='\x7f' | '،' => false,
        TATWEEL | '\u{064B}'..='\u{0652}' => true,
        _ => is_combining_mark(c),
    }
}

const TATWEEL: char = '\u{0640}';

fn is_number_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬')
}

fn digit_follows(text: &str, at: usize, c: char) -> bool {
    text[at + c.len_utf8()..]
        .chars()
        .find(|c| !is_invisible(*c))
        .is_some_and(char::is_numeric)
}

/// A word without the conjunction that is joined to it.
pub fn without_waw(word: &str) -> &str {
    word.strip_prefix('و').unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        words(text).map(|word| &text[word]).collect()
    }

    #[test]
    fn punctuation_separates_and_marks_do_not() {
        assert_eq!(
            cut("«مرحبًا»،قالَ-الراوي ـ 17.4 مترا و1,250."),
            ["مرحبًا", "قالَ", "الراوي", "17.4", "مترا", "و1,250"]
        );
        assert_eq!(cut("ما بين ال8 وال12"), ["ما", "بين", "ال8", "وال12"]);
        assert_eq!(cut("\u{202B}أهـلا\u{202C} \u{064E}!"), ["أهـلا"]);
        assert_eq!(cut("1. أولا"), ["1", "أولا"]);
        // Marks of direction, as they are put into numbers.
        for number in ["5.\u{200F}0", "5\u{200F}.0", "1\u{200E},\u{200E}250"] {
            assert_eq!(
                cut(&format!("بلغ {number}.\u{200F} ثم")),
                ["بلغ", number, "ثم"]
            );
        }
    }

    proptest! {
        #[test]
        fn words_are_ascending_and_whole(text in "[\\PC ا-ي.,\u{064B}-\u{0652}٠-٩]{0,120}") {
            let mut from = 0;
            for word in words(&text) {
                prop_assert!(word.start >= from && word.start < word.end);
                let piece = text.get(word.clone());
                prop_assert!(piece.is_some_and(|piece| piece.chars().any(is_core)));
                prop_assert!(text[from..word.start].chars().all(|c| !is_core(c)));
                from = word.end;
            }
            prop_assert!(text[from..].chars().all(|c| !is_core(c)));
        }
    }
}
