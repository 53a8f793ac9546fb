//! A tab: a text with a line under it while it is the chosen one.

use egui::{Rect, Response, Role, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

use super::{Direction, Extent, Text, TextStyle, Weight, label::focus_ring, marks::describe_text};

/// One of several views to choose from.
#[derive(Clone)]
#[must_use = "add it with ui.add"]
pub struct Tab<'t> {
    text: &'t str,
    selected: bool,
    size: f32,
}

impl<'t> Tab<'t> {
    pub fn new(selected: bool, text: &'t str) -> Self {
        Self {
            text,
            selected,
            size: 14.0,
        }
    }

    /// Points that it takes from left to right.
    pub fn width(&self, ctx: &egui::Context) -> f32 {
        let widest = Text::new(ctx, &self.bold(), Extent::LINE, self.text);
        (widest.size().x + 20.0).ceil()
    }

    /// Measured bold, so that choosing a tab doesn't move its neighbours.
    fn bold(&self) -> TextStyle {
        TextStyle::new(self.size, egui::Color32::PLACEHOLDER).weight(Weight::Bold)
    }

    /// Font size in points.
    pub fn size(mut self, points: f32) -> Self {
        self.size = points;
        self
    }
}

impl Widget for Tab<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let mut style = self.bold();
        style.color = ui.visuals().text_color();
        let size = vec2(self.width(ui.ctx()), (self.size * 2.2).round());
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        if ui.is_rect_visible(rect) {
            let accent = ui.visuals().selection.stroke.color;
            if self.selected {
                let mark = Rect::from_min_max(
                    pos2(rect.min.x + 6.0, rect.max.y - 3.0),
                    pos2(rect.max.x - 6.0, rect.max.y),
                );
                ui.painter().rect_filled(mark, 1.5, accent);
            } else {
                style.weight = Weight::Medium;
                if !response.hovered() {
                    style.color = ui.visuals().weak_text_color();
                }
            }
            let line = Text::new(ui.ctx(), &style, Extent::LINE, self.text);
            line.paint(ui.painter(), rect.center() - line.size() / 2.0);
            if response.has_focus() {
                focus_ring(ui, rect, 4);
            }
        }
        response.widget_info(|| {
            WidgetInfo::selected(Role::Tab, ui.is_enabled(), self.selected, self.text)
        });
        let rtl = Direction::Auto.is_rtl(self.text);
        describe_text(ui.ctx(), response.id, self.text, rtl);
        response
    }
}
