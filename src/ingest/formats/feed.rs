//! Feeds in RSS and Atom: an item an article, the feed's name its outlet.

use super::fields::Role;
use super::page::Claim;
use super::record::Record;
use super::xml::{Node, walk};
use super::{Pages, Source};
use crate::article::{FileKind, Origin};
use crate::ingest::decode::decode_as;
use crate::ingest::error::{Failure, SkipReason};
use crate::work::Watch;

/// # Errors
/// It is no feed with articles in it; or the job was stopped.
pub(super) fn read(bytes: Vec<u8>, _: &Source, watch: &Watch) -> Result<Pages, Failure> {
    let xml = decode_as(bytes, None, watch)?.text;
    let mut feed = Feed::default();
    walk(&xml, watch, |node| feed.take(&node))?;
    let mut pages = Pages::default();
    let mut without = 0;
    let several = feed.items.len() > 1;
    for (i, item) in feed.items.iter().enumerate() {
        watch.check()?;
        if pages.is_full() {
            break;
        }
        match item.page(FileKind::Feed, Origin::Field) {
            Some(mut page) if page.text.chars().any(char::is_alphanumeric) => {
                page.said
                    .outlets
                    .extend(Claim::new(&feed.name, Origin::Feed));
                page.part = several.then(|| (i + 1).to_string());
                pages.pages.push(page);
            }
            _ => without += 1,
        }
    }
    if pages.pages.is_empty() {
        return Err(SkipReason::NoArticle.into());
    }
    pages.cut();
    if without > 0 {
        pages.skip(None, SkipReason::RowsWithoutText { rows: without });
    }
    Ok(pages)
}

#[derive(Default)]
struct Feed {
    name: String,
    items: Vec<Record>,
    item: Option<Record>,
    /// The element that is open, and its text so far.
    open: String,
    text: String,
}

impl Feed {
    fn take(&mut self, node: &Node) {
        match node {
            Node::Open("item" | "entry", _) => self.item = Some(Record::default()),
            Node::Open(name, attributes) => {
                if let (&"link", Some(item), Some(href)) =
                    (name, &mut self.item, attributes.get("href"))
                {
                    item.push_as(Role::Url, 0, &href);
                }
                self.open = (*name).to_owned();
                self.text.clear();
            }
            Node::Text(text) => self.text.push_str(text),
            Node::Close("item" | "entry") => self.items.extend(self.item.take()),
            Node::Close(name) => {
                if *name != self.open {
                    return;
                }
                let text = std::mem::take(&mut self.text);
                let role = match *name {
                    "encoded" | "content" => Some((Role::Text, 0)),
                    "description" | "summary" => Some((Role::Lead, 0)),
                    "title" => Some((Role::Title, 0)),
                    "link" => Some((Role::Url, 0)),
                    "pubDate" | "published" => Some((Role::Published, 0)),
                    "date" => Some((Role::Published, 1)),
                    "updated" => Some((Role::Updated, 0)),
                    "source" => Some((Role::Source, 0)),
                    _ => None,
                };
                match (&mut self.item, role) {
                    (Some(item), Some((role, rank))) => item.push_as(role, rank, &text),
                    (None, Some((Role::Title, _))) if self.name.is_empty() => {
                        self.name = text.trim().to_owned()
                    }
                    _ => {}
                }
                self.open.clear();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::MOST_ARTICLES;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn items_of_both_kinds() {
        let rss = "<?xml version=\"1.0\"?><rss><channel><title>مرصد الميناء</title>\
            <item><title>السفينة تصل</title><link>https://a.example/1</link>\
            <description>&lt;p&gt;وصلت السفينة &amp;quot;الأولى&amp;quot; أمس.&lt;/p&gt;</description>\
            <pubDate>Wed, 05 Mar 2031 10:00:00 +0300</pubDate></item>\
            <item><title/></item></channel></rss>";
        let pages = read(
            rss.as_bytes().to_vec(),
            &Source::named("rss"),
            &Watch::silent(),
        )
        .unwrap();
        assert_eq!(pages.pages.len(), 1);
        assert_eq!(
            pages.pages[0].text,
            "السفينة تصل\n\nوصلت السفينة \"الأولى\" أمس."
        );
        assert_eq!(pages.pages[0].said.outlets[0].value, "مرصد الميناء");
        assert_eq!(pages.skipped.len(), 1);
        let atom = "<feed><title>مرصد</title><entry><title>عنوان</title><link href=\"https://a.example/2\"/>\
            <content type=\"html\"><![CDATA[<p>وصلت السفينة.</p>]]></content><updated>2031-03-05</updated></entry></feed>";
        let pages = read(
            atom.as_bytes().to_vec(),
            &Source::named("xml"),
            &Watch::silent(),
        )
        .unwrap();
        assert_eq!(pages.pages[0].text, "عنوان\n\nوصلت السفينة.");
        assert_eq!(pages.pages[0].said.urls[0].value, "https://a.example/2");
    }

    #[test]
    fn a_feed_of_too_many_articles_says_so() {
        let items = "<item><title>خبر</title><description>نص</description></item>";
        let rss = format!("<rss>{}</rss>", items.repeat(MOST_ARTICLES + 2));
        let pages = read(rss.into_bytes(), &Source::named("rss"), &Watch::silent()).unwrap();
        assert_eq!(pages.pages.len(), MOST_ARTICLES);
        let most = MOST_ARTICLES;
        assert_eq!(
            pages.skipped,
            [(None, SkipReason::TooManyArticles { most })]
        );
    }

    proptest! {
        #[test]
        fn any_markup_is_read_or_refused(text in "[<>/a-z&;\"= ]{0,200}") {
            let _ = read(format!("<rss>{text}").into_bytes(), &Source::named("xml"), &Watch::silent());
        }
    }
}
