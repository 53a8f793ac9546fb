//! What workers send, taken into the session. Articles, findings and tables change hands together with their
//! first board, so that a list never shows rows of one folder under the counts of another.

use std::sync::Arc;

use super::counting::{Articles, Counted, What};
use super::judging::judge_again;
use super::paths::by_path;
use super::renewing::Renewal;
use super::session::Session;
use crate::article::Article;
use crate::ingest::{Batch, Folder, Skipped};
use crate::reuse::{Carrier, Findings};
use crate::search::{Answer, SearchIndex};
use crate::view::{List, Phase, Snippets, Tables};
use crate::work::Progress;

/// What takes the place of what is shown.
pub struct Coming {
    pub articles: Articles,
    pub tables: Tables,
    findings: Arc<Findings>,
    /// The findings are there, and not still to come.
    found: bool,
    /// Files that were not read, and articles that a person has corrected, ascending.
    told: Option<(Vec<Skipped>, Vec<usize>)>,
    index: Option<Arc<SearchIndex>>,
    /// The rows that the person stands on are kept, by what they are about.
    keep_rows: bool,
}

/// What has taken the place of what was shown, for whoever shows parts of it elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    pub articles: bool,
    pub findings: bool,
    /// There is an index that has not been asked yet.
    pub index: bool,
    /// The rows of the lists, be it of the same articles and findings.
    pub rows: bool,
}

impl Arrived {
    pub fn add(&mut self, other: Self) {
        self.articles |= other.articles;
        self.findings |= other.findings;
        self.index |= other.index;
        self.rows |= other.rows;
    }
}

impl Session {
    pub fn take_batch(&mut self, batch: Batch) {
        match batch {
            Batch::Listed { .. } => {}
            Batch::Articles(articles) => {
                self.tables.push(&articles);
                Arc::make_mut(&mut self.articles).extend(articles);
                self.stale = true;
            }
            Batch::Skipped(skipped) => self.skipped.extend(skipped),
        }
    }

    /// All articles are read and settled: they replace what came before. `tables` are theirs.
    pub fn take_folder(&mut self, folder: Folder, tables: Tables) {
        self.expect(Coming {
            articles: Arc::new(folder.articles),
            tables,
            findings: Arc::default(),
            found: false,
            told: Some((folder.skipped, folder.corrected)),
            index: None,
            keep_rows: self.touched,
        });
    }

    /// The folder as it is now, all at once; the current rows stay on what they were about.
    pub fn take_renewal(&mut self, renewal: Renewal) {
        let Renewal {
            folder,
            findings,
            tables,
            index,
        } = renewal;
        // What was found is of the articles before: it holds until the search, asked again, is answered.
        let coming = self.coming.as_ref();
        let before = coming.map_or(&self.articles, |coming| &coming.articles);
        let again = |found: &Arc<[u32]>| -> Arc<[u32]> {
            let old = found.iter().filter_map(|&id| before.get(id as usize));
            let new = old.filter_map(|article| by_path(&folder.articles, &article.path));
            new.collect()
        };
        let hits = self.hits.as_ref().map(again);
        (self.carrying, self.hits) = (self.carrying.as_ref().map(again), hits);
        self.expect(Coming {
            articles: Arc::new(folder.articles),
            tables,
            findings,
            found: true,
            told: Some((folder.skipped, folder.corrected)),
            index: Some(index),
            keep_rows: true,
        });
    }

    pub fn take_findings(&mut self, findings: Arc<Findings>, tables: Tables) {
        let coming = match self.coming.take() {
            Some(coming) => Coming {
                tables,
                findings,
                found: true,
                ..*coming
            },
            None => Coming {
                articles: Arc::clone(&self.articles),
                tables,
                findings,
                found: true,
                told: None,
                index: None,
                keep_rows: self.touched,
            },
        };
        self.expect(coming);
    }

    /// The index of what is shown or about to be. True where it can be asked.
    pub fn take_index(&mut self, index: Arc<SearchIndex>) -> bool {
        match &mut self.coming {
            Some(coming) => coming.index = Some(index),
            None => self.index = Some(index),
        }
        self.coming.is_none()
    }

    /// False for answers of an index of other articles than those that are shown or about to be.
    pub fn is_answered_by(&self, index: &Arc<SearchIndex>) -> bool {
        let is_leaving = self
            .coming
            .as_ref()
            .is_some_and(|coming| coming.index.is_some());
        let own = self.index.as_ref().filter(|_| !is_leaving);
        own.is_some_and(|own| Arc::ptr_eq(own, index))
    }

    fn expect(&mut self, mut coming: Coming) {
        judge_again(&self.judged, &coming.articles, &mut coming.tables);
        self.coming = Some(Box::new(coming));
        self.tables_asked += 1;
        self.stale = true;
    }

