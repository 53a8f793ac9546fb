//! With which others an article shares text: above the text itself, the strongest pairs as ways into their comparison.
//! Says what is not known yet, while the rest of the folder is being compared.

use std::sync::Arc;

use egui::Ui;

use super::command::{Command, Commands};
use super::known::facts;
use super::phrasing::{group, plural, title};
use super::theme::{self, Theme};
use crate::article::Article;
use crate::paint::{Direction, Label, Row, TextAlign};
use crate::view::{Early, Pair, Phase, Tables};

/// An article, and all that is known of what it shares.
pub struct Sharing<'a> {
    pub id: u32,
    pub articles: &'a [Arc<Article>],
    pub tables: &'a Tables,
    /// What an article shares, before all is found; of this one or another.
    pub early: Option<&'a Early>,
    /// All is found, and in the tables.
    pub found: bool,
    pub phase: &'a Phase,
}

pub fn show(ui: &mut Ui, sharing: &Sharing, commands: &mut Commands) {
    let Sharing { id, tables, .. } = *sharing;
    match sharing.early() {
        Some(early) => {
            let pairs = early.pairs.iter();
            shown(ui, sharing, pairs, early.near_copies(), commands);
        }
        None if sharing.found => {
            let links = &tables.links;
            let pairs = links
                .pairs_of(id)
                .map(|pair| &tables.pairs.0[pair as usize]);
            shown(ui, sharing, pairs, links.near_copies(id), commands);
        }
        None => {}
    }
    if let Some(text) = sharing.not_all() {
        faint(ui, text);
    }
}

impl Sharing<'_> {
    fn early(&self) -> Option<&Early> {
        self.early.filter(|early| early.article == self.id)
    }

    /// Why more may be found than is shown; `None` where all is.
    fn not_all(&self) -> Option<&'static str> {
        match (self.phase, self.early()) {
            _ if self.found => None,
            // Articles are still coming: the list tells.
            (Phase::Working(_), None) if !self.phase.is_read() => None,
            (Phase::Working(_), None) => Some("Comparing it with the other articles…"),
            (Phase::Working(_), Some(_)) => Some("The rest of the folder is still being compared…"),
            (_, None) => Some("Not compared: the work was stopped before"),
            (_, Some(_)) => Some("The work was stopped before the rest of the folder was compared"),
        }
    }
}

/// The strongest pairs of an article, each with a way into its comparison.
fn shown<'a>(
    ui: &mut Ui,
    sharing: &Sharing,
    pairs: impl Iterator<Item = &'a Pair> + Clone,
    near_copies: Option<(u32, u32)>,
    commands: &mut Commands,
) {
    const SHOWN: usize = 4;
    let theme = Theme::of(ui);
    let width = ui.available_width();
    let others = pairs.clone().count();
    if others == 0 {
        return faint(ui, "Shares no passage with another article");
    }
    near_copy(ui, sharing, near_copies, commands);
    let text = format!("Shares text with {}", plural(others, "article", "articles"));
    // At the side where the rows begin.
    let heading = Label::new(&text).size(theme::SMALL).strong();
    ui.add(
        heading
            .color(theme.ink)
            .width(width)
            .align(TextAlign::Right)
            .wrap(),
    );
    for pair in pairs.take(SHOWN) {
        let both = [pair.first, pair.second];
        let other = both[usize::from(pair.first == sharing.id)];
        let article = &sharing.articles[other as usize];
        let words = plural(pair.words as usize, "word", "words");
        let text = format!(
            "\u{2068}{words}\u{2069} · {} · \u{2068}{}\u{2069}",
            facts(article),
            title(article)
        );
        let row = Row::new(false, &text)
            .size(theme::SMALL)
            .direction(Direction::Rtl)
            .align(TextAlign::Right);
        // By the other article: numbers of pairs change when all are known, and the keyboard stays here.
        ui.push_id(other, |ui| {
            if crate::paint::tip(ui.add(row), "Compare the two").clicked() {
                commands.send(Command::OpenArticles(both));
            }
        });
    }
    if others > SHOWN {
        let more = group(others - SHOWN);
        let text = match sharing.found {
            true => format!("and {more} more, in the list of pairs"),
            false => format!("and {more} more, in the list of pairs when all are compared"),
        };
        faint(ui, &text);
    }
}

/// Of many near-copies only one has the pairs of all: says so, and leads there.
fn near_copy(
    ui: &mut Ui,
    sharing: &Sharing,
    near_copies: Option<(u32, u32)>,
    commands: &mut Commands,
) {
    let Some((first, all)) = near_copies else {
        return;
    };
    let theme = Theme::of(ui);
    let width = ui.available_width();
    let all = group(all as usize);
    let text = if first == sharing.id {
        format!(
            "One of {all} near-copies, and stands for all: pairs with other texts are listed here"
        )
    } else {
        format!(
            "One of {all} near-copies. Pairs with other texts are listed with this one of them:"
        )
    };
    let line = Label::new(&text).size(theme::SMALL).color(theme.ink);
    ui.add(line.width(width).align(TextAlign::Right).wrap());
    if first == sharing.id {
        return;
    }
    let other = &sharing.articles[first as usize];
    let text = format!("{} · \u{2068}{}\u{2069}", facts(other), title(other));
    let row = Row::new(false, &text)
        .size(theme::SMALL)
        .direction(Direction::Rtl)
        .align(TextAlign::Right);
    if crate::paint::tip(ui.add(row), "Show the near-copy that stands for all").clicked() {
        commands.send(Command::ShowArticle(first));
    }
}

fn faint(ui: &mut Ui, text: &str) {
    let color = Theme::of(ui).faint_ink;
    let label = Label::new(text).size(theme::SMALL).color(color);
    let width = ui.available_width();
    ui.add(label.width(width).align(TextAlign::Right).wrap());
}
