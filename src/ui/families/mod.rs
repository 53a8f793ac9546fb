//! The list of families, and beside it the current one: when which outlet printed it, as a timeline or a
//! table, and the text of the article that is picked.

mod table;
mod timeline;

use std::sync::Arc;

use egui::{Align, Layout, Rect, Sense, Ui, vec2};

use super::command::{Act, Command, Commands};
use super::compare::{Setting, above_column, furniture, style, text_menu};
use super::correct;
use super::known::facts;
use super::list::{self as lists, background, message, sort_bar};
use super::phrasing::{group, plural, title};
use super::theme::{self, Theme, UNIT};
use crate::article::Article;
use crate::paint::{
    Button, Direction, Label, Tab, TextAlign, TextStyle, TextView, Weight, text_in,
};
use crate::reuse::Findings;
use crate::view::{Board, FamilyFacts, Lineage, List, Order, Phase, Sort, Tables, Timeline, Trace};

const ROW: f32 = 76.0;

/// What the page keeps from frame to frame.
#[derive(Default)]
pub struct Families {
    as_table: bool,
    /// Articles that are nearly the same stand in the table as one.
    unfolded: bool,
    open: Option<Open>,
}

/// The family that is looked at.
struct Open {
    family: u32,
    version: u64,
    timeline: Timeline,
    dots: timeline::Dots,
    rows: table::Rows,
    lineage: Lineage,
    /// The article that is read: the representative until another is picked.
    picked: u32,
    view: TextView,
    scroll: f32,
}

/// What the page shows.
pub struct FamilyList<'a> {
    pub articles: &'a [Arc<Article>],
    pub findings: &'a Findings,
    pub tables: &'a Tables,
    pub board: &'a Board,
    pub version: u64,
    pub sort: Sort,
    pub phase: &'a Phase,
    pub row: usize,
    pub follow: bool,
    pub setting: Setting,
}

impl Families {
    /// True while the text has the keyboard.
    pub fn has_focus(&self, ctx: &egui::Context) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| open.view.has_focus(ctx))
    }

    /// The article of a family that is read.
    pub fn picked(&self, family: u32) -> Option<u32> {
        let open = self.open.as_ref()?;
        (open.family == family).then_some(open.picked)
    }

    /// Runs the text from the other side.
    pub fn turn(&mut self) {
        if let Some(open) = &mut self.open {
            open.view.turn_over();
        }
    }
}

pub fn show(ui: &mut Ui, list: &FamilyList, families: &mut Families, commands: &mut Commands) {
    let about = plural(list.board.families.len(), "family", "families");
    sort_bar(
        ui,
        (List::Families, Order::of(List::Families), list.sort),
        list.phase,
        &about,
        commands,
        |_, _| {},
    );
    if list.board.families.is_empty() {
        empty(ui, list);
        return;
    }
    let theme = Theme::of(ui);
    let width = ui.available_width();
    egui::Panel::left(lists::beside("family-list", width))
        .frame(egui::Frame::new().fill(theme.paper))
        .resizable(true)
        .default_size((width * 0.38).clamp(220.0, 440.0))
        .size_range(200.0..=(width - 260.0).max(200.0))
        .show(ui, |ui| rows(ui, list, commands));
    egui::CentralPanel::no_frame()
        .frame(egui::Frame::new().fill(theme.paper))
        .show(ui, |ui| one(ui, list, families, commands));
}

fn empty(ui: &mut Ui, list: &FamilyList) {
    let (headline, advice) = if list.phase.is_comparing() {
        (
            "Comparing…",
            "Families show up as soon as the articles have been compared.",
        )
    } else if list.board.total_families > 0 {
        (
            "No family in this selection",
            "Remove a filter to see more.",
        )
    } else if !list.phase.is_compared() {
        lists::NOT_COMPARED
    } else {
        ("No families", "No two of these articles share a passage.")
    };
    message(ui, headline, advice);
}

fn rows(ui: &mut Ui, list: &FamilyList, commands: &mut Commands) {
    let follow = list.follow.then_some(list.row);
    let count = list.board.families.len();
    lists::rows(ui, "families", ROW, count, follow, |ui, rect, row| {
        show_row(ui, rect, list, row, commands);
    });
}

