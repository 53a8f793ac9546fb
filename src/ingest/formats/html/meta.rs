//! What a page says of itself in its head, its JSON-LD, its address and its date elements. Reads; decides
//! nothing: which of several claims holds is for `outlet` and `dates`.

use dom_query::{Document, NodeRef};
use serde_json::Value;

use super::super::json;
use super::super::page::{Claim, Said, one_line};
use super::text_of;
use crate::article::Origin;
use crate::ingest::furniture::names_an_outlet;
use crate::ingest::lines::key;
use crate::ingest::{dates, known};

#[derive(Default)]
pub(super) struct Meta {
    pub said: Said,
    pub headline: Option<String>,
    /// The page's own title.
    pub title: Option<String>,
    /// The article's text where JSON-LD carries it.
    pub body: Option<String>,
}

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "publish_date",
    "publish-date",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "sailthru.date",
    "parsely-pub-date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "date",
    "publication_date",
    "release_date",
    "og:published_time",
];
const UPDATED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "article.updated",
    "dcterms.modified",
    "dc.date.modified",
    "revised",
    "og:article:modified_time",
];
const SITE: &[&str] = &[
    "og:site_name",
    "application-name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "apple-mobile-web-app-title",
    "article:publisher",
    "twitter:site",
    "al:android:app_name",
];

pub(super) fn read(doc: &Document, html: &str) -> Meta {
    let mut meta = Meta::default();
    let mut recorded = Recorded::default();
    for script in doc.select("script[type='application/ld+json']").nodes() {
        if let Ok(value) = json::loose(script.text().trim()) {
            recorded.take(&value, 0);
        }
    }
    let said = &mut meta.said;
    let [published, updated] = recorded.days();
    said.published.extend(claims(published, Origin::JsonLd));
    said.updated.extend(claims(updated, Origin::JsonLd));
    said.outlets
        .extend(claims(&recorded.publisher, Origin::JsonLd));
    said.urls.extend(claims(&recorded.url, Origin::JsonLd));
    let tags = tags(doc);
    for (list, names) in [
        (&mut said.published, PUBLISHED),
        (&mut said.updated, UPDATED),
        (&mut said.outlets, SITE),
    ] {
        for name in names {
            for (_, content) in tags.iter().filter(|(tag, _)| tag == name) {
                list.extend(Claim::new(content, origin(name)));
            }
        }
    }
    for node in doc
        .select("[itemprop='publisher'] [itemprop='name']")
        .nodes()
    {
        let name = node.attr("content").unwrap_or_else(|| node.text());
        said.outlets
            .extend(Claim::new(&one_line(&name), Origin::MetaTag));
    }
    addresses(doc, html, &tags, said);
    let h1s: Vec<String> = doc
        .select("h1")
        .nodes()
        .iter()
        .map(|node| one_line(&node.text()))
        .filter(|text| text.chars().any(char::is_alphabetic))
        .collect();
    let tag = |name: &str| {
        tags.iter()
            .find(|(tag, _)| tag == name)
            .map(|t| one_line(&t.1))
    };
    let title = doc
        .select("title")
        .nodes()
        .first()
        .map(|node| one_line(&node.text()));
    let announced: Vec<String> = [
        recorded.headline.clone(),
        tag("og:title"),
        tag("twitter:title"),
        title.clone(),
    ]
    .into_iter()
    .flatten()
    .filter(|text| !text.is_empty())
    .collect();
    let (headline, site) = headline(&h1s, &announced, title.as_deref());
    meta.headline = headline;
    said.outlets
        .extend(site.and_then(|site| Claim::new(&site, Origin::TitleTag)));
    meta.body = recorded.body;
    meta.title = title;
    meta
}

fn claims(values: &[String], origin: Origin) -> impl Iterator<Item = Claim> + '_ {
    values
        .iter()
        .filter_map(move |value| Claim::new(value, origin))
}

fn origin(name: &str) -> Origin {
    if name.starts_with("og:") || name.starts_with("article:") {
        Origin::OpenGraph
    } else {
        Origin::MetaTag
    }
}

