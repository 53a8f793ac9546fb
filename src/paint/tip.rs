//! Tooltips, painted like every other text.

use egui::{Response, Ui};

use super::{Extent, Text, TextStyle, label::place_text};

/// Widest a tooltip grows, in points.
const WIDEST: f32 = 420.0;

/// Shows `text` when the pointer rests on `response`.
pub fn tip(response: Response, text: &str) -> Response {
    if text.is_empty() {
        return response;
    }
    response.on_hover_ui(|ui| contents(ui, text))
}

fn contents(ui: &mut Ui, text: &str) {
    let style = TextStyle::new(13.0, ui.visuals().text_color());
    let natural = Text::new(ui.ctx(), &style, Extent::LINE, text).size().x;
    let extent = if natural > WIDEST {
        Extent::wrapped(WIDEST)
    } else {
        Extent::LINE
    };
    let line = Text::new(ui.ctx(), &style, extent, text);
    place_text(ui, &line, text, egui::Sense::hover());
}
