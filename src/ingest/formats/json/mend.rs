//! What programs write that is no JSON, made JSON: the `NaN` and `Infinity` of Python, half of a surrogate pair where
//! a text was cut, line ends as they are within a string, a comma behind the last of a list.

/// The same JSON with what nobody reads strictly spelled as it should be.
pub(super) fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', ',', 'N', 'I', '-']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(string) = rest.strip_prefix('"') {
            rest = mend_string(string, &mut out);
        } else if let Some(after) = ["NaN", "Infinity", "-Infinity"]
            .iter()
            .find_map(|number| rest.strip_prefix(number))
        {
            out.push_str("null");
            rest = after;
        } else {
            let (mark, after) = rest.split_at(1);
            if mark != "," || !after.trim_start().starts_with([']', '}']) {
                out.push_str(mark);
            }
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// Takes a string from behind its first mark; returns what follows the second.
fn mend_string<'t>(text: &'t str, out: &mut String) -> &'t str {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| matches!(c, '"' | '\\' | '\0'..='\x1F')) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest.as_bytes() {
            [b'"', ..] => {
                out.push('"');
                return &rest[1..];
            }
            [b'\\', b'u', ..] => escaped(rest, out),
            [b'\\', ..] => {
                let taken = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&rest[..taken]);
                taken
            }
            [control, ..] => {
                out.push_str(&format!("\\u{control:04x}"));
                1
            }
            [] => 0,
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    ""
}

/// `\u06AF`, or two of them that are one character; how many bytes that is.
fn escaped(text: &str, out: &mut String) -> usize {
    let unit = |at: usize| {
        let hex = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(hex, 16).ok()
    };
    let taken = match (unit(0), unit(6)) {
        (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
        (Some(0xD800..=0xDFFF), _) => {
            out.push_str("\\ufffd");
            return 6;
        }
        (Some(_), _) => 6,
        (None, _) => 2,
    };
    out.push_str(&text[..taken]);
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_json_becomes_it() {
        for (text, json) in [
            (
                r#"{"a": NaN, "b": [-Infinity, Infinity, -1]}"#,
                r#"{"a": null, "b": [null, null, -1]}"#,
            ),
            (r#"["NaN \" NaN", NaN]"#, r#"["NaN \" NaN", null]"#),
            (
                r#"["\ud83d", "\ud83d\ude00", "\ude00\u0041"]"#,
                r#"["\ufffd", "\ud83d\ude00", "\ufffd\u0041"]"#,
            ),
            (
                r#"{"a": [1, 2, ], "b": ",]",}"#,
                r#"{"a": [1, 2 ], "b": ",]"}"#,
            ),
            ("[\"أ\n\tب\"]", r#"["أ\u000a\u0009ب"]"#),
        ] {
            assert_eq!(mended(text), json);
            assert!(serde_json::from_str::<serde_json::Value>(json).is_ok());
        }
    }

    proptest! {
        #[test]
        fn json_stays_as_it_is(texts in proptest::collection::vec("[\\PC\n\"\\\\😀]{0,12}", 0..6)) {
            let json = serde_json::to_string(&texts).unwrap();
            prop_assert_eq!(mended(&json), json);
        }

        #[test]
        fn any_text_is_mended(text in "[\\PC\n\"\\\\uD8N-]{0,60}") {
            let _ = mended(&text);
        }
    }
}
