//! Maps spellings that mean the same to one form. For comparison only; never shown to a person.
//!
//! What is lost: diacritics, tatweel, zero-width marks and bidi controls, the seat of a hamza, the shape
//! of alef, ya and ta marbuta, Persian letter forms, presentation forms and ligatures, the script of a
//! digit, the shape of a quotation mark or dash, the case and accents of Latin letters. What is kept:
//! every letter that makes another word, spaces, and the order of things.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::turned::turned;

/// A folded text that knows where each of its parts stood in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each folded byte, the source byte at which the character it came from starts. Ascending.
    starts: Vec<u32>,
    source_len: u32,
}

impl Folded {
    /// The folded text. Searching it for a folded needle finds every spelling of the needle.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source bytes that `folded` (bytes of [`Folded::text`]) came from, widened to whole source
    /// characters and the marks on them. An empty range gives an empty range.
    pub fn source(&self, folded: Range<usize>) -> Range<usize> {
        let at = |byte: usize| {
            self.starts
                .get(byte)
                .map_or(self.source_len, |start| *start)
        };
        let start = at(folded.start);
        if folded.is_empty() {
            return start as usize..start as usize;
        }
        // A ligature folds to several letters with one start: its end is the next different start.
        let last = at(folded.end - 1);
        let mut end = folded.end;
        while end < self.starts.len() && self.starts[end] == last {
            end += 1;
        }
        start as usize..at(end) as usize
    }
}

/// Folds a whole text. Folding twice gives the same as folding once.
///
/// Texts above 4 GiB are not meant for it: positions are kept in 32 bits.
pub fn fold(text: &str) -> Folded {
    let mut folded = String::with_capacity(text.len());
    let mut starts = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        push_folded(c, &mut folded);
        // A combining hamza may rewrite the letter before it to one of the same length.
        starts.resize(folded.len(), at as u32);
    }
    Folded {
        text: folded,
        starts,
        source_len: text.len() as u32,
    }
}

/// Folds one word (or any short text) into `out`, which is cleared first, without positions, and with the parts of a
/// number as they are read.
pub fn fold_word(word: &str, out: &mut String) {
    out.clear();
    out.reserve(word.len());
    for c in word.chars() {
        push_folded(c, out);
    }
    if let Some(turned) = turned_number(word, out) {
        fold_word(&turned, out);
    }
}

/// The same word, if it folds to a number whose parts are read in another order.
fn turned_number(word: &str, folded: &str) -> Option<String> {
    let is_number = folded.as_bytes().last().is_some_and(u8::is_ascii_digit);
    is_number.then(|| turned(word))?
}

/// Which differences of spelling are folded away. [`fold_word`] and [`fold`] take all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Spellings {
    /// The seat of a hamza, and alef with one or without: `أحمد / احمد`, `مسؤول / مسئول`.
    pub hamza: bool,
    /// `على / علي`
    pub ya: bool,
    /// `مدرسة / مدرسه`
    pub ta_marbuta: bool,
    /// `كُتِبَ / كتب`
    pub diacritics: bool,
    /// Persian letters, letters of foreign names, presentation forms and ligatures: `کتاب / كتاب`.
    pub letters: bool,
    /// `٨ / 8`
    pub digits: bool,
}

impl Default for Spellings {
    fn default() -> Self {
        Self::ALL
    }
}

impl Spellings {
    pub const ALL: Self = Self {
        hamza: true,
        ya: true,
        ta_marbuta: true,
        diacritics: true,
        letters: true,
        digits: true,
    };

    fn folds(&self, c: char) -> bool {
        match c {
            'أ' | 'إ' | 'آ' | 'ٱ' | 'ؤ' | 'ئ' | 'ء' | '\u{0654}' | '\u{0655}' => self.hamza,
            'ى' => self.ya,
            'ة' => self.ta_marbuta,
            '\u{064B}'..='\u{0653}' | '\u{0670}' => self.diacritics,
            '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => self.digits,
            '\u{0671}'..='\u{06D3}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => {
                self.letters
            }
            _ => true,
        }
    }
}

/// Folds one word like [`fold_word`], but for the differences that are to stay.
pub fn fold_word_by(word: &str, spellings: &Spellings, out: &mut String) {
    out.clear();
    for c in word.chars() {
        if spellings.folds(c) {
            push_folded(c, out);
        } else {
            out.push(c);
        }
    }
    if let Some(turned) = turned_number(word, out) {
        fold_word_by(&turned, spellings, out);
    }
}

/// True for characters without width of their own: joiners, bidi controls, soft hyphen, byte-order mark.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}')
}

