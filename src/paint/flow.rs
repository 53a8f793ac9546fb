//! From a paragraph to lines: bidi by Unicode's algorithm (UAX 9) with the base direction given, line
//! breaks by UAX 14 over the whole paragraph, words shaped one by one, lines filled greedily, each line
//! put into visual order.
//!
//! cosmic-text's own line layout isn't used: it takes the direction from the first strong letter and
//! allows a break wherever the direction changes, so that «(2031)» may end a line after its bracket.

use std::sync::Arc;

use egui::vec2;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_script::{Script, UnicodeScript as _};

use super::{
    Face, TextAlign, Weight,
    layout::{Cluster, Glyph, Layout, Line},
    source::{is_line_end, paragraphs, single_paragraph},
    words::{Around, Word, Words},
};

/// How a paragraph is to be laid out. Lengths are points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spec {
    pub face: Face,
    pub weight: Weight,
    pub size: f32,
    pub line_height: f32,
    /// Room for the lines; without one, the text stays on one line.
    pub width: Option<f32>,
    pub align: TextAlign,
    pub rtl: bool,
    /// Lines to keep; what is beyond them is left out, with an ellipsis.
    pub max_lines: Option<usize>,
}

/// A word in its paragraph. `at` is where the shaped word begins; it may show only a part of it.
struct Piece {
    word: Arc<Word>,
    at: usize,
    start: usize,
    end: usize,
    width: f32,
    level: Level,
    blank: bool,
    /// A line may begin here.
    breakable: bool,
    /// The ellipsis, which stands for all the bytes that were left out.
    dots: bool,
}

/// Lays out a text of one or more paragraphs. With room for one line only, line ends count as blanks.
pub(super) fn lay_out(words: &mut Words, text: &str, spec: &Spec) -> Layout {
    if spec.max_lines == Some(1) || !text.contains(is_line_end) {
        return lay_out_paragraph(words, text, spec);
    }
    let mut spec = *spec;
    if spec.width.is_none() {
        // All paragraphs are aligned in the room that the widest one needs.
        let widest = paragraphs(text)
            .into_iter()
            .map(|part| lay_out_paragraph(words, &text[part], &spec).size().x)
            .fold(0.0, f32::max);
        spec.width = Some(widest);
    }
    let mut whole = Layout {
        font_size: spec.size,
        rtl: spec.rtl,
        bytes: text.len(),
        ..Layout::default()
    };
    let mut left = spec.max_lines;
    let mut parts = paragraphs(text).into_iter().peekable();
    while let Some(part) = parts.next() {
        let spec = Spec {
            max_lines: left,
            ..spec
        };
        let layout = lay_out_paragraph(words, &text[part.clone()], &spec);
        left = left.map(|lines| lines - layout.line_count().min(lines));
        // The line end, and whatever is left out, belongs to the line before it.
        let end = match parts.peek() {
            Some(next) if left != Some(0) => next.start,
            _ => text.len(),
        };
        whole.append(layout, part.start, end);
        if left == Some(0) {
            whole.elided |= parts.peek().is_some();
            break;
        }
    }
    whole
}

/// Lays out one paragraph. Line ends inside `text` count as blanks.
fn lay_out_paragraph(words: &mut Words, text: &str, spec: &Spec) -> Layout {
    let pieces = pieces(words, text, spec);
    let room = spec.width.unwrap_or(f32::INFINITY).max(spec.size);
    let (mut lines, elided) = break_lines(words, pieces, room, spec, text);
    if lines.is_empty() {
        lines.push(Vec::new());
    }
    let widest = lines
        .iter()
        .map(|line| width_of(&line[..ink_end(line)]))
        .fold(0.0, f32::max);
    let metrics = words.metrics(spec.face, spec.weight);
    let ink = (metrics.ascent + metrics.descent) * spec.size;
    let baseline = (spec.line_height - ink) / 2.0 + metrics.ascent * spec.size;
    let mut layout = Layout {
        font_size: spec.size,
        rtl: spec.rtl,
        elided,
        bytes: text.len(),
        ..Layout::default()
    };
    let mut at = 0;
    for (nth, line) in lines.iter().enumerate() {
        let top = nth as f32 * spec.line_height;
        let end = line.iter().map(|p| p.end).max().unwrap_or(at);
        let mut placed = Line {
            glyphs: layout.glyphs.len() as u32..0,
            clusters: layout.clusters.len() as u32..0,
            bytes: at as u32..end as u32,
            top,
            height: spec.line_height,
            baseline: top + baseline,
            left: 0.0,
            right: 0.0,
        };
        place(
            &mut layout,
            &mut placed,
            line,
            spec,
            spec.width.unwrap_or(widest),
        );
        placed.glyphs.end = layout.glyphs.len() as u32;
        placed.clusters.end = layout.clusters.len() as u32;
        layout.lines.push(placed);
        at = end;
    }
    layout.size = vec2(widest, lines.len() as f32 * spec.line_height);
    layout
}

