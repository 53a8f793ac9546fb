//! The current passage word by word: which word stands for which. Equal words are plain, the others carry
//! the name of their edit. A row leads to its place.

use egui::{Rect, ScrollArea, Ui, pos2};

use super::CompareView;
use super::lists::{beginning, row};
use crate::paint::{Direction, Label, TextAlign, TextStyle, Weight, text_in};
use crate::ui::phrasing::{edit_name, plural};
use crate::ui::theme::{self, Theme};
use crate::view::aligned::{Aligned, Alignment};
use crate::view::comparison::{FIRST, SECOND};

const ROW: f32 = 28.0;

/// Pieces of a long passage that are aligned in a frame.
const PIECES: usize = 8;

/// The alignment of one passage.
pub struct Words {
    passage: usize,
    alignment: Alignment,
}

impl CompareView {
    pub(super) fn word_list(&mut self, ui: &mut Ui, theme: &Theme) {
        let Some(current) = self.current else {
            return;
        };
        let texts = [&*self.articles[FIRST].text, &*self.articles[SECOND].text];
        let passage = &self.comparison.passages[current];
        let known = self.words.take().filter(|words| words.passage == current);
        let words = self.words.insert(known.unwrap_or_else(|| Words {
            passage: current,
            alignment: Alignment::new(passage),
        }));
        let alignment = &mut words.alignment;
        alignment.go_on(passage, texts, PIECES);
        let share = alignment.share();
        if share < 1.0 {
            ui.ctx().request_repaint();
        }
        let lines = alignment.lines();
        let text = match share < 1.0 {
            true => format!(
                "Passage {}: {:.0} % laid word to word…",
                current + 1,
                100.0 * share
            ),
            false => {
                let same = plural(alignment.same(), "word is", "words are");
                format!(
                    "Passage {}: {same} the same on both sides, in any spelling.",
                    current + 1
                )
            }
        };
        let label = Label::new(&text).size(theme::SMALL);
        ui.add(label.color(theme.faint_ink).wrap());
        let mut chosen = None;
        ScrollArea::vertical()
            .id_salt("words")
            .auto_shrink(false)
            .show_rows(ui, ROW, lines.len(), |ui, rows| {
                for at in rows {
                    if line(ui, theme, at, &lines[at], texts) {
                        chosen = Some(lines[at].spans);
                    }
                }
            });
        if let Some(spans) = chosen {
            self.go_to_byte(ui.ctx(), FIRST, spans[FIRST].start as usize);
            for pane in [FIRST, SECOND] {
                self.views[pane].select(spans[pane].range());
            }
        }
    }
}

/// First article's words at the right, the second's left of them, the edit's name at the left edge.
fn line(ui: &mut Ui, theme: &Theme, at: usize, line: &Aligned, texts: [&str; 2]) -> bool {
    let (rect, response) = row(ui, ("word", at), ROW, false);
    let reading = |pane: usize| match beginning(line.spans[pane].of(texts[pane])) {
        words if words.is_empty() => "—".to_owned(),
        words => words,
    };
    let [first, second] = [reading(FIRST), reading(SECOND)];
    let kind = line.edit.map_or("The same", edit_name);
    response.widget_info(|| {
        let name = format!("{first} stands beside {second}, {kind}");
        egui::WidgetInfo::labeled(egui::Role::Button, true, name)
    });
    let third = rect.width() / 3.0;
    let cell = |nth: f32| {
        Rect::from_min_max(
            pos2(rect.min.x + third * nth, rect.min.y),
            pos2(rect.min.x + third * (nth + 1.0) - 6.0, rect.max.y),
        )
    };
    let color = match line.edit {
        Some(_) => theme.ink,
        None => theme.faint_ink,
    };
    let weight = match line.edit {
        Some(kind) if kind.is_substantive() => Weight::Bold,
        _ => Weight::Regular,
    };
    let words = TextStyle::new(theme::BODY, color)
        .weight(weight)
        .from_the_right();
    text_in(ui.painter(), cell(2.0), &words, &first);
    text_in(ui.painter(), cell(1.0), &words, &second);
    if let Some(kind) = line.edit {
        let style = TextStyle::new(11.5, theme.faint_ink)
            .direction(Direction::Ltr)
            .align(TextAlign::Left);
        text_in(ui.painter(), cell(0.0), &style, edit_name(kind));
    }
    let clicked = response.clicked();
    let tip = format!(
        "{kind}\nat the right: \u{2068}{first}\u{2069}\nat the left: \u{2068}{second}\u{2069}"
    );
    crate::paint::tip(response, &tip);
    clicked
}
