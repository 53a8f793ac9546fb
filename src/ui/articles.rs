//! All articles of the selection, and beside them the one that is current, whole: what is known of it,
//! from where, and with which others it shares text.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Rect, Sense, Ui, vec2};

use super::command::{Command, Commands};
use super::compare::{Setting, above_column, furniture as furniture_mark, style, text_menu};
use super::correct;
use super::known::{self, facts};
use super::list::{self as lists, background, message, sort_bar};
use super::phrasing::{group, plural, title};
use super::sharing::{self, Sharing};
use super::theme::{self, Theme, UNIT};
use crate::article::{Article, Span};
use crate::paint::{
    Button, Checkbox, Decoration, Direction, Extent, Icon, Label, Text, TextAlign, TextStyle,
    TextView, Weight, path_text, text_in,
};
use crate::view::{Board, Early, Facet, List, Order, Phase, Snippet, Snippets, Sort, Tables};

const ROW: f32 = 58.0;
/// Room for two lines of snippet under a row, while something is searched for.
const SNIPPET: f32 = 42.0;

/// What the list shows.
pub struct ArticleList<'a> {
    pub articles: &'a [Arc<Article>],
    pub tables: &'a Tables,
    pub board: &'a Board,
    pub snippets: &'a Snippets,
    pub selected: &'a BTreeSet<u32>,
    pub sort: Sort,
    /// What each row tells beside headline, outlet and date.
    pub facts: &'a [Fact],
    pub phase: &'a Phase,
    /// What an article shares, before all is found.
    pub early: Option<&'a Early>,
    /// All is found, and in the tables.
    pub found: bool,
    pub row: usize,
    /// The current row has just been moved by keyboard and has to be in sight.
    pub follow: bool,
    pub setting: Setting,
}

/// What a row can tell, by choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    Length,
    SharedWords,
    SharedWith,
    FamilySize,
    FileType,
    Path,
}

impl Fact {
    pub const ALL: [Self; 6] = [
        Self::Length,
        Self::SharedWords,
        Self::SharedWith,
        Self::FamilySize,
        Self::FileType,
        Self::Path,
    ];

    /// The name under which the choice is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::SharedWords => "shared-words",
            Self::SharedWith => "shared-with",
            Self::FamilySize => "family-size",
            Self::FileType => "file-type",
            Self::Path => "path",
        }
    }

    /// The facts of these names; a name of another version is passed over.
    pub fn named(names: &[String]) -> Vec<Self> {
        let find = |name: &String| Self::ALL.into_iter().find(|fact| fact.name() == name);
        names.iter().filter_map(find).collect()
    }

    fn label(self) -> &'static str {
        match self {
            Self::Length => "Words",
            Self::SharedWords => "Shared words",
            Self::SharedWith => "Shares with",
            Self::FamilySize => "Family size",
            Self::FileType => "File type",
            Self::Path => "File",
        }
    }

    /// In words, for one article; `None` where there is nothing to tell.
    fn of(self, list: &ArticleList, id: u32) -> Option<String> {
        let article = &list.articles[id as usize];
        let links = &list.tables.links;
        let some = |count: usize| Some(count).filter(|count| *count > 0);
        match self {
            Self::Length => Some(plural(article.words as usize, "word", "words")),
            Self::SharedWords => {
                let words = links
                    .shared_words
                    .get(id as usize)
                    .copied()
                    .unwrap_or_default();
                some(words as usize).map(|words| format!("{} shared", group(words)))
            }
            Self::SharedWith => {
                let others = some(links.pairs_of(id).count())?;
                Some(format!("shares with {}", group(others)))
            }
            Self::FamilySize => {
                let family = links.family_of(id)?;
                let size = links.families.get(family as usize)?.size;
                Some(format!("family of {}", group(size as usize)))
            }
            Self::FileType => {
                let column = list.tables.columns.column(Facet::FileType);
                let value = column.of(id as usize).next()?;
                column.values[value as usize].as_deref().map(str::to_owned)
            }
            Self::Path => Some(path_text(&article.path)),
        }
    }
}

/// The article that is being read, kept from frame to frame.
#[derive(Default)]
pub struct Reading(Option<Open>);

