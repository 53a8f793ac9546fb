//! Beside the texts: what the pair says and what speaks for which side being the source; below it one of
//! three lists: edits, passages, or the current passage word by word.

use egui::{Frame, Margin, Panel, Ui};

use super::CompareView;
use crate::article::Article;
use crate::paint::{Button, Icon, Label, Tab};
use crate::reuse::EditKind;
use crate::ui::command::{Act, Commands};
use crate::ui::known;
use crate::ui::phrasing::{group, plural};
use crate::ui::theme::{self, Theme, UNIT};
use crate::view::comparison::{Comparison, DateOrder, FIRST, SECOND};
use crate::view::evidence::{Evidence, Sign};

/// What the panel shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Details {
    pub open: bool,
    list: List,
    /// Edits by where they stand, instead of by kind.
    pub by_place: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum List {
    #[default]
    Edits,
    Passages,
    Words,
}

impl Details {
    pub fn toggle_words(&mut self) {
        let shown = self.open && self.list == List::Words;
        self.list = if shown { List::Edits } else { List::Words };
        self.open = true;
    }
}

impl CompareView {
    pub(super) fn details(&mut self, ui: &mut Ui, theme: &'static Theme, commands: &mut Commands) {
        if !self.details.open {
            return;
        }
        let frame = Frame::new()
            .fill(theme.chrome)
            .inner_margin(Margin::symmetric(12, 8));
        Panel::left("compare-details")
            .frame(frame)
            .resizable(true)
            .default_size(330.0)
            .size_range(240.0..=560.0)
            .show(ui, |ui| {
                title(ui, theme, commands);
                let articles = [&*self.articles[FIRST], &*self.articles[SECOND]];
                for sentence in says(&self.comparison, &self.evidence, articles) {
                    ui.add(Label::new(&sentence).color(theme.ink).wrap());
                }
                for sentence in known::reservations(articles, SIDES) {
                    let label = Label::new(&sentence).size(theme::SMALL);
                    ui.add(label.color(theme.faint_ink).wrap());
                }
                if self.comparison.passages.is_empty() {
                    return;
                }
                ui.add_space(2.0 * UNIT);
                self.list_edits();
                let edits = self.listed.as_ref().map_or(0, |listed| listed.edits);
                self.tabs(ui, edits);
                ui.add_space(UNIT);
                ui.spacing_mut().item_spacing.y = 0.0;
                match self.details.list {
                    List::Edits => self.edit_list(ui, theme),
                    List::Passages => self.passage_list(ui, theme),
                    List::Words => self.word_list(ui, theme),
                }
            });
    }

    fn tabs(&mut self, ui: &mut Ui, edits: usize) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = UNIT;
            let passages = self.comparison.passages.len();
            let tabs = [
                (List::Edits, plural(edits, "edit", "edits")),
                (List::Passages, plural(passages, "passage", "passages")),
                (List::Words, Act::WordByWord.label().to_owned()),
            ];
            for (list, label) in tabs {
                let tab = Tab::new(self.details.list == list, &label).size(theme::SMALL);
                if ui.add(tab).clicked() {
                    self.details.list = list;
                }
            }
        });
    }

    /// The edits that the legend lets through, as passage and edit.
    pub(super) fn shown_edits(&self) -> Vec<(usize, usize)> {
        let passages = self.comparison.passages.iter().enumerate();
        passages
            .flat_map(|(p, passage)| {
                let edits = passage.edits.iter().enumerate();
                edits.map(move |(e, edit)| (p, e, edit.kind))
            })
            .filter(|(_, _, kind)| !self.is_hidden(*kind))
            .map(|(p, e, _)| (p, e))
            .collect()
    }
}

fn title(ui: &mut Ui, theme: &Theme, commands: &mut Commands) {
    ui.horizontal(|ui| {
        ui.add(
            Label::new("What the pair says")
                .size(theme::SMALL)
                .strong()
                .color(theme.faint_ink),
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let tip = Act::ShowDetails.tooltip(ui.ctx());
            let close = Button::icon_only(Icon::Close, "Close details")
                .quiet()
                .size(11.0)
                .tooltip(&tip);
            if ui.add(close).clicked() {
                commands.act(Act::ShowDetails);
            }
        });
    });
}

/// Which side, in words.
const SIDES: [&str; 2] = ["right", "left"];