/// Names and contents of all meta tags, names in lower case.
fn tags(doc: &Document) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for node in doc.select("meta[content]").nodes() {
        let content = node
            .attr("content")
            .map(|c| c.to_string())
            .unwrap_or_default();
        for attribute in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = node.attr(attribute) {
                found.push((name.trim().to_lowercase(), content.clone()));
            }
        }
    }
    found
}

/// Where the page came from, and when, by its canonical address or whoever saved it.
fn addresses(doc: &Document, html: &str, tags: &[(String, String)], said: &mut Said) {
    let head: String = html.chars().take(4000).collect();
    // Internet Explorer, Chrome: `<!-- saved from url=(0031)http://… -->`.
    let saved = head
        .split_once("saved from url=(")
        .and_then(|(_, rest)| rest.split_once(')'))
        .and_then(|(_, rest)| rest.split_whitespace().next());
    // SingleFile: ` url: http://… ` and ` saved date: Mon Mar 05 2018 …` on lines of their own.
    let line = |label: &str| {
        head.lines()
            .find_map(|line| line.trim().strip_prefix(label))
            .map(str::trim)
    };
    let single = head.contains("SingleFile");
    let canonical = doc
        .select("link[rel='canonical']")
        .nodes()
        .first()
        .and_then(|node| node.attr("href"))
        .map(|href| href.to_string());
    let of_tags = ["og:url", "twitter:url"]
        .iter()
        .filter_map(|name| tags.iter().find(|(tag, _)| tag == name))
        .map(|(_, content)| content.clone());
    let addresses = canonical
        .into_iter()
        .chain(of_tags)
        .chain(saved.map(str::to_owned))
        .chain(line("url:").filter(|_| single).map(str::to_owned))
        .filter(|url| url.contains("://"));
    said.urls
        .extend(addresses.filter_map(|url| Claim::new(&url, Origin::Address)));
    if single {
        said.crawled
            .extend(line("saved date:").and_then(|date| Claim::new(date, Origin::Header)));
    }
}

/// The headline without the site's name, and the site's name where the page's title ends in it.
fn headline(
    h1s: &[String],
    announced: &[String],
    title: Option<&str>,
) -> (Option<String>, Option<String>) {
    // Of several first headings, the one that the head announces.
    let h1 = h1s
        .iter()
        .find(|h1| announced.iter().any(|text| text.contains(h1.as_str())))
        .or_else(|| {
            h1s.iter()
                .find(|h1| h1.split(' ').count() >= 3)
                .filter(|_| h1s.len() == 1)
        });
    let headline = match h1 {
        Some(h1) if h1.split(' ').count() >= 2 => Some(h1.clone()),
        _ => announced.first().map(|text| {
            let shorter = announced
                .iter()
                .filter(|other| text.starts_with(other.as_str()) && other.split(' ').count() >= 3)
                .min_by_key(|other| other.len());
            without_site(shorter.unwrap_or(text)).to_owned()
        }),
    };
    let site = headline.as_deref().and_then(|headline| {
        let rest = title?.strip_prefix(headline)?.trim();
        let name = rest
            .strip_prefix(['-', '–', '—', '|', '»', '·', ':'])?
            .trim();
        let one_part = !name.contains(['|', '»', '–', '—']) && name.split(' ').count() <= 5;
        (one_part && !name.is_empty()).then(|| name.to_owned())
    });
    (headline, site)
}

/// A title without the known name or the outlet's name that it ends in.
fn without_site(title: &str) -> &str {
    let cut = [" - ", " | ", " – ", " — ", " » "]
        .iter()
        .filter_map(|mark| title.rsplit_once(mark))
        .min_by_key(|(_, name)| name.len());
    match cut {
        Some((head, name))
            if head.split(' ').count() >= 3
                && (known::by_name(name).is_some() || names_an_outlet(&key(name))) =>
        {
            head
        }
        _ => title,
    }
}

