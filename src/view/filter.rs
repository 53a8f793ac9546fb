//! What the person has chosen to see. Plain choices: what they mean for an article or a pair is said in
//! [`super::selection`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Facet;

/// All active restrictions. The default shows everything.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// What is chosen of each facet; a facet without a choice restricts nothing.
    pub choices: BTreeMap<Facet, Choice>,
    /// Exact bounds of facets that count something; both ends included.
    pub bounds: BTreeMap<Facet, Bounds>,
    pub days: DayFilter,
    pub sides: Sides,
    /// What stands in the search box. Its hits come from `search` and are handed in with the filter.
    pub query: String,
    /// A text that the articles have to carry, copied or reworded; its hits are handed in as well.
    pub carrying: String,
}

/// Values of one facet, `None` standing for *unknown*. Names match in every spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// Only these; empty = all.
    pub only: BTreeSet<Option<String>>,
    /// And none of these.
    pub not: BTreeSet<Option<String>>,
}

/// From this to that, both included, in the unit of the facet ([`Facet::amount`]). What is unknown is in none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bounds {
    pub least: Option<u32>,
    pub most: Option<u32>,
}

impl Bounds {
    pub fn is_active(self) -> bool {
        self.least.is_some() || self.most.is_some()
    }

    pub fn hold(self, amount: Option<u32>) -> bool {
        amount.map_or(!self.is_active(), |amount| {
            self.least.is_none_or(|least| least <= amount)
                && self.most.is_none_or(|most| amount <= most)
        })
    }
}

/// The date facet. *Unknown* is one more value to choose, like an outlet's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DayFilter {
    /// First and last day, both included.
    #[serde(with = "range")]
    pub range: Option<(Date, Date)>,
    pub unknown: bool,
}

/// Which of a pair's articles have to be in the selection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sides {
    /// One is enough: who shares text with these?
    #[default]
    Either,
    /// Both: what do these share among themselves?
    Both,
}

/// One restriction of a filter, as it can be let go of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Restriction {
    Only(Facet, Option<String>),
    Not(Facet, Option<String>),
    Bounds(Facet, Bounds),
    /// The range of days.
    Days,
    /// The box for undated articles.
    Undated,
    Query,
    Carrying,
}

impl Choice {
    pub fn is_active(&self) -> bool {
        !self.only.is_empty() || !self.not.is_empty()
    }
}

impl DayFilter {
    pub fn is_active(self) -> bool {
        self.range.is_some() || self.unknown
    }

    pub fn passes(self, day: Option<Date>) -> bool {
        match (self.range, day) {
            (None, day) => !self.unknown || day.is_none(),
            (Some((first, last)), Some(day)) => first <= day && day <= last,
            (Some(_), None) => self.unknown,
        }
    }
}

impl Filter {
    pub fn is_active(&self) -> bool {
        !self.restrictions().is_empty()
    }

    /// True where a facet of pairs is chosen: then only articles that are in such a pair are shown.
    pub fn asks_of_pairs(&self) -> bool {
        let mut choices = self.choices.iter();
        choices.any(|(facet, choice)| facet.is_of_pair() && choice.is_active())
            || self.bounds.values().any(|bounds| bounds.is_active())
    }

    pub fn choice(&self, facet: Facet) -> Option<&Choice> {
        self.choices.get(&facet).filter(|choice| choice.is_active())
    }

    /// Chooses a value, or lets go of it; what was left out is no longer.
    pub fn toggle(&mut self, facet: Facet, value: Option<String>) {
        let choice = self.choices.entry(facet).or_default();
        choice.not.remove(&value);
        if !choice.only.remove(&value) {
            choice.only.insert(value);
        }
        self.tidy();
    }

    /// Leaves a value out, or takes it in again; what was chosen is no longer.
    pub fn toggle_not(&mut self, facet: Facet, value: Option<String>) {
        let choice = self.choices.entry(facet).or_default();
        choice.only.remove(&value);
        if !choice.not.remove(&value) {
            choice.not.insert(value);
        }
        self.tidy();
    }

    /// Chooses these values of a facet and no others.
    pub fn choose(&mut self, facet: Facet, values: impl IntoIterator<Item = Option<String>>) {
        let only = values.into_iter().collect();
        let not = BTreeSet::new();
        self.choices.insert(facet, Choice { only, not });
        self.tidy();
    }

    pub fn bounds(&self, facet: Facet) -> Bounds {
        self.bounds.get(&facet).copied().unwrap_or_default()
    }

    pub fn set_bounds(&mut self, facet: Facet, bounds: Bounds) {
        self.bounds.insert(facet, bounds);
        self.tidy();
    }

