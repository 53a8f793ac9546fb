//! Where the keyboard leads the caret of a view: along lines by what is seen, from line to line and from
//! block to block, by words and by paragraphs.
//!
//! It must never select: that is `select`'s.

use egui::{Context, Pos2, pos2};
use unicode_segmentation::UnicodeSegmentation as _;

use super::model::Model;
use crate::paint::{Caret, caret::Stop};

impl Model {
    /// The caret of `stop` in its layout, and the content position of that layout's corner.
    pub fn caret(&mut self, ctx: &Context, stop: Stop) -> (Caret, Pos2) {
        let at = self.block_of(stop.inside());
        let local = self.stop_in(at, stop);
        let caret = self.layout(ctx, at).caret_of(local);
        (caret, pos2(0.0, self.top(at)))
    }

    /// True where the line of `stop` runs right to left.
    pub fn runs_rtl(&mut self, ctx: &Context, stop: Stop) -> bool {
        let at = self.block_of(stop.inside());
        self.layout(ctx, at).is_rtl()
    }

    fn stop_in(&self, at: usize, stop: Stop) -> Stop {
        let bytes = self.bytes(at);
        Stop {
            byte: stop.byte.clamp(bytes.start, bytes.end) - bytes.start,
            ..stop
        }
    }

    /// The next place to the left or right; from the end of a line to the start of the next one, and
    /// back. None at the text's end.
    pub fn step(&mut self, ctx: &Context, stop: Stop, left: bool) -> Option<Stop> {
        let at = self.block_of(stop.inside());
        let (start, local) = (self.bytes(at).start, self.stop_in(at, stop));
        let layout = self.layout(ctx, at);
        let line = layout.line_of(local.inside());
        let is_last = line + 1 == layout.line_count();
        if let Some(next) = layout.step(local, left) {
            // Behind the blank that ends a line is the start of the next one.
            let before = next.before && (is_last || next.byte < layout.line_bytes(line).end);
            return Some(Stop {
                byte: start + next.byte,
                before,
            });
        }
        if left == layout.is_rtl() {
            if !is_last {
                return Some(Stop::at(start + layout.line_bytes(line + 1).start));
            }
            let next = self.text_block_after(at)?;
            return Some(Stop::at(self.bytes(next).start));
        }
        let (block, line) = match line {
            0 => {
                let above = self.text_block_above(at)?;
                (above, self.layout(ctx, above).line_count() - 1)
            }
            line => (at, line - 1),
        };
        Some(self.end_of_line(ctx, block, line))
    }

    fn text_block_above(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|block| !self.is_blank(*block))
    }

    /// Behind the last letter of a line: blanks at its end hang over.
    fn end_of_line(&mut self, ctx: &Context, at: usize, line: usize) -> Stop {
        let bytes = self.bytes(at);
        let on_line = self.layout(ctx, at).line_bytes(line);
        let seen = self.text[bytes.start + on_line.start..bytes.start + on_line.end].trim_end();
        Stop {
            byte: bytes.start + on_line.start + seen.len(),
            before: !seen.is_empty(),
        }
    }

    /// Start or end of the line that `stop` stands on.
    pub fn line_edge(&mut self, ctx: &Context, stop: Stop, end: bool) -> Stop {
        let at = self.block_of(stop.inside());
        let local = self.stop_in(at, stop).inside();
        let layout = self.layout(ctx, at);
        let line = layout.line_of(local);
        match end {
            true => self.end_of_line(ctx, at, line),
            false => Stop::at(self.bytes(at).start + layout.line_bytes(line).start),
        }
    }

    /// The place at `x` on the line above or below that of `stop`; blank lines are passed over. At the
    /// first and last line, the text's start and end.
    pub fn line_step(&mut self, ctx: &Context, stop: Stop, x: f32, down: bool) -> Stop {
        let at = self.block_of(stop.inside());
        let local = self.stop_in(at, stop).inside();
        let layout = self.layout(ctx, at);
        let line = layout.line_of(local);
        let last = layout.line_count() - 1;
        let target = match down {
            true if line < last => Some((at, line + 1)),
            true => self.text_block_after(at).map(|next| (next, 0)),
            false if line > 0 => Some((at, line - 1)),
            false => self.text_block_above(at).map(|above| {
                let lines = self.layout(ctx, above).line_count();
                (above, lines - 1)
            }),
        };
        let Some((at, line)) = target else {
            return Stop::at(if down { self.text.len() } else { 0 });
        };
        let layout = self.layout(ctx, at);
        let (top, height) = layout.line_span(line);
        let hit = layout.hit_stop(pos2(x, top + height / 2.0));
        Stop {
            byte: self.bytes(at).start + hit.byte,
            ..hit
        }
    }

    /// Start of the paragraph that `byte` stands in, or of the one before where it stands at a start;
    /// onward, the start of the next paragraph. Blank lines are passed over.
    pub fn paragraph_step(&self, byte: usize, onward: bool) -> usize {
        let own = self.paragraph_of(byte);
        if onward {
            let mut at = Some(self.block_of(own.end));
            while let Some(block) = at.and_then(|at| self.text_block_after(at)) {
                if self.bytes(block).start > own.end {
                    return self.bytes(block).start;
                }
                at = Some(block);
            }
            return self.text.len();
        }
        if byte > own.start && !self.is_blank(self.block_of(byte)) {
            return own.start;
        }
        let above = self.text_block_above(self.block_of(own.start));
        above.map_or(0, |at| self.paragraph_of(self.bytes(at).start).start)
    }

    /// End of the next word behind `byte`, or start of the word before it.
    pub fn word_step(&self, byte: usize, onward: bool) -> usize {
        let text = &self.text;
        if onward {
            let next = text[byte..].unicode_word_indices().next();
            return next.map_or(text.len(), |(at, word)| byte + at + word.len());
        }
        let previous = text[..byte].unicode_word_indices().next_back();
        previous.map_or(0, |(at, _)| at)
    }
}
