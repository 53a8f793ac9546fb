//! Moving through a comparison: steps, jumps, scrolling, and the track that keeps both panes level.

use super::CompareView;
use crate::view::comparison::{FIRST, SECOND};
use crate::view::level::{Frame, Station, Track};

/// A movement under way.
pub struct Glide {
    pub from: [f32; 2],
    pub since: f64,
}

/// A track with what it was made for: the passages' places change only while text is measured.
pub struct Memo {
    stations: Vec<Station>,
    inside: Vec<Vec<[f32; 2]>>,
    frame: Frame,
    wanted: Option<usize>,
    track: Track,
}

impl CompareView {
    pub fn toggle_link(&mut self, ctx: &egui::Context) {
        self.linked = !self.linked;
        if self.linked {
            let (_, sync) = self.frame;
            let track = self.track(ctx);
            self.position = track.locate(FIRST, self.scroll[FIRST] + sync);
            self.begin_glide(ctx);
        }
    }

    /// Steps by one passage; beyond the ends it stays.
    pub fn step(&mut self, ctx: &egui::Context, onward: bool) {
        let last = self.comparison.passages.len().checked_sub(1);
        let next = match (self.current, onward) {
            (Some(i), true) => Some((i + 1).min(last.unwrap_or(0))),
            (Some(i), false) => Some(i.saturating_sub(1)),
            (None, _) => last.map(|_| 0),
        };
        if let Some(next) = next {
            self.go_to(ctx, next);
        }
    }

    /// Steps by one edit that is marked, from the one that was gone to last or the current passage's
    /// first; beyond the ends it stays.
    pub fn step_edit(&mut self, ctx: &egui::Context, onward: bool) {
        let edits = self.shown_edits();
        let here = (self.lit).unwrap_or((self.current.unwrap_or(0), 0));
        let at = edits.partition_point(|edit| *edit < here);
        let next = match (onward, self.lit.is_some() && edits.get(at) == Some(&here)) {
            (true, true) => at + 1,
            (true, false) => at,
            (false, _) => at.wrapping_sub(1),
        };
        if let Some(&(passage, edit)) = edits.get(next) {
            self.go_to_edit(ctx, passage, edit);
        }
    }

    /// Brings a passage level on both sides.
    pub fn go_to(&mut self, ctx: &egui::Context, passage: usize) {
        if passage >= self.comparison.passages.len() {
            return;
        }
        self.current = Some(passage);
        self.lit = None;
        let track = self.track(ctx);
        if let Some(position) = track.at(passage) {
            self.position = position;
        }
        self.begin_glide(ctx);
    }

    /// Scrolls by points: both panes while they are linked, else the one that has the keyboard, or both.
    pub fn scroll_by(&mut self, ctx: &egui::Context, points: f32) {
        self.glide = None;
        if self.linked {
            let track = self.track(ctx);
            self.position = track.moved(self.position, points);
            return;
        }
        let own = self.focused_pane(ctx);
        for (pane, scroll) in self.scroll.iter_mut().enumerate() {
            if own.is_none_or(|own| own == pane) {
                *scroll += points;
            }
        }
    }

    /// Scrolls by visible heights.
    pub fn scroll_pages(&mut self, ctx: &egui::Context, pages: f32) {
        self.scroll_by(ctx, self.frame.0 * pages);
    }

    /// Brings one edit level on both sides and lights it up.
    pub fn go_to_edit(&mut self, ctx: &egui::Context, passage: usize, edit: usize) {
        let passages = &self.comparison.passages;
        let edits = passages.get(passage).map(|p| &p.edits);
        let Some(spans) = edits.and_then(|edits| edits.get(edit)).map(|e| e.spans) else {
            return;
        };
        self.current = Some(passage);
        self.lit = Some((passage, edit));
        self.go_to_byte(ctx, FIRST, spans[FIRST].start as usize);
    }

    /// Brings a place of one article to the sync line, and the other article along.
    pub(super) fn go_to_byte(&mut self, ctx: &egui::Context, pane: usize, byte: usize) {
        let y = self.views[pane].y_of(ctx, byte);
        let track = self.track(ctx);
        self.position = track.locate(pane, y);
        if self.linked {
            self.begin_glide(ctx);
        } else {
            let (_, sync) = self.frame;
            self.scroll[pane] = y - sync;
        }
    }

    /// Top and bottom of each passage in each pane, in points from the top of the text; of what two
    /// articles without passages have in common, where that is known.
    pub(super) fn extents(&mut self, ctx: &egui::Context) -> Vec<[[f32; 2]; 2]> {
        /// From this many passages on, those that are not current are placed without shaping them.
        const MANY: usize = 48;
        let Self {
            comparison,
            views,
            current,
            ..
        } = self;
        let many = comparison.passages.len() > MANY;
        let passages = comparison.passages.iter().map(|passage| passage.spans);
        let all = passages.chain(comparison.candidate).enumerate();
        all.map(|(i, spans)| {
            [FIRST, SECOND].map(|pane| {
                let view = &mut views[pane];
                let range = spans[pane].range();
                if many && *current != Some(i) {
                    let top = view.y_near(range.start);
                    let bottom = view.y_near(range.end.saturating_sub(1)).max(top);
                    [top, bottom + view.line_height()]
                } else {
                    let span = view.y_span(ctx, range);
                    [span.start, span.end]
                }
            })
        })
        .collect()
    }

    pub(super) fn begin_glide(&mut self, ctx: &egui::Context) {
        self.glide = Some(Glide {
            from: self.scroll,
            since: ctx.input(|input| input.time),
        });
        ctx.request_repaint();
    }

    /// The track for the layout as it stands now; made anew only when the layout or the current passage
    /// has changed.
    pub(super) fn track(&mut self, ctx: &egui::Context) -> Track {
        let (visible, sync) = self.frame;
        let extents = self.extents(ctx);
        let weights = self.comparison.passages.iter().map(|passage| passage.words);
        let stations: Vec<Station> = extents
            .iter()
            .zip(weights.chain([1]))
            .map(|([first, second], weight)| Station {
                first: *first,
                second: *second,
                weight,
            })
            .collect();
        let frame = Frame {
            first: self.views[FIRST].height(),
            second: self.views[SECOND].height(),
            visible,
            sync,
        };
        let inside: Vec<Vec<[f32; 2]>> = self.milestones.iter().map(|of| self.level(of)).collect();
        let wanted = self.current;
        match &self.track {
            Some(memo)
                if memo.wanted == wanted
                    && memo.frame == frame
                    && memo.stations == stations
                    && memo.inside == inside =>
            {
                memo.track.clone()
            }
            _ => {
                let track = Track::new(&stations, &inside, frame, wanted);
                self.track = Some(Memo {
                    stations,
                    inside,
                    frame,
                    wanted,
                    track: track.clone(),
                });
                track
            }
        }
    }

    /// Where places stand in the panes: exact on the screen, and a good guess elsewhere.
    fn level(&self, places: &[[u32; 2]]) -> Vec<[f32; 2]> {
        let y = |pane: usize, byte: u32| self.views[pane].y_near(byte as usize);
        let both = |place: &[u32; 2]| [FIRST, SECOND].map(|pane| y(pane, place[pane]));
        places.iter().map(both).collect()
    }
}
