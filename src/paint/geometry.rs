//! Pointing at laid-out text: which byte lies under a point, where a byte's caret stands, which
//! rectangles a range of bytes covers. Bidi-correct, and exact inside ligatures to an even share.

use std::ops::Range;

use egui::{Pos2, Rect, pos2};

use super::{
    caret::Stop,
    layout::{Caret, Cluster, Layout, Line},
};

/// Gaps between rectangles that are no more than rounding, in points.
const TOUCHING: f32 = 0.6;

impl Layout {
    fn clusters_of(&self, line: &Line) -> &[Cluster] {
        &self.clusters[line.clusters.start as usize..line.clusters.end as usize]
    }

    /// Number of the line that holds byte `at`; the last line for the text's end and beyond.
    pub fn line_of(&self, at: usize) -> usize {
        let after = self.lines.partition_point(|l| (l.bytes.end as usize) <= at);
        after.min(self.lines.len().saturating_sub(1))
    }

    /// Top and height of line `nth` in points.
    pub fn line_span(&self, nth: usize) -> (f32, f32) {
        self.lines
            .get(nth)
            .map_or((0.0, 0.0), |l| (l.top, l.height))
    }

    /// Bytes on line `nth`.
    pub fn line_bytes(&self, nth: usize) -> Range<usize> {
        self.lines
            .get(nth)
            .map_or(0..0, |l| l.bytes.start as usize..l.bytes.end as usize)
    }

    /// Number of the line at height `y`; the nearest one outside the text.
    pub fn line_at(&self, y: f32) -> usize {
        let after = self.lines.partition_point(|l| l.top + l.height <= y);
        after.min(self.lines.len().saturating_sub(1))
    }

    /// Where the caret before byte `at` stands. A byte inside a grapheme counts as its start.
    pub fn caret(&self, at: usize) -> Caret {
        let nth = self.line_of(at);
        let Some(line) = self.lines.get(nth) else {
            return Caret {
                x: 0.0,
                top: 0.0,
                height: 0.0,
                rtl: self.rtl,
            };
        };
        let caret = |x: f32, rtl| Caret {
            x,
            top: line.top,
            height: line.height,
            rtl,
        };
        let clusters = self.clusters_of(line);
        let at = at as u32;
        if let Some(c) = clusters.iter().find(|c| c.start <= at && at < c.end) {
            return caret(if c.rtl { c.x + c.w } else { c.x }, c.rtl);
        }
        // The end of the text: behind its last cluster.
        match clusters.iter().max_by_key(|c| c.end) {
            Some(c) => caret(if c.rtl { c.x } else { c.x + c.w }, c.rtl),
            None if self.rtl => caret(line.right, true),
            None => caret(line.left, false),
        }
    }

    /// The byte whose caret stands nearest to `point`, which may lie outside the text.
    pub fn hit(&self, point: Pos2) -> usize {
        self.hit_stop(point).byte
    }

    /// As [`hit`](Self::hit), with the neighbour that was pointed at: where directions meet, one byte's
    /// caret may stand at two places.
    pub(super) fn hit_stop(&self, point: Pos2) -> Stop {
        let Some(line) = self.lines.get(self.line_at(point.y)) else {
            return Stop::at(0);
        };
        let clusters = self.clusters_of(line);
        let distance = |c: &Cluster| (c.x - point.x).max(point.x - (c.x + c.w)).max(0.0);
        let nearest = clusters
            .iter()
            .filter(|c| c.w > 0.0)
            .min_by(|a, b| distance(a).total_cmp(&distance(b)));
        let Some(c) = nearest else {
            return Stop::at(line.bytes.start as usize);
        };
        if (point.x < c.x + c.w / 2.0) != c.rtl {
            return Stop::at(c.start as usize);
        }
        let byte = c.end as usize;
        // The end of a wrapped line belongs to the next one: stay on the line that was pointed at.
        let is_last = line.bytes.end as usize >= self.bytes;
        if byte >= line.bytes.end as usize && !is_last {
            let last = clusters.iter().max_by_key(|c| c.end);
            return Stop::at(last.map_or(byte, |c| c.start as usize));
        }
        Stop { byte, before: true }
    }

    /// The grapheme under `point`, only where there is one.
    pub fn over(&self, point: Pos2) -> Option<Range<usize>> {
        let line = self
            .lines
            .iter()
            .find(|l| point.y >= l.top && point.y < l.top + l.height)?;
        self.clusters_of(line)
            .iter()
            .find(|c| point.x >= c.x && point.x < c.x + c.w)
            .map(|c| c.start as usize..c.end as usize)
    }

