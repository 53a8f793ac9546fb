//! The comparison: two whole articles side by side, level at the passage that they share.
//!
//! The data is `view::comparison`, the scrolling `view::level`; here they meet the screen. The first
//! article stands at the right, where an Arabic reader begins. Layout from left to right:
//! ruler, second article, gutter with bands, first article, ruler.

mod gutter;
mod header;
mod legend;
mod marks;
mod ruler;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Rect, Ui, pos2};

use super::command::{Act, Commands};
use super::theme::{Theme, UNIT};
use crate::article::{Article, Span};
use crate::paint::{Decoration, Direction, Face, TextView, ViewStyle};
use crate::reuse::EditKind;
use crate::view::comparison::{Comparison, FIRST, SECOND};
use crate::view::level::{Frame, Position, Station, Track};

pub use gutter::band;
pub use header::{evidence, title};
pub use marks::kind_name;

const RULER: f32 = 14.0;
const GUTTER: f32 = 76.0;
/// Where passages come level, as a share of the pane's height.
const SYNC: f32 = 0.18;
/// Seconds that a step to another passage takes.
const GLIDE: f64 = 0.22;

/// A pair on the screen.
pub struct CompareView {
    pub pair: u32,
    pub comparison: Comparison,
    articles: [Arc<Article>; 2],
    views: [TextView; 2],
    /// The passage that is current, by index.
    current: Option<usize>,
    position: Position,
    linked: bool,
    /// Scroll of each pane, in points.
    scroll: [f32; 2],
    glide: Option<Glide>,
    /// Kinds of edit that are not marked.
    hidden: BTreeSet<EditKind>,
    hovered: Option<(usize, usize)>,
    /// What is painted, with what it was made for.
    decorations: Option<(marks::Key, [Vec<Decoration>; 2])>,
    /// True until the first passage has been brought level.
    fresh: bool,
    /// Height and sync line of the panes in the last frame, in points.
    frame: (f32, f32),
}

/// A movement under way.
struct Glide {
    from: [f32; 2],
    since: f64,
}

/// How articles are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    pub face: Face,
    /// In points.
    pub size: f32,
}

/// Where the pair stands in the list.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub row: usize,
    pub rows: usize,
}

impl CompareView {
    pub fn new(
        pair: u32,
        comparison: Comparison,
        articles: [Arc<Article>; 2],
        setting: Setting,
    ) -> Self {
        let views =
            [FIRST, SECOND].map(|pane| TextView::new(articles[pane].text.clone(), style(setting)));
        Self {
            pair,
            current: (!comparison.passages.is_empty()).then_some(0),
            comparison,
            articles,
            views,
            position: Position::default(),
            linked: true,
            scroll: [0.0; 2],
            glide: None,
            hidden: BTreeSet::new(),
            hovered: None,
            decorations: None,
            fresh: true,
            frame: (0.0, 0.0),
        }
    }

    /// True while one of the texts has the keyboard.
    pub fn has_focus(&self, ctx: &egui::Context) -> bool {
        self.views.iter().any(|view| view.has_focus(ctx))
    }

    pub fn current(&self) -> Option<usize> {
        self.current
    }

    pub fn is_linked(&self) -> bool {
        self.linked
    }

    pub fn set(&mut self, setting: Setting) {
        for view in &mut self.views {
            view.set_style(style(setting));
        }
    }

    pub fn swap_sides(&mut self, setting: Setting) {
        let passage = self.current.map(|i| self.comparison.passages[i].clone());
        let mut swapped = Self::new(
            self.pair,
            self.comparison.clone().swapped(),
            [self.articles[SECOND].clone(), self.articles[FIRST].clone()],
            setting,
        );
        // The passage that was current stays current under its new number.
        if let Some(passage) = passage {
            let same = |spans: [Span; 2]| spans == [passage.spans[SECOND], passage.spans[FIRST]];
            swapped.current = swapped
                .comparison
                .passages
                .iter()
                .position(|p| same(p.spans))
                .or(swapped.current);
        }
        swapped.linked = self.linked;
        swapped.hidden.clone_from(&self.hidden);
        *self = swapped;
    }

