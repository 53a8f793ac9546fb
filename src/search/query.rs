//! What a person typed into the search box, as clauses. Every string is a query; none is an error.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{folded_words, months};
use crate::text;

/// One condition; all of a query's conditions hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    pub exclude: bool,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A bare word, folded; with `prefix` it may be unfinished.
    Word {
        word: String,
        prefix: bool,
    },
    /// Words in a row in exactly this spelling.
    Phrase {
        /// Folded.
        words: Vec<String>,
        /// With the letters as they were typed.
        letters: Vec<String>,
    },
    /// A month's name of two words, folded; the second may be unfinished.
    Month {
        words: [String; 2],
    },
    Outlet {
        words: Vec<String>,
    },
    Days(Days),
    /// A condition that nothing can meet, such as a date that is none.
    Nothing,
}

/// First and last day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub first: Date,
    pub last: Date,
}

/// Quotation marks that open or close a phrase.
const QUOTES: &[char] = &['"', '“', '”', '«', '»'];

/// The query for these words in a row, whatever marks stand between them.
pub fn quoted(words: &str) -> String {
    let words = words.replace(QUOTES, " ");
    let words: Vec<&str> = words.split_whitespace().collect();
    format!("\"{}\"", words.join(" "))
}

pub fn parse(query: &str) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut rest = query.trim_start();
    while !rest.is_empty() {
        let (exclude, body) = match rest.strip_prefix('-') {
            Some(body) => (true, body),
            None => (false, rest),
        };
        let (whats, after) = clause(body);
        clauses.extend(whats.into_iter().map(|what| Clause { exclude, what }));
        rest = after.trim_start();
    }
    join_months(&mut clauses);
    // Only a last bare word can be unfinished, and only while nothing stands behind it. What is left out is what
    // was typed: all that begins like it could be nearly everything.
    let finished = query.ends_with(|c: char| c.is_whitespace());
    let last = clauses.len().saturating_sub(1);
    for (at, clause) in clauses.iter_mut().enumerate() {
        if let What::Word { prefix, .. } = &mut clause.what {
            *prefix = at == last && !finished && !clause.exclude;
        }
    }
    clauses
}

/// Two bare words that name a month together are one clause.
fn join_months(clauses: &mut Vec<Clause>) {
    let mut at = 0;
    while at + 1 < clauses.len() {
        let [one, two] = &clauses[at..at + 2] else {
            return;
        };
        if let (What::Word { word: first, .. }, What::Word { word: second, .. }) =
            (&one.what, &two.what)
            && one.exclude == two.exclude
            && text::month(first, Some(second)).is_some_and(|(_, words)| words == 2)
        {
            let words = [first.clone(), second.clone()];
            let exclude = one.exclude;
            let what = What::Month { words };
            clauses.splice(at..at + 2, [Clause { exclude, what }]);
        }
        at += 1;
    }
}

/// Reads one clause and returns what is left. None where it holds no word; several where what was typed
/// without a space is several words.
fn clause(text: &str) -> (Vec<What>, &str) {
    if let Some(body) = text.strip_prefix(QUOTES) {
        let end = body.find(QUOTES).unwrap_or(body.len());
        let after = body[end..].trim_start_matches(QUOTES);
        return (phrase(&body[..end]).into_iter().collect(), after);
    }
    let (head, after) = split_word(text);
    if let Some(value) = head.strip_prefix("outlet:") {
        // A quoted name may hold spaces.
        if let Some(body) = value.strip_prefix(QUOTES) {
            let from = text.len() - (after.len() + body.len());
            let body = &text[from..];
            let end = body.find(QUOTES).unwrap_or(body.len());
            let words = words(&body[..end]);
            let what = (!words.is_empty()).then_some(What::Outlet { words });
            return (
                what.into_iter().collect(),
                body[end..].trim_start_matches(QUOTES),
            );
        }
        let words = words(value);
        let what = (!words.is_empty()).then_some(What::Outlet { words });
        return (what.into_iter().collect(), after);
    }
    if let Some(value) = head.strip_prefix("date:") {
        let what = (!value.is_empty()).then(|| days(value).map_or(What::Nothing, What::Days));
        return (what.into_iter().collect(), after);
    }
    let bare = |word| What::Word { word, prefix: true };
    (words(head).into_iter().map(bare).collect(), after)
}

fn phrase(text: &str) -> Option<What> {
    let words = words(text);
    let letters = text::words(text).map(|word| text::letters(&text[word]));
    let letters: Vec<String> = letters.filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then_some(What::Phrase { words, letters })
}

/// Up to the next space or quotation mark that is not a field's.
fn split_word(text: &str) -> (&str, &str) {
    let field = text.starts_with("outlet:");
    let end = text
        .char_indices()
        .find(|(at, c)| c.is_whitespace() || (*at > 0 && !field && QUOTES.contains(c)))
        .map_or(text.len(), |(at, _)| at);
    text.split_at(end)
}

