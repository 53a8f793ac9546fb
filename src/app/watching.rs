//! Notices that files of the open folder change. Says so once things have come to rest; what changed is for the
//! opening to find out. Reads no file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crossbeam_channel::{Sender, bounded};
use notify_debouncer_full::notify::{EventKind, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, new_debouncer};

use super::jobs::{Event, Reporter, spawn};

/// A folder that is copied into changes many times a second.
const REST: Duration = Duration::from_millis(1200);

/// Watches until it is dropped.
pub struct Watching {
    _end: Sender<()>,
}

impl Watching {
    /// Watches `root` and everything below; [`Event::Changed`] tells. Where the system cannot watch so many
    /// folders, nothing is told, and the folder can be opened again.
    pub fn new(root: &Path, reporter: Reporter) -> Self {
        let (end, ended) = bounded::<()>(0);
        let root = root.to_owned();
        // Large trees take a while to be watched.
        spawn("watch", move || {
            let told = root.clone();
            let tell = move |result: DebounceEventResult| {
                if result.is_ok_and(|events| {
                    events
                        .iter()
                        .any(|event| changes(&event.kind, &event.paths))
                }) {
                    reporter.send(Event::Changed(told.clone()));
                }
            };
            let watching = new_debouncer(REST, None, tell).and_then(|mut debouncer| {
                debouncer.watch(&root, RecursiveMode::Recursive)?;
                Ok(debouncer)
            });
            match watching {
                // Until the other end is dropped.
                Ok(_debouncer) => drop(ended.recv()),
                Err(error) => tracing::warn!("{} is not watched: {error}", root.display()),
            }
        });
        Self { _end: end }
    }
}

/// False for reading, and for what programs write beside a file while they save it.
fn changes(kind: &EventKind, paths: &[PathBuf]) -> bool {
    let hidden = |path: &PathBuf| {
        path.file_name().is_some_and(|name| {
            let name = name.to_string_lossy();
            name.starts_with('.') || name.ends_with('~')
        })
    };
    let touches = matches!(
        kind,
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Any
    );
    touches && !paths.iter().all(hidden)
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify_debouncer_full::notify::event::{AccessKind, CreateKind};

    #[test]
    fn reading_and_scratch_files_are_no_changes() {
        let created = EventKind::Create(CreateKind::File);
        assert!(changes(&created, &["a/b.txt".into()]));
        assert!(!changes(&created, &["a/.b.txt.swp".into()]));
        assert!(!changes(
            &EventKind::Access(AccessKind::Read),
            &["a/b.txt".into()]
        ));
    }
}
