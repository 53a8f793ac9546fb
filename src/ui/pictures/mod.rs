//! Overviews that are found at a glance and lead into the lists: who shares words with whom as a matrix and
//! as a graph, of outlets or of texts, and how much of what each outlet printed is its own. Every picture is also a table.

mod graph;
mod matrix;
mod subjects;
mod table;
mod volume;

use std::sync::Arc;

use egui::Ui;

use super::command::{Command, Commands};
use super::list::{self as lists, message};
use super::theme::{self, Theme, UNIT};
use crate::article::Article;
use crate::paint::{Label, Tab};
use crate::view::{Board, Facet, Filter, List, Overviews, Phase, Sides, Tables};

use subjects::{Outlets, Texts};

/// Which picture is shown, and the numbers it is painted from.
#[derive(Default)]
pub struct Pictures {
    which: Which,
    as_table: bool,
    /// Of the graph that was last shown.
    places: Option<(Which, u64, graph::Places)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Which {
    #[default]
    Matrix,
    Graph,
    Texts,
    Volume,
}

/// What the pictures are of.
#[derive(Clone, Copy)]
pub struct Overview<'a> {
    pub articles: &'a [Arc<Article>],
    pub tables: &'a Tables,
    pub board: &'a Board,
    /// The numbers, under the version of the board that they are of; `None` while they are counted.
    pub made: Option<&'a (u64, Arc<Overviews>)>,
    pub filter: &'a Filter,
    pub phase: &'a Phase,
}

impl Overview<'_> {
    /// Name of an outlet, given as a value of its facet.
    fn outlet(&self, id: u32) -> &str {
        let values = &self.tables.columns.column(Facet::Outlet).values;
        values[id as usize].as_deref().unwrap_or("Unknown outlet")
    }

    fn outlet_value(&self, id: u32) -> Option<String> {
        let values = &self.tables.columns.column(Facet::Outlet).values;
        values[id as usize].as_deref().map(str::to_owned)
    }

    /// Leads to the pairs of two outlets, or of one with itself.
    fn open_pairs(&self, [x, y]: [u32; 2], commands: &mut Commands) {
        let mut filter = self.filter.clone();
        filter.choose(Facet::Outlet, [x, y].map(|id| self.outlet_value(id)));
        filter.sides = Sides::Both;
        let known = [x, y].iter().all(|id| self.outlet_value(*id).is_some());
        if known {
            let bin = Facet::Across.bins()[usize::from(x == y)];
            filter.choose(Facet::Across, [Some(bin.to_owned())]);
        }
        commands.send(Command::SetFilter(Box::new(filter)));
        commands.send(Command::ShowList(List::Pairs));
    }

    /// Leads to what one outlet shares, or to its articles.
    fn open_outlet(&self, outlet: Option<String>, list: List, commands: &mut Commands) {
        let mut filter = self.filter.clone();
        filter.choose(Facet::Outlet, [outlet]);
        filter.sides = Sides::Either;
        commands.send(Command::SetFilter(Box::new(filter)));
        commands.send(Command::ShowList(list));
    }
}

pub fn show(ui: &mut Ui, overview: Overview, pictures: &mut Pictures, commands: &mut Commands) {
    choices(ui, &mut pictures.which, &mut pictures.as_table);
    let Some((version, made)) = overview.made else {
        message(ui, "Counting…", "The picture shows up in a moment.");
        return;
    };
    let nothing_shared = match pictures.which {
        Which::Texts => made.texts.nodes.is_empty(),
        Which::Matrix | Which::Graph => made.matrix.outlets.is_empty(),
        Which::Volume => false,
    };
    if made.volumes.rows.is_empty() || nothing_shared {
        empty(ui, overview);
        return;
    }
    match (pictures.which, pictures.as_table) {
        (Which::Matrix, false) => matrix::show(ui, overview, &made.matrix, commands),
        (Which::Graph | Which::Texts, false) => {
            let outlets = Outlets {
                overview,
                matrix: &made.matrix,
            };
            let texts = Texts {
                overview,
                graph: &made.texts,
            };
            let subject: &dyn graph::Subject = match pictures.which {
                Which::Texts => &texts,
                _ => &outlets,
            };
            let places = match &mut pictures.places {
                Some((which, of, places)) if *which == pictures.which && of == version => places,
                slot => {
                    let places = graph::Places::new(subject);
                    &mut slot.insert((pictures.which, *version, places)).2
                }
            };
            graph::show(ui, subject, places, commands);
        }
        (Which::Texts, true) => table::of_texts(ui, overview, &made.texts, commands),
        (Which::Volume, false) => volume::show(ui, overview, &made.volumes, commands),
        (Which::Matrix | Which::Graph, true) => {
            table::of_outlets(ui, overview, &made.matrix, commands);
        }
        (Which::Volume, true) => table::of_volumes(ui, overview, &made.volumes, commands),
    }
}

fn choices(ui: &mut Ui, which: &mut Which, as_table: &mut bool) {
    let theme = Theme::of(ui);
    ui.add_space(UNIT);
    // Narrow windows take two lines for them.
    ui.horizontal_wrapped(|ui| {
        ui.add_space(2.0 * UNIT);
        ui.spacing_mut().item_spacing = egui::vec2(UNIT, UNIT);
        for (one, label) in [
            (Which::Matrix, "Outlet by outlet"),
            (Which::Graph, "Graph of outlets"),
            (Which::Texts, "Graph of texts"),
            (Which::Volume, "Own and shared text"),
        ] {
            if ui
                .add(Tab::new(*which == one, label).size(theme::SMALL))
                .clicked()
            {
                *which = one;
            }
        }
        ui.add_space(4.0 * UNIT);
        for (table, label) in [(false, "Picture"), (true, "Table")] {
            if ui
                .add(Tab::new(*as_table == table, label).size(theme::SMALL))
                .clicked()
            {
                *as_table = table;
            }
        }
    });
    ui.add_space(UNIT);
    let line = ui.available_rect_before_wrap();
    let stroke = egui::Stroke::new(1.0, theme.hairline);
    ui.painter().hline(line.x_range(), line.min.y, stroke);
}

fn empty(ui: &mut Ui, overview: Overview) {
    let (headline, advice) = if overview.phase.is_comparing() {
        (
            "Comparing…",
            "The picture shows up as soon as the articles have been compared.",
        )
    } else if overview.board.total_pairs > 0 {
        (
            "Nothing shared in this selection",
            "Remove a filter to see more.",
        )
    } else if !overview.phase.is_compared() {
        lists::NOT_COMPARED
    } else {
        (
            "Nothing shared",
            "No two of these articles share a passage.",
        )
    };
    message(ui, headline, advice);
}

/// What a picture says, in one line under its tabs.
fn caption(ui: &mut Ui, text: &str) {
    let color = Theme::of(ui).faint_ink;
    ui.horizontal(|ui| {
        ui.set_height(26.0);
        ui.add_space(3.0 * UNIT);
        ui.add(Label::new(text).size(theme::SMALL).color(color));
    });
}
