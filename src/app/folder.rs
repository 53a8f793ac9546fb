//! Which folder is open: chosen, looked at, opened in place of another, and closed. What is open is let go of only for
//! a folder that is there.

use std::path::{Path, PathBuf};

use super::jobs::{Event, Picked, spawn};
use super::session::Session;
use super::state::State;
use super::watching::Watching;
use crate::ingest::{self, OpenError};
use crate::reuse::Wanted;
use crate::ui::articles::Reading;
use crate::ui::dialogs::{Dialog, Notice};
use crate::ui::facets;
use crate::ui::families::Families;
use crate::ui::pictures::Pictures;
use crate::view::Screen;

/// A folder that is looked at, to be opened if it is one.
pub(super) struct Looking {
    folder: PathBuf,
    /// It was typed; the dialog is closed when the person thinks better of it.
    typed: bool,
}

impl State {
    /// Opens a folder, in place of the one that is open.
    pub fn open(&mut self, folder: &Path, remember: bool) {
        self.close();
        // A relative path means something else to whoever reads it later.
        let root = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let wanted = Wanted::default();
        let stop = self
            .jobs
            .open(root.clone(), self.places.clone(), wanted.clone());
        self.watching = Some(Watching::new(&root, self.jobs.reporter()));
        if remember {
            self.settings.remember(&root);
            self.save();
        }
        self.session = Some(Session::new(root, stop, wanted, self.at_once));
        self.dialog = None;
        self.notice = None;
        self.screen = Screen::Board;
    }

    /// Opens a folder if it is one. A drive may take its time to say so.
    pub(super) fn open_if_there(&mut self, folder: PathBuf) {
        self.looking = Some(Looking {
            folder: folder.clone(),
            typed: self.is_path_asked_for(),
        });
        let reporter = self.jobs.reporter();
        spawn("look", move || {
            let found = ingest::check_root(&folder);
            reporter.send(Event::Looked { folder, found });
        });
    }

    pub(super) fn take_looked(&mut self, folder: &Path, found: Result<(), OpenError>) {
        let Some(looking) = self.looking.take_if(|looking| looking.folder == folder) else {
            return;
        };
        match found {
            _ if looking.typed && !self.is_path_asked_for() => {}
            Ok(()) => self.open(folder, true),
            Err(error) => self.say_why_not(folder, &error),
        }
    }

    fn is_path_asked_for(&self) -> bool {
        matches!(self.dialog, Some(Dialog::TypePath { .. }))
    }

    pub(super) fn take_picked(&mut self, picked: Picked) {
        self.picking = false;
        match picked {
            Picked::Folder(folder) => self.open_if_there(folder),
            Picked::Cancelled => {}
            Picked::NoDialog => {
                let why = "This system has no folder dialog to offer (neither a desktop portal nor zenity answered). \
                           Type or paste the folder’s path instead, or drop the folder on the window.";
                self.ask_for_path(String::new(), Some(why.to_owned()));
            }
        }
    }

    /// A folder that was there, and has nothing to be shown or is gone meanwhile.
    pub(super) fn open_failed(&mut self, error: &OpenError) {
        let Some(root) = self.session.as_ref().map(|session| session.root.clone()) else {
            return;
        };
        self.close();
        self.say_why_not(&root, error);
    }

    /// Says why a folder could not be opened, where its path was typed beside it.
    fn say_why_not(&mut self, folder: &Path, error: &OpenError) {
        // A folder that is gone must not be offered again.
        if matches!(
            error,
            OpenError::NotFound { .. } | OpenError::NotAFolder { .. }
        ) {
            self.settings.forget(folder);
            self.save();
        }
        let text = error.to_string();
        match &mut self.dialog {
            Some(Dialog::TypePath { why, fresh, .. }) => (*why, *fresh) = (Some(text), true),
            _ => self.notice = Some(Notice { text }),
        }
    }

    pub(super) fn ask_for_path(&mut self, path: String, why: Option<String>) {
        self.dialog = Some(Dialog::TypePath {
            path,
            why,
            fresh: true,
        });
    }

    /// Lets go of all that is about the folder that was open.
    pub(super) fn leave_screens(&mut self) {
        self.compare = None;
        self.wordings = None;
        self.collation = None;
        self.source = None;
        self.history.clear();
    }

    pub(super) fn close(&mut self) {
        if let Some(session) = self.session.take() {
            session.stop();
        }
        self.watching = None;
        self.jobs.leave();
        (self.renewal_wanted, self.renewal) = (false, None);
        self.leave_screens();
        self.reading = Reading::default();
        self.query.clear();
        self.facets = facets::Panel::default();
        self.families = Families::default();
        self.pictures = Pictures::default();
        self.screen = Screen::Start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Places;

    #[test]
    fn a_relative_path_is_forgotten_like_any_other_when_nothing_is_there() {
        let home = tempfile::tempdir().unwrap();
        let ctx = egui::Context::default();
        let mut state = State::new(&ctx, Places::below(home.path()));
        state.open(Path::new("no such folder"), true);
        assert!(state.session.as_ref().unwrap().root.is_absolute());
        assert_eq!(state.settings.recent.len(), 1);
        while state.notice.is_none() {
            std::thread::sleep(std::time::Duration::from_millis(3));
            state.take_events();
        }
        assert_eq!(state.screen, Screen::Start);
        assert!(state.settings.recent.is_empty());
    }
}
