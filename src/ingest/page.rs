//! One text → an article, as far as its own page and its path tell. What depends on the whole folder
//! (furniture by repetition) is added by `settle`.

mod days;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::dateline::{Dateline, dateline};
use super::dates::Order;
use super::formats::{Page, Said, table::About};
use super::furniture::form::{self, by_form};
use super::furniture::repeat;
use super::lines::{Line, lines as cut};
use super::names::Names;
use super::{claims, correct, dates, known, outlet, title};
use crate::article::{
    Article, Aspect, ContentId, Correction, Dates, Disputed, FileKind, Found, Furniture,
    FurnitureReason, Origin, Place, ReadingDirection, Span,
};
use crate::text;
use crate::work::{Stopped, Watch};

/// Lines from the top among which a dateline is looked for.
const DATELINE_LINES: usize = 6;
/// What stands between the parts of a dateline.
const PARTS: [char; 6] = ['-', '–', '—', '/', '|', ':'];
/// Lines or words between two looks at the watch.
const STEP: usize = 10_000;

/// An article and what is needed to settle it. Lines carry no keys any more.
#[derive(Default, Clone, Serialize, Deserialize)]
pub(super) struct Draft {
    pub path: String,
    text: Arc<str>,
    kind: FileKind,
    lines: Vec<Line>,
    reasons: Vec<Option<FurnitureReason>>,
    within: Vec<Furniture>,
    said: Said,
    named: Option<Found<String>>,
    direction: Option<ReadingDirection>,
    /// Furniture that a table of the folder says to be article text.
    restored: Vec<Span>,
    dates: Dates,
    /// In which order days and months stand, wherever the article has dates.
    orders: Vec<(Date, Order)>,
    /// Lines that are dates or bylines.
    aside: Vec<usize>,
    title: Option<usize>,
    first_prose: usize,
    after_prose: usize,
    pub outlet: Option<Found<String>>,
    /// What the page itself says of its source, whatever else is believed.
    in_text: Option<Found<String>>,
    /// Outlets that were named too.
    others: Vec<Found<String>>,
    /// The agency of the dateline.
    in_dateline: Option<Found<String>>,
    /// A person has said that the outlet, the day, the headline is not known.
    unknown: [bool; 3],
    credit: Option<Found<String>>,
    disputed: Vec<Disputed>,
    furniture: Vec<Furniture>,
    words: u32,
}

impl Draft {
    /// # Errors
    /// [`Stopped`] when the job is asked to end.
    pub fn new(
        path: String,
        page: Page,
        about: Option<&About>,
        names: &Names,
        watch: &Watch,
    ) -> Result<Self, Stopped> {
        let Page {
            text,
            kind,
            mut said,
            aside,
            ..
        } = page;
        let mut lines: Vec<Line> = Vec::new();
        for line in cut(&text) {
            if lines.len().is_multiple_of(STEP) {
                watch.check()?;
            }
            lines.push(line);
        }
        let mut form = by_form(&text, &lines);
        set_aside(&lines, &aside, &mut form);
        if let Some(about) = about {
            let mut first = about.said.clone();
            first.append(std::mem::take(&mut said));
            first.headline = said.headline;
            said = Said {
                headline: said.headline,
                ..first
            };
        }
        let in_text = outlet::in_text(&text, &lines, &form.reasons);
        let mut named_outlets = claims::outlets(&said)
            .into_iter()
            .chain(claims::known_site(&said))
            .chain(names.folder(&path))
            .chain(in_text.clone())
            .chain(names.file(&path));
        let outlet = named_outlets.next();
        let others = named_outlets.collect();
        for line in &mut lines {
            line.key = String::new();
        }
        let unknown = about.map(|about| about.unknown).unwrap_or_default();
        let table_title = about.and_then(|about| about.title.clone());
        let named = table_title
            .map(|title| Found::new(title.clone(), title, Place::Beside(Origin::MetadataTable)))
            .or_else(|| {
                let claim = said.title.as_ref()?;
                Some(Found::new(
                    claim.value.clone(),
                    claim.value.clone(),
                    Place::Beside(claim.origin),
                ))
            })
            .filter(|_| !unknown[2]);
        let mut draft = Self {
            path,
            text: text.into(),
            kind,
            lines,
            reasons: form.reasons,
            within: form.within,
            said,
            named,
            direction: about.and_then(|about| about.direction),
            restored: about
                .map(|about| about.restored.clone())
                .unwrap_or_default(),
            unknown,
            first_prose: form.first_prose,
            after_prose: form.after_prose,
            outlet,
            in_text,
            others,
            ..Self::default()
        };
        draft.read(watch)?;
        Ok(draft)
    }

