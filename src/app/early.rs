//! What the open article shares, before the rest of its folder has been compared: asked for as soon as somebody looks
//! at it, and shown until all is found. Compares nothing itself.

use super::session::Session;
use super::state::State;
use crate::ui::dialogs::Notice;
use crate::view::{Early, Screen};

impl Session {
    /// False while what the articles share is not all there, or never will be.
    pub fn is_found(&self) -> bool {
        self.found
    }

    /// The two articles of the pair in which this one shares most words, as far as is known.
    pub(super) fn strongest_of(&self, article: u32) -> Option<[u32; 2]> {
        let known = self.strongest_pair(article);
        let known = known.and_then(|pair| self.tables.pairs.0.get(pair as usize));
        let early = self.early.as_ref();
        let early = early.filter(|early| early.article == article);
        let pair = known.or_else(|| early?.pairs.first())?;
        Some([pair.first, pair.second])
    }

    /// Lets the running comparison look at this article first.
    fn want_early(&mut self, article: Option<u32>) {
        // Articles that are still being read have no place of their own yet.
        let can_be = self.settled && !self.found && self.phase.is_working();
        let article = article.filter(|_| can_be);
        if article != self.early_wanted {
            self.early_wanted = article;
            self.wanted.set(article);
        }
    }

    /// What a wanted article shares. False where nobody waits for it any more.
    pub fn take_early(&mut self, early: Early) -> bool {
        let is_wanted = self.early_wanted == Some(early.article);
        if is_wanted {
            self.early = Some(early);
        }
        is_wanted
    }
}

impl State {
    /// The article that the person looks at comes first.
    pub(super) fn want_early(&mut self) {
        let Some(session) = &mut self.session else {
            return;
        };
        let compared = match (self.screen, &self.compare) {
            (Screen::Comparison, Some(view)) => Some(view.comparison.articles),
            _ => None,
        };
        let article = match (compared, &session.early) {
            // Both sides show the same.
            (Some(both), Some(early)) if both.contains(&early.article) => Some(early.article),
            (Some([first, _]), _) => Some(first),
            (None, _) => session.current_article(),
        };
        session.want_early(article);
    }

    /// What an article shares is there: a comparison that was opened before shows it too.
    pub(super) fn take_early(&mut self, early: Early) {
        let open = self.compare.as_ref().map(|view| view.comparison.articles);
        let is_open = open.is_some_and(|open| early.pair_of(open).is_some());
        let taken = self
            .session
            .as_mut()
            .is_some_and(|session| session.take_early(early));
        if taken && is_open {
            self.findings_changed();
        }
    }

    /// True where it is too early for what takes the whole folder's findings; says so.
    pub(super) fn is_too_early(&mut self) -> bool {
        let is_early = self.session.as_ref().is_some_and(|s| !s.is_found());
        if is_early {
            let text =
                "Who else carries this passage is known when the whole folder has been compared.";
            self.notice = Some(Notice {
                text: text.to_owned(),
            });
        }
        is_early
    }
}
