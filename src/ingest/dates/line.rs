//! One line that is about dates: what it says they are. A line that says something else besides gives
//! none.

use jiff::civil::Date;

use super::is_weekday;
use super::parse::{self, DateHit, Order, Token, TokenKind};
use crate::article::{Found, Place, Span, Sureness};
use crate::ingest::lines::Line;
use crate::ingest::{furniture, known};
use crate::text::hijri_month;

/// What a date is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Published,
    Updated,
    Crawled,
    Bare,
}

#[derive(Clone, Debug)]
pub(super) struct Said {
    pub line: usize,
    pub label: Label,
    pub found: Found<Date>,
    pub order: Order,
    pub time: bool,
}

/// The dates of a line that is about nothing else.
pub(super) fn read_line(text: &str, index: usize, line: &Line, under_headline: bool) -> Vec<Said> {
    if line.words > 30 {
        return Vec::new();
    }
    let words = line.span.of(text);
    if !words.contains(|c: char| c.is_numeric()) {
        return Vec::new();
    }
    let tokens = parse::tokens(words);
    let mut label = Label::Bare;
    let mut hits: Vec<(Label, DateHit, usize)> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    let mut time = false;
    // A label counts at the beginning of the line or after a mark.
    let mut opening = true;
    let mut label_at = 0;
    let mut at = 0;
    while at < tokens.len() {
        if let Some(hit) = parse::date_at(&tokens, at) {
            hits.push((label, hit, label_at));
            at = hit.tokens.1;
            opening = true;
            continue;
        }
        if let Some(end) = parse::time_at(&tokens, at) {
            time = true;
            at = end;
            continue;
        }
        match &tokens[at].kind {
            TokenKind::Mark(_) => opening = true,
            TokenKind::Number { .. } => {
                let second = parse::word(&tokens, at + 2);
                let hijri = parse::word(&tokens, at + 1).and_then(|word| hijri_month(word, second));
                let year_follows = parse::word(&tokens, at + 1) == Some("ه");
                match hijri {
                    Some((_, words)) => at += words,
                    None if year_follows => {}
                    None => others.push("0"),
                }
            }
            TokenKind::Word(word) => match label_of(word) {
                Some(next) if opening => {
                    label = next;
                    label_at = start_of_label(&tokens, at);
                }
                _ if is_filler(word) => {}
                _ => {
                    others.push(word);
                    opening = false;
                }
            },
        }
        at += 1;
    }
    // The Gregorian day beside a Hijri one is the surer of the two.
    if hits.iter().any(|hit| !hit.1.hijri) {
        hits.retain(|hit| !hit.1.hijri);
    }
    let names = others.join(" ");
    let named = known::by_key(&names).is_some() || furniture::is_section(&names);
    let issue = others.contains(&"العدد");
    let beside = (under_headline || issue) && line.words <= 14 && !line.prose;
    let only_dates = others.is_empty()
        || named && !line.prose
        || beside && hits.iter().all(|hit| set_off(&tokens, &hit.1));
    let labelled = hits.iter().any(|hit| hit.0 != Label::Bare) && others.len() <= 6;
    if !only_dates && !labelled {
        return Vec::new();
    }
    hits.into_iter()
        .filter(|hit| only_dates || hit.0 != Label::Bare)
        .map(|(label, hit, from)| {
            let start = if label == Label::Bare {
                hit.start
            } else {
                from
            };
            Said {
                line: index,
                label,
                found: found(text, line, hit.date, start, hit.end).sure(sureness(&hit)),
                order: hit.order,
                time,
            }
        })
        .collect()
}

/// The date is parted from the words beside it: `بقلم فلان – 3 أيار 2012`, `العدد 7 | 3/5/2012`.
fn set_off(tokens: &[Token], hit: &DateHit) -> bool {
    let parts = |at: Option<usize>| {
        at.is_none_or(|at| {
            at >= tokens.len()
                || matches!(
                    parse::mark(tokens, at),
                    Some('-' | '–' | '—' | '|' | '•' | '/')
                )
        })
    };
    parts(hit.tokens.0.checked_sub(1))
        && (parts(Some(hit.tokens.1)) || parse::time_at(tokens, hit.tokens.1).is_some())
}

/// How sure the writing of a date makes its day.
pub(super) fn sureness(hit: &DateHit) -> Sureness {
    match hit.order {
        Order::Open(_) => Sureness::Unsure,
        // One of the two is wrong, and nobody knows which.
        _ if hit.weekday_agrees == Some(false) => Sureness::Unsure,
        _ if hit.hijri && hit.weekday_agrees.is_none() => Sureness::Likely,
        _ => Sureness::Sure,
    }
}

/// A day with the words `start..end` of its line.
pub(super) fn found(text: &str, line: &Line, day: Date, start: usize, end: usize) -> Found<Date> {
    let from = line.span.start as usize;
    let span = Span::new(from + start, from + end);
    Found::new(day, span.of(text).to_owned(), Place::Text(span))
}

/// `آخر تحديث`, `تم النشر`: the label begins a word before the one that tells.
fn start_of_label(tokens: &[Token], at: usize) -> usize {
    let before = at.checked_sub(1).filter(|i| {
        matches!(
            parse::word(tokens, *i),
            Some("تاريخ" | "تم" | "اخر" | "وقت" | "last" | "date")
        )
    });
    tokens[before.unwrap_or(at)].start
}

fn label_of(word: &str) -> Option<Label> {
    Some(match word {
        "نشر" | "نشرت" | "النشر" | "نشره" | "منشور" | "اضيف" | "اضيفت" | "الاضافه" | "حرر"
        | "published" | "posted" => Label::Published,
        "تحديث" | "التحديث" | "حدث" | "حدثت" | "تعديل" | "التعديل" | "updated" | "modified" => {
            Label::Updated
        }
        "الطباعه" | "التصفح" | "الحفظ" | "printed" | "retrieved" | "accessed" => {
            Label::Crawled
        }
        _ => return None,
    })
}

/// Words that stand around dates and say nothing else.
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "في" | "يوم"
            | "تاريخ"
            | "بتاريخ"
            | "التاريخ"
            | "اخر"
            | "تم"
            | "وقت"
            | "الساعه"
            | "ساعه"
            | "بتوقيت"
            | "توقيت"
            | "م"
            | "ص"
            | "ه"
            | "ت"
            | "مساء"
            | "صباحا"
            | "غرينتش"
            | "غرينيتش"
            | "جرينتش"
            | "مكه"
            | "المكرمه"
            | "الموافق"
            | "الخبر"
            | "المقال"
            | "gmt"
            | "utc"
            | "am"
            | "pm"
            | "t"
            | "z"
            | "date"
            | "on"
            | "at"
            | "last"
            | "و"
            | "هجري"
            | "ميلادي"
            | "ميلاديه"
    ) || is_weekday(word)
}