struct Open {
    article: Arc<Article>,
    view: TextView,
    scroll: f32,
    /// Where the text begins on the screen.
    top: f32,
    /// Where it answers what is searched for, and which search that was.
    answers: Vec<Span>,
    asked: u64,
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
    let about = plural(list.board.articles.len(), "article", "articles");
    let (orders, sort) = match list.board.is_searched {
        true => (Order::of(List::Articles), list.sort),
        false => Order::without_search(list.sort),
    };
    let sort = (List::Articles, orders, sort);
    sort_bar(ui, sort, list.phase, &about, commands, |ui, commands| {
        chosen_facts(ui, list, commands);
    });
    egui::Panel::left(lists::beside("article-list", width))
        .frame(egui::Frame::new().fill(theme.paper))
        .resizable(true)
        .default_size((width * 0.42).clamp(220.0, 460.0))
        .size_range(200.0..=(width - 240.0).max(200.0))
        .show(ui, |ui| {
            rows(ui, list, commands);
        });
    egui::CentralPanel::no_frame().show(ui, |ui| read(ui, list, reading, commands));
}

/// What the rows tell, and what can be done with the articles that are selected.
fn chosen_facts(ui: &mut Ui, list: &ArticleList, commands: &mut Commands) {
    let button = ui.add(Button::new("Columns").quiet().size(theme::SMALL));
    egui::Popup::menu(&button)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .show(|menu| {
            menu.set_width(180.0);
            for fact in Fact::ALL {
                let mut on = list.facts.contains(&fact);
                if menu
                    .add(Checkbox::new(&mut on, fact.label()).full_width())
                    .clicked()
                {
                    commands.send(Command::ToggleColumn(fact));
                }
            }
        });
    let mut selected = list.selected.iter().copied();
    if let (Some(x), Some(y), None) = (selected.next(), selected.next(), selected.next()) {
        let tip = "Side by side; where they share nothing, why not";
        let button = Button::new("Compare the two")
            .size(theme::SMALL)
            .tooltip(tip);
        if ui.add(button).clicked() {
            commands.send(Command::OpenArticles([x, y]));
        }
    }
}

fn rows(ui: &mut Ui, list: &ArticleList, commands: &mut Commands) {
    let height = if list.snippets.is_active() {
        ROW + SNIPPET
    } else {
        ROW
    };
    let follow = list.follow.then_some(list.row);
    let count = list.board.articles.len();
    lists::rows(ui, "articles", height, count, follow, |ui, rect, row| {
        show_row(ui, rect, list, row, commands);
    });
}

fn show_row(ui: &Ui, rect: Rect, list: &ArticleList, row: usize, commands: &mut Commands) {
    let theme = Theme::of(ui);
    let id = list.board.articles[row];
    let article = list.articles[id as usize].as_ref();
    let response = ui.interact(rect, ui.scope_id().with(("article", row)), Sense::click());
    let current = row == list.row;
    let selected = list.selected.contains(&id);
    let headline = title(article);
    let facts = facts(article);
    let told: Vec<String> = list
        .facts
        .iter()
        .filter_map(|fact| fact.of(list, id))
        .collect();
    let snippet = list.snippets.of(id, article);
    response.widget_info(|| {
        let known = known::spoken(article);
        let mut name = format!("{headline}, {known}, {}", told.join(", "));
        if let Some(snippet) = &snippet {
            name.push_str(&format!(". {}", snippet.text));
        }
        if selected {
            name.push_str(", selected");
        }
        egui::WidgetInfo::selected(egui::Role::Button, true, current, name)
    });
    background(ui, rect, current, response.hovered(), response.has_focus());
    let mut inner = rect.shrink2(vec2(3.0 * UNIT, 1.5 * UNIT));
    if selected {
        let mark = egui::pos2(inner.max.x - 6.0, rect.min.y + 18.0);
        Icon::Check.paint(ui.painter(), mark, 14.0, theme.accent);
        inner.max.x -= 20.0;
    }
    let (inner, below) = inner.split_top_bottom_at_y(rect.min.y + ROW - 1.5 * UNIT);
    if let Some(snippet) = &snippet {
        marked(ui, below, snippet);
    }
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
    let left = small(TextAlign::Left, Direction::Ltr);
    let told_in = below.with_max_x(below.min.x + below.width() * 0.6);
    let told_at = text_in(ui.painter(), told_in, &left, &told.join(" · "));
    let about = below.with_min_x(told_at.max.x.max(below.min.x) + 2.0 * UNIT);
    let right = small(TextAlign::Right, Direction::Rtl);
    text_in(ui.painter(), about, &right, &facts);
    let response = match response.hovered() {
        true => crate::paint::tip(response, &known::doubts(article)),
        false => response,
    };
    if response.clicked() {
        let modifiers = ui.input(|input| input.modifiers);
        if modifiers.command {
            commands.send(Command::ToggleSelected(id));
        } else if modifiers.shift {
            commands.send(Command::SelectTo(row));
        } else {
            commands.send(Command::SelectRow(row));
        }
    }
}

