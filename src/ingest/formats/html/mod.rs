//! Saved web pages: the main text by a readability library, the headline above it, and what the page says
//! of itself (`meta`). Executes nothing, fetches nothing; what is left out is not part of the article.

mod blocks;
mod clean;
mod meta;
#[cfg(test)]
mod shapes;
mod visible;

use dom_smoothie::{Config, Readability, TextMode};

use super::page::{Claim, Page, Said, one_line};
use super::{Pages, Source};
use crate::article::{FileKind, Origin};
use crate::ingest::decode::decode_as;
use crate::ingest::error::{Failure, SkipReason};
use crate::work::Watch;

/// More elements than this are no page that a person saved.
const MOST_ELEMENTS: usize = 200_000;
/// Words of a line that is no label.
const SENTENCE: usize = 9;
/// A main text of fewer words may have much around it.
const SHORT: usize = 90;
/// A main text of fewer words has been missed.
const FEW: usize = 20;
/// Elements nest no deeper than this in pages of people; parsers of trees recurse.
const DEEPEST: usize = 1_500;

/// Elements that hold nothing, and those that many pages never close.
const VOID: &[&str] = &[
    "br", "img", "meta", "link", "hr", "input", "area", "source", "wbr", "col", "embed", "param",
    "base",
];
const LEFT_OPEN: &[&str] = &["p", "li", "td", "tr", "th", "option", "dd", "dt"];

/// # Errors
/// Why the bytes are no page with words on it, or that the job was stopped.
pub(super) fn read(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    let declared = source
        .charset
        .clone()
        .or_else(|| declared_charset(&bytes).map(str::to_owned));
    let html = decode_as(bytes, declared.as_deref(), watch)?.text;
    watch.check()?;
    let is_xml = matches!(source.extension.as_str(), "xhtml" | "xht" | "xml");
    let html = if is_xml { spelled_out(&html) } else { html };
    let page = page(&html, FileKind::Html)?;
    Ok(Pages::one(page))
}

/// XML closes any element where it opens it: `<script src="…"/>`; to a reader of HTML such a script never ends.
fn spelled_out(xml: &str) -> String {
    let mut html = String::with_capacity(xml.len());
    let mut from = 0;
    for (at, _) in xml.match_indices("/>") {
        let tag = xml[from..at]
            .rfind('<')
            .map(|open| &xml[from + open + 1..at]);
        let name = tag.and_then(|tag| tag.split(|c: char| c.is_whitespace()).next());
        html.push_str(&xml[from..at]);
        match name {
            Some(name) if !name.is_empty() && !VOID.contains(&name) => {
                html.push_str(&format!("></{name}>"));
            }
            _ => html.push_str("/>"),
        }
        from = at + "/>".len();
    }
    html.push_str(&xml[from..]);
    html
}

/// One page's article.
///
/// # Errors
/// There are no words on it, or it is no page that a reader can take apart.
pub(super) fn page(html: &str, kind: FileKind) -> Result<Page, Failure> {
    if depth(html) > DEEPEST {
        return Err(SkipReason::TooDeep.into());
    }
    let html = html.replace('\0', "");
    let mut reader = Readability::from(html.as_str());
    reader.config = Config {
        max_elements_to_parse: MOST_ELEMENTS,
        disable_json_ld: true,
        text_mode: TextMode::Formatted,
        ..Config::default()
    };
    let mut meta = meta::read(&reader.doc, &html);
    take_shown(&reader.doc, &mut meta);
    clean::drop_furniture(&reader.doc);
    let densest = blocks::densest(&reader.doc).unwrap_or_default();
    let whole = clean::text(&reader.doc);
    clean::hold_lines(&reader.doc);
    let main = reader
        .parse()
        .map(|article| tidy(&article.text_content))
        .unwrap_or_default();
    let body = best_body(main, densest, whole, meta.body.as_deref());
    let mut page = Page::headed(
        meta.headline.as_deref(),
        &without_headline(&body, meta.headline.as_deref()),
        kind,
    );
    if !page.text.chars().any(char::is_alphanumeric) {
        return Err(SkipReason::NoWords.into());
    }
    page.said.append(Said { ..meta.said });
    Ok(page)
}

/// Adds what the page shows beside its text to what its head says.
fn take_shown(doc: &dom_query::Document, meta: &mut meta::Meta) {
    let shown = visible::read(doc, meta.headline.as_deref(), meta.title.as_deref());
    let claim = |value: Option<String>, origin| value.and_then(|value| Claim::new(&value, origin));
    meta.headline = shown.headline.or_else(|| meta.headline.take());
    let said = &mut meta.said;
    said.outlets.extend(claim(shown.site, Origin::TitleTag));
    said.outlets.extend(claim(shown.owner, Origin::Footer));
    said.updated.extend(claim(shown.updated, Origin::TimeTag));
    said.crawled.extend(meta::clock(doc));
    said.ago = claim(shown.ago, Origin::TimeTag);
    let day = claim(shown.published, Origin::TimeTag);
    said.published.extend(day.or_else(|| meta::on_page(doc)));
}

