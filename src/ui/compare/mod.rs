//! The comparison: two whole articles side by side, level at the passage that they share.
//!
//! The data is `view::comparison`, the scrolling `view::level`; here they meet the screen. The first
//! article stands at the right, where an Arabic reader begins. Layout from left to right:
//! ruler, second article, gutter with bands, first article, ruler.

mod copying;
mod details;
mod find;
mod gutter;
mod header;
mod legend;
mod lists;
mod marks;
mod moves;
mod ruler;
mod screen;
mod text_menu;
mod texts;
mod turn;
mod why;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Ui, UiBuilder, vec2};

use super::correct::turned;
use super::phrasing;
use super::theme::UNIT;
use crate::article::{Article, Span, Verdict};
use crate::paint::{Decoration, Direction, Face, TextView, ViewStyle};
use crate::reuse::{EditKind, WhyNot};
use crate::view::comparison::{Comparison, FIRST, Mark, SECOND, Shared};
use crate::view::evidence::Evidence;
use crate::view::level::Position;

use details::Details;
use find::Find;
pub use gutter::band;
pub use marks::{furniture, push_changed};
use moves::{Glide, Memo};
pub use text_menu::text_menu;

const RULER: f32 = 14.0;
const GUTTER: f32 = 76.0;
/// Where passages come level, as a share of the pane's height.
const SYNC: f32 = 0.18;
/// Seconds that a step to another passage takes.
const GLIDE: f64 = 0.22;

/// Two articles on the screen.
pub struct CompareView {
    pub comparison: Comparison,
    articles: [Arc<Article>; 2],
    views: [TextView; 2],
    /// For each passage, the places in it that are held level.
    milestones: Vec<Vec<[u32; 2]>>,
    /// The passage that is current, by index.
    current: Option<usize>,
    position: Position,
    linked: bool,
    /// Scroll of each pane, in points.
    scroll: [f32; 2],
    glide: Option<Glide>,
    /// Kinds of edit that are not marked.
    hidden: BTreeSet<EditKind>,
    /// Mark only what is of substance, whatever else is chosen.
    substantive_only: bool,
    /// The edit under the pointer, as passage and edit.
    hovered: Option<(usize, usize)>,
    /// The edit that was last gone to.
    lit: Option<(usize, usize)>,
    /// Where the caret of each pane last was.
    carets: [usize; 2],
    details: Details,
    find: Find,
    evidence: Evidence,
    why: Why,
    /// What there is to mark in each pane, with whether a candidate was among it.
    marks: Option<(bool, [Vec<Mark>; 2])>,
    /// What is painted, with what it was made for.
    decorations: Option<(marks::Key, [Vec<Decoration>; 2])>,
    /// The track, with what it was made for.
    track: Option<Memo>,
    /// The edits as the details list them.
    listed: Option<lists::Listed>,
    /// The current passage word by word, with the passage that it is of.
    words: Option<words::Words>,
    /// True until the first passage has been brought level.
    fresh: bool,
    /// Height and sync line of the panes in the last frame, in points.
    frame: (f32, f32),
}

/// Why two articles share nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Why {
    /// Not asked, because they do.
    #[default]
    Unasked,
    Asked,
    Known(WhyNot),
}

/// How articles are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    pub face: Face,
    /// In points.
    pub size: f32,
    /// Distance from line to line, as a share of the usual one.
    pub spacing: f32,
}

/// Where the pair stands in the list of pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    At {
        row: usize,
        rows: usize,
    },
    /// The list's filter leaves it out.
    Hidden,
    /// What the list shows is still being found out.
    NotYet,
}

/// Where the pair stands, and what is known of it beside its passages.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub listed: Listed,
    /// The two share something, and all pairs are known: they have a family, and can be judged.
    pub has_family: bool,
    /// What the person thinks of the pair.
    pub verdict: Option<&'a Verdict>,
}

/// Where a person is within a comparison, to come back to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Right and left.
    pub articles: [u32; 2],
    current: Option<usize>,
    position: Position,
}

impl CompareView {
    pub fn new(comparison: Comparison, articles: [Arc<Article>; 2], setting: Setting) -> Self {
        let views = [FIRST, SECOND].map(|pane| {
            let view = TextView::new(articles[pane].text.clone(), style(setting));
            turned(view, &articles[pane])
        });
        let evidence = Evidence::new(&comparison, [&articles[FIRST], &articles[SECOND]]);
        Self {
            current: (!comparison.passages.is_empty()).then_some(0),
            evidence,
            milestones: comparison.passages.iter().map(Shared::milestones).collect(),
            comparison,
            articles,
            views,
            position: Position::default(),
            linked: true,
            scroll: [0.0; 2],
            glide: None,
            hidden: BTreeSet::new(),
            substantive_only: false,
            hovered: None,
            lit: None,
            carets: [0; 2],
            details: Details::default(),
            find: Find::default(),
            why: Why::default(),
            marks: None,
            decorations: None,
            track: None,
            listed: None,
            words: None,
            fresh: true,
            frame: (0.0, 0.0),
        }
    }

    /// True while one of the texts has the keyboard.
    pub fn has_focus(&self, ctx: &egui::Context) -> bool {
        self.focused_pane(ctx).is_some()
    }

