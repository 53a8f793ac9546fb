//! Dialogs that ask for one line of text: a text to be found, a name to keep a selection under.

use egui::Ui;

use super::command::{Command, Commands};
use super::heading::{about, heading};
use super::theme::UNIT;
use crate::paint::{Button, TextField};

/// What stands in the line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    text: String,
    /// The field has had the focus.
    shown: bool,
}

impl Asking {
    pub fn new(text: String) -> Self {
        Self { text, shown: false }
    }
}

/// Returns false when the dialog is to be closed.
pub fn find_text(ui: &mut Ui, asking: &mut Asking, commands: &mut Commands) -> bool {
    let words = Words {
        heading: "Find a text",
        about: "Paste a sentence or a paragraph. Every article that carries it is shown, copied or reworded, with the \
                passage marked.",
        name: "Text to be found",
        hint: "A sentence or a paragraph",
        done: "Find",
    };
    ask(ui, &words, asking, |text| {
        commands.send(Command::FindText(text))
    })
}

/// Returns false when the dialog is to be closed.
pub fn keep_filter(ui: &mut Ui, asking: &mut Asking, commands: &mut Commands) -> bool {
    let words = Words {
        heading: "Keep this selection",
        about: "The chosen filters are kept under a name, for this folder and others.",
        name: "Name of the selection",
        hint: "A name",
        done: "Keep",
    };
    ask(ui, &words, asking, |name| {
        commands.send(Command::KeepFilter(name))
    })
}

struct Words {
    heading: &'static str,
    about: &'static str,
    name: &'static str,
    hint: &'static str,
    done: &'static str,
}

fn ask(ui: &mut Ui, words: &Words, asking: &mut Asking, done: impl FnOnce(String)) -> bool {
    heading(ui, words.heading);
    about(ui, words.about);
    let width = ui.available_width();
    let field = TextField::new(&mut asking.text, words.name)
        .hint(words.hint)
        .width(width)
        .show(ui);
    if !std::mem::replace(&mut asking.shown, true) {
        field.response.request_focus();
    }
    ui.add_space(2.0 * UNIT);
    let (mut confirmed, mut stay) = (field.submitted, true);
    ui.horizontal(|ui| {
        confirmed |= ui.add(Button::new(words.done).primary()).clicked();
        stay = !ui.add(Button::new("Cancel")).clicked();
    });
    if confirmed && !asking.text.trim().is_empty() {
        done(asking.text.trim().to_owned());
        return false;
    }
    stay
}
