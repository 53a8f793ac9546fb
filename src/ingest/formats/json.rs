//! JSON and JSON Lines: every object that carries an article's text under a name that says so, wherever it
//! lies in the file. Shapes of exporters differ, so names decide, not places.

use std::fmt::Formatter;

use serde::Deserializer as _;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::fields::{Role, role};
use super::page::{Page, one_line};
use super::record::Record;
use super::{MOST_ARTICLES, Pages, Source};
use crate::article::{FileKind, Origin};
use crate::ingest::decode::decode_as;
use crate::ingest::error::{Failure, SkipReason};
use crate::work::{Stopped, Watch};

/// Objects within objects that are looked into.
const DEEPEST: usize = 12;

/// # Errors
/// The bytes are no text, no JSON, or hold no article; or the job was stopped.
pub(super) fn read(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    let text = decode_as(bytes, None, watch)?.text;
    watch.check()?;
    let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let lines_by_name = matches!(source.extension.as_str(), "jsonl" | "ndjson" | "jl");
    let mut found = Vec::new();
    let parsed = (!lines_by_name).then(|| whole(trimmed, &mut found, watch));
    let pages = match parsed {
        Some(Ok(())) => number(found),
        // Many a `.json` is JSON Lines.
        Some(Err(error)) if !looks_like_lines(trimmed) => {
            watch.check()?;
            return Err(SkipReason::Malformed(format!("no valid JSON: {error}")).into());
        }
        _ => lines(&text, watch)?,
    };
    if pages.pages.is_empty() && pages.skipped.is_empty() {
        return Err(SkipReason::NoArticle.into());
    }
    Ok(pages)
}

/// Collects the articles of a whole file. Fails where it is no JSON, or when the job is stopped.
fn whole(text: &str, found: &mut Vec<Page>, watch: &Watch) -> serde_json::Result<()> {
    if text.starts_with('[') {
        let mut list = serde_json::Deserializer::from_str(text);
        list.deserialize_seq(Elements { found, watch })?;
        return list.end();
    }
    let value = serde_json::from_str(text)?;
    articles(&value, 0, found, watch).map_err(|_| serde_json::Error::custom(Stopped))
}

/// Takes the elements of a list one by one: all at once would fill the memory.
struct Elements<'a> {
    found: &'a mut Vec<Page>,
    watch: &'a Watch,
}

impl<'de> Visitor<'de> for Elements<'_> {
    type Value = ();

    fn expecting(&self, out: &mut Formatter) -> std::fmt::Result {
        out.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            self.watch.check().map_err(A::Error::custom)?;
            articles(&value, 1, self.found, self.watch).map_err(|_| A::Error::custom(Stopped))?;
        }
        Ok(())
    }
}

fn looks_like_lines(text: &str) -> bool {
    let mut objects = text.lines().filter(|line| !line.trim().is_empty()).take(2);
    objects.clone().count() > 0
        && objects.all(|line| serde_json::from_str::<Map<String, Value>>(line.trim()).is_ok())
}

