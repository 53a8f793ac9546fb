//! The side panel: the date histogram and every facet with its counts, for articles and for pairs. A click
//! filters at once; the button beside a value leaves it out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::{Align, Id, Layout, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::bounds;
use super::command::{Command, Commands};
use super::days::{self, Typed};
use super::phrasing::{group, plural};
use super::theme::{self, Theme, UNIT};
use crate::paint::{Button, Checkbox, Direction, Icon, Label, Look, Tab, TextField};
use crate::text;
use crate::view::{BinUnit, Board, Choice, Columns, Facet, Filter, Sides};

/// What the panel keeps from frame to frame: which sections are open and how they are sorted.
pub struct Panel {
    open: BTreeSet<Facet>,
    /// Facets of which all values are listed, not only the first.
    whole: BTreeSet<Facet>,
    by_name: BTreeSet<Facet>,
    find: BTreeMap<Facet, String>,
    /// The values that are listed, and what they were chosen by.
    listed: BTreeMap<Facet, (Key, Arc<[u32]>)>,
    typed: Typed,
    bounds: bounds::Typed,
}

/// What the values of a facet are chosen by: as long as it is the same, so are they.
#[derive(PartialEq)]
struct Key {
    version: u64,
    choice: Option<Choice>,
    by_name: bool,
    /// What is typed, folded.
    wanted: String,
}

impl Default for Panel {
    fn default() -> Self {
        let open = [
            Facet::Outlet,
            Facet::Sharing,
            Facet::Kind,
            Facet::Change,
            Facet::Verdict,
        ];
        Self {
            open: open.into(),
            whole: BTreeSet::new(),
            by_name: BTreeSet::new(),
            find: BTreeMap::new(),
            listed: BTreeMap::new(),
            typed: Typed::default(),
            bounds: bounds::Typed::default(),
        }
    }
}

impl Panel {
    /// The values of a facet to list; made anew only where they are others than in the last frame.
    fn listed(&mut self, facets: Facets, facet: Facet, key: Key) -> Arc<[u32]> {
        match self.listed.get(&facet) {
            Some((known, rows)) if *known == key => Arc::clone(rows),
            _ => {
                let rows: Arc<[u32]> = listed(facets, facet, &key).into();
                self.listed.insert(facet, (key, Arc::clone(&rows)));
                rows
            }
        }
    }
}

/// What the panel shows.
#[derive(Clone, Copy)]
pub struct Facets<'a> {
    pub board: &'a Board,
    /// The board's: with another one, all counts may be others.
    pub version: u64,
    pub columns: &'a Columns,
    pub filter: &'a Filter,
    pub unit: Option<BinUnit>,
    /// Names of the selections that were kept.
    pub kept: &'a [String],
}

/// Values that are listed before a person asks for all.
const FEW: usize = 8;
const ROW: f32 = 27.0;

pub fn show(ui: &mut Ui, facets: Facets, panel: &mut Panel, commands: &mut Commands) {
    let theme = Theme::of(ui);
    ScrollArea::vertical()
        .id_salt("facets")
        .auto_shrink(false)
        .show(ui, |ui| {
            // Room for the bar that floats over the right edge.
            ui.set_max_width(ui.available_width() - 2.0 * UNIT);
            ui.add_space(2.0 * UNIT);
            kept(ui, theme, facets.kept, commands);
            days::heading(ui, theme, &facets.board.days, facets.unit, commands);
            let (days, filter) = (&facets.board.days, facets.filter.days);
            days::show(ui, days, filter, &mut panel.typed, commands);
            if facets.board.total_pairs > 0 {
                ui.add_space(3.0 * UNIT);
                sides(ui, theme, facets.filter.sides, commands);
            }
            for facet in &Facet::ALL[..Facet::OF_ARTICLE] {
                section(ui, theme, facets, *facet, panel, commands);
            }
            if facets.board.total_pairs > 0 {
                ui.add_space(4.0 * UNIT);
                heading(ui, theme, "Of the pairs", None);
                for facet in &Facet::ALL[Facet::OF_ARTICLE..] {
                    section(ui, theme, facets, *facet, panel, commands);
                }
            }
            ui.add_space(6.0 * UNIT);
        });
}

