//! Numbers in words and in digits, alone and joined to one number. Knows nothing of what is counted.

use std::ops::RangeInclusive;

use super::words::without_waw;

/// The value of a folded number word: `ثمانيه` is 8, `عشرين` 20, `مءه` and `ماءه` 100, `مليون` a million.
/// Masculine, feminine, genitive and dual forms; no ordinals, no prefixes.
pub fn number_word(folded: &str) -> Option<u64> {
    Some(match folded {
        "صفر" => 0,
        "واحد" | "واحده" => 1,
        "اثنان" | "اثنين" | "اثنتان" | "اثنتين" | "اثنا" | "اثني" | "اثنتا" | "اثنتي" => {
            2
        }
        "ثلاث" | "ثلاثه" => 3,
        "اربع" | "اربعه" => 4,
        "خمس" | "خمسه" => 5,
        "ست" | "سته" => 6,
        "سبع" | "سبعه" => 7,
        "ثمان" | "ثماني" | "ثمانيه" => 8,
        "تسع" | "تسعه" => 9,
        "عشر" | "عشره" => 10,
        "عشرون" | "عشرين" => 20,
        "ثلاثون" | "ثلاثين" => 30,
        "اربعون" | "اربعين" => 40,
        "خمسون" | "خمسين" => 50,
        "ستون" | "ستين" => 60,
        "سبعون" | "سبعين" => 70,
        "ثمانون" | "ثمانين" => 80,
        "تسعون" | "تسعين" => 90,
        "مءه" | "ماءه" => 100,
        "مءتان" | "مءتين" | "مءتا" | "مءتي" | "ماءتان" | "ماءتين" | "ماءتا" | "ماءتي" => {
            200
        }
        "ثلاثمءه" | "ثلاثماءه" => 300,
        "اربعمءه" | "اربعماءه" => 400,
        "خمسمءه" | "خمسماءه" => 500,
        "ستمءه" | "ستماءه" => 600,
        "سبعمءه" | "سبعماءه" => 700,
        "ثمانمءه" | "ثمانماءه" | "ثمانيمءه" => 800,
        "تسعمءه" | "تسعماءه" => 900,
        "الف" | "الفا" | "الاف" => 1_000,
        "الفان" | "الفين" | "الفي" => 2_000,
        "مليون" | "مليونا" | "ملايين" => 1_000_000,
        "مليونان" | "مليونين" | "مليوني" => 2_000_000,
        "مليار" | "مليارا" | "مليارات" => 1_000_000_000,
        "ملياران" | "مليارين" | "ملياري" => 2_000_000_000,
        "تريليون" | "تريليونا" | "ترليون" | "ترليونا" | "تريليونات" => {
            1_000_000_000_000
        }
        _ => return None,
    })
}

/// The whole number that a folded word writes, in words or digits, with a conjunction or the article joined to it:
/// `وسته`, `ال8`, `1,250`.
pub fn whole_number(folded: &str) -> Option<u64> {
    bare_forms(folded).find_map(|bare| {
        let plain = || bare.parse().ok();
        plain()
            .or_else(|| number_word(bare))
            .or_else(|| grouped(bare, ','))
    })
}

/// A word, and what is left of it without a conjunction and without the article.
fn bare_forms(folded: &str) -> impl Iterator<Item = &str> {
    let rest = folded.strip_prefix('و');
    let bare = rest.unwrap_or(folded).strip_prefix("ال");
    std::iter::once(folded).chain(rest).chain(bare)
}

/// Digits in groups of three: `1,250`.
fn grouped(digits: &str, by: char) -> Option<u64> {
    let mut groups = digits.split(by);
    let first = groups
        .next()
        .filter(|first| (1..=3).contains(&first.len()))?;
    let three = |group: &str| group.len() == 3;
    (first != "0" && digits.contains(by) && groups.all(three))
        .then(|| digits.replace(by, "").parse().ok())?
}

/// How much a number is, however it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    millionths: u128,
    /// What else it may be: `1.250` is a thousand and more where points part thousands.
    or: Option<u128>,
}

