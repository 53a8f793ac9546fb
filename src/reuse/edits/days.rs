//! Whether two names of a day mean the same one, given when each text was written. Knows no clock: the days of
//! writing are those of the articles.
//!
//! ```text
//! written on the 5th: أمس      written on the 6th: أول من أمس      the same day, said otherwise
//! written on the 5th: أمس      written on the 5th: اليوم           another day: what is told has changed
//! ```
//!
//! Another day of the week is another name: what is told has changed, too. A change between `اليوم`, `أمس` and
//! their like is a [`EditKind::RelativeDay`] in either case, as that is what was changed; [`same_day`] tells
//! whether the dates bear it out.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::reuse::findings::EditKind;
use crate::text::{NamedDay, Which, fold_word, named_day, words};

/// What it is that one text names this day and the other that, each with the day of its writing where it is
/// known. `None` if they do so with the same words and nothing speaks against it.
pub(super) fn kind_of_days(
    (x, in_x): (NamedDay, Option<Date>),
    (y, in_y): (NamedDay, Option<Date>),
) -> Option<EditKind> {
    if x == y {
        return None;
    }
    if let (NamedDay::Week(one, _), NamedDay::Week(other, _)) = (x, y)
        && one != other
    {
        return Some(EditKind::Name);
    }
    let (Some(in_x), Some(in_y)) = (in_x, in_y) else {
        return Some(EditKind::RelativeDay);
    };
    let relative = |day| matches!(day, NamedDay::Away(_));
    Some(
        if relative(x) && relative(y) || meet((x, in_x), (y, in_y)) {
            EditKind::RelativeDay
        } else {
            EditKind::Number
        },
    )
}

/// Whether two texts that name a day each, and nothing else, can mean the same one, by the days of their
/// writing. `None` where one of the dates is not known, or one of the texts names no day.
pub fn same_day(x: (&str, Option<Date>), y: (&str, Option<Date>)) -> Option<bool> {
    let meant = |(text, written): (&str, Option<Date>)| {
        let folded = words(text).map(|range| {
            let mut folded = String::new();
            fold_word(&text[range], &mut folded);
            folded
        });
        Some((named_day(&folded.collect::<Vec<_>>())?, written?))
    };
    Some(meet(meant(x)?, meant(y)?))
}

/// Whether two names can mean the same day, each by the day of its writing.
fn meet((x, in_x): (NamedDay, Date), (y, in_y): (NamedDay, Date)) -> bool {
    let days_y = days(y, in_y);
    days(x, in_x).iter().any(|day| days_y.contains(day))
}

/// The days that a name may mean on the day of writing: a weekday is rarely clear to the day.
fn days(day: NamedDay, written: Date) -> Vec<Date> {
    /// Index of Monday among [`crate::text::WEEKDAYS`].
    const MONDAY: usize = 2;
    let away = |days: i32| written.checked_add(days.days()).ok();
    let range = match day {
        NamedDay::Away(days) => return away(days).into_iter().collect(),
        NamedDay::Week(_, Which::Near) => -6..=6,
        NamedDay::Week(_, Which::Last) => -13..=-1,
        NamedDay::Week(_, Which::Next) => 1..=13,
    };
    let is_named = |date: &Date| {
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        matches!(day, NamedDay::Week(named, _) if named == (weekday + MONDAY) % 7)
    };
    range.filter_map(away).filter(is_named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn one_day_under_two_names_and_two_days() {
        let (thursday, friday) = (Some(date(2035, 4, 5)), Some(date(2035, 4, 6)));
        let (away, week) = (NamedDay::Away, NamedDay::Week);
        for (x, y, kind) in [
            (
                (away(-1), thursday),
                (away(-2), friday),
                Some(EditKind::RelativeDay),
            ),
            (
                (away(0), thursday),
                (away(-1), thursday),
                Some(EditKind::RelativeDay),
            ),
            (
                (away(0), thursday),
                (away(-1), None),
                Some(EditKind::RelativeDay),
            ),
            (
                (away(0), thursday),
                (week(5, Which::Near), friday),
                Some(EditKind::RelativeDay),
            ),
            (
                (away(0), thursday),
                (week(4, Which::Near), friday),
                Some(EditKind::Number),
            ),
            (
                (away(-4), thursday),
                (week(1, Which::Last), friday),
                Some(EditKind::RelativeDay),
            ),
            (
                (away(-4), thursday),
                (week(1, Which::Next), friday),
                Some(EditKind::Number),
            ),
            (
                (week(1, Which::Near), None),
                (week(2, Which::Near), None),
                Some(EditKind::Name),
            ),
            ((away(0), thursday), (away(0), friday), None),
        ] {
            assert_eq!(kind_of_days(x, y), kind, "{x:?} {y:?}");
        }
    }

    #[test]
    fn the_dates_bear_a_changed_day_out_or_do_not() {
        let (thursday, friday) = (Some(date(2035, 4, 5)), Some(date(2035, 4, 6)));
        assert_eq!(same_day(("اليوم", thursday), ("أمس،", friday)), Some(true));
        assert_eq!(
            same_day(("اليوم", thursday), ("أمس", thursday)),
            Some(false)
        );
        assert_eq!(
            same_day(("اليوم", thursday), ("مساء الخميس", friday)),
            Some(true)
        );
        assert_eq!(same_day(("اليوم", thursday), ("أمس", None)), None);
        assert_eq!(same_day(("اليوم", thursday), ("السفينة", friday)), None);
    }

    fn named() -> impl Strategy<Value = NamedDay> {
        let which = prop_oneof![Just(Which::Near), Just(Which::Last), Just(Which::Next)];
        prop_oneof![
            (-2..=2).prop_map(NamedDay::Away),
            (0..7_usize, which).prop_map(|(day, which)| NamedDay::Week(day, which)),
        ]
    }

    proptest! {
        /// Either side may come first, and moving both texts by any number of days changes nothing for days
        /// that are told by their distance.
        #[test]
        fn days_compare_alike_from_both_sides(
            x in named(), y in named(), start in 0..20_000_i32, apart in -9..=9_i32, moved in 0..500_i32,
        ) {
            let on = |days: i32| date(1990, 1, 1).checked_add(days.days()).ok();
            let (in_x, in_y) = (on(start), on(start + apart));
            let kind = kind_of_days((x, in_x), (y, in_y));
            prop_assert_eq!(kind, kind_of_days((y, in_y), (x, in_x)));
            if let (NamedDay::Away(one), NamedDay::Away(other)) = (x, y) {
                let (in_x, in_y) = (on(start + moved), on(start + apart + moved));
                prop_assert_eq!(kind, kind_of_days((x, in_x), (y, in_y)));
                prop_assert_eq!(kind, (one != other).then_some(EditKind::RelativeDay));
            }
            for day in [x, y] {
                let days = days(day, date(2035, 4, 5));
                prop_assert!((1..=2).contains(&days.len()), "{:?} {:?}", day, days);
            }
        }
    }
}
