//! Page furniture that a single page shows by its form: section names and breadcrumbs above the
//! article, counters, links to other articles, share bars, contact lines, notices. When in doubt a line
//! is article text: swallowed text is worse than a menu that stays.

use super::phrases::{self as say};
use crate::article::{Furniture, FurnitureReason as Reason, Span};
use crate::ingest::dates::parse;
use crate::ingest::known;
use crate::ingest::lines::{Line, key};

/// How many lines from either end count as near it.
const NEAR_HEAD: usize = 10;
const NEAR_TAIL: usize = 16;
/// Words of the longest sentence under a link to another article.
const TEASER: usize = 45;

/// What a page's lines are by their form.
pub(in crate::ingest) struct Form {
    /// For each line the reason for which it is furniture.
    pub reasons: Vec<Option<Reason>>,
    /// The first line of prose; the number of lines where there is none.
    pub first_prose: usize,
    /// The line after the last line of prose.
    pub after_prose: usize,
    /// Furniture that is a part of a line.
    pub within: Vec<Furniture>,
}

pub(in crate::ingest) fn by_form(text: &str, lines: &[Line]) -> Form {
    let mut form = Form {
        reasons: lines
            .iter()
            .enumerate()
            .map(|(i, line)| anywhere(text, lines, i, line))
            .collect(),
        first_prose: 0,
        after_prose: 0,
        within: Vec::new(),
    };
    counters(text, lines, &mut form.reasons);
    form.find_prose(lines);
    related(text, lines, &mut form);
    form.find_prose(lines);
    head(text, lines, &mut form);
    tail(text, lines, &mut form);
    tags_in_last_line(text, lines, &mut form);
    form
}

impl Form {
    fn find_prose(&mut self, lines: &[Line]) {
        let prose = |i: &usize| lines[*i].prose && self.reasons[*i].is_none();
        self.first_prose = (0..lines.len()).find(prose).unwrap_or(lines.len());
        self.after_prose = (0..lines.len()).rev().find(prose).map_or(0, |i| i + 1);
    }
}

/// Neighbouring lines of one reason become one stretch; stretches come sorted.
pub(in crate::ingest) fn stretches(
    lines: &[Line],
    reasons: &[Option<Reason>],
    within: &[Furniture],
) -> Vec<Furniture> {
    let mut all: Vec<Furniture> = Vec::new();
    let mut open: Option<usize> = None;
    for (i, (line, reason)) in lines.iter().zip(reasons).enumerate() {
        let Some(reason) = *reason else { continue };
        let before = all.last_mut().filter(|_| open == i.checked_sub(1) && i > 0);
        match before.and_then(|last| Some((last.span, joined(last.reason, reason)?, last))) {
            Some((span, joined, last)) => {
                last.span = span.union(line.span);
                last.reason = joined;
            }
            None => all.push(Furniture {
                span: line.span,
                reason,
            }),
        }
        open = Some(i);
    }
    for part in within {
        if !all.iter().any(|known| known.span.overlaps(part.span)) {
            all.push(part.clone());
        }
    }
    all.sort_by_key(|furniture| furniture.span);
    all
}

/// The reason of two neighbours that are one stretch. A repeated block counts its rarest line.
fn joined(a: Reason, b: Reason) -> Option<Reason> {
    match (a, b) {
        (Reason::Repeated { pages, of }, Reason::Repeated { pages: other, .. }) => {
            Some(Reason::Repeated {
                pages: pages.min(other),
                of,
            })
        }
        _ => (a == b).then_some(a),
    }
}

