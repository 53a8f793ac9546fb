//! One opened folder: its articles, what was found in them, and what the person has chosen to see.
//!
//! Knows no window: it is fed events (`taking.rs`) and choices, and keeps its [`Board`] true to them. What
//! is too large to be counted within a frame it asks for; until then the board before is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::counting::{Articles, Request};
use super::jobs::Jobs;
use super::taking::{Arrived, Coming};
use super::undo::{Step, Touch, Undo};
use crate::article::{PairId, Span, Verdict};
use crate::ingest::Skipped;
use crate::reuse::{Findings, Wanted};
use crate::search::{SearchIndex, Sought};
use crate::ui::compare::Listed;
use crate::ui::phrasing::folder_name;
use crate::view::comparison::Comparison;
use crate::view::{
    BinUnit, Board, Early, Filter, List, Overviews, Phase, Snippets, Sort, Sorts, Tables,
};
use crate::work::{Progress, Stage, Stop};

/// Rows that are counted within a frame, in a millisecond or two.
pub const AT_ONCE: usize = 20_000;

/// What has not said yet how far it has come.
const BEGUN: Progress = Progress {
    stage: Stage::Listing,
    done: 0,
    total: 0,
};

pub struct Session {
    pub root: PathBuf,
    /// Last part of the path, for titles.
    pub name: String,
    /// In the order of arrival while they are read, by path afterwards.
    pub articles: Articles,
    pub skipped: Vec<Skipped>,
    /// Articles that a person has corrected, ascending.
    pub(super) corrected: Vec<usize>,
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
    /// What is shown: of [`Session::tables`], always.
    pub board: Arc<Board>,
    /// Number of the request that the board answers, so that what was made of one can tell that there is
    /// another.
    pub version: u64,
    /// What the pictures show, and the version of the board that they are of.
    pub overviews: Option<(u64, Arc<Overviews>)>,
    /// Where the articles answer the search.
    pub snippets: Snippets,
    /// Answer to the filter's query, and to the text to be carried; `None` while there is none. When the folder has
    /// changed, the ones before stand in for the new ones until these are there.
    pub(super) hits: Option<Arc<[u32]>>,
    pub(super) sought: Option<Arc<Sought>>,
    /// The query that they answer.
    pub(super) answered: String,
    pub(super) carrying: Option<Arc<[u32]>>,
    /// Where each carrier carries it, and the text that they answer.
    pub(super) carried: Arc<BTreeMap<u32, Vec<Span>>>,
    pub(super) answered_carrying: String,
    /// Counts what was marked, for whoever has to notice that it is something else.
    pub(super) marked: u64,
    /// What an article shares, as long as the rest is not found.
    pub early: Option<Early>,
    /// The article that it was asked for, and how to ask.
    pub(super) early_wanted: Option<u32>,
    pub(super) wanted: Wanted,
    /// The articles are all there, in their order; and so is what they share.
    pub(super) settled: bool,
    pub(super) found: bool,
    /// What the person has said of pairs since the folder was opened, by the paths of both sides.
    pub(super) judged: BTreeMap<[String; 2], (PairId, Verdict)>,
    stop: Stop,
    /// The person has chosen a row or a list.
    pub(super) touched: bool,
    /// What takes the place of articles and tables together with their first board.
    pub(super) coming: Option<Box<Coming>>,
    /// Counts tables: of which the next board has to be.
    pub(super) tables_asked: u64,
    /// Number of the last request, when it was made, and of the last for pictures.
    asked: u64,
    asked_at: Instant,
    asked_for_pictures: u64,
    /// The request whose answer begins at the top of all lists.
    to_top: u64,
    /// True when the board no longer shows what it should, and nothing has been asked for.
    pub(super) stale: bool,
    /// Rows up to which a board is made at once.
    at_once: usize,
}

/// What was undone, or done again.
pub enum Stepped {
    Filter,
    Verdict(u32, Verdict),
}

impl Session {
    pub fn new(root: PathBuf, stop: Stop, wanted: Wanted, at_once: usize) -> Self {
        Self {
            name: folder_name(&root),
            root,
            articles: Articles::default(),
            skipped: Vec::new(),
            corrected: Vec::new(),
            findings: Arc::default(),
            tables: Tables::default(),
            index: None,
            phase: Phase::Working(BEGUN),
            filter: Filter::default(),
            undo: Undo::default(),
            sorts: Sorts::default(),
            unit: None,
            list: List::Articles,
            cursor: [0; List::ALL.len()],
            selected: BTreeSet::new(),
            board: Arc::default(),
            version: 0,
            overviews: None,
            snippets: Snippets::default(),
            hits: None,
            sought: None,
            answered: String::new(),
            carrying: None,
            carried: Arc::default(),
            answered_carrying: String::new(),
            judged: BTreeMap::new(),
            marked: 0,
            early: None,
            early_wanted: None,
            wanted,
            settled: false,
            found: false,
            stop,
            touched: false,
            coming: None,
            tables_asked: 0,
            asked: 0,
            asked_at: Instant::now(),
            asked_for_pictures: 0,
            to_top: 0,
            stale: true,
            at_once,
        }
    }

