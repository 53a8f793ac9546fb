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
    /// The query, folded.
    wanted: String,
    /// Pane and byte up to which has been searched; `None` when all has.
    upto: Option<(usize, usize)>,
    /// The first hit is to be gone to as soon as there is one.
    eager: bool,
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
            self.upto = None;
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

    /// Begins anew; [`go_on`](Self::go_on) finds the hits.
    fn search(&mut self) {
        self.serial += 1;
        self.current = None;
        self.hits = Default::default();
        let query = text::fold(self.query.trim());
        self.wanted = query.text().to_owned();
        self.upto = match self.wanted.is_empty() {
            true => None,
            false => Some((FIRST, 0)),
        };
    }

    /// Searches a little further, so that no frame has to read a whole book; false when there is no more.
    fn go_on(&mut self, texts: [&str; 2]) -> bool {
        /// Bytes that a frame searches.
        const PART: usize = 40_000;
        let Some((pane, from)) = self.upto else {
            return false;
        };
        let text = texts[pane];
        let mut end = (from + PART).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        // What stands across the end is found from a little before it, next time.
        let mut next = end.saturating_sub(4 * self.wanted.len() + 64).max(from);
        while !text.is_char_boundary(next) {
            next -= 1;
        }
        let done = end == text.len();
        let mut number = self.total();
        for range in occurrences(&text[from..end], &self.wanted) {
            let range = from + range.start..from + range.end;
            // In the overlap it was found already, or will be found whole.
            let known = self.hits[pane].last().map_or(0, |hit| hit.range.end);
            if range.start >= known && (done || range.start < next) {
                self.hits[pane].push(Hit { number, range });
                number += 1;
            }
        }
        self.serial += 1;
        self.upto = match (done, pane) {
            (false, pane) => Some((pane, next)),
            (true, FIRST) => Some((SECOND, 0)),
            (true, _) => None,
        };
        self.upto.is_some()
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

/// Where folded words stand in a text, from their first to their last letter; they may begin and end inside
/// words.
fn occurrences(text: &str, wanted: &str) -> Vec<Range<usize>> {
    let folded = text::fold(text);
    folded
        .text()
        .match_indices(wanted)
        .map(|(at, _)| folded.source(at..at + wanted.len()))
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
                self.find.search();
                self.find.eager = true;
            }
            let texts = [&*self.articles[FIRST].text, &*self.articles[SECOND].text];
            let searching = self.find.go_on(texts);
            if searching {
                ui.ctx().request_repaint();
            }
            if self.find.eager && self.find.total() > 0 {
                self.find.eager = false;
                step = Some(true);
            }
            if field.submitted {
                step = Some(!ui.input(|input| input.modifiers.shift));
                field.response.request_focus();
            }
            let total = self.find.total();
            let count = match self.find.current {
                _ if self.find.query.trim().is_empty() => String::new(),
                Some(at) if searching => format!("{} of {total}…", at + 1),
                Some(at) => format!("{} of {total}", at + 1),
                None if searching => "Searching…".to_owned(),
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

    fn found(texts: [&str; 2], query: &str) -> Find {
        let mut find = Find {
            query: query.to_owned(),
            ..Find::default()
        };
        find.search();
        while find.go_on(texts) {}
        find
    }

    #[test]
    fn every_spelling_is_found_where_it_stands() {
        let text = "الإضراب… ثم الاضرابُ";
        let find = found([text, ""], "اضراب");
        let words: Vec<&str> = find.hits[FIRST]
            .iter()
            .map(|h| &text[h.range.clone()])
            .collect();
        assert_eq!(words.len(), 2);
        assert!(
            words[0].starts_with("إضراب") && words[1].starts_with("اضراب"),
            "{words:?}"
        );
        assert_eq!(found([text, text], "  ").total(), 0);
    }

    #[test]
    fn a_long_text_is_searched_in_parts_and_nothing_is_missed_or_told_twice() {
        let text = "السدّ القديم ".repeat(30_000);
        let find = found([&text, &text], "السد القديم");
        assert_eq!(find.hits[FIRST].len(), 30_000);
        assert_eq!(find.hits[SECOND].len(), 30_000);
        let numbers = find.hits.iter().flatten().map(|hit| hit.number);
        assert!(numbers.eq(0..60_000));
    }

    #[test]
    fn stepping_goes_round_both_articles() {
        let mut find = found(["سد وسد", "سد"], "سد");
        let steps: Vec<usize> = (0..4).map(|_| find.step(true).unwrap().0).collect();
        assert_eq!(steps, [FIRST, FIRST, SECOND, FIRST]);
        assert_eq!(find.step(false).unwrap().0, SECOND);
    }
}
