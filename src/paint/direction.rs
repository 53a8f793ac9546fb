//! Direction by content: which way a text runs, decided once for the whole of it.
//!
//! First-strong per paragraph is wrong for news: «CNN: …» inside an Arabic article stays right to left.

use unicode_bidi::{BidiClass, bidi_class};

use super::source::is_invisible;

/// Which way a text runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// By what the text holds: right to left where most of its letters are.
    #[default]
    Auto,
    Rtl,
    Ltr,
}

/// Letters looked at before deciding; an article's direction is clear long before that.
const ENOUGH: usize = 4_000;

impl Direction {
    pub const ALL: [Self; 3] = [Self::Auto, Self::Rtl, Self::Ltr];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "Direction by content",
            Self::Rtl => "Right to left",
            Self::Ltr => "Left to right",
        }
    }

    /// True where `text` is to run right to left. A text without letters runs left to right.
    pub fn is_rtl(self, text: &str) -> bool {
        match self {
            Self::Rtl => true,
            Self::Ltr => false,
            Self::Auto => mostly_rtl(text),
        }
    }
}

/// Which way a paragraph of a text runs whose own direction is `rtl`: the same way, but for sentences
/// and addresses that hold no letter of the text's direction, such as a quotation left in its language.
///
/// A number, a bullet or a single name in front doesn't turn a paragraph.
pub(super) fn of_paragraph(paragraph: &str, rtl: bool) -> bool {
    const OPENING: [char; 7] = ['"', '\'', '“', '‘', '«', '(', '['];
    let begins = paragraph
        .trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c))
        .trim_start_matches(OPENING);
    let is_own = |c: char| match bidi_class(c) {
        BidiClass::R | BidiClass::AL => rtl,
        BidiClass::L => !rtl,
        _ => false,
    };
    let words = begins.split_whitespace().take(2).count();
    let against = begins.starts_with(char::is_alphabetic)
        && (words > 1 || begins.contains("://"))
        && !begins.chars().any(is_own);
    rtl != against
}

fn mostly_rtl(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let (mut rtl, mut ltr, mut first) = (0_usize, 0_usize, None);
    for c in text.chars() {
        match bidi_class(c) {
            BidiClass::R | BidiClass::AL => {
                rtl += 1;
                first.get_or_insert(true);
            }
            BidiClass::L => {
                ltr += 1;
                first.get_or_insert(false);
            }
            _ => continue,
        }
        if rtl + ltr >= ENOUGH {
            break;
        }
    }
    // Arabic writes no short vowels, so the same sentence has fewer letters than its Latin twin.
    rtl * 4 > ltr * 3 || (rtl * 4 == ltr * 3 && first == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_by_the_letters_of_the_whole() {
        let auto = |text| Direction::Auto.is_rtl(text);
        assert!(auto("الأخبار"));
        assert!(auto("RTX: قالت الوكالة في بيان لها"));
        assert!(auto("2031-05-09 نشرة الصباح"));
        assert!(!auto("12 passages shared with النهر"));
        assert!(!auto("2031-05-09"));
        assert!(!auto(""));
        assert!(Direction::Rtl.is_rtl("2031-05-09"));
        assert!(!Direction::Ltr.is_rtl("الأخبار"));
    }

    #[test]
    fn only_a_whole_sentence_of_other_letters_runs_against_its_text() {
        let in_arabic = |text| of_paragraph(text, true);
        for kept in [
            "RTX: قالت الوكالة",
            "RTX",
            "(RTX)",
            "2031-05-09",
            "- North River",
            "1. North River",
            "12 May 2031",
            "",
            " ",
        ] {
            assert!(in_arabic(kept), "{kept}");
        }
        for turned in [
            "“We saw the river rise,” she said.",
            "https://nahr.example/a/",
            " North River Shipping Ltd.",
        ] {
            assert!(!in_arabic(turned), "{turned}");
        }
        assert!(of_paragraph("قالت الوكالة إنها رأت ذلك.", false));
        assert!(!of_paragraph("The word نهر means river.", false));
    }
}