fn show_row(ui: &Ui, rect: Rect, list: &FamilyList, row: usize, commands: &mut Commands) {
    let theme = Theme::of(ui);
    let id = list.board.families[row];
    let family = &list.tables.links.families[id as usize];
    let article = &list.articles[family.representative as usize];
    let headline = title(article);
    let when = when(family);
    let size = size(list, id, family);
    let peak = peak(family);
    let response = ui.interact(rect, ui.scope_id().with(("family", id)), Sense::click());
    let current = row == list.row;
    response.widget_info(|| {
        let name = format!("{size}, {when}, {peak}. {headline}");
        egui::WidgetInfo::selected(egui::Role::Button, true, current, name)
    });
    background(ui, rect, current, response.hovered(), response.has_focus());
    let inner = rect.shrink2(vec2(3.0 * UNIT, 1.5 * UNIT));
    let line = inner.height() / 3.0;
    let nth =
        |at: f32| Rect::from_min_size(inner.min + vec2(0.0, at * line), vec2(inner.width(), line));
    let style = TextStyle::new(theme::BODY, theme.ink)
        .weight(Weight::Medium)
        .align(TextAlign::Right);
    text_in(ui.painter(), nth(0.0), &style, &headline);
    let small = |align| {
        TextStyle::new(theme::SMALL, theme.faint_ink)
            .align(align)
            .direction(Direction::Ltr)
    };
    let bold = small(TextAlign::Left).weight(Weight::Medium);
    text_in(ui.painter(), nth(1.0), &bold, &size);
    text_in(
        ui.painter(),
        nth(2.0),
        &small(TextAlign::Left),
        &format!("{when} · {peak}"),
    );
    if response.clicked() {
        commands.send(Command::SelectRow(row));
    }
}

fn size(list: &FamilyList, id: u32, family: &FamilyFacts) -> String {
    let shown = list.board.shown_of_family[id as usize];
    let articles = match shown == family.size {
        true => plural(family.size as usize, "article", "articles"),
        false => format!(
            "{} of {} articles",
            group(shown as usize),
            group(family.size as usize)
        ),
    };
    let texts = match family.texts < family.size {
        true => format!(" ({})", plural(family.texts as usize, "text", "texts")),
        false => String::new(),
    };
    let outlets = plural(family.outlets as usize, "outlet", "outlets");
    format!("{articles}{texts} · {outlets}")
}

fn when(family: &FamilyFacts) -> String {
    let undated = match family.undated {
        0 => String::new(),
        some => format!(", {} undated", group(some as usize)),
    };
    match family.days {
        None => "none dated".to_owned(),
        Some((first, last)) if first == last => format!("{first}{undated}"),
        Some((first, last)) => format!("{first} – {last}{undated}"),
    }
}

fn peak(family: &FamilyFacts) -> String {
    match family.peak {
        Some((_, outlets)) if outlets > 1 => {
            format!("{} in a day", plural(outlets as usize, "outlet", "outlets"))
        }
        _ => "one outlet a day".to_owned(),
    }
}

/// The current family.
fn one(ui: &mut Ui, list: &FamilyList, families: &mut Families, commands: &mut Commands) {
    let theme = Theme::of(ui);
    let Some(&id) = list.board.families.get(list.row) else {
        return;
    };
    let family = &list.tables.links.families[id as usize];
    let open = match &mut families.open {
        Some(open) if open.family == id && open.version == list.version => open,
        slot => {
            let shown = shown_of(list, id);
            let timeline = Timeline::new(&shown, list.tables);
            let picked = match shown.binary_search(&family.representative) {
                Ok(_) => family.representative,
                Err(_) => shown.first().copied().unwrap_or(family.representative),
            };
            slot.insert(Open {
                family: id,
                version: list.version,
                timeline,
                dots: timeline::Dots::default(),
                rows: table::Rows::default(),
                lineage: Lineage::new(list.articles, list.findings, list.tables, id, &shown),
                picked,
                view: text_of(list, picked),
                scroll: 0.0,
            })
        }
    };
    head(
        ui,
        list,
        id,
        family,
        &mut families.as_table,
        &mut families.unfolded,
        commands,
    );
    source(ui, list, &open.lineage);
    let picked = open.picked;
    let height = ui.available_height();
    let lanes = open.timeline.lanes.len() + usize::from(!open.timeline.undated.is_empty());
    let wanted = lanes as f32 * timeline::LANE + 64.0;
    let picture = if families.as_table {
        height * 0.5
    } else {
        wanted.min(height * 0.55)
    };
    egui::Panel::top("family-picture")
        .frame(egui::Frame::new().fill(theme.paper))
        .resizable(true)
        .default_size(picture)
        .size_range(80.0..=(height - 120.0).max(80.0))
        .show(ui, |ui| {
            let choice = match families.as_table {
                false => timeline::show(ui, list, &open.timeline, &mut open.dots, family, picked),
                true => {
                    let rows = open.rows.of(list, &open.timeline, !families.unfolded);
                    table::show(ui, list, &open.timeline, rows, picked)
                }
            };
            if let Some(choice) = choice {
                pick(list, open, choice, commands);
            }
        });
    read(ui, list, open, family, commands);
}

