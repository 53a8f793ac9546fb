//! Whether times of day differ, however they are written.
//!
//! ```text
//! 10:30 / العاشرة والنصف     10.30 / 10:30     10 / 10:00      one time
//! 10:30 / العاشرة والربع      العاشرة والنصف / العاشرة           another
//! ```

use std::ops::Range;

use super::Source;
use super::phrases::{Phrase, folded};
use crate::reuse::findings::EditKind;
use crate::text::{Clock, clock, is_invisible, without_waw};

/// Words of the longest time: `الحادية عشرة إلا خمس دقائق`.
const LONGEST: usize = 5;

/// What a time is to another, written by these words or ended by them. `None` where none is written.
pub(super) fn kind_of_times(a: &Phrase, b: &Phrase) -> Option<EditKind> {
    let is_short = |phrase: &Phrase| phrase.words.len() <= LONGEST;
    if !is_short(a) || !is_short(b) || !names_minutes(a) && !names_minutes(b) {
        return None;
    }
    let ((source_a, in_a), (source_b, in_b)) = (a.place()?, b.place()?);
    let before = |range: &Range<usize>| range.start.saturating_sub(1)..range.end;
    let compare = |in_a: Range<usize>, in_b: Range<usize>| {
        kind(read(source_a, &in_a)?, read(source_b, &in_b)?)
    };
    let whole = (before(&in_a), before(&in_b));
    compare(in_a, in_b).or_else(|| compare(whole.0, whole.1))
}

/// The same for words that only one side has behind an hour that both have.
pub(super) fn kind_of_minutes(phrase: &Phrase) -> Option<EditKind> {
    if phrase.words.len() > LONGEST || !names_minutes(phrase) {
        return None;
    }
    let (source, range) = phrase.place()?;
    let from = range.start.checked_sub(1)?;
    kind(
        read(source, &(from..range.start))?,
        read(source, &(from..range.end))?,
    )
}

/// The first time in either of two phrases that say more.
pub(super) fn pair(a: &Phrase, b: &Phrase) -> Option<(Range<usize>, Range<usize>, EditKind)> {
    if !names_minutes(a) && !names_minutes(b) {
        return None;
    }
    let ((in_a, x), (in_b, y)) = (first(a)?, first(b)?);
    Some((in_a, in_b, kind(x, y)?))
}

fn first(phrase: &Phrase) -> Option<(Range<usize>, Clock)> {
    let (source, range) = phrase.place()?;
    let len = phrase.words.len();
    (0..len).find_map(|from| {
        (from + 1..=len.min(from + LONGEST)).rev().find_map(|end| {
            let found = read(source, &(range.start + from..range.start + end))?;
            let minutes = found.sure || phrase.words[from].contains('.');
            minutes.then_some((from..end, found))
        })
    })
}

fn kind(x: Clock, y: Clock) -> Option<EditKind> {
    let kind = match x.meets(&y) {
        true => EditKind::Numeral,
        false => EditKind::Number,
    };
    (x.sure || y.sure).then_some(kind)
}

/// True if the words have the minutes of a time in them, as hardly any words have.
fn names_minutes(phrase: &Phrase) -> bool {
    let in_words = |word: &str| {
        matches!(
            without_waw(word),
            "النصف"
                | "نصف"
                | "الربع"
                | "ربع"
                | "ربعا"
                | "الثلث"
                | "ثلث"
                | "ثلثا"
                | "دقيقه"
                | "دقاءق"
        )
    };
    let in_figures = |at: usize| {
        phrase.place().is_some_and(|(source, range)| {
            range.start + at > 0 && has_colon_before(source, range.start + at)
        })
    };
    phrase
        .words
        .iter()
        .enumerate()
        .any(|(at, word)| match word.as_bytes() {
            [b'0'..=b'9', b'0'..=b'9'] => in_figures(at),
            _ => in_words(word),
        })
}

fn read(source: Source, range: &Range<usize>) -> Option<Clock> {
    let mut words: Vec<String> = Vec::new();
    for at in range.clone() {
        let word = folded(source, at);
        match words.last_mut() {
            Some(last) if has_colon_before(source, at) => *last = format!("{last}:{word}"),
            _ => words.push(word),
        }
    }
    clock(&words)
}

/// True for `و20` of `و20 دقيقة`.
pub(super) fn counts_minutes(source: Source, at: usize) -> bool {
    let next = source.places.get(at + 1).map(|next| next.of(source.text));
    source.word(at).starts_with('و') && matches!(next, Some("دقيقة" | "دقيقه" | "دقائق"))
}

/// True for `20` of `4:20`; not for the first word of a text.
pub(super) fn has_colon_before(source: Source, at: usize) -> bool {
    let between = source.behind(at - 1).of(source.text);
    between.chars().filter(|c| !is_invisible(*c)).eq([':'])
}
