//! Counts beside each value of a facet. Each facet's counts follow the *other* facets, so that a person
//! sees what choosing one more value would bring.

use jiff::civil::Date;
use jiff::{ToSpan, Unit};

use super::Columns;
use super::filter::Selection;

/// One value of the outlet facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutletCount {
    /// `None` = unknown.
    pub name: Option<String>,
    /// Articles that the other facets let through.
    pub count: usize,
    pub chosen: bool,
}

/// Articles over time. The bins cover every known day of the folder, whatever is filtered, so that the
/// axis stands still while counts change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    pub unit: BinUnit,
    pub bins: Vec<Bin>,
    /// Undated articles that the other facets let through.
    pub unknown: usize,
    /// Undated articles in the whole folder.
    pub unknown_total: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// First and last day, both included.
    pub first: Date,
    pub last: Date,
    /// Articles that the other facets let through.
    pub count: usize,
    /// Articles in the whole folder.
    pub total: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum BinUnit {
    #[default]
    Day,
    Week,
    Month,
    Year,
}

/// More bins than this would be narrower than a person can hit.
const MAX_BINS: i32 = 62;

pub(super) fn outlets(
    columns: &Columns,
    selection: &Selection,
    chosen: impl Fn(Option<&str>) -> bool,
) -> Vec<OutletCount> {
    let mut counts = vec![0; columns.outlets.len()];
    let (mut unknown, mut unknown_total) = (0, 0);
    for article in 0..columns.len() {
        let passes = selection.by_query(article) && selection.by_day(columns, article);
        match columns.outlet[article] {
            Some(id) => counts[id as usize] += usize::from(passes),
            None => {
                unknown_total += 1;
                unknown += usize::from(passes);
            }
        }
    }
    let mut rows: Vec<_> = columns
        .outlets
        .iter()
        .zip(counts)
        .map(|(name, count)| OutletCount {
            chosen: chosen(Some(name)),
            name: Some(name.clone()),
            count,
        })
        .collect();
    if unknown_total > 0 {
        rows.push(OutletCount {
            name: None,
            count: unknown,
            chosen: chosen(None),
        });
    }
    rows
}

pub(super) fn days(columns: &Columns, selection: &Selection) -> Histogram {
    let known = || columns.day.iter().flatten().copied();
    let (unit, mut bins) = match (known().min(), known().max()) {
        (Some(first), Some(last)) => bins(first, last),
        _ => (BinUnit::Day, Vec::new()),
    };
    let (mut unknown, mut unknown_total) = (0, 0);
    for article in 0..columns.len() {
        let passes =
            usize::from(selection.by_query(article) && selection.by_outlet(columns, article));
        match columns.day[article] {
            Some(day) => {
                let bin = bins.partition_point(|bin| bin.last < day);
                bins[bin].total += 1;
                bins[bin].count += passes;
            }
            None => {
                unknown_total += 1;
                unknown += passes;
            }
        }
    }
    Histogram {
        unit,
        bins,
        unknown,
        unknown_total,
    }
}

/// Empty bins from `first` to `last` in the finest unit that stays below [`MAX_BINS`].
fn bins(first: Date, last: Date) -> (BinUnit, Vec<Bin>) {
    let days = first
        .until((Unit::Day, last))
        .map_or(i32::MAX, |span| span.get_days());
    let unit = if days < MAX_BINS {
        BinUnit::Day
    } else if days < MAX_BINS * 7 {
        BinUnit::Week
    } else if days < MAX_BINS * 30 {
        BinUnit::Month
    } else {
        BinUnit::Year
    };
    let mut bins = Vec::new();
    let mut from = start_of(unit, first);
    while from <= last {
        let next = match unit {
            BinUnit::Day => from.checked_add(1.day()),
            BinUnit::Week => from.checked_add(7.days()),
            BinUnit::Month => from.checked_add(1.month()),
            BinUnit::Year => from.checked_add(1.year()),
        };
        // The calendar's end is the last bin's end.
        let next = next.ok();
        bins.push(Bin {
            first: from,
            last: next
                .and_then(|next| next.yesterday().ok())
                .unwrap_or(Date::MAX),
            count: 0,
            total: 0,
        });
        let Some(next) = next else { break };
        from = next;
    }
    (unit, bins)
}

/// The first day of the unit that `day` lies in; weeks begin on Saturday, as in most Arab countries.
fn start_of(unit: BinUnit, day: Date) -> Date {
    match unit {
        BinUnit::Day => day,
        BinUnit::Week => {
            let since_saturday = (day.weekday().to_monday_zero_offset() + 2) % 7;
            day.checked_sub(i64::from(since_saturday).days())
                .unwrap_or(day)
        }
        BinUnit::Month => day.first_of_month(),
        BinUnit::Year => day.first_of_year(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn units_grow_with_the_stretch() {
        let first = date(2031, 3, 5);
        for (last, unit) in [
            (date(2031, 3, 5), BinUnit::Day),
            (date(2031, 5, 1), BinUnit::Day),
            (date(2031, 9, 1), BinUnit::Week),
            (date(2034, 1, 1), BinUnit::Month),
            (date(2061, 1, 1), BinUnit::Year),
        ] {
            assert_eq!(bins(first, last).0, unit, "{last}");
        }
    }

    #[test]
    fn weeks_begin_on_saturday() {
        // 5 March 2031 is a Wednesday.
        assert_eq!(start_of(BinUnit::Week, date(2031, 3, 5)), date(2031, 3, 1));
        assert_eq!(start_of(BinUnit::Week, date(2031, 3, 1)), date(2031, 3, 1));
        assert_eq!(
            start_of(BinUnit::Week, date(2031, 2, 28)),
            date(2031, 2, 22)
        );
    }

    proptest! {
        #[test]
        fn bins_cover_every_day_without_gaps(a in -9999i16..=9999, b in -9999i16..=9999, m in 1i8..=12, n in 1i8..=12) {
            let (x, y) = (date(a, m, 3), date(b, n, 27));
            let (first, last) = (x.min(y), x.max(y));
            let (_, bins) = bins(first, last);
            prop_assert!(bins[0].first <= first && bins[bins.len() - 1].last >= last);
            for pair in bins.windows(2) {
                prop_assert_eq!(pair[0].last.tomorrow().unwrap(), pair[1].first);
            }
        }
    }
}
