//! Overviews as numbers: who shares words with whom, and how much of what each outlet printed is its own.
//! The window paints them and lists them; neither adds anything.

use std::sync::Arc;

use super::{Bin, Board, Facet, Tables, TextGraph};

/// All pictures' numbers, of what a board shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overviews {
    pub matrix: Matrix,
    pub texts: TextGraph,
    pub volumes: Volumes,
}

impl Overviews {
    /// Looks at every pair and article that the board shows: for a large folder that is work for a worker.
    pub fn new(board: &Board, tables: &Tables) -> Self {
        Self {
            matrix: Matrix::new(board, tables),
            texts: TextGraph::new(board, tables),
            volumes: Volumes::new(board, tables),
        }
    }
}

/// Shared words between outlets, in both directions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// Outlets that share text, most shared words first, as values of [`Facet::Outlet`].
    pub outlets: Vec<u32>,
    /// `outlets` × `outlets`: row = printed first, column = printed later.
    cells: Vec<Cell>,
    /// Outlets left out because there are more than anybody can look at.
    pub left_out: usize,
    /// The largest number of a cell that is not on the diagonal; at least 1.
    pub largest: u64,
    /// Rows and columns of all cells that hold anything, most words first.
    pub filled: Vec<(usize, usize)>,
}

/// What two outlets share, or what one shares with itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Words that the row's outlet printed on an earlier day.
    pub words: u64,
    /// Words printed on the same day or of which a date is unknown: the same number in both directions.
    pub unordered: u64,
    /// Pairs, in any order.
    pub pairs: u32,
}

/// More rows than this no screen shows.
const MOST: usize = 1000;

impl Matrix {
    /// Of the pairs that the board shows. Pairs with an unknown outlet stand in the outlet's *unknown*.
    pub fn new(board: &Board, tables: &Tables) -> Self {
        let Tables { columns, pairs, .. } = tables;
        let column = columns.column(Facet::Outlet);
        let outlet = |article: u32| column.one(article as usize);
        let mut words = vec![0_u64; column.values.len()];
        for &id in &board.pairs {
            let pair = &pairs.0[id as usize];
            for article in [pair.first, pair.second] {
                words[outlet(article) as usize] += u64::from(pair.words);
            }
        }
        let mut outlets: Vec<u32> = (0..words.len() as u32)
            .filter(|id| words[*id as usize] > 0)
            .collect();
        outlets.sort_by_key(|id| {
            (
                std::cmp::Reverse(words[*id as usize]),
                column.rank[*id as usize],
            )
        });
        let left_out = outlets.len().saturating_sub(MOST);
        outlets.truncate(MOST);
        let mut place = vec![None; words.len()];
        for (at, id) in outlets.iter().enumerate() {
            place[*id as usize] = Some(at);
        }
        let mut cells = vec![Cell::default(); outlets.len() * outlets.len()];
        for &id in &board.pairs {
            let pair = &pairs.0[id as usize];
            let (Some(first), Some(second)) = (
                place[outlet(pair.first) as usize],
                place[outlet(pair.second) as usize],
            ) else {
                continue;
            };
            let words = u64::from(pair.words);
            let there = &mut cells[first * outlets.len() + second];
            there.pairs += 1;
            if pair.days_apart.is_some_and(|days| days > 0) {
                there.words += words;
            } else {
                there.unordered += words;
            }
            if first != second {
                let back = &mut cells[second * outlets.len() + first];
                back.pairs += 1;
                if pair.days_apart.is_none_or(|days| days == 0) {
                    back.unordered += words;
                }
            }
        }
        let mut matrix = Self {
            outlets,
            cells,
            left_out,
            ..Self::default()
        };
        matrix.largest = matrix.find_largest();
        matrix.filled = matrix.find_filled();
        matrix
    }

    pub fn cell(&self, row: usize, column: usize) -> Cell {
        self.cells[row * self.outlets.len() + column]
    }

    /// Words that two different outlets share, whoever was first.
    pub fn between(&self, x: usize, y: usize) -> u64 {
        self.cell(x, y).words + self.cell(y, x).words + self.cell(x, y).unordered
    }

    fn find_largest(&self) -> u64 {
        let count = self.outlets.len();
        let off = |at: &usize| at / count != at % count;
        let words = |at: usize| self.cells[at].words + self.cells[at].unordered;
        (0..self.cells.len())
            .filter(off)
            .map(words)
            .max()
            .unwrap_or(0)
            .max(1)
    }

    fn find_filled(&self) -> Vec<(usize, usize)> {
        let count = self.outlets.len();
        let words = |at: usize| self.cells[at].words + self.cells[at].unordered;
        let mut filled: Vec<usize> = (0..self.cells.len()).filter(|at| words(*at) > 0).collect();
        filled.sort_by_key(|at| (std::cmp::Reverse(words(*at)), *at));
        filled
            .into_iter()
            .map(|at| (at / count, at % count))
            .collect()
    }
}

