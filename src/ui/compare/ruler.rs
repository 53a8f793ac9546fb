//! At the outer edge of a pane: the whole article small, its passages, what was searched for, and where
//! the window is. Click or drag to go there; with the keyboard, the arrows.

use egui::{CornerRadius, Key, Rect, Response, Sense, Stroke, StrokeKind, Ui, accesskit, pos2};

use crate::reuse::PassageKind;
use crate::ui::theme::Theme;

/// A passage on the ruler; `from` and `to` are shares of the text's height.
pub struct Bar {
    pub from: f32,
    pub to: f32,
    pub kind: PassageKind,
    pub current: bool,
}

/// What the ruler of one pane shows. All places are shares of the text's height.
pub struct Ruler<'a> {
    pub bars: &'a [Bar],
    /// Search hits, and which of them is current.
    pub hits: &'a [f32],
    pub current_hit: Option<usize>,
    /// The visible part.
    pub window: (f32, f32),
    pub name: &'a str,
}

/// Returns the share that was asked for: it is to stand in the middle of the window.
pub fn show(ui: &mut Ui, theme: &Theme, rect: Rect, ruler: &Ruler) -> Option<f32> {
    let id = ui.scope_id().with(ruler.name);
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0, theme.chrome);
    let at = |share: f32| rect.min.y + rect.height() * share.clamp(0.0, 1.0);
    let mut order: Vec<&Bar> = ruler.bars.iter().collect();
    // The longer first, so that a passage within another shows; the current one above all.
    order.sort_by(|x, y| {
        let length = |bar: &Bar| bar.to - bar.from;
        (x.current.cmp(&y.current)).then(length(y).total_cmp(&length(x)))
    });
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
        let stroke = if bar.current {
            Stroke::new(1.5, hue.line)
        } else {
            Stroke::new(0.5, hue.line.gamma_multiply(0.6))
        };
        painter.rect_stroke(area, CornerRadius::same(2), stroke, StrokeKind::Inside);
        if bar.kind == PassageKind::Reworded {
            // A second cue: a gap along the middle.
            let gap = Stroke::new(2.0, theme.chrome);
            painter.vline(rect.center().x, area.y_range(), gap);
        }
    }
    for (nth, hit) in ruler.hits.iter().enumerate() {
        let y = at(*hit);
        let current = ruler.current_hit == Some(nth);
        // From edge to edge, thinner than any passage: a line, not an area.
        let stroke = Stroke::new(if current { 3.0 } else { 1.5 }, theme.accent);
        painter.hline(rect.x_range(), y, stroke);
    }
    let frame = Rect::from_min_max(
        pos2(rect.min.x, at(ruler.window.0)),
        pos2(rect.max.x, at(ruler.window.1).max(at(ruler.window.0) + 8.0)),
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
    let top = f64::from(ruler.window.0.clamp(0.0, 1.0));
    response.widget_info(|| egui::WidgetInfo::slider(true, top, ruler.name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(1.0);
        node.add_action(accesskit::Action::Increment);
        node.add_action(accesskit::Action::Decrement);
    });
    if response.dragged() || response.clicked() {
        let pointer = response.interact_pointer_pos()?;
        return Some(((pointer.y - rect.min.y) / rect.height()).clamp(0.0, 1.0));
    }
    by_keys(ui, &response, ruler.window)
}

/// Keys move by a tenth of the window or by a window, as a screen reader's own steps do.
fn by_keys(ui: &Ui, response: &Response, window: (f32, f32)) -> Option<f32> {
    if response.has_focus() {
        let filter = egui::EventFilter {
            vertical_arrows: true,
            ..egui::EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    let focused = response.has_focus();
    let pages = ui.input(|input| {
        let pressed = |key| focused && input.key_pressed(key);
        let asked = |action| input.num_accesskit_action_requests(response.id, action) as f32 * 0.5;
        if pressed(Key::Home) {
            return f32::MIN;
        }
        if pressed(Key::End) {
            return f32::MAX;
        }
        let step = |key, pages: f32| if pressed(key) { pages } else { 0.0 };
        step(Key::ArrowDown, 0.1) - step(Key::ArrowUp, 0.1) + step(Key::PageDown, 0.9)
            - step(Key::PageUp, 0.9)
            + asked(accesskit::Action::Increment)
            - asked(accesskit::Action::Decrement)
    });
    let (top, bottom) = window;
    let middle = (top + bottom) / 2.0;
    (pages != 0.0).then(|| (middle + pages * (bottom - top)).clamp(0.0, 1.0))
}
