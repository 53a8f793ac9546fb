//! What a reader hands on: an article's text and what its file says about it beside the text. Plain data.

use serde::{Deserialize, Serialize};

use crate::article::{FileKind, Furniture, Origin, Span};

/// One article as its file holds it. A table gives one for each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest) struct Page {
    /// What tells this article from the others of its file: `17` in `export.csv#17`.
    pub part: Option<String>,
    pub text: String,
    pub kind: FileKind,
    pub said: Said,
    /// Stretches of the text that are no article text by the format's own word.
    pub aside: Vec<Furniture>,
}

/// What a file says of its article beside the text. All lists are best first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::ingest) struct Said {
    /// The headline's place at the head of the text.
    pub headline: Option<Span>,
    /// The headline where the text does not carry it.
    pub title: Option<Claim>,
    pub outlets: Vec<Claim>,
    pub credits: Vec<Claim>,
    pub urls: Vec<Claim>,
    pub published: Vec<Claim>,
    pub updated: Vec<Claim>,
    pub crawled: Vec<Claim>,
    /// How long before it was saved it was published: `منذ ساعتين`.
    pub ago: Option<Claim>,
}

/// A value as it is written, and what says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::ingest) struct Claim {
    pub value: String,
    pub origin: Origin,
}

impl Claim {
    /// `None` for a blank value.
    pub fn new(value: &str, origin: Origin) -> Option<Self> {
        let value = value.trim();
        (!value.is_empty()).then(|| Self {
            value: value.to_owned(),
            origin,
        })
    }
}

impl Said {
    /// Adds what another source says of the same article, after what is known already.
    pub fn append(&mut self, other: Self) {
        self.title = self.title.take().or(other.title);
        self.outlets.extend(other.outlets);
        self.credits.extend(other.credits);
        self.urls.extend(other.urls);
        self.published.extend(other.published);
        self.updated.extend(other.updated);
        self.crawled.extend(other.crawled);
        self.ago = self.ago.take().or(other.ago);
    }
}

impl Page {
    /// A text with its headline above it, unless the text begins with it already.
    pub fn headed(title: Option<&str>, body: &str, kind: FileKind) -> Self {
        let body = body.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        let title = title.map(one_line).filter(|title| !title.is_empty());
        let first = body.lines().next().unwrap_or("").trim();
        let (text, headline) = match title {
            Some(title) if first == title => (body.to_owned(), Some(title.len())),
            Some(title) if body.is_empty() => (title.clone(), Some(title.len())),
            Some(title) => (format!("{title}\n\n{body}"), Some(title.len())),
            None => (body.to_owned(), None),
        };
        Self {
            text,
            kind,
            said: Said {
                headline: headline.map(|end| Span::new(0, end)),
                ..Said::default()
            },
            ..Self::default()
        }
    }

    pub fn part(self, part: impl Into<String>) -> Self {
        Self {
            part: Some(part.into()),
            ..self
        }
    }
}

/// Blanks and line ends of any number become one space.
pub(in crate::ingest) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_stands_once() {
        let page = Page::headed(Some("عنوان\n الخبر "), "عنوان الخبر\nنص", FileKind::Json);
        assert_eq!(page.text, "عنوان الخبر\nنص");
        let page = Page::headed(Some("عنوان"), "نص", FileKind::Json);
        assert_eq!(page.text, "عنوان\n\nنص");
        assert_eq!(page.said.headline.map(|s| s.of(&page.text)), Some("عنوان"));
        assert_eq!(Page::headed(None, "نص", FileKind::Json).said.headline, None);
    }
}
