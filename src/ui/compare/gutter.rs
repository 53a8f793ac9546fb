//! Between the panes: bands that join the two sides of each passage, and their numbers.
//!
//! Where one side of a passage is off the screen its band ends as a rounded stub with an arrow to the
//! other side (as Meld does it). Bands of passages that are not current let others show through, and
//! every band's edge is drawn above all fills, so that crossing ones can be followed.

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
/// From one badge to the next below it, at least.
const BADGE_STEP: f32 = BADGE.y + 2.0;
/// How far beyond the visible part a band's hidden end is drawn, in points.
const BEYOND: f32 = 60.0;
/// Width of a stub as a share of the gutter.
const STUB: f32 = 0.46;

/// What the gutter shows.
pub struct Gutter<'a> {
    pub comparison: &'a Comparison,
    pub current: Option<usize>,
    /// Top and bottom of each passage in both panes, in points from the gutter's top.
    pub extents: &'a [[[f32; 2]; 2]],
}

/// Shows bands and badges; returns the passage that was clicked.
pub fn show(ui: &mut Ui, theme: &Theme, rect: Rect, gutter: &Gutter) -> Option<usize> {
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0, theme.chrome);
    let edge = Stroke::new(1.0, theme.hairline);
    painter.vline(rect.min.x, rect.y_range(), edge);
    painter.vline(rect.max.x, rect.y_range(), edge);
    let height = rect.height();
    let is_seen = |[top, bottom]: [f32; 2]| bottom > 0.0 && top < height;
    // Longer ones first, so that a passage within another is not hidden; the current one above all.
    let length = |i: usize| {
        let [first, second] = gutter.extents[i];
        (first[1] - first[0]).max(second[1] - second[0])
    };
    let mut order: Vec<usize> = (0..gutter.extents.len())
        .filter(|&i| gutter.extents[i].into_iter().any(is_seen))
        .collect();
    order.sort_by(|&x, &y| {
        let is_current = |i| gutter.current == Some(i);
        is_current(x)
            .cmp(&is_current(y))
            .then(length(y).total_cmp(&length(x)))
    });
    let mut edges = Vec::new();
    for &i in &order {
        let hue = theme.hue(gutter.comparison.passages[i].kind);
        let is_current = gutter.current == Some(i);
        let fill = if is_current {
            hue.kept
        } else {
            hue.kept.gamma_multiply(0.55)
        };
        let stroke = match is_current {
            true => Stroke::new(2.0, hue.line),
            false => Stroke::new(1.0, hue.line.gamma_multiply(0.55)),
        };
        join(&painter, rect, gutter.extents[i], fill, stroke, &mut edges);
    }
    painter.extend(edges);
    badges(ui, theme, &painter, rect, gutter, &order)
}

/// One passage's band, or the stub of the side that is on the screen; its outline goes to `edges`.
fn join(
    painter: &Painter,
    rect: Rect,
    [first, second]: [[f32; 2]; 2],
    fill: Color32,
    stroke: Stroke,
    edges: &mut Vec<Shape>,
) {
    let height = rect.height();
    let place = |y: f32| rect.min.y + y.clamp(-BEYOND, height + BEYOND);
    let (at_right, at_left) = (first.map(place), second.map(place));
    let hidden = |[top, bottom]: [f32; 2]| match (bottom <= 0.0, top >= height) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    };
    match (hidden(first), hidden(second)) {
        (None, None) => {
            let x = (rect.min.x, rect.max.x);
            let (left, right) = ((at_left[0], at_left[1]), (at_right[0], at_right[1]));
            edges.extend(band(painter, x, left, right, fill, stroke));
        }
        (None, Some(above)) => stub(painter, rect, at_right, true, above, (fill, stroke), edges),
        (Some(above), None) => stub(painter, rect, at_left, false, above, (fill, stroke), edges),
        (Some(_), Some(_)) => {}
    }
}

/// The end of a band whose other side is above or below what is shown.
fn stub(
    painter: &Painter,
    rect: Rect,
    [top, bottom]: [f32; 2],
    right: bool,
    above: bool,
    (fill, stroke): (Color32, Stroke),
    edges: &mut Vec<Shape>,
) {
    let width = rect.width() * STUB;
    let x = match right {
        true => rect.max.x - width..=rect.max.x + 8.0,
        false => rect.min.x - 8.0..=rect.min.x + width,
    };
    let area = Rect::from_x_y_ranges(x, top..=bottom.max(top + 6.0));
    let radius = (area.height() / 2.0).min(14.0) as u8;
    painter.rect_filled(area, CornerRadius::same(radius), fill);
    edges.push(Shape::Rect(egui::epaint::RectShape::stroke(
        area,
        CornerRadius::same(radius),
        stroke,
        StrokeKind::Inside,
    )));
    // The arrow stands below the badge, or in the middle of a stub that has no room for both.
    let seen = area.intersect(rect);
    let x = if right {
        area.min.x + width * 0.5
    } else {
        area.max.x - width * 0.5
    };
    let y = (seen.min.y + BADGE.y + 14.0)
        .min(seen.max.y - 8.0)
        .max(seen.center().y.min(seen.min.y + 8.0));
    let (tip, base) = if above { (-4.5, 2.5) } else { (4.5, -2.5) };
    edges.push(Shape::convex_polygon(
        vec![
            pos2(x, y + tip),
            pos2(x + 4.0, y + base),
            pos2(x - 4.0, y + base),
        ],
        stroke.color.to_opaque(),
        Stroke::NONE,
    ));
}

