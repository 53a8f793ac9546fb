//! Pairs as rows of a table that a spreadsheet can open: what is known of both articles, what they share, and
//! what a person thinks of it.

use std::sync::Arc;

use super::Tables;
use crate::article::Article;
use crate::reuse::PassageKind;

/// The columns of [`pair_row`].
pub const PAIR_COLUMNS: [&str; 18] = [
    "first file",
    "first outlet",
    "first published",
    "first headline",
    "second file",
    "second outlet",
    "second published",
    "second headline",
    "kind",
    "shared words",
    "share of first",
    "share of second",
    "likeness",
    "substantive changes",
    "days apart",
    "family",
    "verdict",
    "note",
];

/// One pair, given by its number. Shares and likeness are 0 to 1; what is unknown is empty. No text of others is left
/// to a spreadsheet as a formula.
pub fn pair_row(articles: &[Arc<Article>], tables: &Tables, number: u32) -> [String; 18] {
    let pair = &tables.pairs.0[number as usize];
    let side = |id: u32| {
        let article = &articles[id as usize];
        [
            plain(&article.path),
            plain(article.outlet_name().unwrap_or_default()),
            article.day().map(|day| day.to_string()).unwrap_or_default(),
            plain(article.title_text().unwrap_or_default()),
        ]
    };
    let [first_file, first_outlet, first_day, first_title] = side(pair.first);
    let [second_file, second_outlet, second_day, second_title] = side(pair.second);
    let kind = match pair.kind() {
        PassageKind::Copy => "copied",
        PassageKind::Reworded => "reworded",
    };
    let share = |share: f32| format!("{share:.3}");
    let verdict = tables.verdicts.get(&number);
    let judged = verdict.and_then(|verdict| verdict.judgement);
    [
        first_file,
        first_outlet,
        first_day,
        first_title,
        second_file,
        second_outlet,
        second_day,
        second_title,
        kind.to_owned(),
        pair.words.to_string(),
        share(pair.share_first),
        share(pair.share_second),
        share(pair.likeness),
        pair.substantive.to_string(),
        pair.days_apart
            .map(|days| days.to_string())
            .unwrap_or_default(),
        (pair.family + 1).to_string(),
        judged.map_or("", |judgement| judgement.label()).to_owned(),
        plain(verdict.map_or("", |verdict| &verdict.note)),
    ]
}

/// A spreadsheet takes what begins like a formula for one, and would run it; an apostrophe makes it text.
fn plain(text: &str) -> String {
    let quote = match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => "'",
        false => "",
    };
    format!("{quote}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_formula() {
        for formula in [
            "=HYPERLINK(\"x\"&A2)",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
        ] {
            assert_eq!(plain(formula), format!("'{formula}"));
        }
        assert_eq!(plain("الميناء = مفتوح"), "الميناء = مفتوح");
        assert_eq!(plain(""), "");
    }
}
