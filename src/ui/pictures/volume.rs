//! How much of what each outlet printed is copied, reworded or its own: in all, and over time.

use egui::{CornerRadius, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::super::command::{Command, Commands};
use super::super::phrasing::{group, plural};
use super::super::theme::{self, Theme};
use super::{Overview, caption};
use crate::paint::{Direction, TextAlign, TextStyle, Weight, text_in};
use crate::view::{Bin, Facet, List, Volume, Volumes, Words};

const ROW: f32 = 58.0;
const NAMES: f32 = 210.0;
const WHOLE: f32 = 172.0;

pub fn show(ui: &mut Ui, overview: Overview, volumes: &Volumes, commands: &mut Commands) {
    let span = match (volumes.bins.first(), volumes.bins.last()) {
        (Some(first), Some(last)) => format!(" Bars: {} to {}.", first.first, last.last),
        _ => String::new(),
    };
    caption(
        ui,
        &format!(
            "Words by outlet: copied below, reworded above it, own text on top.{span} Click for the articles."
        ),
    );
    ScrollArea::vertical()
        .id_salt("volumes")
        .auto_shrink(false)
        .show_rows(ui, ROW, volumes.rows.len(), |ui, rows| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for row in rows {
                let (rect, _) =
                    ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
                show_row(
                    ui,
                    rect,
                    overview,
                    &volumes.bins,
                    &volumes.rows[row],
                    commands,
                );
            }
        });
}

fn show_row(
    ui: &mut Ui,
    rect: Rect,
    overview: Overview,
    bins: &[Bin],
    row: &Volume,
    commands: &mut Commands,
) {
    let theme = Theme::of(ui);
    let name = row.outlet.as_deref().unwrap_or("Unknown outlet");
    let value = row.outlet.as_deref().map(str::to_owned);
    let head = Rect::from_min_size(rect.min, vec2(NAMES + WHOLE, ROW));
    let response = ui.interact(head, ui.scope_id().with(("volume", name)), Sense::click());
    let text = format!(
        "\u{2068}{name}\u{2069}\n{}\n{}",
        plural(row.articles as usize, "article", "articles"),
        told(row.all)
    );
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, text.replace('\n', ", "))
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(head, 0, theme.hovered);
    }
    let names = Rect::from_min_size(rect.min, vec2(NAMES, ROW)).shrink2(vec2(10.0, 8.0));
    let (top, below) = names.split_top_bottom_at_fraction(0.5);
    let right = |size, color| TextStyle::new(size, color).from_the_right();
    text_in(
        ui.painter(),
        top,
        &right(theme::BODY, theme.ink).weight(Weight::Medium),
        name,
    );
    let count = plural(row.articles as usize, "article", "articles");
    let ltr = TextStyle::new(11.5, theme.faint_ink)
        .align(TextAlign::Right)
        .direction(Direction::Ltr);
    text_in(ui.painter(), below, &ltr, &count);
    whole(
        ui,
        theme,
        Rect::from_min_size(pos2(rect.min.x + NAMES, rect.min.y), vec2(WHOLE, ROW)),
        row.all,
    );
    let clicked = response.clicked();
    crate::paint::tip(response, &text);
    if clicked {
        overview.open_outlet(value.clone(), List::Articles, commands);
    }
    let chart = Rect::from_min_max(
        pos2(rect.min.x + NAMES + WHOLE + 16.0, rect.min.y + 8.0),
        pos2(rect.max.x - 16.0, rect.max.y - 6.0),
    );
    over_time(ui, theme, chart, overview, bins, row, commands);
    ui.painter().hline(
        rect.x_range(),
        rect.max.y - 0.5,
        Stroke::new(1.0, theme.hairline),
    );
}

