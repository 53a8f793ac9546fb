//! Paint puts text on an egui painter: bidi, shaping, line breaking, a glyph atlas, and on top of them
//! labels, buttons, a text view for whole articles and a text field. Every string that may hold Arabic is
//! painted here, because egui orders neither words nor lines nor digits of it.
//!
//! It must never know what an article is, read files other than fonts, or decide colours: those come from
//! egui's visuals or from the caller.
//!
//! From the bottom up: [`fonts`] (the bundled faces) → `words` (shaping) → [`flow`] (bidi and lines) →
//! [`Layout`] with its geometry → `atlas` and [`Engine`] (glyphs to a texture) → widgets.
//! All positions in texts are **bytes** of the string as given; all lengths are egui points.

mod atlas;
mod button;
mod cache;
mod caret;
mod check;
mod copy;
mod cursor;
mod direction;
mod engine;
mod field;
pub mod flow;
pub mod fonts;
mod geometry;
mod label;
mod layout;
mod marks;
mod menu;
mod runs;
mod source;
mod style;
mod system;
mod tab;
#[cfg(test)]
mod tests;
mod text;
mod tip;
mod view;
mod words;

pub use button::{Button, Icon, Look};
pub use check::Checkbox;
pub use copy::{
    Clipboard, Copied, copy, copy_rich, escape_html, set_clipboard, use_system_clipboard,
};
pub use direction::Direction;
pub use engine::{Engine, SharedEngine, engine, install, use_system_fonts};
pub use field::{FieldResponse, TextField};
pub use fonts::{Face, Weight, egui_fonts};
pub use label::{Label, Row};
pub use layout::{Caret, Layout};
pub use menu::{menu_choice, menu_entry};
pub use source::path_text;
pub use style::{TextAlign, TextStyle};
pub use tab::Tab;
pub use text::{Extent, Text, measure, text_at, text_in, that_fits};
pub use tip::tip;
pub use view::{Band, Decoration, TextView, Underline, ViewResponse, ViewStyle};

/// A one-line label in the ui's text colour; the short form of [`Label`].
pub fn label(ui: &mut egui::Ui, text: &str) -> egui::Response {
    ui.add(Label::new(text))
}
