//! Verses of the Quran and sayings of the Prophet that a text quotes. Many texts quote the same ones, and share
//! nothing by that: they belong to a passage that runs over them, and never speak for one.
//!
//! Known by their form alone: ornate or curly brackets, or what is quoted behind `قال تعالى` and its like. What a
//! text weaves into its own sentences is not known.

use std::ops::Range;

use crate::article::Span;
use crate::text::fold_word;

/// Bytes of the longest quotation that is believed; a bracket that is never closed must not swallow a text.
const LONGEST: usize = 1600;
/// Bytes between the words that open a quotation and its mark.
const OPENING: usize = 90;

/// Positions in `places`, where the words stand, of what `body` of `text` quotes; in order, no two overlap.
pub(super) fn quoted(text: &str, body: Span, places: &[Span]) -> Vec<Range<u32>> {
    let part = body.of(text);
    if !HINTS.iter().any(|hint| part.contains(hint)) {
        return Vec::new();
    }
    let mut found = bracketed(part);
    let mut words = Folded {
        text,
        places,
        buffer: String::new(),
    };
    for (at, place) in places.iter().enumerate() {
        if may_be_cue(place.of(text)) && is_cue(&mut words, at) {
            found.extend(opened(part, (place.end - body.start) as usize));
        }
    }
    found.sort_by_key(|range| (range.start, range.end));
    let position = |byte: usize| {
        places.partition_point(|place| ((place.start - body.start) as usize) < byte) as u32
    };
    let mut out: Vec<Range<u32>> = Vec::new();
    for range in found {
        let range = position(range.start)..position(range.end);
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ if range.is_empty() => {}
            _ => out.push(range),
        }
    }
    out
}

/// Without any of these, in the spellings that are used, a text quotes nothing that would be known here.
const HINTS: &[&str] = &[
    "تعالى",
    "تعالي",
    "سبحانه",
    "عز وجل",
    "عليه وسل",
    "الصلاة والسلام",
    "ﷺ",
    "{",
    "﴿",
    "﴾",
];

/// Words of saying, folded, without what may be joined before them.
const SAYS: &[&str] = &[
    "قال",
    "قول",
    "قوله",
    "يقول",
    "قاءلا",
    "القاءل",
    "كتابه",
    "الايه",
    "حديث",
    "الحديث",
];

/// The words of a text, folded when they are asked for: a book has too many to keep them all.
struct Folded<'a> {
    text: &'a str,
    places: &'a [Span],
    buffer: String,
}

impl Folded<'_> {
    /// Empty where there is no such word.
    fn word(&mut self, at: Option<usize>) -> &str {
        self.buffer.clear();
        if let Some(place) = at.and_then(|at| self.places.get(at)) {
            fold_word(place.of(self.text), &mut self.buffer);
        }
        &self.buffer
    }
}

/// False for most words that [`is_cue`] is false for, by their first letter.
fn may_be_cue(word: &str) -> bool {
    match word.chars().next() {
        Some('ت' | 'س' | 'و' | 'ؤ') => true,
        Some(other) => !matches!(other, 'ء'..='ي' | '\0'..='\x7f'),
        None => false,
    }
}

/// True if the word at `at` ends the naming of God or the Prophet by whoever is about to quote.
fn is_cue(words: &mut Folded, at: usize) -> bool {
    const NEAR: usize = 5;
    const FAR: usize = 9;
    // What has to stand before the word, and how far off the saying may be.
    let (before, far) = match words.word(Some(at)) {
        "تعالي" | "سبحانه" | "وتعالي" => (None, NEAR),
        "وجل" => (Some("عز"), NEAR),
        "وعلا" => (Some("جل"), NEAR),
        "وسلم" => (Some("عليه"), FAR),
        "والسلام" => (Some("الصلاه"), FAR),
        _ => return false,
    };
    if before.is_some_and(|before| words.word(at.checked_sub(1)) != before) {
        return false;
    }
    (at.saturating_sub(far)..at + 3).any(|near| {
        let word = words.word(Some(near));
        SAYS.contains(&word) || SAYS.contains(&word.trim_start_matches(['و', 'ف', 'ب', 'ل']))
    })
}

/// What ornate and curly brackets hold; they are often set the wrong way round.
fn bracketed(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for pair in [['﴿', '﴾'], ['{', '}']] {
        // Most texts have none, which is told sooner of one mark than of two.
        if !pair.iter().any(|mark| text.contains(*mark)) {
            continue;
        }
        let mut open: Option<usize> = None;
        for (at, mark) in text.match_indices(pair) {
            match open {
                Some(from) if at - from <= LONGEST => {
                    found.push(from..at);
                    open = None;
                }
                _ => open = Some(at + mark.len()),
            }
        }
    }
    found
}

