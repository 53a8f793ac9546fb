//! Runs of words as they are compared: folded, with what stands around them.

use std::cell::OnceCell;
use std::ops::Range;

use jiff::civil::Date;

use super::Source;
use super::figures::{figures, is_figure};
use super::spelling::{Spelled, number};
use crate::text::{
    Amount, NamedDay, amount, fold_word, is_invisible, is_quote, named_day, ordinal,
};

/// A run of words, folded, with what stands around it.
pub(super) struct Phrase<'a> {
    pub words: Vec<String>,
    pub around: Around<'a>,
    pub quoted: bool,
    /// None of the words is one that news is full of.
    pub rare: bool,
    /// When the text was written, where it is known.
    pub written: Option<Date>,
}

/// What stands around a run of words, folded when it is asked for: most runs are told without.
#[derive(Default)]
pub(super) struct Around<'a> {
    place: Option<(Source<'a>, Range<usize>)>,
    last: OnceCell<Option<String>>,
    before: OnceCell<Vec<String>>,
    next: OnceCell<Option<String>>,
    behind: OnceCell<Vec<String>>,
}

impl Around<'_> {
    /// Words before and behind that are looked at.
    const LOOK: usize = 4;

    /// The word right before; none at the start of the text.
    pub fn last(&self) -> Option<&str> {
        let last = || {
            let (source, range) = self.place.as_ref()?;
            Some(folded(*source, range.start.checked_sub(1)?))
        };
        self.last.get_or_init(last).as_deref()
    }

    /// The words before, the nearest first; fewer at the start of the text.
    pub fn before(&self) -> &[String] {
        self.before.get_or_init(|| {
            let Some((source, range)) = &self.place else {
                return Vec::new();
            };
            let before = range.start.saturating_sub(Self::LOOK)..range.start;
            before.rev().map(|at| folded(*source, at)).collect()
        })
    }

    /// The word right behind; none at the end of the text.
    pub fn next(&self) -> Option<&str> {
        let next = || {
            let (source, range) = self.place.as_ref()?;
            (range.end < source.words.len()).then(|| folded(*source, range.end))
        };
        self.next.get_or_init(next).as_deref()
    }

    /// The words behind; fewer at the end of the text.
    pub fn behind(&self) -> &[String] {
        self.behind.get_or_init(|| {
            let Some((source, range)) = &self.place else {
                return Vec::new();
            };
            let behind = range.end..source.words.len().min(range.end + Self::LOOK);
            behind.map(|at| folded(*source, at)).collect()
        })
    }
}

