//! The headline of an article, where one stands above it. A body-first article has none, and a section
//! name, a byline or a date is none.

use super::dateline::dateline;
use super::lines::Line;
use crate::article::{FurnitureReason, Span};

/// Lines from the top among which a headline is looked for.
const HEAD: usize = 25;
const MOST_WORDS: usize = 28;

/// Finds the headline's line. `dated` are the lines that only tell a date.
pub(super) fn find(
    text: &str,
    lines: &[Line],
    reasons: &[Option<FurnitureReason>],
    dated: &[usize],
) -> Option<usize> {
    for (i, line) in lines.iter().enumerate().take(HEAD) {
        let words = line.span.of(text);
        if reasons[i].is_some() || dated.contains(&i) || dateline(words).is_some_and(|d| d.alone) {
            continue;
        }
        // The first line of the article itself decides: it is a headline, or there is none.
        let below = lines[i + 1..]
            .iter()
            .zip(&reasons[i + 1..])
            .find(|(_, r)| r.is_none());
        let (next, _) = below?;
        return is_headline(words, line, next.apart).then_some(i);
    }
    None
}

/// The span of a line that is a title.
pub(super) fn span(lines: &[Line], title: Option<usize>) -> Option<Span> {
    title.and_then(|i| lines.get(i)).map(|line| line.span)
}

fn is_headline(words: &str, line: &Line, stands_apart: bool) -> bool {
    let end = words.trim_end_matches(['"', '»', '”', ')', ' ']);
    let full_stop = end.ends_with('.') && !end.ends_with("..");
    let goes_on = end.ends_with(['،', '؛', ':', ',']);
    let letters = words.chars().any(char::is_alphabetic);
    let short_enough = if full_stop {
        stands_apart && line.words <= 8
    } else {
        line.words <= MOST_WORDS
    };
    letters && !goes_on && short_enough && (line.words > 1 || stands_apart)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::lines::lines;

    const BODY: &str =
        "وصلت إلى الميناء أمس السفينة الأولى من الأسطول الجديد بعد رحلة دامت ثلاثة أسابيع.";

    fn title(text: &str) -> Option<String> {
        let lines: Vec<Line> = lines(text).collect();
        let reasons = vec![None; lines.len()];
        let at = span(&lines, find(text, &lines, &reasons, &[]))?;
        Some(at.of(text).to_owned())
    }

    #[test]
    fn headlines_stand_first() {
        for head in [
            "السفينة الأولى تصل..",
            "هل وصلت السفينة الأولى إلى الميناء القديم في موعدها المعلن؟",
            "«الأسطول» يبدأ العمل",
            "لا وقت للبحر.",
        ] {
            assert_eq!(title(&format!("{head}\n\n{BODY}")).as_deref(), Some(head));
        }
        assert_eq!(
            title(&format!("سمير الحداد - بيروت\nالسفينة تصل\n{BODY}")).as_deref(),
            Some("السفينة تصل")
        );
    }

    #[test]
    fn body_first_articles_have_none() {
        assert_eq!(title(&format!("وصلت السفينة أمس.\n{BODY}")), None);
        assert_eq!(title(&format!("{BODY}\n{BODY}")), None);
        assert_eq!(title(&format!("حلب - نادر الصالح\n{BODY}")), None);
        assert_eq!(title("سطر واحد فقط"), None);
    }
}
