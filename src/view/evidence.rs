//! Which article of a pair is likelier the source of what they share, and what says so. Without evidence
//! there is no answer: *order unknown*.

use super::comparison::{Comparison, DateOrder, FIRST, SECOND};
use crate::article::{Article, Span};
use crate::reuse::EditKind;
use crate::text;

/// What speaks for one side or the other, and what follows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// All that was found, in the order of [`Sign`].
    pub signs: Vec<Sign>,
    /// The pane that all signs speak for; `None` where there are none, or they disagree.
    pub likelier: Option<usize>,
    /// The agency that both credit: likelier the source than either.
    pub third: Option<String>,
}

/// One thing that speaks for `source`, a pane's index, as the source of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It is dated this many days earlier.
    Earlier { source: usize, days: i32 },
    /// The other credits it as its agency.
    Credited { source: usize },
    /// The other names its outlet; where, in the other's text.
    Named { source: usize, place: Span },
    /// It says *today* where the other says *yesterday*, or the like: the edit's spans in both.
    DayPassed { source: usize, spans: [Span; 2] },
}

impl Sign {
    pub fn source(self) -> usize {
        match self {
            Self::Earlier { source, .. }
            | Self::Credited { source }
            | Self::Named { source, .. }
            | Self::DayPassed { source, .. } => source,
        }
    }
}

impl Evidence {
    /// `articles` as the comparison's sides have them.
    pub fn new(comparison: &Comparison, articles: [&Article; 2]) -> Self {
        let mut signs = Vec::new();
        if let DateOrder::Apart(days) = comparison.order
            && days != 0
        {
            let source = if days > 0 { FIRST } else { SECOND };
            signs.push(Sign::Earlier {
                source,
                days: days.abs(),
            });
        }
        for source in [FIRST, SECOND] {
            let [own, other] = [articles[source], articles[1 - source]];
            if let (Some(outlet), Some(credit)) = (own.outlet_name(), other.credit_name())
                && same(outlet, credit)
                && other.outlet_name() != Some(outlet)
            {
                signs.push(Sign::Credited { source });
                continue;
            }
            let place = named_by(articles[1 - source], articles[source]);
            signs.extend(place.map(|place| Sign::Named { source, place }));
        }
        signs.extend(day_passed(comparison, articles));
        let mut sources = signs.iter().map(|sign| sign.source());
        let likelier = sources
            .next()
            .filter(|first| sources.all(|source| source == *first));
        let third = match articles.map(Article::credit_name) {
            [Some(first), Some(second)] if same(first, second) => Some(first.to_owned()),
            _ => None,
        };
        Self {
            signs,
            likelier: likelier.filter(|_| third.is_none()),
            third,
        }
    }
}

/// True for one name in any spelling.
fn same(first: &str, second: &str) -> bool {
    text::fold(first).text() == text::fold(second).text()
}

/// Where `copy` names the outlet of `source`, which is not its own.
fn named_by(copy: &Article, source: &Article) -> Option<Span> {
    /// A shorter name would be found in other words.
    const SHORTEST: usize = 4;
    let name = source.outlet_name()?;
    if copy.outlet_name() == Some(name) || name.chars().count() < SHORTEST {
        return None;
    }
    let wanted = text::fold(name);
    copy.body().find_map(|body| {
        let whole = text::fold(body.of(&copy.text));
        let found = whole
            .text()
            .match_indices(wanted.text())
            .find(|(at, name)| {
                let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
                let before = whole.text()[..*at].chars().next_back();
                let after = whole.text()[at + name.len()..].chars().next();
                !is_letter(before) && !is_letter(after)
            });
        let (at, found) = found?;
        let range = whole.source(at..at + found.len());
        let from = body.start as usize;
        Some(Span::new(from + range.start, from + range.end))
    })
}

/// The first change of a relative day, told as who wrote earlier. A text that says *today* of what
/// another calls *yesterday* was written the day before it.
fn day_passed(comparison: &Comparison, articles: [&Article; 2]) -> Option<Sign> {
    let edits = comparison.passages.iter().flat_map(|p| &p.edits);
    edits
        .filter(|edit| edit.kind == EditKind::RelativeDay)
        .find_map(|edit| {
            let words = [FIRST, SECOND].map(|pane| edit.spans[pane].of(&articles[pane].text));
            passed(words).map(|first_is_earlier| Sign::DayPassed {
                source: if first_is_earlier { FIRST } else { SECOND },
                spans: edit.spans,
            })
        })
}

