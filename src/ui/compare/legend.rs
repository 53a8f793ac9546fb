//! Under the panes: what the colours mean, and which kinds of edit are marked. The legend is the filter.

use egui::{CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::CompareView;
use crate::paint::{Button, Direction, Label, TextAlign, TextStyle, text_in};
use crate::reuse::PassageKind;
use crate::ui::command::{Act, Commands};
use crate::ui::phrasing::{edit_name, group};
use crate::ui::theme::{self, Hue, Theme, UNIT};

pub fn show(ui: &mut Ui, view: &mut CompareView, commands: &mut Commands) {
    let theme = Theme::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(28.0);
        ui.spacing_mut().item_spacing = vec2(1.5 * UNIT, UNIT);
        let passages = &view.comparison.passages;
        let has = |kind| passages.iter().any(|passage| passage.kind == kind);
        // Only what is on the page needs explaining.
        if has(PassageKind::Copy) {
            swatch(ui, theme, theme.copied, 8, "Copied");
        }
        if has(PassageKind::Reworded) {
            swatch(ui, theme, theme.reworded, 2, "Reworded");
        }
        if view.articles.iter().any(|a| !a.furniture.is_empty()) {
            furniture(ui, theme);
        }
        let counts = view.comparison.edit_counts.clone();
        if counts.is_empty() {
            if !passages.is_empty() {
                ui.add(
                    Label::new("No differences")
                        .size(theme::SMALL)
                        .color(theme.faint_ink),
                );
            }
            return;
        }
        ui.add_space(2.0 * UNIT);
        let tip = Act::SubstantiveOnly.tooltip(ui.ctx());
        let switch = Button::new(Act::SubstantiveOnly.label())
            .size(theme::SMALL)
            .selected(view.substantive_only)
            .tooltip(&tip);
        if ui.add(switch).clicked() {
            commands.act(Act::SubstantiveOnly);
        }
        ui.add_space(UNIT);
        for (kind, count) in counts {
            let label = format!("{} {}", edit_name(kind), group(count));
            let by_switch = view.substantive_only && !kind.is_substantive();
            let shown = !view.is_hidden(kind);
            let tip = match (shown, by_switch) {
                (true, _) => "Marked in both articles. Click to leave these unmarked",
                (false, true) => "Not marked while only what is of substance is",
                (false, false) => "Not marked. Click to mark these",
            };
            let button = Button::new(&label)
                .size(theme::SMALL)
                .selected(shown)
                .tooltip(tip);
            if ui.add(button).clicked() && !by_switch && !view.hidden.remove(&kind) {
                view.hidden.insert(kind);
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

/// As it looks in the texts: grey words on a grey ground.
fn furniture(ui: &mut Ui, theme: &Theme) {
    let text = "Page furniture";
    let style = TextStyle::new(theme::SMALL, theme.furniture_ink)
        .direction(Direction::Ltr)
        .align(TextAlign::Center);
    let width = crate::paint::measure(ui.ctx(), &style, crate::paint::Extent::LINE, text).x;
    let (rect, response) = ui.allocate_exact_size(vec2(width + 3.0 * UNIT, 20.0), Sense::hover());
    ui.painter()
        .rect_filled(rect, CornerRadius::same(3), theme.furniture);
    text_in(ui.painter(), rect, &style, text);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    crate::paint::tip(
        response,
        "Text of the page that is no part of the article. It is not compared",
    );
}
