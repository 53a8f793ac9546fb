//! The headline of an article, where one stands above it. A body-first article has none, and a section
//! name, a byline or a date is none.

use std::ops::Range;

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

/// The span of a line that is a title, without the marks by which plain text tells a heading.
pub(super) fn span(text: &str, lines: &[Line], title: Option<usize>) -> Option<Span> {
    let line = lines.get(title?)?.span;
    let words = unmarked(line.of(text));
    let start = line.start as usize;
    Some(Span::new(start + words.start, start + words.end))
}

/// Where a heading's words stand in its line: `# …`, `## … ##` in Markdown, `### | …` and `| …` in OpenITI's texts. `#…`
/// without a blank is a hashtag.
fn unmarked(line: &str) -> Range<usize> {
    let is_mark = |c: char| matches!(c, '#' | '|' | '$');
    let rest = line.trim_start_matches(|c: char| is_mark(c) || c.is_whitespace());
    let marks = &line[..line.len() - rest.len()];
    let from = marks.trim_end_matches(is_mark).len();
    let open = line.trim_end_matches('#');
    let until = match open.ends_with(char::is_whitespace) {
        true => open.trim_end().len(),
        false => line.len(),
    };
    if marks.starts_with(['#', '|']) && from > 0 && from < until {
        from..until
    } else {
        0..line.len()
    }
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
    let parted = stands_apart || unmarked(words).start > 0;
    letters && !goes_on && short_enough && (line.words > 1 || parted)
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
        let at = span(text, &lines, find(text, &lines, &reasons, &[]))?;
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
    fn the_marks_of_a_heading_are_no_part_of_it() {
        for (head, want) in [
            ("# السفينة الأولى", "السفينة الأولى"),
            ("## السفينة الأولى ##", "السفينة الأولى"),
            ("### || السفينة الأولى", "السفينة الأولى"),
            ("### |\u{a0}السفينة الأولى", "السفينة الأولى"),
            ("| السفينة", "السفينة"),
            ("#السفينة الأولى تصل", "#السفينة الأولى تصل"),
            ("## #السفينة تصل", "#السفينة تصل"),
            ("السفينة # 2", "السفينة # 2"),
        ] {
            assert_eq!(title(&format!("{head}\n{BODY}")).as_deref(), Some(want));
        }
        assert_eq!(title(&format!("السفينة\n{BODY}")), None);
    }

    #[test]
    fn body_first_articles_have_none() {
        assert_eq!(title(&format!("وصلت السفينة أمس.\n{BODY}")), None);
        assert_eq!(title(&format!("{BODY}\n{BODY}")), None);
        assert_eq!(title(&format!("حلب - نادر الصالح\n{BODY}")), None);
        assert_eq!(title("سطر واحد فقط"), None);
    }
}