/// Fields of the panel, for those who have to know whether a person is typing.
pub fn is_field(id: Id) -> bool {
    Facet::ALL.iter().any(|facet| find_id(*facet) == id)
        || days::is_field(id)
        || bounds::is_field(id)
}

fn find_id(facet: Facet) -> Id {
    Id::unique(("find-value", facet))
}

/// Which side of a pair the choice is about.
fn sides(ui: &mut Ui, theme: &Theme, chosen: Sides, commands: &mut Commands) {
    heading(ui, theme, "Pairs with", None);
    ui.horizontal_wrapped(|ui| {
        let choices = [
            (
                Sides::Either,
                "One side",
                "Who shares text with the chosen articles?",
            ),
            (
                Sides::Both,
                "Both sides",
                "What do the chosen articles share among themselves?",
            ),
        ];
        ui.spacing_mut().item_spacing.x = 0.0;
        for (sides, label, explanation) in choices {
            let tab = ui.add(Tab::new(chosen == sides, label).size(theme::SMALL));
            if crate::paint::tip(tab, explanation).clicked() {
                commands.send(Command::SetSides(sides));
            }
        }
    });
}

pub(super) fn heading(ui: &mut Ui, theme: &Theme, text: &str, count: Option<usize>) {
    ui.horizontal(|ui| {
        let label = Label::new(text).size(theme::SMALL).strong();
        ui.add(label.color(theme.faint_ink));
        if let Some(count) = count {
            let count = group(count);
            ui.add(Label::new(&count).size(theme::SMALL).color(theme.faint_ink));
        }
    });
}

fn section(
    ui: &mut Ui,
    theme: &Theme,
    facets: Facets,
    facet: Facet,
    panel: &mut Panel,
    commands: &mut Commands,
) {
    let column = facets.columns.column(facet);
    let choice = facets.filter.choice(facet);
    // A facet that all share tells nothing.
    let useful = match facet.bins().is_empty() {
        true => column.values.len() > 1,
        // Nobody has to look at a facet for verdicts before there is one.
        false if facet == Facet::Verdict => column.totals().iter().filter(|n| **n > 0).count() > 1,
        false => column.is_known(),
    };
    if !useful && choice.is_none() && !facets.filter.bounds(facet).is_active() {
        return;
    }
    ui.add_space(3.0 * UNIT);
    ui.push_id(facet, |ui| {
        let open = panel.open.contains(&facet);
        head(ui, facet, column.values.len(), open, panel);
        if open {
            values(ui, theme, facets, facet, choice, panel, commands);
            let bounds = facets.filter.bounds(facet);
            bounds::show(ui, facet, bounds, &mut panel.bounds, commands);
        }
    });
}

fn head(ui: &mut Ui, facet: Facet, count: usize, open: bool, panel: &mut Panel) {
    ui.horizontal(|ui| {
        ui.set_height(22.0);
        let icon = if open { Icon::Down } else { Icon::Right };
        let bins = !facet.bins().is_empty();
        let label = match bins {
            true => facet.label().to_owned(),
            false => format!("{} {}", facet.label(), group(count)),
        };
        let tip = if open {
            "Fold this facet"
        } else {
            "Unfold this facet"
        };
        let button = Button::new(&label)
            .icon(icon)
            .quiet()
            .size(theme::SMALL)
            .tooltip(tip);
        if ui.add(button).clicked() && !panel.open.remove(&facet) {
            panel.open.insert(facet);
        }
        if open && !bins && count > 2 {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let by_name = panel.by_name.contains(&facet);
                let label = if by_name { "By name" } else { "By count" };
                let button = Button::new(label).quiet().size(11.5);
                if ui.add(button.tooltip("Sort by name or by count")).clicked()
                    && !panel.by_name.remove(&facet)
                {
                    panel.by_name.insert(facet);
                }
            });
        }
    });
}