    /// A board or pictures, made of what is shown or of what is to be.
    pub fn take_counted(&mut self, counted: Counted) -> Arrived {
        let Counted { number, of, what } = counted;
        if of != self.tables_asked {
            return Arrived::default();
        }
        match what {
            What::Pictures(overviews) => {
                if number == self.version {
                    self.overviews = Some((number, overviews));
                }
                Arrived::default()
            }
            What::Board { board, orders } => {
                let stood = self.rows_by_path();
                let mut arrived = Arrived::default();
                // While articles arrive, the list runs on under the row.
                let mut keep_rows = self.touched && self.settled;
                if let Some(coming) = self.coming.take() {
                    keep_rows = coming.keep_rows;
                    arrived = self.replace(*coming);
                }
                self.board = board;
                self.tables.orders = orders;
                self.version = number;
                let to_top = self.is_for_top(number);
                if to_top {
                    self.cursor = [0; List::ALL.len()];
                }
                if keep_rows && (arrived.articles || !to_top) {
                    self.stand_on(&stood);
                }
                self.clamp_rows();
                Arrived {
                    rows: true,
                    ..arrived
                }
            }
        }
    }

    fn replace(&mut self, coming: Coming) -> Arrived {
        let Coming {
            articles,
            tables,
            findings,
            found,
            told,
            index,
            ..
        } = coming;
        let first = self.tables.pairs.0.is_empty() && !tables.pairs.0.is_empty();
        let arrived = Arrived {
            articles: !Arc::ptr_eq(&articles, &self.articles),
            findings: !Arc::ptr_eq(&findings, &self.findings),
            index: index.is_some(),
            rows: true,
        };
        let old = (
            std::mem::replace(&mut self.articles, articles),
            std::mem::replace(&mut self.tables, tables),
            std::mem::replace(&mut self.findings, findings),
            std::mem::take(&mut self.board),
            self.overviews.take(),
        );
        (self.settled, self.found) = (true, found);
        if found {
            self.early = None;
        }
        if let Some((skipped, corrected)) = told {
            (self.skipped, self.corrected) = (skipped, corrected);
        }
        if index.is_some() {
            self.index = index;
            self.carried = Arc::default();
            self.answered_carrying.clear();
            self.answered.clear();
        }
        if arrived.articles {
            let selected = self.selected.iter();
            let selected = selected.filter_map(|&id| old.0.get(id as usize));
            self.selected = selected
                .filter_map(|article| self.by_path(&article.path))
                .collect();
            self.mark();
        }
        // What the person came for, unless they are already reading something else.
        if first && !self.touched {
            self.list = List::Pairs;
        }
        // Freeing a hundred thousand texts takes longer than a frame may.
        super::jobs::spawn("free", move || drop(old));
        arrived
    }

    pub fn take_answer(&mut self, query: &str, answer: Option<Answer>) {
        if query != self.filter.query {
            return;
        }
        query.clone_into(&mut self.answered);
        let (hits, sought) = answer.map_or((None, None), |answer| {
            (Some(answer.articles), Some(answer.sought))
        });
        self.hits = hits.map(Arc::from);
        self.sought = sought.map(Arc::new);
        self.mark();
        self.stale = true;
    }

    /// Articles that carry the text that was asked for, and where.
    pub fn take_carriers(&mut self, text: &str, carriers: &[Carrier]) {
        if text != self.filter.carrying {
            return;
        }
        let articles = carriers.iter().map(|carrier| carrier.article);
        self.carrying = Some(articles.collect());
        text.clone_into(&mut self.answered_carrying);
        let spans = carriers
            .iter()
            .map(|carrier| (carrier.article, carrier.spans.clone()));
        self.carried = Arc::new(spans.collect());
        self.mark();
        self.stale = true;
    }

    /// Marks in the articles where they answer: the query, the text to be carried, or both.
    pub(super) fn mark(&mut self) {
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

    pub fn take_progress(&mut self, progress: Progress) {
        self.phase = match self.phase {
            Phase::Renewing(_) => Phase::Renewing(progress),
            _ => Phase::Working(progress),
        };
    }

    /// The work has ended: `None` = all done, `Some(None)` = stopped, `Some(Some(why))` = broken.
    pub fn finish(&mut self, ended: Option<Option<String>>) {
        self.phase = match (ended, &self.phase) {
            (None, _) => Phase::Ready,
            (Some(Some(why)), _) => Phase::Broken(why),
            (Some(None), Phase::Working(progress)) => Phase::Stopped(progress.stage),
            (Some(None), Phase::Renewing(_)) => Phase::Outdated,
            (Some(None), ended) => ended.clone(),
        };
    }
}
