//! Days of the Hijri year, by the calendar of Umm al-Qura, which Saudi newspapers print by. Elsewhere months
//! begin when the moon is seen, so that a day may be off by one: a Gregorian date beside it is believed first.
//! Iran counts the same years by the sun.

use icu_calendar::Date as Calendar;
use icu_calendar::cal::Hijri;
use icu_calendar::cal::hijri::UmmAlQura;
use icu_calendar::{AsCalendar, Iso};
use jiff::civil::Date;

/// Years that newspapers can have: 1882 to 2077.
const YEARS: std::ops::RangeInclusive<u32> = 1300..=1500;
/// Solar years of the web, 1991 to 2041. By the moon they were over before it began.
const SOLAR_YEARS: std::ops::RangeInclusive<u32> = 1370..=1419;
/// The months of the solar year, folded ([`super::fold_word`]).
const SOLAR_MONTHS: [&str; 12] = [
    "فروردين",
    "ارديبهشت",
    "خرداد",
    "تير",
    "مرداد",
    "شهريور",
    "مهر",
    "ابان",
    "اذر",
    "دي",
    "بهمن",
    "اسفند",
];

/// The day `day` of month `month` of a Hijri year. A month that ends when the moon is seen may have a thirtieth day
/// that the calendar does not give it.
pub fn day(year: u32, month: u32, day: u32) -> Option<Date> {
    by_calendar(year, month, day).or_else(|| match day {
        30 => by_calendar(year, month, 29)?.tomorrow().ok(),
        _ => None,
    })
}

fn by_calendar(year: u32, month: u32, day: u32) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    let hijri = Calendar::try_new_hijri_with_calendar(
        i32::try_from(year).ok()?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
        Hijri::<UmmAlQura>::new_umm_al_qura(),
    );
    civil(hijri.ok()?)
}

/// The day `day` of month `month` of a solar Hijri year.
pub fn solar_day(year: u32, month: u32, day: u32) -> Option<Date> {
    if !SOLAR_YEARS.contains(&year) {
        return None;
    }
    let persian = Calendar::try_new_persian(
        i32::try_from(year).ok()?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
    );
    civil(persian.ok()?)
}

/// The month (1 to 12) of the solar year that a folded word names.
pub fn solar_month(word: &str) -> Option<u32> {
    (1..)
        .zip(SOLAR_MONTHS)
        .find_map(|(number, name)| (name == word).then_some(number))
}

fn civil(day: Calendar<impl AsCalendar>) -> Option<Date> {
    let iso = day.to_calendar(Iso);
    Date::new(
        i16::try_from(iso.year().extended_year()).ok()?,
        i8::try_from(iso.month().ordinal).ok()?,
        i8::try_from(iso.day_of_month().0).ok()?,
    )
    .ok()
}

/// True for a year that can only be a Hijri one.
pub fn is_year(year: u32) -> bool {
    YEARS.contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_that_newspapers_printed_in_both_calendars() {
        // First days of years and of Ramadan as the Umm al-Qura calendar has them.
        for (hijri, gregorian) in [
            ((1436, 1, 1), date(2014, 10, 25)),
            ((1436, 9, 1), date(2015, 6, 18)),
            ((1437, 1, 1), date(2015, 10, 14)),
            ((1445, 9, 1), date(2024, 3, 11)),
        ] {
            assert_eq!(day(hijri.0, hijri.1, hijri.2), Some(gregorian));
        }
        // Ramadan of 1440 has 29 days by the calendar, and had 30 where the moon was seen late.
        assert_eq!(day(1440, 9, 29), Some(date(2019, 6, 3)));
        assert_eq!(day(1440, 9, 30), Some(date(2019, 6, 4)));
        assert_eq!(day(1436, 13, 1), None);
        assert_eq!(day(1436, 13, 30), None);
        assert_eq!(day(1436, 1, 31), None);
        assert_eq!(day(2015, 1, 1), None);
        // The first of Nowruz.
        assert_eq!(solar_day(1403, 1, 1), Some(date(2024, 3, 20)));
        assert_eq!(solar_day(1403, 12, 31), None);
        assert_eq!(solar_day(1446, 1, 1), None);
    }
}
