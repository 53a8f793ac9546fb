//! A hundred queries over the bundled sample, each with the articles that a careful reader says must come
//! (`tests/data/queries.json`): how many of them come, and what comes beside them.
//!
//! `cargo test --test it queries -- --nocapture` prints the numbers, with forms of words and without.

use std::collections::BTreeMap;

use muqabala::ingest;
use muqabala::search::{Forms, SearchIndex};
use muqabala::work::Watch;
use serde::Deserialize;

#[derive(Deserialize)]
struct Asked {
    /// What the query tries: `spelling`, `attached`, `plural`, `several`, `phrase`.
    kind: String,
    query: String,
    /// Paths.
    articles: Vec<String>,
}

/// Answers that were right, answers in all, and articles that had to come.
#[derive(Clone, Copy, Default)]
struct Tally {
    right: usize,
    came: usize,
    wanted: usize,
}

impl Tally {
    fn recall(self) -> f64 {
        self.right as f64 / self.wanted.max(1) as f64
    }

    fn precision(self) -> f64 {
        self.right as f64 / self.came.max(1) as f64
    }
}

#[expect(
    clippy::print_stdout,
    reason = "the numbers are for whoever asks to see them"
)]
fn ask(forms: Forms) -> (BTreeMap<String, Tally>, Tally) {
    let watch = Watch::silent();
    let folder = ingest::open(&super::sample(), &watch, &|_| {}).unwrap();
    let index = SearchIndex::build(&folder.articles, &watch).unwrap();
    let text = std::fs::read_to_string(super::root().join("tests/data/queries.json")).unwrap();
    let queries: Vec<Asked> = serde_json::from_str(&text).unwrap();
    assert_eq!(queries.len(), 100);
    let (mut by_kind, mut all) = (BTreeMap::<String, Tally>::new(), Tally::default());
    for asked in queries {
        // Finished: what is unfinished finds more.
        let answer = index
            .find(&format!("{} ", asked.query), forms)
            .unwrap()
            .unwrap();
        let came: Vec<&str> = answer
            .articles
            .iter()
            .map(|id| folder.articles[*id as usize].path.as_str())
            .collect();
        let right = asked
            .articles
            .iter()
            .filter(|path| came.contains(&path.as_str()))
            .count();
        for tally in [by_kind.entry(asked.kind.clone()).or_default(), &mut all] {
            tally.right += right;
            tally.came += came.len();
            tally.wanted += asked.articles.len();
        }
        if forms == Forms::All && (right < asked.articles.len() || came.len() > right) {
            let missed: Vec<_> = asked
                .articles
                .iter()
                .filter(|path| !came.contains(&path.as_str()))
                .collect();
            let extra: Vec<_> = came
                .iter()
                .filter(|path| !asked.articles.iter().any(|a| a == *path))
                .collect();
            println!("{}: missed {missed:?}, beside them {extra:?}", asked.query);
        }
    }
    println!(
        "{forms:?}: recall {:.3}, precision {:.3}",
        all.recall(),
        all.precision()
    );
    for (kind, tally) in &by_kind {
        println!(
            "  {kind:<9} recall {:.3}, precision {:.3}",
            tally.recall(),
            tally.precision()
        );
    }
    (by_kind, all)
}

#[test]
fn forms_of_words_bring_what_must_come_and_little_else() {
    let (_, typed) = ask(Forms::Typed);
    let (by_kind, all) = ask(Forms::All);
    assert!(all.recall() >= 0.97, "recall {}", all.recall());
    assert!(all.precision() >= 0.95, "precision {}", all.precision());
    assert!(all.recall() > typed.recall() + 0.2);
    let phrases = by_kind["phrase"];
    assert_eq!(
        (phrases.right, phrases.came),
        (phrases.wanted, phrases.wanted)
    );
}
