//! Grades of sameness between words: the folded form, and under it the key.
//!
//! A key may be shared by words that are not the same (`وزير` and `زير`); so keys support a passage and
//! never make one by themselves: a copy needs runs of equal folded forms.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use super::Settings;
use crate::text::{fold_word, month, number_word};

/// Two grades of one word, as hashes that are the same on every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Graded {
    /// Of the folded form.
    pub form: u64,
    /// Of the key, under which looser sameness is looked up.
    pub key: u64,
}

/// Turns words into grades, reusing its buffers.
pub(super) struct Grader<'a> {
    settings: &'a Settings,
    hasher: FixedState,
    folded: String,
}

impl<'a> Grader<'a> {
    pub fn new(settings: &'a Settings) -> Self {
        Self {
            settings,
            hasher: FixedState::with_seed(0x6d75_7161_6261_6c61),
            folded: String::new(),
        }
    }

    /// `None` for a word that carries nothing of its own: a `و` that a space has split off.
    pub fn grade(&mut self, word: &str) -> Option<Graded> {
        fold_word(word, &mut self.folded);
        if self.folded.is_empty() || self.folded == "و" {
            return None;
        }
        let form = self.hasher.hash_one(self.folded.as_str());
        let key = match key(&self.folded, self.settings) {
            Key::Text(text) => self.hasher.hash_one(text),
            Key::Month(number) => self.hasher.hash_one(("month", number)),
            Key::Number(value) => self.hasher.hash_one(("number", value)),
        };
        Some(Graded { form, key })
    }

    /// The key's hash of a folded word.
    pub fn key_of(&self, folded: &str) -> u64 {
        match key(folded, self.settings) {
            Key::Text(text) => self.hasher.hash_one(text),
            Key::Month(number) => self.hasher.hash_one(("month", number)),
            Key::Number(value) => self.hasher.hash_one(("number", value)),
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Key<'a> {
    Text(&'a str),
    Month(u8),
    Number(u64),
}

fn key<'a>(folded: &'a str, settings: &Settings) -> Key<'a> {
    if settings.numbers_and_months {
        let bare = strip_article(folded);
        if let Some(value) = number(bare).or_else(|| number(folded)) {
            return Key::Number(value);
        }
        if let Some((number, 1)) = month(folded, None) {
            return Key::Month(number);
        }
    }
    Key::Text(if settings.stems { stem(folded) } else { folded })
}

fn number(folded: &str) -> Option<u64> {
    folded.parse().ok().or_else(|| number_word(folded))
}

fn strip_article(folded: &str) -> &str {
    let rest = folded.strip_prefix('و').unwrap_or(folded);
    rest.strip_prefix("ال").unwrap_or(rest)
}

/// What is left of a folded word without the prefixes and suffixes that Arabic joins to it.
///
/// Prefix letters are taken off as long as three letters remain, whether or not they are a prefix in this
/// word: `الوزير` and `وزير` must meet, and without a lexicon they only do so at `زير`. Some words fall
/// together that are not one; how often a key occurs is measured on keys, which pays for that.
pub(super) fn stem(folded: &str) -> &str {
    const KEEP: usize = 3;
    if !folded.starts_with(|c: char| ('ء'..='ي').contains(&c)) {
        return folded;
    }
    let mut rest = match folded.strip_prefix(['و', 'ف']) {
        Some(particle) if PARTICLES.contains(&particle) => return particle,
        _ => folded,
    };
    let mut letters = folded.chars().count();
    loop {
        if letters >= KEEP + 2 && rest.starts_with("ال") {
            rest = &rest["ال".len()..];
            letters -= 2;
        } else if letters > KEEP && rest.starts_with(['و', 'ف', 'ب', 'ل', 'ك']) {
            rest = &rest['و'.len_utf8()..];
            letters -= 1;
        } else {
            break;
        }
    }
    for suffix in ["ها", "هم", "ات", "ين", "ون", "ان", "يه"] {
        if letters >= KEEP + 2 && rest.ends_with(suffix) {
            rest = &rest[..rest.len() - suffix.len()];
            letters -= 2;
            break;
        }
    }
    while letters > KEEP && rest.ends_with(['ه', 'ا', 'ي']) {
        rest = &rest[..rest.len() - 'ه'.len_utf8()];
        letters -= 1;
    }
    match rest {
        // The name that Arabic outlets spell in two ways most often; others are met by alignment.
        "اميرك" => "امريك",
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
            ("مهندسون", "المهندسين"),
            ("وفي", "في"),
            ("فإن", "أن"),
        ] {
            assert!(keys_meet(one, other), "{one} / {other}");
        }
        assert!(!keys_meet("قصر", "نصر"));
        assert!(!keys_meet("8", "9"));
    }

    #[test]
    fn a_split_conjunction_is_no_word() {
        let settings = Settings::default();
        assert!(Grader::new(&settings).grade("و").is_none());
    }

    #[test]
    fn grades_can_be_switched_off() {
        let settings = Settings {
            stems: false,
            numbers_and_months: false,
            ..Settings::default()
        };
        let mut grader = Grader::new(&settings);
        assert_ne!(
            grader.grade("الوزير").unwrap().key,
            grader.grade("وزير").unwrap().key
        );
        assert_ne!(
            grader.grade("ثمانية").unwrap().key,
            grader.grade("8").unwrap().key
        );
    }
}