/// Splits a paragraph at break opportunities, changes of direction and blanks, and shapes every piece.
fn pieces(words: &mut Words, text: &str, spec: &Spec) -> Vec<Piece> {
    let whole = single_paragraph(text);
    let base = base_level(spec.rtl);
    let bidi = BidiInfo::new(&whole, Some(base));
    let mut cuts: Vec<(usize, bool)> = unicode_linebreak::linebreaks(&whole)
        .filter(|(at, _)| !within_marks(&whole, *at))
        .map(|(at, _)| (at, true))
        .collect();
    for at in 1..whole.len() {
        if bidi.levels[at] != bidi.levels[at - 1] && whole.is_char_boundary(at) {
            cuts.push((at, false));
        }
    }
    for (at, c) in whole.char_indices().filter(|(_, c)| is_blank(*c)) {
        cuts.push((at, false));
        cuts.push((at + c.len_utf8(), false));
    }
    cuts.push((whole.len(), false));
    // A break opportunity wins over a plain cut at the same place.
    cuts.sort_unstable_by_key(|(at, breakable)| (*at, !*breakable));
    cuts.dedup_by_key(|(at, _)| *at);
    // A mark stays with what it stands on, be that a blank.
    cuts.retain(|(at, _)| !whole[*at..].starts_with(is_mark));

    let latin = latin_groups(&whole, &bidi.levels);
    let mut pieces = Vec::with_capacity(cuts.len());
    let (mut start, mut breakable) = (0, false);
    let mut around = match spec.rtl {
        true => Around::Arabic,
        false => Around::Other,
    };
    let mut brackets = Vec::new();
    for (end, next_breakable) in cuts {
        if end > start {
            let level = bidi.levels[start];
            let part = &whole[start..end];
            let script = part.chars().map(|c| c.script()).find(|s| is_real(*s));
            around = script.map_or(around, Around::of);
            // A closing bracket takes after the one that opened (UAX 24), and what follows after it.
            for c in part.chars() {
                match c {
                    '(' | '[' | '{' | '«' => brackets.push(around),
                    ')' | ']' | '}' | '»' => around = brackets.pop().unwrap_or(around),
                    _ => {}
                }
            }
            let blank = part.chars().all(is_blank);
            let taken_after = match script.is_none() && !blank {
                true => around,
                false => Around::Other,
            };
            let group = latin.partition_point(|g| g.end <= start);
            let face = match latin.get(group) {
                Some(group) if group.start <= start => spec.face.latin(),
                _ => spec.face,
            };
            let word = words.shape_in(part, face, spec.weight, level.is_rtl(), taken_after);
            pieces.push(Piece {
                width: word.width * spec.size,
                word,
                at: start,
                start,
                end,
                level,
                blank,
                breakable,
                dots: false,
            });
        }
        (start, breakable) = (end, next_breakable);
    }
    pieces
}

/// True where UAX 14 would tear marks apart («C+|+»), or end a line with an address's «//».
fn within_marks(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let next_is_mark = after.starts_with(|c: char| c.is_ascii_punctuation());
    before.ends_with("//") || (next_is_mark && before.ends_with(|c: char| c.is_ascii_punctuation()))
}

/// Stretches of left-to-right text between blanks that hold a Latin letter: «Q3/2031», addresses. Their
/// digits and marks are set in the face of the letters.
fn latin_groups(text: &str, levels: &[Level]) -> Vec<std::ops::Range<usize>> {
    let mut groups = Vec::new();
    let (mut start, mut latin) = (None, false);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_whitespace() || levels.get(at).is_none_or(|level| level.is_rtl()) {
            if let Some(start) = start.take().filter(|_| latin) {
                groups.push(start..at);
            }
            latin = false;
        } else {
            start.get_or_insert(at);
            latin |= c.script() == Script::Latin;
        }
    }
    groups
}

