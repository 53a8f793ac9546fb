//! How a dialog begins: its heading, and a sentence on what it is about.

use egui::Ui;

use super::theme::{self, Theme, UNIT};
use crate::paint::Label;

pub(super) fn heading(ui: &mut Ui, text: &str) {
    let color = Theme::of(ui).ink;
    ui.add(Label::new(text).size(theme::LARGE).strong().color(color));
    ui.add_space(UNIT);
}

pub(super) fn about(ui: &mut Ui, text: &str) {
    let color = Theme::of(ui).faint_ink;
    ui.add(Label::new(text).color(color).wrap());
    ui.add_space(UNIT);
}
