//! What a text field remembers and how it is edited: cosmic-text's `Editor`, undo, input methods, keys.
//!
//! It must never paint. Positions are bytes of the field's text.

use std::{ops::Range, sync::Arc};

use cosmic_text::{
    Action, Affinity, Attrs, Buffer, Change, Cursor, Edit as _, Editor, Family, Metrics, Motion,
    Selection, Shaping, Wrap,
};
use egui::{
    Event, EventFilter, Id, ImeEvent, Key, Modifiers, Pos2, Rect, Response, Ui, mutex::Mutex, pos2,
};

use crate::paint::{Direction, Face, Layout, caret::Stop, copy, engine::engine, runs::Runs};

/// What a field remembers between frames.
pub struct State {
    editor: Editor<'static>,
    undo: Vec<Change>,
    redo: Vec<Change>,
    /// Start and length in bytes of what the input method is composing.
    pub preedit: Option<(usize, usize)>,
    /// How far a text wider than its field is pushed aside, in points.
    shift: f32,
    /// Caret and length of the text when the caret last moved, and when that was, in seconds.
    moved: (Stop, usize, f64),
    /// What screen readers were told last.
    pub runs: Runs,
}

pub fn state(ui: &Ui, id: Id) -> Arc<Mutex<State>> {
    let known = ui.data(|data| data.get_temp::<Arc<Mutex<State>>>(id));
    known.unwrap_or_else(|| {
        let mut buffer = Buffer::new_empty(Metrics::new(16.0, 24.0));
        buffer.set_wrap(Wrap::None);
        let state = Arc::new(Mutex::new(State {
            editor: Editor::new(buffer),
            undo: Vec::new(),
            redo: Vec::new(),
            preedit: None,
            shift: 0.0,
            moved: (
                Stop {
                    byte: 0,
                    before: false,
                },
                0,
                0.0,
            ),
            runs: Runs::default(),
        }));
        state.lock().replace(ui, "");
        ui.data_mut(|data| data.insert_temp(id, Arc::clone(&state)));
        state
    })
}

impl State {
    pub fn text(&self) -> String {
        self.editor.with_buffer(|buffer| {
            let lines: Vec<&str> = buffer.lines.iter().map(|line| line.text()).collect();
            lines.join(" ")
        })
    }

    pub fn caret(&self) -> usize {
        self.editor.cursor().index
    }

    /// The caret with the side that it belongs to.
    pub fn stop(&self) -> Stop {
        let cursor = self.editor.cursor();
        Stop {
            byte: cursor.index,
            before: cursor.affinity == Affinity::Before,
        }
    }

    fn set_stop(&mut self, stop: Stop) {
        self.editor.set_cursor(cursor_at(stop, stop.byte));
    }

    pub fn selected(&self) -> Option<Range<usize>> {
        let (start, end) = self.editor.selection_bounds()?;
        (start.index < end.index).then_some(start.index..end.index)
    }

    /// Where the selection began and where the caret is.
    pub fn selection_ends(&self) -> (usize, usize) {
        let caret = self.caret();
        match self.selected() {
            Some(range) if range.start == caret => (range.end, caret),
            Some(range) => (range.start, caret),
            None => (caret, caret),
        }
    }

    pub fn select(&mut self, anchor: usize, caret: usize) {
        let text = self.text();
        let valid = |byte: usize| byte <= text.len() && text.is_char_boundary(byte);
        if valid(anchor) && valid(caret) {
            let from = Selection::Normal(Cursor::new(0, anchor));
            self.editor.set_selection(from);
            self.editor.set_cursor(Cursor::new(0, caret));
        }
    }

    /// Takes another text from outside; there is nothing to undo then.
    pub fn replace(&mut self, ui: &Ui, text: &str) {
        let text = one_line(text);
        let engine = engine(ui.ctx());
        let mut engine = engine.lock();
        let attrs = Attrs::new().family(Family::Name(Face::Sans.name()));
        self.editor.with_buffer_mut(|buffer| {
            buffer.set_text(&text, &attrs, Shaping::Advanced, None);
        });
        self.editor.shape_as_needed(&mut engine.words.fonts, false);
        self.editor.set_selection(Selection::None);
        self.editor.set_cursor(Cursor::new(0, text.len()));
        self.undo.clear();
        self.redo.clear();
        self.preedit = None;
    }

    pub fn replace_undoably(&mut self, ui: &Ui, text: &str) {
        self.edit(ui, |state, fonts| {
            state.select_all();
            state.editor.delete_selection();
            state.editor.insert_string(&one_line(text), None);
            state.editor.shape_as_needed(fonts, false);
        });
    }

    pub fn select_all(&mut self) {
        let end = self.text().len();
        self.editor
            .set_selection(Selection::Normal(Cursor::new(0, 0)));
        self.editor.set_cursor(Cursor::new(0, end));
    }

