//! Decides what a region is: a copy, a reworded passage, or nothing worth a person's time.

use super::Accepted;
use super::align::Join;
use super::findings::PassageKind;
use super::formula::Formulas;
use super::region::{Evidence, Laid};
use super::settings::Settings;
use super::words::{Corpus, Word};

/// Words that have to follow one another on both sides to speak for copying.
const RUN: usize = 3;
/// A run of equal words that is a copy whatever its words are.
const SURE_RUN: usize = 12;

/// Share of the longer side's words in such runs that makes a copy.
const COPIED: f32 = 0.7;

pub(super) struct Judge<'a> {
    settings: &'a Settings,
    formulas: &'a Formulas,
    /// Nats that two random stretches of this folder reach by chance about once.
    chance: f32,
}

impl<'a> Judge<'a> {
    pub fn new(corpus: &Corpus, formulas: &'a Formulas, settings: &'a Settings) -> Self {
        let words: usize = corpus.units.iter().map(|unit| unit.words.len()).sum();
        Self {
            settings,
            formulas,
            chance: 2.0 * (words.max(1) as f32).ln(),
        }
    }

    /// `None` if the region is too short, too unlike, or no more than chance and formulas.
    pub fn kind(
        &self,
        evidence: &Evidence,
        a: &[Word],
        b: &[Word],
        laid: &Laid,
    ) -> Option<PassageKind> {
        let least = self.settings.min_words as usize;
        if laid.joins.len() < least || likeness(evidence, a, b, laid) < self.settings.likeness {
            return None;
        }
        // Formulas are part of a passage, but only what is not formulaic speaks for one.
        let stale = self.formulas.mark(&a[laid.a.clone()]);
        let is_stale = |join: &&Join| stale[join.a - laid.a.start];
        let fresh = laid.joins.iter().filter(|join| !is_stale(join)).count();
        let worn: f32 = laid
            .joins
            .iter()
            .filter(is_stale)
            .map(|join| evidence.weight(a[join.a].key, laid.b.len()))
            .sum();
        let stands_out = laid.score - worn >= self.chance;
        let runs = Runs::of(a, b, laid);
        let longer = laid.a.len().max(laid.b.len());
        if runs.words as f32 >= COPIED * longer as f32 {
            let sure = runs.longest >= SURE_RUN.max(least) && 2 * fresh >= least;
            return (sure || stands_out && fresh >= least).then_some(PassageKind::Copy);
        }
        let least = self.settings.min_words_reworded as usize;
        (self.settings.reworded && stands_out && fresh >= least).then_some(PassageKind::Reworded)
    }
}

/// Share of the words, weighted by what each says, that have a partner: the better of the two sides, for
/// a copy that left out or put in half of its sentences is one.
fn likeness(evidence: &Evidence, a: &[Word], b: &[Word], laid: &Laid) -> f32 {
    const LEAST: f32 = 0.05;
    let share = |words: &[Word], other: usize, joined: &mut dyn Iterator<Item = &Word>| {
        let weight = |word: &Word| evidence.weight(word.key, other).max(LEAST);
        joined.map(weight).sum::<f32>() / words.iter().map(weight).sum::<f32>()
    };
    let in_a = &mut laid.joins.iter().map(|join| &a[join.a]);
    let in_b = &mut laid.joins.iter().map(|join| &b[join.b]);
    let share_a = share(&a[laid.a.clone()], laid.b.len(), in_a);
    let share_b = share(&b[laid.b.clone()], laid.a.len(), in_b);
    share_a.max(share_b)
}

/// Runs of words that follow one another on both sides.
struct Runs {
    longest: usize,
    /// Words equal in form that stand in runs of [`RUN`] and more.
    words: usize,
}

impl Runs {
    fn of(a: &[Word], b: &[Word], laid: &Laid) -> Self {
        let mut runs = Self {
            longest: 0,
            words: 0,
        };
        let follows = |x: &Join, y: &Join| x.a + 1 == y.a && x.b + 1 == y.b;
        for run in laid.joins.chunk_by(follows) {
            let equal = run.iter().filter(|x| a[x.a].form == b[x.b].form).count();
            runs.longest = runs.longest.max(equal);
            if run.len() >= RUN {
                runs.words += equal;
            }
        }
        runs
    }
}

/// Sorts what was found by place, and drops what is contained in something stronger on both sides, as
/// blocks that overlap find it.
pub(super) fn drop_doubles(found: &mut Vec<Accepted>) {
    found.sort_by(|x, y| {
        (x.unit_a, x.unit_b)
            .cmp(&(y.unit_a, y.unit_b))
            .then(y.laid.score.total_cmp(&x.laid.score))
            .then((x.laid.a.start, x.laid.b.start).cmp(&(y.laid.a.start, y.laid.b.start)))
            .then((x.laid.a.end, x.laid.b.end).cmp(&(y.laid.a.end, y.laid.b.end)))
    });
    let mut kept: Vec<Accepted> = Vec::with_capacity(found.len());
    let mut pair_from = 0;
    for one in found.drain(..) {
        if kept
            .last()
            .is_some_and(|k| (k.unit_a, k.unit_b) != (one.unit_a, one.unit_b))
        {
            pair_from = kept.len();
        }
        let double = kept[pair_from..]
            .iter()
            .any(|k| mostly_in(&one.laid.a, &k.laid.a) && mostly_in(&one.laid.b, &k.laid.b));
        if !double {
            kept.push(one);
        }
    }
    kept.sort_by_key(|x| {
        (
            x.unit_a,
            x.unit_b,
            x.laid.a.start,
            x.laid.b.start,
            x.laid.a.end,
            x.laid.b.end,
        )
    });
    *found = kept;
}

fn mostly_in(x: &std::ops::Range<usize>, y: &std::ops::Range<usize>) -> bool {
    let shared = x.end.min(y.end).saturating_sub(x.start.max(y.start));
    2 * shared > x.len()
}
