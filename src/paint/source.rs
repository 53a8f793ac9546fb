//! What of a text is drawn and what is not: paragraphs, characters without ink, and what stands in for
//! them where bidi would choke.
//!
//! It must never shift positions: everything here keeps the bytes of the source.

use std::{borrow::Cow, ops::Range};

use unicode_bidi::{BidiClass, bidi_class};

/// True for characters that are never drawn: controls, bidi marks, joiners aside.
///
/// Zero-width joiners stay, because shaping needs them.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{A}'..='\u{1F}' | '\u{7F}'..='\u{9F}'
        | '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// True for what ends a paragraph, alone or as part of a pair.
pub fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Byte ranges of the paragraphs of `text`, each without its line end. A text always has at least one.
///
/// Line ends are LF, CR LF, CR, U+0085, U+2028, U+2029, form feed and vertical tab.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut chars) = (0, text.char_indices().peekable());
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => at + c.len_utf8(),
            '\r' => match chars.next_if(|(_, next)| *next == '\n') {
                Some(_) => at + 2,
                None => at + 1,
            },
            _ => continue,
        };
        found.push(start..at);
        start = ends;
    }
    found.push(start..text.len());
    found
}

/// `text` as one bidi paragraph: separators that would end it become blanks of the same length in bytes.
pub fn single_paragraph(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| bidi_class(c) == BidiClass::B) {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    for c in text.chars() {
        match (bidi_class(c), c.len_utf8()) {
            (BidiClass::B, 1) => whole.push(' '),
            (BidiClass::B, 2) => whole.push('\u{A0}'),
            (BidiClass::B, _) => whole.push('\u{2009}'), // thin space: the only other length is three
            _ => whole.push(c),
        }
    }
    Cow::Owned(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_ends_a_paragraph_once() {
        let text = "ا\r\nب\rج\n\nد\u{2028}ه";
        let found: Vec<_> = paragraphs(text).into_iter().map(|p| &text[p]).collect();
        assert_eq!(found, ["ا", "ب", "ج", "", "د", "ه"]);
        assert_eq!(paragraphs("").len(), 1);
        assert_eq!(paragraphs("\n"), [0..0, 1..1]);
    }

    #[test]
    fn separators_keep_their_length() {
        let text = "ا\u{1C}ب\u{85}ج\u{2029}د";
        let whole = single_paragraph(text);
        assert_eq!(whole.len(), text.len());
        assert_eq!(
            unicode_bidi::BidiInfo::new(&whole, None).paragraphs.len(),
            1
        );
    }
}
