//! Whether one name was put for another. It is said only of words that show they are names: that are known for it, or
//! have the form of one where one stands. What else was replaced is wording.
//!
//! ```text
//! الدكتور سمير / نبيل    قال نزار القصباوي / الدلعوني    قرية العليق / الزعرور      another name
//! السيد وصل / حضر        الرئيس السابق / الحالي          قرية صغيرة / بعيدة         other words
//! ```

use std::borrow::Cow;

use super::lexicon::{
    GIVEN, NISBA, OFFICES, PEOPLE, PLACE_WORDS, PLACES, SAYS, SOMEBODY, TITLES, is_listed,
};
use super::phrases::Phrase;
use crate::reuse::grade::stem;
use crate::text::without_waw;

/// True if a phrase names somebody or something and the other somebody or something else.
pub(super) fn is_other_name(a: &Phrase, b: &Phrase) -> bool {
    /// Words of the longest name.
    const LONGEST: usize = 4;
    if a.words.len() > LONGEST || b.words.len() > LONGEST {
        return false;
    }
    let named = |phrase: &Phrase| {
        let surname = || phrase.words.iter().any(|word| is_surname(word));
        phrase.words.iter().any(|word| is_known(word)) || surname() && stands_as_name(phrase)
    };
    // `عمر` is a beginning of `عمرو`, and another one.
    let given = |phrase: &Phrase| match &phrase.words[..] {
        [only] => {
            let of_god = only.starts_with("ال") && phrase.around.last() == Some("عبد");
            of_god || GIVEN.contains(only.as_str())
        }
        _ => false,
    };
    given(a) && given(b)
        || (a.quoted || b.quoted) && !bends(a, b) && !a.is_number() && !b.is_number()
        || named(a) && named(b) && !share(a, b)
        || a.words.len() == b.words.len()
            && stands_as_name(a)
            && stands_as_name(b)
            && shows(a, b)
            && !bends(a, b)
}

/// True for a word that is known as a name, or as what belongs to a country.
fn is_known(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        || is_given(word)
        || PLACES.contains(word)
        || forms(word).any(|bare| PLACES.contains(&*bare) || PEOPLE.contains(&*bare))
        || belongs_to_country(word)
}

fn is_given(word: &str) -> bool {
    GIVEN.contains(word)
        || word
            .strip_prefix(['و', 'ل', 'ب'])
            .is_some_and(|bare| GIVEN.contains(bare))
}

/// A word without the particles that are joined to it; its article stays.
fn forms(word: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    let behind = bare.strip_prefix(['ب', 'ل', 'ك']);
    let with_article = bare.strip_prefix("لل").map(|bare| format!("ال{bare}"));
    let as_they_are = [Some(word), Some(bare), behind].into_iter().flatten();
    as_they_are
        .map(Cow::Borrowed)
        .chain(with_article.map(Cow::Owned))
}

/// `السعودي`, `لبنانية`, `اليمنيين`
fn belongs_to_country(word: &str) -> bool {
    ["ي", "يه", "يين", "يون", "يات"].iter().any(|end| {
        word.strip_suffix(end).is_some_and(|base| {
            forms(base).any(|bare| NISBA.contains(bare.strip_prefix("ال").unwrap_or(&bare)))
        })
    })
}

/// True if a name that is known stands on both sides, so that another was not put for it.
fn share(a: &Phrase, b: &Phrase) -> bool {
    let known = |phrase: &Phrase| -> Vec<String> {
        let words = phrase.words.iter().filter(|word| is_known(word));
        words.map(|word| stem(word).to_owned()).collect()
    };
    let in_b = known(b);
    known(a).iter().any(|x| {
        in_b.iter()
            .any(|y| x.starts_with(y.as_str()) || y.starts_with(x.as_str()))
    })
}

/// True in the place of a name: behind `قال`, a title or an office, a kind of place or company, or a given name, if it is
/// no word that everyone uses and has not the form of another one.
fn stands_as_name(phrase: &Phrase) -> bool {
    let Some(last) = phrase.around.last() else {
        return false;
    };
    let form = |word: &String| {
        word.chars().count() >= 3
            && !word.ends_with('ه')
            && !is_listed(&OFFICES, word)
            && !is_listed(&TITLES, word)
            && !is_listed(&SOMEBODY, word)
    };
    let accusative = |at: usize| phrase.as_written(at).contains('\u{064B}');
    let office = |word: &String| is_listed(&OFFICES, word) || is_listed(&TITLES, word);
    let held = || {
        // What agrees with a title has an article, as the title has.
        let agrees = last.starts_with("ال") || office(&last.to_owned());
        let described = phrase
            .words
            .iter()
            .any(|word| word.starts_with("ال") && !is_surname(word));
        phrase.around.before().iter().any(office) && !(agrees && described)
    };
    let says = || SAYS.contains(without_waw(last));
    phrase.rare
        && phrase.words.iter().all(form)
        && !(0..phrase.words.len()).any(accusative)
        && (says() || is_given(last) || is_place_word(last) || held())
}

/// `مدينة`, `لقرية`; with an article it is no part of a name.
fn is_place_word(word: &str) -> bool {
    forms(word).any(|bare| PLACE_WORDS.contains(&*bare))
}

/// True if one side shows that a name stands there: by its form, or as a name that is known.
fn shows(a: &Phrase, b: &Phrase) -> bool {
    let shows = |phrase: &Phrase| {
        phrase
            .words
            .iter()
            .any(|word| is_surname(word) || is_known(word))
    };
    let defined = |phrase: &Phrase| {
        phrase.around.last().is_some_and(is_place_word)
            && phrase.words.iter().all(|word| word.starts_with("ال"))
    };
    shows(a) || shows(b) || defined(a) && defined(b)
}

/// `القصباوي`: from a place or a tribe.
fn is_surname(word: &str) -> bool {
    word.starts_with("ال") && word.ends_with('ي') && word.chars().count() >= 6
}

/// True if one of the words is a form of the word opposite.
fn bends(a: &Phrase, b: &Phrase) -> bool {
    let pairs = a.words.iter().zip(&b.words);
    pairs
        .map(|(x, y)| (stem(x), stem(y)))
        .any(|(x, y)| x.starts_with(y) || y.starts_with(x))
}
