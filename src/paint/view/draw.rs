//! Painting a view: decorations and selection behind the letters, then the letters. Colours go by glyph,
//! never by cutting the text: letters stay joined.

use std::{ops::Range, sync::Arc};

use egui::{Color32, Painter, Pos2, Rect, Ui, pos2};

use super::{Band, Decoration, model::Model};
use crate::paint::{
    Layout,
    engine::{Ink, engine, is_light, snap},
};

/// Colours that no decoration gives.
pub struct Colors {
    pub text: Color32,
    pub selection: Color32,
}

impl Colors {
    pub fn of(ui: &Ui, focused: bool) -> Self {
        let selection = ui.visuals().selection.bg_fill;
        Self {
            text: ui.visuals().text_color(),
            selection: match focused {
                // Highlights stay visible under it.
                true => selection.gamma_multiply(0.75),
                false => selection.gamma_multiply(0.5),
            },
        }
    }
}

/// One block of text on the screen.
pub(super) struct Placed<'m> {
    pub layout: &'m Layout,
    /// Screen position of the layout's corner.
    pub origin: Pos2,
    /// Bytes of the text in this block.
    pub bytes: Range<usize>,
    /// The room up to the next paragraph, which belongs to what goes on there.
    joint: Option<Joint>,
    /// Lines of it that are on the screen.
    lines: Range<usize>,
}

/// The room between two paragraphs: what covers the end of one and the beginning of the next is filled
/// there too, no wider than either.
struct Joint {
    next: Arc<Layout>,
    /// First byte of the next paragraph.
    start: usize,
    /// Screen positions.
    top: f32,
    bottom: f32,
}

/// Paints what of the text lies in `rect`, with content position (0, 0) at `origin`.
pub fn draw(
    model: &mut Model,
    painter: &Painter,
    origin: Pos2,
    rect: Rect,
    decorations: &[Decoration],
    selection: Range<usize>,
    colors: &Colors,
) {
    let ctx = painter.ctx().clone();
    let origin = snap(origin, ctx.pixels_per_point());
    let visible = model.visible(rect.height(), rect.min.y - origin.y);
    // Blank lines at the top belong to the paragraph above them.
    let visible = model.text_block_before(*visible.start())..=*visible.end();
    let bytes = model.bytes(*visible.start()).start..model.bytes(*visible.end()).end;
    let active: Vec<&Decoration> = decorations
        .iter()
        .filter(|d| d.range.start < bytes.end && d.range.end > bytes.start)
        .collect();

    let (mut under, mut letters, mut marks) = (Ink::default(), Ink::default(), Vec::new());
    for at in visible {
        if model.is_blank(at) {
            continue;
        }
        let layout = model.layout(&ctx, at);
        let following = model.text_block_after(at);
        // Laid out before asking for tops: what is above may move with what is below.
        let next = following.map(|next| (next, model.layout(&ctx, next)));
        let top = origin.y + model.top(at);
        let layout_height = layout.size().y;
        let on_screen = layout.line_at(rect.min.y - top)..layout.line_at(rect.max.y - top) + 1;
        let joint = next.map(|(next, layout)| Joint {
            next: layout,
            start: model.bytes(next).start,
            top: top + layout_height,
            bottom: origin.y + model.top(next),
        });
        let block = Placed {
            layout: &layout,
            origin: pos2(origin.x, top),
            bytes: model.bytes(at),
            joint,
            lines: on_screen,
        };
        let here: Vec<&Decoration> = active
            .iter()
            .copied()
            .filter(|d| d.range.start <= block.bytes.end && d.range.end > block.bytes.start)
            .collect();
        block.decorate(&ctx, &mut under, &mut marks, &here, is_light(colors.text));
        block.select(&ctx, &mut under, &selection, colors.selection);
        let recolored: Vec<(Range<usize>, Color32)> = here
            .iter()
            .filter_map(|d| Some((model.local(at, &d.range), d.color?)))
            .collect();
        engine(&ctx).lock().ink(
            &ctx,
            &mut letters,
            &layout,
            block.lines.clone(),
            block.origin,
            |glyph| {
                let (start, end) = (glyph.start as usize, glyph.end as usize);
                recolored
                    .iter()
                    .rev()
                    .find(|(range, _)| range.start <= start && end <= range.end)
                    .map_or(colors.text, |(_, color)| *color)
            },
        );
    }
    under.paint(painter);
    painter.extend(marks);
    letters.paint(painter);
}

impl Placed<'_> {
    pub fn local(&self, range: &Range<usize>) -> Range<usize> {
        let clip = |byte: usize| byte.clamp(self.bytes.start, self.bytes.end) - self.bytes.start;
        clip(range.start)..clip(range.end)
    }

    /// Screen rectangles of `range` on the visible lines.
    pub fn rects(&self, range: &Range<usize>, band: Band) -> Vec<(usize, Rect)> {
        let local = self.local(range);
        let mut rects = Vec::new();
        for nth in self.lines.clone() {
            let (top, height) = self.layout.line_span(nth);
            let (top, bottom) = match band {
                Band::Line => (top, top + height),
                Band::Letters => self.letters_span(nth),
            };
            for (left, right) in self.layout.spans_on_line(nth, &local) {
                let min = self.origin + egui::vec2(left, top);
                let max = self.origin + egui::vec2(right, bottom);
                rects.push((nth, Rect::from_min_max(min, max)));
            }
        }
        rects
    }

    /// The part of the room below the block that `range` covers, on the screen.
    pub fn joint(&self, range: &Range<usize>) -> Option<Rect> {
        let joint = self.joint.as_ref()?;
        if joint.bottom <= joint.top || range.start >= self.bytes.end || range.end <= joint.start {
            return None;
        }
        let above = self
            .layout
            .spans_on_line(self.layout.line_count() - 1, &self.local(range));
        let below = joint.next.spans_on_line(0, &(0..range.end - joint.start));
        let reach = |spans: &[(f32, f32)]| Some((spans.first()?.0, spans.last()?.1));
        let ((a, b), (c, d)) = (reach(&above)?, reach(&below)?);
        let (left, right) = (a.max(c), b.min(d));
        (left < right).then(|| {
            Rect::from_min_max(
                pos2(self.origin.x + left, joint.top),
                pos2(self.origin.x + right, joint.bottom),
            )
        })
    }

    /// Top and bottom of the letters of a line.
    fn letters_span(&self, nth: usize) -> (f32, f32) {
        let line = &self.layout.lines[nth];
        let size = self.layout.font_size;
        let top = (line.baseline - 0.95 * size).max(line.top);
        let bottom = (line.baseline + 0.45 * size).min(line.top + line.height);
        (top, bottom)
    }

    fn select(
        &self,
        ctx: &egui::Context,
        under: &mut Ink,
        selection: &Range<usize>,
        color: Color32,
    ) {
        if selection.is_empty()
            || selection.end < self.bytes.start
            || selection.start > self.bytes.end
        {
            return;
        }
        let rects = self.rects(selection, Band::Line);
        let joint = self.joint(selection);
        for rect in rects.into_iter().map(|(_, rect)| rect).chain(joint) {
            engine(ctx).lock().fill(ctx, under, rect, color);
        }
    }
}
