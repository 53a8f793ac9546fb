//! Which of the days that are told of an article holds: what its file says beside the text, what the text says, and what
//! neither can mean.

use jiff::civil::Date;

use super::Draft;
use crate::article::{Aspect, Disputed, Place, Sureness};
use crate::ingest::claims;
use crate::ingest::dates::Order;

/// No article is dated so many years ahead.
const AHEAD: i16 = 10;

impl Draft {
    /// What the file says beside the text comes first; a day in the text that contradicts it is kept apart.
    pub(super) fn take_said_days(&mut self) {
        self.disputed.retain(|one| one.aspect == Aspect::Outlet);
        for (aspect, claims, held) in [
            (
                Aspect::Published,
                &self.said.published,
                &mut self.dates.published,
            ),
            (Aspect::Updated, &self.said.updated, &mut self.dates.updated),
            (Aspect::Crawled, &self.said.crawled, &mut self.dates.crawled),
        ] {
            let days = claims::days(claims);
            self.orders
                .extend(days.iter().map(|(found, order)| (found.value, *order)));
            let mut days: Vec<_> = days.into_iter().map(|(found, _)| found).collect();
            days.extend(held.take());
            if aspect == Aspect::Published {
                days.extend(claims::day_of_address(&self.said));
            }
            let mut days = days.into_iter();
            let Some(first) = days.next() else { continue };
            for other in days {
                // A day apart is midnight or the sighting of the moon.
                let apart = (other.value - first.value).get_days().abs();
                let known = |one: &Disputed| {
                    one.aspect == aspect && one.found.value == other.value.to_string()
                };
                if apart > 1 && !self.disputed.iter().any(known) {
                    let day = other.value.to_string();
                    self.disputed.push(Disputed {
                        aspect,
                        found: other.with(day),
                    });
                }
            }
            *held = Some(first);
        }
    }

    /// Day before month, month before day: which of the two the article's dates prove.
    pub fn orders(&self) -> [bool; 2] {
        let any = |wanted| self.orders.iter().any(|(_, order)| *order == wanted);
        [any(Order::DayFirst), any(Order::MonthFirst)]
    }

    /// Reads days that can be read in two ways as others of the same outlet or table are written.
    pub fn take_order(&mut self, month_first: bool) {
        for held in [&mut self.dates.published, &mut self.dates.updated] {
            let Some(found) = held else { continue };
            let open = self.orders.iter().find_map(|(date, order)| match order {
                Order::Open(other) if *date == found.value => Some(*other),
                _ => None,
            });
            if let Some(other) = open {
                found.value = if month_first { other } else { found.value };
                found.sureness = Sureness::Likely;
            }
        }
    }

    /// The folder whose files have days in their names, where the day is told so.
    pub fn folder_of_dated_names(&self) -> Option<&str> {
        let published = self.dates.published.as_ref();
        published.filter(|found| found.place == Place::FileName)?;
        Some(self.path.rsplit_once('/').map_or("", |(folder, _)| folder))
    }

    /// A day that has not come yet gives way to one that has: issues are dated ahead, but most such days are mistakes.
    /// One that is years ahead is none.
    pub fn doubt_days_ahead(&mut self, today: Date) {
        let Ok(tomorrow) = today.tomorrow() else {
            return;
        };
        let far = jiff::Span::new().years(AHEAD);
        let last = today.checked_add(far).unwrap_or(Date::MAX);
        let Some(held) = self.dates.published.as_ref().map(|found| found.value) else {
            return;
        };
        if held <= tomorrow {
            return;
        }
        let by = |latest: Date| {
            let mut others = self.disputed.iter().enumerate();
            others.find_map(|(i, one)| {
                let day: Date = one.found.value.parse().ok()?;
                (one.aspect == Aspect::Published && day <= latest).then_some((i, day))
            })
        };
        match by(tomorrow).or_else(|| by(last).filter(|_| held > last)) {
            Some((other, day)) => {
                self.dates.published = Some(self.disputed.remove(other).found.with(day));
            }
            None if held > last => self.dates.published = None,
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Origin};
    use crate::ingest::formats::{Claim, Page, Said};
    use crate::ingest::names::Names;
    use crate::work::Watch;
    use jiff::civil::date;

    /// The article of a page whose head says `meta`, as it is seen on 7 March 2031.
    fn article(meta: &str, shown: &str) -> Article {
        let page = Page {
            text: format!(
                "قارب جديد في الميناء\n{shown}\nوصل القارب الجديد إلى الميناء بعد رحلة قصيرة من الجزيرة القريبة."
            ),
            said: Said {
                published: Claim::new(meta, Origin::MetaTag).into_iter().collect(),
                ..Said::default()
            },
            ..Page::default()
        };
        let names = Names::new("x", ["a.html"].into_iter());
        let mut draft =
            Draft::new("a.html".to_owned(), page, None, &names, &Watch::silent()).unwrap();
        draft.doubt_days_ahead(date(2031, 3, 7));
        draft.article()
    }

    #[test]
    fn what_programs_write_where_they_know_no_day_says_nothing() {
        let shown = article("1970-01-01T00:00:00+00:00", "5 آذار/مارس 2031");
        assert_eq!(shown.day(), Some(date(2031, 3, 5)));
        assert_eq!(shown.disputed, []);
        assert_eq!(article("1970-01-01", "").day(), None);
    }

    #[test]
    fn a_day_ahead_gives_way_to_one_that_has_come() {
        let day = |meta: &str, shown: &str| article(meta, shown).day();
        let come = Some(date(2031, 3, 5));
        assert_eq!(day("2099-12-31", "5 آذار/مارس 2031"), come);
        assert_eq!(day("2031-12-31", "5 آذار/مارس 2031"), come);
        assert_eq!(article("2031-12-31", "5 آذار/مارس 2031").disputed, []);
        // Tomorrow has come elsewhere; a day with nothing beside it stays, unless it is far ahead.
        assert_eq!(
            day("2031-03-08", "5 آذار/مارس 2031"),
            Some(date(2031, 3, 8))
        );
        assert_eq!(day("2031-12-31", ""), Some(date(2031, 12, 31)));
        assert_eq!(day("2099-12-31", ""), None);
        assert_eq!(day("2099-12-31", "5 نيسان 2031"), Some(date(2031, 4, 5)));
    }
}