    /// Makes one undoable change.
    fn edit(&mut self, ui: &Ui, change: impl FnOnce(&mut Self, &mut cosmic_text::FontSystem)) {
        let engine = engine(ui.ctx());
        let mut engine = engine.lock();
        self.editor.start_change();
        change(self, &mut engine.words.fonts);
        if let Some(done) = self.editor.finish_change()
            && !done.items.is_empty()
        {
            self.undo.push(done);
            self.redo.clear();
        }
        self.editor.shape_as_needed(&mut engine.words.fonts, false);
    }

    fn step_back(&mut self, ui: &Ui, redo: bool) {
        let change = if redo {
            self.redo.pop()
        } else {
            self.undo.pop()
        };
        let Some(mut change) = change else { return };
        self.editor.set_selection(Selection::None);
        if redo {
            self.editor.apply_change(&change);
            self.undo.push(change);
        } else {
            change.reverse();
            self.editor.apply_change(&change);
            change.reverse();
            self.redo.push(change);
        }
        let engine = engine(ui.ctx());
        self.editor
            .shape_as_needed(&mut engine.lock().words.fonts, false);
    }

    /// Seconds since the caret moved or the text changed: it blinks from then on.
    pub fn rested(&mut self, now: f64) -> f64 {
        let (stop, length) = (self.stop(), self.text().len());
        if (self.moved.0, self.moved.1) != (stop, length) {
            self.moved = (stop, length, now);
        }
        now - self.moved.2
    }

    /// Screen position of the layout's corner; pushes a long text so that the caret is visible.
    pub fn origin(&mut self, layout: &Layout, room: Rect, rtl: bool) -> Pos2 {
        let size = layout.size();
        let top = room.center().y - size.y / 2.0;
        let caret = layout.caret_of(self.stop()).x;
        let spare = room.width() - size.x;
        if spare >= 0.0 {
            self.shift = if rtl { spare } else { 0.0 };
        } else {
            // Caret inside the room, no empty room at either side.
            self.shift = self
                .shift
                .clamp(-caret, room.width() - caret)
                .clamp(spare, 0.0);
        }
        pos2(room.min.x + self.shift, top)
    }

    pub fn pointer(&mut self, ui: &Ui, response: &mut Response, layout: &Layout, room: Rect) {
        let Some(at) = response.interact_pointer_pos() else {
            return;
        };
        let origin = pos2(
            room.min.x + self.shift,
            room.center().y - layout.size().y / 2.0,
        );
        let stop = layout.hit_stop((at - origin).to_pos2());
        let cursor = cursor_at(stop, self.text().len());
        let (pressed, shift) = ui.input(|i| (i.pointer.primary_pressed(), i.modifiers.shift));
        if response.triple_clicked() {
            self.select_all();
        } else if response.double_clicked() {
            self.editor.set_selection(Selection::Word(cursor));
            self.editor.set_cursor(cursor);
        } else if pressed {
            response.request_focus();
            let from = match shift {
                true => Selection::Normal(self.editor.cursor()),
                false => Selection::Normal(cursor),
            };
            if !shift || self.editor.selection() == Selection::None {
                self.editor.set_selection(from);
            }
            self.editor.set_cursor(cursor);
        } else if response.dragged() {
            self.editor.set_cursor(cursor);
        }
    }