pub(super) fn folded(source: Source, at: usize) -> String {
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

    /// Where the words stand.
    pub fn place(&self) -> Option<(Source<'a>, Range<usize>)> {
        self.around.place.clone()
    }

    /// A word as the text has it.
    pub fn as_written(&self, at: usize) -> &str {
        match &self.around.place {
            Some((source, range)) => source.word(range.start + at),
            None => &self.words[at],
        }
    }

    /// True if nothing but a blank stands behind a word.
    pub fn goes_on(&self, at: usize) -> bool {
        let blank = |c: char| c.is_whitespace() || is_invisible(c);
        match &self.around.place {
            Some((source, range)) => source
                .behind(range.start + at)
                .of(source.text)
                .chars()
                .all(blank),
            None => true,
        }
    }

    pub fn spelled(&self, at: usize) -> Spelled<'_> {
        Spelled::new(self.as_written(at), &self.words[at])
    }

    pub fn is_number(&self) -> bool {
        self.number().is_some()
    }

    pub fn number(&self) -> Option<Amount> {
        match named_day(&self.words) {
            Some(NamedDay::Week(..)) => None,
            _ => amount(&self.words)
                .or_else(|| ordinal(&self.words))
                .or_else(|| amount(&[self.parted()?]))
                .or_else(|| amount(&self.apart()?)),
        }
    }

    /// The words, what is joined to digits taken from them: `137مليون` is two, and `ب209` is 209. `None` if there is no such
    /// word.
    fn apart(&self) -> Option<Vec<&str>> {
        const PARTICLES: &[&str] = &["و", "ف", "ب", "ل", "ك", "وب", "ول", "وك"];
        if !self.has_digits() {
            return None;
        }
        let digit = |c: char| c.is_ascii_digit();
        let (mut parts, mut is_apart) = (Vec::new(), false);
        for word in &self.words {
            let front = word.find(digit).unwrap_or(0);
            let end = word.rfind(digit).map_or(word.len(), |last| last + 1);
            let (before, number, behind) = (&word[..front], &word[front..end], &word[end..]);
            let is_particle = parts.is_empty() && PARTICLES.contains(&before);
            if !before.is_empty() && !is_particle {
                return None;
            }
            is_apart |= !before.is_empty() || !behind.is_empty();
            parts.push(number);
            parts.extend(Some(behind).filter(|behind| !behind.is_empty()));
        }
        is_apart.then_some(parts)
    }

    pub fn has_digits(&self) -> bool {
        let digit = |word: &String| word.bytes().any(|c| c.is_ascii_digit());
        self.words.iter().any(digit)
    }

    /// A number of square or cubic metres, and which, as they are written shortest: `76.000 م2`, `1500 متر مربع`.
    pub fn measure(&self) -> Option<(Amount, &'static str)> {
        const WRITTEN: [(&str, &[&str]); 3] = [
            ("م2", &["م2", "ممربع", "مترمربع", "مترامربعا", "امتارمربعه"]),
            ("م3", &["م3", "ممكعب", "مترمكعب", "مترامكعبا", "امتارمكعبه"]),
            ("كم2", &["كم2", "كممربع", "كيلومترمربع", "كيلومترامربعا"]),
        ];
        let (first, rest) = self.words.split_first()?;
        if !first.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let end = first.find(|c: char| !matches!(c, '0'..='9' | '.' | ','));
        let (digits, joined) = first.split_at(end.unwrap_or(first.len()));
        let mut unit = joined.to_owned();
        // Thousands and millions stand between.
        let scaled = rest
            .iter()
            .take_while(|word| joined.is_empty() && amount(&[word]).is_some());
        let (scale, behind) = rest.split_at(scaled.count());
        behind.iter().for_each(|word| unit.push_str(word));
        let (short, _) = WRITTEN
            .iter()
            .find(|(_, all)| all.contains(&unit.as_str()))?;
        let number: Vec<&str> = std::iter::once(digits)
            .chain(scale.iter().map(String::as_str))
            .collect();
        Some((amount(&number)?, short))
    }

    /// The number that the words write behind a particle that is joined to the first.
    pub fn number_behind(&self, particle: char) -> Option<Amount> {
        let (first, rest) = self.words.split_first()?;
        let rest = rest.iter().map(String::as_str);
        let words = std::iter::once(first.strip_prefix(particle)?).chain(rest);
        amount(&words.collect::<Vec<_>>())
    }

    /// True if the same words stand here, but for particles and blanks at digits.
    pub fn is_same_figure(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }

    fn parts(&self) -> Vec<&str> {
        let words = || self.words.iter().map(String::as_str).collect();
        self.apart().unwrap_or_else(words)
    }

    /// A number that is cut by the comma of Arabic text, or by blanks into thousands: `3،5`, `1 250`.
    fn parted(&self) -> Option<String> {
        let (source, range) = self.around.place.as_ref()?;
        let digits = |word: &String| word.bytes().all(|c| c.is_ascii_digit());
        if range.len() < 2 || !self.words.iter().all(digits) {
            return None;
        }
        let mut gaps = range
            .clone()
            .skip(1)
            .map(|at| source.behind(at - 1).of(source.text));
        let is_cut = gaps.clone().all(|gap| gap == "،")
            || gaps.all(|gap| matches!(gap, " " | "\u{A0}" | "\u{202F}"))
                && self.words.iter().skip(1).all(|word| word.len() == 3);
        is_cut.then(|| self.words.join(","))
    }

    /// Digits that make no number of their own, as a date in figures.
    pub fn is_figures(&self) -> bool {
        let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        matches!(&self.words[..], [only] if only.chars().all(figure))
    }

    /// Figures that a mark makes one thing: `12/5/2030`, `3-1`.
    pub fn figures(&self) -> Option<Vec<u32>> {
        if !self.words.iter().all(|word| is_figure(word)) {
            return None;
        }
        let (source, range) = self.place()?;
        figures(source, &range)
    }

    /// How many words at the front go on with a number that the word before has begun.
    pub fn completes_number(&self) -> usize {
        let Some(begun) = self.around.last().filter(|word| begins_number(word)) else {
            return 0;
        };
        let goes_on = |count: &usize| reads_number(&self.with(begun, *count));
        (1..=self.words.len())
            .take_while(goes_on)
            .last()
            .unwrap_or(0)
    }

    /// The number that the word before begins and these words end.
    pub fn completed_number(&self) -> Option<Amount> {
        let begun = self.around.last().filter(|word| number(word).is_some())?;
        amount(&self.with(begun, self.words.len()))
    }

    /// The number that these words begin and the word behind ends: `أحد عشر`.
    pub fn begun_number(&self) -> Option<Amount> {
        let words = self.words.iter().map(String::as_str);
        amount(&words.chain(self.around.next()).collect::<Vec<_>>())
    }

    /// True if the word behind, by a conjunction, goes on with a number that this one opens: `خمسة` of `خمسة وعشرين`.
    pub fn opens_number(&self) -> bool {
        let [only] = &self.words[..] else {
            return false;
        };
        begins_number(only)
            && self
                .around
                .next()
                .is_some_and(|next| next.starts_with('و') && reads_number(&[only, next]))
    }

    /// So many words at the front, behind another.
    fn with<'w>(&'w self, before: &'w str, count: usize) -> Vec<&'w str> {
        let words = self.words.iter().take(count).map(String::as_str);
        std::iter::once(before).chain(words).collect()
    }

    /// The words from `from` on that write one number.
    pub fn number_from(&self, from: usize) -> Range<usize> {
        let goes_on = |end: &usize| amount(&self.words[from..*end]).is_some();
        let ends = (from + 2..=self.words.len()).take_while(goes_on);
        from..ends.last().unwrap_or(from + 1)
    }

    /// The words from `from` on that name one place in a row, and which.
    pub fn ordinal_from(&self, from: usize) -> Option<(Range<usize>, Amount)> {
        let ends = [from + 2, from + 1].into_iter();
        ends.filter(|end| *end <= self.words.len())
            .find_map(|end| Some((from..end, ordinal(&self.words[from..end])?)))
    }

    /// True if a word ends what the one before it begins to count: `عشرة` of `الرابعة عشرة`.
    pub fn ends_ordinal(&self, at: usize) -> bool {
        at > 0 && ordinal(&self.words[at - 1..=at]).is_some()
    }

    /// True if the words name a day together with the one that stands beside them: `امس` and `الاول`.
    pub fn is_part_of_day(&self) -> bool {
        /// Words of the longest such part.
        const LONGEST: usize = 3;
        let relative = |words: &[&str]| matches!(named_day(words), Some(NamedDay::Away(_)));
        let beside = |word: &&str| self.words.len() <= LONGEST && relative(&[word]);
        let words: Vec<&str> = self
            .words
            .iter()
            .map(String::as_str)
            .take(LONGEST)
            .collect();
        let goes_on = |before: &str| relative(&[&[before], &words[..]].concat());
        let begins = |behind: &str| {
            // Another part of the day is more than its name.
            (words.len() > 1 || matches!(words[..], ["يوم" | "اول"]))
                && relative(&[&words[..], &[behind]].concat())
        };
        self.around.last().filter(beside).is_some_and(goes_on)
            || self.around.next().filter(beside).is_some_and(begins)
    }
}