/// All words in one bar, with the share that is not the outlet's own.
fn whole(ui: &Ui, theme: &Theme, rect: Rect, words: Words) {
    let bar = Rect::from_center_size(
        rect.center() - vec2(0.0, 8.0),
        vec2(rect.width() - 16.0, 12.0),
    );
    ui.painter()
        .rect_filled(bar, CornerRadius::same(3), theme.hairline);
    let total = words.total().max(1) as f32;
    let (copied, reworded) = (words.copied as f32 / total, words.reworded as f32 / total);
    let part = |from: f32, to: f32| {
        Rect::from_x_y_ranges(
            bar.min.x + bar.width() * from..=bar.min.x + bar.width() * to,
            bar.y_range(),
        )
    };
    ui.painter()
        .rect_filled(part(0.0, copied), CornerRadius::same(3), theme.copied.line);
    ui.painter().rect_filled(
        part(copied, copied + reworded),
        CornerRadius::same(3),
        theme.reworded.line,
    );
    let style = TextStyle::new(11.5, theme.faint_ink)
        .direction(Direction::Ltr)
        .align(TextAlign::Left);
    let text = format!(
        "{:.0} % copied, {:.0} % reworded",
        copied * 100.0,
        reworded * 100.0
    );
    let below = Rect::from_min_max(
        pos2(bar.min.x, bar.max.y + 2.0),
        pos2(bar.max.x + 8.0, rect.max.y - 6.0),
    );
    text_in(ui.painter(), below, &style, &text);
}

fn over_time(
    ui: &Ui,
    theme: &Theme,
    rect: Rect,
    overview: Overview,
    bins: &[Bin],
    row: &Volume,
    commands: &mut Commands,
) {
    if bins.is_empty() || rect.width() < 20.0 {
        return;
    }
    let step = (rect.width() / bins.len() as f32).min(28.0);
    let tallest = row
        .bins
        .iter()
        .map(|bin| bin.total())
        .max()
        .unwrap_or(0)
        .max(1) as f32;
    let floor = rect.max.y;
    ui.painter().hline(
        rect.min.x..=rect.min.x + step * bins.len() as f32,
        floor,
        Stroke::new(1.0, theme.hairline),
    );
    for (at, words) in row
        .bins
        .iter()
        .enumerate()
        .filter(|(_, words)| words.total() > 0)
    {
        let x = rect.min.x + step * at as f32;
        let gap = if step > 4.0 { 1.0 } else { 0.0 };
        let mut y = floor;
        let mut stack = |count: u64, color| {
            let height = count as f32 / tallest * rect.height();
            let bar = Rect::from_min_max(
                pos2(x + gap, y - height),
                pos2(x + (step - gap).max(1.0), y),
            );
            ui.painter().rect_filled(bar, 0, color);
            y -= height;
        };
        stack(words.copied, theme.copied.line);
        stack(words.reworded, theme.reworded.line);
        stack(words.own, theme.faint_ink.gamma_multiply(0.45));
        let column = Rect::from_min_max(pos2(x, rect.min.y), pos2(x + step, floor));
        let name = row.outlet.as_deref().unwrap_or("Unknown outlet");
        let response = ui.interact(
            column,
            ui.scope_id().with(("bin", name, at)),
            Sense::click(),
        );
        let bin = bins[at];
        let when = if bin.first == bin.last {
            bin.first.to_string()
        } else {
            format!("{} to {}", bin.first, bin.last)
        };
        let text = format!("\u{2068}{name}\u{2069}, {when}\n{}", told(*words));
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Button, true, text.replace('\n', ", "))
        });
        if response.hovered() || response.has_focus() {
            ui.painter().rect_stroke(
                column,
                0,
                Stroke::new(1.0, theme.accent),
                StrokeKind::Outside,
            );
        }
        let clicked = response.clicked();
        if response.hovered() {
            crate::paint::tip(response, &text);
        }
        if clicked {
            let mut filter = overview.filter.clone();
            filter.choose(Facet::Outlet, [row.outlet.as_deref().map(str::to_owned)]);
            filter.days.range = Some((bin.first, bin.last));
            commands.send(Command::SetFilter(Box::new(filter)));
            commands.send(Command::ShowList(List::Articles));
        }
    }
}

pub(super) fn told(words: Words) -> String {
    format!(
        "{} words copied, {} reworded, {} own",
        group(words.copied as usize),
        group(words.reworded as usize),
        group(words.own as usize)
    )
}
