//! Which way an article of the comparison runs: a small button above each pane.

use egui::{Popup, Rect, Ui, UiBuilder, pos2, vec2};

use super::CompareView;
use super::header::side_name;
use crate::paint::{Button, Icon};
use crate::view::comparison::{FIRST, SECOND};

/// Side of the button in points.
const SIDE: f32 = 22.0;

impl CompareView {
    /// The button in the margin of a pane's header, at the side where no headline begins.
    pub(super) fn direction_button(&mut self, ui: &mut Ui, header: Rect, pane: usize) {
        let min = pos2(header.min.x - 1.0, header.max.y - SIDE - 6.0);
        let place = Rect::from_min_size(min, vec2(SIDE, SIDE));
        let icon = match self.views[pane].is_rtl() {
            true => Icon::RightToLeft,
            false => Icon::LeftToRight,
        };
        let name = format!("Direction of the {}", side_name(pane));
        let builder = UiBuilder::new()
            .max_rect(place)
            .id_salt(("direction", pane));
        let button = Button::icon_only(icon, &name).size(11.0);
        let response = ui.new_child(builder).add(button);
        Popup::menu(&response).show(|menu| self.views[pane].direction_menu(menu));
    }

    /// Runs the text that has the keyboard from the other side; both texts where none has it.
    pub fn turn(&mut self, ctx: &egui::Context) {
        let one = [FIRST, SECOND]
            .into_iter()
            .find(|pane| self.views[*pane].has_focus(ctx));
        for pane in [FIRST, SECOND] {
            if one.is_none_or(|one| one == pane) {
                self.views[pane].turn_over();
            }
        }
    }
}
