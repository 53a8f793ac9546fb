//! The side panel: outlets with counts, days as a histogram, *unknown* in each, and which side of a pair
//! the choice is about. A click filters at once.

use egui::{ScrollArea, Ui};

use super::command::{Act, Command, Commands};
use super::days;
use super::phrasing::{group, plural};
use super::theme::{self, Theme, UNIT};
use crate::paint::{Button, Checkbox, Direction, Label, Tab, TextField};
use crate::text;
use crate::view::{Board, Filter, OutletCount, Sides};

/// From this many outlets on there is a field to look for one.
const MANY: usize = 10;

pub fn show(
    ui: &mut Ui,
    board: &Board,
    filter: &Filter,
    find: &mut String,
    commands: &mut Commands,
) {
    let theme = Theme::of(ui);
    ui.add_space(2.0 * UNIT);
    shown(ui, theme, board, filter, commands);
    ui.add_space(3.0 * UNIT);
    heading(ui, theme, "Published", None);
    days::show(ui, &board.days, filter.days, commands);
    ui.add_space(4.0 * UNIT);
    heading(ui, theme, "Pairs with", None);
    ui.horizontal(|ui| {
        let choices = [
            (
                Sides::Either,
                "One side in the selection",
                "Who shares text with the chosen outlets and days?",
            ),
            (
                Sides::Both,
                "Both sides",
                "What do the chosen outlets and days share among themselves?",
            ),
        ];
        ui.spacing_mut().item_spacing.x = UNIT;
        for (sides, label, explanation) in choices {
            let tab = ui.add(Tab::new(filter.sides == sides, label).size(theme::SMALL));
            if crate::paint::tip(tab, explanation).clicked() {
                commands.send(Command::SetSides(sides));
            }
        }
    });
    ui.add_space(4.0 * UNIT);
    let known = board
        .outlets
        .iter()
        .filter(|outlet| outlet.name.is_some())
        .count();
    heading(ui, theme, "Outlets", Some(known));
    if board.outlets.len() > MANY {
        let width = ui.available_width();
        TextField::new(find, "Find an outlet")
            .id(find_id())
            .hint("Find an outlet")
            .width(width)
            .show(ui);
        ui.add_space(UNIT);
    }
    let wanted = if board.outlets.len() > MANY {
        text::fold(find.trim()).text().to_owned()
    } else {
        String::new()
    };
    ScrollArea::vertical()
        .id_salt("outlets")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let mut none = true;
            for outlet in board
                .outlets
                .iter()
                .filter(|outlet| is_wanted(outlet, &wanted))
            {
                none = false;
                row(ui, outlet, commands);
            }
            if none && !wanted.is_empty() {
                ui.add(
                    Label::new("No outlet of that name")
                        .size(theme::SMALL)
                        .color(theme.faint_ink),
                );
            }
        });
}

/// The field to look for an outlet, for those who have to know whether a person is typing in it.
pub fn find_id() -> egui::Id {
    egui::Id::unique("find-outlet")
}

/// How many of how many are shown, and the way back to all.
fn shown(ui: &mut Ui, theme: &Theme, board: &Board, filter: &Filter, commands: &mut Commands) {
    ui.horizontal(|ui| {
        ui.set_height(26.0);
        let text = if filter.is_active() {
            format!(
                "{} of {} articles",
                group(board.articles.len()),
                group(board.total_articles)
            )
        } else {
            plural(board.total_articles, "article", "articles")
        };
        ui.add(Label::new(&text).strong().color(theme.ink));
        if filter.is_active() {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let tip = Act::ClearFilter.tooltip(ui.ctx());
                if ui
                    .add(
                        Button::new(Act::ClearFilter.label())
                            .size(theme::SMALL)
                            .tooltip(&tip),
                    )
                    .clicked()
                {
                    commands.act(Act::ClearFilter);
                }
            });
        }
    });
}

fn heading(ui: &mut Ui, theme: &Theme, text: &str, count: Option<usize>) {
    ui.horizontal(|ui| {
        ui.add(
            Label::new(text)
                .size(theme::SMALL)
                .strong()
                .color(theme.faint_ink),
        );
        if let Some(count) = count {
            ui.add(
                Label::new(&group(count))
                    .size(theme::SMALL)
                    .color(theme.faint_ink),
            );
        }
    });
}

fn row(ui: &mut Ui, outlet: &OutletCount, commands: &mut Commands) {
    let mut chosen = outlet.chosen;
    let name = outlet.name.as_deref().unwrap_or("Unknown");
    let count = group(outlet.count);
    let response = ui.push_id(&outlet.name, |ui| {
        // One layout for all rows, so that boxes and counts stand below one another.
        ui.add(
            Checkbox::new(&mut chosen, name)
                .direction(Direction::Ltr)
                .trailing(&count)
                .full_width(),
        )
    });
    if response.inner.clicked() {
        commands.send(Command::ToggleOutlet(outlet.name.clone()));
    }
}

fn is_wanted(outlet: &OutletCount, wanted: &str) -> bool {
    wanted.is_empty()
        || outlet.chosen
        || outlet
            .name
            .as_deref()
            .is_some_and(|name| text::fold(name).text().contains(wanted))
}
