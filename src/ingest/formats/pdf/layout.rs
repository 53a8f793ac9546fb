//! Glyphs on sheets → text as it is read. A PDF keeps what is seen, from left to right; Arabic is read the
//! other way round, with its numbers and Latin words inside. Knows no PDF.
//!
//! ```text
//! glyphs → rows → columns → rows put in reading order → paragraphs
//! ```

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::reading::{is_ltr_letter, is_rtl, logical, mend_brackets, plain};
use crate::article::{Furniture, FurnitureReason, Span};

/// One glyph; lengths are in points, `y` grows upwards.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub size: f64,
    /// The characters it stands for: several for a ligature.
    pub text: String,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub glyphs: Vec<Glyph>,
}

#[derive(Debug, Default)]
pub(super) struct Laid {
    pub text: String,
    /// Bytes of the headline: the largest letters, at the head of the first sheet.
    pub headline: Option<Range<usize>>,
    /// Running heads and page numbers.
    pub furniture: Vec<Furniture>,
}

/// A row of glyphs, put in reading order.
#[derive(Clone, Debug)]
struct Row {
    text: String,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
    rtl: bool,
}

/// All sheets as one text.
pub(super) fn text(sheets: &[Sheet]) -> Laid {
    let sheets: Vec<Vec<Row>> = sheets.iter().map(|sheet| rows(&sheet.glyphs)).collect();
    let mut laid = Laid::default();
    let body = body_size(&sheets);
    let mut open: Option<Row> = None;
    let mut paragraph_size = 0.0;
    for (s, sheet) in sheets.iter().enumerate() {
        let gap = usual_gap(sheet);
        let (left, right) = edges(sheet);
        for (i, row) in sheet.iter().enumerate() {
            let running = is_running(&sheets, s, i);
            let goes_on = !running
                && open
                    .as_ref()
                    .is_some_and(|above| continues(above, row, gap, left, right));
            if goes_on {
                laid.text.push(' ');
            } else if !laid.text.is_empty() {
                let apart = open
                    .as_ref()
                    .is_some_and(|above| above.y - row.y > gap * 1.6);
                laid.text.push_str(if apart { "\n\n" } else { "\n" });
            }
            let from = laid.text.len();
            laid.text.push_str(&row.text);
            if running {
                laid.furniture.push(Furniture {
                    span: Span::new(from, laid.text.len()),
                    reason: FurnitureReason::RunningHead,
                });
                continue;
            }
            match &mut laid.headline {
                None if open.is_none() => {
                    laid.headline = Some(from..laid.text.len());
                    paragraph_size = row.size;
                }
                // A headline over several rows is of one size, and larger than what follows.
                Some(headline)
                    if goes_on
                        && headline.end + 1 == from
                        && same_size(row.size, paragraph_size) =>
                {
                    headline.end = laid.text.len();
                }
                _ => {}
            }
            open = Some(row.clone());
        }
    }
    let words = |range: &Range<usize>| laid.text[range.clone()].split_whitespace().count();
    let is_headline = laid
        .headline
        .as_ref()
        .is_some_and(|range| paragraph_size > body * 1.15 && words(range) <= 40);
    if !is_headline {
        laid.headline = None;
    }
    laid
}

fn same_size(a: f64, b: f64) -> bool {
    (a - b).abs() <= 0.1 * a.max(b)
}

/// The size of most letters.
fn body_size(sheets: &[Vec<Row>]) -> f64 {
    let mut sizes: Vec<(i64, usize)> = Vec::new();
    for row in sheets.iter().flatten() {
        sizes.push(((row.size * 2.0).round() as i64, row.text.len()));
    }
    sizes.sort_unstable();
    let mut best = (0, 0usize);
    for run in sizes.chunk_by(|a, b| a.0 == b.0) {
        let letters: usize = run.iter().map(|(_, letters)| letters).sum();
        if letters > best.1 {
            best = (run[0].0, letters);
        }
    }
    best.0 as f64 / 2.0
}

