//! The bundled sample against what its authors put into it (`tests/data/sample-truth.json`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use muqabala::article::CharIndex;
use muqabala::ingest::{self, Folder};
use muqabala::reuse::{self, Findings};
use muqabala::work::Watch;
use serde::Deserialize;

#[derive(Deserialize)]
struct Truth {
    articles: Vec<ArticleTruth>,
    pairs: Vec<PairTruth>,
}

#[derive(Deserialize)]
struct ArticleTruth {
    path: String,
    outlet: Option<String>,
    #[serde(default)]
    outlet_also: Vec<String>,
    published: Option<String>,
    chars: usize,
    furniture: Vec<FurnitureTruth>,
}

#[derive(Deserialize)]
struct FurnitureTruth {
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct PairTruth {
    a: String,
    b: String,
    relation: String,
    stretches: Vec<Stretch>,
}

#[derive(Deserialize)]
struct Stretch {
    a: [usize; 2],
    b: [usize; 2],
}

fn truth() -> Truth {
    let text = std::fs::read_to_string(super::root().join("tests/data/sample-truth.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn found() -> &'static (Folder, Findings) {
    static FOUND: OnceLock<(Folder, Findings)> = OnceLock::new();
    FOUND.get_or_init(|| {
        let watch = Watch::silent();
        let folder = ingest::open(&super::sample(), &watch, &|_| {}).unwrap();
        let findings =
            reuse::detect(&folder.articles, &reuse::Settings::default(), &watch).unwrap();
        (folder, findings)
    })
}

/// Characters of `range` that lie in at least one of `spans`.
fn covered(range: [usize; 2], spans: &[[usize; 2]]) -> usize {
    (range[0]..range[1])
        .filter(|at| spans.iter().any(|span| span[0] <= *at && *at < span[1]))
        .count()
}

#[test]
fn every_article_is_read_whatever_its_encoding() {
    let (folder, _) = found();
    let truth = truth();
    assert_eq!(folder.skipped, []);
    let got: BTreeMap<&str, usize> = folder
        .articles
        .iter()
        .map(|a| (a.path.as_str(), a.text.chars().count()))
        .collect();
    let expected: BTreeMap<&str, usize> = truth
        .articles
        .iter()
        .map(|a| (a.path.as_str(), a.chars))
        .collect();
    assert_eq!(got, expected);
}

#[test]
fn outlets_and_dates_are_those_a_careful_reader_finds() {
    let (folder, _) = found();
    let mut wrong = Vec::new();
    for (article, truth) in folder.articles.iter().zip(truth().articles) {
        let outlet = article.outlet_name();
        let same = outlet == truth.outlet.as_deref()
            || outlet.is_some_and(|name| truth.outlet_also.iter().any(|also| also == name));
        if !same {
            wrong.push(format!(
                "{}: outlet {outlet:?}, not {:?}",
                truth.path, truth.outlet
            ));
        }
        let day = article.day().map(|day| day.to_string());
        if day != truth.published {
            wrong.push(format!(
                "{}: published {day:?}, not {:?}",
                truth.path, truth.published
            ));
        }
        for found in [
            article.outlet.as_ref().map(|f| &f.evidence),
            article.dates.published.as_ref().map(|f| &f.evidence),
        ] {
            assert!(
                found.is_none_or(|evidence| !evidence.trim().is_empty()),
                "{}: no evidence",
                truth.path
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn page_furniture_is_set_apart_and_articles_are_not() {
    let (folder, _) = found();
    let mut wrong = Vec::new();
    for (article, truth) in folder.articles.iter().zip(truth().articles) {
        let index = CharIndex::new(&article.text);
        let spans: Vec<[usize; 2]> = article
            .furniture
            .iter()
            .map(|f| index.chars(f.span))
            .collect();
        for stretch in &truth.furniture {
            let range = [stretch.start, stretch.end];
            let share = covered(range, &spans) as f64 / (range[1] - range[0]) as f64;
            if share < 0.8 {
                wrong.push(format!(
                    "{}: {range:?} found to {:.0} %",
                    truth.path,
                    share * 100.0
                ));
            }
        }
        // A line or two of a page's head may be doubtful; a paragraph never is.
        let real: Vec<[usize; 2]> = truth.furniture.iter().map(|f| [f.start, f.end]).collect();
        let too_much: usize = spans
            .iter()
            .map(|span| span[1] - span[0] - covered(*span, &real))
            .sum();
        if too_much > 60 {
            wrong.push(format!(
                "{}: {too_much} characters of article taken for furniture",
                truth.path
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_planted_pair_is_found_and_no_other() {
    let (folder, findings) = found();
    let truth = truth();
    let index: Vec<CharIndex> = folder
        .articles
        .iter()
        .map(|a| CharIndex::new(&a.text))
        .collect();
    let path = |id: u32| folder.articles[id as usize].path.as_str();
    let mut spans = BTreeMap::<(&str, &str), [Vec<[usize; 2]>; 2]>::new();
    for passage in &findings.passages {
        let entry = spans
            .entry((path(passage.a.article), path(passage.b.article)))
            .or_default();
        entry[0].push(index[passage.a.article as usize].chars(passage.a.span));
        entry[1].push(index[passage.b.article as usize].chars(passage.b.span));
    }
    let mut wrong = Vec::new();
    for pair in &truth.pairs {
        let Some([a, b]) = spans.get(&(pair.a.as_str(), pair.b.as_str())) else {
            wrong.push(format!(
                "not found: {} and {} ({})",
                pair.a, pair.b, pair.relation
            ));
            continue;
        };
        let share = |spans: &[[usize; 2]], side: fn(&Stretch) -> [usize; 2]| {
            let whole: usize = pair.stretches.iter().map(|s| side(s)[1] - side(s)[0]).sum();
            pair.stretches
                .iter()
                .map(|s| covered(side(s), spans))
                .sum::<usize>() as f64
                / whole as f64
        };
        let (of_a, of_b) = (share(a, |s| s.a), share(b, |s| s.b));
        if of_a.min(of_b) < 0.8 {
            let text = format!(
                "{} and {} ({}): {:.0} % and {:.0} %",
                pair.a,
                pair.b,
                pair.relation,
                of_a * 100.0,
                of_b * 100.0
            );
            wrong.push(text);
        }
    }
    let planted: BTreeSet<(&str, &str)> = truth
        .pairs
        .iter()
        .map(|p| (p.a.as_str(), p.b.as_str()))
        .collect();
    for pair in spans.keys().filter(|pair| !planted.contains(*pair)) {
        wrong.push(format!("made up: {} and {}", pair.0, pair.1));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn passages_lie_in_article_text_only() {
    let (folder, findings) = found();
    for passage in &findings.passages {
        for side in [passage.a, passage.b] {
            let article = &folder.articles[side.article as usize];
            assert!(article.text.is_char_boundary(side.span.start as usize));
            assert!(article.text.is_char_boundary(side.span.end as usize));
            for furniture in &article.furniture {
                assert!(
                    !furniture.span.overlaps(side.span),
                    "{}: a passage reaches into {:?}",
                    article.path,
                    furniture
                );
            }
        }
    }
}
