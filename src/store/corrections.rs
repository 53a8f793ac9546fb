//! What a person corrected, kept among their settings by the content of the articles, and written out as a table
//! that any folder can carry.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Places, Written, kept, write_table};
use crate::article::{Article, ContentId, Correction, Corrections, ReadingDirection};

/// How a table says that a person decided that nobody knows.
const UNKNOWN: &str = "unknown";

/// One entry of the file: a correction with what it is about, for people who look into it.
#[derive(Serialize, Deserialize)]
struct Entry {
    content: String,
    #[serde(default)]
    #[serde(flatten)]
    correction: Correction,
}

/// All corrections; none where there are none or they cannot be read.
pub fn corrections(places: &Places) -> Corrections {
    by_content(kept::load(&file(places)))
}

fn by_content(entries: Vec<Entry>) -> Corrections {
    let entries = entries.into_iter().filter_map(|entry| {
        Some((
            ContentId::from_str_radix(&entry.content, 16).ok()?,
            entry.correction,
        ))
    });
    entries.collect()
}

/// Reads, changes and saves the corrections as one step, whatever other windows do meanwhile.
///
/// # Errors
/// Where the system's folder for settings cannot be written.
pub fn change_corrections(
    places: &Places,
    change: impl FnOnce(&mut Corrections),
) -> std::io::Result<()> {
    kept::change(&file(places), |entries| {
        let mut all = by_content(entries);
        change(&mut all);
        as_entries(&all)
    })
}

/// # Errors
/// Where the system's folder for settings cannot be written.
pub fn save_corrections(places: &Places, corrections: &Corrections) -> std::io::Result<()> {
    kept::save(&file(places), &as_entries(corrections))
}

fn as_entries(corrections: &Corrections) -> Vec<Entry> {
    corrections
        .iter()
        .filter(|(_, correction)| !correction.is_empty())
        .map(|(content, correction)| Entry {
            content: format!("{content:032x}"),
            correction: correction.clone(),
        })
        .collect()
}

/// Writes the corrected ones of these articles as a table that can lie in their folder as `metadata.csv`, as
/// [`write_table`] does.
///
/// # Errors
/// Where the file cannot be written.
pub fn export_corrections<'a>(
    path: &Path,
    corrected: impl Iterator<Item = (&'a Article, ContentId, &'a Correction)>,
) -> std::io::Result<Option<Written>> {
    const HEAD: [&str; 7] = [
        "file",
        "outlet",
        "published",
        "title",
        "direction",
        "restored",
        "content_id",
    ];
    let rows = corrected.map(|(article, content, correction)| {
        let direction = match correction.direction {
            Some(Some(ReadingDirection::RightToLeft)) => "rtl",
            Some(Some(ReadingDirection::LeftToRight)) => "ltr",
            Some(None) => UNKNOWN,
            None => "",
        };
        let spans = correction.restored.iter();
        let spans: Vec<String> = spans
            .map(|span| format!("{}-{}", span.start, span.end))
            .collect();
        let known = |value: Option<String>| value.unwrap_or_else(|| UNKNOWN.to_owned());
        [
            article.path.clone(),
            correction.outlet.clone().map_or_else(String::new, known),
            correction
                .published
                .map_or_else(String::new, |day| known(day.map(|day| day.to_string()))),
            correction.title.clone().map_or_else(String::new, known),
            direction.to_owned(),
            spans.join(" "),
            format!("{content:032x}"),
        ]
    });
    write_table(path, &HEAD, rows)
}

fn file(places: &Places) -> PathBuf {
    places.config.join("corrections.json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    #[test]
    fn what_is_saved_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::below(folder.path());
        assert!(corrections(&places).is_empty());
        let mut all = Corrections::default();
        all.insert(
            7 << 100,
            Correction {
                outlet: Some(Some("مرصد الميناء".to_owned())),
                published: Some(None),
                restored: vec![Span::new(1, 9)],
                ..Correction::default()
            },
        );
        save_corrections(&places, &all).unwrap();
        assert_eq!(corrections(&places), all);
        std::fs::write(file(&places), "[{").unwrap();
        assert!(corrections(&places).is_empty());
        assert!(places.config.join("corrections.unreadable.json").exists());
    }

    #[test]
    fn a_table_for_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("metadata.csv");
        let article = Article::bare("sub/a, b.txt", "");
        let correction = Correction {
            outlet: Some(Some("مرصد".to_owned())),
            published: Some(None),
            restored: vec![Span::new(1, 9), Span::new(12, 14)],
            ..Correction::default()
        };
        let corrected = [(&article, 7, &correction)].into_iter();
        let written = export_corrections(&path, corrected).unwrap().unwrap();
        assert_eq!(written.rows, 1);
        let text = std::fs::read_to_string(written.path).unwrap();
        assert_eq!(
            text,
            "\u{FEFF}file,outlet,published,title,direction,restored,content_id\n\"sub/a, b.txt\",مرصد,unknown,,,1-9 12-14,00000000000000000000000000000007\n"
        );
    }
}