/// What is furniture by its own words, near an end of the page or anywhere.
fn anywhere(text: &str, lines: &[Line], i: usize, line: &Line) -> Option<Reason> {
    let words = line.span.of(text);
    let near = i < NEAR_HEAD || i + NEAR_TAIL >= lines.len();
    if is_addresses(words) || near && is_share_bar(line) {
        return Some(Reason::Contact);
    }
    if near && line.words <= 70 && say::NOTICES.within(&line.key) {
        return Some(Reason::Notice);
    }
    if near && line.words <= 40 && (words.contains('©') || say::NOTICE_BEGINS.begin(&line.key)) {
        return Some(Reason::Notice);
    }
    // An agency's end mark, and the time under it.
    let mark = |key: &str, words: &str| {
        matches!(key, "انتهي" | "يتبع" | "تمت") && words.contains(['/', '#', '*', '('])
    };
    if mark(&line.key, words) {
        return Some(Reason::Notice);
    }
    let before = i.checked_sub(1).map(|i| &lines[i]);
    if before.is_some_and(|before| mark(&before.key, before.span.of(text))) && is_time(words) {
        return Some(Reason::Notice);
    }
    if near && line.words <= 5 && !line.prose && say::COUNTED.within(&line.key) && counts(&line.key)
    {
        return Some(Reason::Counter);
    }
    None
}

/// `شاهده 120`: a few words, one of them a number or a statement that there is none.
fn counts(key: &str) -> bool {
    let number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let others: Vec<&str> = key.split(' ').filter(|word| !number(word)).collect();
    let numbers = key.split(' ').count() - others.len();
    let rest = others.join(" ");
    (numbers > 0 || rest.starts_with("لا "))
        && (say::COUNTED.is(&rest) || rest.starts_with("لا ") && say::COUNTED.begin(&rest))
}

/// `• 1/7`, `2 من 7` and rows of page numbers, with their neighbours.
fn counters(text: &str, lines: &[Line], reasons: &mut [Option<Reason>]) {
    let of = |i: usize| -> Option<(u32, u32)> {
        let tokens = parse::tokens(lines.get(i)?.span.of(text));
        let from = usize::from(
            parse::mark(&tokens, 0).is_some() || parse::word(&tokens, 0) == Some("صوره"),
        );
        let (n, _) = parse::number(&tokens, from)?;
        let parted = parse::mark(&tokens, from + 1) == Some('/')
            || parse::word(&tokens, from + 1) == Some("من");
        let (all, _) = parse::number(&tokens, from + 2)?;
        (parted && tokens.len() == from + 3 && n <= all && all < 1000).then_some((n, all))
    };
    for i in 0..lines.len() {
        let digits = lines[i].key.bytes().any(|byte| byte.is_ascii_digit());
        if reasons[i].is_some() || lines[i].words > 12 || !digits {
            continue;
        }
        if of(i).is_some() {
            reasons[i] = Some(Reason::Counter);
            continue;
        }
        let numbers: Vec<&str> = lines[i].key.split(' ').collect();
        let row = numbers.len() >= 3
            && numbers
                .iter()
                .enumerate()
                .all(|(n, word)| word.parse() == Ok(n + 1));
        if row {
            reasons[i] = Some(Reason::Counter);
        }
    }
}

/// Headings such as «اقرأ أيضًا» and what stands under them.
fn related(text: &str, lines: &[Line], form: &mut Form) {
    // What lies ahead of a line that has no reason yet is not changed by what is found before it.
    let mut known: Option<Vec<Ahead>> = None;
    for i in 0..lines.len() {
        if form.reasons[i].is_some() {
            continue;
        }
        let line = &lines[i];
        let words = line.span.of(text);
        if line.key.starts_with(say::OTHER_ARTICLES) && i >= form.first_prose {
            form.reasons[i] = Some(Reason::RelatedLinks);
            continue;
        }
        let before_colon = words
            .split_once(':')
            .map(|(before, after)| (key(before), after));
        let alone = line.words <= 6
            && (say::RELATED.is(&line.key)
                || before_colon.as_ref().is_some_and(|(before, after)| {
                    key(after).is_empty() && say::RELATED.is(before)
                }));
        if alone && i >= form.first_prose {
            let ahead = known.get_or_insert_with(|| ahead(lines, &form.reasons));
            let end = block_end(text, lines, ahead, i);
            for reason in &mut form.reasons[i..end] {
                reason.get_or_insert(Reason::RelatedLinks);
            }
        } else if line.words <= 30
            && !words.ends_with('.')
            && (before_colon.is_some_and(|(before, _)| say::RELATED.is(&before))
                || say::RELATED_BEFORE_HEADLINE.begin(&line.key))
        {
            form.reasons[i] = Some(Reason::RelatedLinks);
        }
    }
}