fn values(
    ui: &mut Ui,
    theme: &Theme,
    facets: Facets,
    facet: Facet,
    choice: Option<&Choice>,
    panel: &mut Panel,
    commands: &mut Commands,
) {
    let column = facets.columns.column(facet);
    let counts = facets.board.counts(facet);
    let whole = panel.whole.contains(&facet);
    let many = column.values.len() > FEW + 2;
    if many && whole {
        let find = panel.find.entry(facet).or_default();
        let hint = format!("Find in {} values", group(column.values.len()));
        let width = ui.available_width();
        let name = format!("Find a value of {}", facet.label());
        TextField::new(find, &name)
            .id(find_id(facet))
            .hint(&hint)
            .width(width)
            .show(ui);
        ui.add_space(UNIT);
    }
    let wanted = match panel.find.get(&facet) {
        Some(find) if many && whole => text::fold(find.trim()).text().to_owned(),
        _ => String::new(),
    };
    let key = Key {
        version: facets.version,
        choice: choice.cloned(),
        by_name: panel.by_name.contains(&facet),
        wanted,
    };
    let rows = panel.listed(facets, facet, key);
    let shown = if many && !whole {
        FEW.min(rows.len())
    } else {
        rows.len()
    };
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut show_row = |ui: &mut Ui, id: u32| {
        let name = column.values[id as usize].as_deref();
        value(ui, facet, name, counts.of[id as usize], choice, commands);
    };
    if many && whole {
        let height = (rows.len() as f32 * ROW).min(12.0 * ROW);
        ScrollArea::vertical()
            .id_salt("values")
            .max_height(height)
            .auto_shrink([false, true])
            .show_rows(ui, ROW, rows.len(), |ui, range| {
                rows[range].iter().for_each(|id| show_row(ui, *id));
            });
        if rows.is_empty() {
            let label = Label::new("None of that name").size(theme::SMALL);
            ui.add(label.color(theme.faint_ink));
        }
    } else {
        rows[..shown].iter().for_each(|id| show_row(ui, *id));
    }
    if many {
        let label = match whole {
            true => "Fewer".to_owned(),
            false => format!("All {}…", group(column.values.len())),
        };
        if ui
            .add(Button::new(&label).quiet().size(theme::SMALL))
            .clicked()
        {
            panel.find.remove(&facet);
            if !panel.whole.remove(&facet) {
                panel.whole.insert(facet);
            }
        }
    }
}

/// The values to list: what is chosen first while the list is cut short, what answers the field else.
fn listed(facets: Facets, facet: Facet, key: &Key) -> Vec<u32> {
    let column = facets.columns.column(facet);
    let counts = facets.board.counts(facet);
    let mut order = counts.order.clone();
    if key.by_name {
        order.sort_unstable_by_key(|id| column.rank[*id as usize]);
    }
    let is_chosen = |id: u32| {
        key.choice.as_ref().is_some_and(|choice| {
            let value = column.values[id as usize].as_deref().map(str::to_owned);
            choice.only.contains(&value) || choice.not.contains(&value)
        })
    };
    if key.wanted.is_empty() {
        if facet.bins().is_empty() && key.choice.is_some() {
            order.sort_by_cached_key(|id| !is_chosen(*id));
        } else {
            // A bin that nothing is in anywhere is left out; the others keep their places.
            order.retain(|id| column.totals()[*id as usize] > 0 || is_chosen(*id));
        }
        return order;
    }
    order.retain(|id| {
        let name = column.values[*id as usize].as_deref();
        name.is_some_and(|name| text::fold(name).text().contains(&key.wanted))
    });
    order
}

