//! The two texts of a comparison: what is marked in them, what lies at their margins, and what pointer and
//! caret point at.

use egui::{Color32, Context, Pos2, Rect, Stroke, Ui, pos2};

use super::marks::{self, Key};
use super::{CompareView, header, text_menu};
use crate::paint::ViewResponse;
use crate::reuse::{LeftOutReason, PassageKind};
use crate::ui::command::Commands;
use crate::ui::phrasing;
use crate::ui::theme::Theme;
use crate::view::comparison::{FIRST, SECOND};
use crate::view::level::Track;

/// Width of the bar at a passage's margin.
const BAR: f32 = 3.0;
/// From one dash to the next.
const DASH: f32 = 10.0;

impl CompareView {
    pub(super) fn texts(
        &mut self,
        ui: &mut Ui,
        theme: &'static Theme,
        panes: [Rect; 2],
        track: &Track,
        commands: &mut Commands,
    ) {
        self.decorate(ui, theme);
        let mut hovered = None;
        let mut clicked = None;
        for pane in [FIRST, SECOND] {
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
            hovered = self.point(pane, &shown).or(hovered);
            self.follow_caret(pane, &shown);
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

    /// Makes the decorations anew where what they depend on has changed.
    fn decorate(&mut self, ui: &Ui, theme: &Theme) {
        let key = Key {
            dark: ui.visuals().dark_mode,
            current: self.current,
            lit: self.hovered.or(self.lit),
            hidden: self.hidden_kinds(),
            hits: self.find.shown(),
            candidate: self.comparison.candidate.is_some(),
        };
        if self.decorations.as_ref().is_some_and(|(of, _)| *of == key) {
            return;
        }
        let candidate = key.candidate;
        if self.marks.as_ref().is_none_or(|(of, _)| *of != candidate) {
            let marks = [FIRST, SECOND]
                .map(|pane| self.comparison.marks(pane, &self.articles[pane].furniture));
            self.marks = Some((candidate, marks));
        }
        let Some((_, marks)) = &self.marks else {
            return;
        };
        let made = [FIRST, SECOND].map(|pane| {
            let hits = self.find.hits(pane);
            marks::decorations(&self.comparison, &marks[pane], theme, &key, hits)
        });
        self.decorations = Some((key, made));
    }

    /// The edit under the pointer, told beside it; else why what lies there is not part of a passage.
    fn point(&self, pane: usize, shown: &ViewResponse) -> Option<(usize, usize)> {
        let over = shown.hovered.as_ref()?;
        let edit = self.marked_edit_at(pane, over.start);
        if let Some((passage, edit)) = edit {
            header::edit_tip(
                &shown.response,
                &self.comparison,
                &self.articles,
                passage,
                edit,
            );
            return Some((passage, edit));
        }
        let furniture = self.articles[pane].furniture.iter();
        let reason = furniture
            .filter(|f| f.span.contains(over.start))
            .map(|f| format!("Page furniture, not compared. {}", f.reason))
            .next()
            .or_else(|| {
                let in_passage = self.comparison.passage_at(pane, over.start).is_some();
                let out = self.comparison.left_out_at(pane, over.start);
                out.filter(|reason| !in_passage || *reason == LeftOutReason::Framing)
                    .map(|reason| phrasing::left_out(reason).to_owned())
            });
        if let Some(reason) = reason {
            crate::paint::tip(shown.response.clone(), &reason);
        }
        None
    }

    /// The edit at a byte, if the legend lets it be marked.
    fn marked_edit_at(&self, pane: usize, byte: usize) -> Option<(usize, usize)> {
        let place = self.comparison.edit_at(pane, byte);
        place.filter(|(p, e)| !self.is_hidden(self.comparison.passages[*p].edits[*e].kind))
    }

    /// A caret that came to an edit lights it up, on both sides.
    fn follow_caret(&mut self, pane: usize, shown: &ViewResponse) {
        let caret = self.views[pane].caret();
        if shown.response.has_focus() && self.carets[pane] != caret {
            self.carets[pane] = caret;
            self.lit = self.marked_edit_at(pane, caret);
        }
    }

    /// At the gutter's side of each text: a bar along every passage, solid where it was copied, dashed
    /// where it was reworded, joined to its band. Passages in one another have bars side by side.
    pub(super) fn margins(
        &self,
        ui: &Ui,
        theme: &Theme,
        panes: [Rect; 2],
        on_screen: &[[[f32; 2]; 2]],
    ) {
        for (pane, rect) in panes.into_iter().enumerate() {
            let painter = ui.painter_at(rect);
            let mut taken: Vec<[f32; 2]> = Vec::new();
            for (i, extent) in on_screen.iter().enumerate() {
                let [top, bottom] = extent[pane];
                if bottom < 0.0 || top > rect.height() {
                    continue;
                }
                // How many bars lie beside this one already.
                let beside = taken.iter().filter(|t| t[0] < bottom && top < t[1]).count();
                taken.push([top, bottom]);
                let style = self.views[pane].style();
                let from_gutter =
                    style.spare(rect.width()) + style.padding - 8.0 - 5.0 * beside.min(2) as f32;
                let (x, gutter) = match pane {
                    FIRST => (rect.min.x + from_gutter, rect.min.x),
                    _ => (rect.max.x - from_gutter, rect.max.x),
                };
                let y = rect.min.y + top..=rect.min.y + bottom;
                let passage = &self.comparison.passages[i];
                let hue = theme.hue(passage.kind);
                let current = self.current == Some(i);
                let strip = Rect::from_x_y_ranges(x.min(gutter)..=x.max(gutter), y.clone());
                let fill = match current {
                    true => hue.kept,
                    false => hue.kept.gamma_multiply(0.55),
                };
                painter.rect_filled(strip, 0, fill);
                let width = if current { BAR + 1.0 } else { BAR };
                let stroke = Stroke::new(width, if current { hue.line } else { soft(hue.line) });
                let ends = [pos2(x, *y.start()), pos2(x, *y.end())];
                match passage.kind {
                    PassageKind::Copy => {
                        painter.line_segment(ends, stroke);
                    }
                    PassageKind::Reworded => {
                        // Dashes keep their places on the page while it moves.
                        let [top, bottom] = ends;
                        let above = ((rect.min.y - top.y) / DASH).floor().max(0.0) * DASH;
                        let ends = [pos2(x, top.y + above), pos2(x, bottom.y.min(rect.max.y))];
                        let (on, off) = (0.6 * DASH, 0.4 * DASH);
                        painter.extend(egui::Shape::dashed_line(&ends, stroke, on, off));
                    }
                }
            }
        }
    }

    /// Small wedges where the other side has words that this one lacks.
    fn insertion_points(&mut self, ui: &Ui, theme: &Theme, pane: usize, rect: Rect, origin: Pos2) {
        let ctx = ui.ctx().clone();
        let painter = ui.painter_at(rect);
        let top = self.views[pane].byte_at(&ctx, rect.min.y - origin.y);
        let bottom = self.views[pane].byte_at(&ctx, rect.max.y - origin.y + 200.0);
        let mut points = Vec::new();
        for (p, passage) in self.comparison.passages.iter().enumerate() {
            let span = passage.spans[pane];
            if (span.end as usize) < top || span.start as usize > bottom {
                continue;
            }
            for (e, edit) in passage.edits.iter().enumerate() {
                let at = edit.spans[pane].start as usize;
                let outside = !edit.spans[pane].is_empty() || at < top || at > bottom;
                if !outside && !self.is_hidden(edit.kind) {
                    points.push((p, e, at, theme.hue(passage.kind).line));
                }
            }
        }
        for (p, e, at, color) in points {
            if let Some(foot) = self.place_of(&ctx, pane, at) {
                let lit = self.hovered.or(self.lit) == Some((p, e));
                let size = if lit { 7.0 } else { 4.5 };
                wedge(&painter, origin + foot.to_vec2(), size, color);
            }
        }
    }

    /// The foot of the line before `byte`, where something may stand between two words.
    fn place_of(&mut self, ctx: &Context, pane: usize, byte: usize) -> Option<Pos2> {
        let next = self.articles[pane].text.get(byte..)?.chars().next()?;
        let rects = self.views[pane].rects(ctx, byte..byte + next.len_utf8());
        let letter = rects.first()?;
        let rtl = self.views[pane].is_rtl();
        let x = if rtl { letter.max.x } else { letter.min.x };
        Some(pos2(x, letter.max.y - 1.0))
    }
}

fn soft(color: Color32) -> Color32 {
    color.gamma_multiply(0.7)
}

fn wedge(painter: &egui::Painter, foot: Pos2, size: f32, color: Color32) {
    let points = vec![
        pos2(foot.x, foot.y - size * 1.5),
        pos2(foot.x + size, foot.y),
        pos2(foot.x - size, foot.y),
    ];
    painter.add(egui::Shape::convex_polygon(points, color, Stroke::NONE));
}
