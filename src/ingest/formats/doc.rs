//! Word documents from before 2007: the text of the main document, put together from the pieces that the
//! table of pieces lists. After Microsoft's [MS-DOC], sections 2.4.1 and 2.8.

use std::io::{Cursor, Read as _};

use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1256};

use super::page::Page;
use super::{Pages, Source};
use crate::article::FileKind;
use crate::ingest::error::{Failure, SkipReason};
use crate::work::Watch;

/// Offsets in the file information block that begins the document's stream.
mod fib {
    pub const MAGIC: usize = 0x00;
    pub const LANGUAGE: usize = 0x06;
    pub const FLAGS: usize = 0x0A;
    pub const MAIN_CHARS: usize = 0x4C;
    pub const PIECES_AT: usize = 0x1A2;
    pub const PIECES_LEN: usize = 0x1A6;
}
/// What a locked document of Word or OpenOffice holds instead of its parts.
const LOCKED_PARTS: [&str; 2] = ["/EncryptedPackage", "/EncryptionInfo"];
const ENCRYPTED: u16 = 0x0100;
const TABLE_ONE: u16 = 0x0200;

/// # Errors
/// It is no Word document, is locked, or holds no words; or the job was stopped.
pub(super) fn read(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    // Many a `.doc` is something else under the old name.
    if bytes.starts_with(b"{\\rtf") {
        return super::rtf::read(bytes, source, watch);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return super::docx::read(bytes, source, watch);
    }
    if !is_compound(&bytes) {
        return super::html::read(bytes, source, watch);
    }
    let broken = |what: &str| Failure::Skip(SkipReason::Malformed(what.to_owned()));
    let mut file =
        cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| broken(&error.to_string()))?;
    if LOCKED_PARTS.iter().any(|name| file.is_stream(name)) {
        return Err(SkipReason::Locked.into());
    }
    let mut stream = |name: &str| -> Result<Vec<u8>, Failure> {
        watch.check()?;
        let mut content = Vec::new();
        file.open_stream(name)
            .and_then(|mut stream| stream.read_to_end(&mut content))
            .map_err(|error| broken(&error.to_string()))?;
        Ok(content)
    };
    let document = stream("/WordDocument")?;
    let flags = u16_at(&document, fib::FLAGS).ok_or_else(|| broken("its head is too short"))?;
    if u16_at(&document, fib::MAGIC) != Some(0xA5EC) {
        return Err(broken("it is older than Word 97"));
    }
    if flags & ENCRYPTED != 0 {
        return Err(SkipReason::Locked.into());
    }
    let table = stream(if flags & TABLE_ONE == 0 {
        "/0Table"
    } else {
        "/1Table"
    })?;
    let text =
        main_text(&document, &table).ok_or_else(|| broken("its table of pieces is damaged"))?;
    watch.check()?;
    let text = shown(&text);
    if !text.chars().any(char::is_alphanumeric) {
        return Err(SkipReason::NoWords.into());
    }
    Ok(Pages::one(Page {
        text,
        kind: FileKind::Doc,
        ..Page::default()
    }))
}

/// True for the container of old documents, in which new ones lie when they are locked.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(
        bytes.get(at..at.checked_add(2)?)?.try_into().ok()?,
    ))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let number = u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?);
    usize::try_from(number).ok()
}

