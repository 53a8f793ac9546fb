//! What the difference between two joined words is, and whether two words are one word or name written by two hands.
//!
//! ```text
//! هيئة هيأة    دولار دولاراً    جوتيريش غوتيريس      written otherwise
//! القتيل القاتل    الوزير الوزيرة    العربي العبري      other words, however alike
//! ```
//!
//! Arabic makes other words of one root by its long vowels and endings, so that those may only differ where no root of
//! three letters stands between them: in names from abroad.

use unicode_normalization::UnicodeNormalization;

use super::lexicon::{PLACES, VARIANT_NAMES, VARIANTS, is_listed};
use crate::reuse::findings::EditKind;
use crate::text::{Amount, amount, fold_word, is_invisible, month, named_day, without_waw};

/// `None` if a reader sees the same word.
pub(super) fn kind_of_joined(a: &str, b: &str) -> Option<EditKind> {
    if a == b || visible(a).nfc().eq(visible(b).nfc()) {
        return None;
    }
    let (mut folded_a, mut folded_b) = (String::new(), String::new());
    fold_word(a, &mut folded_a);
    fold_word(b, &mut folded_b);
    let (x, y) = (folded_a.as_str(), folded_b.as_str());
    if x == y {
        let digits = |text: &str| visible(text).any(char::is_numeric);
        return Some(if digits(a) && !digits_equal(a, b) {
            EditKind::Numeral
        } else {
            EditKind::Spelling
        });
    }
    // A conjunction before the same digits is no other way to write a number.
    let figure = |word: &str| {
        word.find(|c: char| c.is_ascii_digit())
            .map(|at| word[at..].to_owned())
    };
    if let (Some(one), Some(other)) = (number(x), number(y))
        && (figure(x).is_none() || figure(x) != figure(y))
    {
        return Some(match one.meets(&other) {
            true => EditKind::Numeral,
            false => EditKind::Number,
        });
    }
    if month(x, None).is_some() && month(x, None) == month(y, None) {
        return Some(EditKind::Month);
    }
    Some(match Spelled::new(a, x).is_alike(&Spelled::new(b, y)) {
        true => EditKind::Spelling,
        false => EditKind::Reworded,
    })
}

/// The same for a word before which a conjunction stands by itself, and one that it is joined to.
pub(super) fn kind_of_set_apart(word: &str, joined: &str) -> Option<EditKind> {
    let kind = kind_of_joined(&format!("و{word}"), joined);
    kind.or(Some(EditKind::Spelling))
}

fn visible(word: &str) -> impl Iterator<Item = char> + '_ {
    word.chars().filter(|c| !is_invisible(*c))
}

fn digits_equal(a: &str, b: &str) -> bool {
    let digits = |text| visible(text).filter(|c| c.is_numeric());
    digits(a).eq(digits(b))
}

/// The value of a folded word, its article taken off: `ال8` is 8. Monday is no two.
pub(super) fn number(folded: &str) -> Option<Amount> {
    amount(&[folded]).filter(|_| named_day(&[folded]).is_none())
}

/// A word as it is compared with one that may be the same, written otherwise.
pub(super) struct Spelled<'a> {
    written: &'a str,
    folded: &'a str,
    letters: usize,
    /// The sounds of its first letter and its last.
    ends: Option<(char, char)>,
    /// Which of [`VARIANT_NAMES`] it is, with the particle joined to it.
    name: Option<(usize, Option<char>)>,
}

impl<'a> Spelled<'a> {
    pub fn new(written: &'a str, folded: &'a str) -> Self {
        let mut letters = folded.chars().map(sound);
        let first = letters.next();
        Self {
            written,
            folded,
            ends: first.map(|first| (first, letters.next_back().unwrap_or(first))),
            letters: folded.chars().count(),
            name: variant_name(folded),
        }
    }

