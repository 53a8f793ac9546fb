//! The table of known outlets: the program's own (`assets/outlets.json`) and what the person has added, renamed or
//! merged. Looks names up; what a name means where it stands is for `outlet` and `dateline` to say.

use std::collections::HashSet;
use std::sync::{LazyLock, PoisonError, RwLock};

use xxhash_rust::xxh3::xxh3_64;

use super::lines::key;
use crate::article::OutletNames;

struct Table {
    outlets: Vec<OutletNames>,
    /// Key of a name → its outlet; sorted.
    names: Vec<(String, usize)>,
    /// The most words in a name.
    most_words: usize,
    /// The first ones are the person's, so many.
    persons: usize,
    /// Stands for what the person has added.
    own: u64,
}

/// The table that holds. One that a person replaces stays in memory, so that what was looked up in it stands; there
/// are as many as there are edits.
static TABLE: LazyLock<RwLock<&'static Table>> = LazyLock::new(|| RwLock::new(leak(&[])));

fn bundled() -> Vec<OutletNames> {
    // The file is part of the program and a test reads it; an empty table only knows less.
    serde_json::from_str(include_str!("../../assets/outlets.json")).unwrap_or_default()
}

fn leak(own: &[OutletNames]) -> &'static Table {
    Box::leak(Box::new(Table::new(own)))
}

fn table() -> &'static Table {
    *TABLE.read().unwrap_or_else(PoisonError::into_inner)
}

/// Takes in what the person has added to the program's table. From then on every folder is read with it.
pub(super) fn add(own: &[OutletNames]) {
    let mut table = TABLE.write().unwrap_or_else(PoisonError::into_inner);
    if table.own != fingerprint(own) {
        *table = leak(own);
    }
}

/// Changes when what the person has added does.
pub(super) fn own() -> u64 {
    table().own
}

fn fingerprint(own: &[OutletNames]) -> u64 {
    match own {
        [] => 0,
        own => xxh3_64(format!("{own:?}").as_bytes()),
    }
}

impl Table {
    fn new(own: &[OutletNames]) -> Self {
        let outlets = merged(own, bundled());
        let mut names: Vec<(String, usize)> = Vec::new();
        for (i, outlet) in outlets.iter().enumerate() {
            for name in std::iter::once(&outlet.name).chain(&outlet.also) {
                names.push((key(name), i));
            }
        }
        names.retain(|(name, _)| !name.is_empty());
        names.sort();
        // The person's own outlets come first.
        names.dedup_by(|a, b| a.0 == b.0);
        let words = |(name, _): &(String, usize)| name.split(' ').count();
        Self {
            most_words: names.iter().map(words).max().unwrap_or(1),
            outlets,
            names,
            persons: own.len(),
            own: fingerprint(own),
        }
    }
}

/// The person's outlets, each with all that the program knows of the outlets that it names; then the rest.
fn merged(own: &[OutletNames], mut rest: Vec<OutletNames>) -> Vec<OutletNames> {
    let mut outlets: Vec<OutletNames> = Vec::with_capacity(own.len() + rest.len());
    for mine in own {
        let mut mine = mine.clone();
        let names: HashSet<String> = spellings(&mine).map(|name| key(name)).collect();
        let is_same = |other: &OutletNames| {
            spellings(other).any(|name| names.contains(&key(name)))
                || other.sites.iter().any(|site| mine.sites.contains(site))
        };
        let (same, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_same);
        rest = others;
        for other in same {
            let known: Vec<String> = spellings(&other).cloned().collect();
            mine.also
                .extend(known.into_iter().filter(|name| *name != mine.name));
            mine.sites.extend(other.sites);
            mine.agency |= other.agency;
        }
        outlets.push(mine);
    }
    outlets.extend(rest);
    outlets
}

fn spellings(outlet: &OutletNames) -> impl Iterator<Item = &String> {
    std::iter::once(&outlet.name).chain(&outlet.also)
}

