//! Page furniture that only repetition shows: the same line on many pages of one outlet.
//!
//! What must not be caught: a story that an outlet printed twice, a background paragraph that it reuses,
//! a report that several outlets share. So a line counts only when it stands on pages of at least
//! [`LEAST`] different stories of *one* outlet; short lines count near an end of the page, or anywhere
//! when a large share of the pages has them; whole sentences only before or after all that is the page's own, on
//! half of the pages (on all of a few), and if no other outlet prints them.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;

use crate::article::FurnitureReason;
use crate::ingest::lines::Line;
use crate::work::{Stopped, Watch};

/// Pages, and different stories among them, that a line has to stand on.
pub(in crate::ingest) const LEAST: usize = 3;
/// Percent of the outlet's pages that makes a short line furniture wherever it stands.
const LARGE_SHARE: usize = 40;
/// Percent of the outlet's pages that whole sentences have to stand on.
const PROSE_SHARE: usize = 50;
/// Of fewer pages whole sentences have to stand on all.
const PROSE_LEAST: usize = 6;
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

/// Whole sentences, and which outlets print them: the one, or several.
pub(in crate::ingest) struct Sentences(HashMap<u64, Option<usize>, FixedState>);

impl Sentences {
    /// Of all pages, each with its outlet's number.
    pub fn new<'a>(pages: impl Iterator<Item = (usize, Page<'a>)>) -> Self {
        let mut all: HashMap<u64, Option<usize>, FixedState> =
            HashMap::with_hasher(FixedState::with_seed(21));
        for (outlet, page) in pages {
            for line in page.lines.iter().filter(|line| is_sentences(line)) {
                let printed_by = all.entry(line.hash).or_insert(Some(outlet));
                if *printed_by != Some(outlet) {
                    *printed_by = None;
                }
            }
        }
        Self(all)
    }

    fn of_several(&self, line: &Line) -> bool {
        self.0.get(&line.hash) == Some(&None)
    }
}

fn is_sentences(line: &Line) -> bool {
    line.prose || line.words > 20
}

/// The pages of one outlet, and what is asked of them again and again.
struct Outlet<'a> {
    pages: &'a [Page<'a>],
    sentences: &'a Sentences,
    /// Hash and index of each page's lines, by hash.
    sorted: Vec<Vec<(u64, usize)>>,
    words: Vec<usize>,
    /// First and last sentences of each page that no more than a few pages have.
    own: Vec<(usize, usize)>,
    same: HashMap<(usize, usize), bool, FixedState>,
}

