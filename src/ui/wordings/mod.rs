//! One passage through a family: the earliest wording on top, the others under it by date, differences
//! marked in each.

mod stack;

use std::ops::Range;
use std::sync::Arc;

use egui::{Align, Layout, Rect, ScrollArea, Sense, Stroke, Ui, pos2, vec2};

use super::command::{Act, Command, Commands};
use super::compare::{Setting, push_changed, style};
use super::correct::turned;
use super::known::facts;
use super::phrasing::{edit_name, kind_name, plural, title};
use super::theme::{self, Theme, UNIT};
use super::top_bar;
use crate::article::{Article, Span};
use crate::paint::{
    Button, Decoration, Direction, Icon, Label, TextAlign, TextStyle, TextView, ViewStyle, Weight,
    text_in,
};
use crate::view::comparison::SECOND;
use crate::view::wordings::{Wording, Wordings};
use stack::Row;

/// Width of the column that says who printed a wording.
const WHO: f32 = 210.0;
/// Height of the line above the undated ones.
const APART: f32 = 40.0;

/// The stack on the screen.
pub struct WordingsView {
    rows: Vec<Row>,
    setting: Setting,
    /// Points that the keyboard has asked to scroll by.
    scroll: f32,
    /// What of the stack was on the screen in the last frame; `None` before the first.
    seen: Option<Range<f32>>,
    /// Width of the texts that the heights are for.
    width: f32,
}

/// What was asked for at a row.
enum Asked {
    Compare,
    Base,
}

impl WordingsView {
    pub fn new(wordings: Wordings, articles: &[Arc<Article>], setting: Setting) -> Self {
        let first_day = wordings.base.day;
        // Undated ones stand apart: below them the order means nothing.
        let dated = wordings.dated();
        let is_apart = |at: usize| at == dated + 1 && (first_day.is_some() || dated > 0);
        let rows = std::iter::once(wordings.base)
            .chain(wordings.others)
            .enumerate()
            .map(|(at, wording)| {
                let article = Arc::clone(&articles[wording.article as usize]);
                let text: Arc<str> = wording.span.of(&article.text).into();
                let later = first_day.zip(wording.day).and_then(|(first, day)| {
                    Some(first.until((jiff::Unit::Day, day)).ok()?.get_days())
                });
                Row {
                    view: turned(TextView::new(text, stacked(setting)), &article),
                    article,
                    wording,
                    later,
                    apart: if is_apart(at) { APART } else { 0.0 },
                    height: stack::LOWEST,
                }
            })
            .collect();
        Self {
            rows,
            setting,
            scroll: 0.0,
            seen: None,
            width: 0.0,
        }
    }

    pub fn set(&mut self, setting: Setting) {
        self.setting = setting;
        self.width = 0.0;
        for row in &mut self.rows {
            row.view.set_style(stacked(setting));
        }
    }

    /// Runs the text that has the keyboard from the other side; all texts where none has it.
    pub fn turn(&mut self, ctx: &egui::Context) {
        let one = self.rows.iter().position(|row| row.view.has_focus(ctx));
        for (at, row) in self.rows.iter_mut().enumerate() {
            if one.is_none_or(|one| one == at) {
                row.view.turn_over();
            }
        }
    }

    /// True while one of the texts has the keyboard.
    pub fn has_focus(&self, ctx: &egui::Context) -> bool {
        self.rows.iter().any(|row| row.view.has_focus(ctx))
    }

    /// Scrolls by points, down where positive.
    pub fn scroll_by(&mut self, points: f32) {
        self.scroll += points;
    }

    /// The passage as the base has it.
    pub fn base(&self) -> Option<(u32, Span)> {
        let base = &self.rows.first()?.wording;
        Some((base.article, base.span))
    }

    /// The article whose wording has the keyboard, or the base.
    pub fn article_in_hand(&self, ctx: &egui::Context) -> Option<u32> {
        let focused = self.rows.iter().find(|row| row.view.has_focus(ctx));
        focused.or(self.rows.first()).map(|row| row.wording.article)
    }