/// Dates that the page shows in elements made for them, none of a list of other articles.
pub(super) fn on_page(doc: &Document) -> Option<Claim> {
    const ELEMENTS: &str = "[itemprop='datePublished'], time[pubdate], article time, main time, time, \
        [class*='date'], [class*='Date'], [class*='publish'], [class*='time'], [id*='date'], [id*='Date']";
    let elsewhere = |node: &NodeRef| {
        let outside = node.ancestors_it(None).take(6).any(|above| {
            let name = above.node_name();
            matches!(name.as_deref(), Some("li" | "aside" | "nav" | "footer"))
        });
        outside || is_clock(node)
    };
    let mut found: Vec<Claim> = Vec::new();
    let mut days = Vec::new();
    for node in doc.select(ELEMENTS).nodes() {
        if elsewhere(node) || node.text().split_whitespace().nth(14).is_some() {
            continue;
        }
        let shown = one_line(&node.text());
        let written = node
            .attr("datetime")
            .or_else(|| node.attr("content"))
            .map(|value| value.to_string())
            .filter(|value| dates::value(value).is_some())
            .unwrap_or(shown);
        if let Some(day) = dates::value(&written)
            && !days.contains(&day.date)
        {
            days.push(day.date);
            found.extend(Claim::new(&written, Origin::TimeTag));
        }
    }
    // Several days are those of several articles; the first stands with the headline, most often.
    if days.len() > 3 {
        None
    } else {
        found.into_iter().next()
    }
}

/// The day of the visit, as the heads of pages show it.
pub(super) fn clock(doc: &Document) -> Option<Claim> {
    let nodes = doc.select("[class*='date'], [class*='Date'], [class*='time'], [class*='clock'], [class*='today'], [id*='date'], [id*='time']");
    nodes.nodes().iter().find_map(|node| {
        let shown = one_line(&node.text());
        let short = shown.split(' ').nth(12).is_none();
        let says = short && is_clock(node) && dates::value(&shown).is_some();
        says.then(|| Claim::new(&shown, Origin::TimeTag))?
    })
}

/// An element that shows what day it is, not when the article was published.
fn is_clock(node: &NodeRef) -> bool {
    const NAMES: [&str; 8] = [
        "now",
        "today",
        "current",
        "clock",
        "currentdate",
        "datenow",
        "todaydate",
        "livedate",
    ];
    let named = |node: &NodeRef| {
        [node.class(), node.id_attr()]
            .into_iter()
            .flatten()
            .any(|names| {
                let names = names.to_lowercase();
                names
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| NAMES.contains(&word))
            })
    };
    let said = key(&one_line(&node.text()));
    let says = ["اليوم ", "الان ", "الساعه الان", "today "];
    named(node)
        || says.iter().any(|word| said.starts_with(word))
        || node.ancestors_it(None).take(3).any(|above| {
            let heads =
                |word: &str| ["site", "masthead", "top", "topbar", "navbar"].contains(&word);
            let class = above.class().unwrap_or_default().to_lowercase();
            let mut words = class.split(|c: char| !c.is_alphanumeric());
            above.node_name().as_deref() == Some("header") && words.any(heads)
        })
}

/// What JSON-LD says of the article.
#[derive(Default)]
struct Recorded {
    /// When the article, and when the page around it, was published and updated.
    article: [Vec<String>; 2],
    page: [Vec<String>; 2],
    publisher: Vec<String>,
    url: Vec<String>,
    headline: Option<String>,
    body: Option<String>,
}

impl Recorded {
    /// The article's own days; the page's where it has none.
    fn days(&self) -> [&[String]; 2] {
        [0, 1].map(|which| match self.article[which].as_slice() {
            [] => self.page[which].as_slice(),
            days => days,
        })
    }