/// False for what stands in texts of any script.
fn is_real(script: Script) -> bool {
    !matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

/// Blanks that may hang over the end of a line; a no-break space is none.
fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

fn is_mark(c: char) -> bool {
    bidi_class(c) == BidiClass::NSM
}

fn base_level(rtl: bool) -> Level {
    if rtl { Level::rtl() } else { Level::ltr() }
}

fn width_of(pieces: &[Piece]) -> f32 {
    pieces.iter().map(|p| p.width).sum()
}

/// Number of pieces up to the blanks at the line's end.
fn ink_end(line: &[Piece]) -> usize {
    line.iter().rposition(|p| !p.blank).map_or(0, |at| at + 1)
}

/// Fills lines greedily; returns them and whether text had to be left out.
fn break_lines(
    words: &mut Words,
    pieces: Vec<Piece>,
    room: f32,
    spec: &Spec,
    text: &str,
) -> (Vec<Vec<Piece>>, bool) {
    // Rounding must not push a line's last word out of the very width that was measured for it.
    let room = room + 0.01;
    let last = spec.max_lines.map(|lines| lines.max(1) - 1);
    let (mut lines, mut line, mut used) = (Vec::new(), Vec::<Piece>::new(), 0.0_f32);
    let mut rest: std::collections::VecDeque<Piece> = pieces.into();
    while !rest.is_empty() {
        if last == Some(lines.len()) && line.is_empty() {
            let rest: Vec<Piece> = rest.into();
            if width_of(&rest[..ink_end(&rest)]) <= room {
                lines.push(rest);
                return (lines, false);
            }
            lines.push(elide(words, rest, room, spec, text));
            return (lines, true);
        }
        // The unit that must stay together: up to the next place where a line may begin.
        let count = 1 + rest.iter().skip(1).take_while(|p| !p.breakable).count();
        let ink = rest
            .iter()
            .take(count)
            .rposition(|p| !p.blank)
            .map_or(0, |at| at + 1);
        let needed: f32 = rest.iter().take(ink).map(|p| p.width).sum();
        if used + needed <= room || ink == 0 {
            for piece in rest.drain(..count) {
                used += piece.width;
                line.push(piece);
            }
        } else if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        } else {
            // One unit wider than the room: cut it where the room ends, but never a grapheme.
            used = cut_unit(&mut rest, &mut line, room, spec.size);
            if !rest.is_empty() && used > 0.0 && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    (lines, false)
}

/// Moves from `rest` to `line` what fits into `room`, at least one grapheme; returns the width taken.
fn cut_unit(
    rest: &mut std::collections::VecDeque<Piece>,
    line: &mut Vec<Piece>,
    room: f32,
    size: f32,
) -> f32 {
    let mut used = 0.0;
    while let Some(piece) = rest.pop_front() {
        if used + piece.width <= room {
            used += piece.width;
            line.push(piece);
            continue;
        }
        let fitting = bytes_fitting(&piece, room - used, size);
        let at = match fitting {
            Some(at) => at,
            None if line.is_empty() => first_grapheme(&piece),
            None => {
                rest.push_front(piece);
                break;
            }
        };
        let (head, tail) = split(piece, at, size);
        used += head.width;
        line.push(head);
        if let Some(mut tail) = tail {
            tail.breakable = true;
            rest.push_front(tail);
        } else if let Some(next) = rest.front_mut() {
            next.breakable = true;
        }
        break;
    }
    used
}

fn first_grapheme(piece: &Piece) -> usize {
    let first = piece
        .word
        .clusters
        .iter()
        .filter(|c| piece.at + c.start as usize >= piece.start)
        .min_by_key(|c| c.start);
    first.map_or(piece.end, |c| piece.at + c.end as usize)
}

/// End of the longest run of whole graphemes of `piece` that fits into `room`.
fn bytes_fitting(piece: &Piece, room: f32, size: f32) -> Option<usize> {
    let mut clusters: Vec<_> = shown(piece).collect();
    clusters.sort_unstable_by_key(|c| c.start);
    let (mut used, mut fits) = (0.0, None);
    for cluster in clusters {
        used += cluster.w * size;
        if used > room {
            break;
        }
        fits = Some(piece.at + cluster.end as usize);
    }
    fits
}

fn shown(piece: &Piece) -> impl Iterator<Item = &super::words::WordCluster> {
    piece.word.clusters.iter().filter(|c| {
        let start = piece.at + c.start as usize;
        start >= piece.start && start < piece.end
    })
}

/// Splits a piece at byte `at`. The letters keep the shapes they have in the whole word.
fn split(piece: Piece, at: usize, size: f32) -> (Piece, Option<Piece>) {
    if at >= piece.end {
        return (piece, None);
    }
    let mut head = Piece {
        word: Arc::clone(&piece.word),
        end: at,
        ..piece
    };
    let mut tail = Piece { start: at, ..piece };
    for part in [&mut head, &mut tail] {
        part.width = shown(part).map(|c| c.w).sum::<f32>() * size;
    }
    (head, Some(tail))
}

/// As much of the text as fits, then an ellipsis.
fn elide(words: &mut Words, rest: Vec<Piece>, room: f32, spec: &Spec, text: &str) -> Vec<Piece> {
    let dots = words.shape("…", spec.face, spec.weight, spec.rtl);
    let width = dots.width * spec.size;
    let (mut line, mut used) = (Vec::new(), width);
    for piece in rest {
        if used + piece.width <= room {
            used += piece.width;
            line.push(piece);
            continue;
        }
        if let Some(at) = bytes_fitting(&piece, room - used, spec.size) {
            line.push(split(piece, at, spec.size).0);
        }
        break;
    }
    line.truncate(ink_end(&line));
    let at = line.last().map_or(0, |p| p.end);
    line.push(Piece {
        word: dots,
        at,
        start: at,
        end: text.len(),
        width,
        level: base_level(spec.rtl),
        blank: false,
        breakable: false,
        dots: true,
    });
    line
}

/// Order of the pieces on the line, left to right: UAX 9, L1 for the blanks at its end, then L2.
fn visual_order(line: &[Piece], base: Level) -> Vec<usize> {
    let ink = ink_end(line);
    let levels: Vec<Level> = line
        .iter()
        .enumerate()
        .map(|(at, piece)| if at < ink { piece.level } else { base })
        .collect();
    BidiInfo::reorder_visual(&levels)
}

/// Puts a line's glyphs and clusters at their places.
fn place(layout: &mut Layout, placed: &mut Line, line: &[Piece], spec: &Spec, room: f32) {
    let ink = ink_end(line);
    let width = width_of(&line[..ink]);
    let free = (room - width).max(0.0);
    let left = match (spec.align, spec.rtl) {
        (TextAlign::Left, _) | (TextAlign::Start, false) | (TextAlign::End, true) => 0.0,
        (TextAlign::Right, _) | (TextAlign::Start, true) | (TextAlign::End, false) => free,
        (TextAlign::Center, _) => free / 2.0,
    };
    (placed.left, placed.right) = (left, left + width);
    // Blanks at the end hang over the edge, to the left where the text runs to the left.
    let hanging = width_of(&line[ink..]);
    let mut x = if spec.rtl { left - hanging } else { left };
    for nth in visual_order(line, base_level(spec.rtl)) {
        let piece = &line[nth];
        // They run with the line, whatever stands before them.
        let rtl = if nth < ink {
            piece.level.is_rtl()
        } else {
            spec.rtl
        };
        place_piece(layout, piece, x, rtl, spec);
        x += piece.width;
    }
}

fn place_piece(layout: &mut Layout, piece: &Piece, x: f32, rtl: bool, spec: &Spec) {
    let size = spec.size;
    if piece.dots {
        layout.clusters.push(Cluster {
            start: piece.start as u32,
            end: piece.end as u32,
            x,
            w: piece.width,
            rtl,
        });
    }
    let part = piece.start..piece.end;
    let first = shown(piece).map(|c| c.x).fold(f32::INFINITY, f32::min);
    let shift = if first.is_finite() { first } else { 0.0 };
    for cluster in shown(piece).filter(|_| !piece.dots) {
        layout.clusters.push(Cluster {
            start: (piece.at + cluster.start as usize) as u32,
            end: (piece.at + cluster.end as usize) as u32,
            x: x + (cluster.x - shift) * size,
            w: cluster.w * size,
            rtl,
        });
    }
    for glyph in &piece.word.glyphs {
        let start = piece.at + glyph.start as usize;
        if !part.contains(&start) {
            continue;
        }
        layout.glyphs.push(Glyph {
            font: glyph.font,
            weight: glyph.weight,
            flags: glyph.flags,
            id: glyph.id,
            x: x + (glyph.x - shift) * size,
            y: -glyph.y * size,
            start: start as u32,
            end: (piece.at + glyph.end as usize).min(piece.end) as u32,
        });
    }
}
