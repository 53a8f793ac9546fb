//! The comparison on the screen: one frame of it, from input to paint.

use egui::{Frame, Margin, Panel, Rect, Ui};

use super::{CompareView, GLIDE, GUTTER, Place, RULER, SYNC, Why, gutter, header, legend, ruler};
use crate::ui::command::Commands;
use crate::ui::theme::Theme;
use crate::view::comparison::{FIRST, SECOND};
use crate::view::level::Track;

impl CompareView {
    pub fn show(&mut self, ui: &mut Ui, place: Place, commands: &mut Commands) {
        let theme = Theme::of(ui);
        let chrome = |x, y| {
            Frame::new()
                .fill(theme.chrome)
                .inner_margin(Margin::symmetric(x, y))
        };
        Panel::top("compare-header")
            .frame(chrome(12, 6))
            .show_separator_line(false)
            .show(ui, |ui| header::bar(ui, self, place, commands));
        Panel::bottom("compare-legend")
            .frame(chrome(12, 6))
            .show_separator_line(false)
            .show(ui, |ui| legend::show(ui, self, commands));
        self.details(ui, theme, commands);
        if self.find.is_open() {
            Panel::top("compare-find")
                .frame(chrome(12, 4))
                .show_separator_line(false)
                .show(ui, |ui| self.find_bar(ui));
        }
        if self.why != Why::Unasked {
            Panel::top("compare-why")
                .frame(
                    Frame::new()
                        .fill(theme.paper)
                        .inner_margin(Margin::symmetric(20, 10)),
                )
                .show(ui, |ui| self.why_banner(ui, theme));
        }
        egui::CentralPanel::no_frame().show(ui, |ui| self.body(ui, theme, commands));
    }

    fn body(&mut self, ui: &mut Ui, theme: &'static Theme, commands: &mut Commands) {
        let whole = ui.available_rect_before_wrap();
        ui.painter().rect_filled(whole, 0, theme.paper);
        let (head, below) = whole.split_top_bottom_at_y(whole.min.y + header::PANE_HEIGHT);
        let middle = whole.center().x;
        let left =
            Rect::from_x_y_ranges(whole.min.x + RULER..=middle - GUTTER / 2.0, below.y_range());
        let right =
            Rect::from_x_y_ranges(middle + GUTTER / 2.0..=whole.max.x - RULER, below.y_range());
        // Indexed by pane: the first article is at the right.
        let panes = [right, left];
        for (pane, rect) in panes.into_iter().enumerate() {
            // Above the column of text, which very wide panes keep in their middle.
            let margin = self.views[pane].style().spare(rect.width());
            let column = rect.shrink2(egui::vec2(margin, 0.0));
            let rect = Rect::from_x_y_ranges(column.x_range(), head.y_range());
            let rect = self.direction_button(ui, rect, pane);
            header::pane(ui, rect, &self.articles[pane], pane, &self.comparison);
        }
        ui.painter().hline(
            whole.x_range(),
            head.max.y,
            egui::Stroke::new(1.0, theme.hairline),
        );
        self.frame = (below.height(), (below.height() * SYNC).round());
        for pane in [FIRST, SECOND] {
            self.views[pane].prepare(ui.ctx(), panes[pane].width());
        }
        let track = self.track(ui.ctx());
        if std::mem::take(&mut self.fresh) {
            let first = self.comparison.candidate.map(|_| 0);
            let level = self.current.or(first).and_then(|i| track.at(i));
            self.position = level.unwrap_or_default();
        }
        self.wheel(ui, &track, below, panes);
        self.settle(ui, &track);
        self.texts(ui, theme, panes, &track, commands);
        let extents = self.extents(ui.ctx());
        let on_screen: Vec<[[f32; 2]; 2]> = extents
            .iter()
            .map(|extent| [FIRST, SECOND].map(|pane| extent[pane].map(|y| y - self.scroll[pane])))
            .collect();
        let passages = self.comparison.passages.len();
        self.margins(ui, theme, panes, &on_screen[..passages]);
        let rect = Rect::from_x_y_ranges(left.max.x..=right.min.x, below.y_range());
        let gutter = gutter::Gutter {
            comparison: &self.comparison,
            current: self.current,
            extents: &on_screen[..passages],
        };
        if let Some(passage) = gutter::show(ui, theme, rect, &gutter) {
            self.go_to(ui.ctx(), passage);
        }
        for pane in [FIRST, SECOND] {
            let x = if pane == FIRST {
                whole.max.x - RULER..=whole.max.x
            } else {
                whole.min.x..=whole.min.x + RULER
            };
            let rect = Rect::from_x_y_ranges(x, below.y_range());
            self.rule(ui, rect, pane, &extents[..passages], &track);
        }
    }

