//! Which words of the folder are forms of a word that was typed: with attached conjunction, preposition
//! and article, pronoun, dual and plural.
//!
//! This is light stemming as Larkey, Ballesteros and Connell describe it (light10, SIGIR 2002), turned
//! round: instead of cutting every word of the index down to a stem, the forms that the typed word can
//! take are looked up among the words that the folder really has. So nothing is cut that no other word
//! bears out (`لبنان` is no dual of `لبن`), the index keeps exact words only, and a query can still ask
//! for just what was typed. Plurals that change the word inside come from a list.

use std::collections::BTreeSet;

use super::plurals::partners;

/// What may stand before a word, written together with it. Folded.
const BEFORE: &[&str] = &[
    "", "و", "ف", "ال", "وال", "فال", "ب", "ل", "ك", "بال", "كال", "لل", "وب", "ول", "وك", "فب",
    "فل", "وبال", "ولل", "وكال", "فبال", "فلل",
];

/// What may stand behind a word that does not end in ta marbuta. Not `ي`: in news it nearly always makes an
/// adjective, which is another word (`نهر`, `نهري`).
const BEHIND: &[&str] = &[
    "", "ه", "ها", "هم", "هن", "هما", "ك", "كم", "نا", "ا", "ان", "ين", "ون", "ات", "اته", "اتها",
    "اتهم", "اتنا", "وا", "ت",
];

/// What may stand in place of a ta marbuta.
const FOR_TA_MARBUTA: &[&str] = &[
    "ه", "ات", "ته", "تها", "تهم", "تهن", "تنا", "تي", "تك", "تكم", "تان", "تين", "اته", "اتها",
    "اتهم", "اتنا",
];

/// Shorter words are particles: they take what stands before, and nothing behind.
const SHORTEST_STEM: usize = 3;

/// The words of the folder that are forms of `word`, and the word itself. Both folded; in order.
///
/// `frequency` says in how many articles a word stands.
pub fn forms(word: &str, frequency: impl Fn(&str) -> u64) -> BTreeSet<String> {
    let mut found = BTreeSet::from([word.to_owned()]);
    if word.chars().any(|c| c.is_ascii_alphanumeric()) {
        return found;
    }
    let mut bases = bases(word, &frequency);
    for base in bases.clone() {
        bases.extend(partners(&base).map(str::to_owned));
    }
    let mut add = |candidate: String| {
        if frequency(&candidate) > 0 {
            found.insert(candidate);
        }
    };
    for base in &bases {
        let (stem, endings) = match base.strip_suffix('ه') {
            Some(stem) if letters(stem) >= SHORTEST_STEM - 1 => (stem, FOR_TA_MARBUTA),
            _ if letters(base) >= SHORTEST_STEM => (base.as_str(), BEHIND),
            _ => (base.as_str(), &[""][..]),
        };
        for ending in endings {
            let body = format!("{stem}{ending}");
            for before in BEFORE {
                add(format!("{before}{body}"));
                // للّجنة is written with two lams, not three.
                if before.ends_with("لل")
                    && let Some(rest) = body.strip_prefix('ل')
                {
                    add(format!("{before}{rest}"));
                }
            }
        }
    }
    found
}

/// What stands before a word can be left off without another word coming out: the unfinished words that
/// begin so. For a word that is still being typed.
pub fn beginnings(unfinished: &str) -> impl Iterator<Item = String> {
    let bare = unfinished
        .strip_prefix("ال")
        .filter(|rest| letters(rest) >= 2)
        .unwrap_or(unfinished)
        .to_owned();
    // One letter may be the beginning of anything.
    let attached: &[&str] = if letters(&bare) >= 2 { BEFORE } else { &[""] };
    let own = (bare != unfinished).then(|| unfinished.to_owned());
    own.into_iter()
        .chain(attached.iter().map(move |before| format!("{before}{bare}")))
}

fn letters(word: &str) -> usize {
    word.chars().count()
}

/// The plain words that `word` may be a form of.
fn bases(word: &str, frequency: &impl Fn(&str) -> u64) -> BTreeSet<String> {
    let bare = without_before(word, frequency);
    let mut bases = BTreeSet::from([bare.clone()]);
    // An ending is one only if the folder has the word without it, and not just by accident.
    let own = frequency(&bare).max(1);
    let known = |stem: &str| letters(stem) >= SHORTEST_STEM && frequency(stem) * 4 >= own;
    let with_article = |stem: &str| {
        known(stem) || letters(stem) >= SHORTEST_STEM && frequency(&format!("ال{stem}")) * 4 >= own
    };
    for ending in BEHIND.iter().filter(|ending| !ending.is_empty()) {
        // Verbs and adverbs end so as well; as a base they bring in too much.
        if matches!(*ending, "ت" | "ك") {
            continue;
        }
        if let Some(stem) = bare.strip_suffix(ending)
            && (known(stem) || matches!(*ending, "ات" | "ين" | "ون") && with_article(stem))
        {
            // `جمعة` is no `جمع` of his: ta marbuta is far more common than the pronoun.
            if *ending != "ه" || frequency(stem) >= own * 2 {
                bases.insert(stem.to_owned());
            }
        }
    }
    for ending in FOR_TA_MARBUTA.iter().filter(|ending| **ending != "ه") {
        if let Some(stem) = bare.strip_suffix(ending) {
            let base = format!("{stem}ه");
            if letters(stem) + 1 >= SHORTEST_STEM && with_article(&base) {
                bases.insert(base);
            }
        }
    }
    bases
}