impl Amount {
    const ONE: u128 = 1_000_000;

    fn whole(value: u64) -> Self {
        Self {
            millionths: u128::from(value) * Self::ONE,
            or: None,
        }
    }

    /// The number, if it is a whole one and no other.
    pub fn whole_value(&self) -> Option<u64> {
        let whole = self.millionths.is_multiple_of(Self::ONE) && self.or.is_none();
        whole.then(|| u64::try_from(self.millionths / Self::ONE).ok())?
    }

    /// True if both can be the same number.
    pub fn meets(&self, other: &Self) -> bool {
        let is = |value| other.millionths == value || other.or == Some(value);
        is(self.millionths) || self.or.is_some_and(is)
    }

    /// Of digits, with the separators that Arabic outlets print: `17.4`, `3,5`, `1,250.75`, `1.250,75`, and `2.500,000` by
    /// some; a letter may mark a year.
    fn of_digits(digits: &str) -> Option<Self> {
        let digits = match digits.trim_end_matches(['م', 'ه']) {
            year if year.len() == 4 => year,
            _ => digits,
        };
        let is_digit = |c: char| c.is_ascii_digit();
        if !digits.starts_with(is_digit) || !digits.ends_with(is_digit) {
            return None;
        }
        if let Some(value) = digits.parse().ok().or_else(|| grouped(digits, ',')) {
            return Some(Self::whole(value));
        }
        let in_thousands = grouped(&digits.replace(',', "."), '.').map(Self::whole);
        let (whole, part) = digits.rsplit_once(['.', ','])?;
        let by_points = || grouped(whole, '.').filter(|_| digits[whole.len()..].starts_with(','));
        let whole = whole.parse().ok().or_else(|| grouped(whole, ','));
        let Some(whole) = whole.or_else(by_points) else {
            return in_thousands;
        };
        let known = part.len() <= 6 && part.chars().all(is_digit);
        let part: u128 = format!("{part:0<6}").parse().ok().filter(|_| known)?;
        Some(Self {
            millionths: Self::whole(whole).millionths + part,
            or: in_thousands.map(|amount| amount.millionths),
        })
    }
}

/// What a run of folded words that write one number amounts to: `سبع وعشرين` is 27, `مءتين واربع عشره` 214, `ثلاثه الاف`
/// 3,000, `3.5 مليون` 3,500,000 and so `ثلاثه ملايين ونصف`, `64` itself. `None` if a word of them is no number, or if they
/// are two: `سته وسبعه`.
pub fn amount<S: AsRef<str>>(words: &[S]) -> Option<Amount> {
    const HUNDRED: u64 = 100;
    let [first, rest @ ..] = words else {
        return None;
    };
    let first = first.as_ref();
    let mut rest = rest.iter().map(AsRef::as_ref).peekable();
    let of_digits = |word: &str| bare_forms(word).find_map(Amount::of_digits);
    let of_word = |word: &str| bare_forms(word).find_map(number_word);
    let scale = |word: &str| of_word(word).filter(is_scale).map(u128::from);
    let one = |bare: &str| matches!(bare, "احد" | "احدي");
    let begins = match of_digits(first) {
        Some(amount) => amount,
        None if rest.peek().is_some() && bare_forms(first).any(one) => Amount::whole(1),
        None => {
            let part = rest
                .peek()
                .and_then(|word| Some(scale(word)? * fraction(first)?));
            match part {
                Some(millionths) => Amount {
                    millionths,
                    or: None,
                },
                None => Amount::whole(of_word(first)?),
            }
        }
    };
    if rest.peek().is_none() {
        return Some(begins);
    }
    // What stands before the last of thousands and millions, and what has been counted since.
    let (mut sum, mut part) = match of_word(first) {
        Some(value) if value >= 1_000 => (begins.millionths, 0),
        None if fraction(first).is_some() => {
            rest.next();
            (begins.millionths, 0)
        }
        _ => (0, begins.millionths),
    };
    // What a half is the half of, if it is not said: of the millions right before it.
    let mut last = scale(first).unwrap_or(1);
    while let Some(word) = rest.next() {
        let joined = word.starts_with('و') && number_word(word).is_none();
        if let Some(share) = fraction(word).filter(|_| joined) {
            let said = rest.next_if(|word| scale(word).is_some());
            part += said.and_then(scale).unwrap_or(last) * share;
            last = 1;
            continue;
        }
        let digits = of_digits(word);
        let value = match digits {
            Some(amount) => amount.millionths,
            None => u128::from(of_word(word)?) * Amount::ONE,
        };
        last = scale(word).unwrap_or(1);
        let low = part / Amount::ONE;
        let counted = (value / Amount::ONE).try_into().unwrap_or(u64::MAX);
        match counted {
            _ if digits.is_none() && is_scale(&counted) && (part > 0 || joined) => {
                sum += part.max(Amount::ONE).checked_mul(u128::from(counted))?;
                part = 0;
            }
            // `2 مليوني` are not four.
            _ if digits.is_none() && is_scale(&(counted / 2)) && part == 2 * Amount::ONE => {
                sum += value;
                part = 0;
            }
            HUNDRED if !joined && (3..10).contains(&low) => part *= u128::from(HUNDRED),
            10 if !joined && digits.is_none() && (1..10).contains(&(low % 100)) => part += value,
            // Thousands end what was counted, and then less follows.
            2_000.. if joined && part == 0 && value < sum => sum += value,
            ..2_000 if joined && follows(low, counted) => part += value,
            _ => return None,
        }
    }
    Some(Amount {
        millionths: sum + part,
        or: None,
    })
}

