//! Selecting in a view, and its caret: by drag, by word and paragraph, with shift, from the keyboard;
//! copying exactly what the source holds.

use std::ops::Range;

use egui::{Event, EventFilter, Key, Modifiers, Pos2, Rect, Response, Ui, vec2};
use unicode_segmentation::UnicodeSegmentation as _;

use super::model::Model;
use crate::paint::{caret::Stop, copy, cursor};

/// What a drag selects in steps of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Unit {
    #[default]
    Grapheme,
    Word,
    Paragraph,
}

/// A selection: where it began and where its moving end is, in bytes of the text. The caret stands at the
/// moving end.
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
    /// The moving end when it last moved, and when that was, in seconds.
    moved: (usize, f64),
}

/// What the pointer and the keyboard asked for in a frame.
#[derive(Default)]
pub struct Asked {
    /// Byte that was clicked without selecting.
    pub clicked: Option<usize>,
    /// The caret was moved by keyboard and has to be in sight.
    pub follow: bool,
}

impl Selection {
    pub fn range(&self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    /// Where it began, and its moving end.
    pub fn ends(&self) -> (usize, usize) {
        (self.anchor, self.head)
    }

    /// Where the caret stands.
    pub fn caret(&self) -> Stop {
        Stop {
            byte: self.head,
            before: self.before,
        }
    }

    pub fn set(&mut self, anchor: usize, head: usize) {
        (self.anchor, self.head, self.column) = (anchor, head, None);
        self.before = false;
    }

    /// Moves the caret; what lies between is selected where `selecting`, and nothing is otherwise.
    fn go(&mut self, stop: Stop, selecting: bool) {
        (self.head, self.before) = (stop.byte, stop.before);
        if !selecting {
            self.anchor = stop.byte;
        }
    }

    /// Takes pointer and keyboard.
    pub fn input(
        &mut self,
        ui: &Ui,
        response: &mut Response,
        model: &mut Model,
        origin: Pos2,
        rect: Rect,
        scroll: &mut f32,
    ) -> Asked {
        let mut asked = Asked {
            clicked: self.pointer(ui, response, model, origin, rect, scroll),
            follow: false,
        };
        if response.has_focus() {
            let by_pointer = ui.input(|i| i.pointer.any_down());
            if response.gained_focus() && !by_pointer {
                self.enter(model, rect, *scroll);
            }
            asked.follow = self.keyboard(ui, response, model, rect, scroll);
        }
        asked
    }

    /// The keyboard has come here: the caret shows itself where the person is reading.
    fn enter(&mut self, model: &Model, rect: Rect, scroll: f32) {
        let seen = model.visible_bytes(rect.height(), scroll);
        if self.range().is_empty() && !(seen.start <= self.head && self.head <= seen.end) {
            self.set(seen.start, seen.start);
        }
    }

    /// True while the caret is to be painted; wakes the window up for its blinking.
    pub fn shows_caret(&mut self, ui: &Ui) -> bool {
        let now = ui.input(|input| input.time);
        if self.moved.0 != self.head {
            self.moved = (self.head, now);
        }
        cursor::is_shown(ui, now - self.moved.1)
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
        let stop = model.hit(&ctx, (at - origin).to_pos2());
        let byte = stop.byte;
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
            self.column = None;
            self.go(stop, shift);
            self.moved.0 = usize::MAX;
        } else if response.dragged() && primary {
            self.drag_to(model, stop);
            self.scroll_along(ui, rect, at, scroll);
        }
        (response.clicked() && self.range().is_empty()).then_some(byte)
    }

    fn drag_to(&mut self, model: &Model, stop: Stop) {
        if self.unit == Unit::Grapheme {
            return self.go(stop, true);
        }
        let byte = stop.byte;
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

    /// Takes keys; true where the caret moved.
    fn keyboard(
        &mut self,
        ui: &Ui,
        response: &Response,
        model: &mut Model,
        rect: Rect,
        scroll: &mut f32,
    ) -> bool {
        // Arrows belong to the text while it has the focus, escape and tab do not.
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let events = ui.input(|input| input.filtered_events(&filter));
        let mut moved = false;
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
                    } else if self.travel(ui, model, key, modifiers, rect, scroll) {
                        self.moved.0 = usize::MAX;
                        moved = true;
                    }
                }
                _ => {}
            }
        }
        if moved {
            self.follow(ui, model, rect, scroll);
        }
        moved
    }

    /// Moves the caret as a key asks; false where the key is not ours.
    fn travel(
        &mut self,
        ui: &Ui,
        model: &mut Model,
        key: Key,
        modifiers: Modifiers,
        rect: Rect,
        scroll: &mut f32,
    ) -> bool {
        let ctx = ui.ctx();
        let (from, selecting) = (self.caret(), modifiers.shift);
        let far = modifiers.command || (cfg!(target_os = "macos") && modifiers.alt);
        // Other keys with alt are the program's.
        if modifiers.alt && !far {
            return false;
        }
        let column = self.column.take();
        let to = match key {
            Key::ArrowLeft | Key::ArrowRight if far => {
                let onward = (key == Key::ArrowLeft) == model.runs_rtl(ctx, from);
                Stop::at(model.word_step(from.byte, onward))
            }
            Key::ArrowLeft | Key::ArrowRight if !selecting && !self.range().is_empty() => {
                self.edge(ui, model, key == Key::ArrowLeft)
            }
            Key::ArrowLeft | Key::ArrowRight => {
                let next = model.step(ctx, from, key == Key::ArrowLeft);
                next.unwrap_or(from)
            }
            Key::ArrowUp | Key::ArrowDown if far => {
                Stop::at(model.paragraph_step(from.byte, key == Key::ArrowDown))
            }
            Key::ArrowUp | Key::ArrowDown => {
                let x = column.unwrap_or_else(|| model.caret(ctx, from).0.x);
                self.column = Some(x);
                model.line_step(ctx, from, x, key == Key::ArrowDown)
            }
            Key::PageUp | Key::PageDown => {
                let (caret, corner) = model.caret(ctx, from);
                let x = column.unwrap_or(caret.x);
                self.column = Some(x);
                // A line of what was read stays in sight.
                let page = (rect.height() - caret.height).max(caret.height);
                let by = if key == Key::PageDown { page } else { -page };
                *scroll += by;
                let middle = corner.y + caret.top + caret.height / 2.0;
                model.hit(ctx, egui::pos2(x, middle + by))
            }
            Key::Home if far => Stop::at(0),
            Key::End if far => Stop::at(model.text.len()),
            Key::Home | Key::End => model.line_edge(ctx, from, key == Key::End),
            _ => {
                self.column = column;
                return false;
            }
        };
        self.go(to, selecting);
        true
    }

    /// The left or right end of what is selected, where an arrow lets go of it.
    fn edge(&self, ui: &Ui, model: &mut Model, left: bool) -> Stop {
        let range = self.range();
        let start = Stop::at(range.start);
        match left == model.runs_rtl(ui.ctx(), start) {
            true => Stop {
                byte: range.end,
                before: true,
            },
            false => start,
        }
    }

    /// Scrolls as far as needed to show the moving end.
    fn follow(&self, ui: &Ui, model: &mut Model, rect: Rect, scroll: &mut f32) {
        let (caret, corner) = model.caret(ui.ctx(), self.caret());
        let top = corner.y + caret.top;
        let room = vec2(0.0, rect.height() - caret.height);
        *scroll = scroll.clamp((top - room.y).min(top), top.max(top - room.y));
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
