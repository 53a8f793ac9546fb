//! What the difference between two runs of words is: a day, a number, a name, an attribution, or wording.

use std::ops::Range;

use super::attribution::{self, is_attribution};
use super::days::kind_of_days;
use super::figures::{self, kind_of_figures};
use super::names::is_other_name;
use super::phrases::Phrase;
use super::spelling::{Spelled, number};
use super::times;
use crate::reuse::findings::EditKind;
use crate::text::{
    Amount, NamedDay, amount, fraction, hijri_month, month, named_day, whole_number, without_waw,
};

/// The kind of a replacement that is known as a whole: blanks, a day, a month, a number.
pub(super) fn kind_of_replaced(a: &Phrase, b: &Phrase) -> Option<EditKind> {
    if are_joined(a, b) {
        return Some(EditKind::Spelling);
    }
    let sign = |phrase: &Phrase| sign_in_words(&phrase.words);
    if a.words.len() != b.words.len() && sign(a).is_some() && sign(a) == sign(b) {
        return Some(EditKind::Numeral);
    }
    if let Some(kind) = kind_of_second_words(a, b) {
        return Some(kind);
    }
    if figures::are_one_year(a, b) {
        return Some(EditKind::Numeral);
    }
    if let Some(((x, metres), (y, others))) = a.measure().zip(b.measure())
        && metres == others
    {
        return Some(kind_of_numbers(&x, &y));
    }
    if let Some((x, y)) = numbers(a, b) {
        // `9 والنصف` is a number and a time.
        return Some(match kind_of_numbers(&x, &y) {
            EditKind::Number => times::kind_of_times(a, b).unwrap_or(EditKind::Number),
            kind => kind,
        });
    }
    if let Some((x, y)) = fractions(a, b) {
        return (x != y).then_some(EditKind::Number);
    }
    if let Some((x, y)) = decades(a, b) {
        return Some(match x == y {
            true => EditKind::Spelling,
            false => EditKind::Number,
        });
    }
    if let Some(kind) = times::kind_of_times(a, b) {
        return Some(kind);
    }
    if let Some((x, y)) = a.figures().zip(b.figures())
        && let Some(kind) = kind_of_figures(&x, &y)
    {
        return Some(kind);
    }
    if a.is_figures() && b.is_figures() || are_other_digits(a, b) {
        return Some(EditKind::Number);
    }
    if let Some(x) = named_day(&a.words)
        && let Some(y) = named_day(&b.words)
    {
        let other_part = || {
            let more = |one: &Phrase, other: &Phrase| {
                let part = |word: &&String| named_day(&[word.as_str()]).is_none() && *word != "يوم";
                one.words
                    .iter()
                    .filter(part)
                    .any(|word| !other.words.contains(word))
            };
            a.words.len() != b.words.len() && (more(a, b) || more(b, a))
        };
        let kind = kind_of_days((x, a.written), (y, b.written));
        return Some(kind.unwrap_or(match x {
            NamedDay::Away(_) if !other_part() => EditKind::RelativeDay,
            _ => EditKind::Reworded,
        }));
    }
    // A month may stand as its number: `5 يونيو` and `5/6`.
    let by_number = |phrase: &Phrase| match &phrase.words[..] {
        [only] => only.parse().ok().filter(|number| (1..=12).contains(number)),
        _ => None,
    };
    let (x, y) = match (in_year(&a.words), by_number(a)) {
        (Some((calendar, x)), _) => {
            let y = in_year(&b.words).or_else(|| Some((calendar, by_number(b)?)));
            ((calendar, x), y?)
        }
        (None, Some(number)) => {
            let y = in_year(&b.words)?;
            ((y.0, number), y)
        }
        (None, None) => return None,
    };
    Some(match x == y {
        true => EditKind::Month,
        false => EditKind::Number,
    })
}