    pub fn show(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let theme = Theme::of(ui);
        egui::Panel::top("wordings-header")
            .frame(
                egui::Frame::new()
                    .fill(theme.chrome)
                    .inner_margin(egui::Margin::symmetric(12, 6)),
            )
            .show(ui, |ui| self.header(ui, theme, commands));
        egui::CentralPanel::no_frame()
            .frame(egui::Frame::new().fill(theme.paper))
            .show(ui, |ui| {
                let bar = ui.spacing().scroll.allocated_width();
                let width = (ui.available_width() - bar - WHO).max(120.0);
                let mut area = ScrollArea::vertical().auto_shrink(false);
                if let Some(offset) = self.lay(ui.ctx(), width) {
                    area = area.vertical_scroll_offset(offset);
                }
                let shown = area.show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    let asked = std::mem::take(&mut self.scroll);
                    if asked != 0.0 {
                        ui.scroll_with_delta_animation(
                            vec2(0.0, -asked),
                            egui::style::ScrollAnimation::none(),
                        );
                    }
                    let base = self.rows.first().map(|row| row.wording.article);
                    for at in 0..self.rows.len() {
                        if self.rows[at].apart > 0.0 {
                            undated(ui, theme);
                        }
                        self.row(ui, theme, at, base, commands);
                    }
                });
                let top = shown.state.clamped_offset().y;
                self.seen = Some(top..top + shown.inner_rect.height());
            });
    }

    fn header(&self, ui: &mut Ui, theme: &Theme, commands: &mut Commands) {
        ui.horizontal(|ui| {
            ui.set_height(36.0);
            let tip = Act::Back.tooltip(ui.ctx());
            if ui.add(Button::new("Back").icon(Icon::Left).quiet().tooltip(&tip)).clicked() {
                commands.act(Act::Back);
            }
            let undated = self.rows.iter().filter(|row| row.wording.day.is_none()).count();
            let text = format!("One passage in {}", plural(self.rows.len(), "article", "articles"));
            ui.add(Label::new(&text).strong().color(theme.ink));
            let text = match undated {
                0 => "The earliest on top. Marked is what differs from it.".to_owned(),
                all if all == self.rows.len() => "None is dated: their order says nothing.".to_owned(),
                some => format!("The earliest dated on top, {some} undated at the end. Marked is what differs from it."),
            };
            ui.add(Label::new(&text).size(theme::SMALL).color(theme.faint_ink));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| top_bar::looks(ui, commands));
        });
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        at: usize,
        base: Option<u32>,
        commands: &mut Commands,
    ) {
        let Row {
            article,
            wording,
            view,
            later,
            height,
            ..
        } = &mut self.rows[at];
        let size = vec2(ui.available_width(), *height);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        if !ui.is_rect_visible(rect) {
            return;
        }
        view.prepare(ui.ctx(), self.width);
        let who = rect.with_min_x(rect.min.x + self.width);
        let text = Rect::from_min_max(rect.min, pos2(who.min.x, rect.max.y))
            .shrink2(vec2(0.0, 3.0 * UNIT));
        if at == 0 {
            ui.painter().rect_filled(rect, 0, theme.selected);
        }
        let marks = decorations(wording, theme);
        let mut scroll = 0.0;
        let shown = view.show(ui, text, &mut scroll, &marks);
        if let Some(caret) = shown.follow {
            ui.scroll_to_rect(caret.expand(4.0 * UNIT), None);
        }
        view.menu(&shown.response, |_, _| {});
        if let Some(over) = shown.hovered {
            let byte = over.start + wording.span.start as usize;
            let edit = wording
                .edits
                .iter()
                .find(|edit| edit.spans[SECOND].contains(byte));
            if let Some(edit) = edit {
                crate::paint::tip(shown.response.clone(), edit_name(edit.kind));
            }
        }
        let name = format!("Wording of {}", title(article));
        ui.ctx()
            .accesskit_node_builder(shown.response.id, |node| node.set_label(name));
        let asked = about(ui, theme, who, article, wording, *later, at == 0);
        ui.painter()
            .vline(who.min.x, rect.y_range(), Stroke::new(1.0, theme.hairline));
        ui.painter().hline(
            rect.x_range(),
            rect.max.y - 0.5,
            Stroke::new(1.0, theme.hairline),
        );
        match (asked, base) {
            (Some(Asked::Compare), Some(base)) => {
                commands.send(Command::OpenArticles([base, wording.article]));
            }
            (Some(Asked::Base), _) => commands.send(Command::ShowWordings {
                article: wording.article,
                span: wording.span,
            }),
            _ => {}
        }
    }
}

/// Wider than an article alone, so that wordings stand close below one another.
fn stacked(setting: Setting) -> ViewStyle {
    ViewStyle {
        max_width: setting.size * 64.0,
        ..style(setting)
    }
}

/// Above the wordings of articles without a date.
fn undated(ui: &mut Ui, theme: &Theme) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), APART), Sense::hover());
    let text = "Undated: where they belong among the others is unknown";
    ui.painter().rect_filled(rect, 0, theme.chrome);
    let style = TextStyle::new(theme::SMALL, theme.faint_ink)
        .weight(Weight::Bold)
        .direction(Direction::Ltr)
        .align(TextAlign::Left);
    text_in(
        ui.painter(),
        rect.shrink2(vec2(5.0 * UNIT, 0.0)),
        &style,
        text,
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    let line = Stroke::new(1.0, theme.hairline);
    ui.painter().hline(rect.x_range(), rect.max.y - 0.5, line);
}

