//! What all lists have in common: the look of a row, the message of an empty list, scrolling to a row.

use egui::{Align, CornerRadius, Layout, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, vec2};

use super::command::{Command, Commands};
use super::theme::{self, Theme, UNIT};
use crate::paint::{Button, Label, Tab, TextAlign, menu_choice};
use crate::view::{List, Order, Phase, Sort};

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

/// The panel of a list beside what is read, in so much room: another one in a wide window than in a narrow one, as each
/// keeps its width, be it the first or the person's own.
pub fn beside(name: &str, width: f32) -> egui::Id {
    let class = [700.0, 1100.0].iter().filter(|from| width >= **from);
    egui::Id::unique((name, class.count()))
}

/// By what a list is sorted, of what it can be sorted by; at the side where reading begins what is said of the list, and `more` that concerns it.
pub fn sort_bar(
    ui: &mut Ui,
    (list, orders, sort): (List, &[Order], Sort),
    phase: &Phase,
    about: &str,
    commands: &mut Commands,
    more: impl FnOnce(&mut Ui, &mut Commands),
) {
    /// Room for the name of an order, in points.
    const NAME: f32 = 76.0;
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        ui.set_height(32.0);
        ui.add_space(3.0 * UNIT);
        let to_come = match list {
            List::Articles => phase.is_working() && !phase.is_read(),
            _ => phase.is_comparing(),
        };
        let so_far = if to_come { " so far" } else { "" };
        let about = format!("{about}{so_far}");
        ui.add(Label::new(&about).size(theme::SMALL).color(theme.faint_ink));
        more(ui, commands);
        if ui.available_width() < NAME * orders.len() as f32 + 2.0 * UNIT {
            // The orders would fall off the edge.
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(2.0 * UNIT);
                order_menu(ui, (list, orders, sort), commands);
            });
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(2.0 * UNIT);
            ui.spacing_mut().item_spacing.x = UNIT / 2.0;
            for &by in orders.iter().rev() {
                let tab = ui.add(Tab::new(sort.by == by, &named(by, sort)).size(theme::SMALL));
                let tip = "Sort by this; click again to turn the order round";
                if crate::paint::tip(tab, tip).clicked() {
                    commands.send(Command::SetSort(list, turned(by, sort)));
                }
            }
        });
    });
    let line = ui.available_rect_before_wrap();
    ui.painter().hline(
        line.x_range(),
        line.min.y - 1.0,
        Stroke::new(1.0, theme.hairline),
    );
}

/// The orders as a menu.
fn order_menu(ui: &mut Ui, (list, orders, sort): (List, &[Order], Sort), commands: &mut Commands) {
    let label = format!("By {}", named(sort.by, sort).to_lowercase());
    let button = ui.add(Button::new(&label).quiet().size(theme::SMALL));
    egui::Popup::menu(&button).show(|menu| {
        for &by in orders {
            if menu_choice(menu, sort.by == by, &named(by, sort)) {
                commands.send(Command::SetSort(list, turned(by, sort)));
            }
        }
    });
}

/// An order with its direction, where it is the one that holds.
fn named(by: Order, sort: Sort) -> String {
    let arrow = match (sort.by == by, sort.reversed) {
        (false, _) => "",
        (true, false) => " ↓",
        (true, true) => " ↑",
    };
    format!("{}{arrow}", by.label())
}

/// What a click on an order makes of the sort.
fn turned(by: Order, sort: Sort) -> Sort {
    let reversed = sort.by == by && !sort.reversed;
    Sort { by, reversed }
}

/// Headline and advice of a list that is empty as the work was stopped.
pub const NOT_COMPARED: (&str, &str) = (
    "Not compared",
    "The work was stopped before the articles were compared. Go on to compare them.",
);

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

/// The rows of a list, `height` points each: only those in sight are laid out. `follow` is the row that has
/// to be in sight; `show` gets each row's number and place.
pub fn rows(
    ui: &mut Ui,
    name: &str,
    height: f32,
    count: usize,
    follow: Option<usize>,
    mut show: impl FnMut(&mut Ui, Rect, usize),
) {
    let mut area = ScrollArea::vertical().id_salt(name).auto_shrink(false);
    if let Some(row) = follow {
        area = area.vertical_scroll_offset(offset_for(ui, name, row, height));
    }
    let spacing = std::mem::take(&mut ui.spacing_mut().item_spacing.y);
    let shown = area.show_rows(ui, height, count, |ui, rows| {
        for row in rows {
            let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
            ui.allocate_rect(rect, Sense::hover());
            show(ui, rect, row);
        }
    });
    ui.spacing_mut().item_spacing.y = spacing;
    let (offset, visible) = (shown.state.clamped_offset().y, shown.inner_rect.height());
    remember(ui, name, offset, visible);
}

/// The scroll offset that brings a row into sight and moves no more than it must.
fn offset_for(ui: &Ui, list: &str, row: usize, height: f32) -> f32 {
    let (offset, visible): (f32, f32) = ui
        .data(|data| data.get_temp(ui.scope_id().with(list)))
        .unwrap_or((0.0, 400.0));
    let top = row as f32 * height;
    offset.min(top).max(top + height - visible)
}

/// Keeps where a list stands, for [`offset_for`].
fn remember(ui: &Ui, list: &str, offset: f32, visible: f32) {
    ui.data_mut(|data| data.insert_temp(ui.scope_id().with(list), (offset, visible)));
}
