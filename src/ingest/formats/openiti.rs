//! The header of a text of the OpenITI corpus. The text stays the whole file; the header is marked as what it is, and
//! the book's title is read from it.
//!
//! ```text
//! ######OpenITI#
//! #META# 020.BookTITLE :: …
//! #META#Header#End#
//! ```

use super::page::{Claim, Page};
use crate::article::{FileKind, Furniture, FurnitureReason, Origin, Span};

/// Headers are short; a text that never ends its own has none.
const LONGEST: usize = 64 * 1024;

pub(super) struct Header {
    title: Option<Claim>,
    /// Past the closing line.
    end: usize,
}

/// The header of a text, if it has one.
pub(super) fn header(text: &str) -> Option<Header> {
    if !text.starts_with("######OpenITI#") {
        return None;
    }
    let mut title = None;
    let mut at = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        if line.trim_end() == "#META#Header#End#" {
            let end = at + line.trim_end().len();
            return Some(Header { title, end });
        }
        title = title.or_else(|| book_title(line));
        at += line.len();
        if at > LONGEST {
            return None;
        }
    }
    None
}

impl Header {
    pub fn page(self, text: String, kind: FileKind) -> Page {
        let mut page = Page {
            text,
            kind,
            ..Page::default()
        };
        page.said.title = self.title;
        page.aside.push(Furniture {
            span: Span::new(0, self.end),
            reason: FurnitureReason::FrontMatter,
        });
        page
    }
}

fn book_title(line: &str) -> Option<Claim> {
    let (field, value) = line.strip_prefix("#META#")?.split_once("::")?;
    // Later headers number their fields.
    let name = field
        .trim()
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let value = value.trim();
    // What is not known has a word that says so.
    let told = !matches!(value, "NOTGIVEN" | "NODATA" | "NOCODE");
    match name {
        "BookTITLE" if told => Claim::new(value, Origin::FrontMatter),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_set_apart_and_tells_the_title() {
        let text = "######OpenITI#\n\n#META# 000.SortField\t:: Mina_1\n#META# 020.BookTITLE\t:: رحلة السفينة الأولى\n\
            #META# 020.BookTITLEsub\t:: NOTGIVEN\n#META#Header#End#\n\n### | باب البحر\n# وصل القارب.";
        let page = header(text).unwrap().page(text.to_owned(), FileKind::Text);
        assert_eq!(page.text, text);
        assert_eq!(page.said.title.unwrap().value, "رحلة السفينة الأولى");
        assert!(page.aside[0].span.of(text).ends_with("#META#Header#End#"));
        let unknown = text.replace("رحلة السفينة الأولى", "NOTGIVEN");
        assert!(header(&unknown).unwrap().title.is_none());
    }

    #[test]
    fn other_texts_have_none() {
        for text in ["", "### | باب البحر\n", "######OpenITI#\n#META# x :: y\nنص"] {
            assert!(header(text).is_none(), "{text:?}");
        }
    }
}
