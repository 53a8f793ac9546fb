//! What the difference between two runs of words is: a day, a number, a name, an attribution, or wording.

use std::cell::OnceCell;
use std::ops::Range;

use jiff::civil::Date;

use super::Source;
use super::days::kind_of_days;
use super::lexicon::{
    ATTRIBUTION, NAME_PARTS, PLACES_STEMS, ROLES_STEMS, SAYS, SOMEBODY_STEMS, SOURCES_STEMS,
    TITLES_STEMS, has_stem,
};
use super::spelling::{Spelled, number, spelled_alike};
use crate::reuse::findings::EditKind;
use crate::reuse::grade::stem;
use crate::text::{NamedDay, fold_word, is_quote, month, named_day, number_phrase, ordinal_word};

/// A run of words, folded, with what stands around it.
pub(super) struct Phrase<'a> {
    words: Vec<String>,
    around: Around<'a>,
    quoted: bool,
    /// None of the words is one that news is full of.
    rare: bool,
    /// When the text was written, where it is known.
    written: Option<Date>,
}

/// What stands around a run of words, folded when it is asked for: most runs are told without.
#[derive(Default)]
struct Around<'a> {
    place: Option<(Source<'a>, Range<usize>)>,
    last: OnceCell<Option<String>>,
    before: OnceCell<Vec<String>>,
    behind: OnceCell<String>,
}

impl Around<'_> {
    /// Words before that are looked at.
    const LOOK_BACK: usize = 4;

    /// The word right before; none at the start of the text.
    fn last(&self) -> Option<&str> {
        let last = || self.folded_before(1).pop();
        self.last.get_or_init(last).as_deref()
    }

    /// The words before, the nearest first; fewer at the start of the text.
    fn before(&self) -> &[String] {
        let before = || self.folded_before(Self::LOOK_BACK);
        self.before.get_or_init(before)
    }

    fn folded_before(&self, words: usize) -> Vec<String> {
        let Some((source, range)) = &self.place else {
            return Vec::new();
        };
        let before = range.start.saturating_sub(words)..range.start;
        before.rev().map(|at| folded(*source, at)).collect()
    }

    /// The word behind; empty at the end of the text.
    fn behind(&self) -> &str {
        self.behind.get_or_init(|| match &self.place {
            Some((source, range)) if range.end < source.words.len() => folded(*source, range.end),
            _ => String::new(),
        })
    }
}

fn folded(source: Source, at: usize) -> String {
    let mut out = String::new();
    fold_word(source.word(at), &mut out);
    out
}

impl<'a> Phrase<'a> {
    /// `chance` says how common each key is.
    pub fn of(source: Source<'a>, range: &Range<usize>, chance: &[f32]) -> Self {
        /// A word that is rarer than this may be a name.
        const RARE: f32 = 2e-4;
        Self {
            words: range.clone().map(|at| folded(source, at)).collect(),
            around: Around {
                place: Some((source, range.clone())),
                ..Around::default()
            },
            rare: source.words[range.clone()]
                .iter()
                .all(|word| chance.get(word.key() as usize).is_some_and(|p| *p < RARE)),
            quoted: quoted_part(source, range).as_ref() == Some(range),
            written: source.written,
        }
    }

    /// True if the words say whose words these are.
    pub fn is_attribution(&self) -> bool {
        let cue = |word: &String| {
            ATTRIBUTION.contains(&word.as_str()) || ATTRIBUTION.contains(&bare(word))
        };
        let source = |word: &String| has_stem(&SOURCES_STEMS, word);
        let says = |word: &String| SAYS.contains(&bare(word));
        self.words.iter().take(3).any(cue)
            || (self.words.iter().any(source) && self.words.iter().any(says))
    }

    fn number(&self) -> Option<u64> {
        let ordinal = || match &self.words[..] {
            [only] => ordinal_word(only),
            _ => None,
        };
        number_phrase(&self.words).or_else(ordinal)
    }