/// The numbers that the words write, each by itself or with the word before or behind it, which is the same on both sides.
fn numbers(a: &Phrase, b: &Phrase) -> Option<(Amount, Amount)> {
    let unit = |phrase: &Phrase| match &phrase.words[..] {
        [only] => matches!(without_waw(only), "احد" | "احدي"),
        _ => false,
    };
    if (unit(a) || unit(b))
        && let Some(both) = a.begun_number().zip(b.begun_number())
    {
        return Some(both);
    }
    let alone = a.number().and_then(|x| Some((x, b.number()?)));
    // `بأربعة` and `ب4`; in letters alone these may be other words.
    let by_particle = || {
        let both = |particle| a.number_behind(particle).zip(b.number_behind(particle));
        let has_digits = a.has_digits() || b.has_digits();
        has_digits.then(|| ['ب', 'ل', 'ك'].into_iter().find_map(both))?
    };
    let alone = alone.filter(|_| !a.is_same_figure(b)).or_else(by_particle);
    let completes =
        |phrase: &Phrase| matches!(&phrase.words[..], [first, ..] if fraction(first).is_some());
    if alone.is_none() && !(completes(a) && completes(b)) {
        return None;
    }
    let (x, y) = a.completed_number().zip(b.completed_number()).or(alone)?;
    // `17,3 مليار` and `17.3`, where the word behind is the same thousands.
    let goes_on =
        |phrase: &Phrase, other: &Amount| phrase.begun_number().filter(|whole| whole.meets(other));
    Some(match x.meets(&y) {
        true => (x, y),
        false => (goes_on(a, &y).unwrap_or(x), goes_on(b, &x).unwrap_or(y)),
    })
}

/// Two shares of one thing: half of it, a third.
fn fractions(a: &Phrase, b: &Phrase) -> Option<(u128, u128)> {
    match (&a.words[..], &b.words[..]) {
        ([x], [y]) => fraction(x).zip(fraction(y)),
        _ => None,
    }
}

/// Two decades: `السبعينات`, `الثمانينيات`.
fn decades(a: &Phrase, b: &Phrase) -> Option<(u64, u64)> {
    let decade = |phrase: &Phrase| match &phrase.words[..] {
        [only] => {
            let tens = only.strip_suffix("ات")?;
            whole_number(tens.strip_suffix('ي').unwrap_or(tens))
        }
        _ => None,
    };
    Some((decade(a)?, decade(b)?))
}

/// True for the same words with other digits in them: `42كلم`, `43 كلم`.
fn are_other_digits(a: &Phrase, b: &Phrase) -> bool {
    let is_digit = |c: &char| c.is_ascii_digit();
    let of = |phrase: &Phrase| -> (String, String) {
        phrase
            .words
            .iter()
            .flat_map(|word| word.chars())
            .partition(is_digit)
    };
    if !matches!((a.words.len(), b.words.len()), (1, 1 | 2) | (2, 1))
        || !a.has_digits()
        || !b.has_digits()
    {
        return false;
    }
    let ((digits_a, letters_a), (digits_b, letters_b)) = (of(a), of(b));
    digits_a != digits_b && letters_a == letters_b
}

/// The kind where the second word of a name of a month or day is another: `ربيع الأول` and `ربيع الآخر`, `الأحد الماضي`
/// and `الأحد المقبل`.
fn kind_of_second_words(a: &Phrase, b: &Phrase) -> Option<EditKind> {
    let second = |phrase: &Phrase| {
        matches!(
            &phrase.words[..],
            [only] if matches!(
                only.as_str(),
                "الاول" | "الثاني" | "الاخر" | "الاولي" | "الاخره" | "الثانيه" | "القعده" | "الحجه"
                    | "الماضي" | "المقبل" | "القادم" | "الماضيه" | "المقبله" | "القادمه"
            )
        )
    };
    if !second(a) || !second(b) {
        return None;
    }
    let [x, y] =
        [a, b].map(|phrase| Some([phrase.around.last()?.to_owned(), phrase.words[0].clone()]));
    let (x, y) = (x?, y?);
    if let (Some(x), Some(y)) = (in_year(&x), in_year(&y)) {
        return Some(match x == y {
            true => EditKind::Month,
            false => EditKind::Number,
        });
    }
    let day = |words: &[String]| named_day(words).filter(|day| matches!(day, NamedDay::Week(..)));
    kind_of_days((day(&x)?, a.written), (day(&y)?, b.written))
}

