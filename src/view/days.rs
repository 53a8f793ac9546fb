//! Articles over time, in bins of days, weeks, months or years.

use jiff::civil::Date;
use jiff::{ToSpan, Unit};

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
/// A choice of the person's own may have more, up to here.
const FAR_TOO_MANY: i32 = 4000;

impl Histogram {
    /// Empty bins for the known days, in `unit` or, without one, in the finest that a person can hit.
    pub(super) fn new(days: &[Option<Date>], unit: Option<BinUnit>) -> Self {
        let known = || days.iter().flatten().copied();
        let (unit, bins) = match (known().min(), known().max()) {
            (Some(first), Some(last)) => {
                let unit = unit.unwrap_or_else(|| fitting(first, last));
                bins(unit, first, last)
            }
            _ => (BinUnit::Day, Vec::new()),
        };
        Self {
            unit,
            bins,
            ..Self::default()
        }
    }

    /// Counts one article; `passes` where the other facets let it through.
    pub(super) fn count(&mut self, day: Option<Date>, passes: bool) {
        let (total, count) = match day {
            Some(day) => {
                let at = self.bins.partition_point(|bin| bin.last < day);
                let Some(bin) = self.bins.get_mut(at) else {
                    return;
                };
                (&mut bin.total, &mut bin.count)
            }
            None => (&mut self.unknown_total, &mut self.unknown),
        };
        *total += 1;
        *count += usize::from(passes);
    }
}

/// The finest unit that stays below [`MAX_BINS`].
fn fitting(first: Date, last: Date) -> BinUnit {
    let days = days_from(first, last);
    if days < MAX_BINS {
        BinUnit::Day
    } else if days < MAX_BINS * 7 {
        BinUnit::Week
    } else if days < MAX_BINS * 30 {
        BinUnit::Month
    } else {
        BinUnit::Year
    }
}

fn days_from(first: Date, last: Date) -> i32 {
    first
        .until((Unit::Day, last))
        .map_or(i32::MAX, |span| span.get_days())
}

/// Empty bins from `first` to `last`; in a coarser unit where they would be more than anybody can look at.
fn bins(unit: BinUnit, first: Date, last: Date) -> (BinUnit, Vec<Bin>) {
    let days = days_from(first, last);
    let unit = match unit {
        BinUnit::Day if days > FAR_TOO_MANY => BinUnit::Week,
        unit => unit,
    };
    let unit = match unit {
        BinUnit::Week if days / 7 > FAR_TOO_MANY => BinUnit::Year,
        BinUnit::Month if days / 30 > FAR_TOO_MANY => BinUnit::Year,
        unit => unit,
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
            assert_eq!(fitting(first, last), unit, "{last}");
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
            let (_, bins) = bins(fitting(first, last), first, last);
            prop_assert!(bins[0].first <= first && bins[bins.len() - 1].last >= last);
            for pair in bins.windows(2) {
                prop_assert_eq!(pair[0].last.tomorrow().unwrap(), pair[1].first);
            }
        }
    }
}
