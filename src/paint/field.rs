//! The text field: one line of mixed Arabic, Latin and digits, with caret, selection, clipboard, undo and
//! input methods.
//!
//! Editing is cosmic-text's `Editor`; painting and pointing go by our own layout, so that what is clicked
//! is what is seen. The caller owns the string.

use std::sync::Arc;

use cosmic_text::{
    Action, Attrs, Buffer, Change, Cursor, Edit as _, Editor, Family, Metrics, Motion, Selection,
    Shaping, Wrap,
};
use egui::{
    Color32, CornerRadius, CursorIcon, Event, EventFilter, Id, ImeEvent, Key, Modifiers, Pos2,
    Rect, Response, Sense, Stroke, StrokeKind, Ui, Widget, WidgetInfo, mutex::Mutex, output, pos2,
    vec2,
};

use super::{
    Button, Direction, Extent, Face, Icon, Layout, TextAlign, TextStyle,
    engine::{Ink, engine, snap},
    flow::Spec,
    marks::describe_text,
    text::Text,
};

/// A field for one line of text.
#[must_use = "show it"]
pub struct TextField<'t> {
    text: &'t mut String,
    name: &'t str,
    hint: &'t str,
    id: Option<Id>,
    size: f32,
    width: Option<f32>,
    direction: Direction,
    clear: bool,
    icon: Option<Icon>,
}

/// What came of showing a field.
pub struct FieldResponse {
    /// `changed()` where the text was edited; has the focus while it is typed in.
    pub response: Response,
    /// Enter was pressed.
    pub submitted: bool,
}

impl<'t> TextField<'t> {
    /// A field for `text`; `name` is what screen readers call it.
    pub fn new(text: &'t mut String, name: &'t str) -> Self {
        Self {
            text,
            name,
            hint: "",
            id: None,
            size: 14.0,
            width: None,
            direction: Direction::Auto,
            clear: true,
            icon: None,
        }
    }

    /// What stands there while the field is empty.
    pub fn hint(mut self, hint: &'t str) -> Self {
        self.hint = hint;
        self
    }

    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Font size in points.
    pub fn size(mut self, points: f32) -> Self {
        self.size = points;
        self
    }

    /// Width in points; all that is there by default.
    pub fn width(mut self, points: f32) -> Self {
        self.width = Some(points);
        self
    }

    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// An icon at the side where the text begins.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Leaves out the button that empties the field.
    pub fn no_clear(mut self) -> Self {
        self.clear = false;
        self
    }

    pub fn show(self, ui: &mut Ui) -> FieldResponse {
        let id = self.id.unwrap_or_else(|| ui.make_persistent_id(self.name));
        let height = (self.size * 2.1).round();
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let mut response = ui.interact(rect, id, Sense::click_and_drag());
        if response.hovered() {
            ui.set_cursor_icon(CursorIcon::Text);
        }
        let state = state(ui, id);
        let mut state = state.lock();
        if state.text() != *self.text {
            state.replace(ui, self.text);
        }
        let before = self.text.clone();

        let rtl = match self.text.is_empty() {
            true => self.direction.is_rtl(self.hint),
            false => self.direction.is_rtl(self.text),
        };
        let room = self.text_room(rect, rtl);
        let layout = self.layout(ui, &state.text(), rtl);
        state.pointer(ui, &mut response, &layout, room);
        let mut submitted = false;
        if response.has_focus() {
            submitted = state.keyboard(ui, &response, rtl);
        }
        let after = state.text();
        if after != before {
            self.text.clone_from(&after);
            response.mark_changed();
        }
        let layout = self.layout(ui, &after, rtl);
        if ui.is_rect_visible(rect) {
            self.paint(ui, &response, &mut state, &layout, rect, room, rtl);
        }
        // After the field, whose ground would cover it.
        if self.clear && !after.is_empty() && self.clear_button(ui, rect, rtl) {
            state.replace_undoably(ui, "");
            self.text.clear();
            response.mark_changed();
            response.request_focus();
        }
        response.widget_info(|| {
            let mut info = WidgetInfo::text_edit(ui.is_enabled(), &before, &after, self.hint);
            info.label = Some(self.name.to_owned());
            info
        });
        describe_text(ui.ctx(), id, rtl);
        FieldResponse {
            response,
            submitted,
        }
    }