    fn focused_pane(&self, ctx: &egui::Context) -> Option<usize> {
        self.views.iter().position(|view| view.has_focus(ctx))
    }

    /// The article that an act about one article means: the one whose text has the keyboard, or the first.
    pub fn article_in_hand(&self, ctx: &egui::Context) -> u32 {
        self.comparison.articles[self.focused_pane(ctx).unwrap_or(FIRST)]
    }

    /// Paths of both articles.
    pub fn paths(&self) -> [&str; 2] {
        [FIRST, SECOND].map(|pane| self.articles[pane].path.as_str())
    }

    pub fn current(&self) -> Option<usize> {
        self.current
    }

    /// The edit that is lit up on both sides, as passage and edit.
    pub fn lit_edit(&self) -> Option<(usize, usize)> {
        self.hovered.or(self.lit)
    }

    pub fn is_linked(&self) -> bool {
        self.linked
    }

    /// True for the edits that the legend leaves unmarked.
    pub fn is_hidden(&self, kind: EditKind) -> bool {
        self.hidden.contains(&kind) || self.substantive_only && !kind.is_substantive()
    }

    /// All kinds that the legend leaves unmarked.
    fn hidden_kinds(&self) -> BTreeSet<EditKind> {
        let kinds = phrasing::EDIT_KINDS.into_iter();
        kinds.filter(|kind| self.is_hidden(*kind)).collect()
    }

    pub fn is_substantive_only(&self) -> bool {
        self.substantive_only
    }

    pub fn set(&mut self, setting: Setting) {
        for view in &mut self.views {
            view.set_style(style(setting));
        }
    }

    pub fn swap_sides(&mut self, setting: Setting) {
        let passage = self.current.map(|i| self.comparison.passages[i].clone());
        let mut swapped = Self::new(
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
        swapped.keep_choices_of(self);
        swapped.why = self.why.clone();
        *self = swapped;
    }

    /// Takes over what the person chose in another comparison: what is marked, and what stands beside.
    pub fn keep_choices_of(&mut self, other: &Self) {
        self.linked = other.linked;
        self.hidden.clone_from(&other.hidden);
        self.substantive_only = other.substantive_only;
        self.details = other.details;
    }

    pub fn toggle_details(&mut self) {
        self.details.open = !self.details.open;
    }

    pub fn toggle_substantive(&mut self) {
        self.substantive_only = !self.substantive_only;
    }

    /// Shows the current passage word by word, or goes back to the edits.
    pub fn toggle_words(&mut self) {
        self.details.toggle_words();
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

    /// The answer is on its way.
    pub fn ask_why(&mut self) {
        self.why = Why::Asked;
    }

    /// Takes the answer for these two articles, and goes to the strongest thing they have in common.
    pub fn take_why(&mut self, answer: WhyNot) {
        let [first, _] = self.comparison.articles;
        if let Some(common) = answer.strongest {
            let spans = [common.a.span, common.b.span];
            let turned = common.a.article != first;
            let [a, b] = spans;
            self.comparison.candidate = Some(if turned { [b, a] } else { spans });
            self.fresh = true;
        }
        self.why = Why::Known(answer);
    }

    pub fn standing(&self) -> Standing {
        Standing {
            articles: self.comparison.articles,
            current: self.current,
            position: self.position,
        }
    }

    /// Back to where a person stood in these two articles.
    pub fn stand(&mut self, standing: Standing, setting: Setting) {
        if self.comparison.articles != standing.articles {
            self.swap_sides(setting);
        }
        if standing
            .current
            .is_none_or(|i| i < self.comparison.passages.len())
        {
            self.current = standing.current;
            self.position = standing.position;
            self.fresh = false;
        }
    }

    /// The current passage as the first article has it: article and span.
    pub fn current_passage(&self) -> Option<(u32, Span)> {
        let passage = self.comparison.passages.get(self.current?)?;
        Some((self.comparison.articles[FIRST], passage.spans[FIRST]))
    }

    /// Makes a passage current without moving: the person is reading just there.
    pub fn point_at(&mut self, article: u32, span: Span) {
        let pane = self.comparison.articles.iter().position(|a| *a == article);
        let passages = &self.comparison.passages;
        self.current = pane
            .and_then(|pane| passages.iter().position(|p| p.spans[pane].overlaps(span)))
            .or(self.current);
    }
}

/// What stands above an article, in a pane of this width: over its column, which a very wide pane keeps in its middle.
pub fn above_column(ui: &mut Ui, width: f32, setting: Setting, add: impl FnOnce(&mut Ui)) {
    let rect = ui.available_rect_before_wrap();
    let rect = rect.shrink2(vec2(style(setting).spare(width), 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(rect), add);
}

/// How an article is set on this screen and on others.
pub fn style(setting: Setting) -> ViewStyle {
    ViewStyle {
        face: setting.face,
        size: setting.size,
        line_spacing: setting.spacing
            * match setting.face {
                Face::Sans => 1.75,
                _ => 1.9,
            },
        paragraph_gap: 0.55,
        direction: Direction::Auto,
        padding: 5.0 * UNIT,
        max_width: setting.size * 46.0,
        ..ViewStyle::default()
    }
}
