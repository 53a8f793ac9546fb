//! Linked scrolling: one position for both panes, level at every passage.
//!
//! ```text
//!   first   0 ── … ── [ passage 1 ] ── … ── [ passage 2 ] ── … ── end
//!   second  0 ── [ passage 1 ] ────── … ────── [ passage 2 ] ── … end
//! ```
//!
//! The passages that stand in the same order in both articles are the stations of a [`Track`]; a
//! [`Position`] is a place on it. Between two stations both panes move at once and arrive together: the
//! longer side at the speed of the wheel, the shorter one slower. So the movement is continuous, never
//! backwards, and a passage is level on both sides whenever its edge is on the sync line. (Meld scrolls
//! one pane and lets the other follow; here neither leads, so nothing jumps when the pointer changes
//! sides.) Passages in another order than the rest cannot all be level on one track: the heaviest
//! chain is, and the passage that a person steps to always is.

/// Where a passage lies in both panes, in points from the top of each text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Station {
    /// Top and bottom in the first pane.
    pub first: [f32; 2],
    /// Top and bottom in the second pane.
    pub second: [f32; 2],
    /// How much it counts when two cannot both be level: its words.
    pub weight: u32,
}

/// The window on both texts, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Height of each text.
    pub first: f32,
    pub second: f32,
    /// Height of the visible part.
    pub visible: f32,
    /// From the top of the visible part to the line on which passages come level.
    pub sync: f32,
}

/// A place on a track that survives a change of widths and heights: between which knots, and how far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Position {
    knot: usize,
    /// 0 to 1 on the way to the next knot.
    fraction: f32,
}

/// The path along which both panes move. A knot is what stands on the sync line in each pane.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    knots: Vec<[f32; 2]>,
    /// For each station, the knot of its top; `None` if it is not on the track.
    tops: Vec<Option<usize>>,
    sync: f32,
}

impl Track {
    /// `wanted`: a station that has to be on the track. `inside`: for each station, places in it that are level too,
    /// from top to bottom; none for those that it doesn't reach.
    pub fn new(
        stations: &[Station],
        inside: &[Vec<[f32; 2]>],
        frame: Frame,
        wanted: Option<usize>,
    ) -> Self {
        let chain = heaviest_chain(stations, wanted);
        let mut knots = Vec::with_capacity(chain.len() * 2 + 2);
        let mut tops = vec![None; stations.len()];
        // Both texts at their tops, unless a passage is so near the top that it would never come level.
        let start = chain.first().map_or([frame.sync; 2], |&i| {
            let station = &stations[i];
            [
                frame.sync.min(station.first[0]),
                frame.sync.min(station.second[0]),
            ]
        });
        knots.push(start);
        for &i in &chain {
            tops[i] = Some(knots.len());
            let [top, bottom] = [0, 1].map(|end| [stations[i].first[end], stations[i].second[end]]);
            knots.push(top);
            for &place in inside.get(i).map_or(&[][..], Vec::as_slice) {
                let last = knots[knots.len() - 1];
                let between =
                    |pane: usize| last[pane] <= place[pane] && place[pane] <= bottom[pane];
                if between(0) && between(1) {
                    knots.push(place);
                }
            }
            knots.push(bottom);
        }
        let last = knots[knots.len() - 1];
        let below = frame.visible - frame.sync;
        knots.push([
            last[0].max(frame.first - below),
            last[1].max(frame.second - below),
        ]);
        Self {
            knots,
            tops,
            sync: frame.sync,
        }
    }

    /// What to scroll each pane by, in points: negative where the text begins below the pane's top.
    pub fn scroll(&self, position: Position) -> [f32; 2] {
        let from = self.knot(position.knot);
        let to = self.knot(position.knot + 1);
        [0, 1].map(|pane| from[pane] + (to[pane] - from[pane]) * position.fraction - self.sync)
    }

    /// The position at which a station's top is on the sync line in both panes.
    pub fn at(&self, station: usize) -> Option<Position> {
        let knot = (*self.tops.get(station)?)?;
        Some(Position {
            knot,
            fraction: 0.0,
        })
    }