/// One object stands for the file; of several, each has its number.
fn number(mut found: Vec<Page>) -> Pages {
    let too_many = found.len() > MOST_ARTICLES;
    found.truncate(MOST_ARTICLES);
    if let [_] = found[..] {
        return Pages {
            pages: found,
            ..Pages::default()
        };
    }
    for (i, page) in found.iter_mut().enumerate() {
        page.part = Some((i + 1).to_string());
    }
    let mut pages = Pages {
        pages: found,
        ..Pages::default()
    };
    if too_many {
        pages.skip(
            None,
            SkipReason::TooManyArticles {
                most: MOST_ARTICLES,
            },
        );
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
        if pages.pages.len() >= MOST_ARTICLES {
            pages.skip(
                None,
                SkipReason::TooManyArticles {
                    most: MOST_ARTICLES,
                },
            );
            break;
        }
        let Ok(value) = serde_json::from_str::<Value>(line) else {
            bad += 1;
            first_bad = if bad == 1 { i + 1 } else { first_bad };
            continue;
        };
        let mut found = Vec::new();
        articles(&value, 0, &mut found, watch)?;
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

/// Collects the articles of a value, in the order of the file.
fn articles(
    value: &Value,
    depth: usize,
    found: &mut Vec<Page>,
    watch: &Watch,
) -> Result<(), Failure> {
    if depth > DEEPEST || found.len() > MOST_ARTICLES {
        return Ok(());
    }
    match value {
        Value::Array(values) => {
            for value in values {
                watch.check()?;
                articles(value, depth + 1, found, watch)?;
            }
        }
        Value::Object(fields) => {
            let record = record(fields);
            if is_article(fields, &record)
                && let Some(page) = record.page(FileKind::Json, Origin::Field)
            {
                found.push(page);
                return Ok(());
            }
            for value in fields.values() {
                if value.is_array() || value.is_object() {
                    articles(value, depth + 1, found, watch)?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// A text of its own, or a headline with a summary.
fn is_article(fields: &Map<String, Value>, record: &Record) -> bool {
    let has = |wanted: Role| {
        fields.iter().any(|(name, value)| {
            role(name).is_some_and(|(role, _)| role == wanted) && plain(value).is_some()
        })
    };
    record.best(Role::Text).is_some() || has(Role::Lead) && has(Role::Title)
}

fn record(fields: &Map<String, Value>) -> Record {
    let mut record = Record::default();
    for (name, value) in fields {
        let named = role(name);
        let inner = match value {
            Value::Object(inner) => inner,
            _ => &Map::new(),
        };
        match named {
            // `"content": {"title": …, "body": …}`: what lies in it tells of this article.
            Some((Role::Text, rank)) => match text(value) {
                Some(text) => record.push_as(Role::Text, rank, &text),
                None => record.append(self::record(inner)),
            },
            Some((role, rank)) => {
                if let Some(text) = plain(value) {
                    record.push_as(role, rank, &text);
                }
            }
            // `"metadata": {"source": …}`.
            None => {
                for (name, value) in inner {
                    if let (Some((role, rank)), Some(text)) = (role(name), plain(value))
                        && role != Role::Text
                    {
                        record.push_as(role, rank + 100, &text);
                    }
                }
            }
        }
    }
    record
}

/// The text under a name that promises one: a string, what is rendered, or paragraphs. A list of articles is no text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Array(parts) => {
            let parts: Option<Vec<Option<String>>> = parts.iter().map(paragraph).collect();
            let parts: Vec<String> = parts?.into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join("\n"))
        }
        Value::Object(fields) => named(fields, &["rendered", "value", "#text"]),
        value => plain(value),
    }
}

/// The text of one of several paragraphs, where it has any (a picture has none); `None` for an article of its own.
fn paragraph(part: &Value) -> Option<Option<String>> {
    const ARTICLE: [Role; 3] = [Role::Title, Role::Published, Role::Outlet];
    let Value::Object(fields) = part else {
        return part.as_str().map(|text| Some(text.to_owned()));
    };
    let record = record(fields);
    let text = record.best(Role::Text).map(str::to_owned);
    let alone = ARTICLE.iter().all(|role| record.best(*role).is_none());
    (alone || text.is_none()).then_some(text)
}

/// The text of a value: a string, a number, lines of strings, an object that is named or rendered.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(parts) => {
            let parts: Option<Vec<&str>> = parts.iter().map(Value::as_str).collect();
            parts
                .filter(|p| !p.is_empty())
                .map(|parts| parts.join("\n"))
        }
        Value::Object(fields) => {
            const NAMES: [&str; 8] = [
                "rendered", "name", "title", "main", "value", "text", "#text", "$date",
            ];
            named(fields, &NAMES)
        }
        _ => None,
    }
}

/// The first of these fields that is a string.
fn named(fields: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let text = names
        .iter()
        .find_map(|name| fields.get(*name).and_then(Value::as_str))?;
    Some(if text.contains('<') {
        text.to_owned()
    } else {
        keep_lines(text)
    })
}

fn keep_lines(text: &str) -> String {
    if text.contains('\n') {
        text.to_owned()
    } else {
        one_line(text)
    }
}

#[cfg(test)]
mod tests {
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
        for (text, extension) in [(articles, "jsonl"), (array, "json")] {
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
