//! Markdown and other plain text with a block of YAML front matter. The text stays the whole file; the block
//! is marked as what it is, and what it says is read.

use serde_saphyr::Options;

use super::page::{Claim, Page};
use super::record::Record;
use crate::article::{FileKind, Furniture, FurnitureReason, Origin, Span};

/// Front matter is short; a file of nothing but YAML is none.
const LONGEST: usize = 64 * 1024;

/// What the front matter of a text says, if it has some.
pub(super) fn page(text: String, kind: FileKind) -> Page {
    let Some(block) = block(&text) else {
        return Page {
            text,
            kind,
            ..Page::default()
        };
    };
    let yaml = &text[block.yaml.clone()];
    let Some(record) = record(yaml) else {
        return Page {
            text,
            kind,
            ..Page::default()
        };
    };
    let mut page = Page {
        kind,
        ..Page::default()
    };
    page.said = record.said(Origin::FrontMatter);
    page.said.title = record
        .best(super::fields::Role::Title)
        .and_then(|title| Claim::new(title, Origin::FrontMatter));
    page.aside.push(Furniture {
        span: Span::new(0, block.end),
        reason: FurnitureReason::FrontMatter,
    });
    page.text = text;
    page
}

struct Block {
    yaml: std::ops::Range<usize>,
    /// Past the closing line.
    end: usize,
}

/// `---`, lines, `---` or `...` at the head of a text.
fn block(text: &str) -> Option<Block> {
    let rest = text.strip_prefix("---")?;
    let first = rest.find(['\n', '\r'])?;
    if !rest[..first].trim().is_empty() {
        return None;
    }
    let from = 3 + first;
    let mut at = from;
    for line in text[from..].split_inclusive(['\n', '\r']) {
        let next = at + line.len();
        if matches!(line.trim(), "---" | "...") {
            let end = at + line.trim_end().len();
            return Some(Block {
                yaml: from..at,
                end,
            });
        }
        if next > LONGEST {
            return None;
        }
        at = next;
    }
    None
}

/// The entries of a mapping; `None` where the block is no mapping of names to values.
fn record(yaml: &str) -> Option<Record> {
    // Values as they are written: `2031-03-05` is a date here and `01` no number.
    let options = Options::default();
    let value: serde_json::Value = serde_saphyr::from_str_with_options(yaml, options).ok()?;
    let fields = value.as_object()?;
    let mut record = Record::default();
    for (name, value) in fields {
        match value {
            serde_json::Value::String(text) => record.push(name, text),
            serde_json::Value::Number(number) => record.push(name, &number.to_string()),
            serde_json::Value::Object(inner) => {
                let named = inner.get("name").or_else(|| inner.get("title"));
                if let Some(text) = named.and_then(|n| n.as_str()) {
                    record.push(name, text);
                }
            }
            _ => {}
        }
    }
    Some(record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn front_matter_is_read_and_set_apart() {
        let text =
            "---\ntitle: \"قارب جديد\"\nsource: مرصد الميناء\ndate: 2031-03-05\n---\n\nوصل القارب.";
        let page = page(text.to_owned(), FileKind::Markdown);
        assert_eq!(page.text, text);
        assert_eq!(
            page.said.title.as_ref().map(|c| c.value.as_str()),
            Some("قارب جديد")
        );
        assert_eq!(page.said.outlets[0].value, "مرصد الميناء");
        assert_eq!(page.said.published[0].value, "2031-03-05");
        assert!(page.aside[0].span.of(text).ends_with("---"));
        assert_eq!(&text[page.aside[0].span.range().end..], "\n\nوصل القارب.");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in [
            "---\nوصل القارب.\n",
            "--- وصل\n---\n",
            "---\nوصل القارب\n---\nنص",
            "---",
        ] {
            assert!(
                page(text.to_owned(), FileKind::Markdown).aside.is_empty(),
                "{text:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_block_is_read_or_left(inner in "[\\PC\n:\"'{}\\[\\]-]{0,200}") {
            let text = format!("---\n{inner}\n---\nنص");
            let page = page(text.clone(), FileKind::Markdown);
            prop_assert_eq!(&page.text, &text);
            for stretch in &page.aside {
                prop_assert!(text.get(stretch.span.range()).is_some());
            }
        }
    }
}
