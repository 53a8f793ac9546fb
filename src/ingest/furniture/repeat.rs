//! Page furniture that only repetition shows: the same line on many pages of one outlet.
//!
//! What must not be caught: a story that an outlet printed twice, a background paragraph that it reuses,
//! a report that several outlets share. So a line counts only when it stands on pages of at least
//! [`LEAST`] different stories of *one* outlet; short lines count near an end of the page, or anywhere
//! when a large share of the pages has them; whole sentences only at an end and on half of the pages.

use std::collections::BTreeMap;

use crate::article::FurnitureReason;
use crate::ingest::lines::Line;

/// Pages, and different stories among them, that a line has to stand on.
pub(in crate::ingest) const LEAST: usize = 3;
/// Percent of the outlet's pages that makes a short line furniture wherever it stands.
const LARGE_SHARE: usize = 40;
/// Percent of the outlet's pages that whole sentences have to stand on.
const PROSE_SHARE: usize = 50;
/// One in so many pages is enough for a short line at an end of the page.
const EDGE_ONE_IN: usize = 40;
/// Pages that are looked at to find different stories.
const LOOK_AT: usize = 60;

/// What of a page is compared.
pub(in crate::ingest) struct Page<'a> {
    pub lines: &'a [Line],
    pub title: Option<usize>,
    /// Lines that may be repeated without being furniture: datelines, bylines, dates.
    pub exempt: &'a [usize],
    pub first_prose: usize,
    pub after_prose: usize,
}

/// A line of a page that is furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ingest) struct Repeated {
    pub page: usize,
    pub line: usize,
    pub reason: FurnitureReason,
}

/// All repeated lines among the pages of one outlet, by page and line.
pub(in crate::ingest) fn repeated(pages: &[Page]) -> Vec<Repeated> {
    if pages.len() < LEAST {
        return Vec::new();
    }
    // Ordered, so that nothing depends on how hashes fall.
    let mut places: BTreeMap<u64, Vec<(usize, usize)>> = BTreeMap::new();
    for (p, page) in pages.iter().enumerate() {
        for (i, line) in page.lines.iter().enumerate() {
            places.entry(line.hash).or_default().push((p, i));
        }
    }
    let sorted: Vec<Vec<(u64, usize)>> = pages.iter().map(|page| by_hash(page)).collect();
    let mut found = Vec::new();
    for places in places.values() {
        let mut on: Vec<usize> = places.iter().map(|(page, _)| *page).collect();
        on.dedup();
        if on.len() < LEAST {
            continue;
        }
        let marked: Vec<(usize, usize)> = judge(pages, places, on.len());
        if marked.is_empty() || !different_stories(pages, &sorted, &on) {
            continue;
        }
        let reason = FurnitureReason::Repeated {
            pages: u32::try_from(on.len()).unwrap_or(u32::MAX),
            of: u32::try_from(pages.len()).unwrap_or(u32::MAX),
        };
        found.extend(
            marked
                .into_iter()
                .map(|(page, line)| Repeated { page, line, reason }),
        );
    }
    found.sort();
    found
}

/// The places of one line that are furniture if the stories differ.
fn judge(pages: &[Page], places: &[(usize, usize)], on: usize) -> Vec<(usize, usize)> {
    let of = pages.len();
    let at_edge = |(p, i): &(usize, usize)| {
        let page = &pages[*p];
        let line = &page.lines[*i];
        let from_end = page.lines.len() - i;
        if line.prose {
            *i < 3 || from_end <= 4
        } else {
            *i < page.first_prose.min(10) || *i >= page.after_prose && from_end <= 20
        }
    };
    let free = |(p, i): &(usize, usize)| {
        let page = &pages[*p];
        let line = &page.lines[*i];
        line.words > 0 && line.key_has_letters && page.lines.len() > 1 && !page.exempt.contains(i)
    };
    let Some(&(p, i)) = places.first() else {
        return Vec::new();
    };
    let line = &pages[p].lines[i];
    let edges = || places.iter().filter(|place| at_edge(place) && free(place));
    if line.prose || line.words > 20 {
        let enough = on * 100 >= of * PROSE_SHARE;
        return if enough {
            edges().copied().collect()
        } else {
            Vec::new()
        };
    }
    if on * 100 >= of * LARGE_SHARE {
        return places.iter().filter(|place| free(place)).copied().collect();
    }
    let edges: Vec<(usize, usize)> = edges()
        .filter(|(p, i)| pages[*p].title != Some(*i))
        .copied()
        .collect();
    let mut on: Vec<usize> = edges.iter().map(|(page, _)| *page).collect();
    on.dedup();
    if on.len() >= LEAST && on.len() * EDGE_ONE_IN >= of {
        edges
    } else {
        Vec::new()
    }
}

