//! An open folder that changes: on the disk, or by what the person corrects. It is opened again by way of what was
//! kept of it, and takes the place of what is shown once all of it is there, so that lists and findings always
//! belong together. While a comparison is open it waits: nothing moves under a reader.

use std::path::Path;
use std::sync::Arc;

use super::following::{Compared, Following};
use super::indexing::index;
use super::jobs::{Event, Outcome, Reporter, judge};
use super::keeping::Order;
use super::paths::by_path;
use super::session::Session;
use super::state::State;
use super::watching::Watching;
use crate::article::{Article, Correction, OutletNames};
use crate::ingest::{Folder, OpenError};
use crate::opening::Opening;
use crate::reuse::{self, Findings};
use crate::search::{SearchError, SearchIndex};
use crate::store;
use crate::ui::correct::Correcting;
use crate::ui::deciding::Deciding;
use crate::ui::dialogs::{Dialog, Notice};
use crate::ui::outlets::Naming;
use crate::view::{Columns, Pairs, Screen, Sorts, Tables};
use crate::work::{Stop, Watch};

/// All that is known of a folder, anew.
pub struct Renewal {
    pub folder: Folder,
    pub findings: Arc<Findings>,
    pub tables: Tables,
    pub index: Arc<SearchIndex>,
}

/// Opens a folder again, with its articles as they are shown.
pub(super) fn renew(
    shown: Compared,
    following: &Following,
    stop: Stop,
    reporter: &Reporter,
) -> Outcome {
    let progress = reporter.clone();
    let watch = Watch::new(stop, move |p| progress.send(Event::Progress(p)));
    let root = shown.root.clone();
    let known = following.take(&root);
    let mut opening = Opening::new(&root, Some(&shown.places)).knowing(known);
    let outcome = match renewed(&shown, &mut opening, &watch, reporter) {
        Ok(now) => {
            let detector = opening.take_detector();
            opening.wait();
            following.settle(now, detector, false);
            return Outcome::Done;
        }
        Err(outcome) => outcome,
    };
    following.put(&root, opening.take_detector());
    outcome
}

fn renewed(
    shown: &Compared,
    opening: &mut Opening,
    watch: &Watch,
    reporter: &Reporter,
) -> Result<Compared, Outcome> {
    let Compared {
        root,
        places,
        settings,
        articles: before,
    } = shown;
    let mut folder = match opening.folder(root, watch, &|_| {}) {
        Ok(folder) => folder,
        Err(OpenError::Stopped) => return Err(Outcome::Stopped),
        // What is shown stays; the folder may come back.
        Err(error) => {
            reporter.send(Event::Refused(error.to_string()));
            return Err(Outcome::Stopped);
        }
    };
    keep_the_same(&mut folder.articles, before);
    let articles = folder.articles.clone();
    // What was found before is shown until this is there.
    let Ok(findings) = opening.follow(&articles, settings, watch, None) else {
        return Err(Outcome::Stopped);
    };
    let pairs = Pairs::new(&articles, &findings);
    let columns = Columns::new(&articles);
    let mut tables = Tables::with_pairs(&articles, columns, &findings, pairs, Sorts::default());
    judge(&mut tables, &articles, places);
    let index = match index(&articles, opening.shelf().as_ref(), watch) {
        Ok((index, keeping)) => {
            if let Some(keeping) = keeping {
                keeping.wait();
            }
            index
        }
        Err(SearchError::Stopped(_)) => return Err(Outcome::Stopped),
        Err(error) => return Err(Outcome::Broken(error.to_string())),
    };
    reporter.send(Event::Renewed(Box::new(Renewal {
        folder,
        findings,
        tables,
        index,
    })));
    Ok(Compared {
        root: root.clone(),
        places: places.clone(),
        articles,
        settings: settings.clone(),
    })
}

/// Articles that are the same stay the same in memory too, so that whoever reads one keeps the place.
fn keep_the_same(articles: &mut [Arc<Article>], before: &[Arc<Article>]) {
    for article in articles {
        let at = by_path(before, &article.path);
        if let Some(old) = at.and_then(|at| before.get(at as usize))
            && old == article
        {
            *article = Arc::clone(old);
        }
    }
}

impl State {
    /// The folder has changed on the disk.
    pub(super) fn folder_changed(&mut self, root: &Path) {
        if self
            .session
            .as_ref()
            .is_some_and(|session| session.root == root)
        {
            self.renewal_wanted = true;
        }
    }