    /// Where the text may stand, between icon and clear button.
    fn text_room(&self, rect: Rect, rtl: bool) -> Rect {
        let start = if self.icon.is_some() {
            self.size * 1.9
        } else {
            10.0
        };
        let end = if self.clear { self.size * 1.9 } else { 10.0 };
        let (left, right) = if rtl { (end, start) } else { (start, end) };
        Rect::from_min_max(
            pos2(rect.min.x + left, rect.min.y),
            pos2(rect.max.x - right, rect.max.y),
        )
    }

    fn layout(&self, ui: &Ui, text: &str, rtl: bool) -> Arc<Layout> {
        let spec = Spec {
            face: Face::Sans,
            weight: super::Weight::Regular,
            size: self.size,
            line_height: (self.size * TextStyle::LINE_HEIGHT).round(),
            width: None,
            align: TextAlign::Start,
            rtl,
            max_lines: None,
        };
        engine(ui.ctx()).lock().short(text, &spec)
    }

    fn clear_button(&self, ui: &mut Ui, rect: Rect, rtl: bool) -> bool {
        let side = rect.height() - 6.0;
        let x = if rtl {
            rect.min.x + 3.0
        } else {
            rect.max.x - 3.0 - side
        };
        let place = Rect::from_min_size(pos2(x, rect.min.y + 3.0), vec2(side, side));
        let button = Button::icon_only(Icon::Close, "Clear").size(self.size * 0.75);
        ui.put(place, button).clicked()
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "all of them places and states of one painting"
    )]
    fn paint(
        &self,
        ui: &Ui,
        response: &Response,
        state: &mut State,
        layout: &Layout,
        rect: Rect,
        room: Rect,
        rtl: bool,
    ) {
        let ctx = ui.ctx();
        let focused = response.has_focus();
        let visuals = ui.style().interact(response);
        let accent = ui.visuals().selection.stroke.color;
        let stroke = match focused {
            true => Stroke::new(2.0, accent),
            false => Stroke::new(1.0, visuals.fg_stroke.color.gamma_multiply(0.35)),
        };
        let outline = ui.painter();
        outline.rect(
            rect,
            CornerRadius::same(5),
            ui.visuals().extreme_bg_color,
            stroke,
            StrokeKind::Inside,
        );
        if let Some(icon) = self.icon {
            let at = self.size * 0.95;
            let x = if rtl {
                rect.max.x - at
            } else {
                rect.min.x + at
            };
            let color = ui.visuals().weak_text_color();
            icon.paint(ui.painter(), pos2(x, rect.center().y), self.size, color);
        }
        let painter = ui.painter_at(room.expand2(vec2(2.0, 0.0)));
        if layout.bytes == 0 && !self.hint.is_empty() {
            let style = TextStyle::new(self.size, ui.visuals().weak_text_color());
            let style = style.direction(self.direction);
            let hint = Text::new(ctx, &style, Extent::elided(room.width()), self.hint);
            let top = room.center().y - hint.size().y / 2.0;
            hint.paint(&painter, pos2(room.min.x, top));
        }
        let origin = snap(state.origin(layout, room, rtl), ctx.pixels_per_point());
        let engine = engine(ctx);
        let (mut under, mut letters) = (Ink::default(), Ink::default());
        {
            let mut engine = engine.lock();
            if let Some(range) = state.selected() {
                for span in layout.rects(&range) {
                    let span = span.translate(origin.to_vec2());
                    let color = ui.visuals().selection.bg_fill;
                    engine.fill(ctx, &mut under, span, color);
                }
            }
            let color = ui.visuals().text_color();
            engine.ink(
                ctx,
                &mut letters,
                layout,
                0..layout.lines.len(),
                origin,
                |_| color,
            );
        }
        under.paint(&painter);
        letters.paint(&painter);
        if let Some((start, length)) = state.preedit {
            for span in layout.rects(&(start..start + length)) {
                let y = origin.y + span.max.y - 3.0;
                painter.hline(
                    (origin.x + span.min.x)..=(origin.x + span.max.x),
                    y,
                    Stroke::new(1.5, accent),
                );
            }
        }
        if focused {
            let caret = caret_rect(layout, state.caret(), origin);
            paint_caret(ui, &painter, caret, layout.caret(state.caret()).rtl != rtl);
            ui.output_mut(|out| {
                out.ime = Some(output::IMEOutput {
                    purpose: egui::IMEPurpose::Normal,
                    rect,
                    cursor_rect: caret,
                    should_interrupt_composition: false,
                });
            });
        }
    }
}

