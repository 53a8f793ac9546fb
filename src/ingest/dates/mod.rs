//! When an article was published, updated and saved, each from the words that say so. A date inside
//! running prose is no date of publication, a file's timestamp says nothing, and a page's own clock is
//! the day on which it was saved. Unknown stays unknown.

mod hijri;
mod line;
mod months;
mod names;
pub(super) mod parse;
mod relative;
mod value;

use jiff::civil::Date;

use self::line::{Label, Said, found, read_line, sureness};
use self::names::{in_file_name, in_folders};
use super::dateline::Dateline;
use super::lines::Line;
use crate::article::{Dates, Found, FurnitureReason, Place};

pub(super) use months::month;
pub(super) use names::in_name;
pub(super) use parse::Order;
pub(super) use relative::days_ago;
pub(super) use value::{is_beginning, value};

/// Lines at the end in which a date may stand.
const TAIL_LINES: usize = 8;

pub(super) fn is_weekday(word: &str) -> bool {
    months::weekday(word).is_some()
}

/// The days that a line by itself says, in its words: when the article was published, and when it was updated.
pub(super) fn in_line(line: &str) -> [Option<String>; 2] {
    let only = super::lines::lines(line).next();
    let said = only.map_or_else(Vec::new, |only| read_line(line, 0, &only, true));
    [Label::Published, Label::Updated].map(|label| {
        let says = said.iter().find(|said| said.label == label)?;
        Some(says.found.evidence.clone())
    })
}

/// What was found, and the lines that are nothing but a date.
pub(super) struct DatesRead {
    pub dates: Dates,
    /// The line that is the page's own clock.
    pub clock: Option<usize>,
    /// Lines about dates: no headlines.
    pub lines: Vec<usize>,
    /// In which order days and months stand on the page.
    pub orders: Vec<(Date, Order)>,
}

/// What is known of a page before its dates are read.
pub(super) struct Page<'a> {
    pub text: &'a str,
    pub path: &'a str,
    pub lines: &'a [Line],
    pub reasons: &'a [Option<FurnitureReason>],
    pub first_prose: usize,
    /// The first dateline, with the index of its line.
    pub dateline: Option<(usize, &'a Dateline)>,
    /// The day on which the page was saved, where the file says so.
    pub saved: Option<Date>,
}

/// Reads the dates of an article.
pub(super) fn find(page: &Page) -> DatesRead {
    let Page {
        text,
        path,
        lines,
        reasons,
        first_prose,
        dateline,
        saved,
    } = *page;
    let head_end = first_prose.clamp(6, 14).min(lines.len());
    let tail_from = lines.len().saturating_sub(TAIL_LINES).max(head_end);
    let mut said: Vec<Said> = Vec::new();
    // Headlines come first: a date beside other words counts only under one.
    let mut under_headline = false;
    for i in (0..head_end).chain(tail_from..lines.len()) {
        let about_others = matches!(
            reasons[i],
            Some(
                FurnitureReason::RelatedLinks | FurnitureReason::Notice | FurnitureReason::Counter
            )
        );
        if !about_others {
            let found = read_line(text, i, &lines[i], under_headline && i < first_prose);
            under_headline |= found.is_empty() && reasons[i].is_none();
            said.extend(found);
        }
    }
    by_evidence(&mut said);
    let dated_lines: Vec<usize> = said.iter().map(|s| s.line).collect();
    let labelled = |label| {
        said.iter()
            .find(|s| s.label == label)
            .map(|s| s.found.clone())
    };
    let (from_name, name_order) = in_file_name(path).unzip();
    let from_dateline = dateline.and_then(|(i, dateline)| {
        let hit = dateline.date?;
        Some(
            found(
                text,
                &lines[i],
                hit.date,
                hit.start,
                dateline.end.max(hit.end),
            )
            .sure(sureness(&hit)),
        )
    });
    let other_days = from_dateline
        .iter()
        .chain(&from_name)
        .map(|found| found.value);
    let clock = page_clock(page, &said, head_end, other_days);
    let bare = |from: usize, to: usize| {
        said.iter()
            .find(|s| {
                s.label == Label::Bare && Some(s.line) != clock && (from..to).contains(&s.line)
            })
            .map(|s| s.found.clone())
    };
    let mut orders: Vec<(Date, Order)> = said.iter().map(|s| (s.found.value, s.order)).collect();
    orders.extend(from_name.iter().map(|found| found.value).zip(name_order));
    let mut dates = Dates {
        published: labelled(Label::Published)
            .or_else(|| bare(0, head_end))
            .or(from_dateline)
            .or(from_name)
            .or_else(|| bare(tail_from, lines.len()))
            .or_else(|| {
                let (found, order) = in_folders(path)?;
                orders.push((found.value, order));
                Some(found)
            }),
        updated: labelled(Label::Updated),
        crawled: clock
            .and_then(|i| said.iter().find(|s| s.line == i).map(|s| s.found.clone()))
            .or_else(|| labelled(Label::Crawled)),
    };
    let saved = saved.or(dates.crawled.as_ref().map(|found| found.value));
    if let (None, Some(saved)) = (&dates.published, saved) {
        dates.published = (0..head_end.min(first_prose))
            .filter(|i| reasons[*i].is_none() && !lines[*i].prose && lines[*i].words <= 7)
            .find_map(|i| told_from(text, &lines[i], saved));
    }
    DatesRead {
        dates,
        clock,
        lines: dated_lines,
        orders,
    }
}

