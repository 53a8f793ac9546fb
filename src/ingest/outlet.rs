//! Who published an article, as a careful reader would tell: the folder it was filed under, what the
//! page says of its source, the file's name, and last the agency of the dateline. Never a guess: what
//! is not said stays unknown.

use super::dateline::Dateline;
use super::furniture::{self, form};
use super::known;
use super::lines::{Line, key, lines};
use crate::article::{Found, FurnitureReason, Place, Span, Sureness};
use crate::text;

/// What the page itself says of its source, datelines left out.
pub(super) fn in_text(
    text: &str,
    lines: &[Line],
    reasons: &[Option<FurnitureReason>],
) -> Option<Found<String>> {
    let n = lines.len();
    let head = 0..n.min(6);
    let tail = n.saturating_sub(14)..n;
    head.clone()
        .chain(tail.clone().rev())
        .find_map(|i| said_source(text, &lines[i]))
        .or_else(|| {
            head.clone()
                .find_map(|i| breadcrumb(text, &lines[i], reasons[i]))
        })
        .or_else(|| head.clone().find_map(|i| byline(text, &lines[i])))
        .or_else(|| tail.clone().rev().find_map(|i| copyright(text, &lines[i])))
        .or_else(|| channel(text, lines, reasons))
        .or_else(|| naming_itself(text, lines, reasons))
        .or_else(|| {
            head.chain(tail)
                .filter(|i| reasons[*i] != Some(FurnitureReason::RelatedLinks))
                .find_map(|i| address(text, &lines[i], reasons[i]))
        })
}

/// The agency of the dateline: the publisher only where nothing else tells one.
pub(super) fn in_dateline(text: &str, line: &Line, dateline: &Dateline) -> Option<Found<String>> {
    let credit = dateline.credit.as_ref()?;
    let from = line.span.start as usize;
    let span = Span::new(from + credit.evidence.0, from + credit.evidence.1);
    Some(Found::new(
        credit.name.clone(),
        span.of(text).to_owned(),
        Place::Text(span),
    ))
}

/// `المصدر: …`, `… الرجوع إلى المصدر الأصلي للخبر من هنا …`, `رابط الخبر بصحيفة …: `,
/// `نشر في … يوم 24 - 09 - 2017`.
fn said_source(text: &str, line: &Line) -> Option<Found<String>> {
    let words = line.span.of(text);
    if line.words > 90 {
        return None;
    }
    const ORIGINAL: &str = "المصدر الاصلي";
    if line.key.contains(ORIGINAL) {
        let rest = after_key(words, ORIGINAL)?;
        let (_, name) = rest.rsplit_once("من هنا")?;
        let from = line.span.end as usize - rest.len();
        return named(text, line, name).map(|found| Found {
            evidence: rest.to_owned(),
            place: Place::Text(Span::new(from, line.span.end as usize)),
            ..found
        });
    }
    if line.words <= 30
        && let Some(rest) = line.key.strip_prefix("رابط الخبر ب")
        && rest.starts_with(['ص', 'م', 'ج', 'و'])
    {
        let before_colon = words.split(':').next()?;
        let name = before_colon
            .trim()
            .rsplit_once(" ب")
            .map(|(_, name)| name)?;
        return named(text, line, name);
    }
    if line.words <= 14 && !line.prose && line.key.starts_with("المصدر ") {
        let (_, rest) = words.split_once([':', '-', '|'])?;
        return rest
            .split(['+', '،', ',', '/', '|'])
            .find_map(|name| named(text, line, name));
    }
    if line.words <= 16 && line.key.starts_with("نشر في ") && line.key.contains(" يوم ") {
        let from = words.find("في ")? + "في ".len();
        let to = words.find(" يوم ")?;
        return named(text, line, words.get(from..to)?);
    }
    None
}

/// `أخبار العالم / اسم الصحيفة`, and a headline that ends in `| اسم الصحيفة`.
fn breadcrumb(text: &str, line: &Line, reason: Option<FurnitureReason>) -> Option<Found<String>> {
    let words = line.span.of(text);
    if reason == Some(FurnitureReason::Navigation) {
        return words
            .split(['/', '»', '«', '>', '›', '|', '•', '·', '-', '–'])
            .rev()
            .find(|part| {
                !furniture::is_section(&key(part)) && furniture::names_an_outlet(&key(part))
            })
            .and_then(|part| named(text, line, part));
    }
    if reason.is_none() && line.words <= 30 {
        let last = words
            .rsplit_once('|')
            .or_else(|| words.rsplit_once(" - "))?
            .1;
        let known =
            known::by_name(last).is_some_and(|k| k.name.contains(' ') || words.contains('|'));
        return if known { named(text, line, last) } else { None };
    }
    None
}