/// A page number, or the same words at the same height of several sheets.
fn is_running(sheets: &[Vec<Row>], s: usize, i: usize) -> bool {
    let sheet = &sheets[s];
    let row = &sheet[i];
    if i > 1 && i + 2 < sheet.len() {
        return false;
    }
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_numeric() && !c.is_whitespace())
            .collect()
    };
    let bare = letters(&row.text);
    let only_number = bare
        .chars()
        .all(|c| matches!(c, '-' | '–' | '/' | '|' | '.'));
    if only_number {
        return sheet.len() > 1 && (i == 0 || i + 1 == sheet.len());
    }
    let others = sheets
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != s)
        .filter(|(_, rows)| {
            rows.iter()
                .any(|other| (other.y - row.y).abs() < 2.0 && letters(&other.text) == bare)
        })
        .count();
    others >= 1 && (others + 1) * 2 > sheets.len().min(8)
}

fn usual_gap(rows: &[Row]) -> f64 {
    let mut gaps: Vec<f64> = rows
        .windows(2)
        .map(|pair| pair[0].y - pair[1].y)
        .filter(|gap| *gap > 0.0)
        .collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len().saturating_sub(1) / 2)
        .copied()
        .unwrap_or(14.0)
}

fn edges(rows: &[Row]) -> (f64, f64) {
    let left = rows
        .iter()
        .map(|row| row.left)
        .fold(f64::INFINITY, f64::min);
    let right = rows
        .iter()
        .map(|row| row.right)
        .fold(f64::NEG_INFINITY, f64::max);
    (left, right)
}

/// The next row goes on with the paragraph: same letters, no wider gap, and the row above is full.
fn continues(above: &Row, row: &Row, gap: f64, left: f64, right: f64) -> bool {
    let down = above.y - row.y;
    // On the next sheet or column the gap says nothing.
    let near = down <= 0.0 || down <= gap.max(above.size) * 1.35;
    let width = (right - left).max(1.0);
    let (end, start) = if row.rtl {
        (above.left - left, right - row.right)
    } else {
        (right - above.right, row.left - left)
    };
    let columns = above.right < row.left || row.right < above.left;
    let full = columns || end <= width * 0.18;
    near && same_size(above.size, row.size) && full && (columns || start <= width * 0.12)
}

/// The rows of a sheet in reading order.
fn rows(glyphs: &[Glyph]) -> Vec<Row> {
    let arabic = glyphs.iter().filter(|g| g.text.chars().any(is_rtl)).count();
    let latin = glyphs
        .iter()
        .filter(|g| g.text.chars().any(is_ltr_letter))
        .count();
    let rtl = arabic * 2 >= latin && arabic > 0;
    let mut inked: Vec<Glyph> = glyphs
        .iter()
        .filter(|g| !g.text.is_empty())
        .cloned()
        .collect();
    inked.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut bands: Vec<Vec<Glyph>> = Vec::new();
    let mut band_y = f64::INFINITY;
    for glyph in inked {
        let tolerance = (glyph.size * 0.4).max(1.0);
        match bands.last_mut() {
            Some(band) if band_y - glyph.y <= tolerance => band.push(glyph),
            _ => {
                band_y = glyph.y;
                bands.push(vec![glyph]);
            }
        }
    }
    let segments: Vec<Vec<Vec<Glyph>>> = bands.into_iter().map(segments).collect();
    let ordered = columns(segments, rtl);
    ordered
        .into_iter()
        .filter_map(|glyphs| row(glyphs, rtl))
        .collect()
}

/// A band of glyphs at one height, cut where the gap is as wide as between columns.
fn segments(mut band: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    band.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut out: Vec<Vec<Glyph>> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for glyph in band {
        if glyph.text.trim().is_empty() && end < glyph.x - glyph.size {
            continue;
        }
        let wide = glyph.x - end > glyph.size.max(6.0) * 1.6;
        if !glyph.text.trim().is_empty() {
            end = end.max(glyph.x + glyph.width.max(0.0));
        }
        match out.last_mut() {
            Some(segment) if !wide => segment.push(glyph),
            _ => out.push(vec![glyph]),
        }
    }
    out
}

