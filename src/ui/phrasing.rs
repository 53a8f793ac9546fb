//! How articles, passages, edits and numbers are put into words, the same on every screen.

use std::path::Path;

use crate::article::Article;
use crate::reuse::{EditKind, LeftOutReason, PassageKind};
pub use crate::view::{edit_name, group, plural};

/// The headline, or the first words of an article that has none.
pub fn title(article: &Article) -> String {
    const WORDS: usize = 12;
    if let Some(title) = article.title_text().filter(|title| !title.is_empty()) {
        return title.to_owned();
    }
    let body = article
        .body()
        .next()
        .map_or("", |span| span.of(&article.text));
    // A mark of its own at the very beginning is no word: `# قال`.
    let is_mark = |word: &&str| !word.contains(char::is_alphanumeric);
    let words = body.split_whitespace().skip_while(is_mark);
    let mut words: Vec<&str> = words.take(WORDS + 1).collect();
    if words.len() > WORDS {
        words.truncate(WORDS);
        return format!("{} …", words.join(" "));
    }
    words.join(" ")
}

/// Outlet and date, each isolated so that neither reorders the other.
pub fn facts(article: &Article) -> String {
    marked_facts(article, ["", ""])
}

/// The same with something behind the outlet and behind the date.
pub fn marked_facts(article: &Article, [of_outlet, of_day]: [&str; 2]) -> String {
    let outlet = article.outlet_name().unwrap_or("Unknown outlet");
    let day = article
        .day()
        .map_or("no date".to_owned(), |day| day.to_string());
    format!("\u{2068}{outlet}{of_outlet}\u{2069} · \u{2068}{day}{of_day}\u{2069}")
}

/// Every kind of edit, from the least to the most substantial.
pub const EDIT_KINDS: [EditKind; 13] = [
    EditKind::Quotes,
    EditKind::Punctuation,
    EditKind::Spelling,
    EditKind::Numeral,
    EditKind::Month,
    EditKind::RelativeDay,
    EditKind::Moved,
    EditKind::Reworded,
    EditKind::Inserted,
    EditKind::Deleted,
    EditKind::Attribution,
    EditKind::Number,
    EditKind::Name,
];

/// Why a stretch is not counted as shared.
pub fn left_out(reason: LeftOutReason) -> &'static str {
    match reason {
        LeftOutReason::Formula => {
            "Not counted as shared: the same words stand in many different surroundings of this folder"
        }
        LeftOutReason::Framing => "Not compared: a date, a dateline or a byline",
        LeftOutReason::Scripture => {
            "Not counted as shared: a verse or a saying of the Prophet, which many quote"
        }
    }
}

pub fn kind_name(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Copy => "copied",
        PassageKind::Reworded => "reworded",
    }
}

/// What a folder is called: the last part of its path.
pub fn folder_name(folder: &Path) -> String {
    folder.file_name().map_or_else(
        || folder.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
