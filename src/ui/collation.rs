//! A family as columns: the base text at the right, the others left of it by date, all level at the
//! passage that is being read.

use std::sync::Arc;

use egui::{
    Align, Frame, Layout, Margin, Panel, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder, pos2, vec2,
};

use super::command::{Act, Command, Commands};
use super::compare::{Setting, furniture, push_changed, style, text_menu};
use super::correct::turned;
use super::known::facts;
use super::phrasing::{edit_name, plural, title};
use super::theme::{self, Hue, Theme, UNIT};
use super::top_bar;
use crate::article::{Article, Span};
use crate::paint::{
    Button, Decoration, Direction, Icon, Label, TextAlign, TextStyle, TextView, ViewStyle, Weight,
    text_in,
};
use crate::view::collation::{Collation, Column};
use crate::view::level::{Frame as Level, Position, Station, Track};

/// Columns are no narrower than this; where they don't fit, they are scrolled sideways.
const NARROWEST: f32 = 270.0;
const HEAD: f32 = 96.0;
/// Where passages come level, as a share of the height.
const SYNC: f32 = 0.18;

/// The columns on the screen.
pub struct CollationView {
    pub collation: Collation,
    members: Vec<u32>,
    /// The base first, then the others.
    columns: Vec<Shown>,
    /// What of the base stands on the sync line, in points from its top.
    reading: f32,
    /// Region of the base that was stepped to.
    current: Option<usize>,
    /// Region to bring level as soon as the layout is known.
    wanted: Option<usize>,
    /// The appearance that decorations were made for.
    dark: Option<bool>,
    scroll_to_base: bool,
}

struct Shown {
    id: u32,
    article: Arc<Article>,
    view: TextView,
    scroll: f32,
    marks: Vec<Decoration>,
}

impl CollationView {
    pub fn new(
        collation: Collation,
        members: Vec<u32>,
        articles: &[Arc<Article>],
        setting: Setting,
    ) -> Self {
        let shown = |column: &Column| {
            let article = Arc::clone(&articles[column.article as usize]);
            Shown {
                id: column.article,
                view: turned(
                    TextView::new(article.text.clone(), narrow(setting)),
                    &article,
                ),
                article,
                scroll: 0.0,
                marks: Vec::new(),
            }
        };
        let all = std::iter::once(&collation.base).chain(&collation.others);
        let columns = all.map(shown).collect();
        let first = (!collation.regions.is_empty()).then_some(0);
        Self {
            collation,
            members,
            columns,
            reading: 0.0,
            current: first,
            wanted: first,
            dark: None,
            scroll_to_base: true,
        }
    }

    pub fn members(&self) -> &[u32] {
        &self.members
    }

    pub fn set(&mut self, setting: Setting) {
        for column in &mut self.columns {
            column.view.set_style(narrow(setting));
        }
    }

    /// Runs the text that has the keyboard from the other side; all texts where none has it.
    pub fn turn(&mut self, ctx: &egui::Context) {
        let one = self.columns.iter().position(|c| c.view.has_focus(ctx));
        for (at, column) in self.columns.iter_mut().enumerate() {
            if one.is_none_or(|one| one == at) {
                column.view.turn_over();
            }
        }
    }

    /// True while one of the texts has the keyboard.
    pub fn has_focus(&self, ctx: &egui::Context) -> bool {
        self.columns.iter().any(|column| column.view.has_focus(ctx))
    }

    /// The article whose text has the keyboard, or the base.
    pub fn article_in_hand(&self, ctx: &egui::Context) -> u32 {
        let mut columns = self.columns.iter();
        let focused = columns.find(|column| column.view.has_focus(ctx));
        focused.map_or(self.collation.base.article, |column| column.id)
    }

    /// The region that is current, as the base has it.
    pub fn current_passage(&self) -> Option<(u32, crate::article::Span)> {
        let region = *self.collation.regions.get(self.current?)?;
        Some((self.collation.base.article, region))
    }

    /// Steps to the next or previous stretch of the base that others share.
    pub fn step(&mut self, onward: bool) {
        let last = self.collation.regions.len().checked_sub(1);
        let next = match (self.current, onward) {
            (Some(i), true) => Some(i + 1),
            (Some(i), false) => Some(i.saturating_sub(1)),
            (None, _) => Some(0),
        };
        self.current = next.zip(last).map(|(next, last)| next.min(last));
        self.wanted = self.current;
    }

    /// Scrolls the base by points; the others follow.
    pub fn scroll_by(&mut self, points: f32) {
        self.reading += points.clamp(-1e7, 1e7);
    }

