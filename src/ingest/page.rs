//! One text → an article, as far as its own page and its path tell. What depends on the whole folder
//! (furniture by repetition) is added by `settle`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::dateline::{Dateline, dateline};
use super::furniture::form::{self, by_form};
use super::furniture::repeat;
use super::lines::{Line, lines as cut};
use super::names::Names;
use super::{dates, known, outlet, title};
use crate::article::{Article, Dates, Found, Furniture, FurnitureReason, Place, Span};
use crate::text;
use crate::work::{Stopped, Watch};

/// Lines from the top among which a dateline is looked for.
const DATELINE_LINES: usize = 6;
/// What stands between the parts of a dateline.
const PARTS: [char; 6] = ['-', '–', '—', '/', '|', ':'];
/// Lines or words between two looks at the watch.
const STEP: usize = 10_000;

/// An article and what is needed to settle it. Lines carry no keys any more.
#[derive(Default)]
pub(super) struct Draft {
    path: String,
    text: Arc<str>,
    lines: Vec<Line>,
    reasons: Vec<Option<FurnitureReason>>,
    within: Vec<Furniture>,
    dates: Dates,
    /// Lines that are dates or bylines.
    aside: Vec<usize>,
    title: Option<usize>,
    first_prose: usize,
    after_prose: usize,
    pub outlet: Option<Found<String>>,
    credit: Option<Found<String>>,
    furniture: Vec<Furniture>,
    words: u32,
}

impl Draft {
    /// # Errors
    /// [`Stopped`] when the job is asked to end.
    pub fn new(path: String, text: String, names: &Names, watch: &Watch) -> Result<Self, Stopped> {
        let mut lines: Vec<Line> = Vec::new();
        for line in cut(&text) {
            if lines.len().is_multiple_of(STEP) {
                watch.check()?;
            }
            lines.push(line);
        }
        let form = by_form(&text, &lines);
        let outlet = names
            .folder(&path)
            .or_else(|| outlet::in_text(&text, &lines, &form.reasons))
            .or_else(|| names.file(&path));
        for line in &mut lines {
            line.key = String::new();
        }
        let mut draft = Self {
            path,
            text: text.into(),
            lines,
            reasons: form.reasons,
            within: form.within,
            first_prose: form.first_prose,
            after_prose: form.after_prose,
            outlet,
            ..Self::default()
        };
        draft.read(watch)?;
        Ok(draft)
    }

    /// Dates, headline and what hangs on them, from the lines and what is furniture among them.
    fn read(&mut self, watch: &Watch) -> Result<(), Stopped> {
        let (text, lines) = (&*self.text, &self.lines);
        let datelines: Vec<(usize, Dateline)> = (0..lines.len().min(DATELINE_LINES))
            .filter(|i| self.reasons[*i].is_none())
            .filter_map(|i| Some((i, dateline(lines[i].span.of(text))?)))
            .collect();
        let named = datelines
            .iter()
            .find_map(|(i, dateline)| outlet::in_dateline(text, &lines[*i], dateline));
        self.credit = named
            .clone()
            .filter(|found| known::by_name(&found.value).is_some_and(|known| known.agency));
        self.outlet = self.outlet.take().or(named);
        let found = dates::find(&dates::Page {
            text,
            path: &self.path,
            lines,
            reasons: &self.reasons,
            first_prose: self.first_prose,
            dateline: datelines.first().map(|(i, dateline)| (*i, dateline)),
        });
        self.dates = found.dates;
        if let Some(clock) = found.clock {
            self.reasons[clock] = Some(FurnitureReason::PageClock);
        }
        self.title = title::find(text, lines, &self.reasons, &found.lines);
        self.aside = found.lines;
        let alone = datelines.iter().filter(|(_, d)| d.alone).map(|(i, _)| *i);
        self.aside.extend(alone);
        self.aside.extend(self.byline());
        self.furniture = form::stretches(lines, &self.reasons, &self.within);
        self.words = self.count_words(watch)?;
        Ok(())
    }

    /// A short line of two parts between headline and article: a dateline of names that no table knows.
    fn byline(&self) -> Option<usize> {
        let at = self.first_prose.checked_sub(1)?;
        let line = self.lines.get(at)?;
        let words = line.span.of(&self.text);
        let parts = words.split(PARTS).filter(|part| !part.trim().is_empty());
        (self.title.is_some_and(|title| title < at) && line.words <= 7 && parts.count() == 2)
            .then_some(at)
    }

