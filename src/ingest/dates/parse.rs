//! Dates and times of day inside one line, with the bytes they stand on. Finds what is written; whether
//! it is a date of publication is decided in `dates`.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::{hijri, months};
use crate::text::{fold_word, is_invisible};

/// Years outside of this are no news.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2100;

const PERSIAN_ZERO: char = '\u{06F0}';
const PERSIAN_NINE: char = '\u{06F9}';

/// A piece of a line. Offsets are bytes in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: TokenKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum TokenKind {
    Number {
        value: u32,
        digits: usize,
        /// Written as in Iran: ۱۴۰۹, not ١٤٠٩.
        persian: bool,
    },
    /// Letters, folded.
    Word(String),
    /// Anything else that is no blank.
    Mark(char),
}

/// A whole date in a line: day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct DateHit {
    /// Bytes in the line, weekday included.
    pub start: usize,
    pub end: usize,
    /// First token and the one past the last.
    pub tokens: (usize, usize),
    pub date: Date,
    pub order: Order,
    /// Written in the Hijri calendar.
    pub hijri: bool,
    /// What the weekday that stands beside it says; `None` where none does.
    pub weekday_agrees: Option<bool>,
}

/// Which of two numbers is the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::ingest) enum Order {
    /// The month is named or the year comes first.
    #[default]
    Clear,
    DayFirst,
    MonthFirst,
    /// Both can be; read day first, as Arabic pages write. Month first it is this day.
    Open(Date),
}

/// Numbers, words and marks of a line. Letters and digits that touch are two tokens (`2015م`).
pub(in crate::ingest) fn tokens(line: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut class = Class::Space;
    for (start, c) in line.char_indices() {
        let end = start + c.len_utf8();
        let next = classify(c);
        match (class, next, tokens.last_mut()) {
            // Marks and joiners belong to the letter before them.
            (Class::Letter | Class::Digit(_), Class::Nothing, Some(last)) => {
                last.end = end;
                continue;
            }
            (_, Class::Nothing, _) => continue,
            (Class::Letter, Class::Letter, Some(last)) => last.end = end,
            (Class::Digit(_), Class::Digit(digit), Some(last)) => {
                last.end = end;
                if let TokenKind::Number { value, digits, .. } = &mut last.kind {
                    *value = value.saturating_mul(10).saturating_add(digit);
                    *digits += 1;
                }
            }
            (_, Class::Letter, _) => tokens.push(Token {
                start,
                end,
                kind: TokenKind::Word(String::new()),
            }),
            (_, Class::Digit(value), _) => tokens.push(Token {
                start,
                end,
                kind: TokenKind::Number {
                    value,
                    digits: 1,
                    persian: matches!(c, PERSIAN_ZERO..=PERSIAN_NINE),
                },
            }),
            (_, Class::Mark, _) => tokens.push(Token {
                start,
                end,
                kind: TokenKind::Mark(c),
            }),
            (_, Class::Space, _) => {}
        }
        class = next;
    }
    for token in &mut tokens {
        if let TokenKind::Word(word) = &mut token.kind {
            fold_word(&line[token.start..token.end], word);
        }
    }
    tokens
}

#[derive(Clone, Copy)]
enum Class {
    Letter,
    Digit(u32),
    /// Without width of its own.
    Nothing,
    Space,
    Mark,
}

fn classify(c: char) -> Class {
    match c {
        // Nearly all letters, told without Unicode's tables.
        'ء'..='غ' | 'ف'..='ي' | 'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit(c as u32 - '0' as u32),
        '\u{0660}'..='\u{0669}' => Class::Digit(c as u32 - 0x0660),
        PERSIAN_ZERO..=PERSIAN_NINE => Class::Digit(c as u32 - PERSIAN_ZERO as u32),
        'ـ' | '\u{064B}'..='\u{065F}' | '\u{0670}' => Class::Nothing,
        _ if is_invisible(c) => Class::Nothing,
        _ if c.is_alphabetic() => Class::Letter,
        _ if c.is_whitespace() || c.is_control() => Class::Space,
        _ => Class::Mark,
    }
}

