//! Compares texts of which one at least is cut into blocks: first by what goes on and on ([`super::strand`]), then
//! block by block for what that does not cover. Finds no candidates.

use std::ops::Range;

use super::findings::PassageKind;
use super::fingerprint::Block;
use super::lay::Laid;
use super::merge;
use super::pair::{Accepted, Aligner, Scratch, leads};
use super::proposal::Blocks;
use super::region::Part;
use super::strand::{Ahead, Course};
use super::way::{GoOn, Way};
use super::words::Word;
use crate::work::Stopped;

/// Words left over in a row in which something is still sought.
const WORTH_IT: usize = 8;

/// Places, one in each of two texts, from which a run can be followed.
type Seeds = Vec<(usize, usize)>;

/// Two texts, with all their pairs and where strands of them may go.
struct OfTwo<'p> {
    pairs: &'p [Blocks],
    course: Option<Course<'p>>,
}

/// What comes of two texts at first.
struct Followed {
    strands: Vec<Accepted>,
    rest: Vec<(Part, Part)>,
}

impl Aligner<'_> {
    /// What these pairs of blocks share, all pairs of two long texts among them.
    pub(super) fn long(
        &self,
        pairs: Vec<Blocks>,
        way: &mut Way<Scratch>,
    ) -> Result<Vec<Accepted>, Stopped> {
        let pairs = self.sorted(pairs);
        let all: Vec<&Blocks> = pairs.iter().collect();
        let seeds = way.each(all, |scratch, pair, _| Ok(self.seeds(scratch, pair)))?;
        let of_two = |_: &mut Scratch, (pairs, seeds), _: GoOn| Ok(self.of_two(pairs, seeds));
        let all = way.each(by_texts(&pairs, &seeds), of_two)?;
        let ahead = ahead(&all, way)?;
        let followed = way.each(all.into_iter().zip(ahead).collect(), |_, of_two, go_on| {
            self.followed(of_two, go_on)
        })?;
        let (mut found, rest) = Followed::all(followed);
        found.extend(self.each(rest, way)?);
        Ok(merge::tidy(self.corpus, found))
    }

    /// With the block of the unit that leads first, by units and places.
    fn sorted(&self, pairs: Vec<Blocks>) -> Vec<Blocks> {
        let unit = |block: &Block| &self.corpus.units[block.unit as usize];
        let mut pairs: Vec<Blocks> = pairs
            .into_iter()
            .filter(|(x, y)| unit(x).article != unit(y).article)
            .map(|(x, y)| match leads(unit(&y), unit(&x)) {
                true => (y, x),
                false => (x, y),
            })
            .collect();
        pairs.sort_unstable_by_key(|(x, y)| (x.unit, y.unit, x.from, y.from));
        pairs
    }

    fn words(&self, block: &Block) -> &[Word] {
        &self.corpus.units[block.unit as usize].words
    }

    fn seeds(&self, scratch: &mut Scratch, (x, y): &Blocks) -> Seeds {
        let runs = scratch.runs((self.words(x), x), (self.words(y), y));
        runs.iter().map(|run| (run.a.start, run.b.start)).collect()
    }

    fn of_two<'p>(&'p self, pairs: &'p [Blocks], seeds: &[Seeds]) -> OfTwo<'p> {
        let (x, y) = &pairs[0];
        let course = || Course::new(&self.evidence, self.words(x), self.words(y), seeds.concat());
        // A strand is longer than a block.
        let course = (pairs.len() > 1).then(course);
        OfTwo { pairs, course }
    }

    /// Follows two texts.
    fn followed(
        &self,
        (OfTwo { pairs, course }, ahead): (OfTwo, Ahead),
        go_on: GoOn,
    ) -> Result<Followed, Stopped> {
        let (x, y) = &pairs[0];
        let (a, b) = (self.words(x), self.words(y));
        let strands = match course {
            None => Vec::new(),
            Some(course) => course.strands(ahead, go_on)?,
        };
        let units = (x.unit, y.unit);
        let judged = strands.into_iter().filter_map(|laid| {
            let kind = self.verdict(units, &laid).ok()?;
            Some((laid, Some(kind)))
        });
        let strands: Vec<_> = judged.collect();
        let rest = left_over((a, b), pairs, &strands);
        let strands = strands.into_iter();
        let accepted = strands.map(|(laid, kind)| Accepted::new(units, laid, kind));
        Ok(Followed {
            strands: accepted.collect(),
            rest,
        })
    }
}

