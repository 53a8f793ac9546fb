//! Number words, alone and joined to one number. Knows nothing of what is counted.

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
        "مءتان" | "مءتين" | "ماءتان" | "ماءتين" => 200,
        "ثلاثمءه" | "ثلاثماءه" => 300,
        "اربعمءه" | "اربعماءه" => 400,
        "خمسمءه" | "خمسماءه" => 500,
        "ستمءه" | "ستماءه" => 600,
        "سبعمءه" | "سبعماءه" => 700,
        "ثمانمءه" | "ثمانماءه" | "ثمانيمءه" => 800,
        "تسعمءه" | "تسعماءه" => 900,
        "الف" | "الاف" => 1_000,
        "الفان" | "الفين" => 2_000,
        "مليون" | "ملايين" => 1_000_000,
        "مليونان" | "مليونين" => 2_000_000,
        "مليار" | "مليارات" => 1_000_000_000,
        _ => return None,
    })
}

/// The value of a run of folded words that write one number: `سبع وعشرين` is 27, `مءتين واربع عشره` 214,
/// `ثلاثه الاف` 3,000, `64` itself. `None` if a word of them is no number.
pub fn number_phrase<S: AsRef<str>>(words: &[S]) -> Option<u64> {
    let (mut sum, mut part) = (0_u64, 0_u64);
    for (at, word) in words.iter().enumerate() {
        let word = word.as_ref();
        let bare = if at > 0 {
            word.strip_prefix('و').unwrap_or(word)
        } else {
            word
        };
        let bare = bare.strip_prefix("ال").unwrap_or(bare);
        let value = match bare {
            "احد" | "احدي" if words.len() > 1 => 1,
            _ => bare
                .parse()
                .ok()
                .or_else(|| number_word(bare))
                .or_else(|| number_word(word))?,
        };
        match value {
            1_000 | 1_000_000 | 1_000_000_000 => {
                sum = sum.checked_add(part.max(1).checked_mul(value)?)?;
                part = 0;
            }
            100 if (3..10).contains(&part) => part *= 100,
            _ => part = part.checked_add(value)?,
        }
    }
    (!words.is_empty()).then_some(sum.checked_add(part)?)
}

/// The place that a folded ordinal names, as hours and floors are counted: `الرابعه` is 4. With its
/// article, up to ten.
pub fn ordinal_word(folded: &str) -> Option<u64> {
    Some(match folded.strip_prefix("ال")? {
        "اولي" | "اول" | "واحده" => 1,
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
            ("سبع وعشرين", Some(27)),
            ("احد عشر", Some(11)),
            ("مءتين واربع عشره", Some(214)),
            ("ثلاثه الاف وخمسمءه", Some(3_500)),
            ("12 الف", Some(12_000)),
            ("64", Some(64)),
            ("ثلاث سفن", None),
            ("99999999999999999999", None),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(number_phrase(&words), value, "{words:?}");
        }
        assert_eq!(number_phrase::<&str>(&[]), None);
        assert_eq!(ordinal_word("الرابعه"), Some(4));
    }
}
