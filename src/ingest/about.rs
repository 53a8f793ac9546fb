//! What the tables of a folder say of its files → by the files that they mean. People and other systems write names in
//! their own way; a row that means no file, or may mean several, is told, not guessed.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization as _;

use super::error::{Failure, SkipReason, Skipped};
use super::formats::table::{About, AboutFile, about_files, content_key};
use super::names::file_name;
use super::{formats, read_bytes, walk};
use crate::fault::contained;
use crate::work::{Stopped, Watch};

/// Names that a message lists.
const NAMED: usize = 3;

/// What is said of the folder's files, by path, and the rows that mean none of them. Tables that say nothing are left to
/// be read like other files.
pub(super) fn of_files(
    files: &[walk::File],
    watch: &Watch,
) -> Result<(BTreeMap<String, About>, Vec<Skipped>), Stopped> {
    let mut about = BTreeMap::new();
    let mut rows: Vec<Row> = Vec::new();
    for file in files.iter().filter(|file| formats::is_metadata(&file.path)) {
        let bytes = match read_bytes(&file.full, watch) {
            Ok(bytes) => bytes,
            Err(Failure::Stopped) => return Err(Stopped),
            Err(Failure::Skip(_)) => continue,
        };
        let (found, only) = match contained(|| about_files(bytes, watch)) {
            Some(Ok(found)) => found,
            Some(Err(Failure::Stopped)) => return Err(Stopped),
            Some(Err(Failure::Skip(_))) | None => continue,
        };
        // Paths are as seen from the table.
        let folder = file.path.rsplit_once('/').map(|(folder, _)| folder);
        for told in found {
            if let Some(content) = told.content {
                let key = content_key(content);
                about.entry(key).or_insert_with(|| told.about.clone());
            }
            rows.push(Row {
                path: match folder {
                    Some(folder) => format!("{folder}/{}", told.file),
                    None => told.file.clone(),
                },
                table: &file.path,
                is_missed: only && told.content.is_none(),
                told,
            });
        }
    }
    if rows.is_empty() {
        return Ok((about, Vec::new()));
    }
    let paths = Paths::new(files);
    // What is written exactly goes before what is written alike, in whichever table.
    let exact = |row: &Row| paths.exact(&row.path);
    let rows = take(rows, &mut about, exact, true);
    let rows = take(rows, &mut about, |row| paths.alike(&row.path), false);
    let rows = take(rows, &mut about, |row| paths.by_base(&row.path), false);
    Ok((about, missed(&rows)))
}

/// A row of a table, and the path that it means as seen from the opened folder.
struct Row<'a> {
    path: String,
    table: &'a str,
    told: AboutFile,
    /// It says nothing unless its file is found.
    is_missed: bool,
}

/// Takes what the rows say of the files that `find` finds for them; gives back the others. Where a name `repeats`, the
/// first row holds; otherwise two rows for one file mean that one of them is about another.
fn take<'a>(
    rows: Vec<Row<'a>>,
    about: &mut BTreeMap<String, About>,
    find: impl Fn(&Row) -> Option<String>,
    repeats: bool,
) -> Vec<Row<'a>> {
    let found: Vec<Option<String>> = rows.iter().map(find).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for path in found.iter().flatten() {
        *counts.entry(path).or_default() += 1;
    }
    let mut others = Vec::new();
    for (row, path) in rows.into_iter().zip(&found) {
        let clear = |path: &&String| {
            repeats || counts.get(path.as_str()) == Some(&1) && !about.contains_key(*path)
        };
        match path.as_ref().filter(clear) {
            Some(path) => {
                about.entry(path.clone()).or_insert(row.told.about);
            }
            None => others.push(row),
        }
    }
    others
}

/// Rows that mean no file, table by table.
fn missed(rows: &[Row]) -> Vec<Skipped> {
    let mut tables: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.is_missed) {
        tables.entry(row.table).or_default().push(&row.told.file);
    }
    let skip = |(table, names): (&str, Vec<&str>)| Skipped {
        path: table.to_owned(),
        reason: SkipReason::NoSuchFiles {
            rows: names.len(),
            names: names
                .iter()
                .take(NAMED)
                .map(|name| (*name).to_owned())
                .collect(),
        },
    };
    tables.into_iter().map(skip).collect()
}

/// The folder's files by the ways in which names are written.
struct Paths<'a> {
    exact: BTreeSet<&'a str>,
    alike: BTreeMap<String, Vec<&'a str>>,
    bases: BTreeMap<String, Vec<&'a str>>,
    stems: BTreeMap<String, Vec<&'a str>>,
}

