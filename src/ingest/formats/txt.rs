//! Plain text, Markdown and OpenITI's mARkdown: the whole decoded file is the article's text, so that offsets
//! refer to what the person sees in their own editor. Changes nothing in it.

use super::{Pages, Source, markdown, openiti};
use crate::article::FileKind;
use crate::ingest::decode::decode_as;
use crate::ingest::error::Failure;
use crate::work::Watch;

/// # Errors
/// Why the bytes are no text, or that the job was stopped.
pub(super) fn read(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    let decoded = decode_as(bytes, source.charset.as_deref(), watch)?;
    tracing::trace!(encoding = decoded.encoding, "decoded");
    let kind = if matches!(source.extension.as_str(), "md" | "markdown") {
        FileKind::Markdown
    } else {
        FileKind::Text
    };
    let page = match openiti::header(&decoded.text) {
        Some(header) => header.page(decoded.text, kind),
        None => markdown::page(decoded.text, kind),
    };
    Ok(Pages::one(page))
}