fn kind_of_numbers(x: &Amount, y: &Amount) -> EditKind {
    match x.meets(y) {
        true => EditKind::Numeral,
        false => EditKind::Number,
    }
}

/// True if words of either side are the other's, but for the blanks between them: `عبد الله` and `عبدالله`. Digits that
/// are set apart are other numbers.
fn are_joined(a: &Phrase, b: &Phrase) -> bool {
    let length = |phrase: &Phrase| phrase.words.iter().map(String::len).sum::<usize>();
    let letters = |phrase: &Phrase| phrase.words.concat();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let goes_on = |phrase: &Phrase| {
        phrase
            .words
            .windows(2)
            .enumerate()
            .all(|(at, pair)| match pair {
                [one, other] => {
                    let digits = digit(one.chars().next_back()) && digit(other.chars().next());
                    !digits && phrase.goes_on(at)
                }
                _ => true,
            })
    };
    length(a) == length(b)
        && a.words.len() != b.words.len()
        && letters(a) == letters(b)
        && goes_on(a)
        && goes_on(b)
}

/// The month that these words name and nothing else, of either calendar.
fn in_year(words: &[String]) -> Option<(bool, u8)> {
    let (first, second) = match words {
        [one] => (one, None),
        [one, two] => (one, Some(two.as_str())),
        _ => return None,
    };
    let solar = month(first, second).map(|found| (true, found));
    let hijri = || hijri_month(first, second).map(|found| (false, found));
    let (calendar, (number, taken)) = solar.or_else(hijri)?;
    (taken == words.len()).then_some((calendar, number))
}

/// The sign that folded words stand for: `في المئة`, `دولارا`.
pub(super) fn sign_in_words(words: &[String]) -> Option<char> {
    let hundred = |word: &str| matches!(word, "المءه" | "الماءه" | "الميه");
    match words {
        [one] => match one.as_str() {
            "دولار" | "دولارا" | "دولارات" => Some('$'),
            "يورو" => Some('€'),
            _ => one
                .strip_prefix('ب')
                .filter(|word| hundred(word))
                .map(|_| '%'),
        },
        [one, two] => (one == "في" && hundred(two)).then_some('%'),
        _ => None,
    }
}

/// The kind of words that only one side has, if it is known.
pub(super) fn kind_of_one_sided(phrase: &Phrase) -> Option<EditKind> {
    let beside = |word: &str| named_day(&[word]).is_some();
    let day = match named_day(&phrase.words) {
        Some(NamedDay::Away(_)) => true,
        // The day of the week beside a day that both name: `امس الاحد`.
        Some(NamedDay::Week(..)) => {
            phrase.around.last().is_some_and(beside) || phrase.around.next().is_some_and(beside)
        }
        None => phrase.is_part_of_day(),
    };
    if day {
        return Some(EditKind::RelativeDay);
    }
    if phrase.completes_number() == phrase.words.len() || phrase.opens_number() {
        return Some(EditKind::Number);
    }
    if let Some(kind) = times::kind_of_minutes(phrase) {
        return Some(kind);
    }
    if let Some(month) = in_year(&phrase.words) {
        // The second name of a month that stands beside: `آذار/مارس`.
        let before: Vec<String> = phrase
            .around
            .before()
            .iter()
            .take(2)
            .rev()
            .cloned()
            .collect();
        let behind = &phrase.around.behind()[..phrase.around.behind().len().min(2)];
        let besides = [
            before.get(1..),
            Some(&before),
            behind.get(..1),
            Some(behind),
        ];
        if besides
            .iter()
            .flatten()
            .any(|words| in_year(words) == Some(month))
        {
            return Some(EditKind::Month);
        }
    }
    is_attribution(phrase).then_some(EditKind::Attribution)
}

