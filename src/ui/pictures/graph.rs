//! The outlets around an ellipse, joined by what they share. Names stand outside in two even columns, so
//! that fifty can be read; lines are as thick as the words are many.

use egui::{
    Align2, Pos2, Rect, ScrollArea, Sense, Shape, Stroke, Ui, epaint::QuadraticBezierShape, vec2,
};

use super::super::command::Commands;
use super::super::phrasing::{group, plural};
use super::super::theme::{self, Theme};
use super::{Overview, caption};
use crate::paint::{Extent, TextStyle, Weight, measure, text_at};
use crate::view::{List, Matrix};

/// More nodes than this nobody reads.
const MOST: usize = 50;
/// Lines kept for each node, the strongest: the rest would hide them.
const LINES: usize = 4;
const ROW: f32 = 22.0;

/// Who stands next to whom. Made once for a matrix.
pub struct Places {
    /// Rows of the matrix in the order of their places: down the right side, then up the left.
    nodes: Vec<usize>,
    /// Rows of the matrix and the words between them, weakest first.
    lines: Vec<(usize, usize, u64)>,
}

impl Places {
    pub fn new(matrix: &Matrix) -> Self {
        let count = matrix.outlets.len().min(MOST);
        // Each next node is the one that shares most with the last: neighbours that belong together make
        // short lines.
        let mut nodes: Vec<usize> = Vec::new();
        let mut left: Vec<usize> = (0..count).collect();
        while !left.is_empty() {
            let next = match nodes.last() {
                None => 0,
                Some(&last) => {
                    let closest =
                        |at: &usize| (matrix.between(last, left[*at]), std::cmp::Reverse(*at));
                    (0..left.len()).max_by_key(closest).unwrap_or(0)
                }
            };
            nodes.push(left.remove(next));
        }
        let mut lines = std::collections::BTreeSet::new();
        for node in 0..count {
            let mut others: Vec<usize> = (0..count)
                .filter(|other| *other != node && matrix.between(node, *other) > 0)
                .collect();
            others.sort_by_key(|other| (std::cmp::Reverse(matrix.between(node, *other)), *other));
            lines.extend(
                others
                    .into_iter()
                    .take(LINES)
                    .map(|other| (node.min(other), node.max(other))),
            );
        }
        let mut lines: Vec<_> = lines
            .into_iter()
            .map(|(x, y)| (x, y, matrix.between(x, y)))
            .collect();
        lines.sort_by_key(|(x, y, words)| (*words, *x, *y));
        Self { nodes, lines }
    }
}

pub fn show(
    ui: &mut Ui,
    overview: Overview,
    matrix: &Matrix,
    places: &Places,
    commands: &mut Commands,
) {
    let theme = Theme::of(ui);
    let shown = places.nodes.len();
    let all = matrix.outlets.len() + matrix.left_out;
    let mut text =
        "Lines join outlets that share text: for each its strongest. Click one for the pairs."
            .to_owned();
    if all > shown {
        text = format!(
            "The {shown} outlets of {} that share most. {text}",
            group(all)
        );
    }
    caption(ui, &text);
    let room = ui.available_size();
    let height = (shown.div_ceil(2) as f32 * ROW + 60.0).max(room.y - 8.0);
    ScrollArea::vertical()
        .id_salt("graph")
        .auto_shrink(false)
        .show(ui, |ui| {
            let (rect, _) =
                ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
            let at = positions(rect, shown);
            let place = |row: usize| {
                places
                    .nodes
                    .iter()
                    .position(|node| *node == row)
                    .map(|i| at[i])
            };
            let most = places.lines.last().map_or(1, |line| line.2).max(1) as f32;
            let pointer = ui
                .input(|input| input.pointer.hover_pos())
                .filter(|p| ui.clip_rect().contains(*p));
            let curves: Vec<(usize, usize, u64, QuadraticBezierShape)> = places
                .lines
                .iter()
                .filter_map(|&(x, y, words)| {
                    let curve = curve(rect, place(x)?, place(y)?);
                    Some((x, y, words, curve))
                })
                .collect();
            let hovered = pointer.and_then(|pointer| nearest(&curves, pointer));
            for (at, (_, _, words, curve)) in curves.iter().enumerate() {
                let strength = (*words as f32 / most).sqrt();
                let color = match hovered {
                    Some(over) if over == at => theme.accent,
                    _ => {
                        super::matrix::blend(theme.paper, theme.copied.line, 0.25 + 0.7 * strength)
                    }
                };
                let mut curve = curve.clone();
                curve.stroke = Stroke::new(0.8 + 5.0 * strength, color).into();
                ui.painter().add(Shape::QuadraticBezier(curve));
            }
            for (i, &row) in places.nodes.iter().enumerate() {
                node(
                    ui,
                    overview,
                    matrix,
                    row,
                    at[i],
                    at[i].x >= rect.center().x,
                    commands,
                );
            }
            if let Some(over) = hovered {
                let (x, y, _, _) = curves[over];
                line(ui, overview, matrix, rect, (x, y), commands);
            }
        });
}

