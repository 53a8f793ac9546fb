//! Plain text, and Markdown as plain text: the whole decoded file is the article's text, so that offsets
//! refer to what the person sees in their own editor. Changes nothing in it.

use super::Page;
use crate::ingest::decode::decode;
use crate::ingest::error::Failure;
use crate::work::Watch;

/// # Errors
/// Why the bytes are no text, or that the job was stopped.
pub(super) fn read(bytes: Vec<u8>, watch: &Watch) -> Result<Vec<Page>, Failure> {
    let decoded = decode(bytes, watch)?;
    tracing::trace!(encoding = decoded.encoding, "decoded");
    Ok(vec![Page {
        part: None,
        text: decoded.text,
    }])
}