/// All repeated lines among the pages of one outlet, by page and line.
///
/// # Errors
/// [`Stopped`] when the job is asked to end.
pub(in crate::ingest) fn repeated(
    pages: &[Page],
    sentences: &Sentences,
    watch: &Watch,
) -> Result<Vec<Repeated>, Stopped> {
    if pages.len() < LEAST {
        return Ok(Vec::new());
    }
    // Ordered, so that nothing depends on how hashes fall.
    let mut places: BTreeMap<u64, Vec<(usize, usize)>> = BTreeMap::new();
    for (p, page) in pages.iter().enumerate() {
        watch.check()?;
        for (i, line) in page.lines.iter().enumerate() {
            places.entry(line.hash).or_default().push((p, i));
        }
    }
    // Most lines stand once.
    places.retain(|_, places| places.len() >= LEAST && pages_of(places).len() >= LEAST);
    let own = |page: &Page| {
        let mut own = (page.first_prose..page.after_prose.min(page.lines.len())).filter(|i| {
            let line = &page.lines[*i];
            line.prose && !places.contains_key(&line.hash)
        });
        let first = own.next();
        (
            first.unwrap_or(page.lines.len()),
            own.next_back().or(first).unwrap_or(0),
        )
    };
    let mut outlet = Outlet {
        pages,
        sentences,
        sorted: pages.iter().map(by_hash).collect(),
        words: pages
            .iter()
            .map(|page| page.lines.iter().map(|line| line.words).sum())
            .collect(),
        own: pages.iter().map(own).collect(),
        same: HashMap::with_hasher(FixedState::with_seed(22)),
    };
    let mut found = Vec::new();
    for places in places.values() {
        watch.check()?;
        let on = pages_of(places);
        let marked = outlet.judge(places, on.len());
        if marked.is_empty() || !outlet.different_stories(&on) {
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
    Ok(found)
}

/// The pages among the places of a line.
fn pages_of(places: &[(usize, usize)]) -> Vec<usize> {
    let mut on: Vec<usize> = places.iter().map(|(page, _)| *page).collect();
    on.dedup();
    on
}

impl Outlet<'_> {
    /// The places of one line that are furniture if the stories differ.
    fn judge(&self, places: &[(usize, usize)], on: usize) -> Vec<(usize, usize)> {
        let pages = self.pages;
        let of = pages.len();
        let at_edge = |(p, i): &(usize, usize)| {
            let page = &pages[*p];
            let line = &page.lines[*i];
            let from_end = page.lines.len() - i;
            if line.prose {
                let (first, last) = self.own[*p];
                *i < first.min(3) || *i > last && from_end <= 4
            } else {
                *i < page.first_prose.min(10) || *i >= page.after_prose && from_end <= 20
            }
        };
        let free = |(p, i): &(usize, usize)| {
            let page = &pages[*p];
            let line = &page.lines[*i];
            line.words > 0
                && line.key_has_letters
                && page.lines.len() > 1
                && !page.exempt.contains(i)
        };
        let Some(&(p, i)) = places.first() else {
            return Vec::new();
        };
        let line = &pages[p].lines[i];
        let edges = || places.iter().filter(|place| at_edge(place) && free(place));
        if is_sentences(line) {
            let enough = on * 100 >= of * PROSE_SHARE && on >= of.min(PROSE_LEAST);
            return if enough && !self.sentences.of_several(line) {
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
        let on = pages_of(&edges).len();
        if on >= LEAST && on * EDGE_ONE_IN >= of {
            edges
        } else {
            Vec::new()
        }
    }

    /// True when at least [`LEAST`] of the pages carry different stories.
    fn different_stories(&mut self, on: &[usize]) -> bool {
        let mut stories: Vec<usize> = Vec::with_capacity(LEAST);
        for page in on.iter().take(LOOK_AT) {
            if stories.iter().all(|other| !self.same_story(*page, *other)) {
                stories.push(*page);
                if stories.len() == LEAST {
                    return true;
                }
            }
        }
        false
    }

    /// Two printings of one text: little is left of either when the lines they share are taken away.
    fn same_story(&mut self, a: usize, b: usize) -> bool {
        if let Some(same) = self.same.get(&(a, b)) {
            return *same;
        }
        let (mut shared, mut sentences) = (0, 0);
        let (mut i, mut j) = (0, 0);
        while let (Some(x), Some(y)) = (self.sorted[a].get(i), self.sorted[b].get(j)) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    let line = &self.pages[a].lines[x.1];
                    shared += line.words;
                    sentences += usize::from(line.prose);
                    i += 1;
                    j += 1;
                }
            }
        }
        let least = self.words[a].min(self.words[b]);
        let left = least.saturating_sub(shared);
        let headline = |page: usize| {
            let page = &self.pages[page];
            page.title.map(|i| page.lines[i].hash)
        };
        let other_headline = headline(a).is_some() && headline(a) != headline(b);
        // Footers seldom run to three paragraphs.
        let same = left * 100 < least * 40 && (sentences >= LEAST || !other_headline || left < 12);
        self.same.insert((a, b), same);
        same
    }
}

/// Hash and index of a page's lines, by hash.
fn by_hash(page: &Page) -> Vec<(u64, usize)> {
    let mut lines: Vec<(u64, usize)> = page.lines.iter().map(|line| line.hash).zip(0..).collect();
    lines.sort_unstable();
    lines
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
        marked_beside(texts, &[])
    }

    /// Beside the texts of another outlet.
    fn marked_beside(texts: &[String], others: &[String]) -> Vec<(usize, String)> {
        let others: Vec<Vec<Line>> = others.iter().map(|text| lines(text).collect()).collect();
        let all: Vec<Vec<Line>> = texts.iter().map(|text| lines(text).collect()).collect();
        fn page(lines: &Vec<Line>) -> Page<'_> {
            Page {
                lines,
                title: lines.iter().position(|l| l.key.starts_with("عنوان")),
                exempt: &[],
                first_prose: lines.iter().position(|l| l.prose).unwrap_or(lines.len()),
                after_prose: lines.iter().rposition(|l| l.prose).map_or(0, |i| i + 1),
            }
        }
        let pages: Vec<Page> = all.iter().map(page).collect();
        let own = all.iter().map(|lines| (0, page(lines)));
        let sentences = Sentences::new(own.chain(others.iter().map(|lines| (1, page(lines)))));
        repeated(&pages, &sentences, &Watch::silent())
            .unwrap()
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
    fn a_statement_in_every_report_is_article_text() {
        let statement = "وأكدت الوزارة في بيانها أن فرق الإنقاذ وصلت إلى القرى كلها وأن الطرق فتحت أمام السيارات.";
        let with = |i: usize, at: usize| {
            let mut paragraphs = vec![sentence(i, 0), sentence(i, 1)];
            paragraphs.insert(at, statement.to_owned());
            format!("عنوان الخبر {i}\n{}", paragraphs.join("\n"))
        };
        // In the middle of each report.
        let texts: Vec<String> = (0..4).map(|i| with(i, 1)).collect();
        assert_eq!(marked(&texts), []);
        // At its end, where nobody else prints it, where another outlet does, and where a report is without it.
        let texts: Vec<String> = (0..4).map(|i| with(i, 2)).collect();
        assert_eq!(marked(&texts).len(), 4);
        let other = format!("عنوان غيره\n{}\n{statement}", sentence(9, 9));
        assert_eq!(marked_beside(&texts, &[other]), []);
        let texts: Vec<String> = texts.into_iter().chain([story(7)]).collect();
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