/// True for quotation marks of any shape, single ones and the apostrophe included.
pub fn is_quote(c: char) -> bool {
    double_quote(c) || single_quote(c)
}

fn double_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '«' | '»' | '“' | '”' | '„' | '‟' | '″' | '＂' | '〝' | '〞'
    )
}

fn single_quote(c: char) -> bool {
    matches!(
        c,
        '\'' | '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '`' | '´' | '＇'
    )
}

fn push_folded(c: char, out: &mut String) {
    match c {
        // The common letters first: most of an Arabic text leaves here.
        'ل' if out.ends_with("اا") => push_swapped_lam(out),
        'ا' | 'ب' | 'ت'..='غ' | 'ف'..='و' | ' ' | '\n' | '0'..='9' | 'a'..='z' => {
            out.push(simple(c));
        }
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        'ي' | 'ى' => out.push('ي'),
        'ة' => out.push('ه'),
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ؤ' | 'ئ' | 'ء' => out.push('ء'),
        '\u{0640}' | '\u{064B}'..='\u{0653}' => {}
        _ if is_invisible(c) => {}
        _ if double_quote(c) => out.push('"'),
        _ if single_quote(c) => out.push('\''),
        _ if c.is_ascii() => out.push(c),
        _ => {
            for part in std::iter::once(c).nfkd() {
                for lower in part.to_lowercase() {
                    for plain in std::iter::once(lower).nfkd() {
                        push_plain(plain, out);
                    }
                }
            }
        }
    }
}

/// Text taken out of PDFs has lam and alef the wrong way round, as in «األخبار»: no word begins with two alefs,
/// so at a word's beginning, perhaps after a conjunction or preposition, they are put right.
fn push_swapped_lam(out: &mut String) {
    let before = out.trim_end_matches("اا");
    let mut letters = before.chars().rev();
    let begins = match letters.next() {
        Some('و' | 'ف' | 'ب' | 'ك') => letters.next().is_none_or(|c| !c.is_alphabetic()),
        other => other.is_none_or(|c| !c.is_alphabetic()),
    };
    if begins && out.len() == before.len() + "اا".len() {
        out.truncate(before.len() + "ا".len());
        out.push_str("لا");
    } else {
        out.push('ل');
    }
}

/// `c` is fully decomposed and in lower case.
fn push_plain(c: char, out: &mut String) {
    match c {
        // Hamza above or below: on an alef it goes, other seats become the bare hamza.
        '\u{0654}' | '\u{0655}' => {
            if let Some(seat @ ('و' | 'ي')) = out.chars().next_back() {
                out.truncate(out.len() - seat.len_utf8());
                out.push('ء');
            }
        }
        '\u{0640}' => {}
        _ if is_invisible(c) || is_combining_mark(c) => {}
        _ if double_quote(c) => out.push('"'),
        _ if single_quote(c) => out.push('\''),
        _ => out.push(simple(c)),
    }
}

/// One character for one character.
fn simple(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' => 'ا',
        'ؤ' | 'ئ' | 'ٴ' | 'ٶ' | 'ٸ' => 'ء',
        'ى' | 'ی' | 'ې' | 'ے' | 'ۍ' | 'ێ' => 'ي',
        'ة' | 'ۃ' | 'ە' | 'ہ' | 'ھ' | 'ۀ' | 'ۂ' => 'ه',
        'ک' | 'ڪ' | 'ګ' | 'گ' | 'ڭ' => 'ك',
        // Letters that Arabic borrows for foreign names fold to what most outlets print instead.
        'پ' => 'ب',
        'چ' => 'ج',
        'ڤ' => 'ف',
        'ژ' => 'ز',
        'ۆ' | 'ۇ' | 'ۋ' => 'و',
        '\u{0660}'..='\u{0669}' => ascii_digit(c as u32 - 0x0660),
        '\u{06F0}'..='\u{06F9}' => ascii_digit(c as u32 - 0x06F0),
        '،' | '٬' => ',',
        '٫' => '.',
        '؛' => ';',
        '؟' => '?',
        '٪' => '%',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        _ => c,
    }
}

fn ascii_digit(value: u32) -> char {
    char::from(b'0' + value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(word: &str) -> String {
        let mut out = String::new();
        fold_word(word, &mut out);
        out
    }

    #[test]
    fn each_difference_can_stay() {
        let all = Spellings::ALL;
        let meet = |one: &str, other: &str, spellings: &Spellings| {
            let (mut x, mut y) = (String::new(), String::new());
            fold_word_by(one, spellings, &mut x);
            fold_word_by(other, spellings, &mut y);
            x == y
        };
        for (one, other, but) in [
            (
                "أحمد",
                "احمد",
                Spellings {
                    hamza: false,
                    ..all
                },
            ),
            (
                "مسؤول",
                "مسئول",
                Spellings {
                    hamza: false,
                    ..all
                },
            ),
            ("على", "علي", Spellings { ya: false, ..all }),
            (
                "مدرسة",
                "مدرسه",
                Spellings {
                    ta_marbuta: false,
                    ..all
                },
            ),
            (
                "كُتِبَ",
                "كتب",
                Spellings {
                    diacritics: false,
                    ..all
                },
            ),
            (
                "کتاب",
                "كتاب",
                Spellings {
                    letters: false,
                    ..all
                },
            ),
            (
                "ﻻعب",
                "لاعب",
                Spellings {
                    letters: false,
                    ..all
                },
            ),
            (
                "٨",
                "8",
                Spellings {
                    digits: false,
                    ..all
                },
            ),
        ] {
            assert!(meet(one, other, &all), "{one} / {other}");
            assert!(!meet(one, other, &but), "{one} / {other} {but:?}");
            assert!(meet(one, one, &but));
            assert!(
                meet("حــقوق", "حقوق", &but),
                "tatweel never tells words apart"
            );
        }
    }

    proptest! {
        #[test]
        fn folding_by_all_is_folding(word in "\\PC{0,12}") {
            let mut out = String::new();
            fold_word_by(&word, &Spellings::ALL, &mut out);
            prop_assert_eq!(out, folded(&word));
        }
    }

    #[test]
    fn lam_and_alef_that_a_pdf_turned_are_turned_back() {
        for (turned, word) in [
            ("األخبار", "الأخبار"),
            ("واإلعلام", "والإعلام"),
            ("اآلن", "الآن"),
        ] {
            assert_eq!(folded(turned), folded(word), "{turned}");
        }
        for kept in ["ألم", "سؤاال", "اااال"] {
            assert!(folded(kept).ends_with('ل') == kept.ends_with('ل'), "{kept}");
        }
    }

    #[test]
    fn spellings_of_one_word_meet() {
        for (one, other) in [
            ("الأُمَّةُ", "الامه"),
            ("إلى", "الي"),
            ("مسؤول", "مسئول"),
            ("مسو\u{0654}ول", "مسؤول"),
            ("کتابی", "كتابي"),
            ("حــــقوق", "حقوق"),
            ("اﻻنتهاك", "الانتهاك"),
            ("ﷲ", "الله"),
            ("٢٠٢٤", "2024"),
            ("۲۰۲۴", "2024"),
            ("\u{202B}قال\u{202C}", "قال"),
            ("50.\u{200F}940", "940.50"),
            ("Café", "cafe"),
            ("«نعم»", "“نعم”"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} / {other}");
        }
        assert_ne!(folded("سفير"), folded("صفير"));
    }

    #[test]
    fn a_folded_find_comes_back_with_its_marks() {
        let source = "في المَدْرَسَةِ، حيث ﻻ أحد";
        let folded = fold(source);
        let at = folded.text().find("المدرسه").unwrap();
        let range = folded.source(at..at + "المدرسه".len());
        assert_eq!(&source[range], "المَدْرَسَةِ");
        let lam = folded.text().find("لا").unwrap();
        assert_eq!(&source[folded.source(lam..lam + "ل".len())], "ﻻ");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "[\\PCء-ي\u{064B}-\u{0655}٠-٩ﺀ-ﻼ]{0,80}") {
            let once = fold(&text);
            let twice = fold(once.text());
            prop_assert_eq!(twice.text(), once.text());
            prop_assert_eq!(folded(&text), once.text());
        }

        #[test]
        fn folding_arbitrary_unicode_is_stable(text in any::<String>()) {
            let once = fold(&text);
            let twice = fold(once.text());
            prop_assert_eq!(twice.text(), once.text());
        }

        #[test]
        fn every_folded_range_has_a_source(text in "[\\PCء-ي\u{064B}-\u{0655}ﺀ-ﻼﷲ]{0,40}") {
            let folded = fold(&text);
            let cuts: Vec<usize> = folded.text().char_indices().map(|(at, _)| at)
                .chain([folded.text().len()]).collect();
            for pair in cuts.windows(2) {
                let source = folded.source(pair[0]..pair[1]);
                let piece = text.get(source);
                prop_assert!(piece.is_some());
                let again = fold(piece.unwrap());
                prop_assert!(again.text().contains(&folded.text()[pair[0]..pair[1]]));
            }
            let whole = folded.source(0..folded.text().len());
            let again = fold(&text[whole]);
            prop_assert_eq!(again.text(), folded.text());
        }
    }
}
