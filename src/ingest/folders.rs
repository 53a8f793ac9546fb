//! What folders' names are worth, told by all the pages below them: a folder of pages that name several outlets of
//! their own is a topic, and a folder whose pages all name the same outlet is called after it in another spelling.
//! Invents no name.

use std::collections::{BTreeMap, BTreeSet};

use super::page::Draft;
use crate::article::{Found, Place};
use crate::text;

/// Pages of a folder that have to agree before its name counts as another name of their outlet.
const LEAST_PAGES: usize = 3;
/// Share of the pages, in percent, below which the most frequent outlet of a folder is one of several.
const LEAST_SHARE: usize = 60;

/// The outlets that the pages below folders of one name say of themselves, by how many.
type Said = BTreeMap<String, BTreeMap<String, usize>>;

/// Takes back what folders' names were believed or held against pages, where the pages tell better.
pub(super) fn judge(drafts: &mut [Draft]) {
    let mut said: Said = BTreeMap::new();
    let mut pages: BTreeMap<String, usize> = BTreeMap::new();
    let mut folders_of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for draft in drafts.iter() {
        let named = draft.outlet.iter().chain(draft.others());
        let Some(folder) = named.clone().find(|found| by_folder(found)) else {
            continue;
        };
        let folder = folded(&folder.value);
        *pages.entry(folder.clone()).or_default() += 1;
        // What is believed before the folder's name is the page's own word; a source that its text names may be that
        // of one article of many.
        let own = draft.outlet.as_ref().filter(|found| !by_folder(found));
        if let Some(outlet) = own.map(|found| found.value.as_str()) {
            let outlet = folded(outlet);
            let outlets = said.entry(folder.clone()).or_default();
            *outlets.entry(outlet.clone()).or_default() += 1;
            folders_of.entry(outlet).or_default().insert(folder);
        }
    }
    let topics: BTreeSet<&String> = said
        .iter()
        .filter(|(folder, outlets)| is_topic(folder, outlets, pages[*folder]))
        .map(|(folder, _)| folder)
        .collect();
    let spellings = said
        .iter()
        .filter(|(folder, outlets)| is_spelling(folder, outlets, &folders_of))
        .map(|(folder, _)| folder);
    let worthless: BTreeSet<&String> = topics.iter().copied().chain(spellings).collect();
    if worthless.is_empty() {
        return;
    }
    for draft in drafts {
        let is = |set: &BTreeSet<&String>, found: &Found<String>| {
            by_folder(found) && set.contains(&folded(&found.value))
        };
        draft.forget_outlets(|found| is(&worthless, found), |found| is(&topics, found));
    }
}

fn is_topic(folder: &str, outlets: &BTreeMap<String, usize>, pages: usize) -> bool {
    let telling: usize = outlets.values().sum();
    let most = outlets.values().max().copied().unwrap_or(0);
    outlets.len() > 1
        && telling * 3 >= pages
        && most * 100 < telling * LEAST_SHARE
        && !outlets.contains_key(folder)
}

fn is_spelling(
    folder: &str,
    outlets: &BTreeMap<String, usize>,
    folders_of: &BTreeMap<String, BTreeSet<String>>,
) -> bool {
    let Some((outlet, pages)) = outlets.iter().next().filter(|_| outlets.len() == 1) else {
        return false;
    };
    let alone = folders_of
        .get(outlet)
        .is_some_and(|folders| folders.len() == 1);
    alone && (*pages >= LEAST_PAGES || contains(outlet, folder) || contains(folder, outlet))
}

/// `صحيفة الميناء` contains `الميناء`, as whole words.
fn contains(name: &str, part: &str) -> bool {
    let (name, part): (Vec<&str>, Vec<&str>) =
        (name.split(' ').collect(), part.split(' ').collect());
    name.windows(part.len()).any(|words| words == part)
}

fn by_folder(found: &Found<String>) -> bool {
    found.place == Place::Folder
}

fn folded(name: &str) -> String {
    text::fold(name).text().to_owned()
}