    /// Moves by `points` along the longer side; stops at the ends.
    pub fn moved(&self, position: Position, points: f32) -> Position {
        let last = self.knots.len() - 2;
        let mut knot = position.knot.min(last);
        let mut along = position.fraction * self.length(knot) + points;
        while along < 0.0 && knot > 0 {
            knot -= 1;
            along += self.length(knot);
        }
        while along >= self.length(knot) && knot < last {
            along -= self.length(knot);
            knot += 1;
        }
        let length = self.length(knot);
        let fraction = if length > 0.0 {
            (along / length).clamp(0.0, 1.0)
        } else {
            0.0
        };
        Position { knot, fraction }
    }

    /// The position at which `y` of one pane (0 or 1) is on the sync line, or the nearest to it.
    pub fn locate(&self, pane: usize, y: f32) -> Position {
        let last = self.knots.len() - 2;
        let knot = self.knots[1..=last].partition_point(|knot| knot[pane] <= y);
        let (from, to) = (self.knot(knot)[pane], self.knot(knot + 1)[pane]);
        let fraction = if to > from {
            ((y - from) / (to - from)).clamp(0.0, 1.0)
        } else {
            0.0
        };
        Position { knot, fraction }
    }

    /// The station whose top was passed last, if any.
    pub fn passed(&self, position: Position) -> Option<usize> {
        // A hair of tolerance: a step that lands on a top has reached it.
        let reached = position.knot + usize::from(position.fraction > 0.999);
        let (station, _) = self
            .tops
            .iter()
            .enumerate()
            .filter_map(|(station, knot)| knot.map(|knot| (station, knot)))
            .filter(|(_, knot)| *knot <= reached)
            .max_by_key(|(_, knot)| *knot)?;
        Some(station)
    }

    fn knot(&self, index: usize) -> [f32; 2] {
        self.knots[index.min(self.knots.len() - 1)]
    }

    /// Points of wheel movement from a knot to the next.
    fn length(&self, knot: usize) -> f32 {
        let (from, to) = (self.knot(knot), self.knot(knot + 1));
        (to[0] - from[0]).max(to[1] - from[1])
    }
}

/// The heaviest set of stations that stand below one another in both panes, in that order. With
/// `wanted`, the heaviest that contains it.
fn heaviest_chain(stations: &[Station], wanted: Option<usize>) -> Vec<usize> {
    let below = |upper: &Station, lower: &Station| {
        upper.first[1] <= lower.first[0] && upper.second[1] <= lower.second[0]
    };
    let fits = |i: usize| {
        wanted.is_none_or(|w| {
            i == w || below(&stations[i], &stations[w]) || below(&stations[w], &stations[i])
        })
    };
    let key = |i: usize, pane: usize, end: usize| match pane {
        0 => stations[i].first[end],
        _ => stations[i].second[end],
    };
    // In the order of their tops in the first pane, each takes the heaviest chain that ends above it in
    // both. Those that end above it in the first pane have been entered by then; the tree answers for
    // the second. (The weighted form of the longest increasing subsequence, with a Fenwick tree.)
    let fitting: Vec<usize> = (0..stations.len()).filter(|&i| fits(i)).collect();
    let sorted = |pane: usize, end: usize| {
        let mut order = fitting.clone();
        let by = |i: &usize| (key(*i, pane, end), key(*i, pane, 1), *i);
        order.sort_by(|x, y| {
            let (x, y) = (by(x), by(y));
            x.0.total_cmp(&y.0)
                .then(x.1.total_cmp(&y.1))
                .then(x.2.cmp(&y.2))
        });
        order
    };
    let (by_top, by_bottom, bottoms) = (sorted(0, 0), sorted(0, 1), sorted(1, 1));
    let mut rank = vec![0; stations.len()];
    for (at, &i) in bottoms.iter().enumerate() {
        rank[i] = at;
    }
    let mut tree = Heaviest::new(bottoms.len());
    // Weight of the heaviest chain that ends with a station, and the station before it.
    let mut best: Vec<(u64, Option<usize>)> = vec![(0, None); stations.len()];
    let mut entered = 0;
    for &i in &by_top {
        while entered < by_bottom.len()
            && key(by_bottom[entered], 0, 1) <= key(i, 0, 0)
            && best[by_bottom[entered]].0 > 0
        {
            let above = by_bottom[entered];
            tree.enter(rank[above], best[above].0, above);
            entered += 1;
        }
        let above = bottoms.partition_point(|&j| key(j, 1, 1) <= key(i, 1, 0));
        let (weight, before) = tree.heaviest(above);
        // A wanted station outweighs all others together.
        let own = if wanted == Some(i) {
            1 << 40
        } else {
            u64::from(stations[i].weight.max(1))
        };
        best[i] = (weight + own, before);
    }
    let mut chain = Vec::new();
    let mut at = (by_top.iter().copied()).max_by_key(|&i| (best[i].0, std::cmp::Reverse(i)));
    while let Some(index) = at {
        chain.push(index);
        at = best[index].1;
    }
    chain.reverse();
    chain
}

