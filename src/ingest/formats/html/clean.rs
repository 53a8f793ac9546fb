//! What of a page is no article by the name that its makers gave it: share bars, menus, comments, lists of
//! other articles. Goes by whole words of `class` and `id`, and never drops a large part of the page.

use dom_query::{Document, NodeRef};

use super::tidy;

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

pub(super) fn drop_scripts(doc: &Document) {
    doc.select("script, style, noscript, template, iframe")
        .remove();
}

pub(super) fn drop_furniture(doc: &Document) {
    let words = |node: &NodeRef| node.text().split_whitespace().count();
    drop_scripts(doc);
    let all = doc.body().map_or(0, |body| words(&body)).max(1);
    let small = |node: &NodeRef| words(node) * 100 <= all * LARGE;
    for node in doc.select(NEVER).nodes() {
        if small(node) {
            node.remove_from_parent();
        }
    }
    for node in doc.select("[class], [id]").nodes() {
        let named = [node.class(), node.id_attr()]
            .into_iter()
            .flatten()
            .any(|names| is_furniture(&names));
        if named && !matches!(&*tag(node), "html" | "body" | "article" | "main") && small(node) {
            node.remove_from_parent();
        }
    }
}

fn tag(node: &NodeRef) -> String {
    node.node_name()
        .map(|name| name.to_string())
        .unwrap_or_default()
}

/// `share-bar`, `postShare`, `related_news`: one of the words, whole.
fn is_furniture(names: &str) -> bool {
    let mut words: Vec<String> = vec![String::new()];
    let mut before_lower = false;
    for c in names.chars() {
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
    words
        .iter()
        .any(|word| FURNITURE.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit())))
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
            assert!(is_furniture(name), "{name}");
        }
        for name in ["article", "headshare_d", "uploads", "commentary", "printer"] {
            assert!(!is_furniture(name), "{name}");
        }
    }
}