/// All dates of a line, in order, none overlapping.
pub(in crate::ingest) fn dates(tokens: &[Token]) -> Vec<DateHit> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(hit) = date_at(tokens, at) {
            at = hit.tokens.1;
            found.push(hit);
        } else {
            at += 1;
        }
    }
    found
}

/// The date that begins at token `at`, its weekday included.
pub(in crate::ingest) fn date_at(tokens: &[Token], at: usize) -> Option<DateHit> {
    let weekday = word(tokens, at).and_then(months::weekday);
    let mut from = at;
    if weekday.is_some() {
        from += 1;
        while mark(tokens, from).is_some_and(|c| matches!(c, '،' | ',' | '-' | '–' | '/')) {
            from += 1;
        }
    }
    let gregorian = numeric(tokens, from)
        .or_else(|| named(tokens, from).map(|(date, end)| (date, Order::Clear, end)))
        .or_else(|| named_month_first(tokens, from).map(|(date, end)| (date, Order::Clear, end)));
    let hijri = gregorian.is_none();
    let (first, second, end) = gregorian.or_else(|| hijri::date_at(tokens, from))?;
    let (mut date, order) = by_weekday(first, second, weekday);
    if let Some(weekday) = weekday.filter(|weekday| hijri && date.weekday() != *weekday) {
        // The month began when the moon was seen: a day before or after the calendar's.
        let near = [date.yesterday(), date.tomorrow()].into_iter().flatten();
        date = near
            .into_iter()
            .find(|day| day.weekday() == weekday)
            .unwrap_or(date);
    }
    Some(DateHit {
        start: tokens[at].start,
        end: tokens[end - 1].end,
        tokens: (at, end),
        date,
        order,
        hijri,
        weekday_agrees: weekday.map(|weekday| date.weekday() == weekday),
    })
}

/// A time of day at token `at`: `12:22 م`, `14:05:30`. Returns the token past it.
pub(in crate::ingest) fn time_at(tokens: &[Token], at: usize) -> Option<usize> {
    let (hour, digits) = number(tokens, at)?;
    let (minute, minutes) = number(tokens, at + 2)?;
    if mark(tokens, at + 1) != Some(':') || hour > 24 || digits > 2 || minute > 59 || minutes != 2 {
        return None;
    }
    let mut end = at + 3;
    if mark(tokens, end) == Some(':') && number(tokens, end + 1).is_some_and(|(s, _)| s < 60) {
        end += 2;
        if mark(tokens, end) == Some('.') && number(tokens, end + 1).is_some() {
            end += 2;
        }
    }
    if word(tokens, end).is_some_and(|w| {
        matches!(
            w,
            "م" | "ص" | "مساء" | "صباحا" | "ظهرا" | "ليلا" | "فجرا" | "am" | "pm"
        )
    }) {
        end += 1;
    }
    Some(end)
}

/// `2017-09-24`, `24/9/2017`.
fn numeric(tokens: &[Token], at: usize) -> Option<(Date, Order, usize)> {
    let (a, a_digits) = number(tokens, at)?;
    let separator = mark(tokens, at + 1).filter(|c| matches!(c, '/' | '-' | '.' | '–' | '\\'))?;
    let (b, b_digits) = number(tokens, at + 2)?;
    if mark(tokens, at + 3) != Some(separator) || b_digits > 2 {
        return None;
    }
    let (c, c_digits) = number(tokens, at + 4)?;
    let end = at + 5;
    // Part of a longer number: a telephone, an address, a version.
    let glued = |i: usize, from: usize, to: usize| {
        tokens
            .get(i)
            .is_some_and(|t| t.start == to || t.end == from)
            && mark(tokens, i).is_some_and(|c| c == separator && c != '.' || c == ':')
    };
    if at >= 2 && glued(at - 1, tokens[at].start, usize::MAX) && number(tokens, at - 2).is_some() {
        return None;
    }
    if a_digits == 4 && c_digits <= 2 {
        return Some((day(a, b, c)?, Order::Clear, end));
    }
    if a_digits > 2 || c_digits != 4 {
        return None;
    }
    if glued(end, usize::MAX, tokens[end - 1].end) && number(tokens, end + 1).is_some() {
        return None;
    }
    match (day(c, b, a), day(c, a, b)) {
        (Some(date), Some(other)) if date != other => Some((date, Order::Open(other), end)),
        (Some(date), Some(_)) => Some((date, Order::Clear, end)),
        (Some(date), None) => Some((date, Order::DayFirst, end)),
        (None, Some(date)) => Some((date, Order::MonthFirst, end)),
        (None, None) => None,
    }
}

