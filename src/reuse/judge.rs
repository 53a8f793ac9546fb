//! Decides what a region is: a copy, a reworded passage, or nothing worth a person's time.

use super::evidence::Evidence;
use super::findings::PassageKind;
use super::join::{Join, in_a_row};
use super::lay::Laid;
use super::peaks::GAP;
use super::region::{Finder, IN_PLACE, Of, Region};
use super::runs;
use super::settings::Settings;
use super::why::Rule;
use super::words::{Corpus, Word};

/// Words that have to follow one another on both sides to speak for copying.
const RUN: usize = 3;
/// Share of the longer side's words in such runs that makes a copy, clauses not counted that it has more.
const COPIED: f32 = 0.8;

/// Two texts on one event share its words. A reworded passage therefore says this much more than chance does, as a
/// share of it, or shares this much of what one side says.
const EVENT: f32 = 0.6;
const CLOSE: f32 = 0.75;

/// What the second side may fall short of the bound of the first: the same word says a little more in one of two
/// stretches of unlike length.
const SLACK: f32 = 0.8;

/// Share of a copy's words that have to be fresh, and how many are enough however long it is: five titles in a row are
/// still titles.
const FRESH: f32 = 0.4;
const FRESH_ENOUGH: usize = 20;

/// Nats of a rough region that is followed even in the smallest folder.
const LIKELY: f32 = 16.0;

/// Shares of what chance says that a region has to say as a bag of words, for the rest may come of its order: before
/// it is followed, and when it has been, which may cost it a little.
const UNORDERED: f32 = 0.85;
const FOLLOWED: f32 = 0.8;

pub(super) struct Judge<'a> {
    settings: &'a Settings,
    /// Nats that two random stretches of this folder reach by chance about once.
    chance: f32,
    /// The same for an article of it, at the rate of a small folder.
    chance_long: f32,
}

/// Words of a folder up to which it is small: two hundred articles.
const SMALL: f32 = 60_000.0;

impl<'a> Judge<'a> {
    pub fn new(corpus: &Corpus, settings: &'a Settings) -> Self {
        let total = corpus.total.max(1) as f32;
        Self {
            settings,
            chance: 2.0 * total.ln(),
            chance_long: total.ln() + total.min(SMALL).ln(),
        }
    }

    /// Nats that a stretch with so many joined words has to say. Few words of a large folder are names and blessings
    /// that come together without being copied, so none of these may come by chance; of longer stretches each
    /// article may have as many as in a small one.
    fn needed(&self, words: usize) -> f32 {
        if words < runs::SURE {
            self.chance
        } else {
            self.chance_long
        }
    }

    /// Nats that a stretch has to say that is more than `chance` and more than one event. An event has no more words
    /// where the folder is larger.
    fn clear(chance: f32) -> f32 {
        chance + EVENT * chance.min(2.0 * SMALL.ln())
    }

    /// Nats of a rough region that may come to stand out when it is followed.
    pub fn likely(&self) -> f32 {
        LIKELY.max(UNORDERED * self.chance_long)
    }

    /// False if a region cannot become a passage, whatever its order. The texts are those that `finder` has met;
    /// one that `has_run` of [`runs::SURE`] words is not asked whether they stand close together.
    pub fn may_stand_out(
        &self,
        evidence: &Evidence,
        corpus: &Corpus,
        finder: &mut Finder,
        (number_a, number_b): (u32, u32),
        region: &Region,
        has_run: bool,
    ) -> bool {
        if region.score < FOLLOWED * self.chance_long {
            return false;
        }
        let unit = |number: u32| &corpus.units[number as usize];
        let (unit_a, unit_b) = (unit(number_a), unit(number_b));
        let of_a = finder.most(evidence, Of::A, region, |i| unit_a.fresh(i));
        let least = self
            .settings
            .min_words
            .min(self.settings.min_words_reworded);
        let needed = self.needed(of_a.found);
        let is_long = of_a.words.round() >= least as f32;
        if !is_long || has_run {
            return is_long && of_a.all >= needed;
        }
        if of_a.stretch < needed {
            return false;
        }
        let of_b = finder.most(evidence, Of::B, region, |i| {
            f32::from(u8::from(!unit_b.frames(i)))
        });
        of_b.stretch >= SLACK * needed
    }