    /// Left and right edges, in points, of the stretches of line `nth` that bytes `range` cover, from
    /// left to right. Blanks that hang over the line's end are cut off at the edge of the text.
    pub fn spans_on_line(&self, nth: usize, range: &Range<usize>) -> Vec<(f32, f32)> {
        let Some(line) = self.lines.get(nth) else {
            return Vec::new();
        };
        let (start, end) = (range.start as u32, range.end as u32);
        if start >= end || end <= line.bytes.start || start >= line.bytes.end {
            return Vec::new();
        }
        let mut spans: Vec<(f32, f32)> = Vec::new();
        for c in self.clusters_of(line) {
            if c.end <= start || c.start >= end || c.w <= 0.0 {
                continue;
            }
            let (left, right) = (c.x.max(line.left), (c.x + c.w).min(line.right));
            if left >= right {
                continue;
            }
            match spans.last_mut() {
                Some(last) if left <= last.1 + TOUCHING => last.1 = last.1.max(right),
                _ => spans.push((left, right)),
            }
        }
        spans
    }

    /// Rectangles, the full height of their lines, that bytes `range` cover, from top to bottom and left
    /// to right.
    pub fn rects(&self, range: &Range<usize>) -> Vec<Rect> {
        let mut rects = Vec::new();
        if self.lines.is_empty() || range.start >= range.end {
            return rects;
        }
        for nth in self.line_of(range.start)..=self.line_of(range.end - 1) {
            let (top, height) = self.line_span(nth);
            for (left, right) in self.spans_on_line(nth, range) {
                rects.push(Rect::from_min_max(
                    pos2(left, top),
                    pos2(right, top + height),
                ));
            }
        }
        rects
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

    fn spec(width: Option<f32>, rtl: bool) -> Spec {
        Spec {
            face: Face::Sans,
            weight: Weight::Regular,
            size: 16.0,
            line_height: 26.0,
            width,
            align: TextAlign::Start,
            rtl,
            max_lines: None,
        }
    }

    fn laid(text: &str, width: Option<f32>, rtl: bool) -> Layout {
        lay_out(&mut Words::new(), text, &spec(width, rtl))
    }

    /// x of the left edge of `part` in a layout of `text`.
    fn left(layout: &Layout, text: &str, part: &str) -> f32 {
        let at = text.find(part).unwrap();
        layout.rects(&(at..at + part.len()))[0].min.x
    }

    #[test]
    fn arabic_runs_from_the_right_and_its_digits_from_the_left() {
        let text = "عام 2031 في BBC اليوم";
        let layout = laid(text, None, true);
        let x = |part| left(&layout, text, part);
        assert!(x("عام") > x("2031") && x("2031") > x("في"));
        assert!(x("في") > x("BBC") && x("BBC") > x("اليوم"));
        assert!(x("20") < x("31") && x("B") < x("C"));
    }

    #[test]
    fn a_latin_start_does_not_turn_the_line() {
        let text = "RTX: قالت الوكالة.";
        let layout = laid(text, None, true);
        let x = |part| left(&layout, text, part);
        assert!(x("RTX") > x("قالت"));
        assert!(x(".") < x("الوكالة"));
        let forced = laid(text, None, false);
        assert!(left(&forced, text, "RTX") < left(&forced, text, "قالت"));
    }

    #[test]
    fn lines_run_from_top_to_bottom_and_tile_the_text() {
        let text = "خرجت القافلة من المدينة عند الفجر ووصلت إلى الميناء القديم بعد يومين من السير";
        let layout = laid(text, Some(160.0), true);
        assert!(layout.line_count() > 2);
        let mut at = 0;
        for nth in 0..layout.line_count() {
            let bytes = layout.line_bytes(nth);
            assert_eq!(bytes.start, at);
            assert!(text[bytes.clone()].ends_with(' ') || bytes.end == text.len());
            at = bytes.end;
        }
        assert_eq!(at, text.len());
        assert!(layout.caret(0).top < layout.caret(text.len()).top);
        assert!(
            layout
                .lines
                .iter()
                .all(|l| l.left >= -0.1 && l.right <= 160.1)
        );
    }

    #[test]
    fn no_line_ends_behind_an_opening_bracket() {
        let text = "أعلنت الهيئة (2031) و«Nahr» و(BBC) في بيان";
        for width in 40..300 {
            let layout = laid(text, Some(width as f32), true);
            for nth in 0..layout.line_count() {
                let line = text[layout.line_bytes(nth)].trim_end();
                let word_fits = width > 120;
                assert!(!word_fits || !line.ends_with(['(', '«']), "{width} {line}");
            }
        }
    }

    #[test]
    fn no_line_tears_numbers_or_marks() {
        let text = "في 2031-05-09 اتصل على 00963-11-5550 أو C++/Rust عبر http://nahr.example/a";
        for width in 90..300 {
            let layout = laid(text, Some(width as f32), true);
            for nth in 0..layout.line_count() {
                let line = text[layout.line_bytes(nth)].trim_end();
                let torn = line.ends_with(['-', '+']) || line.ends_with("//");
                let next = &text[layout.line_bytes(nth).end..];
                // Only what is wider than the line may be cut anywhere.
                assert!(!torn || next.is_empty() || width < 150, "{width} {line}");
            }
        }
    }

    #[test]
    fn half_a_ligature_is_covered_by_half_its_width() {
        let text = "سلام";
        let layout = laid(text, None, true);
        let whole = layout.rects(&(2..6))[0]; // lam and alef
        let lam = layout.rects(&(2..4))[0];
        assert!((lam.width() - whole.width() / 2.0).abs() < 0.1);
        assert!((lam.max.x - whole.max.x).abs() < 0.1);
    }

    #[test]
    fn a_mark_on_a_blank_is_one_with_it() {
        let text = "A \u{64B}ب";
        let layout = laid(text, None, true);
        assert!(layout.clusters.iter().any(|c| (c.start, c.end) == (1, 4)));
    }

    #[test]
    fn mixed_ranges_take_several_rectangles() {
        let text = "قال ABC نعم";
        let layout = laid(text, None, true);
        // From the middle of the Latin word to the end: its right half is left out.
        assert_eq!(layout.rects(&(8..text.len())).len(), 2);
        assert_eq!(layout.rects(&(0..text.len())).len(), 1);
    }

    #[test]
    fn what_does_not_fit_is_elided_at_the_end() {
        let mut words = Words::new();
        let text = "أخبار المدينة القديمة والميناء الجديد";
        let short = Spec {
            max_lines: Some(1),
            ..spec(Some(120.0), true)
        };
        let layout = lay_out(&mut words, text, &short);
        assert!(layout.is_elided() && layout.line_count() == 1);
        assert!(layout.size().x <= 120.5);
        // The ellipsis stands at the left of right-to-left text and stands for the rest.
        let dots = layout.clusters.iter().min_by(|a, b| a.x.total_cmp(&b.x));
        assert_eq!(dots.unwrap().end as usize, text.len());
        let wide = Spec {
            width: Some(900.0),
            ..short
        };
        assert!(!lay_out(&mut words, text, &wide).is_elided());
        let narrow = Spec {
            width: Some(3.0),
            ..short
        };
        lay_out(&mut words, text, &narrow);
    }

    #[test]
    fn line_ends_in_a_label_break_it() {
        let text = "سطر قصير\r\nسطر أطول من الذي قبله بكثير";
        let layout = laid(text, None, true);
        assert_eq!(layout.line_count(), 2);
        let second = text.find("سطر أ").unwrap();
        assert_eq!(layout.line_of(second - 1), 0);
        assert_eq!(layout.line_of(second), 1);
        // Both lines begin at the same side.
        assert!((layout.caret(0).x - layout.caret(second).x).abs() < 0.1);
        let one = Spec {
            max_lines: Some(1),
            ..spec(None, true)
        };
        assert_eq!(lay_out(&mut Words::new(), text, &one).line_count(), 1);
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ء-ي ]{0,40}",
            "[لاأبتنم\u{64B}-\u{652}ـ A-Za-z0-9٠-٩%()«»\"،.:/\u{200B}-\u{200F}\u{2066}-\u{2069}\t-]{0,60}",
            "\\PC{0,30}",
            proptest::collection::vec(any::<char>(), 0..30).prop_map(|c| c.into_iter().collect()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn every_position_has_a_caret_and_the_caret_leads_back(
            text in any_text(), width in prop_oneof![Just(None), (20.0_f32..400.0).prop_map(Some)], rtl: bool
        ) {
            let layout = laid(&text, width, rtl);
            let mut covered = 0;
            for line in &layout.lines {
                prop_assert_eq!(line.bytes.start, covered);
                covered = line.bytes.end;
            }
            prop_assert_eq!(covered as usize, text.len());
            let mut clusters = layout.clusters.clone();
            clusters.sort_by_key(|c| (c.start, c.end));
            let mut at = 0;
            for c in clusters {
                prop_assert_eq!(c.start, at);
                at = c.end;
                prop_assert!(text.is_char_boundary(c.end as usize));
                let caret = layout.caret(c.start as usize);
                prop_assert!(caret.x.is_finite() && caret.height > 0.0);
                // Just inside the cluster, at its leading edge, the hit is the cluster's own start.
                if c.w > 0.5 {
                    let inside = if c.rtl { c.x + c.w - 0.1 } else { c.x + 0.1 };
                    let hit = layout.hit(pos2(inside, caret.top + 1.0));
                    prop_assert_eq!(layout.caret(hit).x, caret.x);
                }
            }
            prop_assert_eq!(at as usize, text.len());
        }

        #[test]
        fn any_range_has_rectangles_inside_the_text(
            text in any_text(), width in 20.0_f32..400.0, a in 0_usize..120, b in 0_usize..120, rtl: bool
        ) {
            let layout = laid(&text, Some(width), rtl);
            for rect in layout.rects(&(a.min(b)..a.max(b))) {
                prop_assert!(rect.width() > 0.0 && rect.min.x >= -0.1);
                prop_assert!(rect.max.y <= layout.size().y + 0.1);
            }
        }
    }
}
