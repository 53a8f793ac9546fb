//! The start page: what the program does, and the ways into it. The first thing anybody sees.

use std::path::{Path, PathBuf};

use egui::{Align, CornerRadius, Layout, Rect, Sense, Stroke, Ui, Vec2, pos2, vec2};

use super::command::{Act, Command, Commands};
use super::phrasing::folder_name;
use super::theme::{self, Theme, UNIT};
use crate::paint::{
    Button, Direction, Face, Icon, Label, TextAlign, TextStyle, Weight, path_text, text_in,
};

pub fn show(ui: &mut Ui, recent: &[PathBuf], commands: &mut Commands) {
    let theme = Theme::of(ui);
    egui::ScrollArea::vertical()
        .auto_shrink(false)
        .show(ui, |ui| {
            let width = ui.available_width().min(560.0);
            let margin = ((ui.available_width() - width) / 2.0).max(0.0);
            let tall = 470.0 + recent.len() as f32 * 46.0;
            ui.add_space(((ui.available_height() - tall) / 2.0).clamp(4.0 * UNIT, 30.0 * UNIT));
            ui.horizontal(|ui| {
                ui.add_space(margin);
                ui.vertical(|ui| {
                    ui.set_width(width);
                    illustration(ui, theme);
                    ui.add_space(4.0 * UNIT);
                    wordmark(ui, theme);
                    ui.add_space(6.0 * UNIT);
                    ways_in(ui, commands);
                    if !recent.is_empty() {
                        ui.add_space(6.0 * UNIT);
                        recent_folders(ui, theme, recent, commands);
                    }
                    ui.add_space(6.0 * UNIT);
                    ui.vertical_centered(|ui| {
                        let text =
                            "Nothing leaves this machine, and nothing is written into your folder.";
                        ui.add(Label::new(text).size(theme::SMALL).color(theme.faint_ink));
                    });
                    ui.add_space(4.0 * UNIT);
                });
            });
        });
}

fn wordmark(ui: &mut Ui, theme: &Theme) {
    ui.vertical_centered(|ui| {
        ui.add(
            Label::new("مقابلة")
                .face(Face::Classical)
                .size(46.0)
                .strong()
                .color(theme.ink)
                .line_height(66.0),
        );
        ui.add(
            Label::new("Muqabala")
                .size(theme::LARGE)
                .weight(Weight::Medium)
                .color(theme.accent),
        );
        ui.add_space(UNIT);
        let text = "See how news text travels: what was kept, and what was changed.";
        ui.add(Label::new(text).size(theme::BODY).color(theme.faint_ink));
    });
}

fn ways_in(ui: &mut Ui, commands: &mut Commands) {
    let acts = [
        (Act::OpenFolder, Icon::Folder),
        (Act::OpenSample, Icon::Copy),
    ];
    // egui can centre a row only when it knows its width: that of the last frame.
    let id = ui.scope_id().with("ways-in");
    let room = ui.available_width();
    let width = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or(room);
    let row = ui.horizontal(|ui| {
        ui.add_space(((room - width) / 2.0).max(0.0));
        let from = ui.cursor().min.x;
        for (act, icon) in acts {
            let tip = act.tooltip(ui.ctx());
            let button = Button::new(act.label()).icon(icon).size(15.0).tooltip(&tip);
            let button = if act == Act::OpenFolder {
                button.primary()
            } else {
                button
            };
            if ui.add(button).clicked() {
                commands.act(act);
            }
        }
        ui.min_rect().max.x - from
    });
    if row.inner != width {
        ui.data_mut(|data| data.insert_temp(id, row.inner));
        ui.ctx().request_repaint();
    }
    ui.add_space(UNIT);
    ui.vertical_centered(|ui| {
        let text = "or drop a folder anywhere on this window";
        let color = Theme::of(ui).faint_ink;
        ui.add(Label::new(text).size(theme::SMALL).color(color));
        let tip = Act::TypePath.tooltip(ui.ctx());
        if ui
            .add(
                Button::new(Act::TypePath.label())
                    .quiet()
                    .size(theme::SMALL)
                    .tooltip(&tip),
            )
            .clicked()
        {
            commands.act(Act::TypePath);
        }
    });
}

fn recent_folders(ui: &mut Ui, theme: &Theme, recent: &[PathBuf], commands: &mut Commands) {
    ui.add(
        Label::new("Recent folders")
            .size(theme::SMALL)
            .strong()
            .color(theme.faint_ink),
    );
    for folder in recent {
        ui.push_id(folder, |ui| recent_folder(ui, theme, folder, commands));
    }
}

