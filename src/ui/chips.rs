//! The line over the lists: how many of how many are shown, and every restriction as a chip that says what
//! it hides and can be let go of. Where nothing is restricted, there is no such line.

use std::time::Duration;

use egui::Ui;

use super::command::{Act, Command, Commands};
use super::phrasing::{group, plural};
use super::theme::{self, Theme, UNIT};
use crate::paint::{Button, Direction, Extent, Icon, Label, Tab, TextStyle, measure};
use crate::view::{Board, Bounds, Facet, Filter, List, Restriction};

/// What the line shows.
pub struct Chips<'a> {
    pub board: &'a Board,
    pub filter: &'a Filter,
    /// The tabs above tell already how much there is.
    pub counted: bool,
    /// Asked for and not answered yet: the query, the text to be carried.
    pub waiting: bool,
    /// It is being found out who carries a text.
    pub finding: bool,
    /// Asked for, and not to be answered before the articles are indexed.
    pub unanswered: bool,
    /// How long the lists have been behind what was asked for.
    pub counting: Option<Duration>,
    /// Articles that are selected beside the current one.
    pub selected: usize,
    pub can_undo: bool,
    pub can_redo: bool,
}

/// What takes no longer than this need not be announced.
const SOON: Duration = Duration::from_millis(150);

pub fn show(ui: &mut Ui, chips: &Chips, commands: &mut Commands) {
    if chips.counting.is_some() {
        ui.ctx().request_repaint_after(SOON);
    }
    let theme = Theme::of(ui);
    let restrictions = chips.filter.restrictions();
    let idle = restrictions.is_empty() && !chips.can_undo && !chips.can_redo;
    if chips.counted && idle && chips.selected == 0 && !chips.waiting && !chips.finding {
        return;
    }
    egui::Frame::new()
        .inner_margin(egui::Margin::symmetric(12, 4))
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = egui::vec2(UNIT, UNIT);
                let text = said(chips, !restrictions.is_empty());
                if !text.is_empty() {
                    let label = Label::new(&text).size(theme::SMALL).strong();
                    ui.add(label.color(theme.ink));
                }
                if chips.selected > 0 {
                    act(ui, Act::SelectNone, commands);
                }
                if chips.finding {
                    let tip = "Stop looking for who carries this text";
                    let stop = Button::new("Stop looking").size(theme::SMALL).tooltip(tip);
                    if ui.add(stop).clicked() {
                        commands.send(Command::LetGo(Restriction::Carrying));
                    }
                }
                for restriction in &restrictions {
                    chip(ui, chips, restriction, commands);
                }
                if is_long(&chips.filter.query) {
                    as_text(ui, &chips.filter.query, commands);
                }
                if !restrictions.is_empty() {
                    act(ui, Act::ClearFilter, commands);
                    act(ui, Act::KeepFilter, commands);
                }
                if chips.can_undo {
                    act(ui, Act::Undo, commands);
                }
                if chips.can_redo {
                    act(ui, Act::Redo, commands);
                }
            });
        });
}

/// The way to the filters, and the way to hide them.
fn filters(ui: &mut Ui, shown: bool, commands: &mut Commands) {
    let act = Act::ShowFilters;
    let tip = act.tooltip(ui.ctx());
    let button = match shown {
        true => Button::icon_only(Icon::Left, "Hide filters"),
        false => Button::new(act.label()).icon(Icon::Right),
    };
    let button = button.quiet().size(theme::SMALL).tooltip(&tip);
    if ui.add(button).clicked() {
        commands.act(act);
    }
}

/// So many words are a sentence that somebody pasted, not words to look for.
fn is_long(query: &str) -> bool {
    query.split_whitespace().count() >= 6 && !query.contains(':')
}

fn as_text(ui: &mut Ui, query: &str, commands: &mut Commands) {
    let tip = "Show every article that carries this sentence, copied or reworded";
    let button = Button::new("Find it as a text")
        .size(theme::SMALL)
        .tooltip(tip);
    if ui.add(button).clicked() {
        let text = query.trim().to_owned();
        commands.send(Command::LetGo(Restriction::Query));
        commands.send(Command::FindText(text));
    }
}

fn act(ui: &mut Ui, act: Act, commands: &mut Commands) {
    let tip = act.tooltip(ui.ctx());
    let button = Button::new(act.label())
        .quiet()
        .size(theme::SMALL)
        .tooltip(&tip);
    if ui.add(button).clicked() {
        commands.act(act);
    }
}