    /// Takes typing; true where enter was pressed.
    pub fn keyboard(&mut self, ui: &Ui, response: &Response, layout: &Layout) -> bool {
        let filter = EventFilter {
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let mut submitted = false;
        for event in ui.input(|input| input.filtered_events(&filter)) {
            match event {
                Event::Text(typed) if !typed.chars().all(char::is_control) => {
                    self.insert(ui, &typed);
                }
                Event::Paste(pasted) => self.insert(ui, &pasted),
                Event::Copy => self.copy(ui),
                Event::Cut => self.cut(ui),
                Event::Ime(ImeEvent::Preedit { text, .. }) => self.compose(ui, &text),
                Event::Ime(ImeEvent::Commit(text)) => {
                    self.compose(ui, "");
                    self.insert(ui, &text);
                }
                Event::Key {
                    key,
                    pressed: true,
                    modifiers,
                    ..
                } => submitted |= self.key(ui, key, modifiers, layout),
                _ => {}
            }
        }
        submitted
    }

    pub fn copy(&self, ui: &Ui) {
        if let Some(range) = self.selected() {
            let text = self.text();
            let rtl = Direction::Auto.is_rtl(&text);
            copy(ui.ctx(), &text[range], rtl);
        }
    }

    pub fn cut(&mut self, ui: &Ui) {
        self.copy(ui);
        self.edit(ui, |state, _| {
            state.editor.delete_selection();
        });
    }

    fn insert(&mut self, ui: &Ui, text: &str) {
        self.edit(ui, |state, _| {
            state.editor.delete_selection();
            state.editor.insert_string(&one_line(text), None);
            state.editor.set_selection(Selection::None);
            // The caret stays beside what was typed, where it might also stand at what follows.
            let byte = state.caret();
            state.set_stop(Stop { byte, before: true });
        });
    }

    /// Shows what the input method is composing, in place of what it composed before.
    fn compose(&mut self, ui: &Ui, text: &str) {
        if let Some((start, length)) = self.preedit.take() {
            let (from, to) = (Cursor::new(0, start), Cursor::new(0, start + length));
            self.editor.delete_range(from, to);
            self.editor.set_cursor(from);
        }
        if !text.is_empty() {
            if self.selected().is_some() {
                self.edit(ui, |state, _| {
                    state.editor.delete_selection();
                });
            }
            let start = self.caret();
            let text = one_line(text);
            self.editor.insert_string(&text, None);
            self.preedit = Some((start, text.len()));
        }
        let engine = engine(ui.ctx());
        self.editor
            .shape_as_needed(&mut engine.lock().words.fonts, false);
    }

    /// One key; true for enter.
    fn key(&mut self, ui: &Ui, key: Key, modifiers: Modifiers, layout: &Layout) -> bool {
        let by_word = modifiers.command || modifiers.alt;
        // By what is seen, while the layout is that of the text: several keys may come in one frame.
        if matches!(key, Key::ArrowLeft | Key::ArrowRight)
            && !by_word
            && layout.bytes == self.text().len()
        {
            self.step(layout, key == Key::ArrowLeft, modifiers.shift);
            return false;
        }
        // Left is onward in right-to-left text.
        let rtl = layout.is_rtl();
        let motion = match key {
            Key::ArrowLeft | Key::ArrowRight => {
                let onward = (key == Key::ArrowLeft) == rtl;
                Some(match (onward, by_word) {
                    (true, false) => Motion::Next,
                    (false, false) => Motion::Previous,
                    (true, true) => Motion::NextWord,
                    (false, true) => Motion::PreviousWord,
                })
            }
            Key::Home => Some(Motion::Home),
            Key::End => Some(Motion::End),
            _ => None,
        };
        if let Some(motion) = motion {
            self.travel(ui, motion, modifiers.shift);
            return false;
        }
        match key {
            Key::Enter => return true,
            Key::Backspace | Key::Delete => self.edit(ui, |state, fonts| {
                if by_word && state.selected().is_none() {
                    let back = key == Key::Backspace;
                    let from = state.editor.cursor();
                    state.editor.set_selection(Selection::Normal(from));
                    let motion = if back {
                        Motion::PreviousWord
                    } else {
                        Motion::NextWord
                    };
                    state.editor.action(fonts, Action::Motion(motion));
                }
                if state.selected().is_some() {
                    state.editor.delete_selection();
                } else {
                    state.editor.set_selection(Selection::None);
                    let action = match key {
                        Key::Backspace => Action::Backspace,
                        _ => Action::Delete,
                    };
                    state.editor.action(fonts, action);
                }
            }),
            Key::A if modifiers.command => self.select_all(),
            Key::Z if modifiers.command => self.step_back(ui, modifiers.shift),
            Key::Y if modifiers.command => self.step_back(ui, true),
            _ => {}
        }
        false
    }

    /// Moves the caret to the left or right; from a selection to its edge.
    fn step(&mut self, layout: &Layout, left: bool, selecting: bool) {
        if let (Some(range), false) = (self.selected(), selecting) {
            let ends = [(range.start, false), (range.end, true)].map(|(byte, before)| {
                let stop = Stop { byte, before };
                (layout.caret_of(stop).x, stop)
            });
            let first_is_left = ends[0].0 <= ends[1].0;
            self.editor.set_selection(Selection::None);
            self.set_stop(ends[usize::from(first_is_left != left)].1);
            return;
        }
        if selecting && self.editor.selection() == Selection::None {
            let from = Selection::Normal(self.editor.cursor());
            self.editor.set_selection(from);
        } else if !selecting {
            self.editor.set_selection(Selection::None);
        }
        if let Some(stop) = layout.step(self.stop(), left) {
            self.set_stop(stop);
        }
    }

    fn travel(&mut self, ui: &Ui, motion: Motion, selecting: bool) {
        if selecting {
            if self.editor.selection() == Selection::None {
                let from = Selection::Normal(self.editor.cursor());
                self.editor.set_selection(from);
            }
        } else {
            self.editor.set_selection(Selection::None);
        }
        let engine = engine(ui.ctx());
        let mut engine = engine.lock();
        self.editor
            .action(&mut engine.words.fonts, Action::Motion(motion));
    }
}

/// A stop as the editor has it, not beyond byte `end`.
fn cursor_at(stop: Stop, end: usize) -> Cursor {
    let affinity = match stop.before {
        true => Affinity::Before,
        false => Affinity::After,
    };
    Cursor::new_with_affinity(0, stop.byte.min(end), affinity)
}

/// `text` on one line.
fn one_line(text: &str) -> String {
    text.replace("\r\n", " ")
        .replace(['\n', '\r', '\t', '\u{85}', '\u{2028}', '\u{2029}'], " ")
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}