fn recent_folder(ui: &mut Ui, theme: &Theme, folder: &Path, commands: &mut Commands) {
    const CLOSE: f32 = 32.0;
    let name = folder_name(folder);
    let whole = path_text(&folder.display().to_string());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::hover());
    let row = Rect::from_min_max(rect.min, pos2(rect.max.x - CLOSE, rect.max.y));
    let response = ui.interact(row, ui.scope_id().with("open"), Sense::click());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Open {whole}"))
    });
    if response.hovered() || response.has_focus() {
        ui.painter()
            .rect_filled(row, CornerRadius::same(6), theme.hovered);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(
            row,
            CornerRadius::same(6),
            Stroke::new(1.5, theme.accent),
            egui::StrokeKind::Inside,
        );
    }
    let inner = row.shrink2(vec2(3.0 * UNIT, UNIT));
    // A path reads from left to right, whatever script its parts are in; a name as its letters do.
    let style = |size, color| {
        TextStyle::new(size, color)
            .direction(Direction::Ltr)
            .align(TextAlign::Left)
    };
    let (top, below) = inner.split_top_bottom_at_fraction(0.52);
    text_in(
        ui.painter(),
        top,
        &style(theme::BODY, theme.ink)
            .weight(Weight::Medium)
            .direction(Direction::Auto),
        &name,
    );
    text_in(ui.painter(), below, &style(11.5, theme.faint_ink), &whole);
    let clicked = response.clicked();
    crate::paint::tip(response, &whole);
    if clicked {
        commands.send(Command::OpenPath(folder.to_owned()));
    }
    let close = Rect::from_center_size(
        pos2(rect.max.x - CLOSE / 2.0, rect.center().y),
        Vec2::splat(28.0),
    );
    let mut child = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(close)
            .layout(Layout::left_to_right(Align::Center)),
    );
    let forget = format!("Forget {name}");
    if child
        .add(Button::icon_only(Icon::Close, &forget).quiet().size(11.0))
        .clicked()
    {
        commands.send(Command::ForgetRecent(folder.to_owned()));
    }
}

/// Two pages joined by bands: the program in one picture.
fn illustration(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 132.0), Sense::hover());
    let painter = ui.painter();
    let page = vec2(118.0, 128.0);
    let gap = 84.0;
    let pages = [-1.0, 1.0].map(|side| {
        let center = rect.center() + vec2(side * (gap + page.x) / 2.0, 0.0);
        Rect::from_center_size(center, page)
    });
    // Lines of each page as runs of (hue, number of lines): what is shared stands at other heights.
    let (copied, reworded) = (Some(theme.copied), Some(theme.reworded));
    let blocks: [&[(Option<theme::Hue>, usize)]; 2] = [
        &[(None, 1), (copied, 4), (None, 2), (reworded, 2)],
        &[(None, 3), (copied, 4), (reworded, 2), (None, 1)],
    ];
    let mut spans = [Vec::new(), Vec::new()];
    for (side, page) in pages.iter().enumerate() {
        painter.rect(
            *page,
            CornerRadius::same(6),
            theme.paper,
            Stroke::new(1.0, theme.hairline),
            egui::StrokeKind::Inside,
        );
        let mut y = page.min.y + 13.0;
        for (hue, lines) in blocks[side] {
            let top = y - 3.0;
            for line in 0..*lines {
                let short = if line + 1 == *lines {
                    0.62
                } else {
                    1.0 - 0.06 * ((line * 7 + side * 3) % 3) as f32
                };
                let right = page.max.x - 12.0;
                let width = (page.x_range().span() - 24.0) * short;
                let bar = Rect::from_min_max(pos2(right - width, y), pos2(right, y + 5.0));
                let (back, front) = match hue {
                    Some(hue) => (hue.kept, hue.line),
                    None => (theme.paper, theme.hairline),
                };
                painter.rect_filled(bar.expand(3.0), CornerRadius::same(2), back);
                painter.rect_filled(bar, CornerRadius::same(2), front);
                y += 11.0;
            }
            if let Some(hue) = hue {
                spans[side].push((top, y - 3.0, hue.kept));
            }
            y += 2.0;
        }
    }
    for (left, right) in spans[0].iter().zip(&spans[1]) {
        let x = (pages[0].max.x + 4.0, pages[1].min.x - 4.0);
        let edges = super::compare::band(
            painter,
            x,
            (left.0, left.1),
            (right.0, right.1),
            left.2,
            Stroke::NONE,
        );
        painter.extend(edges);
    }
}