    pub fn is_alike(&self, other: &Self) -> bool {
        /// Letters by which two ways to write one word differ in length at most.
        const APART: usize = 2;
        if self.folded == other.folded || self.name.is_some() && self.name == other.name {
            return true;
        }
        let (Some((first, last)), Some((other_first, other_last))) = (self.ends, other.ends) else {
            return false;
        };
        let (x, y) = (self.folded, other.folded);
        first == other_first
            && self.letters.abs_diff(other.letters) <= APART
            && (self.is_same_word(other)
                || last == other_last
                    && sounds(x).eq(sounds(y))
                    && (is_one_variant(x, y) || is_one_name(x, y)))
    }

    /// True if rules of writing alone tell the two apart: the seat of a hamza, the silent alef behind the plural's waw, the
    /// alef of the accusative.
    fn is_same_word(&self, other: &Self) -> bool {
        let (shorter, longer) = match self.folded.len() <= other.folded.len() {
            true => (self, other),
            false => (other, self),
        };
        let (x, y) = (shorter.folded, longer.folded);
        let silent_alef = || {
            y.strip_suffix('ا') == Some(x)
                && (x.ends_with('و')
                    || longer.written.contains('\u{064B}')
                    || is_noun(x) && !is_listed(&PLACES, y))
        };
        // `شئ` for `شيء`, but not `بطء` for `بطيء`.
        let seat_at_end = || {
            x.strip_suffix('ء') == y.strip_suffix("يء")
                && shorter.written.trim_end_matches(is_mark).ends_with('ئ')
        };
        silent_alef() || seat_at_end() || is_seat(x, y) || is_soft_hamza(x, y)
    }
}

fn is_mark(c: char) -> bool {
    is_invisible(c) || matches!(c, '\u{064B}'..='\u{0652}')
}

/// True for `هيئة` and `هيأة`, `مسألة` and `مسئلة`; shorter words tell active from passive by it.
fn is_seat(x: &str, y: &str) -> bool {
    const FEWEST: usize = 5;
    let seat = |(at, pair)| at > 0 && matches!(pair, ('ا', 'ء') | ('ء', 'ا'));
    x.chars().count() >= FEWEST
        && x.chars().next_back() == y.chars().next_back()
        && only_difference(x, y).is_some_and(seat)
}

/// True for `مصائف` and `مصايف`: many write the hamza in the plural as it is spoken. `بائع` and `بايع` are two words.
fn is_soft_hamza(x: &str, y: &str) -> bool {
    /// Letters before, the long vowel among them.
    const BEFORE: usize = 3;
    let (x, y) = (without_particles(x), without_particles(y));
    only_difference(x, y).is_some_and(|(at, pair)| {
        let letter = |at| x.chars().nth(at);
        at >= BEFORE
            && matches!(pair, ('ء', 'ي') | ('ي', 'ء'))
            && letter(at - 1) == Some('ا')
            && letter(at + 1).is_some()
    })
}

/// The letters in which two words of the same length differ, and how many stand before, if that is in one place only.
fn only_difference(x: &str, y: &str) -> Option<(usize, (char, char))> {
    let letters = x.chars().zip(y.chars()).enumerate();
    let mut apart = letters.filter(|(_, (one, other))| one != other);
    let found = apart.next()?;
    let same_length = || x.chars().count() == y.chars().count();
    (apart.next().is_none() && same_length()).then_some(found)
}

/// True if an alef behind this word is the accusative's, not the two who did it: `دولار`, but not `ساعد` or `عليهم`.
fn is_noun(folded: &str) -> bool {
    const FEWEST: usize = 4;
    let bare = without_waw(folded);
    let letters: Vec<char> = bare.chars().collect();
    let is_verb = || {
        matches!(
            letters[..],
            ['ا' | 'ي' | 'ت' | 'ن', ..] | ['ل' | 'س', 'ي' | 'ت' | 'ن', ..] | [_, 'ا', _, _]
        )
    };
    // What is done, by its form: `تقدير`, `ارتفاع`, `استعراض`; but not `تريد`, `اختار` or `استطاع`.
    let is_deed = || match letters[..] {
        ['ت', _, _, 'ي', _] => true,
        ['ا', _, _, _, _, 'ا', _] => true,
        ['ا', _, _, _, 'ا', _] => !bare.starts_with("است"),
        _ => false,
    };
    letters.len() >= FEWEST
        && !bare.ends_with(['ه', 'ت', 'ا', 'و'])
        && !bare.ends_with("هم")
        && (is_deed() || !is_verb())
}