/// `خاص – صحيفة الميناء`, `كتب: سامر الحلو – صحيفة الميناء`, `مراسل قناة الميناء`: a short line about who wrote it, of
/// which a part is surely an outlet.
fn byline(text: &str, line: &Line) -> Option<Found<String>> {
    const OPENINGS: [&str; 10] = [
        "خاص",
        "كتب",
        "كتبت",
        "بقلم",
        "اعداد",
        "تقرير",
        "مراسل",
        "مراسله",
        "تحرير",
        "متابعه",
    ];
    let words = line.span.of(text);
    if line.words > 9 || line.prose {
        return None;
    }
    let mut parts = words
        .split([':', '-', '–', '—', '|', '/', '،', '(', ')'])
        .map(str::trim);
    let opens = |part: &str| OPENINGS.contains(&key(part).split(' ').next().unwrap_or(""));
    if !parts.clone().any(opens) {
        return None;
    }
    parts.find_map(|part| {
        // `خاص بصحيفة الميناء`, `مراسل قناة الميناء`.
        let rest = match part.split_once(' ') {
            Some((first, rest)) if opens(first) => rest,
            _ => part,
        };
        let bare = rest.strip_prefix(['ب', 'ل']).unwrap_or(rest);
        let name = [rest, bare].into_iter().find(|name| {
            let words = key(name);
            furniture::names_an_outlet(&words) && !known::by_key(&words).is_some_and(|k| k.agency)
        })?;
        named(text, line, name)
    })
}

/// The agency that signs the text: `… من جديد. (أ ف ب)`, or a last line of nothing else.
pub(super) fn signed(
    text: &str,
    lines: &[Line],
    reasons: &[Option<FurnitureReason>],
) -> Option<Found<String>> {
    const BELOW: usize = 3;
    let body = lines.iter().zip(reasons).rev();
    let body = body
        .filter(|(_, reason)| reason.is_none())
        .map(|(line, _)| line);
    body.take(BELOW).find_map(|line| {
        let words = line.span.of(text);
        let end = words.trim_end_matches(['.', ' ', ')', '/', ']', '،']);
        let from = match end.rfind(['(', '/', '[']) {
            // Signed at the end of a paragraph.
            Some(at) => at + 1,
            None if line.words <= 4 => 0,
            None => return None,
        };
        let name = end.get(from..)?.trim();
        let known = known::by_name(name).filter(|known| known.agency)?;
        let start = line.span.start as usize;
        let span = Span::new(start + from, start + end.len());
        let found = Found::new(known.name.clone(), name, Place::Text(span));
        Some(found.sure(Sureness::Likely))
    })
}

/// `جميع الحقوق محفوظة لصحيفة … 2017 ©`.
fn copyright(text: &str, line: &Line) -> Option<Found<String>> {
    let words = line.span.of(text);
    let reserved = line.key.contains("الحقوق محفوظه") || line.key.contains("حقوق النشر محفوظه");
    if line.words > 20 || !(reserved || words.contains('©')) {
        return None;
    }
    const EMPTY: &[&str] = &[
        "جميع",
        "كافه",
        "كل",
        "حقوق",
        "الحقوق",
        "النشر",
        "والنشر",
        "الطبع",
        "والطبع",
        "محفوظه",
        "لدي",
        "copyright",
        "copyrights",
        "c",
        "لموقع",
        "ل",
        "لـ",
        "عام",
        "لعام",
        "م",
        "all",
        "rights",
        "reserved",
        "by",
    ];
    let mut name = text::words(words).filter(|word| {
        let key = key(&words[word.clone()]);
        !EMPTY.contains(&key.as_str()) && !key.bytes().all(|b| b.is_ascii_digit())
    });
    let first = name.next()?;
    let end = name.last().map_or(first.end, |last| last.end);
    let name = words.get(first.start..end)?;
    // The preposition is glued to the name: `لصحيفة`.
    let bare = name.strip_prefix("لـ").or_else(|| {
        name.strip_prefix('ل')
            .filter(|rest| furniture::names_an_outlet(&key(rest)))
    });
    named(text, line, bare.unwrap_or(name))
}

