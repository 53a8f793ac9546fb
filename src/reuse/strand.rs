//! Follows what two long texts have in common from a run of equal words on, as far as it goes: editions of one book
//! go on together for thousands of words. Seen block by block that is hundreds of pieces, each found several times;
//! what a strand covers need not be sought again. Judges nothing, and leaves what is short to the blocks.

use std::ops::Range;

use super::align::join;
use super::evidence::Evidence;
use super::fingerprint::Block;
use super::join::Join;
use super::lay::{self, Laid};
use super::merge::{NARROW, WIDE};

use super::way::GoOn;
use super::words::Word;
use crate::work::Stopped;

/// Joined words of the shortest strand: more than a block sees of it.
const LONG: usize = Block::PIECE;
/// Words of the end of a strand, and beyond it, that are laid against each other to see whether it goes on.
const KNOWN: usize = 64;
const AHEAD: usize = 128;
/// Words of a run that a strand may go on with, once what it has already is taken off.
const REST: usize = 8;

/// Equal words in a row, as far as they go in both texts.
#[derive(Clone, Copy, Debug)]
struct Run {
    a: usize,
    b: usize,
    len: usize,
}

impl Run {
    fn start(&self) -> Place {
        (self.a, self.b)
    }

    fn end(&self) -> Place {
        (self.a + self.len, self.b + self.len)
    }

    fn diagonal(&self) -> isize {
        diagonal(self.start())
    }
}

fn diagonal((a, b): Place) -> isize {
    a as isize - b as isize
}

/// A place in each of two texts.
type Place = (usize, usize);

/// Where strands of two texts may go.
pub(super) struct Course<'t> {
    texts: Texts<'t>,
    /// Ascending in `a`, then in `b`.
    runs: Vec<Run>,
    /// The same by diagonal, then ascending.
    on_diagonals: Vec<Run>,
}

/// What a strand goes on with from some places where no run leads on, in no order.
pub(super) type Ahead = Vec<(Place, Option<Vec<Join>>)>;

impl<'t> Course<'t> {
    /// Given a place in each run of words that strands may go through.
    pub fn new(
        evidence: &'t Evidence,
        a: &'t [Word],
        b: &'t [Word],
        mut seeds: Vec<Place>,
    ) -> Self {
        let texts = Texts { evidence, a, b };
        seeds.sort_unstable_by_key(|seed| (diagonal(*seed), seed.0));
        let mut on_diagonals: Vec<Run> = Vec::new();
        for seed in seeds {
            let known = on_diagonals.last();
            let known = known
                .is_some_and(|run| run.diagonal() == diagonal(seed) && seed.0 < run.a + run.len);
            if !known {
                on_diagonals.push(texts.run_through(seed));
            }
        }
        let mut runs = on_diagonals.clone();
        runs.sort_unstable_by_key(|run| (run.a, run.b));
        Self {
            texts,
            runs,
            on_diagonals,
        }
    }

    /// From where to where it is worth to [`look_ahead`](Self::look_ahead), by the numbers of runs: one of many is the
    /// longest, and what goes on and on goes through it.
    pub fn stages(&self) -> Vec<Range<usize>> {
        const RUNS: usize = 512;
        // Of equal ones the first.
        let longest = |share: Range<usize>| share.rev().max_by_key(|run| self.runs[*run].len);
        let shares = (0..self.runs.len()).step_by(RUNS);
        let ends = shares.filter_map(|from| longest(from..self.runs.len().min(from + RUNS)));
        let ends: Vec<usize> = ends.chain([self.runs.len()]).collect();
        match &ends[..] {
            // Nothing can be done meanwhile.
            [_, _] => Vec::new(),
            _ => ends.array_windows().map(|[from, to]| *from..*to).collect(),
        }
    }

    /// Finds out for the strand through a run what will be asked of it until it comes to another: what is found there
    /// does not depend on what comes before, so that several stages can be gone through at once.
    ///
    /// # Errors
    /// [`Stopped`] once it may not `go_on`.
    pub fn look_ahead(&self, stage: Range<usize>, go_on: GoOn) -> Result<Ahead, Stopped> {
        let beyond = self.runs.get(stage.end).map_or(usize::MAX, |run| run.a);
        let mut follower = Follower::new(self, Ahead::new());
        let run = self.runs[stage.start];
        let mut end = follower.pass(run);
        while end.0 < beyond
            && let Some(next) = follower.next(run.start(), end)
        {
            go_on()?;
            end = match next {
                Next::Run(run, _) => follower.pass(run),
                Next::Words(joins) => behind(&joins),
            };
        }
        Ok(follower.looked)
    }

