//! The acts that a person can ask for by name. One list gives each its label, its keys and its explanation, for buttons,
//! tooltips, keys and help alike.

use egui::{Key, KeyboardShortcut, Modifiers};

/// `Act("Label", keys…): "Explanation";` for each. Of several keys the first is shown; plain ones count only while no
/// text is being typed.
macro_rules! acts {
    ($($act:ident($label:literal $(, $keys:expr)*): $explanation:literal;)*) => {
        /// The acts that need nothing but to be asked for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Act {
            $($act),*
        }

        impl Act {
            pub const ALL: &'static [Self] = &[$(Self::$act),*];

            pub fn label(self) -> &'static str {
                match self {
                    $(Self::$act => $label),*
                }
            }

            pub fn explanation(self) -> &'static str {
                match self {
                    $(Self::$act => $explanation),*
                }
            }

            /// The keys that do it, the one to show first.
            pub fn keys(self) -> &'static [KeyboardShortcut] {
                match self {
                    $(Self::$act => const { &[$($keys),*] }),*
                }
            }
        }
    };
}

acts! {
    OpenFolder("Open folder…", command(Key::O)): "Choose a folder of articles";
    TypePath("Type a path…", command(Key::L)): "Open a folder by typing or pasting its path";
    OpenSample("Open the sample"): "Articles of invented outlets that show what the program does";
    CloseFolder("Close folder", command(Key::W)): "Back to the start page";
    StopWork("Stop"): "Stop the work; what was found so far stays";
    GoOn("Go on"): "Read and compare what has changed, and what was left when the work was stopped";
    Search("Search", command(Key::F), plain(Key::Slash)): "Search all articles, in any spelling";
    FindText("Find a text…", command_shift(Key::F)):
        "Every article that carries a sentence or a paragraph, copied or reworded";
    WordForms("Word forms"):
        "Search finds words with attached articles, prepositions, pronouns and plurals, or only as typed";
    ShowFilters("Filters", plain(Key::F9)): "Show the filters beside the lists, or hide them";
    ClearFilter("Show all"): "Remove every filter";
    Undo("Undo", command(Key::Z)): "Selection and verdicts as they were before";
    Redo("Redo", command_shift(Key::Z), command(Key::Y)): "Do again what was undone";
    KeepFilter("Keep this selection…"):
        "Give the chosen filters a name, to use them again in this folder and others";
    NextRow("Next row", plain(Key::ArrowDown)): "Move down the list";
    PreviousRow("Previous row", plain(Key::ArrowUp)): "Move up the list";
    NextPage("Page down", plain(Key::PageDown)): "Move a page down the list";
    PreviousPage("Page up", plain(Key::PageUp)): "Move a page up the list";
    FirstRow("First row", plain(Key::Home)): "Move to the top of the list";
    LastRow("Last row", plain(Key::End)): "Move to the end of the list";
    OpenRow("Compare", plain(Key::Enter)): "Open the current row side by side";
    SelectRow("Select too", plain(Key::Space)):
        "Select the current article beside others, to do something with all of them";
    SelectNone("Select none"): "No article is selected beside the current one";
    Back("Back", plain(Key::Escape), alt(Key::ArrowLeft)): "Back to where you were before";
    Forward("Forward", alt(Key::ArrowRight)): "Forward again to where you went back from";
    NextPassage("Next passage", plain(Key::N), alt(Key::ArrowDown)):
        "Bring the next shared passage level on both sides";
    PreviousPassage("Previous passage", plain(Key::P), alt(Key::ArrowUp)):
        "Bring the previous shared passage level on both sides";
    NextEdit("Next edit", plain(Key::Period)): "Go to the next edit that is marked";
    PreviousEdit("Previous edit", plain(Key::Comma)): "Go to the previous edit that is marked";
    NextPair("Next pair", plain(Key::CloseBracket), alt(Key::PageDown)): "Compare the next pair of the list";
    PreviousPair("Previous pair", plain(Key::OpenBracket), alt(Key::PageUp)):
        "Compare the previous pair of the list";
    SwapSides("Swap sides", plain(Key::X)): "Exchange right and left";
    LinkScrolling("Linked scrolling", plain(Key::L)): "Scroll both articles together, level at every passage";
    ShowDetails("Details", plain(Key::E)):
        "What the pair says, its passages, and every edit as before and after";
    SubstantiveOnly("Substantive only", plain(Key::S)):
        "Mark only edits that change what is said, not how it is written";
    WordByWord("Word by word", plain(Key::A)):
        "Why is this a match? The current passage with each word beside its partner";
    CopyPassage("Copy passage", plain(Key::C)):
        "Copy the current passage in both wordings, with outlets and dates";
    CopyTable("Copy as table", shift(Key::C)):
        "Copy the current passage as a table of both wordings and every edit";
    ThroughFamily("All wordings", plain(Key::W)): "This passage in every article that carries it, by date";
    Collate("In columns", plain(Key::F)):
        "All articles that carry this text side by side, beside a base text";
    ShowSource("Source text", plain(Key::U)):
        "The article as it came, and what folding and page furniture left to compare";
    OpenFile("Open file", command(Key::Enter)): "Open the article’s file in its own program";
    RevealFile("Show in folder", command(Key::R)): "Show the article’s file in the file manager";
    TextLarger("Larger text", plain(Key::Plus), plain(Key::Equals)): "Set the articles larger";
    TextSmaller("Smaller text", plain(Key::Minus)): "Set the articles smaller";
    NextFace("Another typeface", command(Key::T)):
        "Set the articles in the next typeface: news naskh, book naskh, sans";
    NextSpacing("Line spacing", plain(Key::H)):
        "Set the lines of the articles closer together or wider apart: tight, usual, wide";
    TurnText("Turn the text", plain(Key::D)):
        "Run the article from the other side: right to left or left to right";
    ZoomIn("Zoom in", command(Key::Plus), command(Key::Equals)): "Show everything larger";
    ZoomOut("Zoom out", command(Key::Minus)): "Show everything smaller";
    ZoomReset("Actual size", command(Key::Num0)): "Show everything in its usual size";
    ToggleAppearance("Light or dark", command(Key::D)): "Change between light and dark";
    Correct("Correct…", plain(Key::F2)):
        "Correct outlet, date, headline or direction of the article, or of all that are selected";
    NameOutlets("Outlets…", plain(Key::F4)): "Name outlets, and make several names one outlet";
    Decide("What counts as shared…", plain(Key::F6)):
        "Set how long and how alike passages have to be, and which words are the same";
    ExportCorrections("Export corrections"):
        "Write the folder’s corrections as a table that can lie in it as metadata.csv";
    ExportOutlets("Export outlets"): "Write the outlets that you have named as a file";
    Confirm("Confirm", plain(Key::Num1)): "Say of the pair that it is one text indeed, printed twice";
    CallCoincidence("Coincidence", plain(Key::Num2)):
        "Say of the pair that nothing stands behind the same words";
    CallUnsure("Unsure", plain(Key::Num3)): "Say of the pair that it is not clear";
    NoVerdict("No verdict", plain(Key::Num0)): "Take back what was said of the pair";
    AskVerdict("Verdict…", plain(Key::V)): "Say what you think of the pair, with a note";
    ExportPairs("Export the pairs"):
        "Write the pairs that are shown, with their verdicts and notes, as a table for a spreadsheet";
    ClearCache("Clear the cache"): "Forget what was read of all folders; files and corrections stay";
    ShowSkipped("Files left aside"): "Which files could not be read or hold no article, and why";
    ShowCommands("Find a command…", command(Key::K)): "Everything the program can do, by name";
    ShowKeys("Keys", plain(Key::F1), plain(Key::Questionmark)): "Everything that can be done by keyboard";
    Quit("Quit", command(Key::Q)): "Close the program";
}

impl Act {
    /// Explanation and key, as a tooltip shows them.
    pub fn tooltip(self, ctx: &egui::Context) -> String {
        match self.keys().first() {
            Some(keys) => format!("{} ({})", self.explanation(), ctx.format_shortcut(keys)),
            None => self.explanation().to_owned(),
        }
    }
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const fn command(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn command_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

#[cfg(test)]
mod tests {
    use super::*;

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
