//! Days as a person types them into a bound: with digits of any script, in either order, or with the name
//! of a month as any region prints it, of either calendar.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::text::{self, hijri};

/// First and last day of what was typed: a day, a month or a year. `None` where it is none of these.
///
/// `2031`, `2031-03`, `3/2031`, `2031-03-05`, `5/3/2031`, `٥ آذار ٢٠٣١`, `مارس 2031`, `رمضان 1436`. Years from
/// 1300 to 1500 are Hijri.
pub fn typed_days(typed: &str) -> Option<(Date, Date)> {
    let typed = typed.replace('.', " ");
    let words: Vec<String> = text::words(&typed)
        .map(|word| text::fold(&typed[word]).text().to_owned())
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // `1436هـ` and `2015م` say which calendar; the year says so as well.
    let number = |word: &str| word.trim_end_matches(['ه', 'م']).parse::<i16>().ok();
    let is_year = |number: i16| number > 31;
    let name = |words: &[&str]| {
        let (first, second) = (words.first()?, words.get(1).copied());
        text::month(first, second).or_else(|| text::hijri_month(first, second))
    };
    let named = (0..words.len()).find_map(|at| {
        let (month, used) = name(&words[at..])?;
        Some((at, month as i8, used))
    });
    if let Some((at, month, used)) = named {
        let before = &words[..at];
        let after = &words[at + used..];
        // `كانون الثاني/يناير`: the second name says the same again.
        let after = match after {
            rest if name(rest).is_some() => {
                let said = name(rest)?;
                if said.0 as i8 != month {
                    return None;
                }
                &after[said.1..]
            }
            rest => rest,
        };
        let [year] = after else { return None };
        let year = number(year)?;
        return match before {
            [] => period(year, Some(month), None),
            [day] => period(year, Some(month), Some(number(day)? as i8)),
            _ => None,
        };
    }
    let numbers: Option<Vec<i16>> = words.iter().map(|word| number(word)).collect();
    match numbers?[..] {
        [year] if is_year(year) => period(year, None, None),
        [year, month] if is_year(year) => period(year, Some(month as i8), None),
        [month, year] if is_year(year) => period(year, Some(month as i8), None),
        [year, month, day] if is_year(year) => period(year, Some(month as i8), Some(day as i8)),
        [day, month, year] if is_year(year) => period(year, Some(month as i8), Some(day as i8)),
        _ => None,
    }
}

fn period(year: i16, month: Option<i8>, day: Option<i8>) -> Option<(Date, Date)> {
    if hijri::is_year(u32::try_from(year).ok()?) {
        return hijri_period(year as u32, month.map(|m| m as u32), day.map(|d| d as u32));
    }
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(_), None) => first.last_of_month(),
        (None, None) => first.checked_add(1.year()).ok()?.yesterday().ok()?,
    };
    Some((first, last))
}

/// Ends the day before the next one begins: months and years are of different lengths.
fn hijri_period(year: u32, month: Option<u32>, day: Option<u32>) -> Option<(Date, Date)> {
    let first = hijri::day(year, month.unwrap_or(1), day.unwrap_or(1))?;
    let next = match (month, day) {
        (_, Some(_)) => return Some((first, first)),
        (Some(month), None) if month < 12 => hijri::day(year, month + 1, 1),
        _ => hijri::day(year + 1, 1, 1),
    };
    Some((first, next?.yesterday().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn days_are_read_as_people_type_them() {
        let day = |y, m, d| Some((date(y, m, d), date(y, m, d)));
        for (typed, expected) in [
            ("2031-03-05", day(2031, 3, 5)),
            ("5/3/2031", day(2031, 3, 5)),
            ("05.03.2031", day(2031, 3, 5)),
            ("٥/٣/٢٠٣١", day(2031, 3, 5)),
            ("5 مارس 2031", day(2031, 3, 5)),
            ("٥ آذار ٢٠٣١", day(2031, 3, 5)),
            ("5 آذار/مارس 2031", day(2031, 3, 5)),
            ("12 كانون الثاني 2031", day(2031, 1, 12)),
            ("2031", Some((date(2031, 1, 1), date(2031, 12, 31)))),
            ("شباط 2032", Some((date(2032, 2, 1), date(2032, 2, 29)))),
            ("2/2032", Some((date(2032, 2, 1), date(2032, 2, 29)))),
            ("1 رمضان 1436", day(2015, 6, 18)),
            ("1436/9/1", day(2015, 6, 18)),
            ("1 رمضان 1436هـ", day(2015, 6, 18)),
            ("رمضان ١٤٣٦", Some((date(2015, 6, 18), date(2015, 7, 16)))),
            ("1436", Some((date(2014, 10, 25), date(2015, 10, 13)))),
            ("2031-02-30", None),
            ("5 مارس", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(typed_days(typed), expected, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn anything_can_be_typed(typed in "[0-9 /مارسكانون-]{0,24}") {
            if let Some((first, last)) = typed_days(&typed) {
                prop_assert!(first <= last);
            }
        }
    }
}
