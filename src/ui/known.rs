//! What is known of an article's outlet and dates, in words: from where, how sure, and what contradicts it.
//! Nothing here is told by colour or by a sign alone.

use super::phrasing::{facts as plain_facts, marked_facts};
use crate::article::{Article, Aspect, Disputed, Found, Sureness};
use crate::paint::path_text;

/// A line about an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    /// The value that the line speaks for against the one that holds; `None` for lines that contradict nothing.
    pub against: Option<Disputed>,
}

/// Path, outlet, credit and dates, each with where it was read and followed by what contradicts it.
pub fn lines(article: &Article) -> Vec<Line> {
    let dates = &article.dates;
    let always = |found: Option<String>, what: &str| {
        Some(found.unwrap_or_else(|| format!("{what}: unknown")))
    };
    let told = [
        (
            Aspect::Outlet,
            always(value("Outlet", article.outlet.as_ref()), "Outlet"),
        ),
        (
            Aspect::Credit,
            value("Credited to", article.credit.as_ref()),
        ),
        (
            Aspect::Published,
            always(value("Published", dates.published.as_ref()), "Published"),
        ),
        (Aspect::Updated, value("Updated", dates.updated.as_ref())),
        (Aspect::Crawled, value("Saved", dates.crawled.as_ref())),
    ];
    let mut lines = vec![Line {
        text: path_text(&article.path),
        against: None,
    }];
    for (aspect, text) in told {
        lines.extend(text.map(|text| Line {
            text,
            against: None,
        }));
        lines.extend(article.against(aspect).map(|one| Line {
            text: contradiction(one),
            against: Some(one.clone()),
        }));
    }
    lines
}

/// All of [`lines`], for a tooltip.
pub fn evidence(article: &Article) -> String {
    let lines: Vec<String> = lines(article).into_iter().map(|line| line.text).collect();
    lines.join("\n")
}

fn value<T: ToString>(what: &str, found: Option<&Found<T>>) -> Option<String> {
    let found = found?;
    let value = found.value.to_string();
    let evidence = quoted(&found.evidence, &value);
    Some(format!(
        "{what}: \u{2068}{value}\u{2069}{}, from {}{evidence}",
        in_brackets(found.sureness),
        found.place.words(),
    ))
}

fn contradiction(one: &Disputed) -> String {
    let found = &one.found;
    let evidence = quoted(&found.evidence, &found.value);
    format!(
        "≠ Contradicted by {}: \u{2068}{}\u{2069}{}{evidence}",
        found.place.words(),
        found.value,
        in_brackets(found.sureness),
    )
}

/// The words that a value was read from; nothing where they say just that.
fn quoted(evidence: &str, value: &str) -> String {
    match evidence.trim() {
        same if same == value => String::new(),
        // Isolated: the evidence is Arabic, the sentence around it is not.
        evidence => format!(": \u{2068}{evidence}\u{2069}"),
    }
}

fn in_brackets(sureness: Sureness) -> &'static str {
    match sureness {
        Sureness::Unsure => " (unsure)",
        Sureness::Likely => " (likely)",
        Sureness::Sure => "",
    }
}

/// What speaks against relying on a value that lists show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    Unsure,
    Contradicted,
}

impl Doubt {
    fn of(article: &Article, aspect: Aspect) -> Option<Self> {
        let sureness = match aspect {
            Aspect::Outlet => article.outlet.as_ref().map(|found| found.sureness),
            _ => article.dates.published.as_ref().map(|found| found.sureness),
        };
        match sureness {
            _ if article.against(aspect).next().is_some() => Some(Self::Contradicted),
            Some(Sureness::Unsure) => Some(Self::Unsure),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Unsure => "unsure",
            Self::Contradicted => "contradicted",
        }
    }
}

/// Stands after a value that is unsure or contradicted.
fn mark(article: &Article, aspect: Aspect) -> &'static str {
    Doubt::of(article, aspect).map_or("", |_| " (?)")
}

/// Outlet and day as lists show them, each with a question mark where it is in doubt.
pub fn facts(article: &Article) -> String {
    let marks = [Aspect::Outlet, Aspect::Published].map(|aspect| mark(article, aspect));
    marked_facts(article, marks)
}

/// The outlet or else the day, for where there is no room for both.
pub fn fact(article: &Article) -> String {
    match (article.outlet_name(), article.day()) {
        (None, Some(day)) => format!("{day}{}", mark(article, Aspect::Published)),
        (outlet, _) => format!(
            "\u{2068}{}\u{2069}{}",
            outlet.unwrap_or("Unknown outlet"),
            mark(article, Aspect::Outlet)
        ),
    }
}