/// `منذ ساعتين`, told from the day on which the page was saved.
fn told_from(text: &str, line: &Line, saved: Date) -> Option<Found<Date>> {
    let words = line.span.of(text);
    let (ago, sureness) = relative::days_ago(words)?;
    let day = saved.checked_sub(jiff::Span::new().days(ago)).ok()?;
    Some(Found::new(day, words, Place::Text(line.span)).sure(sureness))
}

/// A page that writes `5/24/2019` means May by `5/3/2019` too.
fn by_evidence(said: &mut [Said]) {
    let any = |order| said.iter().any(|s| s.order == order);
    if any(Order::MonthFirst) && !any(Order::DayFirst) {
        for one in said {
            if let Order::Open(other) = one.order {
                one.found.value = other;
            }
        }
    }
}

/// The line that is the page's clock and no date of the article: it stands above the headline and
/// another line gives no later day, or it has a time of day and stands apart at the top.
fn page_clock(
    page: &Page,
    said: &[Said],
    head_end: usize,
    other_days: impl Iterator<Item = Date>,
) -> Option<usize> {
    let lines = page.lines;
    let first = said
        .iter()
        .find(|s| s.label == Label::Bare && s.line <= 5 && s.line < head_end)?;
    let top = (0..first.line).all(|i| page.reasons[i].is_some());
    let headline_below = || {
        (first.line + 1..page.first_prose)
            .any(|i| page.reasons[i].is_none() && said.iter().all(|s| s.line != i))
    };
    let mut others = said
        .iter()
        .filter(|s| s.line > first.line && s.line < head_end && s.label != Label::Crawled)
        .map(|s| s.found.value)
        .chain(other_days);
    let is_clock = match others.next() {
        Some(day) => {
            day <= first.found.value && (first.time || said.len() > 1) && (top || headline_below())
        }
        None => top && first.time && lines.get(first.line + 1).is_some_and(|next| next.apart),
    };
    is_clock.then_some(first.line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Sureness;
    use crate::ingest::dateline::dateline;
    use crate::ingest::furniture::form::by_form;
    use crate::ingest::lines::lines;
    use jiff::civil::date;

    const BODY: &str = "قال رئيس النادي إن الفريق سيعود إلى الملعب الكبير بعد انتهاء أعمال الصيانة في 3/2/2001 تقريبا.\n\
        وأضاف أن الجمهور سيدخل مجانا في المباراة الأولى من الموسم الجديد، وأن الحافلات ستعمل حتى منتصف الليل.";

    fn read(text: &str, path: &str) -> Dates {
        let lines: Vec<Line> = lines(text).collect();
        let form = by_form(text, &lines);
        let datelines = lines
            .iter()
            .position(|l| dateline(l.span.of(text)).is_some());
        let parsed = datelines.and_then(|i| Some((i, dateline(lines[i].span.of(text))?)));
        let page = Page {
            text,
            path,
            lines: &lines,
            reasons: &form.reasons,
            first_prose: form.first_prose,
            dateline: parsed.as_ref().map(|(i, d)| (*i, d)),
            saved: None,
        };
        find(&page).dates
    }

    fn published(text: &str) -> Option<Date> {
        read(text, "a.txt").published.map(|f| f.value)
    }

    #[test]
    fn the_places_where_a_date_of_publication_stands() {
        let day = Some(date(2017, 9, 24));
        for head in [
            "عنوان\n2017-09-24",
            "الأحد، 24 أيلول/سبتمبر 2017\nعنوان",
            "عنوان\nتاريخ النشر: 24/9/2017 - 12:05",
            "عنوان\nنُشر في المرصد الرياضي يوم 24 - 09 - 2017",
            "عنوان\nرياضة | 24 سبتمبر 2017",
            "عنوان\nمجلة الجسر – العدد 12 – الأحد 24 أيلول (سبتمبر) 2017",
            "عنوان\nسمير الحداد - 24/09/2017 - 10:30",
            "مرصد الحي\nالرئيسية | رياضة\n2018-01-01 09:00 ص\n\nعنوان\n\n2017-09-24",
            "عنوان\nحلب 3 محرم 1439 هـ الموافق 24 سبتمبر 2017 م واس",
        ] {
            assert_eq!(published(&format!("{head}\n{BODY}")), day, "{head}");
        }
        assert_eq!(published(&format!("عنوان\n{BODY}\n24/9/2017")), day);
    }

    #[test]
    fn prose_and_headlines_give_no_date() {
        for head in [
            "عنوان",
            "ذكرى زلزال 24 سبتمبر 2017",
            "ذكرى الزلزال - 24 سبتمبر 2017",
            "تقرير نشر في 24/9/2017 يعود إلى الواجهة",
            "24 أيلول",
        ] {
            assert_eq!(published(&format!("{head}\n{BODY}")), None, "{head}");
        }
    }

    #[test]
    fn published_and_updated_are_kept_apart() {
        let text = format!("عنوان\nنشر في: 3/5/2019 - آخر تحديث: 5/5/2019 10:00\n{BODY}");
        let dates = read(&text, "a.txt");
        assert_eq!(
            dates.published.as_ref().map(|f| f.value),
            Some(date(2019, 5, 3))
        );
        assert_eq!(
            dates.updated.as_ref().map(|f| f.value),
            Some(date(2019, 5, 5))
        );
        assert_eq!(
            dates.updated.map(|f| f.evidence).as_deref(),
            Some("آخر تحديث: 5/5/2019")
        );
    }

    #[test]
    fn one_clear_date_settles_the_order_on_its_page() {
        let text = format!("عنوان\nنشر في: 5/3/2019 - آخر تحديث: 5/24/2019\n{BODY}");
        assert_eq!(published(&text), Some(date(2019, 5, 3)));
        assert_eq!(
            published(&format!("عنوان\nنشر في: 5/3/2019\n{BODY}")),
            Some(date(2019, 3, 5))
        );
    }

    #[test]
    fn the_clock_of_the_page_is_the_day_it_was_saved() {
        let clock = format!("2024-03-29 12:22 م\n\nعنوان\n\n{BODY}");
        assert_eq!(read(&clock, "a.txt").published, None);
        assert_eq!(
            read(&clock, "a.txt").crawled.map(|f| f.value),
            Some(date(2024, 3, 29))
        );
        let both = format!("2024-03-29 12:22 م\n\nعنوان\n\n2017-09-24\n{BODY}");
        let dates = read(&both, "a.txt");
        assert_eq!(dates.published.map(|f| f.value), Some(date(2017, 9, 24)));
        assert_eq!(
            dates.crawled.map(|f| f.evidence).as_deref(),
            Some("2024-03-29")
        );
    }

    #[test]
    fn hijri_days_and_times_told_from_now() {
        assert_eq!(
            published(&format!("عنوان\n5 رجب 1440 هـ\n{BODY}")),
            Some(date(2019, 3, 12))
        );
        assert_eq!(
            published(&format!("عنوان\nنشر في 21/10/1436هـ\n{BODY}")),
            Some(date(2015, 8, 6))
        );
        assert_eq!(published(&format!("عنوان\nمنذ يومين\n{BODY}")), None);
        let saved = format!("2024-03-29 12:22 م\n\nعنوان\n\nمنذ يومين\n{BODY}");
        assert_eq!(published(&saved), Some(date(2024, 3, 27)));
    }

    #[test]
    fn names_of_files_and_folders() {
        let of = |path: &str| read(BODY, path).published.map(|f| (f.value, f.place));
        assert_eq!(
            of("x/2015-08-06_SN-01.txt"),
            Some((date(2015, 8, 6), Place::FileName))
        );
        assert_eq!(
            of("almina_2015_08_06_7.txt"),
            Some((date(2015, 8, 6), Place::FileName))
        );
        assert_eq!(
            of("n20150806.txt"),
            Some((date(2015, 8, 6), Place::FileName))
        );
        assert_eq!(
            of("2015/08/06/a.txt"),
            Some((date(2015, 8, 6), Place::Folder))
        );
        assert_eq!(of("2015/a.txt"), None);
        let sureness = |path: &str| read(BODY, path).published.map(|f| f.sureness);
        for (path, told) in [
            ("2031-03-05.txt", Some(Sureness::Sure)),
            ("24-03-2031.txt", Some(Sureness::Sure)),
            ("05-03-2031.txt", Some(Sureness::Unsure)),
            ("خبر_03-04-2031.txt", Some(Sureness::Unsure)),
            ("03-04-2031/a.txt", Some(Sureness::Unsure)),
            ("1452-11-11.txt", Some(Sureness::Likely)),
            ("v1.2.2031.txt", None),
            ("19700101.txt", None),
        ] {
            assert_eq!(sureness(path), told, "{path}");
        }
        assert_eq!(of("12345678.txt"), None);
    }
}
