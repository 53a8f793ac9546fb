//! The bar above the lists: which folder, the search box, the size and colour of things, the menu.

use egui::{Align, Layout, Ui};

use super::command::{Act, Command, Commands};
use super::theme::{self, Theme, UNIT};
use crate::paint::{Button, Checkbox, Face, Icon, Label, Row, TextField};

/// What the bar shows.
pub struct TopBar<'a> {
    pub folder: &'a str,
    /// False while the folder is not indexed yet.
    pub can_search: bool,
    /// Search finds forms of a word, not only what was typed.
    pub word_forms: bool,
}

/// `query` is the search box's own text; a change of it is sent as a command.
pub fn show(
    ui: &mut Ui,
    bar: &TopBar,
    query: &mut String,
    focus_search: bool,
    commands: &mut Commands,
) {
    let theme = Theme::of(ui);
    ui.horizontal_centered(|ui| {
        ui.add(
            Label::new("مقابلة")
                .face(Face::Classical)
                .size(24.0)
                .strong()
                .color(theme.accent)
                .no_tooltip(),
        );
        ui.add_space(UNIT);
        let tip = Act::OpenFolder.tooltip(ui.ctx());
        let button = Button::new(bar.folder)
            .icon(Icon::Folder)
            .quiet()
            .tooltip(&tip);
        ui.scope(|ui| {
            ui.set_max_width(260.0);
            if ui.add(button).clicked() {
                commands.act(Act::OpenFolder);
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            looks(ui, commands);
            ui.add_space(2.0 * UNIT);
            // Narrow: both are among the commands as well.
            if ui.available_width() > 560.0 {
                ways_to_search(ui, bar.word_forms, commands);
            }
            let width = (ui.available_width() - 2.0 * UNIT).clamp(120.0, 440.0);
            let hint = if bar.can_search {
                "Search all articles"
            } else {
                "Search, once the articles are indexed"
            };
            let field = TextField::new(query, "Search all articles")
                .id(search_id())
                .icon(Icon::Search)
                .hint(hint)
                .width(width)
                .show(ui);
            if focus_search {
                field.response.request_focus();
            }
            if field.response.changed() {
                commands.send(Command::SetQuery(query.clone()));
            }
        });
    });
}

fn ways_to_search(ui: &mut Ui, word_forms: bool, commands: &mut Commands) {
    let tip = Act::FindText.tooltip(ui.ctx());
    let button = Button::new(Act::FindText.label())
        .quiet()
        .size(theme::SMALL);
    if ui.add(button.tooltip(&tip)).clicked() {
        commands.act(Act::FindText);
    }
    let tip = Act::WordForms.tooltip(ui.ctx());
    let mut on = word_forms;
    let checkbox = Checkbox::new(&mut on, Act::WordForms.label()).size(theme::SMALL);
    if crate::paint::tip(ui.add(checkbox), &tip).clicked() {
        commands.act(Act::WordForms);
    }
}

/// The search box, for those who have to know whether a person is typing in it.
pub fn search_id() -> egui::Id {
    egui::Id::unique("search-box")
}

/// The menu, light or dark, size of text: the same on every screen. Laid out from the right.
pub fn looks(ui: &mut Ui, commands: &mut Commands) {
    menu(ui, commands);
    let act = Act::ToggleAppearance;
    let icon = match ui.visuals().dark_mode {
        true => Icon::Sun,
        false => Icon::Moon,
    };
    let tip = act.tooltip(ui.ctx());
    let button = Button::icon_only(icon, act.label()).quiet().tooltip(&tip);
    if ui.add(button).clicked() {
        commands.act(act);
    }
    for (act, text) in [
        (Act::NextFace, "Aa"),
        (Act::TextLarger, "A+"),
        (Act::TextSmaller, "A−"),
    ] {
        let tip = act.tooltip(ui.ctx());
        if ui
            .add(Button::new(text).name(act.label()).quiet().tooltip(&tip))
            .clicked()
        {
            commands.act(act);
        }
    }
}

/// What concerns the folder or the program as a whole, as opposed to what is on the screen.
const MENU: [&[Act]; 4] = [
    &[
        Act::OpenFolder,
        Act::TypePath,
        Act::OpenSample,
        Act::CloseFolder,
    ],
    &[
        Act::Decide,
        Act::NameOutlets,
        Act::FindText,
        Act::ShowSkipped,
    ],
    &[
        Act::ExportPairs,
        Act::ExportCorrections,
        Act::ExportOutlets,
        Act::ClearCache,
    ],
    &[Act::ShowCommands, Act::ShowKeys, Act::Quit],
];

/// The button that opens the menu.
pub fn menu(ui: &mut Ui, commands: &mut Commands) {
    let tip = "Folder, settings, exports and all commands";
    let button = Button::icon_only(Icon::Menu, "Menu").quiet().tooltip(tip);
    let button = ui.add(button);
    egui::Popup::menu(&button).show(|menu| {
        menu.set_width(300.0);
        for (at, acts) in MENU.iter().enumerate() {
            if at > 0 {
                menu.separator();
            }
            for act in *acts {
                let keys = act.keys();
                let keys = keys.first().map(|keys| menu.ctx().format_shortcut(keys));
                let row = Row::new(false, act.label())
                    .size(theme::SMALL)
                    .trailing(keys.as_deref().unwrap_or_default());
                if crate::paint::tip(menu.add(row), act.explanation()).clicked() {
                    commands.act(*act);
                    menu.close();
                }
            }
        }
    });
}