/// How much of what outlets printed is shared, over time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Volumes {
    /// Most words first.
    pub rows: Vec<Volume>,
    /// The same bins for all rows.
    pub bins: Vec<Bin>,
}

/// One outlet's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Volume {
    /// `None` = unknown.
    pub outlet: Option<Arc<str>>,
    pub articles: u32,
    pub all: Words,
    /// By the bins.
    pub bins: Vec<Words>,
    pub undated: Words,
}

/// Words of articles, by where they come from as far as the folder knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// In passages that are copied.
    pub copied: u64,
    /// In passages that are reworded and none that is copied.
    pub reworded: u64,
    /// In no passage.
    pub own: u64,
}

impl Words {
    pub fn total(self) -> u64 {
        self.copied + self.reworded + self.own
    }

    fn add(&mut self, other: Self) {
        self.copied += other.copied;
        self.reworded += other.reworded;
        self.own += other.own;
    }
}

impl Volumes {
    /// Of the articles that the board shows.
    pub fn new(board: &Board, tables: &Tables) -> Self {
        let Tables { columns, links, .. } = tables;
        let column = columns.column(Facet::Outlet);
        let bins = &board.days.bins;
        let mut rows: Vec<Option<Volume>> = vec![None; column.values.len()];
        for &article in &board.articles {
            let at = article as usize;
            let outlet = column.one(at) as usize;
            let row = rows[outlet].get_or_insert_with(|| Volume {
                outlet: column.values[outlet].clone(),
                articles: 0,
                all: Words::default(),
                bins: vec![Words::default(); bins.len()],
                undated: Words::default(),
            });
            let known = |of: &[u32]| of.get(at).copied().unwrap_or_default();
            let (shared, copied) = (known(&links.shared_words), known(&links.copied_words));
            let counted = Words {
                copied: u64::from(copied),
                reworded: u64::from(shared.saturating_sub(copied)),
                own: u64::from(columns.words[at].saturating_sub(shared)),
            };
            row.articles += 1;
            row.all.add(counted);
            match columns.day[at] {
                Some(day) => {
                    let bin = bins.partition_point(|bin| bin.last < day);
                    if let Some(bin) = row.bins.get_mut(bin) {
                        bin.add(counted);
                    }
                }
                None => row.undated.add(counted),
            }
        }
        let mut rows: Vec<Volume> = rows.into_iter().flatten().collect();
        rows.sort_by(|x, y| {
            let key = |row: &Volume| (std::cmp::Reverse(row.all.total()), row.outlet.is_none());
            key(x).cmp(&key(y)).then_with(|| x.outlet.cmp(&y.outlet))
        });
        Self {
            rows,
            bins: bins.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::sample;
    use super::*;

    #[test]
    fn words_go_from_the_earlier_outlet_to_the_later() {
        let folder = sample(
            &[("a", Some(1)), ("b", Some(3)), ("b", None), ("a", Some(9))],
            &[(0, 1, 40), (0, 2, 30), (1, 3, 5), (0, 3, 7)],
        );
        let board = folder.board(&super::super::Filter::default());
        let matrix = Matrix::new(&board, &folder.tables);
        let name = |at: usize| {
            folder.tables.columns.column(Facet::Outlet).values[matrix.outlets[at] as usize].clone()
        };
        assert_eq!(
            (name(0).as_deref(), name(1).as_deref()),
            (Some("a"), Some("b"))
        );
        let cell = |row, column| matrix.cell(row, column);
        assert_eq!(
            cell(0, 1),
            Cell {
                words: 40,
                unordered: 30,
                pairs: 3
            }
        );
        assert_eq!(
            cell(1, 0),
            Cell {
                words: 5,
                unordered: 30,
                pairs: 3
            }
        );
        assert_eq!(
            cell(0, 0),
            Cell {
                words: 7,
                unordered: 0,
                pairs: 1
            }
        );
        assert_eq!(matrix.between(0, 1), 75);
        assert_eq!(matrix.filled[0], (0, 1));
    }

    #[test]
    fn shared_and_own_words_make_up_the_whole() {
        let folder = sample(&[("a", Some(1)), ("a", None), ("", Some(2))], &[(0, 1, 40)]);
        let board = folder.board(&super::super::Filter::default());
        let volumes = Volumes::new(&board, &folder.tables);
        assert_eq!(volumes.rows.len(), 2);
        let a = &volumes.rows[0];
        assert_eq!((a.articles, a.all.total()), (2, 400));
        assert_eq!(
            a.undated.total() + a.bins.iter().map(|bin| bin.total()).sum::<u64>(),
            400
        );
    }
}
