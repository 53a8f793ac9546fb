//! Beside the texts: what the pair says, its passages, and every edit as before and after. A row leads to
//! its place.

use std::sync::Arc;

use egui::{Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::{CompareView, gutter};
use crate::article::Article;
use crate::paint::{Button, Direction, Icon, Label, Tab, TextAlign, TextStyle, Weight, text_in};
use crate::reuse::EditKind;
use crate::ui::command::{Act, Commands};
use crate::ui::list::background;
use crate::ui::phrasing::{edit_name, kind_name, plural};
use crate::ui::theme::{self, Theme, UNIT};
use crate::view::comparison::{Comparison, DateOrder, FIRST, SECOND, SharedEdit};

const ROW: f32 = 50.0;

/// What the panel shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Details {
    pub open: bool,
    list: List,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum List {
    #[default]
    Edits,
    Passages,
}

impl CompareView {
    pub(super) fn details(&mut self, ui: &mut Ui, theme: &'static Theme, commands: &mut Commands) {
        if !self.details.open {
            return;
        }
        let frame = egui::Frame::new()
            .fill(theme.chrome)
            .inner_margin(egui::Margin::symmetric(12, 8));
        egui::Panel::left("compare-details")
            .frame(frame)
            .resizable(true)
            .default_size(310.0)
            .size_range(220.0..=520.0)
            .show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.add(
                        Label::new("What the pair says")
                            .size(theme::SMALL)
                            .strong()
                            .color(theme.faint_ink),
                    );
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        let tip = Act::ShowDetails.tooltip(ui.ctx());
                        if ui
                            .add(
                                Button::icon_only(Icon::Close, "Close details")
                                    .quiet()
                                    .size(11.0)
                                    .tooltip(&tip),
                            )
                            .clicked()
                        {
                            commands.act(Act::ShowDetails);
                        }
                    });
                });
                for sentence in says(&self.comparison) {
                    ui.add(Label::new(&sentence).color(theme.ink).wrap());
                }
                ui.add_space(2.0 * UNIT);
                let edits = self.shown_edits();
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = UNIT;
                    let tabs = [
                        (List::Edits, plural(edits.len(), "edit", "edits")),
                        (
                            List::Passages,
                            plural(self.comparison.passages.len(), "passage", "passages"),
                        ),
                    ];
                    for (list, label) in tabs {
                        if ui
                            .add(Tab::new(self.details.list == list, &label).size(theme::SMALL))
                            .clicked()
                        {
                            self.details.list = list;
                        }
                    }
                });
                ui.add_space(UNIT);
                ui.spacing_mut().item_spacing.y = 0.0;
                match self.details.list {
                    List::Edits => self.edit_list(ui, theme, &edits),
                    List::Passages => self.passage_list(ui, theme),
                }
            });
    }

    /// The edits that the legend lets through, as passage and edit.
    fn shown_edits(&self) -> Vec<(usize, usize)> {
        let passages = self.comparison.passages.iter().enumerate();
        passages
            .flat_map(|(p, passage)| {
                passage
                    .edits
                    .iter()
                    .enumerate()
                    .map(move |(e, edit)| (p, e, edit.kind))
            })
            .filter(|(_, _, kind)| !self.hidden.contains(kind))
            .map(|(p, e, _)| (p, e))
            .collect()
    }

    fn edit_list(&mut self, ui: &mut Ui, theme: &Theme, edits: &[(usize, usize)]) {
        if edits.is_empty() {
            let text = "No edit of a kind that is marked.";
            ui.add(Label::new(text).size(theme::SMALL).color(theme.faint_ink));
        }
        let mut chosen = None;
        ScrollArea::vertical()
            .id_salt("edits")
            .auto_shrink(false)
            .show_rows(ui, ROW, edits.len(), |ui, rows| {
                for &(p, e) in &edits[rows] {
                    let edit = &self.comparison.passages[p].edits[e];
                    let lit = self.hovered.or(self.lit) == Some((p, e));
                    if edit_row(ui, theme, &self.articles, p, e, edit, lit) {
                        chosen = Some((p, e));
                    }
                }
            });
        if let Some((p, e)) = chosen {
            self.go_to_edit(ui.ctx(), p, e);
        }
    }

    fn passage_list(&mut self, ui: &mut Ui, theme: &Theme) {
        let mut chosen = None;
        let passages = &self.comparison.passages;
        ScrollArea::vertical()
            .id_salt("passages")
            .auto_shrink(false)
            .show_rows(ui, ROW, passages.len(), |ui, rows| {
                for index in rows {
                    let passage = &passages[index];
                    let (rect, response) = row(ui, ("passage", index), self.current == Some(index));
                    let facts = format!(
                        "{}, {}, {:.0} % equal, {}",
                        plural(passage.words as usize, "word", "words"),
                        kind_name(passage.kind),
                        passage.similarity * 100.0,
                        plural(passage.edits.len(), "edit", "edits")
                    );
                    response.widget_info(|| {
                        egui::WidgetInfo::labeled(
                            egui::Role::Button,
                            true,
                            format!("Go to passage {}, {facts}", index + 1),
                        )
                    });
                    let (top, below) = rect.split_top_bottom_at_fraction(0.5);
                    let number = Rect::from_center_size(
                        pos2(top.min.x + 12.0, top.center().y),
                        vec2(24.0, 20.0),
                    );
                    gutter::number(
                        ui.painter(),
                        number,
                        index + 1,
                        theme.hue(passage.kind),
                        passage.kind,
                    );
                    let words = passage.spans[FIRST].of(&self.articles[FIRST].text);
                    let beginning = beginning(words);
                    let style = TextStyle::new(theme::BODY, theme.ink).align(TextAlign::Right);
                    text_in(
                        ui.painter(),
                        top.with_min_x(number.max.x + 6.0),
                        &style,
                        &beginning,
                    );
                    let style = TextStyle::new(11.5, theme.faint_ink)
                        .direction(Direction::Ltr)
                        .align(TextAlign::Left);
                    text_in(ui.painter(), below, &style, &facts);
                    if response.clicked() {
                        chosen = Some(index);
                    }
                }
            });
        if let Some(index) = chosen {
            self.go_to(ui.ctx(), index);
        }
    }
}

