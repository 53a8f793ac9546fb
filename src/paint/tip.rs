//! Tooltips, painted like every other text. Each line runs the way its own first letter does: a tooltip
//! may name things in one language and say them in another.

use egui::{Response, Ui};
use unicode_bidi::{BidiClass, bidi_class};

use super::{Direction, Extent, Label, Text, TextStyle};

/// Widest a tooltip grows, in points.
const WIDEST: f32 = 420.0;
const SIZE: f32 = 13.0;

/// Shows `text` when the pointer rests on `response`.
pub fn tip(response: Response, text: &str) -> Response {
    // What lies under a dialog says nothing over it.
    let covered = |memory: &egui::Memory| !memory.allows_interaction(response.layer_id);
    if text.is_empty() || response.ctx.memory(covered) {
        return response;
    }
    response.on_hover_ui(|ui| contents(ui, text))
}

fn contents(ui: &mut Ui, text: &str) {
    let color = ui.visuals().text_color();
    let style = TextStyle::new(SIZE, color);
    let natural = |line: &str| Text::new(ui.ctx(), &style, Extent::LINE, line).size().x;
    let width = text
        .lines()
        .map(natural)
        .fold(0.0, f32::max)
        .min(WIDEST)
        .ceil();
    ui.spacing_mut().item_spacing.y = 0.0;
    for line in text.lines() {
        let label = Label::new(line)
            .size(SIZE)
            .color(color)
            .direction(direction(line));
        ui.add(label.width(width).wrap());
    }
}

/// By the first letter that has a direction.
fn direction(line: &str) -> Direction {
    let rtl = line.chars().find_map(|c| match bidi_class(c) {
        BidiClass::R | BidiClass::AL => Some(true),
        BidiClass::L => Some(false),
        _ => None,
    });
    if rtl.unwrap_or(false) {
        Direction::Rtl
    } else {
        Direction::Ltr
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_runs_as_its_first_letter_does() {
        assert_eq!(direction("Outlet: صدى المرفأ"), Direction::Ltr);
        assert_eq!(direction("«صدى المرفأ» (BBC)"), Direction::Rtl);
        assert_eq!(direction("12 – 14"), Direction::Ltr);
    }
}