fn is_scale(value: &u64) -> bool {
    matches!(value, 1_000 | 1_000_000 | 1_000_000_000 | 1_000_000_000_000)
}

/// The share of one that a folded word names, in millionths, with a conjunction or the article joined to it.
pub fn fraction(folded: &str) -> Option<u128> {
    let share = |word: &str| {
        Some(match word {
            "نصف" | "نصفا" => Amount::ONE / 2,
            "ثلث" => Amount::ONE / 3,
            "ثلثا" | "ثلثي" | "ثلثان" | "ثلثين" => 2 * Amount::ONE / 3,
            "ربع" | "ربعا" => Amount::ONE / 4,
            _ => return None,
        })
    };
    bare_forms(folded).find_map(share)
}

/// True if this much goes on with that much, joined by a conjunction: tens with units, hundreds with either.
fn follows(part: u128, value: u64) -> bool {
    const TENS: RangeInclusive<u64> = 20..=90;
    match part % 100 {
        _ if part == 0 => value < 1_000,
        0 => value < 100,
        1..10 => TENS.contains(&value) && value.is_multiple_of(10),
        _ => false,
    }
}

/// The place that folded ordinals name, as hours and floors are counted: `الرابعه` is 4, `الحاديه عشره` 11, `الخامس
/// والعشرين` 25. With their article.
pub fn ordinal<S: AsRef<str>>(words: &[S]) -> Option<Amount> {
    let [first, rest @ ..] = words else {
        return None;
    };
    let first = ordinal_word(first.as_ref())?;
    let more = match rest {
        [] => 0,
        [ten] if matches!(ten.as_ref(), "عشر" | "عشره") && first < 10 => 10,
        [tens] if first < 10 => {
            let tens = number_word(tens.as_ref().strip_prefix("وال")?)?;
            Some(tens).filter(|tens| (20..100).contains(tens))?
        }
        _ => return None,
    };
    Some(Amount::whole(first + more))
}