    /// Dates, headline and what hangs on them, from the lines and what is furniture among them.
    fn read(&mut self, watch: &Watch) -> Result<(), Stopped> {
        let text = Arc::clone(&self.text);
        let datelines: Vec<(usize, Dateline)> = (0..self.lines.len().min(DATELINE_LINES))
            .filter(|i| self.reasons[*i].is_none())
            .filter_map(|i| Some((i, dateline(self.lines[i].span.of(&text))?)))
            .collect();
        let named = datelines
            .iter()
            .find_map(|(i, dateline)| outlet::in_dateline(&text, &self.lines[*i], dateline));
        let agency = named.clone().filter(|found| is_agency(&found.value));
        self.in_dateline.clone_from(&named);
        self.credit = claims::credit(&self.said)
            .or(agency)
            .or_else(|| outlet::signed(&text, &self.lines, &self.reasons));
        self.outlet = self
            .outlet
            .take()
            .or(named)
            .or_else(|| claims::unknown_site(&self.said));
        self.separate_credit();
        self.dispute_outlets();
        let found = dates::find(&dates::Page {
            text: &text,
            path: &self.path,
            lines: &self.lines,
            reasons: &self.reasons,
            first_prose: self.first_prose,
            dateline: datelines.first().map(|(i, dateline)| (*i, dateline)),
            saved: claims::days(&self.said.crawled)
                .first()
                .map(|(found, _)| found.value),
        });
        self.orders = found.orders;
        self.dates = found.dates;
        self.take_said_days();
        if let (None, Some(saved)) = (&self.dates.published, &self.dates.crawled) {
            self.dates.published = claims::told_from(&self.said, saved.value);
        }
        self.hold_unknown();
        if let Some(clock) = found.clock {
            self.reasons[clock] = Some(FurnitureReason::PageClock);
        }
        let lines = &self.lines;
        let headline = self.said.headline.and_then(|span| {
            let is_it = |line: &Line| line.span.start == span.start && line.span.end <= span.end;
            lines.iter().position(is_it)
        });
        let title = headline.or_else(|| title::find(&text, lines, &self.reasons, &found.lines));
        self.title = title.filter(|_| !self.unknown[2]);
        self.aside = found.lines;
        let alone = datelines.iter().filter(|(_, d)| d.alone).map(|(i, _)| *i);
        self.aside.extend(alone);
        self.aside.extend(self.byline());
        self.furniture = form::stretches(&self.lines, &self.reasons, &self.within);
        let restored = &self.restored;
        self.furniture
            .retain(|stretch| !restored.iter().any(|span| span.overlaps(stretch.span)));
        self.words = self.count_words(watch)?;
        Ok(())
    }

    /// An agency is the outlet only where nobody else is named: others print its texts.
    fn separate_credit(&mut self) {
        let agency = |found: &Found<String>| is_agency(&found.value);
        let Some(outlet) = self.outlet.clone().filter(agency) else {
            return;
        };
        let from_text = matches!(outlet.place, Place::Text(_));
        let printed_by = self.others.iter().position(|other| !agency(other));
        if let Some(at) = printed_by.filter(|_| from_text) {
            self.outlet = Some(self.others.remove(at));
            self.credit.get_or_insert(outlet);
        }
    }

    /// What a person has said to be unknown is not found out after all.
    fn hold_unknown(&mut self) {
        let [outlet, day, _] = self.unknown;
        if outlet {
            self.outlet = None;
            self.disputed.retain(|one| one.aspect != Aspect::Outlet);
        }
        if day {
            self.dates.published = None;
            self.disputed.retain(|one| one.aspect != Aspect::Published);
        }
    }

    /// What is known of the whole folder begins from what a person has decided about the article's outlet.
    pub fn take_decision(&mut self, correction: &Correction) {
        let Some(outlet) = &correction.outlet else {
            return;
        };
        self.outlet = outlet.clone().map(correct::by_person);
        self.unknown[0] = outlet.is_none();
        self.others.clear();
        self.dispute_outlets();
    }