    /// The outlets that have a name, with the number of their articles; by name.
    pub fn outlets(&self) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for article in self.articles.iter() {
            if let Some(name) = article.outlet_name() {
                *counts.entry(name).or_default() += 1;
            }
        }
        let counts = counts.into_iter();
        counts
            .map(|(name, count)| (name.to_owned(), count))
            .collect()
    }

    pub fn is_corrected(&self, article: u32) -> bool {
        self.corrected.binary_search(&(article as usize)).is_ok()
    }

    /// Another job works on this folder now; what is shown stays until it is done.
    pub fn begin(&mut self, stop: Stop) {
        self.stop = stop;
        self.phase = match self.phase {
            Phase::Ready | Phase::Outdated => Phase::Renewing(BEGUN),
            _ => Phase::Working(BEGUN),
        };
    }

    pub fn stop(&self) {
        self.stop.stop();
    }

    pub fn is_stopping(&self) -> bool {
        self.stop.is_stopped()
    }

    /// Changes the filter, so that it can be undone; the cursors go back to the top, as the rows are others.
    pub fn change_filter(&mut self, touch: Touch, change: impl FnOnce(&mut Filter)) {
        let before = self.filter.clone();
        change(&mut self.filter);
        if self.filter != before {
            let was_stale = self.stale;
            self.filter_changed(&before);
            self.undo.remember(Step::Filter(Box::new(before)), touch);
            // What is shown stays until the new query is answered: nothing to be counted before.
            if touch == Touch::Typing && !self.filter.query.trim().is_empty() {
                self.stale = was_stale;
            }
        }
    }

    /// One step back, or forth again. Returns what was changed, for whoever has to follow; `None` where
    /// there is nothing to undo.
    pub fn step_back(&mut self, redo: bool) -> Option<Stepped> {
        let mut undo = std::mem::take(&mut self.undo);
        let mut stepped = None;
        undo.step(redo, |step| match step {
            Step::Filter(filter) => {
                let before = std::mem::replace(&mut self.filter, *filter);
                self.filter_changed(&before);
                stepped = Some(Stepped::Filter);
                Some(Step::Filter(Box::new(before)))
            }
            Step::Verdict { pair, verdict } => {
                // A pair that is gone has nothing to take back.
                let number = self.pair_by_path(&pair)?;
                let before = self.judge(number, verdict.clone());
                stepped = Some(Stepped::Verdict(number, verdict));
                Some(Step::Verdict {
                    pair,
                    verdict: before,
                })
            }
        });
        self.undo = undo;
        stepped
    }

    fn filter_changed(&mut self, before: &Filter) {
        if self.filter.query.trim().is_empty() {
            (self.hits, self.sought) = (None, None);
            self.answered.clear();
            self.mark();
        }
        if self.filter.carrying != before.carrying {
            (self.carrying, self.carried) = (None, Arc::default());
            self.answered_carrying.clear();
            self.mark();
        }
        self.to_top = self.asked + 1;
        self.stale = true;
    }

    /// Sorts a list.
    pub fn change_sort(&mut self, list: List, sort: Sort) {
        self.sorts.set(list, sort);
        self.to_top = self.asked + 1;
        self.stale = true;
    }

    /// True while what was asked for has not been answered yet.
    pub fn is_waiting(&self) -> bool {
        let query = &self.filter.query;
        !query.trim().is_empty() && self.answered != *query || self.is_finding()
    }

    /// True while it is being found out who carries a text: that may take seconds.
    pub fn is_finding(&self) -> bool {
        let text = &self.filter.carrying;
        !text.trim().is_empty() && self.answered_carrying != *text
    }

    /// True where nothing that is asked for will be answered: the work ended before there was an index.
    pub fn is_without_index(&self) -> bool {
        self.index.is_none() && self.coming.is_none() && self.phase.is_at_rest()
    }

    pub fn set_unit(&mut self, unit: Option<BinUnit>) {
        self.unit = unit;
        self.stale = true;
    }

    /// Asks for what is no longer as it should be: answered at once where that takes no longer than a
    /// frame may, by a worker else. What the worker says goes to [`Session::take_counted`].
    pub fn refresh(&mut self, jobs: &Jobs) -> Arrived {
        /// Often enough to watch articles come, seldom enough to leave the processor to the reading.
        const PAUSE: Duration = Duration::from_millis(80);
        // What is about to take the place of all that has been shown does not wait for answers about that.
        let reading = self.phase.is_working() && !self.settled && self.coming.is_none();
        if reading
            && !self.tables.columns.is_empty()
            && (self.version != self.asked || self.asked_at.elapsed() < PAUSE)
        {
            return Arrived::default();
        }
        let wants_pictures = self.list == List::Pictures;
        let pictures_due = wants_pictures && self.asked_for_pictures != self.asked;
        if !self.stale && !pictures_due {
            return Arrived::default();
        }
        if std::mem::take(&mut self.stale) {
            self.asked += 1;
            self.asked_at = Instant::now();
        }
        if wants_pictures {
            self.asked_for_pictures = self.asked;
        }
        let request = self.request(wants_pictures);
        let mut arrived = Arrived::default();
        if request.rows() <= self.at_once {
            request.answer(|counted| arrived.add(self.take_counted(counted)));
        } else {
            jobs.count(request);
        }
        arrived
    }

    fn request(&self, with_pictures: bool) -> Request {
        let (articles, tables) = match &self.coming {
            Some(coming) => (&coming.articles, &coming.tables),
            None => (&self.articles, &self.tables),
        };
        let in_order = Tables::order_reads_articles(self.sorts);
        let is_made = self.version == self.asked && self.coming.is_none();
        Request {
            number: self.asked,
            of: self.tables_asked,
            tables: tables.clone(),
            articles: if in_order {
                articles.clone()
            } else {
                Articles::default()
            },
            sorts: self.sorts,
            filter: self.filter.clone(),
            query: self.hits.clone(),
            carrying: self.carrying.clone(),
            unit: self.unit,
            made: is_made.then(|| Arc::clone(&self.board)),
            with_pictures,
        }
    }

    /// True while what is shown is not yet what was asked for.
    pub fn is_counting(&self) -> bool {
        self.version != self.asked || self.stale
    }

    /// True while the pictures are of another board than the one that is shown, or of none.
    pub fn overviews_are_due(&self) -> bool {
        self.overviews.as_ref().map(|(of, _)| *of) != Some(self.version)
    }

    /// How long a person has been waiting for it; `None` where all is as it should be.
    pub fn counting_for(&self) -> Option<Duration> {
        (self.version != self.asked).then(|| self.asked_at.elapsed())
    }

    /// Whether an answer puts the lists back to their tops: after a choice, until all that was asked for is answered
    /// or the person has gone on from there.
    pub(super) fn is_for_top(&mut self, number: u64) -> bool {
        let is_so = self.to_top > 0 && number >= self.to_top;
        if is_so && !self.is_waiting() {
            self.to_top = 0;
        }
        is_so
    }

    /// Keeps every current row within its list.
    pub(super) fn clamp_rows(&mut self) {
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

    /// The person has chosen something in the lists; nothing leads away from there.
    pub(super) fn touch(&mut self) {
        self.touched = true;
        self.to_top = 0;
    }

    pub fn select_row(&mut self, row: usize) {
        self.touch();
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
        if let Some(pair) = pair.and_then(|pair| self.tables.pairs.0.get(pair as usize)) {
            return Comparison::new(&self.articles, &self.findings, pair);
        }
        let early = self.early.as_ref();
        match early.and_then(|early| Some((early, early.pair_of(articles)?))) {
            Some((early, pair)) => Comparison::new(&self.articles, &early.findings, pair),
            None => Comparison::without_passages(&self.articles, &self.findings, articles),
        }
    }

    /// Makes a pair the current row of its list, if the list shows it.
    pub fn point_at_pair(&mut self, pair: u32) {
        if let Some(row) = self.board.pairs.iter().position(|&shown| shown == pair) {
            self.cursor[List::Pairs as usize] = row;
        }
    }

    /// Where the list of pairs shows the pair of two articles.
    pub fn listed(&self, articles: [u32; 2]) -> Listed {
        let Some(pair) = self.pair_of(articles) else {
            return Listed::NotYet;
        };
        let pairs = &self.board.pairs;
        let current = self.cursor[List::Pairs as usize];
        let row = match pairs.get(current) == Some(&pair) {
            true => Some(current),
            false => pairs.iter().position(|&shown| shown == pair),
        };
        match row {
            Some(row) => Listed::At {
                row,
                rows: pairs.len(),
            },
            None if self.is_counting() || self.filter.restrictions().is_empty() => Listed::NotYet,
            None => Listed::Hidden,
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
