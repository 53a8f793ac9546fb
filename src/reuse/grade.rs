//! Grades of sameness between words: the folded form, and under it the key.
//!
//! A key may be shared by words that are not the same (`وزير` and `زير`); so keys support a passage and
//! never make one by themselves: a copy needs runs of equal folded forms.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use super::settings::{Grades, Settings};
use crate::text::{Spellings, fold_word, fold_word_by, month, whole_number};

/// Two grades of one word, as hashes that are the same on every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Graded {
    /// Of the folded form.
    pub form: u64,
    /// Of the key, under which looser sameness is looked up.
    pub key: u64,
}

/// Turns words into grades, reusing its buffers.
pub(super) struct Grader {
    grades: Grades,
    hasher: FixedState,
    /// A word as it is compared, and, where differences of spelling are to stay, folded altogether: number
    /// words and months are known by that.
    form: String,
    folded: String,
}

impl Grader {
    pub fn new(settings: &Settings) -> Self {
        Self {
            grades: settings.grades,
            hasher: FixedState::with_seed(0x6d75_7161_6261_6c61),
            form: String::new(),
            folded: String::new(),
        }
    }

    /// What a spelling is known by.
    pub fn spelling(&self, word: &str) -> u64 {
        self.hasher.hash_one(word)
    }

    /// `None` for a word that carries nothing of its own: a `و` that a space has split off.
    pub fn grade(&mut self, word: &str) -> Option<Graded> {
        let spellings = &self.grades.spellings;
        let as_folded = *spellings == Spellings::ALL;
        if as_folded {
            fold_word(word, &mut self.form);
        } else {
            fold_word_by(word, spellings, &mut self.form);
            fold_word(word, &mut self.folded);
        }
        if self.form.is_empty() || self.form == "و" {
            return None;
        }
        let folded = if as_folded { &self.form } else { &self.folded };
        let form = self.hasher.hash_one(self.form.as_str());
        let key = match key(&self.form, folded, &self.grades) {
            Key::Text(text) => self.hasher.hash_one(text),
            Key::Month(number) => self.hasher.hash_one(("month", number)),
            Key::Number(value) => self.hasher.hash_one(("number", value)),
        };
        Some(Graded { form, key })
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Key<'a> {
    Text(&'a str),
    Month(u8),
    Number(u64),
}

fn key<'a>(form: &'a str, folded: &str, grades: &Grades) -> Key<'a> {
    if grades.numbers
        && let Some(value) = whole_number(folded)
    {
        return Key::Number(value);
    }
    if grades.months
        && let Some((number, 1)) = month(folded, None)
    {
        return Key::Month(number);
    }
    Key::Text(stem_by(form, grades))
}

/// What is left of a folded word without the prefixes and suffixes that Arabic joins to it.
pub(super) fn stem(folded: &str) -> &str {
    stem_by(folded, &Grades::default())
}

/// What these grades leave of a folded word.
///
/// Prefix letters are taken off as long as three letters remain, whether or not they are a prefix in this
/// word: `الوزير` and `وزير` must meet, and without a lexicon they only do so at `زير`. Some words fall
/// together that are not one; how often a key occurs is measured on keys, which pays for that.
fn stem_by<'a>(folded: &'a str, grades: &Grades) -> &'a str {
    const KEEP: usize = 3;
    if !folded.starts_with(|c: char| ('ء'..='ي').contains(&c)) {
        return folded;
    }
    let mut rest = match folded.strip_prefix(['و', 'ف']) {
        Some(particle) if grades.prefixes && PARTICLES.contains(&particle) => return particle,
        _ => folded,
    };
    let mut letters = folded.chars().count();
    loop {
        if !grades.prefixes {
            break;
        } else if letters >= KEEP + 2 && rest.starts_with("ال") {
            rest = &rest["ال".len()..];
            letters -= 2;
        } else if letters > KEEP && rest.starts_with(['و', 'ف', 'ب', 'ل', 'ك']) {
            rest = &rest['و'.len_utf8()..];
            letters -= 1;
        } else {
            break;
        }
    }
    let suffixes: &[&str] = match grades.suffixes {
        true => &["ها", "هم", "ات", "ين", "ون", "ان", "يه"],
        false => &[],
    };
    for suffix in suffixes {
        if letters >= KEEP + 2 && rest.ends_with(*suffix) {
            rest = &rest[..rest.len() - suffix.len()];
            letters -= 2;
            break;
        }
    }
    while grades.suffixes && letters > KEEP && rest.ends_with(['ه', 'ا', 'ي']) {
        rest = &rest[..rest.len() - 'ه'.len_utf8()];
        letters -= 1;
    }
    match rest {
        // The name that Arabic outlets spell in two ways most often; others are met by alignment.
        "اميرك" if grades.names => "امريك",
        _ => rest,
    }
}

