//! What a person corrected, kept among their settings by the content of the articles, and written out as a table
//! that any folder can carry.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Places, write_whole};
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
    read(places).unwrap_or_else(|error| {
        tracing::warn!(
            "corrections in {} not read: {error}",
            file(places).display()
        );
        Corrections::default()
    })
}

fn read(places: &Places) -> std::io::Result<Corrections> {
    let path = file(places);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Corrections::default());
        }
        Err(error) if error.kind() != std::io::ErrorKind::InvalidData => return Err(error),
        // No UTF-8: as little to be understood as what is no JSON.
        Err(_) => String::from_utf8_lossy(&std::fs::read(&path)?).into_owned(),
    };
    let entries: Vec<Entry> = serde_json::from_str(&text).unwrap_or_else(|error| {
        tracing::warn!("corrections in {} not understood: {error}", path.display());
        // What cannot be read must not be written over.
        let _ = std::fs::copy(&path, path.with_extension("unreadable.json"));
        Vec::new()
    });
    let entries = entries.into_iter().filter_map(|entry| {
        Some((
            ContentId::from_str_radix(&entry.content, 16).ok()?,
            entry.correction,
        ))
    });
    Ok(entries.collect())
}

/// Reads, changes and saves the corrections as one step, whatever other windows do meanwhile.
///
/// # Errors
/// Where the system's folder for settings cannot be written.
pub fn change_corrections(
    places: &Places,
    change: impl FnOnce(&mut Corrections),
) -> std::io::Result<()> {
    std::fs::create_dir_all(&places.config)?;
    let lock = std::fs::File::create(places.config.join("corrections.lock"))?;
    // Held until it is closed; a system without locks does without.
    if let Err(error) = lock.lock() {
        tracing::warn!("corrections not locked: {error}");
    }
    // What cannot be read must not be written over.
    let mut all = read(places)?;
    change(&mut all);
    save_corrections(places, &all)
}

/// # Errors
/// Where the system's folder for settings cannot be written.
pub fn save_corrections(places: &Places, corrections: &Corrections) -> std::io::Result<()> {
    let entries: Vec<Entry> = corrections
        .iter()
        .filter(|(_, correction)| !correction.is_empty())
        .map(|(content, correction)| Entry {
            content: format!("{content:032x}"),
            correction: correction.clone(),
        })
        .collect();
    let text = serde_json::to_string_pretty(&entries)?;
    write_whole(&file(places), text.as_bytes())
}

/// Writes the corrected ones of these articles as a table that can lie in their folder as `metadata.csv`.
///
/// # Errors
/// Where the file cannot be written.
pub fn export_corrections<'a>(
    path: &Path,
    corrected: impl Iterator<Item = (&'a Article, ContentId, &'a Correction)>,
) -> std::io::Result<usize> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
        "file",
        "outlet",
        "published",
        "title",
        "direction",
        "restored",
        "content_id",
    ])?;
    let mut rows = 0;
    for (article, content, correction) in corrected {
        let direction = match correction.direction {
            Some(ReadingDirection::RightToLeft) => "rtl",
            Some(ReadingDirection::LeftToRight) => "ltr",
            None => "",
        };
        let spans: Vec<String> = correction
            .restored
            .iter()
            .map(|span| format!("{}-{}", span.start, span.end))
            .collect();
        table.write_record([
            article.path.as_str(),
            match &correction.outlet {
                Some(outlet) => outlet.as_deref().unwrap_or(UNKNOWN),
                None => "",
            },
            &correction.published.map_or_else(String::new, |day| {
                day.map_or_else(|| UNKNOWN.to_owned(), |day| day.to_string())
            }),
            correction.title.as_deref().unwrap_or(""),
            direction,
            &spans.join(" "),
            &format!("{content:032x}"),
        ])?;
        rows += 1;
    }
    let bytes = table
        .into_inner()
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    // Spreadsheets take a file without the mark for the encoding of their system.
    write_whole(path, &[b"\xEF\xBB\xBF".as_slice(), &bytes].concat())?;
    Ok(rows)
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
        let rows = export_corrections(&path, [(&article, 7, &correction)].into_iter()).unwrap();
        assert_eq!(rows, 1);
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(
            text,
            "\u{FEFF}file,outlet,published,title,direction,restored,content_id\n\"sub/a, b.txt\",مرصد,unknown,,,1-9 12-14,00000000000000000000000000000007\n"
        );
    }
}