/// Which of the words of names that are declined or shortened this is, and the particle joined to it.
fn variant_name(folded: &str) -> Option<(usize, Option<char>)> {
    let of = |word: &str| VARIANT_NAMES.iter().position(|names| names.contains(&word));
    let joined = || {
        let particle = folded
            .chars()
            .next()
            .filter(|c| matches!(c, 'و' | 'ف' | 'ب' | 'ل' | 'ك'))?;
        Some((of(folded.strip_prefix(particle)?)?, Some(particle)))
    };
    of(folded).map(|name| (name, None)).or_else(joined)
}

/// What a word sounds like without its vowels.
fn sounds(folded: &str) -> impl Iterator<Item = char> {
    folded.chars().filter(|c| !is_vowel(*c)).map(sound)
}

/// True if the words are the same once a part that outlets write in two ways is written in one.
fn is_one_variant(x: &str, y: &str) -> bool {
    VARIANTS.iter().any(|(one, other)| {
        (x.contains(one) || y.contains(one))
            && x.replacen(one, other, 1) == y.replacen(one, other, 1)
    })
}

/// True if words of the same sounds read as one foreign name: long vowels inside may be put in or left out, letters that stand for one
/// foreign sound swapped.
fn is_one_name(x: &str, y: &str) -> bool {
    let letters = |word: &str| word.chars().collect::<Vec<char>>();
    let (whole_x, whole_y) = (letters(x), letters(y));
    let pronoun = |word: &[char]| matches!(word, [.., 'ه', 'ا' | 'م' | 'ن'] | [.., 'ه', 'م', 'ا']);
    let other_word = |word: &[char]| word.iter().any(|c| is_arabic(*c)) || pronoun(word);
    if is_other_number(&whole_x, &whole_y) || other_word(&whole_x) || other_word(&whole_y) {
        return false;
    }
    let [bare_x, bare_y] = [x, y].map(|word| letters(without_particles(word)));
    let is_foreign =
        |x: &[char], y: &[char]| is_hard_g(x, y) || has_two_vowels(x, y) || has_two_vowels(y, x);
    is_long(&bare_x) && is_long(&bare_y) && !is_broken_plural(&bare_x, &bare_y)
        || is_foreign(&whole_x, &whole_y)
        || matches!((&whole_x[..], &whole_y[..]), (['و', x @ ..], ['و', y @ ..]) if is_foreign(x, y))
}

/// True if the words end as the plural and the dual do, or their cases: `لاعبان` and `لاعبون`. `لاعبين` may be two or many,
/// and tells who did it from whom it was done to: it is another word, not another spelling.
fn is_other_number(x: &[char], y: &[char]) -> bool {
    match (x, y) {
        ([.., v, 'ن'], [.., w, 'ن']) => v != w && is_vowel(*v) && is_vowel(*w),
        _ => false,
    }
}

fn consonants(word: &[char]) -> impl Iterator<Item = char> {
    word.iter().copied().filter(|c| !is_vowel(*c))
}

/// A folded word without its article and the particles before it; a letter that may be a particle is taken for one.
fn without_particles(folded: &str) -> &str {
    let bare = without_waw(folded);
    let bare = bare.strip_prefix(['ف', 'ب', 'ل', 'ك']).unwrap_or(bare);
    bare.strip_prefix("ال").unwrap_or(bare)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'ا' | 'و' | 'ي' | 'ء')
}

/// Letters that names from abroad are not written with.
fn is_arabic(c: char) -> bool {
    matches!(c, 'ح' | 'ع' | 'ض' | 'ظ' | 'ذ' | 'ص' | 'ق')
}

/// A letter by the foreign sound that it stands for.
fn sound(c: char) -> char {
    match c {
        'غ' => 'ج',
        'ط' => 'ت',
        'ش' | 'ز' | 'ث' => 'س',
        _ => c,
    }
}