/// What comes at a line or after it.
#[derive(Clone, Copy)]
struct Ahead {
    /// Words from here to the end.
    words: usize,
    /// The next line that begins something else: contact lines, notices.
    other: usize,
    prose: usize,
    /// The next line of prose that the next line goes on.
    running: usize,
    /// The next line of prose that is too long for a teaser.
    long: usize,
}

/// For each line, and for the end, what comes next; all as far as the page has been read.
fn ahead(lines: &[Line], reasons: &[Option<Reason>]) -> Vec<Ahead> {
    let end = lines.len();
    let mut next = Ahead {
        words: 0,
        other: end,
        prose: end,
        running: end,
        long: end,
    };
    let mut all = vec![next; end + 1];
    for (i, line) in lines.iter().enumerate().rev() {
        next.words += line.words;
        match reasons[i] {
            Some(Reason::Contact | Reason::Notice) => next.other = i,
            None if line.prose => {
                if next.prose == i + 1 {
                    next.running = i;
                }
                if line.words > TEASER {
                    next.long = i;
                }
                next.prose = i;
            }
            _ => {}
        }
        all[i] = next;
    }
    all
}

/// The line after the block of links under the heading `heading`.
fn block_end(text: &str, lines: &[Line], ahead: &[Ahead], heading: usize) -> usize {
    let after = ahead[heading + 1];
    let n = after.other;
    let next_prose = after.prose;
    if next_prose >= n {
        return n; // nothing but headlines to the end
    }
    // Headlines, each with a sentence under it, to the end of the page.
    let words_after = after.words - ahead[n].words;
    let teasers = next_prose > heading + 1 && after.running + 1 >= n && after.long >= n;
    if teasers && words_after * 3 < ahead[0].words {
        return n;
    }
    // The article goes on below. A long run of short lines is more likely part of it than links.
    let run = &lines[heading + 1..next_prose];
    let is_link = |line: &Line| line.words >= 3 && !line.span.of(text).ends_with(['.', ':', '،']);
    if run.len() <= 5 && run.iter().all(is_link) {
        next_prose
    } else {
        heading + 1
    }
}

fn head(text: &str, lines: &[Line], form: &mut Form) {
    // A page of short lines only (a poem, a list) has a head too.
    let end = form.first_prose.min(lines.len().saturating_sub(1)).min(25);
    for (line, reason) in lines[..end].iter().zip(&mut form.reasons) {
        if reason.is_some() {
            continue;
        }
        let words = line.span.of(text);
        *reason = if is_navigation(words, &line.key) {
            Some(Reason::Navigation)
        } else {
            contact(words, line)
        };
    }
}

fn tail(text: &str, lines: &[Line], form: &mut Form) {
    let from = form.after_prose.max(lines.len().saturating_sub(40)).max(1);
    for (i, line) in lines.iter().enumerate().skip(from) {
        if form.reasons[i].is_some() {
            continue;
        }
        let words = line.span.of(text);
        let tags = line.words <= 40 && !line.prose && say::TAGS.begin(&line.key);
        let hashtags =
            words.contains(' ') && words.split_whitespace().all(|word| word.starts_with('#'));
        form.reasons[i] = if tags || hashtags || is_menu(words) {
            Some(Reason::Navigation)
        } else if form.reasons[i - 1] == Some(Reason::Contact) && is_name(words, line) {
            // The channel's own name under its address.
            Some(Reason::Contact)
        } else {
            contact(words, line)
        };
    }
}

fn contact(words: &str, line: &Line) -> Option<Reason> {
    let address = || words.contains(|c: char| c.is_numeric() || c == '@');
    let invitation =
        say::CONTACT_BEGINS.begin(&line.key) || say::ADDRESS_BEGINS.begin(&line.key) && address();
    (invitation && !line.prose && line.words <= 25).then_some(Reason::Contact)
}

/// Only words such as «شارك» and the names of services.
fn is_share_bar(line: &Line) -> bool {
    let mut strong = false;
    line.words <= 14
        && line.key.split(' ').all(|word| {
            let is = say::SHARE_STRONG.is(word);
            strong |= is;
            is || say::SHARE.is(word) || word.bytes().all(|b| b.is_ascii_digit())
        })
        && strong
}

