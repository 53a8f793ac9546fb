//! Carets where directions meet: one place in the text may stand at two places on the line, so a caret
//! also knows which of its neighbours it belongs to. Arrow keys move it by what is seen.

use super::layout::{Caret, Cluster, Layout, Line};

/// A place between two graphemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    pub byte: usize,
    /// It stands at the end of what is before it, not at the start of what follows.
    pub before: bool,
}

impl Stop {
    /// Before the grapheme that begins at `byte`.
    pub fn at(byte: usize) -> Self {
        Self {
            byte,
            before: false,
        }
    }

    /// A byte on the line that it stands on.
    pub fn inside(self) -> usize {
        self.byte - usize::from(self.before && self.byte > 0)
    }
}

impl Layout {
    fn line_of_stop(&self, stop: Stop) -> Option<&Line> {
        self.lines.get(self.line_of(stop.inside()))
    }

    /// Graphemes of a line that have any width, from left to right.
    fn seen(&self, line: &Line) -> Vec<Cluster> {
        let all = &self.clusters[line.clusters.start as usize..line.clusters.end as usize];
        let mut seen: Vec<Cluster> = all.iter().copied().filter(|c| c.w > 0.0).collect();
        seen.sort_by(|a, b| a.x.total_cmp(&b.x));
        seen
    }

    /// Number of graphemes left of a stop.
    fn edge(seen: &[Cluster], stop: Stop) -> usize {
        let at = stop.byte as u32;
        let before = seen
            .iter()
            .enumerate()
            .filter(|(_, c)| c.end <= at)
            .max_by_key(|(_, c)| c.end);
        let after = seen
            .iter()
            .enumerate()
            .filter(|(_, c)| c.end > at)
            .min_by_key(|(_, c)| c.start);
        let end_of = |(nth, c): (usize, &Cluster)| nth + usize::from(!c.rtl);
        let start_of = |(nth, c): (usize, &Cluster)| nth + usize::from(c.rtl);
        match stop.before {
            true => before.map(end_of).or(after.map(start_of)),
            false => after.map(start_of).or(before.map(end_of)),
        }
        .unwrap_or(0)
    }

    /// The next place to the left or right of `stop` on its line; none at the line's end.
    pub fn step(&self, stop: Stop, left: bool) -> Option<Stop> {
        let seen = self.seen(self.line_of_stop(stop)?);
        let edge = Self::edge(&seen, stop);
        let over = match left {
            true => seen.get(edge.checked_sub(1)?)?,
            false => seen.get(edge)?,
        };
        // Past its end in its own direction, or back to its start.
        let before = left == over.rtl;
        let byte = if before { over.end } else { over.start } as usize;
        Some(Stop { byte, before })
    }

    /// Where the caret of a stop stands: at a grapheme that is seen, as marks without width may lie
    /// anywhere in their line.
    pub fn caret_of(&self, stop: Stop) -> Caret {
        let start = self.caret(stop.byte);
        let Some(line) = self.line_of_stop(stop) else {
            return start;
        };
        let seen = self.seen(line);
        let before = seen
            .iter()
            .filter(|c| c.end as usize <= stop.byte)
            .max_by_key(|c| c.end)
            .map(|c| (c, !c.rtl));
        let after = seen
            .iter()
            .filter(|c| c.end as usize > stop.byte)
            .min_by_key(|c| c.start)
            .map(|c| (c, c.rtl));
        let beside = if stop.before {
            before.or(after)
        } else {
            after.or(before)
        };
        beside.map_or(start, |(c, right)| Caret {
            x: if right { c.x + c.w } else { c.x },
            top: line.top,
            height: line.height,
            rtl: c.rtl,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Face, TextAlign, Weight,
        flow::{Spec, lay_out},
        words::Words,
    };
    use super::*;
    use proptest::prelude::*;

    fn laid(text: &str, rtl: bool) -> Layout {
        let spec = Spec {
            face: Face::Sans,
            weight: Weight::Regular,
            size: 16.0,
            line_height: 26.0,
            width: None,
            align: TextAlign::Start,
            rtl,
            max_lines: Some(1),
        };
        lay_out(&mut Words::new(), text, &spec)
    }

    fn walk(layout: &Layout, from: Stop, left: bool) -> Vec<Stop> {
        std::iter::successors(Some(from), |stop| layout.step(*stop, left)).collect()
    }

    #[test]
    fn left_goes_left_through_both_directions() {
        let text = "قال ABC نعم";
        let layout = laid(text, true);
        let first = Stop {
            byte: 0,
            before: false,
        };
        let stops = walk(&layout, first, true);
        // One stop more than there are graphemes, each left of the one before.
        assert_eq!(stops.len(), text.chars().count() + 1);
        let xs: Vec<f32> = stops.iter().map(|s| layout.caret_of(*s).x).collect();
        assert!(xs.windows(2).all(|x| x[1] < x[0] - 0.5), "{xs:?}");
        // Into the Latin word from its end, which stands at its right.
        let end = text.find('C').unwrap() + 1;
        assert_eq!(stops[5].byte, end - 1);
        assert_eq!(stops.last().unwrap().byte, text.len());
    }

    #[test]
    fn a_mark_without_width_leads_the_caret_nowhere() {
        // The mark belongs to a run that stands right of the number.
        let layout = laid("\u{200f}0A", false);
        let first = Stop {
            byte: 0,
            before: false,
        };
        let xs: Vec<f32> = walk(&layout, first, false)
            .iter()
            .map(|s| layout.caret_of(*s).x)
            .collect();
        assert_eq!(xs.len(), 3);
        assert!(xs.windows(2).all(|x| x[1] > x[0]), "{xs:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_step_is_seen_and_leads_back(
            text in "[لاأبتن A-Za-z0-9٠-٩%()«»،.\u{200F}-]{1,40}", rtl: bool,
        ) {
            let layout = laid(&text, rtl);
            let start = Stop { byte: 0, before: false };
            let leftmost = *walk(&layout, start, true).last().unwrap();
            let stops = walk(&layout, leftmost, false);
            let xs: Vec<f32> = stops.iter().map(|s| layout.caret_of(*s).x).collect();
            prop_assert!(xs.windows(2).all(|x| x[1] > x[0]), "{:?}", xs);
            for (stop, next) in stops.iter().zip(&stops[1..]) {
                let back = layout.step(*next, true).unwrap();
                prop_assert!((layout.caret_of(back).x - layout.caret_of(*stop).x).abs() < 0.1);
            }
        }
    }
}
