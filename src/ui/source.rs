//! One article as it came, at the right, and as it is compared, at the left: what folding and page
//! furniture did to it, letter by letter.

use std::sync::Arc;

use egui::{Align, Frame, Layout, Margin, Panel, Rect, Stroke, Ui};

use super::command::{Act, Commands};
use super::compare::{Setting, furniture, style, text_menu};
use super::correct::turned;
use super::phrasing::{group, plural, title};
use super::theme::{self, Theme, UNIT};
use super::top_bar;
use crate::article::Article;
use crate::paint::{
    Button, Decoration, Direction, Icon, Label, TextAlign, TextStyle, TextView, Underline, Weight,
    text_in,
};
use crate::view::source::Source;

const RAW: usize = 0;
const COMPARED: usize = 1;
/// Height of the line above each text.
const HEAD: f32 = 34.0;

/// The article on the screen.
pub struct SourceView {
    pub id: u32,
    article: Arc<Article>,
    source: Source,
    views: [TextView; 2],
    scroll: [f32; 2],
    /// The text that the other one follows.
    lead: usize,
    /// Words under the pointer, in both texts.
    pointed: [Option<std::ops::Range<usize>>; 2],
    /// Raw decorations, with the appearance they were made for.
    marks: Option<(bool, Vec<Decoration>)>,
}

impl SourceView {
    pub fn new(id: u32, article: Arc<Article>, setting: Setting) -> Self {
        let source = Source::new(&article);
        let compared: Arc<str> = source.compared.as_str().into();
        let views = [article.text.clone(), compared]
            .map(|text| turned(TextView::new(text, style(setting)), &article));
        Self {
            id,
            article,
            source,
            views,
            scroll: [0.0; 2],
            lead: RAW,
            pointed: [None, None],
            marks: None,
        }
    }

    pub fn set(&mut self, setting: Setting) {
        for view in &mut self.views {
            view.set_style(style(setting));
        }
    }

    /// Runs the article from the other side, in both texts.
    pub fn turn(&mut self) {
        let direction = match self.views[RAW].is_rtl() {
            true => Direction::Ltr,
            false => Direction::Rtl,
        };
        for view in &mut self.views {
            view.turn(direction);
        }
    }

    /// True while one of the texts has the keyboard.
    pub fn has_focus(&self, ctx: &egui::Context) -> bool {
        self.views.iter().any(|view| view.has_focus(ctx))
    }

    /// Scrolls by points; [`f32::MAX`] and [`f32::MIN`] go to the ends.
    pub fn scroll_by(&mut self, points: f32) {
        self.scroll[self.lead] += points.clamp(-1e9, 1e9);
    }

    pub fn show(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let theme = Theme::of(ui);
        Panel::top("source-header")
            .frame(
                Frame::new()
                    .fill(theme.chrome)
                    .inner_margin(Margin::symmetric(12, 6)),
            )
            .show(ui, |ui| self.header(ui, theme, commands));
        egui::CentralPanel::no_frame()
            .frame(Frame::new().fill(theme.paper))
            .show(ui, |ui| self.body(ui, theme, commands));
    }

    fn header(&self, ui: &mut Ui, theme: &Theme, commands: &mut Commands) {
        ui.horizontal(|ui| {
            ui.set_height(36.0);
            for (act, icon) in [(Act::Back, Some(Icon::Left)), (Act::RevealFile, None)] {
                let tip = act.tooltip(ui.ctx());
                let button = Button::new(act.label()).quiet().tooltip(&tip);
                let button = match icon {
                    Some(icon) => button.icon(icon),
                    None => button,
                };
                if ui.add(button).clicked() {
                    commands.act(act);
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                top_bar::looks(ui, commands);
                ui.add_space(2.0 * UNIT);
                let name = format!("\u{2068}{}\u{2069}", self.article.path);
                let width = ui.available_width();
                let label = Label::new(&name).size(theme::SMALL).width(width);
                ui.add(
                    label
                        .color(theme.faint_ink)
                        .direction(Direction::Ltr)
                        .align(TextAlign::Right),
                );
            });
        });
    }

