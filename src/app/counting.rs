//! What lists, facets and pictures show, counted beside the window: a large folder has millions of pairs, and
//! a frame has no time for them. The newest request wins; what is shown stays until it is answered. Nothing
//! here knows the session.

use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender};

use super::jobs::Event;
use crate::article::Article;
use crate::view::{BinUnit, Board, Filter, Hits, Orders, Overviews, Sorts, Tables};

/// The articles of a folder, shared with whoever works on them.
pub type Articles = Arc<Vec<Arc<Article>>>;

/// All that a board is made of.
pub struct Request {
    /// Counts requests.
    pub number: u64,
    /// Which tables these are: what was made of others can't be shown beside them.
    pub of: u64,
    pub tables: Tables,
    /// Empty unless the order of the lists has to look at them.
    pub articles: Articles,
    pub sorts: Sorts,
    pub filter: Filter,
    pub query: Option<Arc<[u32]>>,
    pub carrying: Option<Arc<[u32]>>,
    pub unit: Option<BinUnit>,
    /// The board, where it is made already and only the pictures are asked for.
    pub made: Option<Arc<Board>>,
    pub with_pictures: bool,
}

/// An answer, or the first half of one: lists and facets do not wait for the pictures.
pub struct Counted {
    pub number: u64,
    pub of: u64,
    pub what: What,
}

pub enum What {
    Board { board: Arc<Board>, orders: Orders },
    Pictures(Arc<Overviews>),
}

impl Request {
    /// Rows that are looked at.
    pub fn rows(&self) -> usize {
        self.tables.pairs.0.len() + self.tables.columns.len()
    }

    pub fn answer(mut self, mut emit: impl FnMut(Counted)) {
        let (number, of) = (self.number, self.of);
        let mut tell = |what| emit(Counted { number, of, what });
        let board = match self.made.take() {
            Some(board) => board,
            None => {
                self.tables.order(&self.articles, self.sorts);
                let hits = Hits {
                    query: self.query.as_deref(),
                    carrying: self.carrying.as_deref(),
                };
                let board = Board::new(&self.tables, &self.filter, hits, self.unit);
                let board = Arc::new(board);
                tell(What::Board {
                    board: Arc::clone(&board),
                    orders: self.tables.orders.clone(),
                });
                board
            }
        };
        if self.with_pictures {
            let overviews = Overviews::new(&board, &self.tables);
            tell(What::Pictures(Arc::new(overviews)));
        }
    }
}

/// Answers the newest request; those it overtook are not worth the work.
pub fn answer_requests(
    asked: &Receiver<(u64, Request)>,
    answers: &Sender<(u64, Event)>,
    window: &egui::Context,
) {
    while let Ok(first) = asked.recv() {
        let (generation, request) = asked.try_iter().last().unwrap_or(first);
        request.answer(|counted| {
            // The window may be gone already; then nobody needs to know.
            let _ = answers.send((generation, Event::Counted(Box::new(counted))));
            window.request_repaint();
        });
    }
}
