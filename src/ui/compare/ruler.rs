//! At the outer edge of a pane: the whole article small, its passages, and where the window is. Click or
//! drag to go there.

use egui::{CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, pos2};

use crate::reuse::PassageKind;
use crate::ui::theme::Theme;

/// A passage on the ruler; `from` and `to` are shares of the text's height.
pub struct Bar {
    pub from: f32,
    pub to: f32,
    pub kind: PassageKind,
    pub current: bool,
}

/// `window`: the visible part, as shares of the text's height. Returns the share that was asked for.
pub fn show(
    ui: &mut Ui,
    theme: &Theme,
    rect: Rect,
    bars: &[Bar],
    window: (f32, f32),
    name: &str,
) -> Option<f32> {
    let response = ui.interact(rect, ui.scope_id().with(name), Sense::click_and_drag());
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0, theme.chrome);
    let at = |share: f32| rect.min.y + rect.height() * share.clamp(0.0, 1.0);
    let mut order: Vec<&Bar> = bars.iter().collect();
    order.sort_by_key(|bar| bar.current);
    for bar in order {
        let hue = theme.hue(bar.kind);
        let (top, bottom) = (at(bar.from), at(bar.to).max(at(bar.from) + 3.0));
        // The current passage takes the whole width, the others leave an edge free.
        let inset = if bar.current { 1.0 } else { 3.0 };
        let area = Rect::from_min_max(
            pos2(rect.min.x + inset, top),
            pos2(rect.max.x - inset, bottom),
        );
        painter.rect_filled(area, CornerRadius::same(2), hue.changed);
        if bar.current {
            let stroke = Stroke::new(1.5, hue.line);
            painter.rect_stroke(area, CornerRadius::same(2), stroke, StrokeKind::Inside);
        }
        if bar.kind == PassageKind::Reworded {
            // A second cue: a gap along the middle.
            painter.vline(
                rect.center().x,
                area.y_range(),
                Stroke::new(2.0, theme.chrome),
            );
        }
    }
    let frame = Rect::from_min_max(
        pos2(rect.min.x, at(window.0)),
        pos2(rect.max.x, at(window.1).max(at(window.0) + 8.0)),
    );
    let strong = response.hovered() || response.dragged() || response.has_focus();
    let stroke = Stroke::new(1.5, if strong { theme.ink } else { theme.faint_ink });
    painter.rect(
        frame,
        CornerRadius::same(3),
        theme.ink.gamma_multiply(0.07),
        stroke,
        StrokeKind::Inside,
    );
    response
        .widget_info(|| egui::WidgetInfo::slider(true, f64::from(window.0.clamp(0.0, 1.0)), name));
    let pointer = response
        .interact_pointer_pos()
        .filter(|_| response.dragged() || response.clicked())?;
    Some(((pointer.y - rect.min.y) / rect.height()).clamp(0.0, 1.0))
}
