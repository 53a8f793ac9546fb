//! What detection promises of any texts, however they come.

use std::ops::Range;
use std::sync::Arc;

use proptest::prelude::*;

use super::tests::{article, find, invented};
use super::*;
use crate::article::{Furniture, FurnitureReason, Span};

fn folder() -> impl Strategy<Value = (Vec<Vec<u16>>, usize, usize)> {
    let text = prop::collection::vec(any::<u16>(), 0..120);
    (
        prop::collection::vec(text, 2..6),
        0_usize..1000,
        0_usize..1000,
    )
}

/// The passages with the paths of their articles, for comparing runs with other indices.
fn by_path(articles: &[Arc<Article>], found: &Findings) -> Vec<([(String, Span); 2], Passage)> {
    let side = |side: &Side| (articles[side.article as usize].path.clone(), side.span);
    let numberless = |passage: &Passage| {
        let mut passage = passage.clone();
        (passage.a.article, passage.b.article, passage.family) = (0, 0, 0);
        passage
    };
    let passages = found.passages.iter();
    let mut all: Vec<_> = passages
        .map(|p| ([side(&p.a), side(&p.b)], numberless(p)))
        .collect();
    all.sort_by(|x, y| x.0.cmp(&y.0));
    all
}

fn with_plant(texts: &[Vec<u16>], at: usize, plant: &[u16]) -> Vec<Arc<Article>> {
    let mut texts = texts.to_vec();
    for text in texts.iter_mut().take(2) {
        let at = at % (text.len() + 1);
        text.splice(at..at, plant.iter().copied());
    }
    texts
        .iter()
        .enumerate()
        .map(|(i, text)| article(&format!("{i}.txt"), &invented(text)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_planted_run_of_twelve_words_is_found(
        (texts, at, _) in folder(),
        plant in prop::collection::vec(any::<u16>(), 12..40),
    ) {
        let articles = with_plant(&texts, at, &plant);
        let found = find(&articles);
        let planted = invented(&plant);
        let start = articles[0].text.find(&planted).unwrap();
        let covered = found.passages.iter().filter(|p| p.a.article == 0 && p.b.article == 1).any(|p| {
            let span = p.a.span.range();
            let shared = span.end.min(start + planted.len()).saturating_sub(span.start.max(start));
            10 * shared >= 9 * planted.len()
        });
        prop_assert!(covered, "{found:?}");
    }

    #[test]
    fn order_of_articles_and_number_of_threads_do_not_matter(
        (texts, at, turn) in folder(),
        plant in prop::collection::vec(0_u16..300, 40..160),
        clauses in prop::collection::vec((0_usize..40, prop::collection::vec(0_u16..300, 1..24)), 0..8),
    ) {
        let mut articles = with_plant(&texts, at, &plant);
        // Edited, with words that come again.
        let mut edited = plant.clone();
        for (at, clause) in &clauses {
            edited.rotate_left(*at);
            edited.splice(..clause.len() / 2, clause.iter().copied());
        }
        let other = [&edited[..], &texts[0][..]].concat();
        articles.push(article("edited.txt", &invented(&other)));
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| find(&articles))
        };
        let found = run(1);
        prop_assert_eq!(&found, &run(4));
        let mut turned = articles.clone();
        turned.rotate_left(turn % articles.len());
        let again = find(&turned);
        prop_assert_eq!(by_path(&articles, &found), by_path(&turned, &again));
    }

    #[test]
    fn sides_can_be_swapped(
        (texts, at, _) in folder(),
        plant in prop::collection::vec(any::<u16>(), 20),
    ) {
        let articles = with_plant(&texts[..2], at, &plant);
        let swapped = [article("0.txt", &articles[1].text), article("1.txt", &articles[0].text)];
        let spans = |found: &Findings| -> Vec<(Span, Span)> {
            found.passages.iter().map(|p| (p.a.span, p.b.span)).collect()
        };
        let mut there = spans(&find(&articles));
        let mut back: Vec<_> = spans(&find(&swapped)).into_iter().map(|(a, b)| (b, a)).collect();
        there.sort();
        back.sort();
        prop_assert_eq!(there, back);
    }

    #[test]
    fn spans_lie_on_characters_and_off_furniture(
        (texts, at, cut) in folder(),
        plant in prop::collection::vec(any::<u16>(), 30),
    ) {
        let articles: Vec<_> = with_plant(&texts, at, &plant)
            .iter()
            .map(|article| {
                let mut article = Article::clone(article);
                let boundary = |byte: usize| (0..=byte).rev().find(|b| article.text.is_char_boundary(*b)).unwrap();
                let start = boundary(cut % (article.text.len() + 1));
                let end = boundary((start + 60).min(article.text.len()));
                article.furniture.push(Furniture { span: Span::new(start, end), reason: FurnitureReason::Notice });
                Arc::new(article)
            })
            .collect();
        let found = find(&articles);
        for passage in &found.passages {
            prop_assert!(passage.a.article < passage.b.article);
            for side in [passage.a, passage.b] {
                let article = &articles[side.article as usize];
                prop_assert!(!side.span.of(&article.text).is_empty());
                prop_assert!(article.furniture.iter().all(|f| !f.span.overlaps(side.span)));
            }
            for edit in &passage.edits {
                for (span, side) in [(edit.a, passage.a), (edit.b, passage.b)] {
                    prop_assert!(side.span.start <= span.start && span.end <= side.span.end);
                    prop_assert!(articles[side.article as usize].text.get(span.range()).is_some());
                }
                prop_assert!(!edit.a.is_empty() || !edit.b.is_empty());
            }
        }
    }

    #[test]
    fn an_edition_of_a_book_is_found_stretch_by_stretch(
        parts in prop::collection::vec((600_usize..2_000, 100_usize..600, any::<bool>()), 3..6),
        changed in 25_usize..80,
    ) {
        let (mut book, mut edition, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        let mut word = 0_u16;
        let mut fresh = |count: usize| -> Vec<u16> {
            (0..count).map(|_| { word += 1; word }).collect()
        };
        for (shared, own, in_book) in parts {
            let words = fresh(shared);
            kept.push(words.clone());
            book.extend_from_slice(&words);
            edition.extend_from_slice(&words);
            // Never at an end, which would be an edit that no reader can see.
            for at in (edition.len() - shared + changed / 2..edition.len() - 12).step_by(changed) {
                edition[at] = fresh(1)[0];
            }
            if in_book { &mut book } else { &mut edition }.extend(fresh(own));
        }
        // Both are cut into blocks.
        let tail: [Vec<u16>; 2] = [fresh(4_100), fresh(4_100)];
        let articles = [
            article("a.txt", &invented(&[book, tail[0].clone()].concat())),
            article("b.txt", &invented(&[edition, tail[1].clone()].concat())),
        ];
        let mut found = find(&articles).passages;
        found.sort_by_key(|passage| passage.a.span.start);
        prop_assert_eq!(found.len(), kept.len());
        // Common words may go on alike at an end.
        const SLACK: usize = 40;
        for (passage, words) in found.iter().zip(&kept) {
            prop_assert_eq!(passage.kind, PassageKind::Copy);
            let text = invented(words);
            let start = articles[0].text.find(&text).unwrap();
            let Range { start: from, end: to } = passage.a.span.range();
            prop_assert!(from <= start && from + SLACK >= start, "from {from}, not {start}");
            let end = start + text.len();
            prop_assert!(end <= to && to <= end + SLACK, "to {to}, not {end}");
        }
    }
}
