//! Outlets or texts around an ellipse, joined by what they share. Names stand outside in two even columns, so
//! that fifty can be read; lines are as thick as the words are many.

use egui::{Pos2, Rect, ScrollArea, Sense, Shape, Stroke, Ui, epaint::QuadraticBezierShape, vec2};

use super::super::command::Commands;
use super::super::theme::{self, Theme};
use super::caption;
use crate::paint::{Extent, TextAlign, TextStyle, Weight, measure, text_in};

/// Lines kept for each node, the strongest: the rest would hide them.
const LINES: usize = 4;
const ROW: f32 = 22.0;

/// What is joined.
pub trait Subject {
    /// Nodes, at most [`crate::view::MOST_NODES`].
    fn len(&self) -> usize;
    /// Shared words; 0 where two nodes are not joined.
    fn between(&self, x: usize, y: usize) -> u64;
    /// What the picture says, in one line.
    fn caption(&self) -> String;
    fn name(&self, node: usize) -> String;
    fn told(&self, node: usize) -> String;
    fn told_of_line(&self, x: usize, y: usize) -> String;
    /// Where a click on a node leads.
    fn open(&self, node: usize, commands: &mut Commands);
    fn open_line(&self, x: usize, y: usize, commands: &mut Commands);
}

/// Who stands next to whom. Made once for a subject.
pub struct Places {
    /// Nodes in the order of their places: down the right side, then up the left.
    nodes: Vec<usize>,
    /// Joined nodes and the words between them, weakest first.
    lines: Vec<(usize, usize, u64)>,
}

impl Places {
    pub fn new(subject: &dyn Subject) -> Self {
        let count = subject.len();
        // Each next node is the one that shares most with the last: neighbours that belong together make
        // short lines.
        let mut nodes: Vec<usize> = Vec::new();
        let mut left: Vec<usize> = (0..count).collect();
        while !left.is_empty() {
            let next = match nodes.last() {
                None => 0,
                Some(&last) => {
                    let closest =
                        |at: &usize| (subject.between(last, left[*at]), std::cmp::Reverse(*at));
                    (0..left.len()).max_by_key(closest).unwrap_or(0)
                }
            };
            nodes.push(left.remove(next));
        }
        let mut lines = std::collections::BTreeSet::new();
        for node in 0..count {
            let mut others: Vec<usize> = (0..count)
                .filter(|other| *other != node && subject.between(node, *other) > 0)
                .collect();
            others.sort_by_key(|other| (std::cmp::Reverse(subject.between(node, *other)), *other));
            lines.extend(
                others
                    .into_iter()
                    .take(LINES)
                    .map(|other| (node.min(other), node.max(other))),
            );
        }
        let mut lines: Vec<_> = lines
            .into_iter()
            .map(|(x, y)| (x, y, subject.between(x, y)))
            .collect();
        lines.sort_by_key(|(x, y, words)| (*words, *x, *y));
        Self { nodes, lines }
    }
}

pub fn show(ui: &mut Ui, subject: &dyn Subject, places: &Places, commands: &mut Commands) {
    let theme = Theme::of(ui);
    let shown = places.nodes.len();
    caption(ui, &subject.caption());
    let room = ui.available_size();
    let height = (shown.div_ceil(2) as f32 * ROW + 60.0).max(room.y - 8.0);
    ScrollArea::vertical()
        .id_salt("graph")
        .auto_shrink(false)
        .show(ui, |ui| {
            let (rect, _) =
                ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
            let at = positions(rect, shown);
            let mut place = vec![rect.center(); shown];
            for (at, node) in at.iter().zip(&places.nodes) {
                place[*node] = *at;
            }
            let most = places.lines.last().map_or(1, |line| line.2).max(1) as f32;
            let pointer = ui
                .input(|input| input.pointer.hover_pos())
                .filter(|p| ui.clip_rect().contains(*p));
            let curves: Vec<(usize, usize, u64, QuadraticBezierShape)> = places
                .lines
                .iter()
                .map(|&(x, y, words)| (x, y, words, curve(rect, place[x], place[y])))
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
            for (at, &node) in at.iter().zip(&places.nodes) {
                show_node(ui, subject, rect, node, *at, commands);
            }
            if let Some(over) = hovered {
                let (x, y, _, _) = curves[over];
                line(ui, subject, rect, (x, y), commands);
            }
        });
}

/// The widest a name gets.
const NAME: f32 = 190.0;

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

fn show_node(
    ui: &Ui,
    subject: &dyn Subject,
    whole: Rect,
    node: usize,
    at: Pos2,
    commands: &mut Commands,
) {
    let theme = Theme::of(ui);
    let right = at.x >= whole.center().x;
    let name = subject.name(node);
    let align = if right {
        TextAlign::Left
    } else {
        TextAlign::Right
    };
    let style = TextStyle::new(theme::BODY, theme.ink)
        .weight(Weight::Medium)
        .align(align);
    // As far as the edge, however narrow the window is.
    let room = match right {
        true => whole.max.x - at.x - 14.0,
        false => at.x - whole.min.x - 14.0,
    };
    let wanted = measure(ui.ctx(), &style, Extent::LINE, &name).x;
    let width = wanted.min(NAME).min(room.max(20.0));
    let half = ROW / 2.0;
    let label = match right {
        true => Rect::from_x_y_ranges(at.x + 10.0..=at.x + 10.0 + width, at.y - half..=at.y + half),
        false => {
            Rect::from_x_y_ranges(at.x - 10.0 - width..=at.x - 10.0, at.y - half..=at.y + half)
        }
    };
    let rect = label.union(Rect::from_center_size(at, vec2(16.0, ROW)));
    let response = ui.interact(rect, ui.scope_id().with(("node", node)), Sense::click());
    response.widget_info(|| {
        let told = subject.told(node).replace('\n', ", ");
        egui::WidgetInfo::labeled(egui::Role::Button, true, told)
    });
    let lit = response.hovered() || response.has_focus();
    let color = if lit { theme.accent } else { theme.ink };
    if lit {
        ui.painter().rect_filled(rect, 4, theme.hovered);
    }
    ui.painter().circle_filled(at, 4.5, color);
    text_in(ui.painter(), label, &style, &name);
    let clicked = response.clicked();
    if response.hovered() {
        crate::paint::tip(response, &subject.told(node));
    }
    if clicked {
        subject.open(node, commands);
    }
}

/// The line under the pointer says what it is, and leads to its pairs.
fn line(
    ui: &Ui,
    subject: &dyn Subject,
    rect: Rect,
    (x, y): (usize, usize),
    commands: &mut Commands,
) {
    let response = ui.interact(rect, ui.scope_id().with(("line", x, y)), Sense::click());
    if response.clicked() {
        subject.open_line(x, y, commands);
    }
    crate::paint::tip(response, &subject.told_of_line(x, y));
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
