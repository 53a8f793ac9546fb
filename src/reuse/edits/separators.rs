//! Compares what stands between two words: quotation marks and other punctuation, and the ends of
//! paragraphs. Spaces and invisible marks are no edit.

use crate::article::Span;
use crate::reuse::findings::{Edit, EditKind};
use crate::text::{is_invisible, is_quote};

/// Adds an edit if the marks between two words differ. The spans cover the marks alone; where a side has
/// none, the span is the point after its first word.
pub(super) fn compare(a: (&str, Span), b: (&str, Span), edits: &mut Vec<Edit>) {
    if let Some(kind) = difference(&marks(a), &marks(b)) {
        edits.push(Edit {
            kind,
            a: core(a.0, a.1),
            b: core(b.0, b.1),
        });
    }
}

/// The same where one side has words more: it has marks at both `ends` of them, the other side once. Marks
/// that come with the words, as the stop of a sentence, are part of what was put in. `edit` puts the sides
/// of an edit in their order.
pub(super) fn compare_put_in(
    kept: (&str, Span),
    (text, ends): (&str, [Span; 2]),
    edit: &mut dyn FnMut(Span, Span) -> Edit,
    edits: &mut Vec<Edit>,
) {
    let there = marks(kept);
    let both = ends.map(|end| marks((text, end)));
    if both.contains(&there) {
        return;
    }
    let point = Span {
        start: kept.1.start,
        end: kept.1.start,
    };
    let [first, second] = &both;
    let sides = [
        (&there, core(kept.0, kept.1), first),
        (&Vec::new(), point, second),
    ];
    for ((marks, span, other), end) in sides.into_iter().zip(ends) {
        if let Some(kind) = difference(marks, other) {
            edits.push(Edit {
                kind,
                ..edit(span, core(text, end))
            });
        }
    }
}

/// The end of a paragraph that only one side has between two words, as an edit of punctuation: the breaks
/// of that side, and the point after the other side's first word.
pub(super) fn compare_breaks(a: (&str, Span), b: (&str, Span)) -> Option<Edit> {
    let [in_a, in_b] = [a, b].map(|(text, between)| {
        let found = between.of(text);
        let first = found.find('\n')?;
        let last = found.rfind('\n')? + 1;
        let start = between.start as usize;
        Some(Span::new(start + first, start + last))
    });
    let point = |between: Span| Span {
        start: between.start,
        end: between.start,
    };
    (in_a.is_some() != in_b.is_some()).then(|| Edit {
        kind: EditKind::Punctuation,
        a: in_a.unwrap_or(point(a.1)),
        b: in_b.unwrap_or(point(b.1)),
    })
}

fn difference(a: &[char], b: &[char]) -> Option<EditKind> {
    let without_quotes =
        |marks: &[char]| -> Vec<char> { marks.iter().copied().filter(|c| !is_quote(*c)).collect() };
    if a == b {
        None
    } else if without_quotes(a) == without_quotes(b) {
        Some(EditKind::Quotes)
    } else {
        Some(EditKind::Punctuation)
    }
}

fn marks((text, between): (&str, Span)) -> Vec<char> {
    between
        .of(text)
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
    fn a_paragraph_that_ends_on_one_side_only_is_an_edit() {
        let whole = |text: &str| Span::new(0, text.len());
        let found = |a, b| {
            let edit = compare_breaks((a, whole(a)), (b, whole(b)))?;
            Some((edit.a.of(a).to_owned(), edit.b.of(b).to_owned()))
        };
        let joined = Some(("\n\n".to_owned(), String::new()));
        assert_eq!(found(".\n\n", ". "), joined);
        assert_eq!(found(".\n\n", ".\n"), None);
        assert_eq!(found(". ", ", "), None);
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
