//! The text view: a whole article, of any length, painted with decorations, selected and copied.
//!
//! Only what is visible is shaped. The scroll position belongs to the caller, because two views may be
//! linked. Where a guessed height above turns out different, the view corrects it when it is shown, so
//! that what is on the screen stays where it is: keep bytes from frame to frame, not heights.

mod decorate;
mod draw;
mod heights;
mod model;
mod select;
#[cfg(test)]
mod tests;
mod travel;

use std::{
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use egui::{Color32, Context, Id, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::runs::Runs;
use super::{
    Direction, Face, Weight, copy, cursor, engine::snap, marks::describe_text, menu::menu_choice,
    menu_entry,
};
use model::Model;
use select::Selection;

/// How an article is set. Lengths are points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ViewStyle {
    pub face: Face,
    pub weight: Weight,
    /// Font size.
    pub size: f32,
    /// Height of a line as a multiple of the size.
    pub line_spacing: f32,
    /// Room between paragraphs as a multiple of the size.
    pub paragraph_gap: f32,
    /// Room between paragraphs that blank lines set apart, however many they are, as a multiple of a
    /// line's height.
    pub blank_gap: f32,
    /// Direction of every paragraph; by default, by the letters of the whole text.
    pub direction: Direction,
    /// Room left free at either side.
    pub padding: f32,
    /// Widest column of text; wider views keep it in their middle.
    pub max_width: f32,
}

impl Default for ViewStyle {
    fn default() -> Self {
        Self {
            face: Face::Naskh,
            weight: Weight::Regular,
            size: 18.0,
            line_spacing: 1.8,
            paragraph_gap: 0.4,
            blank_gap: 0.5,
            direction: Direction::Auto,
            padding: 16.0,
            max_width: 900.0,
        }
    }
}

impl ViewStyle {
    /// What a view of this width leaves free at either side of its column, beside the padding.
    pub fn spare(&self, width: f32) -> f32 {
        ((width - 2.0 * self.padding - self.max_width) / 2.0).max(0.0)
    }

    fn line_height(&self) -> f32 {
        (self.size * self.line_spacing).round().max(1.0)
    }
}

/// How much of a line's height a fill or outline takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Band {
    /// The whole line, so that the lines of a passage join to one field.
    #[default]
    Line,
    /// Only about the height of the letters, for single words.
    Letters,
}

/// A second cue beside colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Underline {
    Solid,
    Dotted,
    Dashed,
    Wavy,
}

/// Something to show about a range of the text. A range may end anywhere, letters are never torn apart.
///
/// Where ranges overlap, each can be seen: whole lines that are filled twice take a deeper colour, a fill
/// of letters over another leaves the edges of the lower one free, underlines stand below one another and
/// outlines inside one another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decoration {
    /// Bytes of the source.
    pub range: Range<usize>,
    pub band: Band,
    pub fill: Option<Color32>,
    pub outline: Option<Color32>,
    pub underline: Option<(Underline, Color32)>,
    /// Colour of the letters; glyphs only partly in the range keep theirs.
    pub color: Option<Color32>,
}

impl Decoration {
    pub fn fill(range: Range<usize>, color: Color32) -> Self {
        Self {
            range,
            fill: Some(color),
            ..Self::default()
        }
    }

    pub fn letters(range: Range<usize>, color: Color32) -> Self {
        Self {
            range,
            color: Some(color),
            ..Self::default()
        }
    }

    #[must_use]
    pub fn band(mut self, band: Band) -> Self {
        self.band = band;
        self
    }

    #[must_use]
    pub fn underline(mut self, style: Underline, color: Color32) -> Self {
        self.underline = Some((style, color));
        self
    }

    #[must_use]
    pub fn outline(mut self, color: Color32) -> Self {
        self.outline = Some(color);
        self
    }
}

/// What came of showing a view.
pub struct ViewResponse {
    pub response: Response,
    /// Where content position (0, 0) is on the screen: add it to [`TextView::rects`].
    pub origin: Pos2,
    /// Bytes whose lines are on the screen, wholly or in part.
    pub visible: Range<usize>,
    /// The grapheme under the pointer.
    pub hovered: Option<Range<usize>>,
    /// Byte that was clicked, without a drag or a selection.
    pub clicked: Option<usize>,
    /// Where the caret stands, in bytes of the text, while the keyboard acts on this view.
    pub caret: Option<usize>,
    /// The caret was moved by keyboard: the screen rectangle to keep in sight. The view has moved `scroll`
    /// for it already; a view that is itself inside something that scrolls needs more.
    pub follow: Option<Rect>,
}

/// A text with its layout and selection, kept by the caller from frame to frame.
pub struct TextView {
    id: Id,
    model: Model,
    selection: Selection,
    /// What screen readers were told last.
    runs: Runs,
}

impl TextView {
    /// A view of `text`. Nothing is shaped before it is shown.
    pub fn new(text: Arc<str>, style: ViewStyle) -> Self {
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        Self {
            id: Id::unique(("muqabala::paint::view", serial)),
            model: Model::new(text, style),
            selection: Selection::default(),
            runs: Runs::default(),
        }
    }

