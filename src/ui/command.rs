//! Everything a person can ask for. Panels send commands; only `app` applies them.

use std::path::PathBuf;

use egui::Key;
use egui::os::OperatingSystem;

pub use super::acts::Act;
use super::articles::Fact;
use crate::article::{Correction, OutletNames, Span, Verdict};
use crate::reuse;
use crate::view::{BinUnit, Bounds, DayFilter, Facet, Filter, List, Restriction, Sides, Sort};

/// One wish of the person, with what it is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    Do(Act),
    OpenPath(PathBuf),
    ForgetRecent(PathBuf),
    ShowList(List),
    /// Chooses a value of a facet (`None` = unknown), or lets go of it.
    Toggle(Facet, Option<String>),
    /// Leaves a value of a facet out, or takes it in again.
    ToggleNot(Facet, Option<String>),
    LetGo(Restriction),
    /// Replaces the whole filter.
    SetFilter(Box<Filter>),
    /// The filter under a name, for this folder and others.
    KeepFilter(String),
    UseKept(String),
    ForgetKept(String),
    SetDays(DayFilter),
    SetBounds(Facet, Bounds),
    /// Bins of the histogram; `None` = as fits.
    SetUnit(Option<BinUnit>),
    SetSides(Sides),
    SetQuery(String),
    /// Searches all articles for these words in a row.
    SearchFor(String),
    /// Shows the articles that carry a text, copied or reworded; all for an empty one.
    FindText(String),
    SetSort(List, Sort),
    /// Makes a row of the current list the current one.
    SelectRow(usize),
    /// Makes the rows of the articles tell a fact, or no longer.
    ToggleColumn(Fact),
    /// Selects an article beside others, or no longer.
    ToggleSelected(u32),
    /// Selects all rows from the current one to this.
    SelectTo(usize),
    /// What the person thinks of the pair with this index.
    Judge {
        pair: u32,
        verdict: Verdict,
    },
    /// Opens the pair with this index.
    OpenPair(u32),
    /// Shows an article in the list of articles, or where it is not in there its strongest pair.
    ShowArticle(u32),
    /// Compares any two articles; where they share nothing, the comparison says why.
    OpenArticles([u32; 2]),
    /// Shows who else carries what was selected in an article.
    FindElsewhere {
        article: u32,
        span: Span,
    },
    /// Shows an article as it came and as it is compared.
    ShowSource(u32),
    /// Opens an article's file in the system's program for it.
    OpenFile(u32),
    /// Shows an article's file in the system's file manager.
    RevealFile(u32),
    /// Shows articles as columns, with a base text or the earliest.
    Collate {
        members: Vec<u32>,
        base: Option<u32>,
        wanted: Vec<u32>,
    },
    /// Keeps what a person decided about articles.
    Correct {
        articles: Vec<u32>,
        correction: Correction,
    },
    /// What counts as shared from now on, in every folder.
    KeepDetection(Box<reuse::Settings>),
    /// Keeps the names of an outlet, in place of those under `before`.
    KeepOutlet {
        outlet: OutletNames,
        before: Option<String>,
    },
    /// Back to what the program knows of an outlet.
    ForgetOutlet(String),
    /// Back to what was read of the files of these articles.
    ForgetCorrections(Vec<u32>),
    /// Shows a passage in all its wordings, under this article's own.
    ShowWordings {
        article: u32,
        span: Span,
    },
}

/// Collects what panels ask for during a frame.
#[derive(Default)]
pub struct Commands(Vec<Command>);

impl Commands {
    pub fn send(&mut self, command: Command) {
        self.0.push(command);
    }

    pub fn act(&mut self, act: Act) {
        self.send(Command::Do(act));
    }

    pub fn take(&mut self) -> Vec<Command> {
        std::mem::take(&mut self.0)
    }
}

