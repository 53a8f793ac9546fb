//! Painting a short text at a place: for widgets, and for the interface's own drawing.

use std::sync::Arc;

use egui::{Align2, Context, Painter, Pos2, Rect, Vec2, pos2};

use super::{
    Layout, TextStyle,
    engine::{Ink, engine, snap},
    flow::Spec,
};

/// How many lines a text may take and in what room.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extent {
    /// Width in points at which lines break or end; none for a single line as long as it needs.
    pub width: Option<f32>,
    /// Lines to keep before eliding; none for as many as it takes.
    pub max_lines: Option<usize>,
}

impl Extent {
    /// One line as long as it needs.
    pub const LINE: Self = Self {
        width: None,
        max_lines: Some(1),
    };

    /// One line, elided at `width` points.
    pub fn elided(width: f32) -> Self {
        Self {
            width: Some(width),
            max_lines: Some(1),
        }
    }

    /// As many lines as it takes at `width` points.
    pub fn wrapped(width: f32) -> Self {
        Self {
            width: Some(width),
            max_lines: None,
        }
    }
}

/// A laid-out short text, ready to be measured and painted.
#[derive(Clone)]
pub struct Text {
    layout: Arc<Layout>,
    style: TextStyle,
}

impl Text {
    pub fn new(ctx: &Context, style: &TextStyle, extent: Extent, text: &str) -> Self {
        let spec = Spec {
            face: style.face,
            weight: style.weight,
            size: style.size,
            line_height: style.line_points(),
            width: extent.width,
            align: style.align,
            rtl: style.direction.is_rtl(text),
            max_lines: extent.max_lines,
        };
        let layout = engine(ctx).lock().short(text, &spec);
        Self {
            layout,
            style: *style,
        }
    }

    /// Width and height of the text in points.
    pub fn size(&self) -> Vec2 {
        self.layout.size()
    }

    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Paints with the layout's top left corner at `origin`.
    pub fn paint(&self, painter: &Painter, origin: Pos2) {
        let ctx = painter.ctx();
        let mut ink = Ink::default();
        engine(ctx).lock().ink(
            ctx,
            &mut ink,
            &self.layout,
            0..self.layout.lines.len(),
            snap(origin, ctx.pixels_per_point()),
            |_| self.style.color,
        );
        ink.paint(painter);
    }
}

/// Width and height of `text` in points when set so.
pub fn measure(ctx: &Context, style: &TextStyle, extent: Extent, text: &str) -> Vec2 {
    Text::new(ctx, style, extent, text).size()
}

/// Paints one line of `text` with its `anchor` corner at `pos`; returns where it stands.
pub fn text_at(
    painter: &Painter,
    pos: Pos2,
    anchor: Align2,
    style: &TextStyle,
    text: &str,
) -> Rect {
    let line = Text::new(painter.ctx(), style, Extent::LINE, text);
    let rect = anchor.anchor_size(pos, line.size());
    line.paint(painter, rect.min);
    rect
}

/// The first of some texts that fits a line of `width` points; the last where none does.
pub fn that_fits(ctx: &Context, style: &TextStyle, width: f32, texts: &[String]) -> String {
    let fits = |text: &&String| measure(ctx, style, Extent::LINE, text).x <= width;
    let text = texts.iter().find(fits).or(texts.last());
    text.cloned().unwrap_or_default()
}

/// Paints one line of `text` inside `rect`, elided at its width, aligned as the style says and centred
/// from top to bottom; returns where it stands.
pub fn text_in(painter: &Painter, rect: Rect, style: &TextStyle, text: &str) -> Rect {
    let extent = Extent::elided(rect.width());
    let line = Text::new(painter.ctx(), style, extent, text);
    let top = rect.center().y - line.size().y / 2.0;
    line.paint(painter, pos2(rect.min.x, top));
    let (left, right) = line
        .layout
        .lines
        .first()
        .map_or((0.0, 0.0), |l| (l.left, l.right));
    Rect::from_min_max(
        pos2(rect.min.x + left, top),
        pos2(rect.min.x + right, top + line.size().y),
    )
}