    pub fn toggle_link(&mut self, ctx: &egui::Context) {
        self.linked = !self.linked;
        if self.linked {
            let (_, sync) = self.frame;
            let track = self.track(ctx);
            self.position = track.locate(FIRST, self.scroll[FIRST] + sync);
            self.begin_glide(ctx);
        }
    }

    /// Steps by one passage; beyond the ends it stays.
    pub fn step(&mut self, ctx: &egui::Context, onward: bool) {
        let last = self.comparison.passages.len().checked_sub(1);
        let next = match (self.current, onward) {
            (Some(i), true) => Some((i + 1).min(last.unwrap_or(0))),
            (Some(i), false) => Some(i.saturating_sub(1)),
            (None, _) => last.map(|_| 0),
        };
        if let Some(next) = next {
            self.go_to(ctx, next);
        }
    }

    /// Brings a passage level on both sides.
    pub fn go_to(&mut self, ctx: &egui::Context, passage: usize) {
        if passage >= self.comparison.passages.len() {
            return;
        }
        self.current = Some(passage);
        let track = self.track(ctx);
        if let Some(position) = track.at(passage) {
            self.position = position;
        }
        self.begin_glide(ctx);
    }

    /// Scrolls by points, both panes while they are linked.
    pub fn scroll_by(&mut self, ctx: &egui::Context, points: f32) {
        self.glide = None;
        if self.linked {
            let track = self.track(ctx);
            self.position = track.moved(self.position, points);
        } else {
            for scroll in &mut self.scroll {
                *scroll += points;
            }
        }
    }

    /// Scrolls by visible heights.
    pub fn scroll_pages(&mut self, ctx: &egui::Context, pages: f32) {
        self.scroll_by(ctx, self.frame.0 * pages);
    }

    fn begin_glide(&mut self, ctx: &egui::Context) {
        self.glide = Some(Glide {
            from: self.scroll,
            since: ctx.input(|input| input.time),
        });
        ctx.request_repaint();
    }

    /// The track for the layout as it stands now. Cheap once the passages' paragraphs are shaped.
    fn track(&mut self, ctx: &egui::Context) -> Track {
        let (visible, sync) = self.frame;
        let line = self.views.each_ref().map(|view| view.line_height());
        let stations: Vec<Station> = self
            .comparison
            .passages
            .iter()
            .map(|passage| {
                let [first, second] = [FIRST, SECOND].map(|pane| {
                    let span = passage.spans[pane];
                    let view = &mut self.views[pane];
                    let top = view.y_of(ctx, span.start as usize);
                    let last = (span.end as usize)
                        .saturating_sub(1)
                        .max(span.start as usize);
                    [top, view.y_of(ctx, last).max(top) + line[pane]]
                });
                Station {
                    first,
                    second,
                    weight: passage.words,
                }
            })
            .collect();
        let frame = Frame {
            first: self.views[FIRST].height(),
            second: self.views[SECOND].height(),
            visible,
            sync,
        };
        Track::new(&stations, frame, self.current)
    }

    pub fn show(&mut self, ui: &mut Ui, place: Place, commands: &mut Commands) {
        let theme = Theme::of(ui);
        egui::Panel::top("compare-header")
            .frame(
                egui::Frame::new()
                    .fill(theme.chrome)
                    .inner_margin(egui::Margin::symmetric(12, 6)),
            )
            .show_separator_line(false)
            .show(ui, |ui| header::bar(ui, self, place, commands));
        egui::Panel::bottom("compare-legend")
            .frame(
                egui::Frame::new()
                    .fill(theme.chrome)
                    .inner_margin(egui::Margin::symmetric(12, 6)),
            )
            .show_separator_line(false)
            .show(ui, |ui| {
                legend::show(ui, &self.comparison, &mut self.hidden)
            });
        egui::CentralPanel::no_frame().show(ui, |ui| self.body(ui, theme, commands));
    }