/// The first words, some of each side, that belong together although they differ.
pub(super) fn alike_pair(a: &Phrase, b: &Phrase) -> Option<(Range<usize>, Range<usize>, EditKind)> {
    const MOST: usize = 24;
    if a.words.len() > MOST || b.words.len() > MOST {
        return None;
    }
    if a.words.len() == 1 && b.words.len() == 1 {
        let alike = a.spelled(0).is_alike(&b.spelled(0));
        return alike.then_some((0..1, 0..1, EditKind::Spelling));
    }
    if let Some(pair) = times::pair(a, b).or_else(|| figures::pair(a, b)) {
        return Some(pair);
    }
    let [in_a, in_b] =
        [a, b].map(|phrase| (0..phrase.words.len()).map(|at| Heard::new(phrase, at)));
    let in_b: Vec<Heard> = in_b.collect();
    let pair = |i: usize, x: &Heard, j: usize, y: &Heard| {
        if x.number.is_some() && y.number.is_some() {
            let (in_a, in_b) = (a.number_from(i), b.number_from(j));
            let numbers = amount(&a.words[in_a.clone()]).zip(amount(&b.words[in_b.clone()]));
            let kind = numbers.map_or(EditKind::Number, |(x, y)| kind_of_numbers(&x, &y));
            return Some((in_a, in_b, kind));
        }
        let joined = |one: &Phrase, at: usize, word: &str| {
            let rest = word.strip_prefix(one.words[at].as_str())?;
            (one.words.get(at + 1)? == rest && one.goes_on(at)).then_some(at..at + 2)
        };
        let one = |at: usize| at..at + 1;
        if let Some(in_a) = joined(a, i, &b.words[j]) {
            Some((in_a, one(j), EditKind::Spelling))
        } else if let Some(in_b) = joined(b, j, &a.words[i]) {
            Some((one(i), in_b, EditKind::Spelling))
        } else if x.spelled.is_alike(&y.spelled) {
            Some((one(i), one(j), EditKind::Spelling))
        } else {
            let kind = kind_of_days((x.day?, a.written), (y.day?, b.written))?;
            Some((one(i), one(j), kind))
        }
    };
    // A number as what it is counted by on the other side: `25` and `الخامس والعشرين`.
    let counted = |i: usize, x: &Heard, j: usize, y: &Heard| {
        let (words, other) = match (x.number, y.number) {
            (Some(_), None) => ((i, a), (j, b)),
            (None, Some(_)) => ((j, b), (i, a)),
            _ => return None,
        };
        let (in_order, place) = other.1.ordinal_from(other.0)?;
        let in_words = words.1.number_from(words.0);
        if !amount(&words.1.words[in_words.clone()])?.meets(&place) {
            return None;
        }
        Some(match x.number.is_some() {
            true => (in_words, in_order, EditKind::Numeral),
            false => (in_order, in_words, EditKind::Numeral),
        })
    };
    in_a.enumerate().find_map(|(i, x)| {
        let in_b = || in_b.iter().enumerate();
        // The same number before another.
        let same =
            |(_, y): &(usize, &Heard)| x.number.zip(y.number).is_some_and(|(x, y)| x.meets(&y));
        let first = in_b().find(same).and_then(|(j, y)| pair(i, &x, j, y));
        first
            .or_else(|| in_b().find_map(|(j, y)| counted(i, &x, j, y)))
            .or_else(|| in_b().find_map(|(j, y)| pair(i, &x, j, y)))
    })
}

/// What one word is compared with each of the other side's by.
struct Heard<'a> {
    spelled: Spelled<'a>,
    number: Option<Amount>,
    day: Option<NamedDay>,
}

impl<'a> Heard<'a> {
    fn new(phrase: &'a Phrase, at: usize) -> Self {
        let word = phrase.words[at].as_str();
        Self {
            spelled: phrase.spelled(at),
            // `والعشرين` of `الخامس والعشرين` is none by itself.
            number: number(word).filter(|_| !phrase.ends_ordinal(at)),
            day: named_day(&[word]),
        }
    }
}