/// True when at least [`LEAST`] of the pages carry different stories.
fn different_stories(pages: &[Page], sorted: &[Vec<(u64, usize)>], on: &[usize]) -> bool {
    let mut stories: Vec<usize> = Vec::with_capacity(LEAST);
    for page in on.iter().take(LOOK_AT) {
        if stories
            .iter()
            .all(|other| !same_story(pages, sorted, *page, *other))
        {
            stories.push(*page);
            if stories.len() == LEAST {
                return true;
            }
        }
    }
    false
}

/// Hash and index of a page's lines, by hash.
fn by_hash(page: &Page) -> Vec<(u64, usize)> {
    let mut lines: Vec<(u64, usize)> = page.lines.iter().map(|line| line.hash).zip(0..).collect();
    lines.sort_unstable();
    lines
}

/// Two printings of one text: little is left of either when the lines they share are taken away.
fn same_story(pages: &[Page], sorted: &[Vec<(u64, usize)>], a: usize, b: usize) -> bool {
    let (mut shared, mut sentences) = (0, 0);
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (sorted[a].get(i), sorted[b].get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                let line = &pages[a].lines[x.1];
                shared += line.words;
                sentences += usize::from(line.prose);
                i += 1;
                j += 1;
            }
        }
    }
    let words = |page: usize| {
        pages[page]
            .lines
            .iter()
            .map(|line| line.words)
            .sum::<usize>()
    };
    let least = words(a).min(words(b));
    let left = least.saturating_sub(shared);
    let headline = |page: usize| pages[page].title.map(|i| pages[page].lines[i].hash);
    let other_headline = headline(a).is_some() && headline(a) != headline(b);
    // Footers seldom run to three paragraphs.
    left * 100 < least * 40 && (sentences >= LEAST || !other_headline || left < 12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::lines::lines;

    fn sentence(i: usize, j: usize) -> String {
        format!("ذكرت الفقرة رقم {j} من الخبر رقم {i} أن العمل في الحي ما زال جاريا حتى المساء.")
    }

    fn story(i: usize) -> String {
        let body: Vec<String> = (0..4).map(|j| sentence(i, j)).collect();
        format!("عنوان الخبر {i}\n{}", body.join("\n"))
    }

    fn marked(texts: &[String]) -> Vec<(usize, String)> {
        let all: Vec<Vec<Line>> = texts.iter().map(|text| lines(text).collect()).collect();
        let pages: Vec<Page> = all
            .iter()
            .map(|lines| Page {
                lines,
                title: lines.iter().position(|l| l.key.starts_with("عنوان")),
                exempt: &[],
                first_prose: lines.iter().position(|l| l.prose).unwrap_or(lines.len()),
                after_prose: lines.iter().rposition(|l| l.prose).map_or(0, |i| i + 1),
            })
            .collect();
        repeated(&pages)
            .into_iter()
            .map(|r| {
                (
                    r.page,
                    all[r.page][r.line].span.of(&texts[r.page]).to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn menus_and_footers_of_one_outlet() {
        let foot = "صدر هذا الخبر عن دائرة التحرير في الصحيفة ويمكن مراسلتها في أوقات الدوام الرسمي كل يوم.";
        let texts: Vec<String> = (0..4)
            .map(|i| format!("بوابة الحي\nسكان وبيوت\n{}\n{foot}\nإلى اللقاء", story(i)))
            .collect();
        let found = marked(&texts);
        assert_eq!(found.len(), 16, "{found:?}");
        assert!(found.iter().any(|(_, line)| line == foot));
        assert!(
            found
                .iter()
                .all(|(_, line)| !line.starts_with("ذكرت") && !line.starts_with("عنوان"))
        );
    }

    #[test]
    fn one_story_printed_many_times_is_no_furniture() {
        let texts: Vec<String> = (0..5).map(|_| story(1)).collect();
        assert_eq!(marked(&texts), []);
        // With another first paragraph each time.
        let texts: Vec<String> = (0..5)
            .map(|i| format!("عنوان آخر {i}\n{}\n{}", sentence(9, i), story(1)))
            .collect();
        assert_eq!(marked(&texts), []);
    }

    #[test]
    fn a_background_paragraph_now_and_then_is_article_text() {
        let background =
            "وكانت البلدية قد بدأت المشروع قبل عامين بعد شكاوى من سكان الشارع وأصحاب المحال فيه.";
        let texts: Vec<String> = (0..12)
            .map(|i| {
                if i < 4 {
                    format!("{}\n{background}", story(i))
                } else {
                    story(i)
                }
            })
            .collect();
        assert_eq!(marked(&texts), []);
    }

    #[test]
    fn two_pages_are_too_few() {
        let texts: Vec<String> = (0..2)
            .map(|i| format!("بوابة الحي\n{}", story(i)))
            .collect();
        assert_eq!(marked(&texts), []);
    }
}
