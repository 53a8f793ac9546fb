//! Which articles of a folder are those that were known before. Looks at what detection reads of an article and at
//! nothing else, and compares nothing.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;
use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use crate::article::Article;
use crate::work::{Stopped, Watch};

/// An article as it was when it was last looked at.
pub(super) struct Known {
    pub seen: Seen,
    /// Its units in the corpus.
    pub units: Range<u32>,
}

/// What an article is known by.
#[derive(Clone)]
pub(super) enum Seen {
    /// Nothing has to be read where it is given again.
    Here(Arc<Article>),
    /// From an earlier session: its path, and a name for all that detection reads of it.
    Before { path: String, content: u128 },
}

impl Seen {
    pub fn path(&self) -> &str {
        match self {
            Self::Here(article) => &article.path,
            Self::Before { path, .. } => path,
        }
    }

    pub fn content(&self) -> u128 {
        match self {
            Self::Here(article) => content(article),
            Self::Before { content, .. } => *content,
        }
    }

    fn same(&self, article: &Article) -> bool {
        self.content() == content(article)
    }
}

/// Where articles that are known were before, and where they are now.
pub(super) struct Change {
    /// For each article, its place among those known.
    pub from: Vec<Option<u32>>,
    /// For each of those known, its place among the articles.
    pub to: Vec<Option<u32>>,
    /// Articles that are new or other than before, ascending.
    pub fresh: Vec<u32>,
    /// Those known that are no more, ascending.
    pub gone: Vec<u32>,
}

impl Change {
    pub fn new(known: &[Known], articles: &[Arc<Article>], watch: &Watch) -> Result<Self, Stopped> {
        let mut here: HashMap<*const Article, u32, FixedState> =
            HashMap::with_hasher(FixedState::with_seed(16));
        here.extend(
            known
                .iter()
                .zip(0..)
                .filter_map(|(known, at)| match &known.seen {
                    Seen::Here(article) => Some((Arc::as_ptr(article), at)),
                    Seen::Before { .. } => None,
                }),
        );
        let mut to = vec![None; known.len()];
        let mut from: Vec<Option<u32>> = articles
            .iter()
            .map(|article| here.remove(&Arc::as_ptr(article)))
            .collect();
        for (at, known) in from.iter().enumerate() {
            if let Some(known) = known {
                to[*known as usize] = Some(at as u32);
            }
        }
        // The rest may have been read again and be the same.
        let mut by_path: HashMap<&str, u32, FixedState> =
            HashMap::with_hasher(FixedState::with_seed(17));
        let rest = known.iter().zip(0_u32..).zip(&to);
        by_path.extend(
            rest.filter(|(_, to)| to.is_none())
                .map(|((known, at), _)| (known.seen.path(), at)),
        );
        let likely: Vec<(u32, u32)> = (0..articles.len() as u32)
            .filter(|at| from[*at as usize].is_none())
            .filter_map(|at| Some((at, by_path.remove(articles[at as usize].path.as_str())?)))
            .collect();
        let same: Vec<bool> = likely
            .par_iter()
            .map(|(at, was)| {
                watch.check()?;
                Ok(known[*was as usize].seen.same(&articles[*at as usize]))
            })
            .collect::<Result<_, Stopped>>()?;
        for ((at, was), _) in likely.into_iter().zip(same).filter(|(_, same)| *same) {
            from[at as usize] = Some(was);
            to[was as usize] = Some(at);
        }
        Ok(Self {
            fresh: empty_of(&from),
            gone: empty_of(&to),
            from,
            to,
        })
    }

    pub fn is_none(&self) -> bool {
        let in_place = |(at, from): (usize, &Option<u32>)| *from == Some(at as u32);
        self.gone.is_empty() && self.from.iter().enumerate().all(in_place)
    }
}

fn empty_of(places: &[Option<u32>]) -> Vec<u32> {
    let places = places.iter().zip(0..);
    places
        .filter_map(|(place, at)| place.is_none().then_some(at))
        .collect()
}

/// A name for all of an article that detection reads, but for its path.
fn content(article: &Article) -> u128 {
    let mut hash = Xxh3::new();
    hash.update(article.text.as_bytes());
    let mut number = |n: u32| hash.update(&n.to_le_bytes());
    number(article.text.len() as u32);
    for span in article
        .title
        .iter()
        .chain(article.furniture.iter().map(|f| &f.span))
    {
        number(span.start);
        number(span.end);
    }
    number(u32::from(article.title.is_some()));
    // Relative days in it mean something by the day of writing.
    if let Some(day) = article.day() {
        hash.update(&day.year().to_le_bytes());
        hash.update(&day.day_of_year().to_le_bytes());
    }
    hash.digest128()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(articles: &[Arc<Article>]) -> Vec<Known> {
        let known = |article: &Arc<Article>| Known {
            seen: Seen::Here(article.clone()),
            units: 0..0,
        };
        articles.iter().map(known).collect()
    }

    #[test]
    fn what_was_read_again_and_is_the_same_is_known() {
        let article = |path: &str, text: &str| Arc::new(Article::bare(path, text));
        let before = ["a", "b", "c", "d"].map(|path| article(path, "نص"));
        let mut known = known(&before);
        let [a, _, c, d] = before;
        known[2].seen = Seen::Before {
            path: "c".to_owned(),
            content: content(&c),
        };
        // Another text, one read again and one that was moved.
        let now = [
            a,
            article("b", "آخر"),
            article("c", "نص"),
            article("e", &d.text),
        ];
        let change = Change::new(&known, &now, &Watch::silent()).unwrap();
        assert_eq!(change.from, [Some(0), None, Some(2), None]);
        assert_eq!(change.to, [Some(0), None, Some(2), None]);
        assert_eq!((change.fresh, change.gone), (vec![1, 3], vec![1, 3]));
    }
}