/// The kind of a replacement of which no part is known.
pub(super) fn kind_of_other(a: &Phrase, b: &Phrase) -> EditKind {
    if attribution::is_other(a, b) {
        EditKind::Attribution
    } else if is_other_name(a, b) {
        EditKind::Name
    } else {
        EditKind::Reworded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacements_that_are_known_as_a_whole() {
        for (a, b, kind) in [
            ("اليوم", "امس", Some(EditKind::RelativeDay)),
            ("اليوم", "الخميس", Some(EditKind::RelativeDay)),
            ("مساء امس", "الاحد الماضي", Some(EditKind::RelativeDay)),
            ("الاحد", "الاثنين", Some(EditKind::Name)),
            ("امس", "يوم امس", Some(EditKind::RelativeDay)),
            ("كانون الثاني", "يناير", Some(EditKind::Month)),
            ("تموز", "يناير", Some(EditKind::Number)),
            ("رمضان", "شعبان", Some(EditKind::Number)),
            ("تشرين اول", "اكتوبر", Some(EditKind::Month)),
            ("يونيو", "6", Some(EditKind::Month)),
            ("12", "خمسه", Some(EditKind::Number)),
            ("27", "سبع وعشرين", Some(EditKind::Numeral)),
            ("الرابعه", "4", Some(EditKind::Numeral)),
            ("بيت", "دار", None),
        ] {
            let found = kind_of_replaced(&Phrase::bare(a, ""), &Phrase::bare(b, ""));
            assert_eq!(found, kind, "{a} / {b}");
        }
    }

    #[test]
    fn names_and_attributions_are_told_from_wording() {
        let kind = |a, b, before| kind_of_other(&Phrase::bare(a, before), &Phrase::bare(b, before));
        assert_eq!(kind("بيروت", "دمشق", "في"), EditKind::Name);
        assert_eq!(kind("سمير", "نبيل", "الدكتور"), EditKind::Name);
        let judge = "القاضي المتقاعد رباح";
        assert_eq!(kind("الصفصافي", "السنديان", judge), EditKind::Name);
        assert_eq!(kind("الصفصافي", "السنديان", "وقال"), EditKind::Name);
        assert_eq!(kind("الصفصافي", "السنديان", "تحت شجر"), EditKind::Reworded);
        assert_eq!(kind("المتحدث", "الناطق", "وقال"), EditKind::Reworded);
        assert_eq!(kind("مسءول", "شهود", "وقال"), EditKind::Reworded);
        assert_eq!(kind("تعهدت", "تعهد", judge), EditKind::Reworded);
        assert_eq!(
            kind("وفق المصدر", "كما يبدو", "وذلك"),
            EditKind::Attribution
        );
        assert_eq!(kind("ردا علي", "مواجهه", "خرجوا"), EditKind::Reworded);
        assert!(is_attribution(&Phrase::bare("وذكرت وكاله محليه", "")));
        assert!(!is_attribution(&Phrase::bare("في صباح ماطر", "")));
    }

    #[test]
    fn what_one_side_has_more() {
        for (words, before, kind) in [
            ("اليوم", "قال", Some(EditKind::RelativeDay)),
            ("اول من امس", "قال", Some(EditKind::RelativeDay)),
            ("الاحد", "امس", Some(EditKind::RelativeDay)),
            ("الاحد", "قال", None),
            ("عشر", "اربعه", Some(EditKind::Number)),
            ("مارس", "اذار", Some(EditKind::Month)),
            ("مارس", "في", None),
            ("وفق الوزاره", "مات", Some(EditKind::Attribution)),
            ("كبير", "بيت", None),
        ] {
            assert_eq!(
                kind_of_one_sided(&Phrase::bare(words, before)),
                kind,
                "{words}"
            );
        }
    }
}