fn value(
    ui: &mut Ui,
    facet: Facet,
    value: Option<&str>,
    count: u32,
    choice: Option<&Choice>,
    commands: &mut Commands,
) {
    let owned = value.map(str::to_owned);
    let (mut chosen, excluded) = choice.map_or((false, false), |choice| {
        (choice.only.contains(&owned), choice.not.contains(&owned))
    });
    let name = match value {
        None => "Unknown",
        Some("") => "The folder itself",
        Some(name) => name,
    };
    let trailing = if excluded {
        "left out".to_owned()
    } else {
        group(count as usize)
    };
    ui.push_id(value, |ui| {
        let [mut left, mut right] = places(ui);
        // One layout for all rows, so that boxes and counts stand below one another.
        let checkbox = Checkbox::new(&mut chosen, name)
            .direction(Direction::Ltr)
            .trailing(&trailing)
            .full_width();
        if left.add(checkbox).clicked() {
            commands.send(Command::Toggle(facet, owned.clone()));
        }
        let (label, tip) = match excluded {
            true => (format!("Take in {name}"), "Take it in again"),
            false => (format!("Leave out {name}"), "Leave it out"),
        };
        let icon = if excluded { Icon::Plus } else { Icon::Minus };
        let button = Button::icon_only(icon, &label)
            .look(Look::Quiet)
            .size(9.0)
            .tooltip(tip);
        if right.add(button).clicked() {
            commands.send(Command::ToggleNot(facet, owned));
        }
    });
}

/// A row's name, and the button at its end. Fixed places: a row that asked for more room would push the panel wider
/// with each row.
fn places(ui: &mut Ui) -> [Ui; 2] {
    const BUTTON: f32 = 28.0;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let (left, right) = rect.split_left_right_at_x(rect.max.x - BUTTON);
    let middle = Layout::left_to_right(Align::Center);
    [left, right].map(|rect| ui.new_child(UiBuilder::new().max_rect(rect).layout(middle)))
}

/// Selections that were kept by name.
fn kept(ui: &mut Ui, theme: &Theme, kept: &[String], commands: &mut Commands) {
    if kept.is_empty() {
        return;
    }
    let title = format!("{} kept", plural(kept.len(), "selection", "selections"));
    heading(ui, theme, &title, None);
    for name in kept {
        ui.push_id(name, |ui| {
            let [mut left, mut right] = places(ui);
            let tip = format!("{name}\nChoose what was kept");
            let button = Button::new(name).quiet().size(theme::SMALL);
            if left.add(button.tooltip(&tip)).clicked() {
                commands.send(Command::UseKept(name.clone()));
            }
            let forget = format!("Forget the selection {name}");
            let button = Button::icon_only(Icon::Close, &forget);
            if right.add(button.quiet().size(10.0)).clicked() {
                commands.send(Command::ForgetKept(name.clone()));
            }
        });
    }
    ui.add_space(3.0 * UNIT);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::samples::sample;

    #[test]
    fn values_are_listed_anew_only_when_something_changes() {
        let articles = [
            ("مرفأ", Some(1)),
            ("ميناء", None),
            ("ساحل", None),
            ("ميناء", Some(2)),
        ];
        let folder = sample(&articles, &[]);
        let (board, filter) = (folder.board(&Filter::default()), Filter::default());
        let facets = Facets {
            board: &board,
            version: 1,
            columns: &folder.tables.columns,
            filter: &filter,
            unit: None,
            kept: &[],
        };
        let key = |version, chosen: Option<&str>, wanted: &str| Key {
            version,
            choice: chosen.map(|name| Choice {
                only: [Some(name.to_owned())].into(),
                ..Choice::default()
            }),
            by_name: false,
            wanted: wanted.to_owned(),
        };
        let mut panel = Panel::default();
        let mut listed = |key| panel.listed(facets, Facet::Outlet, key);
        let names = |rows: &[u32]| -> Vec<String> {
            let values = &folder.tables.columns.column(Facet::Outlet).values;
            let name = |id: &u32| values[*id as usize].as_deref().unwrap_or_default();
            rows.iter().map(|id| name(id).to_owned()).collect()
        };
        let all = listed(key(1, None, ""));
        assert_eq!(names(&all)[0], "ميناء");
        assert!(Arc::ptr_eq(&all, &listed(key(1, None, ""))));
        let chosen = listed(key(1, Some("ساحل"), ""));
        assert_eq!(names(&chosen)[..2], ["ساحل", "ميناء"]);
        assert_eq!(names(&listed(key(1, None, "مر"))), ["مرفأ"]);
        // Another board: the counts may be others.
        let again = listed(key(1, None, ""));
        assert!(!Arc::ptr_eq(&again, &listed(key(2, None, ""))));
    }
}
