//! Lays two stretches of words against each other, one word to one word at most.
//!
//! Runs of three and more equal words are laid first, the longest before the others, wherever they stand
//! (greedy string tiling, Wise 1993). Those that ascend on both sides are the backbone; the rest has moved.
//! Between the bones the longest common subsequence joins what it can, and what then is left over on both
//! sides is joined in any order. So a moved sentence stays whole, and a word that one side has twice is
//! joined once.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::ops::Range;

use super::join::Join;
use super::mixed::mixed;
use super::shared::{Met, Seen, Shared};
use super::words::Word;

/// Words in the shortest run that is laid wherever it stands.
const TILE: usize = 3;
/// Places of one run beyond which it says nothing.
const CROWD: usize = 24;
/// Cells of a subsequence table that are still filled.
const CELLS: usize = 1 << 17;

/// Adds the joins of a stretch of `a` and one of `b`, ascending in `a`; those that have not moved ascend in `b` too.
pub(super) fn join(
    a: &[Word],
    b: &[Word],
    in_a: &Range<usize>,
    in_b: &Range<usize>,
    joins: &mut Vec<Join>,
) {
    thread_local! {
        static SHARED: RefCell<Shared> = RefCell::default();
    }
    SHARED.with_borrow_mut(|shared| {
        shared.fill((a, in_a), (b, in_b));
        join_shared(a, b, (in_a.start, in_b.start), shared, |join, _| {
            joins.push(join)
        });
    });
}

/// The same for two stretches that begin `from` there, given all that they have in common; each join with the number of
/// its word.
pub(super) fn join_shared(
    a: &[Word],
    b: &[Word],
    from: (usize, usize),
    shared: &Shared,
    mut each: impl FnMut(Join, u32),
) {
    thread_local! {
        /// The buffers outlive the call: this is done for every pair of texts that may share something.
        static BUFFERS: RefCell<Buffers> = RefCell::default();
    }
    BUFFERS.with_borrow_mut(|buffers| {
        find_partners(buffers, a, b, from, shared);
        for (one, (partner, moved)) in shared.a.iter().zip(&buffers.partners) {
            if *partner != NONE {
                let other = &shared.b[*partner as usize];
                each(Join::new(one.place(), other.place(), *moved), one.number);
            }
        }
    });
}

/// Words are named by where they stand among the shared ones of their side.
#[derive(Default)]
struct Buffers {
    places: Places,
    same: Vec<usize>,
    runs: Vec<Tile>,
    tiles: Vec<Tile>,
    /// For each tile, whether it belongs to the backbone.
    in_place: Vec<bool>,
    /// For each word, whether it may still find a partner.
    free_a: Vec<bool>,
    free_b: Vec<bool>,
    left: Vec<usize>,
    right: Vec<usize>,
    seen: Seen,
    words: Vec<Word>,
    cells: Vec<u32>,
    /// For each word of `a` its partner, or [`NONE`], and whether that has moved.
    partners: Vec<(u32, bool)>,
}

/// No partner.
const NONE: u32 = u32::MAX;

/// Finds the partner of each word of `a`.
fn find_partners(
    buffers: &mut Buffers,
    a: &[Word],
    b: &[Word],
    from: (usize, usize),
    shared: &Shared,
) {
    lay_tiles(buffers, from, shared);
    backbone(&buffers.tiles, &mut buffers.in_place);
    let Buffers {
        tiles,
        in_place,
        free_a,
        free_b,
        left,
        right,
        seen,
        words,
        cells,
        partners,
        ..
    } = buffers;
    let (met_a, met_b) = (&shared.a[..], &shared.b[..]);
    partners.clear();
    partners.resize(met_a.len(), (NONE, false));
    for (tile, in_place) in tiles.iter().zip(&*in_place) {
        let partners = &mut partners[tile.a..tile.a + tile.len];
        for (partner, j) in partners.iter_mut().zip(tile.b as u32..) {
            *partner = (j, !in_place);
        }
    }
    // What lies between neighbours of the backbone, tiles that have moved left out.
    let bones = tiles
        .iter()
        .zip(&*in_place)
        .filter_map(|(tile, in_place)| in_place.then_some((tile.a, tile.b, tile.len)));
    let (mut from_a, mut from_b) = (0, 0);
    for bone in bones.chain([(met_a.len(), met_b.len(), 0)]) {
        between(
            seen,
            (met_a, from_a..bone.0, free_a, left),
            (met_b, from_b..bone.1, free_b, right),
        );
        let word_of = |i: usize| a[met_a[i].place()];
        words.clear();
        words.extend(right.iter().map(|j| b[met_b[*j].place()]));
        subsequence(cells, (left, word_of), (right, words), |i, j| {
            (free_a[i], free_b[j]) = (false, false);
            partners[i] = (j as u32, false);
        });
        (from_a, from_b) = (bone.0 + bone.2, bone.1 + bone.2);
    }
    between(
        seen,
        (met_a, 0..met_a.len(), free_a, left),
        (met_b, 0..met_b.len(), free_b, right),
    );
    join_left_over((met_a, left), (met_b, right), |i, j| {
        partners[i] = (j as u32, true)
    });
}