impl Widget for TextField<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        self.show(ui).response
    }
}

fn caret_rect(layout: &Layout, at: usize, origin: Pos2) -> Rect {
    let caret = layout.caret(at);
    Rect::from_min_size(
        origin + vec2(caret.x - 0.75, caret.top + 2.0),
        vec2(1.5, caret.height - 4.0),
    )
}

/// The caret, with a small flag towards where typing goes when it runs against the line.
fn paint_caret(ui: &Ui, painter: &egui::Painter, caret: Rect, against: bool) {
    let color: Color32 = ui.visuals().text_cursor.stroke.color;
    painter.rect_filled(caret, 0.0, color);
    if against {
        let tip = Rect::from_min_size(caret.min - vec2(2.0, 0.0), vec2(5.5, 1.5));
        painter.rect_filled(tip, 0.0, color);
    }
}

/// What a field remembers between frames.
struct State {
    editor: Editor<'static>,
    undo: Vec<Change>,
    redo: Vec<Change>,
    /// Start and length in bytes of what the input method is composing.
    preedit: Option<(usize, usize)>,
    /// How far a text wider than its field is pushed aside, in points.
    shift: f32,
}

fn state(ui: &Ui, id: Id) -> Arc<Mutex<State>> {
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
        }));
        state.lock().replace(ui, "");
        ui.data_mut(|data| data.insert_temp(id, Arc::clone(&state)));
        state
    })
}

impl State {
    fn text(&self) -> String {
        self.editor.with_buffer(|buffer| {
            let lines: Vec<&str> = buffer.lines.iter().map(|line| line.text()).collect();
            lines.join(" ")
        })
    }

    fn caret(&self) -> usize {
        self.editor.cursor().index
    }

    fn selected(&self) -> Option<std::ops::Range<usize>> {
        let (start, end) = self.editor.selection_bounds()?;
        (start.index < end.index).then_some(start.index..end.index)
    }

    /// Takes another text from outside; there is nothing to undo then.
    fn replace(&mut self, ui: &Ui, text: &str) {
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

    fn replace_undoably(&mut self, ui: &Ui, text: &str) {
        self.edit(ui, |state, fonts| {
            state.select_all();
            state.editor.delete_selection();
            state.editor.insert_string(&one_line(text), None);
            state.editor.shape_as_needed(fonts, false);
        });
    }

    fn select_all(&mut self) {
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

    /// Screen position of the layout's corner; pushes a long text so that the caret is visible.
    fn origin(&mut self, layout: &Layout, room: Rect, rtl: bool) -> Pos2 {
        let size = layout.size();
        let top = room.center().y - size.y / 2.0;
        let caret = layout.caret(self.caret()).x;
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

    fn pointer(&mut self, ui: &Ui, response: &mut Response, layout: &Layout, room: Rect) {
        let Some(at) = response.interact_pointer_pos() else {
            return;
        };
        let origin = pos2(
            room.min.x + self.shift,
            room.center().y - layout.size().y / 2.0,
        );
        let byte = layout.hit((at - origin).to_pos2());
        let cursor = Cursor::new(0, byte.min(self.text().len()));
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
    fn keyboard(&mut self, ui: &Ui, response: &Response, rtl: bool) -> bool {
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
                Event::Cut => {
                    self.copy(ui);
                    self.edit(ui, |state, _| {
                        state.editor.delete_selection();
                    });
                }
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
                } => submitted |= self.key(ui, key, modifiers, rtl),
                _ => {}
            }
        }
        submitted
    }

    fn copy(&self, ui: &Ui) {
        if let Some(range) = self.selected() {
            ui.ctx().copy_text(self.text()[range].to_owned());
        }
    }

    fn insert(&mut self, ui: &Ui, text: &str) {
        self.edit(ui, |state, _| {
            state.editor.delete_selection();
            state.editor.insert_string(&one_line(text), None);
            state.editor.set_selection(Selection::None);
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
    fn key(&mut self, ui: &Ui, key: Key, modifiers: Modifiers, rtl: bool) -> bool {
        let by_word = modifiers.command || modifiers.alt;
        // Left is onward in right-to-left text.
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

/// `text` on one line.
fn one_line(text: &str) -> String {
    text.replace("\r\n", " ")
        .replace(['\n', '\r', '\t', '\u{85}', '\u{2028}', '\u{2029}'], " ")
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}
