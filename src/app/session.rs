//! One opened folder: its articles, what was found in them, and what the person has chosen to see.
//!
//! Knows no window: it is fed events and choices, and keeps its [`Board`] true to them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::article::Article;
use crate::ingest::{Batch, Folder, Skipped};
use crate::reuse::Findings;
use crate::search::SearchIndex;
use crate::ui::phrasing::folder_name;
use crate::view::comparison::Comparison;
use crate::view::{Board, Columns, Filter, List, Pairs, Phase, Sort};
use crate::work::{Progress, Stage, Stop};

pub struct Session {
    pub root: PathBuf,
    /// Last part of the path, for titles.
    pub name: String,
    /// In the order of arrival while they are read, by path afterwards.
    pub articles: Vec<Arc<Article>>,
    pub skipped: Vec<Skipped>,
    pub findings: Arc<Findings>,
    pub pairs: Pairs,
    pub index: Option<Arc<SearchIndex>>,
    pub phase: Phase,
    pub filter: Filter,
    pub sort: Sort,
    pub list: List,
    /// Row of the current pair and of the current article in their lists.
    pub cursor: [usize; 2],
    pub board: Board,
    columns: Columns,
    /// Answer to the filter's query; `None` while there is none.
    hits: Option<Vec<u32>>,
    stop: Stop,
    /// The person has chosen a row or a list.
    touched: bool,
    /// When the board was last brought up to date.
    refreshed: Instant,
    /// True when the board no longer shows what it should.
    stale: bool,
    /// True when the articles are others than the columns were made of.
    columns_stale: bool,
}

impl Session {
    pub fn new(root: PathBuf, stop: Stop) -> Self {
        Self {
            name: folder_name(&root),
            root,
            articles: Vec::new(),
            skipped: Vec::new(),
            findings: Arc::default(),
            pairs: Pairs::default(),
            index: None,
            phase: Phase::Working(Progress {
                stage: Stage::Listing,
                done: 0,
                total: 0,
            }),
            filter: Filter::default(),
            sort: Sort::default(),
            list: List::Articles,
            cursor: [0; 2],
            board: Board::default(),
            columns: Columns::default(),
            hits: None,
            stop,
            touched: false,
            refreshed: Instant::now(),
            stale: true,
            columns_stale: true,
        }
    }

    pub fn stop(&self) {
        self.stop.stop();
    }

    pub fn is_stopping(&self) -> bool {
        self.stop.is_stopped()
    }

    pub fn take_batch(&mut self, batch: Batch) {
        match batch {
            Batch::Listed { .. } => {}
            Batch::Articles(articles) => {
                self.articles.extend(articles);
                self.columns_stale = true;
                self.stale = true;
            }
            Batch::Skipped(skipped) => self.skipped.extend(skipped),
        }
    }

    /// All articles are read and settled: they replace what came before.
    pub fn take_folder(&mut self, folder: Folder) {
        // The article that the person has chosen stays current where it moved to.
        let current = self
            .current_article()
            .filter(|_| self.touched)
            .map(|id| self.articles[id as usize].path.clone());
        let preliminary = std::mem::replace(&mut self.articles, folder.articles);
        // Freeing ten thousand texts takes longer than a frame may.
        super::jobs::spawn("free", move || drop(preliminary));
        self.skipped = folder.skipped;
        self.columns_stale = true;
        // At once: the lists' indices are of the articles before.
        self.rebuild();
        if let Some(path) = current {
            let articles = &self.articles;
            let row = self
                .board
                .articles
                .iter()
                .position(|&id| articles[id as usize].path == path);
            self.cursor[1] = row.unwrap_or(0);
        }
    }

    pub fn take_findings(&mut self, findings: Arc<Findings>, pairs: Pairs) {
        let first = self.pairs.0.is_empty() && !pairs.0.is_empty();
        self.findings = findings;
        self.pairs = pairs;
        self.stale = true;
        // What the person came for, unless they are already reading something else.
        if first && !self.touched {
            self.list = List::Pairs;
        }
    }

    pub fn take_hits(&mut self, query: &str, hits: Option<Vec<u32>>) {
        if query == self.filter.query {
            self.hits = hits;
            self.stale = true;
        }
    }

    pub fn take_progress(&mut self, progress: Progress) {
        self.phase = Phase::Working(progress);
    }

