//! Which way an article of the comparison runs: a small button above each pane.

use egui::{Popup, Rect, Ui, UiBuilder, pos2, vec2};

use super::CompareView;
use super::header::side_name;
use crate::paint::{Button, Icon};
use crate::ui::theme::UNIT;
use crate::view::comparison::{FIRST, SECOND};

/// Side of the button in points.
const SIDE: f32 = 28.0;
/// What the header itself leaves free at its sides.
const HEADER_MARGIN: f32 = 5.0 * UNIT;

impl CompareView {
    /// The button at the left end of a pane's header; returns the room that it leaves.
    pub(super) fn direction_button(&mut self, ui: &mut Ui, header: Rect, pane: usize) -> Rect {
        let min = pos2(header.min.x + 4.0, header.min.y + 8.0);
        let place = Rect::from_min_size(min, vec2(SIDE, SIDE));
        let icon = match self.views[pane].is_rtl() {
            true => Icon::RightToLeft,
            false => Icon::LeftToRight,
        };
        let name = format!("Direction of the {}", side_name(pane));
        let builder = UiBuilder::new()
            .max_rect(place)
            .id_salt(("direction", pane));
        let button = Button::icon_only(icon, &name).size(13.0);
        let response = ui.new_child(builder).add(button);
        Popup::menu(&response).show(|menu| self.views[pane].direction_menu(menu));
        header.with_min_x(place.max.x - HEADER_MARGIN + 4.0)
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
