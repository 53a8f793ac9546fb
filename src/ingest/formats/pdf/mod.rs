//! PDF with text in it: a library gives every glyph with its place, `layout` makes lines and paragraphs of
//! them in the order in which they are read. A PDF of pictures has no text, and says so.

mod layout;
mod reading;

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform};

use self::layout::{Glyph, Sheet};
use super::page::Page;
use super::{Pages, Source};
use crate::article::{FileKind, Span};
use crate::fault::contained;
use crate::ingest::error::{Failure, SkipReason};
use crate::work::Watch;

/// Sheets that are read; a longer document is a book and is read to here.
const MOST_SHEETS: u32 = 2_000;
/// Glyphs of one sheet; more are a drawing.
const MOST_GLYPHS: usize = 200_000;

/// # Errors
/// It is no PDF, is locked, or holds no text; or the job was stopped.
pub(super) fn read(bytes: Vec<u8>, _: &Source, watch: &Watch) -> Result<Pages, Failure> {
    let (document, sheets) = contained(|| open(&bytes)).unwrap_or_else(|| {
        Err(SkipReason::Malformed("its structure contradicts itself".to_owned()).into())
    })?;
    let mut collected = Vec::with_capacity(sheets.len());
    let mut failed = None;
    let mut broken = Vec::new();
    for number in sheets {
        watch.check()?;
        let mut collector = Collector::default();
        // The library panics at operators and fonts that are not what they should be; the other sheets can still be read.
        let read = contained(|| pdf_extract::output_doc_page(&document, &mut collector, number));
        let error = match read {
            Some(Ok(())) => None,
            Some(Err(error)) => Some(error.to_string()),
            None => Some("a page contradicts itself".to_owned()),
        };
        broken.extend(error.is_some().then_some(number as usize));
        failed = error.or(failed);
        collected.push(Sheet {
            glyphs: collector.glyphs,
        });
    }
    let text = layout::text(&collected);
    if !text.text.chars().any(char::is_alphanumeric) {
        return Err(match failed {
            Some(error) => SkipReason::Malformed(error).into(),
            None => SkipReason::NoTextInPdf.into(),
        });
    }
    let mut page = Page {
        kind: FileKind::Pdf,
        aside: text.furniture,
        ..Page::default()
    };
    page.said.headline = text.headline.map(|range| Span::new(range.start, range.end));
    page.text = text.text;
    let mut pages = Pages::one(page);
    if let [first, ..] = broken[..] {
        let sheets = broken.len();
        let reason = SkipReason::BadSheets { sheets, first };
        pages.skip(None, reason);
    }
    Ok(pages)
}

/// The document with the numbers of its sheets.
fn open(bytes: &[u8]) -> Result<(Document, Vec<u32>), Failure> {
    let mut document =
        Document::load_mem(bytes).map_err(|error| SkipReason::Malformed(error.to_string()))?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(SkipReason::Locked.into());
    }
    let sheets = document.get_pages().into_keys();
    let sheets = sheets.take(MOST_SHEETS as usize).collect();
    Ok((document, sheets))
}

/// Takes down every glyph of a sheet.
#[derive(Default)]
struct Collector {
    glyphs: Vec<Glyph>,
}

impl OutputDev for Collector {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        // Text that is turned is a watermark or a label.
        let upright = place.m11 > 0.0 && place.m12.abs() < place.m11.abs() * 0.1;
        if upright
            && self.glyphs.len() < MOST_GLYPHS
            && place.m31.is_finite()
            && place.m32.is_finite()
        {
            let size = font_size * (place.m11 * place.m22).abs().sqrt();
            self.glyphs.push(Glyph {
                x: place.m31,
                y: place.m32,
                width: width * font_size * place.m11,
                size,
                text: text.to_owned(),
            });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
