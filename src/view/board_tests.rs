//! Counts and lists against a plain recount: every article and pair asked one by one, with no bits.

use std::collections::BTreeMap;

use jiff::civil::date;
use proptest::prelude::*;

use super::super::samples::{Sample, sample};
use super::super::{BinUnit, Bounds, Choice, DayFilter};
use super::*;

/// A filter with one restriction left out.
fn without(filter: &Filter, facet: Option<Facet>, days: bool) -> Filter {
    let mut filter = filter.clone();
    if let Some(facet) = facet {
        filter.choices.remove(&facet);
        filter.bounds.remove(&facet);
    }
    if days {
        filter.days = DayFilter::default();
    }
    filter
}

fn has(choice: Option<&Choice>, values: &[Option<String>]) -> bool {
    choice.is_none_or(|choice| {
        let any = |of: &std::collections::BTreeSet<Option<String>>| {
            values.iter().any(|value| of.contains(value))
        };
        (choice.only.is_empty() || any(&choice.only)) && !any(&choice.not)
    })
}

fn values(columns: &Columns, facet: Facet, row: usize) -> Vec<Option<String>> {
    let column = columns.column(facet);
    let value = |id: u32| {
        column.values[id as usize]
            .as_ref()
            .map(|name| name.to_string())
    };
    column.of(row).map(value).collect()
}

fn passes_itself(folder: &Sample, filter: &Filter, hits: Hits, article: u32) -> bool {
    let own = |facet: Facet| {
        has(
            filter.choice(facet),
            &values(&folder.tables.columns, facet, article as usize),
        )
    };
    let hit = |hits: Option<&[u32]>| hits.is_none_or(|hits| hits.contains(&article));
    Facet::ALL[..Facet::OF_ARTICLE]
        .iter()
        .all(|facet| own(*facet))
        && filter
            .days
            .passes(folder.tables.columns.day[article as usize])
        && hit(hits.query)
        && hit(hits.carrying)
}

fn pair_passes_itself(folder: &Sample, filter: &Filter, pair: usize) -> bool {
    Facet::ALL[Facet::OF_ARTICLE..].iter().all(|facet| {
        has(
            filter.choice(*facet),
            &values(&folder.tables.columns, *facet, pair),
        )
    }) && filter.bounds.iter().all(|(facet, bounds)| {
        let pair = &folder.tables.pairs.0[pair];
        bounds.hold(match facet {
            Facet::Words => Some(pair.words),
            Facet::Likeness => Some((pair.likeness * 100.0) as u32),
            _ => pair.days_apart.map(i32::unsigned_abs),
        })
    })
}

fn pair_is_shown(folder: &Sample, filter: &Filter, hits: Hits, pair: usize) -> bool {
    let sides = [
        folder.tables.pairs.0[pair].first,
        folder.tables.pairs.0[pair].second,
    ];
    let mut sides = sides
        .iter()
        .map(|side| passes_itself(folder, filter, hits, *side));
    let in_selection = match filter.sides {
        Sides::Either => sides.any(|side| side),
        Sides::Both => sides.all(|side| side),
    };
    in_selection && pair_passes_itself(folder, filter, pair)
}

fn article_is_shown(folder: &Sample, filter: &Filter, hits: Hits, article: u32) -> bool {
    let in_pair = |id: usize| {
        let pair = &folder.tables.pairs.0[id];
        (pair.first == article || pair.second == article)
            && pair_passes_itself(folder, filter, id)
            && (filter.sides == Sides::Either || pair_is_shown(folder, filter, hits, id))
    };
    passes_itself(folder, filter, hits, article)
        && (!filter.asks_of_pairs() || (0..folder.tables.pairs.0.len()).any(in_pair))
}

fn recount(
    folder: &Sample,
    filter: &Filter,
    hits: Hits,
    facet: Facet,
) -> BTreeMap<Option<String>, u32> {
    let filter = without(filter, Some(facet), false);
    let rows: Vec<usize> = if facet.is_of_pair() {
        (0..folder.tables.pairs.0.len())
            .filter(|id| pair_is_shown(folder, &filter, hits, *id))
            .collect()
    } else {
        (0..folder.articles.len())
            .filter(|id| article_is_shown(folder, &filter, hits, *id as u32))
            .collect()
    };
    let mut counts = BTreeMap::new();
    for row in rows {
        for value in values(&folder.tables.columns, facet, row) {
            *counts.entry(value).or_default() += 1;
        }
    }
    counts
}

fn counted(folder: &Sample, board: &Board, facet: Facet) -> BTreeMap<Option<String>, u32> {
    let values = board.values(&folder.tables.columns, facet);
    values
        .filter(|(_, count)| *count > 0)
        .map(|(value, count)| (value.map(|name| name.to_string()), count))
        .collect()
}

const OUTLETS: [&str; 4] = ["المرسى", "أخبار الضحى", "اخبار الضحى", ""];

fn a_folder() -> impl Strategy<Value = Sample> {
    let article = (0..OUTLETS.len(), prop::option::weighted(0.8, 1i8..=9));
    (2usize..14).prop_flat_map(move |count| {
        let pair = (0..count as u32, 0..count as u32, 4u32..200);
        (
            prop::collection::vec(article.clone(), count),
            prop::collection::vec(pair, 0..20),
        )
            .prop_map(|(articles, pairs)| {
                let articles: Vec<_> = articles
                    .iter()
                    .map(|(at, day)| (OUTLETS[*at], *day))
                    .collect();
                sample(&articles, &pairs)
            })
    })
}

