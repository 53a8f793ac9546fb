//! The pictures' numbers as tables, most first.

use egui::{Rect, ScrollArea, Sense, Stroke, Ui, pos2, vec2};

use super::super::command::{Command, Commands};
use super::super::phrasing::{facts, group, title};
use super::super::theme::{self, Theme};
use super::{Overview, matrix, volume};
use crate::paint::{Direction, TextAlign, TextStyle, Weight, text_in};
use crate::view::{List, Matrix, TextGraph, Volumes};

const ROW: f32 = 30.0;
const NUMBER: f32 = 110.0;

pub fn of_outlets(ui: &mut Ui, overview: Overview, numbers: &Matrix, commands: &mut Commands) {
    let rows = &numbers.filled;
    head(
        ui,
        &[
            "Printed first",
            "Printed later",
            "Words",
            "Order unknown",
            "Pairs",
        ],
        2,
    );
    ScrollArea::vertical()
        .id_salt("outlets-table")
        .auto_shrink(false)
        .show_rows(ui, ROW, rows.len(), |ui, range| {
            for &(row, column) in &rows[range] {
                let cell = numbers.cell(row, column);
                let outlets = [numbers.outlets[row], numbers.outlets[column]];
                let names = outlets.map(|id| overview.outlet(id).to_owned());
                let counts = [
                    group(cell.words as usize),
                    group(cell.unordered as usize),
                    group(cell.pairs as usize),
                ];
                let told = matrix::describe(overview, numbers, row, column);
                if show_row(ui, &names, &counts, &told) {
                    overview.open_pairs(outlets, commands);
                }
            }
        });
}

pub fn of_texts(ui: &mut Ui, overview: Overview, graph: &TextGraph, commands: &mut Commands) {
    let rows = graph.joined();
    head(ui, &["One text", "The other", "Shared words"], 2);
    let name = |node: usize| {
        let article = &overview.articles[graph.nodes[node].article as usize];
        format!("{} · {}", title(article), facts(article))
    };
    ScrollArea::vertical()
        .id_salt("texts-table")
        .auto_shrink(false)
        .show_rows(ui, ROW, rows.len(), |ui, range| {
            for &(x, y, link) in &rows[range] {
                let names = [name(x), name(y)];
                let words = group(link.words as usize);
                let told = format!("{} and {}, {words} shared words", names[0], names[1]);
                if show_row(ui, &names, &[words], &told) {
                    commands.send(Command::OpenPair(link.pair));
                }
            }
        });
}

pub fn of_volumes(ui: &mut Ui, overview: Overview, volumes: &Volumes, commands: &mut Commands) {
    head(
        ui,
        &["Outlet", "Articles", "Words", "Copied", "Reworded", "Own"],
        1,
    );
    ScrollArea::vertical()
        .id_salt("volumes-table")
        .auto_shrink(false)
        .show_rows(ui, ROW, volumes.rows.len(), |ui, range| {
            for row in &volumes.rows[range] {
                let name = row.outlet.as_deref().unwrap_or("Unknown outlet").to_owned();
                let counts = [
                    group(row.articles as usize),
                    group(row.all.total() as usize),
                    group(row.all.copied as usize),
                    group(row.all.reworded as usize),
                    group(row.all.own as usize),
                ];
                let told = format!("\u{2068}{name}\u{2069}, {}", volume::told(row.all));
                if show_row(ui, &[name], &counts, &told) {
                    let outlet = row.outlet.as_deref().map(str::to_owned);
                    overview.open_outlet(outlet, List::Articles, commands);
                }
            }
        });
}

/// Where the columns stand: names share what numbers leave.
fn columns(rect: Rect, names: usize, numbers: usize) -> Vec<Rect> {
    let number = NUMBER.min(rect.width() * 0.6 / numbers.max(1) as f32);
    let name = (rect.width() - number * numbers as f32) / names as f32;
    let mut x = rect.min.x;
    (0..names + numbers)
        .map(|at| {
            let width = if at < names { name } else { number };
            let column = Rect::from_min_max(pos2(x, rect.min.y), pos2(x + width, rect.max.y));
            x += width;
            column.shrink2(vec2(10.0, 0.0))
        })
        .collect()
}

fn head(ui: &mut Ui, titles: &[&str], names: usize) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let style = TextStyle::new(theme::SMALL, theme.faint_ink)
        .weight(Weight::Bold)
        .align(TextAlign::Right)
        .direction(Direction::Ltr);
    for (column, title) in columns(rect, names, titles.len() - names)
        .into_iter()
        .zip(titles)
    {
        text_in(ui.painter(), column, &style, title);
    }
    ui.painter()
        .hline(rect.x_range(), rect.max.y, Stroke::new(1.0, theme.hairline));
}

/// True where the row was clicked.
fn show_row(ui: &mut Ui, names: &[String], numbers: &[String], told: &str) -> bool {
    let theme = Theme::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, told.replace('\n', ", "))
    });
    super::super::list::background(ui, rect, false, response.hovered(), response.has_focus());
    let places = columns(rect, names.len(), numbers.len());
    let right = |direction, color| {
        TextStyle::new(theme::BODY, color)
            .align(TextAlign::Right)
            .direction(direction)
    };
    for (place, name) in places.iter().zip(names) {
        text_in(
            ui.painter(),
            *place,
            &right(Direction::Rtl, theme.ink),
            name,
        );
    }
    for (place, number) in places[names.len()..].iter().zip(numbers) {
        text_in(
            ui.painter(),
            *place,
            &right(Direction::Ltr, theme.ink),
            number,
        );
    }
    response.clicked()
}
