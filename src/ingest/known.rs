//! The table of known outlets (`assets/outlets.json`): names, other spellings, sites. Looks names up;
//! what a name means where it stands is for `outlet` and `dateline` to say.

use std::sync::LazyLock;

use serde::Deserialize;

use super::lines::key;

/// An outlet of the table.
#[derive(Debug, Deserialize)]
pub(super) struct Known {
    pub name: String,
    /// Other spellings, Latin ones and short forms among them.
    #[serde(default)]
    also: Vec<String>,
    /// Host names without `www.`.
    #[serde(default)]
    sites: Vec<String>,
    /// True for agencies: others print their texts.
    #[serde(default)]
    pub agency: bool,
}

struct Table {
    outlets: Vec<Known>,
    /// Key of a name → its outlet; sorted.
    names: Vec<(String, usize)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    // The file is part of the program and a test reads it; an empty table only knows less.
    let outlets: Vec<Known> =
        serde_json::from_str(include_str!("../../assets/outlets.json")).unwrap_or_default();
    let mut names: Vec<(String, usize)> = Vec::new();
    for (i, outlet) in outlets.iter().enumerate() {
        for name in std::iter::once(&outlet.name).chain(&outlet.also) {
            names.push((key(name), i));
        }
    }
    names.sort();
    names.dedup_by(|a, b| a.0 == b.0);
    Table { outlets, names }
});

/// The most words in a name of the table.
pub(super) const MOST_WORDS: usize = 5;

/// The outlet that the folded words of `key` name.
pub(super) fn by_key(key: &str) -> Option<&'static Known> {
    let names = &TABLE.names;
    let at = names
        .binary_search_by(|(name, _)| name.as_str().cmp(key))
        .ok()?;
    TABLE.outlets.get(names[at].1)
}

/// The outlet that a name in any spelling names.
pub(super) fn by_name(name: &str) -> Option<&'static Known> {
    by_key(&key(name))
}

/// The outlet of a host (`www.sana.sy`, `arabic.cnn.com`).
pub(super) fn by_host(host: &str) -> Option<&'static Known> {
    let host = host.trim_start_matches("www.").to_ascii_lowercase();
    let under = |site: &String| {
        host == *site
            || host
                .strip_suffix(site.as_str())
                .is_some_and(|rest| rest.ends_with('.'))
    };
    TABLE
        .outlets
        .iter()
        .find(|outlet| outlet.sites.iter().any(under))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_names_are_found_in_any_spelling() {
        assert!(TABLE.outlets.len() > 100);
        assert_eq!(by_name("SANA").map(|o| o.name.as_str()), Some("سانا"));
        assert_eq!(by_name("أ. ف. ب").map(|o| o.agency), Some(true));
        assert_eq!(
            by_host("www.bbc.co.uk").map(|o| o.name.as_str()),
            Some("بي بي سي")
        );
        assert!(by_host("notsana.sy").is_none());
        assert!(
            TABLE
                .names
                .iter()
                .all(|(name, _)| { !name.is_empty() && name.split(' ').count() <= MOST_WORDS })
        );
    }
}
