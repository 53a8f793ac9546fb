//! What the difference between two runs of words is: a day, a number, a name, an attribution, or wording.

use std::ops::Range;

use super::Source;
use super::spelling::{number, spelled_alike};
use crate::reuse::findings::EditKind;
use crate::reuse::grade::stem;
use crate::text::{fold_word, is_quote, month, relative_day};

/// A run of words, folded, with what stands before it.
pub(super) struct Phrase {
    words: Vec<String>,
    /// The word before, folded; empty at the start of the text.
    before: String,
    quoted: bool,
}

impl Phrase {
    pub fn of((text, words): Source, range: &Range<usize>) -> Self {
        let folded = |at: usize| {
            let mut out = String::new();
            fold_word(super::text(text, &words[at]), &mut out);
            out
        };
        let start = words[range.start].start as usize;
        Self {
            words: range.clone().map(folded).collect(),
            before: range.start.checked_sub(1).map(folded).unwrap_or_default(),
            quoted: text[..start].chars().next_back().is_some_and(is_quote),
        }
    }

    /// True if the words say whose words these are.
    pub fn is_attribution(&self) -> bool {
        let cue = |word: &String| {
            ATTRIBUTION.contains(&word.as_str()) || ATTRIBUTION.contains(&bare(word))
        };
        let source = |word: &String| has_stem(SOURCES, word);
        let says = |word: &String| SAYS.contains(&bare(word));
        self.words.iter().take(3).any(cue)
            || (self.words.iter().any(source) && self.words.iter().any(says))
    }

    fn is_name(&self) -> bool {
        let latin = |word: &String| word.starts_with(|c: char| c.is_ascii_alphabetic());
        let known = |word: &String| NAME_PARTS.contains(&word.as_str()) || has_stem(PLACES, word);
        self.words.len() <= 4
            && (self.quoted
                || has_stem(TITLES, &self.before)
                || self.words.iter().any(|word| latin(word) || known(word)))
    }

    fn two(&self) -> Option<(&str, Option<&str>)> {
        match &self.words[..] {
            [one] => Some((one, None)),
            [one, two] => Some((one, Some(two))),
            _ => None,
        }
    }
}

fn bare(word: &str) -> &str {
    word.strip_prefix('و').unwrap_or(word)
}

/// The kind of a replacement that is known as a whole: a day, a month, a number.
pub(super) fn kind_of_replaced(a: &Phrase, b: &Phrase) -> Option<EditKind> {
    let (one, other) = (a.two()?, b.two()?);
    let whole = |(first, second): (&str, Option<&str>), taken: usize| {
        taken == 1 + usize::from(second.is_some()) && !first.is_empty()
    };
    let day = |words: (&str, Option<&str>)| {
        relative_day(words.0, words.1).filter(|(_, taken)| whole(words, *taken))
    };
    let weekday = |words: (&str, Option<&str>)| {
        words.1.is_none() && WEEKDAYS.contains(&words.0)
            || words.0 == "يوم" && words.1.is_some_and(|day| WEEKDAYS.contains(&day))
    };
    match (day(one), day(other)) {
        (Some(x), Some(y)) if x.0 != y.0 => return Some(EditKind::RelativeDay),
        (Some(_), Some(_)) => return Some(EditKind::Reworded),
        (Some(_), None) if weekday(other) => return Some(EditKind::RelativeDay),
        (None, Some(_)) if weekday(one) => return Some(EditKind::RelativeDay),
        _ => {}
    }
    let in_year = |words: (&str, Option<&str>)| {
        month(words.0, words.1).filter(|(_, taken)| whole(words, *taken))
    };
    if let (Some(x), Some(y)) = (in_year(one), in_year(other)) {
        return Some(if x.0 == y.0 {
            EditKind::Month
        } else {
            EditKind::Number
        });
    }
    if one.1.is_none() && other.1.is_none() && number(one.0).is_some() && number(other.0).is_some()
    {
        return Some(EditKind::Number);
    }
    None
}

/// The first pair of words, one of each side, that belong together although they differ.
pub(super) fn alike_pair(a: &Phrase, b: &Phrase) -> Option<(usize, usize, EditKind)> {
    const MOST: usize = 24;
    if a.words.len() > MOST
        || b.words.len() > MOST
        || (a.words.len() == 1 && b.words.len() == 1 && !spelled_alike(&a.words[0], &b.words[0]))
    {
        return None;
    }
    let kind = |x: &str, y: &str| {
        if spelled_alike(x, y) {
            Some(EditKind::Spelling)
        } else if number(x).is_some() && number(y).is_some() {
            Some(EditKind::Number)
        } else {
            let days = (relative_day(x, None), relative_day(y, None));
            matches!(days, (Some(p), Some(q)) if p.0 != q.0).then_some(EditKind::RelativeDay)
        }
    };
    a.words.iter().enumerate().find_map(|(i, x)| {
        b.words
            .iter()
            .enumerate()
            .find_map(|(j, y)| kind(x, y).map(|kind| (i, j, kind)))
    })
}

/// The kind of a replacement of which no part is known.
pub(super) fn kind_of_other(a: &Phrase, b: &Phrase) -> EditKind {
    if a.is_attribution() || b.is_attribution() {
        EditKind::Attribution
    } else if a.is_name() && b.is_name()
        || (a.words.len() <= 3 && b.words.len() <= 3 && (a.is_name() || b.is_name()))
    {
        EditKind::Name
    } else {
        EditKind::Reworded
    }
}

