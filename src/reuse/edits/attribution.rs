//! Whether words say whose words the others are.
//!
//! ```text
//! وفق الوزارة    نقلاً عن شاهد    وقال الوزير إن    على حد زعمه      somebody is credited
//! ونقل الجرحى    وحسب    وفق الضوابط    ونشر الحرس قواربه             nobody is
//! ```

use super::lexicon::{ATTRIBUTION, PUBLISHES, RULES, SAYING, SAYS, SOURCES, is_listed};
use super::phrases::Phrase;
use crate::text::without_waw;

/// True if the words of a phrase credit somebody, and say nothing else where they only open his words.
pub(super) fn is_attribution(phrase: &Phrase) -> bool {
    credits(phrase) || is_clause(&phrase.words)
}

/// True if one phrase credits somebody and the other not, or another way.
pub(super) fn is_other(a: &Phrase, b: &Phrase) -> bool {
    // Another word for the same credits nobody else; nor does it who speaks that he speaks in another verb.
    let cue = |phrase: &Phrase| matches!(&phrase.words[..], [one] if is_cue(one));
    let clause = |one: &Phrase, other: &Phrase| {
        is_clause(&one.words)
            && !other
                .words
                .iter()
                .any(|word| says(word) || is_listed(&SAYING, word))
    };
    (credits(a) || credits(b)) && !(cue(a) && cue(b)) || clause(a, b) || clause(b, a)
}

fn credits(phrase: &Phrase) -> bool {
    /// Words within which an attribution begins.
    const OPENS: usize = 3;
    let words = &phrase.words;
    let credits = |at: usize| {
        let word = &words[at];
        let by_rule = || {
            next(phrase, at)
                .next()
                .is_some_and(|it| is_listed(&RULES, it))
        };
        is_cue(word) && !by_rule()
            || match without_waw(word) {
                "حسب" => credits_by(phrase, at) && !by_rule(),
                "نقل" | "نقلت" => next(phrase, at).take(3).any(|word| word == "عن"),
                "علي" => on_whose_word(words, at),
                _ => false,
            }
    };
    let source_says = || {
        words.windows(2).any(|pair| match pair {
            [one, other] => (says(one) || publishes(one)) && is_listed(&SOURCES, other),
            _ => false,
        })
    };
    (0..words.len().min(OPENS)).any(credits) || source_says()
}

/// `وقال الوزير إن`, `كما قال الناطق في بيان`
fn is_clause(words: &[String]) -> bool {
    const LONGEST: usize = 10;
    const OPENING: &[&str] = &["كما", "وكما", "وقد", "حيث", "فيما", "الذي", "والذي"];
    let speaks = match words {
        [first, second, ..] if OPENING.contains(&first.as_str()) => says(second),
        [first, ..] => says(first),
        [] => false,
    };
    let that = |word: &String| {
        let that = ["ان", "بان"]
            .iter()
            .find_map(|that| word.strip_prefix(that));
        that.is_some_and(|rest| matches!(rest, "" | "ه" | "ها" | "هم"))
    };
    speaks
        && words.len() <= LONGEST
        && (words.last().is_some_and(that) || words.iter().any(|word| is_listed(&SOURCES, word)))
}

fn says(word: &str) -> bool {
    SAYS.contains(without_waw(word))
}

fn publishes(word: &str) -> bool {
    PUBLISHES.contains(without_waw(word))
}

/// True for a word that does nothing but credit what is told to somebody.
fn is_cue(word: &str) -> bool {
    ATTRIBUTION.contains(word) || ATTRIBUTION.contains(without_waw(word))
}

/// The words behind one of a phrase.
fn next<'p>(phrase: &'p Phrase, at: usize) -> impl Iterator<Item = &'p str> {
    let words = phrase.words.iter().skip(at + 1);
    words.chain(phrase.around.behind()).map(String::as_str)
}

/// `حسب` somebody: not «and no more», nor «he thought that».
fn credits_by(phrase: &Phrase, at: usize) -> bool {
    let mut next = next(phrase, at).take(3).peekable();
    let goes_on = next
        .peek()
        .is_some_and(|word| !matches!(*word, "بل" | "ولكن" | "لكن" | "وانما" | "انما"));
    goes_on && next.all(|word| word != "ان")
}

/// `علي حد زعم`
fn on_whose_word(words: &[String], at: usize) -> bool {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let (second, third) = (word(at + 1), word(at + 2));
    let said = ["قول", "زعم", "تعبير", "وصف"]
        .iter()
        .any(|said| third.starts_with(said));
    second == "ذمه" || second == "حد" && said
}
