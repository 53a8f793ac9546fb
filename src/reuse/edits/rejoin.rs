//! By which joined words edits are named: where keys have joined what a reader sees as part of something else, or have
//! not joined what he sees to be the same.
//!
//! ```text
//! يوم غد / اليوم                 one word by its letters, and another day
//! 3.5 مليون / ثلاثة ملايين ونصف   one word, and a number begun and ended around it
//! 3-1 / 1-3                      one figure, and another score
//! الرابعة و20 دقيقة / 4:20        an hour and minutes, and one time
//! ```

use std::borrow::Cow;

use super::{Source, figures, phrases, times};
use crate::reuse::join::{Join, in_a_row};
use crate::reuse::lay::Laid;
use crate::text::{amount, without_waw};

/// The same words, joined as a reader joins them. `strays` are the positions of the words that only stand elsewhere,
/// ascending: those that stand opposite themselves as well are none of them.
pub(super) fn rejoined<'a>(
    a: Source,
    b: Source,
    laid: &'a Laid,
    strays: [&mut Vec<usize>; 2],
) -> Cow<'a, Laid> {
    let [stray_a, stray_b] = strays;
    let back = opposite_themselves(a, b, laid, stray_a, stray_b);
    let is_end = |join: &Join| laid.joins.first() == Some(join) || laid.joins.last() == Some(join);
    let mut parts: Vec<Join> = Vec::new();
    for run in in_a_row(&laid.joins) {
        let in_number = run.first().filter(|join| {
            let is_part = is_inside_number(a, b, join) || figures::is_other_place(a, b, join);
            is_part && !join.moved
        });
        let in_day = run.iter().filter(|join| is_other_day(a, b, join));
        let minutes = (0..run.len()).filter(|at| are_minutes(a, b, &run[*at]));
        let in_time = minutes.flat_map(|at| &run[at.saturating_sub(1)..=at]);
        let found = in_number.into_iter().chain(in_time).chain(in_day);
        parts.extend(found.filter(|join| !is_end(join)).copied());
    }
    parts.sort_unstable_by_key(Join::a);
    parts.dedup();
    if back.is_empty() && parts.is_empty() {
        return Cow::Borrowed(laid);
    }
    // They ascend on both sides.
    stray_a.retain(|at| back.binary_search_by_key(at, Join::a).is_err());
    stray_b.retain(|at| back.binary_search_by_key(at, Join::b).is_err());
    // Both ascend in `a`.
    let mut part = parts.iter().peekable();
    let stays = |join: &&Join| part.next_if(|part| part == join).is_none();
    let kept = laid.joins.iter().filter(stays);
    let mut joins = Vec::with_capacity(laid.joins.len() + back.len());
    joins.extend(kept.copied().chain(back));
    // Two runs in order: that is seen and used.
    joins.sort_by_key(Join::a);
    Cow::Owned(Laid {
        a: laid.a.clone(),
        b: laid.b.clone(),
        score: laid.score,
        joins,
    })
}

/// Strays between the same words in place on both sides, each with the same word of the other side.
fn opposite_themselves(
    a: Source,
    b: Source,
    laid: &Laid,
    stray_a: &[usize],
    stray_b: &[usize],
) -> Vec<Join> {
    /// Strays among which the same word is looked for.
    const LOOK: usize = 32;

    if stray_a.is_empty() {
        return Vec::new();
    }
    let in_place = laid.joins.iter().filter(|join| !join.moved);
    let in_place: Vec<&Join> = in_place.collect();
    let gap_a = |at: usize| in_place.partition_point(|join| join.a() < at);
    let gap_b = |at: usize| in_place.partition_point(|join| join.b() < at);
    // Each with the gap that it stands in; they ascend in both.
    let there: Vec<(usize, usize)> = stray_b.iter().map(|j| (gap_b(*j), *j)).collect();
    let mut rest = &there[..];
    let mut back = Vec::new();
    for &i in stray_a {
        let gap = gap_a(i);
        rest = &rest[rest.partition_point(|(of_b, _)| *of_b < gap)..];
        let in_gap = rest.iter().take(LOOK).take_while(|(of_b, _)| *of_b == gap);
        let mut keys = in_gap.map(|(_, j)| b.words[*j].key());
        if let Some(at) = keys.position(|key| key == a.words[i].key()) {
            back.push(Join::new(i, rest[at].1, false));
            rest = &rest[at + 1..];
        }
    }
    back
}

/// True for `يوم` of `يوم غد` and `اليوم`: one word by its letters, and another day.
fn is_other_day(a: Source, b: Source, join: &Join) -> bool {
    let (at_a, at_b) = (join.a(), join.b());
    let begins = |source: Source, at: usize| {
        let next = source.places.get(at + 1).map(|next| next.of(source.text));
        source.word(at) == "يوم"
            && next.is_some_and(|next| matches!(next, "غد" | "الغد" | "أمس" | "امس"))
    };
    a.words[at_a] != b.words[at_b]
        && (a.word(at_a) == "اليوم" && begins(b, at_b)
            || begins(a, at_a) && b.word(at_b) == "اليوم")
}

/// True for the minutes of an hour that one side counts in words and the other writes behind a colon.
fn are_minutes(a: Source, b: Source, join: &Join) -> bool {
    let (at_a, at_b) = (join.a(), join.b());
    at_a.min(at_b) > 0
        && a.words[at_a] != b.words[at_b]
        && (times::counts_minutes(a, at_a) && times::has_colon_before(b, at_b)
            || times::has_colon_before(a, at_a) && times::counts_minutes(b, at_b))
}

/// True for `مليون` of `3.5 مليون` and `ثلاثة ملايين ونصف`, which write one number, but not word by word.
fn is_inside_number(a: Source, b: Source, join: &Join) -> bool {
    let is_number = |source: Source, at: usize| amount(&[phrases::folded(source, at)]).is_some();
    if !is_scale(a.word(join.a())) || !is_scale(b.word(join.b())) || !is_number(a, join.a()) {
        return false;
    }
    let [x, y] =
        [(a, join.a()), (b, join.b())].map(|(source, at)| phrases::number_around(source, at));
    let meets = |x: &[String], y: &[String]| match (amount(x), amount(y)) {
        (Some(x), Some(y)) => x.meets(&y),
        (None, None) => true,
        _ => false,
    };
    let heads = [(&x, join.a()), (&y, join.b())].map(|((words, from), at)| &words[..at - from]);
    meets(&x.0, &y.0) && !meets(heads[0], heads[1])
}

/// True for what may be a word of thousands or millions: hardly any other word begins so.
fn is_scale(word: &str) -> bool {
    let bare = without_waw(word);
    let bare = bare
        .strip_prefix("ال")
        .filter(|bare| !bare.starts_with('ف'))
        .unwrap_or(bare);
    let mut letters = bare.chars();
    matches!(
        (letters.next(), letters.next()),
        (Some('م' | 'أ' | 'ا' | 'آ'), Some('ل')) | (Some('ت'), Some('ر'))
    )
}
