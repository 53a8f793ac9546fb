//! The lists of a comparison: its passages with length, likeness and kinds of edit, and every edit as
//! before and after. A row leads to its place.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Align, Layout, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::{CompareView, details, gutter};
use crate::article::Article;
use crate::paint::{Button, Direction, Label, TextAlign, TextStyle, Weight, text_in};
use crate::reuse::EditKind;
use crate::ui::list::background;
use crate::ui::phrasing::{edit_name, kind_name, plural};
use crate::ui::theme::{self, Theme, UNIT};
use crate::view::comparison::{Comparison, FIRST, SECOND, SharedEdit};

const ROW: f32 = 50.0;
const PASSAGE_ROW: f32 = 66.0;

/// The list of edits, with what it was made for: a book's edits are not sorted in every frame.
pub struct Listed {
    hidden: BTreeSet<EditKind>,
    by_place: bool,
    lines: Vec<Line>,
    /// Lines that are edits.
    pub edits: usize,
}

/// A line of the list of edits.
enum Line {
    Kind(EditKind, usize),
    Edit(usize, usize),
}

impl CompareView {
    /// Makes the list of edits anew where what it depends on has changed.
    pub(super) fn list_edits(&mut self) {
        let (hidden, by_place) = (self.hidden_kinds(), self.details.by_place);
        let is_current = |l: &Listed| l.hidden == hidden && l.by_place == by_place;
        if !self.listed.as_ref().is_some_and(is_current) {
            let edits = self.shown_edits();
            self.listed = Some(Listed {
                hidden,
                by_place,
                lines: self.lines(&edits),
                edits: edits.len(),
            });
        }
    }

