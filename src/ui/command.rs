//! Everything a person can ask for. Panels send commands; only `app` applies them.
//!
//! One list gives every act its label, explanation and key, for buttons, tooltips and help alike.

use std::path::PathBuf;

use egui::os::OperatingSystem;
use egui::{Key, KeyboardShortcut, Modifiers};

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

/// The acts that need nothing but to be asked for: each has a label and may have a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    OpenFolder,
    TypePath,
    OpenSample,
    CloseFolder,
    StopWork,
    GoOn,
    Search,
    FindText,
    WordForms,
    ShowFilters,
    ClearFilter,
    Undo,
    Redo,
    KeepFilter,
    NextRow,
    PreviousRow,
    NextPage,
    PreviousPage,
    FirstRow,
    LastRow,
    OpenRow,
    SelectRow,
    SelectNone,
    Back,
    Forward,
    NextPassage,
    PreviousPassage,
    NextEdit,
    PreviousEdit,
    NextPair,
    PreviousPair,
    SwapSides,
    LinkScrolling,
    ShowDetails,
    SubstantiveOnly,
    WordByWord,
    CopyPassage,
    CopyTable,
    ThroughFamily,
    Collate,
    ShowSource,
    OpenFile,
    RevealFile,
    TextLarger,
    TextSmaller,
    NextFace,
    NextSpacing,
    TurnText,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    ToggleAppearance,
    Correct,
    NameOutlets,
    Decide,
    ExportCorrections,
    ExportOutlets,
    Confirm,
    CallCoincidence,
    CallUnsure,
    NoVerdict,
    AskVerdict,
    ExportPairs,
    ClearCache,
    ShowSkipped,
    ShowCommands,
    ShowKeys,
    Quit,
}

