//! Numbers as a reader sees them where something in them has a direction.
//!
//! A right-to-left mark beside the point keeps what stands around it from being one number, and so its parts run from
//! right to left: `50.` + mark + `940` is printed and read as `940.50`. So does the letter that agencies of the Gulf write
//! for the point: `5` + `ر` + `557` is read as `557.5`.

const LEFT_TO_RIGHT: char = '\u{200E}';

/// Between digits, a decimal point.
const POINT: char = 'ر';

/// True for a mark that has a direction and no shape.
fn is_direction_mark(c: char) -> bool {
    c == LEFT_TO_RIGHT || is_right_to_left(c)
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{200F}' | '\u{061C}')
}

/// A word with the parts of its number in the order in which they are read; `None` if that is the order they stand in, and
/// of a text of several words.
pub(super) fn turned(word: &str) -> Option<String> {
    let (letters, number) = word.split_at(word.find(char::is_numeric)?);
    let is_separator = |c| matches!(c, '.' | ',' | '٫' | '٬' | POINT);
    let is_part = |c: char| c.is_numeric() || is_separator(c) || is_direction_mark(c);
    if letters.contains(char::is_whitespace) || !number.chars().all(is_part) {
        return None;
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, separator) in number.match_indices(is_separator) {
        let before = number[..at].chars().next_back();
        let behind = number[at + separator.len()..].chars().next();
        let rtl = |c: Option<char>| c.is_some_and(is_right_to_left);
        let ltr = |c: Option<char>| c == Some(LEFT_TO_RIGHT);
        let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        let is_point = separator.starts_with(POINT);
        if is_point && !(digit(before) && digit(behind)) {
            return None;
        }
        if is_point || rtl(before) || rtl(behind) || ltr(behind) && !ltr(before) {
            parts.extend([&number[start..at], if is_point { "." } else { separator }]);
            start = at + separator.len();
        }
    }
    if parts.is_empty() {
        return None;
    }
    parts.push(&number[start..]);
    let reversed = parts.into_iter().rev();
    let shown = reversed
        .flat_map(str::chars)
        .filter(|c| !is_direction_mark(*c));
    Some(letters.chars().chain(shown).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_as_they_are_read() {
        for (written, read) in [
            ("50.\u{200F}940", Some("940.50")),
            ("50\u{200F}.940", Some("940.50")),
            ("50.\u{200E}940", Some("940.50")),
            ("و٥٫\u{061C}٠", Some("و٠٫٥")),
            ("5ر557", Some("557.5")),
            ("بـ٢ر١٣", Some("بـ١٣.٢")),
            ("29ر690ر432", Some("432.690.29")),
            ("5رر3", None),
            ("5ر", None),
            ("3رجال", None),
            ("50\u{200E}.\u{200E}940", None),
            ("50\u{200E}.940", None),
            ("\u{200F}50.940", None),
            ("قال\u{200F}", None),
            ("1.\u{200F} أولاً 2.\u{200F}0", None),
        ] {
            assert_eq!(turned(written).as_deref(), read, "{written:?}");
        }
    }
}
