//! What a word says for or against lying in a shared passage, in nats.
//!
//! For: how unlikely it is to occur in the other side's stretch by chance; against: how unlikely it is to be missing
//! there if the stretch were reused (a log-likelihood ratio).

use super::words::Corpus;

/// How likely a word of a reused stretch is to be found on the other side.
const KEPT: f32 = 0.8;
/// The least chance that is believed: names of one event come in bundles.
const CHANCE_FLOOR: f32 = 0.03;

/// What a word says, by key and length of the other side; shared by all threads.
pub(super) struct Evidence {
    /// For each key, its chance on a logarithmic scale.
    level: Vec<u8>,
    /// By level and column together.
    scores: Vec<Score>,
}

/// What a word says if it is found opposite, and if it is not, in nats.
#[derive(Clone, Copy)]
pub(super) struct Score {
    /// Never below zero.
    pub found: f32,
    /// Never above zero.
    pub missing: f32,
}

/// The scores of one column, by level.
pub(super) type Column = [Score; LEVELS];

const STEPS_PER_OCTAVE: f32 = 4.0;
const LOWEST: f32 = -32.0;
/// Levels go up to 128 and fit in a byte, columns go up to 128 (4 billion words).
const LEVELS: usize = 256;
const STEPS: usize = LEVELS + 129;

impl Evidence {
    pub fn new(corpus: &Corpus) -> Self {
        let level = corpus
            .chance
            .iter()
            .map(|p| ((p.log2() - LOWEST) * STEPS_PER_OCTAVE).round().max(0.0) as u8)
            .collect();
        let scores = (0..STEPS)
            .map(|step| {
                let expected = (step as f32 / STEPS_PER_OCTAVE + LOWEST).exp2();
                let by_chance = (1.0 - (-expected).exp()).clamp(CHANCE_FLOOR, 0.999);
                Score {
                    found: (KEPT / by_chance).ln().max(0.0),
                    missing: ((1.0 - KEPT) / (1.0 - by_chance)).ln().min(0.0),
                }
            })
            .collect();
        Self { level, scores }
    }

    /// For each key, its level: the row of a column that it stands in.
    pub fn levels(&self) -> &[u8] {
        &self.level
    }

    /// The row of a column in which the words of a key stand.
    pub fn level(&self, key: u32) -> u8 {
        self.level[key as usize]
    }

    /// The column for an other side of `words` words.
    pub fn shift(words: usize) -> u8 {
        ((words.max(1) as f32).log2() * STEPS_PER_OCTAVE).round() as u8
    }

    /// What a word says, in nats, that is found opposite.
    pub fn found(&self, key: u32, shift: u8) -> f32 {
        self.scores[usize::from(self.level(key)) + usize::from(shift)].found
    }

    pub fn column(&self, shift: u8) -> &Column {
        // There are always enough steps behind a column's first.
        const NONE: Column = [Score {
            found: 0.0,
            missing: 0.0,
        }; LEVELS];
        self.scores[usize::from(shift)..]
            .first_chunk()
            .unwrap_or(&NONE)
    }
}
