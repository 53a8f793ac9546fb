//! Numbers of articles and pairs change with the folder, their paths do not: what outlasts a change is kept by paths.

use std::sync::Arc;

use super::session::Session;
use super::state::State;
use crate::article::Article;
use crate::ui::dialogs::{Dialog, Notice};
use crate::view::{List, Tables};

/// The article of this path, among those of a whole folder.
pub fn by_path(articles: &[Arc<Article>], path: &str) -> Option<u32> {
    let at = articles.binary_search_by(|article| article.path.as_str().cmp(path));
    u32::try_from(at.ok()?).ok()
}

/// The pair of the articles of these paths.
pub fn pair_by_path(
    articles: &[Arc<Article>],
    tables: &Tables,
    [first, second]: &[String; 2],
) -> Option<u32> {
    let both = [by_path(articles, first)?, by_path(articles, second)?];
    tables.links.pair_of(&tables.pairs, both)
}

/// What the current row of each list is about.
#[derive(Default)]
pub(super) struct Stood {
    article: Option<String>,
    pair: Option<[String; 2]>,
    /// The article that represents the family.
    family: Option<String>,
}

impl Session {
    pub(super) fn path_of(&self, article: u32) -> Option<String> {
        Some(self.articles.get(article as usize)?.path.clone())
    }

    pub(super) fn by_path(&self, path: &str) -> Option<u32> {
        by_path(&self.articles, path)
    }

    /// Paths of both sides of a pair.
    pub(super) fn paths_of(&self, pair: u32) -> Option<[String; 2]> {
        let pair = self.tables.pairs.0.get(pair as usize)?;
        Some([self.path_of(pair.first)?, self.path_of(pair.second)?])
    }

    pub(super) fn pair_by_path(&self, paths: &[String; 2]) -> Option<u32> {
        pair_by_path(&self.articles, &self.tables, paths)
    }

    pub(super) fn representative(&self, family: u32) -> Option<u32> {
        let family = self.tables.links.families.get(family as usize)?;
        Some(family.representative)
    }

    pub(super) fn rows_by_path(&self) -> Stood {
        let family = self.current_family();
        let family = family.and_then(|id| self.representative(id));
        Stood {
            article: self.current_article().and_then(|id| self.path_of(id)),
            pair: self.current_pair().and_then(|pair| self.paths_of(pair)),
            family: family.and_then(|id| self.path_of(id)),
        }
    }

    /// Makes these rows the current ones again; what is not listed any more leaves its list where it is.
    pub(super) fn stand_on(&mut self, stood: &Stood) {
        let place = |path: &Option<String>| self.by_path(path.as_ref()?);
        let row = place(&stood.article)
            .and_then(|id| self.board.articles.iter().position(|&listed| listed == id));
        let family = place(&stood.family).and_then(|id| {
            let mut families = self.board.families.iter();
            families.position(|&family| self.representative(family) == Some(id))
        });
        let pair = stood.pair.as_ref();
        let pair = pair.and_then(|paths| self.pair_by_path(paths));
        for (list, row) in [(List::Articles, row), (List::Families, family)] {
            if let Some(row) = row {
                self.cursor[list as usize] = row;
            }
        }
        if let Some(pair) = pair {
            self.point_at_pair(pair);
        }
    }
}

impl State {
    /// A dialog stays with the articles that it was opened on; where they are gone, there is nothing to be asked.
    pub(super) fn follow_in_dialog(&mut self) {
        let Some(session) = &self.session else { return };
        let (stays, gone) = match &mut self.dialog {
            Some(Dialog::Correct(correcting)) => (
                correcting.follow(|path| session.by_path(path)),
                "What was to be corrected is no longer in the folder.",
            ),
            Some(Dialog::Verdict(judging)) => (
                judging.follow(|paths| session.pair_by_path(paths)),
                "The two no longer share a passage; there is nothing to be judged.",
            ),
            _ => return,
        };
        if stays {
            return;
        }
        self.dialog = None;
        self.notice = Some(Notice {
            text: gone.to_owned(),
        });
    }
}