    /// What the article's corrections are kept by.
    pub fn content_id(&self) -> ContentId {
        correct::id_of(&self.text)
    }

    /// Names that contradict the outlet are kept with their evidence.
    pub fn dispute_outlets(&mut self) {
        self.disputed.retain(|one| one.aspect != Aspect::Outlet);
        let Some(outlet) = &self.outlet else { return };
        let same = |a: &str, b: &str| {
            bare(a) == bare(b)
                || known::by_name(a)
                    .zip(known::by_name(b))
                    .is_some_and(|(a, b)| a.name == b.name)
        };
        let mut seen: Vec<&str> = vec![&outlet.value];
        for other in &self.others {
            // The name of a site that no table knows contradicts nothing.
            let site = other.value.is_ascii() && other.value.contains('.');
            if !site
                && !is_agency(&other.value)
                && seen.iter().all(|name| !same(name, &other.value))
            {
                seen.push(&other.value);
                self.disputed.push(Disputed {
                    aspect: Aspect::Outlet,
                    found: other.clone(),
                });
            }
        }
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
        let named = evidence.rsplit(PARTS).find_map(|part| {
            let part = part.trim();
            let bare = part.strip_prefix("مراسل ").unwrap_or(part);
            known.get(text::fold(bare).text())
        });
        if let Some(name) = named {
            self.outlet = Some(Found::new(
                name.clone(),
                evidence.to_owned(),
                Place::Text(span),
            ));
        }
    }

    /// Outlets that were named beside the one that holds.
    pub fn others(&self) -> &[Found<String>] {
        &self.others
    }

    /// Forgets outlets that the whole folder shows to be `doubted`; the one that holds gives way to the next only
    /// where it is `refuted`.
    pub fn forget_outlets(
        &mut self,
        doubted: impl Fn(&Found<String>) -> bool,
        refuted: impl Fn(&Found<String>) -> bool,
    ) {
        self.others.retain(|other| !doubted(other));
        if self.outlet.as_ref().is_some_and(refuted) {
            self.outlet = (!self.others.is_empty()).then(|| self.others.remove(0));
            // The dateline's agency is the next to be asked.
            if self.outlet.is_none() {
                self.outlet = self.in_dateline.clone();
            }
        }
        self.dispute_outlets();
    }

    /// A name of the page's own text, where the outlet was told by its folder alone.
    pub fn name_in_text(&self) -> Option<&str> {
        let found = self
            .in_text
            .as_ref()
            .filter(|found| !is_agency(&found.value));
        found.map(|found| found.value.as_str())
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
            kind: self.kind,
            named: self.named.clone(),
            disputed: self.disputed.clone(),
            direction: self.direction,
            title: title::span(&self.text, &self.lines, self.title),
            outlet: self.outlet.clone(),
            credit: self.credit.clone(),
            dates: self.dates.clone(),
            furniture: self.furniture.clone(),
            words: self.words,
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

/// A name without the word for what it names: `صحيفة الميناء` is `الميناء`.
fn bare(name: &str) -> String {
    const KINDS: [&str; 8] = [
        "صحيفه",
        "جريده",
        "موقع",
        "وكاله",
        "قناه",
        "مجله",
        "شبكه",
        "بوابه",
    ];
    let folded = text::fold(name).text().trim().to_owned();
    match folded.split_once(' ') {
        Some((kind, rest)) if KINDS.contains(&kind) => rest.trim().to_owned(),
        _ => folded,
    }
}

fn is_agency(name: &str) -> bool {
    known::by_name(name).is_some_and(|known| known.agency)
}

/// Marks the lines of stretches that the format itself sets apart.
fn set_aside(lines: &[Line], aside: &[Furniture], form: &mut form::Form) {
    for stretch in aside {
        for (line, reason) in lines.iter().zip(&mut form.reasons) {
            if stretch.span.start <= line.span.start && line.span.end <= stretch.span.end {
                *reason = Some(stretch.reason);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn draft(path: &str, text: &str) -> Article {
        let names = Names::new("x", [path].into_iter());
        let page = Page {
            text: text.into(),
            ..Page::default()
        };
        let draft = Draft::new(path.into(), page, None, &names, &Watch::silent());
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