    /// The strands, ascending in `a`, given what is known `ahead`.
    ///
    /// # Errors
    /// [`Stopped`] once it may not `go_on`.
    pub fn strands(&self, mut ahead: Ahead, go_on: GoOn) -> Result<Vec<Laid>, Stopped> {
        ahead.sort_by_key(|(place, _)| *place);
        let mut follower = Follower::new(self, ahead);
        (0..self.runs.len())
            .filter_map(|run| follower.follow(run, go_on).transpose())
            .collect()
    }
}

#[derive(Clone, Copy)]
struct Texts<'t> {
    evidence: &'t Evidence,
    a: &'t [Word],
    b: &'t [Word],
}

impl Texts<'_> {
    fn run_through(&self, (i, j): Place) -> Run {
        let equal = |(x, y): &(&Word, &Word)| x.key() == y.key();
        let before = self.a[..i].iter().rev().zip(self.b[..j].iter().rev());
        let back = before.take_while(equal).count();
        let behind = self.a[i..].iter().zip(&self.b[j..]);
        Run {
            a: i - back,
            b: j - back,
            len: back + behind.take_while(equal).count(),
        }
    }

    /// The joins of a passage that goes through `place` in these stretches.
    fn through(&self, place: Place, in_a: Range<usize>, in_b: Range<usize>) -> Option<Vec<Join>> {
        let mut found = Vec::new();
        lay::lay_within(self.evidence, (self.a, self.b), (in_a, in_b), &mut found);
        let inside = |range: &Range<usize>, at: usize| range.start < at && at < range.end;
        let through = found
            .into_iter()
            .filter(|laid| inside(&laid.a, place.0) && inside(&laid.b, place.1));
        Some(through.max_by(|x, y| x.score.total_cmp(&y.score))?.joins)
    }
}

struct Follower<'c> {
    course: &'c Course<'c>,
    /// For each run, whether a strand went through it.
    followed: Vec<bool>,
    /// What was looked for ahead, by place.
    ahead: Ahead,
    /// What was looked for, where that does not depend on where the strand began.
    looked: Ahead,
}

/// What a strand goes on with.
enum Next {
    /// A run from a place in it on, and what lies before that.
    Run(Run, Place),
    /// Joined words, at least one.
    Words(Vec<Join>),
}

impl<'c> Follower<'c> {
    fn new(course: &'c Course, ahead: Ahead) -> Self {
        Self {
            course,
            followed: vec![false; course.runs.len()],
            ahead,
            looked: Ahead::new(),
        }
    }

    /// The strand that begins with a run, if it is one.
    fn follow(&mut self, first: usize, go_on: GoOn) -> Result<Option<Laid>, Stopped> {
        if self.followed[first] {
            return Ok(None);
        }
        let run = self.course.runs[first];
        let start = run.start();
        let mut joins = Vec::new();
        let mut end = self.along(run, start, &mut joins);
        while let Some(next) = self.next(start, end) {
            go_on()?;
            end = match next {
                Next::Run(run, from) => {
                    let Texts { a, b, .. } = self.course.texts;
                    if from != end {
                        join(a, b, &(end.0..from.0), &(end.1..from.1), &mut joins);
                    }
                    self.along(run, from, &mut joins)
                }
                Next::Words(more) => {
                    let end = behind(&more);
                    joins.extend(more);
                    end
                }
            };
        }
        self.leave_behind(start, end);
        if joins.len() < LONG {
            return Ok(None);
        }
        Ok(self.laid(self.with_beginning(start, joins)))
    }

    fn laid(&self, joins: Vec<Join>) -> Option<Laid> {
        let (first, last) = (joins.first()?, joins.last()?);
        let in_b = || joins.iter().map(|join| join.b());
        // Nats that the joined words say.
        let among = Evidence::shift(LONG);
        let Texts { evidence, a, .. } = self.course.texts;
        let weight = |join: &Join| evidence.found(a[join.a()].key(), among);
        Some(Laid {
            a: first.a()..last.a() + 1,
            b: in_b().min()?..in_b().max()? + 1,
            score: joins.iter().map(weight).sum(),
            joins,
        })
    }

    /// What a strand goes on with from its end, if it does.
    fn next(&mut self, start: Place, end: Place) -> Option<Next> {
        if let Some(run) = self.run_at(end) {
            // Another strand went on from here.
            let free = !self.followed[self.number_of(run)?];
            return free.then_some(Next::Run(run, end));
        }
        if let Some((run, from)) = self.nearest(end) {
            return Some(Next::Run(run, from));
        }
        self.words(start, end).map(Next::Words)
    }

