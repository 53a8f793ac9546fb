//! Names and messages for a terminal, which takes some characters for orders.

use std::borrow::Cow;

/// A name or message with what would steer a terminal, or turn its letters around, written as a number: `\u{1b}`.
pub fn escaped(text: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        let turns = matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        c.is_control() || turns
    };
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match steers(c) {
            true => out.extend(c.escape_unicode()),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_escaped() {
        assert_eq!(escaped("أخبار 1.txt"), "أخبار 1.txt");
        assert_eq!(
            escaped("a\u{1b}[31m\nb\u{202e}txt"),
            "a\\u{1b}[31m\\u{a}b\\u{202e}txt"
        );
    }
}