    fn body(&mut self, ui: &mut Ui, theme: &'static Theme, commands: &mut Commands) {
        let whole = ui.available_rect_before_wrap();
        ui.painter().rect_filled(whole, 0, theme.paper);
        let (head, below) = whole.split_top_bottom_at_y(whole.min.y + header::PANE_HEIGHT);
        let middle = whole.center().x;
        let left =
            Rect::from_x_y_ranges(whole.min.x + RULER..=middle - GUTTER / 2.0, below.y_range());
        let right =
            Rect::from_x_y_ranges(middle + GUTTER / 2.0..=whole.max.x - RULER, below.y_range());
        // Indexed by pane: the first article is at the right.
        let panes = [right, left];
        for (pane, rect) in panes.into_iter().enumerate() {
            let rect = Rect::from_x_y_ranges(rect.x_range(), head.y_range());
            header::pane(ui, rect, &self.articles[pane], pane, &self.comparison);
        }
        ui.painter().hline(
            whole.x_range(),
            head.max.y,
            egui::Stroke::new(1.0, theme.hairline),
        );
        self.frame = (below.height(), (below.height() * SYNC).round());
        for pane in [FIRST, SECOND] {
            self.views[pane].prepare(ui.ctx(), panes[pane].width());
        }
        let track = self.track(ui.ctx());
        if std::mem::take(&mut self.fresh) {
            self.position = self.current.and_then(|i| track.at(i)).unwrap_or_default();
            if self.current.is_none() {
                self.scroll = [0.0; 2];
            }
        }
        self.wheel(ui, &track, below, panes);
        self.settle(ui, &track);
        self.texts(ui, theme, panes, &track);
        let gutter = Rect::from_x_y_ranges(left.max.x..=right.min.x, below.y_range());
        let extents = self.extents(ui.ctx());
        let chosen = gutter::show(ui, theme, gutter, &self.comparison, self.current, &extents);
        if let Some(passage) = chosen {
            self.go_to(ui.ctx(), passage);
        }
        for pane in [FIRST, SECOND] {
            let x = if pane == FIRST {
                whole.max.x - RULER..=whole.max.x
            } else {
                whole.min.x..=whole.min.x + RULER
            };
            let rect = Rect::from_x_y_ranges(x, below.y_range());
            self.rule(ui, theme, rect, pane, &track);
        }
        if self.comparison.passages.is_empty() {
            // Reached only when detection and the list disagree; still no dead end.
            commands.act(Act::Back);
        }
    }

    /// Wheel and touchpad: along the track while linked, the pane under the pointer otherwise.
    fn wheel(&mut self, ui: &Ui, track: &Track, area: Rect, panes: [Rect; 2]) {
        let (pointer, delta) =
            ui.input(|input| (input.pointer.hover_pos(), input.smooth_scroll_delta().y));
        let Some(pointer) = pointer.filter(|pointer| area.contains(*pointer) && delta != 0.0)
        else {
            return;
        };
        if ui
            .ctx()
            .layer_id_at(pointer)
            .is_some_and(|layer| layer != ui.layer_id())
        {
            return;
        }
        self.glide = None;
        if self.linked {
            self.position = track.moved(self.position, -delta);
            return;
        }
        let over = panes.iter().position(|pane| pane.contains(pointer));
        for pane in [FIRST, SECOND] {
            if over.is_none_or(|over| over == pane) {
                self.scroll[pane] -= delta;
            }
        }
    }

