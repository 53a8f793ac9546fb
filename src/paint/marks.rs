//! What screen readers are told about a text beside its words: direction and language.

use egui::{Context, Id, accesskit};
use unicode_script::{Script, UnicodeScript as _};

/// Adds the direction, and the language where the script tells it, to a widget's node.
pub fn describe_text(ctx: &Context, id: Id, text: &str, rtl: bool) {
    ctx.accesskit_node_builder(id, |node| describe(node, text, rtl));
}

/// As [`describe_text`], for a node at hand.
pub fn describe(node: &mut accesskit::Node, text: &str, rtl: bool) {
    node.set_text_direction(if rtl {
        accesskit::TextDirection::RightToLeft
    } else {
        accesskit::TextDirection::LeftToRight
    });
    if rtl && let Some(language) = language(text) {
        node.set_language(language);
    }
}

/// The language to read right-to-left text in, by its first letters. Latin letters tell none.
fn language(text: &str) -> Option<&'static str> {
    text.chars().find_map(|c| match c.script() {
        Script::Arabic => Some("ar"),
        Script::Hebrew => Some("he"),
        Script::Syriac => Some("syr"),
        Script::Thaana => Some("dv"),
        _ => None,
    })
}