/// Who printed it and when; what was asked for there.
fn about(
    ui: &mut Ui,
    theme: &Theme,
    rect: Rect,
    article: &Article,
    wording: &Wording,
    later: Option<i32>,
    is_base: bool,
) -> Option<Asked> {
    let response = ui.interact(
        rect,
        ui.scope_id().with(("wording", wording.article)),
        if is_base {
            Sense::hover()
        } else {
            Sense::click()
        },
    );
    let when = match (is_base, later) {
        (true, _) => "the base".to_owned(),
        (false, Some(0)) => "same day".to_owned(),
        (false, Some(days)) if days < 0 => format!(
            "{} earlier",
            plural(days.unsigned_abs() as usize, "day", "days")
        ),
        (false, Some(days)) => format!(
            "{} later",
            plural(days.unsigned_abs() as usize, "day", "days")
        ),
        (false, None) => "order unknown".to_owned(),
    };
    let substantive = wording
        .edits
        .iter()
        .filter(|edit| edit.kind.is_substantive())
        .count();
    let (what, of_substance) = if is_base {
        (String::new(), String::new())
    } else {
        let edits = plural(wording.edits.len(), "edit", "edits");
        (
            format!("{}, {edits}", kind_name(wording.kind)),
            format!("{substantive} of substance"),
        )
    };
    let facts = facts(article);
    response.widget_info(|| {
        let name = format!(
            "{facts}, {when}, {what}, {of_substance}. {}",
            title(article)
        );
        let role = if is_base {
            egui::Role::Label
        } else {
            egui::Role::Button
        };
        egui::WidgetInfo::labeled(role, true, name)
    });
    if response.hovered() && !is_base {
        ui.painter().rect_filled(rect, 0, theme.hovered);
    }
    let inner = rect.shrink2(vec2(3.0 * UNIT, 3.0 * UNIT));
    let line = |nth: f32| {
        Rect::from_min_size(
            pos2(inner.min.x, inner.min.y + nth * 22.0),
            vec2(inner.width(), 22.0),
        )
    };
    let right = |size: f32, color| TextStyle::new(size, color).from_the_right();
    let outlet = article.outlet_name().unwrap_or("Unknown outlet");
    text_in(
        ui.painter(),
        line(0.0),
        &right(15.0, theme.ink).weight(Weight::Bold),
        outlet,
    );
    let day = wording
        .day
        .map_or("no date".to_owned(), |day| day.to_string());
    let day = format!("\u{2068}{day}\u{2069} · \u{2068}{when}\u{2069}");
    text_in(
        ui.painter(),
        line(1.0),
        &right(theme::SMALL, theme.faint_ink),
        &day,
    );
    let ltr = TextStyle::new(11.5, theme.faint_ink)
        .align(TextAlign::Right)
        .direction(Direction::Ltr);
    text_in(ui.painter(), line(2.0), &ltr, &what);
    text_in(ui.painter(), line(3.0), &ltr, &of_substance);
    let mut asked = response.clicked().then_some(Asked::Compare);
    if !is_base {
        let foot = Rect::from_min_size(
            pos2(inner.min.x, line(4.0).min.y),
            vec2(inner.width(), 28.0),
        );
        let mut buttons = ui.new_child(
            egui::UiBuilder::new()
                .id_salt(("base", wording.article))
                .max_rect(foot)
                .layout(Layout::right_to_left(Align::Center)),
        );
        let button = Button::new("Make base")
            .size(theme::SMALL)
            .quiet()
            .tooltip("Mark in the others what differs from this one");
        if buttons.add(button).clicked() {
            asked = Some(Asked::Base);
        }
    }
    if !is_base {
        crate::paint::tip(
            response,
            &format!("{}\nClick to compare with the base", title(article)),
        );
    }
    asked
}

/// The words that differ from the base's, in the wording's own text.
fn decorations(wording: &Wording, theme: &Theme) -> Vec<Decoration> {
    let hue = theme.hue(wording.kind);
    let from = wording.span.start;
    let own = |span: Span| Span {
        start: span.start - from,
        end: span.end - from,
    };
    let mut made = Vec::new();
    for edit in &wording.edits {
        let span = edit.spans[SECOND];
        if span.is_empty() || span.start < from || span.end > wording.span.end {
            continue;
        }
        let letters = edit.letters.map(|letters| own(letters[SECOND]).range());
        push_changed(&mut made, own(span).range(), letters, hue, edit.kind);
    }
    let lines = wording.framing.iter();
    made.extend(lines.map(|line| Decoration::letters(own(*line).range(), theme.faint_ink)));
    made
}