/// The most words in a name of the table.
pub(super) fn most_words() -> usize {
    table().most_words
}

/// The outlet that the folded words of `key` name.
pub(super) fn by_key(key: &str) -> Option<&'static OutletNames> {
    let Table { names, outlets, .. } = table();
    let at = names
        .binary_search_by(|(name, _)| name.as_str().cmp(key))
        .ok()?;
    outlets.get(names[at].1)
}

/// The name that the person has chosen for the outlet that a name means.
pub(super) fn chosen_name(name: &str) -> Option<&'static str> {
    let Table {
        outlets, persons, ..
    } = table();
    let known = by_name(name)?;
    let own = outlets.iter().take(*persons);
    own.map(|own| own.name.as_str())
        .find(|own| *own == known.name)
}

/// The outlet that a name in any spelling names.
pub(super) fn by_name(name: &str) -> Option<&'static OutletNames> {
    by_key(&key(name))
}

/// The outlet of a host (`www.sana.sy`, `arabic.cnn.com`).
pub(super) fn by_host(host: &str) -> Option<&'static OutletNames> {
    let host = host.trim_start_matches("www.").to_ascii_lowercase();
    let under = |site: &String| {
        host == *site
            || host
                .strip_suffix(site.as_str())
                .is_some_and(|rest| rest.ends_with('.'))
    };
    table()
        .outlets
        .iter()
        .find(|outlet| outlet.sites.iter().any(under))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_names_are_found_in_any_spelling() {
        assert!(table().outlets.len() > 100);
        assert_eq!(by_name("SANA").map(|o| o.name.as_str()), Some("سانا"));
        assert_eq!(by_name("أ. ف. ب").map(|o| o.agency), Some(true));
        assert_eq!(
            by_host("www.bbc.co.uk").map(|o| o.name.as_str()),
            Some("بي بي سي")
        );
        assert!(by_host("notsana.sy").is_none());
        assert!(most_words() <= 6);
    }

    #[test]
    fn every_name_of_the_table_stands_for_one_outlet() {
        let mut seen = std::collections::BTreeMap::new();
        for outlet in bundled() {
            for name in spellings(&outlet) {
                let other = seen.insert(key(name), outlet.name.clone());
                assert!(other.is_none_or(|other| other == outlet.name), "{name}");
            }
            for site in &outlet.sites {
                assert!(
                    site.is_ascii() && !site.starts_with("www.") && site.contains('.'),
                    "{site}"
                );
                let other = seen.insert(site.clone(), outlet.name.clone());
                assert!(other.is_none_or(|other| other == outlet.name), "{site}");
            }
        }
    }

    #[test]
    fn what_a_person_adds_renames_and_merges() {
        let own = |name: &str, also: &[&str], sites: &[&str]| OutletNames {
            name: name.to_owned(),
            also: also.iter().map(|name| (*name).to_owned()).collect(),
            sites: sites.iter().map(|site| (*site).to_owned()).collect(),
            agency: false,
        };
        let table = Table::new(&[
            own("مرصد الميناء", &["almina"], &["almina.example"]),
            own("وكالة سوريا", &["سانا"], &[]),
        ]);
        let name = |key_of: &str| {
            let at = table
                .names
                .binary_search_by(|(name, _)| name.as_str().cmp(&key(key_of)))
                .ok()?;
            Some(table.outlets[table.names[at].1].name.as_str())
        };
        assert_eq!(name("Almina"), Some("مرصد الميناء"));
        // All that was known of it goes by the new name.
        assert_eq!(name("SANA"), Some("وكالة سوريا"));
        let renamed = &table.outlets[1];
        assert!(renamed.agency && renamed.sites.contains(&"sana.sy".to_owned()));
        assert_eq!(name("رويترز"), Some("رويترز"));
        assert_ne!(table.own, Table::new(&[]).own);
    }
}