/// The shared words of a text, the part of them that is looked at, which are free, and where these go.
type Gap<'a> = (&'a [Met], Range<usize>, &'a [bool], &'a mut Vec<usize>);

/// The free words of a gap on both sides that may have a partner in it.
fn between(seen: &mut Seen, (a, in_a, free_a, left): Gap, (b, in_b, free_b, right): Gap) {
    /// Pairs of words that are sooner compared than thinned out.
    const FEW: usize = 16;
    left.clear();
    right.clear();
    if in_a.is_empty() || in_b.is_empty() {
        return;
    }
    left.extend(in_a.filter(|i| free_a[*i]));
    if left.is_empty() {
        return;
    }
    right.extend(in_b.filter(|j| free_b[*j]));
    if left.len() * right.len() > FEW {
        seen.fill(right.iter().map(|j| &b[*j]));
        left.retain(|i| seen.has(a[*i].number));
        seen.fill(left.iter().map(|i| &a[*i]));
        right.retain(|j| seen.has(b[*j].number));
    }
}

#[derive(Clone, Copy, Debug)]
struct Tile {
    a: usize,
    b: usize,
    len: usize,
}

/// Runs of equal words that don't overlap on either side, longest first taken, ascending in `a`. All other words are
/// free.
fn lay_tiles(buffers: &mut Buffers, from: (usize, usize), shared: &Shared) {
    let Buffers {
        places,
        same,
        runs,
        tiles,
        free_a,
        free_b,
        ..
    } = buffers;
    let (a, b) = (&shared.a[..], &shared.b[..]);
    places.fill(b);
    runs.clear();
    // Up to here all runs have been taken, but for those that the other side has very often.
    let mut taken = 0;
    for i in run_starts(a) {
        if !places.of_run(b, &a[i..i + TILE], same) {
            continue;
        }
        let goes_on = std::mem::replace(&mut taken, i + 1) == i && i > 0;
        for &j in same.iter() {
            // Only where a diagonal starts; the rest of it is part of the same run.
            if goes_on
                && j > 0
                && follows(a, i)
                && follows(b, j)
                && a[i - 1].number == b[j - 1].number
            {
                continue;
            }
            let behind = (i + TILE..a.len()).zip(j + TILE..b.len());
            let more = behind
                .take_while(|(i, j)| {
                    follows(a, *i) && follows(b, *j) && a[*i].number == b[*j].number
                })
                .count();
            let len = TILE + more;
            runs.push(Tile { a: i, b: j, len });
        }
    }
    // Of equal runs the one nearest to the diagonal first: what has not moved need not be moved.
    runs.sort_unstable_by_key(|run| {
        let (i, j) = (a[run.a].place() - from.0, b[run.b].place() - from.1);
        (Reverse(run.len), i.abs_diff(j), run.a, run.b)
    });
    for (free, met) in [(&mut *free_a, a), (&mut *free_b, b)] {
        free.clear();
        free.resize(met.len(), true);
    }
    tiles.clear();
    for run in runs.iter() {
        let mut i = 0;
        while i < run.len {
            let len = (i..run.len)
                .take_while(|k| free_a[run.a + k] && free_b[run.b + k])
                .count();
            if len >= TILE {
                let tile = Tile {
                    a: run.a + i,
                    b: run.b + i,
                    len,
                };
                free_a[tile.a..tile.a + len].fill(false);
                free_b[tile.b..tile.b + len].fill(false);
                tiles.push(tile);
            }
            i += len.max(1);
        }
    }
    tiles.sort_unstable_by_key(|tile| tile.a);
}

