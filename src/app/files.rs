//! Handing an article's file to the system: opened in its own program, or shown in its folder. Off the
//! window's thread, for the system may take its time.

use std::path::{Path, PathBuf};

use super::jobs::{Event, Reporter, spawn};

/// What the system is asked to do with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Open,
    Reveal,
}

/// The file that an article was read from. An article inside a container stands for the container.
pub fn file_of(root: &Path, article: &str) -> Option<PathBuf> {
    let whole = root.join(article);
    let bare = article.split('#').next().map(|path| root.join(path));
    let found = std::iter::once(whole).chain(bare).find_map(|path| {
        let mut ancestors = path.ancestors().take_while(|path| *path != root);
        ancestors.find(|path| path.is_file()).map(Path::to_owned)
    })?;
    // Nothing outside the folder is ever opened, whatever a path says.
    let inside = found.canonicalize().ok()?;
    inside
        .starts_with(root.canonicalize().ok()?)
        .then_some(found)
}

/// Does as wished; a system that refuses is reported.
pub fn ask_system(file: PathBuf, wish: Wish, reporter: Reporter) {
    spawn("file", move || {
        let done = match wish {
            Wish::Open => opener::open(&file),
            Wish::Reveal => opener::reveal(&file),
        };
        if let Err(error) = done {
            let what = match wish {
                Wish::Open => "opened",
                Wish::Reveal => "shown",
            };
            reporter.send(Event::Refused(format!(
                "{} could not be {what}: {error}. The file is at {}",
                file.file_name().unwrap_or_default().to_string_lossy(),
                file.display()
            )));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_containers_lead_to_their_file_and_nothing_leads_outside() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        std::fs::create_dir_all(root.join("sub")).unwrap();
        for name in [
            "sub/a.txt",
            "export.csv",
            "b#1.txt",
            "pack.zip",
            "../secret.txt",
        ] {
            std::fs::write(root.join(name), "x").unwrap();
        }
        let of = |article: &str| file_of(&root, article);
        assert_eq!(of("sub/a.txt"), Some(root.join("sub/a.txt")));
        assert_eq!(of("export.csv#17"), Some(root.join("export.csv")));
        assert_eq!(of("b#1.txt"), Some(root.join("b#1.txt")));
        assert_eq!(of("pack.zip/in/c.txt"), Some(root.join("pack.zip")));
        assert_eq!(of("../secret.txt"), None);
        assert_eq!(of("gone.txt"), None);
    }
}
