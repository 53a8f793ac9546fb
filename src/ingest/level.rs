//! What the articles of a folder decide for one another: one name for one outlet, and the order of day and
//! month where a date by itself can be read in two ways. Invents no name and no date.

use std::collections::BTreeMap;

use super::known;
use super::page::Draft;
use crate::text;

/// Pages of an outlet that have to say a name, and their share in percent.
const LEAST_PAGES: usize = 3;
const LEAST_SHARE: usize = 60;

/// How the outlet of one identity is written in the folder.
#[derive(Default)]
struct Spellings {
    counts: BTreeMap<String, usize>,
    /// Names that the pages themselves say, by how many.
    in_text: BTreeMap<String, usize>,
    known: Option<&'static str>,
    /// The person has chosen that name.
    chosen: bool,
}

impl Spellings {
    /// The one name, where there is more than one or the pages say a better one.
    fn name(self) -> Option<String> {
        let pages: usize = self.counts.values().sum();
        let several = self.counts.len() > 1;
        if let Some(known) = self.known {
            return (several || self.chosen || self.in_text.contains_key(known))
                .then(|| known.to_owned());
        }
        let said = self.in_text.iter().find(|(name, count)| {
            is_arabic(name) && **count >= LEAST_PAGES && **count * 100 >= pages * LEAST_SHARE
        });
        if let Some((name, _)) = said
            && self.counts.keys().all(|name| !is_arabic(name))
        {
            return Some(name.clone());
        }
        let most = self
            .counts
            .into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        most.filter(|_| several).map(|(name, _)| name)
    }
}

/// One outlet has one name: spellings that fold to the same, and the names that the table of outlets lists
/// together, become one where more than one of them stands in the folder, or where the pages of a folder
/// with a Latin name say the Arabic one.
pub(super) fn names(drafts: &mut [Draft]) {
    let mut outlets: BTreeMap<String, Spellings> = BTreeMap::new();
    for draft in drafts.iter() {
        let Some(outlet) = &draft.outlet else {
            continue;
        };
        let spellings = outlets.entry(identity(&outlet.value)).or_default();
        *spellings.counts.entry(outlet.value.clone()).or_default() += 1;
        spellings.known = known::by_name(&outlet.value).map(|known| known.name.as_str());
        spellings.chosen = known::chosen_name(&outlet.value).is_some();
        if let Some(name) = draft.name_in_text() {
            *spellings.in_text.entry(name.to_owned()).or_default() += 1;
        }
    }
    let names: BTreeMap<String, String> = outlets
        .into_iter()
        .filter_map(|(identity, spellings)| Some((identity, spellings.name()?)))
        .collect();
    for draft in drafts {
        if let Some(outlet) = &mut draft.outlet
            && let Some(name) = names.get(&identity(&outlet.value))
        {
            outlet.value.clone_from(name);
            draft.dispute_outlets();
        }
    }
}

/// The same for all spellings of one outlet.
fn identity(name: &str) -> String {
    let name = known::by_name(name).map_or(name, |known| &known.name);
    text::fold(name).text().to_owned()
}

fn is_arabic(name: &str) -> bool {
    name.chars().any(|c| ('\u{0620}'..='\u{06FF}').contains(&c))
}

/// `5/3/2019` means what `24/3/2019` proves, on pages of the same outlet, in rows of the same table and in names of
/// files of the same folder.
pub(super) fn orders(drafts: &mut [Draft]) {
    let mut proofs: BTreeMap<String, [bool; 2]> = BTreeMap::new();
    for draft in drafts.iter() {
        let proof = proofs.entry(group(draft)).or_default();
        let [day, month] = draft.orders();
        proof[0] |= day;
        proof[1] |= month;
    }
    for draft in drafts {
        // Articles of unknown outlets prove nothing for one another.
        let group = group(draft);
        match proofs.get(&group) {
            Some([day, month]) if day != month && !group.is_empty() => draft.take_order(*month),
            _ => {}
        }
    }
}

/// Articles whose dates are written in one way.
fn group(draft: &Draft) -> String {
    if let Some(folder) = draft.folder_of_dated_names() {
        return format!("{folder}/");
    }
    match (draft.path.split_once('#'), &draft.outlet) {
        (Some((table, _)), _) => table.to_owned(),
        // No path begins so.
        (None, Some(outlet)) => format!("/{}", outlet.value),
        (None, None) => String::new(),
    }
}
