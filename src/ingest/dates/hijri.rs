//! Dates of the years that are counted from the Hijra: by the moon, and in Iran by the sun.

use jiff::civil::Date;

use super::parse::{Order, Token, TokenKind, mark, number, word};
use crate::text::{hijri, hijri_month};

/// A date of one of the years of the Hijra, and the token past it.
pub(super) fn date_at(tokens: &[Token], at: usize) -> Option<(Date, Order, usize)> {
    let solar = solar(tokens, at).map(|(date, end)| (date, Order::Clear, end));
    solar.or_else(|| lunar(tokens, at))
}

/// `14 اسفند 1409`, `۱۴۰۹/۱۲/۱۴`.
fn solar(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let (a, _) = number(tokens, at)?;
    let (last, digits) = number(tokens, at + 2)?;
    if let Some(month) = word(tokens, at + 1).and_then(hijri::solar_month) {
        let day = hijri::solar_day(last, month, a).filter(|_| digits == 4)?;
        return Some((day, at + 3));
    }
    let separator = mark(tokens, at + 1).filter(|c| matches!(c, '/' | '-' | '.'))?;
    let (day, _) = number(tokens, at + 4)?;
    let same = mark(tokens, at + 3) == Some(separator);
    let persian = matches!(tokens[at].kind, TokenKind::Number { persian, .. } if persian);
    let by_moon = matches!(word(tokens, at + 5), Some("ه" | "هجري" | "ق"));
    let day = hijri::solar_day(a, last, day).filter(|_| same && persian && !by_moon)?;
    Some((day, at + 5))
}

/// `5 رجب 1440 هـ`, `21/10/1436هـ`, `1436-10-21`.
fn lunar(tokens: &[Token], at: usize) -> Option<(Date, Order, usize)> {
    let past_sign = |end: usize| {
        let sign = matches!(word(tokens, end), Some("ه" | "هجري" | "هجريه" | "للهجره"));
        end + usize::from(sign)
    };
    let (a, a_digits) = number(tokens, at)?;
    let second = word(tokens, at + 2);
    if let Some((month, words)) = word(tokens, at + 1).and_then(|first| hijri_month(first, second))
    {
        let mut i = at + 1 + words;
        i += usize::from(matches!(mark(tokens, i), Some(',' | '،' | '-' | '/')));
        i += usize::from(matches!(
            word(tokens, i),
            Some("عام" | "سنه" | "لعام" | "لسنه")
        ));
        let (year, digits) = number(tokens, i)?;
        let date = hijri::day(year, month.into(), a).filter(|_| digits == 4)?;
        return Some((date, Order::Clear, past_sign(i + 1)));
    }
    let separator = mark(tokens, at + 1).filter(|c| matches!(c, '/' | '-' | '.' | '–'))?;
    let (b, _) = number(tokens, at + 2)?;
    let (c, c_digits) =
        number(tokens, at + 4).filter(|_| mark(tokens, at + 3) == Some(separator))?;
    let end = past_sign(at + 5);
    if a_digits == 4 && hijri::is_year(a) {
        return Some((hijri::day(a, b, c)?, Order::Clear, end));
    }
    if c_digits != 4 || !hijri::is_year(c) {
        return None;
    }
    match (hijri::day(c, b, a), hijri::day(c, a, b)) {
        (Some(date), Some(other)) if date != other => Some((date, Order::Open(other), end)),
        (Some(date), _) => Some((date, Order::DayFirst, end)),
        (None, Some(date)) => Some((date, Order::MonthFirst, end)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::{dates, tokens};
    use jiff::civil::date;

    #[test]
    fn days_of_iran_are_counted_by_the_sun() {
        let day = date(2031, 3, 5);
        let only = |line: &'static str| {
            let found = dates(&tokens(line));
            let [hit] = found[..] else {
                unreachable!("{line}: {found:?}")
            };
            (hit.date, &line[hit.start..hit.end])
        };
        for line in ["۱۴۰۹/۱۲/۱۴", "۱۴ اسفند ۱۴۰۹", "14 اسفند 1409"] {
            assert_eq!(only(line), (day, line), "{line}");
        }
        let by_moon = date(1989, 7, 17);
        for line in ["١٤٠٩/١٢/١٤", "۱۴۰۹/۱۲/۱۴ هـ", "1409/12/14"] {
            assert_eq!(only(line).0, by_moon, "{line}");
        }
        assert_eq!(only("۱۴۴۵/۰۹/۰۱").0, date(2024, 3, 11));
        assert_eq!(only("۲۰۳۱/۰۳/۰۵").0, day);
    }
}