    fn is_name(&self) -> bool {
        let latin = |word: &String| word.starts_with(|c: char| c.is_ascii_alphabetic());
        let known =
            |word: &String| NAME_PARTS.contains(&word.as_str()) || has_stem(&PLACES_STEMS, word);
        self.words.len() <= 4
            && (self.quoted
                || self
                    .around
                    .last()
                    .is_some_and(|word| has_stem(&TITLES_STEMS, word))
                || self.words.iter().any(|word| latin(word) || known(word)))
    }

    /// True in the place of a name: behind `قال`, or a little behind an office, where another word stands
    /// on the other side, and if it is no word that everyone uses.
    fn may_be_name(&self) -> bool {
        let role = |word: &String| has_stem(&ROLES_STEMS, word) || has_stem(&TITLES_STEMS, word);
        let somebody =
            |word: &String| has_stem(&SOMEBODY_STEMS, word) || has_stem(&SOURCES_STEMS, word);
        let says = || {
            self.around
                .last()
                .is_some_and(|word| SAYS.contains(&bare(word)))
        };
        let held = || self.around.before().iter().any(role);
        let form = |word: &String| {
            word.chars().count() >= 3 && !word.ends_with('ه') && !role(word) && !somebody(word)
        };
        self.words.len() <= 2 && self.rare && (says() || held()) && self.words.iter().all(form)
    }

    /// True if one of the words is a form of the word opposite.
    fn bends(&self, other: &Self) -> bool {
        let pairs = self.words.iter().zip(&other.words);
        pairs
            .map(|(x, y)| (stem(x), stem(y)))
            .any(|(x, y)| x.starts_with(y) || y.starts_with(x))
    }

    /// How many words at the front go on with a number that the word before has begun.
    pub fn completes_number(&self) -> usize {
        let begun = self
            .around
            .last()
            .is_some_and(|word| number(word).is_some());
        let goes_on = |word: &&String| number(word).is_some();
        if begun {
            self.words.iter().take_while(goes_on).count()
        } else {
            0
        }
    }

    fn two(&self) -> Option<(&str, Option<&str>)> {
        match &self.words[..] {
            [one] => Some((one, None)),
            [one, two] => Some((one, Some(two))),
            _ => None,
        }
    }
}

/// The first words of `range` that stand in quotation marks of their own, as a name does; a quotation that
/// only begins or only ends there is none.
pub(super) fn quoted_part(source: Source, range: &Range<usize>) -> Option<Range<usize>> {
    /// Words that a name in quotation marks has at most.
    const LONGEST: usize = 4;
    let opens = |at: usize| {
        let before = source.text.get(..source.places[at].start as usize);
        before.is_some_and(|text| text.chars().next_back().is_some_and(is_quote))
    };
    let closes = |at: usize| {
        let behind = source.text.get(source.places[at].end as usize..);
        behind.is_some_and(|text| text.chars().next().is_some_and(is_quote))
    };
    range.clone().filter(|at| opens(*at)).find_map(|first| {
        let last = (first..range.end.min(first + LONGEST)).find(|at| closes(*at))?;
        Some(first..last + 1)
    })
}

fn bare(word: &str) -> &str {
    word.strip_prefix('و').unwrap_or(word)
}

/// The kind of a replacement that is known as a whole: a day, a month, a number.
pub(super) fn kind_of_replaced(a: &Phrase, b: &Phrase) -> Option<EditKind> {
    if let (Some(x), Some(y)) = (a.number(), b.number()) {
        return Some(if x == y {
            EditKind::Numeral
        } else {
            EditKind::Number
        });
    }
    if let (Some(x), Some(y)) = (named_day(&a.words), named_day(&b.words)) {
        let kind = kind_of_days((x, a.written), (y, b.written));
        return Some(kind.unwrap_or(EditKind::Reworded));
    }
    let (one, other) = (a.two()?, b.two()?);
    let whole = |(first, second): (&str, Option<&str>), taken: usize| {
        taken == 1 + usize::from(second.is_some()) && !first.is_empty()
    };
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
    None
}