/// `24 أيلول 2017`, `24 أيلول/ سبتمبر 2017`, `24 سبتمبر (أيلول) 2017م`.
fn named(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let (d, digits) = number(tokens, at)?;
    if digits > 2 {
        return None;
    }
    let mut i = at + 1;
    if matches!(mark(tokens, i), Some('-' | '/' | '–'))
        || matches!(word(tokens, i), Some("من" | "th" | "st" | "nd" | "rd"))
    {
        i += 1;
    }
    let (m, next) = month_at(tokens, i)?;
    i = next;
    // The second name of the same month.
    if matches!(mark(tokens, i), Some('/' | '(' | '-' | '،' | '–' | '\\'))
        || month_at(tokens, i).is_some()
    {
        let from = if mark(tokens, i).is_some() { i + 1 } else { i };
        if let Some((other, next)) = month_at(tokens, from) {
            if other != m {
                return None;
            }
            i = next;
            if mark(tokens, i) == Some(')') {
                i += 1;
            }
        }
    }
    let (date, end) = year_after(tokens, i, |y| day(y, m.into(), d))?;
    Some((date, end))
}

/// `سبتمبر 24, 2017`.
fn named_month_first(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let (m, i) = month_at(tokens, at)?;
    let (d, digits) = number(tokens, i)?;
    if digits > 2 || !matches!(mark(tokens, i + 1), Some(',' | '،')) {
        return None;
    }
    year_after(tokens, i + 1, |y| day(y, m.into(), d))
}

fn year_after(
    tokens: &[Token],
    mut at: usize,
    date: impl Fn(u32) -> Option<Date>,
) -> Option<(Date, usize)> {
    if matches!(mark(tokens, at), Some(',' | '،' | '-' | '/' | '–' | '.')) {
        at += 1;
    }
    if matches!(
        word(tokens, at),
        Some("عام" | "سنه" | "لعام" | "لسنه" | "من")
    ) {
        at += 1;
    }
    let (year, digits) = number(tokens, at)?;
    if digits != 4 {
        return None;
    }
    Some((date(year)?, at + 1))
}

fn month_at(tokens: &[Token], at: usize) -> Option<(u8, usize)> {
    let (month, words) = months::month(word(tokens, at)?, word(tokens, at + 1))?;
    Some((month, at + words))
}

fn by_weekday(date: Date, order: Order, weekday: Option<Weekday>) -> (Date, Order) {
    match (order, weekday) {
        (Order::Open(_), Some(weekday)) if date.weekday() == weekday => (date, Order::DayFirst),
        (Order::Open(other), Some(weekday)) if other.weekday() == weekday => {
            (other, Order::MonthFirst)
        }
        _ => (date, order),
    }
}

/// A day of the years that count.
pub(in crate::ingest) fn day(year: u32, month: u32, day: u32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|y| YEARS.contains(y))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

pub(in crate::ingest) fn number(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    match tokens.get(at)?.kind {
        TokenKind::Number { value, digits, .. } => Some((value, digits)),
        _ => None,
    }
}

pub(in crate::ingest) fn word(tokens: &[Token], at: usize) -> Option<&str> {
    match &tokens.get(at)?.kind {
        TokenKind::Word(word) => Some(word),
        _ => None,
    }
}

