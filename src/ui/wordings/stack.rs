//! How high the rows of the stack are. A passage can have thousands of carriers: only what is near the screen is laid
//! out.

use std::sync::Arc;

use egui::Context;

use super::WordingsView;
use crate::article::Article;
use crate::paint::TextView;
use crate::ui::theme::UNIT;
use crate::view::wordings::Wording;

/// Height of a row of few words.
pub(super) const LOWEST: f32 = 132.0;
/// So far above and below the screen, in screens, the rows are laid out.
const BEYOND: f32 = 0.5;

pub(super) struct Row {
    pub article: Arc<Article>,
    pub wording: Wording,
    pub view: TextView,
    /// Days after the base; `None` where either is undated.
    pub later: Option<i32>,
    /// Room above it that is no row's.
    pub apart: f32,
    /// In points; guessed until it has been near the screen.
    pub height: f32,
}

impl Row {
    fn lay(&mut self, ctx: &Context, width: f32) {
        self.view.prepare(ctx, width);
        self.height = (self.view.height() + 6.0 * UNIT).max(LOWEST);
    }

    /// Room that it takes in the stack.
    fn extent(&self) -> f32 {
        self.apart + self.height
    }
}

impl WordingsView {
    /// Lays out what is on the screen and near it; the other rows keep a guess. Returns where the screen has to begin
    /// in the stack so that what is being read stays where it is, if that is elsewhere than in the last frame.
    pub(super) fn lay(&mut self, ctx: &Context, width: f32) -> Option<f32> {
        let first = || 0.0..ctx.content_rect().height();
        let seen = self.seen.clone().unwrap_or_else(first);
        let at_end = seen.start > 0.0 && seen.end > self.height() - 0.5;
        let (reading, mut below) = self.at(seen.start);
        if self.width != width {
            self.width = width;
            let before = self.rows.get(reading)?.height;
            let (base, others) = self.rows.split_first_mut()?;
            base.lay(ctx, width);
            // Wordings of one passage are about as long as their letters are many.
            let per_byte = base.view.height() / base.view.text().len().max(1) as f32;
            for row in others {
                let guess = per_byte * row.view.text().len() as f32 + 6.0 * UNIT;
                row.height = guess.max(LOWEST);
            }
            self.rows[reading].lay(ctx, width);
            below *= self.rows[reading].height / before;
        }
        let screen = seen.end - seen.start;
        let (above, from_here) = self.rows.split_at_mut(reading);
        let near = |rows: &mut dyn Iterator<Item = &mut Row>, mut room: f32| {
            for row in rows {
                if room < 0.0 {
                    break;
                }
                row.lay(ctx, width);
                room -= row.extent();
            }
        };
        near(&mut from_here.iter_mut(), screen * (1.0 + BEYOND) + below);
        near(&mut above.iter_mut().rev(), screen * BEYOND);
        let above: f32 = above.iter().map(Row::extent).sum();
        let offset = match at_end {
            true => (self.height() - screen).max(0.0),
            false => above + below,
        };
        let moved = self.seen.is_some() && (offset - seen.start).abs() > 0.5;
        moved.then_some(offset)
    }

    fn height(&self) -> f32 {
        self.rows.iter().map(Row::extent).sum()
    }

    /// The row at this place of the stack, and how far below its top that is.
    fn at(&self, place: f32) -> (usize, f32) {
        let (mut top, last) = (0.0, self.rows.len().saturating_sub(1));
        for (at, row) in self.rows.iter().enumerate() {
            if at == last || place < top + row.extent() {
                return (at, place - top);
            }
            top += row.extent();
        }
        (0, place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;
    use crate::paint;
    use crate::reuse::PassageKind;
    use crate::ui::compare::Setting;
    use crate::view::wordings::Wordings;

    const SCREEN: f32 = 800.0;

    fn stack(ctx: &Context) -> WordingsView {
        paint::install(ctx);
        let text = |nth: usize| "وصلت السفينة إلى الميناء القديم. ".repeat(12 + nth % 5);
        let article = |nth| Arc::new(Article::bare(&format!("{nth}.txt"), &text(nth)));
        let articles: Vec<Arc<Article>> = (0..2000).map(article).collect();
        let mut wordings = articles.iter().zip(0..).map(|(article, id)| Wording {
            article: id,
            span: Span::new(0, article.text.len()),
            day: None,
            kind: PassageKind::Copy,
            similarity: 1.0,
            edits: Vec::new(),
            framing: Vec::new(),
        });
        let wordings = Wordings {
            base: wordings.next().unwrap(),
            others: wordings.collect(),
        };
        let setting = Setting {
            face: paint::Face::Naskh,
            size: 18.0,
            spacing: 1.0,
        };
        WordingsView::new(wordings, &articles, setting)
    }

    /// Shows what begins at `top`; returns where that is afterwards.
    fn show(view: &mut WordingsView, ctx: &Context, width: f32, top: f32) -> f32 {
        view.seen = Some(top..top + SCREEN);
        view.lay(ctx, width).unwrap_or(top)
    }

    #[test]
    fn only_what_is_near_the_screen_is_laid_out() {
        let ctx = Context::default();
        let mut view = stack(&ctx);
        show(&mut view, &ctx, 500.0, 0.0);
        show(&mut view, &ctx, 500.0, 100_000.0);
        let is_laid = |row: &&Row| row.view.height() > 1.5 * row.view.line_height();
        let laid = view.rows.iter().filter(is_laid).count();
        assert!((2..60).contains(&laid), "{laid} of 2000");
    }

    #[test]
    fn what_is_read_stays_where_it_is() {
        let ctx = Context::default();
        let mut view = stack(&ctx);
        view.lay(&ctx, 500.0);
        let mut top = show(&mut view, &ctx, 500.0, 100_000.0);
        // Up again, past rows that nobody has seen yet.
        for _ in 0..40 {
            let (row, below) = view.at(top - 50.0);
            top = show(&mut view, &ctx, 500.0, top - 50.0);
            let (now, after) = view.at(top);
            assert_eq!(now, row);
            assert!((after - below).abs() < 0.6, "{after} {below}");
        }
        // Another width makes other heights.
        let (row, _) = view.at(top);
        top = show(&mut view, &ctx, 300.0, top);
        assert_eq!(view.at(top).0, row);
        // The end is the end, however high its rows turn out.
        let end = view.height() - SCREEN;
        let end = show(&mut view, &ctx, 300.0, end);
        assert!((end - (view.height() - SCREEN)).abs() < 0.6);
    }
}
