//! The comparison on the screen: one frame of it, from input to paint.

use egui::{Rect, Ui, pos2};

use super::marks::{self, Key};
use super::{
    CompareView, GLIDE, GUTTER, Place, RULER, SYNC, gutter, header, legend, ruler, text_menu,
};
use crate::ui::command::{Act, Commands};
use crate::ui::phrasing;
use crate::ui::theme::Theme;
use crate::view::comparison::{FIRST, SECOND};
use crate::view::level::Track;

impl CompareView {
    pub fn show(&mut self, ui: &mut Ui, place: Place, commands: &mut Commands) {
        let theme = Theme::of(ui);
        egui::Panel::top("compare-header")
            .frame(
                egui::Frame::new()
                    .fill(theme.chrome)
                    .inner_margin(egui::Margin::symmetric(12, 6)),
            )
            .show_separator_line(false)
            .show(ui, |ui| header::bar(ui, self, place, commands));
        egui::Panel::bottom("compare-legend")
            .frame(
                egui::Frame::new()
                    .fill(theme.chrome)
                    .inner_margin(egui::Margin::symmetric(12, 6)),
            )
            .show_separator_line(false)
            .show(ui, |ui| {
                legend::show(ui, &self.comparison, &mut self.hidden)
            });
        self.details(ui, theme, commands);
        if self.find.is_open() {
            egui::Panel::top("compare-find")
                .frame(
                    egui::Frame::new()
                        .fill(theme.chrome)
                        .inner_margin(egui::Margin::symmetric(12, 4)),
                )
                .show_separator_line(false)
                .show(ui, |ui| self.find_bar(ui));
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
            let style = self.views[pane].style();
            let margin = ((rect.width() - 2.0 * style.padding - style.max_width) / 2.0).max(0.0);
            let column = rect.shrink2(egui::vec2(margin, 0.0));
            let rect = Rect::from_x_y_ranges(column.x_range(), head.y_range());
            header::pane(ui, rect, &self.articles[pane], pane, &self.comparison);
            self.direction_button(ui, rect, pane);
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
            self.position = self.current.and_then(|i| track.at(i)).unwrap_or_default();
            if self.current.is_none() {
                self.scroll = [0.0; 2];
            }
        }
        self.wheel(ui, &track, below, panes);
        self.settle(ui, &track);
        self.texts(ui, theme, panes, &track, commands);
        let gutter = Rect::from_x_y_ranges(left.max.x..=right.min.x, below.y_range());
        let extents = self.extents(ui.ctx());
        let on_screen: Vec<[[f32; 2]; 2]> = extents
            .iter()
            .map(|extent| [FIRST, SECOND].map(|pane| extent[pane].map(|y| y - self.scroll[pane])))
            .collect();
        let chosen = gutter::show(
            ui,
            theme,
            gutter,
            &self.comparison,
            self.current,
            &on_screen,
        );
        if let Some(passage) = chosen {
            self.go_to(ui.ctx(), passage);
        }
        for pane in [FIRST, SECOND] {
            let x = if pane == FIRST {
                whole.max.x - RULER..=whole.max.x
            } else {
                whole.min.x..=whole.min.x + RULER
            };
            let rect = Rect::from_x_y_ranges(x, below.y_range());
            self.rule(ui, rect, pane, &extents, &track);
        }
        if self.comparison.passages.is_empty() {
            // Reached only when detection and the list disagree; still no dead end.
            commands.act(Act::Back);
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
        if ui
            .ctx()
            .layer_id_at(pointer)
            .is_some_and(|layer| layer != ui.layer_id())
        {
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

    fn texts(
        &mut self,
        ui: &mut Ui,
        theme: &'static Theme,
        panes: [Rect; 2],
        track: &Track,
        commands: &mut Commands,
    ) {
        let key = Key {
            dark: ui.visuals().dark_mode,
            current: self.current,
            hovered: self.hovered.or(self.lit),
            hidden: self.hidden.clone(),
            hits: self.find.shown(),
        };
        if self
            .decorations
            .as_ref()
            .is_none_or(|(made_for, _)| *made_for != key)
        {
            let made = [FIRST, SECOND].map(|pane| {
                marks::decorations(
                    &self.comparison,
                    pane,
                    &self.articles[pane].furniture,
                    theme,
                    &key,
                    self.find.hits(pane),
                )
            });
            self.decorations = Some((key, made));
        }
        let mut hovered = None;
        let mut clicked = None;
        for pane in [SECOND, FIRST] {
            let before = self.scroll[pane];
            let decorations = self
                .decorations
                .as_ref()
                .map_or(&[][..], |(_, made)| &made[pane]);
            let shown = self.views[pane].show(ui, panes[pane], &mut self.scroll[pane], decorations);
            let moved = self.scroll[pane] - before;
            let by_person = shown.response.dragged() || shown.response.has_focus();
            if moved != 0.0 && self.linked {
                if shown.follow.is_some() {
                    // Exactly there: the caret must not be left outside.
                    let (_, sync) = self.frame;
                    self.position = track.locate(pane, self.scroll[pane] + sync);
                } else if by_person {
                    self.position = track.moved(self.position, moved);
                }
                self.scroll[pane] = before;
            }
            let name = format!(
                "{}, {}",
                header::side_name(pane),
                phrasing::title(&self.articles[pane])
            );
            ui.ctx()
                .accesskit_node_builder(shown.response.id, |node| node.set_label(name));
            let (article, id) = (&self.articles[pane], self.comparison.articles[pane]);
            self.views[pane].menu(&shown.response, |menu, view| {
                text_menu(menu, view, article, id, commands);
            });
            if let Some(over) = &shown.hovered {
                let edit = self.comparison.edit_at(pane, over.start);
                let visible = edit.filter(|(p, e)| {
                    !self
                        .hidden
                        .contains(&self.comparison.passages[*p].edits[*e].kind)
                });
                if let Some((passage, edit)) = visible {
                    hovered = Some((passage, edit));
                    header::edit_tip(
                        &shown.response,
                        &self.comparison,
                        &self.articles,
                        passage,
                        edit,
                    );
                }
            }
            if let Some(byte) = shown.clicked {
                clicked = self.comparison.passage_at(pane, byte).or(clicked);
            }
            self.insertion_points(ui, theme, pane, panes[pane], shown.origin);
        }
        if hovered != self.hovered {
            self.hovered = hovered;
            ui.ctx().request_repaint();
        }
        if clicked.is_some() && clicked != self.current {
            // Marked as current, but not moved: the person is reading just there.
            self.current = clicked;
            let track = self.track(ui.ctx());
            let (_, sync) = self.frame;
            self.position = track.locate(FIRST, self.scroll[FIRST] + sync);
            self.begin_glide(ui.ctx());
        }
    }

    /// Small wedges where the other side has words that this one lacks.
    fn insertion_points(
        &mut self,
        ui: &Ui,
        theme: &Theme,
        pane: usize,
        rect: Rect,
        origin: egui::Pos2,
    ) {
        let ctx = ui.ctx().clone();
        let painter = ui.painter_at(rect);
        let top = self.views[pane].byte_at(&ctx, rect.min.y - origin.y);
        let bottom = self.views[pane].byte_at(&ctx, rect.max.y - origin.y + 200.0);
        let rtl = self.views[pane].is_rtl();
        for (p, passage) in self.comparison.passages.iter().enumerate() {
            let hue = theme.hue(passage.kind);
            for (e, edit) in passage.edits.iter().enumerate() {
                let at = edit.spans[pane].start as usize;
                let outside = !edit.spans[pane].is_empty() || at < top || at > bottom;
                if outside || self.hidden.contains(&edit.kind) {
                    continue;
                }
                let Some(next) = self.articles[pane].text[at..].chars().next() else {
                    continue;
                };
                let rects = self.views[pane].rects(&ctx, at..at + next.len_utf8());
                let Some(letter) = rects.first() else {
                    continue;
                };
                let x = origin.x + if rtl { letter.max.x } else { letter.min.x };
                let y = origin.y + letter.max.y - 1.0;
                let size = if self.hovered == Some((p, e)) {
                    6.0
                } else {
                    4.0
                };
                let wedge = vec![
                    pos2(x, y - size * 1.5),
                    pos2(x + size, y),
                    pos2(x - size, y),
                ];
                painter.add(egui::Shape::convex_polygon(
                    wedge,
                    hue.line,
                    egui::Stroke::NONE,
                ));
            }
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
        let marks: Vec<ruler::Bar> = extents
            .iter()
            .enumerate()
            .map(|(i, extent)| ruler::Bar {
                from: extent[pane][0] / height,
                to: extent[pane][1] / height,
                kind: self.comparison.passages[i].kind,
                current: self.current == Some(i),
            })
            .collect();
        let window = (
            self.scroll[pane] / height,
            (self.scroll[pane] + visible) / height,
        );
        let name = format!(
            "Position in the {} article",
            if pane == FIRST { "first" } else { "second" }
        );
        if let Some(share) = ruler::show(ui, theme, rect, &marks, window, &name) {
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
