//! One family over time: a lane for each outlet, the undated in a lane of their own at the foot, and a line
//! from each article to the earlier one that it shares most with.

use std::collections::BTreeMap;

use egui::{
    Pos2, Rect, ScrollArea, Sense, Shape, Stroke, Ui, Vec2, epaint::CubicBezierShape, pos2, vec2,
};
use jiff::civil::Date;

use super::super::known::facts;
use super::super::phrasing::title;
use super::super::theme::{self, Theme};
use super::{Choice, FamilyList};
use crate::paint::{Direction, TextAlign, TextStyle, Weight, text_in};
use crate::view::{FamilyFacts, Follow, Timeline};

pub const LANE: f32 = 28.0;
const NAMES: f32 = 170.0;
const AXIS: f32 = 26.0;
const DOT: f32 = 6.0;
/// More lines than this say nothing.
const LINES: usize = 400;

pub fn show(
    ui: &mut Ui,
    list: &FamilyList,
    timeline: &Timeline,
    dots: &mut Dots,
    family: &FamilyFacts,
    picked: u32,
) -> Option<Choice> {
    let theme = Theme::of(ui);
    let lanes = timeline.lanes.len();
    let whole = lanes + usize::from(!timeline.undated.is_empty());
    let height = AXIS + whole as f32 * LANE + 8.0;
    let mut choice = None;
    ScrollArea::vertical()
        .id_salt("timeline")
        .auto_shrink(false)
        .show(ui, |ui| {
            let (rect, _) = ui.allocate_exact_size(
                vec2(
                    ui.available_width(),
                    height.max(ui.available_height() - 2.0),
                ),
                Sense::hover(),
            );
            let corner = rect.min.to_vec2();
            let lane = |nth: usize| lane(rect.width(), nth).translate(corner);
            let axis = axis(rect.width()).translate(corner);
            ticks(ui, theme, axis, timeline, rect.max.y);
            dots.lay(timeline, rect.width());
            for (nth, one) in timeline.lanes.iter().enumerate() {
                name(
                    ui,
                    theme,
                    lane(nth),
                    one.outlet.as_deref().unwrap_or("Unknown outlet"),
                );
            }
            if !timeline.undated.is_empty() {
                name(ui, theme, lane(lanes), "No date");
            }
            follows(ui, theme, dots, corner, picked);
            for (nth, dots) in dots.lanes.iter().enumerate() {
                if ui.is_rect_visible(lane(nth)) {
                    for &(article, at) in dots {
                        let at = at + corner;
                        choice =
                            dot(ui, list, timeline, family, article, at, picked).or(choice.take());
                    }
                }
            }
        });
    choice
}

/// The middle of a day's column, in points.
fn x_of(timeline: &Timeline, axis: Rect, day: Date) -> f32 {
    let first = timeline.days.map_or(day, |(first, _)| first);
    let after = (day.duration_since(first).as_hours() / 24) as f32;
    axis.min.x + (after + 0.5) * column(timeline, axis)
}

/// Width of a day, in points.
fn column(timeline: &Timeline, axis: Rect) -> f32 {
    axis.width() / (days(timeline) + 1) as f32
}

/// Days from the first to the last.
fn days(timeline: &Timeline) -> i64 {
    timeline.days.map_or(0, |(first, last)| {
        last.duration_since(first).as_hours() / 24
    })
}

/// The days' line along the top of a picture of this width.
fn axis(width: f32) -> Rect {
    Rect::from_min_max(pos2(NAMES, 0.0), pos2(width - 24.0, AXIS))
}

fn lane(width: f32, nth: usize) -> Rect {
    Rect::from_min_size(pos2(0.0, AXIS + nth as f32 * LANE), vec2(width, LANE))
}

/// Where everything stands, from the corner of the picture: the same from frame to frame, as long as that is as
/// wide.
#[derive(Default)]
pub struct Dots {
    width: f32,
    /// Each lane's articles from left to right; the undated last.
    lanes: Vec<Vec<(u32, Pos2)>>,
    /// From the earlier article to the later.
    lines: Vec<(Follow, [Pos2; 2])>,
}

impl Dots {
    /// Several of one lane and day stand side by side.
    fn lay(&mut self, timeline: &Timeline, width: f32) {
        const STEP: f32 = DOT * 1.6;
        if self.width == width {
            return;
        }
        let (axis, lanes) = (axis(width), timeline.lanes.len());
        self.width = width;
        self.lanes = vec![Vec::new(); lanes + 1];
        for (nth, (one, dots)) in timeline.lanes.iter().zip(&mut self.lanes).enumerate() {
            let y = lane(width, nth).center().y;
            for group in one.articles.chunk_by(|x, y| x.0 == y.0) {
                // All of a day stay in its column, however many there are.
                let room = (column(timeline, axis) * 0.86).max(1.0);
                let step = (room / group.len() as f32).min(STEP);
                let from = x_of(timeline, axis, group[0].0) - step * (group.len() - 1) as f32 / 2.0;
                let placed = group.iter().enumerate();
                dots.extend(placed.map(|(at, (_, id))| (*id, pos2(from + step * at as f32, y))));
            }
        }
        let foot = lane(width, lanes).center().y;
        let step = (axis.width() / timeline.undated.len().max(1) as f32).min(STEP * 1.4);
        let undated = timeline.undated.iter().enumerate();
        let undated = undated.map(|(at, id)| (*id, pos2(axis.min.x + step * at as f32, foot)));
        self.lanes[lanes] = undated.collect();
        let places: BTreeMap<u32, Pos2> = self.lanes.iter().flatten().copied().collect();
        let follows = timeline.follows.iter().take(LINES);
        let line = |follow: &Follow| {
            let ends = [follow.earlier, follow.later].map(|id| places.get(&id).copied());
            let [Some(from), Some(to)] = ends else {
                return None;
            };
            Some((*follow, [from, to]))
        };
        self.lines = follows.filter_map(line).collect();
    }
}