/// Choices by position: each becomes the value at that place of the facet's column.
fn a_filter() -> impl Strategy<Value = Vec<(usize, usize, bool)>> {
    prop::collection::vec((0..Facet::ALL.len(), 0usize..8, any::<bool>()), 0..5)
}

proptest! {
    #[test]
    fn counts_equal_a_plain_recount(
        folder in a_folder(),
        choices in a_filter(),
        range in prop::option::of((1i8..=9, 1i8..=9)),
        unknown in any::<bool>(),
        both in any::<bool>(),
        bounds in prop::collection::vec((0usize..3, prop::option::of(0u32..120), prop::option::of(0u32..120)), 0..3),
        query in prop::option::of(prop::collection::vec(0u32..14, 0..10)),
    ) {
        let mut filter = Filter::default();
        for (facet, at, not) in choices {
            let facet = Facet::ALL[facet];
            let known = &folder.tables.columns.column(facet).values;
            if let Some(value) = known.get(at).map(|value| value.as_ref().map(|name| name.to_string())) {
                if not { filter.toggle_not(facet, value) } else { filter.toggle(facet, value) }
            }
        }
        filter.days.unknown = unknown;
        filter.days.range = range.map(|(x, y)| (date(2031, 3, x.min(y)), date(2031, 3, x.max(y))));
        for (at, least, most) in bounds {
            let facet = [Facet::Words, Facet::Likeness, Facet::Apart][at];
            filter.set_bounds(facet, Bounds { least, most });
        }
        filter.sides = if both { Sides::Both } else { Sides::Either };
        let hits = Hits { query: query.as_deref(), carrying: None };
        let board = Board::new(&folder.tables, &filter, hits, Some(BinUnit::Day));

        for facet in Facet::ALL {
            let (got, plain) = (counted(&folder, &board, facet), recount(&folder, &filter, hits, facet));
            prop_assert_eq!(got, plain, "{:?}", facet);
        }
        let mut shown = board.articles.clone();
        shown.sort_unstable();
        shown.dedup();
        let plain: Vec<u32> = (0..folder.articles.len() as u32)
            .filter(|id| article_is_shown(&folder, &filter, hits, *id))
            .collect();
        prop_assert_eq!(&shown, &plain);
        let mut pairs = board.pairs.clone();
        pairs.sort_unstable();
        let plain_pairs: Vec<u32> = (0..folder.tables.pairs.0.len())
            .filter(|id| pair_is_shown(&folder, &filter, hits, *id))
            .map(|id| id as u32)
            .collect();
        prop_assert_eq!(pairs, plain_pairs);
        let of_day = without(&filter, None, true);
        let dated = |day: Option<jiff::civil::Date>| {
            (0..folder.articles.len() as u32)
                .filter(|id| folder.tables.columns.day[*id as usize] == day && article_is_shown(&folder, &of_day, hits, *id))
                .count()
        };
        for bin in &board.days.bins {
            prop_assert_eq!(bin.count, dated(Some(bin.first)));
        }
        prop_assert_eq!(board.days.unknown, dated(None));
        for (family, members) in folder.findings.families.iter().enumerate() {
            let plain = members.articles.iter().filter(|id| plain.contains(id)).count();
            prop_assert_eq!(board.shown_of_family[family] as usize, plain);
        }
    }
}

#[test]
fn spellings_of_one_outlet_are_one_value() {
    let folder = sample(
        &[("أخبار الضحى", None), ("اخبار الضحى", None), ("", None)],
        &[],
    );
    let board = folder.board(&Filter::default());
    let counts = counted(&folder, &board, Facet::Outlet);
    let expected = [(None, 1), (Some("أخبار الضحى".to_owned()), 2)];
    assert_eq!(counts, BTreeMap::from(expected));
    // A filter that was kept with the other spelling means the same outlet.
    let mut filter = Filter::default();
    filter.toggle(Facet::Outlet, Some("اخبار الضحى".to_owned()));
    assert_eq!(folder.board(&filter).articles.len(), 2);
}

#[test]
fn what_one_restriction_hides_is_told() {
    let folder = sample(&[("a", Some(1)), ("b", Some(1)), ("b", Some(2))], &[]);
    let mut filter = Filter::default();
    filter.toggle(Facet::Outlet, Some("a".to_owned()));
    filter.days.range = Some((date(2031, 3, 1), date(2031, 3, 1)));
    let board = folder.board(&filter);
    assert_eq!(board.articles, [0]);
    assert_eq!(board.hidden_by(Facet::Outlet), 1);
    assert_eq!(board.hidden_by_others(), [0, 0, 0]);
    // Of a facet of pairs it is pairs.
    let folder = sample(
        &[("a", Some(1)), ("b", Some(1)), ("b", Some(2))],
        &[(0, 1, 40), (0, 2, 60)],
    );
    let mut above = Filter::default();
    let least = Some(50);
    above.set_bounds(Facet::Words, Bounds { least, most: None });
    let board = folder.board(&above);
    assert_eq!((board.pairs.len(), board.hidden_by(Facet::Words)), (1, 1));
    let folder = sample(&[("a", Some(1)), ("b", Some(1)), ("b", Some(2))], &[]);
    // A value that the folder does not have shows nothing, rather than everything.
    filter.toggle(Facet::Outlet, Some("a".to_owned()));
    filter.toggle(Facet::Change, Some("of another version".to_owned()));
    assert_eq!(folder.board(&filter).articles, [0_u32; 0]);
}
