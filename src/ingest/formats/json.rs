//! JSON and JSON Lines: every object that carries an article's text under a name that says so, wherever it
//! lies in the file. Shapes of exporters differ, so names decide, not places.

mod mend;
mod value;

use serde::de::{DeserializeSeed as _, IgnoredAny};
use serde_json::Deserializer;

use self::mend::mended;
use self::value::{Seen, Value};
use super::fields::Role;
use super::page::Page;
use super::{Pages, Source};
use crate::article::FileKind;
use crate::ingest::decode::decode_as;
use crate::ingest::error::{Failure, SkipReason};
use crate::work::Watch;

/// # Errors
/// The bytes are no text, no JSON, or hold no article; or the job was stopped.
pub(super) fn read(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    let text = decode_as(bytes, None, watch)?.text;
    watch.check()?;
    let is_lines = matches!(source.extension.as_str(), "jsonl" | "ndjson" | "jl");
    let pages = if is_lines {
        lines(&text, watch)?
    } else {
        values(&text, watch)?
    };
    if pages.pages.is_empty() && pages.skipped.is_empty() {
        return Err(SkipReason::NoArticle.into());
    }
    Ok(pages)
}

/// One value, or several.
fn values(text: &str, watch: &Watch) -> Result<Pages, Failure> {
    let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if let Ok(found) = whole(trimmed, watch) {
        return Ok(number(found));
    }
    // Many a `.json` is JSON Lines.
    if looks_like_lines(trimmed) {
        return lines(text, watch);
    }
    let found = several(&mended(trimmed), watch);
    watch.check()?;
    let broken = |error| SkipReason::Malformed(format!("no valid JSON: {error}"));
    Ok(number(found.map_err(broken)?))
}

/// The articles of a whole file or line. Fails where it is no JSON, or when the job is stopped.
fn whole(text: &str, watch: &Watch) -> serde_json::Result<Vec<Page>> {
    let mut found = Vec::new();
    parse(text, Value::alone(None, &mut found, watch))?;
    Ok(found)
}

/// The same where one value follows the other, as programs write to the end of a file.
fn several(text: &str, watch: &Watch) -> serde_json::Result<Vec<Page>> {
    let mut found = Vec::new();
    let mut json = Deserializer::from_str(text);
    loop {
        Value::alone(None, &mut found, watch).deserialize(&mut json)?;
        if json.end().is_ok() {
            return Ok(found);
        }
    }
}

fn parse(text: &str, value: Value) -> serde_json::Result<Seen> {
    let mut json = Deserializer::from_str(text);
    let seen = value.deserialize(&mut json)?;
    json.end()?;
    Ok(seen)
}

/// The text of an article that an editor of blocks has saved as a string: `{"blocks": [{"type": …, "data": …}]}`.
pub(super) fn edited(value: &str) -> Option<String> {
    if !value.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let watch = Watch::silent();
    let mut within = Vec::new();
    let value = parse(value, Value::alone(Some(Role::Text), &mut within, &watch));
    value.ok()?.edited()
}

/// A small value, strictly JSON or not.
pub(super) fn loose(text: &str) -> serde_json::Result<serde_json::Value> {
    serde_json::from_str(text).or_else(|_| serde_json::from_str(&mended(text)))
}

fn looks_like_lines(text: &str) -> bool {
    let is_object =
        |line: &str| line.starts_with('{') && serde_json::from_str::<IgnoredAny>(line).is_ok();
    let mut head = text.lines().map(str::trim).filter(|line| !line.is_empty());
    head.next().is_some_and(is_object) && head.next().is_some_and(is_object)
}

/// One object stands for the file; of several, each has its number.
fn number(found: Vec<Page>) -> Pages {
    let mut pages = Pages {
        pages: found,
        ..Pages::default()
    };
    if let [_] = pages.pages[..] {
        return pages;
    }
    pages.cut();
    for (i, page) in pages.pages.iter_mut().enumerate() {
        page.part = Some((i + 1).to_string());
    }
    pages
}

