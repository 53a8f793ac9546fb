//! A text as lines: where each stands, what it says once its spelling is folded, and whether it reads like
//! prose. Everything that looks for dates, outlets or page furniture looks at these; positions stay
//! those of the source.

use serde::{Deserialize, Serialize};

use crate::article::Span;
use crate::text::{fold_word, is_invisible};

/// Lines longer than this, in bytes, are paragraphs: no key is kept for them.
const KEY_LIMIT: usize = 700;
/// A paragraph is told from another by its beginning, and its words are counted no further: some files
/// are one line of a hundred megabytes.
const HASH_LIMIT: usize = 64 * 1024;
const MOST_WORDS: usize = 5000;

/// One line that is not blank.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Line {
    /// Without the blanks and direction marks at its ends.
    pub span: Span,
    pub words: usize,
    /// A blank line stands before it.
    pub apart: bool,
    /// Whole sentences, as articles have them.
    pub prose: bool,
    /// The line's words folded by [`key`]; empty for long paragraphs.
    pub key: String,
    pub key_has_letters: bool,
    /// Same for lines that read the same.
    pub hash: u64,
}

/// Splits at every kind of line end; blank lines are dropped.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    let mut apart = true;
    let mut from = 0;
    text.split(is_line_end).filter_map(move |piece| {
        let start = from;
        let end = start + piece.len();
        from = end + text[end..].chars().next().map_or(0, char::len_utf8);
        let trimmed = piece.trim_matches(is_blank);
        if trimmed.is_empty() {
            // The pair CR LF gives an empty piece that is no blank line.
            let pair = piece.is_empty()
                && text[..start].ends_with('\r')
                && text[start..].starts_with('\n');
            apart = apart || !pair;
            return None;
        }
        let start = start + piece.len() - piece.trim_start_matches(is_blank).len();
        let line = line(trimmed, start, apart);
        apart = false;
        Some(line)
    })
}

fn line(trimmed: &str, start: usize, apart: bool) -> Line {
    let key = if trimmed.len() <= KEY_LIMIT {
        key(trimmed)
    } else {
        String::new()
    };
    let words = if key.is_empty() {
        trimmed.split_whitespace().take(MOST_WORDS).count()
    } else {
        key.split(' ').count()
    };
    let hashed = if key.is_empty() {
        &trimmed.as_bytes()[..trimmed.len().min(HASH_LIMIT)]
    } else {
        key.as_bytes()
    };
    Line {
        span: Span::new(start, start + trimmed.len()),
        words,
        apart,
        prose: is_prose(trimmed, words),
        key_has_letters: trimmed.chars().any(char::is_alphabetic),
        hash: hash(hashed),
        key,
    }
}

/// Folded letters and digits of `text`, words parted by one space.
///
/// Only for recognising set phrases and repeated lines.
pub(super) fn key(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_word(text, &mut folded);
    let mut key = String::with_capacity(folded.len());
    for c in folded.chars() {
        if is_letter(c) || c.is_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The letters of nearly all words, told without Unicode's tables.
fn is_letter(c: char) -> bool {
    matches!(c, 'ء'..='غ' | 'ف'..='ي' | '0'..='9' | 'a'..='z')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c)
}

fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn is_prose(line: &str, words: usize) -> bool {
    let end = line.trim_end_matches(|c: char| {
        matches!(c, '"' | '”' | '“' | '»' | ')' | ']' | '\'' | '’') || is_blank(c)
    });
    // A text that breaks off is a teaser.
    if end.ends_with('…') || end.ends_with("...") {
        return words >= 40;
    }
    // Headlines ask and exclaim, but they seldom end in a full stop.
    words >= 25
        || words >= 9 && end.ends_with(['.', '؛'])
        || words >= 18 && end.ends_with(['؟', '!', '?'])
}

/// FNV-1a: the same on every run and machine.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn line_ends_of_all_systems_part_lines_alike() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("أولًا{end}ثانيًا{end}{end}ثالثًا");
            let lines: Vec<Line> = lines(&text).collect();
            let apart: Vec<bool> = lines.iter().map(|l| l.apart).collect();
            assert_eq!(apart, [true, false, true], "{end:?}");
            assert_eq!(lines[2].span.of(&text), "ثالثًا");
        }
    }

    #[test]
    fn keys_level_spelling_and_punctuation() {
        assert_eq!(key(" اِقـرأ أيضاً: "), "اقرا ايضا");
        assert_eq!(key("٢٠٢٤/٠٣"), "2024 03");
        assert_eq!(key("«»"), "");
    }

    #[test]
    fn teasers_and_headlines_are_no_prose() {
        let prose = |text: &str| lines(text).next().unwrap().prose;
        assert!(prose(
            "قال الوزير إن الطريق الجديد سيفتح أمام السيارات نهاية الشهر المقبل."
        ));
        assert!(!prose(
            "قال الوزير إن الطريق الجديد سيفتح أمام السيارات نهاية الشهر…"
        ));
        assert!(!prose("طريق جديد أمام السيارات"));
    }

    proptest! {
        #[test]
        fn spans_lie_in_order_and_miss_nothing_but_blanks(text in "[ا-يa-z .\r\n\u{200F}\u{A0}]{0,300}") {
            let mut from = 0;
            for line in lines(&text) {
                let range = line.span.range();
                prop_assert!(from <= range.start);
                prop_assert!(text[from..range.start].chars().all(is_blank));
                prop_assert!(!line.span.of(&text).is_empty());
                from = range.end;
            }
            prop_assert!(text[from..].chars().all(is_blank));
        }
    }
}
