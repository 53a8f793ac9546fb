//! Direction by content: which way a text runs, decided once for the whole of it.
//!
//! First-strong per paragraph is wrong for news: «CNN: …» inside an Arabic article stays right to left.

use unicode_bidi::{BidiClass, bidi_class};

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
    /// True where `text` is to run right to left. A text without letters runs left to right.
    pub fn is_rtl(self, text: &str) -> bool {
        match self {
            Self::Rtl => true,
            Self::Ltr => false,
            Self::Auto => mostly_rtl(text),
        }
    }
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
}
