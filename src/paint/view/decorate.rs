//! Painting decorations: fills, outlines and underlines, so that overlapping ones can all be seen.

use std::{f32::consts::TAU, ops::Range};

use egui::{Color32, Context, Shape, Stroke, StrokeKind, pos2, vec2};

use super::{Band, Decoration, Underline, draw::Placed};
use crate::paint::engine::{Ink, engine};

/// How many decorations of a kind are told apart where they overlap.
const LEVELS: usize = 3;

impl Placed<'_> {
    /// Paints decorations, given bottom first; `light` is whether the letters are lighter than their
    /// ground.
    pub fn decorate(
        &self,
        ctx: &Context,
        under: &mut Ink,
        marks: &mut Vec<Shape>,
        decorations: &[&Decoration],
        light: bool,
    ) {
        let fills = |band| {
            let filled = decorations.iter().filter(move |d| d.band == band);
            filled.filter_map(|d| Some((d.range.clone(), d.fill?)))
        };
        let lines: Vec<(Range<usize>, Color32)> = fills(Band::Line).collect();
        self.fill_joints(ctx, under, &lines, light);
        for (range, color) in stretches(&lines, light) {
            for (_, rect) in self.rects(&range, Band::Line) {
                engine(ctx).lock().fill(ctx, under, rect, color);
            }
        }
        let letters: Vec<(Range<usize>, Color32)> = fills(Band::Letters).collect();
        for (level, (range, color)) in levels(letters, |(range, _)| range) {
            for (_, rect) in self.rects(&range, Band::Letters) {
                let rect = rect.shrink2(vec2(0.0, 2.5 * level as f32));
                engine(ctx).lock().fill(ctx, under, rect, color);
            }
        }
        let outlined: Vec<&Decoration> = with(decorations, |d| d.outline.is_some());
        for (level, decoration) in levels(outlined, |d| &d.range) {
            let Some(color) = decoration.outline else {
                continue;
            };
            for (_, rect) in self.rects(&decoration.range, decoration.band) {
                let inset = 2.0 * level as f32;
                let rect = rect.expand2(vec2(1.0 - inset, -inset));
                marks.push(Shape::Rect(egui::epaint::RectShape::stroke(
                    rect,
                    3.0,
                    Stroke::new(1.0, color),
                    StrokeKind::Inside,
                )));
            }
        }
        let underlined: Vec<&Decoration> = with(decorations, |d| d.underline.is_some());
        for (level, decoration) in levels(underlined, |d| &d.range) {
            if let Some((style, color)) = decoration.underline {
                self.underline(marks, decoration, style, color, level);
            }
        }
    }

    /// The rooms between this paragraph and the next one that filled lines go on through.
    fn fill_joints(
        &self,
        ctx: &Context,
        under: &mut Ink,
        fills: &[(Range<usize>, Color32)],
        light: bool,
    ) {
        let mut below = None;
        for (range, color) in fills {
            if let Some(joint) = self.joint(range) {
                let color = below.map_or(*color, |below| deeper(below, *color, light));
                engine(ctx).lock().fill(ctx, under, joint, color);
                below = Some(color);
            }
        }
    }

    fn underline(
        &self,
        marks: &mut Vec<Shape>,
        decoration: &Decoration,
        style: Underline,
        color: Color32,
        level: usize,
    ) {
        let size = self.layout.font_size;
        for (nth, rect) in self.rects(&decoration.range, decoration.band) {
            let line = &self.layout.lines[nth];
            let below = 0.42 * size + level as f32 * (size / 6.0).max(3.0);
            let y = (line.baseline + below).min(line.top + line.height - 2.0);
            underline(marks, style, color, rect.x_range(), self.origin.y + y, size);
        }
    }
}

fn with<'d>(all: &[&'d Decoration], has: impl Fn(&Decoration) -> bool) -> Vec<&'d Decoration> {
    all.iter().copied().filter(|d| has(d)).collect()
}

/// Each of `all` with how many before it reach into its range, up to [`LEVELS`].
fn levels<D>(all: Vec<D>, range: impl Fn(&D) -> &Range<usize>) -> Vec<(usize, D)> {
    let mut open: Vec<(usize, Range<usize>)> = Vec::new();
    let mut found = Vec::with_capacity(all.len());
    for one in all {
        let own = range(&one).clone();
        let taken: Vec<usize> = open
            .iter()
            .filter(|(_, r)| r.start < own.end && own.start < r.end)
            .map(|(level, _)| *level)
            .collect();
        let level = (0..LEVELS - 1)
            .find(|level| !taken.contains(level))
            .unwrap_or(LEVELS - 1);
        open.push((level, own));
        found.push((level, one));
    }
    found
}

