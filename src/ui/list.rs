//! What all lists have in common: the look of a row, the message of an empty list, scrolling to a row.

use egui::{CornerRadius, Rect, Stroke, StrokeKind, Ui, vec2};

use super::theme::{self, Theme, UNIT};
use crate::paint::{Label, TextAlign};

/// Marks a row as current, pointed at or focused, and draws the line under it.
pub fn background(ui: &Ui, rect: Rect, current: bool, hovered: bool, focused: bool) {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    if current {
        painter.rect_filled(rect, 0, theme.selected);
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        painter.rect_filled(bar, 0, theme.accent);
    } else if hovered {
        painter.rect_filled(rect, 0, theme.hovered);
    }
    if focused {
        painter.rect_stroke(
            rect.shrink(1.0),
            CornerRadius::same(4),
            Stroke::new(1.5, theme.accent),
            StrokeKind::Inside,
        );
    }
    painter.hline(
        rect.x_range(),
        rect.max.y - 0.5,
        Stroke::new(1.0, theme.hairline),
    );
}

/// A message in the middle of an empty list.
pub fn message(ui: &mut Ui, headline: &str, advice: &str) {
    let theme = Theme::of(ui);
    ui.add_space((ui.available_height() * 0.3).max(6.0 * UNIT));
    ui.vertical_centered(|ui| {
        ui.add(
            Label::new(headline)
                .size(theme::LARGE)
                .strong()
                .color(theme.ink),
        );
        ui.set_max_width(420.0);
        ui.add(
            Label::new(advice)
                .size(theme::BODY)
                .color(theme.faint_ink)
                .align(TextAlign::Center)
                .wrap(),
        );
    });
}

/// The scroll offset that brings a row into sight and moves no more than it must.
pub fn offset_for(ui: &Ui, list: &str, row: usize, height: f32) -> f32 {
    let (offset, visible): (f32, f32) = ui
        .data(|data| data.get_temp(ui.scope_id().with(list)))
        .unwrap_or((0.0, 400.0));
    let top = row as f32 * height;
    offset.min(top).max(top + height - visible)
}

/// Keeps where a list stands, for [`offset_for`].
pub fn remember(ui: &Ui, list: &str, offset: f32, visible: f32) {
    ui.data_mut(|data| data.insert_temp(ui.scope_id().with(list), (offset, visible)));
}