    pub fn text(&self) -> &Arc<str> {
        &self.model.text
    }

    pub fn style(&self) -> &ViewStyle {
        &self.model.style
    }

    /// Changes how the text is set; the next [`show`](Self::show) keeps the line at the top in its place.
    pub fn set_style(&mut self, style: ViewStyle) {
        self.model.wanted = style;
    }

    pub fn is_rtl(&self) -> bool {
        self.model.rtl
    }

    /// Which way the text is asked to run, by the person or else by its style.
    pub fn direction(&self) -> Direction {
        self.model.wanted_direction()
    }

    /// Turns the text; it keeps that direction whatever style it is given. The next
    /// [`show`](Self::show) keeps the line at the top in its place.
    pub fn turn(&mut self, direction: Direction) {
        self.model.turn = Some(direction);
    }

    /// Runs the text from the other side than now.
    pub fn turn_over(&mut self) {
        self.turn(
            match self.model.wanted_direction().is_rtl(&self.model.text) {
                true => Direction::Ltr,
                false => Direction::Rtl,
            },
        );
    }

    /// True while the keyboard acts on this view.
    pub fn has_focus(&self, ctx: &Context) -> bool {
        ctx.memory(|memory| memory.has_focus(self.id))
    }

    /// The byte that the caret stands at.
    pub fn caret(&self) -> usize {
        self.selection.caret().byte
    }

    /// Selected bytes; empty where nothing is selected.
    pub fn selection(&self) -> Range<usize> {
        self.selection.range()
    }

    pub fn select(&mut self, range: Range<usize>) {
        let len = self.model.text.len();
        // A position inside a character goes back to its start: slicing would panic there.
        let boundary = |byte: usize| {
            let byte = byte.min(len);
            (0..=byte)
                .rev()
                .find(|at| self.model.text.is_char_boundary(*at))
                .unwrap_or(0)
        };
        self.selection
            .set(boundary(range.start), boundary(range.end));
    }

    /// Sets the width of the column before the first [`show`](Self::show), for callers that need
    /// positions at once. `rect_width` is the width of the rectangle that `show` will get.
    pub fn prepare(&mut self, ctx: &Context, rect_width: f32) {
        let (_, width) = column(&self.model.wanted, 0.0, rect_width);
        self.model.set_width(ctx, width);
    }

    /// Height of the whole text in points, guessed where it hasn't been on the screen yet.
    pub fn height(&self) -> f32 {
        self.model.height()
    }

    /// Height of one line in points.
    pub fn line_height(&self) -> f32 {
        self.model.style.line_height()
    }

    /// Top of the line that holds `byte`, in points from the top of the text. Shapes its paragraph.
    pub fn y_of(&mut self, ctx: &Context, byte: usize) -> f32 {
        self.model.y_of(ctx, byte)
    }

    /// As [`y_of`](Self::y_of) without shaping anything: exact for what is on the screen, a good guess
    /// elsewhere. For overviews.
    pub fn y_near(&self, byte: usize) -> f32 {
        self.model.y_near(byte)
    }

    /// Top of the first and bottom of the last line of `range`, in points from the top of the text.
    pub fn y_span(&mut self, ctx: &Context, range: Range<usize>) -> std::ops::Range<f32> {
        let last = range.end.saturating_sub(1).max(range.start);
        // Measure both ends before asking for either: the first answer may move with the second.
        self.y_of(ctx, last);
        let top = self.y_of(ctx, range.start);
        top..self.y_of(ctx, last) + self.line_height()
    }

    /// The selected text, exactly as in the source.
    pub fn selected_text(&self) -> &str {
        &self.model.text[self.selection.range()]
    }

    /// Copies the selection, with a rich twin that keeps its direction.
    pub fn copy(&self, ctx: &Context) {
        if !self.selection.range().is_empty() {
            copy(ctx, self.selected_text(), self.model.rtl);
        }
    }

    /// The menu of the second mouse button: copy, what `more` adds with [`menu_entry`] about the selected
    /// words, select all, and which way the text runs. Call it after [`show`](Self::show), with its
    /// response. A click beside the selection has selected the word under it.
    pub fn menu(&mut self, response: &Response, more: impl FnOnce(&mut Ui, &mut Self)) {
        response.context_menu(|menu| {
            if menu_entry(menu, !self.selection.range().is_empty(), "Copy") {
                self.copy(menu.ctx());
            }
            more(menu, self);
            menu.separator();
            if menu_entry(menu, true, "Select all") {
                self.select_all();
                response.request_focus();
            }
            menu.separator();
            self.direction_menu(menu);
        });
    }

    /// Entries for which way the text runs, the present one marked.
    pub fn direction_menu(&mut self, menu: &mut Ui) {
        for direction in Direction::ALL {
            if menu_choice(menu, self.direction() == direction, direction.name()) {
                self.turn(direction);
            }
        }
    }

    pub fn select_all(&mut self) {
        self.selection.set(0, self.model.text.len());
    }