    /// Takes the outlet of the short line above the article (`place-agency`) where it is one that other
    /// articles of the folder come from: `known` has their names by fold.
    pub fn take_known_outlet(&mut self, known: &BTreeMap<String, String>) {
        let Some(line) = self.byline().filter(|_| self.outlet.is_none()) else {
            return;
        };
        let span = self.lines[line].span;
        let evidence = span.of(&self.text);
        let last = evidence.rsplit(PARTS).next().unwrap_or("");
        if let Some(name) = known.get(text::fold(last.trim()).text()) {
            self.outlet = Some(Found::new(
                name.clone(),
                evidence.to_owned(),
                Place::Text(span),
            ));
        }
    }

    /// What repetition is judged by.
    pub fn page(&self) -> repeat::Page<'_> {
        repeat::Page {
            lines: &self.lines,
            title: self.title,
            exempt: &self.aside,
            first_prose: self.first_prose,
            after_prose: self.after_prose,
        }
    }

    /// Takes over what repetition across the outlet's pages has shown.
    ///
    /// # Errors
    /// [`Stopped`] when the job is asked to end.
    pub fn repeated(&mut self, found: &[repeat::Repeated], watch: &Watch) -> Result<(), Stopped> {
        for repeated in found {
            if let Some(reason) = self.reasons.get_mut(repeated.line) {
                reason.get_or_insert(repeated.reason);
            }
        }
        self.read(watch)
    }

    pub fn article(&self) -> Article {
        Article {
            path: self.path.clone(),
            text: Arc::clone(&self.text),
            title: title::span(&self.lines, self.title),
            outlet: self.outlet.clone(),
            credit: self.credit.clone(),
            dates: self.dates.clone(),
            furniture: self.furniture.clone(),
            words: self.words,
            ..Article::bare("", "")
        }
    }

    fn count_words(&self, watch: &Watch) -> Result<u32, Stopped> {
        let mut from = 0;
        let mut count: u32 = 0;
        let end = Span::new(self.text.len(), self.text.len());
        for gap in self.furniture.iter().map(|f| f.span).chain([end]) {
            let body = self.text.get(from..gap.start as usize).unwrap_or("");
            for _ in text::words(body) {
                count = count.saturating_add(1);
                if (count as usize).is_multiple_of(STEP) {
                    watch.check()?;
                }
            }
            from = gap.end as usize;
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn draft(path: &str, text: &str) -> Article {
        let names = Names::new("x", [path].into_iter());
        let draft = Draft::new(path.into(), text.into(), &names, &Watch::silent());
        draft.unwrap().article()
    }

    #[test]
    fn everything_about_one_page() {
        let text = "2021-07-01 10:15 ص\n\nقارب جديد في الميناء\n\n2021-06-28\n\
            دمشق-سانا وصل القارب الجديد إلى الميناء بعد رحلة قصيرة من الجزيرة القريبة.\n\nاقرأ أيضا\nقارب آخر";
        let article = draft("a.txt", text);
        assert_eq!(article.title_text(), Some("قارب جديد في الميناء"));
        assert_eq!(article.outlet_name(), Some("سانا"));
        assert_eq!(article.day(), Some(jiff::civil::date(2021, 6, 28)));
        let reasons: Vec<FurnitureReason> = article.furniture.iter().map(|f| f.reason).collect();
        assert_eq!(
            reasons,
            [FurnitureReason::PageClock, FurnitureReason::RelatedLinks]
        );
        let body: String = article.body().map(|span| span.of(&article.text)).collect();
        assert_eq!(text::words(&body).count() as u32, article.words);
    }

    proptest! {
        #[test]
        fn any_text_gives_a_sound_article(text in "[\\PCا-ي0-9:/.\n\r -]{0,400}", path in "[a-z0-9/_.-]{1,30}") {
            let article = draft(&path, &text);
            let mut from = 0;
            for furniture in &article.furniture {
                prop_assert!(furniture.span.start >= from);
                prop_assert!(text.get(furniture.span.range()).is_some_and(|part| !part.is_empty()));
                from = furniture.span.end;
            }
            if let Some(title) = article.title {
                prop_assert!(text.get(title.range()).is_some());
            }
        }
    }
}
