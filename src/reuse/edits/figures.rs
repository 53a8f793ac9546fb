//! Figures that a mark between them makes one thing: a date, a score, a time.
//!
//! ```text
//! 3-1 / 1-3                    another score: which side it is of depends on who reads it from where
//! 12/5/2030 / 2030.5.12        one day
//! ```

use std::ops::Range;

use super::Source;
use super::phrases::Phrase;
use crate::reuse::findings::EditKind;
use crate::reuse::join::Join;
use crate::text::{fold_word, is_invisible, without_waw};

/// What two such things are to one another, each as its figures. `None` where neither is more than a number.
pub(super) fn kind_of_figures(a: &[u32], b: &[u32]) -> Option<EditKind> {
    if a.len() < 2 && b.len() < 2 {
        return None;
    }
    let is_date = matches!(a, [year, _, _] | [_, _, year] if *year > 999);
    let same = a == b || is_date && a.iter().eq(b.iter().rev());
    Some(match same {
        true => EditKind::Numeral,
        false => EditKind::Number,
    })
}

/// The first such things in phrases that say more.
pub(super) fn pair(a: &Phrase, b: &Phrase) -> Option<(Range<usize>, Range<usize>, EditKind)> {
    let first = |phrase: &Phrase| {
        if phrase.words.iter().filter(|word| is_figure(word)).count() < 2 {
            return None;
        }
        let (source, range) = phrase.place()?;
        let places = (range.start..range.end).skip_while(|at| !starts_as_figure(source, *at));
        let mut runs = places.map(|from| {
            let goes_on = |at: &usize| starts_as_figure(source, *at) && is_joined(source, *at);
            from..from + 1 + (from + 1..range.end).take_while(goes_on).count()
        });
        let run = runs.find(|run| run.len() > 1)?;
        let figures = figures(source, &run)?;
        Some((run.start - range.start..run.end - range.start, figures))
    };
    let ((in_a, x), (in_b, y)) = (first(a)?, first(b)?);
    Some((in_a, in_b, kind_of_figures(&x, &y)?))
}

/// The figures of some words, if they are nothing else and their marks make them one thing.
pub(super) fn figures(source: Source, words: &Range<usize>) -> Option<Vec<u32>> {
    /// Figures of the longest such thing, and digits of the longest figure.
    const MOST: usize = 4;
    const DIGITS: usize = 4;
    if words.is_empty()
        || words.len() > MOST
        || !words.clone().all(|at| starts_as_figure(source, at))
    {
        return None;
    }
    if !(words.start + 1..words.end).all(|at| is_joined(source, at)) {
        return None;
    }
    let mut figures = Vec::new();
    let mut folded = String::new();
    for at in words.clone() {
        fold_word(source.word(at), &mut folded);
        let bare = without_waw(&folded);
        if bare == NOUGHT {
            figures.push(0);
            continue;
        }
        let parts: Vec<&str> = bare.split('.').collect();
        // A point alone is the one of decimals.
        if parts.len() == 2 {
            return None;
        }
        for part in parts {
            figures.push(part.parse().ok().filter(|_| part.len() <= DIGITS)?);
        }
    }
    Some(figures)
}

/// True for a figure that both sides have, and another place in what it is part of.
pub(super) fn is_other_place(a: Source, b: Source, join: &Join) -> bool {
    if !starts_as_figure(a, join.a()) || !starts_as_figure(b, join.b()) {
        return false;
    }
    let before = |source: Source, at: usize| {
        let joined = (1..=at)
            .rev()
            .take_while(|at| starts_as_figure(source, at - 1) && is_joined(source, *at));
        joined.count()
    };
    let in_more = |source: Source, at: usize| {
        before(source, at) > 0
            || at + 1 < source.words.len()
                && starts_as_figure(source, at + 1)
                && is_joined(source, at + 1)
    };
    before(a, join.a()) != before(b, join.b()) && in_more(a, join.a()) && in_more(b, join.b())
}

fn starts_as_figure(source: Source, at: usize) -> bool {
    is_figure(source.word(at))
}

/// True for a word of digits, and for the nought of a score, with a conjunction joined to it.
pub(super) fn is_figure(word: &str) -> bool {
    let bare = without_waw(word);
    bare == NOUGHT || bare.starts_with(|c: char| matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹'))
}

const NOUGHT: &str = "صفر";

/// True for `35` of `2034-35` and `2035`: the year of a season or a date, with its century or without.
pub(super) fn are_one_year(a: &Phrase, b: &Phrase) -> bool {
    let year = |phrase: &Phrase| match &phrase.words[..] {
        [only] if matches!(only.len(), 2 | 4) => only.parse::<u32>().ok(),
        _ => None,
    };
    let goes_on = |phrase: &Phrase| {
        phrase.place().is_some_and(|(source, range)| {
            range.start > 0
                && is_figure(source.word(range.start - 1))
                && is_joined(source, range.start)
        })
    };
    match (year(a), year(b)) {
        (Some(x), Some(y)) => {
            let centuries = (x / 100, y / 100);
            x % 100 == y % 100
                && matches!(centuries, (0, 19 | 20) | (19 | 20, 0))
                && goes_on(a)
                && goes_on(b)
        }
        _ => false,
    }
}

/// True if a mark joins a word to the one before.
fn is_joined(source: Source, at: usize) -> bool {
    let between = source.behind(at - 1).of(source.text);
    let mut marks = between
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{A0}') && !is_invisible(*c));
    matches!(marks.next(), Some('-' | '‐' | '‑' | '–' | '−' | '/' | ':')) && marks.next().is_none()
}