/// Words that open an attribution, folded, without a joined `و`.
const ATTRIBUTION: &[&str] = &[
    "وفق",
    "وفقا",
    "بحسب",
    "حسب",
    "حسبما",
    "نقلا",
    "نقلت",
    "نقل",
    "استنادا",
    "ذكرت",
    "افادت",
    "بحسبما",
];

/// True if the word has the stem of one of the list.
fn has_stem(list: &[&str], word: &str) -> bool {
    let word = stem(word);
    list.iter().any(|listed| stem(listed) == word)
}

/// Those that news is credited to, folded.
const SOURCES: &[&str] = &[
    "وكاله",
    "صحيفه",
    "قناه",
    "مصدر",
    "مصادر",
    "موقع",
    "بيان",
    "تصريح",
    "مراسل",
];

const SAYS: &[&str] = &[
    "قال",
    "قالت",
    "ذكر",
    "ذكرت",
    "افاد",
    "افادت",
    "اعلن",
    "اعلنت",
    "اوضح",
    "اوضحت",
    "اكد",
    "اكدت",
    "نقل",
    "نقلت",
    "نشرت",
    "نشر",
    "بثت",
    "اوردت",
];

const WEEKDAYS: &[&str] = &[
    "السبت",
    "الاحد",
    "الاثنين",
    "الثلاثاء",
    "الاربعاء",
    "الخميس",
    "الجمعه",
];

/// Words after which a name stands, folded.
const TITLES: &[&str] = &[
    "الرءيس",
    "السيد",
    "الدكتور",
    "الشيخ",
    "الامير",
    "الملك",
    "الناءب",
    "القاءد",
    "العميد",
    "اللواء",
    "الجنرال",
    "مدينه",
    "بلده",
    "قريه",
    "محافظه",
    "تنظيم",
    "حركه",
    "جماعه",
    "شركه",
    "نادي",
];

/// Words that hardly anything but names has, folded.
const NAME_PARTS: &[&str] = &[
    "بن",
    "ابو",
    "ابن",
    "عبدالله",
    "عبدالرحمن",
    "عبدالعزيز",
    "محمد",
    "احمد",
    "حسين",
    "خالد",
    "ابراهيم",
    "يوسف",
    "عمر",
    "محمود",
    "مصطفي",
    "سلمان",
    "فهد",
    "فيصل",
];

/// Countries and capitals, folded; what belongs to them has the same stem.
const PLACES: &[&str] = &[
    "سوريا",
    "العراق",
    "السعوديه",
    "مصر",
    "الاردن",
    "لبنان",
    "اليمن",
    "تونس",
    "الجزاءر",
    "المغرب",
    "السودان",
    "ليبيا",
    "قطر",
    "الامارات",
    "البحرين",
    "الكويت",
    "عمان",
    "فلسطين",
    "اسراءيل",
    "ايران",
    "تركيا",
    "روسيا",
    "امريكا",
    "بريطانيا",
    "فرنسا",
    "المانيا",
    "الصين",
    "اليابان",
    "الهند",
    "باكستان",
    "افغانستان",
    "اوكرانيا",
    "موسكو",
    "واشنطن",
    "لندن",
    "باريس",
    "دمشق",
    "بغداد",
    "القاهره",
    "الرياض",
    "بيروت",
    "صنعاء",
    "طرابلس",
    "الدوحه",
    "انقره",
    "طهران",
    "بكين",
    "القدس",
    "غزه",
    "حلب",
    "الموصل",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(words: &str, before: &str) -> Phrase {
        Phrase {
            words: words.split(' ').map(str::to_owned).collect(),
            before: before.to_owned(),
            quoted: false,
        }
    }

    #[test]
    fn replacements_that_are_known_as_a_whole() {
        for (a, b, kind) in [
            ("اليوم", "امس", Some(EditKind::RelativeDay)),
            ("اليوم", "الخميس", Some(EditKind::RelativeDay)),
            ("كانون الثاني", "يناير", Some(EditKind::Month)),
            ("تموز", "يناير", Some(EditKind::Number)),
            ("12", "خمسه", Some(EditKind::Number)),
            ("بيت", "دار", None),
        ] {
            let found = kind_of_replaced(&phrase(a, ""), &phrase(b, ""));
            assert_eq!(found, kind, "{a} / {b}");
        }
    }

    #[test]
    fn names_and_attributions_are_told_from_wording() {
        let kind = |a, b, before| kind_of_other(&phrase(a, before), &phrase(b, before));
        assert_eq!(kind("بيروت", "دمشق", "في"), EditKind::Name);
        assert_eq!(kind("سمير", "نبيل", "الدكتور"), EditKind::Name);
        assert_eq!(
            kind("وفق المصدر", "كما يبدو", "وذلك"),
            EditKind::Attribution
        );
        assert_eq!(kind("ردا علي", "مواجهه", "خرجوا"), EditKind::Reworded);
        assert!(phrase("وذكرت وكاله محليه", "").is_attribution());
        assert!(!phrase("في صباح ماطر", "").is_attribution());
    }

    #[test]
    fn the_lists_are_folded() {
        let mut out = String::new();
        for list in [
            ATTRIBUTION,
            SOURCES,
            SAYS,
            WEEKDAYS,
            TITLES,
            NAME_PARTS,
            PLACES,
        ] {
            for word in list {
                fold_word(word, &mut out);
                assert_eq!(out, *word);
            }
        }
    }
}