/// Two lines of an article with the answers marked.
fn marked(ui: &Ui, rect: Rect, snippet: &Snippet) {
    let theme = Theme::of(ui);
    let style = TextStyle::new(theme::SMALL, theme.ink)
        .align(TextAlign::Right)
        .line_height(20.0);
    let extent = Extent {
        width: Some(rect.width()),
        max_lines: Some(2),
    };
    let text = Text::new(ui.ctx(), &style, extent, &snippet.text);
    for mark in &snippet.marks {
        for part in text.layout().rects(mark) {
            let part = part.translate(rect.min.to_vec2()).expand2(vec2(1.0, 0.0));
            ui.painter().rect_filled(part, 2, theme.search_hit);
        }
    }
    text.paint(ui.painter(), rect.min);
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
        .show(ui, |ui| {
            above_column(ui, whole.width(), list.setting, |ui| {
                about(ui, list, id, article, commands);
            });
        });
    let open = match &mut reading.0 {
        Some(open) if Arc::ptr_eq(&open.article, article) => open,
        slot => slot.insert(Open {
            article: article.clone(),
            view: correct::turned(
                TextView::new(article.text.clone(), style(list.setting)),
                article,
            ),
            scroll: 0.0,
            top: f32::NAN,
            answers: Vec::new(),
            asked: u64::MAX,
        }),
    };
    open.view.set_style(style(list.setting));
    let rect = ui.available_rect_before_wrap();
    // What is found meanwhile stands above the text: its lines stay where they are under a reader's eyes.
    let moved = rect.min.y - std::mem::replace(&mut open.top, rect.min.y);
    if open.scroll > 0.0 && moved.is_finite() {
        open.scroll += moved;
    }
    open.view.prepare(ui.ctx(), rect.width());
    if open.asked != list.snippets.id() {
        open.asked = list.snippets.id();
        open.answers = list.snippets.marks(id, article);
        // What was asked for is what the person wants to see.
        if let Some(first) = open.answers.first() {
            let y = open.view.y_of(ui.ctx(), first.start as usize);
            open.scroll = y - rect.height() / 3.0;
        }
    }
    let (pointer, delta) =
        ui.input(|input| (input.pointer.hover_pos(), input.smooth_scroll_delta().y));
    if pointer.is_some_and(|pointer| rect.contains(pointer)) {
        open.scroll -= delta;
    }
    open.scroll = open
        .scroll
        .clamp(0.0, (open.view.height() - rect.height() + 24.0).max(0.0));
    let furniture = article.furniture.iter();
    let furniture = furniture.map(|f| furniture_mark(f.span.range(), theme));
    let answers = open.answers.iter();
    let answers = answers.map(|span| Decoration::fill(span.range(), theme.search_hit));
    let decorations: Vec<Decoration> = furniture.chain(answers).collect();
    let shown = open.view.show(ui, rect, &mut open.scroll, &decorations);
    let name = format!("Text of {}", title(article));
    ui.ctx()
        .accesskit_node_builder(shown.response.id, |node| node.set_label(name));
    open.view.menu(&shown.response, |menu, view| {
        text_menu(menu, view, article, id, commands);
        menu.separator();
        let at = view.selection().start;
        correct::menu(menu, article, id, at, commands);
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
    correct::known_lines(ui, article, id, commands);
    correct::furniture_bar(ui, article, id, commands);
    sharing::show(ui, &sharing(list, id), commands);
}

fn sharing<'a>(list: &'a ArticleList, id: u32) -> Sharing<'a> {
    Sharing {
        id,
        articles: list.articles,
        tables: list.tables,
        early: list.early,
        found: list.found,
        phase: list.phase,
    }
}