/// Bands of several segments that stand under one another are columns, each read from top to bottom; the
/// first is at the right in Arabic. A lone band of several segments is one row.
fn columns(bands: Vec<Vec<Vec<Glyph>>>, rtl: bool) -> Vec<Vec<Glyph>> {
    /// Fewer rows than this are a table's or a justified row with wide gaps.
    const LEAST_ROWS: usize = 4;
    let mut out = Vec::new();
    let mut at = 0;
    while at < bands.len() {
        let several = bands[at..].iter().take_while(|band| band.len() > 1).count();
        if several < LEAST_ROWS {
            for band in bands[at..at + several.max(1)].iter() {
                out.push(band.iter().flatten().cloned().collect());
            }
            at += several.max(1);
            continue;
        }
        // The gutters: gaps that no glyph of these bands crosses.
        let mut edges: Vec<(f64, f64)> = bands[at..at + several]
            .iter()
            .flatten()
            .filter_map(|segment| {
                let first = segment.first()?;
                let last = segment.last()?;
                Some((first.x, last.x + last.width.max(0.0)))
            })
            .collect();
        edges.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut columns: Vec<(f64, f64)> = Vec::new();
        for (from, to) in edges {
            match columns.last_mut() {
                Some(column) if from <= column.1 => column.1 = column.1.max(to),
                _ => columns.push((from, to)),
            }
        }
        if rtl {
            columns.reverse();
        }
        for (from, to) in columns {
            for band in &bands[at..at + several] {
                let row: Vec<Glyph> = band
                    .iter()
                    .filter(|segment| segment.first().is_some_and(|g| g.x >= from && g.x <= to))
                    .flatten()
                    .cloned()
                    .collect();
                if !row.is_empty() {
                    out.push(row);
                }
            }
        }
        at += several;
    }
    out
}