    pub fn show(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let theme = Theme::of(ui);
        let frame = Frame::new()
            .fill(theme.chrome)
            .inner_margin(Margin::symmetric(12, 6));
        Panel::top("collation-header")
            .frame(frame)
            .show(ui, |ui| self.header(ui, theme, commands));
        if !self.collation.left.is_empty() {
            Panel::bottom("collation-left")
                .frame(frame)
                .show(ui, |ui| self.left(ui, theme, commands));
        }
        if self.dark != Some(ui.visuals().dark_mode) {
            self.dark = Some(ui.visuals().dark_mode);
            self.mark(theme);
        }
        egui::CentralPanel::no_frame()
            .frame(Frame::new().fill(theme.paper))
            .show(ui, |ui| self.body(ui, theme, commands));
    }

    fn header(&self, ui: &mut Ui, theme: &Theme, commands: &mut Commands) {
        ui.horizontal(|ui| {
            ui.set_height(36.0);
            for (act, icon) in [
                (Act::Back, Icon::Left),
                (Act::PreviousPassage, Icon::Up),
                (Act::NextPassage, Icon::Down),
            ] {
                let tip = act.tooltip(ui.ctx());
                let button = match act {
                    Act::Back => Button::new(act.label()).icon(icon).quiet(),
                    _ => Button::icon_only(icon, act.label()),
                };
                if ui.add(button.tooltip(&tip)).clicked() {
                    commands.act(act);
                }
            }
            let all = self.columns.len() + self.collation.left.len();
            let text = plural(all, "article", "articles");
            ui.add(Label::new(&text).strong().color(theme.ink));
            let text = match self.current {
                Some(region) => format!(
                    "Stretch {} of {} of the base, in {} of the others shown",
                    region + 1,
                    self.collation.regions.len(),
                    self.collation.carriers(region)
                ),
                None => "The base shares no passage with the others".to_owned(),
            };
            ui.add(Label::new(&text).size(theme::SMALL).color(theme.faint_ink));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                top_bar::looks(ui, commands);
                let tip = Act::ThroughFamily.tooltip(ui.ctx());
                let button = Button::new(Act::ThroughFamily.label()).tooltip(&tip);
                if self.current.is_some() && ui.add(button).clicked() {
                    commands.act(Act::ThroughFamily);
                }
            });
        });
    }

    /// Those that found no room; a click exchanges one for the column that shares least.
    fn left(&self, ui: &mut Ui, theme: &Theme, commands: &mut Commands) {
        const OFFERED: usize = 6;
        let left = &self.collation.left;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(1.5 * UNIT, UNIT);
            let text = format!("{} not shown:", plural(left.len(), "article", "articles"));
            ui.add(Label::new(&text).size(theme::SMALL).color(theme.faint_ink));
            for &id in left.iter().take(OFFERED) {
                let text = format!("Article {}", self.place(id));
                let button = Button::new(&text).size(theme::SMALL).quiet();
                if ui.add(button.tooltip("Show it as a column")).clicked() {
                    commands.send(self.again(Some(self.collation.base.article), vec![id]));
                }
            }
        });
    }

    /// A member's number, by which those that are not shown are told apart.
    fn place(&self, id: u32) -> usize {
        self.members.iter().position(|m| *m == id).unwrap_or(0) + 1
    }

    fn again(&self, base: Option<u32>, wanted: Vec<u32>) -> Command {
        Command::Collate {
            members: self.members.clone(),
            base,
            wanted,
        }
    }

    fn body(&mut self, ui: &mut Ui, theme: &'static Theme, commands: &mut Commands) {
        let whole = ui.available_rect_before_wrap();
        let count = self.columns.len() as f32;
        let width = (whole.width() / count)
            .floor()
            .max(NARROWEST)
            .min(whole.width());
        // The base stays where reading begins; the others pass left of it where they don't fit.
        let base = whole.with_min_x(whole.max.x - width);
        let rest = whole.with_max_x(base.min.x);
        for column in &mut self.columns {
            column.view.prepare(ui.ctx(), width);
        }
        let height = whole.height() - HEAD;
        self.wheel(ui, whole);
        self.settle(ui, height);
        self.column(ui, theme, 0, base, commands);
        let others = self.columns.len() - 1;
        let mut area = ui.new_child(UiBuilder::new().max_rect(rest));
        let wide = others as f32 * width;
        let mut scroll = ScrollArea::horizontal()
            .id_salt("columns")
            .auto_shrink(false);
        if std::mem::take(&mut self.scroll_to_base) {
            scroll = scroll.horizontal_scroll_offset((wide - rest.width()).max(0.0));
        }
        scroll.show(&mut area, |ui| {
            let size = vec2(wide.max(rest.width()), rest.height());
            let (room, _) = ui.allocate_exact_size(size, Sense::hover());
            for at in 1..=others {
                let right = room.max.x - (at - 1) as f32 * width;
                let rect =
                    Rect::from_min_max(pos2(right - width, whole.min.y), pos2(right, whole.max.y));
                if ui.is_rect_visible(rect) {
                    self.column(ui, theme, at, rect, commands);
                }
            }
        });
    }

    fn wheel(&mut self, ui: &Ui, area: Rect) {
        let (pointer, delta) =
            ui.input(|input| (input.pointer.hover_pos(), input.smooth_scroll_delta().y));
        if pointer.is_some_and(|at| area.contains(at)) {
            self.reading -= delta;
        }
    }

    /// Works out where each column stands: the base where it was scrolled to, the others level with it.
    fn settle(&mut self, ui: &Ui, height: f32) {
        let ctx = ui.ctx();
        let sync = (height * SYNC).round();
        let Some((base, others)) = self.columns.split_first_mut() else {
            return;
        };
        if let Some(region) = self.wanted.take() {
            let start = self.collation.regions[region].start as usize;
            self.reading = base.view.y_of(ctx, start);
        }
        let end = (base.view.height() - base.view.line_height()).max(0.0);
        self.reading = self.reading.clamp(0.0, end);
        base.scroll = (self.reading - sync).max(-sync);
        // At its very top the base shows its top, as long as no passage is meant.
        if self.current.is_none() {
            base.scroll = base.scroll.max(0.0);
        }
        for (shown, column) in others.iter_mut().zip(&self.collation.others) {
            let mut place = |spans: [crate::article::Span; 2]| {
                let [first, second] = spans.map(|span| span.range());
                [base.view.y_span(ctx, first), shown.view.y_span(ctx, second)]
                    .map(|y| [y.start, y.end])
            };
            let stations: Vec<Station> = column
                .passages
                .iter()
                .map(|passage| {
                    let [first, second] = place(passage.spans);
                    Station {
                        first,
                        second,
                        weight: passage.words,
                    }
                })
                .collect();
            // The passage of the current region has to be level, whatever it crosses.
            let wanted = self
                .current
                .and_then(|region| column.regions.iter().position(|r| *r == region));
            let frame = Level {
                first: base.view.height(),
                second: shown.view.height(),
                visible: height,
                sync,
            };
            let track = Track::new(&stations, &[], frame, wanted);
            let position: Position = track.locate(0, self.reading);
            shown.scroll = track.scroll(position)[1];
        }
    }

    fn column(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        at: usize,
        rect: Rect,
        commands: &mut Commands,
    ) {
        let (head, text) = rect.split_top_bottom_at_y(rect.min.y + HEAD);
        self.head(ui, theme, at, head, commands);
        let shown = &mut self.columns[at];
        let mut scroll = shown.scroll;
        let response = shown.view.show(ui, text, &mut scroll, &shown.marks);
        let moved = scroll - shown.scroll;
        if at == 0 && moved != 0.0 && response.response.dragged() {
            self.reading += moved;
        }
        let name = match at {
            0 => format!("Base text, {}", title(&shown.article)),
            _ => format!("Column {at}, {}", title(&shown.article)),
        };
        ui.ctx()
            .accesskit_node_builder(response.response.id, |node| node.set_label(name));
        let (article, id) = (&shown.article, shown.id);
        shown.view.menu(&response.response, |menu, view| {
            text_menu(menu, view, article, id, commands);
        });
        let line = Stroke::new(1.0, theme.hairline);
        ui.painter().vline(rect.min.x, rect.y_range(), line);
        if let Some(over) = &response.hovered {
            self.tell(at, over.start, response.response.clone());
        }
        if at == 0
            && let Some(byte) = response.clicked
        {
            self.current = self.collation.region_at(byte).or(self.current);
        }
    }

    /// The edit under the pointer, as the base and this column have it.
    fn tell(&self, at: usize, byte: usize, response: egui::Response) {
        let Some(column) = at.checked_sub(1).map(|at| &self.collation.others[at]) else {
            return;
        };
        let edits = column.passages.iter().flat_map(|passage| &passage.edits);
        let Some(edit) = edits
            .filter(|edit| edit.spans[1].contains(byte))
            .min_by_key(|edit| edit.spans[1].len())
        else {
            return;
        };
        let reading = |at: usize, side: usize| {
            let words = edit.spans[side].of(&self.columns[at].article.text).trim();
            let short: String = words.chars().take(160).collect();
            if short.is_empty() {
                "nothing".to_owned()
            } else {
                format!("\u{2068}{short}\u{2069}")
            }
        };
        let text = format!(
            "{}\nin the base: {}\nhere: {}",
            edit_name(edit.kind),
            reading(0, 0),
            reading(at, 1)
        );
        crate::paint::tip(response, &text);
    }

    fn head(&self, ui: &mut Ui, theme: &Theme, at: usize, rect: Rect, commands: &mut Commands) {
        let shown = &self.columns[at];
        let fill = if at == 0 {
            theme.selected
        } else {
            theme.chrome
        };
        ui.painter().rect_filled(rect, 0, fill);
        let inner = rect.shrink2(vec2(3.0 * UNIT, 1.5 * UNIT));
        let line = |nth: f32, height: f32| {
            Rect::from_min_size(
                pos2(inner.min.x, inner.min.y + nth),
                vec2(inner.width(), height),
            )
        };
        let right = |size, color| TextStyle::new(size, color).align(TextAlign::Right);
        let headline = title(&shown.article);
        text_in(
            ui.painter(),
            line(0.0, 26.0),
            &right(theme::BODY, theme.ink).weight(Weight::Bold),
            &headline,
        );
        let facts = facts(&shown.article);
        let style = right(theme::SMALL, theme.faint_ink).direction(Direction::Rtl);
        text_in(ui.painter(), line(26.0, 20.0), &style, &facts);
        let shares = match at.checked_sub(1).map(|at| &self.collation.others[at]) {
            None => "Base text".to_owned(),
            Some(column) if column.passages.is_empty() => "shares nothing".to_owned(),
            Some(column) => format!(
                "{} · {}",
                plural(column.words as usize, "word", "words"),
                plural(
                    column.passages.iter().map(|p| p.edits.len()).sum(),
                    "edit",
                    "edits"
                )
            ),
        };
        let id = ui.scope_id().with(("column-head", shown.id));
        let response = ui.interact(line(0.0, 46.0), id, Sense::hover());
        response.widget_info(|| {
            let name = format!("{headline}. {facts}. {shares}");
            egui::WidgetInfo::labeled(egui::Role::Label, true, name)
        });
        crate::paint::tip(response, &super::known::evidence(&shown.article));
        let foot = line(48.0, 32.0);
        let mut buttons = ui.new_child(
            UiBuilder::new()
                .id_salt(("column", shown.id))
                .max_rect(foot)
                .layout(Layout::right_to_left(Align::Center)),
        );
        buttons.spacing_mut().item_spacing.x = UNIT;
        if at > 0 {
            let small = |text| Button::new(text).size(theme::SMALL);
            let compare = small("Compare").tooltip("Side by side with the base");
            if buttons.add(compare).clicked() {
                let base = self.collation.base.article;
                commands.send(Command::OpenArticles([base, shown.id]));
            }
            let base = small("Make base").tooltip("Set the others beside this one");
            if buttons.add(base).clicked() {
                let kept = self.columns.iter().map(|column| column.id).collect();
                commands.send(self.again(Some(shown.id), kept));
            }
        }
        let style = TextStyle::new(11.5, theme.faint_ink)
            .direction(Direction::Ltr)
            .align(TextAlign::Left);
        let room = foot.with_max_x(buttons.min_rect().min.x - UNIT);
        if room.width() > 40.0 {
            text_in(ui.painter(), room, &style, &shares);
        }
        let edge = Stroke::new(1.0, theme.hairline);
        ui.painter().hline(rect.x_range(), rect.max.y, edge);
    }

    /// What is marked in each column: in the base what others share, in the others what differs from it.
    fn mark(&mut self, theme: &Theme) {
        for (at, shown) in self.columns.iter_mut().enumerate() {
            let pages = shown.article.furniture.iter();
            shown.marks = pages.map(|f| furniture(f.span.range(), theme)).collect();
            let other = at.checked_sub(1).map(|at| &self.collation.others[at]);
            let column = other.unwrap_or(&self.collation.base);
            let lines = column.framing.iter();
            let lines = lines.map(|line| Decoration::letters(line.range(), theme.faint_ink));
            shown.marks.extend(lines);
            let kept = |stretch: Span, hue: Hue| {
                let parts = column.compared(stretch);
                parts.map(move |part| Decoration::fill(part.range(), hue.kept))
            };
            if other.is_none() {
                for (region, span) in self.collation.regions.iter().enumerate() {
                    let hue = theme.hue(self.collation.kind(region));
                    shown.marks.extend(kept(*span, hue));
                }
            }
            for passage in &column.passages {
                let hue = theme.hue(passage.kind);
                shown.marks.extend(kept(passage.spans[1], hue));
                for edit in passage.edits.iter().filter(|e| !e.spans[1].is_empty()) {
                    let letters = edit.letters.map(|letters| letters[1].range());
                    let word = edit.spans[1].range();
                    push_changed(&mut shown.marks, word, letters, hue, edit.kind);
                }
            }
        }
    }
}

/// Narrower than an article alone.
fn narrow(setting: Setting) -> ViewStyle {
    ViewStyle {
        size: (setting.size * 0.85).round(),
        padding: 3.0 * UNIT,
        ..style(setting)
    }
}
