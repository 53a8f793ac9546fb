//! Pages in the shapes that common systems of content management give them (`tests/data/pages`), each with a long
//! article, a short one and one of short lines: what of the article is found, and what is found beside it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::article::{Article, FileKind};
use crate::work::Watch;

#[derive(Deserialize)]
struct Text {
    headline: String,
    paragraphs: Vec<String>,
}

const OUTLET: &str = "مرصد الميناء";
/// Pages that say nothing of their outlet, and pages that show no day but the time of the visit.
const NO_OUTLET: [&str; 1] = ["spa"];
const NO_DAY: [&str; 1] = ["vbulletin"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/pages")
}

fn filled(shape: &str, text: &Text) -> String {
    let joined = |before: &str, paragraphs: &[String], after: &str| -> String {
        let all = paragraphs.iter().map(|p| format!("{before}{p}{after}\n"));
        all.collect()
    };
    let paragraphs = &text.paragraphs;
    let (first, second) = paragraphs.split_at((paragraphs.len() / 2).max(1));
    shape
        .replace("@headline@", &text.headline)
        .replace("@outlet@", OUTLET)
        .replace("@day@", "2031-03-05")
        .replace("@day_words@", "5 مارس 2031")
        .replace("@p@", &joined("<p>", paragraphs, "</p>"))
        .replace("@p_half1@", &joined("<p>", first, "</p>"))
        .replace("@p_half2@", &joined("<p>", second, "</p>"))
        .replace("@br@", &paragraphs.join("<br>\n<br>\n"))
        .replace("@div@", &joined("<div>", paragraphs, "</div>"))
        .replace(
            "@sections@",
            &joined("<div class=\"css-p\"><span>", paragraphs, "</span></div>"),
        )
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Words that both have, in order.
fn in_order(a: &[&str], b: &[&str]) -> usize {
    let mut above = vec![0usize; b.len() + 1];
    for x in a {
        let mut row = vec![0usize; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            row[j + 1] = if x == y {
                above[j] + 1
            } else {
                row[j].max(above[j + 1])
            };
        }
        above = row;
    }
    above[b.len()]
}

/// The article of one page in a folder of its own.
fn read(html: &str) -> Article {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("page.html"), html).unwrap();
    let folder = crate::ingest::open(dir.path(), &Watch::silent(), &|_| {}).unwrap();
    assert_eq!(folder.articles[0].kind, FileKind::Html);
    (*folder.articles[0]).clone()
}

#[test]
fn the_article_of_every_shape_is_found_whole_and_alone() {
    let texts = std::fs::read_to_string(folder().join("articles.json")).unwrap();
    let texts: BTreeMap<String, Text> = serde_json::from_str(&texts).unwrap();
    let mut shapes: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "html")
        })
        .collect();
    shapes.sort();
    assert!(shapes.len() >= 10);
    let mut wrong = Vec::new();
    for path in shapes {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let shape = std::fs::read_to_string(&path).unwrap();
        for (which, text) in &texts {
            let article = read(&filled(&shape, text));
            let found: String = article
                .body()
                .map(|span| format!("{}\n", span.of(&article.text)))
                .collect();
            let truth = format!("{}\n{}", text.headline, text.paragraphs.join("\n"));
            let (found, truth) = (words(&found), words(&truth));
            let same = in_order(&found, &truth);
            if same * 100 < truth.len() * 99 || (found.len() - same) * 100 > found.len() * 2 {
                wrong.push(format!(
                    "{which} {name}: {same} of {}, {} found",
                    truth.len(),
                    found.len()
                ));
            }
            if article.title_text() != Some(text.headline.as_str()) {
                wrong.push(format!("{which} {name}: title {:?}", article.title_text()));
            }
            let outlet = (!NO_OUTLET.contains(&name.as_str())).then_some(OUTLET);
            if article.outlet_name() != outlet {
                wrong.push(format!(
                    "{which} {name}: outlet {:?}",
                    article.outlet_name()
                ));
            }
            let day = (!NO_DAY.contains(&name.as_str())).then(|| jiff::civil::date(2031, 3, 5));
            if article.day() != day {
                wrong.push(format!("{which} {name}: day {:?}", article.day()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