/// The family's articles that are shown.
fn shown_of(list: &FamilyList, id: u32) -> Vec<u32> {
    let members = &list.findings.families[id as usize].articles;
    if list.board.articles.len() == list.board.total_articles {
        return members.clone();
    }
    let shown = |id: &u32| list.board.shows(*id);
    members.iter().copied().filter(shown).collect()
}

/// An article of the picture was pointed out: to be read, or to be compared with what it follows.
enum Choice {
    Read(u32),
    Compare([u32; 2]),
}

fn pick(list: &FamilyList, open: &mut Open, choice: Choice, commands: &mut Commands) {
    match choice {
        Choice::Read(article) if article != open.picked => {
            open.picked = article;
            open.view = text_of(list, article);
            open.scroll = 0.0;
        }
        Choice::Read(_) => {}
        Choice::Compare(articles) => commands.send(Command::OpenArticles(articles)),
    }
}

fn text_of(list: &FamilyList, article: u32) -> TextView {
    let article = &list.articles[article as usize];
    let view = TextView::new(article.text.clone(), style(list.setting));
    correct::turned(view, article)
}

/// Which of the family’s articles is likelier the source, and what says so.
fn source(ui: &mut Ui, list: &FamilyList, lineage: &Lineage) {
    let theme = Theme::of(ui);
    let name = |article: u32| {
        let article = &list.articles[article as usize];
        match article.outlet_name() {
            Some(outlet) => outlet.to_owned(),
            None => title(article),
        }
    };
    let says = |trace: &Trace| match *trace {
        Trace::Earliest { days, .. } => {
            format!("{} before the next", plural(days as usize, "day", "days"))
        }
        Trace::Credited { by, .. } => {
            format!("credited by {}", plural(by as usize, "other", "others"))
        }
        Trace::DayPassed { before, .. } => format!(
            "written before {}, by their words for days",
            plural(before as usize, "other", "others")
        ),
        Trace::KeptByAll { .. } => "all others kept a part of it".to_owned(),
    };
    let traces = &lineage.traces;
    let text = match lineage.source {
        Some(source) => {
            let says: Vec<String> = traces.iter().map(says).collect();
            format!("Likelier source: {} · {}", name(source), says.join(", "))
        }
        None if traces.is_empty() => "Nothing says which is the source: order unknown".to_owned(),
        None => {
            let for_whom = |trace: &Trace| format!("{}: {}", name(trace.article()), says(trace));
            let says: Vec<String> = traces.iter().map(for_whom).collect();
            format!("Order unknown, the signs disagree · {}", says.join("; "))
        }
    };
    egui::Frame::new()
        .inner_margin(egui::Margin::symmetric(14, 2))
        .show(ui, |ui| {
            let label = Label::new(&text).size(theme::SMALL).color(theme.faint_ink);
            ui.add(label.direction(Direction::Ltr));
        });
}

fn head(
    ui: &mut Ui,
    list: &FamilyList,
    id: u32,
    family: &FamilyFacts,
    as_table: &mut bool,
    unfolded: &mut bool,
    commands: &mut Commands,
) {
    let theme = Theme::of(ui);
    egui::Frame::new()
        .inner_margin(egui::Margin::symmetric(14, 4))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.set_height(28.0);
                let text = match family.peak {
                    Some((day, outlets)) if outlets > 1 => {
                        format!(
                            "{} · {} on {day}",
                            size(list, id, family),
                            plural(outlets as usize, "outlet", "outlets")
                        )
                    }
                    _ => format!("{} · {}", size(list, id, family), when(family)),
                };
                for (table, label) in [(false, "Timeline"), (true, "Table")] {
                    if ui
                        .add(Tab::new(*as_table == table, label).size(theme::SMALL))
                        .clicked()
                    {
                        *as_table = table;
                    }
                }
                let tip = Act::Collate.tooltip(ui.ctx());
                let columns = Button::new(Act::Collate.label()).size(theme::SMALL);
                if ui.add(columns.quiet().tooltip(&tip)).clicked() {
                    commands.act(Act::Collate);
                }
                if *as_table && family.texts < family.size {
                    let label = if *unfolded {
                        "Fold what is nearly the same"
                    } else {
                        "Show every article"
                    };
                    if ui
                        .add(Button::new(label).quiet().size(theme::SMALL))
                        .clicked()
                    {
                        *unfolded = !*unfolded;
                    }
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.add(Label::new(&text).size(theme::SMALL).color(theme.faint_ink));
                });
            });
        });
}