    /// Every restriction, in the order in which they are shown.
    pub fn restrictions(&self) -> Vec<Restriction> {
        let mut all = Vec::new();
        if !self.query.trim().is_empty() {
            all.push(Restriction::Query);
        }
        if !self.carrying.trim().is_empty() {
            all.push(Restriction::Carrying);
        }
        if self.days.range.is_some() {
            all.push(Restriction::Days);
        }
        if self.days.unknown {
            all.push(Restriction::Undated);
        }
        for (facet, choice) in &self.choices {
            let only = choice.only.iter().cloned();
            all.extend(only.map(|value| Restriction::Only(*facet, value)));
            let not = choice.not.iter().cloned();
            all.extend(not.map(|value| Restriction::Not(*facet, value)));
        }
        let bounds = self.bounds.iter();
        all.extend(bounds.map(|(facet, bounds)| Restriction::Bounds(*facet, *bounds)));
        all
    }

    pub fn let_go(&mut self, restriction: &Restriction) {
        match restriction {
            Restriction::Only(facet, value) => {
                if let Some(choice) = self.choices.get_mut(facet) {
                    choice.only.remove(value);
                }
            }
            Restriction::Not(facet, value) => {
                if let Some(choice) = self.choices.get_mut(facet) {
                    choice.not.remove(value);
                }
            }
            Restriction::Bounds(facet, _) => drop(self.bounds.remove(facet)),
            Restriction::Days => self.days.range = None,
            Restriction::Undated => self.days.unknown = false,
            Restriction::Query => self.query.clear(),
            Restriction::Carrying => self.carrying.clear(),
        }
        self.tidy();
    }

    /// A filter without choices equals the default, however it came to be so.
    fn tidy(&mut self) {
        self.choices.retain(|_, choice| choice.is_active());
        self.bounds.retain(|_, bounds| bounds.is_active());
    }
}

/// Two days as `2031-03-01` each: a civil date has no other form on disk.
mod range {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(
        range: &Option<(Date, Date)>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        range
            .map(|(first, last)| (first.to_string(), last.to_string()))
            .serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<(Date, Date)>, D::Error> {
        let days = Option::<(String, String)>::deserialize(deserializer)?;
        let day = |text: String| text.parse::<Date>().map_err(D::Error::custom);
        days.map(|(first, last)| Ok((day(first)?, day(last)?)))
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn unknown_is_a_value_of_the_date_facet() {
        let march = Some((date(2031, 3, 1), date(2031, 3, 31)));
        let inside = Some(date(2031, 3, 31));
        let outside = Some(date(2031, 4, 1));
        let cases = [
            // range, unknown ticked, (inside, outside, undated) pass?
            (None, false, (true, true, true)),
            (None, true, (false, false, true)),
            (march, false, (true, false, false)),
            (march, true, (true, false, true)),
        ];
        for (range, unknown, expected) in cases {
            let filter = DayFilter { range, unknown };
            let got = (
                filter.passes(inside),
                filter.passes(outside),
                filter.passes(None),
            );
            assert_eq!(got, expected, "{filter:?}");
        }
    }

    #[test]
    fn bounds_hold_both_ends_and_nothing_unknown() {
        let bounds = |least, most| Bounds { least, most };
        assert!(bounds(Some(5), Some(9)).hold(Some(5)) && bounds(Some(5), Some(9)).hold(Some(9)));
        assert!(!bounds(Some(5), None).hold(Some(4)) && !bounds(None, Some(9)).hold(Some(10)));
        assert!(!bounds(Some(0), None).hold(None) && bounds(None, None).hold(None));
    }

    #[test]
    fn toggling_twice_changes_nothing() {
        let mut filter = Filter::default();
        filter.toggle(Facet::Outlet, None);
        assert!(filter.is_active());
        filter.toggle_not(Facet::Outlet, None);
        assert_eq!(
            filter.restrictions(),
            [Restriction::Not(Facet::Outlet, None)]
        );
        filter.toggle_not(Facet::Outlet, None);
        assert_eq!(filter, Filter::default());
    }

    #[test]
    fn every_restriction_can_be_let_go_of_and_kept_on_disk() {
        let mut filter = Filter {
            query: "ميناء".to_owned(),
            carrying: "نص".to_owned(),
            days: DayFilter {
                range: Some((date(2031, 3, 1), date(2031, 3, 31))),
                unknown: true,
            },
            ..Filter::default()
        };
        filter.toggle(Facet::Outlet, Some("صدى المرفأ".to_owned()));
        filter.toggle_not(Facet::Folder, None);
        let bounds = Bounds {
            least: Some(40),
            most: None,
        };
        filter.set_bounds(Facet::Words, bounds);
        let kept = serde_json::to_string(&filter).unwrap();
        assert_eq!(serde_json::from_str::<Filter>(&kept).unwrap(), filter);
        assert_eq!(filter.restrictions().len(), 7);
        for restriction in filter.restrictions() {
            filter.let_go(&restriction);
        }
        assert_eq!(filter, Filter::default());
    }
}
