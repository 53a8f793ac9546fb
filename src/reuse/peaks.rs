//! The stretches of a text that stand out: where what its words say for lying in a shared passage sums up highest,
//! given which of them stand opposite. Only these are gone through, and what is missing close behind them.

use std::ops::Range;

/// A sum that falls this far below its peak ends a stretch: some 25 words that are nowhere opposite.
const DROP: f32 = 20.0;
/// Words missing in a row that count fully, and nats for each that follows them. Who leaves out a clause decides
/// once, not word by word (affine gaps, Gotoh 1982).
pub(super) const GAP: usize = 3;
const FOLLOWS: f32 = -0.15;
/// Sums below this are not looked at.
const LEAST: f32 = 7.0;

/// A stretch of words, and its sum in nats.
pub(super) type Stretch = (Range<usize>, f32);

/// The place of a word that stands opposite, and what it says in nats.
pub(super) type Found = (u32, f32);

/// Takes those words among some, in order, that are found.
pub(super) fn find<T>(
    out: &mut Vec<Found>,
    words: impl ExactSizeIterator<Item = T>,
    look: impl Fn(T) -> (bool, Found),
) {
    // No branch for what nobody can foresee. What was there before is written over.
    out.resize(words.len(), (0, 0.0));
    let mut many = 0;
    for word in words {
        let (is_found, found) = look(word);
        out[many] = found;
        many += usize::from(is_found);
    }
    out.truncate(many);
}

/// What the words between a found one and the next say where these may have been left out at once, given what each
/// says if it is missing.
pub(super) fn left_out(from: usize, to: usize, missing: impl Fn(usize) -> f32) -> f32 {
    let close: f32 = (from..to.min(from + GAP)).map(missing).sum();
    close + FOLLOWS * (to - from).saturating_sub(GAP) as f32
}

/// Passes on the stretches over which the sum is highest, in order, given what each word says if it is `missing`. What
/// is missing before a found word (by its number among those found) counts less in a long gap where that may have
/// been left out `at_once`.
pub(super) fn peaks(
    found: &[Found],
    missing: impl Fn(usize) -> f32,
    at_once: impl Fn(usize) -> bool,
    mut each: impl FnMut(Range<usize>, f32),
) {
    let place = |at: usize| found[at].0 as usize;
    let mut at = 0;
    while at < found.len() {
        // A stretch starts where the sum leaves zero, and ends at its peak once it has fallen far.
        let mut sum = found[at].1;
        let (mut peak, mut end) = (sum, at + 1);
        let mut next = at + 1;
        while next < found.len() {
            let least = (peak - DROP).max(0.0);
            let (from, to) = (place(next - 1) + 1, place(next));
            if from == to {
                // Nothing is missing between most words of a copy.
            } else if at_once(next) {
                sum += left_out(from, to, &missing);
            } else {
                for word in from..to {
                    sum += missing(word);
                    if sum <= least {
                        break;
                    }
                }
            }
            if sum <= least {
                break;
            }
            sum += found[next].1;
            next += 1;
            end = if sum > peak { next } else { end };
            peak = peak.max(sum);
        }
        if peak >= LEAST {
            each(place(at)..place(end - 1) + 1, peak);
            at = end;
        } else {
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(found: &[u32], at_once: bool) -> Vec<Stretch> {
        let found: Vec<Found> = found.iter().map(|place| (*place, 3.0)).collect();
        let mut out = Vec::new();
        peaks(
            &found,
            |_| -1.5,
            |_| at_once,
            |range, sum| out.push((range, sum)),
        );
        out
    }

    #[test]
    fn a_stretch_goes_from_its_first_to_its_last_word_found() {
        assert_eq!(stretches(&[4, 5, 7], false), [(4..8, 7.5)]);
        assert_eq!(stretches(&[4, 5], false), []);
        assert_eq!(stretches(&[], false), []);
        // Far apart they are two, and a clause that was left out at once is bridged.
        let far = [4, 5, 6, 17, 18, 19];
        assert_eq!(stretches(&far, false), [(4..7, 9.0), (17..20, 9.0)]);
        let bridged = stretches(&far, true);
        assert_eq!(bridged.len(), 1);
        assert_eq!(bridged[0].0, 4..20);
        assert!((bridged[0].1 - (18.0 - 4.5 + 7.0 * FOLLOWS)).abs() < 1e-4);
    }
}