/// What the keyboard acts on just now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// Nothing: all keys are the page's.
    #[default]
    Page,
    /// An article's text: arrows and the like move its caret.
    Text,
    /// A button or the like: Enter and the arrows are its own.
    Widget,
    /// A text field: plain keys are typed.
    Field,
}

/// Sends the acts whose keys were pressed in this frame.
pub fn read_keys(ctx: &egui::Context, focus: Focus, commands: &mut Commands) {
    let is_moving = |key: Key| {
        use Key::{ArrowDown, ArrowUp, End, Enter, Home, PageDown, PageUp, Space};
        matches!(
            key,
            ArrowDown | ArrowUp | Home | End | PageDown | PageUp | Enter | Space
        )
    };
    // egui takes a plain key's shortcut for the same key with shift or alt: those are asked first.
    let acts = Act::ALL.iter().flat_map(|act| {
        let keys = act.keys().iter();
        keys.map(move |keys| (*act, keys))
    });
    let (first, others): (Vec<_>, Vec<_>) =
        acts.partition(|(_, keys)| keys.modifiers.shift || keys.modifiers.alt);
    // There an arrow with alt goes by words and paragraphs.
    let alt_moves = ctx.os() == OperatingSystem::Mac && matches!(focus, Focus::Text | Focus::Field);
    for (act, keys) in first.into_iter().chain(others) {
        let plain = !keys.modifiers.command && !keys.modifiers.alt;
        let taken = match focus {
            _ if alt_moves && keys.modifiers.alt => true,
            Focus::Page => false,
            Focus::Text => plain && is_moving(keys.logical_key) && act != Act::OpenRow,
            Focus::Widget => plain && is_moving(keys.logical_key),
            // A field undoes its own typing.
            Focus::Field => {
                plain && keys.logical_key != Key::F1 || matches!(act, Act::Undo | Act::Redo)
            }
        };
        if !taken && ctx.input_mut(|input| input.consume_shortcut(keys)) {
            commands.act(act);
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::Modifiers;

    use super::*;

    fn pressed(os: OperatingSystem, focus: Focus, modifiers: Modifiers, key: Key) -> Vec<Command> {
        let ctx = egui::Context::default();
        ctx.set_os(os);
        let event = egui::Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        };
        let input = egui::RawInput {
            events: vec![event],
            ..Default::default()
        };
        let mut commands = Commands::default();
        ctx.begin_pass(input);
        read_keys(&ctx, focus, &mut commands);
        ctx.end_pass().textures_delta.clear();
        commands.take()
    }

    #[test]
    fn alt_makes_another_key_of_an_arrow() {
        let alt = |focus, key| pressed(OperatingSystem::Nix, focus, Modifiers::ALT, key);
        for (key, act) in [
            (Key::ArrowDown, Act::NextPassage),
            (Key::ArrowUp, Act::PreviousPassage),
            (Key::PageDown, Act::NextPair),
            (Key::PageUp, Act::PreviousPair),
            (Key::ArrowLeft, Act::Back),
        ] {
            assert_eq!(alt(Focus::Page, key), [Command::Do(act)], "{key:?}");
        }
        let plain = pressed(
            OperatingSystem::Nix,
            Focus::Page,
            Modifiers::NONE,
            Key::ArrowDown,
        );
        assert_eq!(plain, [Command::Do(Act::NextRow)]);
    }

    #[test]
    fn on_a_mac_arrows_with_alt_are_the_texts_own() {
        let alt = |os, focus| pressed(os, focus, Modifiers::ALT, Key::ArrowLeft);
        let back = [Command::Do(Act::Back)];
        assert_eq!(alt(OperatingSystem::Mac, Focus::Field), []);
        assert_eq!(alt(OperatingSystem::Mac, Focus::Text), []);
        assert_eq!(alt(OperatingSystem::Mac, Focus::Page), back);
        assert_eq!(alt(OperatingSystem::Nix, Focus::Field), back);
    }
}
