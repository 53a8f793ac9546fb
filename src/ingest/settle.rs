//! What only the whole folder tells: an agency that no table knows but other articles come from, and
//! furniture by repetition on the pages of one outlet. Repetition decides nothing about an article
//! whose outlet is unknown.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::folders;
use super::furniture::repeat::{self, Repeated};
use super::level;
use super::page::Draft;
use crate::text;
use crate::work::{Stage, Stopped, Watch};

/// Marks repeated lines in all drafts.
///
/// # Errors
/// [`Stopped`] when the job is asked to end.
pub(super) fn settle(drafts: &mut [Draft], watch: &Watch) -> Result<(), Stopped> {
    folders::judge(drafts);
    let known: BTreeMap<String, String> = drafts
        .iter()
        .filter_map(|draft| draft.outlet.as_ref())
        .map(|found| {
            (
                text::fold(&found.value).text().to_owned(),
                found.value.clone(),
            )
        })
        .collect();
    for draft in drafts.iter_mut() {
        draft.take_known_outlet(&known);
    }
    level::names(drafts);
    let mut outlets: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        if let Some(outlet) = &draft.outlet {
            outlets.entry(outlet.value.as_str()).or_default().push(i);
        }
    }
    // Each article of an unknown outlet is one of another.
    let sentences = repeat::Sentences::new(drafts.iter().enumerate().map(|(i, draft)| {
        let pages = draft
            .outlet
            .as_ref()
            .and_then(|outlet| outlets.get(outlet.value.as_str()));
        let outlet = pages.and_then(|pages| pages.first());
        (outlet.copied().unwrap_or(i), draft.page())
    }));
    let outlets: Vec<Vec<usize>> = outlets
        .into_values()
        .filter(|pages| pages.len() >= repeat::LEAST)
        .collect();
    watch.progress(Stage::Furniture, 0, outlets.len());
    let found: Vec<Vec<(usize, Vec<Repeated>)>> = outlets
        .par_iter()
        .map(|indices| {
            watch.check()?;
            let pages: Vec<repeat::Page> = indices.iter().map(|i| drafts[*i].page()).collect();
            let mut by_page: BTreeMap<usize, Vec<Repeated>> = BTreeMap::new();
            for repeated in repeat::repeated(&pages, &sentences, watch)? {
                by_page
                    .entry(indices[repeated.page])
                    .or_default()
                    .push(repeated);
            }
            Ok(by_page.into_iter().collect())
        })
        .collect::<Result<_, Stopped>>()?;
    let mut by_draft: Vec<Vec<Repeated>> = Vec::new();
    by_draft.resize_with(drafts.len(), Vec::new);
    for (draft, repeated) in found.into_iter().flatten() {
        by_draft[draft] = repeated;
    }
    drafts
        .par_iter_mut()
        .zip(by_draft)
        .try_for_each(|(draft, repeated)| {
            watch.check()?;
            if !repeated.is_empty() {
                draft.repeated(&repeated, watch)?;
            }
            Ok(())
        })?;
    watch.progress(Stage::Furniture, outlets.len(), outlets.len());
    // Days come last: the pages on which furniture was found have been read anew.
    level::orders(drafts);
    let now = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now());
    for draft in drafts {
        draft.doubt_days_ahead(now.date());
    }
    Ok(())
}