/// Cuts overlapping ranges, bottom first, into stretches that are covered alike, each in its colour.
fn stretches(ranges: &[(Range<usize>, Color32)], light: bool) -> Vec<(Range<usize>, Color32)> {
    let apart = ranges.windows(2).all(|two| two[0].0.end <= two[1].0.start);
    if apart {
        return ranges.to_vec();
    }
    let mut cuts: Vec<usize> = ranges.iter().flat_map(|(r, _)| [r.start, r.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let color_at = |byte: usize| {
        let covering = ranges.iter().filter(|(range, _)| range.contains(&byte));
        let colors = covering.map(|(_, color)| *color);
        colors.reduce(|below, above| deeper(below, above, light))
    };
    cuts.windows(2)
        .filter_map(|cut| Some((cut[0]..cut[1], color_at(cut[0])?)))
        .collect()
}

/// What two fills look like on each other: darker than both under dark letters, a little lighter than
/// both under light ones, so that the letters stay readable.
fn deeper(below: Color32, above: Color32, light: bool) -> Color32 {
    if !below.is_opaque() || !above.is_opaque() {
        return below.blend(above);
    }
    let channel = |x: u8, y: u8| {
        let (x, y) = (u32::from(x), u32::from(y));
        match light {
            false => (x * y / 255) as u8,
            // Half of the way to the two laid over each other like light.
            true => ((x.max(y) + (x + y - x * y / 255)) / 2).min(255) as u8,
        }
    };
    let ([a, b, c, _], [d, e, f, _]) = (below.to_array(), above.to_array());
    Color32::from_rgb(channel(a, d), channel(b, e), channel(c, f))
}

/// A line under letters, in one of the styles that can be told apart without colour.
fn underline(
    marks: &mut Vec<Shape>,
    style: Underline,
    color: Color32,
    x: egui::Rangef,
    y: f32,
    size: f32,
) {
    let thick = (size / 12.0).clamp(1.0, 2.5);
    let stroke = Stroke::new(thick, color);
    let ends = vec![pos2(x.min, y), pos2(x.max, y)];
    match style {
        Underline::Solid => marks.push(Shape::line(ends, stroke)),
        Underline::Dotted => {
            marks.extend(Shape::dotted_line(&ends, color, thick * 2.4, thick * 0.75))
        }
        Underline::Dashed => {
            marks.extend(Shape::dashed_line(&ends, stroke, thick * 3.5, thick * 2.5));
        }
        Underline::Wavy => {
            let (period, swing) = (thick * 5.0, thick * 1.1);
            let steps = ((x.span() / period * 8.0).ceil() as usize).clamp(2, 4_000);
            let wave = (0..=steps).map(|step| {
                let at = x.min + x.span() * step as f32 / steps as f32;
                pos2(at, y + ((at - x.min) / period * TAU).sin() * swing)
            });
            marks.push(Shape::line(wave.collect(), stroke));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_two_fills_overlap_a_third_colour_shows_both() {
        let (a, b) = (
            Color32::from_rgb(250, 230, 180),
            Color32::from_rgb(180, 220, 250),
        );
        let cut = stretches(&[(0..10, a), (6..20, b), (30..40, a)], false);
        let ranges: Vec<_> = cut.iter().map(|(range, _)| range.clone()).collect();
        assert_eq!(ranges, [0..6, 6..10, 10..20, 30..40]);
        assert_eq!((cut[0].1, cut[2].1, cut[3].1), (a, b, a));
        assert!(cut[1].1 != a && cut[1].1 != b);
        // The same colour twice is seen too, in light and dark.
        for light in [false, true] {
            let twice = stretches(&[(0..10, a), (6..20, a)], light);
            assert_ne!(twice[1].1, a);
        }
    }

    #[test]
    fn what_overlaps_stands_on_different_levels() {
        let level = |ranges: &[Range<usize>]| {
            let found = levels(ranges.to_vec(), |range| range);
            found
                .into_iter()
                .map(|(level, _)| level)
                .collect::<Vec<_>>()
        };
        assert_eq!(level(&[0..5, 5..9, 12..20]), [0, 0, 0]);
        assert_eq!(level(&[0..9, 2..5, 4..12, 20..30]), [0, 1, 2, 0]);
        assert_eq!(level(&[0..9, 0..9, 0..9, 0..9]), [0, 1, 2, 2]);
    }
}