/// The place that one folded ordinal names, with its article.
fn ordinal_word(folded: &str) -> Option<u64> {
    let bare = without_waw(folded);
    Some(match bare.strip_prefix("ال")? {
        "اولي" | "اول" | "واحده" | "حادي" | "حاديه" => 1,
        "ثانيه" | "ثاني" => 2,
        "ثالثه" | "ثالث" => 3,
        "رابعه" | "رابع" => 4,
        "خامسه" | "خامس" => 5,
        "سادسه" | "سادس" => 6,
        "سابعه" | "سابع" => 7,
        "ثامنه" | "ثامن" => 8,
        "تاسعه" | "تاسع" => 9,
        "عاشره" | "عاشر" => 10,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_word;

    #[test]
    fn both_genders_and_both_hundreds() {
        let mut out = String::new();
        for (word, value) in [
            ("ثمانية", 8),
            ("ثماني", 8),
            ("عشرين", 20),
            ("مائة", 100),
            ("مئة", 100),
        ] {
            fold_word(word, &mut out);
            assert_eq!(number_word(&out), Some(value), "{word}");
        }
        assert_eq!(number_word("كتاب"), None);
    }

    #[test]
    fn words_join_to_one_number() {
        for (words, value) in [
            ("مءه وخمسين", Some(150)),
            ("الف وثلاثمءه", Some(1_300)),
            ("وسته", Some(6)),
            ("و6", Some(6)),
            ("20 الفا", Some(20_000)),
            ("2 مليون", Some(2_000_000)),
            ("مليوني", Some(2_000_000)),
            ("مليون و200 الف", Some(1_200_000)),
            ("مليون ومءتين وخمسين الفا", Some(1_250_000)),
            ("1,250", Some(1_250)),
            ("2019م", Some(2_019)),
            ("سته وسبعه", None),
            ("3 4", None),
            ("سبع وعشرين", Some(27)),
            ("احد عشر", Some(11)),
            ("مءتين واربع عشره", Some(214)),
            ("ثلاثه الاف وخمسمءه", Some(3_500)),
            ("12 الف", Some(12_000)),
            ("64", Some(64)),
            ("2 مليوني", Some(2_000_000)),
            ("3 مليوني", None),
            ("ثلاثه ملايين ونصف", Some(3_500_000)),
            ("مليونين ونصف المليون", Some(2_500_000)),
            ("مليار وربع المليون", Some(1_000_250_000)),
            ("مليون ونصف ومءه", None),
            ("نصف مليون", Some(500_000)),
            ("نصف مليون ومءه الف", Some(600_000)),
            ("نصف", None),
            ("ثلاث سفن", None),
            ("99999999999999999999", None),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(amount(&words), value.map(Amount::whole), "{words:?}");
        }
        assert_eq!(amount::<&str>(&[]), None);
    }

    #[test]
    fn ordinals_of_one_word_and_of_two() {
        for (words, value) in [
            ("الرابعه", Some(4)),
            ("الحاديه عشره", Some(11)),
            ("الثاني عشر", Some(12)),
            ("الخامس والعشرين", Some(25)),
            ("الخامس الماضي", None),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(ordinal(&words), value.map(Amount::whole), "{words:?}");
        }
    }

    #[test]
    fn one_amount_by_any_separators() {
        let read = |words: &str| amount(&words.split(' ').collect::<Vec<_>>()).unwrap();
        for (one, other, same) in [
            ("3.5", "3,5", true),
            ("1,250", "1250", true),
            ("1250", "1.250", true),
            ("15 الف", "15,000", true),
            ("2.5 مليون", "2,500,000", true),
            ("خمسه ونصف", "5.5", true),
            ("خمسه ونصف", "5.25", false),
            ("1,250.5", "1250.50", true),
            ("1.250,5", "1,250.5", true),
            ("2.500,125", "2,500.125", true),
            ("542.963,440", "542.963.440", true),
            ("37,775.000", "37.775.000", true),
            ("17.4", "14.7", false),
            ("557.5", "5.557", false),
            ("1,250", "1,520", false),
            ("0.250", "250", false),
        ] {
            assert_eq!(read(one).meets(&read(other)), same, "{one} / {other}");
        }
        for none in ["12.5.2030", "1.250.5", "12.05,30"] {
            assert_eq!(amount(&[none]), None, "{none}");
        }
        assert_eq!(whole_number("و1,250"), Some(1_250));
        assert_eq!(whole_number("1.250"), None);
    }
}