/// The picked article's text, and the ways to compare it.
fn read(
    ui: &mut Ui,
    list: &FamilyList,
    open: &mut Open,
    family: &FamilyFacts,
    commands: &mut Commands,
) {
    let theme = Theme::of(ui);
    let id = open.picked;
    let article = &list.articles[id as usize];
    let line = ui.available_rect_before_wrap();
    let stroke = egui::Stroke::new(1.0, theme.hairline);
    ui.painter().hline(line.x_range(), line.min.y, stroke);
    let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(20, 8));
    above_column(ui, line.width(), list.setting, |ui| {
        frame.show(ui, |ui| {
            let (headline, width) = (title(article), ui.available_width());
            let label = Label::new(&headline)
                .size(theme::LARGE)
                .strong()
                .color(theme.ink);
            ui.add(label.width(width).align(TextAlign::Right).max_lines(1));
            // Narrow: the buttons would be cut to dots.
            let narrow = width < 560.0;
            ui.horizontal(|ui| {
                let what = match id == family.representative {
                    true => format!("{} · shares most with the others", facts(article)),
                    false => facts(article),
                };
                ui.add(Label::new(&what).size(theme::SMALL).color(theme.faint_ink));
                if !narrow {
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        compare_with(ui, list, open, family, commands);
                    });
                }
            });
            if narrow {
                ui.horizontal_wrapped(|ui| compare_with(ui, list, open, family, commands));
            }
        });
    });
    let rect = ui.available_rect_before_wrap();
    open.view.set_style(style(list.setting));
    open.view.prepare(ui.ctx(), rect.width());
    let (pointer, delta) =
        ui.input(|input| (input.pointer.hover_pos(), input.smooth_scroll_delta().y));
    if pointer.is_some_and(|pointer| rect.contains(pointer)) {
        open.scroll -= delta;
    }
    let furthest = (open.view.height() - rect.height() + 24.0).max(0.0);
    open.scroll = open.scroll.clamp(0.0, furthest);
    let marks: Vec<_> = article
        .furniture
        .iter()
        .map(|f| furniture(f.span.range(), theme))
        .collect();
    let shown = open.view.show(ui, rect, &mut open.scroll, &marks);
    let name = format!("Text of {}", title(article));
    ui.ctx()
        .accesskit_node_builder(shown.response.id, |node| node.set_label(name));
    open.view.menu(&shown.response, |menu, view| {
        text_menu(menu, view, article, id, commands);
    });
}

/// Buttons to the comparisons that the picked article has in this family.
fn compare_with(
    ui: &mut Ui,
    list: &FamilyList,
    open: &Open,
    family: &FamilyFacts,
    commands: &mut Commands,
) {
    let id = open.picked;
    let links = &list.tables.links;
    let follow = open.timeline.follow_of(id);
    if let Some(follow) = follow {
        let tip = "Of the earlier articles, the one that it shares most words with";
        let button = Button::new("Compare with the earlier")
            .size(theme::SMALL)
            .tooltip(tip);
        if ui.add(button).clicked() {
            commands.send(Command::OpenPair(follow.pair));
        }
    }
    let both = [family.representative, id];
    if let Some(pair) = links.pair_of(&list.tables.pairs, both) {
        let button = Button::new("Compare with the representative").size(theme::SMALL);
        if ui.add(button).clicked() {
            commands.send(Command::OpenPair(pair));
        }
    } else if let Some(pair) = links.pairs_of(id).next().filter(|_| follow.is_none())
        && ui
            .add(Button::new("Compare with the closest").size(theme::SMALL))
            .clicked()
    {
        commands.send(Command::OpenPair(pair));
    }
}
