//! An open folder that changes: on the disk, or by what the person corrects. It is opened again by way of what was
//! kept of it, and takes the place of what is shown once all of it is there, so that lists and findings always
//! belong together. While a comparison is open it waits: nothing moves under a reader.

use std::path::Path;
use std::sync::Arc;

use super::jobs::{Event, Outcome, Reporter};
use super::state::State;
use crate::article::{Article, Correction};
use crate::ingest::{Folder, OpenError, content_id};
use crate::opening::Opening;
use crate::reuse::{self, Findings};
use crate::search::{SearchError, SearchIndex};
use crate::store::{self, Places};
use crate::ui::correct::Correcting;
use crate::ui::dialogs::{Dialog, Notice};
use crate::view::{Columns, List, Pairs, Screen, Sorts, Tables};
use crate::work::{Stop, Watch};

/// All that is known of a folder, anew.
pub struct Renewal {
    pub folder: Folder,
    pub findings: Arc<Findings>,
    pub tables: Tables,
    pub index: Arc<SearchIndex>,
}

/// Opens a folder again. `before` are the articles as they are shown.
pub(super) fn renew(
    root: &Path,
    places: &Places,
    before: &[Arc<Article>],
    stop: Stop,
    reporter: &Reporter,
) -> Outcome {
    let progress = reporter.clone();
    let watch = Watch::new(stop, move |p| progress.send(Event::Progress(p)));
    let mut opening = Opening::new(root, Some(places));
    let mut folder = match opening.folder(root, &watch, &|_| {}) {
        Ok(folder) => folder,
        Err(OpenError::Stopped) => return Outcome::Stopped,
        // What is shown stays; the folder may come back.
        Err(error) => {
            reporter.send(Event::Refused(error.to_string()));
            return Outcome::Done;
        }
    };
    keep_the_same(&mut folder.articles, before);
    let articles = &folder.articles;
    let Ok(findings) = opening.follow(articles, &reuse::Settings::default(), &watch) else {
        return Outcome::Stopped;
    };
    let pairs = Pairs::new(articles, &findings);
    let columns = Columns::new(articles);
    let tables = Tables::with_pairs(articles, columns, &findings, pairs, Sorts::default());
    let index = match SearchIndex::build(articles, &watch) {
        Ok(index) => Arc::new(index),
        Err(SearchError::Stopped(_)) => return Outcome::Stopped,
        Err(error) => return Outcome::Broken(error.to_string()),
    };
    reporter.send(Event::Renewed(Box::new(Renewal {
        folder,
        findings: Arc::new(findings),
        tables,
        index,
    })));
    Outcome::Done
}

/// Articles that are the same stay the same in memory too, so that whoever reads one keeps the place.
fn keep_the_same(articles: &mut [Arc<Article>], before: &[Arc<Article>]) {
    for article in articles {
        let at = before.binary_search_by(|old| old.path.cmp(&article.path));
        if let Some(old) = at.ok().and_then(|at| before.get(at))
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
            session.set_stop(stop);
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

    /// Asks what of the selected articles, or of the current one, is to be corrected.
    pub(super) fn ask_for_corrections(&mut self) {
        let Some(session) = &self.session else { return };
        let ids: Vec<u32> = if self.screen == Screen::Comparison {
            Vec::new()
        } else if session.selected.is_empty() {
            let on_articles = session.list == List::Articles;
            session
                .current_article()
                .filter(|_| on_articles)
                .into_iter()
                .collect()
        } else {
            session.selected.iter().copied().collect()
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
        let corrections = store::corrections(&self.places);
        let corrected = articles
            .clone()
            .any(|article| corrections.contains_key(&content_id(article)));
        let correcting =
            Correcting::new(ids.clone(), articles.map(|article| &**article), corrected);
        self.dialog = Some(Dialog::Correct(Box::new(correcting)));
    }

    /// Keeps a correction of some articles, or forgets all of theirs, and opens the folder anew.
    pub(super) fn correct(&mut self, ids: &[u32], correction: Option<&Correction>) {
        let Some(session) = &self.session else { return };
        let mut corrections = store::corrections(&self.places);
        for article in ids
            .iter()
            .filter_map(|id| session.articles.get(*id as usize))
        {
            let content = content_id(article);
            match correction {
                Some(correction) => corrections.entry(content).or_default().merge(correction),
                None => drop(corrections.remove(&content)),
            }
        }
        match store::save_corrections(&self.places, &corrections) {
            Ok(()) => self.renewal_wanted = true,
            Err(error) => {
                let text = format!(
                    "The correction could not be kept: {error}. Make room on the disk, or let the program write to {}.",
                    self.places.config.display()
                );
                self.notice = Some(Notice { text });
            }
        }
    }

    /// Writes the folder's corrections as a table among the person's documents.
    pub(super) fn export_corrections(&mut self) {
        let Some(session) = &self.session else { return };
        let corrections = store::corrections(&self.places);
        let corrected = session.articles.iter().filter_map(|article| {
            let correction = corrections.get(&content_id(article))?;
            Some((&**article, correction))
        });
        let path = store::documents().join(format!("{} - metadata.csv", session.name));
        let text = match store::export_corrections(&path, corrected) {
            Ok(0) => "No article of this folder has been corrected.".to_owned(),
            Ok(rows) => format!(
                "Corrections of {rows} articles are in {}. Named metadata.csv and put into a folder of the same \
                 articles, the table is read there.",
                path.display()
            ),
            Err(error) => format!(
                "{} could not be written: {error}. Make room on the disk.",
                path.display()
            ),
        };
        self.notice = Some(Notice { text });
    }

    /// Forgets what was read of all folders.
    pub(super) fn clear_cache(&mut self) {
        let text = match store::clear_cache(&self.places) {
            Ok(()) => {
                "What was kept of folders is forgotten; they are read anew when they are opened."
                    .to_owned()
            }
            Err(error) => format!(
                "The cache could not be cleared: {error}. It lies in {}.",
                self.places.cache.display()
            ),
        };
        self.notice = Some(Notice { text });
    }
}