/// A word without what is attached before it, where the folder bears that out.
fn without_before(word: &str, frequency: &impl Fn(&str) -> u64) -> String {
    let mut known: Vec<&&str> = BEFORE.iter().filter(|before| !before.is_empty()).collect();
    known.sort_by_key(|before| std::cmp::Reverse(before.len()));
    for before in known {
        let Some(rest) = word
            .strip_prefix(*before)
            .filter(|rest| letters(rest) >= SHORTEST_STEM)
        else {
            continue;
        };
        // The article is hardly ever anything else; a single letter nearly always is part of the word,
        // unless the rest is the more common word.
        let is_attached = match *before {
            "ال" => true,
            article if article.ends_with("ال") || article.ends_with("لل") => {
                frequency(rest) + frequency(&format!("ال{rest}")) >= frequency(word)
            }
            _ => frequency(rest) + frequency(&format!("ال{rest}")) > frequency(word),
        };
        if is_attached {
            // `والبيان` has been read; `وبيان` goes on to `بيان`, and `بيان` must not go on to `يان`.
            return rest.to_owned();
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str, folder: &[(&str, u64)]) -> Vec<String> {
        let frequency = |word: &str| {
            folder
                .iter()
                .find(|(known, _)| *known == word)
                .map_or(0, |(_, count)| *count)
        };
        forms(word, frequency).into_iter().collect()
    }

    #[test]
    fn attached_words_and_endings_are_forms() {
        let folder = [
            ("قرار", 9),
            ("القرار", 9),
            ("وبالقرار", 1),
            ("للقرار", 1),
            ("قرارات", 4),
            ("قراره", 2),
            ("قرارها", 2),
            ("فرار", 3),
            ("استقرار", 3),
        ];
        let expected = [
            "القرار",
            "قرار",
            "قرارات",
            "قراره",
            "قرارها",
            "للقرار",
            "وبالقرار",
        ];
        assert_eq!(of("قرار", &folder), expected);
        assert_eq!(of("القرار", &folder), expected);
        assert_eq!(of("القرارات", &folder).len(), 8);
        assert_eq!(of("وبالقرار", &folder), expected);
    }

    #[test]
    fn nothing_is_cut_that_the_folder_does_not_bear_out() {
        let folder = [
            ("لبنان", 90),
            ("لبن", 2),
            ("ولبنان", 8),
            ("بيان", 40),
            ("يان", 1),
            ("بيانات", 5),
            ("جمعه", 30),
            ("جمع", 12),
        ];
        assert_eq!(of("لبنان", &folder), ["لبنان", "ولبنان"]);
        assert_eq!(of("ولبنان", &folder), ["لبنان", "ولبنان"]);
        assert_eq!(of("بيان", &folder), ["بيان", "بيانات"]);
        assert_eq!(of("جمعه", &folder), ["جمعه"]);
    }

    #[test]
    fn ta_marbuta_opens_before_an_ending() {
        let folder = [
            ("حكومه", 50),
            ("الحكومه", 60),
            ("حكومتها", 4),
            ("حكومات", 7),
            ("لحكومته", 1),
            ("للحكومه", 2),
        ];
        for typed in ["حكومه", "الحكومه", "حكومات", "حكومتها"] {
            assert_eq!(of(typed, &folder).len(), 6, "{typed}");
        }
        let folder = [("لجنه", 5), ("اللجنه", 9), ("للجنه", 2), ("لجان", 3)];
        assert_eq!(of("لجنه", &folder), ["اللجنه", "لجان", "لجنه", "للجنه"]);
    }

    #[test]
    fn plurals_that_change_inside_are_known() {
        let folder = [("وزير", 9), ("وزراء", 4), ("الوزراء", 5), ("للوزراء", 1)];
        assert_eq!(of("وزير", &folder), ["الوزراء", "للوزراء", "وزراء", "وزير"]);
        assert_eq!(
            of("الوزراء", &folder),
            ["الوزراء", "للوزراء", "وزراء", "وزير"]
        );
    }

    #[test]
    fn unfinished_words_are_sought_behind_what_is_attached() {
        let all: Vec<String> = beginnings("المين").collect();
        assert!(all.contains(&"المين".to_owned()) && all.contains(&"بالمين".to_owned()));
        assert_eq!(beginnings("م").collect::<Vec<_>>(), ["م"]);
    }
}