/// True if more consonants than those of an Arabic root are left once what Arabic makes words with is taken off.
fn is_long(word: &[char]) -> bool {
    const ROOT: usize = 3;
    const ENDS: [&[char]; 7] = [
        &['ا', 'ت'],
        &['و', 'ن'],
        &['ي', 'ن'],
        &['ا', 'ن'],
        &['ن', 'ا'],
        &['ه'],
        &['ت'],
    ];
    let word = match word {
        ['س', rest @ ..] if matches!(rest, ['ا' | 'ي' | 'ت' | 'ن', ..]) => rest,
        _ => word,
    };
    let end = ENDS
        .iter()
        .find(|end| word.ends_with(end))
        .map_or(0, |end| end.len());
    let opened = matches!(word, ['ا' | 'ي' | 'م' | 'ت' | 'ن', ..]);
    let left: Vec<char> = consonants(&word[..word.len() - end]).collect();
    let root = match &left[..] {
        // است, مست, تست
        ['س', 'ت', root @ ..] if opened => root.len(),
        ['م' | 'ت' | 'ن', 'س', 'ت', root @ ..] => root.len(),
        // منفجر, مجتمع
        ['م' | 'ت', 'ن', root @ ..] => root.len(),
        ['م', _, 'ت', root @ ..] => 1 + root.len(),
        [_, 'ت', root @ ..] if opened => 1 + root.len(),
        ['م' | 'ت' | 'ن', root @ ..] => root.len(),
        root => root.len(),
    };
    root > ROOT
}

/// True for `دفتر` and `دفاتر`.
fn is_broken_plural(x: &[char], y: &[char]) -> bool {
    let alef_behind_second = |word: &[char]| {
        let mut consonants = word.iter().enumerate().filter(|(_, c)| !is_vowel(**c));
        let (second, total) = (consonants.nth(1).map(|(at, _)| at), 2 + consonants.count());
        total == 4 && second.is_some_and(|at| word.get(at + 1) == Some(&'ا'))
    };
    alef_behind_second(x) != alef_behind_second(y)
}

/// True if a hard g is written in two ways in words that Arabic forms no such words of: `سيرجي`, `يونج`, but not `تجريد`.
fn is_hard_g(x: &[char], y: &[char]) -> bool {
    let g = |word: &[char]| {
        word.iter()
            .filter(|c| matches!(c, 'ج' | 'غ'))
            .copied()
            .collect::<Vec<_>>()
    };
    let foreign_end = |word: &[char]| matches!(word, [_, .., 'ن', 'ج' | 'غ']);
    let vowel_first = |word: &[char]| match word {
        [_, 'ا' | 'و' | 'ي', ..] => consonants(word).count() >= 3,
        _ => false,
    };
    g(x) != g(y)
        && [x, y]
            .iter()
            .all(|word| foreign_end(word) || vowel_first(word))
}

