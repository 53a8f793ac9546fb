//! Compares what stands between two words: quotation marks and other punctuation, the signs of a number, and the ends
//! of paragraphs. Spaces and invisible marks are no edit, nor is a conjunction that stands by itself: it belongs to the
//! word behind.
//!
//! ```text
//! $50 €50    15% 15    -5 5      another number
//! 15% %15                        punctuation
//! ```

use unicode_normalization::char::is_combining_mark;

use crate::article::Span;
use crate::reuse::findings::{Edit, EditKind};
use crate::text::{amount, fold_word, is_invisible, is_quote, number_word};

/// Adds an edit if the marks between two words differ. The spans cover the marks alone; where a side has
/// none, the span is the point after its first word.
pub(super) fn compare(a: (&str, Span), b: (&str, Span), edits: &mut Vec<Edit>) {
    if let Some(kind) = difference(&marks(a), &marks(b)) {
        let other_number = kind == EditKind::Punctuation && is_other_number(a, b);
        edits.push(Edit {
            kind: if other_number { EditKind::Number } else { kind },
            a: core(a.0, a.1),
            b: core(b.0, b.1),
        });
    }
}

/// The same where one side has words more: it has marks at both `ends` of them, the other side once. Marks
/// that come with the words, as the stop of a sentence, are part of what was put in. `in_order` puts the sides
/// of an edit in their order.
pub(super) fn compare_put_in(
    kept: (&str, Span),
    ends: [(&str, Span); 2],
    in_order: fn(Span, Span) -> (Span, Span),
    edits: &mut Vec<Edit>,
) {
    let there = marks(kept);
    let both = ends.map(marks);
    if both.contains(&there) {
        return;
    }
    let point = Span {
        start: kept.1.start,
        end: kept.1.start,
    };
    let [before, behind] = ends;
    let other_number =
        is_other_value(kept, before, End::Start) || is_other_value(kept, behind, End::End);
    let [first, second] = &both;
    let sides = [
        (&there, core(kept.0, kept.1), first),
        (&Vec::new(), point, second),
    ];
    for ((marks, span, other), end) in sides.into_iter().zip(ends) {
        if let Some(kind) = difference(marks, other) {
            let signed = other_number && marks.iter().chain(other).any(|c| is_sign(*c));
            let (a, b) = in_order(span, core(end.0, end.1));
            edits.push(Edit {
                kind: if signed { EditKind::Number } else { kind },
                a,
                b,
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
    between.of(text).chars().filter(|c| is_mark(*c)).collect()
}

fn is_mark(c: char) -> bool {
    let unseen = c.is_whitespace() || c.is_control() || is_invisible(c);
    !unseen && c != 'و' && !is_combining_mark(c)
}

fn is_percent(c: char) -> bool {
    matches!(c, '%' | '٪' | '﹪' | '％')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '−')
}

/// A sign by which a number is another one.
fn is_sign(c: char) -> bool {
    is_percent(c) || is_dash(c) || matches!(c, '‰' | '$' | '¢' | '£' | '¤' | '¥' | '﷼' | '₠'..='⃀')
}

#[derive(Clone, Copy)]
enum End {
    Start,
    End,
}

/// True if a number at either end is the same on both sides but for its signs.
fn is_other_number(a: (&str, Span), b: (&str, Span)) -> bool {
    [End::Start, End::End]
        .iter()
        .any(|end| is_other_value(a, b, *end))
}

/// The same for one end.
fn is_other_value((text_a, a): (&str, Span), (text_b, b): (&str, Span), end: End) -> bool {
    let at = |span: Span| match end {
        End::Start => span.start as usize,
        End::End => span.end as usize,
    };
    let signs = |text: &str, span: Span| -> Vec<char> {
        span.of(text).chars().filter(|c| is_sign(*c)).collect()
    };
    let other = || {
        let (x, y) = (Signed::at(text_a, at(a))?, Signed::at(text_b, at(b))?);
        let same = x.digits == y.digits || amount(&[&x.digits])?.meets(&amount(&[&y.digits])?);
        Some(same && (x.signs != y.signs || x.minus != y.minus))
    };
    signs(text_a, a) != signs(text_b, b) && other() == Some(true)
}

/// A number with its signs.
struct Signed {
    digits: String,
    /// Those before and behind it, in their order: `15%` is `%15`.
    signs: Vec<char>,
    /// A dash between numbers is a range, one before a blank a list, one at the start of a line an item of it, and one
    /// that comes again behind it a bracket.
    minus: bool,
}

impl Signed {
    /// The number that begins or ends at this byte.
    fn at(text: &str, at: usize) -> Option<Self> {
        const IN_WORDS: &[(&str, char)] = &[
            ("في المئة", '%'),
            ("في المائة", '%'),
            ("بالمئة", '%'),
            ("بالمائة", '%'),
            ("في الميه", '%'),
            ("في المية", '%'),
            ("دولار", '$'),
            ("يورو", '€'),
            ("جنيه", '£'),
            ("ريال", '﷼'),
        ];
        let (before, behind) = (text.get(..at)?, text.get(at..)?);
        let digit = |c: char| c.is_numeric() || matches!(c, '.' | ',' | '٫' | '٬');
        let before = before.trim_end_matches(digit);
        let rest = behind.trim_start_matches(digit);
        let number = text.get(before.len()..text.len() - rest.len())?;
        let mut digits = String::new();
        fold_word(number.trim_matches(|c: char| !c.is_numeric()), &mut digits);
        if digits.is_empty() {
            return None;
        }
        let blank = |c: char| c == ' ' || is_invisible(c);
        let next = rest.trim_start_matches(blank);
        let ends = [
            before.trim_end_matches(blank).chars().next_back(),
            next.chars().next(),
        ];
        let mut signs: Vec<char> = ends.into_iter().flatten().filter_map(sign).collect();
        // `5 ملايين دولار`
        let mut counted = next.trim_start_matches(|c| blank(c) || matches!(c, ')' | ']'));
        while let Some((word, rest)) = counted.split_once(' ')
            && is_number_word(word)
        {
            counted = rest;
        }
        let in_words = IN_WORDS
            .iter()
            .find(|(words, _)| counted.starts_with(words));
        signs.extend(in_words.map(|(_, sign)| *sign));
        signs.sort_unstable();
        let mut last = before.chars().rev().filter(|c| !is_invisible(*c));
        let minus = last.next().is_some_and(is_dash)
            && last
                .next()
                .is_some_and(|c| matches!(c, ' ' | '\u{A0}' | '('))
            && last.find(|c| *c != ' ').is_some_and(|c| !c.is_numeric())
            && !next
                .split(char::is_whitespace)
                .take(2)
                .any(|word| word.ends_with(is_dash));
        Some(Self {
            digits,
            signs,
            minus,
        })
    }
}

fn is_number_word(word: &str) -> bool {
    let mut folded = String::new();
    fold_word(word, &mut folded);
    number_word(&folded).is_some()
}

/// A sign other than a dash, in one shape.
fn sign(c: char) -> Option<char> {
    match c {
        _ if is_percent(c) => Some('%'),
        _ if is_sign(c) && !is_dash(c) => Some(c),
        _ => None,
    }
}

/// Which sign stands behind a number, and where.
pub(super) fn sign_behind(text: &str, between: Span) -> Option<(char, Span)> {
    let found = between.of(text);
    let blank = |c: char| c == ' ' || is_invisible(c);
    let rest = found.trim_start_matches(blank);
    let first = rest.chars().next()?;
    let start = between.start as usize + found.len() - rest.len();
    Some((sign(first)?, Span::new(start, start + first.len_utf8())))
}

/// True if the number that ends at this byte has a sign before or behind it.
pub(super) fn has_sign(text: &str, end: usize) -> bool {
    Signed::at(text, end).is_some_and(|number| !number.signs.is_empty())
}

/// The part of `span` from its first mark to its last.
fn core(text: &str, span: Span) -> Span {
    let between = span.of(text);
    let no_mark = |c: char| !is_mark(c);
    let start = span.start as usize + (between.len() - between.trim_start_matches(no_mark).len());
    let len = between.trim_matches(no_mark).len();
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
        // A conjunction that stands alone is no mark.
        let closing = (EditKind::Quotes, "»".to_owned(), String::new());
        assert_eq!(kinds("» و ", " و "), [closing]);
    }
}
