//! The text field: one line of mixed Arabic, Latin and digits, with caret, selection, clipboard, undo and
//! input methods.
//!
//! Editing is cosmic-text's `Editor`; painting and pointing go by our own layout, so that what is clicked
//! is what is seen. The caller owns the string.

mod state;

use std::sync::Arc;

use egui::{
    CornerRadius, CursorIcon, Id, Rect, Response, Sense, Stroke, StrokeKind, Ui, Widget,
    WidgetInfo, output, pos2, vec2,
};

use super::{
    Button, Direction, Extent, Face, Icon, Layout, TextAlign, TextStyle, cursor,
    engine::{Ink, engine, snap},
    flow::Spec,
    marks::describe_text,
    menu::menu_entry,
    runs::Runs,
    text::Text,
};
use state::{State, state};

/// A field for one line of text.
#[must_use = "show it"]
pub struct TextField<'t> {
    text: &'t mut String,
    name: &'t str,
    hint: &'t str,
    id: Option<Id>,
    size: f32,
    width: Option<f32>,
    direction: Direction,
    clear: bool,
    icon: Option<Icon>,
}

/// What came of showing a field.
pub struct FieldResponse {
    /// `changed()` where the text was edited; has the focus while it is typed in.
    pub response: Response,
    /// Enter was pressed.
    pub submitted: bool,
}

impl<'t> TextField<'t> {
    /// A field for `text`; `name` is what screen readers call it.
    pub fn new(text: &'t mut String, name: &'t str) -> Self {
        Self {
            text,
            name,
            hint: "",
            id: None,
            size: 14.0,
            width: None,
            direction: Direction::Auto,
            clear: true,
            icon: None,
        }
    }

    /// What stands there while the field is empty.
    pub fn hint(mut self, hint: &'t str) -> Self {
        self.hint = hint;
        self
    }

    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Font size in points.
    pub fn size(mut self, points: f32) -> Self {
        self.size = points;
        self
    }

    /// Width in points; all that is there by default.
    pub fn width(mut self, points: f32) -> Self {
        self.width = Some(points);
        self
    }

    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// An icon at the side where the text begins.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Leaves out the button that empties the field.
    pub fn no_clear(mut self) -> Self {
        self.clear = false;
        self
    }

    pub fn show(self, ui: &mut Ui) -> FieldResponse {
        let id = self.id.unwrap_or_else(|| ui.make_persistent_id(self.name));
        let height = (self.size * 2.1).round();
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let mut response = ui.interact(rect, id, Sense::click_and_drag());
        if response.hovered() {
            ui.set_cursor_icon(CursorIcon::Text);
        }
        let state = state(ui, id);
        let mut state = state.lock();
        if state.text() != *self.text {
            state.replace(ui, self.text);
        }
        if let Some((anchor, focus)) = state.runs.wanted(ui.ctx(), id) {
            state.select(anchor, focus);
        }
        let before = self.text.clone();

        let rtl = match self.text.is_empty() {
            true => self.direction.is_rtl(self.hint),
            false => self.direction.is_rtl(self.text),
        };
        let room = self.text_room(rect, rtl);
        let layout = self.layout(ui, &state.text(), rtl);
        state.pointer(ui, &mut response, &layout, room);
        let mut submitted = false;
        if response.has_focus() {
            submitted = state.keyboard(ui, &response, &layout);
        }
        self.menu(ui, &response, &mut state);
        let after = state.text();
        if after != before {
            self.text.clone_from(&after);
            response.mark_changed();
        }
        let layout = self.layout(ui, &after, rtl);
        if ui.is_rect_visible(rect) {
            self.paint(ui, &response, &mut state, &layout, rect, room, rtl);
        }
        // After the field, whose ground would cover it.
        if self.clear && !after.is_empty() && self.clear_button(ui, rect, rtl) {
            state.replace_undoably(ui, "");
            self.text.clear();
            response.mark_changed();
            response.request_focus();
        }
        response.widget_info(|| {
            let mut info = WidgetInfo::text_edit(ui.is_enabled(), &before, &after, self.hint);
            info.label = Some(self.name.to_owned());
            info
        });
        describe_text(ui.ctx(), id, &after, rtl);
        if ui.ctx().accesskit_node_builder(id, |_| ()).is_some() {
            let mut runs = Runs::default();
            let origin = state.origin(&layout, room, rtl);
            runs.add(&layout, &after, 0, origin, None);
            runs.publish(ui.ctx(), id, Some(state.selection_ends()));
            state.runs = runs;
        }
        FieldResponse {
            response,
            submitted,
        }
    }

    /// Where the text may stand, between icon and clear button.
    fn text_room(&self, rect: Rect, rtl: bool) -> Rect {
        let start = if self.icon.is_some() {
            self.size * 1.9
        } else {
            10.0
        };
        let end = if self.clear { self.size * 1.9 } else { 10.0 };
        let (left, right) = if rtl { (end, start) } else { (start, end) };
        Rect::from_min_max(
            pos2(rect.min.x + left, rect.min.y),
            pos2(rect.max.x - right, rect.max.y),
        )
    }