/// What is to be said beside the chips. How many there are of all stands on the tabs.
fn said(chips: &Chips, filtered: bool) -> String {
    let board = chips.board;
    let shown = || {
        format!(
            "{} of {} articles · {} of {} pairs · {} of {} families",
            group(board.articles.len()),
            group(board.total_articles),
            group(board.pairs.len()),
            group(board.total_pairs),
            group(board.families.len()),
            group(board.total_families)
        )
    };
    // Most counts are there before a person could read that they are being made.
    let is_counting = chips.counting.is_some_and(|since| since > SOON);
    let parts = [
        filtered.then(shown),
        (chips.selected > 0).then(|| format!("{} selected", group(chips.selected))),
        chips.waiting.then(|| "searching…".to_owned()),
        chips
            .unanswered
            .then(|| "not searched: the articles are not indexed".to_owned()),
        is_counting.then(|| "counting…".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn chip(ui: &mut Ui, chips: &Chips, restriction: &Restriction, commands: &mut Commands) {
    let (label, hidden) = describe(chips, restriction);
    let of_pairs = match restriction {
        Restriction::Only(facet, _)
        | Restriction::Not(facet, _)
        | Restriction::Bounds(facet, _) => facet.is_of_pair(),
        _ => false,
    };
    let (one, many) = match of_pairs {
        true => ("pair", "pairs"),
        false => ("article", "articles"),
    };
    let hides = match hidden {
        0 => "Hides nothing that something else does not hide as well. ".to_owned(),
        hidden => format!("It alone hides {}. ", plural(hidden as usize, one, many)),
    };
    let tip = format!("{label}\n{hides}Click to let go of it");
    let short = shortened(ui, &label);
    let name = format!("Let go of {label}");
    let button = Button::new(&short)
        .name(&name)
        .icon(Icon::Close)
        .direction(Direction::Ltr)
        .size(theme::SMALL)
        .tooltip(&tip);
    ui.push_id(&label, |ui| {
        if ui.add(button).clicked() {
            commands.send(Command::LetGo(restriction.clone()));
        }
    });
}

/// A chip never takes more than a third of the line.
fn shortened(ui: &Ui, label: &str) -> String {
    let widest = (ui.max_rect().width() / 3.0).max(160.0);
    let style = TextStyle::new(theme::SMALL, egui::Color32::PLACEHOLDER);
    let mut chars: Vec<char> = label.chars().collect();
    let mut short = label.to_owned();
    while chars.len() > 8 && measure(ui.ctx(), &style, Extent::LINE, &short).x > widest {
        chars.truncate(chars.len() * 4 / 5);
        short = chars.iter().collect::<String>() + "…";
    }
    short
}

/// What a restriction is called, and how many articles or pairs it alone hides.
fn describe(chips: &Chips, restriction: &Restriction) -> (String, u32) {
    let name = |value: &Option<String>| match value.as_deref() {
        None => "unknown".to_owned(),
        Some("") => "the folder itself".to_owned(),
        // Isolated: a name may run the other way than the words around it.
        Some(value) => format!("\u{2068}{value}\u{2069}"),
    };
    let [by_days, by_query, by_carrying] = chips.board.hidden_by_others();
    match restriction {
        Restriction::Only(facet, value) => {
            let hidden = chips.board.hidden_by(*facet);
            (format!("{}: {}", facet.label(), name(value)), hidden)
        }
        Restriction::Not(facet, value) => {
            let hidden = chips.board.hidden_by(*facet);
            (format!("{}: not {}", facet.label(), name(value)), hidden)
        }
        Restriction::Bounds(facet, bounds) => {
            let hidden = chips.board.hidden_by(*facet);
            (
                format!("{}: {}", facet.label(), range(*facet, *bounds)),
                hidden,
            )
        }
        Restriction::Days => {
            let days = chips
                .filter
                .days
                .range
                .map_or_else(String::new, |(first, last)| {
                    if first == last {
                        first.to_string()
                    } else {
                        format!("{first} – {last}")
                    }
                });
            (format!("Published: {days}"), by_days)
        }
        Restriction::Undated => ("Published: unknown".to_owned(), by_days),
        Restriction::Query => {
            let query = name(&Some(chips.filter.query.trim().to_owned()));
            (format!("Search: {query}"), by_query)
        }
        Restriction::Carrying => {
            let text = name(&Some(chips.filter.carrying.trim().to_owned()));
            (format!("Carries: {text}"), by_carrying)
        }
    }
}

/// Exact bounds in words.
fn range(facet: Facet, bounds: Bounds) -> String {
    let unit = facet.amount().unwrap_or_default();
    match (bounds.least, bounds.most) {
        (Some(least), Some(most)) if least == most => format!("{least} {unit}"),
        (Some(least), Some(most)) => format!("{least}–{most} {unit}"),
        (Some(least), None) => format!("at least {least} {unit}"),
        (None, Some(most)) => format!("at most {most} {unit}"),
        (None, None) => "any".to_owned(),
    }
}

/// Pairs, articles, families or pictures. False where there is no room for how many each list has.
pub fn tabs(
    ui: &mut Ui,
    list: List,
    board: &Board,
    filters_shown: bool,
    commands: &mut Commands,
) -> bool {
    let theme = Theme::of(ui);
    let row = ui.horizontal(|ui| {
        ui.set_height(38.0);
        ui.spacing_mut().item_spacing.x = UNIT;
        filters(ui, filters_shown, commands);
        let labels = List::ALL.map(|which| {
            let count = match which {
                List::Pairs => board.pairs.len(),
                List::Articles => board.articles.len(),
                List::Families => board.families.len(),
                List::Pictures => return which.label().to_owned(),
            };
            format!("{} {}", which.label(), group(count))
        });
        let widths = labels.iter().map(|label| {
            let tab = Tab::new(false, label);
            tab.width(ui.ctx()) + UNIT
        });
        let fits = widths.sum::<f32>() <= ui.available_width();
        for (which, label) in List::ALL.into_iter().zip(&labels) {
            let label = if fits { label } else { which.label() };
            if ui.add(Tab::new(list == which, label)).clicked() {
                commands.send(Command::ShowList(which));
            }
        }
        fits
    });
    let line = ui.available_rect_before_wrap();
    let stroke = egui::Stroke::new(1.0, theme.hairline);
    ui.painter().hline(line.x_range(), line.min.y, stroke);
    row.inner
}