/// One article a line, told by the line's number.
fn lines(text: &str, watch: &Watch) -> Result<Pages, Failure> {
    let mut pages = Pages::default();
    let (mut bad, mut first_bad, mut bare) = (0, 0, 0);
    for (i, line) in text.lines().enumerate() {
        if i % 64 == 0 {
            watch.check()?;
        }
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if pages.is_full() {
            break;
        }
        let found = whole(line, watch).or_else(|_| whole(&mended(line), watch));
        let Ok(found) = found else {
            watch.check()?;
            bad += 1;
            first_bad = if bad == 1 { i + 1 } else { first_bad };
            continue;
        };
        bare += usize::from(found.is_empty());
        let several = found.len() > 1;
        for (j, mut page) in found.into_iter().enumerate() {
            page.kind = FileKind::Jsonl;
            page.part = Some(if several {
                format!("{}.{}", i + 1, j + 1)
            } else {
                (i + 1).to_string()
            });
            pages.pages.push(page);
        }
    }
    pages.cut();
    if bad > 0 {
        pages.skip(
            None,
            SkipReason::BadLines {
                lines: bad,
                first: first_bad,
            },
        );
    }
    if bare > 0 {
        pages.skip(None, SkipReason::RowsWithoutText { rows: bare });
    }
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::super::MOST_ARTICLES;
    use super::*;
    use proptest::prelude::*;

    const BODY: &str = "وصلت إلى الميناء أمس السفينة الأولى من الأسطول الجديد بعد رحلة طويلة.";

    fn pages(text: &str, extension: &str) -> Result<Pages, SkipReason> {
        let source = Source::named(extension);
        read(text.as_bytes().to_vec(), &source, &Watch::silent()).map_err(|failure| match failure {
            Failure::Skip(reason) => reason,
            Failure::Stopped => unreachable!("nobody stops it"),
        })
    }

    #[test]
    fn shapes_of_exporters() {
        let shapes = [
            format!(
                r#"{{"title":"عنوان","text":"{BODY}","source":"https://a.example/1","source-hostname":"مرصد","date":"2031-03-05"}}"#
            ),
            format!(
                r#"{{"title":"عنوان","maintext":"{BODY}","source_domain":"مرصد","date_publish":"2031-03-05","url":"https://a.example/1"}}"#
            ),
            format!(
                r#"{{"stories":[{{"title":"عنوان","story_text":"{BODY}","media_name":"مرصد","publish_date":"2031-03-05","url":"https://a.example/1"}}]}}"#
            ),
            format!(
                r#"{{"id":1,"headline":"عنوان","articleBody":"{BODY}","publisher":{{"name":"مرصد"}},"datePublished":"2031-03-05","url":"https://a.example/1"}}"#
            ),
            format!(
                r#"[{{"title":{{"rendered":"عنوان"}},"content":{{"rendered":"<p>{BODY}</p>"}},"link":"https://a.example/1","date":"2031-03-05","meta":{{"site":"مرصد"}}}}]"#
            ),
        ];
        for shape in shapes {
            let pages = pages(&shape, "json").unwrap().pages;
            assert_eq!(pages.len(), 1, "{shape}");
            let page = &pages[0];
            assert_eq!(page.text, format!("عنوان\n\n{BODY}"), "{shape}");
            assert_eq!(page.part, None);
            assert_eq!(page.said.outlets[0].value, "مرصد", "{shape}");
            assert_eq!(page.said.published[0].value, "2031-03-05", "{shape}");
            assert_eq!(page.said.urls[0].value, "https://a.example/1", "{shape}");
        }
    }

    #[test]
    fn a_text_within_an_object_and_in_paragraphs() {
        let (first, second) = BODY.split_at(BODY.find(" بعد").unwrap());
        let second = second.trim();
        for shape in [
            format!(r#"{{"article":{{"title":"عنوان","body":"{BODY}","date":"2031-03-05"}}}}"#),
            format!(
                r#"{{"content":{{"title":"عنوان","body":"{BODY}"}},"published":"2031-03-05"}}"#
            ),
            format!(
                r#"{{"headline":{{"main":"عنوان"}},"body":[{{"type":"paragraph","text":"{first}"}},{{"type":"image","title":"صورة","url":"a.jpg"}},{{"type":"paragraph","text":"{second}"}}],"pub_date":"2031-03-05"}}"#
            ),
        ] {
            let pages = pages(&shape, "json").unwrap().pages;
            assert_eq!(pages.len(), 1, "{shape}");
            let text = pages[0]
                .text
                .replacen(&format!("{first}\n"), &format!("{first} "), 1);
            assert_eq!(text, format!("عنوان\n\n{BODY}"), "{shape}");
            assert_eq!(pages[0].said.published[0].value, "2031-03-05", "{shape}");
        }
        // Articles, whatever the list is called.
        let list = format!(
            r#"{{"content":[{{"title":"أ","text":"{BODY}"}},{{"title":"ب","text":"{BODY}"}}]}}"#
        );
        assert_eq!(pages(&list, "json").unwrap().pages.len(), 2);
    }

    #[test]
    fn an_article_holds_the_texts_within_it_and_a_list_its_articles() {
        let inner = format!(r#"[{{"title":"أ","text":"{BODY}"}},{{"title":"ب","text":"{BODY}"}}]"#);
        let keyed = format!(r#"{{"1":{{"title":"أ","text":"{BODY}"}},"2":{{"text":"{BODY}"}}}}"#);
        for (shape, articles) in [
            (
                format!(r#"{{"total":2,"articles":{inner},"next":null}}"#),
                2,
            ),
            (format!(r#"{{"data":{{"items":{inner}}}}}"#), 2),
            (format!(r#"{{"articles":{keyed}}}"#), 2),
            // What is related to an article comes before it.
            (
                format!(r#"{{"related":{inner},"title":"عنوان","text":"{BODY}"}}"#),
                1,
            ),
        ] {
            let pages = pages(&shape, "json").unwrap().pages;
            assert_eq!(pages.len(), articles, "{shape}");
            let title = if articles == 1 { "عنوان" } else { "أ" };
            assert_eq!(pages[0].text, format!("{title}\n\n{BODY}"), "{shape}");
        }
    }

    #[test]
    fn blocks_of_an_editor_are_one_text() {
        let blocks = r#"[{"id":"a1","type":"header","data":{"text":"على الرصيف","level":2}},
            {"type":"paragraph","data":{"text":"وصلت <b>السفينة</b>&nbsp;<a href=\"https://a.example\">الأولى</a> أمس."}},
            {"type":"image","data":{"file":{"url":"https://a.example/1.jpg"},"caption":"صورة"}},
            {"type":"linkTool","data":{"link":"https://b.example","meta":{"title":"غيره","description":"خبر آخر"}}},
            {"type":"list","data":{"style":"ordered","items":["قمح","سكر"]}},
            {"type":"list","data":{"items":[{"content":"شاي","meta":{},"items":[{"content":"أخضر","items":[]}]}]}},
            {"type":"delimiter","data":{}},
            {"type":"quote","data":{"text":"الطاقم بخير","caption":"القبطان"}}]"#;
        let body = format!(r#"{{"time":1930471200000,"blocks":{blocks},"version":"2.31.0"}}"#);
        let string = serde_json::to_string(&body).unwrap();
        let lines = [
            "على الرصيف",
            "وصلت السفينة الأولى أمس.",
            "قمح",
            "سكر",
            "شاي",
            "أخضر",
            "الطاقم بخير",
        ];
        for (shape, title) in [
            (body.clone(), None),
            (
                format!(r#"{{"title":"عنوان","content":{body},"date":"2031-03-06"}}"#),
                Some("عنوان"),
            ),
            (
                format!(r#"{{"content":{string},"title":"عنوان","date":"2031-03-06"}}"#),
                Some("عنوان"),
            ),
            (
                format!(r#"{{"headline":"عنوان","body":{blocks},"date":"2031-03-06"}}"#),
                Some("عنوان"),
            ),
            (
                format!(r#"[{{"title":"عنوان","blocks":{blocks},"date":"2031-03-06"}}]"#),
                Some("عنوان"),
            ),
        ] {
            let pages = pages(&shape, "json").unwrap().pages;
            assert_eq!(pages.len(), 1, "{shape}");
            let text = pages[0].text.replace('\u{A0}', " ");
            let found: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
            assert_eq!(found, [title.as_slice(), &lines].concat(), "{shape}");
            // The day on which the editor saved is none of publication.
            let days: Vec<&str> = pages[0]
                .said
                .published
                .iter()
                .map(|day| day.value.as_str())
                .collect();
            assert_eq!(days, title.map(|_| "2031-03-06").as_slice(), "{shape}");
        }
        // Blocks that a page consists of may be articles.
        let page = format!(
            r#"{{"blocks":[{{"type":"news","title":"أ","text":"{BODY}"}},{{"type":"news","title":"ب","text":"{BODY}"}}]}}"#
        );
        assert_eq!(pages(&page, "json").unwrap().pages.len(), 2);
    }

    #[test]
    fn what_programs_write_for_json_is_read() {
        let article = format!(r#"{{"title":NaN,"text":"{BODY}"}}"#);
        let cut = format!(r#"{{"title":"عنوان \ud83d","text":"{BODY}"}}"#);
        let pretty = cut.replace(',', ",\n  ");
        for (text, articles) in [
            (format!("[{article},{cut},\n]"), 2),
            (format!("{article}\n{cut}\n"), 2),
            (format!("{pretty}\n{pretty}\n"), 2),
            (format!("{cut}{article}{cut}"), 3),
            (article.replace("أمس ", "أمس\n"), 1),
        ] {
            let read = pages(&text, "json").unwrap();
            assert_eq!(read.pages.len(), articles, "{text}");
            assert_eq!(read.skipped, [], "{text}");
        }
    }

    #[test]
    fn lines_are_told_by_their_number() {
        let text = format!(
            "{{\"text\":\"{BODY}\",\"series\":\"مرصد\"}}\n\n{{broken\n{{\"text\":\"{BODY}\"}}\n{{\"id\":1}}\n"
        );
        for extension in ["jsonl", "ndjson"] {
            let pages = pages(&text, extension).unwrap();
            let parts: Vec<_> = pages
                .pages
                .iter()
                .map(|p| p.part.clone().unwrap())
                .collect();
            assert_eq!(parts, ["1", "4"]);
            assert_eq!(
                pages.skipped,
                [
                    (None, SkipReason::BadLines { lines: 1, first: 3 }),
                    (None, SkipReason::RowsWithoutText { rows: 1 }),
                ]
            );
        }
        let good = format!("{{\"text\":\"{BODY}\"}}\n{{\"text\":\"{BODY}\"}}\n");
        assert_eq!(pages(&good, "json").unwrap().pages.len(), 2);
    }

    #[test]
    fn a_file_of_too_many_articles_says_so() {
        let articles = "{\"text\":\"خبر\"}\n".repeat(MOST_ARTICLES + 2);
        let array = format!("[{}]", articles.trim_end().replace('\n', ","));
        let inner = format!("{{\"articles\": {array}}}");
        for (text, extension) in [(articles, "jsonl"), (array, "json"), (inner, "json")] {
            let pages = pages(&text, extension).unwrap();
            assert_eq!(pages.pages.len(), MOST_ARTICLES);
            let most = MOST_ARTICLES;
            assert_eq!(
                pages.skipped,
                [(None, SkipReason::TooManyArticles { most })]
            );
        }
    }

    #[test]
    fn what_holds_no_article_says_so() {
        assert_eq!(
            pages(r#"{"name":"x","version":"1"}"#, "json"),
            Err(SkipReason::NoArticle)
        );
        assert!(matches!(
            pages("{\"a\":", "json"),
            Err(SkipReason::Malformed(_))
        ));
        let deep = format!("{}1", "[".repeat(100_000));
        assert!(matches!(
            pages(&deep, "json"),
            Err(SkipReason::Malformed(_))
        ));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[\\PC\n{}\\[\\]\":,]{0,300}") {
            let _ = pages(&text, "json");
            let _ = pages(&text, "jsonl");
        }
    }
}