/// The kind of words that only one side has, if it is known.
pub(super) fn kind_of_one_sided(phrase: &Phrase) -> Option<EditKind> {
    let beside = |word: &str| named_day(&[word]).is_some();
    let day = match named_day(&phrase.words) {
        Some(NamedDay::Away(_)) => true,
        // The day of the week beside a day that both name: `امس الاحد`.
        Some(NamedDay::Week(..)) => {
            phrase.around.last().is_some_and(beside) || beside(phrase.around.behind())
        }
        None => false,
    };
    if day {
        return Some(EditKind::RelativeDay);
    }
    if phrase.completes_number() == phrase.words.len() {
        return Some(EditKind::Number);
    }
    if let [only] = &phrase.words[..]
        && let Some((number, 1)) = month(only, None)
    {
        // The second name of a month that stands beside: `آذار/مارس`.
        let before = phrase.around.last().and_then(|word| month(word, None));
        let behind = month(phrase.around.behind(), None);
        if before.or(behind).is_some_and(|(other, _)| other == number) {
            return Some(EditKind::Month);
        }
    }
    phrase.is_attribution().then_some(EditKind::Attribution)
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
    let [in_a, in_b] = [a, b].map(|phrase| phrase.words.iter().map(|word| Heard::new(word)));
    let in_b: Vec<Heard> = in_b.collect();
    let kind = |x: &Heard, y: &Heard| {
        let spelled = x.spelled.as_ref().zip(y.spelled.as_ref());
        if spelled.is_some_and(|(x, y)| x.is_alike(y)) {
            Some(EditKind::Spelling)
        } else if x.is_number && y.is_number {
            Some(EditKind::Number)
        } else {
            kind_of_days((x.day?, a.written), (y.day?, b.written))
        }
    };
    in_a.enumerate().find_map(|(i, x)| {
        let mut in_b = in_b.iter().enumerate();
        in_b.find_map(|(j, y)| kind(&x, y).map(|kind| (i, j, kind)))
    })
}

/// What one word is compared with each of the other side's by.
struct Heard {
    spelled: Option<Spelled>,
    is_number: bool,
    day: Option<NamedDay>,
}

impl Heard {
    fn new(word: &str) -> Self {
        Self {
            spelled: Spelled::new(word),
            is_number: number(word).is_some(),
            day: named_day(&[word]),
        }
    }
}

/// The kind of a replacement of which no part is known.
pub(super) fn kind_of_other(a: &Phrase, b: &Phrase) -> EditKind {
    if a.is_attribution() || b.is_attribution() {
        EditKind::Attribution
    } else if a.is_name() && b.is_name()
        || (a.words.len() <= 3 && b.words.len() <= 3 && (a.is_name() || b.is_name()))
        || (a.words.len() == b.words.len() && a.may_be_name() && b.may_be_name() && !a.bends(b))
    {
        EditKind::Name
    } else {
        EditKind::Reworded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(words: &str, before: &str) -> Phrase<'static> {
        let before: Vec<String> = before.split(' ').rev().map(str::to_owned).collect();
        Phrase {
            words: words.split(' ').map(str::to_owned).collect(),
            around: Around {
                place: None,
                last: OnceCell::from(before.first().cloned()),
                before: OnceCell::from(before),
                behind: OnceCell::default(),
            },
            quoted: false,
            rare: true,
            written: None,
        }
    }

    #[test]
    fn replacements_that_are_known_as_a_whole() {
        for (a, b, kind) in [
            ("اليوم", "امس", Some(EditKind::RelativeDay)),
            ("اليوم", "الخميس", Some(EditKind::RelativeDay)),
            ("مساء امس", "الاحد الماضي", Some(EditKind::RelativeDay)),
            ("الاحد", "الاثنين", Some(EditKind::Name)),
            ("امس", "يوم امس", Some(EditKind::Reworded)),
            ("كانون الثاني", "يناير", Some(EditKind::Month)),
            ("تموز", "يناير", Some(EditKind::Number)),
            ("12", "خمسه", Some(EditKind::Number)),
            ("27", "سبع وعشرين", Some(EditKind::Numeral)),
            ("الرابعه", "4", Some(EditKind::Numeral)),
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
        assert!(phrase("وذكرت وكاله محليه", "").is_attribution());
        assert!(!phrase("في صباح ماطر", "").is_attribution());
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
            assert_eq!(kind_of_one_sided(&phrase(words, before)), kind, "{words}");
        }
    }
}