/// Whose rights a line of a page's footer reserves.
pub(super) fn owner(line: &str) -> Option<String> {
    let found = lines(line).next().and_then(|of| copyright(line, &of))?;
    let words = key(&found.value);
    let of_pages = [
        "سياسه",
        "الخصوصيه",
        "شروط",
        "اتصل",
        "اعلن",
        "تصميم",
        "privacy",
        "terms",
    ];
    let is_none = |word: &str| of_pages.contains(&word);
    (!words.split(' ').any(is_none)).then_some(found.value)
}

/// The name under a channel's address at the end of a page.
fn channel(
    text: &str,
    lines: &[Line],
    reasons: &[Option<FurnitureReason>],
) -> Option<Found<String>> {
    let contact = |i: usize| reasons[i] == Some(FurnitureReason::Contact);
    let last = lines.len().checked_sub(1)?;
    let at = (last.saturating_sub(3).max(1)..=last).rev().find(|i| {
        let words = lines[*i].span.of(text);
        contact(*i)
            && contact(*i - 1)
            && form::is_name(words, &lines[*i])
            && !form::is_addresses(words)
            && form::is_addresses(lines[*i - 1].span.of(text))
    })?;
    let words = lines[at].span.of(text);
    // A bar of services is no name.
    if furniture::is_share(&lines[at].key) || key(words).is_empty() {
        return None;
    }
    named(text, &lines[at], words)
}

/// `علمت «عكاظ» أن`: who learns, meets and visits in an article is the paper that prints it. What others wrote
/// or were told is told with other words.
fn naming_itself(
    text: &str,
    lines: &[Line],
    reasons: &[Option<FurnitureReason>],
) -> Option<Found<String>> {
    const VERBS: [&str; 6] = ["علمت", "التقت", "رصدت", "استطلعت", "تواصلت", "زارت"];
    let body = lines
        .iter()
        .zip(reasons)
        .filter(|(_, reason)| reason.is_none());
    body.take(12).find_map(|(line, _)| {
        let words = line.span.of(text);
        VERBS.iter().find_map(|verb| {
            let (at, _) = words.match_indices(verb).find(|(at, _)| {
                let before = words[..*at].chars().next_back();
                before.is_none_or(|c| !c.is_alphabetic() || matches!(c, 'و' | 'ف'))
            })?;
            let rest = words[at + verb.len()..].strip_prefix(' ')?;
            let rest = rest.strip_prefix(['«', '"', '“'])?;
            let end = rest.find(['»', '"', '”'])?;
            let known = known::by_name(&rest[..end]).filter(|known| !known.agency)?;
            let to = words.len() - rest.len() + end;
            let from = line.span.start as usize;
            let span = Span::new(from + at, from + to);
            let found = Found::new(known.name.clone(), span.of(text), Place::Text(span));
            Some(found.sure(Sureness::Likely))
        })
    })
}

/// A line that is a known site's address.
fn address(text: &str, line: &Line, reason: Option<FurnitureReason>) -> Option<Found<String>> {
    if !matches!(
        reason,
        Some(FurnitureReason::Contact | FurnitureReason::Notice)
    ) {
        return None;
    }
    let words = line.span.of(text);
    words.split_whitespace().find_map(|word| {
        let rest = word.split_once("://").map_or(word, |(_, rest)| rest);
        let host = rest.split(['/', '?', '#', ':']).next()?;
        let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
        let name = known::by_host(host)?.name.clone();
        Some(Found::new(name, word.to_owned(), Place::Text(line.span)))
    })
}

/// A name as the page writes it, in the table's spelling where that knows it.
fn named(text: &str, line: &Line, name: &str) -> Option<Found<String>> {
    let name =
        name.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')') || c.is_whitespace());
    let words = key(name);
    let count = words.split(' ').filter(|word| !word.is_empty()).count();
    if !(1..=5).contains(&count) || !name.contains(char::is_alphabetic) {
        return None;
    }
    if matches!(
        words.as_str(),
        "وكالات" | "الوكالات" | "متابعات" | "خاص" | "مواقع" | "انترنت" | "هنا"
    ) {
        return None;
    }
    let known = known::by_key(&words).or_else(|| known::by_host(name));
    Some(Found::new(
        known.map_or_else(|| name.to_owned(), |known| known.name.clone()),
        line.span.of(text).to_owned(),
        Place::Text(line.span),
    ))
}

