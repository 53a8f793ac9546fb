//! What a person may set about detection. The defaults are meant for any folder, five short articles or
//! a hundred thousand long ones: everything that depends on the folder is measured, not set.

use serde::{Deserialize, Serialize};

use crate::text::Spellings;

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
    /// What counts as the same word.
    pub grades: Grades,
    /// Report passages that tell the same in other words or another order.
    pub reworded: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            min_words: 8,
            min_words_reworded: 8,
            likeness: 0.5,
            grades: Grades::default(),
            reworded: true,
        }
    }
}

/// Grades of sameness between words, each with a switch. The others than spellings are weaker: they support a passage
/// and never make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Grades {
    /// Words that differ in nothing else are one word.
    pub spellings: Spellings,
    /// `وبالمدارس / مدارس`
    pub prefixes: bool,
    /// `مهندسون / مهندسين`, `سوريا / سورية`
    pub suffixes: bool,
    /// A name that outlets transliterate in two ways: `الأمريكي / الأميركي`
    pub names: bool,
    /// `8 / ثمانية`
    pub numbers: bool,
    /// `أيلول / سبتمبر`
    pub months: bool,
}

impl Default for Grades {
    fn default() -> Self {
        Self {
            spellings: Spellings::ALL,
            prefixes: true,
            suffixes: true,
            names: true,
            numbers: true,
            months: true,
        }
    }
}

impl Grades {
    /// The names under which grades are switched, in the order of the fields.
    pub const NAMES: [&str; 11] = [
        "hamza",
        "ya",
        "ta-marbuta",
        "diacritics",
        "letters",
        "digits",
        "prefixes",
        "suffixes",
        "names",
        "numbers",
        "months",
    ];

    /// The switch of a grade by its name; `None` where there is no such grade.
    pub fn switch(&mut self, name: &str) -> Option<&mut bool> {
        Some(match name {
            "hamza" => &mut self.spellings.hamza,
            "ya" => &mut self.spellings.ya,
            "ta-marbuta" => &mut self.spellings.ta_marbuta,
            "diacritics" => &mut self.spellings.diacritics,
            "letters" => &mut self.spellings.letters,
            "digits" => &mut self.spellings.digits,
            "prefixes" => &mut self.prefixes,
            "suffixes" => &mut self.suffixes,
            "names" => &mut self.names,
            "numbers" => &mut self.numbers,
            "months" => &mut self.months,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_switch_of_its_own() {
        let mut seen = vec![Grades::default()];
        for name in Grades::NAMES {
            let mut grades = Grades::default();
            *grades.switch(name).unwrap() = false;
            assert!(!seen.contains(&grades), "{name}");
            seen.push(grades);
        }
        assert_eq!(Grades::default().switch("colour"), None);
    }
}
