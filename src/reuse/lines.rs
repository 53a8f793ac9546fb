//! Lines above or below an article that every article of an outlet has in the same form: its date, its
//! dateline, its byline. They belong to a passage that runs over them, and never speak for one; it neither begins nor
//! ends with one, and what is different in them is no edit.
//!
//! Known by their form alone, for two articles are enough to share them, and by that say nothing. Headlines
//! are none of them: who copies a headline has copied something.

use std::ops::Range;

use crate::article::{Article, Span};
use crate::text::{WEEKDAYS, fold_word, hijri_month, month, number_word};

/// Words of the longest such line, and bytes beyond which a line isn't even looked at.
const WORDS: usize = 10;
const BYTES: usize = 240;

/// Positions in `places`, where the words stand, of the lines of `body` that are a date, a dateline or a byline; in order.
pub(super) fn framing(article: &Article, body: Span, places: &[Span]) -> Vec<Range<u32>> {
    let text = body.of(&article.text);
    let mut found = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let start = body.start as usize + from;
        from += line.len();
        let span = Span::new(start, start + line.len());
        if line.len() > BYTES || line.trim().is_empty() {
            continue;
        }
        let at = |byte: u32| places.partition_point(|place| place.start < byte) as u32;
        let range = at(span.start)..at(span.end);
        let is_headline = match article.title {
            Some(title) => title.overlaps(span),
            None => range.start == 0,
        };
        if (1..=WORDS).contains(&range.len()) && !is_headline && frames(line) {
            found.push(range);
        }
    }
    found
}

/// True for a line that is nothing but a date, or names who wrote or where.
fn frames(line: &str) -> bool {
    let line = line.trim();
    if line.ends_with(['.', '!', '؟', '?', '…', '»', '”', ':', '،']) {
        return false;
    }
    let words: Vec<&str> = crate::text::words(line).map(|word| &line[word]).collect();
    // A book has a hundred thousand lines, and hardly one that is worth folding.
    let has_number = line.contains(char::is_numeric);
    words.len() >= 2 && (has_number && is_date(&words) || is_byline(line, &words))
}

fn folded(word: &str) -> String {
    let mut folded = String::new();
    fold_word(word, &mut folded);
    folded
}

/// A date with its weekday, hour and era, and hardly a word else.
fn is_date(words: &[&str]) -> bool {
    let words: Vec<String> = words.iter().map(|word| folded(word)).collect();
    let of_dates = |(at, word): (usize, &String)| {
        let next = words.get(at + 1).map(String::as_str);
        let before = at.checked_sub(1).map(|at| words[at].as_str());
        let in_month = |first: &str, second| {
            month(first, second).is_some() || hijri_month(first, second).is_some()
        };
        word.starts_with(|c: char| c.is_ascii_digit())
            || number_word(word).is_some()
            || in_month(word, next)
            || before.is_some_and(|before| in_month(before, Some(word)))
            || WEEKDAYS.contains(&word.as_str())
            || DATE_WORDS.contains(&word.as_str())
    };
    let number = |word: &String| word.contains(|c: char| c.is_ascii_digit());
    let some = words.iter().any(number);
    let count = words
        .iter()
        .enumerate()
        .filter(|one| of_dates(*one))
        .count();
    some && 3 * count > 2 * words.len()
}

/// `place – name`, `place – report: name`, or a line that opens as bylines do. A line of a list or a dialogue
/// also has its dash at the front; a byline has a word before it.
fn is_byline(line: &str, words: &[&str]) -> bool {
    const NAMES: usize = 7;
    if words.len() > NAMES {
        return false;
    }
    let opens = || BYLINES.contains(&folded(words[0]).as_str());
    let divides = |(at, c): (usize, char)| {
        let (before, after) = (&line[..at], &line[at + c.len_utf8()..]);
        matches!(c, '-' | '–' | '—' | '|' | '/')
            && before.chars().any(char::is_alphabetic)
            && after.chars().any(char::is_alphabetic)
            && crate::text::words(before).count() <= 3
    };
    let spoken = || line.contains(['،', '؛', '«', '“', '"', '(']);
    // Of the first byte of a mark that may divide.
    let may_divide = line
        .bytes()
        .any(|byte| matches!(byte, b'-' | b'|' | b'/' | 0xE2));
    (opens() || may_divide && line.char_indices().any(divides)) && !spoken()
}

/// What a line with a date has beside numbers, months and days of the week, folded.
const DATE_WORDS: &[&str] = &[
    "يوم",
    "الموافق",
    "الساعه",
    "بتوقيت",
    "م",
    "ه",
    "هـ",
    "ص",
    "تاريخ",
    "التاريخ",
    "بتاريخ",
    "نشر",
    "نشرت",
    "في",
    "اخر",
    "تحديث",
    "gmt",
    "am",
    "pm",
];

/// What opens a byline, folded.
const BYLINES: &[&str] = &[
    "كتب",
    "كتبت",
    "كتبه",
    "بقلم",
    "اعداد",
    "تحرير",
    "تقرير",
    "تحقيق",
    "حوار",
    "ترجمه",
    "مراسل",
    "متابعات",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_datelines_and_bylines_frame_and_sentences_do_not() {
        for line in [
            "الأربعاء 4 نيسان 2035",
            "الأربعاء 4 نيسان 2035 – الساعة 17:30",
            "٤ كانون الثاني ٢٠٣٥",
            "2035-04-04",
            "رأس الخليج – سلمى العاقل",
            "رأس الخليج – تقرير: سلمى العاقل",
            "رأس الخليج/ سلمى العاقل",
            "كتبت: سلمى العاقل",
        ] {
            assert!(frames(line), "{line}");
        }
        for line in [
            "في 4 نيسان وصلت ثلاث سفن إلى المرفأ",
            "قال الحارس إن الباب مغلق",
            "- نعم",
            "وصلت السفينة – أخيرا – إلى المرفأ.",
            "أسعار القمح ترتفع",
        ] {
            assert!(!frames(line), "{line}");
        }
    }

    #[test]
    fn a_headline_carries_even_if_it_has_a_dash() {
        let text = "المرفأ – عودة متأخرة\nالمرفأ – سلمى العاقل\nوصلت السفن.";
        let article = Article::bare("a", text);
        let body = Span::new(0, text.len());
        let places: Vec<Span> = crate::text::words(text)
            .map(|word| Span::new(word.start, word.end))
            .collect();
        assert_eq!(framing(&article, body, &places), vec![3..6]);
    }
}