/// True if the first of two names of one day was written before the second, false if after; `None` where they do
/// not tell.
pub(super) fn passed(words: [&str; 2]) -> Option<bool> {
    let [first, second] = words.map(|words| {
        let mut folded = String::new();
        text::fold_word(words, &mut folded);
        let words: Vec<&str> = folded.split_whitespace().collect();
        match text::named_day(&words)? {
            text::NamedDay::Away(days) => Some(days),
            text::NamedDay::Week(..) => None,
        }
    });
    let (first, second) = (first?, second?);
    (first != second).then_some(first > second)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::article::{Dates, Found, Place};
    use crate::reuse::{Edit, Findings, Passage, PassageKind, Side};
    use crate::view::Pairs;
    use jiff::civil::{Date, date};

    fn article(text: &str, outlet: Option<&str>, day: Option<Date>) -> Article {
        fn found<T>(value: T) -> Found<T> {
            Found::new(value, "", Place::FileName)
        }
        Article {
            outlet: outlet.map(|name| found(name.to_owned())),
            dates: Dates {
                published: day.map(found),
                ..Dates::default()
            },
            ..Article::bare("x", text)
        }
    }

    fn evidence(first: &Article, second: &Article, edits: Vec<Edit>) -> Evidence {
        let side = |article, text: &str| Side {
            article,
            span: Span::new(0, text.len()),
        };
        let findings = Findings {
            passages: vec![Passage {
                a: side(0, &first.text),
                b: side(1, &second.text),
                kind: PassageKind::Copy,
                words: 8,
                similarity: 1.0,
                family: 0,
                edits,
            }],
            ..Findings::default()
        };
        let articles = [first, second].map(|article| Arc::new(article.clone()));
        let pairs = Pairs::new(&articles, &findings);
        let comparison = Comparison::new(&articles, &findings, &pairs.0[0]);
        let sides = comparison.articles.map(|i| articles[i as usize].as_ref());
        Evidence::new(&comparison, sides)
    }

    #[test]
    fn nothing_known_is_order_unknown() {
        let bare = article("أغلق الميناء أبوابه اليوم", None, None);
        assert_eq!(evidence(&bare, &bare, Vec::new()), Evidence::default());
    }

    #[test]
    fn a_later_copy_that_names_the_outlet_has_two_signs() {
        let wire = article("أغلق الميناء", Some("وكالة المرسى"), Some(date(2031, 3, 4)));
        let copy = article(
            "وذكرت وكالة المرسي أن الميناء أغلق",
            Some("الصدفة"),
            Some(date(2031, 3, 6)),
        );
        let found = evidence(&wire, &copy, Vec::new());
        assert_eq!(found.likelier, Some(FIRST));
        assert!(
            matches!(found.signs[..], [Sign::Earlier { days: 2, .. }, Sign::Named { place, .. }]
            if place.of(&copy.text) == "وكالة المرسي")
        );
    }

    #[test]
    fn a_credit_speaks_for_its_outlet_and_a_common_one_for_a_third() {
        let credited = |article: &Article, agency: &str| Article {
            credit: Some(Found::new(agency.to_owned(), "", Place::FileName)),
            ..article.clone()
        };
        let wire = article("أغلق الميناء", Some("وكالة المرسى"), None);
        let paper = article("أغلق الميناء", Some("الصدفة"), None);
        let copy = credited(&paper, "وكالة المرسي");
        let found = evidence(&copy, &wire, Vec::new());
        assert_eq!(found.signs, [Sign::Credited { source: SECOND }]);
        assert_eq!(found.likelier, Some(SECOND));
        let [one, two] = [&paper, &wire].map(|article| credited(article, "الصنارة"));
        let found = evidence(&one, &two, Vec::new());
        assert_eq!(
            (found.likelier, found.third.as_deref()),
            (None, Some("الصنارة"))
        );
    }

    #[test]
    fn today_was_written_before_yesterday_and_may_contradict_the_dates() {
        let today = article("أغلق اليوم", None, None);
        let yesterday = article("أغلق أمس", None, None);
        let edit = |first: &Article, second: &Article| Edit {
            kind: EditKind::RelativeDay,
            a: Span::new(9, first.text.len()),
            b: Span::new(9, second.text.len()),
        };
        let found = evidence(&yesterday, &today, vec![edit(&yesterday, &today)]);
        assert_eq!(found.likelier, Some(SECOND));
        let dated = |article: &Article, day| Article {
            dates: Dates {
                published: Some(Found::new(date(2031, 3, day), "", Place::FileName)),
                ..Dates::default()
            },
            ..article.clone()
        };
        let (early, late) = (dated(&yesterday, 4), dated(&today, 5));
        let found = evidence(&early, &late, vec![edit(&yesterday, &today)]);
        assert_eq!((found.likelier, found.signs.len()), (None, 2));
    }
}