    fn layout(&self, ui: &Ui, text: &str, rtl: bool) -> Arc<Layout> {
        let spec = Spec {
            face: Face::Sans,
            weight: super::Weight::Regular,
            size: self.size,
            line_height: (self.size * TextStyle::LINE_HEIGHT).round(),
            width: None,
            align: TextAlign::Start,
            rtl,
            max_lines: None,
        };
        engine(ui.ctx()).lock().short(text, &spec)
    }

    /// The menu of the second mouse button.
    fn menu(&self, ui: &Ui, response: &Response, state: &mut State) {
        response.context_menu(|menu| {
            let selected = state.selected().is_some();
            if menu_entry(menu, selected, "Cut") {
                state.cut(ui);
            }
            if menu_entry(menu, selected, "Copy") {
                state.copy(ui);
            }
            if menu_entry(menu, true, "Paste") {
                // The clipboard's text comes as an event to whatever has the focus.
                response.request_focus();
                ui.send_viewport_cmd(egui::ViewportCommand::RequestPaste);
            }
            if menu_entry(menu, !state.text().is_empty(), "Select all") {
                state.select_all();
            }
        });
    }

    fn clear_button(&self, ui: &mut Ui, rect: Rect, rtl: bool) -> bool {
        let side = rect.height() - 6.0;
        let x = if rtl {
            rect.min.x + 3.0
        } else {
            rect.max.x - 3.0 - side
        };
        let place = Rect::from_min_size(pos2(x, rect.min.y + 3.0), vec2(side, side));
        let button = Button::icon_only(Icon::Close, "Clear").size(self.size * 0.75);
        // A child of its own: `put` would move the next widget of a row to here.
        ui.new_child(egui::UiBuilder::new().max_rect(place))
            .add(button)
            .clicked()
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "all of them places and states of one painting"
    )]
    fn paint(
        &self,
        ui: &Ui,
        response: &Response,
        state: &mut State,
        layout: &Layout,
        rect: Rect,
        room: Rect,
        rtl: bool,
    ) {
        let ctx = ui.ctx();
        let focused = response.has_focus();
        let visuals = ui.style().interact(response);
        let accent = ui.visuals().selection.stroke.color;
        let stroke = match focused {
            true => Stroke::new(2.0, accent),
            false => Stroke::new(1.0, visuals.fg_stroke.color.gamma_multiply(0.35)),
        };
        let outline = ui.painter();
        outline.rect(
            rect,
            CornerRadius::same(5),
            ui.visuals().extreme_bg_color,
            stroke,
            StrokeKind::Inside,
        );
        if let Some(icon) = self.icon {
            let at = self.size * 0.95;
            let x = if rtl {
                rect.max.x - at
            } else {
                rect.min.x + at
            };
            let color = ui.visuals().weak_text_color();
            icon.paint(ui.painter(), pos2(x, rect.center().y), self.size, color);
        }
        let painter = ui.painter_at(room.expand2(vec2(2.0, 0.0)));
        if layout.bytes == 0 && !self.hint.is_empty() {
            let style = TextStyle::new(self.size, ui.visuals().weak_text_color());
            let style = style.direction(self.direction);
            let hint = Text::new(ctx, &style, Extent::elided(room.width()), self.hint);
            let top = room.center().y - hint.size().y / 2.0;
            hint.paint(&painter, pos2(room.min.x, top));
        }
        let origin = snap(state.origin(layout, room, rtl), ctx.pixels_per_point());
        let engine = engine(ctx);
        let (mut under, mut letters) = (Ink::default(), Ink::default());
        {
            let mut engine = engine.lock();
            if let Some(range) = state.selected() {
                for span in layout.rects(&range) {
                    let span = span.translate(origin.to_vec2());
                    let color = ui.visuals().selection.bg_fill;
                    engine.fill(ctx, &mut under, span, color);
                }
            }
            let color = ui.visuals().text_color();
            engine.ink(
                ctx,
                &mut letters,
                layout,
                0..layout.lines.len(),
                origin,
                |_| color,
            );
        }
        under.paint(&painter);
        letters.paint(&painter);
        if let Some((start, length)) = state.preedit {
            for span in layout.rects(&(start..start + length)) {
                let y = origin.y + span.max.y - 3.0;
                painter.hline(
                    (origin.x + span.min.x)..=(origin.x + span.max.x),
                    y,
                    Stroke::new(1.5, accent),
                );
            }
        }
        if focused {
            let place = layout.caret_of(state.stop());
            let caret = cursor::rect(place, origin);
            let rested = state.rested(ui.input(|input| input.time));
            if cursor::is_shown(ui, rested) {
                cursor::paint(ui, &painter, place, origin, rtl);
            }
            ui.output_mut(|out| {
                out.ime = Some(output::IMEOutput {
                    purpose: egui::IMEPurpose::Normal,
                    rect,
                    cursor_rect: caret,
                    should_interrupt_composition: false,
                });
            });
        }
    }
}

impl Widget for TextField<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        self.show(ui).response
    }
}
