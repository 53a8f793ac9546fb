//! Entries of context menus, all of one look.

use egui::Ui;

use super::Row;

/// Width of a menu in points.
pub const MENU_WIDTH: f32 = 210.0;

/// One entry of a context menu; true where it was chosen, and the menu then closes.
pub fn menu_entry(menu: &mut Ui, enabled: bool, text: &str) -> bool {
    menu.set_width(MENU_WIDTH);
    let row = menu.add_enabled(enabled, Row::new(false, text).size(13.0));
    if row.clicked() {
        menu.close();
    }
    row.clicked()
}

/// One of several entries of which one holds; true where it was chosen, and the menu then closes.
pub fn menu_choice(menu: &mut Ui, holds: bool, text: &str) -> bool {
    menu.set_width(MENU_WIDTH);
    let row = menu.add(Row::new(holds, text).size(13.0).checked(holds));
    if row.clicked() {
        menu.close();
    }
    row.clicked()
}