/// What can be said of the pair, and what cannot, in sentences.
fn says(comparison: &Comparison, evidence: &Evidence, articles: [&Article; 2]) -> Vec<String> {
    let mut sentences = Vec::new();
    let shares_text = !comparison.passages.is_empty();
    if shares_text {
        let [first, second] = comparison
            .shares
            .map(|share| format!("{:.0} %", share * 100.0));
        let words = plural(comparison.words as usize, "shared word", "shared words");
        sentences.push(format!(
            "{words}: {first} of the article at the right, {second} of the one at the left."
        ));
        sentences.push(changes(comparison));
    }
    sentences.push(dates(comparison.order));
    if shares_text {
        sentences.extend(source(evidence, articles));
    }
    sentences
}

fn dates(order: DateOrder) -> String {
    match order {
        DateOrder::SameDay(day) => {
            format!("Both are dated {day}. The day alone does not say which came first.")
        }
        DateOrder::Apart(days) => format!(
            "The one at the {} is dated {} earlier.",
            SIDES[if days > 0 { FIRST } else { SECOND }],
            plural(days.unsigned_abs() as usize, "day", "days")
        ),
        DateOrder::Unknown([false, false]) => "Neither is dated.".to_owned(),
        DateOrder::Unknown([dated, _]) => {
            let undated = if dated { SECOND } else { FIRST };
            format!("The one at the {} has no date.", SIDES[undated])
        }
    }
}

/// Which is likelier the source, with what says so; or that nothing does.
fn source(evidence: &Evidence, articles: [&Article; 2]) -> Vec<String> {
    let quoted = |text: &str| format!("“\u{2068}{}\u{2069}”", text.trim());
    let mut sentences: Vec<String> = evidence
        .signs
        .iter()
        .filter_map(|sign| match *sign {
            // Told by the sentence about dates.
            Sign::Earlier { .. } => None,
            Sign::Credited { source } => Some(format!(
                "The one at the {} credits the other’s outlet, {}.",
                SIDES[1 - source],
                quoted(articles[source].outlet_name().unwrap_or_default())
            )),
            Sign::Named { source, place } => Some(format!(
                "The one at the {} names the other’s outlet, {}.",
                SIDES[1 - source],
                quoted(place.of(&articles[1 - source].text))
            )),
            Sign::DayPassed { source, spans } => {
                let day = |pane: usize| quoted(spans[pane].of(&articles[pane].text));
                Some(format!(
                    "The one at the {} says {} where the other says {}: it was written earlier.",
                    SIDES[source],
                    day(source),
                    day(1 - source)
                ))
            }
        })
        .collect();
    if let Some(third) = &evidence.third {
        sentences.push(format!(
            "Both credit {}: that is likelier the source of both.",
            quoted(third)
        ));
        return sentences;
    }
    for (pane, article) in articles.into_iter().enumerate() {
        let told = |sign: &Sign| *sign == Sign::Credited { source: 1 - pane };
        if let Some(agency) = article.credit_name()
            && article.outlet_name() != Some(agency)
            && !evidence.signs.iter().any(told)
        {
            sentences.push(format!(
                "The one at the {} credits {}.",
                SIDES[pane],
                quoted(agency)
            ));
        }
    }
    sentences.push(match evidence.likelier {
        Some(source) => format!(
            "So the one at the {} is likelier the source, unless both took it from a third.",
            SIDES[source]
        ),
        None if evidence.signs.is_empty() => {
            "Nothing says which is the source: order unknown.".to_owned()
        }
        None => "That points both ways: order unknown.".to_owned(),
    });
    sentences
}

/// Of what has no edit, where it may run over lines that are not compared.
pub(super) fn same(over_framing: bool) -> &'static str {
    match over_framing {
        false => "the same to the letter",
        true => "the same to the letter, but for lines of date or author",
    }
}

fn changes(comparison: &Comparison) -> String {
    let counts = &comparison.edit_counts;
    let sum = |of: &dyn Fn(EditKind) -> bool| -> usize {
        let counted = counts.iter().filter(|(kind, _)| of(*kind));
        counted.map(|(_, count)| count).sum()
    };
    let all = sum(&|_| true);
    let edits = plural(all, "edit", "edits");
    match sum(&|kind| kind.is_substantive() && kind != EditKind::Moved) {
        _ if all == 0 => {
            let mut passages = comparison.passages.iter();
            let over = passages.any(|passage| comparison.runs_over_framing(passage));
            format!("The shared passages are {}.", same(over))
        }
        0 => format!("None of the {edits} changes what is said."),
        changed => format!("{} of {edits} may change what is said.", group(changed)),
    }
}