/// The main text; the densest part, or the whole page, where the library found next to nothing of it, the page's own record
/// where the page is filled by scripts.
fn best_body(main: String, densest: String, whole: String, recorded: Option<&str>) -> String {
    let words = |text: &str| text.split_whitespace().count();
    let found = words(&main);
    if let Some(recorded) = recorded
        && words(recorded) > 30
        && found * 2 < words(recorded)
    {
        return tidy(recorded);
    }
    let sentences = |line: &&str| words(line) >= SENTENCE;
    let in_densest = |line: &str| densest.lines().any(|other| other == line);
    if found < FEW && words(&densest) > found {
        densest
    } else if found < SHORT
        && words(&densest) >= FEW
        && words(&densest) < found
        && main.lines().filter(sentences).all(in_densest)
    {
        // All its sentences without what stands around them.
        densest
    } else if found < FEW && words(&whole) > found {
        whole
    } else {
        main
    }
}

/// The body without its first lines where they only repeat the headline.
fn without_headline(body: &str, headline: Option<&str>) -> String {
    let Some(headline) = headline.map(one_line) else {
        return body.to_owned();
    };
    let lines: Vec<&str> = body.lines().collect();
    let at = lines
        .iter()
        .take(4)
        .position(|line| one_line(line) == headline);
    match at {
        Some(at) => {
            let mut kept = lines;
            kept.remove(at);
            kept.join("\n")
        }
        None => body.to_owned(),
    }
}

/// True for a value that is written in markup.
pub(super) fn has_markup(value: &str) -> bool {
    const MARKUP: [&str; 7] = ["</", "<br", "<p>", "<BR", "<P>", "<div", "<img"];
    MARKUP.iter().any(|tag| value.contains(tag))
}

/// Text of a value that may hold markup (`<p>…</p>`, `&quot;`), as feeds and exports have it.
pub(super) fn text_of(value: &str) -> String {
    if has_markup(value) && depth(value) <= DEEPEST {
        let reader = Readability::from(format!("<html><body>{value}</body></html>"));
        clean::drop_scripts(&reader.doc);
        return clean::text(&reader.doc);
    }
    if value.contains('&') && value.contains(';') {
        // Entities alone: a parser knows them all, and needs the angle brackets out of its way.
        let reader = Readability::from(format!("<pre>\n{}</pre>", value.replace('<', "&lt;")));
        return reader.doc.text().to_string();
    }
    value.to_owned()
}

/// Lines without blanks at their ends; never more than one blank line.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines() {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        if line.is_empty() {
            if !blank {
                out.push('\n');
            }
            blank = true;
        } else {
            out.push_str(line);
            out.push('\n');
            blank = false;
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The charset that the head of a page names.
fn declared_charset(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(4096)];
    let lower = head.to_ascii_lowercase();
    let at = find(&lower, b"charset=")
        .map(|at| at + b"charset=".len())
        .or_else(|| find(&lower, b"encoding=").map(|at| at + b"encoding=".len()))?;
    let rest = head.get(at..)?;
    let from = usize::from(matches!(rest.first(), Some(b'"' | b'\'')));
    let rest = rest.get(from..)?;
    let end = rest
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')))
        .unwrap_or(rest.len());
    std::str::from_utf8(&rest[..end])
        .ok()
        .filter(|name| !name.is_empty())
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

/// How deep elements may nest at most, by counting tags; what holds nothing or is often left open counts as closed.
fn depth(html: &str) -> usize {
    let (mut now, mut most) = (0usize, 0usize);
    let bytes = html.as_bytes();
    for (at, _) in html.match_indices('<') {
        match bytes.get(at + 1) {
            Some(b'/') => now = now.saturating_sub(1),
            Some(b) if b.is_ascii_alphabetic() => {
                let name = &html[at + 1..];
                let end = name
                    .find(|c: char| !c.is_ascii_alphanumeric())
                    .unwrap_or(name.len());
                let mut left_open = VOID.iter().chain(LEFT_OPEN);
                if !left_open.any(|v| name[..end].eq_ignore_ascii_case(v)) {
                    now += 1;
                    most = most.max(now);
                }
            }
            _ => {}
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: [&str; 3] = [
        "قال حارس المنارة إن العمل مستمر",
        "وصلت إلى الميناء أمس السفينة الأولى من الأسطول الجديد بعد رحلة دامت ثلاثة أسابيع في البحر المفتوح، \
         وقال القبطان إن الطاقم بخير وإن الحمولة سليمة كلها.",
        "وأضاف مدير الميناء أن سفنا أخرى ستصل خلال الأيام المقبلة محملة بالقمح، وأن التفريغ يبدأ صباح الغد.",
    ];

    #[test]
    fn a_line_end_before_a_blank_line_stays_one() {
        let [first, second, third] = BODY;
        for cell in ["td", "div"] {
            let html = format!(
                "<html><body><table><tr><{cell}>{first}<br>{second}<br><br>{third}</{cell}></tr></table></body></html>"
            );
            let page = page(&html, FileKind::Html).unwrap();
            let lines: Vec<&str> = page.text.lines().filter(|line| !line.is_empty()).collect();
            assert_eq!(lines, BODY, "{cell}");
        }
    }

    #[test]
    fn a_line_with_both_days_gives_both() {
        let [_, second, third] = BODY;
        let html = format!(
            "<html><head><title>السفينة الأولى تصل - مرصد الميناء</title></head><body><article>\
             <h1>السفينة الأولى تصل</h1><span>نشر: 05/03/2031</span> <span>تحديث: 27/03/2031 10:30</span>\
             <p>{second}</p><p>{third}</p></article></body></html>"
        );
        let page = page(&html, FileKind::Html).unwrap();
        assert_eq!(page.said.published[0].value, "نشر: 05/03/2031");
        assert!(page.said.updated[0].value.contains("27/03/2031"));
        assert!(!page.text.contains("2031"));
    }
}