/// Keywords that a page without line breaks glued to its last sentence: `…في المدينة. سمات الطرق الجسور`.
fn tags_in_last_line(text: &str, lines: &[Line], form: &mut Form) {
    let Some(line) = lines.last().map(|line| line.span) else {
        return;
    };
    let words = line.of(text);
    let Some(at) = words.rfind(" سمات ") else {
        return;
    };
    let (before, after) = words.split_at(at);
    let ended = before
        .trim_end()
        .ends_with(['.', '!', '؟', '»', '”', '"', ')']);
    if ended && !after.contains(['.', '،', ':', '؛']) && after.split_whitespace().count() <= 25 {
        form.within.push(Furniture {
            span: Span::new(line.start as usize + at + 1, line.end as usize),
            reason: Reason::Navigation,
        });
    }
}

/// A section's name, a menu on one line, or a breadcrumb.
fn is_navigation(words: &str, key: &str) -> bool {
    say::SECTIONS.is(key) || is_menu(words)
}

/// `الرئيسية » أخبار » اقتصاد`, `أخبار العالم / اسم الصحيفة`: names only, at least one a section.
fn is_menu(words: &str) -> bool {
    let parts: Vec<String> = words
        .split(['/', '»', '«', '>', '›', '|', '•', '·', '\\', '←', '-', '–'])
        .map(key)
        .filter(|part| !part.is_empty())
        .collect();
    parts.len() >= 2
        && parts.iter().any(|part| say::SECTIONS.is(part))
        && parts
            .iter()
            .all(|part| say::SECTIONS.is(part) || say::names_an_outlet(part))
}

/// Nothing but web addresses, mail addresses and handles, perhaps with the service's name.
pub(in crate::ingest) fn is_addresses(words: &str) -> bool {
    let mut found = false;
    // Most lines leave here.
    if !words.contains(['@', '/', '.']) && !words.contains("[email") {
        return false;
    }
    // Cloudflare writes this over every mail address.
    let shown = words
        .replace("[email protected]", "a@b")
        .replace("[email\u{a0}protected]", "a@b");
    shown.split_whitespace().all(|word| {
        let is = is_address(word);
        found |= is;
        is || say::SHARE_STRONG.is(&key(word)) || say::SHARE.is(&key(word)) || key(word).is_empty()
    }) && found
}

fn is_address(word: &str) -> bool {
    let word = word
        .trim_matches(|c: char| matches!(c, '(' | ')' | '<' | '>' | '«' | '»' | ':' | '،' | ','));
    if !word.is_ascii() && !word.contains("://") {
        return false;
    }
    word.contains("://")
        || word.starts_with("www.")
        || word.strip_prefix('@').is_some_and(|name| name.len() >= 3)
        || word
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
        || word.split_once('/').is_some_and(|(host, _)| {
            known::by_host(host).is_some()
                || matches!(host, "t.me" | "wa.me" | "bit.ly" | "youtu.be" | "fb.com")
        })
        || known::by_host(word).is_some()
}

/// Short, without sentence marks: how a channel or a site writes its own name.
pub(in crate::ingest) fn is_name(words: &str, line: &Line) -> bool {
    line.words <= 4
        && !line.prose
        && !words.ends_with(['.', '؟', '!', ':', '،', '…'])
        && !words.contains(|c: char| c.is_numeric())
}

