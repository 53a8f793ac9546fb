//! One family over time: a lane for each outlet, the undated apart, and who follows whom where dates and
//! text say so.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Columns, Facet, Links, Pairs, Tables};

/// What was printed where and when.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// By first day, then by name; lanes without any dated article are left out.
    pub lanes: Vec<Lane>,
    /// Without a date: in no lane, in the articles' order.
    pub undated: Vec<u32>,
    /// First and last known day.
    pub days: Option<(Date, Date)>,
    /// By the later article, ascending.
    pub follows: Vec<Follow>,
}

/// What one outlet printed, by day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// `None` = unknown.
    pub outlet: Option<Arc<str>>,
    pub articles: Vec<(Date, u32)>,
}

/// An article and the strictly earlier one that it shares most words with. No more than that: both may
/// have a source that is not in the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Follow {
    pub earlier: u32,
    pub later: u32,
    /// Index into [`Pairs`].
    pub pair: u32,
}

impl Timeline {
    /// `articles`: those of the family that are to be shown, in ascending order.
    pub fn new(articles: &[u32], tables: &Tables) -> Self {
        let Tables {
            columns,
            pairs,
            links,
            ..
        } = tables;
        let day = |article: u32| columns.day[article as usize];
        let mut by_outlet = std::collections::BTreeMap::<Option<u32>, Vec<(Date, u32)>>::new();
        let mut undated = Vec::new();
        for &article in articles {
            match day(article) {
                Some(day) => {
                    let lane = by_outlet.entry(columns.outlet(article)).or_default();
                    lane.push((day, article));
                }
                None => undated.push(article),
            }
        }
        let outlets = columns.column(Facet::Outlet);
        let mut lanes: Vec<(u32, Lane)> = by_outlet
            .into_iter()
            .map(|(outlet, mut articles)| {
                articles.sort_unstable();
                let rank = outlet.map_or(u32::MAX, |id| outlets.rank[id as usize]);
                let outlet = outlet.and_then(|id| outlets.values[id as usize].clone());
                (rank, Lane { outlet, articles })
            })
            .collect();
        lanes.sort_by_key(|(rank, lane)| (lane.articles.first().map(|(day, _)| *day), *rank));
        let lanes: Vec<Lane> = lanes.into_iter().map(|(_, lane)| lane).collect();
        let all = || {
            lanes
                .iter()
                .flat_map(|lane| &lane.articles)
                .map(|(day, _)| *day)
        };
        Self {
            days: all().min().zip(all().max()),
            follows: follows(articles, columns, pairs, links),
            undated,
            lanes,
        }
    }

    /// The earlier article that one follows.
    pub fn follow_of(&self, later: u32) -> Option<&Follow> {
        let follows = &self.follows;
        let at = follows.binary_search_by_key(&later, |follow| follow.later);
        follows.get(at.ok()?)
    }
}

fn follows(articles: &[u32], columns: &Columns, pairs: &Pairs, links: &Links) -> Vec<Follow> {
    let day = |article: u32| columns.day[article as usize];
    let of = |later: u32| {
        let own = day(later)?;
        let earlier = links.pairs_of(later).filter_map(|id| {
            let pair = &pairs.0[id as usize];
            let other = if pair.first == later {
                pair.second
            } else {
                pair.first
            };
            let before = day(other).filter(|day| *day < own)?;
            articles.binary_search(&other).ok()?;
            Some((std::cmp::Reverse(pair.words), before, other, id))
        });
        let (_, _, earlier, pair) = earlier.min()?;
        Some(Follow {
            earlier,
            later,
            pair,
        })
    };
    articles.iter().filter_map(|article| of(*article)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::sample;
    use super::*;

    #[test]
    fn only_what_is_earlier_is_followed_and_the_undated_stand_apart() {
        // Days: 1, 3, unknown, 3.
        let folder = sample(
            &[("a", Some(1)), ("b", Some(3)), ("a", None), ("", Some(3))],
            &[(0, 1, 40), (0, 2, 30), (1, 3, 90), (0, 3, 20)],
        );
        let timeline = Timeline::new(&[0, 1, 2, 3], &folder.tables);
        let names: Vec<_> = timeline
            .lanes
            .iter()
            .map(|lane| lane.outlet.as_deref())
            .collect();
        assert_eq!(names, [Some("a"), Some("b"), None]);
        assert_eq!(timeline.undated, [2]);
        let follows: Vec<_> = timeline
            .follows
            .iter()
            .map(|f| (f.earlier, f.later))
            .collect();
        // 3 shares most with 1, but that is of the same day.
        assert_eq!(follows, [(0, 1), (0, 3)]);
        let earlier = [0, 1, 3].map(|later| Some(timeline.follow_of(later)?.earlier));
        assert_eq!(earlier, [None, Some(0), Some(0)]);
    }
}
