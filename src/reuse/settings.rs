//! What a person may set about detection. The defaults are meant for any folder, five short articles or
//! a hundred thousand long ones: everything that depends on the folder is measured, not set.

use serde::{Deserialize, Serialize};

/// How alike and how long a passage has to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Fewest aligned words of a copied passage.
    pub min_words: u32,
    /// Fewest aligned words of a reworded passage, which needs more to be told from chance.
    pub min_words_reworded: u32,
    /// Least share of a passage's words, weighted by how rare they are, that both sides have, 0 to 1.
    pub likeness: f32,
    /// Words without common prefixes and suffixes count as the same (`وبالمدارس`, `المدرسة`).
    pub stems: bool,
    /// Numerals and number words (`8`, `ثمانية`), and month names of all regions, count as the same.
    pub numbers_and_months: bool,
    /// Report passages that tell the same in other words or another order.
    pub reworded: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            min_words: 8,
            min_words_reworded: 8,
            likeness: 0.5,
            stems: true,
            numbers_and_months: true,
            reworded: true,
        }
    }
}