impl<'a> Paths<'a> {
    fn new(files: &'a [walk::File]) -> Self {
        let exact: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let by = |key: fn(&str) -> &str| {
            let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for path in &exact {
                found
                    .entry(key(&alike(path)).to_owned())
                    .or_default()
                    .push(path);
            }
            found
        };
        Self {
            alike: by(|path| path),
            bases: by(file_name),
            stems: by(|path| stem(file_name(path))),
            exact,
        }
    }

    fn exact(&self, name: &str) -> Option<String> {
        let mut ways = ways(name);
        ways.any(|(file, _)| self.exact.contains(file))
            .then(|| name.to_owned())
    }

    /// But for its case, and for letters that are put together in another way.
    fn alike(&self, name: &str) -> Option<String> {
        ways(name).find_map(|(file, part)| match self.alike.get(&alike(file))?[..] {
            [path] => Some(format!("{path}{part}")),
            _ => None,
        })
    }

    /// By its name without folders, or without its extension too: of several, the one in folders of the same names.
    fn by_base(&self, name: &str) -> Option<String> {
        ways(name).find_map(|(file, part)| {
            let file = alike(file);
            let name = file_name(&file);
            let found = self.bases.get(name).or_else(|| self.stems.get(name));
            let found = found.or_else(|| self.stems.get(stem(name)))?;
            let shared = |path: &str| {
                let path = alike(path);
                let both = path.rsplit('/').zip(file.rsplit('/')).skip(1);
                both.take_while(|(one, other)| one == other).count()
            };
            let scored: Vec<(usize, &str)> =
                found.iter().map(|path| (shared(path), *path)).collect();
            let most = scored.iter().map(|(shared, _)| *shared).max()?;
            let mut best = scored.iter().filter(|(shared, _)| *shared == most);
            let (_, path) = best.next()?;
            best.next().is_none().then(|| format!("{path}{part}"))
        })
    }
}

/// A name as that of a file, and as that of a part of one: `export.csv#3`.
fn ways(name: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = name.match_indices('#').map(|(at, _)| name.split_at(at));
    std::iter::once((name, "")).chain(parts)
}

fn alike(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}

fn stem(name: &str) -> &str {
    let bare = name.rsplit_once('.').map(|(stem, _)| stem);
    bare.filter(|stem| !stem.is_empty()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// The outlet that is said of each file, and what is said of none.
    fn told(names: &[&str], tables: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let dir = tempfile::tempdir().unwrap();
        for (name, content) in names
            .iter()
            .map(|name| (name, &"نص"))
            .chain(tables.iter().map(|(name, rows)| (name, rows)))
        {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        let files = walk::list(dir.path(), &Watch::silent()).unwrap().files;
        let (about, missed) = of_files(&files, &Watch::silent()).unwrap();
        let said = |(path, about): (String, About)| {
            let outlet = about.said.outlets.first();
            format!("{path} {}", outlet.map_or("", |claim| claim.value.as_str()))
        };
        let missed = missed
            .iter()
            .map(|skip| format!("{}: {}", skip.path, skip.reason));
        (about.into_iter().map(said).collect(), missed.collect())
    }

    #[test]
    fn names_are_written_in_many_ways() {
        // Stored as some systems store it: hamza and alef apart.
        let apart = "ا\u{654}خبار.txt";
        let (about, missed) = told(
            &[apart, "b.TXT", "plain.txt", "sub/x.txt", "other/x.txt"],
            &[(
                "metadata.csv",
                "file,outlet\nأخبار.txt,A\nb.txt,B\nplain,C\nC:\\data\\sub\\x.txt,D\nnone.txt,E\nx.txt,F\nb.txt#2,G\n",
            )],
        );
        let about_b = ["b.TXT B", "b.TXT#2 G", "plain.txt C", "sub/x.txt D"];
        assert_eq!(about[..4], about_b);
        assert_eq!(about[4..], [format!("{apart} A")]);
        assert_eq!(
            missed,
            ["metadata.csv: 2 rows of it name no article of the folder: “none.txt”, “x.txt”"]
        );
    }

    #[test]
    fn what_is_written_exactly_goes_first() {
        let (about, missed) = told(
            &["2031/a.txt", "2031/b.txt"],
            &[
                (
                    "metadata.csv",
                    "file,outlet\n2030/a.txt,A\n2029/b.txt,B\n2030/b.txt,C\n",
                ),
                ("2031/metadata.csv", "file,outlet\na.txt,D\n"),
            ],
        );
        assert_eq!(about, ["2031/a.txt D"]);
        assert_eq!(missed.len(), 1);
        assert!(missed[0].starts_with("metadata.csv: 3 rows"));
    }

    #[test]
    fn tables_of_articles_name_files_that_need_not_be_there() {
        let rows = format!("file,text\nnone.txt,{}\n", "نص ".repeat(60));
        assert_eq!(told(&["a.txt"], &[("index.csv", &rows)]).1, [""; 0]);
    }
}