    /// Finds out what has changed, or was left when the work was stopped.
    pub(super) fn go_on(&mut self) {
        if let Some(session) = self.session.as_ref().filter(|s| s.phase.is_at_rest()) {
            // A folder that was gone meanwhile is no longer watched.
            self.watching = Some(Watching::new(&session.root, self.jobs.reporter()));
            self.renewal_wanted = true;
        }
    }

    /// Begins what is wanted when nothing else is at work, and shows what is ready when no reader minds.
    pub(super) fn renew_if_wanted(&mut self) {
        let Some(session) = &mut self.session else {
            self.renewal_wanted = false;
            self.renewal = None;
            return;
        };
        if self.renewal_wanted && session.phase.is_at_rest() {
            self.renewal_wanted = false;
            let root = session.root.clone();
            let stop = self
                .jobs
                .renew(root, self.places.clone(), session.articles.clone());
            session.begin(stop);
        }
        if self.screen == Screen::Board
            && self.dialog.is_none()
            && let Some(renewal) = self.renewal.take()
        {
            self.leave_screens();
            self.screen = Screen::Board;
            if let Some(session) = &mut self.session {
                session.take_renewal(*renewal);
            }
        }
    }

    /// Asks what of the selected articles, or of the one in hand, is to be corrected.
    pub(super) fn ask_for_corrections(&mut self, ctx: &egui::Context) {
        let Some(session) = &self.session else { return };
        // What is selected is told above the lists, and nowhere else.
        let selected = self.screen == Screen::Board && !session.selected.is_empty();
        let ids: Vec<u32> = match selected {
            true => session.selected.iter().copied().collect(),
            false => self.article_in_hand(ctx).into_iter().collect(),
        };
        if ids.is_empty() {
            let text =
                "Choose one article or more in the list of articles, then correct them.".to_owned();
            self.notice = Some(Notice { text });
            return;
        }
        let articles = ids
            .iter()
            .filter_map(|id| session.articles.get(*id as usize));
        let corrected = ids.iter().any(|id| session.is_corrected(*id));
        let correcting =
            Correcting::new(ids.clone(), articles.map(|article| &**article), corrected);
        self.dialog = Some(Dialog::Correct(Box::new(correcting)));
    }

    /// Keeps a correction of some articles, or forgets all of theirs; the folder is opened anew when that is done.
    pub(super) fn correct(&mut self, ids: &[u32], correction: Option<Correction>) {
        let Some(session) = &self.session else { return };
        let articles = ids
            .iter()
            .filter_map(|id| session.articles.get(*id as usize));
        let order = Order::Correct {
            root: session.root.clone(),
            articles: articles.cloned().collect(),
            correction,
        };
        self.keeping.send(order, self.jobs.reporter());
    }

    /// Writes the folder's corrections as a table among the person's documents.
    pub(super) fn export_corrections(&mut self) {
        let Some(session) = &self.session else { return };
        let order = Order::Export {
            folder: session.name.clone(),
            articles: session.articles.clone(),
        };
        self.keeping.send(order, self.jobs.reporter());
    }

    /// Asks how outlets are named.
    pub(super) fn ask_for_outlets(&mut self) {
        let folder = self.session.as_ref().map(Session::outlets);
        let naming = Naming::new(folder.unwrap_or_default(), store::outlets(&self.places));
        self.dialog = Some(Dialog::Outlets(Box::new(naming)));
    }

    /// Keeps an outlet's names in place of what was kept under `before`; the folder is opened anew when that is done.
    pub(super) fn keep_outlet(&mut self, outlet: Option<OutletNames>, before: Option<String>) {
        let root = self.session.as_ref().map(|session| session.root.clone());
        let order = Order::Outlet {
            root,
            outlet,
            before,
        };
        self.keeping.send(order, self.jobs.reporter());
    }

    /// Asks what counts as shared.
    pub(super) fn ask_what_counts(&mut self) {
        let deciding = Deciding::new(&self.jobs.detection);
        self.dialog = Some(Dialog::Decide(Box::new(deciding)));
    }

    /// Keeps what counts as shared, and compares the open folder by it.
    pub(super) fn keep_detection(&mut self, detection: reuse::Settings) {
        if detection == self.jobs.detection {
            return;
        }
        self.settings.detection = serde_json::to_value(&detection).unwrap_or_default();
        self.jobs.detection = detection;
        self.save();
        self.renewal_wanted = self.session.is_some();
    }

    /// Writes the person's outlets among their documents.
    pub(super) fn export_outlets(&mut self) {
        self.keeping
            .send(Order::ExportOutlets, self.jobs.reporter());
    }

    /// Forgets what was read of all folders.
    pub(super) fn clear_cache(&mut self) {
        self.keeping.send(Order::ClearCache, self.jobs.reporter());
    }
}