impl Followed {
    fn all(followed: Vec<Self>) -> (Vec<Accepted>, Vec<(Part, Part)>) {
        let (mut found, mut rest) = (Vec::new(), Vec::new());
        for of_two in followed {
            found.extend(of_two.strands);
            rest.extend(of_two.rest);
        }
        (found, rest)
    }
}

/// For each two texts, what lies ahead of their strands.
fn ahead(all: &[OfTwo], way: &mut Way<Scratch>) -> Result<Vec<Ahead>, Stopped> {
    let courses = all.iter().zip(0..);
    let courses = courses.filter_map(|(of_two, at)| Some((of_two.course.as_ref()?, at)));
    let stages = courses.flat_map(|(course, at)| {
        let stages = course.stages().into_iter();
        stages.map(move |stage| (course, at, stage))
    });
    let looked = way.each(stages.collect(), |_, (course, at, stage), go_on| {
        Ok((at, course.look_ahead(stage, go_on)?))
    })?;
    let mut ahead = vec![Ahead::new(); all.len()];
    for (at, found) in looked {
        ahead[at].extend(found);
    }
    Ok(ahead)
}

/// The pairs of each two texts, with what was found in them.
fn by_texts<'p>(pairs: &'p [Blocks], seeds: &'p [Seeds]) -> Vec<(&'p [Blocks], &'p [Seeds])> {
    let mut from = 0;
    let groups = pairs.chunk_by(|(x, y), (v, w)| (x.unit, y.unit) == (v.unit, w.unit));
    let with_seeds = groups.map(|group| {
        from += group.len();
        (group, &seeds[from - group.len()..from])
    });
    with_seeds.collect()
}

/// What of these pairs is still to be compared: a word that a strand has on both sides has found its place.
fn left_over(
    (a, b): (&[Word], &[Word]),
    pairs: &[Blocks],
    strands: &[(Laid, Option<PassageKind>)],
) -> Vec<(Part, Part)> {
    let free_a = gaps(strands.iter().map(|(laid, _)| &laid.a), a.len());
    let free_b = gaps(strands.iter().map(|(laid, _)| &laid.b), b.len());
    let mut rest = Vec::new();
    for (x, y) in pairs {
        let (whole_x, whole_y) = (Part::of(*x, a.len()), Part::of(*y, b.len()));
        let (of_x, of_y) = (parts(*x, &free_a), parts(*y, &free_b));
        if of_x == [whole_x] || of_y == [whole_y] {
            rest.push((whole_x, whole_y));
            continue;
        }
        rest.extend(of_x.into_iter().map(|part| (part, whole_y)));
        rest.extend(of_y.into_iter().map(|part| (whole_x, part)));
    }
    rest
}

/// The parts of a block that lie in these gaps; what grows there stays in its gap.
fn parts(block: Block, gaps: &[Range<usize>]) -> Vec<Part> {
    let own = block.words();
    let from = gaps.partition_point(|gap| gap.end <= own.start);
    let inside = gaps[from..].iter().take_while(|gap| gap.start < own.end);
    let part = |gap: &Range<usize>| {
        let (start, end) = (own.start.max(gap.start), own.end.min(gap.end));
        let all = Part::of(block, gap.end);
        let part = Block {
            from: start as u32,
            to: end as u32,
            ..block
        };
        (end - start >= WORTH_IT).then_some(Part {
            block: part,
            room: (all.room.0.max(gap.start as u32), all.room.1),
        })
    };
    inside.filter_map(part).collect()
}

/// What these ranges leave free of `0..len`, in order.
fn gaps<'r>(ranges: impl Iterator<Item = &'r Range<usize>>, len: usize) -> Vec<Range<usize>> {
    let mut ranges: Vec<&Range<usize>> = ranges.collect();
    ranges.sort_unstable_by_key(|range| range.start);
    let mut from = 0;
    let mut gaps = Vec::new();
    for range in ranges {
        if range.start > from {
            gaps.push(from..range.start);
        }
        from = from.max(range.end);
    }
    if len > from {
        gaps.push(from..len);
    }
    gaps
}