    /// The joined words that it goes on with where no run leads on.
    fn words(&mut self, start: Place, end: Place) -> Option<Vec<Join>> {
        let is_far = end.0 >= start.0 + KNOWN && end.1 >= start.1 + KNOWN;
        let known = self.ahead.binary_search_by_key(&end, |(place, _)| *place);
        if is_far && let Ok(at) = known {
            return self.ahead[at].1.clone();
        }
        let texts = &self.course.texts;
        let from = (
            start.0.max(end.0.saturating_sub(KNOWN)),
            start.1.max(end.1.saturating_sub(KNOWN)),
        );
        let to = (
            (end.0 + AHEAD).min(texts.a.len()),
            (end.1 + AHEAD).min(texts.b.len()),
        );
        let through = texts.through(end, from.0..to.0, from.1..to.1);
        let words = through.and_then(|mut joins| {
            joins.retain(|join| join.a() >= end.0 && join.b() >= end.1);
            (!joins.is_empty()).then_some(joins)
        });
        if is_far {
            self.looked.push((end, words.clone()));
        }
        words
    }

    /// Takes in a run from a place in it on.
    fn along(&mut self, run: Run, from: Place, joins: &mut Vec<Join>) -> Place {
        let end = self.pass(run);
        joins.extend(Join::run(from, end.0 - from.0));
        end
    }

    /// Goes through a run to its end.
    fn pass(&mut self, run: Run) -> Place {
        if let Some(at) = self.number_of(run) {
            self.followed[at] = true;
        }
        run.end()
    }

    fn number_of(&self, run: Run) -> Option<usize> {
        let runs = &self.course.runs;
        runs.binary_search_by_key(&run.start(), Run::start).ok()
    }

    /// No strand begins with a run that lies in this one.
    fn leave_behind(&mut self, start: Place, end: Place) {
        let runs = &self.course.runs;
        let from = runs.partition_point(|run| run.a < start.0);
        for (run, followed) in runs[from..].iter().zip(&mut self.followed[from..]) {
            if run.a >= end.0 {
                break;
            }
            let (to_a, to_b) = run.end();
            *followed |= run.b >= start.1 && to_a <= end.0 && to_b <= end.1;
        }
    }

    /// The run that this place lies in.
    fn run_at(&self, place: Place) -> Option<Run> {
        let of = |run: &Run| (run.diagonal(), run.a);
        let runs = &self.course.on_diagonals;
        let next = runs.partition_point(|run| of(run) <= (diagonal(place), place.0));
        let run = runs.get(next.checked_sub(1)?)?;
        let has = run.diagonal() == diagonal(place) && place.0 < run.a + run.len;
        has.then_some(*run)
    }

    /// The run with which a reader would see a strand go on, and where in it.
    fn nearest(&self, end: Place) -> Option<(Run, Place)> {
        let runs = &self.course.runs;
        let from = runs.partition_point(|run| run.a + NARROW < end.0);
        let runs = runs[from..].iter().zip(&self.followed[from..]);
        let near = runs.take_while(|(run, _)| run.a <= end.0 + WIDE);
        let reached = near
            .filter(|(_, followed)| !**followed)
            .filter_map(|(run, _)| {
                // The same word may end what was and begin what comes.
                let taken = end.0.saturating_sub(run.a).max(end.1.saturating_sub(run.b));
                let place = (run.a + taken, run.b + taken);
                let (in_a, in_b) = (place.0 - end.0, place.1 - end.1);
                let goes_on = taken <= NARROW
                    && run.len >= taken + REST
                    && in_a.min(in_b) <= NARROW
                    && in_a.max(in_b) <= WIDE;
                goes_on.then_some((*run, place))
            });
        reached.min_by_key(|(_, place)| (place.0 + place.1, place.0))
    }

    /// Puts in front what comes before the first run and belongs to it.
    fn with_beginning(&self, mut start: Place, mut joins: Vec<Join>) -> Vec<Join> {
        let mut before: Vec<Vec<Join>> = Vec::new();
        loop {
            let from = (start.0.saturating_sub(AHEAD), start.1.saturating_sub(AHEAD));
            let to = (start.0 + KNOWN, start.1 + KNOWN);
            // The first run and what follows are longer than that on both sides.
            let through = self.course.texts.through(start, from.0..to.0, from.1..to.1);
            let mut more = through.unwrap_or_default();
            more.retain(|join| join.a() < start.0 && join.b() < start.1);
            let Some(first) = more.first().map(|join| join.a()) else {
                break;
            };
            start = (
                first,
                more.iter().map(|join| join.b()).min().unwrap_or(start.1),
            );
            before.push(more);
        }
        if !before.is_empty() {
            let behind = std::mem::take(&mut joins);
            joins = before.into_iter().rev().flatten().chain(behind).collect();
        }
        joins
    }
}