/// Down the right side and up the left, evenly, on an ellipse.
fn positions(rect: Rect, count: usize) -> Vec<Pos2> {
    let right = count.div_ceil(2);
    let half_height = rect.height() / 2.0 - 24.0;
    let half_width = (rect.width() / 2.0 - 210.0).clamp(60.0, 420.0);
    (0..count)
        .map(|at| {
            let (nth, of, side) = match at < right {
                true => (at, right, 1.0),
                false => (count - 1 - at, count - right, -1.0),
            };
            // Even steps from top to bottom; the ellipse says how far out.
            let y = ((nth as f32 + 0.5) / of as f32) * 2.0 - 1.0;
            let x = (1.0 - (y * 0.92).powi(2)).max(0.0).sqrt();
            rect.center() + vec2(side * x * half_width, y * half_height)
        })
        .collect()
}

fn curve(rect: Rect, from: Pos2, to: Pos2) -> QuadraticBezierShape {
    let middle = from.lerp(to, 0.5).lerp(rect.center(), 0.55);
    QuadraticBezierShape {
        points: [from, middle, to],
        closed: false,
        fill: egui::Color32::TRANSPARENT,
        stroke: Stroke::NONE.into(),
    }
}

/// The curve under the pointer, the strongest of several.
fn nearest(curves: &[(usize, usize, u64, QuadraticBezierShape)], pointer: Pos2) -> Option<usize> {
    const REACH: f32 = 5.0;
    (0..curves.len()).rev().find(|at| {
        let curve = &curves[*at].3;
        (2..=22).any(|step| curve.sample(step as f32 / 24.0).distance(pointer) < REACH)
    })
}

fn node(
    ui: &Ui,
    overview: Overview,
    matrix: &Matrix,
    row: usize,
    at: Pos2,
    right: bool,
    commands: &mut Commands,
) {
    let theme = Theme::of(ui);
    let name = overview.outlet(matrix.outlets[row]);
    let style = TextStyle::new(theme::BODY, theme.ink).weight(Weight::Medium);
    let width = measure(ui.ctx(), &style, Extent::LINE, name).x.min(190.0);
    let rect = match right {
        true => Rect::from_min_max(
            at - vec2(8.0, ROW / 2.0),
            at + vec2(14.0 + width, ROW / 2.0),
        ),
        false => Rect::from_min_max(
            at - vec2(14.0 + width, ROW / 2.0),
            at + vec2(8.0, ROW / 2.0),
        ),
    };
    let response = ui.interact(rect, ui.scope_id().with(("node", row)), Sense::click());
    let mut partners: Vec<usize> = (0..matrix.outlets.len())
        .filter(|other| *other != row && matrix.between(row, *other) > 0)
        .collect();
    partners.sort_by_key(|other| (std::cmp::Reverse(matrix.between(row, *other)), *other));
    let shares: u64 = partners
        .iter()
        .map(|other| matrix.between(row, *other))
        .sum();
    let told = || {
        let mut text = format!(
            "\u{2068}{name}\u{2069}\n{} shared with {}",
            plural(shares as usize, "word", "words"),
            plural(partners.len(), "outlet", "outlets")
        );
        for other in partners.iter().take(5) {
            let words = group(matrix.between(row, *other) as usize);
            let other = overview.outlet(matrix.outlets[*other]);
            text.push_str(&format!("\n{words} with \u{2068}{other}\u{2069}"));
        }
        text
    };
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, told().replace('\n', ", "))
    });
    let lit = response.hovered() || response.has_focus();
    let color = if lit { theme.accent } else { theme.ink };
    if lit {
        ui.painter().rect_filled(rect, 4, theme.hovered);
    }
    ui.painter().circle_filled(at, 4.5, color);
    let (anchor, from) = match right {
        true => (Align2::LEFT_CENTER, at + vec2(10.0, 0.0)),
        false => (Align2::RIGHT_CENTER, at - vec2(10.0, 0.0)),
    };
    text_at(ui.painter(), from, anchor, &style, name);
    let clicked = response.clicked();
    if response.hovered() {
        crate::paint::tip(response, &told());
    }
    if clicked {
        let outlet = overview.outlet_value(matrix.outlets[row]);
        overview.open_outlet(outlet, List::Pairs, commands);
    }
}

/// The line under the pointer says what it is, and leads to its pairs.
fn line(
    ui: &Ui,
    overview: Overview,
    matrix: &Matrix,
    rect: Rect,
    (x, y): (usize, usize),
    commands: &mut Commands,
) {
    let response = ui.interact(rect, ui.scope_id().with(("line", x, y)), Sense::click());
    let name = |row: usize| overview.outlet(matrix.outlets[row]);
    let words = |words: u64| group(words as usize);
    let (there, back) = (matrix.cell(x, y), matrix.cell(y, x));
    let text = format!(
        "\u{2068}{}\u{2069} and \u{2068}{}\u{2069}\n{} words, {} and {} where the order is known\nClick for the pairs",
        name(x),
        name(y),
        words(matrix.between(x, y)),
        words(there.words),
        words(back.words)
    );
    if response.clicked() {
        overview.open_pairs([matrix.outlets[x], matrix.outlets[y]], commands);
    }
    crate::paint::tip(response, &text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_names_stand_apart() {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(900.0, 25.0 * ROW + 60.0));
        let at = positions(rect, 50);
        for (i, one) in at.iter().enumerate() {
            for other in &at[i + 1..] {
                let same_side = (one.x >= rect.center().x) == (other.x >= rect.center().x);
                assert!(
                    !same_side || (one.y - other.y).abs() >= ROW - 2.0,
                    "{one:?} {other:?}"
                );
            }
        }
    }
}
