//! Text as screen readers walk it: runs of characters with their places, words, direction, and the
//! selection with its moving end.
//!
//! A run is a stretch of one line in one direction; AccessKit wants its characters' places counted from
//! the side where the run begins.

use std::ops::Range;

use egui::{
    Color32, Context, FontId, Id, Pos2, Rect, accesskit, emath::TSTransform, pos2, text_selection,
};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{
    layout::{Cluster, Layout},
    marks::describe,
};

/// AccessKit counts words in a run with a byte, and so the characters.
const LONGEST: usize = 255;

/// One stretch of a line.
struct Run {
    /// Bytes of the widget's text, line end included.
    bytes: Range<usize>,
    text: String,
    rect: Rect,
    rtl: bool,
    /// Where each character begins, counted in bytes of the widget's text.
    starts: Vec<usize>,
    lengths: Vec<u8>,
    positions: Vec<f32>,
    widths: Vec<f32>,
    words: Vec<u8>,
    /// Goes on the line of the run before it.
    joined: bool,
}

/// The runs of a widget, in the order in which they are read.
#[derive(Default)]
pub struct Runs {
    runs: Vec<Run>,
}

impl Runs {
    /// Adds a paragraph: `text` laid out at screen position `origin`, from byte `start` of the widget's
    /// text on. `end` is where the next paragraph begins; without one, the text ends here.
    pub fn add(
        &mut self,
        layout: &Layout,
        text: &str,
        start: usize,
        origin: Pos2,
        end: Option<usize>,
    ) {
        let words: Vec<usize> = text.unicode_word_indices().map(|(at, _)| at).collect();
        for (nth, line) in layout.lines.iter().enumerate() {
            let mut clusters: Vec<Cluster> =
                layout.clusters[line.clusters.start as usize..line.clusters.end as usize].to_vec();
            clusters.sort_by_key(|c| c.start);
            let before = self.runs.len();
            for part in clusters.chunk_by(|a, b| a.rtl == b.rtl) {
                for part in part.chunks(LONGEST - 1) {
                    let run = Run::new(part, text, start, origin, line.top, line.height, &words);
                    self.runs.push(run);
                }
            }
            let is_last = nth + 1 == layout.lines.len();
            if self.runs.len() == before {
                let x = if layout.rtl { line.right } else { line.left };
                let min = origin + egui::vec2(x, line.top);
                self.runs
                    .push(Run::empty(start, min, line.height, layout.rtl));
            }
            for run in &mut self.runs[before + 1..] {
                run.joined = true;
            }
            if let (true, Some(end), Some(last)) = (is_last, end, self.runs.last_mut()) {
                last.end_line(end);
            }
        }
    }

    /// Hands the runs to AccessKit as children of widget `id`, with the selection's ends where there is
    /// one. Does nothing unless something listens.
    pub fn publish(&self, ctx: &Context, id: Id, selection: Option<(usize, usize)>) {
        let position = |byte| self.position(id, byte);
        let listening = ctx.accesskit_node_builder(id, |node| {
            node.add_action(accesskit::Action::SetTextSelection);
            if let Some((anchor, focus)) = selection
                && let (Some(anchor), Some(focus)) = (position(anchor), position(focus))
            {
                node.set_text_selection(accesskit::TextSelection { anchor, focus });
            }
        });
        if listening.is_none() || self.runs.is_empty() {
            return;
        }
        // Only egui can make nodes the children of a widget without a `Ui` for each: it does so for the
        // rows of its own text. Empty rows are enough; what they hold is set below.
        let rows = "\n".repeat(self.runs.len() - 1);
        let galley = ctx.fonts_mut(|fonts| {
            fonts.layout_no_wrap(rows, FontId::proportional(1.0), Color32::TRANSPARENT)
        });
        text_selection::accesskit_text::update_accesskit_for_text_widget(
            ctx,
            id,
            None,
            TSTransform::IDENTITY,
            &galley,
        );
        for (nth, run) in self.runs.iter().enumerate() {
            ctx.accesskit_node_builder(node_id(id, nth), |node| {
                run.describe(node);
                if run.joined {
                    node.set_previous_on_line(node_id(id, nth - 1).accesskit_id());
                }
                if self.runs.get(nth + 1).is_some_and(|next| next.joined) {
                    node.set_next_on_line(node_id(id, nth + 1).accesskit_id());
                }
            });
        }
    }