    /// Wheel and touchpad: along the track while linked, the pane under the pointer otherwise.
    fn wheel(&mut self, ui: &Ui, track: &Track, area: Rect, panes: [Rect; 2]) {
        let (pointer, delta) =
            ui.input(|input| (input.pointer.hover_pos(), input.smooth_scroll_delta().y));
        let Some(pointer) = pointer.filter(|pointer| area.contains(*pointer) && delta != 0.0)
        else {
            return;
        };
        let layer = ui.ctx().layer_id_at(pointer);
        if layer.is_some_and(|layer| layer != ui.layer_id()) {
            return;
        }
        self.glide = None;
        if self.linked {
            self.position = track.moved(self.position, -delta);
            return;
        }
        let over = panes.iter().position(|pane| pane.contains(pointer));
        for pane in [FIRST, SECOND] {
            if over.is_none_or(|over| over == pane) {
                self.scroll[pane] -= delta;
            }
        }
    }

    /// Works out where both panes stand in this frame.
    fn settle(&mut self, ui: &Ui, track: &Track) {
        let moving = self.linked || self.glide.is_some();
        if moving {
            let goal = track.scroll(self.position);
            let time = ui.input(|input| input.time);
            let way = self
                .glide
                .as_ref()
                .map_or(1.0, |glide| ((time - glide.since) / GLIDE).clamp(0.0, 1.0));
            if let Some(glide) = self.glide.as_ref().filter(|_| way < 1.0) {
                let eased = (1.0 - (1.0 - way).powi(3)) as f32;
                self.scroll =
                    [0, 1].map(|pane| glide.from[pane] + (goal[pane] - glide.from[pane]) * eased);
                ui.ctx().request_repaint();
            } else {
                self.glide = None;
                self.scroll = goal;
            }
        }
        // On their own, panes still go as far beyond the ends as linked ones do.
        let (visible, sync) = self.frame;
        for pane in [FIRST, SECOND] {
            let height = self.views[pane].height();
            let farthest = (height - sync - self.views[pane].line_height()).max(height - visible);
            self.scroll[pane] = self.scroll[pane].clamp(-sync, farthest.max(0.0));
        }
    }

    fn rule(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        pane: usize,
        extents: &[[[f32; 2]; 2]],
        track: &Track,
    ) {
        let theme = Theme::of(ui);
        let height = self.views[pane].height().max(1.0);
        let (visible, sync) = self.frame;
        let bars: Vec<ruler::Bar> = extents
            .iter()
            .enumerate()
            .map(|(i, extent)| ruler::Bar {
                from: extent[pane][0] / height,
                to: extent[pane][1] / height,
                kind: self.comparison.passages[i].kind,
                current: self.current == Some(i),
            })
            .collect();
        let hits = self.find.hits(pane);
        let (_, current) = self.find.shown();
        let view = &self.views[pane];
        let places: Vec<f32> = hits
            .iter()
            .map(|hit| (view.y_near(hit.range.start) + view.line_height() / 2.0) / height)
            .collect();
        let shown = ruler::Ruler {
            bars: &bars,
            hits: &places,
            current_hit: hits.iter().position(|hit| Some(hit.number) == current),
            window: (
                self.scroll[pane] / height,
                (self.scroll[pane] + visible) / height,
            ),
            name: match pane {
                FIRST => "Position in the first article",
                _ => "Position in the second article",
            },
        };
        if let Some(share) = ruler::show(ui, theme, rect, &shown) {
            let y = share * height;
            self.glide = None;
            if self.linked {
                self.position = track.locate(pane, y - visible / 2.0 + sync);
            } else {
                self.scroll[pane] = y - visible / 2.0;
            }
        }
    }
}
