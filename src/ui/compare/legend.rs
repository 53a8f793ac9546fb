//! Under the panes: what the colours mean, and which kinds of edit are marked. The legend is the filter.

use std::collections::BTreeSet;

use egui::{CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::paint::{Button, Label};
use crate::reuse::EditKind;
use crate::ui::phrasing::edit_name;
use crate::ui::theme::{self, Hue, Theme, UNIT};
use crate::view::comparison::Comparison;

pub fn show(ui: &mut Ui, comparison: &Comparison, hidden: &mut BTreeSet<EditKind>) {
    let theme = Theme::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(28.0);
        ui.spacing_mut().item_spacing = vec2(1.5 * UNIT, UNIT);
        swatch(ui, theme, theme.copied, 8, "Copied");
        swatch(ui, theme, theme.reworded, 2, "Reworded");
        ui.add(
            Label::new("Page furniture")
                .size(theme::SMALL)
                .color(theme.furniture_ink),
        );
        let counts = comparison.edit_counts();
        if counts.is_empty() {
            ui.add(
                Label::new("No differences")
                    .size(theme::SMALL)
                    .color(theme.faint_ink),
            );
            return;
        }
        ui.add_space(2.0 * UNIT);
        let minor: Vec<EditKind> = counts
            .iter()
            .map(|(kind, _)| *kind)
            .filter(|kind| !kind.is_substantive())
            .collect();
        if !minor.is_empty() && minor.len() < counts.len() {
            let on = minor.iter().all(|kind| hidden.contains(kind));
            let button = Button::new("Substantive only")
                .size(theme::SMALL)
                .selected(on)
                .tooltip("Mark only edits that change what is said, not how it is written");
            if ui.add(button).clicked() {
                for kind in minor {
                    if on {
                        hidden.remove(&kind)
                    } else {
                        hidden.insert(kind)
                    };
                }
            }
        }
        for (kind, count) in counts {
            let label = format!("{} {count}", edit_name(kind));
            let shown = !hidden.contains(&kind);
            let tip = if shown {
                "Marked in both articles. Click to leave these unmarked"
            } else {
                "Not marked. Click to mark these"
            };
            if ui
                .add(
                    Button::new(&label)
                        .size(theme::SMALL)
                        .selected(shown)
                        .tooltip(tip),
                )
                .clicked()
                && !hidden.remove(&kind)
            {
                hidden.insert(kind);
            }
        }
    });
}

/// The pale fill of what was kept with the deep, underlined one of what was changed inside it.
fn swatch(ui: &mut Ui, theme: &Theme, hue: Hue, radius: u8, name: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(30.0, 16.0), Sense::hover());
    let painter = ui.painter();
    painter.rect(
        rect,
        CornerRadius::same(radius),
        hue.kept,
        Stroke::new(1.0, hue.line),
        StrokeKind::Inside,
    );
    let word = Rect::from_min_max(
        pos2(rect.min.x + 9.0, rect.min.y + 3.0),
        pos2(rect.max.x - 9.0, rect.max.y - 3.0),
    );
    painter.rect_filled(word, 0, hue.changed);
    painter.hline(word.x_range(), word.max.y, Stroke::new(1.5, hue.line));
    ui.add(Label::new(name).size(theme::SMALL).color(theme.ink));
}
