//! What `text` does not know about months: English names, which pages in two languages print, and the
//! weekdays. Knows no years.

use jiff::civil::Weekday;

use crate::text;

/// Three letters are enough to tell them apart; longer names are compared up to their own length.
const ENGLISH: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("احد", Weekday::Sunday),
    ("اثنين", Weekday::Monday),
    ("ثلاثاء", Weekday::Tuesday),
    ("اربعاء", Weekday::Wednesday),
    ("خميس", Weekday::Thursday),
    ("جمعه", Weekday::Friday),
    ("سبت", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
];

/// The month (1 to 12) that the folded words `first`, or `first` and `second`, name, with the number of
/// words that the name takes.
pub(in crate::ingest) fn month(first: &str, second: Option<&str>) -> Option<(u8, usize)> {
    text::month(first, second).or_else(|| {
        let english = |name: &&str| first.len() >= 3 && name.starts_with(first);
        let (at, _) = ENGLISH.iter().enumerate().find(|(_, name)| english(name))?;
        Some((u8::try_from(at + 1).ok()?, 1))
    })
}

/// The day that a folded word names, with or without the article.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let bare = word.strip_prefix("ال").unwrap_or(word);
    WEEKDAYS
        .iter()
        .find(|(name, _)| *name == bare)
        .map(|(_, day)| *day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_both_languages() {
        assert_eq!(month("تشرين", Some("الثاني")), Some((11, 2)));
        assert_eq!(month("sep", None), Some((9, 1)));
        assert_eq!(month("sept", None), Some((9, 1)));
        assert_eq!(month("se", None), None);
        assert_eq!(month("maybe", None), None);
        assert_eq!(weekday("الاربعاء"), Some(Weekday::Wednesday));
    }
}
