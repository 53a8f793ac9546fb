//! The text of a view as blocks: paragraphs, very long ones cut at the end of a sentence. Blocks are laid
//! out when they are needed; until then their height is a guess from the width of what is known.

use std::{
    collections::HashMap,
    ops::{Range, RangeInclusive},
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{Context, Pos2, Rect, pos2, vec2};

use super::{ViewStyle, heights::Heights};
use crate::paint::{
    Direction, Layout, TextAlign,
    caret::Stop,
    direction::of_paragraph,
    engine::engine,
    flow::Spec,
    runs::Runs,
    source::{is_invisible, paragraphs},
};

/// A paragraph of more bytes than this is cut into blocks of about half of it.
const LONGEST: usize = 6_000;
/// Layouts kept before those not shown lately are dropped.
const KEPT: usize = 300;
/// Frames after which a layout counts as not shown lately.
const STALE: u64 = 30;
/// Texts up to this many bytes are measured to the end, a little every frame.
const REFINED: usize = 120_000;
/// Time a frame may spend on that.
const BUDGET: Duration = Duration::from_micros(1_500);

struct Block {
    /// Bytes of the text, line end left out.
    bytes: Range<usize>,
    /// The last block of its paragraph.
    last: bool,
    /// A run of blank lines: room, no text.
    blank: bool,
    /// The height is measured, not guessed.
    measured: bool,
}

struct Kept {
    layout: Arc<Layout>,
    used: u64,
}

pub struct Model {
    pub text: Arc<str>,
    pub style: ViewStyle,
    /// The style to take at the next resize.
    pub wanted: ViewStyle,
    /// Which way the person wants the text to run; by default as the style says.
    pub turn: Option<Direction>,
    pub rtl: bool,
    /// The direction that the layouts were made for.
    turned: Direction,
    width: f32,
    /// The engine's, when the layouts were made.
    generation: u64,
    blocks: Vec<Block>,
    heights: Heights,
    kept: HashMap<usize, Kept, foldhash::fast::FixedState>,
    frame: u64,
    /// The first block on the screen. When a block above it turns out higher or lower than guessed, the
    /// text above moves, not what is being read.
    anchor: usize,
    /// Where the text's top has gone by that, in points; back to nought whenever the view is shown.
    base: f64,
    /// Blocks before this one are measured; see [`Model::refine`].
    refined: usize,
}

impl Model {
    pub fn new(text: Arc<str>, style: ViewStyle) -> Self {
        let blocks = blocks(&text);
        Self {
            rtl: style.direction.is_rtl(&text),
            text,
            style,
            wanted: style,
            turn: None,
            turned: style.direction,
            width: 0.0,
            generation: 0,
            heights: Heights::new(vec![style.line_height(); blocks.len()]),
            blocks,
            kept: HashMap::default(),
            frame: 0,
            anchor: 0,
            base: 0.0,
            refined: 0,
        }
    }

    pub fn height(&self) -> f32 {
        self.heights.total() as f32
    }

    /// Takes a new width or style; true where anything changed.
    pub fn set_width(&mut self, ctx: &Context, width: f32) -> bool {
        if !self.is_stale(ctx, width) {
            return false;
        }
        self.generation = engine(ctx).lock().generation();
        self.style = self.wanted;
        self.rtl = self.wanted_direction().is_rtl(&self.text);
        self.turned = self.wanted_direction();
        self.width = width;
        self.kept.clear();
        (self.refined, self.anchor, self.base) = (0, 0, 0.0);
        for block in &mut self.blocks {
            block.measured = false;
        }
        self.guess(ctx);
        true
    }

    pub fn wanted_direction(&self) -> Direction {
        self.turn.unwrap_or(self.wanted.direction)
    }

    fn is_stale(&self, ctx: &Context, width: f32) -> bool {
        self.width != width
            || self.style != self.wanted
            || self.turned != self.wanted_direction()
            || self.generation != engine(ctx).lock().generation()
    }

    /// As [`set_width`](Self::set_width), with the line at the top of the screen kept there.
    pub fn resize(&mut self, ctx: &Context, width: f32, scroll: &mut f32) {
        self.frame += 1;
        if !self.is_stale(ctx, width) {
            return;
        }
        if self.width == 0.0 || *scroll <= 0.0 {
            self.set_width(ctx, width);
            return;
        }
        let top = self.byte_at(ctx, *scroll);
        let part = (*scroll - self.y_of(ctx, top)) / self.style.line_height();
        self.set_width(ctx, width);
        *scroll = self.y_of(ctx, top) + part * self.style.line_height();
    }

    /// Guesses every height from the width that a byte takes in the first longer blocks.
    fn guess(&mut self, ctx: &Context) {
        let (mut points, mut bytes) = (0.0, 0);
        let sample: Vec<usize> = (0..self.blocks.len().min(400))
            .filter(|at| self.blocks[*at].bytes.len() > 40)
            .take(3)
            .collect();
        for at in sample {
            let layout = self.layout(ctx, at);
            points += layout.lines.iter().map(|l| l.right - l.left).sum::<f32>();
            bytes += self.blocks[at].bytes.len();
        }
        let per_byte = match bytes {
            0 => self.style.size * 0.25,
            _ => points / bytes as f32,
        };
        // Lines end a little before the edge: about half a word is lost on each.
        let room = (self.width - self.style.size).max(self.style.size);
        let line = self.style.line_height();
        let heights = self.blocks.iter().enumerate().map(|(at, block)| {
            if block.blank {
                return self.blank_height();
            }
            if let Some(kept) = self.kept.get(&at) {
                return kept.layout.size().y + self.gap(at);
            }
            let lines = (block.bytes.len() as f32 * per_byte / room).ceil().max(1.0);
            lines * line + self.gap(at)
        });
        self.heights = Heights::new(heights.collect());
    }

    /// Height of the room below block `at`, where no blank lines make it.
    fn gap(&self, at: usize) -> f32 {
        let next_blank = self.blocks.get(at + 1).is_some_and(|next| next.blank);
        match self.blocks[at].last && !self.blocks[at].blank && !next_blank {
            true => (self.style.size * self.style.paragraph_gap).round(),
            false => 0.0,
        }
    }

    fn blank_height(&self) -> f32 {
        (self.style.line_height() * self.style.blank_gap)
            .round()
            .max(1.0)
    }

    /// The nearest block of text before `at`, or at it.
    pub fn text_block_before(&self, at: usize) -> usize {
        (0..=at)
            .rev()
            .find(|b| !self.blocks[*b].blank)
            .unwrap_or(at)
    }

    /// The nearest block of text after `at`.
    pub fn text_block_after(&self, at: usize) -> Option<usize> {
        (at + 1..self.blocks.len()).find(|b| !self.blocks[*b].blank)
    }

    pub fn is_blank(&self, at: usize) -> bool {
        self.blocks[at].blank
    }

    pub fn bytes(&self, at: usize) -> Range<usize> {
        self.blocks[at].bytes.clone()
    }

    /// Top of block `at` in points from the top of the text.
    pub fn top(&self, at: usize) -> f32 {
        (self.base + self.heights.before(at)) as f32
    }

    /// The block at height `y`.
    fn block_at(&self, y: f32) -> usize {
        self.heights.at(f64::from(y) - self.base)
    }

    /// The block that holds `byte`; line ends belong to the block before them.
    pub fn block_of(&self, byte: usize) -> usize {
        self.blocks
            .partition_point(|b| b.bytes.start <= byte)
            .saturating_sub(1)
    }

    /// The layout of block `at`, made now if need be.
    pub fn layout(&mut self, ctx: &Context, at: usize) -> Arc<Layout> {
        if let Some(kept) = self.kept.get_mut(&at) {
            kept.used = self.frame;
            return Arc::clone(&kept.layout);
        }
        let width = self.width.max(self.style.size);
        let spec = Spec {
            face: self.style.face,
            weight: self.style.weight,
            size: self.style.size,
            line_height: self.style.line_height(),
            width: Some(width),
            align: TextAlign::Start,
            rtl: self.rtl,
            max_lines: None,
        };
        let bytes = self.blocks[at].bytes.clone();
        let layout = Arc::new(match self.blocks[at].blank {
            true => Layout::room(bytes.len(), self.blank_height(), width, self.rtl),
            false => self.paragraph(ctx, &self.text[bytes], spec),
        });
        let height = layout.size().y + self.gap(at);
        if at < self.anchor {
            self.base -= f64::from(height) - f64::from(self.heights.get(at));
        }
        self.blocks[at].measured = true;
        self.heights.set(at, height);
        if self.kept.len() >= KEPT {
            let frame = self.frame;
            self.kept.retain(|_, kept| kept.used + STALE > frame);
        }
        let kept = Kept {
            layout: Arc::clone(&layout),
            used: self.frame,
        };
        self.kept.insert(at, kept);
        layout
    }

    fn paragraph(&self, ctx: &Context, text: &str, mut spec: Spec) -> Layout {
        if self.turned == Direction::Auto {
            spec.rtl = of_paragraph(text, self.rtl);
        }
        let layout = engine(ctx).lock().paragraph(text, &spec);
        // A single line that runs against the text still stands at the text's side.
        if spec.rtl != self.rtl && layout.line_count() == 1 {
            spec.align = TextAlign::End;
            return engine(ctx).lock().paragraph(text, &spec);
        }
        layout
    }

    /// Blocks that are on the screen, by what is known of the heights.
    pub fn visible(&self, height: f32, scroll: f32) -> RangeInclusive<usize> {
        self.block_at(scroll)..=self.block_at(scroll + height)
    }

    /// Measures what is on the screen; what was measured before stays where it is. Afterwards the text's
    /// top is at nought again, and `scroll` is counted from there.
    pub fn settle(&mut self, ctx: &Context, height: f32, scroll: &mut f32) {
        // Measuring may bring other blocks onto the screen; each round only grows what is measured.
        for _ in 0..4 {
            let visible = self.visible(height, *scroll);
            if visible.clone().all(|at| self.blocks[at].measured) {
                break;
            }
            self.anchor = visible
                .clone()
                .find(|at| self.blocks[*at].measured)
                .unwrap_or(*visible.start());
            for at in visible {
                // A guess may have been far too small: stop when the screen is full.
                if at > self.anchor && self.top(at) > *scroll + height {
                    break;
                }
                self.layout(ctx, at);
            }
        }
        self.anchor = *self.visible(height, *scroll).start();
        *scroll -= self.base as f32;
        self.base = 0.0;
    }

    /// Measures a few more blocks of a text that isn't too long, so that its height becomes exact; true
    /// while there is more to do.
    pub fn refine(&mut self, ctx: &Context) -> bool {
        if self.text.len() > REFINED {
            return false;
        }
        let started = Instant::now();
        while self.refined < self.blocks.len() && started.elapsed() < BUDGET {
            if !self.blocks[self.refined].measured {
                self.layout(ctx, self.refined);
            }
            self.refined += 1;
        }
        self.refined < self.blocks.len()
    }

    /// As [`y_of`](Self::y_of), but only a good guess where the paragraph isn't laid out.
    pub fn y_near(&self, byte: usize) -> f32 {
        let at = self.block_of(byte);
        let bytes = &self.blocks[at].bytes;
        let local = byte.clamp(bytes.start, bytes.end) - bytes.start;
        let within = match self.kept.get(&at) {
            Some(kept) => kept.layout.line_span(kept.layout.line_of(local)).0,
            None => {
                let part = local as f32 / bytes.len().max(1) as f32;
                (self.heights.get(at) - self.gap(at)) * part
            }
        };
        self.top(at) + within
    }

    pub fn y_of(&mut self, ctx: &Context, byte: usize) -> f32 {
        let at = self.block_of(byte);
        let layout = self.layout(ctx, at);
        let bytes = self.bytes(at);
        let local = byte.clamp(bytes.start, bytes.end) - bytes.start;
        self.top(at) + layout.line_span(layout.line_of(local)).0
    }

    pub fn byte_at(&mut self, ctx: &Context, y: f32) -> usize {
        let at = self.block_at(y);
        let layout = self.layout(ctx, at);
        let line = layout.line_at(y - self.top(at));
        self.bytes(at).start + layout.line_bytes(line).start
    }

    pub fn hit(&mut self, ctx: &Context, point: Pos2) -> Stop {
        let at = self.block_at(point.y);
        let layout = self.layout(ctx, at);
        let local = pos2(point.x, point.y - self.top(at));
        let hit = layout.hit_stop(local);
        // Above the first line or below the last one: the very start or end.
        if point.y < self.base as f32 {
            return Stop::at(0);
        }
        if f64::from(point.y) - self.base > self.heights.total() {
            return Stop::at(self.text.len());
        }
        Stop {
            byte: self.bytes(at).start + hit.byte,
            ..hit
        }
    }

    /// The grapheme under content position `point`.
    pub fn over(&mut self, ctx: &Context, point: Pos2) -> Option<Range<usize>> {
        let y = f64::from(point.y) - self.base;
        if y < 0.0 || y > self.heights.total() {
            return None;
        }
        let at = self.block_at(point.y);
        let start = self.bytes(at).start;
        let local = pos2(point.x, point.y - self.top(at));
        let range = self.layout(ctx, at).over(local)?;
        Some(start + range.start..start + range.end)
    }

    pub fn rects(&mut self, ctx: &Context, range: &Range<usize>) -> Vec<Rect> {
        let mut rects = Vec::new();
        if range.start >= range.end {
            return rects;
        }
        for at in self.block_of(range.start)..=self.block_of(range.end - 1) {
            let layout = self.layout(ctx, at);
            let local = self.local(at, range);
            let top = self.top(at);
            rects.extend(
                layout
                    .rects(&local)
                    .into_iter()
                    .map(|rect| rect.translate(vec2(0.0, top))),
            );
        }
        rects
    }

    /// The paragraphs that hold `bytes`, as screen readers walk them, with content position (0, 0) at
    /// screen position `origin`. Lays all of them out.
    pub fn runs(&mut self, ctx: &Context, bytes: &Range<usize>, origin: Pos2) -> Runs {
        let mut runs = Runs::default();
        let mut next = Some(self.text_block_before(self.block_of(bytes.start)));
        let last = self.block_of(bytes.end);
        // Everything is laid out before the first top is asked for.
        let mut blocks = Vec::new();
        while let Some(at) = next.filter(|at| *at <= last) {
            blocks.push((at, self.layout(ctx, at)));
            next = self.text_block_after(at);
        }
        for (at, layout) in blocks {
            let bytes = self.bytes(at);
            let end = self.text_block_after(at).map(|next| self.bytes(next).start);
            // A paragraph cut into blocks goes on without a line end.
            let end = end.filter(|_| self.blocks[at].last);
            let corner = origin + vec2(0.0, self.top(at));
            runs.add(&layout, &self.text[bytes.clone()], bytes.start, corner, end);
        }
        runs
    }

    /// The part of `range` that lies in block `at`, counted from its start.
    pub fn local(&self, at: usize, range: &Range<usize>) -> Range<usize> {
        let bytes = &self.blocks[at].bytes;
        let clip = |byte: usize| byte.clamp(bytes.start, bytes.end) - bytes.start;
        clip(range.start)..clip(range.end)
    }

    pub fn visible_bytes(&self, height: f32, scroll: f32) -> Range<usize> {
        let visible = self.visible(height, scroll);
        self.blocks[*visible.start()].bytes.start..self.blocks[*visible.end()].bytes.end
    }

    /// Bytes of the paragraph that holds `byte`, line end left out.
    pub fn paragraph_of(&self, byte: usize) -> Range<usize> {
        let at = self.block_of(byte);
        let first = (0..at)
            .rev()
            .find(|b| self.blocks[*b].last)
            .map_or(0, |b| b + 1);
        let last = (at..self.blocks.len())
            .find(|b| self.blocks[*b].last)
            .unwrap_or(at);
        self.blocks[first].bytes.start..self.blocks[last].bytes.end
    }
}

/// Cuts a text into blocks; at least one. Blank lines that follow one another are one block; a text of
/// nothing else is one line of text.
fn blocks(text: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let all_blank = is_blank(text);
    for paragraph in paragraphs(text) {
        if all_blank || is_blank(&text[paragraph.clone()]) {
            match found.last_mut() {
                Some(run) if run.blank || all_blank => run.bytes.end = paragraph.end,
                _ => found.push(Block {
                    bytes: paragraph,
                    last: true,
                    blank: !all_blank,
                    measured: false,
                }),
            }
            continue;
        }
        let mut start = paragraph.start;
        while paragraph.end - start > LONGEST {
            let end = cut(text, start, paragraph.end);
            found.push(Block {
                bytes: start..end,
                last: false,
                blank: false,
                measured: false,
            });
            start = end;
        }
        found.push(Block {
            bytes: start..paragraph.end,
            last: true,
            blank: false,
            measured: false,
        });
    }
    found
}

/// True for lines that show nothing.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Where to cut a long paragraph: behind a sentence, else a clause, else a word, else anywhere.
fn cut(text: &str, start: usize, end: usize) -> usize {
    let mut limit = (start + LONGEST).min(end);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let part = &text[start..limit];
    let behind = |marks: &[char]| {
        part.char_indices()
            .zip(part.chars().skip(1))
            .filter(|((at, c), next)| {
                *at > LONGEST / 4 && next.is_whitespace() && (marks.is_empty() || marks.contains(c))
            })
            .map(|((at, c), next)| start + at + c.len_utf8() + next.len_utf8())
            .last()
    };
    behind(&['.', '؟', '!', '?', '…', '۔'])
        .or_else(|| behind(&['،', '؛', ':', ',', ';']))
        .or_else(|| behind(&[]))
        .unwrap_or(limit)
}
