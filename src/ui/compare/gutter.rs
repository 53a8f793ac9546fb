//! Between the panes: bands that join the two sides of each passage, and their numbers.

use egui::{
    Color32, CornerRadius, Painter, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, pos2,
    vec2,
};

use crate::paint::{Direction, TextAlign, TextStyle, Weight, text_in};
use crate::reuse::PassageKind;
use crate::ui::phrasing::kind_name;
use crate::ui::theme::{Hue, Theme};
use crate::view::comparison::{Comparison, FIRST, SECOND};

/// Width of a number's badge; as much of the gutter at either side belongs to badges.
const BADGE: Vec2 = vec2(24.0, 20.0);
/// How far beyond the visible part a band's hidden end is drawn, in points.
const BEYOND: f32 = 60.0;

/// Shows bands and badges; returns the passage whose badge was clicked. `extents` holds top and bottom of
/// each passage in both panes, in points from the gutter's top.
pub fn show(
    ui: &mut Ui,
    theme: &Theme,
    rect: Rect,
    comparison: &Comparison,
    current: Option<usize>,
    extents: &[[[f32; 2]; 2]],
) -> Option<usize> {
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0, theme.chrome);
    let edge = Stroke::new(1.0, theme.hairline);
    painter.vline(rect.min.x, rect.y_range(), edge);
    painter.vline(rect.max.x, rect.y_range(), edge);
    let height = rect.height();
    let is_seen = |extent: [f32; 2]| extent[1] > 0.0 && extent[0] < height;
    // The current one last, above the others.
    let mut order: Vec<usize> = (0..extents.len()).collect();
    order.sort_by_key(|&i| current == Some(i));
    for &i in &order {
        let [first, second] = extents[i];
        if !is_seen(first) && !is_seen(second) {
            continue;
        }
        let hue = theme.hue(comparison.passages[i].kind);
        let is_current = current == Some(i);
        let clamp = |extent: [f32; 2]| {
            let place = |y: f32| rect.min.y + y.clamp(-BEYOND, height + BEYOND);
            (place(extent[0]), place(extent[1]))
        };
        let fill = if is_current { hue.changed } else { hue.kept };
        let stroke = Stroke::new(
            if is_current { 1.5 } else { 1.0 },
            if is_current {
                hue.line
            } else {
                hue.line.gamma_multiply(0.45)
            },
        );
        band(
            &painter,
            (rect.min.x, rect.max.x),
            clamp(second),
            clamp(first),
            fill,
            stroke,
        );
    }
    let mut chosen = None;
    for &i in &order {
        for pane in [SECOND, FIRST] {
            let [top, bottom] = extents[i][pane];
            if top >= height || bottom <= 0.0 {
                continue;
            }
            // While a passage is in sight so is its number, even when its first line is not.
            let y = rect.min.y + top.max(0.0).min((bottom - BADGE.y - 4.0).max(top)) + 4.0;
            let x = if pane == FIRST {
                rect.max.x - BADGE.x - 4.0
            } else {
                rect.min.x + 4.0
            };
            let badge_rect = Rect::from_min_size(pos2(x, y), BADGE);
            let passage = &comparison.passages[i];
            let id = ui.scope_id().with(("badge", pane, i));
            let response = ui.interact(badge_rect.intersect(rect), id, Sense::click());
            let side = super::header::side_name(pane);
            let name = format!(
                "Passage {}, {}, {} words, in the {side}",
                i + 1,
                kind_name(passage.kind),
                passage.words
            );
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            let look = Look {
                hue: theme.hue(passage.kind),
                full: current == Some(i),
                ring: response.hovered() || response.has_focus(),
            };
            badge(&painter, badge_rect, i + 1, passage.kind, look);
            let clicked = response.clicked();
            crate::paint::tip(
                response,
                &format!(
                    "{}. {} words, {}",
                    i + 1,
                    passage.words,
                    kind_name(passage.kind)
                ),
            );
            if clicked {
                chosen = Some(i);
            }
        }
    }
    chosen
}

/// A passage's number, as lists show it.
pub fn number(painter: &Painter, rect: Rect, number: usize, hue: Hue, kind: PassageKind) {
    badge(
        painter,
        rect,
        number,
        kind,
        Look {
            hue,
            full: false,
            ring: false,
        },
    );
}

struct Look {
    hue: Hue,
    full: bool,
    ring: bool,
}

/// A passage's number. Copied ones have round ends, reworded ones square ones and a tilde, so that the
/// hue is not the only cue.
fn badge(painter: &Painter, rect: Rect, number: usize, kind: PassageKind, look: Look) {
    let Look { hue, full, ring } = look;
    let (fill, ink) = if full {
        (hue.line, hue.on_line)
    } else {
        (hue.kept, hue.line)
    };
    let radius = CornerRadius::same(if kind == PassageKind::Copy { 10 } else { 3 });
    let stroke = Stroke::new(if ring { 2.0 } else { 1.0 }, hue.line);
    painter.rect(rect, radius, fill, stroke, StrokeKind::Inside);
    let text = match kind {
        PassageKind::Copy => number.to_string(),
        PassageKind::Reworded => format!("~{number}"),
    };
    let style = TextStyle::new(12.5, ink)
        .weight(Weight::Bold)
        .direction(Direction::Ltr)
        .align(TextAlign::Center);
    text_in(painter, rect, &style, &text);
}

/// A filled band from a stretch at the left to one at the right, with smooth edges.
pub fn band(
    painter: &Painter,
    x: (f32, f32),
    left: (f32, f32),
    right: (f32, f32),
    fill: Color32,
    stroke: Stroke,
) {
    const STEPS: usize = 24;
    let edge = |from: f32, to: f32| -> Vec<Pos2> {
        (0..=STEPS)
            .map(|step| {
                let t = step as f32 / STEPS as f32;
                let eased = t * t * (3.0 - 2.0 * t);
                pos2(x.0 + (x.1 - x.0) * t, from + (to - from) * eased)
            })
            .collect()
    };
    let (top, bottom) = (edge(left.0, right.0), edge(left.1, right.1));
    // Strips of quadrilaterals: the outline as a whole need not be convex.
    let mut mesh = egui::Mesh::default();
    for (above, below) in top.iter().zip(&bottom) {
        mesh.colored_vertex(*above, fill);
        mesh.colored_vertex(*below, fill);
    }
    for step in 0..STEPS as u32 {
        let i = step * 2;
        mesh.add_triangle(i, i + 1, i + 2);
        mesh.add_triangle(i + 1, i + 3, i + 2);
    }
    painter.add(Shape::mesh(mesh));
    if stroke.width > 0.0 {
        painter.add(Shape::line(top, stroke));
        painter.add(Shape::line(bottom, stroke));
    }
}