    /// Works out where both panes stand in this frame.
    fn settle(&mut self, ui: &Ui, track: &Track) {
        let moving = self.linked || self.glide.is_some();
        if moving {
            let goal = track.scroll(self.position);
            let time = ui.input(|input| input.time);
            let way = self
                .glide
                .as_ref()
                .map_or(1.0, |glide| ((time - glide.since) / GLIDE).clamp(0.0, 1.0));
            if let Some(glide) = self.glide.as_ref().filter(|_| way < 1.0) {
                let eased = (1.0 - (1.0 - way).powi(3)) as f32;
                self.scroll =
                    [0, 1].map(|pane| glide.from[pane] + (goal[pane] - glide.from[pane]) * eased);
                ui.ctx().request_repaint();
            } else {
                self.glide = None;
                self.scroll = goal;
            }
        }
        // On their own, panes still go as far beyond the ends as linked ones do.
        let (visible, sync) = self.frame;
        for pane in [FIRST, SECOND] {
            let height = self.views[pane].height();
            let farthest = (height - sync - self.views[pane].line_height()).max(height - visible);
            self.scroll[pane] = self.scroll[pane].clamp(-sync, farthest.max(0.0));
        }
    }

    fn texts(&mut self, ui: &mut Ui, theme: &'static Theme, panes: [Rect; 2], track: &Track) {
        let key = marks::Key {
            dark: ui.visuals().dark_mode,
            current: self.current,
            hovered: self.hovered,
            hidden: self.hidden.clone(),
        };
        if self
            .decorations
            .as_ref()
            .is_none_or(|(made_for, _)| *made_for != key)
        {
            let made = [FIRST, SECOND].map(|pane| {
                marks::decorations(
                    &self.comparison,
                    pane,
                    &self.articles[pane].furniture,
                    theme,
                    &key,
                )
            });
            self.decorations = Some((key, made));
        }
        let mut hovered = None;
        let mut clicked = None;
        for pane in [SECOND, FIRST] {
            let before = self.scroll[pane];
            let decorations = self
                .decorations
                .as_ref()
                .map_or(&[][..], |(_, made)| &made[pane]);
            let shown = self.views[pane].show(ui, panes[pane], &mut self.scroll[pane], decorations);
            let moved = self.scroll[pane] - before;
            let by_person = shown.response.dragged() || shown.response.has_focus();
            if moved != 0.0 && self.linked {
                if by_person {
                    self.position = track.moved(self.position, moved);
                }
                self.scroll[pane] = before;
            }
            let name = format!(
                "{}, {}",
                header::side_name(pane),
                header::title(&self.articles[pane])
            );
            ui.ctx()
                .accesskit_node_builder(shown.response.id, |node| node.set_label(name));
            if let Some(over) = &shown.hovered {
                let edit = self.comparison.edit_at(pane, over.start);
                let visible = edit.filter(|(p, e)| {
                    !self
                        .hidden
                        .contains(&self.comparison.passages[*p].edits[*e].kind)
                });
                if let Some((passage, edit)) = visible {
                    hovered = Some((passage, edit));
                    header::edit_tip(
                        &shown.response,
                        &self.comparison,
                        &self.articles,
                        passage,
                        edit,
                    );
                }
            }
            if let Some(byte) = shown.clicked {
                clicked = self.comparison.passage_at(pane, byte).or(clicked);
            }
            self.insertion_points(ui, theme, pane, panes[pane], shown.origin);
        }
        if hovered != self.hovered {
            self.hovered = hovered;
            ui.ctx().request_repaint();
        }
        if clicked.is_some() && clicked != self.current {
            // Marked as current, but not moved: the person is reading just there.
            self.current = clicked;
            let track = self.track(ui.ctx());
            let (_, sync) = self.frame;
            self.position = track.locate(FIRST, self.scroll[FIRST] + sync);
            self.begin_glide(ui.ctx());
        }
    }

