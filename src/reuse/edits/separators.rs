//! Compares what stands between two words: quotation marks and other punctuation. Spaces, line breaks and
//! invisible marks are no edit.

use crate::article::Span;
use crate::reuse::findings::{Edit, EditKind};
use crate::text::{is_invisible, is_quote};

/// Adds an edit if the marks between two words differ. The spans cover the marks alone; where a side has
/// none, the span is the point after its first word.
pub(super) fn compare(a: (&str, Span), b: (&str, Span), edits: &mut Vec<Edit>) {
    let (marks_a, marks_b) = (marks(a.1.of(a.0)), marks(b.1.of(b.0)));
    if marks_a == marks_b {
        return;
    }
    let without_quotes =
        |marks: &[char]| -> Vec<char> { marks.iter().copied().filter(|c| !is_quote(*c)).collect() };
    let kind = if without_quotes(&marks_a) == without_quotes(&marks_b) {
        EditKind::Quotes
    } else {
        EditKind::Punctuation
    };
    edits.push(Edit {
        kind,
        a: core(a.0, a.1),
        b: core(b.0, b.1),
    });
}

fn marks(between: &str) -> Vec<char> {
    between
        .chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .collect()
}

/// The part of `span` from its first mark to its last.
fn core(text: &str, span: Span) -> Span {
    let between = span.of(text);
    let blank = |c: char| c.is_whitespace() || is_invisible(c);
    let start = span.start as usize + (between.len() - between.trim_start_matches(blank).len());
    let len = between.trim_matches(blank).len();
    if len == 0 {
        Span {
            start: span.start,
            end: span.start,
        }
    } else {
        Span::new(start, start + len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(a: &str, b: &str) -> Vec<(EditKind, String, String)> {
        let mut edits = Vec::new();
        let whole = |text: &str| Span::new(0, text.len());
        compare((a, whole(a)), (b, whole(b)), &mut edits);
        edits
            .iter()
            .map(|e| (e.kind, e.a.of(a).to_owned(), e.b.of(b).to_owned()))
            .collect()
    }

    #[test]
    fn quotes_and_punctuation_are_told_apart() {
        let quotes = (EditKind::Quotes, "“".to_owned(), "«".to_owned());
        assert_eq!(kinds(" “", " «"), [quotes]);
        let stop = (EditKind::Punctuation, "،".to_owned(), String::new());
        assert_eq!(kinds("، ", " "), [stop]);
        assert_eq!(kinds(" \n", "\u{200F} "), []);
    }
}