    /// The work has ended: `None` = all done, `Some(None)` = stopped, `Some(Some(why))` = broken.
    pub fn finish(&mut self, ended: Option<Option<String>>) {
        self.phase = match (ended, &self.phase) {
            (None, _) => Phase::Ready,
            (Some(Some(why)), _) => Phase::Broken(why),
            (Some(None), Phase::Working(progress)) => Phase::Stopped(progress.stage),
            (Some(None), ended) => ended.clone(),
        };
    }

    /// Changes the filter; the cursors go back to the top, as the rows are others.
    pub fn change_filter(&mut self, change: impl FnOnce(&mut Filter)) {
        change(&mut self.filter);
        if self.filter.query.trim().is_empty() {
            self.hits = None;
        }
        self.cursor = [0; 2];
        self.stale = true;
    }

    pub fn change_sort(&mut self, sort: Sort) {
        self.sort = sort;
        self.cursor[0] = 0;
        self.stale = true;
    }

    /// Brings the board up to date. A few milliseconds for a hundred thousand articles, nothing if
    /// nothing has changed.
    pub fn refresh(&mut self) {
        /// Often enough to watch articles come, seldom enough to leave the frames to the person.
        const PAUSE: Duration = Duration::from_millis(80);
        let coming = self.phase.is_working() && !self.phase.is_read();
        if coming && !self.articles.is_empty() && self.refreshed.elapsed() < PAUSE {
            return;
        }
        if self.stale {
            self.rebuild();
        }
    }

    fn rebuild(&mut self) {
        self.stale = false;
        self.refreshed = Instant::now();
        if std::mem::take(&mut self.columns_stale) {
            self.columns = Columns::new(&self.articles);
        }
        let hits = self.hits.as_deref();
        self.board = Board::new(
            &self.articles,
            &self.columns,
            &self.pairs,
            &self.filter,
            hits,
            self.sort,
        );
        let rows = [self.board.pairs.len(), self.board.articles.len()];
        for (cursor, rows) in self.cursor.iter_mut().zip(rows) {
            *cursor = (*cursor).min(rows.saturating_sub(1));
        }
    }

    pub fn show_list(&mut self, list: List) {
        self.touched = true;
        self.list = list;
    }

    /// Rows of the list that is shown.
    pub fn rows(&self) -> usize {
        match self.list {
            List::Pairs => self.board.pairs.len(),
            List::Articles => self.board.articles.len(),
        }
    }

    /// The current row of the list that is shown.
    pub fn row(&self) -> usize {
        self.cursor[self.list as usize]
    }

    pub fn select_row(&mut self, row: usize) {
        self.touched = true;
        self.cursor[self.list as usize] = row.min(self.rows().saturating_sub(1));
    }

    pub fn move_row(&mut self, by: isize) {
        self.select_row(self.row().saturating_add_signed(by));
    }

    /// The current pair of the pairs' list, as an index into [`Session::pairs`].
    pub fn current_pair(&self) -> Option<u32> {
        self.board
            .pairs
            .get(self.cursor[List::Pairs as usize])
            .copied()
    }

    /// The current article of the articles' list, as an index into [`Session::articles`].
    pub fn current_article(&self) -> Option<u32> {
        self.board
            .articles
            .get(self.cursor[List::Articles as usize])
            .copied()
    }

    /// Two articles ready to be shown, whether they share anything or not.
    pub fn compared(&self, articles: [u32; 2]) -> Comparison {
        let pair = self.pair_of(articles);
        match pair.and_then(|pair| self.pairs.0.get(pair as usize)) {
            Some(pair) => Comparison::new(&self.articles, &self.findings, pair),
            None => Comparison::without_passages(&self.articles, &self.findings, articles),
        }
    }

    /// Makes a pair the current row of its list, if the list shows it.
    pub fn point_at_pair(&mut self, pair: u32) {
        if let Some(row) = self.board.pairs.iter().position(|&shown| shown == pair) {
            self.cursor[List::Pairs as usize] = row;
        }
    }

    /// The pair of two articles, in either order.
    pub fn pair_of(&self, [x, y]: [u32; 2]) -> Option<u32> {
        let is_it =
            |pair: &crate::view::Pair| [[x, y], [y, x]].contains(&[pair.first, pair.second]);
        self.pairs.0.iter().position(is_it).map(|id| id as u32)
    }

    /// The pair in which an article shares most words.
    pub fn strongest_pair(&self, article: u32) -> Option<u32> {
        (0..)
            .zip(&self.pairs.0)
            .filter(|(_, pair)| pair.first == article || pair.second == article)
            .max_by_key(|(id, pair)| (pair.words, std::cmp::Reverse(*id)))
            .map(|(id, _): (u32, _)| id)
    }
}