    /// What the region is.
    ///
    /// # Errors
    /// The first rule by which it is no passage.
    pub fn verdict(
        &self,
        evidence: &Evidence,
        corpus: &Corpus,
        (number_a, number_b): (u32, u32),
        laid: &Laid,
    ) -> Result<PassageKind, Rule> {
        let unit = |number: u32| &corpus.units[number as usize];
        let (unit_a, unit_b) = (unit(number_a), unit(number_b));
        let (a, b) = (&unit_a.words[..], &unit_b.words[..]);
        let least = self.settings.min_words as usize;
        let joined = laid.joins.len();
        let chance = self.needed(joined);
        if joined < least {
            return Err(Rule::TooShort {
                words: joined as u32,
                needed: least as u32,
            });
        }
        let likeness = likeness(evidence, a, b, laid);
        if likeness < self.settings.likeness {
            return Err(Rule::TooUnlike {
                share: likeness,
                needed: self.settings.likeness,
            });
        }
        let runs = Runs::of(a, b, laid);
        let long_run = runs.longest >= runs::SURE.max(least);
        let by_chance = |says: f32, needed: f32| Rule::ByChance {
            says: says / chance,
            needed: needed / chance,
        };
        if !long_run {
            let says = laid.score + order_kept(evidence, a, laid, |_| 1.0);
            if says < chance {
                return Err(by_chance(says, chance));
            }
        }
        // Formulas are part of a passage, but speak for one only as far as they are rare; and for a reworded one not at
        // all, for what is put together from forms is.
        let is_copy = runs.shape(laid) == PassageKind::Copy;
        let fresh = |join: &Join| match unit_a.fresh(join.a()) {
            _ if unit_b.frames(join.b()) => 0.0,
            part if is_copy || part == 1.0 => part,
            _ => 0.0,
        };
        let words = || laid.joins.iter().map(fresh).sum::<f32>().round() as usize;
        let formulaic = |needed: usize| Rule::Formulaic {
            words: words() as u32,
            needed: needed as u32,
        };
        let says = || {
            let fresh: Vec<f32> = laid.joins.iter().map(fresh).collect();
            let among_all = Evidence::shift(laid.b.len());
            let joins = laid.joins.iter().zip(&fresh);
            let worn: f32 = joins
                .filter(|(_, fresh)| **fresh < 1.0)
                .map(|(join, fresh)| (1.0 - fresh) * evidence.found(a[join.a()].key(), among_all))
                .sum();
            laid.score - worn + order_kept(evidence, a, laid, |at| fresh[at])
        };
        if is_copy {
            let of_all = (FRESH * joined as f32) as usize;
            let least = of_all.clamp(least, least.max(FRESH_ENOUGH));
            // Of a book its first words are enough.
            let mut words = 0.0_f32;
            let is_fresh = laid.joins.iter().any(|join| {
                words += fresh(join);
                words.round() as usize >= least
            });
            return if is_fresh && (long_run || says() >= chance) {
                Ok(PassageKind::Copy)
            } else {
                Err(formulaic(least))
            };
        }
        let says = says();
        let least = self.settings.min_words_reworded as usize;
        if !self.settings.reworded {
            Err(Rule::RewordedOff)
        } else if says < chance || words() < least {
            Err(formulaic(least))
        } else if says < Self::clear(chance) && likeness < CLOSE {
            Err(by_chance(says, Self::clear(chance)))
        } else {
            Ok(PassageKind::Reworded)
        }
    }
}