fn words(text: &str) -> Vec<String> {
    folded_words(text).map(|(_, word)| word).collect()
}

/// `2031`, `2031-03`, `2031-03-05`, or two of them with `..` between.
fn days(text: &str) -> Option<Days> {
    let text: String = text.chars().map(western_digit).collect();
    if let Some((first, last)) = text.split_once("..") {
        let (first, last) = (period(first)?, period(last)?);
        return (first.first <= last.last).then_some(Days {
            first: first.first,
            last: last.last,
        });
    }
    period(&text)
}

fn period(text: &str) -> Option<Days> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = match parts.next() {
        Some(month) => Some(months::number(month)?),
        None => None,
    };
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    if parts.next().is_some() {
        return None;
    }
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(_), None) => first.last_of_month(),
        (None, None) => first
            .checked_add(1.year())
            .and_then(|next| next.checked_sub(1.day()))
            .ok()?,
    };
    Some(Days { first, last })
}

/// Arabic-Indic and Persian digits as ASCII ones.
fn western_digit(c: char) -> char {
    let value = match c {
        '٠'..='٩' => c as u32 - '٠' as u32,
        '۰'..='۹' => c as u32 - '۰' as u32,
        _ => return c,
    };
    char::from_digit(value, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn word(text: &str, prefix: bool) -> Clause {
        Clause {
            exclude: false,
            what: What::Word {
                word: text::fold(text).text().to_owned(),
                prefix,
            },
        }
    }

    #[test]
    fn the_last_bare_word_may_be_unfinished() {
        assert_eq!(
            parse("ميناء الس"),
            [word("ميناء", false), word("الس", true)]
        );
        assert_eq!(
            parse("ميناء الس "),
            [word("ميناء", false), word("الس", false)]
        );
        assert_eq!(
            parse("«ميناءُ السفن الأول»")[0].what,
            What::Phrase {
                words: words("ميناء السفن الاول"),
                letters: ["ميناء", "السفن", "الأول"].map(str::to_owned).to_vec(),
            }
        );
        assert_eq!(parse("بحر/نهر"), [word("بحر", false), word("نهر", true)]);
    }

    #[test]
    fn what_is_left_out_is_left_out_as_typed() {
        let clauses = parse("ميناء -عن");
        let without = Clause {
            exclude: true,
            ..word("عن", false)
        };
        assert_eq!(clauses, [word("ميناء", false), without]);
    }

    #[test]
    fn words_in_a_row_are_one_phrase_whatever_is_quoted_in_them() {
        let query = quoted(" قال «الميناء\n\"مفتوح\"» اليوم");
        assert_eq!(query, "\"قال الميناء مفتوح اليوم\"");
        let What::Phrase { words: found, .. } = &parse(&query)[0].what else {
            panic!("no phrase");
        };
        assert_eq!((parse(&query).len(), found.len()), (1, 4));
    }

    #[test]
    fn a_month_of_two_words_is_one_clause() {
        let month = What::Month {
            words: ["كانون", "الثاني"].map(str::to_owned),
        };
        assert_eq!(parse("مطر كانون الثاني ")[1].what, month);
        assert_eq!(parse("كانون ")[0], word("كانون", false));
    }

    #[test]
    fn exclusion_and_fields() {
        let clauses = parse("-إضراب outlet:«صدى المرفأ» date:٢٠٣١-٠٣ date:x");
        assert!(clauses[0].exclude);
        assert_eq!(
            clauses[1].what,
            What::Outlet {
                words: words("صدى المرفأ")
            }
        );
        let march = Days {
            first: date(2031, 3, 1),
            last: date(2031, 3, 31),
        };
        assert_eq!(clauses[2].what, What::Days(march));
        assert_eq!(clauses[3].what, What::Nothing);
    }

    #[test]
    fn periods() {
        let year = Days {
            first: date(2031, 1, 1),
            last: date(2031, 12, 31),
        };
        assert_eq!(days("2031"), Some(year));
        let some = Days {
            first: date(2031, 3, 5),
            last: date(2031, 4, 30),
        };
        assert_eq!(days("2031-03-05..2031-04"), Some(some));
        assert_eq!(days("2031-04..2031-03"), None);
        assert_eq!(days("2031-آذار-05..2031-نيسان"), Some(some));
        assert_eq!(days("2031-02-30"), None);
    }

    #[test]
    fn nothing_to_look_for_is_no_query() {
        for empty in ["", "  ", "-", "\"\"", "…،", "outlet:", "date:"] {
            assert_eq!(parse(empty), [], "{empty:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in "\\PC{0,60}") {
            parse(&text);
        }

        #[test]
        fn any_mixture_of_signs_is_a_query(text in "[-\"«» :.aا0-9]{0,40}") {
            parse(&text);
            parse(&format!("outlet:{text}"));
            parse(&format!("date:{text}"));
        }
    }
}