    pub(super) fn edit_list(&mut self, ui: &mut Ui, theme: &Theme) {
        let lines = self.listed.as_ref().map_or(&[][..], |listed| &listed.lines);
        if lines.is_empty() {
            let text = match self.comparison.edit_counts.is_empty() {
                true => "No edits.",
                false => "No edit of a kind that is marked.",
            };
            ui.add(Label::new(text).size(theme::SMALL).color(theme.faint_ink));
            return;
        }
        let mut wanted = self.details.by_place;
        ui.horizontal(|ui| {
            ui.set_height(26.0);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = UNIT;
                for (by_place, label) in [(true, "By place"), (false, "By kind")] {
                    let button = Button::new(label)
                        .quiet()
                        .size(theme::SMALL)
                        .selected(self.details.by_place == by_place);
                    if ui.add(button).clicked() {
                        wanted = by_place;
                    }
                }
            });
        });
        let mut chosen = None;
        ScrollArea::vertical()
            .id_salt("edits")
            .auto_shrink(false)
            .show_rows(ui, ROW, lines.len(), |ui, rows| {
                for line in &lines[rows] {
                    match *line {
                        Line::Kind(kind, count) => head(ui, theme, kind, count),
                        Line::Edit(p, e) => {
                            let edit = &self.comparison.passages[p].edits[e];
                            let lit = self.hovered.or(self.lit) == Some((p, e));
                            // Under the name of a kind it need not be said again.
                            let above = match self.details.by_place {
                                true => format!("{}. {}", p + 1, edit_name(edit.kind)),
                                false => format!("Passage {}", p + 1),
                            };
                            if edit_row(ui, theme, &self.articles, (p, e), edit, &above, lit) {
                                chosen = Some((p, e));
                            }
                        }
                    }
                }
            });
        self.details.by_place = wanted;
        if let Some((p, e)) = chosen {
            self.go_to_edit(ui.ctx(), p, e);
        }
    }

    /// By place as they come; by kind with what is of most substance first, each under its count.
    fn lines(&self, edits: &[(usize, usize)]) -> Vec<Line> {
        let line = |&(p, e): &(usize, usize)| Line::Edit(p, e);
        if self.details.by_place {
            return edits.iter().map(line).collect();
        }
        let kind = |&(p, e): &(usize, usize)| self.comparison.passages[p].edits[e].kind;
        let mut sorted = edits.to_vec();
        sorted.sort_by_key(|place| (std::cmp::Reverse(kind(place)), *place));
        let groups = sorted.chunk_by(|x, y| kind(x) == kind(y));
        groups
            .flat_map(|group| {
                let head = Line::Kind(kind(&group[0]), group.len());
                std::iter::once(head).chain(group.iter().map(line))
            })
            .collect()
    }

    pub(super) fn passage_list(&mut self, ui: &mut Ui, theme: &Theme) {
        let mut chosen = None;
        let passages = &self.comparison.passages;
        ScrollArea::vertical()
            .id_salt("passages")
            .auto_shrink(false)
            .show_rows(ui, PASSAGE_ROW, passages.len(), |ui, rows| {
                for index in rows {
                    let current = self.current == Some(index);
                    let text = &self.articles[FIRST].text;
                    if passage_row(ui, theme, text, &self.comparison, index, current) {
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
pub(super) fn row(
    ui: &mut Ui,
    id: impl egui::AsIdSalt,
    height: f32,
    current: bool,
) -> (Rect, egui::Response) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(id), Sense::click());
    background(ui, rect, current, response.hovered(), response.has_focus());
    (rect.shrink2(vec2(2.0 * UNIT, UNIT)), response)
}

fn small(theme: &Theme) -> TextStyle {
    TextStyle::new(11.5, theme.faint_ink)
        .direction(Direction::Ltr)
        .align(TextAlign::Left)
}

/// Number and first words, then length and likeness, then the kinds of edit; true when it was clicked.
fn passage_row(
    ui: &mut Ui,
    theme: &Theme,
    text: &str,
    comparison: &Comparison,
    index: usize,
    current: bool,
) -> bool {
    let passage = &comparison.passages[index];
    let (rect, response) = row(ui, ("passage", index), PASSAGE_ROW, current);
    let facts = format!(
        "{}, {}, {:.0} % equal",
        plural(passage.words as usize, "word", "words"),
        kind_name(passage.kind),
        passage.faithfulness() * 100.0,
    );
    let kinds: Vec<String> = passage
        .edit_counts()
        .into_iter()
        .rev()
        .map(|(kind, count)| format!("{count} {}", edit_name(kind).to_lowercase()))
        .collect();
    let kinds = match kinds.is_empty() {
        true => details::same(comparison.runs_over_framing(passage)).to_owned(),
        false => kinds.join(", "),
    };
    response.widget_info(|| {
        let name = format!("Go to passage {}, {facts}. {kinds}", index + 1);
        egui::WidgetInfo::labeled(egui::Role::Button, true, name)
    });
    let (top, below) = rect.split_top_bottom_at_fraction(0.4);
    let (middle, last) = below.split_top_bottom_at_fraction(0.5);
    let center = pos2(top.min.x + 12.0, top.center().y);
    let number = Rect::from_center_size(center, vec2(24.0, 20.0));
    let hue = theme.hue(passage.kind);
    gutter::number(ui.painter(), number, index + 1, hue, passage.kind);
    let style = TextStyle::new(theme::BODY, theme.ink).align(TextAlign::Right);
    let words = beginning(passage.spans[FIRST].of(text));
    let room = top.with_min_x(number.max.x + 6.0);
    text_in(ui.painter(), room, &style, &words);
    text_in(ui.painter(), middle, &small(theme), &facts);
    text_in(ui.painter(), last, &small(theme), &kinds);
    let clicked = response.clicked();
    crate::paint::tip(response, &format!("{facts}\n{kinds}"));
    clicked
}

/// Above the edits of one kind.
fn head(ui: &mut Ui, theme: &Theme, kind: EditKind, count: usize) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let text = format!("{} {count}", edit_name(kind));
    response.widget_info(|| {
        let name = format!(
            "{} of the kind {}",
            plural(count, "edit", "edits"),
            edit_name(kind)
        );
        egui::WidgetInfo::labeled(egui::Role::Label, true, name)
    });
    let (_, foot) = rect.split_top_bottom_at_fraction(0.4);
    let foot = foot.shrink2(vec2(2.0 * UNIT, 0.0));
    let style = TextStyle::new(theme::SMALL, theme.ink)
        .weight(Weight::Bold)
        .direction(Direction::Ltr)
        .align(TextAlign::Left);
    text_in(ui.painter(), foot, &style, &text);
    if kind.is_substantive() {
        let style = small(theme).align(TextAlign::Right);
        text_in(ui.painter(), foot, &style, "of substance");
    }
    let line = egui::Stroke::new(1.0, theme.hairline);
    ui.painter().hline(rect.x_range(), rect.max.y - 0.5, line);
}

/// What it is called `above`, before and after below; true when it was clicked.
fn edit_row(
    ui: &mut Ui,
    theme: &Theme,
    articles: &[Arc<Article>; 2],
    (p, e): (usize, usize),
    edit: &SharedEdit,
    above: &str,
    lit: bool,
) -> bool {
    let (rect, response) = row(ui, ("edit", p, e), ROW, lit);
    let [before, after] = [FIRST, SECOND].map(|pane| reading(edit, pane, articles));
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
    let style = small(theme).weight(weight);
    text_in(ui.painter(), top, &style, above);
    // Read from the right: what stands at the right becomes what stands at the left.
    let style = TextStyle::new(theme::BODY, theme.ink).from_the_right();
    let text = format!("\u{2068}{before}\u{2069} ← \u{2068}{after}\u{2069}");
    text_in(ui.painter(), below, &style, &text);
    let clicked = response.clicked();
    let tip = format!(
        "{name}\nat the right: \u{2068}{before}\u{2069}\nat the left: \u{2068}{after}\u{2069}"
    );
    crate::paint::tip(response, &tip);
    clicked
}

/// What one side has, in one line. A line break is shown as the sign that editors know it by.
pub(super) fn reading(edit: &SharedEdit, pane: usize, articles: &[Arc<Article>; 2]) -> String {
    let text = edit.spans[pane].of(&articles[pane].text);
    let words = beginning(text);
    match words.is_empty() {
        true if text.contains('\n') => "¶".to_owned(),
        true => "—".to_owned(),
        false => words,
    }
}

/// The first words, in one line.
pub(super) fn beginning(text: &str) -> String {
    const WORDS: usize = 14;
    let mut words: Vec<&str> = text.split_whitespace().take(WORDS + 1).collect();
    let more = words.len() > WORDS;
    words.truncate(WORDS);
    let line = words.join(" ");
    if more { format!("{line} …") } else { line }
}
