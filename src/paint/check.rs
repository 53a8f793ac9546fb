//! The check box: a box and a text, the box where the text begins.

use egui::{
    CornerRadius, Rect, Response, Role, Sense, StrokeKind, Ui, Widget, WidgetInfo, pos2, vec2,
};

use super::{
    Direction, Extent, Icon, Text, TextStyle, button::readable_on, label::focus_ring,
    marks::describe_text, tip::tip,
};

/// A box to tick. Turns `checked` over when clicked.
#[must_use = "add it with ui.add"]
pub struct Checkbox<'t> {
    checked: &'t mut bool,
    text: &'t str,
    size: f32,
    trailing: Option<&'t str>,
    direction: Direction,
    full_width: bool,
}

impl<'t> Checkbox<'t> {
    pub fn new(checked: &'t mut bool, text: &'t str) -> Self {
        Self {
            checked,
            text,
            size: 14.0,
            trailing: None,
            direction: Direction::Auto,
            full_width: false,
        }
    }

    /// Font size in points.
    pub fn size(mut self, points: f32) -> Self {
        self.size = points;
        self
    }

    /// A short text, such as a count, at the far side; the check box then takes the full width.
    pub fn trailing(mut self, text: &'t str) -> Self {
        (self.trailing, self.full_width) = (Some(text), true);
        self
    }

    /// Which way box, text and count are laid out; by the text unless told.
    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// Takes the full width instead of what the text needs.
    pub fn full_width(mut self) -> Self {
        self.full_width = true;
        self
    }
}

impl Widget for Checkbox<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let side = (self.size * 1.1).round();
        let gap = 8.0;
        let style = TextStyle::new(self.size, ui.visuals().text_color());
        let count = self.trailing.map(|text| {
            let faint = TextStyle::new(self.size, ui.visuals().weak_text_color());
            Text::new(ui.ctx(), &faint, Extent::LINE, text)
        });
        let count_width = count.as_ref().map_or(0.0, |line| line.size().x + gap);
        let available = ui.available_width();
        let natural = Text::new(ui.ctx(), &style, Extent::LINE, self.text)
            .size()
            .x;
        let room = (available - side - gap - count_width - 4.0).max(self.size);
        let text_width = natural.min(room);
        let width = match self.full_width {
            true => available,
            false => side + gap + text_width + count_width + 4.0,
        };
        let height = (self.size * 1.9).round();
        let (rect, mut response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
        if response.clicked() {
            *self.checked = !*self.checked;
            response.mark_changed();
        }
        if ui.is_rect_visible(rect) {
            let rtl = self.direction.is_rtl(self.text);
            let line = Text::new(
                ui.ctx(),
                &style,
                Extent::elided(text_width + 0.5),
                self.text,
            );
            let inner = rect.shrink2(vec2(2.0, 0.0));
            let (box_x, text_x, count_x) = if rtl {
                (
                    inner.max.x - side,
                    inner.max.x - side - gap - text_width - 0.5,
                    inner.min.x,
                )
            } else {
                (
                    inner.min.x,
                    inner.min.x + side + gap,
                    inner.max.x - count_width + gap,
                )
            };
            let middle = rect.center().y;
            paint_box(
                ui,
                &response,
                Rect::from_min_size(pos2(box_x, middle - side / 2.0), vec2(side, side)),
                *self.checked,
            );
            let top = |line: &Text| middle - line.size().y / 2.0;
            line.paint(ui.painter(), pos2(text_x, top(&line)));
            if let Some(count) = &count {
                count.paint(ui.painter(), pos2(count_x, top(count)));
            }
            if response.has_focus() {
                focus_ring(ui, rect, 4);
            }
        }
        let name = match self.trailing {
            Some(trailing) => format!("{}, {trailing}", self.text),
            None => self.text.to_owned(),
        };
        response.widget_info(|| {
            WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), *self.checked, &name)
        });
        let rtl = self.direction.is_rtl(self.text);
        describe_text(ui.ctx(), response.id, self.text, rtl);
        if natural > room {
            return tip(response, self.text);
        }
        response
    }
}

fn paint_box(ui: &Ui, response: &Response, rect: Rect, checked: bool) {
    let visuals = ui.style().interact(response);
    let radius = CornerRadius::same(3);
    if checked {
        let accent = ui.visuals().selection.stroke.color;
        ui.painter().rect_filled(rect, radius, accent);
        Icon::Check.paint(
            ui.painter(),
            rect.center(),
            rect.width() * 0.9,
            readable_on(accent),
        );
    } else {
        ui.painter().rect(
            rect,
            radius,
            ui.visuals().extreme_bg_color,
            egui::Stroke::new(1.0, visuals.fg_stroke.color.gamma_multiply(0.6)),
            StrokeKind::Inside,
        );
    }
}