/// The heaviest of the first `n` entries, for any `n`: a Fenwick tree of maxima.
struct Heaviest(Vec<(u64, Option<usize>)>);

impl Heaviest {
    fn new(size: usize) -> Self {
        Self(vec![(0, None); size + 1])
    }

    fn enter(&mut self, at: usize, weight: u64, station: usize) {
        let mut node = at + 1;
        while node < self.0.len() {
            // Of equal ones the first stays: the result must not hang on the order of entering.
            let kept = self.0[node];
            if weight > kept.0 || (weight == kept.0 && kept.1.is_some_and(|k| station < k)) {
                self.0[node] = (weight, Some(station));
            }
            node += node & node.wrapping_neg();
        }
    }

    fn heaviest(&self, n: usize) -> (u64, Option<usize>) {
        let (mut node, mut best) = (n, (0, None));
        while node > 0 {
            if self.0[node].0 > best.0 {
                best = self.0[node];
            }
            node -= node & node.wrapping_neg();
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn station(first: f32, second: f32, height: f32) -> Station {
        Station {
            first: [first, first + height],
            second: [second, second + height * 1.1],
            weight: height as u32,
        }
    }

    fn frame() -> Frame {
        Frame {
            first: 2000.0,
            second: 3000.0,
            visible: 600.0,
            sync: 200.0,
        }
    }

    #[test]
    fn a_match_in_the_last_paragraph_comes_level_with_one_at_the_top() {
        let stations = [station(10.0, 2900.0, 90.0)];
        let track = Track::new(&stations, &[], frame(), None);
        let scroll = track.scroll(track.at(0).unwrap());
        assert_eq!(scroll, [10.0 - 200.0, 2900.0 - 200.0]);
    }

    #[test]
    fn a_long_passage_is_level_in_its_midst() {
        let stations = [station(0.0, 0.0, 1800.0)];
        // What stands in front of the second place has come in on the second side; the third leads back.
        let inside = [vec![[300.0, 300.0], [600.0, 900.0], [500.0, 950.0]]];
        let track = Track::new(&stations, &inside, frame(), None);
        let beside = |y: f32| track.scroll(track.locate(0, y))[1] + 200.0;
        assert_eq!([300.0, 450.0, 600.0].map(beside), [300.0, 600.0, 900.0]);
    }

    #[test]
    fn without_passages_both_go_from_top_to_bottom() {
        let track = Track::new(&[], &[], frame(), None);
        assert_eq!(track.scroll(Position::default()), [0.0, 0.0]);
        let end = track.moved(Position::default(), 1e9);
        assert_eq!(track.scroll(end), [1400.0, 2400.0]);
    }

    #[test]
    fn a_wanted_passage_is_level_even_where_it_crosses_a_longer_one() {
        let stations = [station(0.0, 1000.0, 400.0), station(900.0, 100.0, 50.0)];
        assert_eq!(Track::new(&stations, &[], frame(), None).at(1), None);
        let track = Track::new(&stations, &[], frame(), Some(1));
        assert_eq!(track.scroll(track.at(1).unwrap()), [700.0, -100.0]);
    }

    fn stations() -> impl Strategy<Value = Vec<Station>> {
        let one = (
            0f32..4000.0,
            0f32..4000.0,
            1f32..600.0,
            1f32..600.0,
            1u32..300,
        );
        prop::collection::vec(one, 0..24).prop_map(|all| {
            let station = |(first, second, h1, h2, weight)| Station {
                first: [first, first + h1],
                second: [second, second + h2],
                weight,
            };
            all.into_iter().map(station).collect()
        })
    }

    proptest! {
        #[test]
        fn scrolling_is_continuous_monotonic_and_level(
            stations in stations(),
            wanted in any::<prop::sample::Index>(),
            inside in prop::collection::vec(prop::collection::vec(prop::array::uniform2(0f32..4700.0), 0..4), 0..24),
        ) {
            let frame = Frame { first: 4700.0, second: 4700.0, visible: 600.0, sync: 200.0 };
            let wanted = (!stations.is_empty()).then(|| wanted.index(stations.len()));
            let track = Track::new(&stations, &inside, frame, wanted);
            if let Some(wanted) = wanted {
                prop_assert!(track.at(wanted).is_some());
            }
            for (i, station) in stations.iter().enumerate() {
                if let Some(position) = track.at(i) {
                    let scroll = track.scroll(position);
                    prop_assert!((scroll[0] - (station.first[0] - 200.0)).abs() < 0.01);
                    prop_assert!((scroll[1] - (station.second[0] - 200.0)).abs() < 0.01);
                }
            }
            let mut position = Position::default();
            let mut before = track.scroll(position);
            for _ in 0..2000 {
                position = track.moved(position, 7.0);
                let now = track.scroll(position);
                for pane in 0..2 {
                    prop_assert!(now[pane] >= before[pane] - 0.01, "backwards");
                    prop_assert!(now[pane] - before[pane] < 7.1, "a jump");
                }
                before = now;
            }
            let back = track.moved(position, -1e9);
            prop_assert_eq!(track.scroll(back), track.scroll(Position::default()));
        }

        #[test]
        fn the_chain_is_the_heaviest_there_is(stations in prop::collection::vec(
            (0f32..30.0, 0f32..30.0, 1f32..12.0, 1f32..12.0, 1u32..9), 0..10
        )) {
            let stations: Vec<Station> = stations
                .into_iter()
                .map(|(first, second, h1, h2, weight)| Station {
                    first: [first.round(), first.round() + h1.round()],
                    second: [second.round(), second.round() + h2.round()],
                    weight,
                })
                .collect();
            let below = |x: &Station, y: &Station| {
                x.first[1] <= y.first[0] && x.second[1] <= y.second[0]
            };
            let weight = |chain: &[usize]| -> u32 { chain.iter().map(|&i| stations[i].weight).sum() };
            let chain = heaviest_chain(&stations, None);
            for pair in chain.windows(2) {
                prop_assert!(below(&stations[pair[0]], &stations[pair[1]]));
            }
            // Every set of stations that are below one another, tried.
            let mut best = 0;
            for set in 0u32..1 << stations.len() {
                let mut chosen: Vec<usize> = (0..stations.len()).filter(|i| set >> i & 1 == 1).collect();
                chosen.sort_by(|&x, &y| stations[x].first[0].total_cmp(&stations[y].first[0]));
                if chosen.windows(2).all(|pair| below(&stations[pair[0]], &stations[pair[1]])) {
                    best = best.max(weight(&chosen));
                }
            }
            prop_assert_eq!(weight(&chain), best);
        }

        #[test]
        fn nested_crossing_and_last_passages_all_come_level_when_wanted(
            from in 0f32..3000.0, height in 40f32..900.0, inset in 0.1f32..0.4, wanted in 0usize..5
        ) {
            let at = |first: f32, second: f32, height: f32| Station {
                first: [first, first + height],
                second: [second, second + height],
                weight: height as u32,
            };
            let stations = [
                at(from, 4000.0 - from, height),
                // Within the first one, on both sides.
                at(from + height * inset, 4000.0 - from + height * inset, height * 0.3),
                // At the very start of one article and the very end of the other, both ways round.
                at(0.0, 4950.0, 50.0),
                at(4950.0, 0.0, 50.0),
                at(4950.0, 4950.0, 50.0),
            ];
            let frame = Frame { first: 5000.0, second: 5000.0, visible: 600.0, sync: 110.0 };
            let track = Track::new(&stations, &[], frame, Some(wanted));
            let scroll = track.scroll(track.at(wanted).unwrap());
            prop_assert!((scroll[0] + 110.0 - stations[wanted].first[0]).abs() < 0.01);
            prop_assert!((scroll[1] + 110.0 - stations[wanted].second[0]).abs() < 0.01);
        }

        #[test]
        fn locating_finds_what_is_on_the_sync_line(stations in stations(), y in 200f32..4300.0) {
            let frame = Frame { first: 4700.0, second: 4700.0, visible: 600.0, sync: 200.0 };
            let track = Track::new(&stations, &[], frame, None);
            for pane in 0..2 {
                let start = track.scroll(Position::default())[pane] + 200.0;
                let got = track.scroll(track.locate(pane, y))[pane] + 200.0;
                prop_assert!((got - y.max(start)).abs() < 0.6 || got <= y, "{got} for {y}");
            }
        }
    }
}