/// The place behind some joined words, at least one.
fn behind(joins: &[Join]) -> Place {
    let in_a = joins.last().map_or(0, |join| join.a() + 1);
    let in_b = joins.iter().map(|join| join.b() + 1).max();
    (in_a, in_b.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::super::tests::{article, invented};
    use super::super::words::Corpus;
    use super::*;
    use crate::work::Watch;

    /// The strands of two texts of invented words, seeded wherever they have twelve words in common.
    fn found(a: &[u16], b: &[u16]) -> Vec<(Range<usize>, Range<usize>)> {
        let articles = [article("a", &invented(a)), article("b", &invented(b))];
        let corpus = Corpus::new(&articles, &Settings::default(), &Watch::silent()).unwrap();
        let (a, b) = (&corpus.units[0].words[..], &corpus.units[1].words[..]);
        let seeds = (0..a.len() - 12).flat_map(|i| {
            let same = move |j: &usize| (0..12).all(|k| a[i + k].key() == b[j + k].key());
            (0..b.len() - 12).filter(same).map(move |j| (i, j))
        });
        let evidence = Evidence::new(&corpus);
        let course = Course::new(&evidence, a, b, seeds.collect());
        let strands = course.strands(Ahead::new(), &|| Ok(())).unwrap();
        for laid in &strands {
            assert!(laid.joins.is_sorted_by(|x, y| x.a() < y.a()));
            let in_place: Vec<&Join> = laid.joins.iter().filter(|join| !join.moved).collect();
            assert!(in_place.is_sorted_by(|x, y| x.b() < y.b()));
            assert!(
                laid.joins
                    .iter()
                    .all(|join| a[join.a()].key() == b[join.b()].key())
            );
        }
        strands.into_iter().map(|laid| (laid.a, laid.b)).collect()
    }

    #[test]
    fn what_goes_on_over_edits_is_one_strand() {
        let a: Vec<u16> = (0..3_000).collect();
        let mut b = a.clone();
        // Single words changed, a clause put in, one left out, and a place where hardly a word is the same.
        for at in (40..3_000).step_by(90) {
            b[at] = 10_000 + at as u16;
        }
        for at in (1_500..1_530).filter(|at| at % 3 > 0) {
            b[at] = 20_000 + at as u16;
        }
        b.splice(700..700, 30_000..30_030);
        b.drain(2_200..2_230);
        assert_eq!(found(&a, &b), [(0..3_000, 0..3_000)]);
        assert_eq!(found(&b, &a), [(0..3_000, 0..3_000)]);
    }

    #[test]
    fn a_chapter_put_in_parts_strands_and_a_refrain_is_none() {
        let mut a: Vec<u16> = (0..2_000).collect();
        let refrain: Vec<u16> = (40_000..40_060).collect();
        for at in [300, 900, 1_700] {
            a.splice(at..at, refrain.iter().copied());
        }
        let mut b = a.clone();
        b.splice(1_000..1_000, 50_000..50_400);
        assert_eq!(
            found(&a, &b),
            [(0..1_000, 0..1_000), (1_000..2_180, 1_400..2_580)]
        );
        assert_eq!(found(&a[..500], &b[..500]), []);
    }

    #[test]
    fn what_was_looked_for_ahead_is_what_is_found_on_the_way() {
        // Runs of nineteen words, and now and then a place where hardly a word is the same.
        let a: Vec<u16> = (0..30_000).collect();
        let mut b = a.clone();
        for (at, word) in b.iter_mut().enumerate() {
            if at % 20 == 7 || at % 600 > 570 && at % 3 > 0 {
                *word += 30_000;
            }
        }
        let articles = [article("a", &invented(&a)), article("b", &invented(&b))];
        let corpus = Corpus::new(&articles, &Settings::default(), &Watch::silent()).unwrap();
        let (a, b) = (&corpus.units[0].words[..], &corpus.units[1].words[..]);
        let seeds = (8..30_000).step_by(20).filter(|at| a[*at] == b[*at]);
        let evidence = Evidence::new(&corpus);
        let course = Course::new(&evidence, a, b, seeds.map(|at| (at, at)).collect());
        let go_on = || Ok(());
        let ahead: Vec<Ahead> = course
            .stages()
            .into_iter()
            .map(|stage| course.look_ahead(stage, &go_on).unwrap())
            .collect();
        assert!(ahead.len() > 1 && ahead.iter().all(|stage| !stage.is_empty()));
        let strands = |ahead| course.strands(ahead, &go_on).unwrap();
        let (without, with) = (strands(Ahead::new()), strands(ahead.concat()));
        assert_eq!(without.len(), 1);
        let of = |laid: &[Laid]| laid.iter().map(|one| one.joins.clone()).collect::<Vec<_>>();
        assert_eq!(of(&without), of(&with));
    }
}