/// The quotation that begins a little behind `from`, if one does.
fn opened(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let near = rest.char_indices().take_while(|(at, _)| *at < OPENING);
    let (mut at, mut mark) = near
        .take_while(|(_, c)| !matches!(c, '.' | '\n' | '؟' | '!' | '»' | '”'))
        .find(|(_, c)| *c == ':' || closing(*c).is_some())?;
    if mark == ':' {
        let behind = rest[at + 1..].trim_start();
        at = rest.len() - behind.len();
        mark = behind.chars().next()?;
    }
    let start = from + at;
    // What is longer is none: a mark that nothing closes is not sought to the end of the text.
    let most = (start + LONGEST + 4).min(text.len());
    let inside = text.get(start..text.floor_char_boundary(most))?;
    let end = match closing(mark) {
        Some(close) => {
            let first = inside.chars().take_while(|c| *c == mark).count() * mark.len_utf8();
            inside[first..].find(close).map(|end| first + end)
        }
        None => None,
    };
    let end = end
        .filter(|end| *end <= LONGEST)
        .or_else(|| inside.find(['.', '\n', '؟']))
        .filter(|end| *end <= LONGEST)?;
    Some(start..start + end)
}

/// What closes a quotation that this opens.
fn closing(mark: char) -> Option<char> {
    Some(match mark {
        '«' => '»',
        '“' => '”',
        '"' => '"',
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '﴿' => '﴾',
        '﴾' => '﴿',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn find(text: &str) -> Vec<String> {
        let places: Vec<Span> = crate::text::words(text)
            .map(|word| Span::new(word.start, word.end))
            .collect();
        quoted(text, Span::new(0, text.len()), &places)
            .into_iter()
            .map(|range| {
                let words = &places[range.start as usize..range.end as usize];
                text[words[0].start as usize..words[words.len() - 1].end as usize].to_owned()
            })
            .collect()
    }

    #[test]
    fn what_is_quoted_behind_its_opening_words_is_found() {
        let verse = "قل هو الله أحد الله الصمد";
        for text in [
            format!("واستشهد بقوله تعالى: «{verse}» ثم عاد إلى البستان"),
            format!("قال الله تعالى في محكم التنزيل ({verse}) ثم عاد إلى البستان"),
            format!("قال تعالى: {verse}.\nثم عاد إلى البستان"),
            format!("ثم قرأ {{{verse}}} وعاد إلى البستان"),
            format!("ثم قرأ ﴾{verse}﴿ وعاد إلى البستان"),
            format!("وقال رسول الله صلى الله عليه وسلم: \"{verse}\" ثم عاد"),
            format!("عن النبي صلى الله عليه وسلم أنه قال: \"{verse}\" ثم عاد"),
        ] {
            assert_eq!(find(&text), [verse], "{text}");
        }
    }

    #[test]
    fn other_speech_is_not() {
        for text in [
            "قال حارس البستان: «أغلقت الباب قبل الغروب»",
            "وشكر الله تعالى على سلامة القافلة",
            "بعون الله تعالى وصل الوزير، وقال للحاضرين إن الطريق (الساحلي) مغلق",
            "ثم قرأ { ولم يغلق أحد القوس",
        ] {
            assert_eq!(find(text), Vec::<String>::new(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_cue_is_passed_over(word in "(تعالى|تعالي|ﺗﻌﺎﻟﻰ|سبحانه|وتعالى|وتعالي|وجل|وعلا|وسلم|والسلام|[ا-يؤ]{1,4})") {
            let text = format!("قال عز جل عليه الصلاة {word}");
            let places: Vec<Span> = crate::text::words(&text).map(|word| Span::new(word.start, word.end)).collect();
            let mut words = Folded { text: &text, places: &places, buffer: String::new() };
            for (at, place) in places.iter().enumerate() {
                prop_assert!(may_be_cue(place.of(&text)) || !is_cue(&mut words, at));
            }
        }

        #[test]
        fn ranges_ascend_and_lie_in_the_text(text in "(قال |تعالى|: |[{}﴿﴾«»\"().\n]|صلى الله عليه وسلم|كلمة |اسم ){0,40}") {
            let places: Vec<Span> = crate::text::words(&text).map(|word| Span::new(word.start, word.end)).collect();
            let mut from = 0;
            for range in quoted(&text, Span::new(0, text.len()), &places) {
                prop_assert!(from <= range.start && range.start < range.end);
                prop_assert!(range.end as usize <= places.len());
                from = range.end;
            }
        }
    }
}
