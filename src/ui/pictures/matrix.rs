//! Outlet by outlet: the row printed first, the column later; the darker, the more words they share.

use egui::{
    Align2, Color32, CornerRadius, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::super::command::Commands;
use super::super::phrasing::{group, plural};
use super::super::theme::{self, Theme};
use super::{Overview, caption};
use crate::paint::{Direction, TextAlign, TextStyle, Weight, text_at, text_in};
use crate::view::{Cell, Matrix};

/// Cells of a small matrix are larger than those of a large one.
const CELLS: std::ops::RangeInclusive<f32> = 26.0..=44.0;
const NAMES: f32 = 190.0;
const HEAD: f32 = 24.0;

pub fn show(ui: &mut Ui, overview: Overview, matrix: &Matrix, commands: &mut Commands) {
    let theme = Theme::of(ui);
    caption(
        ui,
        "The row printed first, the column later. A dot: words of the same day, or of an unknown one. Click for the pairs.",
    );
    let count = matrix.outlets.len();
    let room = ui.available_size() - vec2(NAMES + 40.0, HEAD + 40.0);
    let fits = room.min_elem() / count.max(1) as f32;
    let cell_side = fits.floor().clamp(*CELLS.start(), *CELLS.end());
    let side = count as f32 * cell_side;
    ScrollArea::both()
        .id_salt("matrix")
        .auto_shrink(false)
        .show(ui, |ui| {
            let (whole, _) = ui.allocate_exact_size(
                vec2(NAMES + side + 24.0, HEAD + side + 24.0),
                Sense::hover(),
            );
            let clip = ui.clip_rect();
            let origin = pos2(whole.min.x + NAMES, whole.min.y + HEAD);
            let seen = |from: f32, to: f32, start: f32| {
                let first = ((from - start) / cell_side).floor().max(0.0) as usize;
                let last = ((to - start) / cell_side).ceil().max(0.0) as usize;
                first.min(count)..last.min(count)
            };
            let (rows, columns) = (
                seen(clip.min.y, clip.max.y, origin.y),
                seen(clip.min.x, clip.max.x, origin.x),
            );
            let largest = matrix.largest as f32;
            for row in rows.clone() {
                for column in columns.clone() {
                    let cell = matrix.cell(row, column);
                    let at = pos2(
                        origin.x + column as f32 * cell_side,
                        origin.y + row as f32 * cell_side,
                    );
                    let rect = Rect::from_min_size(at, vec2(cell_side, cell_side)).shrink(1.0);
                    paint_cell(ui, theme, rect, cell, row == column, largest);
                    if cell.pairs > 0 {
                        interact(ui, overview, matrix, rect, (row, column), commands);
                    }
                }
            }
            // Names and numbers stay in sight while the cells scroll under them.
            let left = clip.min.x.max(whole.min.x);
            let names =
                Rect::from_min_max(pos2(left, whole.min.y), pos2(left + NAMES, whole.max.y));
            ui.painter().rect_filled(names, 0, theme.paper);
            for row in rows {
                let y = origin.y + row as f32 * cell_side;
                let rect = Rect::from_min_max(
                    pos2(left + 8.0, y),
                    pos2(left + NAMES - 8.0, y + cell_side),
                );
                let style = TextStyle::new(theme::SMALL, theme.ink)
                    .direction(Direction::Rtl)
                    .align(TextAlign::Right);
                let name = format!(
                    "{} \u{2068}{}\u{2069}",
                    row + 1,
                    overview.outlet(matrix.outlets[row])
                );
                text_in(ui.painter(), rect, &style, &name);
            }
            let top = clip.min.y.max(whole.min.y);
            let head = Rect::from_min_max(pos2(left + NAMES, top), pos2(whole.max.x, top + HEAD));
            ui.painter().rect_filled(head, 0, theme.paper);
            for column in columns {
                let x = origin.x + (column as f32 + 0.5) * cell_side;
                if x > left + NAMES {
                    let style = TextStyle::new(11.5, theme.faint_ink).direction(Direction::Ltr);
                    let at = pos2(x, top + HEAD / 2.0);
                    text_at(
                        ui.painter(),
                        at,
                        Align2::CENTER_CENTER,
                        &style,
                        &(column + 1).to_string(),
                    );
                }
            }
            let corner = Rect::from_min_size(pos2(left, top), vec2(NAMES, HEAD));
            ui.painter().rect_filled(corner, 0, theme.paper);
            let style = TextStyle::new(11.5, theme.faint_ink)
                .direction(Direction::Ltr)
                .align(TextAlign::Right)
                .weight(Weight::Medium);
            let text = match matrix.left_out {
                0 => "first ↓   later →".to_owned(),
                some => format!("{} more left out", group(some)),
            };
            text_in(ui.painter(), corner.shrink2(vec2(8.0, 0.0)), &style, &text);
        });
}

fn paint_cell(ui: &Ui, theme: &Theme, rect: Rect, cell: Cell, diagonal: bool, largest: f32) {
    let radius = CornerRadius::same(3);
    let ground = if diagonal { theme.hovered } else { theme.paper };
    ui.painter().rect(
        rect,
        radius,
        ground,
        Stroke::new(1.0, theme.hairline),
        StrokeKind::Inside,
    );
    // The root keeps small numbers visible beside large ones.
    let strength = |words: u64| (words as f32 / largest).min(1.0).sqrt();
    if cell.words > 0 {
        let fill = blend(
            ground,
            theme.copied.line,
            0.15 + 0.85 * strength(cell.words),
        );
        ui.painter().rect_filled(rect, radius, fill);
    }
    if cell.unordered > 0 {
        let radius = 1.5 + rect.width() * 0.24 * strength(cell.unordered);
        ui.painter().circle(
            rect.center(),
            radius,
            theme.reworded.changed,
            Stroke::new(1.0, theme.reworded.line),
        );
    }
}

pub(super) fn blend(from: Color32, to: Color32, share: f32) -> Color32 {
    let mix = |x: u8, y: u8| (f32::from(x) + (f32::from(y) - f32::from(x)) * share).round() as u8;
    Color32::from_rgb(
        mix(from.r(), to.r()),
        mix(from.g(), to.g()),
        mix(from.b(), to.b()),
    )
}

fn interact(
    ui: &Ui,
    overview: Overview,
    matrix: &Matrix,
    rect: Rect,
    (row, column): (usize, usize),
    commands: &mut Commands,
) {
    let response = ui.interact(rect, ui.scope_id().with((row, column)), Sense::click());
    let text = describe(overview, matrix, row, column);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, text.replace('\n', ", "))
    });
    if response.hovered() || response.has_focus() {
        let stroke = Stroke::new(2.0, Theme::of(ui).accent);
        ui.painter()
            .rect_stroke(rect, CornerRadius::same(3), stroke, StrokeKind::Outside);
    }
    let clicked = response.clicked();
    crate::paint::tip(response, &text);
    if clicked {
        overview.open_pairs([matrix.outlets[row], matrix.outlets[column]], commands);
    }
}

/// What a cell says, in words.
pub(super) fn describe(overview: Overview, matrix: &Matrix, row: usize, column: usize) -> String {
    let cell = matrix.cell(row, column);
    let name = |at: usize| format!("\u{2068}{}\u{2069}", overview.outlet(matrix.outlets[at]));
    let who = if row == column {
        format!("{} with itself", name(row))
    } else {
        format!("{} first, {} later", name(row), name(column))
    };
    let words = |words: u64| plural(words as usize, "word", "words");
    let mut text = format!("{who}\n{}", words(cell.words));
    if cell.unordered > 0 {
        text.push_str(&format!(
            "\n{} in an order that is not known",
            words(cell.unordered)
        ));
    }
    text.push_str(&format!(
        "\n{} of the two",
        plural(cell.pairs as usize, "pair", "pairs")
    ));
    text
}
