//! All articles of the selection, and beside them the one that is current, whole: what is known of it,
//! from where, and with which others it shares text.

use std::sync::Arc;

use egui::{Rect, ScrollArea, Sense, Ui, vec2};

use super::command::{Command, Commands};
use super::compare::{Setting, furniture as furniture_mark, style, text_menu};
use super::list::{background, message, offset_for, remember};
use super::phrasing::{evidence, facts, group, plural, title};
use super::theme::{self, Theme, UNIT};
use crate::article::Article;
use crate::paint::{Decoration, Direction, Label, TextAlign, TextStyle, TextView, Weight, text_in};
use crate::view::{Board, Pairs, Phase};

const ROW: f32 = 58.0;

/// What the list shows.
pub struct ArticleList<'a> {
    pub articles: &'a [Arc<Article>],
    pub pairs: &'a Pairs,
    pub board: &'a Board,
    pub phase: &'a Phase,
    pub row: usize,
    /// The current row has just been moved by keyboard and has to be in sight.
    pub follow: bool,
    pub setting: Setting,
}

/// The article that is being read, kept from frame to frame.
#[derive(Default)]
pub struct Reading(Option<Open>);

struct Open {
    article: Arc<Article>,
    view: TextView,
    scroll: f32,
}

impl Reading {
    /// True while the text has the keyboard.
    pub fn has_focus(&self, ctx: &egui::Context) -> bool {
        self.0.as_ref().is_some_and(|open| open.view.has_focus(ctx))
    }

    /// Runs the text from the other side.
    pub fn turn(&mut self) {
        if let Some(open) = &mut self.0 {
            open.view.turn_over();
        }
    }
}

pub fn show(ui: &mut Ui, list: &ArticleList, reading: &mut Reading, commands: &mut Commands) {
    if list.board.articles.is_empty() {
        let (headline, advice) = if list.board.total_articles > 0 {
            (
                "No article in this selection",
                "Remove a filter to see more.",
            )
        } else if list.phase.is_working() {
            (
                "Looking for articles…",
                "They show up here as they are read.",
            )
        } else {
            (
                "No articles",
                "Nothing was read before the work was stopped.",
            )
        };
        message(ui, headline, advice);
        return;
    }
    let theme = Theme::of(ui);
    let width = ui.available_width();
    egui::Panel::left("article-list")
        .frame(egui::Frame::new().fill(theme.paper))
        .resizable(true)
        .default_size((width * 0.42).clamp(220.0, 460.0))
        .size_range(200.0..=(width - 240.0).max(200.0))
        .show(ui, |ui| rows(ui, list, commands));
    egui::CentralPanel::no_frame().show(ui, |ui| read(ui, list, reading, commands));
}

fn rows(ui: &mut Ui, list: &ArticleList, commands: &mut Commands) {
    let mut area = ScrollArea::vertical()
        .id_salt("articles")
        .auto_shrink(false);
    if list.follow {
        area = area.vertical_scroll_offset(offset_for(ui, "articles", list.row, ROW));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let shown = area.show_rows(ui, ROW, list.board.articles.len(), |ui, rows| {
        for row in rows {
            let article = &list.articles[list.board.articles[row] as usize];
            let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), ROW));
            ui.allocate_rect(rect, Sense::hover());
            show_row(ui, rect, list, row, article, commands);
        }
    });
    remember(
        ui,
        "articles",
        shown.state.clamped_offset().y,
        shown.inner_rect.height(),
    );
}

fn show_row(
    ui: &Ui,
    rect: Rect,
    list: &ArticleList,
    row: usize,
    article: &Article,
    commands: &mut Commands,
) {
    let theme = Theme::of(ui);
    let response = ui.interact(rect, ui.scope_id().with(("article", row)), Sense::click());
    let current = row == list.row;
    let headline = title(article);
    let facts = facts(article);
    response.widget_info(|| {
        let name = format!("{headline}, {facts}, {} words", article.words);
        egui::WidgetInfo::selected(egui::Role::Button, true, current, name)
    });
    background(ui, rect, current, response.hovered(), response.has_focus());
    let inner = rect.shrink2(vec2(3.0 * UNIT, 1.5 * UNIT));
    let (top, below) = inner.split_top_bottom_at_fraction(0.55);
    let style = TextStyle::new(theme::BODY, theme.ink)
        .weight(Weight::Medium)
        .align(TextAlign::Right);
    text_in(ui.painter(), top, &style, &headline);
    let small = |align, direction| {
        TextStyle::new(theme::SMALL, theme.faint_ink)
            .align(align)
            .direction(direction)
    };
    let words = plural(article.words as usize, "word", "words");
    let words_at = text_in(
        ui.painter(),
        below,
        &small(TextAlign::Left, Direction::Ltr),
        &words,
    );
    let about = below.with_min_x(words_at.max.x + 2.0 * UNIT);
    text_in(
        ui.painter(),
        about,
        &small(TextAlign::Right, Direction::Rtl),
        &facts,
    );
    if response.clicked() {
        commands.send(Command::SelectRow(row));
    }
}