/// True if a shared word stands right behind the shared word before it.
fn follows(words: &[Met], at: usize) -> bool {
    words[at - 1].place + 1 == words[at].place
}

/// Where [`TILE`] shared words and more stand in a row.
fn run_starts(words: &[Met]) -> impl DoubleEndedIterator<Item = usize> {
    let runs = words.array_windows::<TILE>().enumerate();
    let in_a_row = |run: &[Met; TILE]| run[0].place + TILE as u32 == run[TILE - 1].place + 1;
    runs.filter_map(move |(at, run)| in_a_row(run).then_some(at))
}

/// Where in a text each run of [`TILE`] words stands: chains of places by slot, ascending.
#[derive(Default)]
struct Places {
    heads: Vec<u32>,
    next: Vec<u32>,
}

impl Places {
    fn fill(&mut self, b: &[Met]) {
        let slots = (2 * b.len()).next_power_of_two().max(2);
        self.heads.clear();
        self.heads.resize(slots, NONE);
        self.next.clear();
        self.next.resize(b.len(), NONE);
        for j in run_starts(b).rev() {
            let slot = self.slot(&b[j..j + TILE]);
            self.next[j] = std::mem::replace(&mut self.heads[slot], j as u32);
        }
    }

    /// Where `run` stands in `b`; false if in too many places.
    fn of_run(&self, b: &[Met], run: &[Met], same: &mut Vec<usize>) -> bool {
        same.clear();
        let mut at = self.heads[self.slot(run)];
        while at != NONE {
            let place = at as usize;
            at = self.next[place];
            let there = &b[place..place + TILE];
            if there.iter().zip(run).all(|(x, y)| x.number == y.number) {
                if same.len() == CROWD {
                    return false;
                }
                same.push(place);
            }
        }
        true
    }

    fn slot(&self, run: &[Met]) -> usize {
        mixed(run.iter().map(|word| word.number)) & (self.heads.len() - 1)
    }
}

/// For tiles ascending in `a`, finds out whether each belongs to the heaviest chain that ascends in `b` too.
fn backbone(tiles: &[Tile], chosen: &mut Vec<bool>) {
    chosen.clear();
    if tiles.is_sorted_by_key(|tile| tile.b) {
        chosen.resize(tiles.len(), true);
        return;
    }
    let mut order: Vec<usize> = (0..tiles.len()).collect();
    order.sort_unstable_by_key(|t| tiles[*t].b);
    let mut rank = vec![0; tiles.len()];
    for (r, t) in order.iter().enumerate() {
        rank[*t] = r;
    }
    // Fenwick tree over ranks in `b`: the heaviest chain that ends at or before a rank.
    let mut tree: Vec<(usize, usize)> = vec![(0, usize::MAX); tiles.len() + 1];
    let mut before = vec![usize::MAX; tiles.len()];
    let mut best = (0, usize::MAX);
    for (t, tile) in tiles.iter().enumerate() {
        let (mut weight, mut last) = (0, usize::MAX);
        let mut at = rank[t];
        while at > 0 {
            if tree[at].0 > weight {
                (weight, last) = tree[at];
            }
            at &= at - 1;
        }
        before[t] = last;
        let weight = weight + tile.len;
        if weight > best.0 {
            best = (weight, t);
        }
        let mut at = rank[t] + 1;
        while at < tree.len() {
            if weight > tree[at].0 {
                tree[at] = (weight, t);
            }
            at += at & at.wrapping_neg();
        }
    }
    chosen.resize(tiles.len(), false);
    let mut at = best.1;
    while at != usize::MAX {
        chosen[at] = true;
        at = before[at];
    }
}

