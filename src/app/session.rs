//! One opened folder: its articles, what was found in them, and what the person has chosen to see.
//!
//! Knows no window: it is fed events and choices, and keeps its [`Board`] true to them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::renewing::Renewal;
use super::undo::{Touch, Undo};
use crate::article::{Article, Span};
use crate::ingest::{Batch, Folder, Skipped};
use crate::reuse::{Carrier, Findings};
use crate::search::{Answer, SearchIndex, Sought};
use crate::ui::phrasing::folder_name;
use crate::view::comparison::Comparison;
use crate::view::{
    BinUnit, Board, Columns, Filter, Hits, List, Phase, Snippets, Sort, Sorts, Tables,
};
use crate::work::{Progress, Stage, Stop};

pub struct Session {
    pub root: PathBuf,
    /// Last part of the path, for titles.
    pub name: String,
    /// In the order of arrival while they are read, by path afterwards.
    pub articles: Vec<Arc<Article>>,
    pub skipped: Vec<Skipped>,
    pub findings: Arc<Findings>,
    /// What lists, facets and pictures look up.
    pub tables: Tables,
    pub index: Option<Arc<SearchIndex>>,
    pub phase: Phase,
    pub filter: Filter,
    pub undo: Undo,
    pub sorts: Sorts,
    /// Bins of the histogram; `None` = as fits.
    pub unit: Option<BinUnit>,
    pub list: List,
    /// Current row of each list.
    pub cursor: [usize; List::ALL.len()],
    /// Articles that are selected beside the current one.
    pub selected: BTreeSet<u32>,
    pub board: Board,
    /// Counts the boards, so that what was made of one can tell that there is another.
    pub version: u64,
    /// Where the articles answer the search.
    pub snippets: Snippets,
    /// Answer to the filter's query, and to the text to be carried; `None` while there is none.
    hits: Option<Vec<u32>>,
    sought: Option<Arc<Sought>>,
    /// The query that they answer.
    answered: String,
    carrying: Option<Vec<u32>>,
    /// Where each carrier carries it, and the text that was asked for.
    carried: Arc<BTreeMap<u32, Vec<Span>>>,
    asked_to_carry: String,
    /// Counts what was marked, for whoever has to notice that it is something else.
    marked: u64,
    stop: Stop,
    /// The person has chosen a row or a list.
    touched: bool,
    /// When the board was last brought up to date.
    refreshed: Instant,
    /// True when the board no longer shows what it should.
    stale: bool,
    /// True when there are articles that the list's order does not know.
    order_stale: bool,
}