/// The current article with its page furniture dimmed.
fn read(ui: &mut Ui, list: &ArticleList, reading: &mut Reading, commands: &mut Commands) {
    let theme = Theme::of(ui);
    let Some(&id) = list.board.articles.get(list.row) else {
        return;
    };
    let article = &list.articles[id as usize];
    let whole = ui.available_rect_before_wrap();
    ui.painter().rect_filled(whole, 0, theme.paper);
    egui::Panel::top("about-article")
        .frame(
            egui::Frame::new()
                .fill(theme.paper)
                .inner_margin(egui::Margin::symmetric(20, 10)),
        )
        .show(ui, |ui| about(ui, list, id, article, commands));
    let open = match &mut reading.0 {
        Some(open) if Arc::ptr_eq(&open.article, article) => open,
        slot => slot.insert(Open {
            article: article.clone(),
            view: TextView::new(article.text.clone(), style(list.setting)),
            scroll: 0.0,
        }),
    };
    open.view.set_style(style(list.setting));
    let rect = ui.available_rect_before_wrap();
    open.view.prepare(ui.ctx(), rect.width());
    let (pointer, delta) =
        ui.input(|input| (input.pointer.hover_pos(), input.smooth_scroll_delta().y));
    if pointer.is_some_and(|pointer| rect.contains(pointer)) {
        open.scroll -= delta;
    }
    open.scroll = open
        .scroll
        .clamp(0.0, (open.view.height() - rect.height() + 24.0).max(0.0));
    let furniture: Vec<Decoration> = article
        .furniture
        .iter()
        .map(|f| furniture_mark(f.span.range(), theme))
        .collect();
    let shown = open.view.show(ui, rect, &mut open.scroll, &furniture);
    let name = format!("Text of {}", title(article));
    ui.ctx()
        .accesskit_node_builder(shown.response.id, |node| node.set_label(name));
    open.view.menu(&shown.response, |menu, view| {
        text_menu(menu, view, article, id, commands);
    });
    if let Some(over) = shown.hovered {
        let reason = article
            .furniture
            .iter()
            .find(|f| f.span.contains(over.start))
            .map(|f| f.reason);
        if let Some(reason) = reason {
            crate::paint::tip(
                shown.response,
                &format!("Page furniture, not compared. {reason}"),
            );
        }
    }
}

fn about(ui: &mut Ui, list: &ArticleList, id: u32, article: &Article, commands: &mut Commands) {
    const SHOWN: usize = 4;
    let theme = Theme::of(ui);
    ui.spacing_mut().item_spacing.y = UNIT;
    let width = ui.available_width();
    let headline = title(article);
    let headline = Label::new(&headline)
        .size(theme::LARGE)
        .strong()
        .color(theme.ink)
        .width(width)
        .align(TextAlign::Right);
    ui.add(headline.max_lines(2));
    for line in evidence(article).lines() {
        ui.add(
            Label::new(line)
                .size(theme::SMALL)
                .color(theme.faint_ink)
                .direction(Direction::Ltr),
        );
    }
    let others: Vec<(u32, u32, u32)> = (0..)
        .zip(&list.pairs.0)
        .filter_map(|(pair, p)| match id {
            id if id == p.first => Some((pair, p.second, p.words)),
            id if id == p.second => Some((pair, p.first, p.words)),
            _ => None,
        })
        .collect();
    if others.is_empty() {
        if list.phase.is_compared() {
            ui.add(
                Label::new("Shares no passage with another article")
                    .size(theme::SMALL)
                    .color(theme.faint_ink),
            );
        }
        return;
    }
    let mut strongest = others.clone();
    strongest.sort_by_key(|&(pair, _, words)| (std::cmp::Reverse(words), pair));
    let text = format!(
        "Shares text with {}",
        plural(others.len(), "article", "articles")
    );
    ui.add(
        Label::new(&text)
            .size(theme::SMALL)
            .strong()
            .color(theme.ink),
    );
    for (pair, other, words) in strongest.into_iter().take(SHOWN) {
        let other = &list.articles[other as usize];
        let words = plural(words as usize, "word", "words");
        let text = format!(
            "\u{2068}{words}\u{2069} · {} · \u{2068}{}\u{2069}",
            facts(other),
            title(other)
        );
        let button = crate::paint::Button::new(&text)
            .quiet()
            .size(theme::SMALL)
            .tooltip("Compare the two");
        ui.push_id(pair, |ui| {
            if ui.add(button).clicked() {
                commands.send(Command::OpenPair(pair));
            }
        });
    }
    if others.len() > SHOWN {
        let text = format!(
            "and {} more, in the list of pairs",
            group(others.len() - SHOWN)
        );
        ui.add(Label::new(&text).size(theme::SMALL).color(theme.faint_ink));
    }
}
