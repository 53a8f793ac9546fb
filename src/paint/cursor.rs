//! The caret as it is painted: when it is there, where it stands and which way it looks. Fields and
//! articles show the same one.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::layout::Caret;

/// Width of the caret in points.
const WIDTH: f32 = 1.5;
/// Seconds of rest after which it stops blinking and stays: a window at rest draws no frames.
const RESTS: f64 = 12.0;

/// True in the half of each blink when the caret is there; wakes the window up for the other half.
/// `rested` is the time since it last moved, in seconds.
pub fn is_shown(ui: &Ui, rested: f64) -> bool {
    let cursor = &ui.visuals().text_cursor;
    // No blinking in a window that isn't typed in.
    if !cursor.blink || rested > RESTS || !ui.input(|input| input.focused) {
        return true;
    }
    let (on, off) = (
        f64::from(cursor.on_duration),
        f64::from(cursor.off_duration),
    );
    let phase = rested % (on + off).max(0.1);
    let left = if phase < on {
        on - phase
    } else {
        on + off - phase
    };
    ui.ctx()
        .request_repaint_after(std::time::Duration::from_secs_f64(left.max(0.01)));
    phase < on
}

/// Where a caret stands on the screen, with the layout's corner at `origin`.
pub fn rect(caret: Caret, origin: Pos2) -> Rect {
    Rect::from_min_size(
        origin + vec2(caret.x - WIDTH / 2.0, caret.top + 2.0),
        vec2(WIDTH, caret.height - 4.0),
    )
}

/// Paints the caret. Where the text at it runs against its line, a small flag shows which way.
pub fn paint(ui: &Ui, painter: &Painter, caret: Caret, origin: Pos2, line_rtl: bool) {
    let color: Color32 = ui.visuals().text_cursor.stroke.color;
    let rect = rect(caret, origin);
    painter.rect_filled(rect, 0.0, color);
    if caret.rtl == line_rtl {
        return;
    }
    let (x, way) = match caret.rtl {
        true => (rect.min.x, -4.0),
        false => (rect.max.x, 4.0),
    };
    let top = rect.min.y;
    let flag = vec![pos2(x, top), pos2(x + way, top + 2.5), pos2(x, top + 5.0)];
    painter.add(Shape::convex_polygon(flag, color, Stroke::NONE));
}
