//! What the difference between two joined words is, and whether two words are one name spelled twice.

use crate::reuse::findings::EditKind;
use crate::text::{fold_word, is_invisible, month, number_word};

/// `None` if a reader sees the same word.
pub(super) fn kind_of_joined(a: &str, b: &str) -> Option<EditKind> {
    if a == b || visible(a).eq(visible(b)) {
        return None;
    }
    let (mut folded_a, mut folded_b) = (String::new(), String::new());
    fold_word(a, &mut folded_a);
    fold_word(b, &mut folded_b);
    let (x, y) = (folded_a.as_str(), folded_b.as_str());
    if x == y {
        let digits = |text: &str| visible(text).any(char::is_numeric);
        return Some(if digits(a) && !digits_equal(a, b) {
            EditKind::Numeral
        } else {
            EditKind::Spelling
        });
    }
    let digits = |text: &str| visible(text).any(char::is_numeric);
    if number(x).is_some() && number(x) == number(y) && !(digits(x) && digits(y)) {
        return Some(EditKind::Numeral);
    }
    if month(x, None).is_some() && month(x, None) == month(y, None) {
        return Some(EditKind::Month);
    }
    Some(if spelled_alike(x, y) {
        EditKind::Spelling
    } else {
        EditKind::Reworded
    })
}

fn visible(word: &str) -> impl Iterator<Item = char> + '_ {
    word.chars().filter(|c| !is_invisible(*c))
}

fn digits_equal(a: &str, b: &str) -> bool {
    let digits = |text| visible(text).filter(|c| c.is_numeric());
    digits(a).eq(digits(b))
}

/// The value of a folded word, its article taken off: `ال8` is 8.
pub(super) fn number(folded: &str) -> Option<u64> {
    let bare = folded.strip_prefix('و').unwrap_or(folded);
    let bare = bare.strip_prefix("ال").unwrap_or(bare);
    bare.parse()
        .ok()
        .or_else(|| number_word(bare))
        .or_else(|| number_word(folded))
}

/// True if two folded words read as one word or name written by two hands.
pub(super) fn spelled_alike(x: &str, y: &str) -> bool {
    match (Spelled::new(x), Spelled::new(y)) {
        (Some(x), Some(y)) => x.is_alike(&y),
        _ => false,
    }
}

/// What a folded word is compared by: long vowels may be put in or left out, letters that stand for one foreign sound
/// swapped, two letters in the other order.
pub(super) struct Spelled {
    first: Option<char>,
    /// The first letter may be a prefix: `وقال` is not `قال` misspelled.
    joins: bool,
    sounds: Vec<char>,
    sorted: Vec<char>,
}

impl Spelled {
    /// `None` if the word is too short for it.
    pub fn new(word: &str) -> Option<Self> {
        const FEWEST: usize = 4;
        let sounds = sounds(word);
        if word.chars().count() < FEWEST || sounds.len() < 2 {
            return None;
        }
        let mut sorted = sounds.clone();
        sorted.sort_unstable();
        Some(Self {
            first: word.chars().next(),
            joins: word.starts_with(['و', 'ف', 'ب', 'ل', 'ك']),
            sounds,
            sorted,
        })
    }

    pub fn is_alike(&self, other: &Self) -> bool {
        self.joins == other.joins
            && (self.sounds == other.sounds
                || self.sorted == other.sorted
                    && self.first == other.first
                    && self.sorted.len() > 2)
    }
}

/// Consonants, those that transliterations swap mapped to one.
fn sounds(word: &str) -> Vec<char> {
    word.chars()
        .filter_map(|c| match c {
            'ا' | 'و' | 'ي' | 'ه' | 'ء' => None,
            'غ' => Some('ج'),
            'ط' => Some('ت'),
            'ص' | 'ث' => Some('س'),
            'ذ' | 'ظ' => Some('ز'),
            _ => Some(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_words_have_their_kind() {
        for (a, b, kind) in [
            ("إلى", "الى", Some(EditKind::Spelling)),
            ("الأمريكي", "الأميركي", Some(EditKind::Spelling)),
            ("مُعلَّم", "معلم", Some(EditKind::Spelling)),
            ("8", "٨", Some(EditKind::Numeral)),
            ("8", "ثمانية", Some(EditKind::Numeral)),
            ("أيلول", "سبتمبر", Some(EditKind::Month)),
            ("\u{202B}قال", "قال", None),
            ("وقال", "قال", Some(EditKind::Reworded)),
        ] {
            assert_eq!(kind_of_joined(a, b), kind, "{a} / {b}");
        }
    }

    #[test]
    fn one_name_by_two_hands() {
        assert!(spelled_alike("سيرجي", "سيرغي"));
        assert!(spelled_alike("بوتن", "بوتين"));
        assert!(!spelled_alike("لندن", "باريس"));
    }
}
