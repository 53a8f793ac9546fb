//! What of a text is drawn and what is not: paragraphs, characters without ink, and what stands in for
//! them where bidi would choke.
//!
//! It must never shift positions: everything here keeps the bytes of the source.

use std::{borrow::Cow, ops::Range};

use unicode_bidi::{BidiClass, bidi_class};

use super::Direction;

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

/// `text` as one bidi paragraph, of the same length in bytes: separators that would end it become blanks,
/// and isolates that go by their content go by all of it, as whole texts do ([`Direction::Auto`]), not by
/// its first letter.
pub fn single_paragraph(text: &str) -> Cow<'_, str> {
    const BY_CONTENT: char = '\u{2068}';
    // Class B of UAX 9.
    let separates = |c| matches!(c, '\n' | '\r' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2029}');
    if !text.contains(|c| c == BY_CONTENT || separates(c)) {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match (separates(c), c.len_utf8()) {
            (true, 1) => whole.push(' '),
            (true, 2) => whole.push('\u{A0}'),
            (true, _) => whole.push('\u{2009}'), // thin space: the only other length is three
            _ if c == BY_CONTENT => {
                let rtl = Direction::Auto.is_rtl(isolated(&text[at + c.len_utf8()..]));
                whole.push(if rtl { '\u{2067}' } else { '\u{2066}' });
            }
            _ => whole.push(c),
        }
    }
    Cow::Owned(whole)
}

/// What `text` holds up to the end of the isolate that it stands in.
fn isolated(text: &str) -> &str {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '\u{2066}'..='\u{2068}' => depth += 1,
            '\u{2069}' if depth == 0 => return &text[..at],
            '\u{2069}' => depth -= 1,
            _ => {}
        }
    }
    text
}

/// A path as it is to be read: its parts from left to right, each running as its letters do. The marks
/// that see to it are not seen; a path without letters that run to the left stays as it is.
pub fn path_text(path: &str) -> String {
    let is_rtl = |c| matches!(bidi_class(c), BidiClass::R | BidiClass::AL);
    if !path.contains(is_rtl) {
        return path.to_owned();
    }
    let separator = |c| c == '/' || c == std::path::MAIN_SEPARATOR;
    let mut marked = String::from("\u{200E}");
    for part in path.split_inclusive(separator) {
        let name = part.trim_end_matches(separator);
        match name.contains(is_rtl) {
            true => marked.extend(["\u{2068}", name, "\u{2069}"]),
            false => marked.push_str(name),
        }
        marked.push_str(&part[name.len()..]);
    }
    marked
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
    fn isolates_go_by_all_they_hold() {
        let text =
            "A \u{2068}RTX: قالت الوكالة\u{2069} \u{2068}2031 \u{2068}نص\u{2069} is text\u{2069}";
        let whole = single_paragraph(text);
        assert_eq!(whole.len(), text.len());
        assert!(whole.starts_with("A \u{2067}RTX"));
        assert!(whole.contains("\u{2066}2031 \u{2067}نص\u{2069}"));
    }

    #[test]
    fn the_parts_of_a_path_keep_their_order() {
        assert_eq!(path_text("/home/a b/c.txt"), "/home/a b/c.txt");
        assert_eq!(
            path_text("/home/أخبار/ملف 2.txt"),
            "\u{200E}/home/\u{2068}أخبار\u{2069}/\u{2068}ملف 2.txt\u{2069}"
        );
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