impl Session {
    pub fn new(root: PathBuf, stop: Stop) -> Self {
        Self {
            name: folder_name(&root),
            root,
            articles: Vec::new(),
            skipped: Vec::new(),
            findings: Arc::default(),
            tables: Tables::default(),
            index: None,
            phase: Phase::Working(Progress {
                stage: Stage::Listing,
                done: 0,
                total: 0,
            }),
            filter: Filter::default(),
            undo: Undo::default(),
            sorts: Sorts::default(),
            unit: None,
            list: List::Articles,
            cursor: [0; List::ALL.len()],
            selected: BTreeSet::new(),
            board: Board::default(),
            version: 0,
            snippets: Snippets::default(),
            hits: None,
            sought: None,
            answered: String::new(),
            carrying: None,
            carried: Arc::default(),
            asked_to_carry: String::new(),
            marked: 0,
            stop,
            touched: false,
            refreshed: Instant::now(),
            stale: true,
            order_stale: true,
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
                self.tables.columns.push(&articles);
                self.articles.extend(articles);
                self.order_stale = true;
                self.stale = true;
            }
            Batch::Skipped(skipped) => self.skipped.extend(skipped),
        }
    }

    /// All articles are read and settled: they replace what came before. `columns` are theirs.
    pub fn take_folder(&mut self, folder: Folder, columns: Columns) {
        // The article that the person has chosen stays current where it moved to.
        let current = self
            .current_article()
            .filter(|_| self.touched)
            .map(|id| self.articles[id as usize].path.clone());
        let preliminary = std::mem::replace(&mut self.articles, folder.articles);
        // Freeing ten thousand texts takes longer than a frame may.
        super::jobs::spawn("free", move || drop(preliminary));
        self.skipped = folder.skipped;
        self.tables = Tables::unrelated(&self.articles, columns, self.sorts);
        self.order_stale = false;
        self.selected.clear();
        // At once: the lists' indices are of the articles before.
        self.rebuild();
        if let Some(path) = current {
            let articles = &self.articles;
            let row = self
                .board
                .articles
                .iter()
                .position(|&id| articles[id as usize].path == path);
            self.cursor[List::Articles as usize] = row.unwrap_or(0);
        }
    }

    /// Another job works on this folder now.
    pub fn set_stop(&mut self, stop: Stop) {
        self.stop = stop;
    }

    /// The folder as it is now, all at once; the current rows stay on what they were about.
    pub fn take_renewal(&mut self, renewal: Renewal) {
        let path = |id: u32| {
            self.articles
                .get(id as usize)
                .map(|article| article.path.clone())
        };
        let article = self.current_article().and_then(path);
        let pair = self.current_pair().and_then(|pair| {
            let pair = self.tables.pairs.0.get(pair as usize)?;
            Some([path(pair.first)?, path(pair.second)?])
        });
        let Renewal {
            folder,
            findings,
            tables,
            index,
        } = renewal;
        let columns = Columns::new(&folder.articles);
        self.take_folder(folder, columns);
        self.take_findings(findings, tables);
        self.index = Some(index);
        // What was found and marked is of the articles before; the search is asked again.
        self.hits = None;
        self.carrying = None;
        self.carried = Arc::default();
        self.asked_to_carry.clear();
        self.rebuild();
        let id = |path: &String| {
            let at = self.articles.binary_search_by(|a| a.path.cmp(path)).ok()?;
            u32::try_from(at).ok()
        };
        let article = article.as_ref().and_then(id);
        let pair = pair
            .as_ref()
            .and_then(|[a, b]| self.pair_of([id(a)?, id(b)?]));
        if let Some(row) = article.and_then(|id| self.board.articles.iter().position(|&a| a == id))
        {
            self.cursor[List::Articles as usize] = row;
        }
        if let Some(pair) = pair {
            self.point_at_pair(pair);
        }
    }

    pub fn take_findings(&mut self, findings: Arc<Findings>, tables: Tables) {
        let first = self.tables.pairs.0.is_empty() && !tables.pairs.0.is_empty();
        let sorts_changed = self.sorts != tables.orders.sorts();
        self.findings = findings;
        let old = std::mem::replace(&mut self.tables, tables);
        super::jobs::spawn("free", move || drop(old));
        if sorts_changed {
            for list in List::ALL {
                self.tables.sort(&self.articles, list, self.sorts);
            }
        }
        self.order_stale = false;
        self.stale = true;
        // What the person came for, unless they are already reading something else.
        if first && !self.touched {
            self.list = List::Pairs;
        }
    }

    pub fn take_answer(&mut self, query: &str, answer: Option<Answer>) {
        if query != self.filter.query {
            return;
        }
        query.clone_into(&mut self.answered);
        let (hits, sought) = answer.map_or((None, None), |answer| {
            (Some(answer.articles), Some(answer.sought))
        });
        self.hits = hits;
        self.sought = sought.map(Arc::new);
        self.mark();
    }

    /// Articles that carry the text that was asked for, and where.
    pub fn take_carriers(&mut self, text: &str, carriers: &[Carrier]) {
        if text != self.filter.carrying {
            return;
        }
        self.carrying = Some(carriers.iter().map(|carrier| carrier.article).collect());
        let spans = carriers
            .iter()
            .map(|carrier| (carrier.article, carrier.spans.clone()));
        self.carried = Arc::new(spans.collect());
        self.mark();
    }

    /// Marks in the articles where they answer: the query, the text to be carried, or both.
    fn mark(&mut self) {
        self.stale = true;
        let (sought, carried) = (self.sought.clone(), Arc::clone(&self.carried));
        if sought.is_none() && carried.is_empty() {
            self.snippets = Snippets::default();
            return;
        }
        let marker = move |id: u32, article: &Article| {
            let mut marks = sought
                .as_ref()
                .map_or_else(Vec::new, |sought| sought.marks(article));
            marks.extend(carried.get(&id).into_iter().flatten());
            marks.sort_unstable();
            marks
        };
        self.marked += 1;
        self.snippets = Snippets::new(self.marked, Arc::new(marker));
    }

    /// Lists in other orders, worked out beside the window.
    pub fn take_orders(&mut self, sorts: Sorts, tables: Tables) {
        if sorts == self.sorts && Arc::ptr_eq(&tables.pairs, &self.tables.pairs) {
            self.tables.orders = tables.orders;
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

    /// Changes the filter, so that it can be undone; the cursors go back to the top, as the rows are others.
    pub fn change_filter(&mut self, touch: Touch, change: impl FnOnce(&mut Filter)) {
        let before = self.filter.clone();
        change(&mut self.filter);
        if self.filter != before {
            let was_stale = self.stale;
            self.undo.remember(before, touch);
            self.filter_changed();
            // What is shown stays until the new query is answered: nothing to be counted before.
            if touch == Touch::Typing && !self.filter.query.trim().is_empty() {
                self.stale = was_stale;
            }
        }
    }

    /// The filter as it was before the last change, or after the one that was undone. False where there
    /// is none.
    pub fn step_back(&mut self, redo: bool) -> bool {
        let current = self.filter.clone();
        let Some(filter) = self.undo.step(current, redo) else {
            return false;
        };
        self.filter = filter;
        self.filter_changed();
        true
    }

    fn filter_changed(&mut self) {
        if self.filter.query.trim().is_empty() {
            (self.hits, self.sought) = (None, None);
            self.answered.clear();
            self.mark();
        }
        if self.filter.carrying != self.asked_to_carry {
            self.asked_to_carry.clone_from(&self.filter.carrying);
            (self.carrying, self.carried) = (None, Arc::default());
            self.mark();
        }
        self.cursor = [0; List::ALL.len()];
        self.stale = true;
    }

    /// Sorts a list. True where it is too long to be sorted within a frame: then somebody else has to.
    pub fn change_sort(&mut self, list: List, sort: Sort) -> bool {
        /// Rows that are sorted in a few milliseconds.
        const FEW: usize = 20_000;
        self.sorts.set(list, sort);
        self.cursor[list as usize] = 0;
        let rows = match list {
            List::Pairs | List::Pictures => self.tables.pairs.0.len(),
            List::Articles => self.articles.len(),
            List::Families => self.tables.links.families.len(),
        };
        if rows <= FEW {
            self.tables.sort(&self.articles, list, self.sorts);
            self.stale = true;
        }
        rows > FEW
    }

    /// True while what was asked for has not been answered yet.
    pub fn is_waiting(&self) -> bool {
        let asked = |text: &str| !text.trim().is_empty();
        asked(&self.filter.query) && self.answered != self.filter.query
            || asked(&self.filter.carrying) && self.carrying.is_none()
    }

    /// True while a text is asked for and nobody has said who carries it.
    pub fn is_waiting_for_carriers(&self) -> bool {
        self.carrying.is_none()
    }

    pub fn set_unit(&mut self, unit: Option<BinUnit>) {
        self.unit = unit;
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
        self.version += 1;
        if std::mem::take(&mut self.order_stale) {
            self.tables.sort(&self.articles, List::Articles, self.sorts);
        }
        let hits = Hits {
            query: self.hits.as_deref(),
            carrying: self.carrying.as_deref(),
        };
        self.board = Board::new(&self.tables, &self.filter, hits, self.unit);
        for list in List::ALL {
            let rows = self.rows_of(list);
            let cursor = &mut self.cursor[list as usize];
            *cursor = (*cursor).min(rows.saturating_sub(1));
        }
    }

    pub fn show_list(&mut self, list: List) {
        self.touched = true;
        self.list = list;
    }

    /// Rows of the list that is shown.
    pub fn rows(&self) -> usize {
        self.rows_of(self.list)
    }

    fn rows_of(&self, list: List) -> usize {
        match list {
            List::Pairs => self.board.pairs.len(),
            List::Articles => self.board.articles.len(),
            List::Families => self.board.families.len(),
            List::Pictures => 0,
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

    /// Selects an article beside those that are, or no longer.
    pub fn toggle_selected(&mut self, article: u32) {
        if !self.selected.remove(&article) {
            self.selected.insert(article);
        }
    }

    /// Selects all articles from the current row to another, which becomes the current one.
    pub fn select_to(&mut self, row: usize) {
        let from = self.row();
        self.select_row(row);
        let (low, high) = (from.min(self.row()), from.max(self.row()));
        if self.list == List::Articles && !self.board.articles.is_empty() {
            self.selected.extend(&self.board.articles[low..=high]);
        }
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

    /// The current family of the families' list, as an index into the findings' families.
    pub fn current_family(&self) -> Option<u32> {
        self.board
            .families
            .get(self.cursor[List::Families as usize])
            .copied()
    }

    /// Two articles ready to be shown, whether they share anything or not.
    pub fn compared(&self, articles: [u32; 2]) -> Comparison {
        let pair = self.pair_of(articles);
        match pair.and_then(|pair| self.tables.pairs.0.get(pair as usize)) {
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
    pub fn pair_of(&self, articles: [u32; 2]) -> Option<u32> {
        self.tables.links.pair_of(&self.tables.pairs, articles)
    }

    /// The pair in which an article shares most words.
    pub fn strongest_pair(&self, article: u32) -> Option<u32> {
        self.tables.links.pairs_of(article).next()
    }
}
