//! What screen readers are told about a text beside its words: direction and language.

use egui::{Context, Id, accesskit};

/// Adds the direction, and Arabic as the language of right-to-left text, to a widget's node.
pub fn describe_text(ctx: &Context, id: Id, rtl: bool) {
    ctx.accesskit_node_builder(id, |node| {
        node.set_text_direction(if rtl {
            accesskit::TextDirection::RightToLeft
        } else {
            accesskit::TextDirection::LeftToRight
        });
        if rtl {
            node.set_language("ar");
        }
    });
}