    /// First byte of the line at `y` points from the top of the text. Shapes its paragraph.
    pub fn byte_at(&mut self, ctx: &Context, y: f32) -> usize {
        self.model.byte_at(ctx, y)
    }

    /// The byte whose caret is nearest to content position `point`. Shapes its paragraph.
    pub fn hit(&mut self, ctx: &Context, point: Pos2) -> usize {
        self.model.hit(ctx, point).byte
    }

    /// Rectangles that `range` covers, in content positions, top to bottom. Shapes the paragraphs it
    /// touches: ask for what is visible only.
    pub fn rects(&mut self, ctx: &Context, range: Range<usize>) -> Vec<Rect> {
        self.model.rects(ctx, &range)
    }

    /// Shows the part of the text that is `scroll` points below its top inside `rect`. `scroll` may be
    /// negative or beyond the end. Decorations are best sorted by start.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        scroll: &mut f32,
        decorations: &[Decoration],
    ) -> ViewResponse {
        let ctx = ui.ctx().clone();
        let (left, width) = column(&self.model.wanted, rect.min.x, rect.width());
        self.model.resize(&ctx, width, scroll);
        self.model.settle(&ctx, rect.height(), scroll);

        let mut response = ui.interact(rect, self.id, Sense::click_and_drag());
        if response.hovered() {
            ui.set_cursor_icon(egui::CursorIcon::Text);
        }
        if let Some((anchor, head)) = self.runs.wanted(&ctx, self.id) {
            self.select(anchor..head);
        }
        let origin = pos2(left, rect.min.y - *scroll);
        let asked = self
            .selection
            .input(ui, &mut response, &mut self.model, origin, rect, scroll);
        self.model.settle(&ctx, rect.height(), scroll);
        let origin = pos2(left, rect.min.y - *scroll);

        let visible = self.model.visible_bytes(rect.height(), *scroll);
        if ui.is_rect_visible(rect) {
            let painter = ui.painter_at(rect);
            draw::draw(
                &mut self.model,
                &painter,
                origin,
                rect,
                decorations,
                self.selection.range(),
                &draw::Colors::of(ui, response.has_focus()),
            );
        }
        let caret = response
            .has_focus()
            .then(|| self.paint_caret(ui, rect, origin));
        if response.has_focus() {
            let color = ui.visuals().selection.stroke.color.gamma_multiply(0.6);
            let ring = egui::Stroke::new(1.0, color);
            ui.painter()
                .rect_stroke(rect, 0.0, ring, egui::StrokeKind::Inside);
        }
        let hovered = response
            .hover_pos()
            .and_then(|at| self.model.over(&ctx, (at - origin).to_pos2()));
        self.describe(ui, &response, &visible, origin);
        if self.model.refine(&ctx) {
            ctx.request_repaint();
        }
        ViewResponse {
            response,
            origin,
            visible,
            hovered,
            clicked: asked.clicked,
            caret: caret.map(|_| self.selection.caret().byte),
            follow: caret.filter(|_| asked.follow),
        }
    }

    /// Paints the caret where its blinking allows; returns where it stands on the screen.
    fn paint_caret(&mut self, ui: &Ui, rect: Rect, origin: Pos2) -> Rect {
        let stop = self.selection.caret();
        let (caret, corner) = self.model.caret(ui.ctx(), stop);
        let origin = snap(origin + corner.to_vec2(), ui.ctx().pixels_per_point());
        let rtl = self.model.runs_rtl(ui.ctx(), stop);
        if self.selection.shows_caret(ui) {
            cursor::paint(ui, &ui.painter_at(rect), caret, origin, rtl);
        }
        cursor::rect(caret, origin)
    }

    /// The node for screen readers: the whole text, or of a very long one what is on the screen.
    fn describe(&mut self, ui: &Ui, response: &Response, visible: &Range<usize>, origin: Pos2) {
        const WHOLE: usize = 20_000;
        response.widget_info(|| WidgetInfo::new(Role::Document));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            let text = &self.model.text;
            let value = match text.len() <= WHOLE {
                true => text.to_string(),
                false => text[visible.clone()].to_owned(),
            };
            node.set_value(value);
            node.set_read_only();
        });
        describe_text(ui.ctx(), response.id, &self.model.text, self.model.rtl);
        let ctx = ui.ctx();
        if ctx.accesskit_node_builder(response.id, |_| ()).is_none() {
            return;
        }
        let bytes = match self.model.text.len() <= WHOLE {
            true => 0..self.model.text.len(),
            false => visible.clone(),
        };
        self.runs = self.model.runs(ctx, &bytes, origin);
        let (anchor, head) = self.selection.ends();
        self.runs.publish(ctx, response.id, Some((anchor, head)));
    }
}

/// Left edge and width of the column of text in a view of `width` points.
fn column(style: &ViewStyle, left: f32, width: f32) -> (f32, f32) {
    let room = (width - 2.0 * style.padding).max(style.size);
    let column = room.min(style.max_width.max(style.size)).floor();
    let at = vec2(style.padding + ((room - column) / 2.0).floor(), 0.0);
    (left + at.x, column)
}
