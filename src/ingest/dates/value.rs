//! A value that is nothing but a date, as metadata, columns and date elements have it: ISO 8601, RFC 2822, what
//! JavaScript prints, seconds since 1970, and all that lines of text have. A day is taken as it is written,
//! in the time zone of whoever wrote it.

use jiff::civil::Date;

use super::parse::{self, DateHit, Order, TokenKind};
use crate::article::Sureness;

/// Longer values are sentences.
const LONGEST: usize = 120;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct DayValue {
    pub date: Date,
    pub order: Order,
    pub sureness: Sureness,
}

impl DayValue {
    /// A day as a line of text says it.
    pub(super) fn of(hit: &DateHit) -> Self {
        Self {
            date: hit.date,
            order: hit.order,
            sureness: super::line::sureness(hit),
        }
    }

    /// A day that can be read in one way only.
    pub fn clear(date: Date) -> Self {
        Self {
            date,
            order: Order::Clear,
            sureness: Sureness::Sure,
        }
    }
}

/// The days with which calendars of programs begin: what they write where they know none.
pub(in crate::ingest) fn is_beginning(day: Date) -> bool {
    matches!(
        (day.year(), day.month(), day.day()),
        (1969, 12, 31) | (1970, 1, 1) | (1899, 12, 30 | 31) | (1900, 1, 1)
    )
}

/// The day that a value means.
pub(in crate::ingest) fn value(text: &str) -> Option<DayValue> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if is_digits(text) {
        return digits(text);
    }
    // Seconds as Python tells them.
    let seconds = text.split_once('.');
    if let Some((whole, _)) =
        seconds.filter(|(whole, part)| whole.len() > 8 && is_digits(whole) && is_digits(part))
    {
        return digits(whole);
    }
    if let Some(date) = iso(text) {
        let found = DayValue::clear(date);
        return Some(if late_in_utc(text) {
            DayValue {
                sureness: Sureness::Likely,
                ..found
            }
        } else {
            found
        });
    }
    let tokens = parse::tokens(text);
    if let Some(hit) = parse::dates(&tokens)
        .into_iter()
        .min_by_key(|hit| (hit.hijri, hit.start))
    {
        return Some(DayValue::of(&hit));
    }
    // `Wed Mar 05 2031 10:00:00 GMT+0300`.
    (0..tokens.len()).find_map(|at| {
        let (month, used) = super::month(parse::word(&tokens, at)?, parse::word(&tokens, at + 1))?;
        let (day, _) = parse::number(&tokens, at + used)?;
        let (year, digits) = parse::number(&tokens, at + used + 1)?;
        (digits == 4).then_some(())?;
        parse::day(year, month.into(), day).map(DayValue::clear)
    })
}

/// `2031-03-05…`: the day that the value begins with.
fn iso(text: &str) -> Option<Date> {
    let head = text.get(..10)?;
    let goes_on = text[10..]
        .chars()
        .next()
        .is_some_and(|c| c.is_ascii_digit());
    let mut parts = head.split(['-', '/']);
    let mut next = || parts.next().and_then(|part| part.parse::<u32>().ok());
    let (year, month, day) = (next()?, next()?, next()?);
    if goes_on || year < 1000 {
        return None;
    }
    parse::day(year, month, day)
}

/// In universal time late in the evening: the outlet's own day may have been the next.
fn late_in_utc(text: &str) -> bool {
    let universal = text.ends_with('Z') || text.ends_with("+00:00") || text.ends_with("+0000");
    let hour = text.get(11..13).and_then(|hour| hour.parse::<u32>().ok());
    universal && hour.is_some_and(|hour| hour >= 20)
}

/// `20310305`, `20310305101500`, seconds or milliseconds since 1970.
fn digits(text: &str) -> Option<DayValue> {
    let number: i64 = text.parse().ok()?;
    match text.len() {
        8 | 12 | 14 => {
            let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
            let date = parse::day(part(0..4)?, part(4..6)?, part(6..8)?)?;
            Some(DayValue::clear(date))
        }
        9 | 10 | 13 => {
            let seconds = if text.len() == 13 {
                number / 1000
            } else {
                number
            };
            let stamp = jiff::Timestamp::from_second(seconds).ok()?;
            Some(DayValue {
                sureness: Sureness::Likely,
                ..DayValue::clear(jiff::tz::Offset::UTC.to_datetime(stamp).date())
            })
        }
        _ => None,
    }
}

/// True where a table's token is a number of eight digits that is a day.
pub(super) fn eight_digits(kind: &TokenKind) -> Option<Date> {
    match kind {
        TokenKind::Number {
            value, digits: 8, ..
        } => parse::day(value / 10_000, value / 100 % 100, value % 100),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn all_the_ways_in_which_programs_write_a_day() {
        let day = date(2031, 3, 5);
        for text in [
            "2031-03-05",
            "2031-03-05T23:10:00+03:00",
            "2031-03-05 10:00:00",
            "2031/03/05",
            "20310305",
            "20310305101500",
            "Wed, 05 Mar 2031 10:00:00 +0300",
            "Wed Mar 05 2031 10:00:00 GMT+0300 (Arabian Standard Time)",
            "March 5, 2031",
            "5 آذار/مارس 2031",
            "الأربعاء ٥ مارس ٢٠٣١ - ١٠:١٥",
            "05/03/2031",
            "1930471200",
            "1930471200000",
            "1930471200.0",
            "1930471200.1234567",
        ] {
            assert_eq!(value(text).map(|found| found.date), Some(day), "{text}");
        }
        assert_eq!(
            value("05/03/2031").map(|v| v.sureness),
            Some(Sureness::Unsure)
        );
        assert_eq!(
            value("2031-03-05T22:00:00Z").map(|v| v.sureness),
            Some(Sureness::Likely)
        );
        assert_eq!(
            value("3 رمضان 1452 هـ").map(|v| v.sureness),
            Some(Sureness::Likely)
        );
        for text in ["", "x", "12", "2031", "2031-13-05", "99999999"] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_value_is_a_day_or_none(text in "\\PC{0,60}") {
            let _ = value(&text);
        }

        #[test]
        fn days_come_back(y in 1900i16..2100, m in 1i8..=12, d in 1i8..=28) {
            let day = date(y, m, d);
            prop_assert_eq!(value(&day.to_string()).map(|v| v.date), Some(day));
            prop_assert_eq!(value(&format!("{day}T10:00:00Z")).map(|v| v.date), Some(day));
        }
    }
}