    fn take(&mut self, value: &Value, depth: usize) {
        if depth > 4 {
            return;
        }
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.take(value, depth + 1)),
            Value::Object(fields) => {
                if let Some(graph) = fields.get("@graph") {
                    self.take(graph, depth + 1);
                }
                let kinds = fields
                    .get("@type")
                    .map(Value::to_string)
                    .unwrap_or_default();
                let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
                let article = kinds.contains("Article")
                    || kinds.contains("Posting")
                    || kinds.contains("Report");
                if article || kinds.contains("WebPage") {
                    let [published, updated] = match article {
                        true => &mut self.article,
                        false => &mut self.page,
                    };
                    published.extend(text("datePublished"));
                    updated.extend(text("dateModified"));
                }
                if article {
                    self.headline = self
                        .headline
                        .take()
                        .or_else(|| text("headline").map(|t| one_line(&text_of(&t))));
                    self.body = self
                        .body
                        .take()
                        .or_else(|| text("articleBody").map(|t| text_of(&t)));
                    self.url.extend(text("url"));
                    let publisher = fields.get("publisher");
                    let first = publisher.and_then(|p| p.get(0)).or(publisher);
                    let publisher = first.and_then(|p| p.get("name"));
                    self.publisher
                        .extend(publisher.and_then(Value::as_str).map(str::to_owned));
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::article::FileKind;
    use crate::ingest::formats::Page;

    const BODY: &str =
        "وصلت إلى الميناء أمس السفينة الأولى من الأسطول الجديد بعد رحلة دامت ثلاثة أسابيع.";

    fn page(head: &str, body: &str) -> Page {
        let html = format!("<html><head>{head}</head><body>{body}<p>{BODY}</p></body></html>");
        super::super::page(&html, FileKind::Html).unwrap()
    }

    #[test]
    fn json_ld_in_its_common_shapes() {
        for publisher in [
            r#"{"@type":"Organization","name":"مرصد الميناء"}"#,
            r#"[{"@type":"Organization","name":"مرصد الميناء"}]"#,
            "{\"slogan\":\"سطر\nوسطر\",\"name\":\"مرصد الميناء\", }",
        ] {
            let record = format!(
                r#"{{"@graph":[{{"@type":"NewsArticle","headline":"السفينة تصل إلى الميناء","datePublished":"2031-03-05","dateModified":"2031-03-06","publisher":{publisher}}}]}}"#
            );
            let page = page(
                &format!("<script type='application/ld+json'>{record}</script>"),
                "",
            );
            assert_eq!(page.said.outlets[0].value, "مرصد الميناء");
            assert_eq!(page.said.published[0].value, "2031-03-05");
            assert_eq!(page.said.updated[0].value, "2031-03-06");
            assert!(page.text.starts_with("السفينة تصل إلى الميناء\n\nوصلت"));
        }
    }

    #[test]
    fn the_articles_day_counts_before_the_pages() {
        let of_page = r#"{"@type":["WebPage"],"datePublished":"2019-01-01"}"#;
        let of_article = r#"{"@type":"NewsArticle","datePublished":"2031-03-05"}"#;
        for (graph, day) in [
            (format!("{of_page},{of_article}"), "2031-03-05"),
            (of_page.to_owned(), "2019-01-01"),
        ] {
            let script =
                format!("<script type='application/ld+json'>{{\"@graph\":[{graph}]}}</script>");
            let published = page(&script, "").said.published;
            assert_eq!(published.len(), 1);
            assert_eq!(published[0].value, day);
        }
    }

    #[test]
    fn a_title_ends_in_the_outlet() {
        let page = page("<title>السفينة تصل إلى الميناء - صحيفة الميناء</title>", "");
        assert!(
            page.text.starts_with("السفينة تصل إلى الميناء\n\nوصلت"),
            "{}",
            page.text
        );
        assert_eq!(page.said.outlets[0].value, "صحيفة الميناء");
    }

    #[test]
    fn who_saved_a_page_says_where_it_came_from() {
        let saved = "<!-- saved from url=(0031)https://almina.example/a/1.html -->";
        let page = super::super::page(
            &format!(
                "<html>{saved}<body><h1>السفينة تصل إلى الميناء</h1><p>{BODY}</p></body></html>"
            ),
            FileKind::Html,
        );
        assert_eq!(
            page.unwrap().said.urls[0].value,
            "https://almina.example/a/1.html"
        );
    }
}