/// True for `بوتين` and `بوتن`: no Arabic word has these two vowels, but for those that open with a letter of forms, as
/// `توفير` does.
fn has_two_vowels(longer: &[char], shorter: &[char]) -> bool {
    match (longer, shorter) {
        ([a, v @ ('و' | 'ي'), b, 'ي', c], rest) => {
            rest == [*a, *v, *b, *c]
                && [a, b, c].iter().all(|c| !is_vowel(**c))
                && !matches!(a, 'م' | 'ت' | 'ن')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(one: &str, other: &str) -> bool {
        let folded = [one, other].map(|word| {
            let mut out = String::new();
            fold_word(word, &mut out);
            out
        });
        Spelled::new(one, &folded[0]).is_alike(&Spelled::new(other, &folded[1]))
    }

    #[test]
    fn joined_words_have_their_kind() {
        for (a, b, kind) in [
            ("إلى", "الى", Some(EditKind::Spelling)),
            ("الأمريكي", "الأميركي", Some(EditKind::Spelling)),
            ("مُعلَّم", "معلم", Some(EditKind::Spelling)),
            ("8", "٨", Some(EditKind::Numeral)),
            ("8", "ثمانية", Some(EditKind::Numeral)),
            ("أيلول", "سبتمبر", Some(EditKind::Month)),
            ("\u{202B}قال", "قال", None),
            ("وقال", "قال", Some(EditKind::Reworded)),
            ("و6", "6", Some(EditKind::Reworded)),
            ("1,250", "1250", Some(EditKind::Numeral)),
            ("مسو\u{0654}ول", "مسؤول", None),
        ] {
            assert_eq!(kind_of_joined(a, b), kind, "{a} / {b}");
        }
    }

    #[test]
    fn one_name_by_two_hands() {
        for (one, other) in [
            ("سيرجي", "سيرغي"),
            ("بوتن", "بوتين"),
            ("سوريا", "سورية"),
            ("غوتيريش", "جوتيريس"),
            ("نتنياهو", "نتانياهو"),
            ("فلاديمير", "فلاديمر"),
            ("كوزنتسوف", "كوزنيتسوف"),
            ("أبو", "أبي"),
            ("بن", "ابن"),
            ("جازان", "جيزان"),
            ("جيرمان", "جرمان"),
            ("الكبتاجون", "الكبتاغون"),
            ("الأوروجوياني", "الاوروغوياني"),
            ("فرانسوا", "فرنسوا"),
            ("ميجاوات", "ميجاواط"),
            ("الكيميائية", "الكيمياوية"),
            ("التعرفة", "التعريفة"),
        ] {
            assert!(alike(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn one_word_by_two_rules() {
        for (one, other) in [
            ("شيء", "شئ"),
            ("الهيئة", "الهيأة"),
            ("يدعو", "يدعوا"),
            ("دولار", "دولارا"),
            ("كتاب", "كتاباً"),
            ("تقدير", "تقديرا"),
            ("ارتفاع", "ارتفاعا"),
            ("استعراض", "إستعراضا"),
            ("المصائف", "المصايف"),
            ("الكوكائين", "الكوكايين"),
            ("نتايج", "نتائج"),
        ] {
            assert!(alike(one, other), "{one} / {other}");
        }
        for (one, other) in [
            ("بطء", "بطيء"),
            ("ساعد", "ساعدا"),
            ("وسأل", "وسئل"),
            ("اختار", "اختارا"),
            ("استطاع", "استطاعا"),
            ("تريد", "تريدا"),
            ("بائع", "بايع"),
            ("والفائز", "والفايز"),
        ] {
            assert!(!alike(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn other_words_of_the_same_letters() {
        for (one, other) in [
            ("القتيل", "القاتل"),
            ("عامل", "عميل"),
            ("الشهيد", "الشاهد"),
            ("العربي", "العبري"),
            ("استقال", "استقل"),
            ("قاتلوا", "قتلوا"),
            ("الثورة", "الصورة"),
            ("الأمن", "اليمن"),
            ("غينيا", "غانا"),
            ("الكويت", "الكوت"),
            ("محمد", "محمود"),
            ("سالم", "سليم"),
            ("حامد", "حميد"),
            ("لاعبان", "لاعبون"),
            ("مهندسان", "مهندسون"),
            // Another case of many, or of two; and another word.
            ("المهندسون", "المهندسين"),
            ("لاعبان", "لاعبين"),
            ("السجون", "السجين"),
            ("الوزير", "الوزيرة"),
            ("قتلها", "قتله"),
            ("الجمع", "الجمعة"),
            ("دفتر", "دفاتر"),
            ("مدرس", "مدارس"),
            ("تجريد", "تغريد"),
            ("لجنة", "ولجنة"),
            ("توفر", "توفير"),
            ("شاهدت", "شهدت"),
            ("بسالم", "بسليم"),
            ("خدماتهم", "خدمتهم"),
            ("سوري", "سوريا"),
            ("لندن", "باريس"),
        ] {
            assert!(!alike(one, other), "{one} / {other}");
        }
    }
}
