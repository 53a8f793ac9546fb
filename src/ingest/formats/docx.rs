//! Word documents: paragraphs of the body in their order, table cells among them. Headers, footers, comments,
//! deleted words and field codes are left out.

use super::office::{Parts, properties};
use super::page::Page;
use super::xml::{Node, walk};
use super::{Pages, Source, doc};
use crate::article::FileKind;
use crate::ingest::error::{Failure, SkipReason};
use crate::work::Watch;

/// # Errors
/// It is no Word document, or holds no words; or the job was stopped.
pub(super) fn read(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    // An old document under a new name, or a locked one.
    if doc::is_compound(&bytes) {
        return doc::read(bytes, source, watch);
    }
    let mut parts = Parts::open(bytes)?;
    let document = parts.text("word/document.xml", watch)?;
    let mut body = Body::default();
    walk(&document, watch, |node| body.take(&node))?;
    let text = body.text.trim().to_owned();
    if !text.chars().any(char::is_alphanumeric) {
        return Err(SkipReason::NoWords.into());
    }
    let mut page = Page {
        text,
        kind: FileKind::Docx,
        ..Page::default()
    };
    page.said = properties(
        &parts.text("docProps/core.xml", watch).unwrap_or_default(),
        watch,
    )?;
    Ok(Pages::one(page))
}

#[derive(Default)]
struct Body {
    text: String,
    /// Elements that are open and hold no text of the document.
    silent: usize,
    in_text: bool,
}

impl Body {
    fn take(&mut self, node: &Node) {
        match node {
            Node::Open(name, _) => match *name {
                // A deleted stretch, a field's code, the fallback of a drawing that is there twice.
                "del" | "instrText" | "Fallback" | "pPr" | "rPr" | "sectPr" | "delText" => {
                    self.silent += 1
                }
                "t" => self.in_text = true,
                "tab" if self.silent == 0 => self.text.push('\t'),
                "br" | "cr" if self.silent == 0 => self.text.push('\n'),
                "noBreakHyphen" if self.silent == 0 => self.text.push('-'),
                _ => {}
            },
            Node::Close(name) => match *name {
                "del" | "instrText" | "Fallback" | "pPr" | "rPr" | "sectPr" | "delText" => {
                    self.silent = self.silent.saturating_sub(1);
                }
                "t" => self.in_text = false,
                "p" if self.silent == 0 => self.text.push('\n'),
                _ => {}
            },
            Node::Text(text) if self.in_text && self.silent == 0 => self.text.push_str(text),
            Node::Text(_) => {}
        }
    }
}