pub(in crate::ingest) fn mark(tokens: &[Token], at: usize) -> Option<char> {
    match tokens.get(at)?.kind {
        TokenKind::Mark(c) => Some(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn only(line: &str) -> Option<(Date, &str)> {
        let found = dates(&tokens(line));
        assert!(found.len() <= 1, "{line}: {found:?}");
        found
            .first()
            .map(|hit| (hit.date, &line[hit.start..hit.end]))
    }

    #[test]
    fn the_forms_that_news_uses() {
        let day = date(2017, 9, 24);
        for line in [
            "2017-09-24",
            "٢٠١٧/٠٩/٢٤",
            "24/9/2017",
            "24 / 09 / 2017 م",
            "24.9.2017",
            "الأحد 24 سبتمبر 2017",
            "الأحد، ٢٤ أيلول ٢٠١٧",
            "24 أيلول/ سبتمبر 2017",
            "24 سبتمبر (أيلول) 2017م",
            "24 شتنبر 2017",
            "سبتمبر 24, 2017",
            "September 24, 2017",
            "24-سبتمبر-2017",
            "9/24/2017",
        ] {
            assert_eq!(only(line).map(|hit| hit.0), Some(day), "{line}");
        }
        assert_eq!(
            only("في 3 تشرين الثاني 2011،").map(|hit| hit.1),
            Some("3 تشرين الثاني 2011")
        );
    }

    #[test]
    fn what_is_no_date_stays_none() {
        for line in [
            "24 أيلول",
            "في 18 نوفمبر الجاري",
            "24 أيلول/ أكتوبر 2017",
            "31/2/2017",
            "الهاتف 02-17-2017-55",
            "192.168.10.2017.4",
            "1/7",
            "12:22",
        ] {
            assert_eq!(only(line), None, "{line}");
        }
    }

    #[test]
    fn the_weekday_settles_the_order_of_day_and_month() {
        // 3 May 2019 was a Friday, 5 March 2019 a Tuesday.
        assert_eq!(
            only("الجمعة 3/5/2019").map(|hit| hit.0),
            Some(date(2019, 5, 3))
        );
        assert_eq!(
            only("الثلاثاء 3/5/2019").map(|hit| hit.0),
            Some(date(2019, 3, 5))
        );
        let open = dates(&tokens("3/5/2019"));
        assert_eq!(open[0].order, Order::Open(date(2019, 3, 5)));
    }

    #[test]
    fn times_of_day() {
        let time = |line: &str| time_at(&tokens(line), 0).is_some();
        assert!(time("12:22 م") && time("23:05:59") && time("9:05"));
        assert!(!time("12:75") && !time("12-22") && !time("120:22"));
    }

    proptest! {
        #[test]
        fn a_written_date_is_read_back(y in 1900i16..2100, m in 1i8..=12, d in 1i8..=28, form in 0usize..6) {
            let names = ["يناير", "شباط", "مارس", "نيسان", "ماي", "حزيران", "يوليوز", "آب", "شتنبر",
                "تشرين الأول", "نونبر", "كانون الأول"];
            let name = names[m as usize - 1];
            let line = match form {
                0 => format!("{y}-{m:02}-{d:02}"),
                1 => format!("{d}/{m}/{y}"),
                2 => format!("{d} {name} {y}"),
                3 => format!("{name} {d}، {y}"),
                4 => format!("{d} {name} {y}").chars().map(|c| match c.to_digit(10) {
                    Some(v) => char::from_u32(0x0660 + v).unwrap(),
                    None => c,
                }).collect(),
                _ => format!("تاريخ النشر: {y}/{m}/{d} - 12:05"),
            };
            let found = dates(&tokens(&line));
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(found[0].date, date(y, m, d));
        }

        #[test]
        fn tokens_lie_on_characters(line in "\\PC{0,80}") {
            for token in tokens(&line) {
                prop_assert!(line.get(token.start..token.end).is_some());
            }
            let _ = dates(&tokens(&line));
        }
    }
}
