//! Finding words in both articles, in any spelling: hits counted, marked, stepped through.

use std::ops::Range;

use egui::{Align, Layout, Ui};

use super::CompareView;
use crate::paint::{Button, Icon, Label, TextField};
use crate::text;
use crate::ui::phrasing::plural;
use crate::ui::theme::{self, Theme};
use crate::view::comparison::{FIRST, SECOND};

/// One place where the words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Counted through the first article, then the second.
    pub number: usize,
    /// Bytes of the article.
    pub range: Range<usize>,
}

/// What is looked for, and where it was found.
#[derive(Default)]
pub struct Find {
    open: bool,
    fresh: bool,
    query: String,
    hits: [Vec<Hit>; 2],
    current: Option<usize>,
    /// Grows with each search, so that paint knows its hits are old.
    serial: u64,
}

impl Find {
    pub fn open(&mut self) {
        self.open = true;
        self.fresh = true;
    }

    /// False when it was closed already.
    pub fn close(&mut self) -> bool {
        let was = std::mem::take(&mut self.open);
        if was {
            self.query.clear();
            self.hits = Default::default();
            self.current = None;
            self.serial += 1;
        }
        was
    }

    pub fn is_open(&self) -> bool {
        self.open
    }

    pub fn hits(&self, pane: usize) -> &[Hit] {
        &self.hits[pane]
    }

    /// Identifies what is marked.
    pub fn shown(&self) -> (u64, Option<usize>) {
        (self.serial, self.current)
    }

    fn total(&self) -> usize {
        self.hits[FIRST].len() + self.hits[SECOND].len()
    }

    fn search(&mut self, texts: [&str; 2]) {
        self.serial += 1;
        self.current = None;
        let mut number = 0;
        self.hits = texts.map(|text| {
            occurrences(text, &self.query)
                .into_iter()
                .map(|range| {
                    number += 1;
                    Hit {
                        number: number - 1,
                        range,
                    }
                })
                .collect()
        });
    }

    /// The next or previous hit, round the end, as pane and byte.
    fn step(&mut self, onward: bool) -> Option<(usize, usize)> {
        let total = self.total();
        if total == 0 {
            return None;
        }
        let next = match (self.current, onward) {
            (None, true) => 0,
            (None, false) => total - 1,
            (Some(at), true) => (at + 1) % total,
            (Some(at), false) => (at + total - 1) % total,
        };
        self.current = Some(next);
        [FIRST, SECOND].into_iter().find_map(|pane| {
            self.hits[pane]
                .iter()
                .find(|hit| hit.number == next)
                .map(|hit| (pane, hit.range.start))
        })
    }
}

/// Where the query's folded words stand in a text, from its first to its last letter; the query may begin
/// and end inside words.
fn occurrences(text: &str, query: &str) -> Vec<Range<usize>> {
    let query = text::fold(query.trim());
    if query.text().is_empty() {
        return Vec::new();
    }
    let folded = text::fold(text);
    let length = query.text().len();
    folded
        .text()
        .match_indices(query.text())
        .map(|(at, _)| folded.source(at..at + length))
        .collect()
}

pub fn field_id() -> egui::Id {
    egui::Id::unique("find-in-articles")
}

impl CompareView {
    pub(super) fn find_bar(&mut self, ui: &mut Ui) {
        let theme = Theme::of(ui);
        let mut step = None;
        ui.horizontal(|ui| {
            ui.set_height(32.0);
            let field = TextField::new(&mut self.find.query, "Find in both articles")
                .id(field_id())
                .icon(Icon::Search)
                .hint("Find in both articles, in any spelling")
                .width((ui.available_width() - 220.0).clamp(140.0, 420.0))
                .show(ui);
            if std::mem::take(&mut self.find.fresh) {
                field.response.request_focus();
            }
            if field.response.changed() {
                self.find
                    .search([&self.articles[FIRST].text, &self.articles[SECOND].text]);
                step = Some(true);
            }
            if field.submitted {
                step = Some(!ui.input(|input| input.modifiers.shift));
                field.response.request_focus();
            }
            let total = self.find.total();
            let count = match self.find.current {
                _ if self.find.query.trim().is_empty() => String::new(),
                Some(at) => format!("{} of {total}", at + 1),
                None => plural(total, "hit", "hits"),
            };
            for (icon, name, onward) in [
                (Icon::Up, "Previous hit", false),
                (Icon::Down, "Next hit", true),
            ] {
                if ui.add(Button::icon_only(icon, name).quiet()).clicked() {
                    step = Some(onward);
                }
            }
            ui.add(Label::new(&count).size(theme::SMALL).color(theme.faint_ink));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui
                    .add(Button::icon_only(Icon::Close, "Close").quiet())
                    .clicked()
                {
                    self.find.close();
                }
            });
        });
        if let Some((pane, byte)) = step.and_then(|onward| self.find.step(onward)) {
            self.go_to_byte(ui.ctx(), pane, byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_found_where_it_stands() {
        let text = "الإضراب… ثم الاضرابُ";
        let found = occurrences(text, "اضراب");
        let words: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(words.len(), 2);
        assert!(
            words[0].starts_with("إضراب") && words[1].starts_with("اضراب"),
            "{words:?}"
        );
        assert!(occurrences(text, "  ").is_empty());
    }

    #[test]
    fn stepping_goes_round_both_articles() {
        let mut find = Find {
            query: "سد".to_owned(),
            ..Find::default()
        };
        find.search(["سد وسد", "سد"]);
        let steps: Vec<usize> = (0..4).map(|_| find.step(true).unwrap().0).collect();
        assert_eq!(steps, [FIRST, FIRST, SECOND, FIRST]);
        assert_eq!(find.step(false).unwrap().0, SECOND);
    }
}