/// Outlet and day as a screen reader says them.
pub fn spoken(article: &Article) -> String {
    plain_facts(article) + &spoken_doubts(article)
}

/// What a screen reader adds where lists have a question mark.
pub fn spoken_doubts(article: &Article) -> String {
    let mut text = String::new();
    for (aspect, name) in [(Aspect::Outlet, "outlet"), (Aspect::Published, "date")] {
        if let Some(doubt) = Doubt::of(article, aspect) {
            text.push_str(&format!(", {name} {}", doubt.word()));
        }
    }
    text
}

/// Why there is a question mark: the lines of what is doubtful and of what contradicts it; empty where nothing is.
pub fn doubts(article: &Article) -> String {
    let mut told = Vec::new();
    for aspect in [Aspect::Outlet, Aspect::Published] {
        if Doubt::of(article, aspect).is_some() {
            told.extend(match aspect {
                Aspect::Outlet => value("Outlet", article.outlet.as_ref()),
                _ => value("Published", article.dates.published.as_ref()),
            });
            told.extend(article.against(aspect).map(contradiction));
        }
    }
    told.join("\n")
}

/// What of two compared articles cannot be relied on, as sentences; `sides` name them.
pub fn reservations(articles: [&Article; 2], sides: [&str; 2]) -> Vec<String> {
    let mut sentences = Vec::new();
    for (article, side) in articles.into_iter().zip(sides) {
        let outlet = article.outlet.as_ref().map(|found| text_of(found));
        let day = article.dates.published.as_ref().map(|found| text_of(found));
        for (aspect, name, found) in [
            (Aspect::Outlet, "outlet", outlet),
            (Aspect::Published, "date", day),
        ] {
            let Some((value, place, sureness)) = found else {
                continue;
            };
            let against: Vec<String> = article
                .against(aspect)
                .map(|one| {
                    format!(
                        "{} says \u{2068}{}\u{2069}",
                        one.found.place.words(),
                        one.found.value
                    )
                })
                .collect();
            if against.is_empty() && sureness == Sureness::Sure {
                continue;
            }
            let said = format!(
                "The {name} of the one at the {side}, \u{2068}{value}\u{2069}, is {sureness}: it was read from {place}"
            );
            sentences.push(match against.is_empty() {
                true => format!("{said}."),
                false => format!("{said}; {}.", against.join("; ")),
            });
        }
    }
    sentences
}

fn text_of<T: ToString>(found: &Found<T>) -> (String, &'static str, Sureness) {
    (found.value.to_string(), found.place.words(), found.sureness)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Origin, Place};

    fn article() -> Article {
        let mut article = Article::bare("a.html", "نص");
        article.outlet = Some(Found::new("مرصد".to_owned(), "مرصد", Place::Folder));
        let day = jiff::civil::date(2031, 3, 5);
        let found = Found::new(day, "5/3/2031", Place::FileName);
        article.dates.published = Some(found.sure(Sureness::Likely));
        article
    }

    #[test]
    fn what_is_certain_has_no_mark_and_likely_is_said() {
        let article = article();
        assert_eq!(facts(&article), plain_facts(&article));
        assert_eq!(spoken(&article), plain_facts(&article));
        assert_eq!(doubts(&article), "");
        assert!(evidence(&article).contains("2031-03-05\u{2069} (likely), from the file’s name"));
        let said = reservations([&article, &article], ["right", "left"]);
        assert_eq!(said.len(), 2);
        assert!(
            said[1].contains("at the left") && said[1].contains("is likely"),
            "{said:?}"
        );
    }

    #[test]
    fn what_is_contradicted_is_marked_said_and_explained() {
        let mut article = article();
        let meta = Place::Beside(Origin::MetaTag);
        article.disputed.push(Disputed {
            aspect: Aspect::Published,
            found: Found::new("2031-03-09".to_owned(), "9 آذار", meta),
        });
        assert!(facts(&article).contains("2031-03-05 (?)"));
        assert!(!facts(&article).contains("مرصد (?)"));
        assert!(spoken(&article).ends_with("date contradicted"));
        let why = doubts(&article);
        assert!(
            why.contains("the page’s meta tag") && why.contains("2031-03-09"),
            "{why}"
        );
        let against: Vec<_> = lines(&article)
            .into_iter()
            .filter_map(|line| line.against)
            .collect();
        assert_eq!(against, article.disputed);
        let said = reservations([&article, &article], ["right", "left"]);
        assert!(said[0].contains("the page’s meta tag says"), "{said:?}");
    }
}