/// Words of two letters that a joined `و` or `ف` does not make another word, folded.
const PARTICLES: &[&str] = &[
    "في", "من", "عن", "ان", "لم", "لن", "لا", "ما", "قد", "هو", "هي", "هم", "كل",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn keys_meet(one: &str, other: &str) -> bool {
        let settings = Settings::default();
        let mut grader = Grader::new(&settings);
        grader.grade(one).unwrap().key == grader.grade(other).unwrap().key
    }

    #[test]
    fn words_meet_under_their_key() {
        for (one, other) in [
            ("الوزير", "وزير"),
            ("وبالمدارس", "المدارس"),
            ("سوريا", "سورية"),
            ("الأميركي", "الأمريكية"),
            ("ثمانية", "8"),
            ("ال8", "٨"),
            ("أيلول", "سبتمبر"),
            ("1,250", "١٢٥٠"),
            ("وألف", "1000"),
            ("مهندسون", "المهندسين"),
            ("وفي", "في"),
            ("فإن", "أن"),
        ] {
            assert!(keys_meet(one, other), "{one} / {other}");
        }
        assert!(!keys_meet("قصر", "نصر"));
        assert!(!keys_meet("8", "9"));
        assert!(!keys_meet("مليون", "مليوني"));
    }

    #[test]
    fn a_split_conjunction_is_no_word() {
        let settings = Settings::default();
        assert!(Grader::new(&settings).grade("و").is_none());
    }

    #[test]
    fn every_grade_can_be_switched_off() {
        for (name, one, other) in [
            ("hamza", "مسؤول", "مسئول"),
            ("ya", "على", "علي"),
            ("ta-marbuta", "قوة", "قوه"),
            ("diacritics", "كُتِبَ", "كتب"),
            ("letters", "کتاب", "كتاب"),
            ("digits", "٨", "8"),
            ("prefixes", "الوزير", "وزير"),
            ("suffixes", "مهندسون", "مهندسين"),
            ("names", "الأميركي", "الأمريكي"),
            ("numbers", "ثمانية", "8"),
            ("months", "أيلول", "سبتمبر"),
        ] {
            assert!(keys_meet(one, other), "{one} / {other}");
            let mut settings = Settings::default();
            *settings.grades.switch(name).unwrap() = false;
            if name == "digits" {
                // One number in two scripts is still one number.
                settings.grades.numbers = false;
            }
            let mut grader = Grader::new(&settings);
            let (x, y) = (grader.grade(one).unwrap(), grader.grade(other).unwrap());
            assert_ne!(x.key, y.key, "{name}: {one} / {other}");
            assert_eq!(grader.grade(one), Some(x));
        }
    }

    #[test]
    fn months_and_numbers_are_known_in_any_spelling_that_stays() {
        let mut settings = Settings::default();
        for name in ["hamza", "ya", "ta-marbuta"] {
            *settings.grades.switch(name).unwrap() = false;
        }
        let mut grader = Grader::new(&settings);
        for (one, other) in [("أيلول", "ايلول"), ("ثمانية", "8"), ("مئة", "مائة")]
        {
            let (x, y) = (grader.grade(one).unwrap(), grader.grade(other).unwrap());
            assert_eq!(x.key, y.key, "{one} / {other}");
        }
    }
}