    /// Where a byte lies among the runs; the nearest place where it isn't in them.
    fn position(&self, id: Id, byte: usize) -> Option<accesskit::TextPosition> {
        let after = self.runs.partition_point(|run| run.bytes.start <= byte);
        let nth = after.saturating_sub(1);
        let run = self.runs.get(nth)?;
        let index = match byte >= run.bytes.end {
            true => run.starts.len(),
            false => run.starts.partition_point(|s| *s <= byte).max(1) - 1,
        };
        Some(accesskit::TextPosition {
            node: node_id(id, nth).accesskit_id(),
            character_index: index.min(run.starts.len()),
        })
    }

    /// The selection that a screen reader asks for, as bytes of anchor and moving end.
    pub fn wanted(&self, ctx: &Context, id: Id) -> Option<(usize, usize)> {
        let asked = ctx.input(|input| {
            input.events.iter().rev().find_map(|event| match event {
                egui::Event::AccessKitActionRequest(accesskit::ActionRequest {
                    action: accesskit::Action::SetTextSelection,
                    target_node,
                    data: Some(accesskit::ActionData::SetTextSelection(selection)),
                    ..
                }) if *target_node == id.accesskit_id() => Some(*selection),
                _ => None,
            })
        })?;
        let byte = |position: accesskit::TextPosition| {
            let nth = (0..self.runs.len())
                .find(|nth| node_id(id, *nth).accesskit_id() == position.node)?;
            let run = &self.runs[nth];
            Some(
                run.starts
                    .get(position.character_index)
                    .copied()
                    .unwrap_or(run.bytes.end),
            )
        };
        Some((byte(asked.anchor)?, byte(asked.focus)?))
    }
}

/// The id that egui gives to the row `nth` of a text.
fn node_id(id: Id, nth: usize) -> Id {
    id.with(nth).with(0_usize)
}

impl Run {
    fn empty(start: usize, min: Pos2, height: f32, rtl: bool) -> Self {
        Self {
            bytes: start..start,
            text: String::new(),
            rect: Rect::from_min_size(min, egui::vec2(0.0, height)),
            rtl,
            starts: Vec::new(),
            lengths: Vec::new(),
            positions: Vec::new(),
            widths: Vec::new(),
            words: Vec::new(),
            joined: false,
        }
    }

    fn new(
        part: &[Cluster],
        text: &str,
        start: usize,
        origin: Pos2,
        top: f32,
        height: f32,
        words: &[usize],
    ) -> Self {
        let rtl = part[0].rtl;
        let left = part.iter().map(|c| c.x).fold(f32::INFINITY, f32::min);
        let right = part.iter().map(|c| c.x + c.w).fold(left, f32::max);
        let from = part[0].start as usize;
        let to = part[part.len() - 1].end as usize;
        let mut run = Self::empty(
            start + from,
            pos2(origin.x + left, origin.y + top),
            height,
            rtl,
        );
        run.rect.max.x = origin.x + right;
        run.bytes.end = start + to;
        text[from..to].clone_into(&mut run.text);
        for c in part {
            let x = if rtl { right - c.x - c.w } else { c.x - left };
            let mut at = c.start as usize;
            // A character of more bytes than a byte counts is told as several.
            while at < c.end as usize {
                let mut until = (at + LONGEST).min(c.end as usize);
                while !text.is_char_boundary(until) {
                    until -= 1;
                }
                if words.binary_search(&at).is_ok() && run.starts.len() < LONGEST {
                    run.words.push(run.starts.len() as u8);
                }
                run.starts.push(start + at);
                run.lengths.push((until - at) as u8);
                run.positions.push(x);
                run.widths.push(c.w);
                at = until;
            }
        }
        run
    }

    /// Adds the line end, and blank lines with it, as one character.
    fn end_line(&mut self, end: usize) {
        let x = self.rect.width();
        self.text.push('\n');
        self.starts.push(self.bytes.end);
        self.lengths.push(1);
        self.positions.push(x);
        self.widths.push(0.0);
        self.bytes.end = end;
    }

    fn describe(&self, node: &mut accesskit::Node) {
        describe(node, &self.text, self.rtl);
        node.set_bounds(accesskit::Rect {
            x0: self.rect.min.x.into(),
            y0: self.rect.min.y.into(),
            x1: self.rect.max.x.into(),
            y1: self.rect.max.y.into(),
        });
        node.set_value(self.text.clone());
        node.set_character_lengths(self.lengths.clone());
        node.set_character_positions(self.positions.clone());
        node.set_character_widths(self.widths.clone());
        node.set_word_starts(self.words.clone());
    }
}