fn name(ui: &Ui, theme: &Theme, lane: Rect, name: &str) {
    if !ui.is_rect_visible(lane) {
        return;
    }
    let rect = Rect::from_min_size(lane.min, vec2(NAMES - 24.0, LANE)).translate(vec2(8.0, 0.0));
    let style = TextStyle::new(theme::SMALL, theme.ink)
        .weight(Weight::Medium)
        .align(TextAlign::Right);
    text_in(ui.painter(), rect, &style, name);
    let stroke = Stroke::new(1.0, theme.hairline);
    ui.painter().hline(
        lane.min.x + NAMES - 10.0..=lane.max.x - 8.0,
        lane.center().y,
        stroke,
    );
}

/// Days along the top: the first, the last, and as many between as there is room for.
fn ticks(ui: &Ui, theme: &Theme, axis: Rect, timeline: &Timeline, foot: f32) {
    let Some((first, last)) = timeline.days else {
        return;
    };
    const ROOM: f32 = 92.0;
    let days = days(timeline);
    let column = column(timeline, axis);
    let step = ((ROOM / column).ceil() as i64).max(1);
    let style = TextStyle::new(11.5, theme.faint_ink)
        .direction(Direction::Ltr)
        .align(TextAlign::Center);
    for after in (0..=days).step_by(step as usize) {
        let day = first
            .checked_add(jiff::Span::new().days(after))
            .unwrap_or(last);
        let x = x_of(timeline, axis, day);
        let middle = x.clamp(axis.min.x, (axis.max.x - 20.0).max(axis.min.x));
        let rect = Rect::from_center_size(pos2(middle, axis.center().y), vec2(ROOM, AXIS));
        text_in(ui.painter(), rect, &style, &day.to_string());
        ui.painter()
            .vline(x, axis.max.y..=foot, Stroke::new(1.0, theme.hairline));
    }
}

fn follows(ui: &Ui, theme: &Theme, dots: &Dots, corner: Vec2, picked: u32) {
    for (follow, ends) in &dots.lines {
        let [from, to] = ends.map(|end| end + corner);
        if !ui
            .clip_rect()
            .intersects(Rect::from_two_pos(from, to).expand(2.0))
        {
            continue;
        }
        let lit = follow.earlier == picked || follow.later == picked;
        // Many lines are a haze in which only the picked article's can be followed.
        let haze = if dots.lines.len() > 60 { 0.18 } else { 0.5 };
        let stroke = match lit {
            true => Stroke::new(2.0, theme.accent),
            false => Stroke::new(1.0, theme.faint_ink.gamma_multiply(haze)),
        };
        let bend = vec2(((to.x - from.x) / 2.0).max(14.0), 0.0);
        ui.painter().add(Shape::CubicBezier(CubicBezierShape {
            points: [from, from + bend, to - bend, to],
            closed: false,
            fill: egui::Color32::TRANSPARENT,
            stroke: stroke.into(),
        }));
    }
}

/// Filled where the text is nearly the representative's, hollow where it is another's.
fn dot(
    ui: &Ui,
    list: &FamilyList,
    timeline: &Timeline,
    family: &FamilyFacts,
    article: u32,
    at: Pos2,
    picked: u32,
) -> Option<Choice> {
    let theme = Theme::of(ui);
    let rect = Rect::from_center_size(at, vec2(DOT * 1.6, LANE));
    let response = ui.interact(rect, ui.scope_id().with(("dot", article)), Sense::click());
    let like = &list.tables.links.like;
    let same = like[article as usize] == like[family.representative as usize];
    let follow = timeline.follow_of(article);
    let lit = article == picked;
    let told = || {
        let text = &list.articles[article as usize];
        let mut told = format!("{}\n{}", title(text), facts(text));
        if article == family.representative {
            told.push_str("\nShares most with the others");
        } else if same {
            told.push_str("\nNearly the same as the representative");
        }
        if let Some(follow) = follow {
            let earlier = &list.articles[follow.earlier as usize];
            let words = list.tables.pairs.0[follow.pair as usize].words;
            told.push_str(&format!(
                "\nOf the earlier ones it shares most with {}: {words} words",
                facts(earlier)
            ));
        }
        told
    };
    response.widget_info(|| {
        let name = told().replace('\n', ", ");
        egui::WidgetInfo::selected(egui::Role::Button, true, lit, name)
    });
    let color = if lit { theme.accent } else { theme.copied.line };
    let radius = if lit || response.hovered() {
        DOT
    } else {
        DOT * 0.8
    };
    if same {
        ui.painter().circle_filled(at, radius, color);
    } else {
        ui.painter()
            .circle(at, radius - 1.0, theme.paper, Stroke::new(2.0, color));
    }
    if lit || response.has_focus() {
        ui.painter()
            .circle_stroke(at, radius + 2.5, Stroke::new(1.5, theme.accent));
    }
    let choice = if response.double_clicked() {
        follow.map(|follow| Choice::Compare([follow.earlier, article]))
    } else {
        response.clicked().then_some(Choice::Read(article))
    };
    if response.hovered() {
        let text = format!(
            "{}\nClick to read, twice to compare with the earlier",
            told()
        );
        crate::paint::tip(response, &text);
    }
    choice
}