fn is_time(words: &str) -> bool {
    let tokens = parse::tokens(words);
    parse::time_at(&tokens, 0).is_some() && tokens.len() <= 7
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::lines::lines;
    use proptest::prelude::*;

    const BODY: &str = "أعلنت بلدية الميناء القديم صباح اليوم أن أعمال توسيع الرصيف الشرقي ستبدأ مطلع الشهر المقبل.\n\n\
        وأوضح رئيس البلدية أن المشروع يمتد على ثلاث سنوات، وأن السفن الصغيرة ستنتقل إلى الحوض الغربي مؤقتا.\n";

    fn found(text: &str) -> Vec<(Reason, &str)> {
        let lines: Vec<Line> = lines(text).collect();
        let form = by_form(text, &lines);
        stretches(&lines, &form.reasons, &form.within)
            .into_iter()
            .map(|f| (f.reason, f.span.of(text)))
            .collect()
    }

    #[test]
    fn a_whole_page() {
        let text = format!(
            "الرئيسية » اقتصاد\nالشريط الإخباري\nتوسيع رصيف الميناء\n  • 1/3\n  • 2/3\n  • 3/3\n{BODY}\
             انظر أيضًا:\nسفينة جديدة تصل\nحلب - وصلت أمس السفينة الثالثة…\n\
             https://t.me/almina\n[email protected]\nأخبار الميناء القديم\n\
             جميع الحقوق محفوظة © 2019 أخبار الميناء القديم"
        );
        let found = found(&text);
        assert_eq!(
            found,
            [
                (Reason::Navigation, "الرئيسية » اقتصاد\nالشريط الإخباري"),
                (Reason::Counter, "• 1/3\n  • 2/3\n  • 3/3"),
                (
                    Reason::RelatedLinks,
                    "انظر أيضًا:\nسفينة جديدة تصل\nحلب - وصلت أمس السفينة الثالثة…"
                ),
                (
                    Reason::Contact,
                    "https://t.me/almina\n[email protected]\nأخبار الميناء القديم"
                ),
                (
                    Reason::Notice,
                    "جميع الحقوق محفوظة © 2019 أخبار الميناء القديم"
                ),
            ]
        );
    }

    #[test]
    fn links_in_the_middle_leave_the_article_alone() {
        let text = format!(
            "{BODY}اقرأ أيضا: قارب جديد للصيادين في الميناء\n{BODY}اقرأ أيضا\nقارب جديد للصيادين\n{BODY}"
        );
        let found = found(&text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].1, "اقرأ أيضا: قارب جديد للصيادين في الميناء");
        assert_eq!(found[1].1, "اقرأ أيضا\nقارب جديد للصيادين");
    }

    #[test]
    fn teasers_to_the_end_go_with_their_heading() {
        let teaser = "قال الصيادون إن الموسم كان جيدا هذا العام رغم الرياح القوية.";
        let text = format!(
            "عنوان\n{BODY}{BODY}{BODY}مواضيع ذات صلة\nموسم الصيد\n{teaser}\nأسعار السمك\n{teaser}"
        );
        let found = found(&text);
        assert_eq!(found.len(), 1);
        assert!(found[0].1.starts_with("مواضيع") && found[0].1.ends_with(teaser));
    }

    #[test]
    fn keywords_glued_to_the_last_sentence() {
        let text = format!("{} سمات الميناء الرصيف الشرقي", BODY.trim_end());
        assert_eq!(
            found(&text),
            [(Reason::Navigation, "سمات الميناء الرصيف الشرقي")]
        );
    }

    #[test]
    fn article_text_stays() {
        for line in [
            "وقال إن نسبة 1/7 من السكان تضررت من الفيضان الأخير في المدينة.",
            "رياضة ركوب الأمواج تجذب السياح",
            "سياسة الباب المفتوح / الجزء الثاني",
            "مشاهدات من رحلة إلى الجنوب",
            "دقيقة صمت في الملعب",
            "هاتف جديد في السوق",
            "انتهى الاجتماع",
        ] {
            let text = format!("{line}\n{BODY}{line}\n{BODY}");
            assert_eq!(found(&text), [], "{line}");
        }
    }

    proptest! {
        #[test]
        fn stretches_are_sorted_and_apart(
            picks in proptest::collection::vec(0usize..9, 0..25),
            noise in "[\\PC\n]{0,60}",
        ) {
            let stock = ["اقرأ أيضا", "• 1/7", "الرئيسية", "© 2020", "https://a.b", BODY, "عنوان قصير", "\r\n", "// انتهى //"];
            let mut text: String = picks.iter().map(|i| format!("{}\n", stock[*i])).collect();
            text.push_str(&noise);
            let lines: Vec<Line> = lines(&text).collect();
            let form = by_form(&text, &lines);
            let mut from = 0;
            for stretch in stretches(&lines, &form.reasons, &form.within) {
                prop_assert!(stretch.span.start >= from && !stretch.span.is_empty());
                prop_assert!(text.get(stretch.span.range()).is_some());
                from = stretch.span.end;
            }
        }
    }
}