/// The rest of the words from the first place where their key reads `phrase`.
fn after_key<'a>(words: &'a str, phrase: &str) -> Option<&'a str> {
    words
        .char_indices()
        .filter(|(i, c)| *c == 'ا' && (*i == 0 || words[..*i].ends_with(char::is_whitespace)))
        .map(|(i, _)| &words[i..])
        .find(|rest| key(rest).starts_with(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::furniture::form::by_form;

    const BODY: &str = "قالت إدارة المتحف إن المعرض الجديد سيفتح أبوابه للزوار يوم الخميس المقبل بعد تأخير دام شهرين.\n\
        وأضافت أن القاعة الكبرى ستستقبل اللوحات التي وصلت من متاحف أخرى في المنطقة خلال الصيف الماضي.\n";

    fn said(text: &str) -> Option<String> {
        let lines: Vec<Line> = lines(text).collect();
        let form = by_form(text, &lines);
        in_text(text, &lines, &form.reasons).map(|found| found.value)
    }

    #[test]
    fn what_the_page_says_of_its_source() {
        for (head, foot, outlet) in [
            ("أخبار العالم / صحيفة الميناء", "", "صحيفة الميناء"),
            ("معرض جديد", "المصدر: مجلة الميناء + وكالات", "مجلة الميناء"),
            (
                "معرض جديد",
                "ويمكن الرجوع الى المصدر الأصلي للخبر من هنا بريد الميناء",
                "بريد الميناء",
            ),
            (
                "معرض جديد",
                "جميع الحقوق محفوظة لصحيفة الميناء © 2019",
                "صحيفة الميناء",
            ),
            (
                "معرض جديد",
                "https://t.me/almina\nأخبار الميناء",
                "أخبار الميناء",
            ),
            (
                "معرض جديد",
                "رابط الخبر بصحيفة الميناء: معرض جديد",
                "صحيفة الميناء",
            ),
            ("معرض جديد", "https://www.reuters.com/a/b", "رويترز"),
            ("معرض جديد | القدس العربي", "", "القدس العربي"),
        ] {
            let text = format!("{head}\n{BODY}{foot}");
            assert_eq!(said(&text).as_deref(), Some(outlet), "{head} … {foot}");
        }
    }

    #[test]
    fn bylines_and_signatures() {
        for (head, outlet) in [
            ("خاص – صحيفة الميناء", Some("صحيفة الميناء")),
            ("خاص بصحيفة الميناء", Some("صحيفة الميناء")),
            ("كتب: سامر الحلو – مجلة الميناء", Some("مجلة الميناء")),
            ("مراسل قناة الميناء - العريش", Some("قناة الميناء")),
            ("غزة - خاص", None),
            ("سامر الحلو - خاص", None),
            ("كتب: سامر الحلو", None),
        ] {
            assert_eq!(
                said(&format!("معرض جديد\n{head}\n{BODY}")).as_deref(),
                outlet,
                "{head}"
            );
        }
        let credit = |text: &str| {
            let lines: Vec<Line> = lines(text).collect();
            let form = by_form(text, &lines);
            signed(text, &lines, &form.reasons).map(|found| found.value)
        };
        let body = BODY.trim_end();
        assert_eq!(credit(&format!("{body} (أ ف ب)")).as_deref(), Some("أ ف ب"));
        assert_eq!(
            credit(&format!("{body}\nرويترز")).as_deref(),
            Some("رويترز")
        );
        assert_eq!(credit(&format!("{body} (صورة)")), None);
        assert_eq!(credit(body), None);
    }

    #[test]
    fn a_paper_that_names_itself() {
        let text =
            format!("معرض جديد\nعلمت «عكاظ» أن المعرض سيفتح قريبا في المدينة القديمة.\n{BODY}");
        assert_eq!(said(&text).as_deref(), Some("عكاظ"));
        let told = format!(
            "معرض جديد\nوقال المدير لـ«عكاظ» إن المعرض سيفتح قريبا في المدينة القديمة.\n{BODY}"
        );
        assert_eq!(said(&told), None);
    }

    #[test]
    fn what_says_nothing_stays_unknown() {
        for (head, foot) in [
            ("معرض جديد", ""),
            ("معرض جديد", "المصدر: وكالات"),
            ("رويترز تنشر صور المعرض", "شارك على فيسبوك تويتر"),
            ("معرض جديد - الخميس", "https://t.me/almina"),
        ] {
            assert_eq!(
                said(&format!("{head}\n{BODY}{foot}")),
                None,
                "{head} … {foot}"
            );
        }
    }
}
