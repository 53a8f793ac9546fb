//! Which two texts are worth comparing: how much of what is rare they have to have in common for it. Knows no index.

use super::fingerprint::Block;
use super::weights::GRAM_WEIGHT;

/// What two blocks of a small folder have to have in common to be compared: one n-gram that few have, or five
/// words. Whole numbers, so that the order in which they are summed up never matters.
const ENOUGH: u32 = 1000;
/// What has to come on top each time that the folder doubles from here: more texts, more chances.
const SMALL: u32 = 2048;
const PER_DOUBLING: u32 = 70;
const ALWAYS_ENOUGH: u32 = 1400;
/// Words of two texts up to which they need not have more in common, and what is enough however long they are: two
/// n-grams of a run of twelve words.
const TYPICAL: f32 = 400.0;
const A_RUN: u32 = 2 * GRAM_WEIGHT;

/// Two blocks that may share something.
pub(super) type Blocks = (Block, Block);

/// Words of two blocks, as a multiple of what is typical.
fn length((x, y): Blocks) -> f32 {
    ((x.words().len() * y.words().len()) as f32).sqrt() / TYPICAL
}

/// What is enough in a folder of so many blocks.
pub(super) fn enough(blocks: usize) -> u32 {
    let doublings = (blocks as u32 / SMALL)
        .checked_ilog2()
        .map_or(0, |log| log + 1);
    (ENOUGH + PER_DOUBLING * doublings).min(ALWAYS_ENOUGH)
}

/// What two blocks have to have in common. Two pieces of long texts meet thousands of others each; and what any two
/// texts on one subject have in common grows with their length, where what is copied does not.
pub(super) fn needed(enough: u32, (x, y): Blocks) -> u32 {
    let enough = match x.piece && y.piece {
        true => enough.max(ALWAYS_ENOUGH),
        false => enough,
    };
    let of_long = (enough as f32 * length((x, y))) as u32;
    of_long.clamp(enough, A_RUN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(words: u32) -> Blocks {
        let block = |unit| Block {
            unit,
            from: 0,
            to: words,
            piece: false,
        };
        (block(0), block(1))
    }

    #[test]
    fn long_texts_need_more_and_a_run_is_always_enough() {
        for folder in [5, 10_000, 1_000_000] {
            let enough = enough(folder);
            let of = |words| needed(enough, blocks(words));
            assert_eq!(of(60), enough);
            assert!(of(60) < of(600) && of(600) <= of(4_000));
            assert_eq!(of(4_000), 2 * GRAM_WEIGHT);
        }
    }
}