/// True if a number or a place in a row begins with this word.
fn begins_number(word: &str) -> bool {
    number(word).is_some() || ordinal(&[word]).is_some()
}

fn reads_number(words: &[&str]) -> bool {
    amount(words).is_some() || ordinal(words).is_some()
}

/// The words of the number that the one at this position is part of, folded, and where it begins.
pub(super) fn number_around(source: Source, at: usize) -> (Vec<String>, usize) {
    let blank = |c: char| c.is_whitespace() || is_invisible(c);
    let goes_on = |at: usize| source.behind(at).of(source.text).chars().all(blank);
    let mut words = vec![folded(source, at)];
    for next in at + 1..source.words.len() {
        words.push(folded(source, next));
        if !goes_on(next - 1) || amount(&words).is_none() {
            words.pop();
            break;
        }
    }
    let mut start = at;
    while start > 0 && goes_on(start - 1) {
        words.insert(0, folded(source, start - 1));
        if amount(&words).is_none() {
            words.remove(0);
            break;
        }
        start -= 1;
    }
    (words, start)
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

#[cfg(test)]
impl Phrase<'static> {
    /// Folded words behind others, at the end of a text.
    pub fn bare(words: &str, before: &str) -> Self {
        let before: Vec<String> = before.split(' ').rev().map(str::to_owned).collect();
        Self {
            words: words.split(' ').map(str::to_owned).collect(),
            around: Around {
                place: None,
                last: OnceCell::from(before.first().cloned()),
                before: OnceCell::from(before),
                next: OnceCell::from(None),
                behind: OnceCell::from(Vec::new()),
            },
            quoted: false,
            rare: true,
            written: None,
        }
    }
}
