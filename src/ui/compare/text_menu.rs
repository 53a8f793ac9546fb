//! What the second mouse button offers for selected words of an article.

use super::super::command::{Act, Command, Commands};
use super::super::phrasing;
use crate::article::{Article, Span};
use crate::paint::{TextView, copy, menu_entry};

/// The entries about the words selected in `view`, which shows the whole of article `id`.
pub fn text_menu(
    menu: &mut egui::Ui,
    view: &TextView,
    article: &Article,
    id: u32,
    commands: &mut Commands,
) {
    let selected = view.selected_text();
    let some = !selected.trim().is_empty();
    if menu_entry(menu, some, "Copy as quotation") {
        copy(menu.ctx(), &quotation(selected, article), view.is_rtl());
    }
    if menu_entry(menu, some, "Search all articles for this") {
        commands.send(Command::SearchFor(selected.to_owned()));
    }
    if menu_entry(menu, some, "Find this passage elsewhere") {
        // Blanks that were selected along belong to no passage.
        let start = view.selection().start + selected.len() - selected.trim_start().len();
        commands.send(Command::FindElsewhere {
            article: id,
            span: Span::new(start, start + selected.trim().len()),
        });
    }
    menu.separator();
    about_article(menu, id, commands);
}

/// The entries about the whole article `id`.
pub fn about_article(menu: &mut egui::Ui, id: u32, commands: &mut Commands) {
    for (act, command) in [
        (Act::ShowSource, Command::ShowSource(id)),
        (Act::OpenFile, Command::OpenFile(id)),
        (Act::RevealFile, Command::RevealFile(id)),
    ] {
        if menu_entry(menu, true, act.label()) {
            commands.send(command);
        }
    }
}

/// The words in guillemets, and below them who printed them, when and under which headline.
fn quotation(selected: &str, article: &Article) -> String {
    format!(
        "«{}»\n{} · {}",
        selected.trim(),
        phrasing::facts(article),
        phrasing::title(article)
    )
}