impl Act {
    pub const ALL: &'static [Self] = &[
        Self::OpenFolder,
        Self::TypePath,
        Self::OpenSample,
        Self::CloseFolder,
        Self::StopWork,
        Self::GoOn,
        Self::Search,
        Self::FindText,
        Self::WordForms,
        Self::ShowFilters,
        Self::ClearFilter,
        Self::Undo,
        Self::Redo,
        Self::KeepFilter,
        Self::NextRow,
        Self::PreviousRow,
        Self::NextPage,
        Self::PreviousPage,
        Self::FirstRow,
        Self::LastRow,
        Self::OpenRow,
        Self::SelectRow,
        Self::SelectNone,
        Self::Back,
        Self::Forward,
        Self::NextPassage,
        Self::PreviousPassage,
        Self::NextEdit,
        Self::PreviousEdit,
        Self::NextPair,
        Self::PreviousPair,
        Self::SwapSides,
        Self::LinkScrolling,
        Self::ShowDetails,
        Self::SubstantiveOnly,
        Self::WordByWord,
        Self::CopyPassage,
        Self::CopyTable,
        Self::ThroughFamily,
        Self::Collate,
        Self::ShowSource,
        Self::OpenFile,
        Self::RevealFile,
        Self::TextLarger,
        Self::TextSmaller,
        Self::NextFace,
        Self::NextSpacing,
        Self::TurnText,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::ToggleAppearance,
        Self::Correct,
        Self::NameOutlets,
        Self::Decide,
        Self::ExportCorrections,
        Self::ExportOutlets,
        Self::Confirm,
        Self::CallCoincidence,
        Self::CallUnsure,
        Self::NoVerdict,
        Self::AskVerdict,
        Self::ExportPairs,
        Self::ClearCache,
        Self::ShowSkipped,
        Self::ShowCommands,
        Self::ShowKeys,
        Self::Quit,
    ];

    /// Label and explanation.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::OpenFolder => ("Open folder…", "Choose a folder of articles"),
            Self::TypePath => (
                "Type a path…",
                "Open a folder by typing or pasting its path",
            ),
            Self::OpenSample => (
                "Open the sample",
                "Articles of invented outlets that show what the program does",
            ),
            Self::CloseFolder => ("Close folder", "Back to the start page"),
            Self::StopWork => ("Stop", "Stop the work; what was found so far stays"),
            Self::GoOn => (
                "Go on",
                "Read and compare what has changed, and what was left when the work was stopped",
            ),
            Self::Search => ("Search", "Search all articles, in any spelling"),
            Self::FindText => (
                "Find a text…",
                "Every article that carries a sentence or a paragraph, copied or reworded",
            ),
            Self::WordForms => (
                "Word forms",
                "Search finds words with attached articles, prepositions, pronouns and plurals, or only as typed",
            ),
            Self::ShowFilters => ("Filters", "Show the filters beside the lists, or hide them"),
            Self::ClearFilter => ("Show all", "Remove every filter"),
            Self::Undo => ("Undo", "Selection and verdicts as they were before"),
            Self::Redo => ("Redo", "Do again what was undone"),
            Self::KeepFilter => (
                "Keep this selection…",
                "Give the chosen filters a name, to use them again in this folder and others",
            ),
            Self::NextRow => ("Next row", "Move down the list"),
            Self::PreviousRow => ("Previous row", "Move up the list"),
            Self::NextPage => ("Page down", "Move a page down the list"),
            Self::PreviousPage => ("Page up", "Move a page up the list"),
            Self::FirstRow => ("First row", "Move to the top of the list"),
            Self::LastRow => ("Last row", "Move to the end of the list"),
            Self::OpenRow => ("Compare", "Open the current row side by side"),
            Self::SelectRow => (
                "Select too",
                "Select the current article beside others, to do something with all of them",
            ),
            Self::SelectNone => (
                "Select none",
                "No article is selected beside the current one",
            ),
            Self::Back => ("Back", "Back to where you were before"),
            Self::Forward => ("Forward", "Forward again to where you went back from"),
            Self::NextPassage => (
                "Next passage",
                "Bring the next shared passage level on both sides",
            ),
            Self::PreviousPassage => (
                "Previous passage",
                "Bring the previous shared passage level on both sides",
            ),
            Self::NextEdit => ("Next edit", "Go to the next edit that is marked"),
            Self::PreviousEdit => ("Previous edit", "Go to the previous edit that is marked"),
            Self::NextPair => ("Next pair", "Compare the next pair of the list"),
            Self::PreviousPair => ("Previous pair", "Compare the previous pair of the list"),
            Self::SwapSides => ("Swap sides", "Exchange right and left"),
            Self::LinkScrolling => (
                "Linked scrolling",
                "Scroll both articles together, level at every passage",
            ),
            Self::ShowDetails => (
                "Details",
                "What the pair says, its passages, and every edit as before and after",
            ),
            Self::SubstantiveOnly => (
                "Substantive only",
                "Mark only edits that change what is said, not how it is written",
            ),
            Self::WordByWord => (
                "Word by word",
                "Why is this a match? The current passage with each word beside its partner",
            ),
            Self::CopyTable => (
                "Copy as table",
                "Copy the current passage as a table of both wordings and every edit",
            ),
            Self::Collate => (
                "In columns",
                "All articles that carry this text side by side, beside a base text",
            ),
            Self::ShowSource => (
                "Source text",
                "The article as it came, and what folding and page furniture left to compare",
            ),
            Self::OpenFile => ("Open file", "Open the article’s file in its own program"),
            Self::RevealFile => (
                "Show in folder",
                "Show the article’s file in the file manager",
            ),
            Self::CopyPassage => (
                "Copy passage",
                "Copy the current passage in both wordings, with outlets and dates",
            ),
            Self::ThroughFamily => (
                "All wordings",
                "This passage in every article that carries it, by date",
            ),
            Self::TextLarger => ("Larger text", "Set the articles larger"),
            Self::TextSmaller => ("Smaller text", "Set the articles smaller"),
            Self::NextFace => (
                "Another typeface",
                "Set the articles in the next typeface: news naskh, book naskh, sans",
            ),
            Self::NextSpacing => (
                "Line spacing",
                "Set the lines of the articles closer together or wider apart: tight, usual, wide",
            ),
            Self::TurnText => (
                "Turn the text",
                "Run the article from the other side: right to left or left to right",
            ),
            Self::ZoomIn => ("Zoom in", "Show everything larger"),
            Self::ZoomOut => ("Zoom out", "Show everything smaller"),
            Self::ZoomReset => ("Actual size", "Show everything in its usual size"),
            Self::ToggleAppearance => ("Light or dark", "Change between light and dark"),
            Self::Correct => (
                "Correct…",
                "Correct outlet, date, headline or direction of the article, or of all that are selected",
            ),
            Self::ExportCorrections => (
                "Export corrections",
                "Write the folder’s corrections as a table that can lie in it as metadata.csv",
            ),
            Self::NameOutlets => (
                "Outlets…",
                "Name outlets, and make several names one outlet",
            ),
            Self::Decide => (
                "What counts as shared…",
                "Set how long and how alike passages have to be, and which words are the same",
            ),
            Self::ExportOutlets => (
                "Export outlets",
                "Write the outlets that you have named as a file",
            ),
            Self::Confirm => (
                "Confirm",
                "Say of the pair that it is one text indeed, printed twice",
            ),
            Self::CallCoincidence => (
                "Coincidence",
                "Say of the pair that nothing stands behind the same words",
            ),
            Self::CallUnsure => ("Unsure", "Say of the pair that it is not clear"),
            Self::NoVerdict => ("No verdict", "Take back what was said of the pair"),
            Self::AskVerdict => ("Verdict…", "Say what you think of the pair, with a note"),
            Self::ExportPairs => (
                "Export the pairs",
                "Write the pairs that are shown, with their verdicts and notes, as a table for a spreadsheet",
            ),
            Self::ClearCache => (
                "Clear the cache",
                "Forget what was read of all folders; files and corrections stay",
            ),
            Self::ShowSkipped => (
                "Files left aside",
                "Which files could not be read or hold no article, and why",
            ),
            Self::ShowCommands => ("Find a command…", "Everything the program can do, by name"),
            Self::ShowKeys => ("Keys", "Everything that can be done by keyboard"),
            Self::Quit => ("Quit", "Close the program"),
        }
    }

    pub fn label(self) -> &'static str {
        self.words().0
    }

    /// Explanation and key, as a tooltip shows them.
    pub fn tooltip(self, ctx: &egui::Context) -> String {
        match self.keys().first() {
            Some(keys) => format!("{} ({})", self.words().1, ctx.format_shortcut(keys)),
            None => self.words().1.to_owned(),
        }
    }

    /// The keys that do it, the one to show first. Plain keys count only while no text is being typed.
    pub fn keys(self) -> Vec<KeyboardShortcut> {
        let plain = |key| KeyboardShortcut::new(Modifiers::NONE, key);
        let command = |key| KeyboardShortcut::new(Modifiers::COMMAND, key);
        let alt = |key| KeyboardShortcut::new(Modifiers::ALT, key);
        match self {
            Self::OpenFolder => vec![command(Key::O)],
            Self::TypePath => vec![command(Key::L)],
            Self::CloseFolder => vec![command(Key::W)],
            Self::Search => vec![command(Key::F), plain(Key::Slash)],
            Self::FindText => vec![KeyboardShortcut::new(
                Modifiers::COMMAND.plus(Modifiers::SHIFT),
                Key::F,
            )],
            Self::Undo => vec![command(Key::Z)],
            Self::Redo => vec![
                KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z),
                command(Key::Y),
            ],
            Self::SelectRow => vec![plain(Key::Space)],
            Self::NextRow => vec![plain(Key::ArrowDown)],
            Self::PreviousRow => vec![plain(Key::ArrowUp)],
            Self::NextPage => vec![plain(Key::PageDown)],
            Self::PreviousPage => vec![plain(Key::PageUp)],
            Self::FirstRow => vec![plain(Key::Home)],
            Self::LastRow => vec![plain(Key::End)],
            Self::OpenRow => vec![plain(Key::Enter)],
            Self::Back => vec![plain(Key::Escape), alt(Key::ArrowLeft)],
            Self::Forward => vec![alt(Key::ArrowRight)],
            Self::NextEdit => vec![plain(Key::Period)],
            Self::PreviousEdit => vec![plain(Key::Comma)],
            Self::SubstantiveOnly => vec![plain(Key::S)],
            Self::WordByWord => vec![plain(Key::A)],
            Self::CopyTable => vec![KeyboardShortcut::new(Modifiers::SHIFT, Key::C)],
            Self::Collate => vec![plain(Key::F)],
            Self::ShowSource => vec![plain(Key::U)],
            Self::OpenFile => vec![command(Key::Enter)],
            Self::RevealFile => vec![command(Key::R)],
            Self::NextPassage => vec![plain(Key::N), alt(Key::ArrowDown)],
            Self::PreviousPassage => vec![plain(Key::P), alt(Key::ArrowUp)],
            Self::NextPair => vec![plain(Key::CloseBracket), alt(Key::PageDown)],
            Self::PreviousPair => vec![plain(Key::OpenBracket), alt(Key::PageUp)],
            Self::SwapSides => vec![plain(Key::X)],
            Self::LinkScrolling => vec![plain(Key::L)],
            Self::ShowDetails => vec![plain(Key::E)],
            Self::CopyPassage => vec![plain(Key::C)],
            Self::ShowCommands => vec![command(Key::K)],
            Self::ThroughFamily => vec![plain(Key::W)],
            Self::TextLarger => vec![plain(Key::Plus), plain(Key::Equals)],
            Self::TextSmaller => vec![plain(Key::Minus)],
            Self::NextFace => vec![command(Key::T)],
            Self::NextSpacing => vec![plain(Key::H)],
            Self::TurnText => vec![plain(Key::D)],
            Self::ZoomIn => vec![command(Key::Plus), command(Key::Equals)],
            Self::ZoomOut => vec![command(Key::Minus)],
            Self::ZoomReset => vec![command(Key::Num0)],
            Self::ToggleAppearance => vec![command(Key::D)],
            Self::ShowKeys => vec![plain(Key::F1), plain(Key::Questionmark)],
            Self::Correct => vec![plain(Key::F2)],
            Self::NameOutlets => vec![plain(Key::F4)],
            Self::Decide => vec![plain(Key::F6)],
            Self::Confirm => vec![plain(Key::Num1)],
            Self::CallCoincidence => vec![plain(Key::Num2)],
            Self::CallUnsure => vec![plain(Key::Num3)],
            Self::NoVerdict => vec![plain(Key::Num0)],
            Self::AskVerdict => vec![plain(Key::V)],
            Self::ShowFilters => vec![plain(Key::F9)],
            Self::Quit => vec![command(Key::Q)],
            Self::OpenSample
            | Self::StopWork
            | Self::GoOn
            | Self::SelectNone
            | Self::ClearFilter
            | Self::WordForms
            | Self::KeepFilter
            | Self::ExportCorrections
            | Self::ExportOutlets
            | Self::ExportPairs
            | Self::ClearCache
            | Self::ShowSkipped => vec![],
        }
    }
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
        let keys = act.keys().into_iter();
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
        if !taken && ctx.input_mut(|input| input.consume_shortcut(&keys)) {
            commands.act(act);
        }
    }
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn no_key_does_two_things() {
        let mut seen = Vec::new();
        for act in Act::ALL {
            for keys in act.keys() {
                assert!(!seen.contains(&keys), "{act:?} shares {keys:?}");
                seen.push(keys);
            }
        }
    }
}
