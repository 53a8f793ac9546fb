//! What Word and OpenDocument files have in common: parts in a zip container, and a list of properties.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::page::{Claim, Said};
use super::xml::{Node, walk};
use crate::article::Origin;
use crate::ingest::error::{Failure, SkipReason};
use crate::work::Watch;

/// A part of a document unpacks to no more than this, in bytes.
const LARGEST_PART: u64 = 128 * 1024 * 1024;

pub(super) struct Parts(ZipArchive<Cursor<Vec<u8>>>);

impl Parts {
    pub fn open(bytes: Vec<u8>) -> Result<Self, Failure> {
        let broken = |error: zip::result::ZipError| SkipReason::Malformed(error.to_string());
        Ok(Self(ZipArchive::new(Cursor::new(bytes)).map_err(broken)?))
    }

    /// The text of a part.
    pub fn text(&mut self, name: &str, watch: &Watch) -> Result<String, Failure> {
        watch.check()?;
        let missing = |_| SkipReason::Malformed(format!("{name} is missing from it"));
        let part = self.0.by_name(name).map_err(missing)?;
        if part.encrypted() {
            return Err(SkipReason::Locked.into());
        }
        let mut bytes = Vec::new();
        part.take(LARGEST_PART + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| SkipReason::Malformed(error.to_string()))?;
        if bytes.len() as u64 > LARGEST_PART {
            return Err(SkipReason::UnpacksTooLarge {
                limit: LARGEST_PART,
            }
            .into());
        }
        watch.check()?;
        Ok(match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let bytes = error.into_bytes();
                let (encoding, _) =
                    encoding_rs::Encoding::for_bom(&bytes).unwrap_or((encoding_rs::UTF_8, 0));
                encoding.decode(&bytes).0.into_owned()
            }
        })
    }
}

/// Publisher and days out of Dublin Core properties. The day of making is when a file was written, which is
/// no day of publication: only `issued` is one.
pub(super) fn properties(xml: &str, watch: &Watch) -> Result<Said, Failure> {
    let mut said = Said::default();
    let mut open = String::new();
    walk(xml, watch, |node| match node {
        Node::Open(name, _) => open = name.to_owned(),
        Node::Close(_) => open.clear(),
        Node::Text(text) => match open.as_str() {
            "publisher" => said.outlets.extend(Claim::new(text, Origin::Properties)),
            "issued" => said.published.extend(Claim::new(text, Origin::Properties)),
            _ => {}
        },
    })?;
    Ok(said)
}