/// Letters of one row from left to right → its text in reading order.
fn row(glyphs: Vec<Glyph>, rtl: bool) -> Option<Row> {
    let mut cells: Vec<Cell> = Vec::with_capacity(glyphs.len());
    let mut marks: Vec<(f64, String)> = Vec::new();
    let (mut left, mut right) = (f64::INFINITY, f64::NEG_INFINITY);
    let (mut y, mut size, mut letters) = (0.0, 0.0, 0.0);
    let mut end = f64::NEG_INFINITY;
    // Where blanks are glyphs, only a wide gap is another one: justified rows have gaps inside words.
    let has_blanks = glyphs.iter().any(|glyph| glyph.text == " ");
    let wide = if has_blanks { 0.35 } else { 0.17 };
    for (i, glyph) in glyphs.iter().enumerate() {
        let text = plain(&glyph.text);
        if text.is_empty() || is_kashida(&glyphs, i) {
            end = end.max(glyph.x + glyph.width);
            continue;
        }
        if text.trim().is_empty() {
            if !cells.is_empty() {
                cells.push(Cell::blank(glyph.x));
            }
            end = end.max(glyph.x + glyph.width);
            continue;
        }
        if text.chars().all(is_combining_mark) {
            marks.push((glyph.x + glyph.width / 2.0, text));
            continue;
        }
        if glyph.x - end > glyph.size * wide && !cells.is_empty() {
            cells.push(Cell::blank(end));
        }
        left = left.min(glyph.x);
        right = right.max(glyph.x + glyph.width);
        end = end.max(glyph.x + glyph.width);
        y += glyph.y;
        size += glyph.size;
        letters += 1.0;
        cells.push(Cell {
            text,
            from: glyph.x,
            to: glyph.x + glyph.width,
        });
    }
    if letters == 0.0 {
        return None;
    }
    for (at, mark) in marks {
        let distance = |cell: &Cell| {
            if cell.text == " " {
                f64::INFINITY
            } else {
                (cell.from - at).max(at - cell.to).max(0.0)
            }
        };
        let nearest =
            (0..cells.len()).min_by(|a, b| distance(&cells[*a]).total_cmp(&distance(&cells[*b])));
        if let Some(cell) = nearest.and_then(|i| cells.get_mut(i)) {
            cell.text.push_str(&mark);
        }
    }
    let has_rtl = cells.iter().any(|cell| cell.text.chars().any(is_rtl));
    let texts: Vec<String> = cells.into_iter().map(|cell| cell.text).collect();
    let text = if has_rtl {
        mend_brackets(&logical(&texts))
    } else {
        texts.concat()
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(Row {
        text,
        left,
        right,
        y: y / letters,
        size: size / letters,
        rtl: rtl || has_rtl,
    })
}

/// The stroke that lengthens a word: programs that justify by it often leave it out of the font's list of
/// letters, so that it comes as some symbol. It touches a letter of Arabic.
fn is_kashida(glyphs: &[Glyph], at: usize) -> bool {
    let glyph = &glyphs[at];
    let symbol = |c: char| {
        matches!(
            c,
            'ـ' | '™' | '®' | '©' | 'ª' | 'º' | '¯' | '°' | '¬' | '¶' | '§' | '\u{FFFD}'
        )
    };
    let arabic = |other: Option<&Glyph>| other.is_some_and(|other| other.text.chars().any(is_rtl));
    let touches_left = at
        .checked_sub(1)
        .and_then(|i| glyphs.get(i))
        .filter(|other| glyph.x - (other.x + other.width) < glyph.size * 0.1);
    let touches_right = glyphs
        .get(at + 1)
        .filter(|other| other.x - (glyph.x + glyph.width) < glyph.size * 0.1);
    !glyph.text.is_empty()
        && glyph.text.chars().all(symbol)
        && (arabic(touches_left) || arabic(touches_right))
}

struct Cell {
    text: String,
    from: f64,
    to: f64,
}

impl Cell {
    fn blank(at: f64) -> Self {
        Self {
            text: " ".to_owned(),
            from: at,
            to: at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    /// Glyphs of one row at height `y`, a point a letter, from the left.
    fn seen(row: &str, x: f64, y: f64, size: f64) -> Vec<Glyph> {
        row.chars()
            .enumerate()
            .map(|(i, c)| Glyph {
                x: x + i as f64 * 5.0,
                y,
                width: 5.0,
                size,
                text: c.to_string(),
            })
            .collect()
    }

    fn turned(text: &str) -> String {
        text.chars().rev().collect()
    }

    #[test]
    fn a_headline_paragraphs_and_a_page_number() {
        let wide = "وصلت السفينة الأولى إلى الميناء القديم أمس";
        let mut glyphs = seen(&turned("السفينة تصل"), 100.0, 700.0, 24.0);
        for (i, row) in [wide, wide, "بعد رحلة طويلة"].iter().enumerate() {
            let x = 300.0 - row.chars().count() as f64 * 5.0;
            glyphs.extend(seen(&turned(row), x, 650.0 - i as f64 * 15.0, 12.0));
        }
        glyphs.extend(seen("1", 200.0, 40.0, 12.0));
        let laid = text(&[Sheet { glyphs }]);
        assert_eq!(
            laid.text,
            format!("السفينة تصل\n\n{wide} {wide} بعد رحلة طويلة\n\n1")
        );
        assert_eq!(
            laid.headline.map(|r| laid.text[r].to_owned()).as_deref(),
            Some("السفينة تصل")
        );
        assert_eq!(laid.furniture.len(), 1);
    }

    #[test]
    fn columns_are_read_from_the_right() {
        let mut glyphs = Vec::new();
        for i in 0..5 {
            let y = 600.0 - f64::from(i) * 15.0;
            glyphs.extend(seen(
                &turned(&format!("يمين الصفحة سطر {i}")),
                300.0,
                y,
                10.0,
            ));
            glyphs.extend(seen(
                &turned(&format!("يسار الصفحة سطر {i}")),
                100.0,
                y,
                10.0,
            ));
        }
        let laid = text(&[Sheet { glyphs }]).text;
        let (right, left) = (laid.rfind("يمين").unwrap(), laid.find("يسار").unwrap());
        assert!(right < left, "{laid}");
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(words in proptest::collection::vec("[ا-غف-يa-z0-9]{1,6}", 1..12)) {
            let row = words.join(" ");
            let laid = text(&[Sheet { glyphs: seen(&row, 0.0, 0.0, 10.0) }]).text;
            let sorted = |text: &str| {
                let mut chars: Vec<char> = text.nfkc().filter(|c| !c.is_whitespace()).collect();
                chars.sort_unstable();
                chars
            };
            prop_assert_eq!(sorted(&laid), sorted(&row));
        }
    }
}