/// Share of the words, weighted by what each says, that have a partner: the better of the two sides, for
/// a copy that left out or put in half of its sentences is one.
fn likeness(evidence: &Evidence, a: &[Word], b: &[Word], laid: &Laid) -> f32 {
    const LEAST: f32 = 0.05;
    let share = |words: &[Word], other: usize, joined: &mut dyn Iterator<Item = &Word>| {
        let shift = Evidence::shift(other);
        let weight = |word: &Word| evidence.found(word.key(), shift).max(LEAST);
        joined.map(weight).sum::<f32>() / words.iter().map(weight).sum::<f32>()
    };
    let in_a = &mut laid.joins.iter().map(|join| &a[join.a()]);
    let in_b = &mut laid.joins.iter().map(|join| &b[join.b()]);
    let share_a = share(&a[laid.a.clone()], laid.b.len(), in_a);
    let share_b = share(&b[laid.b.clone()], laid.a.len(), in_b);
    share_a.max(share_b)
}

/// What the sum of a region leaves out: that its words also stand where they should. A word that comes
/// within two words of where the last join leads is found among five, not in the whole stretch. Each join counts as far
/// as it is `fresh`, by its number.
fn order_kept(evidence: &Evidence, a: &[Word], laid: &Laid, fresh: impl Fn(usize) -> f32) -> f32 {
    const NEAR: usize = (IN_PLACE - 1) / 2;
    let among = [IN_PLACE, laid.b.len()].map(Evidence::shift);
    let steps = laid.joins.windows(2).zip(1..).filter(|(pair, at)| {
        let step = pair[1].a() - pair[0].a();
        fresh(*at) > 0.0 && (pair[0].b() + step).abs_diff(pair[1].b()) <= NEAR
    });
    steps
        .map(|(pair, at)| {
            let key = a[pair[1].a()].key();
            let [few, all] = among.map(|shift| evidence.found(key, shift));
            fresh(at) * (few - all).max(0.0)
        })
        .sum()
}

/// What an accepted region is, a copy or reworded.
pub(super) fn shape(a: &[Word], b: &[Word], laid: &Laid) -> PassageKind {
    Runs::of(a, b, laid).shape(laid)
}

/// Runs of words that follow one another on both sides.
struct Runs {
    longest: usize,
    /// Words equal in form that stand in runs of [`RUN`] and more.
    words: usize,
    /// Words of either side in clauses that the other has left out.
    left_out: (usize, usize),
}

impl Runs {
    fn of(a: &[Word], b: &[Word], laid: &Laid) -> Self {
        let mut runs = Self {
            longest: 0,
            words: 0,
            left_out: (0, 0),
        };
        for run in in_a_row(&laid.joins) {
            let equal = run.iter().filter(|x| a[x.a()] == b[x.b()]).count();
            runs.longest = runs.longest.max(equal);
            if run.len() >= RUN {
                runs.words += equal;
            }
        }
        let in_place = |pair: &&[Join]| !pair[0].moved && !pair[1].moved;
        for pair in laid.joins.windows(2).filter(in_place) {
            match (pair[1].a() - pair[0].a() - 1, pair[1].b() - pair[0].b() - 1) {
                (more, 0) if more > GAP => runs.left_out.0 += more,
                (0, more) if more > GAP => runs.left_out.1 += more,
                _ => {}
            }
        }
        runs
    }

    fn shape(&self, laid: &Laid) -> PassageKind {
        let (out_a, out_b) = self.left_out;
        let longer = (laid.a.len() - out_a).max(laid.b.len() - out_b);
        if self.words as f32 >= COPIED * longer as f32 {
            PassageKind::Copy
        } else {
            PassageKind::Reworded
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_folder_asks_for_more_than_chance_but_not_for_more_of_an_event() {
        let settings = Settings::default();
        let of_words = |total: usize| {
            let corpus = Corpus {
                total,
                ..Corpus::default()
            };
            Judge::new(&corpus, &settings)
        };
        let event = |judge: &Judge, words| Judge::clear(judge.needed(words)) - judge.needed(words);
        let [few, small, large] = [1_500, 60_000, 3_000_000].map(of_words);
        for words in [8, 40] {
            assert!(few.needed(words) < small.needed(words));
            assert!(small.needed(words) < large.needed(words));
            assert!(event(&few, words) < event(&small, words));
            assert!((event(&small, words) - event(&large, words)).abs() < 0.001);
        }
        // What is long may come by chance as often for each article as in a small folder.
        assert!(large.needed(40) < large.needed(8));
        assert_eq!(small.needed(40), small.needed(8));
    }
}
