//! Families: all articles that passages connect, however many steps apart.

use std::sync::Arc;

use super::findings::{Family, Findings, Passage};
use crate::article::Article;

/// Sorts the passages, numbers the families by their first article and writes the numbers into them.
pub(super) fn gather(articles: &[Arc<Article>], mut passages: Vec<Passage>) -> Findings {
    passages.sort_by_key(|p| (p.a.article, p.b.article, p.a.span, p.b.span));
    let mut heads: Vec<u32> = (0..articles.len() as u32).collect();
    for passage in &passages {
        let (x, y) = (
            head(&mut heads, passage.a.article),
            head(&mut heads, passage.b.article),
        );
        // The smaller article leads, so that a family's head is its first article.
        heads[x.max(y) as usize] = x.min(y);
    }
    let mut numbers: Vec<Option<u32>> = vec![None; articles.len()];
    let mut sizes = vec![0_u32; articles.len()];
    for article in 0..articles.len() as u32 {
        sizes[head(&mut heads, article) as usize] += 1;
    }
    let mut families: Vec<Family> = Vec::new();
    for article in 0..articles.len() as u32 {
        let first = head(&mut heads, article) as usize;
        if sizes[first] < 2 {
            continue;
        }
        let number = *numbers[first].get_or_insert_with(|| {
            families.push(Family {
                articles: Vec::new(),
            });
            families.len() as u32 - 1
        });
        families[number as usize].articles.push(article);
    }
    for passage in &mut passages {
        let first = head(&mut heads, passage.a.article) as usize;
        passage.family = numbers[first].unwrap_or_default();
    }
    Findings {
        passages,
        families,
        ..Findings::default()
    }
}

/// The head of an article's set, with paths halved on the way.
fn head(heads: &mut [u32], mut article: u32) -> u32 {
    while heads[article as usize] != article {
        let above = heads[heads[article as usize] as usize];
        heads[article as usize] = above;
        article = above;
    }
    article
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;
    use crate::reuse::{PassageKind, Side};

    fn article(path: &str) -> Arc<Article> {
        Arc::new(Article::bare(path, ""))
    }

    fn passage(a: u32, b: u32) -> Passage {
        let side = |article| Side {
            article,
            span: Span::new(0, 1),
        };
        Passage {
            a: side(a),
            b: side(b),
            kind: PassageKind::Copy,
            words: 1,
            similarity: 1.0,
            family: 9,
            edits: Vec::new(),
        }
    }

    #[test]
    fn families_are_numbered_by_their_first_article() {
        let articles: Vec<_> = ["a", "b", "c", "d", "e", "f"].map(article).into();
        let found = gather(&articles, vec![passage(4, 5), passage(2, 3), passage(0, 3)]);
        let sets: Vec<&[u32]> = found.families.iter().map(|f| &f.articles[..]).collect();
        assert_eq!(sets, [&[0, 2, 3][..], &[4, 5]]);
        let numbers: Vec<u32> = found.passages.iter().map(|p| p.family).collect();
        assert_eq!(numbers, [0, 0, 1]);
    }
}
