//! The comparison: two whole articles side by side, level at the passage that they share.
//!
//! The data is `view::comparison`, the scrolling `view::level`; here they meet the screen. The first
//! article stands at the right, where an Arabic reader begins. Layout from left to right:
//! ruler, second article, gutter with bands, first article, ruler.

mod details;
mod find;
mod gutter;
mod header;
mod legend;
mod marks;
mod ruler;
mod screen;
mod text_menu;
mod turn;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::phrasing;
use super::theme::UNIT;
use crate::article::{Article, Span};
use crate::paint::{Decoration, Direction, Face, TextView, ViewStyle};
use crate::reuse::EditKind;
use crate::view::comparison::{Comparison, FIRST, SECOND};
use crate::view::level::{Frame, Position, Station, Track};

use details::Details;
use find::Find;
pub use gutter::band;
pub use marks::changed;
pub use text_menu::text_menu;

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
    /// The edit under the pointer, as passage and edit.
    hovered: Option<(usize, usize)>,
    /// The edit that was last gone to.
    lit: Option<(usize, usize)>,
    details: Details,
    find: Find,
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
            lit: None,
            details: Details::default(),
            find: Find::default(),
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
        swapped.details = self.details;
        *self = swapped;
    }

    pub fn toggle_details(&mut self) {
        self.details.open = !self.details.open;
    }

    pub fn open_find(&mut self) {
        self.find.open();
    }

    /// Closes what lies beside the texts; false when nothing did.
    pub fn close_find(&mut self) -> bool {
        self.find.close()
    }

    /// The field that a person may be typing in.
    pub fn find_id() -> egui::Id {
        find::field_id()
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
        self.lit = None;
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

    /// Brings one edit level on both sides and lights it up.
    pub fn go_to_edit(&mut self, ctx: &egui::Context, passage: usize, edit: usize) {
        let Some(spans) = self
            .comparison
            .passages
            .get(passage)
            .and_then(|p| p.edits.get(edit))
            .map(|e| e.spans)
        else {
            return;
        };
        self.current = Some(passage);
        self.lit = Some((passage, edit));
        self.go_to_byte(ctx, FIRST, spans[FIRST].start as usize);
    }

    /// Brings a place of one article to the sync line, and the other article along.
    fn go_to_byte(&mut self, ctx: &egui::Context, pane: usize, byte: usize) {
        let track = self.track(ctx);
        let y = self.views[pane].y_of(ctx, byte);
        self.position = track.locate(pane, y);
        if !self.linked {
            let (_, sync) = self.frame;
            self.scroll[pane] = y - sync;
        } else {
            self.begin_glide(ctx);
        }
    }

    /// The current passage as the first article has it: article and span.
    pub fn current_passage(&self) -> Option<(u32, Span)> {
        let passage = self.comparison.passages.get(self.current?)?;
        Some((self.comparison.articles[FIRST], passage.spans[FIRST]))
    }

    /// The current passage in both wordings, with outlet and date, for a report or a message.
    pub fn passage_as_text(&self) -> Option<String> {
        let index = self.current?;
        let passage = self.comparison.passages.get(index)?;
        let side = |pane: usize| {
            let article = &self.articles[pane];
            let text = passage.spans[pane].of(&article.text).trim();
            format!(
                "{} · {}\n{text}\n",
                phrasing::facts(article),
                phrasing::title(article)
            )
        };
        Some(format!("{}\n{}", side(FIRST), side(SECOND)))
    }

    /// Top and bottom of each passage in each pane, in points from the top of the text.
    fn extents(&mut self, ctx: &egui::Context) -> Vec<[[f32; 2]; 2]> {
        /// From this many passages on, those that are not current are placed without shaping them.
        const MANY: usize = 48;
        let many = self.comparison.passages.len() > MANY;
        let Self {
            comparison,
            views,
            current,
            ..
        } = self;
        let all = comparison.passages.iter().enumerate();
        all.map(|(i, passage)| {
            [FIRST, SECOND].map(|pane| {
                let view = &mut views[pane];
                let range = passage.spans[pane].range();
                if many && *current != Some(i) {
                    let top = view.y_near(range.start);
                    [
                        top,
                        view.y_near(range.end.saturating_sub(1)).max(top) + view.line_height(),
                    ]
                } else {
                    let span = view.y_span(ctx, range);
                    [span.start, span.end]
                }
            })
        })
        .collect()
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
        let extents = self.extents(ctx);
        let stations: Vec<Station> = extents
            .iter()
            .zip(&self.comparison.passages)
            .map(|([first, second], passage)| Station {
                first: *first,
                second: *second,
                weight: passage.words,
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
