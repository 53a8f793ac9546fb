//! What of a page is no article by the name that its makers gave it: share bars, menus, comments, lists of
//! other articles. Goes by whole words of `class` and `id`, and never drops a large part of the page or what
//! holds most of its sentences.

use std::collections::{BTreeMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};

use super::{blocks, tidy};

/// Words of class names and ids that mean furniture.
const FURNITURE: &[&str] = &[
    "share",
    "sharing",
    "social",
    "sharebar",
    "sharethis",
    "addthis",
    "addtoany",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "comment",
    "disqus",
    "related",
    "recommended",
    "mostread",
    "popular",
    "trending",
    "sidebar",
    "newsletter",
    "subscribe",
    "subscription",
    "advert",
    "advertisement",
    "ads",
    "banner",
    "ticker",
    "breaking",
    "menu",
    "navbar",
    "nav",
    "navigation",
    "pagination",
    "pager",
    "footer",
    "cookie",
    "cookies",
    "popup",
    "modal",
    "toolbar",
    "print",
    "tags",
    "taglist",
    "tagcloud",
    "widget",
    "promo",
    "outbrain",
    "taboola",
    "whatsapp",
    "follow",
    "readmore",
    "morenews",
    "lastnews",
    "latest",
];
/// Elements that never hold article text.
const NEVER: &str = "script, style, noscript, template, iframe, object, embed, form, nav, footer, button, \
    select, textarea, svg, canvas, audio, video, [hidden], [aria-hidden='true'], [style*='display:none'], \
    [style*='display: none']";
/// An element with more than this share of the page's words is kept whatever its name.
const LARGE: usize = 30;
/// Percent of the page's sentences that are its article.
const MOST: usize = 75;

pub(super) fn drop_scripts(doc: &Document) {
    doc.select("script, style, noscript, template, iframe")
        .remove();
}

pub(super) fn drop_furniture(doc: &Document) {
    let words = |node: &NodeRef| node.text().split_whitespace().count();
    drop_scripts(doc);
    let Some(body) = doc.body() else { return };
    let all = words(&body).max(1);
    let prose = blocks::prose(doc);
    let sentences = |node: &NodeRef| prose.get(&node.id).copied().unwrap_or_default();
    let all_sentences = sentences(&body);
    let most = |sentences: usize| sentences > 0 && sentences * 100 >= all_sentences * MOST;
    let small = |node: &NodeRef| words(node) * 100 <= all * LARGE;
    for node in doc.select(NEVER).nodes() {
        if small(node) && !most(sentences(node)) {
            node.remove_from_parent();
        }
    }
    let mut named: Vec<(NodeRef, Vec<&str>)> = Vec::new();
    // A name that most of the sentences bear means something else on this page.
    let mut borne: BTreeMap<&str, usize> = BTreeMap::new();
    let mut counted: HashSet<(NodeId, &str)> = HashSet::new();
    for node in doc.select("[class], [id]").nodes() {
        let names: Vec<&str> = [node.class(), node.id_attr()]
            .into_iter()
            .flatten()
            .flat_map(|names| furniture(&names))
            .collect();
        let whole = || matches!(&*tag(node), "html" | "body" | "article" | "main");
        if names.is_empty() || whole() || !small(node) {
            continue;
        }
        for name in &names {
            let above = |above: NodeRef| counted.contains(&(above.id, *name));
            if !node.ancestors_it(None).any(above) && counted.insert((node.id, name)) {
                *borne.entry(name).or_default() += sentences(node);
            }
        }
        named.push((*node, names));
    }
    for (node, names) in named {
        let means_it = |name: &&str| !most(borne.get(name).copied().unwrap_or_default());
        if names.iter().any(means_it) {
            node.remove_from_parent();
        }
    }
}

/// Text after a line end stands in an element: the reader of pages takes the line end away where the next element,
/// whatever text comes before it, is a paragraph.
pub(super) fn hold_lines(doc: &Document) {
    for end in doc.select("br").nodes() {
        let text = end.next_sibling().filter(NodeRef::is_text);
        if let Some(text) = text.filter(|text| !text.text().trim().is_empty()) {
            text.wrap_node(&end.tree.new_element("span"));
        }
    }
}

fn tag(node: &NodeRef) -> String {
    node.node_name()
        .map(|name| name.to_string())
        .unwrap_or_default()
}

/// `share-bar`, `postShare`, `related_news`: one of the words, whole.
fn furniture(names: &str) -> Vec<&'static str> {
    let of_one = |name| {
        let words = words(name);
        let known = |at: usize| {
            let word = words[at].trim_end_matches(|c: char| c.is_ascii_digit());
            let known = *FURNITURE.iter().find(|known| **known == word)?;
            let before = at.checked_sub(1).map(|before| words[before].as_str());
            // `no-sidebar` is an article, but `no-print` what is beside one.
            let of_page = known != "print"
                && matches!(before, Some("no" | "has" | "with" | "without" | "hide"));
            // Whatever Elementor lays out is one of its widgets.
            let of_builder = known == "widget" && words[0] == "elementor";
            (!of_page && !of_builder).then_some(known)
        };
        (0..words.len()).filter_map(known).collect::<Vec<_>>()
    };
    names.split_whitespace().flat_map(of_one).collect()
}

/// The words of a name, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() && before_lower {
            words.push(String::new());
        }
        before_lower = c.is_lowercase();
        if c.is_alphanumeric()
            && let Some(last) = words.last_mut()
        {
            last.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// All visible text of a document, a line for each block.
pub(super) fn text(doc: &Document) -> String {
    doc.body()
        .map(|body| tidy(&body.formatted_text()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_as_whole_words() {
        for name in [
            "share",
            "post-share",
            "relatedNews",
            "sidebar1 left",
            "block comments_list",
        ] {
            assert!(!furniture(name).is_empty(), "{name}");
        }
        for name in [
            "article",
            "headshare_d",
            "uploads",
            "commentary",
            "printer",
            "entry-content no-sidebar",
            "elementor-widget elementor-widget-theme-post-content",
        ] {
            assert_eq!(furniture(name), [""; 0], "{name}");
        }
    }

    #[test]
    fn what_holds_the_sentences_is_kept_whatever_its_name() {
        let link =
            |i: usize| format!("<li><a href='/{i}'>عنوان رقم {i} عن أمر آخر في البلدة</a></li>");
        let links: String = (0..40).map(link).collect();
        let paragraph = |i: usize| {
            format!(
                "قال حارس المنارة في اليوم رقم {i} إن الرياح اقتلعت شجرة من حديقة البلدية القديمة."
            )
        };
        for (class, parts) in [
            ("latest", 1),
            ("print", 1),
            ("widget", 3),
            ("entry no-sidebar", 2),
        ] {
            let article: String = (0..parts)
                .map(|i| format!("<div class='{class}'><p>{}</p></div>", paragraph(i)))
                .collect();
            let page = format!(
                "<html><body><div class='menu'><ul>{links}</ul></div><h1>شجرة المنارة</h1>{article}\
                 <div class='related'><p>{}</p></div></body></html>",
                "رياح أخرى تقتلع شجرة من حديقة."
            );
            let doc = Document::from(page);
            drop_furniture(&doc);
            let text = text(&doc);
            for i in 0..parts {
                assert!(text.contains(&paragraph(i)), "{class}: {text}");
            }
            assert!(!text.contains("رياح أخرى"), "{class}: {text}");
        }
    }
}
