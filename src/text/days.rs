//! Words that name a day: of the week, or by its distance from the day of writing. Knows no calendar.

use super::words::without_waw;

/// The days of the week with their article, folded, from Saturday on.
pub const WEEKDAYS: &[&str] = &[
    "السبت",
    "الاحد",
    "الاثنين",
    "الثلاثاء",
    "الاربعاء",
    "الخميس",
    "الجمعه",
];

/// A day that is named without a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedDay {
    /// So many days behind the day of writing; before it if negative.
    Away(i32),
    /// A day of the week, as an index into [`WEEKDAYS`], and which one.
    Week(usize, Which),
}

/// Which of the days of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// `الأحد`: the one before or behind, or the day of writing itself.
    Near,
    /// `الأحد الماضي`
    Last,
    /// `الأحد المقبل`
    Next,
}

/// The day that folded words name, if they are nothing else: `مساء امس`, `اليوم الخميس`, `الاحد الماضي`.
pub fn named_day<S: AsRef<str>>(words: &[S]) -> Option<NamedDay> {
    /// Parts of a day, before its name.
    const PARTS: &[&str] = &[
        "يوم", "مساء", "صباح", "ظهر", "عصر", "فجر", "ليل", "ليله", "نهار",
    ];
    let mut words = words.iter().map(AsRef::as_ref).peekable();
    while words
        .peek()
        .is_some_and(|word| PARTS.contains(&without_waw(word)))
    {
        words.next();
    }
    let first = without_waw(words.next()?);
    if let Some(weekday) = WEEKDAYS.iter().position(|day| *day == first) {
        let which = match words.next() {
            None | Some("الجاري" | "الجاريه" | "الحالي" | "الحاليه") => {
                Which::Near
            }
            Some("الماضي" | "الماضيه" | "الفاءت" | "الفاءته" | "المنصرم" | "المنصرمه") => {
                Which::Last
            }
            Some("المقبل" | "المقبله" | "القادم" | "القادمه") => {
                Which::Next
            }
            Some(_) => return None,
        };
        return words
            .next()
            .is_none()
            .then_some(NamedDay::Week(weekday, which));
    }
    let mut second = words.next();
    if first == "اول" && second == Some("من") {
        second = words.next();
    }
    let (days, taken) = relative_day(first, second)?;
    // The day of the week may stand beside: it says the same once more.
    let rest = if taken == 2 { words.next() } else { second };
    let same = rest.is_none_or(|word| WEEKDAYS.contains(&word));
    (same && words.next().is_none()).then_some(NamedDay::Away(days))
}

/// Days from the day of writing that `first` (or `first second`) names, with the number of words that
/// the name takes: `اليوم` is 0, `امس` −1, `اول امس` −2, `غدا` +1. Both words folded.
pub fn relative_day(first: &str, second: Option<&str>) -> Option<(i32, usize)> {
    Some(match (first, second) {
        ("اول", Some("امس" | "امبارح")) | ("امس", Some("الاول")) => (-2, 2),
        ("بعد", Some("غد" | "الغد")) => (2, 2),
        ("اليوم", _) => (0, 1),
        ("امس" | "البارحه" | "الامس" | "بالامس", _) => (-1, 1),
        ("غدا" | "غد" | "الغد", _) => (1, 1),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_name_wins() {
        assert_eq!(relative_day("اول", Some("امس")), Some((-2, 2)));
        assert_eq!(relative_day("امس", Some("الاول")), Some((-2, 2)));
        assert_eq!(relative_day("امس", Some("الخميس")), Some((-1, 1)));
        assert_eq!(relative_day("غدا", None), Some((1, 1)));
        assert_eq!(relative_day("يوم", None), None);
    }

    #[test]
    fn days_are_named_in_one_word_and_in_several() {
        let week = |day, which| Some(NamedDay::Week(day, which));
        for (words, day) in [
            ("اليوم", Some(NamedDay::Away(0))),
            ("مساء امس", Some(NamedDay::Away(-1))),
            ("وصباح اليوم الخميس", Some(NamedDay::Away(0))),
            ("اول من امس", Some(NamedDay::Away(-2))),
            ("امس الاول السبت", Some(NamedDay::Away(-2))),
            ("بعد غد", Some(NamedDay::Away(2))),
            ("يوم الاحد", week(1, Which::Near)),
            ("الجمعه الماضيه", week(6, Which::Last)),
            ("الجمعه القادمه", week(6, Which::Next)),
            ("يوم غد", Some(NamedDay::Away(1))),
            ("الاثنين المقبل", week(2, Which::Next)),
            ("يوم", None),
            ("الاحد والاثنين", None),
            ("اليوم التالي", None),
            ("بعد ظهر", None),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(named_day(&words), day, "{words:?}");
        }
    }
}