    /// Small wedges where the other side has words that this one lacks.
    fn insertion_points(
        &mut self,
        ui: &Ui,
        theme: &Theme,
        pane: usize,
        rect: Rect,
        origin: egui::Pos2,
    ) {
        let ctx = ui.ctx().clone();
        let painter = ui.painter_at(rect);
        let top = self.views[pane].byte_at(&ctx, rect.min.y - origin.y);
        let bottom = self.views[pane].byte_at(&ctx, rect.max.y - origin.y + 200.0);
        let rtl = self.views[pane].is_rtl();
        for (p, passage) in self.comparison.passages.iter().enumerate() {
            let hue = theme.hue(passage.kind);
            for (e, edit) in passage.edits.iter().enumerate() {
                let at = edit.spans[pane].start as usize;
                let outside = !edit.spans[pane].is_empty() || at < top || at > bottom;
                if outside || self.hidden.contains(&edit.kind) {
                    continue;
                }
                let Some(next) = self.articles[pane].text[at..].chars().next() else {
                    continue;
                };
                let rects = self.views[pane].rects(&ctx, at..at + next.len_utf8());
                let Some(letter) = rects.first() else {
                    continue;
                };
                let x = origin.x + if rtl { letter.max.x } else { letter.min.x };
                let y = origin.y + letter.max.y - 1.0;
                let size = if self.hovered == Some((p, e)) {
                    6.0
                } else {
                    4.0
                };
                let wedge = vec![
                    pos2(x, y - size * 1.5),
                    pos2(x + size, y),
                    pos2(x - size, y),
                ];
                painter.add(egui::Shape::convex_polygon(
                    wedge,
                    hue.line,
                    egui::Stroke::NONE,
                ));
            }
        }
    }

    /// Top and bottom of each passage in each pane, in points from the top of the visible part.
    fn extents(&mut self, ctx: &egui::Context) -> Vec<[[f32; 2]; 2]> {
        let line = self.views.each_ref().map(|view| view.line_height());
        let Self {
            comparison,
            views,
            scroll,
            ..
        } = self;
        let extent = |span: Span, pane: usize, view: &mut TextView| {
            let last = (span.end as usize)
                .saturating_sub(1)
                .max(span.start as usize);
            let top = view.y_of(ctx, span.start as usize);
            [
                top - scroll[pane],
                view.y_of(ctx, last).max(top) + line[pane] - scroll[pane],
            ]
        };
        comparison
            .passages
            .iter()
            .map(|passage| {
                [
                    extent(passage.spans[FIRST], FIRST, &mut views[FIRST]),
                    extent(passage.spans[SECOND], SECOND, &mut views[SECOND]),
                ]
            })
            .collect()
    }

    fn rule(&mut self, ui: &mut Ui, theme: &Theme, rect: Rect, pane: usize, track: &Track) {
        let height = self.views[pane].height().max(1.0);
        let (visible, sync) = self.frame;
        let extents = self.extents(ui.ctx());
        let marks: Vec<ruler::Bar> = extents
            .iter()
            .enumerate()
            .map(|(i, extent)| ruler::Bar {
                from: (extent[pane][0] + self.scroll[pane]) / height,
                to: (extent[pane][1] + self.scroll[pane]) / height,
                kind: self.comparison.passages[i].kind,
                current: self.current == Some(i),
            })
            .collect();
        let window = (
            self.scroll[pane] / height,
            (self.scroll[pane] + visible) / height,
        );
        let name = format!(
            "Position in the {} article",
            if pane == FIRST { "first" } else { "second" }
        );
        if let Some(share) = ruler::show(ui, theme, rect, &marks, window, &name) {
            let y = share * height;
            self.glide = None;
            if self.linked {
                self.position = track.locate(pane, y - visible / 2.0 + sync);
            } else {
                self.scroll[pane] = y - visible / 2.0;
            }
        }
    }
}

/// How an article is set on this screen and on others.
pub fn style(setting: Setting) -> ViewStyle {
    ViewStyle {
        face: setting.face,
        size: setting.size,
        line_spacing: if setting.face == Face::Sans {
            1.75
        } else {
            1.9
        },
        paragraph_gap: 0.55,
        direction: Direction::Auto,
        padding: 5.0 * UNIT,
        max_width: setting.size * 46.0,
        ..ViewStyle::default()
    }
}