/// The numbers at both sides; they give way to one another, so that every passage can be reached.
fn badges(
    ui: &Ui,
    theme: &Theme,
    painter: &Painter,
    rect: Rect,
    gutter: &Gutter,
    order: &[usize],
) -> Option<usize> {
    let height = rect.height();
    let mut chosen = None;
    for pane in [SECOND, FIRST] {
        let mut wanted: Vec<(usize, f32)> = order
            .iter()
            .map(|&i| (i, gutter.extents[i][pane]))
            .filter(|(_, [top, bottom])| *bottom > 0.0 && *top < height)
            // While a passage is in sight so is its number, even when its first line is not.
            .map(|(i, [top, bottom])| {
                let y = top.max(0.0).min((bottom - BADGE.y - 4.0).max(top)) + 4.0;
                (i, y)
            })
            .collect();
        spread(&mut wanted, height);
        for (i, y) in wanted {
            let x = if pane == FIRST {
                rect.max.x - BADGE.x - 4.0
            } else {
                rect.min.x + 4.0
            };
            let badge_rect = Rect::from_min_size(pos2(x, rect.min.y + y), BADGE);
            let passage = &gutter.comparison.passages[i];
            let id = ui.scope_id().with(("badge", pane, i));
            let response = ui.interact(badge_rect.intersect(rect), id, Sense::click());
            let name = format!(
                "Passage {}, {}, {} words, in the {}",
                i + 1,
                kind_name(passage.kind),
                passage.words,
                super::header::side_name(pane)
            );
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            let look = Look {
                hue: theme.hue(passage.kind),
                full: gutter.current == Some(i),
                ring: response.hovered() || response.has_focus(),
            };
            badge(painter, badge_rect, i + 1, passage.kind, look);
            if response.clicked() {
                chosen = Some(i);
            }
            let words = format!(
                "{}. {} words, {}",
                i + 1,
                passage.words,
                kind_name(passage.kind)
            );
            crate::paint::tip(response, &words);
        }
    }
    chosen
}

/// Moves badges apart, downwards first; where the foot of the gutter is reached, upwards. `wanted` holds
/// passages with where their badges would stand.
fn spread(wanted: &mut [(usize, f32)], height: f32) {
    wanted.sort_by(|x, y| x.1.total_cmp(&y.1).then(x.0.cmp(&y.0)));
    let mut free = f32::MIN;
    for (_, y) in wanted.iter_mut() {
        *y = y.max(free);
        free = *y + BADGE_STEP;
    }
    let mut limit = height - BADGE.y;
    for (_, y) in wanted.iter_mut().rev() {
        *y = y.min(limit);
        limit = *y - BADGE_STEP;
    }
}

/// A passage's number, as lists show it.
pub fn number(painter: &Painter, rect: Rect, number: usize, hue: Hue, kind: PassageKind) {
    let look = Look {
        hue,
        full: false,
        ring: false,
    };
    badge(painter, rect, number, kind, look);
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
    let text = match kind {
        PassageKind::Copy => number.to_string(),
        PassageKind::Reworded => format!("~{number}"),
    };
    // Four signs are wider than the badge.
    let size = if text.len() > 3 { 9.5 } else { 12.5 };
    painter.rect(rect, radius, fill, stroke, StrokeKind::Inside);
    let style = TextStyle::new(size, ink)
        .weight(Weight::Bold)
        .direction(Direction::Ltr)
        .align(TextAlign::Center);
    text_in(painter, rect, &style, &text);
}

/// A filled band from a stretch at the left to one at the right, with smooth edges; returns its edges.
pub fn band(
    painter: &Painter,
    x: (f32, f32),
    left: (f32, f32),
    right: (f32, f32),
    fill: Color32,
    stroke: Stroke,
) -> [Shape; 2] {
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
    [Shape::line(top, stroke), Shape::line(bottom, stroke)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_badge_hides_another_while_there_is_room(tops in prop::collection::vec(0f32..600.0, 0..20)) {
            let mut wanted: Vec<(usize, f32)> = tops.into_iter().enumerate().collect();
            spread(&mut wanted, 640.0);
            for pair in wanted.windows(2) {
                prop_assert!(pair[1].1 - pair[0].1 >= BADGE_STEP - 0.01);
            }
            prop_assert!(wanted.iter().all(|(_, y)| *y >= -0.01 && *y <= 620.01));
        }
    }
}
