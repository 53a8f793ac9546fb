//! The house rules that can be read off the sources.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Which rooms each room may import; what is not listed may import nothing of ours.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("article", &[]),
    ("work", &[]),
    ("fault", &[]),
    ("text", &[]),
    ("paint", &[]),
    ("store", &["article", "fault"]),
    ("ingest", &["article", "work", "fault", "text", "store"]),
    ("reuse", &["article", "work", "text"]),
    ("search", &["article", "work", "text"]),
    ("view", &["article", "work", "text", "reuse"]),
    ("opening", &["article", "work", "ingest", "reuse", "store"]),
    (
        "report",
        &[
            "article", "work", "text", "ingest", "reuse", "store", "view", "opening",
        ],
    ),
    (
        "ui",
        &[
            "article", "work", "text", "ingest", "reuse", "store", "view", "paint",
        ],
    ),
    (
        "app",
        &[
            "article", "work", "text", "ingest", "reuse", "search", "store", "view", "opening",
            "paint", "ui",
        ],
    ),
    ("main", &["app", "fault", "report", "reuse", "text"]),
    ("lib", &[]),
];

/// Crates that only these rooms may name.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("tantivy", &["search"]),
    ("cosmic_text", &["paint"]),
    ("egui", &["paint", "ui", "app"]),
    ("eframe", &["app"]),
    ("rfd", &["app"]),
    ("opener", &["app"]),
    ("rayon", &["ingest", "reuse", "search", "main"]),
    ("encoding_rs", &["ingest"]),
    ("directories", &["store", "ui"]),
    ("redb", &["store"]),
    ("dom_smoothie", &["ingest"]),
    ("pdf_extract", &["ingest"]),
];

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&super::root().join("src"), &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (
                path.strip_prefix(super::root().join("src"))
                    .unwrap()
                    .to_owned(),
                text,
            )
        })
        .collect()
}

/// The room that a file below `src` belongs to.
fn room(path: &Path) -> String {
    let first = path
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// Code without comments: a room may speak of what it may not use.
fn code(text: &str) -> String {
    text.lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Names that follow `prefix` as a path's next part.
fn named_after<'a>(code: &'a str, prefix: &str) -> Vec<&'a str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(prefix)
        .filter(|(at, _)| !code[..*at].ends_with(is_part))
        .flat_map(|(at, _)| {
            let rest = &code[at + prefix.len()..];
            match rest.strip_prefix('{') {
                // `use crate::{a, b::c}`
                Some(group) => group[..group.find("};").unwrap_or(group.len())]
                    .split(',')
                    .map(|part| part.trim().split("::").next().unwrap_or(""))
                    .collect(),
                None => vec![&rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())]],
            }
        })
        .collect()
}

#[test]
fn imports_run_downwards() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in sources() {
        let own = room(&path);
        let prefix = if own == "main" {
            "muqabala::"
        } else {
            "crate::"
        };
        for name in named_after(&code(&text), prefix) {
            if !allowed.contains_key(name) || name == own {
                continue;
            }
            seen += 1;
            if !allowed
                .get(own.as_str())
                .is_some_and(|rooms| rooms.contains(&name))
            {
                wrong.push(format!("{}: {own} names {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 50, "the check no longer sees the imports: {seen}");
}

#[test]
fn every_room_is_listed() {
    for (path, _) in sources() {
        let room = room(&path);
        assert!(
            MAY_IMPORT.iter().any(|(name, _)| *name == room),
            "{room} is not in the table of imports"
        );
    }
}

#[test]
fn crates_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let own = room(&path);
        let code = code(&text);
        for (name, rooms) in ONLY_IN {
            let used = code.contains(&format!("use {name}::"))
                || code.match_indices(&format!("{name}::")).any(|(at, _)| {
                    !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                });
            if used && !rooms.contains(&own.as_str()) {
                wrong.push(format!("{}: {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in sources() {
        assert!(
            text.starts_with("//!"),
            "{} does not begin with //!",
            path.display()
        );
        let lines = text.lines().count();
        assert!(
            lines <= 700,
            "{} has {lines} lines: more than one room?",
            path.display()
        );
    }
}

#[test]
fn the_top_level_is_as_designed() {
    const ALLOWED: [&str; 12] = [
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "assets",
        "fonts",
        "tests",
        "README.md",
        "LICENSE",
        ".gitignore",
        ".ci",
        ".github",
        ".git",
    ];
    for entry in std::fs::read_dir(super::root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        // What builds and failing property tests leave behind.
        let made_by_builds = name == "target" || name == "proptest-regressions";
        assert!(
            ALLOWED.contains(&name.as_str()) || made_by_builds,
            "{name} does not belong at the top level"
        );
    }
}