/// Longest common subsequence of the words at `left` and `right`; equal forms and neighbours count more.
fn subsequence(
    best: &mut Vec<u32>,
    (left, word_of): (&[usize], impl Fn(usize) -> Word),
    (right, words): (&[usize], &[Word]),
    mut each: impl FnMut(usize, usize),
) {
    let width = right.len() + 1;
    if left.is_empty() || right.is_empty() || left.len() * right.len() > CELLS {
        return;
    }
    best.resize((left.len() + 1) * width, 0);
    // Row by row from the end; in each, the cell behind and the row behind are known. There is nothing behind the last.
    let mut rows = best.rchunks_exact_mut(width);
    let mut behind: &[u32] = match rows.next() {
        Some(row) => {
            row.fill(0);
            row
        }
        None => return,
    };
    for (row, i) in rows.zip(left.iter().rev()) {
        row[words.len()] = 0;
        let x = word_of(*i);
        let (mut last, mut across) = (0, 0);
        let cells = row[..words.len()].iter_mut();
        let cells = cells.zip(&behind[..words.len()]).zip(words.iter());
        for ((cell, down), y) in cells.rev() {
            let skip = across.max(*down);
            across = if x.key() == y.key() {
                skip.max(last + 8 + u32::from(x == *y))
            } else {
                skip
            };
            last = *down;
            *cell = across;
        }
        behind = row;
    }
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        let down = best[(i + 1) * width + j];
        let across = best[i * width + j + 1];
        if best[i * width + j] > down.max(across) {
            each(left[i], right[j]);
            (i, j) = (i + 1, j + 1);
        } else if down >= across {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// Joins equal words at `left` and `right`, first come first served.
fn join_left_over(
    (a, left): (&[Met], &[usize]),
    (b, right): (&[Met], &[usize]),
    mut each: impl FnMut(usize, usize),
) {
    if left.is_empty() || right.is_empty() {
        return;
    }
    let mut places: Vec<(u32, usize)> = right.iter().map(|j| (b[*j].number, *j)).collect();
    places.sort_unstable();
    let mut taken = vec![false; places.len()];
    for &i in left {
        let number = a[i].number;
        let from = places.partition_point(|(other, _)| *other < number);
        let free = (from..places.len())
            .take_while(|at| places[*at].0 == number)
            .find(|at| !taken[*at]);
        if let Some(at) = free {
            taken[at] = true;
            each(i, places[at].1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words whose form and key are numbers.
    fn words(keys: &[u32]) -> Vec<Word> {
        keys.iter().map(|key| Word::new(*key, 0)).collect()
    }

    fn joins(a: &[u32], b: &[u32]) -> Vec<(usize, usize, bool)> {
        let mut joins = Vec::new();
        join(
            &words(a),
            &words(b),
            &(0..a.len()),
            &(0..b.len()),
            &mut joins,
        );
        joins
            .iter()
            .map(|join| (join.a(), join.b(), join.moved))
            .collect()
    }

    #[test]
    fn edits_are_bridged() {
        let found = joins(&[1, 2, 3, 4, 5, 6], &[1, 2, 9, 4, 5, 7, 6]);
        let in_place = |i, j| (i, j, false);
        assert_eq!(
            found,
            [
                in_place(0, 0),
                in_place(1, 1),
                in_place(3, 3),
                in_place(4, 4),
                in_place(5, 6)
            ]
        );
    }

    #[test]
    fn the_shorter_part_has_moved() {
        let found = joins(&[1, 2, 3, 4, 5, 6, 7, 8, 9], &[7, 8, 9, 1, 2, 3, 4, 5, 6]);
        assert_eq!(found.len(), 9);
        assert!(found.iter().all(|(i, _, moved)| *moved == (*i >= 6)));
    }

    #[test]
    fn a_word_is_joined_once() {
        let found = joins(&[5, 5, 5], &[5]);
        assert_eq!(found.len(), 1);
        assert_eq!(joins(&[], &[1]), []);
    }

    #[test]
    fn a_change_before_an_opening_that_comes_very_often_moves_nothing() {
        // Sections that all begin with the same three words.
        let a: Vec<u32> = (0..60)
            .flat_map(|section| {
                [1, 2, 3]
                    .into_iter()
                    .chain(100 * section + 100..100 * section + 112)
            })
            .collect();
        let mut b = a.clone();
        b[14] = 7;
        let found = joins(&a, &b);
        assert_eq!(found.len(), a.len() - 1);
        assert!(found.iter().all(|(i, j, moved)| i == j && !moved));
    }
}
