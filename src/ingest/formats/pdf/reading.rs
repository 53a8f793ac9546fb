//! What is seen from left to right → what is read: letters of a row of Arabic are turned round, numbers and
//! Latin words in it turned back, presentation forms and brackets mended. Knows no places.

use unicode_normalization::UnicodeNormalization as _;

/// The glyph's characters without presentation forms. A ligature of lam and alef that its font lists the
/// wrong way round is turned.
pub(super) fn plain(text: &str) -> String {
    let text: String = text
        .chars()
        .flat_map(|c| {
            let form = matches!(c, '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
            let parts: String = if form {
                std::iter::once(c).nfkc().collect()
            } else {
                c.to_string()
            };
            parts.chars().collect::<Vec<_>>()
        })
        .filter(|c| !c.is_control() && *c != '\u{FEFF}' && !('\u{200B}'..='\u{200F}').contains(c))
        .collect();
    let text = if text.chars().count() > 1 {
        text.trim().to_owned()
    } else {
        text
    };
    let mut chars = text.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(alef @ ('ا' | 'أ' | 'إ' | 'آ')), Some('ل'), None) => format!("ل{alef}"),
        _ => text,
    }
}

/// Cells of a row of Arabic, from left to right as seen → as read. Turns the row, and turns back the runs
/// that are read from left to right: Latin words and numbers with what joins them.
pub(super) fn logical(cells: &[String]) -> String {
    let kind = |i: usize| direction(&cells[i]);
    let mut out = String::new();
    let mut at = cells.len();
    while at > 0 {
        let last = at - 1;
        if !matches!(kind(last), Way::Ltr | Way::Digit) {
            out.push_str(&cells[last]);
            at = last;
            continue;
        }
        // The run goes on to the left over what joins two of its parts.
        let mut from = last;
        let mut look = last;
        while look > 0 {
            let next = look - 1;
            match kind(next) {
                Way::Ltr | Way::Digit => {
                    from = next;
                    look = next;
                }
                Way::Joiner if joins(cells, next, kind) => look = next,
                // Blanks join Latin words, not numbers.
                Way::Neutral if latin_on_both_sides(cells, next, kind) => look = next,
                _ => break,
            }
        }
        for cell in &cells[from..at] {
            out.push_str(cell);
        }
        at = from;
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Rtl,
    Ltr,
    Digit,
    /// `.`, `,`, `:`, `/`, `-` and the like, which join numbers.
    Joiner,
    Neutral,
}

fn direction(text: &str) -> Way {
    match text.chars().next() {
        Some(c)
            if c.is_ascii_digit()
                || ('\u{0660}'..='\u{0669}').contains(&c)
                || ('\u{06F0}'..='\u{06F9}').contains(&c) =>
        {
            Way::Digit
        }
        Some(c) if is_rtl(c) => Way::Rtl,
        Some(c) if is_ltr_letter(c) => Way::Ltr,
        Some(
            '.' | ',' | ':' | '/' | '-' | '٫' | '٬' | '@' | '_' | '+' | '%' | '\'' | '’' | '&'
            | '#' | '=' | '?',
        ) => Way::Joiner,
        _ => Way::Neutral,
    }
}

fn joins(cells: &[String], at: usize, kind: impl Fn(usize) -> Way) -> bool {
    let strong = |i: usize| matches!(kind(i), Way::Ltr | Way::Digit);
    at > 0 && at + 1 < cells.len() && strong(at - 1) && strong(at + 1)
}

fn latin_on_both_sides(cells: &[String], at: usize, kind: impl Fn(usize) -> Way) -> bool {
    let mut left = (0..at).rev().filter(|i| !cells[*i].trim().is_empty());
    let mut right = (at + 1..cells.len()).filter(|i| !cells[*i].trim().is_empty());
    let is_latin = |i: Option<usize>| i.is_some_and(|i| kind(i) == Way::Ltr);
    let is_run = |i: Option<usize>| i.is_some_and(|i| matches!(kind(i), Way::Ltr | Way::Digit));
    let (l, r) = (left.next(), right.next());
    is_run(l) && is_run(r) && (is_latin(l) || is_latin(r))
}

/// Brackets that close before they open were written as they are seen.
pub(super) fn mend_brackets(text: &str) -> String {
    let first = text.chars().find(|c| matches!(c, '(' | ')'));
    let guillemet = text.chars().find(|c| matches!(c, '«' | '»'));
    text.chars()
        .map(|c| match c {
            '(' if first == Some(')') => ')',
            ')' if first == Some(')') => '(',
            '«' if guillemet == Some('»') => '»',
            '»' if guillemet == Some('»') => '«',
            _ => c,
        })
        .collect()
}

pub(super) fn is_rtl(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{065F}' | '\u{066A}'..='\u{06EF}' | '\u{06FA}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        && !matches!(c, '٪' | '٫' | '٬')
}

pub(super) fn is_ltr_letter(c: char) -> bool {
    c.is_alphabetic() && !is_rtl(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(seen: &[&str]) -> Vec<String> {
        seen.iter().map(|s| (*s).to_owned()).collect()
    }

    #[test]
    fn rows_are_turned_and_numbers_turned_back() {
        assert_eq!(logical(&cells(&["ر", "ا", "د"])), "دار");
        assert_eq!(logical(&cells(&["1", "4", " ", "م", "ا", "ع"])), "عام 14");
        assert_eq!(
            logical(&cells(&[
                "1", ".", "5", " ", "B", "B", "C", " ", "N", " ", "ن", "م"
            ])),
            "من 1.5 BBC N"
        );
        // A ligature is one glyph; its letters keep their order.
        assert_eq!(logical(&cells(&["م", "لا", "س"])), "سلام");
        assert_eq!(plain("ال"), "لا");
        assert_eq!(plain("ﻼ"), "لا");
        assert_eq!(plain("ﺑ"), "ب");
    }
}
