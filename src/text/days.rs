//! Words that name a day: of the week, or by its distance from the day of writing. Knows no calendar.

/// The days of the week with their article, folded.
pub const WEEKDAYS: &[&str] = &[
    "السبت",
    "الاحد",
    "الاثنين",
    "الثلاثاء",
    "الاربعاء",
    "الخميس",
    "الجمعه",
];

/// Days from the day of writing that `first` (or `first second`) names, with the number of words that
/// the name takes: `اليوم` is 0, `امس` −1, `اول امس` −2, `غدا` +1. Both words folded.
pub fn relative_day(first: &str, second: Option<&str>) -> Option<(i32, usize)> {
    Some(match (first, second) {
        ("اول", Some("امس" | "امبارح")) => (-2, 2),
        ("بعد", Some("غد" | "الغد")) => (2, 2),
        ("اليوم", _) => (0, 1),
        ("امس" | "البارحه" | "الامس" | "بالامس", _) => (-1, 1),
        ("غدا" | "الغد", _) => (1, 1),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_name_wins() {
        assert_eq!(relative_day("اول", Some("امس")), Some((-2, 2)));
        assert_eq!(relative_day("امس", Some("الاول")), Some((-1, 1)));
        assert_eq!(relative_day("غدا", None), Some((1, 1)));
        assert_eq!(relative_day("يوم", None), None);
    }
}