/// Paints and senses a row; returns the room for its text.
fn row(ui: &mut Ui, id: impl egui::AsIdSalt, current: bool) -> (Rect, egui::Response) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(id), Sense::click());
    background(ui, rect, current, response.hovered(), response.has_focus());
    (rect.shrink2(vec2(2.0 * UNIT, UNIT)), response)
}

/// Kind above, before and after below; true when it was clicked.
fn edit_row(
    ui: &mut Ui,
    theme: &Theme,
    articles: &[Arc<Article>; 2],
    p: usize,
    e: usize,
    edit: &SharedEdit,
    lit: bool,
) -> bool {
    let (rect, response) = row(ui, ("edit", p, e), lit);
    let reading = |pane: usize| match beginning(edit.spans[pane].of(&articles[pane].text)) {
        text if text.is_empty() => "—".to_owned(),
        text => text,
    };
    let (before, after) = (reading(FIRST), reading(SECOND));
    let name = edit_name(edit.kind);
    response.widget_info(|| {
        let name = format!("{name} in passage {}: {before} becomes {after}", p + 1);
        egui::WidgetInfo::labeled(egui::Role::Button, true, name)
    });
    let (top, below) = rect.split_top_bottom_at_fraction(0.42);
    let weight = if edit.kind.is_substantive() {
        Weight::Bold
    } else {
        Weight::Regular
    };
    let style = TextStyle::new(11.5, theme.faint_ink)
        .weight(weight)
        .direction(Direction::Ltr)
        .align(TextAlign::Left);
    text_in(ui.painter(), top, &style, &format!("{}. {name}", p + 1));
    // Read from the right: what stands at the right becomes what stands at the left.
    let style = TextStyle::new(theme::BODY, theme.ink)
        .direction(Direction::Rtl)
        .align(TextAlign::Right);
    text_in(
        ui.painter(),
        below,
        &style,
        &format!("\u{2068}{before}\u{2069} ← \u{2068}{after}\u{2069}"),
    );
    let clicked = response.clicked();
    crate::paint::tip(
        response,
        &format!(
            "{name}\nat the right: \u{2068}{before}\u{2069}\nat the left: \u{2068}{after}\u{2069}"
        ),
    );
    clicked
}

/// The first words, in one line.
fn beginning(text: &str) -> String {
    const WORDS: usize = 14;
    let mut words: Vec<&str> = text.split_whitespace().take(WORDS + 1).collect();
    let more = words.len() > WORDS;
    words.truncate(WORDS);
    let line = words.join(" ");
    if more { format!("{line} …") } else { line }
}

/// What can be said of the pair, and what cannot, in sentences.
fn says(comparison: &Comparison) -> Vec<String> {
    let [first, second] = comparison
        .shares
        .map(|share| format!("{:.0} %", share * 100.0));
    let words = plural(comparison.words as usize, "shared word", "shared words");
    let mut sentences = vec![format!(
        "{words}: {first} of the article at the right, {second} of the one at the left."
    )];
    let sides = ["right", "left"];
    sentences.push(match comparison.order {
        DateOrder::SameDay(day) => {
            format!("Both are dated {day}. The day alone does not say which came first.")
        }
        DateOrder::Apart(days) => {
            let (earlier, days) = (if days > 0 { sides[FIRST] } else { sides[SECOND] }, days.unsigned_abs() as usize);
            format!(
                "The one at the {earlier} is dated {} earlier. That makes it likelier the source, but both may have a third text in common.",
                plural(days, "day", "days")
            )
        }
        DateOrder::Unknown([false, false]) => "Neither is dated: the order is unknown.".to_owned(),
        DateOrder::Unknown([dated, _]) => {
            let undated = if dated { sides[SECOND] } else { sides[FIRST] };
            format!("The one at the {undated} has no date: the order is unknown.")
        }
    });
    let changed: usize = comparison
        .edit_counts()
        .iter()
        .filter(|(kind, _)| kind.is_substantive() && *kind != EditKind::Moved)
        .map(|(_, count)| count)
        .sum();
    let all: usize = comparison
        .edit_counts()
        .iter()
        .map(|(_, count)| count)
        .sum();
    sentences.push(match (changed, all) {
        (_, 0) => "The shared passages are the same to the letter.".to_owned(),
        (0, all) => format!(
            "None of the {} changes what is said.",
            plural(all, "edit", "edits")
        ),
        (changed, all) => format!(
            "{changed} of {} may change what is said.",
            plural(all, "edit", "edits")
        ),
    });
    sentences
}