    fn body(&mut self, ui: &mut Ui, theme: &Theme, commands: &mut Commands) {
        let whole = ui.available_rect_before_wrap();
        let (head, below) = whole.split_top_bottom_at_y(whole.min.y + HEAD);
        let (left, right) = below.split_left_right_at_fraction(0.5);
        let panes = [right, left];
        for (pane, rect) in panes.into_iter().enumerate() {
            let rect = Rect::from_x_y_ranges(rect.x_range(), head.y_range());
            let text = self.heading(pane);
            let style = TextStyle::new(theme::SMALL, theme.faint_ink)
                .weight(Weight::Medium)
                .direction(Direction::Ltr)
                .align(TextAlign::Left);
            text_in(
                ui.painter(),
                rect.shrink2(egui::vec2(20.0, 0.0)),
                &style,
                &text,
            );
            let id = ui.scope_id().with(("source-head", pane));
            let response = ui.interact(rect, id, egui::Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
        }
        let line = Stroke::new(1.0, theme.hairline);
        ui.painter().hline(whole.x_range(), head.max.y, line);
        ui.painter().vline(right.min.x, whole.y_range(), line);
        self.wheel(ui, panes);
        for pane in [RAW, COMPARED] {
            self.views[pane].prepare(ui.ctx(), panes[pane].width());
        }
        let lead = self.lead;
        let room = (self.views[lead].height() - below.height() + 24.0).max(0.0);
        self.scroll[lead] = self.scroll[lead].clamp(0.0, room);
        self.follow(ui, below.height());
        let mut pointed = [None, None];
        for pane in [COMPARED, RAW] {
            if let Some(found) = self.text(ui, theme, pane, panes[pane], commands) {
                pointed = found;
            }
        }
        if pointed != self.pointed {
            self.pointed = pointed;
            ui.ctx().request_repaint();
        }
    }

    fn heading(&self, pane: usize) -> String {
        if pane == RAW {
            return format!(
                "As it came: {} characters, {} of article text",
                group(self.article.text.chars().count()),
                plural(self.article.words as usize, "word", "words")
            );
        }
        let furniture = match self.source.furniture_words {
            0 => "no page furniture".to_owned(),
            words => format!(
                "{} of page furniture left out",
                plural(words, "word", "words")
            ),
        };
        let places = plural(self.source.changed.len(), "place", "places");
        format!("As it is compared: spelling folded in {places}, {furniture}")
    }

    /// The pane under the pointer leads.
    fn wheel(&mut self, ui: &Ui, panes: [Rect; 2]) {
        let (pointer, delta) =
            ui.input(|input| (input.pointer.hover_pos(), input.smooth_scroll_delta().y));
        let over = pointer.and_then(|at| panes.iter().position(|pane| pane.contains(at)));
        if let Some(over) = over.filter(|_| delta != 0.0) {
            self.lead = over;
            self.scroll[over] -= delta;
        }
    }

    /// Brings the other text level with the one that leads, at a quarter of the height.
    fn follow(&mut self, ui: &Ui, height: f32) {
        let (lead, other) = (self.lead, 1 - self.lead);
        let sync = (height * 0.25).min(self.scroll[lead].max(0.0));
        let y = self.scroll[lead] + sync;
        let ctx = ui.ctx();
        let byte = self.views[lead].byte_at(ctx, y);
        let within = y - self.views[lead].y_of(ctx, byte);
        let twin = self.twin(lead, byte);
        let level = self.views[other].y_of(ctx, twin) + within - sync;
        let room = (self.views[other].height() - height + 24.0).max(0.0);
        self.scroll[other] = level.clamp(0.0, room);
    }

    /// Where a byte of one text stands in the other.
    fn twin(&self, pane: usize, byte: usize) -> usize {
        match pane {
            RAW => self.source.to_compared(byte),
            _ => self.source.to_raw(byte),
        }
    }

    /// Shows one text; returns what is pointed at in both.
    fn text(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        pane: usize,
        rect: Rect,
        commands: &mut Commands,
    ) -> Option<[Option<std::ops::Range<usize>>; 2]> {
        let dark = ui.visuals().dark_mode;
        if self.marks.as_ref().is_none_or(|(of, _)| *of != dark) {
            self.marks = Some((dark, self.raw_marks(theme)));
        }
        let mut marks = match (&self.marks, pane) {
            (Some((_, marks)), RAW) => marks.clone(),
            _ => Vec::new(),
        };
        marks.extend(self.pointed[pane].clone().map(|range| Decoration {
            outline: Some(theme.accent),
            ..Decoration::fill(range, theme.search_hit)
        }));
        let shown = self.views[pane].show(ui, rect, &mut self.scroll[pane], &marks);
        let what = if pane == RAW {
            "Raw text"
        } else {
            "Compared text"
        };
        let name = format!("{what} of {}", title(&self.article));
        ui.ctx()
            .accesskit_node_builder(shown.response.id, |node| node.set_label(name));
        let (article, id, raw) = (&self.article, self.id, pane == RAW);
        self.views[pane].menu(&shown.response, |menu, view| {
            // What was folded stands in no article.
            if raw {
                text_menu(menu, view, article, id, commands);
            }
        });
        let over = shown.hovered?;
        if pane == RAW {
            let mut furniture = self.article.furniture.iter();
            if let Some(f) = furniture.find(|f| f.span.contains(over.start)) {
                let text = format!("Page furniture, not compared. {}", f.reason);
                crate::paint::tip(shown.response, &text);
                return None;
            }
        }
        let twin = self.twin(pane, over.start);
        let text = self.views[1 - pane].text();
        let next = text.get(twin..)?.chars().next()?;
        let other = twin..twin + next.len_utf8();
        Some(match pane {
            RAW => [Some(over), Some(other)],
            _ => [Some(other), Some(over)],
        })
    }

    fn raw_marks(&self, theme: &Theme) -> Vec<Decoration> {
        let left_out = self.article.furniture.iter();
        let left_out = left_out.map(|f| furniture(f.span.range(), theme));
        let changed = self.source.changed.iter().map(|span| {
            Decoration::fill(span.range(), theme.selected)
                .underline(Underline::Dotted, theme.accent)
        });
        left_out.chain(changed).collect()
    }
}
