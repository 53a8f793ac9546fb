//! Selecting in a view: by drag, by word and paragraph, with shift, from the keyboard; copying exactly
//! what the source holds.

use std::ops::Range;

use egui::{Event, EventFilter, Key, Modifiers, Pos2, Rect, Response, Ui, pos2, vec2};
use unicode_segmentation::UnicodeSegmentation as _;

use super::model::Model;
use crate::paint::{
    caret::Stop,
    copy,
    flow::{next_grapheme, previous_grapheme},
};

/// What a drag selects in steps of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Unit {
    #[default]
    Grapheme,
    Word,
    Paragraph,
}

/// A selection: where it began and where its moving end is, in bytes of the text.
#[derive(Default)]
pub struct Selection {
    anchor: usize,
    head: usize,
    /// The moving end stands at the end of what is before it.
    before: bool,
    unit: Unit,
    /// The word or paragraph that was clicked first.
    first: Range<usize>,
    /// x that moving up and down keeps to, in content positions.
    column: Option<f32>,
}

impl Selection {
    pub fn range(&self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    /// Where it began, and its moving end.
    pub fn ends(&self) -> (usize, usize) {
        (self.anchor, self.head)
    }

    pub fn set(&mut self, anchor: usize, head: usize) {
        (self.anchor, self.head, self.column) = (anchor, head, None);
        self.before = false;
    }

    /// Takes pointer and keyboard; returns a byte that was clicked without selecting.
    pub fn input(
        &mut self,
        ui: &Ui,
        response: &mut Response,
        model: &mut Model,
        origin: Pos2,
        rect: Rect,
        scroll: &mut f32,
    ) -> Option<usize> {
        let clicked = self.pointer(ui, response, model, origin, rect, scroll);
        if response.has_focus() {
            self.keyboard(ui, response, model, rect, scroll);
        }
        clicked
    }

    fn pointer(
        &mut self,
        ui: &Ui,
        response: &Response,
        model: &mut Model,
        origin: Pos2,
        rect: Rect,
        scroll: &mut f32,
    ) -> Option<usize> {
        let ctx = ui.ctx().clone();
        let at = response.interact_pointer_pos()?;
        let byte = model.hit(&ctx, (at - origin).to_pos2());
        let (pressed, shift, primary) = ui.input(|i| {
            (
                i.pointer.primary_pressed(),
                i.modifiers.shift,
                i.pointer.primary_down(),
            )
        });
        if response.secondary_clicked() {
            // The menu is about what lies under it.
            let over = model.over(&ctx, (at - origin).to_pos2());
            let range = self.range();
            if let Some(over) = over
                && !(range.start <= over.start && over.end <= range.end)
            {
                let word = word_at(model, over.start);
                self.set(word.start, word.end);
            }
            response.request_focus();
        } else if response.triple_clicked() {
            self.unit = Unit::Paragraph;
            self.first = model.paragraph_of(byte);
            self.set(self.first.start, self.first.end);
        } else if response.double_clicked() {
            self.unit = Unit::Word;
            let over = model.over(&ctx, (at - origin).to_pos2());
            self.first = word_at(model, over.map_or(byte, |o| o.start));
            self.set(self.first.start, self.first.end);
        } else if pressed {
            response.request_focus();
            self.unit = Unit::Grapheme;
            if shift {
                self.head = byte;
            } else {
                self.set(byte, byte);
            }
        } else if response.dragged() && primary {
            self.drag_to(model, byte);
            self.scroll_along(ui, rect, at, scroll);
        }
        (response.clicked() && self.range().is_empty()).then_some(byte)
    }

    fn drag_to(&mut self, model: &Model, byte: usize) {
        if self.unit == Unit::Grapheme {
            self.head = byte;
            return;
        }
        let unit = match self.unit {
            Unit::Word => word_at(model, byte),
            _ => model.paragraph_of(byte),
        };
        if byte < self.first.start {
            self.set(self.first.end, unit.start);
        } else {
            self.set(self.first.start, unit.end.max(self.first.end));
        }
    }

    /// Scrolls while the pointer is dragged beyond the view.
    fn scroll_along(&self, ui: &Ui, rect: Rect, at: Pos2, scroll: &mut f32) {
        let beyond = (at.y - rect.max.y).max(0.0) - (rect.min.y - at.y).max(0.0);
        if beyond != 0.0 {
            let time = ui.input(|i| i.stable_dt).min(0.1);
            *scroll += beyond.clamp(-200.0, 200.0) * time * 8.0;
            ui.ctx().request_repaint();
        }
    }

    fn keyboard(
        &mut self,
        ui: &Ui,
        response: &Response,
        model: &mut Model,
        rect: Rect,
        scroll: &mut f32,
    ) {
        // Arrows belong to the text while it has the focus, escape and tab do not.
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let events = ui.input(|input| input.filtered_events(&filter));
        for event in events {
            match event {
                Event::Copy | Event::Cut => {
                    let range = self.range();
                    if !range.is_empty() {
                        copy(ui.ctx(), &model.text[range], model.rtl);
                    }
                }
                Event::Key {
                    key,
                    pressed: true,
                    modifiers,
                    ..
                } => {
                    if key == Key::A && modifiers.command {
                        self.set(0, model.text.len());
                    } else if modifiers.shift && self.extend(ui, model, key, modifiers) {
                        self.follow(ui, model, rect, scroll);
                    }
                }
                _ => {}
            }
        }
    }

    /// Moves the head as a shifted key asks; false where the key is not ours.
    fn extend(&mut self, ui: &Ui, model: &mut Model, key: Key, modifiers: Modifiers) -> bool {
        let text = model.text.clone();
        let onward = (key == Key::ArrowLeft) == model.rtl;
        let by_word = modifiers.command || modifiers.alt;
        if matches!(key, Key::ArrowLeft | Key::ArrowRight) && !by_word {
            let stop = Stop {
                byte: self.head,
                before: self.before,
            };
            if let Some(stop) = model.step(ui.ctx(), stop, key == Key::ArrowLeft) {
                (self.head, self.before, self.column) = (stop.byte, stop.before, None);
                return true;
            }
        }
        self.before = false;
        self.head = match key {
            Key::ArrowLeft | Key::ArrowRight => {
                self.column = None;
                match (onward, by_word) {
                    (true, false) => next_grapheme(&text, self.head),
                    (false, false) => previous_grapheme(&text, self.head),
                    (true, true) => next_word(&text, self.head),
                    (false, true) => previous_word(&text, self.head),
                }
            }
            Key::ArrowUp | Key::ArrowDown => {
                let ctx = ui.ctx();
                let (caret, _) = model.caret(ctx, self.head);
                let x = *self.column.get_or_insert(caret.x);
                model.line_step(ctx, self.head, x, key == Key::ArrowDown)
            }
            Key::Home if modifiers.command => 0,
            Key::End if modifiers.command => text.len(),
            Key::Home | Key::End => {
                let ctx = ui.ctx();
                let (caret, height) = model.caret(ctx, self.head);
                let far = 1e6
                    * if (key == Key::Home) == model.rtl {
                        1.0
                    } else {
                        -1.0
                    };
                model.hit(ctx, pos2(far, caret.y + height * 0.5))
            }
            _ => return false,
        };
        true
    }

    /// Scrolls as far as needed to show the moving end.
    fn follow(&self, ui: &Ui, model: &mut Model, rect: Rect, scroll: &mut f32) {
        let (caret, height) = model.caret(ui.ctx(), self.head);
        let room = vec2(0.0, rect.height() - height);
        *scroll = scroll.clamp(
            (caret.y - room.y).min(caret.y),
            caret.y.max(caret.y - room.y),
        );
    }
}

/// The word around `byte`, or what stands between two words.
fn word_at(model: &Model, byte: usize) -> Range<usize> {
    let paragraph = model.paragraph_of(byte);
    // A word is never far away: look at a stretch around the byte, not at the whole of a long paragraph.
    let text = &model.text;
    let mut start = byte.saturating_sub(400).max(paragraph.start);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (byte + 400).min(paragraph.end);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if start >= end {
        return byte..byte;
    }
    text[start..end]
        .split_word_bound_indices()
        .map(|(at, word)| start + at..start + at + word.len())
        .find(|word| byte < word.end)
        .unwrap_or(end..end)
}

fn next_word(text: &str, from: usize) -> usize {
    text[from..]
        .unicode_word_indices()
        .map(|(at, word)| from + at + word.len())
        .next()
        .unwrap_or(text.len())
}

fn previous_word(text: &str, from: usize) -> usize {
    text[..from]
        .unicode_word_indices()
        .next_back()
        .map_or(0, |(at, _)| at)
}
