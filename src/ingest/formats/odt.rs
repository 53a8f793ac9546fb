//! OpenDocument texts: headings and paragraphs of the body in their order. Notes, comments and tracked
//! deletions are left out.

use super::office::{Parts, properties};
use super::page::Page;
use super::xml::{Node, walk};
use super::{Pages, Source, doc};
use crate::article::FileKind;
use crate::ingest::error::{Failure, SkipReason};
use crate::work::Watch;

/// Blanks that one element may stand for.
const MOST_BLANKS: usize = 100;

/// # Errors
/// It is no OpenDocument text, or holds no words; or the job was stopped.
pub(super) fn read(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    // An old document under a new name, or a locked one.
    if doc::is_compound(&bytes) {
        return doc::read(bytes, source, watch);
    }
    let mut parts = Parts::open(bytes)?;
    let content = parts.text("content.xml", watch)?;
    let mut body = Body::default();
    walk(&content, watch, |node| body.take(&node))?;
    let text = body.text.trim().to_owned();
    if !text.chars().any(char::is_alphanumeric) {
        return Err(SkipReason::NoWords.into());
    }
    let mut page = Page {
        text,
        kind: FileKind::Odt,
        ..Page::default()
    };
    page.said = properties(&parts.text("meta.xml", watch).unwrap_or_default(), watch)?;
    Ok(Pages::one(page))
}

#[derive(Default)]
struct Body {
    text: String,
    /// Open paragraphs and headings.
    inside: usize,
    silent: usize,
}

impl Body {
    fn take(&mut self, node: &Node) {
        match node {
            Node::Open(name, attributes) => match *name {
                "p" | "h" => self.inside += 1,
                "note" | "annotation" | "tracked-changes" | "bookmark-ref" => self.silent += 1,
                "s" if self.shown() => {
                    let count = attributes
                        .get("c")
                        .and_then(|c| c.parse().ok())
                        .unwrap_or(1usize);
                    self.text
                        .extend(std::iter::repeat_n(' ', count.min(MOST_BLANKS)));
                }
                "tab" if self.shown() => self.text.push('\t'),
                "line-break" if self.shown() => self.text.push('\n'),
                _ => {}
            },
            Node::Close(name) => match *name {
                "p" | "h" => {
                    if self.shown() {
                        self.text.push('\n');
                    }
                    self.inside = self.inside.saturating_sub(1);
                }
                "note" | "annotation" | "tracked-changes" | "bookmark-ref" => {
                    self.silent = self.silent.saturating_sub(1);
                }
                _ => {}
            },
            // Line ends of the file itself are blanks, as in any markup.
            Node::Text(text) if self.shown() => {
                self.text
                    .extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
            }
            Node::Text(_) => {}
        }
    }

    fn shown(&self) -> bool {
        self.inside > 0 && self.silent == 0
    }
}