/// All characters of the main document; footnotes, headers and comments come after them.
fn main_text(document: &[u8], table: &[u8]) -> Option<String> {
    let wanted = u32_at(document, fib::MAIN_CHARS)?;
    let from = u32_at(document, fib::PIECES_AT)?;
    let to = from.checked_add(u32_at(document, fib::PIECES_LEN)?)?;
    let pieces = pieces(table.get(from..to.min(table.len()))?)?;
    let arabic = u16_at(document, fib::LANGUAGE)? & 0x3FF == 1;
    let narrow: &'static Encoding = if arabic { WINDOWS_1256 } else { WINDOWS_1252 };
    let count = (pieces.len().checked_sub(4)?) / 12;
    let mut text = String::new();
    for i in 0..count {
        let start = u32_at(pieces, i * 4)?;
        let end = u32_at(pieces, i * 4 + 4)?.min(wanted);
        if start >= end {
            continue;
        }
        let chars = end - start;
        let place = u32_at(pieces, (count + 1) * 4 + i * 8 + 2)?;
        let at = place & 0x3FFF_FFFF;
        if place & 0x4000_0000 == 0 {
            let bytes = document.get(at..at.checked_add(chars.checked_mul(2)?)?)?;
            let units = bytes
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            text.extend(char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')));
        } else {
            let at = at / 2;
            let bytes = document.get(at..at.checked_add(chars)?)?;
            text.push_str(&narrow.decode_without_bom_handling(bytes).0);
        }
    }
    Some(text)
}

/// The list of pieces, after the formatting that may stand before it.
fn pieces(mut clx: &[u8]) -> Option<&[u8]> {
    loop {
        match clx.first()? {
            1 => {
                let length = usize::from(u16_at(clx, 1)?);
                clx = clx.get(3 + length..)?;
            }
            2 => {
                let length = u32_at(clx, 1)?;
                return clx.get(5..5usize.checked_add(length)?.min(clx.len()));
            }
            _ => return None,
        }
    }
}

/// Word's own marks become line ends and blanks; the code of a field is left out, its result kept.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // For each open field: still in its code?
    let mut fields: Vec<bool> = Vec::new();
    for c in text.chars() {
        match c {
            '\u{13}' => fields.push(true),
            '\u{14}' => {
                if let Some(in_code) = fields.last_mut() {
                    *in_code = false;
                }
            }
            '\u{15}' => {
                fields.pop();
            }
            _ if fields.contains(&true) => {}
            '\r' | '\u{0B}' | '\u{0C}' => out.push('\n'),
            '\u{07}' => out.push('\t'),
            '\u{1E}' => out.push('-'),
            '\u{A0}' => out.push(' '),
            '\t' => out.push('\t'),
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write as _;

    /// A document of two pieces, one in each width.
    pub fn document(wide: &str, narrow: &[u8]) -> Vec<u8> {
        let mut stream = vec![0u8; 0x400];
        let put16 = |stream: &mut Vec<u8>, at: usize, n: u16| {
            stream[at..at + 2].copy_from_slice(&n.to_le_bytes())
        };
        let put32 = |stream: &mut Vec<u8>, at: usize, n: u32| {
            stream[at..at + 4].copy_from_slice(&n.to_le_bytes())
        };
        let units: Vec<u16> = wide.encode_utf16().collect();
        let (first, all) = (units.len() as u32, (units.len() + narrow.len()) as u32);
        put16(&mut stream, fib::MAGIC, 0xA5EC);
        put16(&mut stream, fib::LANGUAGE, 0x0401);
        put16(&mut stream, fib::FLAGS, TABLE_ONE);
        put32(&mut stream, fib::MAIN_CHARS, all);
        let wide_at = stream.len() as u32;
        stream.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        let narrow_at = stream.len() as u32;
        stream.extend_from_slice(narrow);
        let mut table = vec![2u8];
        table.extend((12u32 + 16).to_le_bytes());
        for cp in [0, first, all] {
            table.extend(cp.to_le_bytes());
        }
        for place in [wide_at, (narrow_at * 2) | 0x4000_0000] {
            table.extend([0u8, 0]);
            table.extend(place.to_le_bytes());
            table.extend([0u8, 0]);
        }
        put32(&mut stream, fib::PIECES_LEN, table.len() as u32);
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream("/WordDocument")
            .unwrap()
            .write_all(&stream)
            .unwrap();
        file.create_stream("/1Table")
            .unwrap()
            .write_all(&table)
            .unwrap();
        file.into_inner().into_inner()
    }

    fn text(bytes: Vec<u8>) -> Result<String, SkipReason> {
        match read(bytes, &Source::named("doc"), &Watch::silent()) {
            Ok(pages) => Ok(pages.pages[0].text.clone()),
            Err(Failure::Skip(reason)) => Err(reason),
            Err(Failure::Stopped) => unreachable!("nobody stops it"),
        }
    }

    #[test]
    fn pieces_of_both_widths() {
        let narrow = WINDOWS_1256.encode("في الميناء").0;
        let bytes = document("قارب\r\u{13}LINK\u{14}جديد\u{15} ", &narrow);
        assert_eq!(text(bytes).unwrap(), "قارب\nجديد في الميناء");
    }

    #[test]
    fn old_documents_under_a_new_name_and_locked_ones() {
        let old = document("قارب جديد", b"");
        let read =
            |bytes| super::super::docx::read(bytes, &Source::named("docx"), &Watch::silent());
        assert_eq!(read(old).unwrap().pages[0].text, "قارب جديد");
        let mut locked = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        locked.create_stream("/EncryptedPackage").unwrap();
        let locked = locked.into_inner().into_inner();
        assert_eq!(read(locked), Err(SkipReason::Locked.into()));
    }

    proptest! {
        #[test]
        fn damaged_documents_are_read_or_refused(at in 0usize..6000, byte in any::<u8>(), cut in 0usize..6000) {
            let mut bytes = document("قارب جديد", b"abc");
            let end = bytes.len();
            bytes[at % end] = byte;
            bytes.truncate(cut.max(8).min(end));
            let _ = text(bytes);
        }
    }
}
